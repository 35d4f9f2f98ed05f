"""The binding takes references of None, True and False that it was never given; they must not run out."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from cairn.qt.base import references


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="singletons are immortal there")
def test_the_singletons_outlast_the_binding(qapp: QApplication) -> None:
    assert references.pin()
    probe = QObject()
    for _ in range(30_000):
        probe.parent()
        probe.isWidgetType()
        probe.isQuickItemType()
    for one in (None, True, False):
        assert sys.getrefcount(one) > references.PLENTY // 2
    before = sys.getrefcount(None)
    references.pin()
    assert sys.getrefcount(None) < before + references.PLENTY // 2
