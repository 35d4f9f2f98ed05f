"""A group of the settings: a heading with a card of lines."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cairn.qt.desk import Desk
from cairn.qt.widgets import card, column, hline, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.settings import SettingLine


class Group(QWidget):
    """A heading, a sentence about it, and a card of lines. `key` names it in the list of groups."""

    key = ""
    glyph = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.title = ""
        self.anchors: dict[str, QWidget] = {}
        """Controls that the screen can come back to after it was built anew, by name."""
        self._title = label("", "heading", wrap=True)
        self._intro = label("", "soft", wrap=True)
        show_if(self._intro, False)
        self.lines = column(space=0)
        self._card = card(self.lines, space=0, margin=0)
        self.body = column(self._title, self._intro, 4, self._card, space=4)
        self.setLayout(self.body)

    def head(self, title: str, intro: str = "") -> None:
        """What the group is called, and a sentence about it."""
        self.title = title
        self._title.setText(title)
        self._intro.setText(intro)
        show_if(self._intro, bool(intro))

    def add(self, part: QWidget) -> None:
        """One more part of the card, parted by a hairline."""
        if self.lines.count():
            self.lines.addWidget(hline())
        self.lines.addWidget(part)

    def line(self, name: str, text: str, *controls: QWidget) -> SettingLine:
        """A line of words with controls."""
        made = SettingLine(name, text, *controls)
        self.add(made)
        return made

    def load(self) -> None:
        """The screen is shown: load what may have changed."""

    def leave(self) -> None:
        """The screen is left, or the vault is being locked."""
