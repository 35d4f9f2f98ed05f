"""SQLite's errors by whose fault they are. For `vault` and `storage` alike.

Only what the world or an attacker can cause is translated; anything else (a wrong statement, a broken
constraint) is a bug of ours and passes as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sql

from cairn.errors import CairnError, Cancelled, IntegrityError, MachineError
from cairn.paths import free_bytes

# Primary result codes, https://www.sqlite.org/rescode.html
PERM, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT = 3, 5, 6, 7, 8, 9, 10, 11
FULL, CANTOPEN, PROTOCOL, NOTADB = 13, 14, 15, 26

_MACHINE = {
    PERM: "machine.not-allowed",
    BUSY: "vault.busy",
    LOCKED: "vault.busy",
    NOMEM: "machine.out-of-memory",
    READONLY: "machine.read-only",
    IOERR: "machine.disk-failing",
    FULL: "machine.disk-full",
    CANTOPEN: "machine.gone",
    PROTOCOL: "vault.busy",
}
# sqlite3_errstr(): for errors that sqlcipher3 raises without a code, those of `Connection.backup`.
_BY_TEXT = {
    "access permission denied": PERM,
    "database is locked": BUSY,
    "database table is locked": LOCKED,
    "out of memory": NOMEM,
    "attempt to write a readonly database": READONLY,
    "interrupted": INTERRUPT,
    "disk I/O error": IOERR,
    "database disk image is malformed": CORRUPT,
    "database or disk is full": FULL,
    "unable to open database file": CANTOPEN,
    "locking protocol": PROTOCOL,
    "file is not a database": NOTADB,
}
_SHM_BYTES = 64 * 1024
"""With less than this free, an IOERR is taken for a full disk: SQLite says IOERR when there is no room for the
`-shm` file, which grows by 32 KiB."""
_CLOSED = "closed database"
_INTEGRITY = {CORRUPT: "vault.database-altered", NOTADB: "vault.database-altered"}


def primary_code(error: BaseException) -> int:
    """SQLite's primary result code of `error`; 0 when it has none."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & 0xFF
    return _BY_TEXT.get(str(error), 0) if isinstance(error, sql.Error) else 0


def translate(error: BaseException, folder: Path | None = None) -> CairnError | None:
    """The CairnError for an error of sqlcipher3, or None when it is a bug of ours.

    With the `folder` of the database a full disk is told from a failing one also where SQLite doesn't.
    """
    code = primary_code(error)
    if code == IOERR and folder is not None:
        code = FULL if _is_full(folder) else IOERR
    if code in _MACHINE:
        return MachineError(_MACHINE[code])
    if code in _INTEGRITY:
        return IntegrityError(_INTEGRITY[code])
    if isinstance(error, sql.ProgrammingError) and _CLOSED in str(error):
        # SQLite has no code for it: the vault was locked while a worker still had its connection.
        return MachineError("vault.locked")
    return Cancelled() if code == INTERRUPT else None


@contextmanager
def sql_errors(folder: Path | None = None) -> Iterator[None]:
    """Turn SQLite's errors into CairnErrors at the border where they arise; `folder` as in `translate`."""
    try:
        yield
    except sql.Error as error:
        known = translate(error, folder)
        if known is None:
            raise
        raise known from error


def _is_full(folder: Path) -> bool:
    try:
        return free_bytes(folder) < _SHM_BYTES
    except MachineError:
        return False
