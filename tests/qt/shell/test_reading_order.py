"""The way by Tab, read off the layouts."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cairn.qt.media.viewers.bar import Bar
from cairn.qt.widgets import reading_order


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    return made


def _order(page: QWidget) -> list[str]:
    return [each.objectName() for each in reading_order.stops(page)]


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """Layouts in layouts; what is made last does not stand last."""
    made = QWidget()
    qtbot.addWidget(made)
    outer = QVBoxLayout(made)
    grid, line, turned, bar = QGridLayout(), QHBoxLayout(), QHBoxLayout(), Bar()
    turned.setDirection(QBoxLayout.Direction.RightToLeft)
    outer.addWidget(_line("last"))
    outer.insertLayout(0, grid)
    outer.insertLayout(1, line)
    outer.insertLayout(2, turned)
    outer.insertLayout(3, bar)
    for name, row, place in (("4", 1, 1), ("1", 0, 0), ("3", 1, 0), ("2", 0, 1)):
        grid.addWidget(_line(name), row, place)
    line.addWidget(_line("6"))
    line.insertWidget(0, _line("5"))
    for name in ("8", "7"):
        turned.addWidget(_line(name))
    for name in ("9", "10"):
        bar.addWidget(_line(name))
    made.show()
    return made


def test_it_follows_what_is_read(page: QWidget) -> None:
    assert _order(page) == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "last"]


def test_what_is_put_in_between_is_reached_in_between(page: QWidget) -> None:
    layout = page.layout()
    assert isinstance(layout, QVBoxLayout)
    line = _line("between")
    layout.insertWidget(2, line)
    line.show()
    assert _order(page)[4:8] == ["5", "6", "between", "7"]


def test_nothing_of_qt_is_kept_that_qt_deletes(page: QWidget) -> None:
    """An object that Python holds for what is no longer there takes the next one at its place for itself."""

    def items() -> set[int]:
        alive = (one for one in gc.get_objects() if isinstance(one, QLayoutItem))
        return {id(one) for one in alive if not isinstance(one, QLayout)}

    before = items()
    reading_order.step(page, forward=True)
    reading_order.step(page, forward=False)
    for each in page.findChildren(QLineEdit):
        if each.objectName() in ("2", "5"):
            each.deleteLater()
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    assert "2" not in _order(page)
    assert items() <= before


def test_around_the_end_it_goes_on_at_the_beginning(qtbot: QtBot, page: QWidget) -> None:
    page.activateWindow()
    first, last = (page.findChild(QLineEdit, name) for name in ("1", "last"))
    assert isinstance(first, QLineEdit) and isinstance(last, QLineEdit)
    last.setFocus()
    qtbot.waitUntil(last.hasFocus)
    reading_order.step(page, forward=True)
    assert first.hasFocus()
    reading_order.step(page, forward=False)
    assert last.hasFocus()
