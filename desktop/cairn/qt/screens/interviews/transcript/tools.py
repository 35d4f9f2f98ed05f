"""The row of buttons above the paragraphs, and their keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from cairn.qt.widgets import button
from cairn.qt.widgets.reflow import Flow

KEYS = {
    "play": "Ctrl+J",
    "stamp": "Ctrl+Shift+J",
    "inaudible": "Ctrl+Shift+I",
    "unclear": "Ctrl+Shift+U",
    "withheld": "Ctrl+Shift+H",
    "remove": "Ctrl+Shift+Backspace",
}


def shown(act: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(KEYS[act]).toString(QKeySequence.SequenceFormat.NativeText)


class Tools(Flow):
    """Buttons with their keys; the keys hold while the focus is anywhere in `around`."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(gap=4)
        self._around = around
        self.buttons: dict[str, QPushButton] = {}

    def offer(self, act: str, word: str, help_text: str, go: Callable[[], object]) -> None:
        """One more button."""
        made = button(word, go, kind="quiet")
        made.setToolTip(f"{help_text} ({shown(act)})")
        made.setAccessibleDescription(help_text)
        # A click must not take the cursor out of the words.
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        key = QShortcut(QKeySequence(KEYS[act]), self._around)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(made.click)
        self.buttons[act] = made
        self.add(made)

    def set_writing(self, can: bool) -> None:
        """Whether the paragraphs can be changed."""
        for act, made in self.buttons.items():
            if act != "play":
                made.setEnabled(can)
