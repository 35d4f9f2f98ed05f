"""New recovery words: shown once, three of them typed back.

The old words are worthless from the moment the new ones exist. Until the new ones were typed back the vault
remembers that nobody has proved to have them, and the settings say so: a lock in between must not leave
somebody with a paper that opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtWidgets import QWidget

from cairn.app.kernel import preferences
from cairn.app.kernel.session import Session
from cairn.app.vault import upkeep
from cairn.errors import CairnError
from cairn.qt.desk import Desk
from cairn.qt.screens.settings.asking import Asking
from cairn.qt.widgets import Sheet, column, label
from cairn.qt.widgets.facts import Notice
from cairn.qt.widgets.recovery_words import RecoveryWords

_UNPROVED = "recovery.unproved"
WIDTH = 640


def unproved(s: Session) -> bool:
    """Whether recovery words were made that nobody has typed back yet."""
    return bool(preferences.inside(s, _UNPROVED, False))


def with_new_words(s: Session, make: Callable[[], list[str]]) -> list[str]:
    """New words by `make`; the vault remembers that they are unproved, before the old ones end."""
    before = unproved(s)
    preferences.change_inside(s, _UNPROVED, True)
    try:
        return make()
    except CairnError:
        if not before:
            # Where even this can't be written, a needless reminder is the smaller harm.
            with suppress(CairnError):
                preferences.change_inside(s, _UNPROVED, None)
        raise


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
        self.do(lambda _progress: with_new_words(session, lambda: upkeep.renew_recovery(session)))

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
        self.sheet.add(self.tr("Close without typing them back"), self._close, kind="quiet")
        self.sheet.closed.connect(self._form.forget)

    def _close(self) -> None:
        self.sheet.dismiss()
        self._then()

    def _confirmed(self) -> None:
        session = self._desk.session

        def keep(_progress: object) -> None:
            preferences.change_inside(session, _UNPROVED, None)

        self._desk.settings.run_on(keep, then=lambda _done: self._then())
        said = self.tr("The new recovery words hold. Destroy the paper with the old ones.")
        self.sheet.dismiss()
        self._desk.say(said, "good")
