"""One running program per vault: a lock that the operating system drops when its holder dies.

The file `vault.lock` stays behind, empty; only the lock on it counts, so that a crash never leaves a
vault that can't be opened.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cairn.errors import MachineError
from cairn.paths import machine_errors

NAME = "vault.lock"


class InstanceLock:
    """Held from unlock to lock. `release` may be called again."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def acquire(cls, folder: Path, name: str = NAME) -> InstanceLock:
        """Take the lock of the vault in `folder` at once or not at all.

        Raises MachineError `vault.in-use`, or what the system says (folder read-only or gone).
        """
        path = folder / name
        for _ in range(100):
            with machine_errors():
                flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
                handle = os.open(path, flags, 0o600)
            try:
                if not _try_lock(handle):
                    raise MachineError("vault.in-use")
                if _is_same_file(handle, path):
                    return cls(handle)
            except BaseException:
                os.close(handle)
                raise
            # Somebody removed the file between open and lock; a lock on a nameless file protects nothing.
            os.close(handle)
        raise MachineError("vault.in-use")

    def release(self) -> None:
        """Let others open the vault."""
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

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        with machine_errors():
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True
