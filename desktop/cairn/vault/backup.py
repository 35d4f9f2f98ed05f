"""Backup of a vault into a folder: header, database, media; only what is new is copied.

The manifest is the commit point: until it is replaced the earlier backup is whole, afterwards the new one.
What was erased from the vault is removed from the backup as well; what the vault merely lost stays.

A disk forgets in silence. So each backup also reads back a part of what was copied earlier, those first that
were read longest ago, and copies again what no longer matches: after `ROUNDS` backups every file was read.
A media object never changes, so its first hash decides which of two copies is the right one, and a damaged
file of the vault never replaces a whole one of the backup. FORMAT.md, "Backup".
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import msgspec

from cairn.crypto.hashes import random_bytes, sha256_hex
from cairn.errors import InputError, IntegrityError, MachineError
from cairn.model import clock
from cairn.model.ids import Sha256
from cairn.model.ports import Progress, no_progress
from cairn.paths import machine_errors, make_folder, replace_file, sync_folder
from cairn.vault import backup_set, check, copying, database
from cairn.vault import folder as places
from cairn.vault import header as hdr
from cairn.vault import manifest as mf
from cairn.vault.manifest import File, Manifest, MediaFile
from cairn.vault.vault import Vault

LOCK = "backup.lock"
ROUNDS = 8
"""Within so many backups every file of an earlier one is read again."""
LEAST_READ = 256 * 1024 * 1024
"""Bytes of earlier files that each backup reads again at least, where there are so many."""


class Holdings(Protocol):
    """What the vault's rows know of its media files; `storage` knows it."""

    def names(self) -> Collection[str]:
        """The files (`xx/….cob`) that rows name now."""
        ...

    def is_whole(self, path: Path, name: str, tick: copying.Tick, /) -> bool:
        """Whether the file at `path` is what the vault once wrote as `name`, by its own seals. True where no row
        knows it: then there is nothing to hold against it."""
        ...


class BackupReport(msgspec.Struct, frozen=True):
    """What a backup did. Sizes in bytes."""

    created: str
    files_copied: int
    files_kept: int
    files_removed: int
    bytes_copied: int
    bytes_total: int
    files_read: int = 0
    """Files of earlier backups that were read again, and were whole or have been copied again."""
    files_renewed: int = 0
    """Of these, those that no longer matched and were copied again."""
    damaged_here: tuple[str, ...] = ()
    """Media files that are missing or damaged in the vault; the backup holds them whole."""
    damaged: tuple[str, ...] = ()
    """Media files that are whole neither in the vault nor in the backup."""
    read_since: str = ""
    """Every media file of the backup was read back whole at this time or later; empty where there is none."""


class Meter:
    """Counts bytes for a Progress."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self.done = progress, total, 0

    def tick(self, count: int) -> None:
        """`count` more bytes are done. Raises Cancelled."""
        self.done += count
        self._progress(min(self.done, self._total), self._total)


def backup(
    vault: Vault,
    out: Path,
    progress: Progress = no_progress,
    *,
    thorough: bool = False,
    holdings: Holdings | None = None,
) -> BackupReport:
    """Bring the backup in `out` up to date, or begin one in a new or empty folder.

    Every file written is read back from the disk, and a part of those that were there already; `thorough`
    reads all of them, and the vault's own too. With `holdings` what the vault lost stays in the backup, and
    files that are damaged in the vault are named. A writer may go on meanwhile. Progress counts bytes,
    reading back included.

    Raises InputError `vault.backup-inside`, `vault.backup-other`; IntegrityError `vault.backup-altered` (list
    and headers there are damaged, so that nobody can say whose it is), `vault.database-altered`;
    MachineError, also `vault.backup-mismatch`; Cancelled. Then the earlier backup is as it was; media copied
    whole stay for the next attempt.
    """
    if copying.same_place(vault.folder, out):
        raise InputError("vault.backup-inside")
    make_folder(out)
    earlier = _earlier(vault, out)
    lock = places.take_lock(out, LOCK)
    try:
        return _backup(vault, out, earlier, progress, thorough=thorough, holdings=holdings)
    finally:
        lock.release()


def _backup(
    vault: Vault,
    out: Path,
    earlier: Manifest | None,
    progress: Progress,
    *,
    thorough: bool,
    holdings: Holdings | None,
) -> BackupReport:
    # A manifest under an earlier vault key can't be checked: its files are then compared, not trusted.
    trusted = earlier is not None and mf.is_authentic(earlier, vault.derive("backup"))
    known = {file.name: file for file in earlier.media} if earlier is not None and trusted else {}
    tag = random_bytes(4).hex()
    header_name, database_name = f"vault-{tag}.hdr", f"vault-{tag}.db"
    with vault.guard:
        header = vault.header
        database_bytes = _size(vault.database_path)
    try:
        total = 2 * (database_bytes + sum(copying.media_files(vault.media_folder).values()))
        meter = Meter(progress, total)
        # The database first: each media object that its rows name was there before them.
        database_file = _copy_database(vault, out / database_name, meter, total)
        header_data = hdr.serialise(header)
        for name in (header_name, mf.header_mirror(header_name)):
            replace_file(out / name, header_data)
        media = Media(vault, out, known, holdings, meter, thorough=thorough)
        media.copy()
        manifest = mf.with_mac(
            Manifest(
                mf.FORMAT,
                vault.id,
                clock.now(),
                File(header_name, sha256_hex(header_data), len(header_data)),
                database_file,
                media.listed,
                bytes(32),
            ),
            vault.derive("backup"),
        )
        if vault.header.database != header.database or any(
            places.read_small(out / name, hdr.MAX_BYTES) != header_data
            for name in (header_name, mf.header_mirror(header_name))
        ):
            raise MachineError("vault.backup-mismatch")
        data = mf.serialise(manifest)
        replace_file(out / mf.NAME, data)
        if places.read_small(out / mf.NAME, mf.MAX_BYTES) != data:
            raise MachineError("vault.backup-mismatch")
    except BaseException:
        _discard(out, header_name, database_name)
        raise
    # The first copy alone decides; a disk too full for the second must not make this look like a failure.
    with suppress(MachineError):
        replace_file(out / mf.MIRROR, data)
    removed = _remove_others(out, manifest)
    return BackupReport(
        manifest.created,
        media.copied,
        len(media.listed) - media.copied,
        removed,
        media.bytes_copied + database_file.size,
        sum(file.size for file in media.listed) + database_file.size,
        media.read,
        media.renewed,
        tuple(sorted(media.damaged_here)),
        tuple(sorted(media.damaged)),
        min((file.read for file in media.listed), default=""),
    )


def _earlier(vault: Vault, out: Path) -> Manifest | None:
    found, damaged = backup_set.manifests(out)
    if found:
        # One that was made under the vault's key, before one that merely parses.
        key = vault.derive("backup")
        manifest = next((one for one in found if mf.is_authentic(one, key)), found[0])
        if manifest.vault != vault.id:
            raise InputError("vault.backup-other")
        return manifest
    if damaged:
        # Both lists are lost; the headers still say whose it is, and its files are compared, not trusted.
        whose = backup_set.vaults_in(out)
        if not whose:
            raise IntegrityError("vault.backup-altered")
        if whose != {vault.id}:
            raise InputError("vault.backup-other")
        return None
    with machine_errors():
        for path in out.iterdir():
            if not (path.name in (LOCK, places.MEDIA) or _is_ours(path.name)):
                raise MachineError("machine.exists")
    return None


def _copy_database(vault: Vault, target: Path, meter: Meter, total: int) -> File:
    source = vault.connect(read_only=True)
    try:
        meter.done = database.copy_database(
            source, target, vault.derive("db"), meter_progress(meter), total=total
        )
    finally:
        source.close()
    copy = database.open_database(target, vault.derive("db"))
    try:
        if check.examine(copy):
            raise IntegrityError("vault.database-altered")
    finally:
        copy.close()
    database.sync_file(target)
    # No connection to the copy is open any more, so a plain read harms no lock.
    digest, size = copying.hash_file(target, meter.tick)
    return File(target.name, digest, size)


def meter_progress(meter: Meter) -> Progress:
    """The Progress behind a Meter, for jobs that count by themselves."""

    def forward(done: int, _total: int | None, /) -> None:
        meter.tick(max(0, done - meter.done))

    return forward


class Media:
    """The media objects of one backup: which are kept, read again, copied, and which are whole nowhere."""

    def __init__(
        self,
        vault: Vault,
        out: Path,
        known: dict[str, MediaFile],
        holdings: Holdings | None,
        meter: Meter,
        *,
        thorough: bool,
    ) -> None:
        self._from, self._to = vault.media_folder, out / places.MEDIA
        self._known, self._holdings, self._meter = known, holdings, meter
        self._thorough = thorough
        self.listed: list[MediaFile] = []
        self.copied = self.bytes_copied = self.read = self.renewed = 0
        self.damaged_here: set[str] = set()
        self.damaged: set[str] = set()

    def copy(self) -> None:
        """Bring the media up to date. Raises MachineError, Cancelled."""
        here = copying.media_files(self._from)
        due = self._due()
        for name in sorted(here.keys() | self._known.keys()):
            old = self._known.get(name)
            size = here.get(name, -1)
            if name not in here and not self._is_held(name):
                # Erased: it is not listed, and so removed.
                continue
            if old is None:
                self._take(name)
            elif name in due or not old.size == size == _size(self._to / name):
                self._look_again(name, old)
            else:
                self._meter.tick(2 * size)
                self.listed.append(old)
        for name in self._held() - here.keys() - self._known.keys():
            # What is there by now was added while this went on: the copied database does not name it.
            if not (self._from / name).is_file():
                self._keep(name)
        self.listed.sort(key=lambda file: file.name)
        if self.copied or self.renewed:
            with machine_errors():
                sync_folder(self._to)

    def _due(self) -> set[str]:
        """The files of earlier backups whose turn it is: what was read longest ago first."""
        if self._thorough:
            return set(self._known)
        files = sorted(self._known.values(), key=lambda file: (file.read, file.name))
        left = max(LEAST_READ, sum(file.size for file in files) // ROUNDS)
        due: set[str] = set()
        for file in files:
            if left <= 0:
                break
            left -= file.size
            due.add(file.name)
        return due

    def _held(self) -> set[str]:
        return set() if self._holdings is None else set(self._holdings.names())

    def _is_held(self, name: str) -> bool:
        """Whether the vault still has a row for a file that is not in its place. Asked when it matters: it may
        have been erased since the backup began."""
        return name in self._held()

    def _look_again(self, name: str, old: MediaFile) -> None:
        """Read a file of an earlier backup; where it no longer matches, copy it again if the vault's own does."""
        source, target = self._from / name, self._to / name
        wanted = (old.sha256, old.size)
        ours_looked_at = self._thorough or _size(source) != old.size
        if self._hash(target) == wanted:
            self.listed.append(msgspec.structs.replace(old, read=clock.now()))
            self.read += 1
            if ours_looked_at and self._hash(source) != wanted:
                self.damaged_here.add(name)
        elif self._hash(source) == wanted:
            make_folder(target.parent)
            self._copy(source, target, wanted)
            self.listed.append(msgspec.structs.replace(old, read=clock.now()))
            self.read += 1
            self.renewed += 1
            self.copied += 1
        else:
            # Whole nowhere. It stays listed as it should be, so that a restore names it and takes what is left.
            self.damaged.add(name)
            self.listed.append(old)

    def _take(self, name: str) -> None:
        """A file that no trusted list names: new, or of a backup under an earlier key."""
        source, target = self._from / name, self._to / name
        try:
            there = self._hash(target) if target.is_file() else None
            ours = None if there is None else self._hash(source)
            whole = self._is_whole(source, name)
            if not whole and there is not None and there != ours and self._is_whole(target, name):
                self.damaged_here.add(name)
                self.listed.append(MediaFile(name, *there, clock.now()))
                return
            if there is None or there != ours:
                make_folder(target.parent)
                there = self._copy(source, target, ours)
                self.copied += 1
        except MachineError as error:
            if error.code == "machine.gone" and not source.exists() and self._from.is_dir():
                # Erased since it was listed.
                return
            raise
        if not whole:
            self.damaged.add(name)
        self.listed.append(MediaFile(name, *there, clock.now()))

    def _keep(self, name: str) -> None:
        """A file that the vault lost and no trusted list names: what the backup has of it stays."""
        target = self._to / name
        there = self._hash(target) if target.is_file() and not target.is_symlink() else None
        if there is None:
            self.damaged.add(name)
            return
        (self.damaged_here if self._is_whole(target, name) else self.damaged).add(name)
        self.listed.append(MediaFile(name, *there, clock.now()))

    def _is_whole(self, path: Path, name: str) -> bool:
        # Reading it a second time comes out of the system's memory, and is not counted.
        return self._holdings is None or self._holdings.is_whole(path, name, self._pulse)

    def _pulse(self, _count: int) -> None:
        self._meter.tick(0)

    def _hash(self, path: Path) -> tuple[Sha256, int] | None:
        """Hash and size of what the disk gives; None where there is no such file, or it can't be read."""
        try:
            return copying.hash_file(path, self._meter.tick)
        except MachineError as error:
            if error.code == "machine.disk-failing" or (
                error.code in ("machine.gone", "machine.is-folder", "machine.refused")
                and self._from.is_dir()
                and self._to.parent.is_dir()
            ):
                return None
            raise

    def _copy(self, source: Path, target: Path, wanted: tuple[Sha256, int] | None) -> tuple[Sha256, int]:
        """Copy and read back; what the vault's disk refuses becomes zeros, where nobody knows what it should be."""
        try:
            found = copying.copy_file(source, target, self._meter.tick)
        except MachineError as error:
            if error.code != "machine.disk-failing" or wanted is not None:
                raise
            found = copying.copy_readable(source, target, self._meter.tick)
        if found != (wanted or found) or copying.hash_file(target, self._meter.tick) != found:
            raise MachineError("vault.backup-mismatch")
        self.bytes_copied += found[1]
        return found


def _discard(out: Path, header_name: str, database_name: str) -> None:
    with suppress(MachineError):
        data = places.read_regular(out / mf.NAME, mf.MAX_BYTES)
        if data is not None and header_name.encode() in data:
            # The manifest took its place and only then something failed: this backup is the valid one.
            return
        database.remove_database(out / database_name)
        with machine_errors():
            (out / header_name).unlink(missing_ok=True)
            (out / mf.header_mirror(header_name)).unlink(missing_ok=True)


def _remove_others(out: Path, manifest: Manifest) -> int:
    """Remove headers, databases and media of earlier backups; the number of media files removed."""
    keep = {manifest.header.name, mf.header_mirror(manifest.header.name), manifest.database.name}
    removed = 0
    with machine_errors():
        for path in list(out.iterdir()):
            if _is_ours(path.name) and path.name not in keep:
                path.unlink(missing_ok=True)
        listed = {file.name for file in manifest.media}
        for path in list((out / places.MEDIA).glob("[0-9a-f][0-9a-f]/*")):
            name = f"{path.parent.name}/{path.name}"
            if name in listed:
                continue
            if mf.is_media_name(name) or mf.is_media_name(f"{path.parent.name}/{path.name[1:-5]}"):
                removed += mf.is_media_name(name)
                path.unlink(missing_ok=True)
    return removed


def _is_ours(name: str) -> bool:
    stem = name
    for ending in database.COMPANIONS:
        stem = stem.removesuffix(ending)
    return mf.is_set_name(stem) or (name.startswith((".vault-", f".{mf.NAME}")) and name.endswith(".part"))


def _size(path: Path) -> int:
    try:
        # A link in the place of a file has another size than the file, and is looked at.
        return path.lstat().st_size
    except OSError:
        return -1
