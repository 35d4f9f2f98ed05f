"""Copies of a transcript outside of the vault, plain to read: WebVTT and DOCX, behind the consent gate."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from cairn.app.consent import question
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.leaving import copying
from cairn.app.sound import transcript_files, transcripts
from cairn.errors import InputError, MachineError
from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds.recording import Recording
from cairn.model.ports import Progress, no_progress
from cairn.storage.work import Reader

preview = copying.preview

Form = Literal["vtt", "docx"]
Which = transcript_files.Which


def copy_out(
    s: Session,
    transcript_id: RecordId,
    target: Path,
    form: Form,
    which: Which = "both",
    progress: Progress = no_progress,
    *,
    along: RecordId = NO_RECORD,
    unlogged: bool = False,
) -> None:
    """Write the saved version as a plain file to `target`, which must not exist, when consent allows it.

    `along` is the recording whose times it shall have: one that was made from the transcript's own.

    The custody log tells of it before the first byte is written; of `unlogged` see `copying.leaving`. Raises InputError with the gate's code,
    `transcript.no-translation`, MachineError `machine.exists` and others, Cancelled; then nothing remains.
    """
    if os.path.lexists(target):
        raise MachineError("machine.exists")
    with copying.leaving(s, unlogged=unlogged) as work:
        part = copying.leave(s, work, transcript_id, target, {"form": form})
        body = transcripts.words_in(revising.need(work, transcript_id, transcripts.KIND))
        if along and along != body.recording:
            other = transcripts.recording_in(transcripts.sound_of(work, along))
            if other.of != body.recording:
                raise InputError("transcript.no-recording")
            body = transcripts.on_the_clock_of(body, along, other)
        if which == "translation" and not any(each.translation for each in body.paragraphs):
            raise InputError("transcript.no-translation")
        title = _title(s, work, along or body.recording)
    with copying.plain_file(s, target, part) as out:
        out.write(transcript_files.written(body, form, which, title=title))
        progress(1, 1)


def _title(s: Session, work: Reader, recording: RecordId) -> str:
    """The recording's name, which belongs to the recording: it goes where that may go."""
    sound = revising.current(work, recording)
    if sound is None or not isinstance(sound.body, Recording) or question.copy_out(s, work, recording):
        return ""
    return sound.body.name
