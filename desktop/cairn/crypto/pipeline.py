"""Two threads for one stream: hash and read in one, encrypt and write in the other.

`WriteBehind` puts a sink (an `AgeWriter`, a `CobWriter`) on a thread of its own, `ReadAhead` a source. Hashing
and ciphers release the interpreter lock, so the two halves truly run at once. What is under way is bounded
(a few MiB), whatever the size of the stream.

A failure on the thread is raised to the caller, the same exception, at its next call. Leaving the `with` block by
an exception (also `Cancelled`) abandons what is queued, waits for the thread and never hangs: no
thread outlives its block.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from abc import ABC, abstractmethod
from collections import deque
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from cryptography.utils import Buffer

from cairn.crypto.streams import Source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 1024 * 1024
_PIECES_UNDER_WAY = 4


class Finishing(Protocol):
    """A sink that is told when everything was written."""

    def write(self, data: Buffer, /) -> object: ...
    def finish(self) -> None: ...


class _Channel:
    """Pieces from one thread to another, a few at a time; either side can end it."""

    def __init__(self) -> None:
        self._pieces: deque[Buffer] = deque()
        self._changed = threading.Condition()
        self._complete = False
        self._abandoned = False

    def put(self, piece: Buffer) -> bool:
        """Wait for room and hand over `piece`. False when the other side gave up."""
        with self._changed:
            self._changed.wait_for(lambda: self._abandoned or len(self._pieces) < _PIECES_UNDER_WAY)
            if not self._abandoned:
                self._pieces.append(piece)
                self._changed.notify_all()
            return not self._abandoned

    def take(self) -> Buffer | None:
        """The next piece; None after the last one, or when the other side gave up."""
        with self._changed:
            self._changed.wait_for(lambda: self._abandoned or self._complete or bool(self._pieces))
            if self._abandoned or not self._pieces:
                return None
            piece = self._pieces.popleft()
            self._changed.notify_all()
            return piece

    def complete(self) -> None:
        """Nothing more will be put."""
        with self._changed:
            self._complete = True
            self._changed.notify_all()

    def abandon(self) -> None:
        """Drop what is queued and wake both sides."""
        with self._changed:
            self._abandoned = True
            self._pieces.clear()
            self._changed.notify_all()

    @property
    def abandoned(self) -> bool:
        """Whether somebody gave up."""
        return self._abandoned


@cache
def _keep_freed_memory() -> None:
    """Let the allocator keep up to 128 MiB that was freed, where it is glibc's.

    Otherwise it gives each freed piece of a megabyte back to the system and faults its pages in again for
    the next: that took as much time as the encrypting. Nothing is lost where it can't be told.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        trim_threshold, mmap_threshold = -1, -3
        mallopt(mmap_threshold, 32 * PIECE)
        mallopt(trim_threshold, 128 * PIECE)


class _Worker(ABC):
    """A thread with a channel, whose failure is kept for the caller."""

    def __init__(self, name: str) -> None:
        _keep_freed_memory()
        self._channel = _Channel()
        self._error: BaseException | None = None
        # A daemon so that a crash of the main thread is not followed by a program that never ends.
        self._thread = threading.Thread(target=self._guarded, name=name, daemon=True)

    def _guarded(self) -> None:
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 - not swallowed: raised to the caller at its next call
            self._error = error
            self._failed()

    @abstractmethod
    def _failed(self) -> None:
        """Tell the channel, once the failure is kept."""

    @abstractmethod
    def _work(self) -> None:
        """What runs on the thread."""

    def _raise_failure(self) -> None:
        if self._error is not None:
            raise self._error

    def _stop(self) -> None:
        self._channel.abandon()
        self._thread.join()


class WriteBehind(_Worker):
    """A sink that returns at once and writes on a thread.

    `finish` waits until `sink` has taken everything and was finished; only then is the stream whole. Data
    is handed over as it is when it is `bytes`; anything mutable is copied, so its buffer can be reused.
    """

    def __init__(self, sink: Finishing) -> None:
        super().__init__("write-behind")
        self._sink = sink
        self._held = bytearray()
        self._finished = False
        self._thread.start()

    def write(self, data: Buffer) -> int:
        """Take in `data`, whole. Raises what the sink raised meanwhile."""
        if self._finished:
            raise ValueError("finished")
        view = memoryview(data).cast("B")
        taken = len(view)
        if taken >= PIECE:
            self._flush()
            for place in range(0, taken, PIECE):
                piece = view[place : place + PIECE]
                self._put(piece if isinstance(data, bytes) else bytes(piece))
            return taken
        self._held += view
        if len(self._held) >= PIECE:
            self._flush()
        return taken

    def finish(self) -> None:
        """Write everything, finish the sink, end the thread. Raises what the sink raised, each time."""
        if not self._finished:
            self._flush()
            self._finished = True
            self._channel.complete()
            self._thread.join()
        self._raise_failure()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.finish()
        finally:
            self._stop()

    def _flush(self) -> None:
        if self._held:
            held, self._held = self._held, bytearray()
            self._put(held)

    def _put(self, piece: Buffer) -> None:
        if not self._channel.put(piece):
            self._thread.join()
            self._raise_failure()

    def _failed(self) -> None:
        self._channel.abandon()

    def _work(self) -> None:
        while (piece := self._channel.take()) is not None:
            self._sink.write(piece)
        if not self._channel.abandoned:
            self._sink.finish()


class ReadAhead(_Worker):
    """A source that is read on a thread, in pieces of up to 1 MiB, while the caller works on earlier ones."""

    def __init__(self, source: Source, *, piece: int = PIECE) -> None:
        super().__init__("read-ahead")
        self._source = source
        self._size = piece
        self._ready = memoryview(b"")
        self._thread.start()

    def read(self, size: int = -1) -> bytes:
        """`size` bytes, fewer only at the end; all that is left for -1. Raises what the source raised."""
        if size < 0:
            pieces = []
            while piece := self.read(self._size):
                pieces.append(piece)
            return b"".join(pieces)
        buffer = bytearray(size)
        return bytes(memoryview(buffer)[: self.readinto(buffer)])

    def read1(self, size: int = -1, /) -> bytes:
        """What is ready, at most `size` bytes and a piece; b"" at the end. Mostly without copying."""
        if not len(self._ready) and not self._next(raising=True):
            return b""
        part = self._ready if size < 0 else self._ready[:size]
        self._ready = self._ready[len(part) :]
        whole = part.obj
        return whole if isinstance(whole, bytes) and len(whole) == len(part) else bytes(part)

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer`; fewer bytes only at the end, or before a failure that the next call raises."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (len(self._ready) or self._next(raising=not filled)):
            part = self._ready[: len(view) - filled]
            view[filled : filled + len(part)] = part
            filled += len(part)
            self._ready = self._ready[len(part) :]
        return filled

    def close(self) -> None:
        """Stop reading ahead and end the thread. The source stays open. Idempotent."""
        self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _next(self, *, raising: bool) -> bool:
        piece = self._channel.take()
        if piece is None:
            if raising:
                self._raise_failure()
            return False
        self._ready = memoryview(piece)
        return True

    def _failed(self) -> None:
        # What was read before the failure is still given out.
        self._channel.complete()

    def _work(self) -> None:
        # Where the source has pieces of its own, its order of copying is the shorter one.
        read = getattr(self._source, "read1", self._source.read)
        while piece := read(self._size):
            if not self._channel.put(piece):
                return
        self._channel.complete()
