"""Where drafts wait while the database is being written: an encrypted file of their own, empty most of the time.

Whoever types must not wait for ten thousand records that are taken in. A draft that finds the writer busy is made
durable here, and moved into the database by whoever writes next or has just written. Each row has a number that is
never used again, and the database remembers, in the same transaction, up to which number it has taken them over: so
moving them twice, after a crash in between, changes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cairn.crypto.hashes import random_bytes
from cairn.errors import IntegrityError, MachineError
from cairn.model.ids import RecordId
from cairn.storage import secrets
from cairn.storage.work import Reader, Waiting, Work
from cairn.vault import database
from cairn.vault.sqlerrors import sql_errors

NAME = "drafts.db"
"""In the vault's folder."""
DAMAGED = ".damaged"
_KEY = "drafts-aside"
TAKEN = "drafts-aside-taken"
"""Key in the table `meta` of the number up to which they were taken over."""


class Aside:
    """The file beside the database. Every method may be called from any thread."""

    def __init__(self, path: Path, key: bytes, taken: int, *, still: bool = False) -> None:
        """`still`: nothing can be written there, and what waits is read as it lies."""
        self._path = path
        self._key = key
        self._lock = threading.Lock()
        self._connection: Any = None
        self._closed = False
        self._number = taken
        self._rows: dict[RecordId, Waiting] = {}
        self.damaged = False
        """Whether there was a file that could not be read: it is kept beside, and what waited in it is not here."""
        self._still = still
        if path.is_file():
            self._read(taken)
        elif not still:
            # Making it takes several syncs: whoever types must find it there. A full disk is no reason to stay shut.
            with suppress(MachineError), sql_errors(path.parent):
                self._open()

    @property
    def rows(self) -> Mapping[RecordId, Waiting]:
        """Record → draft, as of now; never changed, only replaced."""
        return self._rows

    def save(self, record: RecordId, data: bytes, join: Callable[[bytes, bytes], bytes]) -> None:
        """Keep a draft, durably, in place of the one that waits already, which `join` may add to it.

        Raises MachineError, `vault.locked` once it was closed: what would be written then stays open behind the lock.
        """
        with self._lock:
            if record in self._rows:
                data = join(self._rows[record].data, data)
            number = self._number + 1
            with sql_errors(self._path.parent):
                self._open().execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (record, number, data))
            self._number = number
            self._rows = {**self._rows, record: Waiting(number, data)}

    def drop(self, taken: int) -> None:
        """Forget what the database has taken over: all up to this number. Raises MachineError."""
        with self._lock:
            self._rows = {record: row for record, row in self._rows.items() if row.number > taken}
            with sql_errors(self._path.parent):
                self._open().execute("DELETE FROM draft WHERE n <= ?", (taken,))

    @property
    def log_size(self) -> int:
        """Bytes of the write-ahead log: what waited once is in it until `truncate`."""
        return database.wal_size(self._path)

    def truncate(self) -> None:
        """Empty the write-ahead log: nothing of what waited stays there. Whoever types meanwhile waits for it.

        Raises MachineError.
        """
        with self._lock, sql_errors(self._path.parent):
            if self._connection is not None:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the file for good. What waits in it is taken over at the next opening."""
        with self._lock:
            self._closed = True
            self._disconnect()

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _read(self, taken: int) -> None:
        try:
            with sql_errors(self._path.parent):
                if self._still:
                    self._connection = database.open_still(self._path, self._key)
                found = self._open().execute("SELECT record, n, data FROM draft").fetchall()
        except IntegrityError:
            # Not ours, or damaged: it must not keep a vault shut, and is kept beside for whoever can still read it.
            self._disconnect()
            if not self._still:
                database.set_database_apart(self._path, DAMAGED)
            self.damaged = True
            return
        for record, number, data in found:
            self._number = max(self._number, number)
            if number > taken:
                self._rows[record] = Waiting(number, data)

    def _open(self) -> Any:
        if self._closed:
            raise MachineError("vault.locked")
        if self._connection is None:
            if not self._path.is_file():
                database.create_database(self._path, self._key)
            self._connection = database.open_database(self._path, self._key)
            self._connection.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS draft"
                " (record TEXT PRIMARY KEY, n INTEGER NOT NULL, data BLOB NOT NULL) STRICT"
            )
        return self._connection


def taken(reader: Reader) -> int:
    """Up to which number this database, at this moment, has taken drafts over."""
    row = reader.one("SELECT value FROM meta WHERE key = ?", (TAKEN,))
    return 0 if row is None else int(row[0])


def note_taken(work: Work, number: int) -> None:
    """All up to this number are in the database once this unit of work is stored."""
    work.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (TAKEN, str(number)))


def key(reader: Reader) -> bytes | None:
    """The key of the file, which lies in the database: another vault key leaves it as it is. None in a new vault."""
    return secrets.get(reader, _KEY)


def make_key(work: Work) -> bytes:
    """A new key, kept in the database."""
    made = random_bytes(32)
    secrets.put(work, _KEY, made)
    return made
