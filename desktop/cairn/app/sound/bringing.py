"""Sound from a phone or a recorder, taken into the interview byte for byte as it is.

It is decoded once to its end, for its length and its overview: what a file says of its length is not believed. What
can't be decoded is kept as a file of the interview, and said so by name; nothing is called kept that was not.
"""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from cairn.app.files import files
from cairn.app.files.outcomes import FILE, SOUND, Outcome
from cairn.app.interviews.interviews import ensure_saved, require_reason
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import RecordingView
from cairn.app.sound.recording_copies import listen
from cairn.app.sound.recording_view import body_of, load, media_id, need
from cairn.decode.host import DecodeHost, SoundInfo
from cairn.errors import InputError
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.recording import Recording
from cairn.model.ports import Progress, no_progress
from cairn.model.values import LengthMs
from cairn.storage import peaks as overviews
from cairn.storage.staging import Staged
from cairn.storage.work import Work

_NO_SOUND = ("recording.no-sound", "recording.too-long")


def bring(
    s: Session,
    decoder: DecodeHost,
    interview_id: RootId,
    source: BinaryIO,
    name: str,
    *,
    size: int | None = None,
    progress: Progress = no_progress,
    reason: str = "",
) -> Outcome:
    """Take in a file that was handed over as sound: as a recording, or where it can't be decoded as a file.

    `size` and progress are as with `files.attach`, counted twice. Raises InputError `file.name-empty`,
    `file.size-differs`, `interview.reason-needed`, `decode.closed`; MachineError, Cancelled; then nothing is kept.
    """
    return _take(s, decoder, interview_id, source, name, size, progress, reason, or_file=True)


def import_sound(
    s: Session,
    decoder: DecodeHost,
    interview_id: RootId,
    source: BinaryIO,
    name: str,
    *,
    size: int | None = None,
    progress: Progress = no_progress,
    reason: str = "",
) -> RecordingView:
    """As `bring`, but what can't be decoded is refused, and nothing is kept.

    Raises as well InputError `recording.no-sound`, `recording.too-long`, `decode.…`.
    """
    made = _take(s, decoder, interview_id, source, name, size, progress, reason, or_file=False)
    with s.store.read() as rows:
        return load(s, rows, made.record)


def remeasure(
    s: Session, decoder: DecodeHost, recording_id: RecordId, progress: Progress = no_progress
) -> RecordingView:
    """Decode sound from elsewhere once more, and write down how long it is where that was not known.

    For recordings that were taken in when less of them could be decoded. It adds nothing to what was said, so a
    finalised interview asks for no reason. Raises InputError `interview.unknown`, `decode.…`; IntegrityError,
    MachineError, Cancelled.
    """
    with s.store.read() as rows:
        seen = load(s, rows, recording_id)
    if seen.source != "import" or not seen.own:
        return seen
    opened = s.media.open(seen.media)
    try:
        duration, drawn = listen(decoder, opened, progress)
    finally:
        decoder.release(opened)
        opened.close()
    with s.store.write() as work:
        head = need(work, recording_id)
        body = body_of(head)
        if body.duration != duration:
            revising.write(
                s,
                work,
                msgspec.structs.replace(body, duration=duration),
                root=head.envelope.root,
                record=recording_id,
                parents=[head.sha],
            )
        overviews.put(work, media_id(s, work, head), drawn)
        return load(s, work, recording_id)


def _take(
    s: Session,
    decoder: DecodeHost,
    interview_id: RootId,
    source: BinaryIO,
    name: str,
    size: int | None,
    progress: Progress,
    reason: str,
    *,
    or_file: bool,
) -> Outcome:
    ensure_saved(s, interview_id)
    with s.store.read() as rows:
        require_reason(s, rows, interview_id, reason)

    def encrypting(done: int, total: int | None, /) -> None:
        progress(done, None if total is None else 2 * total)

    staged, file = files.stage(s, interview_id, source, name, size, encrypting)

    def decoding(done: int, total: int | None, /) -> None:
        progress(staged.size + (staged.size * done // total if total else 0), 2 * staged.size)

    def overview(work: Work) -> None:
        if drawn:
            overviews.put(work, staged.media_id, drawn)

    with s.media.or_nothing(staged):
        try:
            info, duration, drawn = _heard(s, decoder, staged, decoding)
        except InputError as error:
            if not or_file or not _is_no_sound(error):
                raise
            record = files.keep(s, interview_id, staged, file, reason)
            return Outcome(file.name, FILE, record, error)
        body = Recording(
            name=file.name,
            name_bytes=file.name_bytes,
            size=staged.size,
            sha256=staged.sha256,
            type=file.type,
            media=staged.media_id,
            source="import",
            duration=duration,
            interrupted=info.unclosed,
        )
        record = files.keep(
            s,
            interview_id,
            staged,
            body,
            reason,
            act="recording.import",
            detail={"sha256": staged.sha256, "duration": duration},
            also=overview,
        )
    return Outcome(file.name, SOUND, record, left=info.left, unclosed=info.unclosed)


def _heard(
    s: Session, decoder: DecodeHost, staged: Staged, progress: Progress
) -> tuple[SoundInfo, LengthMs, bytes]:
    opened = s.media.open_staged(staged)
    try:
        duration, drawn = listen(decoder, opened, progress)
        return decoder.sound(opened), duration, drawn
    finally:
        decoder.release(opened)
        opened.close()


def _is_no_sound(error: InputError) -> bool:
    return error.code in _NO_SOUND or (error.code.startswith("decode.") and error.code != "decode.closed")
