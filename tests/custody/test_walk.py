"""Walking a log: what is whole verifies, and each kind of break is found and explained."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.crypto.device import DeviceKeys
from cairn.custody import checkpoint, line, log, payload, walk
from cairn.errors import Cancelled, IntegrityError

KEYS = DeviceKeys.generate()[0]


def build(count: int, *, erased: frozenset[int] = frozenset()) -> walk.MemoryRows:
    rows = walk.MemoryRows([])
    for number in range(count):
        log.append(
            rows,
            act="record.revise",
            obj=f"record-{number}",
            interview="",
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
            interview="",
            detail={"entries": sorted(erased)},
            device=KEYS.fingerprint,
            author="A",
            at="2026-11-22T03:00:00Z",
        )
    return rows


def lines_of(rows: walk.MemoryRows) -> list[bytes]:
    return [raw for _, raw in rows.lines()]


def payloads_of(rows: walk.MemoryRows) -> dict[int, tuple[bytes, bytes]]:
    return {seq: kept for seq, _ in rows.lines() if (kept := rows.payload(seq))}


def verify(rows: walk.MemoryRows, **more: object) -> walk.Report:
    return walk.verify(rows, device=KEYS.fingerprint, **more)  # type: ignore[arg-type]


def check_signature(text: bytes, signature: bytes) -> None:
    KEYS.public.verify_text(checkpoint.NAMESPACE, text, signature)


def codes(report: walk.Report) -> list[tuple[str, int]]:
    return [(problem.code, problem.seq) for problem in report.problems]


def test_an_empty_and_a_whole_log() -> None:
    assert verify(build(0), complete=True) == walk.Report(0, line.FIRST_PREV, 0, 0, [])
    rows = build(12)
    assert verify(rows, complete=True) == walk.Report(12, line.line_hash(lines_of(rows)[-1]), 12, 0, [])


def test_payloads_that_did_not_travel_are_no_break() -> None:
    rows = build(5)
    report = verify(walk.MemoryRows(lines_of(rows), {}))
    assert report.whole and report.absent == 5


def test_in_a_vault_only_an_erasure_excuses_a_missing_payload() -> None:
    rows = build(5, erased=frozenset({2, 4}))
    kept = payloads_of(rows)
    del kept[2], kept[4]
    assert verify(walk.MemoryRows(lines_of(rows), kept), complete=True).whole
    del kept[3]
    assert codes(verify(walk.MemoryRows(lines_of(rows), kept), complete=True)) == [
        ("custody.payload-missing", 3)
    ]


def test_an_erased_payload_that_is_back_is_noticed() -> None:
    rows = build(5, erased=frozenset({2}))
    assert codes(verify(rows, complete=True)) == [("custody.erased-returned", 2)]


@settings(deadline=None)
@given(st.data())
def test_any_change_of_any_line_is_found_at_that_line(data: st.DataObject) -> None:
    rows = build(6)
    lines = lines_of(rows)
    head = line.line_hash(lines[-1])
    which = data.draw(st.integers(0, 5))
    place = data.draw(st.integers(0, len(lines[which]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != lines[which][place]))
    changed = bytearray(lines[which])
    changed[place] = byte
    lines[which] = bytes(changed)
    report = verify(walk.MemoryRows(lines, payloads_of(rows)), known=[walk.Known(6, head)], complete=True)
    assert not report.whole
    assert which + 1 in {seq for code, seq in codes(report) if code in LINE_CODES}, codes(report)


LINE_CODES = {"custody.line-altered", "custody.line-missing", "custody.forked", "custody.payload-altered"}


@pytest.mark.parametrize("which", range(6))
def test_a_line_that_is_taken_out(which: int) -> None:
    rows = build(6)
    lines = lines_of(rows)
    head = line.line_hash(lines[-1])
    del lines[which]
    report = verify(walk.MemoryRows(lines, payloads_of(rows)), known=[walk.Known(6, head)])
    expected = "custody.line-missing" if which < 5 else "custody.rolled-back"
    assert codes(report)[0] == (expected, which + 1 if which < 5 else 5)


def test_lines_in_another_order_or_twice() -> None:
    lines = lines_of(build(6))
    lines[2], lines[3] = lines[3], lines[2]
    assert ("custody.line-missing", 3) in codes(verify(walk.MemoryRows(lines)))
    lines = lines_of(build(6))
    assert codes(verify(walk.MemoryRows([*lines[:3], lines[2], *lines[3:]]))) == [("custody.line-altered", 3)]


def test_a_changed_payload_or_salt() -> None:
    rows = build(4)
    kept = payloads_of(rows)
    salt, told = kept[3]
    kept[3] = (salt, told.replace(b'"A"', b'"B"'))
    assert codes(verify(walk.MemoryRows(lines_of(rows), kept))) == [("custody.payload-altered", 3)]
    kept[3] = (bytes(32), told)
    assert codes(verify(walk.MemoryRows(lines_of(rows), kept))) == [("custody.payload-altered", 3)]
    kept[3] = (b"short", told)
    assert codes(verify(walk.MemoryRows(lines_of(rows), kept))) == [("custody.payload-malformed", 3)]


def test_a_payload_that_fits_but_is_none() -> None:
    salt, told = b"s" * 32, b'{"not":"a payload"}'
    rows = walk.MemoryRows([log.entry(line.FIRST_PREV, 1, told, salt)], {1: (salt, told)})
    assert codes(verify(rows)) == [("custody.payload-malformed", 1)]


def test_a_history_written_anew_is_betrayed_by_the_checkpoint() -> None:
    lines = lines_of(build(8))
    signed = checkpoint.sign(KEYS, 5, line.line_hash(lines[4]), "2026-11-22T03:00:00Z")
    assert verify(walk.MemoryRows(lines), checkpoints=[signed], verify_signature=check_signature).whole
    other = walk.MemoryRows(lines_of(build(8)))
    assert codes(verify(other, checkpoints=[signed])) == [("custody.checkpoint-differs", 5)]
    short = walk.MemoryRows(lines[:4])
    assert codes(verify(short, checkpoints=[signed])) == [("custody.rolled-back", 4)]


def test_a_checkpoint_of_somebody_else_or_changed() -> None:
    lines = lines_of(build(3))
    head = line.line_hash(lines[2])
    stranger = checkpoint.sign(DeviceKeys.generate()[0], 3, head, "2026-11-22T03:00:00Z")
    good = checkpoint.sign(KEYS, 3, head, "2026-11-22T03:00:00Z")
    forged = checkpoint.Checkpoint(good.text.replace(b"2026", b"2025"), good.signature)
    unreadable = checkpoint.Checkpoint(b"3 entries", good.signature)
    for bad, place in ((stranger, 0), (forged, 0), (unreadable, 0)):
        report = verify(walk.MemoryRows(lines), checkpoints=[bad], verify_signature=check_signature)
        assert codes(report) == [("custody.checkpoint-bad", place)]
    assert codes(verify(walk.MemoryRows(lines), checkpoints=[stranger])) == [("custody.checkpoint-bad", 3)]


def test_what_others_remember() -> None:
    lines = lines_of(build(6))
    known = walk.Known(4, line.line_hash(lines[3]))
    assert verify(walk.MemoryRows(lines), known=[known]).whole
    assert codes(verify(walk.MemoryRows(lines), known=[walk.Known(4, "ab" * 32)])) == [("custody.forked", 4)]
    assert codes(verify(walk.MemoryRows(lines[:2]), known=[known])) == [("custody.rolled-back", 2)]


def test_extends() -> None:
    lines = lines_of(build(6))
    heads = [line.FIRST_PREV, *map(line.line_hash, lines)]
    for size in range(7):
        assert walk.extends(size, heads[size], lines) == walk.Known(6, heads[6])
    for wrong, code in (
        (lambda: walk.extends(4, heads[4], lines[:3]), "custody.rolled-back"),
        (lambda: walk.extends(4, heads[3], lines), "custody.forked"),
        (lambda: walk.extends(2, heads[2], lines[:2] + lines[3:]), "custody.line-altered"),
        (lambda: walk.extends(0, heads[0], [*lines, b"{}"]), "custody.line-altered"),
    ):
        with pytest.raises(IntegrityError) as caught:
            wrong()
        assert caught.value.code == code


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
    assert [item.prev for item in parsed] == [line.FIRST_PREV, *map(line.line_hash, lines[:2])]
    salt, told = payloads_of(rows)[2]
    assert parsed[1].commit == payload.commitment(salt, told)
    # The same act twice can't be recognised by its commitment.
    assert parsed[1].commit != parsed[2].commit
