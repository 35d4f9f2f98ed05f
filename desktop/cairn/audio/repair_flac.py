"""FLAC around gaps: silent frames with the numbers of those that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cairn.audio import flac
from cairn.audio.gaps import Gap, Lost, Piece
from cairn.errors import IntegrityError
from cairn.model.ports import ReadableAt
from cairn.model.values import LengthMs

_HEADER = 20
_WINDOW = 1 << 18
"""Far more than two frames of any usual sound."""
_PREAMBLE = 1 << 20


class _Found(NamedTuple):
    """A frame's header, and where it lies in the file."""

    at: int
    frame: flac.Frame
    header: bytes


def repair(
    source: ReadableAt, gaps: Sequence[Gap], duration: LengthMs
) -> tuple[list[Piece], list[Lost], int] | None:
    """Pieces of the whole stream, samples that are lost, and their rate; None where it can't be told."""
    try:
        work = _Repair(source, gaps, duration)
        work.run()
    except IntegrityError:
        return None
    return work.pieces, work.lost, work.rate


class _Repair:
    """Raises IntegrityError `audio.damaged`."""

    def __init__(self, source: ReadableAt, gaps: Sequence[Gap], duration: LengthMs) -> None:
        self._source = source
        self._gaps = list(gaps)
        self.pieces: list[Piece] = []
        self.lost: list[Lost] = []
        start = self._gaps[0][0] if self._gaps else source.size
        whole = source.read_at(0, min(start, _PREAMBLE))
        size = flac.preamble_size(whole)
        self._at = size
        self._number = 0
        """Number of the frame at `_at`."""
        first = self._find(size, size + len(whole))[:1] if size else []
        if not first:
            first = self._after(0)[0:1]
        if not first:
            raise IntegrityError("audio.damaged")
        self._like = first[0].header
        self._block = first[0].frame.samples
        self.rate = flac.rate_of(self._like)
        total = duration * self.rate // 1000
        if size:
            self.pieces.append((0, size))
        elif whole[:4] == b"fLaC" and len(whole) >= flac.STREAMINFO.stop:
            # What follows the STREAMINFO (a picture, a table) is not whole; it can do without.
            self.pieces.append(b"fLaC\x80\0\0\x22" + whole[flac.STREAMINFO])
        else:
            self.pieces.append(flac.preamble(self._like, total))
        if whole[:4] == b"fLaC" and len(whole) >= flac.STREAMINFO.stop:
            self.rate, total = flac.told(whole)
        self._total = total

    def run(self) -> None:
        place = 0
        while place < len(self._gaps):
            start, _ = self._gaps[place]
            found = self._after(place)
            while not found and place + 1 < len(self._gaps):
                place += 1
                found = self._after(place)
            place += 1
            self._up_to(start)
            after = found[0] if found else None
            number = after.frame.number if after is not None else self._total // self._block
            count = number - self._number
            if count > 0:
                self.pieces.append(b"".join(flac.silence(self._like, self._number, count)))
            end = number * self._block if after is not None else self._total
            if end > self._number * self._block:
                self.lost.append((self._number * self._block, end))
            self._number = number
            self._at = after.at if after is not None else self._source.size
            if after is None:
                self._end_here()
        self.pieces.append((self._at, self._source.size))

    def _end_here(self) -> None:
        """The last frame, which is shorter, is lost: let the stream not promise it."""
        head = self.pieces[0]
        if not isinstance(head, bytes):
            head = self._source.read_at(head[0], head[1] - head[0])
        self.pieces[0] = flac.with_total(head, self._number * self._block)

    def _after(self, place: int) -> list[_Found]:
        """The first frames between a gap and the next."""
        start = self._gaps[place][1]
        limit = self._gaps[place + 1][0] if place + 1 < len(self._gaps) else self._source.size
        return self._find(start, min(limit, start + _WINDOW))

    def _up_to(self, gap: int) -> None:
        """Take over the whole frames before the gap; the one that it cuts is lost."""
        found = self._find(max(self._at, gap - _WINDOW), gap)
        if not found:
            return
        last = found[-1]
        if last.at > self._at:
            self.pieces.append((self._at, last.at))
        self._number = last.frame.number

    def _find(self, start: int, end: int) -> list[_Found]:
        """The frames that begin in a stretch of the file: those whose numbers follow each other."""
        data = self._source.read_at(start, end - start)
        found: list[_Found] = []
        at = data.find(b"\xff\xf8")
        while at >= 0:
            header = data[at : at + _HEADER]
            try:
                frame = flac.frame(header)
            except IntegrityError:
                pass
            else:
                found.append(_Found(start + at, frame, header[: frame.header]))
            at = data.find(b"\xff\xf8", at + 1)
        numbers = {each.frame.number for each in found}
        # By chance a frame's sound looks like a header, once in some hundred megabytes; never two in order.
        return [
            each
            for each in found
            if each.frame.number - 1 in numbers or each.frame.number + 1 in numbers or len(found) == 1
        ]
