"""Leafing through a file that holds several pictures: pages of a scan, frames of an animation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from cairn.qt.media.viewers.decode_tasks import button
from cairn.qt.widgets import row


class Leaf(QWidget):
    """Back, on, and where one is. Hidden where there is one picture alone."""

    wanted = Signal(int)
    """Number of the picture that shall be shown, from 0."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0
        self.pages = 1
        self.back = button(
            self.tr("Previous"), self.tr("Previous picture of this file"), lambda: self.go(self.at - 1)
        )
        self.on = button(self.tr("Next"), self.tr("Next picture of this file"), lambda: self.go(self.at + 1))
        self._where = QLabel()
        self.setLayout(row(self.back, self._where, self.on, space=4))
        self.show_pages(0, 1)

    def show_pages(self, at: int, pages: int) -> None:
        """This one is shown, of so many."""
        self.at, self.pages = at, pages
        self._where.setText(self.tr("{number} of {pages}").format(number=at + 1, pages=pages))
        self.back.setEnabled(at > 0)
        self.on.setEnabled(at + 1 < pages)
        self.setVisible(pages > 1)

    def go(self, at: int) -> None:
        """Ask for another picture."""
        if 0 <= at < self.pages and at != self.at:
            self.wanted.emit(at)
