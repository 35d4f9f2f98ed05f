"""Recordings: begin and end one, find those that were cut off, read, name, remove, put off the record.

While it runs, a recording is a row with a key (a stint) and a journal that opens with this key alone, so
that it goes on while the vault is locked. At its end the journal's sound is sealed as a media object, once
and unchangeable, and the journal goes. A crash at any point leaves the one or the other: `recover`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from cairn import paths
from cairn.app import files, gate, leftovers, off_record, revising, under_way
from cairn.app.interviews import ensure_saved, require_reason
from cairn.app.session import Session
from cairn.app.views import RecordingView, Unfinished
from cairn.audio import journal
from cairn.audio.journal import JournalReader, JournalWriter
from cairn.audio.replay import Replay, replay
from cairn.crypto.cobblestone import CobReader
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.model import spans as arithmetic
from cairn.model.ids import new_id
from cairn.model.ports import Progress, no_progress
from cairn.model.records import Recording, Span
from cairn.storage import lists, stints
from cairn.storage import peaks as overviews
from cairn.storage.media import Staged
from cairn.storage.stints import StintRow
from cairn.storage.work import Reader, Work

ENCODINGS = {"speech": "opus", "evidence": "flac"}
"""Quality as a person chooses it, and the encoding that it means."""
_SHORTEST = 4096
"""Bytes of a journal below which it can't hold a second of sound, header and all."""
_UNREADABLE = 256 * 1024
"""Bytes from which a journal without a sample is no beginning that was cut off: its sound may yet be saved."""
_ENDINGS = {"audio/ogg": "opus", "audio/flac": "flac"}


@dataclass(frozen=True)
class Stint:
    """A recording that begins now. Whoever records holds the journal, and no other key than its own."""

    recording: str
    interview: str
    media: str
    started: str
    journal: JournalWriter
    encoding: str


def minutes_left(s: Session, quality: str = "speech") -> int:
    """How many minutes of sound the disk still has room for. Raises MachineError when it is gone.

    Counted twice, because a recording lies there twice while it is being sealed.
    """
    # The encoder loads numpy: only when somebody records.
    from cairn.audio.recorder import minutes_of

    return minutes_of(paths.free_bytes(s.info.folder), ENCODINGS[quality])


def begin(
    s: Session, interview_id: str, *, device: str = "", quality: str = "speech", reason: str = ""
) -> Stint:
    """Begin a recording of an interview: row, key and custody entry are durable before this returns.

    Feed an `audio.recorder.Recorder` over the stint's journal, stop it, then `finish`. Raises InputError
    `recording.no-room` (less than half an hour), `interview.reason-needed`, `interview.unknown`,
    MachineError.
    """
    from cairn.audio.encode import software
    from cairn.audio.recorder import MINUTES_TO_START

    encoding = ENCODINGS[quality]
    if minutes_left(s, quality) < MINUTES_TO_START:
        raise InputError("recording.no-room", minutes=MINUTES_TO_START)
    ensure_saved(s, interview_id)
    recording = new_id()
    with s.store.write() as work:
        require_reason(s, work, interview_id, reason)
        row = stints.add(work, recording, interview_id, reason)
        work.log(
            "recording.start",
            obj=recording,
            interview=interview_id,
            detail={"device": device, "encoding": encoding},
        )
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
    return Stint(recording, interview_id, row.media, row.started, writer, encoding)


def finish(s: Session, recording_id: str, progress: Progress = no_progress) -> RecordingView:
    """Seal a recording that has ended: its sound becomes a media object, its row a record. Again: the same.

    Progress counts bytes. Raises InputError `recording.under-way` while it is still being recorded,
    `recording.empty` when not a sound of it is there (the stint is gone then), `interview.unknown`;
    IntegrityError when the journal is not this recording's; MachineError, Cancelled: then the journal stays.
    """
    with s.finishing:
        with s.store.read() as reader:
            row = stints.get(reader, recording_id)
        if row is None:
            return view(s, recording_id)
        path = s.media.journal(row.media)
        if not path.is_file():
            _lost(s, row, "journal-missing")
            raise InputError("recording.empty")
        if under_way.in_use(s, row):
            raise InputError("recording.under-way")
        _seal(s, row, path, progress)
    return view(s, recording_id)


def unfinished(s: Session) -> list[Unfinished]:
    """Recordings that are under way, or whose end was cut off, the oldest first."""
    with s.store.read() as reader:
        return [_unfinished(s, reader, row) for row in stints.all(reader)]


def recover(s: Session, progress: Progress = no_progress) -> list[RecordingView]:
    """Seal every recording whose end was cut off, and that nobody is recording; for after unlocking.

    One that can't be sealed now (a full disk, a damaged journal) doesn't hold up the others and stays as it
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


def give_up(s: Session, recording_id: str, reason: str) -> None:
    """Drop a recording whose journal can't be opened, for good. The custody log keeps the reason.

    Raises InputError `interview.reason-needed`, `recording.under-way`, `interview.unknown`.
    """
    if not reason.strip():
        raise InputError("interview.reason-needed")
    with s.finishing:
        with s.store.read() as reader:
            row = stints.get(reader, recording_id)
        if row is None:
            raise InputError("interview.unknown")
        if under_way.in_use(s, row):
            raise InputError("recording.under-way")
        _lost(s, row, reason.strip())


def rows(s: Session, interview_id: str) -> list[RecordingView]:
    """The recordings of an interview in order of arrival, removed ones included and marked."""
    with s.store.read() as reader:
        heads = revising.interview_heads(reader, interview_id)
        off = off_record.OffRecord(heads)
        return [
            _view(s, reader, found[0], off)
            for found in heads.values()
            if found[0].state == revising.CURRENT and isinstance(found[0].body, Recording)
        ]


def view(s: Session, recording_id: str) -> RecordingView:
    """A recording as it is now. Raises InputError `interview.unknown`, `interview.newer`."""
    with s.store.read() as reader:
        head = need(reader, recording_id)
        return _view(s, reader, head, off_record.of_interview(reader, head.envelope.interview))


def reader(s: Session, recording_id: str) -> CobReader:
    """Random access to a recording's decrypted bytes. Close it.

    Raises InputError `interview.unknown`, IntegrityError `file.bytes-missing` or what reading finds.
    """
    with s.store.read() as rows_:
        head = need(rows_, recording_id)
        media = _media_id(s, rows_, head)
    if not media:
        raise IntegrityError("file.bytes-missing")
    return s.media.open(media)


def peaks(s: Session, recording_id: str) -> bytes | None:
    """The overview of a recording, one byte for 50 ms; None where it has to be drawn (`draw_peaks`)."""
    with s.store.read() as rows_:
        media = _media_id(s, rows_, need(rows_, recording_id))
        return overviews.get(rows_, media) if media else None


def keep_peaks(s: Session, recording_id: str, data: bytes) -> None:
    """Keep an overview that was drawn. Nothing happens when the sound is not here."""
    with s.store.write() as work:
        media = _media_id(s, work, need(work, recording_id))
        if media:
            overviews.put(work, media, data)


def rename(s: Session, recording_id: str, name: str, reason: str = "") -> RecordingView:
    """Give a recording another name. Raises InputError `file.name-empty`, `interview.reason-needed`."""
    clean = files.clean_name(name)
    return _change(s, recording_id, reason, lambda body: msgspec.structs.replace(body, name=clean))


def remove(s: Session, recording_id: str, reason: str) -> RecordingView:
    """Remove a recording. Its sound stays in the vault and does not leave it any more.

    A reason is always needed. Raises InputError `interview.reason-needed`.
    """
    if not reason.strip():
        raise InputError("interview.reason-needed")
    return _change(s, recording_id, reason, lambda body: msgspec.structs.replace(body, removed=True))


def bring_back(s: Session, recording_id: str, reason: str = "") -> RecordingView:
    """Bring back a removed recording. Raises InputError `interview.reason-needed`."""
    return _change(s, recording_id, reason, lambda body: msgspec.structs.replace(body, removed=False))


def exclude(s: Session, recording_id: str, spans: Sequence[Span], reason: str = "") -> RecordingView:
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


def include(s: Session, recording_id: str, spans: Sequence[Span], reason: str) -> RecordingView:
    """Put spans on the record again, because the person wants it so. A reason is always needed.

    Raises InputError `interview.reason-needed`.
    """
    if not reason.strip():
        raise InputError("interview.reason-needed")
    return _change(
        s,
        recording_id,
        reason,
        lambda body: msgspec.structs.replace(body, excluded=arithmetic.without(body.excluded, spans)),
        act="recording.include",
    )


def may_copy_out(s: Session, recording_id: str) -> str:
    """Empty when `copy_out` would be allowed, else the gate's code that says why not."""
    with s.store.read() as rows_:
        return _gate(s, rows_, recording_id)


def copy_out(s: Session, recording_id: str, target: Path, progress: Progress = no_progress) -> None:
    """Write a plain copy of the sound to `target`, which must not exist, when consent allows it.

    As `files.copy_out`: the custody log tells of it before the first byte is written.
    """
    with closing(reader(s, recording_id)) as source:
        if os.path.lexists(target):
            raise MachineError("machine.exists")
        paths.require_file_size(target.parent, source.size)
        with s.store.write() as work:
            refused = _gate(s, work, recording_id)
            if refused:
                raise InputError(refused)
            work.log("copy-out", obj=recording_id, interview=need(work, recording_id).envelope.interview)
            part = leftovers.part_of(work, target)
        try:
            with paths.new_file(target, part) as out:
                for offset in range(0, source.size, files.PIECE):
                    out.write(source.read_at(offset, files.PIECE))
                    progress(min(offset + files.PIECE, source.size), source.size)
        finally:
            # Locked meanwhile: then it stays noted, and the next opening looks.
            with suppress(CairnError):
                leftovers.done(s.store, part)


def need(rows_: Reader, recording_id: str) -> revising.Version:
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


def _seal(s: Session, row: StintRow, path: Path, progress: Progress) -> None:
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
    staged: Staged | None = None
    done = 0
    progress(0, total)
    try:
        with s.media.stage(row.interview) as sink:
            for piece in found.sound:
                sink.write(piece)
                done += len(piece)
                progress(min(done, total), total)
            staged = sink.finish()
        with s.store.write() as work:
            _keep(s, work, row, source.header, found, staged)
            work.after_commit(s.media.remove_gone)
    except BaseException:
        if staged is not None:
            with suppress(CairnError):
                s.media.discard(staged)
        raise
    progress(total, total)


def _keep(
    s: Session,
    work: Work,
    row: StintRow,
    header: journal.Header,
    found: Replay,
    staged: Staged,
) -> None:
    """The one unit of work in which a journal becomes a recording."""
    marks = list(found.marks)
    kind = "audio/flac" if header.encoding == "flac" else "audio/ogg"
    body = Recording(
        name=_name(work, row, kind),
        size=staged.size,
        sha256=staged.sha256,
        type=kind,
        media=staged.media_id,
        started=row.started,
        duration=found.duration_ms,
        device=header.device,
        software=header.software,
        interrupted=found.interrupted,
        marks=marks,
        excluded=list(found.excluded),
    )
    revising.write(
        s,
        work,
        body,
        kind="recording",
        interview=row.interview,
        record=row.recording,
        reason=stints.reason(work, row.recording),
        act="recording.seal",
        detail={
            "sha256": staged.sha256,
            "duration": found.duration_ms,
            "device": header.device,
            "gaps": sum(mark.kind == "gap" for mark in marks),
            "damaged": len(found.damaged),
            "software": header.software,
            "interrupted": found.interrupted,
        },
    )
    s.media.add(work, staged, row.recording)
    overviews.put(work, staged.media_id, found.peaks)
    stints.remove(work, row.recording)


def _lost(s: Session, row: StintRow, why: str) -> None:
    """Drop a stint of which there is no sound, and say so in the custody log."""
    with s.store.write() as work:
        stints.remove(work, row.recording)
        work.log("recording.lost", obj=row.recording, interview=row.interview, detail={"why": why})
        work.after_commit(s.media.remove_gone)


def _name(work: Work, row: StintRow, kind: str) -> str:
    """A name by the day and a number, with the ending that players look for."""
    taken = {
        head.body.name
        for found in revising.interview_heads(work, row.interview).values()
        for head in found
        if isinstance(head.body, Recording)
    }
    number = 1
    while (name := f"{row.started[:10]}-{number}.{_ENDINGS[kind]}") in taken:
        number += 1
    return name


def _unfinished(s: Session, rows_: Reader, row: StintRow) -> Unfinished:
    interview = lists.interview(rows_, row.interview)
    return Unfinished(
        row.recording,
        row.interview,
        interview.title if interview is not None else "",
        row.started,
        in_use=under_way.in_use(s, row),
        found=s.media.journal(row.media).is_file(),
    )


def _change(
    s: Session,
    recording_id: str,
    reason: str,
    change: Callable[[Recording], Recording],
    act: str = "record.revise",
) -> RecordingView:
    with s.store.write() as work:
        head = need(work, recording_id)
        body = body_of(head)
        changed = change(body)
        interview = head.envelope.interview
        if changed != body:
            require_reason(s, work, interview, reason, record=recording_id)
            revising.write(
                s,
                work,
                changed,
                kind="recording",
                interview=interview,
                record=recording_id,
                parents=[head.sha],
                reason=reason,
                act=act,
            )
        return _view(s, work, need(work, recording_id), off_record.of_interview(work, interview))


def _gate(s: Session, rows_: Reader, recording_id: str) -> str:
    head = need(rows_, recording_id)
    body = body_of(head)
    interview = head.envelope.interview
    standing = [h for h in revising.heads(rows_, recording_id) if h.state == revising.CURRENT]
    item = gate.Item(
        "recording",
        recording_id,
        body.name,
        body.size,
        removed=any(getattr(each.body, "removed", False) for each in standing),
        known=all(each.body is not None for each in standing),
        present=bool(_media_id(s, rows_, head)),
        off_record=off_record.of_interview(rows_, interview).holds_back(body, recording_id),
    )
    decision = gate.may_leave(gate.Way.COPY_OUT, [item], files.consents(rows_, interview), [])
    return decision.stays[0][1] if decision.stays else ""


def _media_id(s: Session, rows_: Reader, head: revising.Version) -> str:
    body = body_of(head)
    found = revising.media_of(s, rows_, head.envelope.interview, head.envelope.id, body.sha256)
    return found.media_id if found is not None else ""


def _view(s: Session, rows_: Reader, head: revising.Version, off: off_record.OffRecord) -> RecordingView:
    body = body_of(head)
    record = head.envelope.id
    media = _media_id(s, rows_, head)
    return RecordingView(
        id=record,
        interview=head.envelope.interview,
        # Another device may have named it anything: with folders, or with an ending that shows reversed.
        name=paths.safe_name(body.name),
        started=body.started,
        duration=body.duration,
        size=body.size,
        sha256=body.sha256,
        type=body.type,
        source=body.source,
        interrupted=body.interrupted,
        device=body.device,
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
