"""Whole files: a file is either the old one or the whole new one, never a part."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from cairn.errors import MachineError, from_os
from cairn.paths.system import machine_errors

_STEP = 8 * 1024 * 1024
_HELD = (5, 32)  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION
_TRIES, _PAUSE_S = 20, 0.05


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` durable (where the system knows such a thing)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_regular(path: Path, *, write: bool = False) -> int | None:
    """A handle of a file that is there; None where a link, a pipe, a device or a folder lies in its place.

    Never waits for somebody to write into a pipe. Raises MachineError.
    """
    flags = (os.O_RDWR if write else os.O_RDONLY) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with machine_errors():
        # Before it is opened: opening a device can already do something.
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        try:
            handle = os.open(path, flags)
        except OSError as error:
            if error.errno == errno.ELOOP:
                return None
            raise
        try:
            regular = stat.S_ISREG(os.fstat(handle).st_mode)
        except BaseException:
            os.close(handle)
            raise
    if not regular:
        os.close(handle)
        return None
    return handle


class SteadyFile:
    """A file that is written front to back, whose bytes are sent to the disk as they come.

    Otherwise the system gathers gigabytes first, and the fsync at the end takes long, with the rest of the
    computer waiting. Nothing is promised before that fsync.
    """

    def __init__(self, file: BinaryIO) -> None:
        """`file` is raw or buffered, stands at its beginning, and is not closed here."""
        self._file = file
        self._written = 0
        self._sent = 0

    def write(self, data: bytes | memoryview, /) -> int:
        """Write `data`, or a part as a raw file does; returns how much."""
        taken = self._file.write(data)
        self._written += taken
        if self._written - self._sent >= _STEP and hasattr(os, "posix_fadvise"):
            # The advice begins writing what is dirty in the range, and does not wait for it.
            advice = os.POSIX_FADV_DONTNEED
            with suppress(OSError):
                os.posix_fadvise(self._file.fileno(), self._sent, self._written - self._sent, advice)
            self._sent = self._written
        return taken


def patiently(act: Callable[[], None]) -> None:
    """Carry out `act`, which gives a file its name; again for a second while another program holds that file.

    On Windows a virus scanner opens what was just written, and nobody renames it meanwhile. Other systems rename
    what is open, and say nothing of this kind. Raises OSError.
    """
    for _ in range(_TRIES):
        try:
            return act()
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
        time.sleep(_PAUSE_S)
    return act()


def replace_file(target: Path, data: bytes) -> None:
    """Write `data` so that `target` is the old file or the whole new one, also across a power cut.

    Raises MachineError; then the old file is untouched and no part of the new one remains.
    """
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            patiently(lambda: os.replace(part, target))
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    except OSError as error:
        raise from_os(error) from error


def write_new(target: Path, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all, also across a power cut.

    Raises MachineError `machine.exists` and others.
    """
    with new_file(target, target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")) as file:
        file.write(data)


@contextmanager
def new_file(target: Path, part: Path) -> Iterator[BinaryIO]:
    """A file `target` that is not there yet, written as `part` beside it.

    It gets its name when the block ends well and its bytes are durable; else nothing is left. Raises
    MachineError `machine.exists` (nothing is overwritten) and others.
    """
    with machine_errors():
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _name(part, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)


def _name(part: Path, target: Path) -> None:
    try:
        # A link refuses to replace what appeared meanwhile; not every medium knows links.
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(target):
            raise MachineError("machine.exists") from None
        patiently(lambda: os.rename(part, target))
    else:
        part.unlink()
