"""Bundles that came and were not taken in, and all that came in one list."""

from __future__ import annotations

from typing import Any

import msgspec

from cairn.errors import Value
from cairn.model.ids import Fingerprint, RootId
from cairn.storage.work import Reader, Work


class Arrived(msgspec.Struct, frozen=True):
    """A bundle that came: taken in, refused, or left until a person decides."""

    bundle_id: str
    sender: Fingerprint
    seq: int
    """Its number for this vault; 0 where it was sealed for others."""
    label: str
    """What the sender called itself; empty of what was taken in, for its card is here."""
    created: str
    """When it was sealed, as the sender says."""
    at: str
    """When it was taken in, or looked at last."""
    taken_in: bool
    interviews: int
    """How many roots it holds."""
    refusal: str
    values: dict[str, Value]
    roots: list[RootId]
    """Ids of what was taken in; of nothing else is known what it holds."""


_ALL = (
    "SELECT bundle, sender, seq, '', created, taken_in AS at, 1, json_array_length(roots), '', '{}', roots FROM received"
    " UNION ALL SELECT bundle, sender, seq, label, created, seen, 0, interviews, refusal, refusal_values, '[]' FROM arrived"
)


def note(work: Work, entry: Arrived) -> None:
    """Note that a bundle came which is not taken in; one that was taken in is not noted."""
    if work.one("SELECT 1 FROM received WHERE bundle = ? AND sender = ?", (entry.bundle_id, entry.sender)):
        return
    work.run(
        "INSERT OR REPLACE INTO arrived VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.bundle_id,
            entry.sender,
            entry.seq,
            entry.label,
            entry.created,
            entry.at,
            entry.interviews,
            entry.refusal,
            msgspec.json.encode(entry.values).decode(),
        ),
    )


def forget(work: Work, bundle_id: str, sender: Fingerprint) -> None:
    """It was taken in after all, or nobody wants to hear of it any more."""
    work.run("DELETE FROM arrived WHERE bundle = ? AND sender = ?", (bundle_id, sender))


def all(reader: Reader, limit: int, offset: int = 0) -> list[Arrived]:
    """What came, the last first."""
    rows = reader.all(f"{_ALL} ORDER BY at DESC, seq DESC, bundle LIMIT ? OFFSET ?", (limit, offset))
    return [_arrived(row) for row in rows]


def count(reader: Reader) -> int:
    """How many came."""
    row = reader.one("SELECT (SELECT count(*) FROM received) + (SELECT count(*) FROM arrived)")
    return int(row[0]) if row is not None else 0


def undecided(reader: Reader) -> int:
    """How many wait for a person to decide: not taken in, and nothing stands against it."""
    row = reader.one("SELECT count(*) FROM arrived WHERE refusal = ''")
    return int(row[0]) if row is not None else 0


def _arrived(row: tuple[Any, ...]) -> Arrived:
    values: list[Any] = list(row)
    values[6] = bool(row[6])
    values[9] = msgspec.json.decode(row[9], type=dict[str, Value])
    values[10] = msgspec.json.decode(row[10], type=list[RootId])
    return Arrived(*values)
