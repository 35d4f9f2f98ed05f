"""Secrets that must survive locking: the device's keys, and sealed those of its identity key. Bytes under a name; the database is what hides them."""

from __future__ import annotations

from cairn.storage.work import Reader, Work


def get(reader: Reader, name: str) -> bytes | None:
    """A secret, or None."""
    row = reader.one("SELECT value FROM secret WHERE name = ?", (name,))
    return None if row is None else bytes(row[0])


def beginning(reader: Reader, prefix: str) -> list[tuple[str, bytes]]:
    """(name, secret) of each whose name begins with `prefix`, by name."""
    rows = reader.all(
        "SELECT name, value FROM secret WHERE substr(name, 1, ?) = ? ORDER BY name", (len(prefix), prefix)
    )
    return [(name, bytes(value)) for name, value in rows]


def put(work: Work, name: str, value: bytes) -> None:
    """Keep a secret, in place of the one of that name."""
    work.run("INSERT OR REPLACE INTO secret VALUES (?, ?)", (name, value))


def remove(work: Work, name: str) -> None:
    """Forget a secret."""
    work.run("DELETE FROM secret WHERE name = ?", (name,))
