"""Off the record: what of a sound must not leave, and which records that holds back.

Recordings of one sound are a family: the master, its excerpts, copies and cuts. What is excluded in one of
them is excluded in all, and counted in times of the master. Several versions side by side count together,
also what another device only proposes: the strictest holds until a person settles. So a proposal can hold back
what it is about, as a proposed consent can, and can put nothing on the record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

import msgspec

from cairn.app.kernel import revising
from cairn.app.sound import paragraphs
from cairn.model import spans
from cairn.model.ids import NO_RECORD, RecordId, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import Envelope
from cairn.model.kinds.kind import Body
from cairn.model.kinds.note import Note
from cairn.model.kinds.recording import Recording
from cairn.model.kinds.transcript import Transcript
from cairn.model.values import NO_LENGTH, LengthMs, MomentMs, Span
from cairn.storage import recordings_in_progress
from cairn.storage.work import Reader


class Said(Protocol):
    """A version as far as it matters here: one of this vault, or one that arrives."""

    @property
    def envelope(self) -> Envelope: ...
    @property
    def body(self) -> Body | None: ...


Heads = Mapping[RecordId, Sequence[Said]]
"""Record id → heads, of one interview (`revising.root_heads`); its recordings are enough."""


def of_interview(reader: Reader, interview: RootId) -> OffRecord:
    """What is off the record in an interview, as it stands."""
    return of_heads(reader, interview, revising.root_heads(reader, interview, ["recording"]))


def of_heads(reader: Reader, interview: RootId, heads: Heads) -> OffRecord:
    """The same, where the heads are known already."""
    return OffRecord(heads, {row.recording for row in recordings_in_progress.all(reader, interview)})


class OffRecord:
    """What is excluded in the recordings of one interview. Pure: the heads decide, and for what is not stopped
    yet the ids of the recordings `under_way`.
    """

    def __init__(self, heads: Heads, under_way: Collection[RecordId] = ()) -> None:
        self._under_way = under_way
        self._recordings = {
            record: [head.body for head in found if isinstance(head.body, Recording)]
            for record, found in heads.items()
            if found and found[0].envelope.kind == "recording"
        }
        told: dict[str, list[Span]] = {}
        stopped: dict[str, set[int]] = {}
        for record, bodies in self._recordings.items():
            for body in bodies:
                root = body.of or record
                own = spans.to_master(body.kept, spans.joined(body.excluded, body.duration or None))
                told.setdefault(root, []).extend(own)
                stopped.setdefault(record, set()).update(
                    mark.at for mark in body.marks if mark.kind == "off" and mark.until <= mark.at
                )
        # Joined once: a bundle may name a hundred thousand.
        self._excluded = {root: spans.joined(own) for root, own in told.items()}
        self._stopped = stopped
        self._of: dict[str, list[Span]] = {}

    def excluded(self, record: RecordId) -> list[Span]:
        """What of a recording is off the record, in its own time."""
        if record not in self._of:
            found: list[Span] = []
            for body in self._recordings.get(record, []):
                all_of_it = self._excluded.get(body.of or record, [])
                found += spans.from_master(body.kept, all_of_it)
            self._of[record] = spans.joined(found)
        return self._of[record]

    def is_off(self, record: RecordId, at: MomentMs) -> bool:
        """Whether what was written at a moment of a recording was written off the record.

        While the recorder is stopped for it, or has no microphone, no time passes in the sound: the moment
        itself counts, also that at a span's end. A crash may take the last of the sound: what was written
        behind it is off the record where the sound that is left ends so.
        """
        excluded, stopped = self.excluded(record), self._stopped.get(record, ())
        if at in stopped or any(span.start <= at <= span.end for span in excluded):
            return True
        last = max([*(span.end for span in excluded), *stopped], default=0)
        # Each version for itself: one that another device proposes may say that the sound is longer.
        return any(0 < length <= min(at, last) for length in self._lengths(record))

    def is_open(self, body: object) -> bool:
        """Whether a note was begun during a recording that is not stopped yet: what is off the record in it is
        known only then."""
        return isinstance(body, Note) and body.recording in self._under_way

    def holds_back(self, body: object, record: RecordId = NO_RECORD) -> bool:
        """Whether a record stays in the vault for what it holds, or for the recording that it names."""
        if isinstance(body, Recording):
            return bool(self.excluded(record))
        if isinstance(body, Note):
            return body.off or (bool(body.recording) and self.is_off(body.recording, body.at))
        if isinstance(body, Transcript):
            length = max(self._lengths(body.recording), default=NO_LENGTH)
            return bool(paragraphs.touching(body.paragraphs, self.excluded(body.recording), length))
        if isinstance(body, msgspec.Struct):
            # Of any other kind nobody here knows which stretch it speaks of: what names such a recording stays.
            named = registry.of_body(body).references(body)
            return any(bool(self.excluded(each.record)) for each in named)
        return False

    def _lengths(self, record: RecordId) -> list[LengthMs]:
        return [each.duration for each in self._recordings.get(record, [])]
