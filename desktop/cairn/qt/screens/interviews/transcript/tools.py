"""The row of buttons above the paragraphs, and their keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from cairn.app.sound import paragraphs
from cairn.qt.screens.interviews.transcript.table import ParagraphTable
from cairn.qt.widgets import button
from cairn.qt.widgets.reflow import Flow

translate = QCoreApplication.translate

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


def offer_all(tools: Tools, table: ParagraphTable, play: Callable[[], object]) -> None:
    """All that is done with the paragraph of `table` in which the cursor stands."""
    tools.offer(
        "play",
        translate("TranscriptTab", "Play from here"),
        translate("TranscriptTab", "Play from where the paragraph begins"),
        play,
    )
    tools.offer(
        "stamp",
        translate("TranscriptTab", "Begins now"),
        translate("TranscriptTab", "Let the paragraph begin at what is heard now"),
        table.stamp,
    )
    tools.offer(
        "inaudible",
        paragraphs.INAUDIBLE,
        translate("TranscriptTab", "What can't be heard"),
        lambda: table.insert(paragraphs.INAUDIBLE + " "),
    )
    tools.offer(
        "unclear",
        paragraphs.UNCLEAR.format(words="…"),
        translate("TranscriptTab", "What you are not sure to have heard"),
        table.mark_unclear,
    )
    tools.offer(
        "withheld",
        paragraphs.WITHHELD,
        translate("TranscriptTab", "A name that is not written down"),
        lambda: table.insert(paragraphs.WITHHELD + " "),
    )
    tools.offer(
        "remove",
        translate("TranscriptTab", "Remove paragraph"),
        translate("TranscriptTab", "Take this paragraph out"),
        table.remove_paragraph,
    )
