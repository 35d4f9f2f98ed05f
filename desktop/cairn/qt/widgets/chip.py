"""A chip: one word about a state. The word carries the meaning, the colour only helps."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.base.tokens import Tokens
from cairn.qt.widgets.basic import show_if


def chip_colours(tone: str, t: Tokens) -> tuple[str, str]:
    """(background, text) of a tone: neutral, good, warn or danger."""
    return {
        "good": (t.accent_soft, t.accent),
        "warn": (t.warn_soft, t.warn),
        "danger": (t.danger_soft, t.danger),
    }.get(tone, (t.sunken, t.ink_soft))


def chip_font(base: QFont) -> QFont:
    """The small semi-bold type of chips."""
    font = QFont(base)
    font.setPixelSize(theme().px(11))
    font.setWeight(QFont.Weight.DemiBold)
    return font


class Chip(QWidget):
    """A rounded word; hidden while it has none."""

    def __init__(self, text: str = "", tone: str = "neutral") -> None:
        super().__init__()
        self._text = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        show_if(self, bool(text))
        self.setAccessibleName(text)

    def set(self, text: str, tone: str = "neutral") -> None:
        """Show another word."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        show_if(self, bool(text))
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(chip_font(self.font()))
        return QSize(metrics.horizontalAdvance(self._text) + theme().px(20), theme().px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back, ink = chip_colours(self._tone, theme().tokens)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(back))
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        painter.setPen(QColor(ink))
        painter.setFont(chip_font(self.font()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
