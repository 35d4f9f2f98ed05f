"""How a recording is shown, and the few looks at its record that all use cases over recordings share."""

from __future__ import annotations

from cairn import paths
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import RecordingView
from cairn.app.sound import off_record
from cairn.errors import InputError
from cairn.model.ids import NO_MEDIA, MediaId, RecordId
from cairn.model.kinds.recording import Recording
from cairn.storage.work import Reader


def need(rows_: Reader, recording_id: RecordId) -> revising.Version:
    """The current head of a recording. Raises InputError `interview.unknown`, `interview.newer`."""
    head = revising.need(rows_, recording_id, "recording")
    if not isinstance(head.body, Recording):
        raise InputError("interview.newer")
    return head


def body_of(head: revising.Version) -> Recording:
    """The body of a recording's version. Raises InputError `interview.newer`."""
    if not isinstance(head.body, Recording):
        raise InputError("interview.newer")
    return head.body


def media_id(s: Session, rows_: Reader, head: revising.Version) -> MediaId:
    """The media object of a recording; empty when its bytes are not here."""
    body = body_of(head)
    found = revising.media_of(s, rows_, head.envelope.root, head.envelope.id, body.sha256)
    return found.media_id if found is not None else NO_MEDIA


def shown(s: Session, rows_: Reader, head: revising.Version, off: off_record.OffRecord) -> RecordingView:
    """A version of a recording as it is shown."""
    body = body_of(head)
    record = head.envelope.id
    media = media_id(s, rows_, head)
    return RecordingView(
        id=record,
        interview=head.envelope.root,
        # Another device may have named it anything: with folders, or with an ending that shows reversed.
        name=paths.safe_name(body.name),
        started=body.started,
        duration=body.duration,
        size=body.size,
        sha256=body.sha256,
        type=body.type,
        source=body.source,
        interrupted=body.interrupted,
        marks=tuple(body.marks),
        excluded=tuple(off.excluded(record)),
        kept=tuple(body.kept),
        master=body.master,
        of=body.of,
        removed=body.removed,
        present=bool(media),
        own=s.is_own(revising.maker(rows_, record)),
        added=revising.versions(rows_, record)[0].envelope.created,
        media=media,
    )


def load(s: Session, rows_: Reader, recording_id: RecordId) -> RecordingView:
    """A recording as it is at this moment. Raises InputError `interview.unknown`, `interview.newer`."""
    head = need(rows_, recording_id)
    return shown(s, rows_, head, off_record.of_interview(rows_, head.envelope.root))
