"""The words of a consent, as they were given: behind a rule in the accent colour, nothing around them."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import column, label


class Saying(QWidget):
    """The words, and below them softly how and when they were given."""

    def __init__(self, words: str, soft: str = "") -> None:
        super().__init__()
        said = label(words, "saying", wrap=True)
        said.setAccessibleName(words)
        parts = [said, label(soft, "caption", wrap=True)] if soft else [said]
        layout = column(*parts, space=2)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            layout.setContentsMargins(0, 0, theme().px(16), 0)
        else:
            layout.setContentsMargins(theme().px(16), 0, 0, 0)
        self.setLayout(layout)
        self._words = words

    @property
    def text(self) -> str:
        """The words."""
        return self._words

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide = theme().px(3)
        left = self.width() - wide if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0
        painter.fillRect(QRect(left, 0, wide, self.height()), QColor(theme().tokens.accent))
