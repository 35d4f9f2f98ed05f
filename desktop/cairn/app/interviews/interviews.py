"""Interviews: write down, save as a version, finalise, erase; and their notes.

Typing goes into a draft (`save_draft`, at most half a second after a keystroke). `save_version` makes a
signed revision of it. A finalised interview can still be corrected: every change to it, its notes and its
files then needs a reason. An interview that another device made can be corrected here too, with a reason:
that is this device's own branch, and when the other device goes on from its version, both stand side
by side until a person settles them.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from cairn.app.interviews import under_way
from cairn.app.interviews.case import load
from cairn.app.interviews.conflicts import set_aside, settle
from cairn.app.interviews.history import difference, history, typed, typed_difference
from cairn.app.interviews.listing import count, ids, rows
from cairn.app.kernel import identities, record_drafts, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.errors import InputError
from cairn.model.drafts import Draft
from cairn.model.ids import NO_RECORD, RecordId, RevisionHash, RootId
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.model.kinds.person import Person as CodedPerson
from cairn.model.time.told import Told
from cairn.model.values import BEGINNING, MomentMs
from cairn.storage import drafts, openings
from cairn.storage import erase as erasure
from cairn.storage.work import Reader, Work

__all__ = [
    "count",
    "create",
    "difference",
    "discard_draft",
    "ensure_saved",
    "erase",
    "erase_identity",
    "finalise",
    "history",
    "ids",
    "load",
    "read_draft",
    "remove_note",
    "require_reason",
    "rows",
    "save_draft",
    "save_note",
    "save_version",
    "set_aside",
    "settle",
    "typed",
    "typed_difference",
]


def create(s: Session, *, title: str = "") -> RootId:
    """Begin an interview: a draft and no version yet. Returns its id."""
    interview = RootId(revising.begin(s, "interview"))
    save_draft(s, interview, Draft(base=None, body=_raw(Interview(title=title))))
    return interview


def save_draft(
    s: Session, interview_id: RootId, draft: Draft, *, names: Mapping[str, str] | None = None
) -> None:
    """Keep what is being typed. Quick, and the last thing that still works on a full disk.

    `names` are those of protected people, by code: they go into the identity compartment, and first, so that
    no code is ever without its name. Raises InputError `identity.closed`, MachineError.
    """
    identities.keep(s, interview_id, names or {})
    drafts.save(s.store, interview_id, interview_id, "interview", draft, begun=s.begun.get(interview_id))


def discard_draft(s: Session, interview_id: RootId) -> None:
    """Forget what was typed since the last version. An interview without any version is gone with it."""
    with s.store.write() as work:
        drafts.discard(work, interview_id)
        identities.discard(s, work, interview_id)
        if not revising.maker(work, interview_id):
            record_drafts.settled(work, interview_id)


def save_version(
    s: Session, interview_id: RootId, body: Interview | None = None, *, reason: str = ""
) -> RevisionHash:
    """Make a version of `body`, or of the draft when none is given, and drop the draft.

    Returns the SHA-256 of the version, or that of the one before when nothing has changed. A draft that
    was begun on a version which is no head any more becomes a version beside the newer one. Raises
    InputError `interview.reason-needed` for a finalised or foreign interview without a reason,
    `interview.newer`, `interview.unknown`, `interview.too-long`.
    """
    with s.store.write() as work:
        draft = drafts.load(work, interview_id)
        heads = revising.heads(work, interview_id)
        base = _base(work, heads, draft if body is None else None)
        if body is None:
            body = read_draft(draft) if draft is not None else _body(base)
        people = _unsettled(s, work, interview_id, body, reason)
        sha = _put(s, work, interview_id, body, base, reason)
        identities.settle(s, work, interview_id, people, reason)
        _protect(s, work, interview_id, body, reason)
        drafts.discard(work, interview_id)
    return sha


def finalise(s: Session, interview_id: RootId, *, reason: str = "") -> RevisionHash:
    """Finalise the interview as it stands, an open draft included. From then on every change needs a reason.

    Returns the SHA-256 of the finalised version. Raises as `save_version`, and InputError `recording.under-way`
    while it is being recorded: what is said then belongs to it still.
    """
    with s.beginning, s.store.write() as work:
        if under_way.is_recorded(s, work, interview_id):
            raise InputError("recording.under-way")
        draft = drafts.load(work, interview_id)
        heads = revising.heads(work, interview_id)
        if revising.is_final(heads):
            if draft is not None:
                raise InputError("interview.reason-needed")
            return heads[0].sha
        base = _base(work, heads, draft)
        body = read_draft(draft) if draft is not None else _body(base)
        people = _unsettled(s, work, interview_id, body, reason)
        sha = _put(s, work, interview_id, body, base, reason, final=True)
        identities.settle(s, work, interview_id, people, reason)
        _protect(s, work, interview_id, body, reason)
        drafts.discard(work, interview_id)
    return sha


def erase(s: Session, interview_id: RootId, reason: str) -> None:
    """Erase an interview with everything that belongs to it, for good. A tombstone remains.

    Raises InputError `interview.erase-reason`, `interview.unknown`; `recording.under-way` while it is being
    recorded: stop that first.
    """
    if not reason.strip():
        raise InputError("interview.erase-reason")
    with s.beginning, s.store.write() as work:
        if under_way.is_recorded(s, work, interview_id):
            raise InputError("recording.under-way")
        if revising.maker(work, interview_id) == "" and drafts.load(work, interview_id) is None:
            raise InputError("interview.unknown")
        identified = openings.any_of(work, interview_id)
        erasure.erase(work, s.media, [interview_id], reason.strip())
        if identified:
            identities.owe_key(work)
    if identified and s.identity.is_open:
        # What lies on an old page of the database is closed too, once the key that opened it is gone.
        identities.renew_key(s)
    s.store.truncate_log()


def erase_identity(s: Session, interview_id: RootId, person: str, reason: str) -> None:
    """Erase who one person of an interview is, for good: every opening, its key, and the identity key.

    The interview and the person's code stay. Raises InputError `interview.erase-reason`, `identity.unknown`,
    `identity.closed`.
    """
    if not reason.strip():
        raise InputError("interview.erase-reason")
    if not s.identity.is_open:
        raise InputError("identity.closed")
    with s.store.write() as work:
        held = identities.of(s, work, interview_id).get(person)
        if held is None:
            raise InputError("identity.unknown")
        erasure.erase(work, s.media, [held.record], reason.strip())
        identities.owe_key(work)
        s.identity.kept.pop(interview_id, None)
    identities.renew_key(s)
    s.store.truncate_log()


def save_note(
    s: Session,
    interview_id: RootId,
    note_id: RecordId | None,
    text: str,
    reason: str = "",
    *,
    recording: RecordId = NO_RECORD,
    at: MomentMs = BEGINNING,
    off: bool = False,
) -> str:
    """Add a note, or change one; returns its id. Raises as `save_version`.

    `recording` and `at` say where in a recording it was begun, in milliseconds; a note that is changed keeps
    its place unless another one is given. `off` is true of one that was written off the record: it stays.
    """
    ensure_saved(s, interview_id)
    draft = "stamped" if recording else "note"
    with s.store.write() as work:
        parents: list[RevisionHash] = []
        body = Note(text=text, recording=recording, at=at if recording else BEGINNING, off=off)
        if note_id is not None:
            head = revising.need(work, note_id, "note")
            if isinstance(head.body, Note) and not recording:
                body = msgspec.structs.replace(head.body, text=text, removed=False)
            if head.body == body:
                record_drafts.settled(work, interview_id, draft)
                return note_id
            if head.body is None:
                raise InputError("interview.newer")
            parents = [head.sha]
        require_reason(s, work, interview_id, reason, record=note_id)
        record, _ = revising.write(
            s,
            work,
            body,
            root=interview_id,
            record=note_id or NO_RECORD,
            parents=parents,
            reason=reason,
        )
        record_drafts.settled(work, interview_id, draft)
    return record


def remove_note(s: Session, note_id: RecordId, reason: str = "") -> None:
    """Remove a note. Its versions stay in the history. Raises as `save_version`."""
    with s.store.write() as work:
        head = revising.need(work, note_id, "note")
        interview = head.envelope.root
        require_reason(s, work, interview, reason, record=note_id)
        revising.write(
            s,
            work,
            Note(removed=True),
            root=interview,
            record=note_id,
            parents=[head.sha],
            reason=reason,
        )


def _protect(s: Session, work: Work, interview_id: RootId, body: Interview, reason: str) -> None:
    """Whoever is protected now keeps no open name in the own person record of the same code.

    The version before keeps it, as every version does; what is current is what is searched and what may leave.
    """
    codes = {each.code for each in body.people if each.protected}
    if not codes:
        return
    for heads in revising.root_heads(work, interview_id, ("person",)).values():
        head = heads[0]
        person = head.body
        if not isinstance(person, CodedPerson) or person.protected or person.code not in codes:
            continue
        if head.state == CURRENT and s.is_own(revising.maker(work, head.envelope.id)):
            born = person.born
            if born.earliest is not None and born.earliest == born.latest:
                born = Told(str(born.earliest.year), f"{born.earliest.year:04}")
            hidden = msgspec.structs.replace(person, protected=True, names=[], born=born)
            revising.write(
                s, work, hidden, root=interview_id, record=head.envelope.id, parents=[head.sha], reason=reason
            )


def require_reason(
    s: Session, reader: Reader, interview_id: RootId, reason: str, *, record: RecordId | None = None
) -> None:
    """Refuse a change without a reason where one is needed: finalised interviews, and those of other devices.

    Raises InputError `interview.reason-needed`, and `interview.newer` for an interview that this version
    doesn't fully know.
    """
    heads = revising.heads(reader, interview_id)
    if any(head.body is None for head in heads):
        raise InputError("interview.newer")
    devices = {revising.maker(reader, interview_id)}
    if record is not None:
        devices.add(revising.maker(reader, record))
    foreign = any(device and not s.is_own(device) for device in devices)
    frozen = revising.is_final(heads) and revising.freezes(reader, record or interview_id)
    if (foreign or frozen) and not reason.strip():
        raise InputError("interview.reason-needed")


def ensure_saved(s: Session, interview_id: RootId) -> None:
    """Make a first version of an interview that is only a draft: notes, files and consent need something
    to belong to. Raises InputError `interview.unknown`."""
    with s.store.read() as reader:
        if revising.maker(reader, interview_id):
            return
    save_version(s, interview_id)


def read_draft(draft: Draft) -> Interview:
    """The interview that a draft holds. Raises InputError `record.malformed`."""
    try:
        return msgspec.json.decode(bytes(draft.body), type=Interview)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError("record.malformed") from error


def _unsettled(s: Session, work: Work, interview: RootId, body: Interview, reason: str) -> set[str]:
    """The codes of the people; with a reason where one of their identities is about to change and it takes one.

    Whoever was not present and is spoken of has a code too: in a record of its own, or one that is being typed.
    """
    people = {person.code for person in body.people} | identities.spoken_of(work, interview)
    if identities.is_unsettled(s, work, interview, people) and revising.heads(work, interview):
        require_reason(s, work, interview, reason)
    return people


def _put(
    s: Session,
    work: Work,
    interview: RootId,
    body: Interview,
    base: Version | None,
    reason: str,
    *,
    final: bool = False,
) -> RevisionHash:
    if base is not None and base.body == body and not final:
        return base.sha
    require_reason(s, work, interview, reason)
    _, sha = revising.write(
        s,
        work,
        body,
        record=interview,
        parents=[base.sha] if base is not None else [],
        reason=reason,
        final=final,
        act="interview.finalise" if final else "record.revise",
    )
    return sha


def _base(work: Work, heads: list[Version], draft: Draft | None) -> Version | None:
    """The version that a new one follows: what the draft was begun on, else the current head."""
    if draft is not None and draft.base is not None:
        return revising.version(work, draft.base)
    return next((head for head in heads if head.state == CURRENT), None)


def _body(base: Version | None) -> Interview:
    if base is None:
        raise InputError("interview.unknown")
    if not isinstance(base.body, Interview):
        raise InputError("interview.newer")
    return base.body


def _raw(body: Interview) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(body))
