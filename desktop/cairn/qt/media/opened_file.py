"""A file that is open for reading, and can be let go of at any moment."""

from __future__ import annotations

import threading
from typing import Protocol

from cairn.errors import CairnError, InputError
from cairn.model.ports import ReadableAt
from cairn.model.values import Span


class Closable(ReadableAt, Protocol):
    """Random access to decrypted bytes that holds a key until it is closed."""

    def close(self) -> None:
        """Forget the key."""
        ...


class OpenedFile:
    """A reader that may be closed while a worker reads from it: reading then raises `decode.closed`."""

    def __init__(self, source: Closable, damaged: tuple[Span, ...] = ()) -> None:
        self._source = source
        self.damaged = damaged
        """Of a sound: where silence stands for what can't be read."""
        self._lock = threading.Lock()
        self._closed = False
        self.size = source.size

    def read_at(self, offset: int, length: int, /) -> bytes:
        """Up to `length` bytes from `offset`."""
        with self._lock:
            if self._closed:
                raise InputError("decode.closed")
            return self._source.read_at(offset, length)

    def close(self) -> None:
        """Close it, for good."""
        with self._lock:
            self._closed = True
            self._source.close()


def close(reader: OpenedFile | None, _error: CairnError | None = None) -> None:
    """For `orphaned`: a reader that nobody waits for any more."""
    if reader is not None:
        reader.close()
