"""The sequence of bundles, and what of the custody log comes with them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

import begun
from bundle.making import TIME, custody, revision, sender, stranger
from cairn.crypto.hashes import sha256_hex
from cairn.custody import checkpoint as checkpoints
from cairn.custody.excerpt import Excerpt, Shown
from cairn.custody.memory import MemoryRows
from cairn.errors import IntegrityError
from cairn.intake.log import HeldHead, LogHead, Verdict, check_excerpt, compare
from cairn.intake.sequence import Received, check_sequence
from cairn.model.exchange import IncomingRevision
from cairn.model.kinds.envelope import decode
from cairn.model.kinds.note import Note

HERE, A, C = "ee" * 32, "ab" * 32, "cd" * 32


@pytest.mark.parametrize(
    ("held", "seq", "prev", "codes"),
    [
        ([], 1, "", []),
        ([], 4, A, ["intake.first-missing"]),
        ([Received(3, C)], 4, C, []),
        ([Received(3, C)], 4, A, ["intake.forked"]),
        ([Received(3, C)], 6, A, ["intake.gap"]),
        ([Received(3, HERE)], 3, A, ["intake.older"]),
        ([Received(3, C)], 1, "", ["intake.older"]),
        # The same number twice: a copy of the vault counts on by itself.
        ([Received(3, C)], 3, A, ["intake.doubled"]),
        ([Received(2, C), Received(5, C)], 2, A, ["intake.doubled"]),
        ([Received(3, HERE), Received(3, C)], 3, A, ["intake.doubled"]),
        # It follows the one of the two, or comes late and neither neighbour knows it.
        ([Received(3, A), Received(3, C)], 4, C, []),
        ([Received(3, C), Received(5, C, HERE)], 4, C, ["intake.older"]),
        ([Received(3, C), Received(5, C, A)], 4, C, ["intake.older", "intake.forked"]),
        ([Received(3, C), Received(5, C, HERE)], 4, A, ["intake.older", "intake.forked"]),
    ],
)
def test_sequence(held: list[Received], seq: int, prev: str, codes: list[str]) -> None:
    problems = check_sequence(held, Received(seq, HERE, prev))
    assert [each.code for each in problems] == codes


def _note() -> tuple[bytes, bytes]:
    return revision(Note(text="w"), root=begun.root(sender()))


def _incoming(*made: tuple[bytes, bytes]) -> list[IncomingRevision]:
    return [IncomingRevision(data, sha256_hex(data), decode(data), signature) for data, signature in made]


def _head(part: Excerpt) -> LogHead:
    statement = checkpoints.parse(part.checkpoint.text)
    return LogHead(statement.size, statement.root)


def _check(part: Excerpt, *revisions: tuple[bytes, bytes], said: LogHead | None = None) -> Shown:
    return check_excerpt(said or _head(part), part, _incoming(*revisions), sender().public)


def _compare(shown: Shown, held: Sequence[HeldHead], *, late: bool = False) -> Verdict:
    return compare(shown, held, {}, {}, late=late)


class Log:
    """A log that grows, as its device sends it at several times."""

    def __init__(self) -> None:
        self.rows = MemoryRows()

    def send(self, more: int, heads: Sequence[int] = ()) -> Shown:
        """What is shown after `more` entries."""
        return _check(custody(sender(), before=more, heads=heads, rows=self.rows))


def _held(*shown: Shown, strand: int = 1) -> list[HeldHead]:
    return [HeldHead(each.size, each.root, strand) for each in shown]


def test_an_entry_for_each_revision_of_the_sender() -> None:
    one, two = _note(), _note()
    assert _check(custody(sender(), [one, two]), one, two).size == 5
    with pytest.raises(IntegrityError, match=r"intake\.entry-missing"):
        _check(custody(sender(), [one]), one, two)
    # Of what another device wrote the sender's log need not tell.
    theirs = revision(Note(text="w"), root=begun.root(sender()), keys=stranger())
    assert _check(custody(sender(), [one]), one, theirs).size == 4


def test_the_entry_must_be_of_this_record_and_device() -> None:
    one = _note()
    (incoming,) = _incoming(one)
    part = custody(sender(), [one])
    other = msgspec.structs.replace(incoming.envelope, id=begun.root(sender()))
    with pytest.raises(IntegrityError, match=r"intake\.entry-missing"):
        check_excerpt(_head(part), part, [msgspec.structs.replace(incoming, envelope=other)], sender().public)


def test_goes_on() -> None:
    log = Log()
    first = log.send(3)
    assert _compare(first, []) == Verdict("extends", 0, frozenset())
    second = log.send(4, heads=[3])
    assert second.heads == {3: first.root}
    assert _compare(second, _held(first)) == Verdict("extends", 0, frozenset({1}))
    # The same bundle again.
    assert _compare(second, _held(first, second)).answer == "extends"


def test_a_bundle_that_comes_late_was_proven_by_a_newer_one() -> None:
    log = Log()
    first, late, newest = log.send(3), log.send(2, heads=[3]), log.send(2, heads=[3, 5])
    held = [*_held(first, newest), HeldHead(5, newest.heads[5], 1)]
    assert _compare(late, held, late=True) == Verdict("extends", 0, frozenset({1}))
    assert _compare(first, held, late=True).answer == "extends"
    # The same as the newest word of the device: its log was put back.
    assert _compare(late, held) == Verdict("not-shown", 7, frozenset())


def test_contradicts() -> None:
    log, anew = Log(), Log()
    first = log.send(3)
    for other in (anew.send(3), anew.send(6, heads=[3])):
        with pytest.raises(IntegrityError, match=r"intake\.log-contradicts") as caught:
            _compare(other, _held(first))
        assert caught.value.values["size"] == 3


def test_another_line_under_a_number_contradicts_too() -> None:
    one, two = _note(), _note()
    part, other = custody(sender(), [one]), custody(sender(), [two], before=3)
    assert compare(_check(part), [], {4: part.lines[0]}, {4: part.lines[0]}).answer == "extends"
    with pytest.raises(IntegrityError, match=r"intake\.log-contradicts"):
        compare(_check(other), [], {4: part.lines[0]}, {4: other.lines[0]})


def test_not_shown() -> None:
    log = Log()
    first, second = log.send(3), log.send(4)
    assert _compare(second, _held(first)) == Verdict("not-shown", 3, frozenset())
    # Shorter than what was seen, and nothing of it proven: an older state was put back, or a bundle got lost.
    short = Log().send(2)
    assert _compare(short, _held(first)) == Verdict("not-shown", 3, frozenset())
    # Only an older head of the same strand is proven: what came after it may be another history.
    third = log.send(2, heads=[3])
    assert _compare(third, _held(first, second)) == Verdict("not-shown", 7, frozenset())


def test_an_open_strand_stays_open_until_one_tree_holds_both() -> None:
    log = Log()
    first, second = log.send(3), log.send(4)
    held = [*_held(first), *_held(second, strand=2)]
    third = log.send(2, heads=[7])
    assert _compare(third, held) == Verdict("not-shown", 3, frozenset({2}))
    fourth = log.send(2, heads=[3, 9])
    held = [*_held(first), *_held(second, third, strand=2)]
    assert _compare(fourth, held) == Verdict("extends", 0, frozenset({1, 2}))


def test_not_the_signed_head() -> None:
    part = custody(sender())
    for said in (LogHead(3, "ab" * 32), LogHead(4, _head(part).root)):
        with pytest.raises(IntegrityError, match=r"intake\.log-wrong"):
            _check(part, said=said)


@pytest.mark.parametrize(
    "change", ["dropped", "swapped", "altered", "payload", "salt", "stray", "twice", "proof", "heads"]
)
def test_not_whole(change: str) -> None:
    notes = [_note() for _ in range(3)]
    part = custody(sender(), notes, before=5, heads=[2, 5])
    lines, payloads = list(part.lines), list(part.payloads)
    proof, heads = part.proof, list(part.heads)
    seq, salt, payload = payloads[0]
    if change == "dropped":
        del lines[1], payloads[1]
    elif change == "swapped":
        lines[1], lines[2] = lines[2], lines[1]
        payloads[1], payloads[2] = payloads[2], payloads[1]
    elif change == "altered":
        lines[1] = lines[1].replace(b'"commit":"', b'"commit":"0', 1)[:-3] + b'"}'
    elif change == "payload":
        payloads[0] = (seq, salt, payload.replace(b"record.revise", b"record.settle"))
    elif change == "salt":
        payloads[0] = (seq, bytes(32), payload)
    elif change == "stray":
        payloads.append((99, bytes(32), b"{}"))
    elif change == "twice":
        lines.insert(0, lines[0])
        payloads.insert(0, payloads[0])
    elif change == "proof":
        proof = proof[32:] + proof[:32]
    else:
        heads = [5, 2]
    with pytest.raises(IntegrityError, match=r"intake\.log-wrong"):
        _check(Excerpt(part.checkpoint, lines, payloads, heads, proof))


@pytest.mark.parametrize("change", ["signature", "pq", "text", "stranger"])
def test_checkpoint(change: str) -> None:
    part = custody(sender(), before=5)
    signed = part.checkpoint
    bad = {
        "signature": msgspec.structs.replace(
            signed, signature=sender().sign_text("bundle@cairn", signed.text)
        ),
        "pq": msgspec.structs.replace(
            signed, signature_pq=sender().sign_text_pq("bundle@cairn", signed.text)
        ),
        "text": msgspec.structs.replace(signed, text=signed.text.replace(b"\n5\n", b"\n4\n")),
        "stranger": checkpoints.sign(stranger(), 5, _head(part).root, TIME),
    }[change]
    with pytest.raises(IntegrityError, match=r"intake\.checkpoint-wrong"):
        _check(msgspec.structs.replace(part, checkpoint=bad))


@pytest.mark.parametrize(("size", "root"), [(7, ""), (5, "ab" * 32)])
def test_a_checkpoint_of_another_tree(size: int, root: str) -> None:
    part = custody(sender(), before=5)
    signed = checkpoints.sign(sender(), size, root or _head(part).root, TIME)
    with pytest.raises(IntegrityError, match=r"intake\.log-wrong"):
        _check(msgspec.structs.replace(part, checkpoint=signed))
