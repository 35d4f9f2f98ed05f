"""Off the record: what of a sound must not leave, and which records that holds back.

Recordings of one sound are a family: the master, its excerpts, copies and cuts. What is excluded in one of
them is excluded in all, and counted in times of the master. Several versions side by side count together,
also what another device only proposes: the strictest holds until a person settles. So a proposal can hold back
what it is about, as a proposed consent can, and can put nothing on the record.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

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
from cairn.model.values import BEGINNING, MAX_MS, NO_LENGTH, LengthMs, MomentMs, Span
from cairn.storage import recordings_in_progress
from cairn.storage.work import Reader


class Said(Protocol):
    """A version as far as it matters here: one of this vault, or one that arrives."""

    @property
    def envelope(self) -> Envelope: ...
    @property
    def body(self) -> Body | None: ...


_MOST = 1_000_000
"""Stretches that are told of all copies of one interview; of whatever goes beyond them a copy is off the record whole.
Only a hostile bundle has a hundred thousand copies of a sound with a hundred thousand stretches."""

Heads = Mapping[RecordId, Sequence[Said]]
"""Record id → heads, of one interview (`revising.root_heads`); its recordings are enough."""


def of_interview(reader: Reader, interview: RootId) -> OffRecord:
    """What is off the record in an interview, as it stands."""
    return of_heads(reader, interview, revising.root_heads(reader, interview, ["recording"]))


def of_heads(reader: Reader, interview: RootId, heads: Heads) -> OffRecord:
    """The same, where the heads are known already."""
    return OffRecord(heads, {row.recording for row in recordings_in_progress.all(reader, interview)})


class _Lengths(NamedTuple):
    """Of the versions of a recording, in milliseconds; 0 where none says one."""

    shortest: LengthMs
    longest: LengthMs


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
        self._lengths: dict[str, _Lengths] = {}
        for record, bodies in self._recordings.items():
            lengths = [body.duration for body in bodies if body.duration > 0]
            self._lengths[record] = _Lengths(min(lengths, default=NO_LENGTH), max(lengths, default=NO_LENGTH))
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
        self._last_stop = {record: max(moments) for record, moments in stopped.items() if moments}
        self._of: dict[str, Sequence[Span]] = {}
        self._of_copies: dict[tuple[str, tuple[Span, ...]], Sequence[Span]] = {}
        self._left = _MOST

    def excluded(self, record: RecordId) -> Sequence[Span]:
        """What of a recording is off the record, in its own time: in order and not touching."""
        if record not in self._of:
            versions = self._recordings.get(record, [])
            found = {(body.of or record, tuple(body.kept)): None for body in versions}
            each = [self._in_copy(master, kept) for master, kept in found]
            self._of[record] = each[0] if len(each) == 1 else spans.joined(chain.from_iterable(each))
        return self._of[record]

    def _in_copy(self, master: str, kept: tuple[Span, ...]) -> Sequence[Span]:
        """What of a copy that holds `kept` of a master is off the record; made once for all that hold the same."""
        if (master, kept) not in self._of_copies:
            all_of_it = self._excluded.get(master, [])
            amount = spans.meeting(kept, all_of_it) if kept else 0
            self._left -= amount
            # Less than the whole of it can't be told any more: the strictest holds.
            wanted = all_of_it if self._left >= 0 or not amount else [Span(BEGINNING, MomentMs(MAX_MS))]
            self._of_copies[master, kept] = spans.from_joined(kept, wanted)
        return self._of_copies[master, kept]

    def is_off(self, record: RecordId, at: MomentMs) -> bool:
        """Whether what was written at a moment of a recording was written off the record.

        While the recorder is stopped for it, or has no microphone, no time passes in the sound: the moment
        itself counts, also that at a span's end. A crash may take the last of the sound: what was written
        behind it is off the record where the sound that is left ends so.
        """
        excluded, stopped = self.excluded(record), self._stopped.get(record, ())
        if at in stopped:
            return True
        # They are in order and don't touch: the last one that has begun by then is the only one that can hold it.
        begun = bisect_right(excluded, at, key=lambda span: span.start)
        if begun and at <= excluded[begun - 1].end:
            return True
        last = max(excluded[-1].end if excluded else 0, self._last_stop.get(record, 0))
        # Each version for itself: one that another device proposes may say that the sound is longer.
        shortest = self._lengths_of(record).shortest
        return 0 < shortest <= min(at, last)

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
            stretches = paragraphs.stretches(body.paragraphs, self._lengths_of(body.recording).longest)
            excluded = self.excluded(body.recording)
            return any(paragraphs.reaches_into(each, excluded) for each in stretches)
        if isinstance(body, msgspec.Struct):
            # Of any other kind nobody here knows which stretch it speaks of: what names such a recording stays.
            named = registry.of_body(body).references(body)
            return any(bool(self.excluded(each.record)) for each in named)
        return False

    def _lengths_of(self, record: RecordId) -> _Lengths:
        return self._lengths.get(record, _Lengths(NO_LENGTH, NO_LENGTH))
