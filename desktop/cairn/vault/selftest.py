"""Whether this build's database library really encrypts. For the self-test."""

from __future__ import annotations

from pathlib import Path

from cairn import paths
from cairn.crypto.hashes import random_bytes
from cairn.errors import CairnError
from cairn.vault import database

_PLANTED = "Planted-word-of-the-database-두만강"


def encrypted(folder: Path) -> tuple[str, str]:
    """(problem, detail): a database made with a key, opened with it, and with no other one.

    A build whose SQLite is another than SQLCipher's would write plain text and say nothing.
    """
    paths.make_folder(folder)
    file, key = folder / "keyed.db", random_bytes(32)
    database.create_database(file, key)
    connection = database.open_database(file, key)
    try:
        connection.execute("CREATE TABLE planted (words TEXT)")
        connection.execute("INSERT INTO planted VALUES (?)", (_PLANTED,))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
    with paths.machine_errors():
        data = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    if data.startswith(database.PLAIN_MAGIC) or _PLANTED.encode() in data:
        return "plain text", ""
    try:
        database.open_database(file, random_bytes(32)).close()
    except CairnError as error:
        return ("", f"{len(data)} bytes") if error.code == "vault.database-altered" else (error.code, "")
    return "opens with any key", ""
