"""What a journal holds, as a finished sound: the recording is saved from here, after a stop or a crash.

Two passes, with memory that doesn't grow with the sound. Sound that was lost is put back as silence of the
same length, so that the marks and the words after it stay where they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from cairn.audio import flac, ogg
from cairn.audio.journal import (
    MARK,
    OFF_SOUND,
    PEAKS,
    PREAMBLE,
    SOUND,
    JournalReader,
    Noted,
    Sounding,
    sound_of,
    sounding,
)
from cairn.audio.peaks import A_SECOND
from cairn.audio.spans import joined
from cairn.errors import IntegrityError
from cairn.model.kinds.recording import Mark
from cairn.model.spans import without
from cairn.model.values import MAX_MS, LengthMs, MomentMs, Span

_MOST_PEAKS = 1 << 24
MOST_MARKS = 100_000
"""What is off the record has the first claim to this room."""


class Replay(NamedTuple):
    """A recording that is over."""

    sound: Iterator[bytes]
    """The encoded file, to be read once; reads the journal a second time."""
    marks: tuple[Mark, ...]
    """In the order they were made; those whose end a crash swallowed end with the sound."""
    peaks: bytes
    duration_ms: LengthMs
    frames: int
    """Samples of the sound, exactly."""
    excluded: tuple[Span, ...]
    """Off the record, and recorded: never to leave the vault."""
    damaged: list[Span]
    """Stretches of silence in the place of sound that could not be read."""
    interrupted: bool
    """It did not end by being stopped."""
    reason: str
    """`stopped`, the code of the error that ended it, or empty after a crash."""


class _Scan:
    """The first pass."""

    def __init__(self) -> None:
        self.preamble = b""
        self.frames = 0
        self.block = 0
        self.like = b""
        self.last = 0
        """Where a gap begins that reaches to the end."""
        self.gaps: list[tuple[int, int]] = []
        self.off: list[tuple[int, int]] = []
        """Samples whose own frames say that they are off the record."""
        self.noted: dict[int, Noted] = {}
        self.others = 0
        """Of these, all that is not off the record."""
        self.peaks = bytearray()


def replay(reader: JournalReader) -> Replay:
    """Put together what `reader` finds.

    A journal without a sample gives a sound of length 0. Raises IntegrityError `audio.no-journal` where
    there is sound and nothing that tells how to read it, MachineError.
    """
    scan, rate = _scan(reader), reader.header.rate
    ended = reader.ended
    duration = LengthMs(min(_ms_up(scan.frames, rate), MAX_MS))
    marks = _bounded([_within(scan.noted[number], duration) for number in sorted(scan.noted)])
    damaged = list(joined(_span(each, rate, duration) for each in scan.gaps))
    marks += [Mark(at=span.start, kind="damaged", until=span.end) for span in damaged]
    told = joined(Span(mark.at, mark.until) for mark in marks if mark.kind == "off")
    # The sound says so itself, whatever became of its marks.
    off = joined(_span(each, rate, duration) for each in scan.off)
    marks += [Mark(at=span.start, kind="off", until=span.end) for span in without(off, told)]
    excluded = joined([*told, *off])
    count = -(-duration * A_SECOND // 1000)
    return Replay(
        sound=_sound(reader, scan),
        marks=tuple(marks),
        peaks=bytes(scan.peaks[:count]).ljust(count, b"\0"),
        duration_ms=duration,
        frames=scan.frames,
        excluded=excluded,
        damaged=damaged,
        interrupted=ended is None or ended.reason != "stopped",
        reason=ended.reason if ended else "",
    )


def _scan(reader: JournalReader) -> _Scan:
    scan = _Scan()
    for frame in reader.frames():
        if frame.kind == PREAMBLE:
            scan.preamble = scan.preamble or frame.data
        elif frame.kind in (SOUND, OFF_SOUND):
            _take_sound(scan, reader, sounding(frame))
        elif frame.kind == MARK:
            _take_mark(scan, frame.data)
        elif frame.kind == PEAKS:
            first, data = sound_of(frame.data)
            if first + len(data) <= _MOST_PEAKS:
                scan.peaks.extend(bytes(max(0, first - len(scan.peaks))))
                scan.peaks[first : first + len(data)] = data
    if reader.ended and scan.preamble and scan.frames < reader.ended.frames:
        # The last of the sound is lost, and how long it was is known.
        end = reader.ended.frames
        if scan.block:
            end -= (end - scan.frames) % scan.block
        if 0 < scan.frames < end:
            _gap(scan, end)
            scan.last, scan.frames = scan.frames, end
    if scan.frames and not scan.preamble:
        raise IntegrityError("audio.no-journal")
    return scan


def _take_sound(scan: _Scan, reader: JournalReader, found: Sounding) -> None:
    start = found.until - _samples(found.data, reader, scan, found.until)
    if start > scan.frames:
        _gap(scan, start, beside=found.off is not None and found.off[0] <= start)
    if found.off is not None:
        scan.off.append(found.off)
    scan.frames = max(scan.frames, found.until)


def _gap(scan: _Scan, end: int, *, beside: bool = False) -> None:
    """Sound is missing up to `end`. Beside sound off the record nobody can tell where that began or ended."""
    start = scan.frames
    scan.gaps.append((start, end))
    if beside or (scan.off and scan.off[-1][1] >= start):
        scan.off.append((start, end))


def _take_mark(scan: _Scan, data: bytes) -> None:
    try:
        noted = msgspec.json.decode(data, type=Noted)
    except msgspec.MsgspecError as error:
        raise IntegrityError("audio.damaged") from error
    other = noted.mark.kind != "off"
    if noted.number not in scan.noted and other:
        if scan.others >= MOST_MARKS:
            return
        scan.others += 1
    scan.noted[noted.number] = noted


def _bounded(marks: list[Mark]) -> list[Mark]:
    """As many as there is room for. Where even what is off the record has none, the last of it gets wider."""
    if len(marks) <= MOST_MARKS:
        return marks
    off = [mark for mark in marks if mark.kind == "off"]
    if len(off) > MOST_MARKS:
        rest = off[MOST_MARKS - 1 :]
        start, end = min(mark.at for mark in rest), max(max(mark.at, mark.until) for mark in rest)
        return [*off[: MOST_MARKS - 1], Mark(at=start, kind="off", until=end)]
    room = MOST_MARKS - len(off)
    kept = []
    for mark in marks:
        if mark.kind != "off":
            room -= 1
        if mark.kind == "off" or room >= 0:
            kept.append(mark)
    return kept


def _within(noted: Noted, duration: LengthMs) -> Mark:
    """The mark as it stands at the end of a sound of `duration`: also one ahead of what was saved of it."""
    mark = noted.mark
    end = MomentMs(duration)
    until = min(mark.until, end)
    if noted.kept and noted.open:
        until = end
    return msgspec.structs.replace(mark, at=min(mark.at, end), until=until)


def _samples(data: bytes, reader: JournalReader, scan: _Scan, until: int) -> int:
    """Samples of the sound in one frame of the journal, that ends at `until`."""
    if reader.header.encoding == "flac":
        found = flac.frame(data)
        # Only the last frame is shorter than the first.
        if found.samples > scan.block:
            scan.block, scan.like = found.samples, data[: found.header]
        return until - found.number * scan.block
    rate = reader.header.rate
    count = sum(ogg.samples(data, page) for page in ogg.pages(data))
    if not scan.preamble:
        return count * rate // 48000
    # The last page of a stream ends before its last packet does; each begins with a whole packet.
    start = until * 48000 // rate + ogg.pre_skip(scan.preamble) - count
    return (count - -start % (48 * ogg.SILENT_MS)) * rate // 48000


def _sound(reader: JournalReader, scan: _Scan) -> Iterator[bytes]:
    """The second pass."""
    if not scan.frames:
        return iter(())
    return _flac(reader, scan) if reader.header.encoding == "flac" else _opus(reader, scan)


def _pieces(reader: JournalReader, scan: _Scan) -> Iterator[tuple[int, int, bytes]]:
    """Each piece of sound with the gap before it: where that begins and ends, the same where there is none."""
    gaps, at = dict(scan.gaps), 0
    for frame in reader.frames():
        if frame.kind in (SOUND, OFF_SOUND):
            found = sounding(frame)
            yield at, gaps.get(at, at), found.data
            at = max(at, found.until)


def _flac(reader: JournalReader, scan: _Scan) -> Iterator[bytes]:
    ended = reader.ended
    if ended and len(ended.summary) == 34 and not scan.gaps and ended.frames == scan.frames:
        yield scan.preamble[: flac.STREAMINFO.start] + ended.summary + scan.preamble[flac.STREAMINFO.stop :]
    else:
        yield flac.with_total(scan.preamble, scan.frames)
    for start, end, data in _pieces(reader, scan):
        if end > start:
            yield from flac.silence(scan.like, start // scan.block, (end - start) // scan.block)
        yield data
    if scan.last:
        yield from flac.silence(scan.like, scan.last // scan.block, (scan.frames - scan.last) // scan.block)


def _opus(reader: JournalReader, scan: _Scan) -> Iterator[bytes]:
    yield scan.preamble
    # Which page is the last is known only when none follows.
    held = b""
    for page in _opus_pages(reader, scan):
        if held:
            yield held
        held = page
    for whole in ogg.pages(held):
        yield ogg.rebuilt(held, whole, sequence=whole.sequence, last=True)


def _opus_pages(reader: JournalReader, scan: _Scan) -> Iterator[bytes]:
    skip, rate, channels = ogg.pre_skip(scan.preamble), reader.header.rate, reader.header.channels
    sequence, serial = 2, 0

    def silence(start: int, end: int) -> Iterator[bytes]:
        before = start * 48000 // rate + skip if start else 0
        return ogg.silence(serial, sequence, before, end * 48000 // rate + skip, channels)

    for start, end, data in _pieces(reader, scan):
        for page in ogg.pages(data):
            serial = page.serial
            for silent in silence(start, end) if end > start else ():
                yield silent
                sequence += 1
            start = end
            yield ogg.rebuilt(data, page, sequence=sequence)
            sequence += 1
    if scan.last:
        yield from silence(scan.last, scan.frames)


def _span(samples: tuple[int, int], rate: int, duration: LengthMs) -> Span:
    start, end = samples
    return Span(MomentMs(min(start * 1000 // rate, duration)), MomentMs(min(_ms_up(end, rate), duration)))


def _ms_up(frames: int, rate: int) -> int:
    return -(-frames * 1000 // rate)
