"""A line of text that knows what the input method is still composing in it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit


class Line(QLineEdit):
    """One line. `edited` after each change by hand, the composition (Hangul, Pinyin) included."""

    edited = Signal()

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._composing = ""
        self.textEdited.connect(lambda _text: self.edited.emit())

    @property
    def composing(self) -> str:
        """What the input method has not committed yet; `text` doesn't hold it."""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        self.edited.emit()
