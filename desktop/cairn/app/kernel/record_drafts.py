"""Drafts of what belongs to an interview: the note, the consent, the transcripts that somebody is writing.

They are kept as the account is, at most half a second after a keystroke, and go with the version that is
made of them or with the interview. At most one note, one beside the recorder and one consent are open for an
interview, and one transcript for each recording.
"""

from __future__ import annotations

from cairn.app.kernel.session import Session
from cairn.app.kernel.views import PartDraft
from cairn.model.drafts import Draft
from cairn.model.ids import RecordId, RootId
from cairn.storage import drafts
from cairn.storage.work import Reader, Work


def save(s: Session, interview_id: RootId, kind: str, record_id: RecordId, draft: Draft) -> None:
    """Keep what is being typed. `kind` is the record's, or `stamped` for the note beside the recorder: it may
    be begun while another one waits in the account. `record_id` is a new id for what has no version yet, or one
    that `revising.begin` gave. Raises MachineError."""
    drafts.save(s.store, record_id, interview_id, kind, draft, begun=s.begun.get(record_id))


def discard(s: Session, record_id: RecordId) -> None:
    """Forget what was typed: the person gave it up."""
    with s.store.write() as work:
        drafts.discard(work, record_id)


def settled(work: Work, interview_id: RootId, *kinds: str) -> None:
    """What was typed became a version, or its interview is gone: the drafts of these kinds go; without any, all."""
    for info in drafts.all(work, interview_id):
        if not kinds or info.kind in kinds:
            drafts.discard(work, info.record_id)


def read(reader: Reader, interview_id: RootId, kind: str) -> PartDraft | None:
    """The open draft of one kind, the newest first."""
    for info in drafts.all(reader, interview_id):
        draft = drafts.load(reader, info.record_id) if info.kind == kind else None
        if draft is not None:
            return PartDraft(info.record_id, draft)
    return None
