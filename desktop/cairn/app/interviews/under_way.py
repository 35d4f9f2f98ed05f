"""Whether an interview is being recorded at this moment: asked before it is erased."""

from __future__ import annotations

from cairn.app.kernel.session import Session
from cairn.audio import journal
from cairn.model.ids import RootId
from cairn.storage import recordings_in_progress
from cairn.storage.recordings_in_progress import InProgressRow
from cairn.storage.work import Reader


def is_recorded(s: Session, reader: Reader, interview_id: RootId) -> bool:
    """Whether somebody records this interview now: this program, or another one."""
    return any(in_use(s, row) for row in recordings_in_progress.all(reader, interview_id))


def in_use(s: Session, row: InProgressRow) -> bool:
    """Whether the journal of a recording is being written. The system's lock on it says so."""
    path = s.media.journal(row.media)
    return path.is_file() and journal.in_use(path)
