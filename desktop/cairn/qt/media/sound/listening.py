"""A recording of the vault as it is heard again: used wherever a recording is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cairn.app.kernel import preferences
from cairn.app.sound import recording_copies, recording_damage, recordings
from cairn.errors import CairnError, Cancelled
from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.ports import Progress
from cairn.model.values import BEGINNING, MomentMs, Span
from cairn.qt.base import messages, tasks
from cairn.qt.media.opened_file import OpenedFile, close
from cairn.qt.media.sound import keys
from cairn.qt.media.sound.box import SoundBox
from cairn.qt.media.sound.columns import exact

if TYPE_CHECKING:
    from cairn.app.kernel.views import RecordingView
    from cairn.qt.base.tasks import Task
    from cairn.qt.desk import Desk

LOOKED_THROUGH = 256 << 20
"""Up to so many bytes a recording is looked through for damage when it is shown; others when it is met."""

_LONGER_MS = 100
"""Less is how encoders and decoders count their run-up."""


class Listening(SoundBox):
    """Shows and plays one recording. `show_recording` opens it; `let_go` closes it and forgets its key.

    Call `let_go` at the lock and when the tab is left for another interview. Call `pause` when another
    tab is shown.
    """

    opened = Signal()
    """The recording can be heard."""
    lengthened = Signal(str)
    """Id of the recording: it is longer than was known, and the vault knows it now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: RecordingView | None = None
        self._reader: OpenedFile | None = None
        self._drawing: Task | None = None
        self._repairing: Task | None = None
        self._repaired = False
        self._measured = ""
        self._wanted: MomentMs | None = None
        self._start = BEGINNING
        self.player.ready.connect(self.opened)
        self.player.ready.connect(self._measure)
        self._show_enabled()

    @property
    def recording(self) -> RecordId:
        """Id of the recording that is shown, or empty."""
        return self._view.id if self._view is not None else NO_RECORD

    @property
    def view(self) -> RecordingView | None:
        """The recording that is shown."""
        return self._view

    def show_recording(self, view: RecordingView, notes: Sequence[tuple[MomentMs, str]] = ()) -> None:
        """Show a recording; the same one again only takes over what changed about it.

        `notes` are the moments (ms) at which notes were begun, and their words.
        """
        if self._view is not None and self._view.id == view.id and self._view.sha256 == view.sha256:
            self._view = view
            self._show_view(view, notes)
            if self._reader is None and view.present:
                self._open(view)
            return
        self.let_go()
        self._view = view
        self._show_view(view, notes)
        if view.present:
            self._open(view)
            self._load_peaks(view)
        else:
            self.banner.show_message(self.tr("The sound of this recording is not in this vault."), "warn")

    def let_go(self) -> None:
        """Be silent, forget the sound and its key."""
        self._view = None
        self._wanted, self._start = None, BEGINNING
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None
        if self._repairing is not None:
            self._repairing.cancel()
            self._repairing = None
        self._repaired = False
        super().let_go()
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self._show_enabled()

    def play_from(self, ms: MomentMs) -> None:
        """Play from a place, as soon as the recording is open."""
        if self._reader is None:
            self._wanted = ms
        else:
            super().play_from(ms)

    def seek(self, ms: MomentMs) -> None:
        """Go to a place, as soon as the recording is open."""
        if self._reader is None:
            self._start = ms
            self.waveform.set_position(ms)
        else:
            super().seek(ms)

    def _show_view(self, view: RecordingView, notes: Sequence[tuple[MomentMs, str]]) -> None:
        self.waveform.set_duration(view.duration)
        self.waveform.set_marks(view.marks)
        self.waveform.set_excluded(view.excluded)
        self.waveform.set_notes(notes)
        self._show_enabled()

    def _show_enabled(self) -> None:
        there = self._view is not None and self._view.present
        self.tools.setEnabled(there)
        self.waveform.setEnabled(there)

    def _open(self, view: RecordingView) -> None:
        session = self._desk.session

        def arrived(reader: OpenedFile) -> None:
            if self._view is None or self._view.id != view.id or self._reader is not None:
                reader.close()
                return
            self._reader = reader
            self.open(reader, self._desk.decoder, duration=view.duration)
            if self._start:
                super(Listening, self).seek(self._start)
            if self._wanted is not None:
                super(Listening, self).play_from(self._wanted)
            self._wanted, self._start = None, BEGINNING
            if view.size <= LOOKED_THROUGH:
                self._repair(view, only_if_damaged=True)

        def not_opened(error: CairnError) -> None:
            if recording_damage.is_damage(error):
                self._repair(view)
            else:
                self._not_opened(error)

        tasks.run(
            self,
            lambda _progress: OpenedFile(recordings.reader(session, view.id)),
            then=arrived,
            failed=not_opened,
            orphaned=close,
        )

    def _measure(self) -> None:
        """Taken in when less of it could be decoded: then the record learns how long it is."""
        view = self._view
        if (
            view is None
            or view.source != "import"
            or not view.own
            or self._repaired
            or self._measured == view.id
        ):
            return
        if self.player.duration <= view.duration + _LONGER_MS:
            return
        self._measured = view.id
        session, decoder = self._desk.session, self._desk.decoder

        def arrived(found: RecordingView) -> None:
            if self.recording == found.id:
                self._load_peaks(found)
                self.lengthened.emit(found.id)

        tasks.run(
            self,
            lambda progress: recordings.remeasure(session, decoder, view.id, progress),
            then=arrived,
            # It is heard all the same, to its end.
            failed=lambda _error: None,
            orphaned=_ignore,
            lane="long",
        )

    def _failed(self, error: CairnError) -> None:
        """A damaged file is played around its damage: from where it was heard last."""
        view = self._view
        if view is None or self._repaired or not recording_damage.is_damage(error):
            super()._failed(error)
            return
        if self.player.broke_off and self._wanted is None:
            self._wanted = self.player.position
        self._repair(view)

    def _repair(self, view: RecordingView, *, only_if_damaged: bool = False) -> None:
        """Look through the whole file for damage; where there is some, take what is left of it."""
        session = self._desk.session
        if self._repairing is not None:
            self._repairing.drop(stop=True)

        def arrived(sound: OpenedFile) -> None:
            self._repairing = None
            if self._view is None or self._view.id != view.id or only_if_damaged and not sound.damaged:
                sound.close()
            else:
                self._take_repaired(view, sound)

        def failed(error: CairnError) -> None:
            self._repairing = None
            if not only_if_damaged:
                self._not_opened(error)

        def work(progress: Progress) -> OpenedFile:
            found = recording_damage.repaired(session, view.id, progress)
            return OpenedFile(found, found.damaged)

        self._repairing = tasks.run(self, work, then=arrived, failed=failed, orphaned=close, lane="long")

    def _take_repaired(self, view: RecordingView, sound: OpenedFile) -> None:
        at = self.player.position if self._reader is not None else self._start
        if self._wanted is None and self._reader is not None and self.player.playing:
            self._wanted = at
        loop = self.player.loop
        wanted, self._wanted, self._start = self._wanted, None, BEGINNING
        before, self._reader, self._repaired = self._reader, sound, True
        self.open(sound, self._desk.decoder, duration=view.duration)
        if before is not None:
            before.close()
        self.player.set_loop(loop)
        self.waveform.set_damaged(sound.damaged)
        if sound.damaged:
            self.lost.show_message(self._lost_words(sound.damaged), "warn")
        super().seek(at)
        if wanted is not None:
            super().play_from(wanted)

    def _lost_words(self, spans: Sequence[Span]) -> str:
        seconds = -(-sum(span.end - span.start for span in spans) // 1000)
        if len(spans) == 1:
            words = self.tr(
                "About %n second(s) of this recording are damaged on the disk, from {start} to {end}. Silence is played "
                "there; the rest is as it was recorded. A backup may have it whole.",
                "",
                seconds,
            )
            return words.format(start=exact(spans[0].start), end=exact(spans[0].end))
        words = self.tr(
            "{places} places of this recording are damaged on the disk, together about %n second(s). Silence is "
            "played there; the rest is as it was recorded. A backup may have it whole.",
            "",
            seconds,
        )
        return words.format(places=len(spans))

    def _not_opened(self, error: CairnError) -> None:
        self.banner.show_message(messages.sentence(error), "danger")

    def _load_peaks(self, view: RecordingView) -> None:
        session = self._desk.session
        decoder = self._desk.decoder

        def arrived(peaks: bytes) -> None:
            if self.recording == view.id:
                self._drawing = None
                self.waveform.set_peaks(peaks)

        def failed(_error: CairnError) -> None:
            # It can be played all the same; if it can't, playing says why.
            self._drawing = None

        def looked(peaks: bytes | None) -> None:
            if self.recording != view.id:
                return
            if peaks is not None:
                self.waveform.set_peaks(peaks)
                return
            self._drawing = tasks.run(
                self,
                lambda progress: recording_copies.draw_peaks(session, decoder, view.id, progress),
                then=arrived,
                failed=failed,
                orphaned=_ignore,
                lane="long",
            )

        tasks.run(self, lambda _progress: recordings.peaks(session, view.id), then=looked, failed=failed)

    def showEvent(self, event: QShowEvent) -> None:
        """The pedal may have been set meanwhile."""
        super().showEvent(event)
        session = self._desk.session
        tasks.run(
            self,
            lambda _progress: preferences.inside(session, keys.PREFERENCE, {}),
            then=self.set_pedal,
            failed=_not_read,
        )


def _ignore(_result: object, _error: CairnError | None) -> None:
    """Nobody waits for this picture any more."""


def _not_read(error: CairnError) -> None:
    """Without the setting the pedal has no keys; the vault being locked meanwhile is no fault."""
    if not isinstance(error, Cancelled):
        return
