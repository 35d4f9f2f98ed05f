"""Looking for damage in a vault's database: page seals, inner structure, references.

SQLCipher's page seals hold for a page and its number, not for its age: an old page put back passes here.
That is found by comparing records with the custody log.
"""

from __future__ import annotations

from collections import Counter

import msgspec
from sqlcipher3 import dbapi2 as sql

from cairn.errors import Value
from cairn.vault import folder as places
from cairn.vault import header as hdr
from cairn.vault.database import Connection
from cairn.vault.sqlerrors import CORRUPT, IOERR, NOTADB, primary_code, sql_errors
from cairn.vault.vault import Vault

_FINDINGS = 1000


class Problem(msgspec.Struct, frozen=True):
    """A finding, worded like an error: a code and the values of its sentence."""

    code: str
    values: dict[str, Value] = {}


def check_database(vault: Vault) -> list[Problem]:
    """Everything that is wrong with the vault's database and header; empty when all is well.

    Reads the whole database. Raises MachineError and IntegrityError as `Vault.connect` does.
    """
    connection = vault.connect(read_only=True)
    try:
        problems = examine(connection)
    finally:
        connection.close()
    with vault.guard:
        expected = hdr.serialise(vault.header)
        if places.read_regular(vault.folder / places.HEADER) != expected:
            problems.append(Problem("vault.header-altered"))
        elif places.read_regular(vault.folder / places.MIRROR) != expected:
            problems.append(Problem("vault.mirror-differs"))
    return problems


def examine(connection: Connection) -> list[Problem]:
    """What is wrong with the database behind `connection`. Raises MachineError."""
    problems: list[Problem] = []
    pages = _rows(connection, "PRAGMA cipher_integrity_check")
    if pages is None or pages:
        problems.append(Problem("vault.page-damaged", {"count": len(pages or [0])}))
    findings = _rows(connection, f"PRAGMA integrity_check({_FINDINGS})")
    if findings != [("ok",)]:
        problems.append(Problem("vault.structure-damaged", {"count": len(findings or [0])}))
    links = _rows(connection, "PRAGMA foreign_key_check")
    if links is None:
        return problems or [Problem("vault.structure-damaged", {"count": 1})]
    counted = Counter(str(row[0]) for row in links)
    problems += [
        Problem("vault.link-broken", {"table": table, "count": count})
        for table, count in sorted(counted.items())
    ]
    return problems


def _rows(connection: Connection, statement: str) -> list[tuple[object, ...]] | None:
    """The rows, or None where damage keeps SQLite from finishing. The rows' text is never passed on."""
    with sql_errors():
        try:
            return list(connection.execute(statement).fetchall())
        except sql.DatabaseError as error:
            # IOERR is how SQLCipher reports a page that doesn't authenticate.
            if primary_code(error) in (CORRUPT, NOTADB, IOERR):
                return None
            raise
