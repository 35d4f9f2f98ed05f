"""Recordings in progress: begin one, save it when it has ended, find those that were cut off.

While it runs, a recording is a row with a key and a journal that opens with this key alone, so
that it goes on while the vault is locked. At its end the journal's sound becomes a media object, once
and unchangeable, and the journal goes. A crash at any point leaves the one or the other: `recover`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cairn import paths
from cairn.app.files import files
from cairn.app.interviews import under_way
from cairn.app.interviews.interviews import ensure_saved, require_reason
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import RecordingView, Unfinished
from cairn.app.sound import recording_view as views
from cairn.audio import journal
from cairn.audio.journal import JournalReader, JournalWriter
from cairn.audio.replay import Replay, replay
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.model.consent import Part
from cairn.model.ids import MediaId, RecordId, RootId
from cairn.model.kinds.recording import Recording
from cairn.model.ports import MayRecord, Progress, no_progress, nobody_asked
from cairn.storage import lists, recordings_in_progress
from cairn.storage import peaks as overviews
from cairn.storage.drafts import Begun
from cairn.storage.recordings_in_progress import InProgressRow
from cairn.storage.staging import Staged
from cairn.storage.work import Reader, Work

ENCODINGS = {"speech": "opus", "evidence": "flac"}
"""Quality as a person chooses it, and the encoding that it means."""
_SHORTEST = 4096
"""Bytes of a journal below which it can't hold a second of sound, header and all."""
_UNREADABLE = 256 * 1024
"""Bytes from which a journal without a sample is no beginning that was cut off: its sound may yet be saved."""
_ENDINGS = {"audio/ogg": "opus", "audio/flac": "flac"}


@dataclass(frozen=True)
class RecordingInProgress:
    """A recording that begins now. Whoever records holds the journal, and no other key than its own."""

    recording: RecordId
    interview: RootId
    media: MediaId
    started: str
    journal: JournalWriter
    encoding: str


def minutes_left(s: Session, quality: str = "speech") -> int:
    """How many minutes of sound the disk still has room for. Raises MachineError when it is gone.

    Counted twice, because a recording lies there twice while it is being saved.
    """
    # The encoder loads numpy: only when somebody records.
    from cairn.audio.recorder import minutes_of

    return minutes_of(paths.free_bytes(s.info.folder), ENCODINGS[quality])


def begin(
    s: Session,
    interview_id: RootId,
    *,
    device: str = "",
    quality: str = "speech",
    reason: str = "",
    may: MayRecord = nobody_asked,
) -> RecordingInProgress:
    """Begin a recording of an interview: row, key and custody entry are durable before this returns.

    Feed an `audio.recorder.Recorder` over its journal, stop it, then `finish`. `may` is asked first whether the
    person agreed to it (`app.consent.question.may_record`). Raises InputError `recording.not-agreed`,
    `recording.no-room` (less than half an hour), `interview.reason-needed`, `interview.unknown`, MachineError.
    """
    from cairn.audio.encode import software
    from cairn.audio.recorder import MINUTES_TO_START

    s.vault.require_writing()
    encoding = ENCODINGS[quality]
    if not may(interview_id, Part.SOUND):
        raise InputError("recording.not-agreed")
    if minutes_left(s, quality) < MINUTES_TO_START:
        raise InputError("recording.no-room", minutes=MINUTES_TO_START)
    ensure_saved(s, interview_id)
    recording = revising.begin(s, "recording", interview_id)
    with s.beginning:
        with s.store.write() as work:
            require_reason(s, work, interview_id, reason)
            row = recordings_in_progress.add(work, recording, interview_id, s.begun[recording], reason)
            if device:
                # A device is often called by its owner's name: this entry stays in the vault.
                work.log("recording.device", obj=recording, root=interview_id, detail={"device": device})
            work.log("recording.start", obj=recording, root=interview_id, detail={"encoding": encoding})
        header = journal.Header(
            recording=recording,
            interview=interview_id,
            media=row.media,
            started=row.started,
            encoding=encoding,
            rate=48000,
            channels=1,
            device=device,
            software=software(),
        )
        try:
            writer = JournalWriter.create(s.media.journal(row.media), row.key, header)
        except BaseException:
            with suppress(CairnError):
                _lost(s, row, "not-begun")
            raise
    return RecordingInProgress(recording, interview_id, row.media, row.started, writer, encoding)


def finish(s: Session, recording_id: RecordId, progress: Progress = no_progress) -> RecordingView:
    """Save a recording that has ended: its sound becomes a media object, its row a record. Again: the same.

    Progress counts bytes. Raises InputError `recording.under-way` while it is still being recorded,
    `recording.empty` when not a sound of it is there (the recording is gone then), `interview.unknown`;
    IntegrityError when the journal is not this recording's; MachineError, Cancelled: then the journal stays.
    """
    with s.finishing:
        with s.store.read() as reader:
            row = recordings_in_progress.get(reader, recording_id)
        if row is None:
            return _view(s, recording_id)
        path = s.media.journal(row.media)
        with s.beginning, paths.machine_errors():
            if not path.is_file():
                _lost(s, row, "journal-missing")
                raise InputError("recording.empty")
            if under_way.in_use(s, row):
                raise InputError("recording.under-way")
        _save(s, row, path, progress)
    return _view(s, recording_id)


def unfinished(s: Session) -> list[Unfinished]:
    """Recordings that are under way, or whose end was cut off, the oldest first."""
    with s.store.read() as reader:
        return [_unfinished(s, reader, row) for row in recordings_in_progress.all(reader)]


def recover(s: Session, progress: Progress = no_progress) -> list[RecordingView]:
    """Save every recording whose end was cut off, and that nobody is recording; for after unlocking.

    One that can't be saved now (a full disk, a damaged journal) doesn't hold up the others and stays as it
    is; when all were tried, its failure is raised. What holds no sound is dropped, and the custody log tells
    of it. Raises IntegrityError, MachineError, Cancelled.
    """
    found: list[RecordingView] = []
    failed: CairnError | None = None
    for each in unfinished(s):
        if each.in_use:
            continue
        try:
            found.append(finish(s, each.recording, progress))
        except (InputError, IntegrityError, MachineError) as error:
            if error.code not in ("recording.empty", "recording.under-way"):
                failed = failed or error
    if failed is not None:
        raise failed
    return found


def give_up(s: Session, recording_id: RecordId, reason: str) -> None:
    """Drop a recording whose journal can't be opened, for good. The custody log keeps the reason, in this vault.

    Raises InputError `interview.reason-needed`, `recording.under-way`, `interview.unknown`.
    """
    if not reason.strip():
        raise InputError("interview.reason-needed")
    with s.finishing:
        with s.store.read() as reader:
            row = recordings_in_progress.get(reader, recording_id)
        if row is None:
            raise InputError("interview.unknown")
        with s.beginning:
            if under_way.in_use(s, row):
                raise InputError("recording.under-way")
            _lost(s, row, "given-up", reason.strip())


def finish_or_give_up(
    s: Session, recording_id: RecordId, reason: str, progress: Progress = no_progress
) -> RecordingView | None:
    """What a person asks for who wants a recording that can't be opened out of the way.

    It is tried once more: what can be saved is saved and returned, and nothing is lost. Only what can't be
    opened is dropped (None). A full disk is no reason to lose sound: then MachineError, and it stays. Raises
    as `give_up` and `finish`, Cancelled.
    """
    if not reason.strip():
        raise InputError("interview.reason-needed")
    try:
        return finish(s, recording_id, progress)
    except IntegrityError:
        give_up(s, recording_id, reason)
    except InputError as error:
        if error.code != "recording.empty":
            raise
    return None


def _save(s: Session, row: InProgressRow, path: Path, progress: Progress) -> None:
    with paths.machine_errors():
        total = path.stat().st_size
    try:
        source = JournalReader(path, row.key, recording=row.recording, interview=row.interview)
    except IntegrityError:
        if total >= _SHORTEST:
            raise
        _lost(s, row, "journal-empty")
        raise InputError("recording.empty") from None
    if paths.free_bytes(s.info.folder) < total + files.MARGIN:
        raise MachineError("machine.disk-full")
    found = replay(source)
    if not found.duration_ms:
        if total >= _UNREADABLE:
            raise IntegrityError("recording.unreadable")
        _lost(s, row, "no-sound")
        raise InputError("recording.empty")
    done = 0
    progress(0, total)
    with s.media.stage(row.interview) as sink:
        for piece in found.sound:
            sink.write(piece)
            done += len(piece)
            progress(min(done, total), total)
        staged = sink.finish()
    with s.media.or_nothing(staged), s.store.write() as work:
        _keep(s, work, row, source, found, staged)
        work.after_commit(s.media.remove_gone)
    progress(total, total)


def _keep(
    s: Session,
    work: Work,
    row: InProgressRow,
    source: JournalReader,
    found: Replay,
    staged: Staged,
) -> None:
    """The one unit of work in which a journal becomes a recording."""
    marks, header = list(found.marks), source.header
    kind = "audio/flac" if header.encoding == "flac" else "audio/ogg"
    body = Recording(
        name=_name(work, row, kind),
        size=staged.size,
        sha256=staged.sha256,
        type=kind,
        media=staged.media_id,
        started=row.started,
        duration=found.duration_ms,
        software=header.software,
        interrupted=found.interrupted,
        marks=marks,
        excluded=list(found.excluded),
    )
    revising.resume(s, row.recording, Begun(row.origin, row.nonce))
    revising.write(
        s,
        work,
        body,
        root=row.interview,
        record=row.recording,
        reason=recordings_in_progress.reason(work, row.recording),
        act="recording.stop",
        detail={
            "sha256": staged.sha256,
            "duration": found.duration_ms,
            "gaps": sum(mark.kind == "gap" for mark in marks),
            "damaged": len(found.damaged),
            # Also what leaves no hole in the sound, such as a mark that somebody took out of the journal.
            "frames-lost": source.lost,
            "software": header.software,
            "interrupted": found.interrupted,
        },
    )
    s.media.add(work, staged, row.recording)
    overviews.put(work, staged.media_id, found.peaks)
    recordings_in_progress.remove(work, row.recording)


def _lost(s: Session, row: InProgressRow, why: str, words: str = "") -> None:
    """Drop a recording of which there is no sound, and say so in the custody log.

    `why` is a code, and travels with the interview; a person's own `words` stay in the vault.
    """
    with s.store.write() as work:
        recordings_in_progress.remove(work, row.recording)
        work.log("recording.lost", obj=row.recording, root=row.interview, detail={"why": why})
        if words:
            work.log("recording.give-up", obj=row.recording, root=row.interview, detail={"why": words})
        work.after_commit(s.media.remove_gone)


def _name(work: Work, row: InProgressRow, kind: str) -> str:
    """A name by the day and a number, with the ending that players look for."""
    taken = {
        head.body.name
        for found in revising.root_heads(work, row.interview).values()
        for head in found
        if isinstance(head.body, Recording)
    }
    number = 1
    while (name := f"{row.started[:10]}-{number}.{_ENDINGS[kind]}") in taken:
        number += 1
    return name


def _unfinished(s: Session, rows_: Reader, row: InProgressRow) -> Unfinished:
    interview = lists.interview(rows_, row.interview)
    return Unfinished(
        row.recording,
        row.interview,
        interview.title if interview is not None else "",
        row.started,
        in_use=under_way.in_use(s, row),
        found=s.media.journal(row.media).is_file(),
    )


def _view(s: Session, recording_id: RecordId) -> RecordingView:
    with s.store.read() as rows_:
        return views.load(s, rows_, recording_id)
