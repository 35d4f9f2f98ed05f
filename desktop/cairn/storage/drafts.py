"""Drafts: saved while typing, in a transaction of their own, also when the disk is full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from cairn.model import clock
from cairn.model.drafts import Draft
from cairn.storage.projections import interview_rows
from cairn.storage.work import Reader, Work

if TYPE_CHECKING:
    from cairn.storage.store import Store


class Begun(msgspec.Struct, frozen=True):
    """What the id of a record is derived from, beside its root and kind (`cairn.crypto.record_ids`)."""

    origin: str
    nonce: str


class DraftInfo(msgspec.Struct, frozen=True):
    """An open draft, without its content."""

    record_id: str
    root: str
    kind: str
    saved: str
    """UTC, RFC 3339."""


def save(
    store: Store, record_id: str, root: str, kind: str, draft: Draft, *, begun: Begun | None = None
) -> None:
    """Store what is being typed, durably, in place of the draft before.

    A full disk takes the vault's reserve; only when that is used up too it raises MachineError
    `machine.disk-full`. Nothing is logged: a draft is not yet a statement. `begun` says what the id of a record
    without a revision is derived from; what was said once stays.
    """
    store.write_with_reserve(lambda work: put(work, record_id, root, kind, draft, begun=begun))


def put(
    work: Work, record_id: str, root: str, kind: str, draft: Draft, *, begun: Begun | None = None
) -> None:
    """As `save`, inside a unit of work."""
    data = msgspec.json.encode(draft)
    work.run(
        "INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (record) DO UPDATE SET saved = excluded.saved, data = excluded.data",
        (record_id, root, kind, *((begun.origin, begun.nonce) if begun else ("", "")), clock.now(), data),
    )
    interview_rows.refresh(work, root)


def replace(work: Work, record_id: str, draft: Draft) -> None:
    """Store a draft in another form: the same words, sealed under another key."""
    work.run("UPDATE draft SET data = ? WHERE record = ?", (msgspec.json.encode(draft), record_id))


def load(reader: Reader, record_id: str) -> Draft | None:
    """The draft of a record, or None."""
    row = reader.one("SELECT data FROM draft WHERE record = ?", (record_id,))
    return None if row is None else msgspec.json.decode(row[0], type=Draft)


def discard(work: Work, record_id: str) -> None:
    """Remove a draft: it became a revision, or the person gave it up."""
    row = work.one("SELECT root FROM draft WHERE record = ?", (record_id,))
    if row is not None:
        work.run("DELETE FROM draft WHERE record = ?", (record_id,))
        interview_rows.refresh(work, row[0])


def begun(reader: Reader, record_id: str) -> Begun | None:
    """What the id of a record is derived from that has a draft and no revision yet; None where nobody said."""
    row = reader.one("SELECT origin, nonce FROM draft WHERE record = ? AND nonce <> ''", (record_id,))
    return None if row is None else Begun(*row)


def all(reader: Reader, root: str | None = None) -> list[DraftInfo]:
    """The open drafts, newest first; of one root when given."""
    statement = "SELECT record, root, kind, saved FROM draft"
    if root is None:
        rows = reader.all(statement + " ORDER BY saved DESC, record")
    else:
        rows = reader.all(statement + " WHERE root = ? ORDER BY saved DESC, record", (root,))
    return [DraftInfo(*row) for row in rows]
