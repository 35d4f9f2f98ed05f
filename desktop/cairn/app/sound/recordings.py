"""Recordings of an interview: list, read, name, remove, put spans off the record.

How one is begun, ended and found again after a crash is in `recording_lifecycle`; what is made of one, and
sound that
is taken in from a file, in `recording_copies` and `bringing`. Both are reached from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from cairn.app.files import rewriting
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import RecordingView, Unfinished
from cairn.app.sound import off_record
from cairn.app.sound.bringing import bring, import_sound, remeasure
from cairn.app.sound.recording_copies import (
    cut,
    draw_peaks,
    ensure_cuts,
    excerpt,
    listening_copy,
    missing_cuts,
)
from cairn.app.sound.recording_damage import Damage, Sound, is_damage, repaired
from cairn.app.sound.recording_lifecycle import (
    ENCODINGS,
    RecordingInProgress,
    begin,
    finish,
    finish_or_give_up,
    give_up,
    minutes_left,
    recover,
    unfinished,
)
from cairn.app.sound.recording_view import body_of, load, media_id, need, shown
from cairn.crypto.cobblestone import CobReader
from cairn.errors import InputError, IntegrityError
from cairn.model import spans as arithmetic
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.note import Note
from cairn.model.kinds.recording import Recording
from cairn.model.values import Span
from cairn.storage import peaks as overviews
from cairn.storage.work import Work

__all__ = [
    "ENCODINGS",
    "Damage",
    "RecordingInProgress",
    "RecordingView",
    "Sound",
    "Unfinished",
    "begin",
    "bring",
    "bring_back",
    "cut",
    "draw_peaks",
    "ensure_cuts",
    "excerpt",
    "exclude",
    "finish",
    "finish_or_give_up",
    "give_up",
    "import_sound",
    "include",
    "is_damage",
    "listening_copy",
    "minutes_left",
    "missing_cuts",
    "peaks",
    "reader",
    "recover",
    "remeasure",
    "remove",
    "rename",
    "repaired",
    "rows",
    "unfinished",
    "view",
]


def rows(s: Session, interview_id: RootId) -> list[RecordingView]:
    """The recordings of an interview in order of arrival, removed ones included and marked."""
    with s.store.read() as reader:
        heads = revising.root_heads(reader, interview_id)
        off = off_record.OffRecord(heads)
        return [
            shown(s, reader, found[0], off)
            for found in heads.values()
            if found[0].state == revising.CURRENT and isinstance(found[0].body, Recording)
        ]


def view(s: Session, recording_id: RecordId) -> RecordingView:
    """A recording as it is now. Raises InputError `interview.unknown`, `interview.newer`."""
    with s.store.read() as reader:
        return load(s, reader, recording_id)


def reader(s: Session, recording_id: RecordId) -> CobReader:
    """Random access to a recording's decrypted bytes. Close it.

    Raises InputError `interview.unknown`, IntegrityError `file.bytes-missing` or what reading finds.
    """
    with s.store.read() as rows_:
        head = need(rows_, recording_id)
        media = media_id(s, rows_, head)
    if not media:
        raise IntegrityError("file.bytes-missing")
    return s.media.open(media)


def peaks(s: Session, recording_id: RecordId) -> bytes | None:
    """The overview of a recording, one byte for 50 ms; None where it has to be drawn (`draw_peaks`)."""
    with s.store.read() as rows_:
        media = media_id(s, rows_, need(rows_, recording_id))
        return overviews.get(rows_, media) if media else None


def rename(s: Session, recording_id: RecordId, name: str, reason: str = "") -> RecordingView:
    """Give a recording another name. Raises InputError `file.name-empty`, `interview.reason-needed`."""
    return _change(s, recording_id, reason, rewriting.named(name))


def remove(s: Session, recording_id: RecordId, reason: str) -> RecordingView:
    """Remove a recording. Its sound stays in the vault and does not leave it any more.

    A reason is always needed. Raises InputError `interview.reason-needed`.
    """
    return _change(s, recording_id, reason, rewriting.removed(reason))


def bring_back(s: Session, recording_id: RecordId, reason: str = "") -> RecordingView:
    """Bring back a removed recording. Raises InputError `interview.reason-needed`."""
    return _change(s, recording_id, reason, rewriting.brought_back)


def exclude(s: Session, recording_id: RecordId, spans: Sequence[Span], reason: str = "") -> RecordingView:
    """Put spans off the record, beside those that are already. From now on the recording stays in the vault;
    a cut without them may leave (`recording_copies.cut`).

    Raises InputError `recording.span`, `interview.reason-needed`.
    """

    def put_off(body: Recording) -> Recording:
        found = arithmetic.joined(spans, body.duration or None)
        if not found:
            raise InputError("recording.span")
        return msgspec.structs.replace(body, excluded=arithmetic.joined([*body.excluded, *found]))

    return _change(s, recording_id, reason, put_off, act="recording.exclude")


def include(s: Session, recording_id: RecordId, spans: Sequence[Span], reason: str) -> RecordingView:
    """Put spans on the record again, because the person wants it so, and the notes that were begun in them.

    A reason is always needed. Raises InputError `interview.reason-needed`.
    """
    if not reason.strip():
        raise InputError("interview.reason-needed")
    with s.store.write() as work:
        _rewrite(
            s,
            work,
            recording_id,
            reason,
            lambda body: msgspec.structs.replace(body, excluded=arithmetic.without(body.excluded, spans)),
            act="recording.include",
        )
        _include_notes(s, work, recording_id, spans, reason)
        return load(s, work, recording_id)


def _change(
    s: Session,
    recording_id: RecordId,
    reason: str,
    change: Callable[[Recording], Recording],
    act: str = "record.revise",
) -> RecordingView:
    with s.store.write() as work:
        _rewrite(s, work, recording_id, reason, change, act)
        return load(s, work, recording_id)


def _rewrite(
    s: Session,
    work: Work,
    recording_id: RecordId,
    reason: str,
    change: Callable[[Recording], Recording],
    act: str,
) -> None:
    head = need(work, recording_id)
    rewriting.rewrite(s, work, head, body_of(head), change, reason, act)


def _include_notes(
    s: Session, work: Work, recording_id: RecordId, spans: Sequence[Span], reason: str
) -> None:
    """Notes that were begun in these spans, and in nothing else that is off the record."""
    interview = need(work, recording_id).envelope.root
    heads = revising.root_heads(work, interview)
    off = off_record.OffRecord(heads)
    for record, found in heads.items():
        body = found[0].body
        if len(found) != 1 or not isinstance(body, Note) or not body.off or body.recording != recording_id:
            continue
        if off.is_off(recording_id, body.at) or not any(each.start <= body.at <= each.end for each in spans):
            continue
        revising.write(
            s,
            work,
            msgspec.structs.replace(body, off=False),
            root=interview,
            record=record,
            parents=[found[0].sha],
            reason=reason,
        )
