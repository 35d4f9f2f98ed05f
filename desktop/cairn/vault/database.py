"""Connections to an encrypted database file, made one way only. FORMAT.md, "Database".

Each trap that this module walks around has a test:

- `PRAGMA key` does nothing, silently, when another SQLite library is loaded first, and then writes plain
  text. `Connection.set_key` fails in that case; the cipher's presence is asserted besides.
- 32 raw bytes as a key run the slow passphrase function instead; the key is given as `x'<64 hex>'`.
- Any plain open and close of a live database file by this process drops SQLite's locks on it. `begins_plain`
  may only be called while this process has no connection to the file.
- SQLite creates files 0644; an empty file is made first, its mode is inherited by `-wal` and `-shm`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sql

from cairn.errors import IntegrityError, MachineError
from cairn.model.ports import Progress
from cairn.paths import machine_errors, patiently, sync_folder
from cairn.vault.sqlerrors import sql_errors

APPLICATION_ID = 0x4361726E
"""`Carn`: in the (encrypted) database header."""
RESTORED = 1
"""`user_version` of a database that was just restored from a backup: its vault must get device keys of its own
before it is used, else it would be the double of the original. 0 otherwise."""
PLAIN_MAGIC = b"SQLite format 3\x00"
PART = ".part"
"""Behind the name of a database that is being made."""
COMPANIONS = ("-wal", "-shm", "-journal")
_BUSY_MS = 10_000
_COPY_PAGES = 256
_HEX = b"0123456789abcdef"
_WITHOUT_LOCKS = "win32-none" if sys.platform == "win32" else "unix-none"
"""SQLite's name for the system's files without locks, https://www.sqlite.org/vfs.html"""

_SETTINGS = (
    # (pragma, value to set, value that must be read back)
    ("temp_store", "MEMORY", 2),  # 1 would write plain text to /var/tmp
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("synchronous", "FULL", 2),
    ("fullfsync", "ON", 1),  # macOS: fsync alone leaves data in the drive's cache
    ("checkpoint_fullfsync", "ON", 1),
    ("cache_size", -64 * 1024, -64 * 1024),  # KiB; each page that is read again is decrypted again
)


class Connection(sql.Connection):  # type: ignore[misc]
    """A connection that tells its vault when it is closed. Statements commit by themselves unless begun."""

    on_close: Callable[[Connection], None] | None = None
    closed = False

    def close(self) -> None:
        """Close; may be called again."""
        super().close()
        self.closed = True
        tell, self.on_close = self.on_close, None
        if tell is not None:
            tell(self)


def create_database(path: Path, key: bytes | bytearray) -> None:
    """Create an empty encrypted database (0600) and check that what lies on the disk is not plain.

    It gets its name when it is whole and durable: a crash leaves none, and a part that the next attempt removes.
    Raises MachineError, also `machine.exists`; then nothing is left.
    """
    if os.path.lexists(path):
        raise MachineError("machine.exists")
    part = path.with_name(path.name + PART)
    remove_database(part)
    try:
        make_empty(part)
        connection = _keyed(part, key)
        try:
            with sql_errors(path.parent):
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
                _settle(connection)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
        if begins_plain(part):
            raise MachineError("vault.cipher-missing")
        sync_file(part)
        with machine_errors():
            patiently(lambda: os.rename(part, path))
            sync_folder(path.parent)
    except BaseException:
        with suppress(MachineError):
            remove_database(part)
        raise


def open_database(path: Path, key: bytes | bytearray, *, read_only: bool = False) -> Connection:
    """A connection with every setting made and asserted. `key` is 32 bytes.

    `read_only` refuses writes (`query_only`). Raises IntegrityError `vault.database-altered` when the
    key doesn't fit or the first page is damaged, MachineError when the file can't be opened.
    """
    connection = _keyed(path, key)
    try:
        with sql_errors(path.parent):
            # The first read is where a wrong key shows.
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            _settle(connection)
            if read_only:
                connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def open_still(path: Path, key: bytes | bytearray) -> Connection:
    """A connection to a database that nobody writes, wherever it lies: nothing is written beside it.

    What a `-wal` holds is read with it. SQLite wants a `-shm` for that, which it could not make here; one who has the
    database for itself keeps that index in memory instead, and on a medium without locks nobody asks for them.
    Raises as `open_database`.
    """
    logged = wal_size(path) > 0
    connection = _keyed(path, key, "mode=ro&" + (f"vfs={_WITHOUT_LOCKS}" if logged else "immutable=1"))
    try:
        with sql_errors():
            if logged:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            for name in (
                "temp_store = MEMORY",
                "trusted_schema = OFF",
                "cell_size_check = ON",
                "query_only = ON",
            ):
                connection.execute(f"PRAGMA {name}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def copy_database(
    source: Connection, target: Path, key: bytes | bytearray, progress: Progress, *, done: int = 0, total: int
) -> int:
    """Copy the database behind `source` into the new file `target`, encrypted under `key` and a new salt.

    One read transaction holds the state that is copied, so that a writer may go on meanwhile. Pages
    stay in memory while they are re-encrypted. Returns the bytes copied. Raises MachineError, Cancelled;
    then `target` and its companions are gone.
    """
    make_empty(target)
    stopped: list[BaseException] = []
    page_size = 4096
    copied = 0

    def step(_status: int, remaining: int, pages: int) -> None:
        nonlocal copied
        copied = (pages - remaining) * page_size
        try:
            progress(done + copied, total)
        except BaseException as error:
            stopped.append(error)
            raise

    try:
        copy = _keyed(target, key)
        try:
            with sql_errors(target.parent):
                source.execute("BEGIN")
                try:
                    source.execute("SELECT count(*) FROM sqlite_master").fetchall()
                    source.backup(copy, pages=_COPY_PAGES, progress=step)
                    if source.closed:
                        raise MachineError("vault.locked")
                finally:
                    if not source.closed:
                        source.execute("ROLLBACK")
        finally:
            copy.close()
        sync_file(target)
    except BaseException as error:
        remove_database(target)
        # sqlcipher3 may put its own error in the place of the one that the callback raised.
        if stopped and error is not stopped[0]:
            raise stopped[0] from None
        raise
    return copied


def wal_size(path: Path) -> int:
    """Bytes of the write-ahead log beside a database; 0 where there is none."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size
    except OSError:
        return 0


def remove_database(path: Path) -> None:
    """Remove a database file and its companions, if there. Raises MachineError."""
    with machine_errors():
        for name in (path.name, *(path.name + ending for ending in COMPANIONS)):
            path.with_name(name).unlink(missing_ok=True)


def set_database_apart(path: Path, ending: str) -> None:
    """Give a database file and its companions another name, in place of what has it. Raises MachineError."""
    with machine_errors():
        for name in (path.name, *(path.name + each for each in COMPANIONS)):
            if path.with_name(name).exists():
                path.with_name(name).replace(path.with_name(name + ending))


def begins_plain(path: Path) -> bool:
    """Whether the file begins as an unencrypted database does.

    Only while this process has no connection to the file: see the head of this module.
    """
    with machine_errors():
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        try:
            return os.read(handle, len(PLAIN_MAGIC)) == PLAIN_MAGIC
        finally:
            os.close(handle)


def make_empty(path: Path) -> None:
    """A new empty file, 0600. Raises MachineError `machine.exists`."""
    with machine_errors():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def sync_file(path: Path) -> None:
    """Make the file durable. Only for files without an open connection."""
    with machine_errors():
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _keyed(path: Path, key: bytes | bytearray, mode: str = "mode=rw") -> Connection:
    if not path.is_file():
        # mode=rw never creates; without it a lost database would come back as an empty one.
        raise MachineError("vault.database-missing" if path.parent.is_dir() else "machine.gone")
    uri = path.absolute().as_uri() + "?" + mode
    with sql_errors(path.parent):
        connection: Connection = sql.connect(
            uri,
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_MS / 1000,
            factory=Connection,
        )
    spec = _key_spec(key)
    try:
        # Before the key, because a wrong key is what it would print to stderr. Another library ignores it.
        connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
        try:
            connection.set_key(spec)
        except sql.Error as error:
            raise MachineError("vault.cipher-missing") from error
        if not _ask(connection, "cipher_version") or str(_ask(connection, "cipher_status")) != "1":
            raise MachineError("vault.cipher-missing")
    except BaseException:
        connection.close()
        raise
    finally:
        for place in range(len(spec)):
            spec[place] = 0
    return connection


def _key_spec(key: bytes | bytearray) -> bytearray:
    # Written digit by digit into one buffer: bytes.hex() would leave a copy that can't be overwritten.
    if len(key) != 32:
        raise ValueError("32 bytes")
    spec = bytearray(67)
    spec[0:2] = b"x'"
    spec[66] = ord("'")
    for place, byte in enumerate(key):
        spec[2 + 2 * place] = _HEX[byte >> 4]
        spec[3 + 2 * place] = _HEX[byte & 15]
    return spec


def _settle(connection: Connection) -> None:
    for name, value, expected in _SETTINGS:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        if _ask(connection, name) != expected:
            raise MachineError("vault.setting-refused", setting=name)
    if _ask(connection, "journal_mode = WAL") != "wal":
        raise MachineError("vault.setting-refused", setting="journal_mode")
    if _ask(connection, "auto_vacuum") != 2:
        raise IntegrityError("vault.database-altered")


def versions() -> dict[str, str]:
    """Versions of SQLCipher and of the SQLite inside it. Raises MachineError `vault.cipher-missing`."""
    connection = sql.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
        if not cipher or not cipher[0]:
            raise MachineError("vault.cipher-missing")
        return {"sqlcipher": str(cipher[0]).split()[0], "sqlite": str(sql.sqlite_version)}
    finally:
        connection.close()


def _ask(connection: Connection, pragma: str) -> Any:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    return row[0] if row else None
