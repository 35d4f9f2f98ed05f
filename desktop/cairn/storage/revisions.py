"""Revisions: put, read back and compared with the custody log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from cairn.crypto.hashes import sha256_hex
from cairn.errors import InputError, IntegrityError
from cairn.model import records
from cairn.model.ids import is_sha256
from cairn.storage import heads as projections
from cairn.storage.heads import Head, State
from cairn.storage.work import Reader, Work

MAX_SIGNATURE = 8192
MAX_ANCESTORS = 10_000


class StoredRevision(msgspec.Struct, frozen=True):
    """A revision as it lies in the vault."""

    sha: str
    """SHA-256 (hex) of `data`: its name."""
    data: bytes
    """The exact bytes."""
    signature: bytes
    """By the device that made it; who may have made it is for the caller to have checked."""
    state: State
    envelope: records.Envelope
    ancestors: list[str]
    """Hashes that a sender named as ancestors, beside the parents in the envelope."""
    n: int
    """Counts upwards in order of arrival in this vault, over all records."""


class RecordInfo(msgspec.Struct, frozen=True):
    """What a record is."""

    id: str
    interview: str
    kind: str
    device: str
    """Card fingerprint of the device that made the first revision that held here, or was proposed where none
    ever did: the record's own."""


def put(
    work: Work,
    data: bytes,
    signature: bytes,
    *,
    state: State = "current",
    act: str = "record.revise",
    ancestors: Sequence[str] = (),
    detail: dict[str, Any] | None = None,
) -> str:
    """Add a revision, log it, bring the projections up to date; returns its SHA-256.

    `data` is the exact envelope; whether the signature is good and whose it is, is checked before (see
    intake). One that is already here is left as it is and not logged again. `state` `proposed` keeps it
    beside what stands until a person settles. Raises InputError `record.malformed`, `storage.erased` for
    a record that was erased, `storage.record-mismatch` when the record has another kind or interview.
    """
    envelope = records.decode(data)
    sha = sha256_hex(data)
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
    for link in projections.links_of(envelope, sha, ancestors):
        work.run("INSERT INTO link VALUES (?, ?, ?, ?)", link)
    work.log(
        act,
        obj=envelope.id,
        interview=envelope.interview,
        detail={**(detail or {}), "revision": sha, "state": state, "kind": envelope.kind},
    )
    work.checked.discard(envelope.id)
    projections.refresh(work, envelope.id)
    return sha


def get(reader: Reader, sha: str) -> StoredRevision:
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
    return _stored(row)


def of(reader: Reader, record_id: str) -> list[StoredRevision]:
    """Every revision of a record in order of arrival. Raises IntegrityError `storage.record-altered`."""
    check(reader, record_id)
    return [_stored(row) for row in reader.all(_COLUMNS + " WHERE record = ? ORDER BY n", (record_id,))]


def heads(reader: Reader, record_id: str) -> list[Head]:
    """The heads of a record, the one to show first; none when it has no revision.

    Raises IntegrityError `storage.record-altered`.
    """
    check(reader, record_id)
    return projections.projected(reader, record_id)


def known(reader: Reader, shas: Sequence[str]) -> set[str]:
    """Which of these revisions are here."""
    return {sha for sha in shas if reader.one("SELECT 1 FROM revision WHERE sha = ?", (sha,)) is not None}


def info(reader: Reader, record_id: str) -> RecordInfo | None:
    """What a record is; None when there is none (or only a draft)."""
    row = reader.one(_INFO + " WHERE id = ?", (record_id,))
    return None if row is None else RecordInfo(*row)


def records_of(reader: Reader, interview_id: str, kind: str | None = None) -> list[RecordInfo]:
    """The records of an interview, in order of arrival; the interview's own among them.

    Raises IntegrityError `storage.record-altered` when the custody log knows one that isn't here.
    """
    rows = reader.all(
        _INFO + _OF_INTERVIEW,
        (interview_id,),
    )
    here = {row[0] for row in rows}
    logged = reader.all(
        "SELECT DISTINCT obj FROM custody_payload WHERE interview = ? AND revision IS NOT NULL",
        (interview_id,),
    )
    for (record_id,) in logged:
        if record_id not in here:
            raise IntegrityError("storage.record-altered", record=record_id)
    return [RecordInfo(*row) for row in rows if kind is None or row[2] == kind]


def is_erased(reader: Reader, record_id: str) -> bool:
    """Whether a record was erased from this vault."""
    return reader.one("SELECT 1 FROM tombstone WHERE record = ?", (record_id,)) is not None


def check(reader: Reader, record_id: str) -> None:
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
        and projections.projected(reader, record_id) == projections.compute_stored(reader, record_id)
    )
    if not same:
        raise IntegrityError("storage.record-altered", record=record_id)
    reader.checked.add(record_id)


# Whoever proposes a record first, under an id that was seen elsewhere, doesn't become its device by that.
_INFO = (
    "SELECT id, interview, kind, coalesce((SELECT r.device FROM revision r WHERE r.record = record.id"
    " AND r.state = 'current' ORDER BY r.n LIMIT 1), device) FROM record"
)
_OF_INTERVIEW = " WHERE interview = ? ORDER BY (SELECT min(n) FROM revision WHERE record = record.id)"
_COLUMNS = "SELECT sha, record, data, signature, state, ancestors, n FROM revision"


def _stored(row: tuple[Any, ...]) -> StoredRevision:
    sha, record_id, data, signature, state, ancestors, n = row
    if sha256_hex(data) != sha:
        raise IntegrityError("storage.record-altered", record=record_id)
    named = msgspec.json.decode(ancestors, type=list[str])
    return StoredRevision(sha, data, signature, state, records.decode(data), named, n)


def _admit(work: Work, envelope: records.Envelope) -> None:
    if is_erased(work, envelope.id) or is_erased(work, envelope.interview):
        raise InputError("storage.erased")
    existing = info(work, envelope.id)
    if existing is None:
        work.run(
            "INSERT INTO record VALUES (?, ?, ?, ?)",
            (envelope.id, envelope.interview, envelope.kind, envelope.device),
        )
    elif (existing.interview, existing.kind) != (envelope.interview, envelope.kind):
        raise InputError("storage.record-mismatch")
