"""The level of the sound as a bar. Colour never says it alone: words stand beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cairn.qt.base.theme import theme

_LOWEST = -60.0
_LOUD = -3.0


class Meter(QWidget):
    """How loud it is now, from −60 dBFS to full scale, with the highest sample of the last moments."""

    def __init__(self) -> None:
        super().__init__()
        self._level = self._peak = _LOWEST
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme().px(80))
        self.setAccessibleName(self.tr("Level of the sound"))

    def show_level(self, level: float, peak: float) -> None:
        """Levels in dBFS."""
        before = round(self._share(self._level) * 200), round(self._share(self._peak) * 200)
        self._level, self._peak = level, peak
        if before != (round(self._share(level) * 200), round(self._share(peak) * 200)):
            self.update()

    @staticmethod
    def _share(level: float) -> float:
        return min(1.0, max(0.0, (level - _LOWEST) / -_LOWEST))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        round_ = box.height() / 2
        painter.setBrush(QColor(t.line))
        painter.drawRoundedRect(box, round_, round_)
        loud = self._peak >= _LOUD
        width = box.width() * self._share(self._level)
        if width > 0:
            painter.setBrush(QColor(t.accent))
            painter.drawRoundedRect(QRectF(0, 0, max(width, box.height()), box.height()), round_, round_)
        at = box.width() * self._share(self._peak)
        if at > 2:
            painter.setBrush(QColor(t.danger if loud else t.ink_soft))
            painter.drawRect(QRectF(min(at, box.width() - 2), 0, 2, box.height()))
