"""A button that shows the key which does the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent

from cairn.qt.base.icons import icon
from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import FocusKeeping


class KeyButton(FocusKeeping):
    """Icon, word, and the key in a small frame. The accessible name says the key too."""

    def __init__(self, text: str, glyph: str, key: str, clicked: Callable[[], Any]) -> None:
        super().__init__(text)
        self._key = key
        self._caps: dict[str, int] = {}
        """Width of the key's name, by font."""
        self.setProperty("cap", "true")
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set(text, glyph)
        self.clicked.connect(lambda _checked=False: clicked())

    def set(self, text: str, glyph: str) -> None:
        """Another word and icon."""
        self.setText(text)
        self.setAccessibleName(f"{text} ({self._key})")
        self.setIcon(icon(glyph, "ink"))
        self.setIconSize(QSize(theme().px(20), theme().px(17)))
        self.updateGeometry()

    def _cap_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme().px(11))
        font.setWeight(QFont.Weight.Medium)
        return font

    def _cap_width(self) -> int:
        # Asked for again and again while a layout looks for room: measured once for each font.
        font = self._cap_font()
        name = font.key()
        if name not in self._caps:
            self._caps = {name: QFontMetrics(font).horizontalAdvance(self._key)}
        return self._caps[name] + theme().px(10)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._cap_width() + theme().px(3), 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        t, px = theme().tokens, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._cap_width()
        left = (
            px(10)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            else self.width() - width - px(8)
        )
        spot = QRectF(left + 0.5, (self.height() - px(20)) / 2 + 0.5, width - 1, px(20) - 1)
        painter.setPen(QColor(t.line))
        painter.setBrush(QColor(t.paper))
        painter.drawRoundedRect(spot, px(4), px(4))
        painter.setPen(QColor(t.ink_soft if self.isEnabled() else t.control_line))
        painter.setFont(self._cap_font())
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self._key)
