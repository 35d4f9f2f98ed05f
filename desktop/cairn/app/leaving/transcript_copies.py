"""Copies of a transcript outside of the vault, plain to read: WebVTT and DOCX, behind the consent gate."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Literal

from cairn import paths
from cairn.app.consent import gate
from cairn.app.files import files
from cairn.app.kernel import copy_out_cleanup, revising
from cairn.app.kernel.revising import CURRENT
from cairn.app.kernel.session import Session
from cairn.app.sound import off_record, transcript_files, transcripts
from cairn.errors import CairnError, InputError, MachineError
from cairn.model.kinds.recording import Recording
from cairn.model.kinds.transcript import Transcript
from cairn.model.ports import Progress, no_progress
from cairn.storage.work import Reader

Form = Literal["vtt", "docx"]
Which = transcript_files.Which


def may_copy_out(s: Session, transcript_id: str) -> str:
    """Empty when `copy_out` would be allowed, else the gate's code that says why not."""
    with s.store.read() as reader:
        return _gate(s, reader, transcript_id)


def copy_out(
    s: Session,
    transcript_id: str,
    target: Path,
    form: Form,
    which: Which = "both",
    progress: Progress = no_progress,
    *,
    along: str = "",
) -> None:
    """Write the saved version as a plain file to `target`, which must not exist, when consent allows it.

    `along` is the recording whose times it shall have: one that was made from the transcript's own.

    The custody log tells of it before the first byte is written. Raises InputError with the gate's code,
    `transcript.no-translation`, MachineError `machine.exists` and others, Cancelled; then nothing remains.
    """
    if os.path.lexists(target):
        raise MachineError("machine.exists")
    with s.store.write() as work:
        # Inside the unit of work: nobody can take the consent back between the question and the entry.
        refused = _gate(s, work, transcript_id)
        if refused:
            raise InputError(refused)
        head = revising.need(work, transcript_id, transcripts.KIND)
        body = transcripts.words_in(head)
        if along and along != body.recording:
            other = transcripts.recording_in(transcripts.sound_of(work, along))
            if other.of != body.recording:
                raise InputError("transcript.no-recording")
            body = transcripts.on_the_clock_of(body, along, other)
        if which == "translation" and not any(each.translation for each in body.paragraphs):
            raise InputError("transcript.no-translation")
        interview = head.envelope.root
        sound = revising.current(work, along or body.recording)
        name = sound.body.name if sound is not None and isinstance(sound.body, Recording) else ""
        work.log("copy-out", obj=transcript_id, root=interview, detail={"form": form})
        part = copy_out_cleanup.part_of(work, target)
    try:
        with paths.new_file(target, part) as out:
            out.write(transcript_files.written(body, form, which, title=name))
            progress(1, 1)
    finally:
        # Locked meanwhile: then it stays noted, and the next opening looks.
        with suppress(CairnError):
            copy_out_cleanup.done(s.store, part)


def _gate(s: Session, reader: Reader, transcript_id: str) -> str:
    head = revising.need(reader, transcript_id, transcripts.KIND)
    standing = [each for each in revising.heads(reader, transcript_id) if each.state == CURRENT]
    bodies = [each.body for each in standing if isinstance(each.body, Transcript)]
    interview = head.envelope.root
    off = off_record.of_interview(reader, interview)
    item = gate.Item(
        transcripts.KIND,
        transcript_id,
        removed=any(body.removed for body in bodies),
        known=len(bodies) == len(standing),
        off_record=any(off.holds_back(body, transcript_id) for body in bodies),
    )
    consents = files.consents(reader, interview)
    decision = gate.may_leave(gate.Way.COPY_OUT, [item], consents, [])
    return decision.stays[0][1] if decision.stays else ""
