"""Putting damaged files of the vault back from a backup: offered wherever damaged files are told of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cairn.app.kernel.views import Problem
from cairn.app.vault import mending
from cairn.app.vault.mending import Mended
from cairn.errors import CairnError, Cancelled
from cairn.model.ids import MediaId
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.widgets import ProgressPanel, button, column, label, row
from cairn.qt.widgets.choose import choose_folder
from cairn.qt.widgets.facts import Line
from cairn.qt.widgets.findings import Findings


class PuttingBack(QWidget):
    """A sentence and a button; then what came of it. Hidden where no file is damaged."""

    ended = Signal()
    """Files were put back, or not: what is shown of the vault may be different now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: list[MediaId] = []
        self._task: tasks.Task | None = None
        self.choose = button(self.tr("Put back from a backup…"), self._choose, glyph="folder")
        said = self.tr("A backup may still hold these files whole. Each is compared with what was attached or recorded, bit for bit, before it takes the place of the damaged one. Nothing else is changed.")  # fmt: skip
        self._offer = QWidget()
        self._offer.setLayout(column(label(said, "soft", wrap=True), row(self.choose, None), space=12))
        self.progress = ProgressPanel()
        self.progress.cancelled.connect(self._stop)
        self._told = column(space=12)
        self.setLayout(column(self._offer, self.progress, self._told, space=12))
        self.hide()

    def offer(self, problems: Sequence[Problem]) -> None:
        """Offer it for the files that these problems are about; where there are none, show nothing."""
        if self._task is not None:
            return
        self._wanted = mending.named(problems)
        self._say()
        self._offer.setVisible(bool(self._wanted))
        self.setVisible(bool(self._wanted))

    def _choose(self) -> None:
        choose_folder(
            self, self.tr("Choose the backup that holds the files"), self.put_back, verb=self.tr("Put back")
        )

    def put_back(self, folder: Path) -> None:
        """Put back what was offered from this backup."""
        if self._task is not None:
            return
        session, wanted = self._desk.session, list(self._wanted)

        def work(progress: Progress) -> Mended:
            return mending.put_back(session, folder, wanted, progress)

        self._say()
        self.choose.setEnabled(False)
        self.progress.begin(self.tr("Putting files back"))
        self._task = tasks.run(
            self,
            work,
            then=self._done,
            failed=self._failed,
            progress=self.progress.report,
            lane="long",
            job=self.tr("Files are being put back from a backup."),
        )
        self.progress.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _end(self) -> None:
        self._task = None
        self.progress.end()
        self.choose.setEnabled(True)

    def _done(self, done: Mended) -> None:
        self._end()
        self._wanted = list(done.left)
        parts: list[QWidget] = []
        if done.put_back:
            title = self.tr("%n file(s) are whole again.", "", len(done.put_back))
            parts.append(Line(title, ", ".join(done.put_back), tone="good"))
        if done.problems:
            title = self.tr("%n file(s) are still damaged.", "", len(done.problems))
            parts.append(Line(title, tone="danger"))
            parts += Findings().lines(done.problems, done.problems)
        if not parts:
            parts.append(Line(self.tr("These files are whole: nothing had to be put back."), tone="good"))
        self._say(*parts)
        self._offer.setVisible(bool(self._wanted))
        if self._wanted:
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ended.emit()

    def _failed(self, error: CairnError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            text = self.tr("What was put back until then is whole; the rest is as it was.")
            self._say(Line(self.tr("Putting back was stopped."), text))
        else:
            self._say(Line(self.tr("No more was put back."), messages.sentence(error), tone="danger"))
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ended.emit()

    def _say(self, *parts: QWidget) -> None:
        while (item := self._told.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for part in parts:
            self._told.addWidget(part)
