"""Bands that can't be overlooked: across the whole window, in every screen, as long as the vault is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from cairn.qt.base.icons import icon
from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import button, label, row
from cairn.qt.widgets.chip import chip_colours


class Band(QWidget):
    """One sentence with a sign before it. `tone` is warn or danger."""

    def __init__(
        self, sentence: str, tone: str, *, action: str = "", clicked: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self._tone = tone
        glyph = QLabel()
        glyph.setPixmap(icon("warn", tone).pixmap(QSize(theme().px(18), theme().px(18))))
        words = label(sentence, "strong", wrap=True)
        words.setStyleSheet(f"color: {chip_colours(tone, theme().tokens)[1]};")
        layout = row(glyph, words, space=8)
        layout.setStretch(1, 1)
        if clicked is not None:
            layout.addWidget(button(action, clicked))
        layout.setContentsMargins(theme().px(16), theme().px(8), theme().px(16), theme().px(8))
        self.setLayout(layout)
        self.setAccessibleName(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(chip_colours(self._tone, theme().tokens)[0]))
