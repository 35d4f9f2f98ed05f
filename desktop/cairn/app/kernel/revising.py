"""Making and reading revisions: the few steps that every use case over records shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from cairn import paths
from cairn.app.kernel.session import Session
from cairn.crypto import record_ids
from cairn.crypto.hashes import random_bytes, sha256
from cairn.errors import InputError
from cairn.model import clock
from cairn.model.ids import (
    NO_FINGERPRINT,
    NO_RECORD,
    NO_ROOT,
    Fingerprint,
    RecordId,
    RevisionHash,
    RootId,
    Sha256,
)
from cairn.model.kinds import envelope as envelopes
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import Envelope
from cairn.model.kinds.kind import Body, Media
from cairn.storage import drafts, lists, revisions, roots
from cairn.storage.drafts import Begun
from cairn.storage.media import MediaInfo
from cairn.storage.revisions import StoredRevision
from cairn.storage.work import Reader, Work

CURRENT = "current"


@dataclass(frozen=True)
class Version:
    """A revision as use cases see it. `state` is `current` or `proposed`."""

    sha: RevisionHash
    state: str
    envelope: Envelope
    body: Body | None
    """None when a newer version of Cairn wrote it."""
    stored: StoredRevision


def version(reader: Reader, sha: RevisionHash) -> Version:
    """One revision. Raises InputError `interview.unknown`; IntegrityError when it was altered."""
    if not revisions.known(reader, [sha]):
        raise InputError("interview.unknown")
    return _version(revisions.get(reader, sha))


def versions(reader: Reader, record: RecordId) -> list[Version]:
    """All revisions of a record in order of arrival."""
    return [_version(stored) for stored in revisions.of(reader, record)]


def heads(reader: Reader, record: RecordId) -> list[Version]:
    """The heads of a record, the current one to show first, proposals last."""
    return [_version(revisions.get(reader, head.sha)) for head in revisions.heads(reader, record)]


def root_heads(reader: Reader, root: RootId, kinds: Sequence[str] = ()) -> dict[RecordId, list[Version]]:
    """Record id → heads, of every record of a root that has any, in order of arrival; of some kinds when given.

    Ask for the kinds that are needed: an interview may have thousands of records.
    """
    found = roots.heads(reader, root, kinds)
    return {record: [_version(stored) for stored in each] for record, each in found.items()}


def first(reader: Reader, head: Version) -> Version:
    """The first version of the record whose head this is: itself, where it follows none."""
    return head if not head.envelope.parents else versions(reader, head.envelope.id)[0]


def current(reader: Reader, record: RecordId) -> Version | None:
    """The head that holds, or None when there is none that nobody merely proposed."""
    return next((head for head in heads(reader, record) if head.state == CURRENT), None)


def need(reader: Reader, record: RecordId, kind: str) -> Version:
    """The current head of a record of `kind`. Raises InputError `interview.unknown`."""
    head = current(reader, record)
    if head is None or head.envelope.kind != kind:
        raise InputError("interview.unknown")
    return head


def maker(reader: Reader, record: RecordId) -> Fingerprint:
    """Fingerprint of the device that began a record; empty when there is no such record yet."""
    info = revisions.info(reader, record)
    return info.origin if info is not None else NO_FINGERPRINT


def is_final(heads_: Sequence[Version]) -> bool:
    """Whether any current head of a root is finalised: once finalised it stays so."""
    return any(head.envelope.final for head in heads_ if head.state == CURRENT)


def freezes(reader: Reader, record: RecordId) -> bool:
    """Whether finalising its root freezes a record. What is not known yet counts as frozen: the stricter of the two."""
    info = revisions.info(reader, record)
    kind = registry.get(info.kind) if info is not None else None
    return kind is None or kind.freezes


def title(reader: Reader, root: RootId) -> str:
    """The title of a root as it was saved last; one that is typed only where there is no version at all."""
    head = next(iter(heads(reader, root)), None)
    if head is not None:
        return title_of(head.body)
    row = lists.interview(reader, root)
    return row.title if row is not None else ""


def title_at(reader: Reader, root: RootId, seq: int) -> str:
    """The title that a root had when the custody log's entry `seq` was written: what was true then.

    What is told of it before its first version here has the title of that one. Empty for what was erased.
    """
    sha = reader.custody.revision_at(root, seq)
    return title(reader, root) if sha is None else title_of(version(reader, sha).body)


def title_of(body: Body | None) -> str:
    """A short name of a record for lists: title, file name, or how a note begins."""
    if body is None:
        return ""
    kind = registry.of_body(body)
    name: str = kind.title(body)
    # Another device may have named a file anything; other titles are text and stay as they are.
    return name if kind.media(body) is None else paths.safe_name(name)


def was_sent(reader: Reader, interview: RootId) -> bool:
    """Whether the interview has ever been sealed into a bundle."""
    row = lists.interview(reader, interview)
    return row is not None and row.sent


def media_named(body: Body | None) -> Media | None:
    """The media object that a body names; None for one that names none, or that is not understood."""
    if body is None:
        return None
    named: Media | None = registry.of_body(body).media(body)
    return named


def media_of(
    s: Session, reader: Reader, interview: RootId, record: RecordId, digest: Sha256
) -> MediaInfo | None:
    """The media object that holds the bytes of an attachment, or None when they are not here."""
    return s.media.of_record(reader, interview, record, digest)


def write(
    s: Session,
    work: Work,
    body: Body,
    *,
    root: RootId = NO_ROOT,
    record: RecordId = NO_RECORD,
    parents: Sequence[RevisionHash] = (),
    reason: str = "",
    about: Sequence[RootId] = (),
    final: bool = False,
    act: str = "record.revise",
    detail: dict[str, Any] | None = None,
) -> tuple[RecordId, RevisionHash]:
    """Make, sign and keep a revision with its custody entry; (record id, SHA-256 of the revision).

    `record` is the id of a record that exists or was begun with `begin`; without it the revision begins one
    under `root`, or a root of its own where the kind is one. What is finalised stays so, whatever is asked.
    Raises InputError `interview.too-long`.
    """
    kind = registry.of_body(body)
    held = revisions.info(work, record) if record else None
    begun = Begun(held.origin, held.nonce) if held is not None else _begun(s, work, record)
    standing = heads(work, record) if held is not None and kind.is_root else []
    envelope = compose(
        body,
        device=s.keys.fingerprint,
        author=s.author,
        begun=begun,
        root=held.root if held is not None else root,
        parents=parents,
        reason=reason,
        about=about or (standing[0].envelope.about if standing else ()),
        final=kind.is_root and (final or is_final(standing)),
    )
    data = envelopes.encode(envelope)
    if len(data) > envelopes.MAX_REVISION_BYTES:
        raise InputError("interview.too-long")
    sha = revisions.put(work, data, s.keys.sign_revision(sha256(data)), act=act, detail=detail)
    s.begun.pop(envelope.id, None)
    return envelope.id, sha


def compose(
    body: Body,
    *,
    device: Fingerprint,
    begun: Begun,
    author: str = "",
    root: RootId = NO_ROOT,
    parents: Sequence[RevisionHash] = (),
    reason: str = "",
    about: Sequence[RootId] = (),
    final: bool = False,
) -> Envelope:
    """The envelope of a revision by `device`, now. What its id is follows from the kind, `root` and `begun`."""
    kind = registry.of_body(body)
    root = NO_ROOT if kind.is_root else root
    record = record_ids.derive(root, kind.name, begun.origin, begun.nonce)
    return Envelope(
        v=kind.version,
        id=record,
        kind=kind.name,
        root=root or RootId(record),
        origin=begun.origin,
        nonce=begun.nonce,
        about=list(about),
        final=final,
        parents=list(parents),
        author=author,
        device=device,
        created=clock.now(),
        reason=reason.strip(),
        salt=random_bytes(32).hex(),
        body=msgspec.Raw(msgspec.json.encode(body)),
    )


def begin(s: Session, kind: str, root: RootId = NO_ROOT) -> RecordId:
    """The id of a record that is about to be written, before it has a revision: for its draft, for its sound.

    `root` is empty for a kind that is a root. What the id is derived from is kept in memory, and in the draft's
    row once there is one.
    """
    begun = Begun(s.keys.fingerprint, record_ids.new_nonce())
    record = record_ids.derive(root, kind, begun.origin, begun.nonce)
    s.begun[record] = begun
    return record


def resume(s: Session, record: RecordId, begun: Begun) -> None:
    """Go on with a record that was begun before this session: its sound was found again."""
    s.begun[record] = begun


def _begun(s: Session, reader: Reader, record: RecordId) -> Begun:
    found = s.begun.get(record) or (drafts.begun(reader, record) if record else None)
    if found is not None:
        return found
    if record:
        raise InputError("interview.unknown")
    return Begun(s.keys.fingerprint, record_ids.new_nonce())


def _version(stored: StoredRevision) -> Version:
    return Version(stored.sha, stored.state, stored.envelope, envelopes.read(stored.envelope), stored)
