"""Ways through the custody room that no ordinary log takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cairn.crypto.device import DeviceKeys
from cairn.custody import checkpoint, excerpt, line, payload, proof, tree, walk
from cairn.custody.memory import MemoryRows
from cairn.errors import InputError, IntegrityError
from cairn.model.ids import Fingerprint
from custody.test_tree import Grown, lines
from custody.test_walk import KEYS, Kept, build, codes, lines_of, payloads_of, root, verify

AT = "2026-11-22T03:00:00Z"


def signed(rows: MemoryRows, keys: DeviceKeys = KEYS) -> checkpoint.Checkpoint:
    return checkpoint.sign(keys, rows.size(), tree.root(rows.size(), rows.node).hex(), AT)


def test_a_root_is_written_in_one_way() -> None:
    text = signed(build(3)).text
    lines = text.split(b"\n")
    assert checkpoint.serialise(checkpoint.parse(text)) == text
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = lines[2][-2:-1]
    # The letter before the = has spare bits: the next one says the same bytes.
    other = alphabet[alphabet.index(last) + 1 : alphabet.index(last) + 2]
    lines[2] = lines[2][:-2] + other + b"="
    with pytest.raises(InputError) as caught:
        checkpoint.parse(b"\n".join(lines))
    assert caught.value.code == "custody.checkpoint-malformed"


def test_a_proof_of_another_log_is_refused() -> None:
    mine, other = build(5), MemoryRows([raw for _, raw in build(5).lines()][::-1])
    told = [(2, *(mine.payload(2) or (b"", b"")))]
    good = excerpt.take(mine, signed(mine), told, [1, 4])
    assert excerpt.check(good, KEYS.public).size == 5
    for wrong in (signed(other), signed(build(5))):
        with pytest.raises(IntegrityError) as caught:
            excerpt.check(
                excerpt.Excerpt(wrong, good.lines, good.payloads, good.heads, good.proof), KEYS.public
            )
        assert caught.value.code == "custody.excerpt-wrong"


def test_what_is_not_in_memory() -> None:
    rows = build(3)
    assert [seq for seq, _ in rows.lines(2)] == [2, 3] and rows.line(3) == list(rows.lines())[2][1]
    for seq in (0, 4):
        with pytest.raises(IntegrityError) as caught:
            rows.line(seq)
        assert caught.value.code == "custody.line-missing"
    assert rows.line(1) == next(rows.lines())[1]
    # The last line under a node is the entry that it is told at.
    for level, place, seq in ((0, 3, 4), (1, 1, 4), (2, 0, 4), (9, 0, 512)):
        with pytest.raises(IntegrityError) as caught:
            rows.node(level, place)
        assert (caught.value.code, caught.value.values) == ("custody.node-altered", {"seq": seq})


def test_a_payload_has_a_longest() -> None:
    made = payload.serialise(
        payload.Payload(act="x", obj="", root="", at=AT, author="", device="", detail={})
    )
    longest = made + b" " * (payload.MAX_PAYLOAD_BYTES - len(made))
    assert payload.parse(longest).act == "x"
    with pytest.raises(InputError) as caught:
        payload.parse(longest + b" ")
    assert caught.value.code == "custody.not-a-payload"


def test_in_a_log_that_travelled_an_erasure_excuses_nothing() -> None:
    rows = build(4, erased=frozenset({2, 3}))
    assert verify(rows).whole
    assert not verify(rows, complete=True).whole


def test_a_checkpoint_that_names_another_device_is_refused_whoever_signed_it() -> None:
    class Claiming:
        """Signs well, under the name of somebody else."""

        fingerprint = DeviceKeys.generate()[0].fingerprint
        sign_text = KEYS.sign_text
        sign_text_pq = KEYS.sign_text_pq

    claimed = checkpoint.sign(Claiming(), 0, tree.EMPTY_ROOT.hex(), AT)
    KEYS.public.verify_text(checkpoint.NAMESPACE, claimed.text, claimed.signature)
    with pytest.raises(IntegrityError) as caught:
        checkpoint.verify(claimed, KEYS.public)
    assert caught.value.code == "custody.checkpoint-bad"


def test_a_fingerprint_that_is_none_is_not_signed() -> None:
    for device in ("SHA256:" + "a" * 42 + "!", "SHA256:" + "a" * 42):
        with pytest.raises(ValueError, match=r"base64|padding|Padding"):
            checkpoint.serialise(checkpoint.Statement(Fingerprint(device), 0, tree.EMPTY_ROOT.hex(), AT))


def test_only_heads_before_the_size_travel() -> None:
    rows = build(5)
    taken = excerpt.take(rows, signed(rows), [(1, *(rows.payload(1) or (b"", b"")))], [0, 1, 4, 5, 6])
    assert taken.heads == [1, 4]
    shown = excerpt.check(taken, KEYS.public)
    assert list(shown.entries) == [1] and list(shown.heads) == [1, 4]


def test_a_line_that_says_another_number_is_refused_though_its_device_signed_it_there() -> None:
    honest = build(5)
    turned = MemoryRows(lines_of(honest)[::-1])
    # Leaf 1 of that tree is the line that says 4.
    taken = excerpt.take(turned, signed(turned), [(2, *(honest.payload(4) or (b"", b"")))])
    with pytest.raises(IntegrityError) as caught:
        excerpt.check(taken, KEYS.public)
    assert caught.value.code == "custody.excerpt-wrong"


@pytest.mark.parametrize("head", [0, 7, 8])
def test_a_head_outside_of_the_tree_is_refused_with_every_node_that_it_asks_for(head: int) -> None:
    made = proof.make(7, [], [head], Grown(lines(8)).node)
    with pytest.raises(IntegrityError, match=r"custody\.proof-wrong"):
        proof.check(7, {}, [head], made)


@pytest.mark.parametrize("change", [-33, -32, -1, 1, 32])
def test_a_proof_of_another_length_is_refused(change: int) -> None:
    made = proof.make(7, [2], [3], Grown(lines(7)).node) + bytes(max(0, change))
    with pytest.raises(IntegrityError, match=r"custody\.proof-wrong"):
        proof.check(7, {2: tree.leaf_hash(lines(7)[2])}, [3], made[: change if change < 0 else None])


def test_progress_counts_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_STEP", 2)
    seen: list[tuple[int, int | None]] = []

    def progress(done: int, total: int | None, /) -> None:
        seen.append((done, total))

    verify(build(5), progress=progress)
    assert seen == [(0, 5), (2, 5), (4, 5), (5, 5)]


def test_every_checkpoint_is_looked_at_also_after_a_bad_one() -> None:
    rows = build(3)
    good, stranger = signed(rows), signed(rows, DeviceKeys.generate()[0])
    unreadable = checkpoint.Checkpoint(b"3 entries", b"", b"")
    differs = signed(build(2))
    for bad, place in ((unreadable, 0), (stranger, 3)):
        report = verify(rows, checkpoints=[bad, good, differs])
        assert (
            codes(report)
            == [("custody.checkpoint-bad", place), ("custody.checkpoint-differs", 2)][
                :: 1 if place < 2 else -1
            ]
        )
    # Whose log it is need not be known.
    assert walk.verify(rows, checkpoints=[stranger]).whole


def test_a_last_line_that_was_taken_back_is_betrayed_by_the_lowest_node() -> None:
    rows = build(2)
    assert codes(verify(Kept(rows, lines_of(rows)[:1], payloads_of(rows)))) == [("custody.rolled-back", 1)]


def test_the_root_of_no_lines_is_known_too() -> None:
    assert verify(build(2), known=[walk.Known(0, tree.EMPTY_ROOT.hex())]).whole
    assert codes(verify(build(2), known=[walk.Known(0, "ab" * 32)])) == [("custody.forked", 0)]


class Placed(MemoryRows):
    """A log that is kept by places, whatever its lines say, as in a vault."""

    def lines(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        yield from enumerate((raw for _, raw in super().lines()), start=1)


def test_a_line_that_says_another_number_than_its_place_is_altered() -> None:
    rows = build(5)
    raws = lines_of(rows)
    changed = Placed([*raws[:4], raws[4].replace(b'"seq":5', b'"seq":9')], payloads_of(rows))
    assert codes(verify(changed)) == [("custody.line-altered", 5)]


def test_a_log_with_a_gap_has_no_root_and_nothing_else_is_said_of_it() -> None:
    rows = build(6)
    raws = lines_of(rows)
    for missing in (3, 5):
        gap = Kept(rows, [*raws[: missing - 1], *raws[missing:]], payloads_of(rows))
        report = verify(gap, known=[walk.Known(6, root(raws))])
        assert codes(report) == [("custody.line-missing", missing)] and report.root == ""
    # Of two lines that are gone the last one is told as well.
    short = Kept(build(8), [*raws[:4], raws[5]], payloads_of(rows))
    assert ("custody.rolled-back", 6) in codes(verify(short))


def test_a_node_at_the_top_is_altered_itself() -> None:
    rows = build(4)
    spoilt = Kept(rows, lines_of(rows), payloads_of(rows))
    spoilt.kept[2, 0] = bytes(32)
    assert codes(verify(spoilt)) == [("custody.node-altered", 4)]


def test_nodes_that_are_gone_are_told_each_and_no_line_for_them() -> None:
    rows = build(6)
    spoilt = Kept(rows, lines_of(rows), payloads_of(rows))
    del spoilt.kept[1, 0], spoilt.kept[2, 0]
    assert codes(verify(spoilt)) == [("custody.node-altered", 2), ("custody.node-altered", 4)]


def test_every_fault_is_found_also_after_another() -> None:
    rows = build(12)
    raws, kept = lines_of(rows), payloads_of(rows)
    other = line.serialise(line.Line(9, "ab" * 32))
    spoilt = Kept(rows, [*raws[:8], other, *raws[9:]], kept)
    spoilt.kept[1, 0] = bytes(32)
    assert codes(verify(spoilt)) == [("custody.node-altered", 2), ("custody.line-altered", 9)]
    unreadable = Placed([*raws[:2], b"?", *raws[3:8], other, *raws[9:]], kept)
    unreadable_kept = Kept(rows, [], kept)
    unreadable.nodes = unreadable_kept.nodes  # type: ignore[method-assign]
    assert codes(verify(unreadable)) == [("custody.line-altered", 3), ("custody.line-altered", 9)]


def test_an_altered_line_is_told_once_whoever_remembers_it() -> None:
    rows = build(8)
    raws = lines_of(rows)
    altered = [*raws[:6], line.serialise(line.Line(7, "ab" * 32)), raws[7]]
    known = [walk.Known(7, root(raws, 7)), walk.Known(8, root(raws))]
    assert codes(verify(Kept(rows, altered, payloads_of(rows)), known=known)) == [("custody.line-altered", 7)]
    # The payload of the other line under the node is not here: only one is contradicted.
    without = {seq: each for seq, each in payloads_of(rows).items() if seq != 8}
    assert codes(verify(Kept(rows, altered, without))) == [("custody.line-altered", 7)]


def test_an_erasure_counts_though_its_line_can_not_be_read() -> None:
    rows = build(3, erased=frozenset({2}))
    kept = payloads_of(rows)
    del kept[2]
    report = verify(Placed([*lines_of(rows)[:3], b"?"], kept), complete=True)
    assert codes(report) == [("custody.line-altered", 4)]


def test_an_erasure_that_names_itself_says_nothing_of_itself() -> None:
    rows = build(2, erased=frozenset({1, 3}))
    kept = payloads_of(rows)
    del kept[1]
    assert verify(MemoryRows(lines_of(rows), kept), complete=True).whole
