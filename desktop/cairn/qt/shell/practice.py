"""The band that can't be overlooked: this is the practice vault."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from cairn.qt.icons import icon
from cairn.qt.theme import theme
from cairn.qt.widgets.basic import label, row


class PracticeBanner(QWidget):
    """Across the whole window, in every screen, for as long as the practice vault is open."""

    def __init__(self) -> None:
        super().__init__()
        glyph = QLabel()
        glyph.setPixmap(icon("warn", "warn").pixmap(QSize(theme().px(18), theme().px(18))))
        sentence = self.tr("Practice vault. Everything here is made up. Don't write anything real in it.")
        words = label(sentence, "strong", wrap=True)
        words.setStyleSheet(f"color: {theme().tokens.warn};")
        layout = row(glyph, words, space=8)
        layout.setStretch(1, 1)
        layout.setContentsMargins(theme().px(16), theme().px(8), theme().px(16), theme().px(8))
        self.setLayout(layout)
        self.setAccessibleName(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme().tokens.warn_soft))
