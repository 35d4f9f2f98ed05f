"""The history of an interview: every version of it and of what belongs to it, and what differs between two."""

from __future__ import annotations

from typing import Any

import msgspec

from cairn.app.interviews import differences
from cairn.app.interviews.case import version_view
from cairn.app.interviews.differences import Say
from cairn.app.kernel import device_names, revising
from cairn.app.kernel.revising import Version
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import FieldChange, VersionView
from cairn.errors import InputError
from cairn.model.agreement import Consent, PlainConsent
from cairn.model.ids import NO_REVISION, RecordId, RevisionHash, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Body, Kind
from cairn.storage import drafts, revisions


def history(s: Session, interview_id: RootId) -> list[VersionView]:
    """All versions of the interview and of every record of it, the newest first."""
    with s.store.read() as reader:
        labels = device_names.Labels(s, reader)
        found: list[tuple[int, VersionView]] = []
        for info in revisions.records_of(reader, interview_id):
            heads = {head.sha for head in revisions.heads(reader, info.id)}
            versions = revising.versions(reader, info.id)
            of_sha = {version.sha: version for version in versions}
            for version in versions:
                what = _what(version, of_sha)
                view = version_view(version, labels, is_head=version.sha in heads, what=what)
                found.append((version.stored.n, view))
    # By arrival: clocks have seconds, and other devices have other clocks.
    return [view for _, view in sorted(found, key=lambda item: item[0], reverse=True)]


def typed(s: Session, interview_id: RootId) -> list[VersionView]:
    """What is typed of the interview and is no version yet, the newest first. Protected names are not among it."""
    with s.store.read() as reader:
        labels = device_names.Labels(s, reader)
        found = []
        for info in drafts.all(reader, interview_id):
            draft = drafts.load(reader, info.record_id)
            if draft is None or _typed_kind(info.kind) is None:
                continue
            found.append(
                VersionView(
                    sha=NO_REVISION,
                    record=info.record_id,
                    kind="note" if info.kind == "stamped" else info.kind,
                    created=info.saved,
                    author=s.author,
                    device=s.keys.fingerprint,
                    device_label=labels.of(s.keys.fingerprint),
                    reason="",
                    what="typed",
                    head=False,
                    state="draft",
                    parents=() if draft.base is None else (draft.base,),
                )
            )
    return found


def typed_difference(
    s: Session, interview_id: RootId, record_id: RecordId, say: Say = differences.fields
) -> list[FieldChange]:
    """What differs between a draft and the version that it was begun on; nothing where the draft is gone.

    Raises InputError `interview.newer`, `record.malformed`.
    """
    with s.store.read() as reader:
        kinds = {info.record_id: info.kind for info in drafts.all(reader, interview_id)}
        draft, kind = drafts.load(reader, record_id), _typed_kind(kinds.get(record_id, ""))
        if draft is None or kind is None:
            return []
        now = _typed_body(kind, bytes(draft.body))
        old = _readable(revising.version(reader, draft.base)) if draft.base is not None else None
    return differences.between(old if isinstance(old, kind.type) else None, now, say)


def _typed_body(kind: Kind[Any], data: bytes) -> Body:
    try:
        if kind.type is not Consent:
            body: Body = msgspec.json.decode(data, type=kind.type)
            return body
        plain = msgspec.json.decode(data, type=PlainConsent)
        # Nothing is chosen yet: what is typed can be read all the same.
        return plain.full() if plain.choice else Consent(given=plain.given)
    except (ValueError, UnicodeDecodeError) as error:
        raise InputError("record.malformed") from error


def _typed_kind(draft: str) -> Kind[Any] | None:
    """The kind of what is typed, where its words stand in the draft: those of an identity are sealed apart."""
    name = "note" if draft == "stamped" else draft
    return None if name == "identity" else registry.get(name)


def difference(
    s: Session, a: RevisionHash | None, b: RevisionHash, say: Say = differences.fields
) -> list[FieldChange]:
    """What differs between the versions `a` (None: nothing) and `b`, by their SHA-256; `say` puts fields into words.

    Raises InputError `interview.unknown`, `interview.newer`.
    """
    with s.store.read() as reader:
        old = _readable(revising.version(reader, a)) if a is not None else None
        new = _readable(revising.version(reader, b))
    return differences.between(old, new, say)


def _readable(version: Version) -> Body:
    body = version.body
    if body is None:
        raise InputError("interview.newer")
    return body


def _what(version: Version, before: dict[RevisionHash, Version]) -> str:
    """The code of what a version did, from itself and its parents."""
    parents = version.envelope.parents
    if not parents:
        return "created"
    if len(parents) > 1:
        return "settled"
    last, body = before.get(parents[0]), version.body
    if version.envelope.final:
        return "corrected" if last is None or last.envelope.final else "finalised"
    if body is None:
        return "changed"
    kind = registry.of_body(body)
    if kind.removed(body):
        return "removed"
    was_removed = last is not None and last.body is not None and kind.removed(last.body)
    return "brought-back" if was_removed else "changed"
