"""Settling: a person decides between versions that stand side by side, or about what a device proposes."""

from __future__ import annotations

from cairn.app.kernel import identities, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.errors import InputError
from cairn.model.ids import RecordId, RevisionHash
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Body


def settle(s: Session, record_id: RecordId, keep_sha: RevisionHash, reason: str) -> RevisionHash:
    """Keep the version `keep_sha` of a record: one new version that follows all that stood side by side.

    The others remain in the history. Returns the SHA-256 of the new version. Raises InputError
    `interview.reason-needed`, `interview.nothing-to-settle`, `interview.newer`.
    """
    return _settle(s, record_id, keep_sha, reason, aside=None)


def set_aside(s: Session, record_id: RecordId, sha: RevisionHash, reason: str) -> RevisionHash:
    """Decline the proposed version `sha`. What stood here before goes on to hold.

    A record that is new as a whole (a note, a file) is then kept as removed; a consent that is new as a
    whole counts as `nothing` until somebody asks again. Raises as `settle`.
    """
    return _settle(s, record_id, None, reason, aside=sha)


def _settle(
    s: Session, record_id: RecordId, keep: RevisionHash | None, reason: str, *, aside: RevisionHash | None
) -> RevisionHash:
    if not reason.strip():
        raise InputError("interview.reason-needed")
    with s.store.write() as work:
        heads = revising.heads(work, record_id)
        if not heads or (len(heads) == 1 and heads[0].state == CURRENT):
            raise InputError("interview.nothing-to-settle")
        if aside is None:
            parents = [head.sha for head in heads]
            chosen = next((head for head in heads if head.sha == keep), None)
        else:
            if not any(head.sha == aside and head.state != CURRENT for head in heads):
                raise InputError("interview.nothing-to-settle")
            current = [head for head in heads if head.state == CURRENT]
            parents = [head.sha for head in current] + [aside]
            chosen = current[0] if current else None
        body = _body(chosen) if aside is None or chosen is not None else _declined(_body(heads[0]))
        _, sha = revising.write(
            s,
            work,
            body,
            record=record_id,
            parents=parents,
            reason=reason,
            # Settling can't open what is finalised, and keeps what another device has finalised.
            final=chosen is not None and chosen.envelope.final,
            act="conflict.settle",
        )
        identities.carry(s, work, record_id, sha)
    return sha


def _body(head: Version | None) -> Body:
    if head is None:
        raise InputError("interview.nothing-to-settle")
    if head.body is None:
        raise InputError("interview.newer")
    return head.body


def _declined(body: Body) -> Body:
    """The body of a record that was proposed as new and is declined."""
    declined: Body = registry.of_body(body).declined(body)
    return declined
