"""A vault out of a backup: all of it, verified against the manifest and read back, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from cairn.crypto.hashes import sha256_hex
from cairn.errors import InputError, IntegrityError, MachineError
from cairn.model.ports import Progress, no_progress
from cairn.paths import free_bytes, machine_errors, make_folder, sync_folder
from cairn.vault import check, copying, database
from cairn.vault import folder as places
from cairn.vault import header as hdr
from cairn.vault import keyslots as slots
from cairn.vault import manifest as mf
from cairn.vault.backup import Meter, read_manifest
from cairn.vault.header import Header
from cairn.vault.manifest import File, Manifest
from cairn.vault.sqlerrors import sql_errors
from cairn.vault.vault import Opener, Vault


def restore(
    backup: Path,
    folder: Path,
    passphrase_or_words: str | Sequence[str],
    progress: Progress = no_progress,
) -> Vault:
    """Make `folder` (new or empty) the vault that was backed up in `backup`, and open it.

    A string is a passphrase, a sequence recovery words: those that were valid when the backup was made. The
    backup is only read. Progress counts bytes, reading back included.

    Raises InputError `vault.not-a-backup`, `vault.wrong-passphrase`, `vault.wrong-words`, `vault.newer`,
    `vault.backup-inside`; IntegrityError `vault.backup-altered`; MachineError (`machine.exists`,
    `machine.disk-full`, …); Cancelled. Then nothing is left in `folder`.
    """
    if copying.same_place(backup, folder):
        raise InputError("vault.backup-inside")
    manifest, header, vmk, slot_id = _open(backup, passphrase_or_words)
    total = manifest.database.size + sum(file.size for file in manifest.media)
    existed = folder.exists()
    lock = places.start_folder(folder)
    try:
        if total > free_bytes(folder):
            raise MachineError("machine.disk-full")
        _fill(backup, folder, manifest, header, Meter(progress, 2 * total))
        key = slots.subkey(vmk, header.vault, "db")
        if database.begins_plain(folder / header.database):
            raise IntegrityError("vault.backup-altered")
        _verify_and_mark(folder / header.database, key)
        header = slots.with_mac(msgspec.structs.replace(header, retired=[]), vmk)
        places.write_header(folder, header)
        places.sweep(folder)
    except BaseException:
        places.abandon(folder, lock, remove_folder=not existed)
        raise
    return Vault(folder, header, vmk, slot_id, lock)


def _open(backup: Path, secret: str | Sequence[str]) -> tuple[Manifest, Header, bytearray, str]:
    data = read_manifest(backup)
    if data is None:
        with machine_errors():
            backup.stat()
        raise InputError("vault.not-a-backup")
    manifest = mf.parse(data)
    header = _read_header(backup, manifest)
    opener: Opener = (
        (lambda h: slots.open_with_passphrase(h, secret))
        if isinstance(secret, str)
        else (lambda h: slots.open_with_words(h, secret))
    )
    vmk, slot_id = opener(header)
    try:
        slots.check_mac(header, vmk)
    except IntegrityError as error:
        raise IntegrityError("vault.backup-altered") from error
    if header.vault != manifest.vault or not mf.is_authentic(
        manifest, slots.subkey(vmk, header.vault, "backup")
    ):
        raise IntegrityError("vault.backup-altered")
    return manifest, header, vmk, slot_id


def _read_header(backup: Path, manifest: Manifest) -> Header:
    try:
        data = places.read_small(backup / manifest.header.name, hdr.MAX_BYTES)
        if data is None or sha256_hex(data) != manifest.header.sha256:
            raise IntegrityError("vault.backup-altered")
        return hdr.parse(data)
    except IntegrityError as error:
        raise IntegrityError("vault.backup-altered") from error


def _fill(backup: Path, folder: Path, manifest: Manifest, header: Header, meter: Meter) -> None:
    for file in manifest.media:
        target = folder / places.MEDIA / file.name
        make_folder(target.parent)
        _copy(backup / places.MEDIA / file.name, target, file, meter)
    _copy(backup / manifest.database.name, folder / header.database, manifest.database, meter)
    with machine_errors():
        sync_folder(folder / places.MEDIA)


def _copy(source: Path, target: Path, file: File, meter: Meter) -> None:
    if not source.is_file() or source.is_symlink():
        raise IntegrityError("vault.backup-altered")
    wanted = (file.sha256, file.size)
    if copying.copy_file(source, target, meter.tick) != wanted:
        raise IntegrityError("vault.backup-altered")
    if copying.hash_file(target, meter.tick) != wanted:
        raise MachineError("vault.backup-mismatch")


def _verify_and_mark(path: Path, key: bytes) -> None:
    """Verify the copied database, and note inside it that its vault is not to be used as the original was."""
    try:
        connection = database.open_database(path, key)
        try:
            problems = check.examine(connection)
            if not problems:
                with sql_errors(path.parent):
                    connection.execute(f"PRAGMA user_version = {database.RESTORED}")
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
    except IntegrityError as error:
        raise IntegrityError("vault.backup-altered") from error
    if problems:
        raise IntegrityError("vault.backup-altered")
    database.sync_file(path)
