"""Migrations: numbered `.sql` files, each applied in one transaction together with the record of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sql

from cairn.errors import InputError, MachineError
from cairn.model import clock

_FOLDER = Path(__file__).resolve().parent / "migrations"
_NAME = re.compile(r"([0-9]{4})\.sql")


def migrations() -> list[tuple[int, str]]:
    """(number, script) of each migration that this program has, in order."""
    found = []
    for path in sorted(_FOLDER.iterdir() if _FOLDER.is_dir() else ()):
        if match := _NAME.fullmatch(path.name):
            found.append((int(match[1]), path.read_text(encoding="utf-8")))
    if [number for number, _ in found] != list(range(1, len(found) + 1)) or not found:
        raise MachineError("machine.resources-missing")
    return found


def statements(script: str) -> list[str]:
    """The single statements of a script. (`executescript` would commit in between.)"""
    done: list[str] = []
    held = ""
    for line in script.splitlines(keepends=True):
        if not held.strip() and (not line.strip() or line.lstrip().startswith("--")):
            continue
        held += line
        if sql.complete_statement(held):
            done.append(held.strip())
            held = ""
    if held.strip():
        raise ValueError("a migration ends inside a statement")
    return done


def applied(connection: Any) -> int:
    """Number of the newest migration that the database has; 0 for an empty one."""
    exists = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone()
    if exists is None:
        return 0
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM migration").fetchone()[0])


def missing(connection: Any) -> int:
    """How many migrations the database lacks. Raises InputError `storage.newer`."""
    have, newest = applied(connection), migrations()[-1][0]
    if have > newest:
        raise InputError("storage.newer")
    return newest - have


def migrate(connection: Any, scripts: list[tuple[int, str]] | None = None) -> int:
    """Bring the database up to this program; returns how many migrations were applied.

    Raises InputError `storage.newer` when a newer program has already changed it; then nothing is touched.
    """
    scripts = migrations() if scripts is None else scripts
    have = applied(connection)
    if have > scripts[-1][0]:
        raise InputError("storage.newer")
    count = 0
    for number, script in scripts:
        if number <= have:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, applied TEXT NOT NULL) STRICT"
            )
            for statement in statements(script):
                connection.execute(statement)
            connection.execute("INSERT INTO migration VALUES (?, ?)", (number, clock.now()))
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        count += 1
    return count
