"""A bundle may hold a hundred thousand records, one hundred thousand stretches: twice as many are twice the work.

Counted in executed lines of the program, not in seconds; what stands in one line of it counts once for each element.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
import pytest

import begun
import cairn
from app.forging import stranger
from cairn.app.arriving import incoming, unwelcome
from cairn.app.arriving.incoming import Incoming
from cairn.app.sound import off_record
from cairn.app.sound.off_record import OffRecord
from cairn.bundle import readme
from cairn.crypto.hashes import sha256_hex
from cairn.intake import merge
from cairn.model.exchange import IncomingRevision
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.envelope import encode
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Body
from cairn.model.kinds.note import Note
from cairn.model.kinds.recording import Recording
from cairn.model.kinds.transcript import Paragraph, Transcript
from cairn.model.values import Span
from intake.vaults import KNOWN, MemoryVault

HOUSE = str(Path(cairn.__file__).parent)
KEYS = stranger("Field 9").keys


def lines(work: Callable[[], object]) -> int:
    """How many lines of the program were executed."""
    count = 0

    def line(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _arg: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(HOUSE) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def is_linear(make: Callable[[int], Callable[[], object]], small: int = 200) -> bool:
    """Whether four times as much is at most five times the work; one with a square in it is sixteen times."""
    few, many = lines(make(small)), lines(make(4 * small))
    assert few > small
    return many < 5 * few


def revision(body: Body, root: str = "", record: str = "") -> IncomingRevision:
    made = begun.envelope(body, keys=KEYS, root=root, record=record)
    data = encode(made)
    return IncomingRevision(data, sha256_hex(data), made, bytes(64))


def spread(count: int) -> list[Span]:
    return [Span(at * 10, at * 10 + 5) for at in range(count)]


class Head(msgspec.Struct):
    envelope: Any
    body: Any


def heads(bodies: dict[str, Body]) -> dict[str, list[Head]]:
    envelope = begun.envelope(Recording(), keys=KEYS, root=begun.root(KEYS))
    return {record: [Head(envelope, body)] for record, body in bodies.items()}


def test_what_is_shown_of_many_roots() -> None:
    def make(count: int) -> Callable[[], object]:
        found = Incoming(None)  # type: ignore[arg-type]
        found.revisions = [revision(Interview(title=f"{n}")) for n in range(count)]
        return lambda: incoming.roots(found)

    assert is_linear(make)


@pytest.mark.parametrize("kept", [[], [Span(0, 1_000_000)], None])
def test_copies_of_one_sound(kept: list[Span] | None) -> None:
    """Each excludes a stretch of its own, and what one excludes is excluded in all."""

    def make(count: int) -> Callable[[], object]:
        bodies: dict[str, Body] = {
            f"r{n}": Recording(
                duration=count * 10,
                of="" if n == 0 else "r0",
                # Each holds something else of it, or all hold the same.
                kept=[Span(n * 10, n * 10 + 7)] if kept is None else kept if n else [],
                excluded=[] if kept is None and n else [Span(n * 10, n * 10 + 5)],
            )
            for n in range(count)
        }
        if kept is None:
            bodies["r0"] = Recording(duration=count * 10, excluded=spread(count))
        found = heads(bodies)

        def work() -> None:
            off = OffRecord(found)
            assert all(off.holds_back(body, record) for record, body in bodies.items())

        return work

    assert is_linear(make)


def test_notes_and_transcripts_of_one_sound() -> None:
    def make(count: int) -> Callable[[], object]:
        sound = Recording(duration=count * 20, excluded=spread(count), marks=[])
        found = heads({"r0": sound})
        notes = [Note(text="n", recording="r0", at=count * 10 + n) for n in range(count)]
        told = [Transcript(recording="r0", paragraphs=[Paragraph(start=n, end=n + 1)]) for n in range(count)]

        def work() -> None:
            off = OffRecord(found)
            assert not any(off.holds_back(each) for each in notes)
            assert any(off.holds_back(each) for each in told)

        return work

    assert is_linear(make)


def test_copies_that_each_hold_nearly_all_of_a_sound_with_very_many_stretches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What can't be told in reasonable time is off the record altogether, and never on it."""
    monkeypatch.setattr(off_record, "_MOST", 2_000)

    def make(count: int) -> Callable[[], object]:
        bodies: dict[str, Body] = {"r0": Recording(duration=count * 10, excluded=spread(count))}
        for n in range(1, count):
            bodies[f"r{n}"] = Recording(of="r0", kept=[Span(0, count * 10 - n)], duration=count * 10 - n)
        bodies["far"] = Recording(of="r0", kept=[Span(count * 10, count * 20)], duration=count * 10)
        found = heads(bodies)

        def work() -> None:
            off = OffRecord(found)
            for record in bodies:
                assert bool(off.excluded(record)) == (record != "far")
            assert list(off.excluded(f"r{count - 1}")) == [Span(0, count * 10 - count + 1)]

        return work

    assert is_linear(make)


def test_what_a_sender_must_not_send() -> None:
    def make(count: int) -> Callable[[], object]:
        found = Incoming(None)  # type: ignore[arg-type]
        root = begun.root(KEYS)
        sound = revision(Recording(duration=count, excluded=spread(count)), root)
        found.revisions = [
            revision(Interview(title="W-1"), record=root),
            sound,
            *(revision(Note(text=f"{n}", recording=sound.envelope.id, at=n), root) for n in range(count)),
        ]
        return lambda: unwelcome.problems(None, found)

    assert is_linear(make)


class Told:
    """A problem of a plan that counts how often two are compared."""

    compared = 0

    def __init__(self, code: str, values: dict[str, str]) -> None:
        self.code, self.values = code, values

    def __eq__(self, other: object) -> bool:
        Told.compared += 1
        return isinstance(other, Told) and (self.code, self.values) == (other.code, other.values)

    __hash__ = None  # type: ignore[assignment]


def test_a_plan_with_a_problem_for_each_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "Problem", Told)

    def make(count: int) -> Callable[[], object]:
        first = revision(Interview(title="W-1"))
        parts = [
            revision(Attachment(name=f"{n}", sha256=f"{n:064x}", size=1), first.envelope.id)
            for n in range(count)
        ]

        class Anybody:
            def verify_revision(self, *_: object) -> None: ...

        def work() -> None:
            plan = merge.plan_merge(
                MemoryVault(),
                [first, *parts],
                [],
                sender=KEYS.fingerprint,
                devices={**KNOWN, KEYS.fingerprint: Anybody()},  # type: ignore[dict-item]
            )
            assert len(plan.problems) == count and Told.compared < 5 * count

        return work

    assert is_linear(make)


def test_the_page_in_a_bundle() -> None:
    """Each note says where in which sound it was written."""

    def make(count: int) -> Callable[[], object]:
        root = begun.root(KEYS)
        sound = revision(Recording(duration=count), root)
        made = [
            revision(Interview(title="W-1"), record=root),
            sound,
            *(revision(Note(text=f"{n}", recording=sound.envelope.id, at=n), root) for n in range(count)),
        ]
        say = readme.Words("en")
        return lambda: readme._root(say, [each.data for each in made], {})

    assert is_linear(make)
