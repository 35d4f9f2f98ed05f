"""One row of a chronology: a bar from the first day that a time may be to the last, filled where it is sure.

Told to a screen reader in words. What can't be true together with another is framed as a warning, and said.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cairn.app.kernel import times
from cairn.model.time import bars
from cairn.model.time.days import Days
from cairn.model.time.told import Told
from cairn.qt.base import messages
from cairn.qt.base.theme import theme

ROW, BAR, FADE = 32, 10, 14
"""Design pixels: the row, the bar in it, and the end of a bar that is open to a side."""


class TimeBar(QWidget):
    """The bar of one time on a scale that rows have in common."""

    def __init__(self, told: Told, scale: Days, *, conflict: bool = False) -> None:
        super().__init__()
        self._bar = bars.bar(told)
        self._scale = scale
        self._conflict = conflict
        said = [times.whole(told, messages.language()), times.days(told, messages.language())]
        if self._bar is None:
            said.append(self.tr("no day of it is known"))
        if conflict:
            said.append(self.tr("both can't be true"))
        text = " · ".join(part for part in said if part)
        self.setAccessibleName(text)
        self.setToolTip(f"<p>{escape(text)}</p>")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme().tokens
        if self._bar is not None:
            self._paint(painter, bars.drawn(self._bar, self._scale))
        if self._conflict:
            painter.setPen(QPen(QColor(t.warn), theme().px(1)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = theme().px(1)
            painter.drawRoundedRect(
                self.rect().adjusted(edge, edge, -edge, -edge), theme().px(4), theme().px(4)
            )
        painter.end()

    def _paint(self, painter: QPainter, drawn: bars.Drawn) -> None:
        t = theme().tokens
        outline = QPen(QColor(t.accent), theme().px(1))
        whole = self._rect(drawn.left, drawn.right)
        painter.setPen(outline)
        painter.setBrush(QColor(t.accent_soft))
        painter.drawRect(whole)
        if drawn.sure is not None:
            painter.fillRect(self._rect(*drawn.sure), QColor(t.accent))
        # A side that is open has no end: dashes run out of it.
        outline.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(outline)
        middle = whole.center().y()
        if drawn.open_left:
            painter.eraseRect(QRectF(whole.left() - 1, whole.top() - 1, theme().px(FADE), whole.height() + 2))
            painter.drawLine(
                round(whole.left()), round(middle), round(whole.left()) + theme().px(FADE), round(middle)
            )
        if drawn.open_right:
            at = whole.right() - theme().px(FADE)
            painter.eraseRect(QRectF(at, whole.top() - 1, theme().px(FADE) + 2, whole.height() + 2))
            painter.drawLine(round(at), round(middle), round(whole.right()), round(middle))

    def _rect(self, left: float, right: float) -> QRectF:
        """The place of a stretch, never narrower than can be seen; from right to left it is mirrored."""
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left, right = 1 - right, 1 - left
        width, height = self.width() - 1, theme().px(BAR)
        least = theme().px(3)
        x = min(left * width, width - least)
        return QRectF(x, (self.height() - height) / 2, max(least, (right - left) * width), height)
