"""Whole reads and whole writes over binary streams, with the system's errors typed."""

from __future__ import annotations

from typing import Protocol

from cairn.paths import machine_errors


class Sink(Protocol):
    """Anything that takes bytes in order."""

    def write(self, data: bytes | memoryview, /) -> object: ...


class Source(Protocol):
    """Anything that gives bytes in order. `readinto` is used where it exists."""

    def read(self, size: int, /) -> bytes: ...


class LineSource(Source, Protocol):
    """A source that also gives lines."""

    def readline(self, size: int, /) -> bytes: ...


def write_all(out: Sink, data: bytes | memoryview) -> None:
    """Write all of `data`, also to a raw file that takes only a part at a time. Raises MachineError."""
    view = memoryview(data)
    with machine_errors():
        while len(view):
            taken = out.write(view)
            if not isinstance(taken, int):
                return
            view = view[taken:]


def read_into(source: Source, buffer: memoryview) -> int:
    """Fill `buffer` from `source`; fewer bytes only at the end. Returns the count. Raises MachineError."""
    filled = 0
    readinto = getattr(source, "readinto", None)
    with machine_errors():
        while filled < len(buffer):
            if readinto is not None:
                count = readinto(buffer[filled:])
            else:
                piece = source.read(len(buffer) - filled)
                count = len(piece)
                buffer[filled : filled + count] = piece
            if not count:
                break
            filled += count
    return filled


def read_exactly(source: Source, count: int) -> bytes:
    """Up to `count` bytes; fewer only at the end. Raises MachineError."""
    buffer = bytearray(count)
    return bytes(buffer[: read_into(source, memoryview(buffer))])


class SourceAt(Protocol):
    """Anything that gives bytes from any place. `read_into_at` is used where it exists."""

    def read_at(self, offset: int, length: int, /) -> bytes: ...


def read_at_into(source: SourceAt, offset: int, buffer: memoryview) -> int:
    """Fill `buffer` from `offset` of `source`; fewer bytes only at the end. Returns the count. Raises as the source."""
    into = getattr(source, "read_into_at", None)
    if into is not None:
        return int(into(offset, buffer))
    found = source.read_at(offset, len(buffer))
    buffer[: len(found)] = found
    return len(found)
