"""Making and reading revisions: the few steps that every use case over records shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from cairn.app.kernel.session import Session
from cairn.crypto.hashes import random_bytes, sha256
from cairn.errors import InputError
from cairn.model import clock, records
from cairn.model.ids import new_id
from cairn.model.records import Body, Envelope
from cairn.storage import lists, revisions
from cairn.storage.media import MediaInfo
from cairn.storage.revisions import StoredRevision
from cairn.storage.work import Reader, Work

CURRENT = "current"
PROPOSED = "proposed"


@dataclass(frozen=True)
class Version:
    """A revision as use cases see it. `state` is `current` or `proposed`."""

    sha: str
    state: str
    envelope: Envelope
    body: Body | None
    """None when a newer version of Cairn wrote it."""
    stored: StoredRevision


def version(reader: Reader, sha: str) -> Version:
    """One revision. Raises InputError `interview.unknown`; IntegrityError when it was altered."""
    if not revisions.known(reader, [sha]):
        raise InputError("interview.unknown")
    return _version(revisions.get(reader, sha))


def versions(reader: Reader, record: str) -> list[Version]:
    """All revisions of a record in order of arrival."""
    return [_version(stored) for stored in revisions.of(reader, record)]


def heads(reader: Reader, record: str) -> list[Version]:
    """The heads of a record, the current one to show first, proposals last."""
    return [_version(revisions.get(reader, head.sha)) for head in revisions.heads(reader, record)]


def interview_heads(reader: Reader, interview: str) -> dict[str, list[Version]]:
    """Record id → heads, of every record of an interview that has any, in order of arrival."""
    found = {info.id: heads(reader, info.id) for info in revisions.records_of(reader, interview)}
    return {record: each for record, each in found.items() if each}


def current(reader: Reader, record: str) -> Version | None:
    """The head that holds, or None when there is none that nobody merely proposed."""
    return next((head for head in heads(reader, record) if head.state == CURRENT), None)


def need(reader: Reader, record: str, kind: str) -> Version:
    """The current head of a record of `kind`. Raises InputError `interview.unknown`."""
    head = current(reader, record)
    if head is None or head.envelope.kind != kind:
        raise InputError("interview.unknown")
    return head


def maker(reader: Reader, record: str) -> str:
    """Fingerprint of the device that a record is of; empty when there is no such record yet."""
    info = revisions.info(reader, record)
    return info.device if info is not None else ""


def was_sent(reader: Reader, interview: str) -> bool:
    """Whether the interview has ever been sealed into a bundle."""
    row = lists.interview(reader, interview)
    return row is not None and row.sent


def media_of(s: Session, reader: Reader, interview: str, record: str, digest: str) -> MediaInfo | None:
    """The media object that holds the bytes of an attachment, or None when they are not here."""
    return next(
        (
            info
            for info in s.media.of(reader, interview)
            if info.record_id == record and info.sha256 == digest
        ),
        None,
    )


def write(
    s: Session,
    work: Work,
    body: Body,
    *,
    kind: str,
    interview: str,
    record: str = "",
    parents: Sequence[str] = (),
    reason: str = "",
    act: str = "record.revise",
    detail: dict[str, Any] | None = None,
) -> tuple[str, str]:
    """Make, sign and keep a revision with its custody entry; (record id, SHA-256 of the revision).

    Raises InputError `interview.too-long`.
    """
    record = record or new_id()
    envelope = Envelope(
        v=records.VERSION,
        id=record,
        kind=kind,
        interview=interview,
        parents=list(parents),
        author=s.author,
        device=s.keys.fingerprint,
        created=clock.now(),
        reason=reason.strip(),
        salt=random_bytes(32).hex(),
        body=msgspec.Raw(msgspec.json.encode(body)),
    )
    data = records.encode(envelope)
    if len(data) > records.MAX_REVISION_BYTES:
        raise InputError("interview.too-long")
    sha = revisions.put(work, data, s.keys.sign_revision(sha256(data)), act=act, detail=detail)
    return record, sha


def _version(stored: StoredRevision) -> Version:
    try:
        body: Body | None = records.body(stored.envelope)
    except InputError:
        body = None
    return Version(stored.sha, stored.state, stored.envelope, body, stored)
