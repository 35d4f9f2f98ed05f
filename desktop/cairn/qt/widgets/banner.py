"""A banner: one sentence inside the screen, at most one action. Never a message box."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cairn.qt.base.icons import icon
from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import button, icon_button, label
from cairn.qt.widgets.chip import chip_colours

_GLYPHS = {"neutral": "info", "good": "check", "warn": "warn", "danger": "warn"}


class Banner(QWidget):
    """Hidden until `show_message`. `tone`: neutral, good, warn or danger; an icon stands with the colour."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tone = "neutral"
        self._glyph = QLabel()
        self._text = label("", wrap=True)
        self._line = QHBoxLayout(self)
        edge = theme().px(12)
        self._line.setContentsMargins(edge, theme().px(8), theme().px(8), theme().px(8))
        self._line.setSpacing(edge)
        self._line.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self._text, 1)
        # Always there, so that it has its place in the way of the Tab key.
        self._action = button("", self._act)
        self._clicked: Callable[[], Any] | None = None
        self._line.addWidget(self._action)
        self._action.hide()
        self._close = icon_button("cross", self.tr("Close this message"), self.clear)
        self._line.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, or nothing."""
        return self._text.text() if not self.isHidden() else ""

    def show_message(
        self,
        sentence: str,
        tone: str = "neutral",
        *,
        action: str = "",
        clicked: Callable[[], Any] | None = None,
        closable: bool = True,
    ) -> None:
        """Say one sentence, with one action if there is something to do."""
        self._tone = tone
        _, ink = chip_colours(tone, theme().tokens)
        token = {"good": "accent", "warn": "warn", "danger": "danger"}.get(tone, "ink_soft")
        self._glyph.setPixmap(icon(_GLYPHS[tone], token).pixmap(QSize(theme().px(20), theme().px(20))))
        self._text.setText(sentence)
        self._text.setStyleSheet(f"color: {ink if tone != 'neutral' else theme().tokens.ink};")
        self._clicked = clicked
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._close.setVisible(closable)
        self.setAccessibleName(sentence)
        self.show()
        self.update()

    def _act(self) -> None:
        if self._clicked is not None:
            self._clicked()

    def clear(self) -> None:
        """Take the sentence away."""
        self._clicked = None
        self.hide()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back, _ = chip_colours(self._tone, theme().tokens)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(back))
        painter.drawRoundedRect(self.rect(), theme().px(8), theme().px(8))
