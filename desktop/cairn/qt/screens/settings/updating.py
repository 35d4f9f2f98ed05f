"""An update on a stick: a folder is chosen, verified whole, and only then shown. Nothing is installed from here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cairn.app.program import updates
from cairn.app.program.updates import Update
from cairn.errors import CairnError, Cancelled
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.widgets import ProgressPanel, button, column, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.choose import choose_folder
from cairn.qt.widgets.facts import Exact, Facts, Line
from cairn.qt.widgets.settings import Outcome, SettingLine, block

TONES = {"newer": "good", "same": "neutral", "older": "danger"}


class Updating(QWidget):
    """The line with the button, the progress, and what came of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._task: tasks.Task | None = None
        self.choose = button(self.tr("Check an update on a stick…"), self._choose)
        if updates.can_check():
            text = self.tr(
                "Its signature and every file are verified before anything of it is shown. You install it."
            )
        else:
            text = self.tr(
                "This copy came without a key for releases, so it can't verify an update. Verify it with verify.sh, "
                "or get Cairn again from where you had it."
            )
            self.choose.setEnabled(False)
        self.progress = ProgressPanel()
        self.progress.cancelled.connect(self._stop)
        self._busy = block(self.progress)
        show_if(self._busy, False)
        self.outcome = Outcome()
        line = SettingLine(self.tr("Update"), text, self.choose)
        self.setLayout(column(line, self._busy, self.outcome, space=0))

    def _choose(self) -> None:
        choose_folder(
            self, self.tr("Choose the folder with the release"), self.check, verb=self.tr("Check this folder")
        )

    def check(self, folder: Path) -> None:
        """Verify the release in `folder`."""
        if self._task is not None:
            return

        def work(progress: Progress) -> Update:
            return updates.check(folder, progress)

        self.outcome.say()
        self._set_busy(True)
        self.progress.begin(self.tr("Verifying the release"))
        self._task = tasks.run(
            self, work, then=self._done, failed=self._failed, progress=self.progress.report, lane="long"
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _done(self, found: Update) -> None:
        self._set_busy(False)
        facts: list[tuple[str, str | QWidget]] = [
            (self.tr("Version"), found.release.version),
            (self.tr("Date"), messages.day(found.release.date)),
            (
                self.tr("Signed by"),
                Exact(f"{found.signer.principal}\n{found.signer.fingerprint}", self.tr("Signed by")),
            ),
            (self.tr("What is new"), found.notes(messages.language()).strip()),
        ]
        if found.fitting is not None:
            facts.append((self.tr("For this system"), Exact(found.fitting.name, self.tr("For this system"))))
        parts: list[QWidget] = [
            Line(messages.problem(updates.judgement(found)), tone=TONES[found.age]),
            Facts(facts),
        ]
        if found.age == "newer" and found.fitting is None:
            parts.append(label(messages.sentence("update.no-file"), "strong", wrap=True))
        if found.steps:
            parts.append(label(self.tr("How to install it"), "strong"))
        for number, step in enumerate(found.steps, 1):
            said = label(f"{number}. {messages.problem(step)}", wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            parts.append(said)
            if step.code.startswith(updates.COMPARE):
                parts.append(Exact(found.sha256, "SHA-256"))
        self.outcome.say(*parts)

    def _failed(self, error: CairnError) -> None:
        self._set_busy(False)
        if isinstance(error, Cancelled):
            self.outcome.say(Line(self.tr("The check was stopped. Nothing of the folder was shown.")))
        else:
            self.outcome.say(
                Line(self.tr("This is no update to install."), messages.sentence(error), tone="danger")
            )

    def _set_busy(self, busy: bool) -> None:
        if not busy:
            self._task = None
            self.progress.end()
        self._busy.setVisible(busy)
        self.choose.setEnabled(not busy)
