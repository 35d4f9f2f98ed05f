"""Showing the 24 recovery words once, and having three of them typed back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.widgets import Banner, WordsInput, button, column, label, row
from cairn.qt.widgets.reflow import Cells

ASKED = 3
COLUMNS = 4


class RecoveryWords(QWidget):
    """First the words to write down, then three of them. `confirmed` once they were typed right."""

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self._asked: list[int] = []
        self.banner = Banner()
        self._list = Cells(COLUMNS, across=20, stretch=True)
        self._text = label("", "soft", wrap=True)
        self._next = button(self.tr("I have written them down"), self._ask, kind="primary")
        self._check = button(self.tr("Check the words"), self._verify, kind="primary")
        self._look = button(self.tr("Show the words again"), self._show)
        self._place = QWidget()
        self._place.setLayout(column())
        self._input: WordsInput | None = None
        self.setLayout(
            column(
                self._text,
                self.banner,
                self._list,
                self._place,
                None,
                row(self._look, None, self._next, self._check),
                space=16,
            )
        )

    def show_words(self, words: Sequence[str]) -> None:
        """These are the words."""
        self._words = list(words)
        for number, word in enumerate(words):
            cell = QWidget()
            place = label(f"{number + 1}.", "caption")
            # As wide as two digits, so that the words of a column stand under one another.
            place.setMinimumWidth(theme().px(20))
            cell.setLayout(row(place, label(word, "strong"), None, space=6))
            self._list.add(cell)
        self._list.setAccessibleName(" ".join(words))
        self._show()

    def forget(self) -> None:
        """Take the words off the screen and out of this object."""
        self._words = []
        self._list.setAccessibleName("")
        for child in self._list.findChildren(QLabel):
            child.setText("")

    def _show(self) -> None:
        self._text.setText(
            self.tr(
                "Write these 24 words on paper, in this order, and keep the paper away from the laptop. "
                "They open the vault when the passphrase is forgotten. They are shown only now."
            )
        )
        self._list.show()
        self._place.hide()
        self._look.hide()
        self._check.hide()
        self._next.show()
        self.banner.clear()
        self.setFocusProxy(self._next)
        self._next.setFocus()

    def _ask(self) -> None:
        chooser = secrets.SystemRandom()
        self._asked = sorted(chooser.sample(range(len(self._words)), ASKED))
        if self._input is not None:
            self._input.hide()
            self._input.deleteLater()
        self._input = WordsInput(ASKED, positions=[at + 1 for at in self._asked], columns=3)
        self._input.finished.connect(self._verify)
        layout = self._place.layout()
        if layout is not None:
            layout.addWidget(self._input)
        self._text.setText(
            self.tr("Type the words number {first}, {second} and {third} from your paper.").format(
                first=self._asked[0] + 1, second=self._asked[1] + 1, third=self._asked[2] + 1
            )
        )
        self._list.hide()
        self._next.hide()
        self._place.show()
        self._look.show()
        self._check.show()
        self._input.setFocus()

    def _verify(self) -> None:
        if self._input is None:
            return
        typed = [box.text().strip().lower() for box in self._input.boxes]
        right = [self._words[at] for at in self._asked]
        if typed == right:
            self.banner.clear()
            self.confirmed.emit()
            return
        wrong = [word for word, good in zip(typed, right, strict=True) if word != good]
        self._input.mark_wrong(wrong)
        self.banner.show_message(
            self.tr(
                "These are not the words. Look at your paper again; you can also see the words once more."
            ),
            "warn",
        )
