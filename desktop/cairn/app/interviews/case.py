"""Everything that the workspace shows of one interview, gathered at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cairn import paths
from cairn.app.kernel import device_names, identities, record_drafts, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import (
    ConflictView,
    ConsentView,
    FileView,
    InterviewView,
    NoteView,
    VersionView,
)
from cairn.errors import InputError
from cairn.model.agreement import Consent
from cairn.model.ids import Fingerprint, RecordId, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Body
from cairn.model.kinds.note import Note
from cairn.model.kinds.preparation import Preparation
from cairn.storage import drafts
from cairn.storage.work import Reader


def load(s: Session, interview_id: RootId) -> InterviewView:
    """The interview with its notes, files, consent and what waits to be settled.

    Raises InputError `interview.unknown`; IntegrityError when what is stored is not what was signed.
    """
    identities.catch_up(s)
    with s.store.read() as reader:
        heads = revising.root_heads(reader, interview_id)
        draft = drafts.load(reader, interview_id)
        own = heads.get(interview_id, [])
        if not own and draft is None:
            raise InputError("interview.unknown")
        labels = device_names.Labels(s, reader)
        shown = own[0] if own else None
        body = shown.body if shown is not None else Interview()
        known, unreadable = identities.look(s, reader, interview_id)
        device = revising.maker(reader, interview_id) or s.keys.fingerprint
        typed = frozenset(_kind_of(info.kind) for info in drafts.all(reader, interview_id))
        final = revising.is_final(own)
        return InterviewView(
            id=interview_id,
            body=body if isinstance(body, Interview) else Interview(),
            base=shown.sha if shown is not None else None,
            draft=draft,
            final=final,
            read_only="interview.newer" if own and body is None else "",
            own=s.is_own(device),
            device_label=labels.of(device),
            consent=consent_view(
                [head for each in heads.values() for head in each if head.envelope.kind == "consent"], labels
            ),
            notes=tuple(_notes(heads, labels, reader)),
            files=tuple(_files(s, heads, reader)),
            conflicts=tuple(_conflicts(heads, labels)),
            sent=revising.was_sent(reader, interview_id),
            note_draft=record_drafts.read(reader, interview_id, "note"),
            stamped_draft=record_drafts.read(reader, interview_id, "stamped"),
            consent_draft=record_drafts.read(reader, interview_id, "consent"),
            names={code: each.opening.name for code, each in known.items()},
            names_open=s.identity.is_open,
            unreadable=tuple(each.code for each in unreadable),
            unsaved=typed,
            preparation=_preparation(heads),
            # What is typed and waits for its reason is a correction that was begun.
            frozen=final and not any(_freezes(kind) for kind in typed),
        )


def _kind_of(draft: str) -> str:
    """The kind of record that a draft becomes: `stamped` is a note that is written beside the recorder."""
    return "note" if draft == "stamped" else draft


def _freezes(name: str) -> bool:
    kind = registry.get(name)
    return kind is None or kind.freezes


def consent_view(found: Sequence[Version], labels: device_names.Labels) -> ConsentView:
    """The consent to show, of all heads of all consent records: the current one, and whether others stand beside it."""
    if not found:
        return ConsentView()
    shown = next((head for head in found if head.state == CURRENT), found[0])
    body = shown.body if isinstance(shown.body, Consent) else Consent()
    return ConsentView(
        choice=body.choice,
        share_with=body.share_with,
        contacts=tuple((each, labels.of(each)) for each in map(Fingerprint, body.named)),
        given=body.given,
        set=True,
        conflict=len(found) > 1 or shown.state != CURRENT,
        record=shown.envelope.id,
        grid=body.grid,
        created=shown.envelope.created,
    )


def version_view(
    head: Version, labels: device_names.Labels, *, is_head: bool, what: str | None = None
) -> VersionView:
    """A revision as shown in histories and conflicts."""
    envelope = head.envelope
    return VersionView(
        sha=head.sha,
        record=envelope.id,
        kind=envelope.kind,
        created=envelope.created,
        author=envelope.author,
        device=envelope.device,
        device_label=labels.of(envelope.device),
        reason=envelope.reason,
        what=what if what is not None else ("created" if not envelope.parents else "changed"),
        head=is_head,
        state=head.state,
        parents=tuple(envelope.parents),
        name=_file_name(head.body),
    )


def _file_name(body: Body | None) -> str:
    kind = None if body is None else registry.of_body(body)
    media = None if body is None or kind is None else kind.media(body)
    return "" if media is None else str(media.name)


def _preparation(heads: dict[RecordId, list[Version]]) -> Preparation | None:
    found = (head.body for each in heads.values() for head in each if head.state == CURRENT)
    return next((body for body in found if isinstance(body, Preparation)), None)


def _notes(
    heads: dict[RecordId, list[Version]], labels: device_names.Labels, reader: Reader
) -> Iterable[NoteView]:
    for record, found in heads.items():
        shown = found[0]
        if shown.state != CURRENT or not isinstance(shown.body, Note):
            continue
        first = revising.first(reader, shown)
        yield NoteView(
            id=record,
            text=shown.body.text,
            created=first.envelope.created,
            author=first.envelope.author,
            device_label=labels.of(first.envelope.device),
            removed=shown.body.removed,
            sha=shown.sha,
            recording=shown.body.recording,
            at=shown.body.at,
        )


def _files(s: Session, heads: dict[RecordId, list[Version]], reader: Reader) -> Iterable[FileView]:
    for record, found in heads.items():
        shown = found[0]
        if shown.state != CURRENT or not isinstance(shown.body, Attachment):
            continue
        first = revising.first(reader, shown)
        yield file_view(s, reader, shown.envelope.root, record, shown.body, added=first.envelope.created)


def file_view(
    s: Session, reader: Reader, interview: RootId, record: RecordId, body: Attachment, *, added: str = ""
) -> FileView:
    """An attachment as shown."""
    return FileView(
        id=record,
        # Another device may have named it anything: with folders, or with an ending that shows reversed.
        name=paths.safe_name(body.name),
        size=body.size,
        type=body.type,
        sha256=body.sha256,
        removed=body.removed,
        added=added,
        present=revising.media_of(s, reader, interview, record, body.sha256) is not None,
        of=body.of,
        how=tuple(body.how),
    )


def _conflicts(heads: dict[RecordId, list[Version]], labels: device_names.Labels) -> Iterable[ConflictView]:
    for record, found in heads.items():
        if len(found) > 1 or found[0].state != CURRENT:
            yield ConflictView(
                record=record,
                kind=found[0].envelope.kind,
                name=revising.title_of(found[0].body),
                versions=tuple(version_view(head, labels, is_head=True) for head in found),
            )
