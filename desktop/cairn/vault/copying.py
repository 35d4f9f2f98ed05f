"""Copying encrypted files between folders, durably and with their hash. Never for a live database."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cairn.crypto.hashes import RunningSha256
from cairn.errors import MachineError
from cairn.model.ids import Sha256
from cairn.paths import machine_errors, patiently, sync_folder
from cairn.vault import manifest as mf

PIECE = 1024 * 1024
_SECTOR = 4096
Tick = Callable[[int], None]
"""Told the bytes done since the last call; raises Cancelled."""


def copy_file(source: Path, target: Path, tick: Tick) -> tuple[Sha256, int]:
    """Copy `source` to `target`, whole or not at all; returns (SHA-256 in hex, size) of what was read.

    Raises MachineError, and what `tick` raises; then `target` is as it was.
    """
    return _copied(source, target, tick, lambda reader, _at: os.read(reader, PIECE))


def copy_readable(source: Path, target: Path, tick: Tick) -> tuple[Sha256, int]:
    """As `copy_file`, of a file whose disk may refuse parts of it: zeros stand for sectors that can't be read."""
    return _copied(
        source,
        target,
        tick,
        lambda reader, at: _read_at(reader, at, min(_SECTOR, os.fstat(reader).st_size - at)),
    )


def _copied(source: Path, target: Path, tick: Tick, read: Callable[[int, int], bytes]) -> tuple[Sha256, int]:
    """Copy piece by piece what `read` gives from an open file at a place, until it gives nothing."""
    part = target.with_name(f".{target.name}.part")
    digest = RunningSha256()
    size = 0
    with machine_errors():
        part.unlink(missing_ok=True)
        try:
            with _reading(source) as reader, _writing(part) as writer:
                while piece := read(reader, size):
                    _write_all(writer, piece)
                    digest.update(piece)
                    size += len(piece)
                    tick(len(piece))
                os.fsync(writer)
            patiently(lambda: os.replace(part, target))
        except BaseException:
            # Half a file is no copy, whatever the reason.
            part.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    return digest.hexdigest(), size


def _read_at(handle: int, offset: int, count: int) -> bytes:
    if count <= 0:
        return b""
    try:
        os.lseek(handle, offset, os.SEEK_SET)
        return os.read(handle, count) or bytes(count)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return bytes(count)


def hash_file(path: Path, tick: Tick) -> tuple[Sha256, int]:
    """(SHA-256 in hex, size) of what the disk gives back. Raises MachineError, and what `tick` raises."""
    digest = RunningSha256()
    size = 0
    with machine_errors(), _reading(path) as reader:
        if sys.platform == "linux":
            # Otherwise what comes back is the copy in memory, which proves nothing about the disk.
            os.posix_fadvise(reader, 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := os.read(reader, PIECE):
            digest.update(piece)
            size += len(piece)
            tick(len(piece))
    return digest.hexdigest(), size


def media_files(media: Path) -> dict[str, int]:
    """Name (`xx/….cob`) and size of every media object below `media`, in order of names."""
    found: dict[str, int] = {}
    with machine_errors():
        for path in sorted(media.glob("[0-9a-f][0-9a-f]/*.cob")):
            name = f"{path.parent.name}/{path.name}"
            if mf.is_media_name(name) and path.is_file() and not path.is_symlink():
                found[name] = path.stat().st_size
    return found


def same_place(a: Path, b: Path) -> bool:
    """Whether one folder is the other or lies inside it."""
    try:
        first, second = a.resolve(), b.resolve()
    except (OSError, RuntimeError) as error:
        raise MachineError("machine.gone") from error
    return first == second or first in second.parents or second in first.parents


@contextmanager
def _reading(path: Path) -> Iterator[int]:
    yield from _opened(path, os.O_RDONLY)


@contextmanager
def _writing(path: Path) -> Iterator[int]:
    yield from _opened(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)


def _opened(path: Path, flags: int) -> Iterator[int]:
    extra = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | extra, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def _write_all(handle: int, piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        view = view[os.write(handle, view) :]
