"""Sound whose file has gaps: what is whole is played where it stood, and silence stands for the rest.

A file that is damaged in one place must not fall silent from there on. The gaps are known beforehand (the
encryption tells which bytes are authentic); here the stream is put together around them so that any decoder
reads it: whole pages or frames up to the gap, silence of just the length that is missing, whole ones after it.
Pure: bytes in, pieces out; what a decoder would do with the sound is not looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from cairn.audio import repair_flac, repair_mpeg, repair_ogg
from cairn.audio.gaps import Gap, Lost, Piece, size_of
from cairn.audio.spans import joined
from cairn.model.ports import ReadableAt
from cairn.model.values import LengthMs, MomentMs, Span

_HEAD = 64
_PLAIN = frozenset({b"\x01\0", b"\x03\0", b"\x06\0", b"\x07\0", b"\xfe\xff"})
"""Kinds of WAV whose every sample has a place of its own: PCM, floats, A-law, µ-law, and the longer head of these."""


class Repaired:
    """A sound file around its gaps (a `ReadableAt`), and what is lost of it in milliseconds."""

    def __init__(
        self, source: ReadableAt, pieces: Sequence[Piece], lost: Sequence[Span], *, steady: bool
    ) -> None:
        self._source = source
        self.steady = steady
        """Whether all that is heard stands where it stood. Else what follows a gap may come earlier or later."""
        self._pieces = [piece for piece in pieces if size_of(piece)]
        self._starts = []
        at = 0
        for piece in self._pieces:
            self._starts.append(at)
            at += size_of(piece)
        self.size = at
        self.lost = tuple(lost)
        """Where silence stands for sound that can't be read."""

    def read_at(self, offset: int, length: int, /) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end. Raises what the source raises."""
        end = min(offset + length, self.size)
        found = []
        place = bisect_right(self._starts, offset) - 1
        while offset < end:
            piece, skip = self._pieces[place], offset - self._starts[place]
            count = min(size_of(piece) - skip, end - offset)
            if isinstance(piece, bytes):
                found.append(piece[skip : skip + count])
            else:
                found.append(self._source.read_at(piece[0] + skip, count))
            offset += count
            place += 1
        return b"".join(found)


def repair(
    source: ReadableAt, gaps: Sequence[Gap], *, duration: LengthMs, kind: str = "", recorded: bool = False
) -> Repaired:
    """Put a sound together around its gaps: in order, not touching; there the source gives zeros.

    `duration` is how long it was, in milliseconds, 0 where nobody knows. A lost beginning is written anew where
    its `kind` (a media type) allows it: for MP3, and with `recorded` (made by this program) for Opus and
    FLAC. What is no Opus, FLAC, MP3 or plain samples is left as it is, with its gaps, and what is lost of it
    is told by their share of the file.
    """
    found: tuple[list[Piece], list[Lost], int] | None = None
    head = source.read_at(0, _HEAD)
    began = not gaps or gaps[0][0] > 0
    if head[:4] == b"OggS" or (not began and recorded):
        found = repair_ogg.repair(source, gaps, duration)
    if found is None and (head[:4] == b"fLaC" or (not began and recorded)):
        found = repair_flac.repair(source, gaps, duration)
    steady = found is not None
    if found is None and (began or kind == "audio/mpeg"):
        found = repair_mpeg.repair(source, gaps, duration)
    if found is None:
        return Repaired(source, [(0, source.size)], _by_share(source, gaps, duration), steady=_placed(head))
    pieces, lost, rate = found
    spans = [Span(MomentMs(first * 1000 // rate), MomentMs(-(-end * 1000 // rate))) for first, end in lost]
    if duration:
        last = MomentMs(duration)
        spans = [Span(min(span.start, last), min(span.end, last)) for span in spans]
    return Repaired(source, pieces, joined(spans), steady=steady)


def _placed(head: bytes) -> bool:
    """Whether each sample has its place whatever became of those before it: plain samples, packets in a table."""
    if head[:4] == b"RIFF":
        return head[12:16] == b"fmt " and head[20:22] in _PLAIN
    return head[:4] in (b"FORM", b".snd") or head[4:8] == b"ftyp"


def _by_share(source: ReadableAt, gaps: Sequence[Gap], duration: LengthMs) -> Sequence[Span]:
    """Where the gaps are in time, as if each second had as many bytes: exact for plain samples."""
    size = max(1, source.size)
    return joined(
        Span(MomentMs(start * duration // size), MomentMs(-(-end * duration // size))) for start, end in gaps
    )
