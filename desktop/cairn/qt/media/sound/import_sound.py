"""Taking in sound that was recorded elsewhere: on a phone, with a recorder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cairn.app.kernel.views import InterviewView
from cairn.app.sound import recording_copies
from cairn.errors import CairnError, Cancelled
from cairn.model.ports import Progress
from cairn.paths import machine_errors
from cairn.qt.base import tasks
from cairn.qt.desk import Desk
from cairn.qt.widgets import ProgressPanel, ask, button
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.choose import choose_files


class ImportSound(QObject):
    """`button`, and what it begins; `progress` shows how far it is. Files may also be dropped: `add`."""

    added = Signal(str)
    """Id of the recording that was added last."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: InterviewView | None = None
        self._jobs = 0
        self.progress = ProgressPanel()
        self.button = button(self.tr("Add sound…"), self._choose, glyph="sound")
        self.button.setToolTip(self.tr("Sound from a phone or a recorder: WAV, FLAC, MP3, M4A, Opus"))

    def show_interview(self, view: InterviewView) -> None:
        """Add to this interview from now on."""
        self._view = view
        show_if(self.button, not view.read_only)

    def _choose(self) -> None:
        choose_files(self.button, self.tr("Choose sound to add"), self.add, verb=self.tr("Add sound"))

    def add(self, paths: Sequence[Path]) -> None:
        """Add files; a finalised interview asks for the reason once for all of them."""
        view = self._view
        if view is None or view.read_only or not paths:
            return
        if view.sealed or not view.own:
            ask(
                self.button,
                self.tr("Add sound to a finalised interview"),
                self.tr("The finalised version stays as it is. Say why the sound is needed."),
                yes=self.tr("Add sound"),
                reason=self.tr("Reason"),
                then=lambda reason: self._begin(view.id, paths, reason),
            )
        else:
            self._begin(view.id, paths, "")

    def _begin(self, interview: str, paths: Sequence[Path], reason: str) -> None:
        session, decoder = self._desk.session, self._desk.decoder
        self.progress.begin(self.tr("Adding sound"), counted=False)

        def work(progress: Progress) -> str:
            last, first = "", None
            for path in paths:
                try:
                    with machine_errors():
                        source = path.open("rb")
                    with source:
                        with machine_errors():
                            size = path.stat().st_size
                        last = recording_copies.import_sound(
                            session,
                            decoder,
                            interview,
                            source,
                            path.name,
                            size=size,
                            progress=progress,
                            reason=reason,
                        ).id
                except Cancelled:
                    raise
                except CairnError as error:
                    # One file that can't be read must not keep the others out.
                    first = first or error
            if first is not None:
                raise first
            return last

        self._jobs += 1
        task = tasks.run(
            self, work, then=self._added, failed=self._not_added, progress=self.progress.report, lane="long"
        )
        self.progress.cancelled.connect(task.cancel)

    def _added(self, last: str) -> None:
        self._ended(last)

    def _not_added(self, error: CairnError) -> None:
        if not isinstance(error, Cancelled):
            self._desk.fail(error)
        self._ended("")

    def _ended(self, last: str) -> None:
        self._jobs -= 1
        if self._jobs == 0:
            self.progress.end()
        # Also after a failure: others of the same choice may have been added.
        self.added.emit(last)
