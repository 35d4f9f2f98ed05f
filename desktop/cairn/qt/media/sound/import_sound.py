"""Taking in sound that was recorded elsewhere: on a phone, with a recorder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cairn.app.files import outcomes
from cairn.app.files.outcomes import Outcome
from cairn.app.kernel.views import InterviewView
from cairn.app.sound import bringing
from cairn.model.ids import RootId
from cairn.model.ports import Progress
from cairn.paths import machine_errors
from cairn.qt.desk import Desk
from cairn.qt.media.keeping import Jobs
from cairn.qt.media.outcomes import Told, last
from cairn.qt.widgets import Banner, ProgressPanel, ask, button
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.choose import choose_files
from cairn.qt.widgets.kept_only import only_where_kept


class ImportSound(QObject):
    """`button`, and what it begins; `progress` shows how far it is. Files may also be dropped: `add`."""

    added = Signal(str)
    """Id of the recording that was added last; empty where none was, but something may be different."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: InterviewView | None = None
        self.progress = ProgressPanel()
        self.banner = Banner()
        """What became of each file."""
        self._told = Told(self.banner)
        self._jobs = Jobs(desk, self.progress)
        self.button = button(self.tr("Add sound…"), self._choose, glyph="sound")
        only_where_kept(self.button)
        self.button.setToolTip(self.tr("Sound from a phone or a recorder: WAV, FLAC, MP3, M4A, Opus"))

    def show_interview(self, view: InterviewView) -> None:
        """Add to this interview from now on."""
        self._view = view
        show_if(self.button, not view.fixed)

    def _choose(self) -> None:
        choose_files(self.button, self.tr("Choose sound to add"), self.add, verb=self.tr("Add sound"))

    def add(self, paths: Sequence[Path]) -> None:
        """Add files; a finalised interview asks for the reason once for all of them."""
        view = self._view
        if view is None or view.fixed or not paths:
            return
        if view.final or not view.own:
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

    def _begin(self, interview: RootId, paths: Sequence[Path], reason: str) -> None:
        session, decoder = self._desk.session, self._desk.decoder
        self._told.begin(alone=not self._jobs.busy)

        def work(progress: Progress) -> list[Outcome]:
            def add(path: Path) -> Outcome:
                with machine_errors():
                    source = path.open("rb")
                with source:
                    with machine_errors():
                        size = path.stat().st_size
                    return bringing.bring(
                        session,
                        decoder,
                        interview,
                        source,
                        path.name,
                        size=size,
                        progress=progress,
                        reason=reason,
                    )

            return outcomes.each(paths, lambda path: path.name, add)

        def told(found: list[Outcome]) -> None:
            self._told.add(found)
            self.added.emit(last(found, outcomes.SOUND))

        # Also after a failure something may be different: others of the same choice may have been added.
        self._jobs.begin(
            self.tr("Adding sound"),
            work,
            told,
            otherwise=lambda: self.added.emit(""),
            counted=False,
        )
