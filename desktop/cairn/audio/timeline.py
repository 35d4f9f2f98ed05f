"""The timeline of a recording: what is kept when, and the marks that tell of it. Nothing runs here.

Two things go on beside each other: what the person wishes (recording, paused, off the record) and whether
a microphone is there. A microphone that comes back doesn't end a pause, and never what is off the record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from cairn.audio.spans import joined
from cairn.errors import InputError
from cairn.model.kinds.recording import Mark
from cairn.model.values import LengthMs, MomentMs, Span

LONG_PAUSE = 180.0
"""Seconds after which a pause counts as a break."""

MOST_BY_HAND = 10_000
"""Marks that a person makes in one recording. What is off the record, a pause or a gap is marked always."""

RECORDING, PAUSED, OFF, OFF_KEPT = "recording", "paused", "off", "off-kept"


class WritesMark(Protocol):
    """Takes a mark to the journal: as `JournalWriter.mark`."""

    def __call__(self, mark: Mark, number: int, /, *, open: bool, kept: bool) -> None: ...


class _Going:
    """A mark whose end is still to come."""

    def __init__(self, number: int, since: float, kept: bool) -> None:
        self.number = number
        self.since = since
        self.kept = kept


class Timeline:
    """Not for more than one thread at a time: the recorder holds its lock."""

    def __init__(self, rate: int, now: Callable[[], float], write: WritesMark) -> None:
        self._rate = rate
        self._now = now
        self._write = write
        self._open: dict[str, _Going] = {}
        self.frames = 0
        """Samples kept so far."""
        self.mode = RECORDING
        self.lost = False
        """No microphone is there."""
        self.marks: list[Mark] = []
        self._by_hand = 0
        self.rested = now()
        """When the recording began, or the last break or long pause ended."""

    @property
    def keeping(self) -> bool:
        """Whether what is heard is kept."""
        return self.mode in (RECORDING, OFF_KEPT) and not self.lost

    @property
    def off_record(self) -> bool:
        """Whether we are off the record, be it recorded or not."""
        return self.mode in (OFF, OFF_KEPT)

    @property
    def phase(self) -> str:
        """`recording`, `paused`, `off` or `gap`."""
        if self.lost and self.mode == RECORDING:
            return "gap"
        return OFF if self.mode == OFF_KEPT else self.mode

    @property
    def at_ms(self) -> MomentMs:
        """Sound so far."""
        return MomentMs(self.frames * 1000 // self._rate)

    @property
    def excluded(self) -> tuple[Span, ...]:
        """Off the record and kept, up to this moment."""
        spans = [Span(mark.at, mark.until) for mark in self.marks if mark.kind == "off"]
        going = self._open.get("mode")
        if going is not None and going.kept:
            spans.append(Span(self.marks[going.number].at, self._until_ms))
        return joined(spans)

    def mark(self, kind: str, text: str) -> Mark:
        """A mark at this moment; off the record it keeps no words. Raises InputError `audio.marks-full`."""
        if self._by_hand >= MOST_BY_HAND:
            raise InputError("audio.marks-full", most=MOST_BY_HAND)
        self._by_hand += 1
        if kind == "break":
            self.rested = self._now()
        mark = Mark(at=self.at_ms, kind=kind, text="" if self.off_record else text)
        self._write(mark, self._add(mark), open=False, kept=False)
        return mark

    def turn(self, mode: str, kind: str = "", text: str = "") -> bool:
        """Go over to another mode, with a mark of `kind` that lasts as long; False where nothing changes."""
        if mode == self.mode:
            return False
        self._close("mode")
        self.mode = mode
        self._settle_gap()
        if kind:
            self._begin("mode", Mark(at=self.at_ms, kind=kind, text=text), kept=mode == OFF_KEPT)
        return True

    def explain(self, text: str) -> None:
        """The reason of the pause that is going on. Off the record no words are kept."""
        going = self._open.get("mode")
        if going is not None and not self.off_record:
            mark = msgspec.structs.replace(self.marks[going.number], text=text)
            self.marks[going.number] = mark
            self._write(mark, going.number, open=True, kept=going.kept)

    def lose(self, lost: bool) -> None:
        """The microphone is gone, or there again."""
        self.lost = lost
        self._settle_gap()

    def miss(self, seconds: float) -> None:
        """A gap of so long lies here, or a few seconds before."""
        mark = Mark(at=self.at_ms, kind="gap", away=LengthMs(round(seconds * 1000)))
        self._write(mark, self._add(mark), open=False, kept=False)

    def end(self) -> None:
        """Nothing follows: what is still going on ends now."""
        for name in list(self._open):
            self._close(name)

    @property
    def _until_ms(self) -> MomentMs:
        # Up, where everything else goes down: a span to be left out covers its last sample.
        return MomentMs(-(-self.frames * 1000 // self._rate))

    def _settle_gap(self) -> None:
        missing = self.lost and self.mode in (RECORDING, OFF_KEPT)
        if missing and "gap" not in self._open:
            self._begin("gap", Mark(at=self.at_ms, kind="gap"), kept=False)
        elif not missing:
            self._close("gap")

    def _add(self, mark: Mark) -> int:
        self.marks.append(mark)
        return len(self.marks) - 1

    def _begin(self, name: str, mark: Mark, *, kept: bool) -> None:
        number = self._add(mark)
        self._open[name] = _Going(number, self._now(), kept)
        self._write(mark, number, open=True, kept=kept)

    def _close(self, name: str) -> None:
        going = self._open.pop(name, None)
        if going is None:
            return
        away = max(0.0, self._now() - going.since)
        mark = self.marks[going.number]
        if going.kept:
            mark = msgspec.structs.replace(mark, until=self._until_ms)
        else:
            mark = msgspec.structs.replace(mark, away=LengthMs(round(away * 1000)))
            if away >= LONG_PAUSE:
                self.rested = self._now()
        self.marks[going.number] = mark
        self._write(mark, going.number, open=False, kept=going.kept)
