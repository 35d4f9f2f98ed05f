"""Off the record: what of a sound must not leave, and which records that holds back.

Recordings of one sound are a family: the master, its excerpts, copies and cuts. What is excluded in one of
them is excluded in all, and counted in times of the master. Several versions side by side count together,
also what another device only proposes: the strictest holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cairn.app import paragraphs, revising
from cairn.app.revising import Version
from cairn.model import spans
from cairn.model.records import Note, Recording, Span, Transcript
from cairn.storage.work import Reader

Heads = Mapping[str, Sequence[Version]]
"""Record id → heads, of one interview (`revising.interview_heads`)."""


def of_interview(reader: Reader, interview: str) -> OffRecord:
    """What is off the record in an interview, as it stands."""
    return OffRecord(revising.interview_heads(reader, interview))


class OffRecord:
    """What is excluded in the recordings of one interview. Pure: the heads decide."""

    def __init__(self, heads: Heads) -> None:
        self._recordings = {
            record: [head.body for head in found if isinstance(head.body, Recording)]
            for record, found in heads.items()
            if found and found[0].envelope.kind == "recording"
        }
        self._excluded: dict[str, list[Span]] = {}
        stopped: dict[str, set[int]] = {}
        for record, bodies in self._recordings.items():
            for body in bodies:
                root = body.of or record
                own = spans.to_master(body.kept, spans.joined(body.excluded, body.duration or None))
                self._excluded[root] = spans.joined([*self._excluded.get(root, []), *own])
                stopped.setdefault(record, set()).update(
                    mark.at for mark in body.marks if mark.kind == "off" and not mark.until
                )
        self._stopped = stopped

    def excluded(self, record: str) -> list[Span]:
        """What of a recording is off the record, in its own time."""
        bodies = self._recordings.get(record, [])
        found: list[Span] = []
        for body in bodies:
            all_of_it = self._excluded.get(body.of or record, [])
            found += spans.from_master(body.kept, all_of_it)
        return spans.joined(found)

    def is_off(self, record: str, at: int) -> bool:
        """Whether what was written at a moment of a recording was written off the record.

        While the recorder is stopped for it no time passes in the sound: the moment itself counts.
        """
        return spans.holds(self.excluded(record), at) or at in self._stopped.get(record, ())

    def holds_back(self, body: object, record: str = "") -> bool:
        """Whether a recording, note or transcript stays in the vault for what it holds."""
        if isinstance(body, Recording):
            return bool(self.excluded(record))
        if isinstance(body, Note):
            return bool(body.recording) and self.is_off(body.recording, body.at)
        if isinstance(body, Transcript):
            length = max((each.duration for each in self._recordings.get(body.recording, [])), default=0)
            return bool(paragraphs.touching(body.paragraphs, self.excluded(body.recording), length))
        return False
