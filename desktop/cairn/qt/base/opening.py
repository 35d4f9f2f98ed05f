"""The application object, which hears of files that the system wants opened."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Says which file macOS hands over; it does so with an event, also to a program that runs already."""

    file_opened = Signal(str)
    """Path of the file, as text."""

    # Not a filter, which would be asked about every event of every widget.
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(event.file())
            return True
        return super().event(event)
