"""Plays a decrypted sound from any place, at any speed, a stretch of it again and again.

Samples come from the decoder's child in pieces, a little ahead of what is heard; changing the speed
happens in the background too. The window only hands bytes to the sound output.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cairn.decode.host import DecodeHost, SoundInfo
from cairn.errors import CairnError
from cairn.model.ports import Progress, ReadableAt
from cairn.model.values import BEGINNING, NO_LENGTH, LengthMs, MomentMs, Span
from cairn.qt.base import tasks
from cairn.qt.media.sound.playback import Playback

if TYPE_CHECKING:
    from cairn.audio.stretch import Stretcher

SPEEDS = (0.5, 0.6, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
BACK_MS = 3_000
"""How far before the place of the pause it goes on."""
_FIRST_MS = 300
"""The first piece is short: it is what a jump waits for."""
_PIECE_MS = 2_000
_LOOP_LEAST_MS = 200


class Player(QObject):
    """Plays one sound. Times are milliseconds of the sound; GUI thread only."""

    ready = Signal()
    """The sound is known: rate and length."""
    moved = Signal(int)
    """Where it is heard now, while playing and after a jump."""
    changed = Signal()
    """It began or ceased to play, or speed or loop changed."""
    ended = Signal()
    """It was heard to its end."""
    failed = Signal(object)
    """It can't be read or decoded: the CairnError."""
    silent = Signal()
    """There is no sound output that can play this."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plug(Playback(self))
        self._host: DecodeHost | None = None
        self._source: ReadableAt | None = None
        self._info: SoundInfo | None = None
        self._length = NO_LENGTH
        self._at = BEGINNING
        self._next = 0
        self._turn = 0
        self._asking = False
        self._paused_here = False
        self._begin_when_ready = False
        self.broke_off = False
        """With `failed`: whether it was being heard, or would have been."""
        self._speed = 1.0
        self._loop: Span | None = None
        self._left_out: tuple[Span, ...] = ()
        self._stretcher: Stretcher | None = None
        self._fed = 0
        self._runs: deque[tuple[int, int]] = deque()
        """(frame of the output, frame of the sound): where what is heard comes from."""

    def plug(self, output: Playback) -> None:
        """Where the samples go to: once, before anything is played."""
        self.playback = output
        output.hungry.connect(self._more)
        output.moved.connect(self._heard)
        output.ended.connect(self._at_end)
        output.broke.connect(self._no_output)

    # What is played

    def open(self, source: ReadableAt, host: DecodeHost, *, duration: LengthMs = NO_LENGTH) -> None:
        """Take a sound; `ready` follows. `duration` where it is known better than the file knows it."""
        self.close()
        self._source, self._host, self._length = source, host, duration
        turn = self._turn

        def arrived(info: SoundInfo) -> None:
            if turn != self._turn:
                return
            self._info = info
            # What was known may be from a time when less of it could be decoded.
            self._length = max(self._length, LengthMs(info.frames * 1000 // info.rate))
            self.ready.emit()
            if self._begin_when_ready:
                self._start(self._at)

        def work() -> SoundInfo:
            info = host.sound(source)
            if source is not self._source:
                host.release(source)
            return info

        self._later(work, arrived)

    def close(self) -> None:
        """Be silent and forget the sound: its child process ends."""
        self._halt()
        self._turn += 1
        if self._host is not None and self._source is not None:
            self._host.release(self._source)
        self._host = self._source = self._info = None
        self._length, self._at = NO_LENGTH, BEGINNING
        self._loop, self._left_out = None, ()
        self._paused_here = self._begin_when_ready = False

    @property
    def known(self) -> bool:
        """Whether rate and length are known."""
        return self._info is not None

    @property
    def info(self) -> SoundInfo | None:
        """What the file holds, once it is known."""
        return self._info

    @property
    def playing(self) -> bool:
        """Whether it is heard, or will be as soon as the sound is known."""
        return self.playback.playing or self._begin_when_ready

    @property
    def position(self) -> MomentMs:
        """Where it is heard, or would be."""
        return self._at

    @property
    def duration(self) -> LengthMs:
        """How long the sound is; 0 where the file doesn't tell."""
        return self._length

    @property
    def speed(self) -> float:
        """How fast: 1 is as it was spoken. The pitch stays."""
        return self._speed

    @property
    def loop(self) -> Span | None:
        """What is played again and again."""
        return self._loop

    # What a person does

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from here; after a pause from three seconds before it."""
        at = self._at
        if self._length and at >= self._length:
            at = BEGINNING
        elif self._paused_here:
            at = MomentMs(max(0, at - BACK_MS))
        if self._loop is not None and not self._loop.start <= at < self._loop.end:
            at = self._loop.start
        self.play_from(at)

    def play_from(self, ms: MomentMs) -> None:
        """Play from `ms` on, exactly."""
        if self._source is None:
            return
        if self._info is None:
            self._place(self._inside(ms))
            self._begin_when_ready = True
            self.changed.emit()
        else:
            self._start(self._inside(ms))

    def pause(self) -> None:
        """Be silent and stay here."""
        self._begin_when_ready = False
        was = self.playback.playing
        self._halt()
        self._paused_here = was
        self.changed.emit()

    def seek(self, ms: MomentMs) -> None:
        """Go to `ms`, and go on playing there if it was playing."""
        ms = self._inside(ms)
        self._paused_here = False
        if self.playback.playing:
            self._start(ms)
        else:
            self._place(ms)

    def skip(self, by: int) -> None:
        """Go so many milliseconds forward, or back when negative."""
        self.seek(self._inside(self._at + by))

    def set_speed(self, speed: float) -> None:
        """Faster or slower, from 0.5 to 2; the pitch stays."""
        speed = min(2.0, max(0.5, speed))
        if speed == self._speed:
            return
        self._speed = speed
        if self.playback.playing:
            self._start(self._at)
        self.changed.emit()

    def faster(self) -> None:
        """The next speed."""
        self.set_speed(next((one for one in SPEEDS if one > self._speed + 0.01), SPEEDS[-1]))

    def slower(self) -> None:
        """The speed before."""
        self.set_speed(next((one for one in reversed(SPEEDS) if one < self._speed - 0.01), SPEEDS[0]))

    def set_loop(self, span: Span | None) -> None:
        """Play a stretch again and again, or no longer. Too short a stretch is none."""
        if span is not None and span.end - span.start < _LOOP_LEAST_MS:
            span = None
        if span == self._loop:
            return
        self._loop = span
        if self.playback.playing:
            inside = span is None or span.start <= self._at < span.end
            self._start(self._at if inside or span is None else span.start)
        self.changed.emit()

    def leave_out(self, spans: Sequence[Span]) -> None:
        """Stretches that are passed over while playing: in order, not touching."""
        self._left_out = tuple(spans)
        if self.playback.playing:
            self._start(self._at)

    # How it is played

    def _inside(self, reckoned: int) -> MomentMs:
        return MomentMs(max(0, min(reckoned, self._length) if self._length else reckoned))

    def _place(self, ms: MomentMs) -> None:
        self._at = ms
        self.moved.emit(ms)

    def _halt(self) -> None:
        self._turn_over()
        self.playback.stop()

    def _turn_over(self) -> None:
        """What was asked for until now is not what should be heard now."""
        self._turn += 1
        self._asking = False
        self._stretcher = None
        self._runs.clear()
        self._fed = 0

    def _start(self, ms: MomentMs) -> None:
        info = self._info
        if info is None:
            return
        self._begin_when_ready = self._paused_here = False
        self._turn_over()
        if not self.playback.start(info.rate, info.channels):
            self._no_output()
            return
        self._next = ms * info.rate // 1000
        self._place(ms)
        self.changed.emit()
        self._ask(_FIRST_MS)

    def _frame(self, ms: MomentMs) -> int:
        return ms * (self._info.rate if self._info is not None else 0) // 1000

    def _stretch_ends(self) -> tuple[int, int, bool]:
        """(first frame, frames at most or 0, whether sound is passed over before it) of the next piece."""
        start, jumped, limit = self._next, False, 0
        if self._loop is not None and start >= self._frame(self._loop.end):
            start, jumped = self._frame(self._loop.start), True
        for span in self._left_out:
            if self._frame(span.start) <= start < self._frame(span.end):
                start, jumped = self._frame(span.end), True
        ends = [self._frame(span.start) for span in self._left_out]
        if self._loop is not None:
            ends.append(self._frame(self._loop.end))
        later = [end for end in ends if end > start]
        if later:
            limit = min(later) - start
        return start, limit, jumped

    def _more(self) -> None:
        self._ask()

    def _ask(self, piece_ms: int = _PIECE_MS) -> None:
        host, source, info = self._host, self._source, self._info
        if self._asking or host is None or source is None or info is None:
            return
        self._asking = True
        start, limit, jumped = self._stretch_ends()
        # The decoder gives at most so much at once.
        frames = min(piece_ms * info.rate // 1000, limit or 1 << 62, 262_144)
        turn, speed, stretcher = self._turn, self._speed, self._stretcher
        if speed != 1.0 and (stretcher is None or jumped):
            from cairn.audio.stretch import (
                Stretcher,
            )  # only who listens at another speed waits for the library

            stretcher = self._stretcher = Stretcher(info.rate, info.channels, speed)
            jumped = True
        if jumped or not self._runs:
            self._runs.append((self._fed, start))
        frame_bytes = 2 * info.channels

        def work() -> tuple[int, bytes]:
            # A jump or another sound came while this waited for a worker: nobody wants it.
            if turn != self._turn:
                return 0, b""
            block = host.sound_block(source, start, frames)
            if source is not self._source:
                host.release(source)
            read = len(block) // frame_bytes
            if stretcher is None or speed == 1.0:
                return read, block
            ready = stretcher.feed(block) if block else b""
            # Where the sound is cut (its end, the end of a loop) nothing may stay behind in the machine.
            if read < frames or read == limit:
                ready += stretcher.flush()
            return read, ready

        def arrived(result: tuple[int, bytes]) -> None:
            if turn != self._turn:
                return
            self._asking = False
            read, ready = result
            self._next = start + read
            self._fed += len(ready) // frame_bytes
            if read < frames or read == limit:
                self._stretcher = None
            if ready:
                self.playback.feed(ready)
            if read == 0 and not self._goes_round():
                self.playback.finish()

        self._later(work, arrived)

    def _goes_round(self) -> bool:
        """The sound ended inside a loop: back to its beginning, unless there is nothing there either."""
        if self._loop is None or self._next <= self._frame(self._loop.start):
            return False
        self._next = self._frame(self._loop.end)
        return True

    def _later(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        turn = self._turn

        def in_worker(_progress: Progress) -> object:
            return work()

        def failed(error: CairnError) -> None:
            if turn == self._turn:
                self.broke_off = self.playing
                self._halt()
                self._begin_when_ready = False
                self.changed.emit()
                self.failed.emit(error)

        tasks.run(self, in_worker, then=then, failed=failed, orphaned=_ignore, lane="long")

    def _heard(self, frames: int) -> None:
        info = self._info
        if info is None or not self._runs:
            return
        while len(self._runs) > 1 and self._runs[1][0] <= frames:
            self._runs.popleft()
        out, start = self._runs[0]
        at = (start + (frames - out) * self._speed) * 1000 / info.rate
        self._place(self._inside(round(at)))

    def _at_end(self) -> None:
        end = self._next * 1000 // self._info.rate if self._info is not None else self._at
        self._turn_over()
        self._place(self._inside(end))
        self.changed.emit()
        self.ended.emit()

    def _no_output(self) -> None:
        self._halt()
        self._begin_when_ready = False
        self.changed.emit()
        self.silent.emit()


def _ignore(_result: object, _error: CairnError | None) -> None:
    """The player is gone, or the vault was locked: nobody waits for these samples."""
