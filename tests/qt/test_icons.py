"""An icon goes on drawing whatever Qt does with copies of it."""

from __future__ import annotations

import gc

from PySide6.QtGui import QIcon, QImage
from pytestqt.qtbot import QtBot

from cairn.qt.base import icons


def _drawn(icon: QIcon) -> QImage:
    return icon.pixmap(24).toImage()


def test_a_changed_copy_of_an_icon_outlives_the_icon(qtbot: QtBot) -> None:
    for _ in range(200):
        first = icons.icon("lock")
        expected = _drawn(first)
        # Qt copies what draws the icon before it changes a copy.
        copy = QIcon(first)
        copy.setIsMask(True)
        assert not copy.isNull()
        del first
        gc.collect(0)
        assert _drawn(copy) == expected


def test_what_draws_a_changed_copy_is_let_go_with_it(qtbot: QtBot) -> None:
    for _ in range(50):
        copy = QIcon(icons.icon("lock"))
        copy.setIsMask(True)
        del copy
    # The next one looks which of them Qt has deleted.
    last = QIcon(icons.icon("lock"))
    last.setIsMask(True)
    assert len(icons._clones) == 1
