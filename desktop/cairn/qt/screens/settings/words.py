"""New recovery words: shown once, three of them typed back.

The old words are worthless from the moment the new ones exist. Until the new ones were typed back the vault
remembers that nobody has proved to have them, and the settings say so: a lock in between must not leave
somebody with a paper that opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from cairn.app.vault import recovery_words, upkeep
from cairn.errors import CairnError
from cairn.qt.desk import Desk
from cairn.qt.screens.settings.asking import Asking
from cairn.qt.widgets import Sheet, WordsInput, column, label
from cairn.qt.widgets.facts import Notice
from cairn.qt.widgets.recovery_words import RecoveryWords

WIDTH = 640


class ProveWords(Asking):
    """All 24 words, typed from the paper: whoever has them there need not make new ones."""

    def __init__(self, desk: Desk, over: QWidget, then: Callable[[], Any]) -> None:
        super().__init__(desk, over)
        self._then = then
        self._words = WordsInput(24)
        text = label(
            self.tr("Type the 24 words from your paper, in their order. Four letters of each are enough."),
            wrap=True,
        )
        self.build(
            self.tr("Type your recovery words"),
            [text, self._words],
            go=self.tr("Check the words"),
            busy=self.tr("Checking the words."),
        )
        self._words.edited.connect(self.look)
        self._words.finished.connect(self._begin)
        self.look()

    def ready(self) -> bool:
        return self._words.complete

    def start(self) -> None:
        session, words = self.desk.session, self._words.words()
        self.do(
            lambda _progress: recovery_words.prove(session, words),
            self.tr("These are the words. Keep the paper away from the laptop."),
        )

    def done(self, result: object, said: str) -> None:
        super().done(result, said)
        self._then()

    def refused(self, error: CairnError) -> None:
        if error.code == "crypto.words-unknown":
            self._words.mark_wrong([str(error.values.get("word", ""))])
        super().refused(error)


class RenewWords(Asking):
    """Says what new words mean, then makes them."""

    def __init__(self, desk: Desk, over: QWidget, then: Callable[[], Any]) -> None:
        super().__init__(desk, over)
        self._then = then
        text = label(
            self.tr(
                "You get 24 new words, and the paper with the old ones opens this vault no more. Have paper and "
                "pencil at hand: the words are shown only once."
            ),
            wrap=True,
        )
        self.build(
            self.tr("Make new recovery words?"),
            [text],
            go=self.tr("Make new words"),
            busy=self.tr("Making new words."),
        )

    def start(self) -> None:
        session = self.desk.session
        self.do(
            lambda _progress: recovery_words.with_new_words(session, lambda: upkeep.renew_recovery(session))
        )

    def done(self, result: list[str], said: str) -> None:
        over = self._over
        super().done(result, said)
        show_words(self.desk, over, result, self._then)


def show_words(desk: Desk, over: QWidget, words: Sequence[str], then: Callable[[], Any]) -> Sheet:
    """The sheet with the new words; `then` once it is closed, whichever way."""
    content = _Words(desk, over, words, then)
    content.sheet.open()
    return content.sheet


class _Words(QWidget):
    def __init__(self, desk: Desk, over: QWidget, words: Sequence[str], then: Callable[[], Any]) -> None:
        super().__init__()
        self._desk = desk
        self._then = then
        self._form = RecoveryWords()
        self._form.show_words(words)
        self._form.confirmed.connect(self._confirmed)
        warning = Notice(self.tr("The old words open this vault no more. Only these do."), "warn")
        self.setLayout(column(warning, self._form, space=16))
        self.sheet = Sheet(over, self.tr("Your new recovery words"), self, width=WIDTH)
        # Esc would throw away words that exist nowhere else.
        self.sheet.must_answer = True
        self.sheet.lost = self.tr(
            "The new recovery words are shown only now, and the old ones open nothing any more."
        )
        self.sheet.add(self.tr("Close without typing them back"), self._close, kind="quiet")
        self.sheet.closed.connect(self._form.forget)

    def _close(self) -> None:
        self.sheet.dismiss()
        self._then()

    def _confirmed(self) -> None:
        session = self._desk.session

        self._desk.settings.run_on(
            lambda _progress: recovery_words.proved(session), then=lambda _done: self._then()
        )
        said = self.tr("The new recovery words hold. Destroy the paper with the old ones.")
        self.sheet.dismiss()
        self._desk.say(said, "good")
