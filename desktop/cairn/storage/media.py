"""Media: attachments and recordings, one encrypted file each, their random keys in the database.

The order makes a crash harmless: `.part` file → fsync → rename → fsync of the folder → row. A file
without a row (its key was never stored) is an orphan: the sweep moves it into `quarantine/`. A row goes
before its file, and `media_gone` remembers the file until it is removed. Journals of recordings under way
(`.jnl`) lie beside them; their rows are in `cairn.storage.recordings_in_progress`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

import msgspec

from cairn.crypto.cobblestone import CobReader, CobWriter
from cairn.crypto.damaged_reader import DamagedReader
from cairn.crypto.hashes import RunningSha256, random_bytes
from cairn.crypto.pipeline import Behind
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.model.ids import NO_HASH, MediaId, RecordId, RootId, Sha256
from cairn.paths import SteadyFile, machine_errors, make_folder, open_regular, sync_folder
from cairn.storage import recordings_in_progress
from cairn.storage.work import Reader, Work

if TYPE_CHECKING:
    from cairn.storage.store import Store

QUARANTINE = "quarantine"
_PIECE = 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{32}\.(cob|part|jnl)", re.ASCII)


class Staged(msgspec.Struct, frozen=True):
    """A media object whose file is durable and whose row is still to be added (or which is discarded)."""

    media_id: MediaId
    """32 hex digits."""
    root: RootId
    sha256: Sha256
    """Of the plain bytes."""
    size: int
    """Plain bytes."""
    key: bytes

    def __repr__(self) -> str:
        return f"Staged({self.media_id})"


class MediaInfo(msgspec.Struct, frozen=True):
    """A media object's row, without its key."""

    media_id: MediaId
    root: RootId
    record_id: RecordId
    sha256: Sha256
    size: int


class SweepReport(msgspec.Struct, frozen=True):
    """What a sweep of the media folder found."""

    quarantined: int
    parts_removed: int
    missing: list[MediaId]
    """Objects that have a row but no file."""


class MediaSink:
    """Takes the plain bytes of a new object. As a context manager it leaves nothing behind on an error."""

    def __init__(self, folder: Path, root: RootId, vault_id: str, sha256: Sha256 = NO_HASH) -> None:
        self._id = MediaId(random_bytes(16).hex())
        self._root = root
        self._key = random_bytes(32)
        self._folder = folder
        self._target = _path(folder, self._id)
        self._part = self._target.with_suffix(".part")
        self._sha256 = sha256
        self._hash = RunningSha256()
        self._size = 0
        self._hashing: Behind | None = None
        self._staged: Staged | None = None
        if not folder.is_dir():
            # A stick that was pulled: its files must not land where it had been mounted.
            raise MachineError("machine.gone")
        make_folder(self._target.parent)
        with machine_errors():
            handle = os.open(
                self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
            )
        self._file: BinaryIO = os.fdopen(handle, "wb")
        try:
            self._cob = CobWriter(SteadyFile(self._file), self._key, _context(vault_id, self._id))
            if not sha256:
                self._hashing = Behind()
        except BaseException:
            self.discard()
            raise

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take in more bytes; returns how many. Raises MachineError."""
        if self._hashing is not None:
            self._hashing.do(self._hash.update, data)
        self._size += len(memoryview(data).cast("B"))
        with machine_errors():
            self._cob.write(data)
        return len(memoryview(data).cast("B"))

    def finish(self) -> Staged:
        """Make the file durable under its own name. Raises MachineError; then nothing is left."""
        if self._staged is None:
            try:
                if self._hashing is not None:
                    self._hashing.wait()
                    self._hashing.close()
                    self._sha256 = self._hash.hexdigest()
                with machine_errors():
                    self._cob.finish()
                    self._file.flush()
                    os.fsync(self._file.fileno())
                    self._file.close()
                    os.rename(self._part, self._target)
                    sync_folder(self._target.parent)
                    sync_folder(self._folder)
            except BaseException:
                self.discard()
                raise
            self._staged = Staged(self._id, self._root, self._sha256, self._size, self._key)
        return self._staged

    def discard(self) -> None:
        """Give it up; nothing is left. Does nothing after `finish`."""
        if self._hashing is not None:
            self._hashing.close()
        if self._staged is None:
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self._part.unlink(missing_ok=True)
            with suppress(OSError):
                self._target.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.discard()


class Holdings:
    """What a backup asks of the media's rows (`cairn.vault.backup.Holdings`)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def names(self) -> set[str]:
        """The files that rows name now."""
        with self._store.read() as reader:
            return {f"{media_id[:2]}/{media_id}.cob" for (media_id,) in reader.all("SELECT id FROM media")}

    def is_whole(self, path: Path, name: str, tick: Callable[[int], None], /) -> bool:
        """Whether every chunk of a file is authentic and its size is the row's. True where no row knows it."""
        media_id = id_of_file(name)
        with self._store.read() as reader:
            row = reader.one("SELECT key, size FROM media WHERE id = ?", (media_id,))
        if row is None:
            return True
        handle = open_regular(path)
        if handle is None:
            return False
        with os.fdopen(handle, "rb", buffering=0) as file:
            try:
                reader_ = CobReader(file, row[0], _context(self._store.vault.id, media_id))
                for offset in range(0, reader_.size, _PIECE):
                    reader_.read_at(offset, _PIECE)
                    tick(_PIECE)
            except IntegrityError:
                return False
            except MachineError as error:
                if error.code != "machine.disk-failing":
                    raise
                return False
        return bool(reader_.size == row[1])


class MediaStore:
    """The media objects of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = store.vault.media_folder

    def holdings(self) -> Holdings:
        """What a backup asks."""
        return Holdings(self._store)

    def stage(self, root: RootId, *, sha256: Sha256 = NO_HASH) -> MediaSink:
        """A sink for a new object. `finish` it, then `add` what it gives inside a unit of work.

        With `sha256` the caller holds the bytes against that hash before `finish`; without it they are hashed here.
        """
        return MediaSink(self._folder, root, self._store.vault.id, sha256)

    def add(self, work: Work, staged: Staged, record_id: RecordId) -> MediaId:
        """Add the row of a staged object that belongs to `record_id`; returns the media id.

        When the unit of work fails afterwards, the caller discards what was staged.
        """
        work.run(
            "INSERT INTO media VALUES (?, ?, ?, ?, ?, ?)",
            (staged.media_id, staged.root, record_id, staged.key, staged.sha256, staged.size),
        )
        return staged.media_id

    def discard(self, staged: Staged) -> None:
        """Remove a staged object that got no row. One that has a row is left alone."""
        with self._store.read() as reader:
            if self.info(reader, staged.media_id) is not None:
                return
        with machine_errors():
            _path(self._folder, staged.media_id).unlink(missing_ok=True)

    def open(self, media_id: MediaId) -> CobReader:
        """Random access to the plain bytes. Close it.

        Raises InputError `storage.no-such-media`, IntegrityError `storage.media-missing` or what the
        file's encryption finds.
        """
        key, size = self._row(media_id)
        return self._opened(media_id, key, size)

    def open_damaged(self, media_id: MediaId) -> DamagedReader:
        """What can still be read of an object whose file is damaged; zeros stand for the rest. Close it.

        Raises as `open`, but only where nothing at all can be read.
        """
        key, size = self._row(media_id)
        file = self._file(media_id)
        try:
            return DamagedReader(file, key, _context(self._store.vault.id, media_id), size)
        except CairnError:
            file.close()
            raise

    def _row(self, media_id: MediaId) -> tuple[bytes, int]:
        with self._store.read() as reader:
            row = reader.one("SELECT key, size FROM media WHERE id = ?", (media_id,))
        if row is None:
            raise InputError("storage.no-such-media")
        return row[0], row[1]

    def open_staged(self, staged: Staged) -> CobReader:
        """Random access to the plain bytes of a staged object, before it has a row. As `open`."""
        return self._opened(staged.media_id, staged.key, staged.size)

    def _file(self, media_id: MediaId) -> BinaryIO:
        try:
            handle = open_regular(_path(self._folder, media_id))
        except MachineError as error:
            if error.code == "machine.gone" and self._folder.is_dir():
                raise IntegrityError("storage.media-missing") from error
            raise
        if handle is None:
            # A pipe or a link that somebody put there: nobody waits for it, and nothing else is read.
            raise IntegrityError("storage.media-altered")
        return os.fdopen(handle, "rb", buffering=0)

    def _opened(self, media_id: MediaId, key: bytes, size: int) -> CobReader:
        file = self._file(media_id)
        try:
            found = CobReader(file, key, _context(self._store.vault.id, media_id))
        except CairnError:
            file.close()
            raise
        if found.size != size:
            found.close()
            raise IntegrityError("storage.media-altered")
        return found

    def info(self, reader: Reader, media_id: MediaId) -> MediaInfo | None:
        """An object's row, or None."""
        row = reader.one("SELECT id, root, record, sha256, size FROM media WHERE id = ?", (media_id,))
        return None if row is None else MediaInfo(*row)

    def journal(self, media_id: MediaId) -> Path:
        """Where the journal of a recording under way lies; its folder is made. Raises MachineError."""
        if not self._folder.is_dir():
            raise MachineError("machine.gone")
        found = recordings_in_progress.path(self._folder, media_id)
        make_folder(found.parent)
        return found

    def has_file(self, media_id: MediaId) -> bool:
        """Whether the object's file is in its place."""
        return _path(self._folder, media_id).is_file()

    def of(self, reader: Reader, root: RootId) -> list[MediaInfo]:
        """The objects of an interview."""
        rows = reader.all(
            "SELECT id, root, record, sha256, size FROM media WHERE root = ? ORDER BY id",
            (root,),
        )
        return [MediaInfo(*row) for row in rows]

    def of_record(self, reader: Reader, root: RootId, record: RecordId, digest: Sha256) -> MediaInfo | None:
        """The object that holds the bytes with this SHA-256 for a record, or None where they are not here."""
        rows = reader.all(
            "SELECT id, root, record, sha256, size FROM media WHERE record = ? AND root = ? AND sha256 = ? ORDER BY id",
            (record, root, digest),
        )
        return MediaInfo(*rows[0]) if rows else None

    def forget(self, work: Work, record_id: RecordId) -> None:
        """For erasure: drop the keys of a record's objects and remember the files to remove."""
        for (media_id,) in work.all("SELECT id FROM media WHERE record = ?", (record_id,)):
            work.run("DELETE FROM media WHERE id = ?", (media_id,))
            work.run("DELETE FROM peaks WHERE media = ?", (media_id,))
            work.run("INSERT OR IGNORE INTO media_gone VALUES (?)", (media_id,))

    def remove_gone(self) -> int:
        """Remove the files whose keys were dropped; returns how many. What can't be removed now, stays noted."""
        with self._store.read() as reader:
            waiting = [row[0] for row in reader.all("SELECT id FROM media_gone")]
        removed = []
        for media_id in waiting:
            path = _path(self._folder, media_id)
            try:
                path.unlink(missing_ok=True)
                recordings_in_progress.path(self._folder, media_id).unlink(missing_ok=True)
                if path.parent.is_dir():
                    sync_folder(path.parent)
            except OSError:
                continue
            removed.append(media_id)
        if removed:
            with self._store.write() as work:
                for media_id in removed:
                    work.run("DELETE FROM media_gone WHERE id = ?", (media_id,))
        return len(removed)

    def sweep(self) -> SweepReport:
        """Tidy up after a crash: only while nothing is being staged, as when a store is opened.

        Half-written `.part` files go; files without a row are moved to `quarantine/`. Only what has the form
        of our names is touched, and no link is followed. Raises MachineError.
        """
        self.remove_gone()
        with self._store.read() as reader:
            known = {row[0] for row in reader.all("SELECT id FROM media")}
            under_way = {row.media for row in recordings_in_progress.all(reader)}
        here: set[MediaId] = set()
        orphans: list[Path] = []
        parts = 0
        with machine_errors():
            for path in self._files():
                if path.suffix == ".part":
                    path.unlink()
                    parts += 1
                elif path.suffix == recordings_in_progress.ENDING:
                    # One that is under way may be written at this moment: a locked vault goes on recording.
                    if path.stem not in under_way:
                        orphans.append(path)
                elif path.stem in known and path.parent.name == path.stem[:2]:
                    here.add(MediaId(path.stem))
                else:
                    orphans.append(path)
            if orphans:
                quarantine = self._store.vault.folder / QUARANTINE
                make_folder(quarantine)
                for path in orphans:
                    os.replace(path, quarantine / path.name)
                sync_folder(quarantine)
        return SweepReport(len(orphans), parts, sorted(known - here))

    def _files(self) -> Iterator[Path]:
        """What lies in the media folder and is named as we name: `xx/<32 hex>.cob`, `.part` and `.jnl`."""
        if not self._folder.is_dir() or self._folder.is_symlink():
            return
        with os.scandir(self._folder) as folders:
            inner = [each.path for each in folders if each.is_dir(follow_symlinks=False)]
        for folder in inner:
            with os.scandir(folder) as entries:
                names = [each.path for each in entries if _NAME.fullmatch(each.name)]
            yield from map(Path, names)


def id_of_file(name: str) -> MediaId:
    """The id of the object whose file is `name` (`xx/….cob`)."""
    return MediaId(name[3:].removesuffix(".cob"))


def _path(folder: Path, media_id: MediaId) -> Path:
    return folder / media_id[:2] / f"{media_id}.cob"


def _context(vault_id: str, media_id: MediaId) -> bytes:
    return f"cairn/media/1|{vault_id}|{media_id}".encode("ascii")
