"""Recordings in progress. Their row and key come before the first sample, and go when they are saved.

The sound meanwhile lies in a journal, `media/xx/<32 hex>.jnl`, which `cairn.audio` writes. What becomes of
it is for `cairn.app.sound.recordings` to do.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from cairn.crypto.hashes import random_bytes
from cairn.model import clock
from cairn.model.ids import NO_ROOT, Fingerprint, MediaId, RecordId, RootId
from cairn.storage import settings
from cairn.storage.drafts import Begun
from cairn.storage.work import Reader, Work

ENDING = ".jnl"
_REASON = "recording-reason."


class InProgressRow(msgspec.Struct, frozen=True):
    """A recording in progress, with the key of its journal."""

    recording: RecordId
    interview: RootId
    origin: Fingerprint
    nonce: str
    """What the record's id is derived from, beside the interview."""
    media: MediaId
    """32 hex digits: the journal's name."""
    key: bytes
    started: str
    """UTC, RFC 3339, seconds."""

    def __repr__(self) -> str:
        return f"InProgressRow({self.recording})"


def add(work: Work, recording: RecordId, interview: RootId, begun: Begun, reason: str = "") -> InProgressRow:
    """Note that a recording begins, and why where that is asked; its journal gets a name and a key of its own."""
    row = InProgressRow(
        recording,
        interview,
        begun.origin,
        begun.nonce,
        MediaId(random_bytes(16).hex()),
        random_bytes(32),
        clock.now(),
    )
    work.run("INSERT INTO recording_in_progress VALUES (?, ?, ?, ?, ?, ?, ?)", msgspec.structs.astuple(row))
    settings.put(work, _REASON + recording, reason.strip() or None)
    return row


def get(reader: Reader, recording: RecordId) -> InProgressRow | None:
    """The row of a recording in progress; None when it was saved, or never begun."""
    row = reader.one("SELECT * FROM recording_in_progress WHERE recording = ?", (recording,))
    return None if row is None else InProgressRow(*row)


def all(reader: Reader, interview: RootId = NO_ROOT) -> list[InProgressRow]:
    """Every recording in progress, or those of one interview, the oldest first."""
    rows = reader.all(
        "SELECT * FROM recording_in_progress WHERE ?1 = '' OR interview = ?1 ORDER BY started, rowid",
        (interview,),
    )
    return [InProgressRow(*row) for row in rows]


def reason(reader: Reader, recording: RecordId) -> str:
    """The reason that was given when the recording was begun: for the record that it becomes."""
    return str(settings.get(reader, _REASON + recording, ""))


def remove(work: Work, recording: RecordId) -> None:
    """Drop the row with its key. The journal's file is removed after the commit, or at the next opening
    (`MediaStore.remove_gone`)."""
    work.run(
        "INSERT OR IGNORE INTO media_gone SELECT media FROM recording_in_progress WHERE recording = ?",
        (recording,),
    )
    settings.put(work, _REASON + recording, None)
    work.run("DELETE FROM recording_in_progress WHERE recording = ?", (recording,))


def path(folder: Path, media: MediaId) -> Path:
    """Where the journal of a recording lies in the media folder."""
    return folder / media[:2] / f"{media}{ENDING}"
