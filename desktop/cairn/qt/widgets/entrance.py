"""What the screens before the vault have in common: one card in the middle, that scrolls where it is too tall."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from cairn.qt.base.help_pages import FIRST
from cairn.qt.base.theme import theme
from cairn.qt.widgets.banner import Banner
from cairn.qt.widgets.basic import column, row, scroll

_WINS = 1000
"""The card's share of the width against the space beside it: it takes all it may before that gets any."""


class Entrance(QWidget):
    """A screen before the vault: what each of them can be asked."""

    replaceable = True
    """Whether another screen may take its place unasked: not while a vault is being made."""

    def help_page(self) -> str:
        """The page of the help that belongs here."""
        return FIRST

    def show_help(self) -> bool:
        """No: before the vault the help lies over what is there, so that nothing typed is lost."""
        return False

    def unsaved(self) -> str:
        """What is lost when the program is closed now, in a sentence; nothing where nothing is."""
        return ""

    def tell(self, sentence: str) -> None:
        """Say something that needs attention."""
        raise NotImplementedError


class EntranceCard(Entrance):
    """A screen before the vault that is one card. It can say one sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner()

    def place(
        self, box: QWidget, width: int, *, above: QWidget | None = None, below: QWidget | None = None
    ) -> None:
        """Put the card `box` in the middle, at most `width` design pixels wide, narrower in a narrow window."""
        box.setMaximumWidth(theme().px(width))
        # As tall as its text needs at this width: the space above and below takes all that is left.
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        inner = QWidget()
        lines = column(None, space=20, margin=24)
        for part in (above, box, below):
            if part is None:
                continue
            if part is not box:
                part.setMaximumWidth(theme().px(max(width, 640)))
            line = row(None, part, None, space=0)
            line.setStretch(1, _WINS)
            lines.addLayout(line)
        lines.addStretch(1)
        inner.setLayout(lines)
        area = scroll(inner)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(column(area))

    def tell(self, sentence: str) -> None:
        self.banner.show_message(sentence, "warn")
