"""Bringing a backup back as a vault of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from cairn.app.vault import upkeep
from cairn.errors import CairnError
from cairn.qt.base import messages, tasks
from cairn.qt.desk import EntranceDesk
from cairn.qt.widgets import Field, ProgressPanel, button, card, label, row
from cairn.qt.widgets.choose import choose_folder
from cairn.qt.widgets.entrance import EntranceCard


class RestoreScreen(EntranceCard):
    """Backup, new folder, passphrase. The backup is read back and verified; nothing is half restored."""

    def __init__(self, desk: EntranceDesk) -> None:
        super().__init__()
        self._desk = desk
        self._backup, self._folder, self._secret = QLineEdit(), QLineEdit(), QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        for line in (self._backup, self._folder, self._secret):
            line.textChanged.connect(self._look)
        browse_backup = button(self.tr("Choose…"), lambda: self._choose(self._backup))
        browse_folder = button(self.tr("Choose…"), lambda: self._choose(self._folder))
        browse_backup.setAccessibleName(self.tr("Choose the backup's folder"))
        browse_folder.setAccessibleName(self.tr("Choose the new vault's folder"))
        self._go = button(self.tr("Restore the vault"), self._restore, kind="primary")
        self._back = button(self.tr("Back"), lambda: desk.begin())
        self.progress = ProgressPanel()
        text = self.tr(
            "The restored vault begins a new custody log and gets a new contact card, because the old "
            "vault may still be in use somewhere. Give the new card to your office."
        )
        box = card(
            label(self.tr("Restore a backup"), "title"),
            label(text, "soft", wrap=True),
            self.banner,
            self._with(Field(self.tr("Backup"), self._backup), browse_backup),
            self._with(Field(self.tr("New, empty folder for the vault"), self._folder), browse_folder),
            Field(self.tr("Passphrase of the vault, or its 24 recovery words"), self._secret, sentence=True),
            self.progress,
            row(self._back, None, self._go),
            space=12,
            margin=32,
        )
        self.place(box, 560)
        self.setFocusProxy(self._backup)
        self._look()

    def help_page(self) -> str:
        return "opening-the-vault"

    def _with(self, field: Field, browse: QPushButton) -> QHBoxLayout:
        """A field and the button that fills it, in one line."""
        line = row(field, browse)
        line.setStretch(0, 1)
        line.setAlignment(browse, Qt.AlignmentFlag.AlignBottom)
        return line

    def _choose(self, line: QLineEdit) -> None:
        choose_folder(
            self,
            self.tr("Choose a folder"),
            lambda folder: line.setText(str(folder)),
            verb=self.tr("Choose"),
            start=Path(line.text()) if line.text() else None,
        )

    def _look(self) -> None:
        lines = (self._backup, self._folder, self._secret)
        self._go.setEnabled(all(line.text().strip() for line in lines))

    def _restore(self) -> None:
        backup, folder = Path(self._backup.text()), Path(self._folder.text())
        typed = self._secret.text()
        secret: str | list[str] = typed.split() if len(typed.split()) == 24 else typed
        self._go.setEnabled(False)
        self._back.setEnabled(False)
        self.banner.clear()
        self.progress.begin(self.tr("Restoring and reading back"))
        task = tasks.run(
            self,
            lambda progress: upkeep.restore(backup, folder, secret, progress),
            then=self._desk.enter,
            failed=self._refused,
            orphaned=self._desk.close_unwanted,
            progress=self.progress.report,
            lane="long",
        )
        self.progress.cancelled.connect(task.cancel)

    def _refused(self, error: CairnError) -> None:
        self.progress.end()
        self._back.setEnabled(True)
        self._look()
        self.tell(messages.sentence(error))
