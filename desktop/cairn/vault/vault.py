"""An unlocked vault, and the ways to get one: create, unlock with passphrase, words or escrow."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from cairn.crypto import passphrase as phrases
from cairn.crypto.age import Identity
from cairn.crypto.hashes import random_bytes
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.model.ids import new_id
from cairn.paths import FileLock, machine_errors
from cairn.vault import database, reserve
from cairn.vault import folder as places
from cairn.vault import header as hdr
from cairn.vault import identity_key as identities
from cairn.vault import keyslots as slots
from cairn.vault.database import Connection
from cairn.vault.header import Header
from cairn.vault.keyslots import SlotInfo

Opener = Callable[[Header], tuple[bytearray, str]]


class VaultOutside(msgspec.Struct, frozen=True):
    """What anyone sees of a vault without a key."""

    folder_name: str
    format: str
    has_escrow: bool
    has_recovery: bool


class Vault:
    """An unlocked vault folder: the vault key, the header, the instance lock, the open connections.

    Python can't promise that no copy of a key stays in memory; `lock` shortens its life. Use from any
    thread; changes of the header (see `keys.py`) exclude each other.
    """

    def __init__(self, folder: Path, header: Header, vmk: bytearray, slot_id: str, lock: FileLock) -> None:
        self.folder = folder
        self.id = header.vault
        self.opened_by = slot_id
        """Id of the slot that opened it."""
        self.header_repaired = False
        """Whether the header was found damaged and put right from its mirror at unlock."""
        self._header = header
        self._vmk: bytearray | None = vmk
        self._lock = lock
        self._guard = threading.RLock()
        self._connections: set[Connection] = set()
        self._found: tuple[int, int, str] | None = None
        """Device and number of the database's file, to notice that it went away."""

    @property
    def media_folder(self) -> Path:
        """Where the encrypted media objects lie."""
        return self.folder / places.MEDIA

    @property
    def header(self) -> Header:
        """The header as it is on the disk."""
        return self._header

    @property
    def database_path(self) -> Path:
        """The live database. Never open it but by `connect`: see `database.py`."""
        return self.folder / self._header.database

    @property
    def guard(self) -> threading.RLock:
        """Held while the header or the vault key changes."""
        return self._guard

    @property
    def locked(self) -> bool:
        """Whether `lock` was called."""
        return self._vmk is None

    @property
    def connection_count(self) -> int:
        """Connections that are open now."""
        with self._guard:
            return len(self._connections)

    def connect(self, *, read_only: bool = False) -> Connection:
        """A new connection to the database (see `database.open_database` for what it asserts and raises).

        May be used from any thread, by one at a time. Close it before `lock`. On a full disk the reserve
        is released first. Raises MachineError `vault.locked` after `lock`.
        """
        with self._guard:
            connection = _open_database(self.database_path, self.derive("db"), read_only=read_only)
            connection.on_close = self._forget
            self._connections.add(connection)
            return connection

    def derive(self, label: str) -> bytes:
        """The 32-byte key for the purpose `label`. Raises MachineError `vault.locked`."""
        return slots.subkey(self.key, self.id, label)

    def identity_key(self) -> bytearray:
        """The identity key, out of the slot that opens with the vault; the caller's to overwrite.

        Raises MachineError `vault.locked`, IntegrityError `vault.header-altered`.
        """
        with self._guard:
            return identities.open_with_vault(self._header, self.key)

    @property
    def key(self) -> bytearray:
        """The vault key itself, for this package alone. Raises MachineError `vault.locked`."""
        if self._vmk is None:
            raise MachineError("vault.locked")
        return self._vmk

    def require_present(self) -> None:
        """Raise MachineError `machine.gone` when the folder is no longer where it was (a stick was pulled).

        SQLite would go on writing into files that nobody finds again.
        """
        with machine_errors():
            found = os.stat(self.database_path)
        if self._found is None:
            self._found = (found.st_dev, found.st_ino, self.database_path.name)
        elif self._found != (found.st_dev, found.st_ino, self.database_path.name):
            raise MachineError("machine.gone")

    def lock(self) -> None:
        """Close what is still open, overwrite the vault key, let others open the vault. Idempotent."""
        with self._guard:
            for connection in list(self._connections):
                # A straggler would keep the database key in memory; what it runs is stopped first.
                connection.interrupt()
                connection.close()
            vmk, self._vmk = self._vmk, None
            for place in range(len(vmk or b"")):
                vmk[place] = 0  # type: ignore[index]
            self._lock.release()

    def adopt(self, header: Header, vmk: bytearray | None = None, slot_id: str | None = None) -> None:
        """Take over a header that was written, and a rotated key. For this package alone."""
        with self._guard:
            self._header = header
            self.opened_by = slot_id or self.opened_by
            if vmk is not None:
                old, self._vmk = self.key, vmk
                self._found = None
                for place in range(len(old)):
                    old[place] = 0

    def _forget(self, connection: Connection) -> None:
        with self._guard:
            self._connections.discard(connection)


def create(
    folder: Path, passphrase: str, *, cost: phrases.Argon2Cost | None = None
) -> tuple[Vault, list[str]]:
    """Make `folder` (new, empty, or left by an interrupted creation) a vault; the second value is the 24
    recovery words, which are kept nowhere.

    Without `cost` the largest one that takes at most 0.8 s here. Raises InputError
    `vault.passphrase-empty`, MachineError (`machine.exists`, `vault.in-use`, …); then nothing is left.
    """
    if not passphrase.strip():
        raise InputError("vault.passphrase-empty")
    existed = folder.exists()
    lock = places.start_folder(folder)
    try:
        vmk = bytearray(random_bytes(slots.KEY_BYTES))
        vault_id = new_id()
        first = slots.make_passphrase(vmk, vault_id, passphrase, cost or phrases.calibrate(), label="")
        second, words = slots.make_recovery(vmk, vault_id)
        identity = identities.make_slots(identities.generate(), vmk, vault_id, words)
        header = slots.with_mac(
            Header(hdr.FORMAT, vault_id, hdr.FIRST_DATABASE, [], identity, [], [first, second], bytes(32)),
            vmk,
        )
        database.create_database(folder / header.database, slots.subkey(vmk, vault_id, "db"))
        places.write_header(folder, header)
        places.sweep(folder)
    except BaseException:
        places.abandon(folder, lock, remove_folder=not existed)
        raise
    return Vault(folder, header, vmk, first.id, lock), words


def unlock(folder: Path, passphrase: str) -> Vault:
    """Open the vault in `folder`.

    Raises InputError `vault.wrong-passphrase`, `vault.not-a-vault`, `vault.newer`,
    `vault.cost-refused`; IntegrityError `vault.header-altered`, `vault.database-altered`,
    `vault.database-plain`; MachineError `vault.in-use`, `vault.database-missing`, `machine.…`.
    """
    return open_folder(folder, lambda header: slots.open_with_passphrase(header, passphrase))


def unlock_with_words(folder: Path, words: Sequence[str] | str) -> Vault:
    """As `unlock`, with the 24 recovery words. Raises InputError `vault.wrong-words` in its place."""
    return open_folder(folder, lambda header: slots.open_with_words(header, words))


def open_escrow(folder: Path, identity: Identity) -> Vault:
    """As `unlock`, with the age identity of an office. Raises InputError `vault.no-escrow` in its place."""
    return open_folder(folder, lambda header: slots.open_with_identity(header, identity))


def peek(folder: Path) -> VaultOutside:
    """What can be seen without a key. Raises as `unlock` does, and takes no lock."""
    header = places.read_headers(folder)[0]
    return VaultOutside(
        folder.name,
        header.format,
        any(isinstance(slot, hdr.EscrowSlot) for slot in header.slots),
        any(isinstance(slot, hdr.RecoverySlot) for slot in header.slots),
    )


def slots_of(vault: Vault | Path) -> list[SlotInfo]:
    """The key slots. Of a folder: ids and kinds alone, the notes are sealed."""
    if isinstance(vault, Path):
        return [SlotInfo(slot.id, slots.kind(slot)) for slot in places.read_headers(vault)[0].slots]
    with vault.guard:
        return [slots.info(vault.key, vault.id, slot) for slot in vault.header.slots]


def open_folder(folder: Path, opener: Opener) -> Vault:
    """Open the vault in `folder` by whatever `opener` finds the key with."""
    # Before the lock, which would leave its file in a folder that is no vault.
    places.read_headers(folder)
    lock = places.take_lock(folder)
    try:
        # Again under the lock: another program may have changed the passphrase meanwhile.
        headers = places.read_headers(folder)
        header, vmk, slot_id = first_that_opens(headers, opener)
        _check_database(folder / header.database, slots.subkey(vmk, header.vault, "db"))
        places.sweep(folder)
        if header.retired:
            places.retire(folder, header)
            header = slots.with_mac(msgspec.structs.replace(header, retired=[]), vmk)
            places.write_header(folder, header)
        repaired = places.heal(folder, header)
    except BaseException:
        lock.release()
        raise
    vault = Vault(folder, header, vmk, slot_id, lock)
    vault.header_repaired = repaired
    return vault


def first_that_opens(headers: Sequence[Header], opener: Opener) -> tuple[Header, bytearray, str]:
    """(header, vault key, id of the slot) of the first header that opens and whose MAC holds. Raises as `unlock`."""
    failure: CairnError | None = None
    for header in headers:
        try:
            vmk, slot_id = opener(header)
            slots.check_mac(header, vmk)
        except (InputError, IntegrityError) as error:
            # That the header was altered says more than that the mirror doesn't open.
            if failure is None or isinstance(error, IntegrityError):
                failure = error
            continue
        return header, vmk, slot_id
    raise failure or InputError("vault.not-a-vault")


def _check_database(path: Path, key: bytes) -> None:
    # No connection is open yet and the lock keeps other programs out, so a plain read is safe here.
    if path.is_file() and database.begins_plain(path):
        raise IntegrityError("vault.database-plain")
    _open_database(path, key).close()


def _open_database(path: Path, key: bytes, *, read_only: bool = False) -> Connection:
    try:
        return database.open_database(path, key, read_only=read_only)
    except MachineError as error:
        # Even reading needs 32 KiB for SQLite's `-shm`: this is what the reserve is for.
        if error.code != "machine.disk-full" or not reserve.release(path.parent):
            raise
    return database.open_database(path, key, read_only=read_only)
