"""Backup of a vault into a folder: header, database, media; only what is new is copied.

The manifest is the commit point: until it is replaced the earlier backup is whole, afterwards the new one.
What was erased from the vault is removed from the backup as well. FORMAT.md, "Backup".
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from cairn.crypto.hashes import random_bytes, sha256_hex
from cairn.errors import InputError, IntegrityError, MachineError
from cairn.model import clock
from cairn.model.ports import Progress, no_progress
from cairn.paths import machine_errors, make_folder, replace_file, sync_folder
from cairn.vault import check, copying, database
from cairn.vault import folder as places
from cairn.vault import header as hdr
from cairn.vault import manifest as mf
from cairn.vault.manifest import File, Manifest
from cairn.vault.vault import Vault

LOCK = "backup.lock"


class BackupReport(msgspec.Struct, frozen=True):
    """What a backup did. Sizes in bytes."""

    created: str
    files_copied: int
    files_kept: int
    files_removed: int
    bytes_copied: int
    bytes_total: int


class Meter:
    """Counts bytes for a Progress."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self.done = progress, total, 0

    def tick(self, count: int) -> None:
        """`count` more bytes are done. Raises Cancelled."""
        self.done += count
        self._progress(min(self.done, self._total), self._total)


def backup(
    vault: Vault, out: Path, progress: Progress = no_progress, *, thorough: bool = False
) -> BackupReport:
    """Bring the backup in `out` up to date, or begin one in a new or empty folder.

    Every file written is read back from the disk; `thorough` reads those that were there already, too. A
    writer may go on meanwhile. Progress counts bytes, reading back included.

    Raises InputError `vault.backup-inside`, `vault.backup-other`; IntegrityError `vault.backup-altered` (the
    manifest there is damaged), `vault.database-altered`; MachineError, also `vault.backup-mismatch`;
    Cancelled. Then the earlier backup is as it was; media copied whole stay for the next attempt.
    """
    if copying.same_place(vault.folder, out):
        raise InputError("vault.backup-inside")
    make_folder(out)
    earlier = _earlier(vault, out)
    lock = places.take_lock(out, LOCK)
    try:
        return _backup(vault, out, earlier, progress, thorough=thorough)
    finally:
        lock.release()


def _backup(
    vault: Vault, out: Path, earlier: Manifest | None, progress: Progress, *, thorough: bool
) -> BackupReport:
    key = vault.derive("backup")
    # A manifest under an earlier vault key can't be checked: its files are then compared, not trusted.
    trusted = earlier is not None and mf.is_authentic(earlier, key) and not thorough
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
        replace_file(out / header_name, hdr.serialise(header))
        header_data = hdr.serialise(header)
        media, copied = _copy_media(vault, out, known, meter)
        manifest = mf.with_mac(
            Manifest(
                mf.FORMAT,
                vault.id,
                clock.now(),
                File(header_name, sha256_hex(header_data), len(header_data)),
                database_file,
                media,
                bytes(32),
            ),
            vault.derive("backup"),
        )
        if vault.header.database != header.database or places.read_small(
            out / header_name, hdr.MAX_BYTES
        ) != hdr.serialise(header):
            raise MachineError("vault.backup-mismatch")
        replace_file(out / mf.NAME, mf.serialise(manifest))
    except BaseException:
        _discard(out, header_name, database_name)
        raise
    removed = _remove_others(out, manifest)
    media_bytes = sum(file.size for file in media)
    return BackupReport(
        manifest.created,
        len(copied),
        len(media) - len(copied),
        removed,
        sum(file.size for file in copied) + database_file.size,
        media_bytes + database_file.size,
    )


def _earlier(vault: Vault, out: Path) -> Manifest | None:
    data = read_manifest(out)
    if data is not None:
        manifest = mf.parse(data)
        if manifest.vault != vault.id:
            raise InputError("vault.backup-other")
        return manifest
    with machine_errors():
        for path in out.iterdir():
            if not (path.name in (LOCK, places.MEDIA) or _is_ours(path.name)):
                raise MachineError("machine.exists")
    return None


def read_manifest(folder: Path) -> bytes | None:
    """The bytes of a backup's manifest, None without one. Raises IntegrityError, MachineError."""
    try:
        return places.read_small(folder / mf.NAME, mf.MAX_BYTES)
    except IntegrityError as error:
        raise IntegrityError("vault.backup-altered") from error


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


def _copy_media(
    vault: Vault, out: Path, known: dict[str, File], meter: Meter
) -> tuple[list[File], list[File]]:
    listed: list[File] = []
    copied: list[File] = []
    for name, size in copying.media_files(vault.media_folder).items():
        source, target = vault.media_folder / name, out / places.MEDIA / name
        old = known.get(name)
        if old is not None and old.size == size == _size(target):
            meter.tick(2 * size)
            listed.append(old)
            continue
        make_folder(target.parent)
        try:
            file, was_copied = _take(source, target, name, meter)
        except MachineError as error:
            if error.code == "machine.gone" and not source.exists() and vault.media_folder.is_dir():
                # Erased since it was listed.
                continue
            raise
        listed.append(file)
        if was_copied:
            copied.append(file)
    if copied:
        with machine_errors():
            sync_folder(out / places.MEDIA)
    return listed, copied


def _take(source: Path, target: Path, name: str, meter: Meter) -> tuple[File, bool]:
    if target.is_file():
        wanted = copying.hash_file(source, meter.tick)
        if copying.hash_file(target, meter.tick) == wanted:
            return File(name, *wanted), False
    wanted = copying.copy_file(source, target, meter.tick)
    if copying.hash_file(target, meter.tick) != wanted:
        raise MachineError("vault.backup-mismatch")
    return File(name, *wanted), True


def _discard(out: Path, header_name: str, database_name: str) -> None:
    with suppress(MachineError):
        data = read_manifest(out)
        if data is not None and header_name.encode() in data:
            # The manifest took its place and only then something failed: this backup is the valid one.
            return
        database.remove_database(out / database_name)
        with machine_errors():
            (out / header_name).unlink(missing_ok=True)


def _remove_others(out: Path, manifest: Manifest) -> int:
    """Remove headers, databases and media of earlier backups; the number of media files removed."""
    keep = {manifest.header.name, manifest.database.name}
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
        return path.stat().st_size
    except OSError:
        return -1
