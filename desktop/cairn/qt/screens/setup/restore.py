"""Bringing a backup back as a vault of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from cairn.app.vault import backups
from cairn.errors import CairnError
from cairn.qt.base import messages, tasks
from cairn.qt.desk import EntranceDesk
from cairn.qt.screens.setup.given import folder_field, secret_of
from cairn.qt.widgets import Field, ProgressPanel, button, card, label, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.entrance import EntranceCard
from cairn.qt.widgets.findings import Findings
from cairn.qt.widgets.secret_line import SecretLine, ShowTyped

if TYPE_CHECKING:
    from cairn.app.kernel.session import Session
    from cairn.app.kernel.views import Problem


class RestoreScreen(EntranceCard):
    """Backup, new folder, passphrase. What is whole is restored and read back; what is not is named before the
    vault is entered."""

    def __init__(self, desk: EntranceDesk) -> None:
        super().__init__()
        self._desk = desk
        self._backup, self._folder, self._secret = QLineEdit(), QLineEdit(), SecretLine()
        for line in (self._backup, self._folder, self._secret):
            line.textChanged.connect(self._look)
        self._go = button(self.tr("Restore the vault"), self._restore, kind="primary")
        self._enter = button(self.tr("Open the vault"), self._open, kind="primary")
        show_if(self._enter, False)
        self._back = button(self.tr("Back"), lambda: desk.begin())
        self._salvage = button(self.tr("Salvage a damaged vault…"), lambda: desk.show_salvage(), kind="link")
        self.progress = ProgressPanel()
        self._found = Findings()
        self._restored: Session | None = None
        text = self.tr(
            "The restored vault begins a new custody log and gets a new contact card, because the old "
            "vault may still be in use somewhere. Give the new card to your office."
        )
        box = card(
            label(self.tr("Restore a backup"), "title"),
            label(text, "soft", wrap=True),
            self.banner,
            folder_field(self.tr("Backup"), self._backup, self.tr("Choose the backup's folder")),
            folder_field(
                self.tr("New, empty folder for the vault"),
                self._folder,
                self.tr("Choose the new vault's folder"),
            ),
            Field(self.tr("Passphrase of the vault, or its 24 recovery words"), self._secret, sentence=True),
            ShowTyped(self._secret),
            self.progress,
            self._found,
            row(self._back, None, self._go, self._enter),
            # A line of its own: in a longer language the three don't fit beside each other.
            row(self._salvage, None),
            space=12,
            margin=32,
        )
        self.place(box, 560)
        self.setFocusProxy(self._backup)
        self._look()

    def help_page(self) -> str:
        return "opening-the-vault"

    def _look(self) -> None:
        lines = (self._backup, self._folder, self._secret)
        self._go.setEnabled(all(line.text().strip() for line in lines))

    def _restore(self) -> None:
        backup, folder = Path(self._backup.text()), Path(self._folder.text())
        secret = secret_of(self._secret.text())
        self._go.setEnabled(False)
        self._back.setEnabled(False)
        self.banner.clear()
        self.progress.begin(self.tr("Restoring and reading back"))
        task = tasks.run(
            self,
            lambda progress: backups.restore(backup, folder, secret, progress),
            then=self._done,
            failed=self._refused,
            orphaned=partial(_close_orphaned, self._desk),
            progress=self.progress.report,
            lane="long",
            job=self.tr("A backup is being restored."),
        )
        self.progress.cancelled.connect(task.cancel)

    def _done(self, made: tuple[Session, list[Problem]]) -> None:
        s, problems = made
        if not problems:
            self._desk.enter(s)
            return
        # What is missing is said before anything else is seen, and the vault waits for that.
        self._restored = s
        self._desk.hold(s)
        self.progress.end()
        for line in (self._backup, self._folder, self._secret):
            line.setEnabled(False)
        self.tell(
            self.tr("The vault was restored. %n things in the backup were not whole:", "", len(problems))
        )
        self._found.show_problems(problems)
        show_if(self._go, False)
        show_if(self._salvage, False)
        show_if(self._back, False)
        show_if(self._enter, True)
        self._enter.setFocus()

    def _open(self) -> None:
        if self._restored is not None:
            self._desk.enter(self._restored)

    def _refused(self, error: CairnError) -> None:
        self.progress.end()
        self._back.setEnabled(True)
        self._look()
        if error.code == "vault.backup-database":
            self.banner.show_message(
                messages.sentence(error),
                "danger",
                action=self.tr("See what can be read…"),
                clicked=lambda: self._desk.show_salvage(Path(self._backup.text())),
            )
        else:
            self.tell(messages.sentence(error))


def _close_orphaned(
    desk: EntranceDesk, made: tuple[Session, list[Problem]] | None, error: CairnError | None
) -> None:
    desk.close_unwanted(made[0] if made is not None else None, error)
