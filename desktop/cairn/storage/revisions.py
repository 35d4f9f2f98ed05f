"""Revisions: put, read back and compared with the custody log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from cairn.crypto import record_ids
from cairn.crypto.hashes import sha256_hex
from cairn.errors import InputError, IntegrityError
from cairn.model.ids import NO_FINGERPRINT, Fingerprint, RecordId, RevisionHash, RootId, is_sha256
from cairn.model.kinds import envelope as envelopes
from cairn.model.kinds.envelope import Envelope
from cairn.storage import projections
from cairn.storage.projections import about, links
from cairn.storage.projections import heads as projected_heads
from cairn.storage.projections.heads import Head, State
from cairn.storage.work import Reader, Work

MAX_SIGNATURE = 8192
MAX_ANCESTORS = 10_000


class StoredRevision(msgspec.Struct, frozen=True):
    """A revision as it lies in the vault."""

    sha: RevisionHash
    """SHA-256 (hex) of `data`: its name."""
    data: bytes
    """The exact bytes."""
    signature: bytes
    """By the device that made it; who may have made it is for the caller to have checked."""
    state: State
    envelope: Envelope
    ancestors: list[RevisionHash]
    """Hashes that a sender named as ancestors, beside the parents in the envelope."""
    n: int
    """Counts upwards in order of arrival in this vault, over all records."""


class RecordInfo(msgspec.Struct, frozen=True):
    """What a record is."""

    id: RecordId
    root: RootId
    kind: str
    origin: Fingerprint
    """Card fingerprint of the device that began it: its id is derived from that."""
    nonce: str


_TOGETHER = 500


def put(
    work: Work,
    data: bytes,
    signature: bytes,
    *,
    state: State = "current",
    act: str = "record.revise",
    ancestors: Sequence[RevisionHash] = (),
    detail: dict[str, Any] | None = None,
) -> RevisionHash:
    """Add a revision, log it, bring the projections up to date; returns its SHA-256.

    `data` is the exact envelope; whether the signature is good and whose it is, is checked before (see
    intake). One that is already here is left as it is and not logged again. `state` `proposed` keeps it
    beside what stands until a person settles. Raises InputError `record.malformed`, `storage.erased` for
    a record that was erased.
    """
    envelope = envelopes.decode(data)
    record_ids.check(envelope)
    sha = RevisionHash(sha256_hex(data))
    if work.one("SELECT 1 FROM revision WHERE sha = ?", (sha,)) is not None:
        return sha
    if len(signature) > MAX_SIGNATURE or len(ancestors) > MAX_ANCESTORS:
        raise InputError("record.malformed")
    ancestors = [old for old in dict.fromkeys(ancestors) if old != sha]
    if not all(is_sha256(old) for old in ancestors):
        raise InputError("record.malformed")
    _admit(work, envelope)
    work.run(
        "INSERT INTO revision (sha, record, state, data, signature, ancestors, device)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (sha, envelope.id, state, data, signature, msgspec.json.encode(ancestors).decode(), envelope.device),
    )
    links.add(work, envelope, sha, ancestors)
    about.add(work, envelope)
    work.log(
        act,
        obj=envelope.id,
        root=envelope.root,
        detail={**(detail or {}), "revision": sha, "state": state, "kind": envelope.kind},
    )
    work.checked.discard(envelope.id)
    projections.refresh(work, envelope.id)
    return sha


def get(reader: Reader, sha: RevisionHash) -> StoredRevision:
    """One revision, its record compared with the custody log first.

    Raises InputError `storage.no-such-revision`, IntegrityError `storage.record-altered`.
    """
    row = reader.one(_COLUMNS + " WHERE sha = ?", (sha,))
    if row is None:
        logged = reader.one("SELECT obj FROM custody_payload WHERE revision = ?", (sha,))
        if logged is not None:
            raise IntegrityError("storage.record-altered", record=logged[0])
        raise InputError("storage.no-such-revision")
    check(reader, row[1])
    return stored(row)


def of(reader: Reader, record_id: RecordId) -> list[StoredRevision]:
    """Every revision of a record in order of arrival. Raises IntegrityError `storage.record-altered`."""
    check(reader, record_id)
    return [stored(row) for row in reader.all(_COLUMNS + " WHERE record = ? ORDER BY n", (record_id,))]


def heads(reader: Reader, record_id: RecordId) -> list[Head]:
    """The heads of a record, the one to show first; none when it has no revision.

    Raises IntegrityError `storage.record-altered`.
    """
    check(reader, record_id)
    return projected_heads.projected(reader, record_id)


def known(reader: Reader, shas: Sequence[RevisionHash]) -> set[RevisionHash]:
    """Which of these revisions are here."""
    return {sha for sha in shas if reader.one("SELECT 1 FROM revision WHERE sha = ?", (sha,)) is not None}


def info(reader: Reader, record_id: RecordId) -> RecordInfo | None:
    """What a record is; None when there is none (or only a draft)."""
    row = reader.one(_INFO + " WHERE id = ?", (record_id,))
    return None if row is None else RecordInfo(*row)


def records_of(reader: Reader, root: RootId, kinds: Sequence[str] = ()) -> list[RecordInfo]:
    """The records of a root, in order of arrival, its own among them; of some kinds when given.

    Asks for no more than that: an interview may have thousands of records. Raises IntegrityError
    `storage.record-altered` when the custody log knows one that isn't here.
    """
    wanted = f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    rows = reader.all(_INFO + " WHERE root = ?" + wanted + _IN_ORDER, (root, *kinds))
    here = {row[0] for row in rows}
    logged = reader.all(_LOGGED + wanted, (root, *kinds))
    for (record_id,) in logged:
        if record_id not in here:
            raise IntegrityError("storage.record-altered", record=record_id)
    return [RecordInfo(*row) for row in rows]


def mover(reader: Reader, record_id: RecordId) -> Fingerprint:
    """The device that made the first revision that held here; the record's origin where none ever did."""
    row = reader.one(
        "SELECT device FROM revision WHERE record = ? AND state = 'current' ORDER BY n LIMIT 1", (record_id,)
    )
    if row is None:
        row = reader.one("SELECT origin FROM record WHERE id = ?", (record_id,))
    return row[0] if row is not None else NO_FINGERPRINT


def is_erased(reader: Reader, record_id: RecordId) -> bool:
    """Whether a record was erased from this vault."""
    return reader.one("SELECT 1 FROM tombstone WHERE record = ?", (record_id,)) is not None


def check(reader: Reader, record_id: RecordId) -> None:
    """Compare a record's revisions, states and heads with what the custody log says was put.

    SQLCipher accepts an old page of its file put back; the log does not. Raises IntegrityError
    `storage.record-altered`.
    """
    if record_id in reader.checked:
        return
    stored = reader.all("SELECT sha, state FROM revision WHERE record = ?", (record_id,))
    logged = reader.all(
        "SELECT revision, state FROM custody_payload WHERE obj = ? AND revision IS NOT NULL", (record_id,)
    )
    erased = reader.one("SELECT 1 FROM custody_payload WHERE obj = ? AND act = 'erase'", (record_id,))
    tombstone = reader.one("SELECT 1 FROM tombstone WHERE record = ?", (record_id,))
    same = (
        len(stored) == len(logged)
        and set(stored) == set(logged)
        and (erased is None) == (tombstone is None)
        and not (erased and stored)
        and projected_heads.projected(reader, record_id) == projected_heads.computed(reader, record_id)
    )
    if not same:
        raise IntegrityError("storage.record-altered", record=record_id)
    reader.checked.add(record_id)


_INFO = "SELECT id, root, kind, origin, nonce FROM record"
_LOGGED = "SELECT DISTINCT obj FROM custody_payload WHERE revision IS NOT NULL AND root = ?"
_IN_ORDER = " ORDER BY (SELECT min(n) FROM revision WHERE record = record.id)"
_COLUMNS = "SELECT sha, record, data, signature, state, ancestors, n FROM revision"


def stored(row: tuple[Any, ...]) -> StoredRevision:
    """A revision out of its row, its bytes held against its name. Raises IntegrityError `storage.record-altered`."""
    sha, record_id, data, signature, state, ancestors, n = row
    if sha256_hex(data) != sha:
        raise IntegrityError("storage.record-altered", record=record_id)
    named = msgspec.json.decode(ancestors, type=list[RevisionHash])
    return StoredRevision(sha, data, signature, state, envelopes.parse(data), named, n)


def _admit(work: Work, envelope: Envelope) -> None:
    if is_erased(work, envelope.id) or is_erased(work, envelope.root):
        raise InputError("storage.erased")
    if any(is_erased(work, interview) for interview in envelope.about):
        # A judgement about what was erased would tell of it.
        raise InputError("storage.erased")
    # What it is, its id says: no second record can come under the same one.
    if info(work, envelope.id) is None:
        work.run(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?)",
            (envelope.id, envelope.root, envelope.kind, envelope.origin, envelope.nonce),
        )


def roots_of_other_kinds(reader: Reader, roots: Sequence[RootId]) -> set[RootId]:
    """Those of these that are here and no interviews: things of the library, judgements of the office."""
    found: set[RootId] = set()
    for start in range(0, len(roots), _TOGETHER):
        some = roots[start : start + _TOGETHER]
        marks = ", ".join("?" * len(some))
        rows = reader.all(f"SELECT id FROM record WHERE kind <> 'interview' AND id IN ({marks})", some)  # noqa: S608 - marks alone
        found.update(row[0] for row in rows)
    return found
