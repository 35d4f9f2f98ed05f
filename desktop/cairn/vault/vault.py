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
from cairn.paths import FileLock, free_bytes, machine_errors
from cairn.vault import database, reserve
from cairn.vault import folder as places
from cairn.vault import header as hdr
from cairn.vault import identity_key as identities
from cairn.vault import keyslots as slots
from cairn.vault.database import Connection
from cairn.vault.header import Header
from cairn.vault.keyslots import SlotInfo

Opener = Callable[[Header], tuple[bytearray, str]]
TO_READ = {
    "machine.read-only": "vault.to-read-medium",
    "machine.not-allowed": "vault.to-read-folder",
    "machine.disk-full": "vault.to-read-full",
}
"""What keeps a vault from being written, and nobody from reading it, with what is said of it."""
_ROOM = 256 * 1024
"""Bytes that must be free before a vault that could only be read is opened to write again."""


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
        self.to_read = ""
        """Code that says why it is open to be read only; empty where it can be written too."""
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
        is released first. Raises MachineError `vault.locked` after `lock`, and `to_read` where something
        is to be written and can't.
        """
        with self._guard:
            if self.to_read and read_only:
                connection = database.open_still(self.database_path, self.derive("db"))
            else:
                self.require_writing()
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

    def require_writing(self) -> None:
        """Raise MachineError with the code `to_read` where the vault is open to be read only."""
        if self.to_read:
            raise MachineError(self.to_read)

    def read_from_now(self, error: MachineError) -> None:
        """Nothing can be written, as `error` says: from now on it is open to be read. No connection may be open.

        Raises `error` where it says something else, or where that is known already.
        """
        if self.to_read or error.code not in TO_READ:
            raise error
        with self._guard:
            self.to_read = TO_READ[error.code]

    def require_room(self) -> None:
        """Raise MachineError with the code that `to_read` then has, where writing plainly can't begin yet.

        Cheap, and disturbs nobody who reads.
        """
        try:
            places.require_writable(self.folder, self._header)
            if free_bytes(self.folder) < _ROOM:
                raise MachineError("machine.disk-full")
        except MachineError as error:
            self.to_read = TO_READ.get(error.code, self.to_read)
            raise MachineError(TO_READ.get(error.code, error.code)) from error

    def begin_writing(self) -> None:
        """Try again to open it for writing too; it stays open to be read where that fails. No connection may be open.

        Raises MachineError with the code that `to_read` then has, `vault.in-use`, `vault.changed` where another
        program has changed keys or header since, and others.
        """
        with self._guard:
            if not self.to_read:
                return
            before, self._lock = self._lock, FileLock(None)
            before.release()
            try:
                self._lock = places.take_lock(self.folder)
                if self._header not in places.read_headers(self.folder):
                    raise MachineError("vault.changed")
                self._header, self.header_repaired = _make_ready(self.folder, self._header, self.key)
            except CairnError as error:
                self._lock.release()
                self._lock = places.take_still_lock(self.folder)
                if error.code not in TO_READ:
                    raise
                self.to_read = TO_READ[error.code]
                self.require_writing()
            self.to_read = ""

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
    """Open the vault in `folder` by whatever `opener` finds the key with: to be read, where it can't be written."""
    # Before the lock, which would leave its file in a folder that is no vault.
    places.read_headers(folder)
    to_read = ""
    try:
        lock = places.take_lock(folder)
    except MachineError as error:
        if error.code not in TO_READ:
            raise
        to_read, lock = TO_READ[error.code], places.take_still_lock(folder)
    repaired = False
    try:
        # Again under the lock: another program may have changed the passphrase meanwhile.
        headers = places.read_headers(folder)
        header, vmk, slot_id = first_that_opens(headers, opener)
        if not to_read:
            try:
                header, repaired = _make_ready(folder, header, vmk)
            except MachineError as error:
                if error.code not in TO_READ:
                    raise
                to_read = TO_READ[error.code]
        if to_read:
            _check_still(folder / header.database, slots.subkey(vmk, header.vault, "db"))
    except BaseException:
        lock.release()
        raise
    vault = Vault(folder, header, vmk, slot_id, lock)
    vault.header_repaired = repaired
    vault.to_read = to_read
    return vault


def _make_ready(folder: Path, header: Header, vmk: bytearray) -> tuple[Header, bool]:
    """Make a folder whose lock is held ready to be worked in; its header, and whether that was put right."""
    places.require_writable(folder, header)
    _check_database(folder / header.database, slots.subkey(vmk, header.vault, "db"))
    places.sweep(folder)
    if header.retired:
        places.retire(folder, header)
        header = slots.with_mac(msgspec.structs.replace(header, retired=[]), vmk)
        places.write_header(folder, header)
    return header, places.heal(folder, header)


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


def _check_still(path: Path, key: bytes) -> None:
    if path.is_file() and database.begins_plain(path):
        raise IntegrityError("vault.database-plain")
    database.open_still(path, key).close()


def _open_database(path: Path, key: bytes, *, read_only: bool = False) -> Connection:
    try:
        return database.open_database(path, key, read_only=read_only)
    except MachineError as error:
        # Even reading needs 32 KiB for SQLite's `-shm`: this is what the reserve is for.
        if error.code != "machine.disk-full" or not reserve.release(path.parent):
            raise
    return database.open_database(path, key, read_only=read_only)
