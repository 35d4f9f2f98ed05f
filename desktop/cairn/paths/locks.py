"""Locks on files, taken at once or not at all. The operating system drops them when their holder dies.

A lock file stays behind, empty; only the lock on it counts, so that a crash never locks anybody out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cairn.errors import MachineError
from cairn.paths.system import machine_errors

_TRIES = 100


class FileLock:
    """Held until `release`, which may be called again."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    @classmethod
    def acquire(cls, path: Path) -> FileLock | None:
        """Take the lock file at `path`, made where it is missing; None while somebody else holds it.

        Raises MachineError: what the system says (folder read-only or gone).
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        for _ in range(_TRIES):
            with machine_errors():
                handle = os.open(path, flags, 0o600)
            try:
                free = try_lock(handle)
                if free and _is_same_file(handle, path):
                    return cls(handle)
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)
            if not free:
                return None
            # Somebody removed the file between open and lock; a lock on a nameless file protects nothing.
        return None

    @classmethod
    def acquire_still(cls, path: Path) -> FileLock | None:
        """As `acquire`, where nothing can be written: a lock file that is missing is not made.

        Then there is nothing to hold, and nobody who could hold it. The same where the system gives no lock on a
        file that it lets nobody write. Raises nothing.
        """
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            handle = os.open(path, flags)
        except OSError:
            return cls(None)
        try:
            free = try_lock(handle)
        except MachineError:
            free = True
        if not free:
            os.close(handle)
            return None
        return cls(handle)

    def release(self) -> None:
        """Let others take it."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def _is_same_file(handle: int, path: Path) -> bool:
    with machine_errors():
        held = os.fstat(handle)
        try:
            named = os.stat(path)
        except FileNotFoundError:
            return False
    return (held.st_dev, held.st_ino) == (named.st_dev, named.st_ino)


if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Take the lock of an open file at once or not at all; it goes when the file is closed."""
        # The byte locked lies far behind the end: nobody could read it otherwise.
        before = os.lseek(handle, 0, os.SEEK_CUR)
        os.lseek(handle, 1 << 40, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, before, os.SEEK_SET)
        return True

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Take the lock of an open file at once or not at all; it goes when the file is closed."""
        with machine_errors():
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True
