"""What of the own log goes to whom, and what is kept of other devices' logs."""

from __future__ import annotations

from cairn.custody import checkpoint, excerpt, log, tree
from cairn.custody.excerpt import Excerpt, Shown
from cairn.custody.memory import MemoryRows
from cairn.model.kinds.interview import Interview
from cairn.storage import erase, logs
from cairn.storage.store import Store
from storage import kit
from storage.test_ledgers import OFFICE, OTHER, sent

AT = "2026-11-22T03:00:00Z"


def foreign(count: int, objects: tuple[str, ...] = (), heads: tuple[int, ...] = ()) -> tuple[Excerpt, Shown]:
    """What travels of another device's log: the entries about `objects`, at its beginning."""
    rows = MemoryRows()
    for number in range(count):
        what = objects[number] if number < len(objects) else ""
        log.append(rows, act="record.revise", obj=what, root=what, detail={}, device="d", author="", at=AT)
    signed = checkpoint.sign(kit.KEYS, count, tree.root(count, rows.node).hex(), AT)
    told = [(seq, *(rows.payload(seq) or (b"", b""))) for seq in range(1, len(objects) + 1)]
    made = excerpt.take(rows, signed, told, heads)
    return made, excerpt.check(made, kit.KEYS.public)


def fill(store: Store, to: int) -> None:
    with store.write() as work:
        for _ in range(to - work.custody.size()):
            work.log("backup")
        work.checkpoint()


def test_only_what_all_recipients_were_sent_is_proven_to_them(store: Store) -> None:
    fill(store, 5)
    sent(store, {OFFICE: 1}, [], "a", (5, "r5"))
    fill(store, 9)
    sent(store, {OTHER: 1}, [], "b", (9, "r9"))
    fill(store, 14)
    sent(store, {OFFICE: 2, OTHER: 2}, [], "c", (14, "r14"))
    fill(store, 20)
    with store.read() as reader:
        assert logs.sent_heads(reader, [OFFICE]) == [14, 5]
        assert logs.sent_heads(reader, [OTHER]) == [14, 9]
        assert logs.sent_heads(reader, [OFFICE, OTHER]) == [14]
        assert logs.sent_heads(reader, ["SHA256:somebody"]) == []
        # Of the checkpoints that a bundle was sealed at none is taken, whoever it went to.
        assert not {5, 9, 14} & set(logs.earlier(reader, 20))


def test_at_most_32_sent_heads_and_32_checkpoints(store: Store) -> None:
    for number in range(1, 40):
        fill(store, 3 * number)
        sent(store, {OFFICE: number}, [], "a", (3 * number, "r"))
    with store.read() as reader:
        assert logs.sent_heads(reader, [OFFICE]) == [3 * number for number in range(39, 7, -1)]


def test_earlier_checkpoints_are_spaced_by_powers_of_two(store: Store) -> None:
    for size in range(1, 301):
        fill(store, size)
    with store.read() as reader:
        assert logs.earlier(reader, 300) == sorted(300 - 2**power for power in range(9))
        size = reader.custody.size()
        assert size == 300
        given = logs.take(
            reader, checkpoint.sign(kit.KEYS, size, reader.custody.root().hex(), AT), [], [OFFICE]
        )
    assert list(given.heads) == sorted(300 - 2**power for power in range(9))
    shown = excerpt.check(given, kit.KEYS.public)
    with store.read() as reader:
        assert {
            size: root.hex() for size in given.heads if (root := reader.custody.root(size))
        } == shown.heads


def test_every_proven_head_is_kept_and_strands_are_joined(store: Store) -> None:
    with store.write() as work:
        logs.keep(work, *foreign(4), ())
        logs.keep(work, *foreign(4), {1})
        device = kit.KEYS.fingerprint
        (first,) = logs.held_heads(work, device)
        assert (first.size, first.strand) == (4, 1)
        # Another one that was not shown to go on from it stands beside it.
        logs.keep(work, *foreign(9, heads=(6, 8)), ())
        assert [(head.size, head.strand) for head in logs.held_heads(work, device)] == [
            (4, 1), (6, 2), (8, 2), (9, 2),
        ]  # fmt: skip
        logs.keep(work, *foreign(12, heads=(4, 9)), {1, 2})
        assert {head.strand for head in logs.held_heads(work, device)} == {1}
        assert [head.size for head in logs.held_heads(work, device)] == [4, 6, 8, 9, 12]
        assert work.one("SELECT count(*) FROM foreign_checkpoint") == (3,)


def test_what_a_foreign_log_tells_of_it_goes_too(store: Store) -> None:
    record, _ = kit.put(store, Interview(title="W-1"))
    other = kit.new_id()
    with store.write() as work:
        logs.keep(work, *foreign(3, (record, other)), ())
        erase.erase(work, store.media, [record], "withdrawn")
        logs.keep(work, *foreign(3, (record, other)), {1})
    with store.read() as reader:
        assert reader.all("SELECT obj FROM foreign_payload") == [(other,)]
        assert reader.one("SELECT count(*) FROM foreign_line") == (2,)
        device = kit.KEYS.fingerprint
        assert logs.held_lines(reader, device, [1, 2, 3]).keys() == {1, 2}
