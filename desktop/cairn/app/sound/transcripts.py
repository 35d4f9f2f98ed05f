"""Transcripts: the words of a recording, kept while they are typed, saved as versions.

A transcript belongs to one recording, and its times are those of that recording's sound. What is off the
record is in no version: `save_version` refuses a paragraph that touches an excluded span, and where a span
was excluded after the words were written, `clean` makes the version without them. Until then the transcript
doesn't leave the vault.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from cairn.app.interviews.interviews import require_reason
from cairn.app.kernel import contacts, record_drafts, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.app.sound import off_record, paragraphs
from cairn.errors import InputError
from cairn.model.drafts import Draft
from cairn.model.ids import NO_RECORD, NO_REVISION, RecordId, RevisionHash, RootId
from cairn.model.kinds.recording import Recording
from cairn.model.kinds.transcript import Paragraph, Transcript
from cairn.model.values import LengthMs, Span
from cairn.storage import drafts, revisions
from cairn.storage.work import Reader, Work

KIND = "transcript"


@dataclass(frozen=True)
class Choice:
    """One of several transcripts of a recording, to choose from."""

    id: RecordId
    language: str
    translation: str
    author: str
    """Who made its newest version; may be empty."""
    device: str
    """Label of the device that began it; empty for this one."""
    changed: str
    """UTC, of its newest version."""


@dataclass(frozen=True)
class TranscriptView:
    """The transcript of a recording, as it is shown and edited."""

    id: RecordId
    """Of the record; a new id where there is none yet."""
    interview: RootId
    recording: RecordId
    name: str
    """Of the recording."""
    duration: LengthMs
    """Of the recording's sound, in milliseconds."""
    body: Transcript
    """The saved state; an empty one before the first version. The draft is beside it."""
    base: RevisionHash | None
    """SHA-256 of the version shown."""
    draft: Draft | None
    excluded: tuple[Span, ...]
    """What is off the record."""
    touching: tuple[int, ...]
    """Which paragraphs of `body` touch it: then the transcript stays in the vault until it is cleaned."""
    own: bool
    conflict: bool
    """Something waits to be settled under History."""
    read_only: str = ""
    """Empty, or the code of why nothing can be changed."""
    from_master: bool = False
    """Of a cut or an excerpt without words of its own: these are the master's, at the times of this sound."""
    source: RecordId = NO_RECORD
    """Id of the transcript whose saved words these are: its own or the master's; empty without any."""
    others: tuple[RecordId, ...] = ()
    """Ids of further transcripts of the same recording, made on other devices."""
    choices: tuple[Choice, ...] = ()
    """All transcripts of the recording that are saved, this one among them where it is."""


def load(s: Session, recording_id: RecordId, transcript_id: RecordId = NO_RECORD) -> TranscriptView:
    """The transcript of a recording, or an empty one. With `transcript_id` that one of several.

    Raises InputError `interview.unknown`, `interview.newer`.
    """
    with s.store.read() as reader:
        head = revising.need(reader, recording_id, "recording")
        sound = recording_in(head)
        interview = head.envelope.root
        found = _of(reader, interview, recording_id)
        typed = _typed(reader, interview, recording_id)
        record = transcript_id or next(iter(found), NO_RECORD) or next(iter(typed), NO_RECORD)
        versions = found.get(record, [])
        shown = versions[0] if versions else None
        body, from_master, source = Transcript(recording=recording_id), False, NO_RECORD
        if shown is not None and isinstance(shown.body, Transcript):
            body, source = shown.body, record
        elif shown is None and record not in typed and sound.of and sound.kept:
            source, inherited = next(iter(_of(reader, interview, sound.of).items()), (NO_RECORD, []))
            if inherited and isinstance(inherited[0].body, Transcript):
                body, from_master = on_the_clock_of(inherited[0].body, recording_id, sound), True
        excluded = off_record.of_interview(reader, interview).excluded(recording_id)
        return TranscriptView(
            id=record or revising.begin(s, "transcript", interview),
            interview=interview,
            recording=recording_id,
            name=sound.name,
            duration=sound.duration,
            body=body,
            base=shown.sha if shown is not None else None,
            draft=typed.get(record),
            excluded=tuple(excluded),
            touching=tuple(paragraphs.touching(body.paragraphs, excluded, sound.duration)),
            own=not record or s.is_own(revising.maker(reader, record) or s.keys.fingerprint),
            conflict=len(versions) > 1 or (shown is not None and shown.state != CURRENT),
            read_only="interview.newer" if shown is not None and shown.body is None else "",
            from_master=from_master,
            source=source,
            others=tuple(other for other in found if other != record),
            choices=tuple(_choice(s, reader, each, heads[0]) for each, heads in found.items()),
        )


def _choice(s: Session, reader: Reader, record: RecordId, head: Version) -> Choice:
    body = head.body if isinstance(head.body, Transcript) else Transcript()
    maker = revising.maker(reader, record)
    row = None if s.is_own(maker) else contacts.row(reader, maker)
    return Choice(
        id=record,
        language=body.language,
        translation=body.translation,
        author=head.envelope.author,
        device=row.label if row is not None else "",
        changed=head.envelope.created,
    )


def bring_back(s: Session, transcript_id: RecordId, reason: str) -> RevisionHash:
    """Make the version before the removal the current one again; returns its SHA-256.

    Raises InputError `interview.reason-needed`, `interview.unknown`, `transcript.nothing` where none stood
    before, and as `save_version` where something of it is off the record by now.
    """
    if not reason.strip():
        raise InputError("interview.reason-needed")
    with s.store.write() as work:
        head = revising.need(work, transcript_id, KIND)
        if not words_in(head).removed:
            return head.sha
        before = [revising.version(work, sha) for sha in head.envelope.parents]
        stood = [each.body for each in before if isinstance(each.body, Transcript) and not each.body.removed]
        if not stood:
            raise InputError("transcript.nothing")
        body = stood[0]
        sound = recording_in(sound_of(work, body.recording))
        interview = head.envelope.root
        kept = msgspec.structs.replace(body, paragraphs=_within(work, interview, body, sound))
        return _write(s, work, transcript_id, interview, kept, head.sha, reason)


def removed(s: Session, recording_id: RecordId) -> list[RecordId]:
    """Ids of the transcripts of a recording that were removed and can be brought back, the newest first."""
    with s.store.read() as reader:
        interview = revising.need(reader, recording_id, "recording").envelope.root
        found = []
        for info in revisions.records_of(reader, interview):
            head = revising.current(reader, info.id) if info.kind == KIND else None
            gone = head is not None and isinstance(head.body, Transcript) and head.body.removed
            if head is not None and gone and words_in(head).recording == recording_id:
                found.append((head.envelope.created, info.id))
        return [record for _, record in sorted(found, reverse=True)]


def of_interview(s: Session, interview_id: RootId) -> dict[RecordId, RecordId]:
    """Transcript id → recording id, of the transcripts that stand, and of those that are only typed yet."""
    with s.store.read() as reader:
        found = {
            record: versions[0].body.recording
            for record, versions in _all(reader, interview_id).items()
            if isinstance(versions[0].body, Transcript)
        }
        for info in drafts.all(reader, interview_id):
            draft = drafts.load(reader, info.record_id) if info.kind == KIND else None
            if draft is not None:
                found.setdefault(info.record_id, read_draft(draft).recording)
    return found


def saved(s: Session, record_id: RecordId) -> tuple[RecordId, Transcript]:
    """(id, saved version) of a transcript, named by its own id or by that of its recording.

    Its recording need not be here. Raises InputError `transcript.nothing`, `interview.unknown`,
    `interview.newer`.
    """
    with s.store.read() as reader:
        head = revising.current(reader, record_id)
        if head is None:
            raise InputError("interview.unknown")
        if head.envelope.kind == "recording":
            found = _of(reader, head.envelope.root, record_id)
            head = next((each[0] for each in found.values() if each[0].state == CURRENT), None)
            if head is None:
                raise InputError("transcript.nothing")
        if head.envelope.kind != KIND:
            raise InputError("interview.unknown")
        return head.envelope.id, words_in(head)


def save_draft(s: Session, interview_id: RootId, transcript_id: RecordId, draft: Draft) -> None:
    """Keep what is being typed. Raises MachineError."""
    record_drafts.save(s, interview_id, KIND, transcript_id, draft)


def discard_draft(s: Session, transcript_id: RecordId) -> None:
    """Forget what was typed since the last version."""
    record_drafts.discard(s, transcript_id)


def open_drafts(s: Session, interview_id: RootId) -> list[RecordId]:
    """Ids of the transcripts of an interview with words that are no version yet."""
    with s.store.read() as reader:
        return [info.record_id for info in drafts.all(reader, interview_id) if info.kind == KIND]


def save_version(
    s: Session, transcript_id: RecordId, body: Transcript | None = None, *, reason: str = ""
) -> RevisionHash:
    """Make a version of `body`, or of the draft when none is given, and drop the draft.

    Returns the SHA-256 of the version, or that of the one before when nothing has changed. Empty paragraphs
    are left out, ends that are not known are filled in (`paragraphs.tidy`). Raises InputError
    `transcript.off-record` for a paragraph that touches an excluded span, `transcript.no-recording`,
    `interview.reason-needed`, `interview.newer`, `interview.unknown`, `interview.too-long`.
    """
    with s.store.write() as work:
        draft = drafts.load(work, transcript_id)
        if body is None:
            if draft is None:
                return revising.need(work, transcript_id, KIND).sha
            body = read_draft(draft)
        return _put(s, work, transcript_id, body, draft, reason)


def save_drafts(s: Session, interview_id: RootId, reason: str = "") -> list[RecordId]:
    """Make versions of all transcripts of an interview that have words in a draft; ids of those made.

    Raises as `save_version`, at the first that can't be saved; those before it are.
    """
    made = []
    for record in open_drafts(s, interview_id):
        save_version(s, record, reason=reason)
        made.append(record)
    return made


def clean(s: Session, transcript_id: RecordId, reason: str) -> RevisionHash:
    """Make the version without the paragraphs that touch what is off the record; the draft is cleaned too.

    The words go from what can leave the vault; earlier versions keep them inside it. Raises InputError
    `interview.reason-needed` and as `save_version`.
    """
    if not reason.strip():
        raise InputError("interview.reason-needed")
    with s.store.write() as work:
        draft = drafts.load(work, transcript_id)
        body = read_draft(draft) if draft is not None else words_in(revising.need(work, transcript_id, KIND))
        head = sound_of(work, body.recording)
        excluded = off_record.of_interview(work, head.envelope.root).excluded(body.recording)
        out = set(paragraphs.touching(body.paragraphs, excluded, recording_in(head).duration))
        kept = [each for number, each in enumerate(body.paragraphs) if number not in out]
        body = msgspec.structs.replace(body, paragraphs=kept)
        return _put(s, work, transcript_id, body, draft, reason)


def remove(s: Session, transcript_id: RecordId, reason: str) -> None:
    """Remove a transcript. Its versions stay in the history. Raises InputError `interview.reason-needed`."""
    if not reason.strip():
        raise InputError("interview.reason-needed")
    with s.store.write() as work:
        head = revising.need(work, transcript_id, KIND)
        interview = head.envelope.root
        require_reason(s, work, interview, reason, record=transcript_id)
        gone = Transcript(recording=words_in(head).recording, removed=True)
        _write(s, work, transcript_id, interview, gone, head.sha, reason)
        drafts.discard(work, transcript_id)


def read_draft(draft: Draft) -> Transcript:
    """The transcript that a draft holds. Raises InputError `record.malformed`."""
    try:
        return msgspec.json.decode(bytes(draft.body), type=Transcript)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError("record.malformed") from error


def _put(
    s: Session, work: Work, transcript_id: RecordId, body: Transcript, draft: Draft | None, reason: str
) -> RevisionHash:
    head = sound_of(work, body.recording)
    sound = recording_in(head)
    interview = head.envelope.root
    body = msgspec.structs.replace(
        body,
        paragraphs=_within(work, interview, body, sound),
        language=body.language.strip(),
        translation=body.translation.strip(),
    )
    base = _base(work, transcript_id, draft)
    if base is not None and base.body is None:
        raise InputError("interview.newer")
    if base is not None and base.envelope.root != interview:
        raise InputError("interview.unknown")
    if base is not None and base.body == body:
        drafts.discard(work, transcript_id)
        return base.sha
    require_reason(s, work, interview, reason, record=transcript_id)
    sha = _write(
        s, work, transcript_id, interview, body, base.sha if base is not None else NO_REVISION, reason
    )
    drafts.discard(work, transcript_id)
    return sha


def _within(work: Work, interview: RootId, body: Transcript, sound: Recording) -> list[Paragraph]:
    """The paragraphs as they are kept; none of them is off the record."""
    excluded = off_record.of_interview(work, interview).excluded(body.recording)
    # Words whose end nobody wrote down yet end before the next span, so only what begins inside one touches.
    kept = paragraphs.tidy(body.paragraphs, excluded, sound.duration)
    wrong = paragraphs.touching(kept, excluded, sound.duration)
    if wrong:
        raise InputError("transcript.off-record", count=len(wrong), at=paragraphs.clock(kept[wrong[0]].start))
    return kept


def _write(
    s: Session,
    work: Work,
    record: RecordId,
    interview: RootId,
    body: Transcript,
    parent: RevisionHash,
    reason: str,
) -> RevisionHash:
    _, sha = revising.write(
        s,
        work,
        body,
        root=interview,
        record=record,
        parents=[parent] if parent else [],
        reason=reason,
    )
    return sha


def _base(work: Work, transcript_id: RecordId, draft: Draft | None) -> Version | None:
    """The version that a new one follows: what the draft was begun on, else the current head."""
    if draft is not None and draft.base is not None:
        return revising.version(work, draft.base)
    return revising.current(work, transcript_id)


def _all(reader: Reader, interview: RootId) -> dict[RecordId, list[Version]]:
    """The transcripts of an interview that stand, each with its heads; those that were removed are left out."""
    found = {}
    for info in revisions.records_of(reader, interview):
        if info.kind == KIND:
            heads = revising.heads(reader, info.id)
            if heads and not (isinstance(heads[0].body, Transcript) and heads[0].body.removed):
                found[info.id] = heads
    return found


def _of(reader: Reader, interview: RootId, recording: RecordId) -> dict[RecordId, list[Version]]:
    return {
        record: heads
        for record, heads in _all(reader, interview).items()
        if isinstance(heads[0].body, Transcript) and heads[0].body.recording == recording
    }


def _typed(reader: Reader, interview: RootId, recording: RecordId) -> dict[RecordId, Draft]:
    found = {}
    for info in drafts.all(reader, interview):
        draft = drafts.load(reader, info.record_id) if info.kind == KIND else None
        if draft is not None and read_draft(draft).recording == recording:
            found[info.record_id] = draft
    return found


def on_the_clock_of(body: Transcript, recording_id: RecordId, sound: Recording) -> Transcript:
    """The words of a master, as far as a sound made from it holds them, at the times of that sound."""
    kept = paragraphs.into_copy(body.paragraphs, sound.kept)
    return msgspec.structs.replace(body, recording=recording_id, paragraphs=kept)


def sound_of(reader: Reader, recording: RecordId) -> Version:
    """The recording's current version. Raises InputError `transcript.no-recording`."""
    head = revising.current(reader, recording)
    if head is None or head.envelope.kind != "recording":
        raise InputError("transcript.no-recording")
    return head


def recording_in(head: Version) -> Recording:
    """What a recording's version says. Raises InputError `interview.newer` where a newer Cairn wrote it."""
    if not isinstance(head.body, Recording):
        raise InputError("interview.newer")
    return head.body


def words_in(head: Version) -> Transcript:
    """What a transcript's version says. Raises InputError `interview.newer` where a newer Cairn wrote it."""
    if not isinstance(head.body, Transcript):
        raise InputError("interview.newer")
    return head.body
