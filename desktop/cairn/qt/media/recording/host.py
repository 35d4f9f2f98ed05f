"""The one recording that can be under way, apart from every screen.

The window owns it, not a screen: a recording goes on while something else is shown, and while the vault
is locked. It keeps ids and the recorder; a session is given for the moment in which it is needed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from cairn import paths
from cairn.app.sound.recording_choices import Choices
from cairn.errors import CairnError, InputError
from cairn.model.ids import NO_RECORD, NO_ROOT, RecordId, RootId
from cairn.model.values import MomentMs
from cairn.qt.base import tasks
from cairn.qt.base.clock import boot_seconds
from cairn.qt.media.recording.capture import Capture
from cairn.qt.media.recording.convert import RATE

if TYPE_CHECKING:
    from cairn.app.kernel.session import Session
    from cairn.app.kernel.views import RecordingView
    from cairn.app.sound.recordings import RecordingInProgress
    from cairn.audio.recorder import Recorder, Snapshot
    from cairn.model.kinds.recording import Mark
    from cairn.model.ports import MayRecord

State = Literal["idle", "starting", "recording", "ending"]
TICK_MS = 100
AGAIN_MS = 2000
"""From one attempt to the next to start a microphone that refused."""
ENCODER_BROKE = "audio.encoder-failed"
_WORTH_GOING_ON_MS = 5000
_HELD_BACK = 10 * RATE * 2
"""Bytes of sound kept while the vault makes the recording's row: from the moment the button was pressed."""


class RecorderHost(QObject):
    """Begins, marks, pauses and ends the recording. GUI thread only."""

    changed = Signal(object)
    """A Snapshot, ten times a second while something is recorded, and at once after each act."""
    state_changed = Signal()
    marked = Signal(object)
    """A Mark was made by hand."""
    kept = Signal(str, str)
    """(interview, recording): it is saved in the vault."""
    failed = Signal(object)
    """A CairnError: the recording could not begin, stopped by itself, or could not be saved now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.capture = Capture(self)
        self.capture.samples.connect(self._feed)
        self.capture.lost.connect(self._lost)
        self.capture.back.connect(self._back)
        self.capture.missed.connect(self._missed)
        self.capture.failed.connect(self._no_microphone)
        self.choices = Choices()
        """The settings of the vault that was opened last."""
        self.next_question: Callable[[], None] | None = None
        """Stamps the next question of the guide, where one is shown for this recording."""
        self.state: State = "idle"
        self.interview: RootId = NO_ROOT
        self.recording: RecordId = NO_RECORD
        self.folder: Path | None = None
        """The folder of the vault that the recording belongs to."""
        self._recorder: Recorder | None = None
        self._waiting: deque[bytes] = deque()
        self._warm = False
        self._write: Callable[[], None] | None = None
        """Makes the recording's row, once the microphone delivers."""
        self._failed = False
        self._gone = False
        """Whether the microphone is lost."""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._start_again)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    # What is known

    @property
    def active(self) -> bool:
        """Whether a recording is under way, be it paused or being ended."""
        return self.state != "idle"

    @property
    def snapshot(self) -> Snapshot | None:
        """How the recording stands, or None."""
        return self._recorder.snapshot() if self._recorder is not None else None

    def at(self, interview: RootId) -> MomentMs | None:
        """The time in the sound at which we are now (ms), where it is this interview that is recorded."""
        if self._recorder is None or self.state != "recording" or interview != self.interview:
            return None
        return self._recorder.snapshot().at_ms

    @property
    def off_record(self) -> bool:
        """Whether what is said now is off the record, be it recorded or not."""
        now = self.snapshot
        return now is not None and now.off_record

    def belongs_to(self, session: Session) -> bool:
        """Whether the recording is one of this vault."""
        return self.folder == session.info.folder

    # Begin

    def warm_up(self) -> None:
        """Somebody may record soon: load what that takes, without holding up the window."""
        self.capture.warm_up()
        if not self._warm:
            self._warm = True
            tasks.run(self, lambda _progress: _load_encoder(), lane="long")

    def begin(self, session: Session, interview: RootId, *, key: str = "") -> None:
        """Record this interview with the microphone `key`. What goes wrong comes as `failed`.

        Nothing is written before the microphone has delivered something.
        """
        if self.active:
            return
        self.interview, self.folder = interview, session.info.folder
        self._failed = self._gone = False
        self._waiting.clear()
        self._set("starting")
        if not self.capture.running or (key and key != self.capture.key):
            self.capture.start(key)
        if not self.capture.running:
            return

        def write() -> None:
            self._write = None
            self._make(session, interview)

        if self.capture.heard:
            write()
        else:
            self._write = write

    def _make(self, session: Session, interview: RootId) -> None:
        device, quality = self.capture.name, self.choices.quality
        tasks.run(
            self,
            lambda _progress: _recordings().begin(
                session, interview, device=device, quality=quality, may=_asking(session)
            ),
            then=self._begun,
            failed=self._not_begun,
            orphaned=self._begun_too_late,
        )

    def _begun(self, running: RecordingInProgress) -> None:
        folder = self.folder
        if self.state != "starting" or folder is None:
            running.journal.close()
            return
        self.recording = running.recording
        from cairn.audio.recorder import Recorder

        # On the clock that also runs while the laptop sleeps: a gap is as long as it was.
        self._recorder = Recorder(
            running.journal, free_bytes=lambda: paths.free_bytes(folder), now=boot_seconds
        )
        while self._waiting:
            self._recorder.feed(self._waiting.popleft())
        self._timer.start()
        self._set("recording")
        self._tick()

    def _not_begun(self, error: CairnError) -> None:
        self.capture.stop()
        self._forget()
        self.failed.emit(error)

    def _begun_too_late(self, running: RecordingInProgress | None, error: CairnError | None) -> None:
        """The vault was locked in this very moment. An empty recording is taken away at the next unlock."""
        if running is not None and self.state == "starting" and self.choices.keep_on_lock:
            self._begun(running)
            return
        if running is not None:
            running.journal.close()
        if self.state == "starting":
            self.capture.stop()
            self._forget()
        if error is not None:
            self.failed.emit(error)

    def _no_microphone(self, error: CairnError) -> None:
        if self.state == "starting":
            self._forget()
            self.failed.emit(error)
        elif self._recorder is not None and self.state == "recording":
            self._lost()
            self._again.start()

    # Under way

    def _feed(self, samples: bytes) -> None:
        if self._recorder is not None and self.state == "recording":
            self._back()
            self._recorder.feed(samples)
        elif self.state == "starting":
            self._waiting.append(samples)
            while sum(map(len, self._waiting)) > _HELD_BACK:
                self._waiting.popleft()
            if self._write is not None:
                self._write()

    def _lost(self) -> None:
        if self._recorder is not None and not self._gone:
            self._gone = True
            self._recorder.gap()
            self._tick()

    def _back(self) -> None:
        if self._recorder is not None and self._gone:
            self._gone = False
            self._recorder.back()
            self._tick()

    def _missed(self, seconds: float) -> None:
        if self._recorder is not None and self.state == "recording":
            self._recorder.missed(seconds)
            self._tick()

    def _start_again(self) -> None:
        if self._gone and self.state == "recording":
            self.capture.start(self.capture.key)

    def mark(self, kind: str = "mark", text: str = "") -> Mark | None:
        """Mark this moment; None where nothing is recorded. Off the record it keeps no words."""
        now = self.snapshot
        if self._recorder is None or now is None or self.state != "recording" or now.phase == "failed":
            return None
        self.capture.take()
        try:
            made = self._recorder.mark(kind, text)
        except InputError as error:
            self.failed.emit(error)
            return None
        self._tick()
        self.marked.emit(made)
        return made

    def pause(self, reason: str = "") -> None:
        """Record nothing for a while."""
        if self._recorder is not None and self.state == "recording":
            self.capture.take()
            self._recorder.pause(reason)
            self._tick()

    def go_on(self) -> None:
        """The pause is over."""
        if self._recorder is not None and self.state == "recording":
            self.capture.take()
            self._recorder.resume()
            self._tick()

    def set_reason(self, text: str) -> None:
        """Why it is paused: said while it is."""
        if self._recorder is not None and self.state == "recording":
            self._recorder.explain(text)

    def toggle_pause(self) -> None:
        """F8."""
        now = self.snapshot
        if now is not None and now.phase == "paused":
            self.go_on()
        elif now is not None and now.phase != "off":
            self.pause()

    def off(self, *, keep_recording: bool | None = None) -> None:
        """Off the record: stop, or record and exclude; without a choice as the settings say."""
        if self._recorder is not None and self.state == "recording":
            self.capture.take()
            keep = self.choices.off == "exclude" if keep_recording is None else keep_recording
            self._recorder.off(keep_recording=keep)
            self._tick()

    def on(self) -> None:
        """On the record again."""
        if self._recorder is not None and self.state == "recording":
            self.capture.take()
            self._recorder.on()
            self._tick()

    def toggle_off(self) -> None:
        """F5."""
        now = self.snapshot
        if now is not None:
            self.on() if now.phase == "off" else self.off()

    def _tick(self) -> None:
        now = self.snapshot
        if now is None:
            return
        self.changed.emit(now)
        if now.phase == "failed" and not self._failed:
            # Nothing more can be written. What was written is whole, and is saved by `stop`.
            self._failed = True
            self.capture.stop()
            self.failed.emit(now.failure or InputError("machine.bug"))

    # End

    def stop(self, session: Session | None) -> None:
        """End the recording and save it in the vault. Without a session it is saved at the next unlock."""
        recorder, recording, interview = self._recorder, self.recording, self.interview
        if recorder is None or self.state != "recording":
            return
        self.capture.stop()
        self._timer.stop()
        self._set("ending")
        tasks.run(
            self,
            lambda _progress: recorder.stop(),
            then=lambda _done: self._stopped(session, interview, recording),
            failed=self._not_kept,
            orphaned=lambda _done, error: self._ended_unsaved(error),
        )

    def record_on(self, session: Session) -> bool:
        """Go on as a new recording of the same interview, where the encoder broke; False where it did not.

        What was recorded until then is saved meanwhile. An encoder that breaks at once is not tried again.
        """
        recorder, now = self._recorder, self.snapshot
        if recorder is None or now is None or now.failure is None or self.state != "recording":
            return False
        if now.failure.code != ENCODER_BROKE or now.at_ms < _WORTH_GOING_ON_MS:
            return False
        recording, interview, key = self.recording, self.interview, self.capture.key
        # It has ended by itself: this waits for nothing, and the disk is not to be written to any more.
        recorder.stop()
        tasks.run(
            self,
            lambda progress: _recordings().finish(session, recording, progress),
            then=lambda _view: self.kept.emit(interview, recording),
            failed=self.failed.emit,
            lane="long",
        )
        self._forget()
        self.begin(session, interview, key=key)
        return True

    def _stopped(self, session: Session | None, interview: RootId, recording: RecordId) -> None:
        """The journal is closed. Saving takes longer: meanwhile notes must go on being kept."""
        if session is None:
            self._ended_unsaved(None)
            return

        def saved(_view: RecordingView) -> None:
            self._forget()
            self.kept.emit(interview, recording)

        tasks.run(
            self,
            lambda progress: _recordings().finish(session, recording, progress),
            then=saved,
            failed=self._not_kept,
            orphaned=lambda _done, _error: self._forget(),
            lane="long",
        )

    def _ended_unsaved(self, error: CairnError | None) -> None:
        self._forget()
        if error is not None:
            self.failed.emit(error)

    def _not_kept(self, error: CairnError) -> None:
        """What was recorded stays in its journal and is saved at the next unlock."""
        self._forget()
        self.failed.emit(error)

    def vault_locks(self, session: Session, *, end: bool = False) -> None:
        """The vault is being locked: go on without it, or end first, as the person chose, or with `end`.

        Called before the session is closed, after all other work was dropped; ending goes through the
        vault's lane, so that it is done before the vault closes.
        """
        if not self.active:
            # Only its level was looked at; behind a lock nobody does.
            self.capture.stop()
        elif self._write is not None:
            # Nothing has come from the microphone yet: there is nothing to go on with.
            self.capture.stop()
            self._forget()
        recorder, recording, interview = self._recorder, self.recording, self.interview
        stays = self.choices.keep_on_lock and not end
        if recorder is None or self.state != "recording" or stays or not self.belongs_to(session):
            return
        self.capture.stop()
        self._timer.stop()
        self._set("ending")

        def work() -> None:
            recorder.stop()
            _recordings().finish(session, recording)

        tasks.run(
            self,
            lambda _progress: work(),
            then=lambda _done: self._saved_at_lock(interview, recording),
            failed=self._not_kept,
        )

    def _saved_at_lock(self, interview: RootId, recording: RecordId) -> None:
        self._forget()
        self.kept.emit(interview, recording)

    def _set(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()

    def _forget(self) -> None:
        self._recorder = None
        self.interview, self.recording = NO_ROOT, NO_RECORD
        self.folder = None
        self._waiting.clear()
        self._write = None
        self._timer.stop()
        self._again.stop()
        self._gone = False
        self.next_question = None
        self._set("idle")


def _recordings() -> ModuleType:
    """Imported when the first recording begins: the first screen doesn't wait for it."""
    from cairn.app.sound import recordings

    return recordings


def _asking(session: Session) -> MayRecord:
    """What the recorder asks of consent, which is loaded with it."""
    from cairn.app.consent import question

    return partial(question.may_record, session)


def _load_encoder() -> None:
    import cairn.app.sound.recordings
    import cairn.audio.encode
    import cairn.audio.recorder  # noqa: F401  # with them numpy and the sound library
