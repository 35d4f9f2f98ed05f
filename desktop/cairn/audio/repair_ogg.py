"""Opus in Ogg around gaps: silent pages for the missing time, with the numbers of those that are missing."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.audio import ogg
from cairn.audio.gaps import Gap, Lost, Piece
from cairn.model.ports import ReadableAt
from cairn.model.values import LengthMs

_LONGEST = 27 + 255 + 255 * 255
_WINDOW = 2 * _LONGEST


def repair(
    source: ReadableAt, gaps: Sequence[Gap], duration: LengthMs
) -> tuple[list[Piece], list[Lost], int] | None:
    """Pieces of the whole stream, samples that are lost, and their rate; None where it is not Opus in Ogg."""
    work = _Repair(source, gaps, duration)
    return (work.pieces, work.lost, 48000) if work.run() else None


class _Found:
    """A page, and where it lies in the file."""

    def __init__(self, data: bytes, page: ogg.Page, base: int) -> None:
        self.start, self.end = base + page.start, base + page.end
        self.page, self.data = page, data


class _Repair:
    def __init__(self, source: ReadableAt, gaps: Sequence[Gap], duration: LengthMs) -> None:
        self._source = source
        self._gaps = list(gaps)
        self._duration = duration
        self._skip = ogg.PRE_SKIP
        self._channels = 1
        self._serial = 0
        self._granule = 0
        self._sequence = 1
        """Granule and number of the page before."""
        self._at = 0
        self.pieces: list[Piece] = []
        self.lost: list[Lost] = []

    def run(self) -> bool:
        if not self._begin():
            return False
        place = 0
        while place < len(self._gaps):
            start, end = self._gaps[place]
            place += 1
            after = None
            while True:
                limit = self._gaps[place][0] if place < len(self._gaps) else self._source.size
                after = self._first(end, limit)
                if after is not None or place == len(self._gaps):
                    break
                # Not a whole page lies between these two gaps: they are one.
                end = self._gaps[place][1]
                place += 1
            self._up_to(start)
            self._fill(after)
            self._at = after.start if after is not None else self._source.size
        self.pieces.append((self._at, self._source.size))
        return True

    def _begin(self) -> bool:
        """The two pages that tell how to decode it; anew where they are lost."""
        whole = self._source.read_at(0, min(self._gaps[0][0], _WINDOW)) if self._gaps else b""
        size = ogg.preamble_size(whole)
        first = next(ogg.pages(whole), None)
        if first is not None:
            head = whole[first.body : first.end]
            if head[:8] != b"OpusHead" or len(head) < 19:
                return False
            self._channels, self._skip = head[9], int.from_bytes(head[10:12], "little")
            self._serial = first.serial
            if size:
                self.pieces.append((0, size))
                self._at = size
            else:
                self.pieces += [(0, first.end), ogg.tags(first.serial)]
                self._at = first.end
            return True
        after = self._first(self._gaps[0][1], self._source.size)
        if after is None:
            return False
        self._serial = after.page.serial
        toc = after.data[after.page.body] if after.page.end > after.page.body else 0
        self._channels = 2 if toc & 4 else 1
        self.pieces.append(ogg.preamble(self._serial, self._channels))
        return True

    def _first(self, start: int, limit: int) -> _Found | None:
        """The first whole page between two places of the file."""
        while start < limit:
            data = self._source.read_at(start, min(_WINDOW, limit - start))
            at = data.find(b"OggS")
            while at >= 0:
                page = next(ogg.pages(data[at : at + _LONGEST]), None)
                if page is not None and ogg.is_whole(data[at : at + _LONGEST], page):
                    return _Found(data[at : at + _LONGEST], page, start + at)
                at = data.find(b"OggS", at + 1)
            if len(data) < _WINDOW:
                return None
            # A page that begins near the window's end is looked at again, whole.
            start += _WINDOW - _LONGEST
        return None

    def _up_to(self, gap: int) -> None:
        """Take over what is whole before the gap."""
        begin = max(self._at, gap - _WINDOW)
        found = self._first(begin, gap) if begin > self._at else None
        if found is not None:
            begin = found.start
        data = self._source.read_at(begin, gap - begin)
        end = begin
        for page in ogg.pages(data):
            end = begin + page.end
            self._sequence = page.sequence
            if page.granule >= 0:
                self._granule = page.granule
        if end > self._at:
            self.pieces.append((self._at, end))

    def _fill(self, after: _Found | None) -> None:
        if after is not None:
            page = after.page
            until = page.granule - ogg.samples(after.data, page)
            if page.flags & ogg.LAST:
                # The last page ends earlier than its packets do; it begins with a whole one.
                until += -(until - self._granule) % (48 * ogg.SILENT_MS)
            missing = page.sequence - self._sequence - 1
        else:
            until = self._duration * 48 + self._skip if self._duration else self._granule
            missing = 0
        begin = self._granule
        if until <= begin:
            return
        pages_ = missing if missing > 0 else -(-(until - begin) // 48000)
        silent = list(
            ogg.silence_over(self._serial, self._sequence + 1, begin, until, self._channels, pages_)
        )
        if after is None and silent:
            for page in ogg.pages(silent[-1]):
                silent[-1] = ogg.rebuilt(silent[-1], page, sequence=page.sequence, last=True)
        self.pieces += silent
        self.lost.append((max(0, begin - self._skip), max(0, until - self._skip)))
