"""Folders, permissions, safe names and atomic writes.

Everything Cairn creates is readable by its owner alone: files 0600, folders 0700, the umask set
first thing. A file is either the old one or the whole new one, never a part.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import platformdirs

from cairn.errors import MachineError, from_os

_APP = "cairn"
_FAT_MAGIC = 0x4D44
_FAT_LARGEST = (1 << 32) - 1
_STEP = 8 * 1024 * 1024
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def restrict_umask() -> None:
    """Make every file and folder this process creates private to its owner."""
    os.umask(0o077)


def vaults_folder() -> Path:
    """Where vaults are offered to live. The person may choose any other folder."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "vaults"


def settings_folder() -> Path:
    """Where the few settings that are no secret live: language, theme, text size, window geometry."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False))


def make_folder(folder: Path) -> None:
    """Create `folder` (0700) and its parents. Raises MachineError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise from_os(error) from error


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` durable (where the system knows such a thing)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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


@contextmanager
def machine_errors() -> Iterator[None]:
    """Turn the operating system's errors into MachineError at the border where they arise."""
    try:
        yield
    except OSError as error:
        raise from_os(error) from error


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
            os.replace(part, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    except OSError as error:
        raise from_os(error) from error


def write_new(target: Path, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all. Raises MachineError `machine.exists` and others."""
    with machine_errors():
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            sync_folder(target.parent)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


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
        os.rename(part, target)
    else:
        part.unlink()


def largest_file(folder: Path) -> int | None:
    """Bytes of the largest file that can lie in `folder`; None when no such limit is known.

    FAT holds one byte less than 4 GiB: most sticks that anybody hands you are formatted with it.
    """
    return _FAT_LARGEST if _file_system(folder) == _FAT_MAGIC else None


def require_file_size(folder: Path, octets: int) -> None:
    """Refuse in time what can't lie in `folder`. Raises MachineError `machine.file-too-big`."""
    largest = largest_file(folder)
    if largest is not None and octets > largest:
        raise MachineError("machine.file-too-big")


def _file_system(folder: Path) -> int | None:
    """The kind of the file system below `folder`, as Linux numbers them (statfs(2)); None elsewhere."""
    if sys.platform != "linux":
        return None
    import ctypes

    # struct statfs begins with f_type, a word; what follows is shorter than this on every architecture.
    found = (ctypes.c_long * 64)()
    if ctypes.CDLL(None).statfs(os.fsencode(folder), found) != 0:
        return None
    return int(found[0]) & 0xFFFFFFFF


def free_bytes(folder: Path) -> int:
    """Bytes that this user can still write where `folder` lies. Raises MachineError when it is gone."""
    if os.name == "nt":
        import shutil

        with machine_errors():
            return shutil.disk_usage(folder).free
    with machine_errors():
        stat = os.statvfs(folder)
    return stat.f_bavail * stat.f_frsize


def safe_name(name: str, *, fallback: str = "file") -> str:
    """A file name that is safe on every system Cairn runs on, as close to `name` as possible.

    Path separators, control and bidirectional-override characters, reserved Windows names, leading
    dots and trailing dots or spaces are replaced; the UTF-8 form is at most 200 bytes, the ending kept.
    """
    clean = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip().rstrip(". ").lstrip(".")
    if not clean:
        clean = fallback
    if _RESERVED.match(clean):
        clean = "_" + clean
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending.encode()) > 20:
        stem, ending = clean, ""
    room = 200 - len(ending.encode()) - 1
    while len(stem.encode()) > room:
        stem = stem[:-1]
    return f"{stem}.{ending}" if ending else stem


def require_empty_folder(folder: Path) -> None:
    """Create `folder`, or accept it when it exists and is empty. Raises MachineError `machine.exists`."""
    make_folder(folder)
    with machine_errors():
        if any(folder.iterdir()):
            raise MachineError("machine.exists")
