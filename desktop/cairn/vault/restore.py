"""A vault out of a backup: what is whole, verified and read back; what is not is named, and taken as far as it goes.

Without its database nothing is restored here; what is left of a damaged one is for `cairn.storage.salvage`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from cairn.crypto.hashes import sha256_hex
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.model.ids import Sha256
from cairn.model.ports import Progress, no_progress
from cairn.paths import free_bytes, machine_errors, make_folder, sync_folder
from cairn.vault import backup_set, check, copying, database
from cairn.vault import folder as places
from cairn.vault import keyslots as slots
from cairn.vault import manifest as mf
from cairn.vault.backup import Meter
from cairn.vault.backup_set import Opened
from cairn.vault.check import Problem
from cairn.vault.manifest import File
from cairn.vault.sqlerrors import sql_errors
from cairn.vault.vault import Vault

MISSING, DAMAGED = "vault.backup-media-missing", "vault.backup-media-damaged"


class Restored(msgspec.Struct, frozen=True):
    """A vault that was restored, open."""

    vault: Vault
    problems: list[Problem]
    """What of the backup was not whole. A media file is named by the value `name` (`xx/….cob`)."""


def restore(
    backup: Path,
    folder: Path,
    passphrase_or_words: str | Sequence[str],
    progress: Progress = no_progress,
) -> Restored:
    """Make `folder` (new or empty) the vault that was backed up in `backup`, and open it.

    A string is a passphrase, a sequence recovery words: those that were valid when the backup was made. The
    backup is only read. Media that are damaged come as they are, for the damaged reader; those that are
    missing stay away; both are named. Progress counts bytes, reading back included.

    Raises InputError `vault.not-a-backup`, `vault.wrong-passphrase`, `vault.wrong-words`, `vault.newer`,
    `vault.backup-inside`; IntegrityError `vault.backup-altered` (nothing opens), `vault.backup-database`
    (the database is damaged or missing); MachineError (`machine.exists`, `machine.disk-full`, …); Cancelled.
    Then nothing is left in `folder`.
    """
    if copying.same_place(backup, folder):
        raise InputError("vault.backup-inside")
    opened = backup_set.open_set(backup, passphrase_or_words)
    header, vmk = opened.header, opened.vmk
    media = backup_set.media_of(backup, opened)
    total = _size(backup / opened.database) + sum(_size(backup / places.MEDIA / name) for name in media)
    existed = folder.exists()
    lock = places.start_folder(folder)
    try:
        if total > free_bytes(folder):
            raise MachineError("machine.disk-full")
        meter = Meter(progress, 2 * total)
        problems = list(opened.problems)
        problems += _database(backup, folder, opened, meter)
        for name, file in media.items():
            problems += _media(backup, folder, name, file, meter)
        with machine_errors():
            sync_folder(folder / places.MEDIA)
        header = slots.with_mac(msgspec.structs.replace(header, retired=[]), vmk)
        places.write_header(folder, header)
        places.sweep(folder)
    except BaseException:
        places.abandon(folder, lock, remove_folder=not existed)
        raise
    return Restored(Vault(folder, header, vmk, opened.slot_id, lock), problems)


def inspect(
    backup: Path, secret: str | Sequence[str], progress: Progress = no_progress
) -> tuple[str, list[Problem]]:
    """Read a whole backup and hold it against its list: when it was made, and everything that is wrong.

    Writes nothing. Raises as `restore` when nothing opens, MachineError, Cancelled. Progress counts bytes.
    """
    return inspect_opened(backup, backup_set.open_set(backup, secret), progress)


def inspect_opened(backup: Path, opened: Opened, progress: Progress) -> tuple[str, list[Problem]]:
    """As `inspect`, of a backup that is open already."""
    problems = list(opened.problems)
    if not problems and not _copies_agree(backup, opened):
        problems.append(Problem("vault.backup-copy-used"))
    media = backup_set.media_of(backup, opened)
    total = _size(backup / opened.database) + sum(_size(backup / places.MEDIA / name) for name in media)
    meter = Meter(progress, total)
    database_file = opened.manifest.database if opened.manifest is not None else None
    found = _hashed(backup / opened.database, meter)
    if found is None or (database_file is not None and found != (database_file.sha256, database_file.size)):
        problems.append(Problem("vault.backup-database"))
    elif database_file is None:
        problems += _examined(backup / opened.database, slots.subkey(opened.vmk, opened.header.vault, "db"))
    for name, file in media.items():
        path = backup / places.MEDIA / name
        found = _hashed(path, meter)
        if not _is_there(path):
            problems.append(Problem(MISSING, {"name": name}))
        elif found is None or (file is not None and found != (file.sha256, file.size)):
            problems.append(Problem(DAMAGED, {"name": name}))
    return (opened.manifest.created if opened.manifest is not None else ""), problems


def _copies_agree(backup: Path, opened: Opened) -> bool:
    """Whether both copies of the list and of the header are there and the same, not only the ones that were used."""
    if opened.manifest is None:
        return False
    listed = mf.serialise(opened.manifest)
    if any(places.read_regular(backup / name, mf.MAX_BYTES) != listed for name in (mf.NAME, mf.MIRROR)):
        return False
    data = [
        places.read_regular(backup / name)
        for name in (opened.header_file, mf.header_mirror(opened.header_file))
    ]
    return all(each is not None and sha256_hex(each) == opened.manifest.header.sha256 for each in data)


def _examined(path: Path, key: bytes) -> list[Problem]:
    """What is wrong with a database that only lies there: on a medium that may be read-only."""
    try:
        connection = database.open_still(path, key)
        try:
            return [Problem("vault.backup-database")] if check.examine(connection) else []
        finally:
            connection.close()
    except IntegrityError:
        return [Problem("vault.backup-database")]


def _database(backup: Path, folder: Path, opened: Opened, meter: Meter) -> list[Problem]:
    """Copy the database, verify it and mark it as restored. Raises IntegrityError `vault.backup-database`."""
    source, target = backup / opened.database, folder / opened.header.database
    if not _is_there(source):
        raise IntegrityError("vault.backup-database")
    try:
        found = copying.copy_file(source, target, meter.tick)
    except MachineError as error:
        if error.code == "machine.disk-failing":
            raise IntegrityError("vault.backup-database") from error
        raise
    if copying.hash_file(target, meter.tick) != found:
        raise MachineError("vault.backup-mismatch")
    if database.begins_plain(target):
        raise IntegrityError("vault.backup-altered")
    _verify_and_mark(target, slots.subkey(opened.vmk, opened.header.vault, "db"))
    wanted = opened.manifest.database if opened.manifest is not None else None
    if wanted is not None and found != (wanted.sha256, wanted.size):
        # Its own seals are whole, but it is not the one that was backed up: an older one, perhaps.
        return [Problem("vault.backup-other-database")]
    return []


def _media(backup: Path, folder: Path, name: str, file: File | None, meter: Meter) -> list[Problem]:
    source, target = backup / places.MEDIA / name, folder / places.MEDIA / name
    if not _is_there(source):
        return [Problem(MISSING, {"name": name})]
    make_folder(target.parent)
    problems: list[Problem] = []
    try:
        found = copying.copy_file(source, target, meter.tick)
    except MachineError as error:
        if error.code != "machine.disk-failing":
            raise
        found = copying.copy_readable(source, target, meter.tick)
        problems = [Problem(DAMAGED, {"name": name})]
    if copying.hash_file(target, meter.tick) != found:
        raise MachineError("vault.backup-mismatch")
    if file is not None and found != (file.sha256, file.size):
        problems = [Problem(DAMAGED, {"name": name})]
    return problems


def _is_there(path: Path) -> bool:
    """Whether a file lies there; a link to another one is none of the backup's."""
    return path.is_file() and not path.is_symlink()


def _hashed(path: Path, meter: Meter) -> tuple[Sha256, int] | None:
    if not _is_there(path):
        return None
    try:
        return copying.hash_file(path, meter.tick)
    except MachineError as error:
        if error.code == "machine.disk-failing":
            return None
        raise


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


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
    except CairnError as error:
        # SQLCipher reports a page that doesn't authenticate as a failing disk.
        if isinstance(error, IntegrityError) or error.code == "machine.disk-failing":
            raise IntegrityError("vault.backup-database") from error
        raise
    if problems:
        raise IntegrityError("vault.backup-database")
    database.sync_file(path)
