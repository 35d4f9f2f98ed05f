"""Revisions and heads: what is put comes back to the byte, and who follows whom decides what stands."""

from __future__ import annotations

import itertools
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import begun
from cairn.crypto import record_ids
from cairn.crypto.hashes import sha256_hex
from cairn.errors import InputError, IntegrityError
from cairn.model.agreement import agreed_to
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import decode, encode
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Kind, Scope
from cairn.model.kinds.note import Note
from cairn.storage import erase, revisions, roots
from cairn.storage.projections import about, heads
from cairn.storage.store import Store
from storage import kit


def heads_of(store: Store, record: str) -> list[tuple[str, str]]:
    with store.read() as reader:
        return [(head.sha, head.state) for head in revisions.heads(reader, record)]


def test_the_exact_bytes_come_back(store: Store) -> None:
    record, data = kit.envelope(Interview(title="W-017", account="그는 말했다.\n\n“…”"))
    # A field that this version doesn't know survives, because the bytes are never made anew.
    data = data.replace(b'"reason":""', b'"later":[1,2.50],"reason":""')
    with store.write() as work:
        sha = revisions.put(work, data, b"signature")
    with store.read() as reader:
        kept = revisions.get(reader, sha)
        assert (kept.data, kept.signature, kept.sha) == (data, b"signature", sha256_hex(data))
        assert kept.envelope.id == record
        assert [item.sha for item in revisions.of(reader, record)] == [sha]
        info = revisions.info(reader, record)
        assert info is not None
        assert (info.id, info.root, info.kind, info.origin) == (
            record,
            record,
            "interview",
            kit.KEYS.fingerprint,
        )
        assert record_ids.root_id("interview", info.origin, info.nonce) == record
        assert revisions.records_of(reader, record) == [info]
        assert revisions.records_of(reader, record, ["note"]) == []
        assert revisions.known(reader, [sha, "0" * 64]) == {sha}


def test_putting_twice_is_putting_once(store: Store) -> None:
    _, data = kit.envelope(Note(text="a"), interview=kit.new_id())
    with store.write() as work:
        first = revisions.put(work, data, b"s")
        assert revisions.put(work, data, b"other signature", state="proposed") == first
    report = kit.walk_log(store)
    assert report.whole and report.entries == 1


def test_an_id_is_one_record_s_alone(store: Store) -> None:
    """It is derived from root, kind and origin: what says another of them under the same id is refused."""
    record, data = kit.envelope(Note(text="a"), interview=kit.new_id())
    said = msgspec.json.decode(data)
    others = {
        "root": kit.new_id(),
        "kind": "consent",
        "origin": kit.STRANGER.fingerprint,
        "nonce": "0" * 32,
        "id": kit.new_id(),
    }
    for name, other in others.items():
        forged = msgspec.json.encode({**said, name: other, **({"body": {}} if name == "kind" else {})})
        with pytest.raises(InputError, match=r"record\.malformed"), store.write() as work:
            revisions.put(work, forged, b"s")
    with store.write() as work:
        revisions.put(work, data, b"s")
    with store.read() as reader:
        assert revisions.info(reader, record) is not None


def test_what_is_no_envelope_is_refused(store: Store) -> None:
    for bad in (b"", b"{}", b"[]", b'{"v":1}', b"\xff"):
        with pytest.raises(InputError, match=r"record\.malformed"), store.write() as work:
            revisions.put(work, bad, b"")
    assert kit.walk_log(store).entries == 0


def test_an_unknown_revision(store: Store) -> None:
    with store.read() as reader, pytest.raises(InputError, match=r"storage\.no-such-revision"):
        revisions.get(reader, "0" * 64)


def test_a_record_of_a_newer_program_is_kept(store: Store) -> None:
    record, data = kit.envelope(Interview(title="from the future"), v=9)
    with store.write() as work:
        sha = revisions.put(work, data, b"s")
    with store.read() as reader:
        assert revisions.get(reader, sha).data == data
    assert heads_of(store, record) == [(sha, "current")]


def test_a_line_of_versions_has_one_head(store: Store) -> None:
    record, first = kit.put(store, Interview(title="1"))
    _, second = kit.put(store, Interview(title="2"), record=record, parents=[first])
    _, third = kit.put(store, Interview(title="3"), record=record, parents=[second])
    assert heads_of(store, record) == [(third, "current")]


def test_two_that_follow_one_are_a_conflict_until_settled(store: Store) -> None:
    record, first = kit.put(store, Interview(title="1"))
    _, left = kit.put(store, Interview(title="l"), record=record, parents=[first])
    _, right = kit.put(store, Interview(title="r"), record=record, parents=[first])
    assert heads_of(store, record) == [(right, "current"), (left, "current")]
    _, settled = kit.put(store, Interview(title="s"), record=record, parents=[left, right])
    assert heads_of(store, record) == [(settled, "current")]


def test_a_proposal_displaces_nothing(store: Store) -> None:
    record, first = kit.put(store, Interview(title="1"))
    _, proposed = kit.put(
        store,
        Interview(title="p"),
        record=record,
        parents=[first],
        state="proposed",
        keys=kit.STRANGER,
    )
    assert heads_of(store, record) == [(first, "current"), (proposed, "proposed")]
    _, second = kit.put(store, Interview(title="2"), record=record, parents=[first])
    assert heads_of(store, record) == [(second, "current"), (proposed, "proposed")]
    _, settled = kit.put(store, Interview(title="2"), record=record, parents=[second, proposed])
    assert heads_of(store, record) == [(settled, "current")]


def test_taking_up_a_proposal_alone_follows_what_it_followed(store: Store) -> None:
    record, first = kit.put(store, Interview(title="1"))
    _, proposed = kit.put(store, Interview(title="p"), record=record, parents=[first], state="proposed")
    _, taken = kit.put(store, Interview(title="p"), record=record, parents=[proposed])
    assert heads_of(store, record) == [(taken, "current")]


def test_ancestors_that_did_not_travel_connect_what_is_here(store: Store) -> None:
    """Version 2 stayed at home; the sender of version 3 says that 1 is among its ancestors."""
    record, first = kit.put(store, Interview(title="1"))
    _, third = kit.put(
        store, Interview(title="3"), record=record, parents=["2" * 64], ancestors=[first, "2" * 64]
    )
    assert heads_of(store, record) == [(third, "current")]
    with store.read() as reader:
        assert revisions.get(reader, third).ancestors == [first, "2" * 64]


def test_claims_of_ancestry_never_leave_a_record_without_a_head(store: Store) -> None:
    record, data = kit.envelope(Interview(title="2"), parents=["1" * 64])
    later = sha256_hex(data)
    _, first = kit.put(store, Interview(title="1"), record=record, ancestors=[later])
    with store.write() as work:
        revisions.put(work, data, b"s", ancestors=[first])
    assert {sha for sha, _ in heads_of(store, record)} == {first, later}


SHAS = [f"{n:x}" * 64 for n in range(6)]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[heads.Node], list[tuple[str, str, bool]]]:
    count = draw(st.integers(1, 6))
    states = draw(st.lists(st.sampled_from(["current", "proposed"]), min_size=count, max_size=count))
    # True parents can't form a circle (a hash can't name what comes after it); claims can.
    pairs = [
        (SHAS[b], SHAS[a], False) for a, b in itertools.combinations(range(count), 2) if draw(st.booleans())
    ]
    claim = st.tuples(st.sampled_from(SHAS[:count]), st.sampled_from(SHAS[:count]), st.just(True))
    claims = draw(st.lists(claim, max_size=4))
    devices = draw(st.lists(st.sampled_from(["A", "B", "C"]), min_size=count, max_size=count))
    nodes = [heads.Node(*each) for each in zip(SHAS, states, devices, strict=False)]
    return nodes, pairs + claims


def later(links: list[tuple[str, str, bool]], sha: str) -> set[str]:
    """Everything that descends from a revision."""
    children = {child for child, parent, _ in links if parent == sha}
    return children.union(*(later(links, child) for child in children))


@given(histories())
def test_heads_of_any_history(history: tuple[list[heads.Node], list[tuple[str, str, bool]]]) -> None:
    nodes, links = history
    found = heads.compute(nodes, links, "A")
    assert found, "no record without a head"
    assert {head.sha for head in found} <= {node.sha for node in nodes}
    states = [head.state for head in found]
    assert states == sorted(states), "current ones first"
    # The order of arrival decides the order shown, never what is a head.
    again = heads.compute(nodes[::-1], links[::-1], "A")
    assert set(again) == set(found)
    if not any(claimed for _, _, claimed in links):
        current = {node.sha for node in nodes if node.state == "current"}
        assert (not current) == all(head.state == "proposed" for head in found)
        parents_of_current = {parent for child, parent, _ in links if child in current}
        assert not parents_of_current & {h.sha for h in found}
        # What a device proposes is hidden by itself, by what holds and by the owner, by nobody else.
        for node in nodes:
            others = {parent for child, parent, _ in links if child == node.sha}
            followed = {parent for child, parent, _ in links if child != node.sha}
            theirs = {n.sha for n in nodes if n.device == "C"}
            # Whoever builds on a proposal has taken it up, with all that it follows.
            taken_up = later(links, node.sha) - {
                n.sha for n in nodes if (n.state, n.device) == ("proposed", "C")
            }
            if node.state == "proposed" and node.device == "C" and not taken_up:
                alone = others - followed
                assert alone - theirs <= {h.sha for h in found}


def test_every_put_is_logged_with_its_act(store: Store) -> None:
    record, sha = kit.put(store, agreed_to(choice="keep"), interview=kit.new_id(), act="consent.set")
    with store.read() as reader:
        ((seq, told),) = reader.custody.newest(10)
    assert told is not None and (seq, told.act, told.obj) == (1, "consent.set", record)
    assert told.detail == {"revision": sha, "state": "current", "kind": "consent"}
    assert (told.device, told.author) == (kit.KEYS.fingerprint, "A")


def test_a_unit_of_work_that_fails_leaves_neither_row_nor_entry(store: Store) -> None:
    record, data = kit.envelope(Interview(title="1"))
    with pytest.raises(RuntimeError, match="stop"), store.write() as work:
        revisions.put(work, data, b"s")
        raise RuntimeError("stop")
    with store.read() as reader:
        assert revisions.info(reader, record) is None and reader.custody.size() == 0
    kit.put(store, Interview(title="2"))
    assert kit.walk_log(store).whole


def test_units_of_work_are_not_nested(store: Store) -> None:
    with store.write(), pytest.raises(RuntimeError), store.write():
        pass
    kit.put(store, Interview())


def test_a_checkpoint_every_hundred_entries_and_at_closing(tmp_path: Path) -> None:
    opened = kit.Open(tmp_path / "vault")
    interview = kit.new_id()
    for _ in range(205):
        kit.put(opened.store, Note(text="n"), interview=interview)
    with opened.store.read() as reader:
        sizes = [row[0] for row in reader.all("SELECT size FROM checkpoint ORDER BY id")]
    assert sizes == [100, 200]
    opened.close()
    for _ in range(2):
        opened = kit.Open(opened.folder)
        with opened.store.read() as reader:
            assert [row[0] for row in reader.all("SELECT size FROM checkpoint ORDER BY id")] == [
                100,
                200,
                205,
            ]
        assert kit.walk_log(opened.store).whole
        opened.close()


def test_what_no_signature_and_no_ancestor_can_be_is_refused(store: Store) -> None:
    _, data = kit.envelope(Interview(title="1"))
    for signature, ancestors in (
        (b"x" * (revisions.MAX_SIGNATURE + 1), []),
        (b"x", [f"{n:064x}" for n in range(revisions.MAX_ANCESTORS + 1)]),
        (b"x", ["not a hash"]),
    ):
        with pytest.raises(InputError, match=r"record\.malformed"), store.write() as work:
            revisions.put(work, data, signature, ancestors=ancestors)
    with store.write() as work:
        most = [f"{n:064x}" for n in range(revisions.MAX_ANCESTORS)]
        revisions.put(work, data, b"x" * revisions.MAX_SIGNATURE, ancestors=most)


def test_who_moves_a_record(store: Store) -> None:
    record, first = kit.put(store, Interview(title="1"), state="proposed", keys=kit.STRANGER)
    with store.read() as reader:
        assert revisions.mover(reader, record) == kit.STRANGER.fingerprint
        assert revisions.mover(reader, kit.new_id()) == ""
    kit.put(store, Interview(title="2"), record=record, parents=[first])
    with store.read() as reader:
        assert revisions.mover(reader, record) == kit.KEYS.fingerprint


def test_a_reader_compares_once(store: Store) -> None:
    record, _ = kit.put(store, Interview(title="1"))
    with store.read() as reader:
        assert list(roots.heads(reader, record)) == [record] and record in reader.checked
        assert list(roots.heads(reader, record)) == [record]
    with store.read() as reader:
        assert len(revisions.heads(reader, record)) == 1 and record in reader.checked
    with store.write() as work:
        assert len(revisions.heads(work, record)) == 1 and record in work.checked
        # What is put within the unit of work is compared anew.
        revisions.put(work, kit.envelope(Interview(title="2"), record=record)[1], b"s")
        assert record not in work.checked


@pytest.mark.parametrize("whole", [True, False])
def test_a_revision_that_the_log_alone_knows_is_missed(store: Store, whole: bool) -> None:
    record, sha = kit.put(store, Interview(title="1"))
    gone = ["DELETE FROM head", "DELETE FROM link", "DELETE FROM revision", "DELETE FROM record"]
    connection = store.vault.connect()
    connection.execute("PRAGMA foreign_keys = OFF")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in gone if whole else gone[2:3]:
        connection.execute(statement)
    connection.close()
    with store.read() as reader, pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        revisions.get(reader, sha)
    with store.read() as reader, pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        if whole:
            revisions.records_of(reader, record)
        else:
            revisions.heads(reader, record)


def test_nothing_comes_under_what_was_erased(store: Store) -> None:
    record, _ = kit.put(store, Interview(title="1"))
    with store.write() as work:
        erase.erase(work, store.media, [record], "asked for it")
    for body, place in ((Interview(title="2"), {"record": record}), (Note(text="n"), {"interview": record})):
        with pytest.raises(InputError, match=r"storage\.erased"):
            kit.put(store, body, **place)
    with store.read() as reader:
        assert revisions.of(reader, record) == [] and revisions.heads(reader, record) == []


def test_a_part_that_was_erased_stays_away_though_its_interview_stands(store: Store) -> None:
    interview, _ = kit.put(store, Interview(title="1"))
    note, _ = kit.put(store, Note(text="n"), interview=interview)
    with store.write() as work:
        erase.erase(work, store.media, [note], "asked for it")
    with pytest.raises(InputError, match=r"storage\.erased"):
        kit.put(store, Note(text="again"), record=note, interview=interview)
    kit.put(store, Note(text="another"), interview=interview)


class Judgement(msgspec.Struct):
    """What an office thinks about interviews: the body of a kind that exists for these tests."""

    text: str = ""


OFFICE = Kind(
    name="judgement",
    type=Judgement,
    version=1,
    scope=Scope.OFFICE,
    is_root=True,
    part="none",
    fields=lambda body: {"text": body.text},
)


def test_a_judgement_is_found_by_what_it_is_about(store: Store) -> None:
    interview, _ = kit.put(store, Interview(title="1"))
    with registry.with_kind(OFFICE):
        judgement = begun.envelope(Judgement("true"), keys=kit.KEYS, about=[interview])
        with store.write() as work:
            revisions.put(work, encode(judgement), b"s")
            assert about.records(work, interview) == [judgement.id]


def test_an_entry_tells_what_its_act_adds(store: Store) -> None:
    _, data = kit.envelope(Interview(title="1"))
    with store.write() as work:
        sha = revisions.put(work, data, b"s", detail={"reason": "a slip of the pen"})
    with store.read() as reader:
        ((_, told),) = reader.custody.newest(10)
    assert told is not None
    assert told.detail == {
        "reason": "a slip of the pen",
        "revision": sha,
        "state": "current",
        "kind": "interview",
    }


def test_no_judgement_comes_about_what_was_erased(store: Store) -> None:
    gone, _ = kit.put(store, Interview(title="1"))
    with store.write() as work:
        erase.erase(work, store.media, [gone], "asked for it")
    _, data = kit.envelope(Interview(title="a judgement about it"))
    judged = msgspec.structs.replace(decode(data), about=[gone])
    with pytest.raises(InputError, match=r"storage\.erased"), store.write() as work:
        revisions._admit(work, judged)


def test_roots_that_are_no_interviews_are_known_among_very_many(store: Store) -> None:
    kinds = {kit.new_id(): ("vocabulary" if number % 400 == 0 else "interview") for number in range(1201)}
    with store.write() as work:
        for root, kind in kinds.items():
            work.run("INSERT INTO record VALUES (?, ?, ?, ?, ?)", (root, root, kind, "0" * 64, "0" * 32))
    with store.read() as reader:
        assert revisions.roots_of_other_kinds(reader, []) == set()
        asked = [*kinds, kit.new_id()]
        found = revisions.roots_of_other_kinds(reader, asked)
    assert found == {root for root, kind in kinds.items() if kind == "vocabulary"}
    assert len(found) == 4
