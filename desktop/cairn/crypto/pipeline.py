"""Hashing on a thread of its own, while the caller decrypts, encrypts and writes.

SHA-256 takes as long as everything else on the way of a stream, and it works on pieces of a megabyte
without the interpreter lock: so it is what runs beside the rest. (Two threads of ciphers don't run side by
side: their calls are so short that they mostly wait for each other's lock. A third thread for the
writing gained nothing on two cores.) What is under way is bounded, a few MiB, whatever the size of
the stream.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections import deque
from collections.abc import Callable
from functools import cache
from types import TracebackType
from typing import Self

from cryptography.utils import Buffer

Step = Callable[[Buffer], object]

PIECE = 1024 * 1024
_PIECES_UNDER_WAY = 6
_SMALL = 64 * 1024


class Behind:
    """Takes pieces for a step (a hash's `update`, a file's `write`) and does them, in order, on a thread.

    `wait` before the outcome is used. Leave the `with` block, or `close`, on every way out: it drops what
    is queued, waits for the thread and never hangs. A failure on the thread is raised to the caller, the
    same exception, at each next call; nothing that was queued after it is done.
    """

    def __init__(self) -> None:
        _keep_freed_memory()
        self._pieces: deque[tuple[Step, Buffer]] = deque()
        self._changed = threading.Condition()
        self._working = False
        self._closed = False
        self._error: BaseException | None = None
        self._done = 0
        self.given = 0
        """How many pieces were given so far; see `settle`."""
        # A daemon so that a crash of the main thread is not followed by a program that never ends.
        self._thread = threading.Thread(target=self._work, name="behind", daemon=True)
        self._thread.start()

    def do(self, step: Step, data: Buffer, *, lent: bool = False) -> None:
        """Call `step` with `data`, soon. Anything mutable is copied; of `bytes`, `bytes` makes no copy.

        What is `lent` is not copied: the caller leaves it as it is until `settle` says that it was used.
        """
        piece = data if lent else bytes(data)
        with self._changed:
            self._require_open()
            idle = not self._pieces and not self._working
            self.given += 1
            if not idle or len(piece) > _SMALL:
                self._changed.wait_for(
                    lambda: len(self._pieces) < _PIECES_UNDER_WAY or self._error is not None
                )
                self._require_open()
                self._pieces.append((step, piece))
                self._changed.notify_all()
                return
            self._done += 1
        # Handing it over would take longer than doing it.
        try:
            step(piece)
        except BaseException as error:
            self._error = error
            raise

    def wait(self) -> None:
        """Return when everything was done. Raises what went wrong meanwhile."""
        self.settle(self.given)

    def settle(self, count: int) -> None:
        """Return when the first `count` pieces were done. Raises what went wrong meanwhile."""
        with self._changed:
            self._require_open()
            self._changed.wait_for(lambda: self._done >= count or self._error is not None)
            self._require_open()

    def close(self) -> None:
        """Drop what is queued and end the thread. Idempotent."""
        with self._changed:
            self._closed = True
            self._pieces.clear()
            self._changed.notify_all()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _require_open(self) -> None:
        if self._error is not None:
            raise self._error
        if self._closed:
            raise ValueError("closed")

    def _work(self) -> None:
        try:
            while (job := self._next()) is not None:
                step, piece = job
                step(piece)
        except BaseException as error:  # noqa: BLE001 - not swallowed: raised to the caller at its next call
            with self._changed:
                self._error = error
                self._pieces.clear()
                self._changed.notify_all()

    def _next(self) -> tuple[Step, Buffer] | None:
        with self._changed:
            self._done += self._working
            self._working = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or bool(self._pieces))
            if self._closed:
                return None
            self._working = True
            job = self._pieces.popleft()
            self._changed.notify_all()
            return job


class Lending:
    """A ring of buffers that are lent to a `Behind`: says when the oldest may be filled again."""

    def __init__(self, behind: Behind, buffers: int) -> None:
        self._behind = behind
        self._given: deque[int] = deque([0] * (buffers - 1), maxlen=buffers - 1)

    def turn(self) -> None:
        """To be called before another buffer of the ring is filled: waits until what was given of it was used.

        Raises what went wrong meanwhile.
        """
        oldest = self._given[0]
        self._given.append(self._behind.given)
        self._behind.settle(oldest)


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
