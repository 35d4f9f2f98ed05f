"""Media: attachments and recordings, one encrypted file each, their random keys in the database.

The order makes a crash harmless: `.part` file → fsync → note in `media_gone` → rename → fsync of the folder → row, and
with the row the note goes. A row goes before its file, and the note comes with that. So what lies there without a row
and without a note is no crash's: this database may be an older one that was put back, and the newer one has the key. The
sweep moves such a file into `quarantine/`, and back where a row names it again. Journals of recordings under way (`.jnl`)
lie beside them; their rows are in `cairn.storage.recordings_in_progress`.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from cairn.crypto.cobblestone import CobReader
from cairn.crypto.damaged_reader import DamagedReader
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.model.ids import NO_HASH, MediaId, RecordId, RootId, Sha256
from cairn.paths import machine_errors, make_folder, open_regular, sync_folder
from cairn.storage import recordings_in_progress
from cairn.storage.staging import PART, Held, MediaSink, Staged, object_context, object_path
from cairn.storage.work import Reader, Work

if TYPE_CHECKING:
    from cairn.storage.store import Store

QUARANTINE = "quarantine"
_PIECE = 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{32}\.(cob|part|jnl)|\.[0-9a-f]{32}\.(cob|part)\.part", re.ASCII)
"""The second form is what a copy is called while it grows (`cairn.vault.copying`)."""


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
    put_back: int = 0
    """Files that lay in `quarantine/` and have a row again."""


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
        return is_whole_file(path, row[0], self._store.vault.id, media_id, row[1], tick)


def is_whole_file(
    path: Path,
    key: bytes,
    vault_id: str,
    media_id: MediaId,
    size: int,
    tick: Callable[[int], None] = lambda _count: None,
) -> bool:
    """Whether every chunk of an object's file is authentic and it is as long as it should be. Raises MachineError."""
    handle = open_regular(path)
    if handle is None:
        return False
    with os.fdopen(handle, "rb", buffering=0) as file:
        try:
            found = CobReader(file, key, object_context(vault_id, media_id))
            for offset in range(0, found.size, _PIECE):
                found.read_at(offset, _PIECE)
                tick(_PIECE)
        except IntegrityError:
            return False
        except MachineError as error:
            if error.code != "machine.disk-failing":
                raise
            return False
    return found.size == size


class MediaStore:
    """The media objects of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = store.vault.media_folder
        self._lock = threading.Lock()
        self._held: list[Held] | None = []
        self._promised: set[MediaId] = set()
        """Files that got their names since the store was opened: their note in `media_gone` may be on its way out, and
        whoever removes what is noted leaves them alone until they are erased or discarded."""

    def hold(self) -> Held:
        """Something to keep sealed objects in until a person has decided; `let_go` of it in any case.

        Raises MachineError `vault.locked`.
        """
        made = Held(self._folder, self._promise)
        with self._lock:
            if self._held is None:
                raise MachineError("vault.locked")
            self._held.append(made)
        return made

    def let_go(self, held: Held) -> None:
        """Give up what is still held. Idempotent."""
        held.give_up()
        with self._lock:
            if self._held is not None and held in self._held:
                self._held.remove(held)

    def close(self) -> None:
        """The store is being closed: nothing is held from here on. Idempotent."""
        with self._lock:
            waiting, self._held = self._held or [], None
        for each in waiting:
            each.give_up()

    def holdings(self) -> Holdings:
        """What a backup asks."""
        return Holdings(self._store)

    def stage(self, root: RootId, *, sha256: Sha256 = NO_HASH) -> MediaSink:
        """A sink for a new object. `finish` it, then `add` what it gives inside a unit of work.

        With `sha256` the caller holds the bytes against that hash before `finish`; without it they are hashed here.
        Raises MachineError where the vault can only be read.
        """
        self._store.vault.require_writing()
        return MediaSink(self._folder, root, self._store.vault.id, self._promise, sha256)

    def _promise(self, objects: Sequence[MediaId]) -> None:
        self._promised.update(objects)
        with self._store.write() as work:
            for media_id in objects:
                work.run("INSERT OR IGNORE INTO media_gone VALUES (?)", (media_id,))

    def add(self, work: Work, staged: Staged, record_id: RecordId) -> MediaId:
        """Add the row of a staged object that belongs to `record_id`; returns the media id.

        When the unit of work fails afterwards, the caller discards what was staged (`or_nothing`).
        """
        work.run(
            "INSERT INTO media VALUES (?, ?, ?, ?, ?, ?)",
            (staged.media_id, staged.root, record_id, staged.key, staged.sha256, staged.size),
        )
        work.run("DELETE FROM media_gone WHERE id = ?", (staged.media_id,))
        return staged.media_id

    def discard(self, staged: Staged) -> None:
        """Remove a staged object that got no row. One that has a row is left alone."""
        with self._store.read() as reader:
            if self.info(reader, staged.media_id) is not None:
                return
        with machine_errors():
            object_path(self._folder, staged.media_id).unlink(missing_ok=True)
        self._promised.discard(staged.media_id)

    @contextmanager
    def or_nothing(self, *staged: Staged) -> Iterator[None]:
        """Where the block fails, what was staged and got no row is removed: at once, or at the next opening."""
        try:
            yield
        except BaseException:
            for each in staged:
                with suppress(CairnError):
                    self.discard(each)
            raise

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
            return DamagedReader(file, key, object_context(self._store.vault.id, media_id), size)
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
            handle = open_regular(object_path(self._folder, media_id))
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
            found = CobReader(file, key, object_context(self._store.vault.id, media_id))
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
        return object_path(self._folder, media_id).is_file()

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
            self._promised.discard(media_id)

    def remove_gone(self) -> int:
        """Remove the files whose keys were dropped, or never kept; returns how many. What can't be removed now, stays
        noted. Never one that a row names, or whose row may be about to come.
        """
        with self._store.read() as reader:
            waiting = [
                row[0]
                for row in reader.all("SELECT id FROM media_gone WHERE id NOT IN (SELECT id FROM media)")
            ]
        removed = []
        for media_id in waiting:
            if media_id in self._promised:
                continue
            path = object_path(self._folder, media_id)
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

        Half-written `.part` files go, and files that are noted; others without a row are moved to `quarantine/`, and
        one that lies there and has a row comes back. Only what has the form of our names is touched, and no link is
        followed. Raises MachineError.
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
                if path.suffix == PART:
                    # One that another program holds open, a virus scanner in Windows, goes the next time.
                    with suppress(PermissionError):
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
                for path in list(orphans):
                    try:
                        os.replace(path, quarantine / path.name)
                    except PermissionError:
                        orphans.remove(path)
                sync_folder(quarantine)
            back = [media_id for media_id in known - here if self._put_back(media_id)]
        return SweepReport(len(orphans), parts, sorted(known - here - set(back)), len(back))

    def _put_back(self, media_id: MediaId) -> bool:
        target = object_path(self._folder, media_id)
        aside = self._store.vault.folder / QUARANTINE / target.name
        if not self._folder.is_dir() or aside.is_symlink() or not aside.is_file():
            return False
        make_folder(target.parent)
        try:
            os.replace(aside, target)
        except PermissionError:
            # On Windows a scanner may hold it: it comes back at a later opening.
            return False
        sync_folder(target.parent)
        return True

    def look(self) -> SweepReport:
        """What is missing, as `sweep` says it, where nothing can be tidied up."""
        with self._store.read() as reader:
            known = [row[0] for row in reader.all("SELECT id FROM media")]
        return SweepReport(0, 0, sorted(MediaId(each) for each in known if not self.has_file(MediaId(each))))

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
