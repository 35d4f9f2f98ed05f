"""A file made of stretches of another one and of bytes of ours: what a decoder is given instead of the file itself.

So each of several streams that were put together is a file of its own, and a head that says nothing or something
wrong is replaced by what was counted. Runs in the child only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from cairn.decode.seekable import Seekable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_STRETCHES = 200_000
PIECE = 1 << 18

Stretch = tuple[int, int] | bytes
"""Begin and end in the file, or bytes that stand there instead."""


class Streams(NamedTuple):
    """What a sound file is made of."""

    views: list[View]
    """One a stream, in the order in which they are heard."""
    left: int = 0
    """Bytes that belong to none of them and are no tag either."""
    unclosed: bool = False
    """Its recorder never wrote how long it is."""


class View(Seekable):
    """Stretches of `file`, one after the other, as one seekable file."""

    def __init__(self, file: BinaryIO, stretches: Sequence[Stretch]) -> None:
        self._stretches = [each for each in stretches if _length(each)]
        ends = list(accumulate(map(_length, self._stretches), initial=0))
        super().__init__(ends[-1])
        self._file = file
        self._starts = ends[:-1]

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """As much as there is: a decoder takes less for the end."""
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view) and self._at < self._size:
            number = bisect_right(self._starts, self._at) - 1
            piece = self._piece(number, self._at - self._starts[number], len(view) - done)
            if not piece:
                break
            view[done : done + len(piece)] = piece
            done += len(piece)
            self._at += len(piece)
        return done

    def _piece(self, number: int, skip: int, most: int) -> bytes:
        stretch = self._stretches[number]
        if isinstance(stretch, bytes):
            return stretch[skip : skip + most]
        start, end = stretch
        self._file.seek(start + skip)
        return self._file.read(min(most, end - start - skip))


class Window:
    """Looks at a file at any place, front to back for the most part, without asking for each few bytes."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self.size = size
        self._start = 0
        self._held = b""

    def at(self, offset: int, length: int) -> bytes:
        """`length` bytes from `offset`, fewer at the end."""
        skip = offset - self._start
        if not 0 <= skip <= len(self._held) - length:
            self._file.seek(offset)
            self._held, self._start, skip = self._file.read(max(PIECE, length)), offset, 0
        return self._held[skip : skip + length]

    def find(self, wanted: bytes, offset: int) -> int:
        """Where `wanted` stands next, from `offset`; -1 where it does not."""
        while offset < self.size:
            piece = self.at(offset, min(PIECE, self.size - offset))
            found = piece.find(wanted)
            if found >= 0:
                return offset + found
            if len(piece) < len(wanted):
                return -1
            offset += len(piece) - len(wanted) + 1
        return -1

    def is_empty(self, start: int, end: int) -> bool:
        """Whether there are zeros only: what a disk or a recorder fills up with."""
        while start < end:
            piece = self.at(start, min(PIECE, end - start))
            if not piece or piece.strip(b"\0"):
                return not piece
            start += len(piece)
        return True


def joined(stretches: list[Stretch], start: int, end: int) -> None:
    """Add a stretch, together with the one before where it follows it."""
    if stretches and isinstance(stretches[-1], tuple) and stretches[-1][1] == start:
        stretches[-1] = (stretches[-1][0], end)
    elif len(stretches) < MAX_STRETCHES:
        stretches.append((start, end))


def _length(stretch: Stretch) -> int:
    return len(stretch) if isinstance(stretch, bytes) else max(0, stretch[1] - stretch[0])
