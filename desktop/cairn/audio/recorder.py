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

from cairn.audio.encode import Encoder
from cairn.audio.journal import JournalWriter
from cairn.audio.levels import Gauge
from cairn.audio.peaks import PeakBuilder
from cairn.audio.spans import joined
from cairn.errors import CairnError, InputError, MachineError
from cairn.model.records import Mark, Span

MINUTES_TO_START = 30
"""No recording is begun with less room than this."""
MINUTES_TO_WARN = 60

_BYTES_PER_HOUR = {"opus": 18_000_000, "flac": 200_000_000}
_SYNC_MS = 400
_HEADER_MS = 60_000
_FREE_SECONDS = 5.0
_BATCH = 1 << 20
_LONG_PAUSE = 180.0


def bytes_per_hour(encoding: str) -> int:
    """What an hour takes in the journal, more than it mostly is. In the vault it takes as much again."""
    return _BYTES_PER_HOUR[encoding]


def minutes_of(free_bytes: int, encoding: str, written: int = 0) -> int:
    """Minutes of recording that there is room for.

    At its end a recording is sealed while its journal, of `written` bytes so far, is still there.
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
    at_ms: int
    """Sound so far."""
    on_disk_ms: int
    """Sound that no crash can take away any more."""
    level_dbfs: float
    peak_dbfs: float
    hint: str
    """`clipping`, `silent`, `too-quiet` or empty (see `levels.Gauge.hint`)."""
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


class _Going:
    """A mark whose end is still to come."""

    def __init__(self, number: int, since: float, *, kept: bool = False) -> None:
        self.number = number
        self.since = since
        self.kept = kept


class Recorder:
    """Records into `journal` from the first `feed` to `stop`. Every method can be called from any thread."""

    def __init__(
        self,
        journal: JournalWriter,
        *,
        free_bytes: Callable[[], int] | None = None,
        now: Callable[[], float] = time.monotonic,
        encoder: Callable[..., Encodes] = Encoder,
    ) -> None:
        """`free_bytes` tells the room where the vault lies; `now` counts seconds and never goes back."""
        header = journal.header
        self._journal = journal
        self._free_bytes = free_bytes
        self._now = now
        self._rate, self._frame = header.rate, 2 * header.channels
        self._change = threading.Condition()
        # All below is held by `_change`.
        self._mode = "recording"
        self._lost = False
        self._end = ""
        self._failure: CairnError | None = None
        self._odd = b""
        self._frames = 0
        self._on_disk = 0
        self._marks: list[Mark] = []
        self._open: dict[str, _Going] = {}
        self._gauge = Gauge(header.rate, header.channels)
        self._peaks = PeakBuilder(header.rate, header.channels)
        self._rested = now()
        self._free_minutes: int | None = None
        self._queue: deque[tuple[str, Any]] = deque()
        self._busy = False
        # All below belongs to the worker.
        self._preamble = False
        self._unsynced = False
        self._synced_at = now()
        self._header_at = 0
        self._peaks_written = 0
        self._free_at: float | None = None
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
            self._frames += whole // self._frame
            self._queue.append(("pcm", pcm))
            self._change.notify_all()

    def snapshot(self) -> Snapshot:
        """How it stands. Cheap enough for ten times a second."""
        with self._change:
            at = self._ms(self._frames)
            return Snapshot(
                phase=self._phase(),
                at_ms=at,
                on_disk_ms=self._ms(self._on_disk),
                level_dbfs=self._gauge.level_dbfs,
                peak_dbfs=self._gauge.peak_dbfs,
                hint=self._gauge.hint if self._keeping() else "",
                silent_s=self._gauge.silent_for if self._keeping() else 0.0,
                marks=tuple(self._marks),
                peaks=self._peaks.all(),
                excluded=self._excluded(),
                failure=self._failure,
                since_break_s=max(0.0, self._now() - self._rested),
                free_minutes=self._free_minutes,
                kept=self._keeping(),
            )

    def mark(self, kind: str = "mark", text: str = "") -> Mark:
        """Mark this moment. Raises InputError `audio.not-recording` once it has ended or failed."""
        with self._change:
            self._require_going()
            if kind == "break":
                self._rested = self._now()
            mark = Mark(at=self._ms(self._frames), kind=kind, text=text)
            self._write_mark(self._add(mark))
            return mark

    def pause(self, reason: str = "") -> None:
        """Keep nothing until `resume`; the reason is kept. Raises InputError as `mark` does."""
        self._turn("paused", Mark(kind="pause", text=reason))

    def explain(self, reason: str) -> None:
        """Why it is paused, or off the record, said while it is. Does nothing at other times."""
        with self._change:
            going = self._open.get("mode")
            if going is None or self._end or self._failure:
                return
            self._marks[going.number] = msgspec.structs.replace(self._marks[going.number], text=reason)
            self._write_mark(going.number, open=True, kept=going.kept)

    def resume(self) -> None:
        """Keep what is heard again, after `pause` or `off`. Raises InputError as `mark` does."""
        self._turn("recording", None)

    def off(self, *, keep_recording: bool = False) -> None:
        """Off the record: keep nothing, or keep it as a span to be left out. Raises InputError as `mark` does."""
        self._turn("off-kept" if keep_recording else "off", Mark(kind="off"), kept=keep_recording)

    def on(self) -> None:
        """On the record again: the same as `resume`."""
        self.resume()

    def gap(self) -> None:
        """The microphone is gone. Nothing is kept until `back`; whatever else was under way stays so."""
        with self._change:
            if not self._end and not self._failure and not self._lost:
                self._lost = True
                self._odd = b""
                self._settle_gap()

    def back(self) -> None:
        """A microphone is there again."""
        with self._change:
            if not self._end and not self._failure and self._lost:
                self._lost = False
                self._gauge.reset()
                self._settle_gap()

    def stop(self) -> None:
        """End the recording and return when all of it is on the disk and the journal is closed.

        Waits for the disk. Never raises: whether it failed is told by `snapshot().failure`, and what was
        written before is whole. May be called again.
        """
        with self._change:
            if not self._end and not self._failure:
                for name in list(self._open):
                    self._close_mark(name)
                self._end = "ending"
                self._queue.append(("stop", None))
                self._change.notify_all()
        self._worker.join()

    def settle(self) -> None:
        """Return when all that was handed in so far is encoded and as durable as it gets before the end."""
        with self._change:
            self._queue.append(("sync", None))
            self._change.notify_all()
            self._change.wait_for(lambda: not self._queue and not self._busy or not self._worker.is_alive())

    # Under the lock.

    def _keeping(self) -> bool:
        return (
            self._mode in ("recording", "off-kept") and not self._lost and not self._end and not self._failure
        )

    def _phase(self) -> str:
        if self._failure:
            return "failed"
        if self._end:
            return self._end
        if self._lost and self._mode == "recording":
            return "gap"
        return "off" if self._mode == "off-kept" else self._mode

    def _ms(self, frames: int) -> int:
        return frames * 1000 // self._rate

    def _require_going(self) -> None:
        if self._end or self._failure:
            raise InputError("audio.not-recording")

    def _add(self, mark: Mark) -> int:
        self._marks.append(mark)
        return len(self._marks) - 1

    def _write_mark(self, number: int, *, open: bool = False, kept: bool = False) -> None:
        self._queue.append(("mark", (self._marks[number], number, open, kept)))
        self._change.notify_all()

    def _turn(self, mode: str, mark: Mark | None, *, kept: bool = False) -> None:
        with self._change:
            self._require_going()
            if mode == self._mode:
                return
            self._close_mark("mode")
            self._mode = mode
            self._settle_gap()
            if mark is not None:
                mark.at = self._ms(self._frames)
                self._open_mark("mode", mark, kept=kept)
            self._gauge.reset()

    def _settle_gap(self) -> None:
        missing = self._lost and self._mode in ("recording", "off-kept")
        if missing and "gap" not in self._open:
            self._open_mark("gap", Mark(at=self._ms(self._frames), kind="gap"))
        elif not missing:
            self._close_mark("gap")

    def _open_mark(self, name: str, mark: Mark, *, kept: bool = False) -> None:
        number = self._add(mark)
        self._open[name] = _Going(number, self._now(), kept=kept)
        self._write_mark(number, open=True, kept=kept)

    def _close_mark(self, name: str) -> None:
        going = self._open.pop(name, None)
        if going is None:
            return
        before, away = self._marks[going.number], max(0.0, self._now() - going.since)
        if going.kept:
            # Up, where everything else goes down: a span to be left out covers its last sample.
            until = -(-self._frames * 1000 // self._rate)
            after = msgspec.structs.replace(before, until=until)
        else:
            after = msgspec.structs.replace(before, away=round(away * 1000))
            if away >= _LONG_PAUSE:
                self._rested = self._now()
        self._marks[going.number] = after
        self._write_mark(going.number, kept=going.kept)

    def _excluded(self) -> tuple[Span, ...]:
        going = self._open.get("mode")
        spans = [Span(m.at, m.until) for m in self._marks if m.kind == "off" and m.until > m.at]
        if going is not None and going.kept:
            start = self._marks[going.number].at
            spans.append(Span(start, max(start, -(-self._frames * 1000 // self._rate))))
        return joined(spans)

    # The worker.

    def _run(self) -> None:
        try:
            self._work()
        except CairnError as error:
            self._fail(error)
        finally:
            if not self._end and not self._failure:
                # A fault of ours: it surfaces as one, and the journal is free to be recovered.
                self._fail(MachineError("machine.bug"))
            self._journal.close()
            with self._change:
                self._busy = False
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
                size += len(item[1]) if item[0] == "pcm" else 0
                batch.append(item)
            return batch

    def _do(self, batch: list[tuple[str, Any]]) -> bool:
        pressing = False
        for what, value in batch:
            if what == "pcm":
                self._encoder.write(value)
            elif what == "mark":
                mark, number, open_, kept = value
                self._journal.mark(mark, number, open=open_, kept=kept)
                self._unsynced = pressing = True
            elif what == "sync":
                pressing = True
            else:
                self._finish()
                return True
        unsynced_ms = self._ms(self._encoder.complete - self._on_disk)
        waited = (self._now() - self._synced_at) * 1000
        if self._unsynced and (pressing or unsynced_ms >= _SYNC_MS or waited >= _SYNC_MS):
            self._sync()
        return False

    def _take_encoded(self, data: bytes) -> None:
        if not self._preamble:
            self._preamble = True
            self._journal.preamble(data)
            return
        self._journal.sound(data, self._encoder.complete)
        self._unsynced = True

    def _sync(self) -> None:
        with self._change:
            new = bytes(self._peaks.whole[self._peaks_written :])
        if new:
            self._journal.peaks(new, self._peaks_written)
            self._peaks_written += len(new)
        if self._ms(self._encoder.complete - self._header_at) >= _HEADER_MS:
            self._header_at = self._encoder.complete
            self._journal.again()
        self._journal.sync()
        self._unsynced = False
        self._synced_at = self._now()
        with self._change:
            self._on_disk = self._encoder.complete
            self._change.notify_all()

    def _finish(self) -> None:
        self._encoder.close()
        with self._change:
            last = self._peaks.all()[self._peaks_written :]
        if last:
            self._journal.peaks(last, self._peaks_written)
        self._journal.end("stopped", self._encoder.complete, self._encoder.summary)
        with self._change:
            self._on_disk = self._encoder.complete

    def _fail(self, error: CairnError) -> None:
        with self._change:
            self._failure = error
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
