"""Secrets that must survive locking: the device's keys. Bytes under a name; the database is what hides them."""

from __future__ import annotations

from cairn.storage.work import Reader, Work


def get(reader: Reader, name: str) -> bytes | None:
    """A secret, or None."""
    row = reader.one("SELECT value FROM secret WHERE name = ?", (name,))
    return None if row is None else bytes(row[0])


def put(work: Work, name: str, value: bytes) -> None:
    """Keep a secret, in place of the one of that name."""
    work.run("INSERT OR REPLACE INTO secret VALUES (?, ?)", (name, value))


def remove(work: Work, name: str) -> None:
    """Forget a secret."""
    work.run("DELETE FROM secret WHERE name = ?", (name,))
