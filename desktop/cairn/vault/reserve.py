"""A file of 64 MiB that holds space, given back when the disk is full so that drafts are still saved."""

from __future__ import annotations

import os
from pathlib import Path

from cairn.paths import free_bytes, machine_errors

NAME = "vault.reserve"
SIZE = 64 * 1024 * 1024
_PIECE = bytes(1024 * 1024)


def ensure(folder: Path, *, size: int = SIZE) -> bool:
    """Make sure that the reserve of the vault in `folder` exists; whether it does.

    A disk that has less than four times its size free gets none: the space is worth more to the work.
    Raises MachineError when the folder can't be written.
    """
    path = folder / NAME
    with machine_errors():
        if path.is_file() and not path.is_symlink() and path.stat().st_size == size:
            return True
        if free_bytes(folder) < 4 * size:
            return False
        # Never through a link that somebody has put here, and never into a file that has another name too.
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _fill(handle, size)
            os.fsync(handle)
        except BaseException:
            os.close(handle)
            path.unlink(missing_ok=True)
            raise
        os.close(handle)
    return True


def release(folder: Path) -> bool:
    """Give the space back; whether there was any. Raises MachineError."""
    path = folder / NAME
    with machine_errors():
        try:
            path.unlink()
        except FileNotFoundError:
            return False
    return True


def _fill(handle: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
        return
    left = size
    while left:
        left -= os.write(handle, _PIECE[:left])
