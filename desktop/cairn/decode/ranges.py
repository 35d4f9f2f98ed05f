"""The child's view of its one file: a seekable stream that asks the parent for each range."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, NoReturn

from cairn.decode import wire
from cairn.decode.seekable import Seekable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_AHEAD = 1 << 18


class Pipe:
    """The child's two ends. When the parent is gone there is nothing left to do: the process ends."""

    def __init__(self, receive: int, send: int) -> None:
        self._receive = receive
        self._send = send

    def get(self) -> tuple[bytes, bytes]:
        """The next frame from the parent."""
        kind, length = wire.FRAME.unpack(self._exactly(wire.FRAME.size))
        return kind, self._exactly(length)

    def put(self, kind: bytes, payload: bytes, body: bytes | memoryview = b"") -> None:
        """Send one frame, and after it `body` as raw bytes."""
        for data in (wire.frame(kind, payload), body):
            view = memoryview(data).cast("B") if len(data) else memoryview(b"")
            while view:
                try:
                    view = view[os.write(self._send, view) :]
                except OSError:
                    _end()

    def _exactly(self, length: int) -> bytes:
        pieces = bytearray()
        while len(pieces) < length:
            try:
                piece = os.read(self._receive, min(length - len(pieces), wire.MAX_RANGE))
            except OSError:
                _end()
            if not piece:
                _end()
            pieces += piece
        return bytes(pieces)


def _end() -> NoReturn:
    # Not SystemExit: we may be inside a callback from C, where an exception is swallowed.
    os._exit(0)


class Ranges(Seekable):
    """The file, unbuffered. Wrap it with `stream`."""

    def __init__(self, pipe: Pipe, size: int) -> None:
        super().__init__(size)
        self._pipe = pipe

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        length = min(len(view), wire.MAX_RANGE, max(0, self._size - self._at))
        if length == 0:
            return 0
        self._pipe.put(wire.WANT, wire.RANGE.pack(self._at, length))
        kind, data = self._pipe.get()
        if kind != wire.DATA or len(data) > length:
            _end()
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def stream(pipe: Pipe, size: int) -> io.BufferedReader:
    """The file as a buffered, seekable stream that holds a quarter of a mebibyte."""
    return io.BufferedReader(Ranges(pipe, size), _AHEAD)
