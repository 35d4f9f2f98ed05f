"""The sign of a recording: steady, never blinking, with words beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cairn.qt.base.theme import theme


def paint_state(painter: QPainter, spot: QRectF, *, kept: bool) -> None:
    """A full red dot while sound is kept, an amber ring while it is not. Words stand beside it."""
    t = theme().tokens
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if kept:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.danger))
        painter.drawEllipse(spot)
        return
    pen = painter.pen()
    pen.setColor(QColor(t.warn))
    pen.setWidthF(2)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(spot.adjusted(1, 1, -1, -1))


class StateDot(QWidget):
    """Steady; it never blinks."""

    def __init__(self, size: int = 12) -> None:
        super().__init__()
        self._kept = False
        self.setFixedSize(theme().px(size), theme().px(size))

    def show_kept(self, kept: bool) -> None:
        """Whether what is said now is kept."""
        if kept != self._kept:
            self._kept = kept
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_state(QPainter(self), QRectF(self.rect()), kept=self._kept)
