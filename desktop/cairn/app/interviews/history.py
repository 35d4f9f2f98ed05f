"""The history of an interview: every version of it and of what belongs to it, and what differs between two."""

from __future__ import annotations

from cairn.app.interviews import differences
from cairn.app.interviews.case import version_view
from cairn.app.kernel import device_names, revising
from cairn.app.kernel.revising import Version
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import FieldChange, VersionView
from cairn.errors import InputError
from cairn.model.ids import RevisionHash, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Body
from cairn.storage import revisions


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


def difference(s: Session, a: RevisionHash | None, b: RevisionHash) -> list[FieldChange]:
    """What differs between the versions `a` (None: nothing) and `b`, by their SHA-256.

    Raises InputError `interview.unknown`, `interview.newer`.
    """
    with s.store.read() as reader:
        old = _readable(revising.version(reader, a)) if a is not None else None
        new = _readable(revising.version(reader, b))
    return differences.between(old, new)


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
