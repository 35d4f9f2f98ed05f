"""An empty state: one sentence about what will be here, and one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from cairn.qt.base.icons import icon
from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import button, column, label, row, show_if


class EmptyState(QWidget):
    """Centred: a quiet icon, a sentence, at most one action."""

    def __init__(
        self,
        sentence: str,
        *,
        glyph: str = "",
        action: str = "",
        clicked: Callable[[], Any] | None = None,
        help_text: str = "",
    ) -> None:
        super().__init__()
        parts: list[QWidget | None] = [None]
        self._glyph = QLabel(self)
        self._glyph.setVisible(bool(glyph))
        if glyph:
            self._glyph.setPixmap(icon(glyph, "control_line").pixmap(QSize(theme().px(40), theme().px(40))))
            self._glyph.setAlignment(Qt.AlignmentFlag.AlignCenter)
            parts.append(self._glyph)
        self._sentence = label(sentence, "strong", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        parts.append(self._sentence)
        self._help = label(help_text, "soft", wrap=True)
        self._help.setAlignment(Qt.AlignmentFlag.AlignCenter)
        show_if(self._help, bool(help_text))
        parts.append(self._help)
        inner = QWidget()
        inner.setMaximumWidth(theme().px(420))
        inner.setLayout(column(*parts[1:], space=12))
        self.action = button(action, clicked) if action else None
        across = row(None, inner, None)
        # As wide as it may be: a sentence of a few words is not broken without need.
        across.setStretch(1, 1000)
        # Narrow beside a list: a button in a longer language needs what is there.
        layout = column(None, across, space=16, margin=16)
        if self.action is not None:
            layout.addLayout(row(None, self.action, None))
        layout.addStretch(1)
        self.setLayout(layout)

    def set(self, sentence: str, help_text: str = "") -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._help.setText(help_text)
        self._help.setVisible(bool(help_text))
