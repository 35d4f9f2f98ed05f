"""Walking a log: what is whole verifies, and each kind of break is found and explained."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.crypto.device import DeviceKeys
from cairn.custody import checkpoint, line, log, payload, tree, walk
from cairn.custody.memory import MemoryRows
from cairn.errors import Cancelled

KEYS = DeviceKeys.generate()[0]


def build(count: int, *, erased: frozenset[int] = frozenset()) -> MemoryRows:
    rows = MemoryRows([])
    for number in range(count):
        log.append(
            rows,
            act="record.revise",
            obj=f"record-{number}",
            root="",
            detail={"revision": f"{number:064x}"},
            device=KEYS.fingerprint,
            author="A",
            at="2026-11-22T03:00:00Z",
        )
    if erased:
        log.append(
            rows,
            act="erase",
            obj="x",
            root="",
            detail={"entries": sorted(erased)},
            device=KEYS.fingerprint,
            author="A",
            at="2026-11-22T03:00:00Z",
        )
    return rows


def lines_of(rows: MemoryRows) -> list[bytes]:
    return [raw for _, raw in rows.lines()]


def payloads_of(rows: MemoryRows) -> dict[int, tuple[bytes, bytes]]:
    return {seq: kept for seq, _ in rows.lines() if (kept := rows.payload(seq))}


def verify(rows: MemoryRows, **more: object) -> walk.Report:
    return walk.verify(rows, device=KEYS.fingerprint, **more)  # type: ignore[arg-type]


def check_signature(item: checkpoint.Checkpoint) -> None:
    checkpoint.verify(item, KEYS.public)


def root(lines: list[bytes], size: int | None = None) -> str:
    rows = MemoryRows(lines)
    return tree.root(len(lines) if size is None else size, rows.node).hex()


class Kept(MemoryRows):
    """A log whose nodes were kept when its lines were still others, as in a vault that somebody has altered."""

    def __init__(
        self, before: MemoryRows, lines: list[bytes], payloads: dict[int, tuple[bytes, bytes]]
    ) -> None:
        super().__init__(lines, payloads)
        self.kept = {(level, place): found for level in range(1, 9) for place, found in before.nodes(level)}

    def nodes(self, level: int) -> Iterator[tuple[int, bytes]]:
        yield from ((place, found) for (at, place), found in sorted(self.kept.items()) if at == level)


def codes(report: walk.Report) -> list[tuple[str, int]]:
    return [(problem.code, problem.seq) for problem in report.problems]


def test_an_empty_and_a_whole_log() -> None:
    assert verify(build(0), complete=True) == walk.Report(0, tree.EMPTY_ROOT.hex(), 0, 0, [])
    rows = build(12)
    assert verify(rows, complete=True) == walk.Report(12, root(lines_of(rows)), 12, 0, [])


def test_payloads_that_did_not_travel_are_no_break() -> None:
    rows = build(5)
    report = verify(MemoryRows(lines_of(rows), {}))
    assert report.whole and report.absent == 5


def test_in_a_vault_only_an_erasure_excuses_a_missing_payload() -> None:
    rows = build(5, erased=frozenset({2, 4}))
    kept = payloads_of(rows)
    del kept[2], kept[4]
    assert verify(MemoryRows(lines_of(rows), kept), complete=True).whole
    del kept[3]
    assert codes(verify(MemoryRows(lines_of(rows), kept), complete=True)) == [("custody.payload-missing", 3)]


def test_an_erased_payload_that_is_back_is_noticed() -> None:
    rows = build(5, erased=frozenset({2}))
    assert codes(verify(rows, complete=True)) == [("custody.erased-returned", 2)]


@settings(deadline=None)
@given(st.data())
def test_any_change_of_any_line_is_found_at_that_line(data: st.DataObject) -> None:
    rows = build(6)
    lines = lines_of(rows)
    head = root(lines)
    which = data.draw(st.integers(0, 5))
    place = data.draw(st.integers(0, len(lines[which]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != lines[which][place]))
    changed = bytearray(lines[which])
    changed[place] = byte
    lines[which] = bytes(changed)
    changed_log = Kept(rows, lines, payloads_of(rows))
    report = verify(changed_log, known=[walk.Known(6, head)], complete=True)
    assert not report.whole
    assert which + 1 in {seq for code, seq in codes(report) if code in LINE_CODES}, codes(report)


LINE_CODES = {"custody.line-altered", "custody.line-missing", "custody.forked", "custody.payload-altered"}


@pytest.mark.parametrize("which", range(6))
def test_a_line_that_is_taken_out(which: int) -> None:
    rows = build(6)
    lines = lines_of(rows)
    head = root(lines)
    del lines[which]
    report = verify(MemoryRows(lines, payloads_of(rows)), known=[walk.Known(6, head)])
    expected = "custody.line-missing" if which < 5 else "custody.rolled-back"
    assert codes(report)[0] == (expected, which + 1 if which < 5 else 5)


def test_lines_in_another_order_or_twice() -> None:
    lines = lines_of(build(6))
    lines[2], lines[3] = lines[3], lines[2]
    assert ("custody.line-missing", 3) in codes(verify(MemoryRows(lines)))
    rows = build(6)
    lines = lines_of(rows)
    twice = Kept(rows, [*lines[:3], lines[2], *lines[3:]], payloads_of(rows))
    assert codes(verify(twice)) == [("custody.line-altered", 3)]


def test_a_changed_payload_or_salt() -> None:
    rows = build(4)
    kept = payloads_of(rows)
    salt, told = kept[3]
    kept[3] = (salt, told.replace(b'"A"', b'"B"'))
    assert codes(verify(MemoryRows(lines_of(rows), kept))) == [("custody.payload-altered", 3)]
    kept[3] = (bytes(32), told)
    assert codes(verify(MemoryRows(lines_of(rows), kept))) == [("custody.payload-altered", 3)]
    kept[3] = (b"short", told)
    assert codes(verify(MemoryRows(lines_of(rows), kept))) == [("custody.payload-malformed", 3)]


def test_a_payload_that_fits_but_is_none() -> None:
    salt, told = b"s" * 32, b'{"not":"a payload"}'
    rows = MemoryRows([log.entry(1, told, salt)], {1: (salt, told)})
    assert codes(verify(rows)) == [("custody.payload-malformed", 1)]


def test_a_history_written_anew_is_betrayed_by_the_checkpoint() -> None:
    lines = lines_of(build(8))
    signed = checkpoint.sign(KEYS, 5, root(lines, 5), "2026-11-22T03:00:00Z")
    assert verify(MemoryRows(lines), checkpoints=[signed], verify_signature=check_signature).whole
    other = MemoryRows(lines_of(build(8)))
    assert codes(verify(other, checkpoints=[signed])) == [("custody.checkpoint-differs", 5)]
    short = MemoryRows(lines[:4])
    assert codes(verify(short, checkpoints=[signed])) == [("custody.rolled-back", 4)]


def test_a_checkpoint_of_somebody_else_or_changed() -> None:
    lines = lines_of(build(3))
    head = root(lines)
    stranger = checkpoint.sign(DeviceKeys.generate()[0], 3, head, "2026-11-22T03:00:00Z")
    good = checkpoint.sign(KEYS, 3, head, "2026-11-22T03:00:00Z")
    forged = msgspec.structs.replace(good, text=good.text.replace(b"2026", b"2025"))
    unreadable = msgspec.structs.replace(good, text=b"3 entries")
    classic_alone = msgspec.structs.replace(good, signature_pq=stranger.signature_pq)
    pq_alone = msgspec.structs.replace(good, signature=stranger.signature)
    for bad, place in ((stranger, 0), (forged, 0), (unreadable, 0), (classic_alone, 0), (pq_alone, 0)):
        report = verify(MemoryRows(lines), checkpoints=[bad], verify_signature=check_signature)
        assert codes(report) == [("custody.checkpoint-bad", place)]
    assert codes(verify(MemoryRows(lines), checkpoints=[stranger])) == [("custody.checkpoint-bad", 3)]


def test_what_others_remember() -> None:
    lines = lines_of(build(6))
    known = walk.Known(4, root(lines, 4))
    assert verify(MemoryRows(lines), known=[known]).whole
    assert codes(verify(MemoryRows(lines), known=[walk.Known(4, "ab" * 32)])) == [("custody.forked", 4)]
    assert codes(verify(MemoryRows(lines[:2]), known=[known])) == [("custody.rolled-back", 2)]


def test_an_altered_line_is_one_finding() -> None:
    """Whatever vouches for it: its payload, the other line's payload, or neither."""
    rows = build(16)
    lines, kept = lines_of(rows), payloads_of(rows)
    other = line.serialise(line.Line(7, "ab" * 32))
    altered = [*lines[:6], other, *lines[7:]]
    assert codes(verify(Kept(rows, altered, kept), complete=True)) == [("custody.line-altered", 7)]
    without = {seq: each for seq, each in kept.items() if seq != 7}
    assert codes(verify(Kept(rows, altered, without))) == [("custody.line-altered", 7)]
    # With salt and payload changed to fit it, nothing tells which of the two lines under their node it was.
    salt, told = b"s" * 32, kept[7][1]
    fitting = [*lines[:6], log.entry(7, told, salt), *lines[7:]]
    found = codes(verify(Kept(rows, fitting, kept | {7: (salt, told)})))
    assert found == [("custody.line-altered", 7), ("custody.line-altered", 8)]


@pytest.mark.parametrize("node", [(1, 0), (1, 6), (1, 7), (2, 1), (2, 2), (2, 3), (3, 0), (4, 0)])
def test_an_altered_node_is_told_as_that(node: tuple[int, int]) -> None:
    rows = build(16)
    level, place = node
    spoilt = Kept(rows, lines_of(rows), payloads_of(rows))
    spoilt.kept[node] = bytes(32)
    assert codes(verify(spoilt)) == [("custody.node-altered", (place + 1) << level)]
    del spoilt.kept[node]
    assert codes(verify(spoilt)) == [("custody.node-altered", (place + 1) << level)]


def test_lines_that_were_taken_back_are_betrayed_by_the_nodes() -> None:
    rows = build(9)
    short = Kept(rows, lines_of(rows)[:5], payloads_of(rows))
    assert codes(verify(short)) == [("custody.rolled-back", 5)]


def test_a_walk_can_be_cancelled() -> None:
    def stop(done: int, total: int | None, /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        verify(build(3), progress=stop)


def test_an_append_follows_what_is_there() -> None:
    rows = build(3)
    lines = lines_of(rows)
    parsed = [line.parse(raw) for raw in lines]
    assert [item.seq for item in parsed] == [1, 2, 3]
    assert list(rows.nodes(1)) == [(0, tree.join(tree.leaf_hash(lines[0]), tree.leaf_hash(lines[1])))]
    salt, told = payloads_of(rows)[2]
    assert parsed[1].commit == payload.commitment(salt, told)
    # The same act twice can't be recognised by its commitment.
    assert parsed[1].commit != parsed[2].commit


def test_an_erasure_of_what_is_yet_to_come_says_nothing() -> None:
    """Only what was there before can have been erased."""
    rows = build(2, erased=frozenset({1, 9}))
    kept = payloads_of(rows)
    del kept[1]
    assert verify(MemoryRows(lines_of(rows), kept), complete=True).whole
    assert verify(rows).whole
