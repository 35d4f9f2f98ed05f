"""Settings in the vault: a key and a JSON value. Who the vault belongs to, how it locks, what was last open."""

from __future__ import annotations

from typing import Any

import msgspec

from cairn.storage.work import Reader, Work


def get(reader: Reader, key: str, default: Any = None) -> Any:
    """The value of a setting (plain JSON types), or `default`."""
    row = reader.one("SELECT value FROM setting WHERE key = ?", (key,))
    return default if row is None else msgspec.json.decode(row[0])


def put(work: Work, key: str, value: Any) -> None:
    """Set a setting; `None` removes it."""
    if value is None:
        work.run("DELETE FROM setting WHERE key = ?", (key,))
    else:
        work.run("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, msgspec.json.encode(value).decode()))


def decoded(value: str) -> Any:
    """A value out of a row that was read elsewhere; None where it is none."""
    try:
        return msgspec.json.decode(value)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def all(reader: Reader) -> dict[str, Any]:
    """Every setting."""
    return {key: msgspec.json.decode(value) for key, value in reader.all("SELECT key, value FROM setting")}
