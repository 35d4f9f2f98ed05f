"""The recorder: takes samples from any thread, and has them on the disk within a second.

It owns one worker thread, one journal and the key that the journal holds, and nothing else: no vault, no
window. Times are of the sound that is kept; what was not recorded lengthens no time and is told by a mark.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from cairn.audio import timeline
from cairn.audio.journal import JournalWriter
from cairn.audio.levels import Gauge
from cairn.audio.peaks import PeakBuilder
from cairn.errors import CairnError, InputError, MachineError
from cairn.model.kinds.recording import Mark
from cairn.model.values import MomentMs, Span

MINUTES_TO_START = 30
"""No recording is begun with less room than this."""
MINUTES_TO_WARN = 60

_BYTES_PER_HOUR = {"opus": 18_000_000, "flac": 220_000_000}
_SYNC_MS = 400
_HEADER_MS = 60_000
_FREE_SECONDS = 5.0
_BATCH = 1 << 20
_MOST_BEHIND_SECONDS = 600


def bytes_per_hour(encoding: str) -> int:
    """What an hour takes in the journal, more than it mostly is. In the vault it takes as much again."""
    return _BYTES_PER_HOUR[encoding]


def minutes_of(free_bytes: int, encoding: str, written: int = 0) -> int:
    """Minutes of recording that there is room for.

    At its end a recording is saved while its journal, of `written` bytes so far, is still there.
    """
    return max(0, (free_bytes - written) * 60 // (2 * bytes_per_hour(encoding)))


class Encodes(Protocol):
    """What a recorder needs of `Encoder`."""

    complete: int
    summary: bytes

    def write(self, pcm: bytes | memoryview) -> None:
        """Encode samples."""
        ...

    def close(self) -> None:
        """End the stream."""
        ...


class Snapshot(msgspec.Struct, frozen=True):
    """A recording as it stands at a moment."""

    phase: str
    """`recording`, `paused`, `off`, `gap`, `ending`, `ended` or `failed`."""
    at_ms: MomentMs
    """Sound so far."""
    on_disk_ms: MomentMs
    """Sound that no crash can take away any more."""
    level_dbfs: float
    peak_dbfs: float
    hint: str
    """`clipping`, `silent`, `too-quiet`, `waiting` or empty (see `levels.Gauge.hint`)."""
    silent_s: float
    marks: tuple[Mark, ...]
    peaks: bytes
    """All so far, one byte for each 50 ms."""
    excluded: tuple[Span, ...]
    """Off the record and recorded: to be left out of all that leaves."""
    failure: CairnError | None
    since_break_s: float
    """Since the beginning, the last break, or the last pause of three minutes or more."""
    free_minutes: int | None
    """Room on the disk; None while unknown."""
    kept: bool
    """Whether what is heard now is kept: also while off the record, if the person wished so."""
    off_record: bool = False
    """Whether we are off the record, be it recorded or not, also where the recording failed or has ended so."""


class Recorder:
    """Records into `journal` from the first `feed` to `stop`. Every method can be called from any thread."""

    def __init__(
        self,
        journal: JournalWriter,
        *,
        free_bytes: Callable[[], int] | None = None,
        now: Callable[[], float] = time.monotonic,
        encoder: Callable[..., Encodes] | None = None,
    ) -> None:
        """`free_bytes` tells the room where the vault lies; `now` counts seconds and never goes back.

        Without `encoder` it is that of `cairn.audio.encode`."""
        header = journal.header
        self._journal = journal
        self._free_bytes = free_bytes
        self._now = now
        self._rate, self._frame = header.rate, 2 * header.channels
        self._change = threading.Condition()
        # All below is held by `_change`.
        self._end = ""
        self._failure: CairnError | None = None
        self._odd = b""
        self._on_disk = 0
        self._gauge = Gauge(header.rate, header.channels)
        self._peaks = PeakBuilder(header.rate, header.channels)
        self._timeline = timeline.Timeline(header.rate, now, self._write_mark)
        self._free_minutes: int | None = None
        self._queue: deque[tuple[str, Any]] = deque()
        self._busy = False
        self._over = False
        # All below belongs to the worker.
        self._preamble = False
        self._unsynced = False
        # Long ago: the first sound there is waits for no second.
        self._synced_at = now() - _SYNC_MS / 1000
        self._header_at = 0
        self._peaks_written = 0
        self._left_out: dict[int, tuple[Mark, bool]] = {}
        self._fed = 0
        self._passed = 0
        self._off: deque[tuple[int, int]] = deque()
        self._free_at: float | None = None
        if encoder is None:
            from cairn.audio.encode import Encoder  # brings the sound library

            encoder = Encoder
        self._encoder = encoder(self._take_encoded, header.encoding, header.rate, header.channels)
        self._worker = threading.Thread(target=self._run, name="cairn-recorder", daemon=True)
        self._worker.start()

    def feed(self, pcm: bytes) -> None:
        """Samples from the microphone, in order. Never waits for the disk; dropped while nothing is kept."""
        with self._change:
            if self._end or self._failure:
                return
            if self._odd:
                pcm = self._odd + pcm
            whole = len(pcm) - len(pcm) % self._frame
            self._odd = pcm[whole:]
            pcm = pcm[:whole]
            self._gauge.feed(pcm)
            if not self._keeping() or not pcm:
                return
            self._peaks.feed(pcm)
            self._timeline.frames += whole // self._frame
            self._queue.append(("off" if self._timeline.mode == timeline.OFF_KEPT else "pcm", pcm))
            if self._timeline.frames - self._on_disk > _MOST_BEHIND_SECONDS * self._rate:
                # Ten minutes behind, the disk is not slow, it is gone; memory is not where words are safe.
                self._failure = MachineError("audio.disk-stuck")
                self._queue.append(("stop", "audio.disk-stuck"))
            self._change.notify_all()

    def snapshot(self) -> Snapshot:
        """How it stands. Cheap enough for ten times a second."""
        with self._change:
            return Snapshot(
                phase=self._phase(),
                at_ms=self._timeline.at_ms,
                on_disk_ms=self._ms(self._on_disk),
                level_dbfs=self._gauge.level_dbfs,
                peak_dbfs=self._gauge.peak_dbfs,
                hint=self._gauge.hint if self._keeping() else "",
                silent_s=self._gauge.silent_for if self._keeping() else 0.0,
                marks=tuple(self._timeline.marks),
                peaks=self._peaks.all(),
                excluded=self._timeline.excluded,
                failure=self._failure,
                since_break_s=max(0.0, self._now() - self._timeline.rested),
                free_minutes=self._free_minutes,
                kept=self._keeping(),
                off_record=self._timeline.off_record,
            )

    def mark(self, kind: str = "mark", text: str = "") -> Mark:
        """Mark this moment; off the record the mark keeps no words.

        Raises InputError `audio.not-recording` once it has ended or failed, `audio.marks-full`.
        """
        with self._change:
            self._require_going()
            return self._timeline.mark(kind, text)

    def pause(self, reason: str = "") -> None:
        """Keep nothing until `resume`; the reason is kept. Raises InputError as `mark` does."""
        self._turn(timeline.PAUSED, "pause", reason)

    def explain(self, reason: str) -> None:
        """Why it is paused, said while it is. Does nothing at other times."""
        with self._change:
            if not self._end and not self._failure:
                self._timeline.explain(reason)

    def resume(self) -> None:
        """Keep what is heard again, after `pause` or `off`. Raises InputError as `mark` does."""
        self._turn(timeline.RECORDING)

    def off(self, *, keep_recording: bool = False) -> None:
        """Off the record: keep nothing, or keep it as a span to be left out. Raises InputError as `mark` does."""
        self._turn(timeline.OFF_KEPT if keep_recording else timeline.OFF, "off")

    def on(self) -> None:
        """On the record again: the same as `resume`."""
        self.resume()

    def gap(self) -> None:
        """The microphone is gone. Nothing is kept until `back`; whatever else was under way stays so."""
        with self._change:
            if not self._end and not self._failure and not self._timeline.lost:
                self._odd = b""
                self._timeline.lose(True)

    def back(self) -> None:
        """A microphone is there again."""
        with self._change:
            if not self._end and not self._failure and self._timeline.lost:
                self._gauge.reset()
                self._timeline.lose(False)

    def missed(self, seconds: float) -> None:
        """So much of what was said was never delivered: a gap that is over. Does nothing while nothing is kept."""
        with self._change:
            if self._keeping():
                self._timeline.miss(seconds)

    def stop(self) -> None:
        """End the recording and return when all of it is on the disk and the journal is closed.

        Waits for the disk. Never raises: whether it failed is told by `snapshot().failure`, and what was
        written before is whole. May be called again.
        """
        with self._change:
            if not self._end and not self._failure:
                self._timeline.end()
                self._end = "ending"
                self._queue.append(("stop", "stopped"))
                self._change.notify_all()
        self._worker.join()

    def settle(self) -> None:
        """Return when all that was handed in so far is encoded and as durable as it gets before the end."""
        with self._change:
            self._queue.append(("sync", None))
            self._change.notify_all()
            self._change.wait_for(lambda: self._over or (not self._queue and not self._busy))

    # Under the lock.

    def _keeping(self) -> bool:
        return self._timeline.keeping and not self._end and not self._failure

    def _phase(self) -> str:
        return "failed" if self._failure else self._end or self._timeline.phase

    def _ms(self, frames: int) -> MomentMs:
        return MomentMs(frames * 1000 // self._rate)

    def _require_going(self) -> None:
        if self._end or self._failure:
            raise InputError("audio.not-recording")

    def _write_mark(self, mark: Mark, number: int, /, *, open: bool, kept: bool) -> None:
        self._queue.append(("mark", (mark, number, open, kept)))
        self._change.notify_all()

    def _turn(self, mode: str, kind: str = "", text: str = "") -> None:
        with self._change:
            self._require_going()
            if self._timeline.turn(mode, kind, text):
                self._gauge.reset()

    # The worker.

    def _run(self) -> None:
        told = False
        try:
            self._work()
            told = True
        except CairnError as error:
            self._fail(error)
            told = True
        finally:
            if not told:
                # A fault of ours: it surfaces as one, and the journal is free to be recovered.
                self._fail(MachineError("machine.bug"))
            self._journal.close()
            with self._change:
                self._over = True
                self._change.notify_all()

    def _work(self) -> None:
        self._measure_room()
        while True:
            batch = self._next_batch()
            ended = self._do(batch)
            if ended:
                with self._change:
                    self._end = "ended"
                return
            self._measure_room()

    def _next_batch(self) -> list[tuple[str, Any]]:
        with self._change:
            self._busy = False
            self._change.notify_all()
            self._change.wait_for(lambda: self._queue, _SYNC_MS / 1000 if self._unsynced else _FREE_SECONDS)
            self._busy = True
            batch, size = [], 0
            while self._queue and size < _BATCH:
                item = self._queue.popleft()
                size += len(item[1]) if item[0] in ("pcm", "off") else 0
                batch.append(item)
            return batch

    def _do(self, batch: list[tuple[str, Any]]) -> bool:
        # Nothing comes any more (a pause, a microphone that is gone): what is there need not wait.
        pressing = not batch
        for what, value in batch:
            if what in ("pcm", "off"):
                self._encode(value, off=what == "off")
            elif what == "mark":
                mark, number, open_, kept = value
                self._journal.mark(mark, number, open=open_, kept=kept)
                if kept:
                    self._left_out[number] = (mark, open_)
                self._unsynced = pressing = True
            elif what == "sync":
                pressing = True
            else:
                self._finish(value)
                return True
        unsynced_ms = self._ms(self._encoder.complete - self._on_disk)
        waited = (self._now() - self._synced_at) * 1000
        if self._unsynced and (pressing or unsynced_ms >= _SYNC_MS or waited >= _SYNC_MS):
            self._sync()
        return False

    def _encode(self, pcm: bytes, *, off: bool) -> None:
        start, self._fed = self._fed, self._fed + len(pcm) // self._frame
        if off and self._off and self._off[-1][1] == start:
            self._off[-1] = (self._off[-1][0], self._fed)
        elif off:
            self._off.append((start, self._fed))
        self._encoder.write(pcm)

    def _take_encoded(self, data: bytes) -> None:
        if not self._preamble:
            self._preamble = True
            self._journal.preamble(data)
            return
        start, self._passed = self._passed, self._encoder.complete
        self._journal.sound(data, self._passed, self._off_within(start, self._passed))
        self._unsynced = True

    def _off_within(self, start: int, end: int) -> tuple[int, int] | None:
        """What is off the record of the samples from `start` to `end`, with all that lies between."""
        found = [(max(a, start), min(b, end)) for a, b in self._off if a < end and start < b]
        while self._off and self._off[0][1] <= end:
            self._off.popleft()
        return (found[0][0], found[-1][1]) if found else None

    def _sync(self) -> None:
        with self._change:
            new = bytes(self._peaks.whole[self._peaks_written :])
        if new:
            self._journal.peaks(new, self._peaks_written)
            self._peaks_written += len(new)
        if self._ms(self._encoder.complete - self._header_at) >= _HEADER_MS:
            self._header_at = self._encoder.complete
            self._journal.again()
            self._repeat_left_out()
        self._journal.sync()
        self._unsynced = False
        self._synced_at = self._now()
        with self._change:
            self._on_disk = self._encoder.complete
            self._change.notify_all()

    def _repeat_left_out(self) -> None:
        # What must never be heard elsewhere may not hang on a single block of the disk.
        for number, (mark, open_) in self._left_out.items():
            self._journal.mark(mark, number, open=open_, kept=True)

    def _finish(self, reason: str) -> None:
        self._encoder.close()
        with self._change:
            last = self._peaks.all()[self._peaks_written :]
        if last:
            self._journal.peaks(last, self._peaks_written)
        self._repeat_left_out()
        self._journal.end(reason, self._encoder.complete, self._encoder.summary)
        with self._change:
            self._on_disk = self._encoder.complete

    def _fail(self, error: CairnError) -> None:
        with self._change:
            self._failure = self._failure or error
            self._queue.clear()
        try:
            self._journal.end(error.code, self._on_disk)
        except MachineError:
            # Nor is there room for a word on why: a journal without an end is read as interrupted.
            return

    def _measure_room(self) -> None:
        now = self._now()
        if self._free_bytes is None or (self._free_at is not None and now - self._free_at < _FREE_SECONDS):
            return
        self._free_at = now
        try:
            minutes = minutes_of(self._free_bytes(), self._journal.header.encoding, self._journal.size)
        except MachineError:
            # The disk will say so itself when it is written to; this is only a figure on the screen.
            return
        with self._change:
            self._free_minutes = minutes
