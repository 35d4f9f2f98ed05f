"""The files of a vault folder: where they are, how the header is read and replaced, what is swept.

The header is the one commit point: it names the database file, so that one atomic replacement moves a
vault from an old key and database to new ones. FORMAT.md, "Folder".
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.paths import (
    FileLock,
    is_network,
    machine_errors,
    make_folder,
    make_private,
    replace_file,
    require_short,
    sync_folder,
)
from cairn.vault import database, reserve
from cairn.vault import header as hdr
from cairn.vault.header import Header

HEADER = "vault.hdr"
MIRROR = "vault.hdr.bak"
MEDIA = "media"
LOCK = "vault.lock"
CREATING = "vault.creating"
"""There while a folder is being made into a vault: what lies beside it may be thrown away as long as there
is no header."""


def read_headers(folder: Path) -> list[Header]:
    """The headers to try, best first: `vault.hdr`, then its mirror where that is another one.

    Raises InputError `vault.not-a-vault` without either, MachineError when the folder is gone, and what
    `header.parse` raises when neither can be used, or when one is of a newer format.
    """
    failure: CairnError | None = None
    found: list[Header] = []
    for name in (HEADER, MIRROR):
        data = read_small(folder / name, hdr.MAX_BYTES)
        if data is None:
            continue
        try:
            header = hdr.parse(data)
        except CairnError as error:
            if error.code == "vault.newer":
                # Falling back on the mirror would end in overwriting a header that we don't understand.
                raise
            failure = failure or error
            continue
        if header not in found:
            found.append(header)
    if found:
        return found
    if failure is None:
        with machine_errors():
            # Windows finds no file inside a file, as in an empty folder; other systems say what is wrong themselves.
            if not stat.S_ISDIR(folder.stat().st_mode):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        raise InputError("vault.not-a-vault")
    raise failure


def read_small(path: Path, limit: int) -> bytes | None:
    """The bytes of a regular file, None when there is no such file.

    At most `limit` + 1 bytes, so that a reader sees that it is too long without taking it all in. A link, a
    pipe or a device in its place is refused with IntegrityError `vault.header-altered`.
    """
    with machine_errors():
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                raise IntegrityError("vault.header-altered")
        except FileNotFoundError:
            return None
        with path.open("rb") as file:
            return file.read(limit + 1)


def write_header(folder: Path, header: Header) -> None:
    """Replace the header, then its mirror.

    The mirror goes first: a crash in between may leave no mirror, which unlocking puts right, but never
    an old slot in it. Raises MachineError; see `swap_header` for what lies there then.
    """
    data = hdr.serialise(header)
    with machine_errors():
        (folder / MIRROR).unlink(missing_ok=True)
        sync_folder(folder)
    replace_file(folder / HEADER, data)
    # The header alone decides; a disk too full for its mirror must not make this look like a failure.
    with suppress(MachineError):
        replace_file(folder / MIRROR, data)


def swap_header(folder: Path, old: Header, new: Header) -> None:
    """Replace the header `old` by `new`, or leave `old`.

    Raises MachineError; then `old` is in force: where the system reports an error only after the new name
    took its place (syncing the folder), the old one is put back, so that an error never means success.
    """
    try:
        write_header(folder, new)
    except MachineError:
        with suppress(MachineError):
            if read_regular(folder / HEADER) == hdr.serialise(new):
                write_header(folder, old)
        raise


def heal(folder: Path, header: Header) -> bool:
    """Make both copies of the header say what `header` says; whether the first one had to be put right."""
    data = hdr.serialise(header)
    first = read_regular(folder / HEADER) == data
    if not (first and read_regular(folder / MIRROR) == data):
        write_header(folder, header)
    return not first


def read_regular(path: Path, limit: int = hdr.MAX_BYTES) -> bytes | None:
    """As `read_small`, but None for whatever is no regular file."""
    try:
        return read_small(path, limit)
    except IntegrityError:
        return None


def sweep(folder: Path) -> None:
    """Remove what an interrupted writer left: parts of headers, and the marker of creation.

    Databases are never removed by how their names look, only when the header retires them by name.
    """
    with machine_errors():
        for path in folder.glob(".vault.hdr*.part"):
            path.unlink(missing_ok=True)
        (folder / CREATING).unlink(missing_ok=True)


def retire(folder: Path, header: Header) -> None:
    """Remove the databases that `header` retires. Raises MachineError."""
    for name in header.retired:
        database.remove_database(folder / name)
    with machine_errors():
        sync_folder(folder)


def take_lock(folder: Path, name: str = LOCK) -> FileLock:
    """Take the lock of a vault: one running program at a time opens it.

    Raises MachineError `vault.in-use`, or what the system says (folder read-only or gone).
    """
    lock = FileLock.acquire(folder / name)
    if lock is None:
        raise MachineError("vault.in-use")
    return lock


def take_still_lock(folder: Path) -> FileLock:
    """As `take_lock`, where nothing can be written. Raises MachineError `vault.in-use`."""
    lock = FileLock.acquire_still(folder / LOCK)
    if lock is None:
        raise MachineError("vault.in-use")
    return lock


def require_writable(folder: Path, header: Header) -> None:
    """Raise MachineError `machine.read-only` or `machine.not-allowed` where the database can't be written.

    SQLite would open such a file all the same, and only the first thing typed would find out. Only while this
    process has no connection to it: see `database.py`.
    """
    with machine_errors(), suppress(FileNotFoundError):
        os.close(os.open(folder / header.database, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise MachineError("machine.not-allowed")


def start_folder(folder: Path) -> FileLock:
    """Make `folder` ready to become a vault and take its lock.

    It must be new, empty, or what an interrupted creation left. Raises MachineError `machine.exists`, and InputError
    `vault.network-folder`: SQLite's own advice, since locks and syncs of a network drive can't be relied upon
    (sqlite.org/useovernet.html).
    """
    require_short(folder)
    if is_network(folder):
        raise InputError("vault.network-folder")
    make_folder(folder)
    with machine_errors():
        names = {path.name for path in folder.iterdir()}
        begun = CREATING in names and HEADER not in names
        if names - {LOCK} and not begun:
            raise MachineError("machine.exists")
    make_private(folder)
    lock = take_lock(folder)
    try:
        with machine_errors():
            os.close(os.open(folder / CREATING, os.O_WRONLY | os.O_CREAT, 0o600))
            sync_folder(folder)
        clear(folder)
        make_folder(folder / MEDIA)
    except BaseException:
        lock.release()
        raise
    return lock


def clear(folder: Path) -> None:
    """Remove what a creation that didn't end has made, all but lock and marker. Only without a header."""
    with machine_errors():
        if (folder / HEADER).exists():
            raise MachineError("machine.exists")
        for path in folder.glob(".vault.hdr*.part"):
            path.unlink(missing_ok=True)
        for name in (MIRROR, reserve.NAME):
            (folder / name).unlink(missing_ok=True)
        for path in list(folder.glob("vault*.db")):
            if hdr.is_database_name(path.name):
                database.remove_database(path)
        for path in list(folder.glob(f"vault*.db{database.PART}")):
            if hdr.is_database_name(path.stem):
                database.remove_database(path)
        media = folder / MEDIA
        if media.is_dir():
            for path in sorted(media.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
            media.rmdir()


def abandon(folder: Path, lock: FileLock, *, remove_folder: bool) -> None:
    """Undo `start_folder` and what was made since, as far as the system lets us."""
    try:
        clear(folder)
        with machine_errors():
            (folder / CREATING).unlink(missing_ok=True)
            lock.release()
            (folder / LOCK).unlink(missing_ok=True)
            if remove_folder:
                folder.rmdir()
    except MachineError:
        # The first error is the one to tell; the marker lets the next creation clear up.
        lock.release()
