"""What is left of a damaged vault or backup, listed truly, and a new vault made of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from cairn.app.vault import salvage
from cairn.errors import CairnError
from cairn.qt.base import messages, tasks
from cairn.qt.desk import EntranceDesk
from cairn.qt.screens.setup.given import folder_field, secret_of
from cairn.qt.widgets import Field, ProgressPanel, Row, RowList, button, card, column, label, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.entrance import EntranceCard
from cairn.qt.widgets.findings import Findings
from cairn.qt.widgets.secret_line import SecretLine, ShowTyped

if TYPE_CHECKING:
    from cairn.app.kernel.session import Session
    from cairn.app.vault.salvage import Report


class SalvageScreen(EntranceCard):
    """First the list of what is left, and what of it is proven; then a folder for a vault made of it."""

    def __init__(self, desk: EntranceDesk, folder: Path | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._session: Session | None = None
        self._damaged, self._secret, self._folder = QLineEdit(), SecretLine(), QLineEdit()
        self._damaged.setText(str(folder) if folder is not None else "")
        self._secret.returnPressed.connect(self._read)
        for line in (self._damaged, self._secret, self._folder):
            line.textChanged.connect(self._look)
        self._go = button(self.tr("See what is left"), self._read, kind="primary")
        self._make = button(self.tr("Make a vault of it"), self._salvage, kind="primary")
        self._enter = button(self.tr("Open the vault"), self._open, kind="primary")
        self._back = button(self.tr("Back"), lambda: desk.begin())
        self.progress = ProgressPanel()
        self._told = Findings()
        self._rows = RowList(self.tr("Interviews of which something is left"))
        self._rows.setMinimumHeight(160)
        self._target = QWidget()
        self._target.setLayout(
            column(
                label(messages.sentence("salvage.new-log"), "soft", wrap=True),
                folder_field(
                    self.tr("New, empty folder for the vault"),
                    self._folder,
                    self.tr("Choose the new vault's folder"),
                ),
            )
        )
        text = self.tr(
            "For a vault or a backup whose database is damaged. It is only read. Every part is checked by "
            "itself, so what is shown here is what was written."
        )
        box = card(
            label(self.tr("Salvage a damaged vault"), "title"),
            label(text, "soft", wrap=True),
            self.banner,
            folder_field(
                self.tr("Folder of the vault or backup"), self._damaged, self.tr("Choose the damaged folder")
            ),
            Field(self.tr("Its passphrase, or its 24 recovery words"), self._secret, sentence=True),
            ShowTyped(self._secret),
            self.progress,
            self._told,
            self._rows,
            self._target,
            row(self._back, None, self._go, self._make, self._enter),
            space=12,
            margin=32,
        )
        for part in (self._rows, self._target, self._make, self._enter):
            show_if(part, False)
        self.place(box, 640)
        self.setFocusProxy(self._secret if folder is not None else self._damaged)
        self._look()

    def help_page(self) -> str:
        return "opening-the-vault"

    def _look(self) -> None:
        ready = bool(self._damaged.text().strip() and self._secret.text())
        self._go.setEnabled(ready)
        self._make.setEnabled(ready and bool(self._folder.text().strip()))

    def _given(self) -> tuple[Path, str | list[str]]:
        return Path(self._damaged.text()), secret_of(self._secret.text())

    def _begin(self, title: str) -> None:
        for part in (self._go, self._make, self._back):
            part.setEnabled(False)
        self.banner.clear()
        self.progress.begin(title)

    def _read(self) -> None:
        if not self._go.isEnabled():
            return
        damaged, secret = self._given()
        self._begin(self.tr("Reading what is left"))
        task = tasks.run(
            self,
            lambda progress: salvage.look(damaged, secret, progress),
            then=self._shown,
            failed=self._refused,
            progress=self.progress.report,
            lane="long",
        )
        self.progress.cancelled.connect(task.cancel)

    def _shown(self, report: Report) -> None:
        self._ended()
        self._show(report)
        show_if(self._go, False)
        show_if(self._target, not report.empty)
        show_if(self._make, not report.empty)
        self._damaged.setReadOnly(True)
        self._secret.setReadOnly(True)
        if report.empty:
            self.tell(messages.sentence("salvage.nothing"))
        else:
            self._folder.setFocus()

    def _show(self, report: Report) -> None:
        self._told.show_told(salvage.told(report), salvage.problems(report))
        rows = [
            Row(each.id, each.title or self.tr("Without a title"), self._versions(each))
            for each in report.interviews
        ]
        self._rows.set_rows(rows)
        show_if(self._rows, bool(rows))

    def _versions(self, each: salvage.Rest) -> str:
        left = self.tr("%n versions left", "", each.versions)
        lost = self.tr("%n lost", "", each.lost)
        return f"{left} · {lost}" if each.lost else left

    def _salvage(self) -> None:
        damaged, secret = self._given()
        folder = Path(self._folder.text())
        self._begin(self.tr("Making a vault of what is left"))
        task = tasks.run(
            self,
            lambda progress: salvage.salvage(damaged, folder, secret, progress),
            then=self._made,
            failed=self._refused,
            orphaned=partial(_close_orphaned, self._desk),
            progress=self.progress.report,
            lane="long",
            job=self.tr("A vault is being made of what is left."),
        )
        self.progress.cancelled.connect(task.cancel)

    def _made(self, made: tuple[Session, Report]) -> None:
        self._session, report = made
        self._desk.hold(self._session)
        self._ended()
        self._show(report)
        for part in (self._make, self._target, self._back):
            show_if(part, False)
        show_if(self._enter, True)
        self.banner.show_message(self.tr("The new vault was made of what is left."), "good")
        self._enter.setFocus()

    def _open(self) -> None:
        if self._session is not None:
            self._desk.enter(self._session)

    def _ended(self) -> None:
        self.progress.end()
        self._back.setEnabled(True)
        self._look()

    def _refused(self, error: CairnError) -> None:
        self._ended()
        self.tell(messages.sentence(error))


def _close_orphaned(
    desk: EntranceDesk, made: tuple[Session, Report] | None, error: CairnError | None
) -> None:
    desk.close_unwanted(made[0] if made is not None else None, error)
