"""Comparing words: twelve boxes for what the other side reads out. Used here and when a bundle is opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cairn.app.kernel.views import ContactRow
from cairn.errors import CairnError
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.widgets import Banner, WordsInput, button, column, label, row
from cairn.qt.widgets.basic import reveal
from cairn.qt.widgets.kept_only import only_where_kept


class CompareWords(QWidget):
    """Boxes, a button and what came of it. `check` gets the typed words, in the background.

    It must raise InputError `contact.words-wrong` when they are not those of the card, and verify the
    contact otherwise; `then` gets its row.
    """

    def __init__(
        self,
        desk: Desk,
        name: str,
        check: Callable[[list[str]], ContactRow],
        then: Callable[[ContactRow], None],
        *,
        primary: bool = True,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._check = check
        self._then = then
        self._busy = False
        how = self.tr(
            "Ask {name} to read out the 12 words of their card, in person or over the phone, and type what "
            "you hear. The words are not shown here: only hearing them from the other side proves anything."
        )
        self.words = WordsInput(12)
        self.words.finished.connect(self.compare)
        self.words.edited.connect(self._edited)
        self.banner = Banner()
        self.button = button(
            self.tr("Compare the words"), self.compare, kind="primary" if primary else "", glyph="check"
        )
        only_where_kept(self.button)
        self.setLayout(
            column(
                label(self.tr("Compare the words"), "heading"),
                label(how.format(name=name), "soft", wrap=True),
                self.words,
                self.banner,
                row(self.button, None),
                space=12,
            )
        )
        self.setFocusProxy(self.words)

    def compare(self) -> None:
        """Compare what was typed with the card."""
        if self._busy:
            return
        typed = self.words.words()
        if len(typed) < len(self.words.boxes):
            missing = next(box for box in self.words.boxes if not box.text().strip())
            sentence = self.tr("Type all 12 words first. {count} are still missing.")
            self.banner.show_message(sentence.format(count=len(self.words.boxes) - len(typed)), "warn")
            missing.setFocus()
            reveal(missing)
            return
        self._set_busy(True)
        tasks.run(
            self, lambda _progress: self._checked(_progress, typed), then=self._good, failed=self._wrong
        )

    def _checked(self, _progress: Progress, typed: list[str]) -> ContactRow:
        return self._check(typed)

    def _good(self, contact: ContactRow) -> None:
        self._set_busy(False)
        self._then(contact)

    def _wrong(self, error: CairnError) -> None:
        self._set_busy(False)
        self.banner.show_message(messages.sentence(error), "danger", closable=False)
        if error.code == "contact.words-wrong":
            # Which of them differ is not told: half-right words must not be guessed to the end.
            self.words.mark_wrong()
        self.words.boxes[0].setFocus()
        self.words.boxes[0].selectAll()
        reveal(self.words)

    def _edited(self) -> None:
        if self.banner.text:
            self.banner.clear()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.button.setEnabled(not busy)
