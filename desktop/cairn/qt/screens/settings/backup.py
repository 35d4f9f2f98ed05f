"""Backup: into a folder elsewhere, only what is new, read back before it counts; and checking one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from cairn import paths
from cairn.app.kernel import preferences
from cairn.app.kernel.session import Session
from cairn.app.vault import backups
from cairn.app.vault.backups import Backed, Checked
from cairn.errors import CairnError, Cancelled
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.media.putting_back import PuttingBack
from cairn.qt.screens.settings.group import Group
from cairn.qt.widgets import ProgressPanel, button
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.choose import choose_folder
from cairn.qt.widgets.facts import Line
from cairn.qt.widgets.findings import Findings
from cairn.qt.widgets.settings import Outcome, block
from cairn.vault.backup_set import is_listed

T = TypeVar("T")
_LAST = "backup.last"


def place_in(chosen: Path, session: Session) -> Path:
    """Where in the folder that a person chose the backup goes: an empty folder, or the backup itself; else a
    folder of its own below it, because nothing else may lie between a backup's files. Raises MachineError."""
    with paths.machine_errors():
        if is_listed(chosen) or not any(chosen.iterdir()):
            return chosen
    return chosen / f"backup-{session.vault.id[:8]}"


class BackupGroup(Group):
    """When and where the last backup was made, and making one."""

    key = "backup"
    glyph = "folder"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head(
            self.tr("Backup"),
            self.tr(
                "On a disk or stick that you keep elsewhere. A backup is encrypted like the vault, and opens with "
                "the same passphrase and the same recovery words."
            ),
        )
        self._task: tasks.Task | None = None
        self._folder: Path | None = None
        self.again = button(self.tr("Back up again"), self._repeat)
        self.check = button(self.tr("Check a backup…"), self._choose_checked)
        self.choose = button(self.tr("Choose a folder…"), self._choose)
        self._last = self.line(self.tr("Last backup"), self.tr("Not made yet."), self.again)
        self.line(
            self.tr("Back up to a folder"),
            self.tr("Later backups into the same folder add only what is new."),
            self.choose,
        )
        self.line(
            self.tr("Check a backup"),
            self.tr("Reads everything in it and compares it with its list. Nothing is changed."),
            self.check,
        )
        self.again.hide()
        self.progress = ProgressPanel()
        self.progress.cancelled.connect(self._stop)
        self._busy = block(self.progress)
        show_if(self._busy, False)
        self.lines.addWidget(self._busy)
        self._outcome = Outcome()
        self.lines.addWidget(self._outcome)
        self._found = Findings()
        self.lines.addWidget(self._found)
        self.putting_back = PuttingBack(desk)
        self._mend = block(self.putting_back)
        show_if(self._mend, False)
        self.lines.addWidget(self._mend)
        self.anchors = {"choose": self.choose, "again": self.again, "check": self.check}

    def load(self) -> None:
        session = self.desk.session
        tasks.run(self, lambda _progress: preferences.inside(session, _LAST), then=self._show_last)

    def _show_last(self, kept: object) -> None:
        if not isinstance(kept, dict) or not isinstance(kept.get("folder"), str):
            return
        self._folder = Path(kept["folder"])
        when = self.tr("{moment}, in {folder}")
        self._last.say(when.format(moment=messages.moment(str(kept.get("at", ""))), folder=self._folder))
        self._last.text.setAccessibleName(self._last.text.text())
        show_if(self.again, True)

    def _repeat(self) -> None:
        if self._folder is not None:
            self.back_up(self._folder)

    def _choose(self) -> None:
        choose_folder(
            self, self.tr("Choose a folder for the backup"), self.back_up, verb=self.tr("Back up here")
        )

    def _choose_checked(self) -> None:
        choose_folder(
            self,
            self.tr("Choose the backup to check"),
            self.check_backup,
            verb=self.tr("Check"),
            start=self._folder,
        )

    def back_up(self, chosen: Path) -> None:
        """Back up into a folder, or into one of its own below it."""
        session = self.desk.session

        def work(progress: Progress) -> Backed:
            place = place_in(chosen, session)
            done = backups.backup(session, place, progress)
            if not done.unlogged:
                preferences.change_inside(session, _LAST, {"at": done.report.created, "folder": str(place)})
            return done

        self._begin(self.tr("Backing up and reading back"), work, self._done, self._failed)

    def check_backup(self, chosen: Path) -> None:
        """Read a whole backup of this vault: a folder that is one, or that holds one below it."""
        session = self.desk.session

        def work(progress: Progress) -> Checked:
            return backups.check(session, place_in(chosen, session), progress)

        self._begin(self.tr("Reading the backup"), work, self._checked, self._not_checked)

    def _begin(
        self,
        title: str,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        failed: Callable[[CairnError], None],
    ) -> None:
        if self._task is not None:
            return
        self._outcome.say()
        self._found.show_problems(())
        self._mend.hide()
        self._set_busy(True)
        self.progress.begin(title)
        self._task = tasks.run(
            self,
            work,
            then=then,
            failed=failed,
            progress=self.progress.report,
            lane="long",
            job=self.tr("A backup is being made or checked."),
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _done(self, made: Backed) -> None:
        self._set_busy(False)
        report = made.report
        parts = [self.tr("%n files copied", "", report.files_copied)]
        if report.files_kept:
            parts.append(self.tr("%n were there already", "", report.files_kept))
        if report.files_read:
            parts.append(self.tr("%n of them read again", "", report.files_read))
        if report.files_renewed:
            parts.append(self.tr("%n no longer matched and were copied again", "", report.files_renewed))
        if report.files_removed:
            parts.append(self.tr("%n removed that were erased here", "", report.files_removed))
        parts.append(self.tr("{size} in all").format(size=messages.size(report.bytes_total)))
        if report.read_since:
            since = messages.moment(report.read_since)
            parts.append(self.tr("every file read back since {moment}").format(moment=since))
        if made.unlogged:
            parts.append(
                self.tr(
                    "the custody log does not tell of it, because nothing can be written in this vault now"
                )
            )
        if made.problems:
            title = self.tr("The backup was made, but %n files are not whole.", "", len(made.problems))
            self._outcome.say(Line(title, " · ".join(parts), tone="danger"))
        else:
            title = self.tr("The backup is complete. What was copied has been read back.")
            self._outcome.say(Line(title, " · ".join(parts), tone="good"))
        self._found.show_problems(made.problems)
        here = [each for each in made.problems if each.code == "upkeep.backup-damaged-here"]
        self.putting_back.offer(here)
        self._mend.setVisible(bool(here))
        self.load()

    def _checked(self, found: Checked) -> None:
        self._set_busy(False)
        when = messages.moment(found.created) if found.created else ""
        if found.problems:
            title = self.tr("%n problems were found in this backup.", "", len(found.problems))
            text = self.tr(
                "Back up again: what no longer matches is then copied anew. Keep another backup, too."
            )
            self._outcome.say(Line(title, text, tone="danger"))
        else:
            text = self.tr("Everything in it was read: the backup of {moment}.").format(moment=when)
            self._outcome.say(Line(self.tr("This backup is whole."), text, tone="good"))
        self._found.show_problems(found.problems)

    def _not_checked(self, error: CairnError) -> None:
        self._set_busy(False)
        if isinstance(error, Cancelled):
            text = self.tr("What was read so far says nothing of the rest.")
            self._outcome.say(Line(self.tr("The check was stopped."), text))
        else:
            title = self.tr("The backup was not checked.")
            self._outcome.say(Line(title, messages.sentence(error), tone="danger"))

    def _failed(self, error: CairnError) -> None:
        self._set_busy(False)
        if isinstance(error, Cancelled):
            text = self.tr("An earlier backup in this folder is still whole.")
            self._outcome.say(Line(self.tr("The backup was stopped."), text))
        else:
            self._outcome.say(Line(self.tr("No backup was made."), messages.sentence(error), tone="danger"))

    def _set_busy(self, busy: bool) -> None:
        if not busy:
            self._task = None
            self.progress.end()
        self._busy.setVisible(busy)
        self.choose.setEnabled(not busy)
        self.again.setEnabled(not busy)
        self.check.setEnabled(not busy)
