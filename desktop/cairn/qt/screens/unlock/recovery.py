"""Opening with the 24 recovery words, and setting a new passphrase at once."""

from __future__ import annotations

from pathlib import Path

from cairn.app.kernel import session as sessions
from cairn.app.kernel.session import Session
from cairn.errors import CairnError
from cairn.qt.base import messages, tasks
from cairn.qt.desk import EntranceDesk
from cairn.qt.widgets import WordsInput, ask, button, card, label, row
from cairn.qt.widgets.entrance import EntranceCard
from cairn.qt.widgets.passphrase import PassphraseForm


class RecoveryForm(EntranceCard):
    """First the words, then a new passphrase. The old one no longer opens the vault afterwards."""

    def __init__(self, desk: EntranceDesk, folder: Path) -> None:
        super().__init__()
        self._desk = desk
        self._folder = folder
        self._session: Session | None = None
        self._words = WordsInput(24)
        self._words.finished.connect(self._open_vault)
        self._go = button(self.tr("Open with these words"), self._open_vault, kind="primary")
        self._back = button(self.tr("Back"), self._go_back)
        self._title = label(self.tr("Recovery words"), "title")
        self._text = label(
            self.tr("Type the 24 words from your paper, in their order. Four letters of each are enough."),
            "soft",
            wrap=True,
        )
        self._passphrase = PassphraseForm()
        self._passphrase.hide()
        self._set = button(self.tr("Set passphrase and open"), self._set_passphrase, kind="primary")
        self._set.hide()
        self._passphrase.changed.connect(lambda: self._set.setEnabled(self._passphrase.good))
        box = card(
            self._title,
            self._text,
            self.banner,
            self._words,
            self._passphrase,
            row(self._back, None, self._go, self._set),
            space=16,
            margin=32,
        )
        self.place(box, 560)
        self.setFocusProxy(self._words)

    def help_page(self) -> str:
        return "forgotten-passphrase"

    def _go_back(self) -> None:
        """Back to the passphrase. Words that were typed are a quarter of an hour of work: that is asked first."""
        if not self._words.words():
            self._desk.show_unlock(self._folder)
            return
        ask(
            self,
            self.tr("Go back without these words?"),
            self.tr("What you have typed is not kept."),
            yes=self.tr("Go back"),
            no=self.tr("Go on typing"),
            then=lambda _reason: self._desk.show_unlock(self._folder),
        )

    def unsaved(self) -> str:
        return self.tr("The recovery words that you have typed are not kept.") if self._words.words() else ""

    def _open_vault(self, *, despite_alarm: bool = False) -> None:
        if not self._words.complete:
            self.tell(self.tr("All 24 words are needed."))
            return
        self._go.setEnabled(False)
        words, folder = self._words.words(), self._folder
        tasks.run(
            self,
            lambda _progress: sessions.open_with_words(folder, words, despite_alarm=despite_alarm),
            then=self._opened,
            failed=self._refused,
            orphaned=self._desk.close_unwanted,
        )

    def _opened(self, session: Session) -> None:
        if session.unwritable:
            # A new passphrase can't be kept here. The words open it to be read all the same.
            self._words.clear()
            self._desk.enter(session)
            return
        self._session = session
        self._desk.hold(session)
        self._words.clear()
        self._words.hide()
        self._go.hide()
        self._back.hide()
        self.banner.clear()
        self._title.setText(self.tr("Set a new passphrase"))
        self._text.setText(
            self.tr("The words are right. The passphrase you forgot will no longer open this vault.")
        )
        self._passphrase.show()
        self._set.show()
        self._set.setEnabled(self._passphrase.good)
        self._passphrase.setFocus()

    def _refused(self, error: CairnError) -> None:
        self._go.setEnabled(True)
        if error.code == "crypto.words-unknown":
            self._words.mark_wrong([str(error.values.get("word", ""))])
        if error.code == "storage.custody-altered":
            self.banner.show_message(
                messages.sentence(error),
                "danger",
                action=self.tr("Open it all the same"),
                clicked=lambda: self._open_vault(despite_alarm=True),
            )
        else:
            self.tell(messages.sentence(error))

    def _set_passphrase(self) -> None:
        session, new = self._session, self._passphrase.passphrase
        if session is None or not self._passphrase.good:
            return
        self._set.setEnabled(False)
        tasks.run(
            self,
            lambda _progress: sessions.set_passphrase(session, new),
            then=lambda _done: self._desk.enter(session),
            failed=self._not_set,
        )

    def _not_set(self, error: CairnError) -> None:
        self._set.setEnabled(True)
        self.tell(messages.sentence(error))
