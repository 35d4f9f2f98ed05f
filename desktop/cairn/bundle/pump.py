"""Work on both cores: one thread makes pieces while another uses them.

Hashing, encrypting and writing release the interpreter lock for pieces of a megabyte, so two plain
threads and a short queue are enough. A queue of a few pieces bounds the memory at any file size.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

_T = TypeVar("_T")

DEPTH = 4
"""Pieces that may wait between two threads."""


class Ahead(Generic[_T]):
    """Runs an iterator in its own thread, a few items ahead of whoever iterates over this.

    What the iterator raises is raised here in its turn. `close` (or leaving the context) stops the
    thread and waits until it has left the iterator, so that the maker's state may be used again.
    """

    def __init__(self, items: Iterator[_T]) -> None:
        self._items = items
        self._ready: deque[_T] = deque()
        self._change = threading.Condition()
        self._over = False
        self._stopped = False
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="bundle-ahead", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[_T]:
        return self

    def __next__(self) -> _T:
        with self._change:
            while not self._ready and not self._over:
                self._change.wait()
            if self._ready:
                item = self._ready.popleft()
                self._change.notify_all()
                return item
        if self._error is not None:
            raise self._error
        raise StopIteration

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop making and wait for the thread. Idempotent."""
        with self._change:
            self._stopped = True
            self._change.notify_all()
        self._thread.join()

    def _run(self) -> None:
        try:
            for item in self._items:
                if not self._offer(item):
                    return
        except Exception as error:  # noqa: BLE001 - carried over to the thread that iterates, which raises it
            self._error = error
        finally:
            if isinstance(self._items, Generator):
                self._items.close()
            with self._change:
                self._over = True
                self._change.notify_all()

    def _offer(self, item: _T) -> bool:
        with self._change:
            while len(self._ready) >= DEPTH and not self._stopped:
                self._change.wait()
            if not self._stopped:
                self._ready.append(item)
                self._change.notify_all()
            return not self._stopped


class Behind:
    """A sink whose `use` is called with each piece in another thread.

    `write` copies the piece and returns at once while the queue has room; it, and `finish`, raise what
    `use` raised. `finish` waits until everything was used. Leaving the context without it abandons the rest.
    """

    def __init__(self, use: Callable[[bytes], object]) -> None:
        self._use = use
        self._waiting: deque[bytes] = deque()
        self._change = threading.Condition()
        self._finishing = False
        self._abandoned = False
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="bundle-behind", daemon=True)
        self._thread.start()

    def write(self, data: bytes | bytearray | memoryview, /) -> int:
        """Queue a copy of `data`. Returns its length in bytes."""
        piece = bytes(data)
        with self._change:
            while len(self._waiting) >= DEPTH and self._error is None:
                self._change.wait()
            if self._error is not None:
                raise self._error
            self._waiting.append(piece)
            self._change.notify_all()
        return len(piece)

    def finish(self) -> None:
        """Wait until all pieces were used, and end the thread."""
        with self._change:
            self._finishing = True
            self._change.notify_all()
        self._thread.join()
        if self._error is not None:
            raise self._error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._change:
            self._abandoned = True
            self._change.notify_all()
        self._thread.join()

    def _run(self) -> None:
        try:
            while (piece := self._next()) is not None:
                self._use(piece)
        except Exception as error:  # noqa: BLE001 - carried over to the thread that writes, which raises it
            with self._change:
                self._error = error
                self._change.notify_all()

    def _next(self) -> bytes | None:
        with self._change:
            while not self._waiting and not self._finishing and not self._abandoned:
                self._change.wait()
            if self._abandoned or not self._waiting:
                return None
            piece = self._waiting.popleft()
            self._change.notify_all()
            return piece
