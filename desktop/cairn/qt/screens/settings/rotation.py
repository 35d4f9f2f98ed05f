"""Changing the vault key. Nothing else may use the vault meanwhile: the desk behind the sheet is shut off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cairn.app.kernel import preferences
from cairn.app.vault import recovery_words, upkeep
from cairn.errors import CairnError, Cancelled
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.screens.settings.asking import Asking
from cairn.qt.screens.settings.words import show_words
from cairn.qt.widgets import Field, ProgressPanel, label
from cairn.qt.widgets.secret_line import SecretLine, ShowTyped

_LOOK_AGAIN_MS = 100


class ChangeKey(Asking):
    """Explains, asks for the passphrase, encrypts the database anew, shows the new recovery words."""

    def __init__(self, desk: Desk, over: QWidget, then: Callable[[], Any]) -> None:
        super().__init__(desk, over)
        self._then = then
        self.passphrase = SecretLine()
        self._field = Field(self.tr("Passphrase of this vault"), self.passphrase)
        self.progress = ProgressPanel()
        what = self.tr(
            "The database is encrypted anew under a new key. Your passphrase stays, the key left to an office "
            "is renewed, other passphrases are dropped, and you get new recovery words."
        )
        not_what = self.tr(
            "Somebody who copied the folder before keeps that copy, and can open it with what opened it then. "
            "Make a new backup afterwards and destroy the old ones."
        )
        self.build(
            self.tr("Change the vault key"),
            [
                label(what, wrap=True),
                label(not_what, "soft", wrap=True),
                self._field,
                ShowTyped(self.passphrase),
            ],
            go=self.tr("Change the vault key"),
            busy=self.tr(
                "Nothing else can be done meanwhile. If the power fails, the vault opens as before."
            ),
        )
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.progress)
        self.passphrase.textChanged.connect(self.look)
        self.passphrase.returnPressed.connect(self._begin)
        self.progress.cancelled.connect(self.stop)
        self._wait = QTimer(self)
        self._wait.setInterval(_LOOK_AGAIN_MS)
        self._wait.timeout.connect(self._when_quiet)
        self.look()

    def ready(self) -> bool:
        return bool(self.passphrase.text())

    def start(self) -> None:
        """Shut the desk off, wait until what is under way has ended, then begin."""
        self._field.set_error("")
        self.set_busy(True)
        self._shut_off(True)
        self.progress.begin(self.tr("Waiting until other work is done"))
        self._wait.start()
        self._when_quiet()

    def _when_quiet(self) -> None:
        if tasks.busy() or not self._wait.isActive():
            return
        self._wait.stop()
        self.progress.begin(self.tr("Encrypting the database anew"))
        session, passphrase = self.desk.session, self.passphrase.text()

        def work(progress: Any) -> list[str]:
            return recovery_words.with_new_words(
                session, lambda: upkeep.rotate_key(session, passphrase, progress)
            )

        # In the vault lane: whatever the lock or a timer wants from the vault comes after it.
        self.do(work, progress=self.progress.report)

    def stop(self) -> None:
        """Stop as soon as it can be stopped; the vault then opens as before."""
        if self._wait.isActive():
            self._wait.stop()
            self._failed(Cancelled())
        elif self.task is not None:
            self.task.cancel()

    def _shut_off(self, off: bool) -> None:
        self.desk.settings.set_usable(not off)

    def done(self, result: list[str], said: str) -> None:
        self.progress.end()
        self._shut_off(False)
        over = self._over
        self.sheet.dismiss()
        show_words(self.desk, over, result, self._then)

    def refused(self, error: CairnError) -> None:
        self.progress.end()
        self._shut_off(False)
        if error.code == "vault.wrong-passphrase":
            self._field.set_error(messages.sentence(error))
            self.passphrase.setFocus()
            self.passphrase.selectAll()
            return
        super().refused(error)
        if not isinstance(error, Cancelled):
            self._see_whether_open()

    def _see_whether_open(self) -> None:
        """When the disk is gone the vault could not be opened again: then only locking is honest."""
        session, desk = self.desk.session, self.desk
        desk.settings.run_on(
            lambda _progress: preferences.inside(session, ""), failed=lambda _error: desk.lock()
        )
