"""Buttons, entries of menus and parts of a page that would write: off, with the reason, where nothing can be kept."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from cairn.qt.base.writing import writing


@runtime_checkable
class KeepsState(Protocol):
    """A button that remembers what its screen wants while it is off for this reason."""

    def set_kept_only(self) -> None:
        """It writes."""
        ...


def only_where_kept(*things: QWidget | QAction) -> None:
    """These write: they are off as long as nothing can be kept, whatever their screens say meanwhile."""
    for each in things:
        if isinstance(each, KeepsState):
            each.set_kept_only()
        else:
            _Watch(each)


class _Watch(QObject):
    """Lives as long as what it watches, which nobody else switches on or off."""

    def __init__(self, watched: QWidget | QAction) -> None:
        super().__init__(watched)
        self._tip = watched.toolTip()
        writing().changed.connect(self._look)
        if writing().why:
            self._look()

    def _look(self) -> None:
        watched, why = self.parent(), writing().why
        if isinstance(watched, QWidget | QAction):
            watched.setEnabled(not why)
            watched.setToolTip(why or self._tip)
