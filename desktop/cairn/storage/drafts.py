"""Drafts: saved while typing, in a transaction of their own, also when the disk is full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from cairn.model import clock
from cairn.model.drafts import Draft
from cairn.storage import heads
from cairn.storage.work import Reader, Work

if TYPE_CHECKING:
    from cairn.storage.store import Store


class DraftInfo(msgspec.Struct, frozen=True):
    """An open draft, without its content."""

    record_id: str
    interview_id: str
    kind: str
    saved: str
    """UTC, RFC 3339."""


def save(store: Store, record_id: str, interview_id: str, kind: str, draft: Draft) -> None:
    """Store what is being typed, durably, in place of the draft before.

    A full disk takes the vault's reserve; only when that is used up too it raises MachineError
    `machine.disk-full`. Nothing is logged: a draft is not yet a statement.
    """
    data = msgspec.json.encode(draft)

    def step(work: Work) -> None:
        work.run(
            "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)",
            (record_id, interview_id, kind, clock.now(), data),
        )
        heads.refresh_row(work, interview_id)

    store.write_with_reserve(step)


def load(reader: Reader, record_id: str) -> Draft | None:
    """The draft of a record, or None."""
    row = reader.one("SELECT data FROM draft WHERE record = ?", (record_id,))
    return None if row is None else msgspec.json.decode(row[0], type=Draft)


def discard(work: Work, record_id: str) -> None:
    """Remove a draft: it became a revision, or the person gave it up."""
    row = work.one("SELECT interview FROM draft WHERE record = ?", (record_id,))
    if row is not None:
        work.run("DELETE FROM draft WHERE record = ?", (record_id,))
        heads.refresh_row(work, row[0])


def all(reader: Reader, interview_id: str | None = None) -> list[DraftInfo]:
    """The open drafts, newest first; of one interview when given."""
    statement = "SELECT record, interview, kind, saved FROM draft"
    if interview_id is None:
        rows = reader.all(statement + " ORDER BY saved DESC, record")
    else:
        rows = reader.all(statement + " WHERE interview = ? ORDER BY saved DESC, record", (interview_id,))
    return [DraftInfo(*row) for row in rows]
