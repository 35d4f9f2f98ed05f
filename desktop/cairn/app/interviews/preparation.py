"""What went before an interview: why it is held, how it came about, what may have shaped what is told.

One record an interview. Where two devices wrote one each, or versions differ, the newest that holds is shown and the
others stand under History.
"""

from __future__ import annotations

from dataclasses import dataclass

from cairn.app.interviews.interviews import ensure_saved, require_reason
from cairn.app.kernel import record_drafts, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import PartDraft
from cairn.errors import InputError
from cairn.model.ids import NO_RECORD, RecordId, RevisionHash, RootId
from cairn.model.kinds.preparation import FirstAccount, Preparation
from cairn.storage.work import Reader

NAME = "preparation"


@dataclass(frozen=True)
class PreparationView:
    """What stands, and what is being typed."""

    record: RecordId
    """Empty while there is none."""
    body: Preparation
    base: RevisionHash | None
    draft: PartDraft | None
    newer: bool = False
    """A newer version of Cairn wrote it: it can only be kept."""
    beside: int = 0
    """Versions that stand beside it and wait to be settled."""

    @property
    def stopped(self) -> FirstAccount | None:
        """The first account that this interview was stopped at; None where it was not."""
        first = self.body.first_account
        return first if first is not None and first.stopped else None


def load(s: Session, interview_id: RootId) -> PreparationView:
    """The preparation of an interview."""
    with s.store.read() as reader:
        heads = _heads(reader, interview_id)
        shown = next((head for head in heads if head.state == CURRENT), heads[0] if heads else None)
        body = shown.body if shown is not None else Preparation()
        return PreparationView(
            record=shown.envelope.id if shown is not None else NO_RECORD,
            body=body if isinstance(body, Preparation) else Preparation(),
            base=shown.sha if shown is not None else None,
            draft=record_drafts.read(reader, interview_id, NAME),
            newer=shown is not None and body is None,
            beside=len(heads) - 1 if heads else 0,
        )


def save(s: Session, interview_id: RootId, body: Preparation, reason: str = "") -> RevisionHash:
    """Record it as a version; what was typed is settled with it. An interview without a version gets one first.

    Raises InputError `interview.reason-needed`, `interview.newer`, MachineError.
    """
    ensure_saved(s, interview_id)
    with s.store.write() as work:
        heads = [head for head in _heads(work, interview_id) if head.state == CURRENT]
        if any(head.body is None for head in heads):
            raise InputError("interview.newer")
        if len(heads) == 1 and heads[0].body == body:
            record_drafts.settled(work, interview_id, NAME)
            return heads[0].sha
        record = heads[0].envelope.id if heads else NO_RECORD
        require_reason(s, work, interview_id, reason, record=record or None)
        _, sha = revising.write(
            s,
            work,
            body,
            root=interview_id,
            record=record,
            parents=[head.sha for head in heads if head.envelope.id == record],
            reason=reason,
        )
        record_drafts.settled(work, interview_id, NAME)
    return sha


def _heads(reader: Reader, interview_id: RootId) -> list[Version]:
    found = revising.root_heads(reader, interview_id, (NAME,))
    return [head for heads in found.values() for head in heads]
