"""SQLite's errors by whose fault they are. For `vault` and `storage` alike.

Only what the world or an attacker can cause is translated; anything else (a wrong statement, a broken
constraint) is a bug of ours and passes as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlcipher3 import dbapi2 as sql

from cairn.errors import CairnError, Cancelled, IntegrityError, MachineError

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
_INTEGRITY = {CORRUPT: "vault.database-altered", NOTADB: "vault.database-altered"}


def primary_code(error: BaseException) -> int:
    """SQLite's primary result code of `error`; 0 when it has none."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else 0


def translate(error: BaseException) -> CairnError | None:
    """The CairnError for an error of sqlcipher3, or None when it is a bug of ours."""
    code = primary_code(error)
    if code in _MACHINE:
        return MachineError(_MACHINE[code])
    if code in _INTEGRITY:
        return IntegrityError(_INTEGRITY[code])
    return Cancelled() if code == INTERRUPT else None


@contextmanager
def sql_errors() -> Iterator[None]:
    """Turn SQLite's errors into CairnErrors at the border where they arise."""
    try:
        yield
    except sql.Error as error:
        known = translate(error)
        if known is None:
            raise
        raise known from error
