"""Drafts: saved while typing, in a transaction of their own, also when the disk is full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from cairn.model import clock
from cairn.model.drafts import Draft
from cairn.model.ids import NO_FINGERPRINT, Fingerprint, RecordId, RootId
from cairn.storage import aside
from cairn.storage.projections import interview_rows
from cairn.storage.work import Reader, Work

if TYPE_CHECKING:
    from cairn.storage.store import Store


class Begun(msgspec.Struct, frozen=True):
    """What the id of a record is derived from, beside its root and kind (`cairn.crypto.record_ids`)."""

    origin: Fingerprint
    nonce: str


class DraftInfo(msgspec.Struct, frozen=True):
    """An open draft, without its content."""

    record_id: RecordId
    root: RootId
    kind: str
    saved: str
    """UTC, RFC 3339."""


def save(
    store: Store, record_id: RecordId, root: RootId, kind: str, draft: Draft, *, begun: Begun | None = None
) -> None:
    """Store what is being typed, durably, in place of the draft before.

    Waits for no other writer for longer than a moment, see `cairn.storage.aside`. A full disk takes the vault's
    reserve; only when that is used up too it raises MachineError `machine.disk-full`. Nothing is logged: a draft is
    not yet a statement. `begun` says what the id of a record without a revision is derived from; what was said
    once stays.
    """
    store.write_draft(record_id, msgspec.json.encode(_row(root, kind, draft, begun)))


def put(
    work: Work, record_id: RecordId, root: RootId, kind: str, draft: Draft, *, begun: Begun | None = None
) -> None:
    """As `save`, inside a unit of work."""
    _put(work, record_id, _row(root, kind, draft, begun))


def replace(work: Work, record_id: RecordId, draft: Draft) -> None:
    """Store a draft in another form: the same words, sealed under another key."""
    work.run("UPDATE draft SET data = ? WHERE record = ?", (msgspec.json.encode(draft), record_id))


def take_over(work: Work, record_id: RecordId, data: bytes) -> None:
    """Put a draft into the database that waited; not one of a record that was erased meanwhile."""
    row = msgspec.json.decode(data, type=_Row)
    if work.one("SELECT 1 FROM tombstone WHERE record IN (?, ?)", (record_id, row.root)) is None:
        _put(work, record_id, row)


def joined(before: bytes, after: bytes) -> bytes:
    """A draft that takes the place of one that waits: what its id is derived from was said once and stays."""
    old, new = (msgspec.json.decode(each, type=_Row) for each in (before, after))
    return msgspec.json.encode(msgspec.structs.replace(new, origin=old.origin, nonce=old.nonce))


def _row(root: RootId, kind: str, draft: Draft, begun: Begun | None) -> _Row:
    origin, nonce = (begun.origin, begun.nonce) if begun else (NO_FINGERPRINT, "")
    return _Row(root, kind, origin, nonce, clock.now(), msgspec.Raw(msgspec.json.encode(draft)))


def _put(work: Work, record_id: RecordId, row: _Row) -> None:
    work.run(
        "INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (record) DO UPDATE SET saved = excluded.saved, data = excluded.data",
        (record_id, row.root, row.kind, row.origin, row.nonce, row.saved, bytes(row.data)),
    )
    interview_rows.refresh(work, row.root)


def load(reader: Reader, record_id: RecordId) -> Draft | None:
    """The draft of a record, or None."""
    waiting = _waiting(reader).get(record_id)
    if waiting is not None:
        return msgspec.json.decode(waiting.data, type=Draft)
    row = reader.one("SELECT data FROM draft WHERE record = ?", (record_id,))
    return None if row is None else msgspec.json.decode(row[0], type=Draft)


def discard(work: Work, record_id: RecordId) -> None:
    """Remove a draft: it became a revision, or the person gave it up."""
    row = work.one("SELECT root FROM draft WHERE record = ?", (record_id,))
    if row is not None:
        work.run("DELETE FROM draft WHERE record = ?", (record_id,))
        interview_rows.refresh(work, row[0])


def begun(reader: Reader, record_id: RecordId) -> Begun | None:
    """What the id of a record is derived from that has a draft and no revision yet; None where nobody said."""
    waiting = _waiting(reader).get(record_id)
    if waiting is not None and waiting.nonce:
        return Begun(waiting.origin, waiting.nonce)
    row = reader.one("SELECT origin, nonce FROM draft WHERE record = ? AND nonce <> ''", (record_id,))
    return None if row is None else Begun(*row)


def all(reader: Reader, root: RootId | None = None) -> list[DraftInfo]:
    """The open drafts, newest first; of one root when given."""
    statement = "SELECT record, root, kind, saved FROM draft"
    if root is None:
        rows = reader.all(statement + " ORDER BY saved DESC, record")
    else:
        rows = reader.all(statement + " WHERE root = ? ORDER BY saved DESC, record", (root,))
    waiting = _waiting(reader)
    if not waiting:
        return [DraftInfo(*row) for row in rows]
    found = {row[0]: DraftInfo(*row) for row in rows}
    found |= {
        record: DraftInfo(record, row.root, row.kind, row.saved)
        for record, row in waiting.items()
        if root in (None, row.root)
    }
    by_record = sorted(found.values(), key=lambda info: info.record_id)
    return sorted(by_record, key=lambda info: info.saved, reverse=True)


class _Row(msgspec.Struct, frozen=True):
    """A draft as it is kept, also while it waits."""

    root: RootId
    kind: str
    origin: Fingerprint
    nonce: str
    saved: str
    data: msgspec.Raw
    """A `Draft`."""


def _waiting(reader: Reader) -> dict[RecordId, _Row]:
    """The drafts that are not in the database yet at this moment; mostly there is none."""
    if not reader.waiting:
        return {}
    taken = aside.taken(reader)
    return {
        record: msgspec.json.decode(each.data, type=_Row)
        for record, each in reader.waiting.items()
        if each.number > taken
    }
