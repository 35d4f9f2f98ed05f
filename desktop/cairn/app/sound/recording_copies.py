"""What is made of a recording: an excerpt, a copy for listening, the cut that may leave.

Each is a new object that names its master's hash; the master is never touched. Untrusted or not, sound is
decoded in the child process that holds no key. What is made here adds nothing to what was said, so that a
finalised interview asks for no reason.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cairn.app.files import rewriting
from cairn.app.kernel import revising
from cairn.app.kernel.revising import CURRENT
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import RecordingView
from cairn.app.sound import off_record, recording_damage
from cairn.app.sound.recording_view import body_of, load, media_id, need, shown
from cairn.decode import wire
from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from cairn.model import spans as arithmetic
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.recording import Mark, Recording
from cairn.model.ports import Progress, ReadableAt, no_progress
from cairn.model.values import BEGINNING, LengthMs, MomentMs, Span
from cairn.storage import peaks as overviews
from cairn.storage.staging import Staged
from cairn.storage.work import Reader, Work

LONGEST_HOURS = 24
"""Longest sound that is taken in from a file."""
CUT, EXCERPT, COPY = "cut", "excerpt", "copy"
_OPUS = "audio/ogg"


def excerpt(
    s: Session,
    decoder: DecodeHost,
    recording_id: RecordId,
    span: Span,
    name: str = "",
    progress: Progress = no_progress,
) -> RecordingView:
    """A stretch of a recording as a recording of its own.

    Raises InputError `recording.span` (not within the sound), `recording.off-record` (some of it must not
    leave), `recording.clock-lost` (it is damaged so that nobody can tell any more where that is), `decode.…`;
    IntegrityError, MachineError, Cancelled. Progress counts samples.
    """
    with s.store.read() as rows:
        seen = load(s, rows, recording_id)
    kept = arithmetic.joined([span], seen.duration)
    if not kept:
        raise InputError("recording.span")
    if arithmetic.overlap(kept, seen.excluded):
        raise InputError("recording.off-record")
    return _derive(s, decoder, seen, kept, EXCERPT, name, progress)


def listening_copy(
    s: Session, decoder: DecodeHost, recording_id: RecordId, name: str = "", progress: Progress = no_progress
) -> RecordingView:
    """A small copy for listening, without what is off the record. Raises as `cut`."""
    with s.store.read() as rows:
        seen = load(s, rows, recording_id)
    return _derive(s, decoder, seen, _left(seen), COPY, name, progress)


def cut(
    s: Session, decoder: DecodeHost, recording_id: RecordId, progress: Progress = no_progress
) -> RecordingView:
    """The recording without what is off the record: what may leave in its place.

    The cut that is there already is given when it leaves out just that; an earlier one of this device that
    leaves out something else is removed. Raises InputError `recording.nothing-excluded`,
    `recording.nothing-left`, `recording.clock-lost`, `decode.…`; IntegrityError, MachineError, Cancelled.
    Progress counts samples.
    """
    with s.store.read() as rows:
        seen = load(s, rows, recording_id)
        if not seen.excluded:
            raise InputError("recording.nothing-excluded")
        found = _standing_cut(s, rows, seen)
    return found if found is not None else _derive(s, decoder, seen, _left(seen), CUT, "", progress)


def ensure_cuts(
    s: Session, decoder: DecodeHost, interview_ids: Sequence[RootId], progress: Progress = no_progress
) -> list[RecordingView]:
    """A cut of every recording of these interviews that has something off the record; those made now.

    For before a bundle is sealed. A recording of which nothing would be left has none. Raises as `cut`; the cuts made
    until then stay.
    """
    made = []
    for recording in missing_cuts(s, interview_ids):
        made.append(cut(s, decoder, recording, progress))
    return made


def missing_cuts(s: Session, interview_ids: Sequence[RootId]) -> list[RecordId]:
    """Recordings with something off the record whose cut has not been made, or leaves out something else."""
    found = []
    with s.store.read() as rows:
        for interview in dict.fromkeys(interview_ids):
            seen = _current(s, rows, interview)
            masters = {each.id for each in seen}
            found += [
                each.id
                for each in seen
                if each.excluded
                and not each.removed
                and each.present
                and each.of not in masters
                and _left(each)
                and _standing_cut(s, rows, each) is None
            ]
    return found


def draw_peaks(
    s: Session, decoder: DecodeHost, recording_id: RecordId, progress: Progress = no_progress
) -> bytes:
    """Draw the overview of a recording from its sound and keep it: one byte for 50 ms. Progress counts samples.
    Where nothing can be written it is drawn each time.

    Raises InputError `decode.…`, IntegrityError, MachineError, Cancelled.
    """
    opened = recording_damage.heard(s, recording_id)
    try:
        _, drawn = listen(decoder, opened, progress, strict=False)
    finally:
        decoder.release(opened)
        opened.close()
    if not s.unwritable:
        with s.store.write() as work:
            media = media_id(s, work, need(work, recording_id))
            if media:
                overviews.put(work, media, drawn)
    return drawn


def listen(
    decoder: DecodeHost, opened: ReadableAt, progress: Progress, *, strict: bool = True
) -> tuple[LengthMs, bytes]:
    """Duration and overview of a sound, decoded from its beginning to its end."""
    # It loads numpy: only when there is sound.
    from cairn.audio.peaks import PeakBuilder

    info = decoder.sound(opened)
    builder = PeakBuilder(info.rate, info.channels)
    most = LONGEST_HOURS * 3600 * info.rate
    at = 0
    while block := decoder.sound_block(opened, at, wire.MAX_BLOCK):
        builder.feed(block)
        at += len(block) // (2 * info.channels)
        progress(min(at, info.frames or at), info.frames or None)
        if at > most:
            raise InputError("recording.too-long", hours=LONGEST_HOURS)
    if not at and strict:
        raise InputError("recording.no-sound")
    return LengthMs(-(-at * 1000 // info.rate)), builder.all()


def _derive(
    s: Session,
    decoder: DecodeHost,
    seen: RecordingView,
    kept: Sequence[Span],
    how: str,
    name: str,
    progress: Progress,
) -> RecordingView:
    """Encode stretches of a recording and keep them as a new one."""
    from cairn.audio.encode import software
    from cairn.audio.remake import remake

    if not kept:
        raise InputError("recording.nothing-left")
    name = rewriting.clean_name(name) if name else _name(seen.name, how)
    opened = recording_damage.heard(s, seen.id)
    try:
        if seen.excluded and not opened.steady:
            # What is off the record is told by times, and these don't hold behind the damage.
            raise InputError("recording.clock-lost")
        info = decoder.sound(opened)
        with s.media.stage(seen.interview) as sink:

            def take(data: bytes) -> None:
                sink.write(data)

            remake(
                lambda first, frames: decoder.sound_block(opened, first, frames),
                info.rate,
                info.channels,
                kept,
                take,
                "opus",
                progress,
            )
            staged = sink.finish()
    finally:
        decoder.release(opened)
        opened.close()
    with s.media.or_nothing(staged):
        body = Recording(
            name=name,
            size=staged.size,
            sha256=staged.sha256,
            type=_OPUS,
            media=staged.media_id,
            source=how,
            started=seen.started,
            duration=LengthMs(sum(span.end - span.start for span in kept)),
            software=software(),
            interrupted=seen.interrupted,
            marks=_marks(seen, kept, opened.damaged),
            master=seen.master or seen.sha256,
            of=seen.of or seen.id,
            kept=arithmetic.to_master(seen.kept, kept),
        )
        record = _keep(s, seen, body, staged, how, arithmetic.overlap(kept, opened.damaged))
    with s.store.read() as rows:
        return load(s, rows, record)


def _keep(
    s: Session, seen: RecordingView, body: Recording, staged: Staged, how: str, damaged: Sequence[Span]
) -> RecordId:
    with s.store.write() as work:
        now = load(s, work, seen.id)
        if now.excluded != seen.excluded:
            # Somebody put more off the record while this was being made.
            raise InputError("recording.changed")
        if how == CUT:
            _retire(s, work, now, body)
        record, _ = revising.write(
            s,
            work,
            body,
            root=seen.interview,
            act="recording.derive",
            detail={
                "how": how,
                "master": body.master,
                "sha256": staged.sha256,
                "kept": [[span.start, span.end] for span in body.kept],
                # Silence stands there, because the master was damaged on the disk.
                "damaged": [[span.start, span.end] for span in damaged],
            },
        )
        s.media.add(work, staged, record)
        return record


def _retire(s: Session, work: Work, seen: RecordingView, body: Recording) -> None:
    """Remove this device's earlier cuts of the same sound: one that leaves out less must not leave any more."""
    for each in _current(s, work, seen.interview):
        if each.source != CUT or each.removed or not each.own or each.of != body.of:
            continue
        head = need(work, each.id)
        old = body_of(head)
        if old.kept == body.kept and old.master == body.master:
            continue
        revising.write(
            s,
            work,
            msgspec.structs.replace(old, removed=True),
            root=seen.interview,
            record=each.id,
            parents=[head.sha],
        )


def _standing_cut(s: Session, rows: Reader, seen: RecordingView) -> RecordingView | None:
    """The cut that leaves out just what is off the record now, the newest of several."""
    wanted = arithmetic.to_master(seen.kept, _left(seen))
    for each in reversed(_current(s, rows, seen.interview)):
        fits = each.source == CUT and not each.removed and each.present and not each.excluded
        if fits and each.of == (seen.of or seen.id) and list(each.kept) == wanted:
            return each
    return None


def _current(s: Session, rows: Reader, interview: RootId) -> list[RecordingView]:
    heads = revising.root_heads(rows, interview)
    off = off_record.OffRecord(heads)
    return [
        shown(s, rows, found[0], off)
        for found in heads.values()
        if found[0].state == CURRENT and isinstance(found[0].body, Recording)
    ]


def _left(seen: RecordingView) -> list[Span]:
    return arithmetic.left_over(seen.excluded, seen.duration)


def _marks(seen: RecordingView, kept: Sequence[Span], damaged: Sequence[Span]) -> list[Mark]:
    """The marks that lie in what is kept, one at each seam that says how much is left out there, and one
    where silence stands because the sound it was made from was damaged.
    """
    found = [Mark(span.start, "damaged", span.end) for span in arithmetic.from_master(kept, damaged)]
    for mark in seen.marks:
        at = arithmetic.moment_from_master(kept, mark.at)
        # What was put off the record gets its mark below, without the words beside it.
        if at is None or (mark.kind == "off" and mark.until) or arithmetic.holds(seen.excluded, mark.at):
            continue
        until = arithmetic.moment_from_master(kept, mark.until) if mark.until else None
        found.append(Mark(at, mark.kind, until or BEGINNING, mark.away, mark.text))
    at, end, last = BEGINNING, BEGINNING, MomentMs(seen.duration)
    for span in [*kept, Span(last, last)]:
        left_out = arithmetic.overlap([Span(end, max(end, span.start))], seen.excluded)
        if left_out:
            away = LengthMs(sum(each.end - each.start for each in left_out))
            found.append(Mark(at, "off", away=away))
        at, end = MomentMs(at + span.end - span.start), span.end
    return sorted(found, key=lambda mark: mark.at)


def _name(name: str, how: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem if dot and len(ending) <= 5 else name}-{how}.opus"
