"""Where a person is in a job of several steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cairn.qt.base.theme import theme


class Steps(QWidget):
    """Numbered words; those done and the present one are filled."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self._words = list(words)
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tell()

    @property
    def at(self) -> int:
        """The present step, from 0."""
        return self._at

    def go(self, step: int) -> None:
        """The person is at `step` (from 0)."""
        self._at = step
        self._tell()
        self.update()

    def set_words(self, words: Sequence[str]) -> None:
        """Other steps, as when a choice makes one of them needless. The present one stays where it is."""
        self._words = list(words)
        self._tell()
        self.update()

    def _tell(self) -> None:
        place = self.tr("Step {number} of {count}: {word}")
        here = self._words[self._at]
        self.setAccessibleName(place.format(number=self._at + 1, count=len(self._words), word=here))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(32))

    def _full_width(self) -> int:
        font = QFont(self.font())
        font.setPixelSize(theme().px(14))
        font.setWeight(QFont.Weight.DemiBold)
        words = sum(QFontMetrics(font).horizontalAdvance(word) for word in self._words)
        return words + len(self._words) * theme().px(32) + (len(self._words) - 1) * theme().px(44)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, px = theme().tokens, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        short = self._full_width() > self.width()
        for number, full in enumerate(self._words):
            # Without room for all words the circles stay, and the word of the present step.
            word = full if not short or number == self._at else ""
            reached = number <= self._at
            circle = QRectF(x, px(5), px(22), px(22))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.accent if reached else t.sunken))
            painter.drawEllipse(circle)
            font = QFont(self.font())
            font.setPixelSize(px(12))
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(t.on_accent if reached else t.ink_soft))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number + 1))
            font.setPixelSize(px(14))
            font.setWeight(QFont.Weight.DemiBold if number == self._at else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(QColor(t.ink if number == self._at else t.ink_soft))
            width = QFontMetrics(font).horizontalAdvance(word)
            spot = QRectF(circle.right() + (px(8) if word else 0), 0, width + (2 if word else 0), px(32))
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
            x = spot.right() + px(10)
            if number < len(self._words) - 1:
                gap = px(8 if short else 24)
                painter.fillRect(QRectF(x, px(16), gap, 1), QColor(t.line))
                x += gap + px(10)
