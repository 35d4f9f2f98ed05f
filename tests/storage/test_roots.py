"""Reading all records of a root at once gives what reading each of them gives, and refuses what that refuses."""

from __future__ import annotations

import random

import pytest

from cairn.errors import IntegrityError
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.storage import erase, revisions, roots
from cairn.storage.store import Store
from storage import kit
from storage.test_altered import altered


def one_by_one(
    store: Store, root: str, kinds: tuple[str, ...] = ()
) -> dict[str, list[revisions.StoredRevision]]:
    with store.read() as reader:
        found = {
            info.id: [revisions.get(reader, head.sha) for head in revisions.heads(reader, info.id)]
            for info in revisions.records_of(reader, root, kinds)
        }
    return {record: each for record, each in found.items() if each}


def at_once(
    store: Store, root: str, kinds: tuple[str, ...] = ()
) -> dict[str, list[revisions.StoredRevision]]:
    with store.read() as reader:
        return roots.heads(reader, root, kinds)


@pytest.fixture
def filled(store: Store) -> str:
    """An interview whose notes have histories of all sorts, beside another one; its id."""
    chance = random.Random(4)
    root, first = kit.put(store, Interview(title="1"))
    kit.put(store, Interview(title="2"), record=root, parents=[first])
    other, _ = kit.put(store, Interview(title="other"))
    kit.put(store, Note(text="other"), interview=other)
    for number in range(12):
        record, sha = kit.put(store, Note(text=f"{number}"), interview=root)
        shas = [sha]
        for more in range(chance.randrange(4)):
            state = {"state": "proposed", "keys": kit.STRANGER} if chance.random() < 0.3 else {}
            _, sha = kit.put(
                store,
                Note(text=f"{number}.{more}"),
                record=record,
                interview=root,
                parents=[chance.choice(shas)],
                **state,
            )
            shas.append(sha)
    return root


@pytest.mark.parametrize("kinds", [(), ("note",), ("interview",), ("interview", "note"), ("consent",)])
def test_it_is_the_same(store: Store, filled: str, kinds: tuple[str, ...]) -> None:
    expected = one_by_one(store, filled, kinds)
    found = at_once(store, filled, kinds)
    assert found == expected and list(found) == list(expected)
    assert len(found) == {(): 13, ("note",): 12, ("interview",): 1, ("interview", "note"): 13}.get(kinds, 0)
    assert at_once(store, kit.new_id()) == {}


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE revision SET data = CAST(replace(data, \'"text":"3\', \'"text":"9\') AS BLOB)',
        "UPDATE revision SET state = 'proposed' WHERE n = 5",
        "UPDATE custody_payload SET state = 'proposed' WHERE seq = 5",
        "DELETE FROM head WHERE record = (SELECT record FROM revision WHERE n = 5)",
        (
            "UPDATE head SET sha = (SELECT sha FROM revision WHERE n = 5)"
            " WHERE record = (SELECT max(head.record) FROM head JOIN record ON record.id = ("
            "  SELECT record FROM revision WHERE n = 5) WHERE head.record <> record.id AND head.root = record.root)"
        ),
        "DELETE FROM custody_payload WHERE revision = (SELECT sha FROM revision WHERE n = 5)",
        "DELETE FROM link",
        "INSERT INTO tombstone SELECT id, root, kind, 1, '', '' FROM record WHERE kind = 'note'",
        "UPDATE custody_payload SET act = 'erase' WHERE seq = 6",
    ],
)
def test_what_was_changed_is_refused_either_way(store: Store, filled: str, statement: str) -> None:
    altered(store, statement)
    with pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        one_by_one(store, filled)
    with pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        at_once(store, filled)


def test_a_head_of_a_record_that_is_not_there_is_refused(store: Store, filled: str) -> None:
    altered(
        store,
        "INSERT INTO head SELECT record, place + 9, sha, state, "  # noqa: S608 - an id of this test
        f"'{filled}', kind, created FROM head WHERE root <> '{filled}'",
    )
    with pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        at_once(store, filled)


@pytest.mark.parametrize("kinds", [("interview",), ("note",)])
def test_a_head_that_says_another_kind_than_its_record_is_refused(
    store: Store, filled: str, kinds: tuple[str, ...]
) -> None:
    altered(store, "UPDATE head SET kind = CASE kind WHEN 'note' THEN 'interview' ELSE 'note' END")
    with pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        at_once(store, filled, kinds)


def test_some_kinds_are_held_against_the_log_as_all_are(store: Store, filled: str) -> None:
    altered(store, "UPDATE custody_payload SET state = 'proposed' WHERE seq = 5")
    with pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        at_once(store, filled, ("note",))
    assert len(at_once(store, filled, ("interview",))) == 1


def test_what_was_compared_before_hides_nothing_of_the_others(store: Store, filled: str) -> None:
    with store.read() as reader:
        first = revisions.records_of(reader, filled)[0].id
    altered(store, "UPDATE custody_payload SET state = 'proposed' WHERE seq = 5")
    with store.read() as reader, pytest.raises(IntegrityError, match=r"storage\.record-altered"):
        revisions.check(reader, first)
        roots.heads(reader, filled)


def test_a_thousand_records_cost_as_many_questions_as_one(store: Store, filled: str) -> None:
    """Nothing is compared record by record but who moves one that has several versions."""
    asked = []
    with store.read() as reader:
        several = [len(revisions.of(reader, info.id)) > 1 for info in revisions.records_of(reader, filled)]
    with store.read() as reader:
        ask_all, ask_one = reader.all, reader.one
        reader.all = lambda *asking: asked.append(asking[0]) or ask_all(*asking)  # type: ignore[method-assign, func-returns-value]
        reader.one = lambda *asking: asked.append(asking[0]) or ask_one(*asking)  # type: ignore[method-assign, func-returns-value]
        found = roots.heads(reader, filled)
        assert len(found) == 13 and found.keys() <= reader.checked
    # Which records there are, here and in the log; six things of all of them that are compared; their heads.
    assert 0 < sum(several) < 13 and len(asked) == 9 + sum(several)


def test_the_roots_of_a_kind_come_in_order_of_arrival_without_what_was_erased(store: Store) -> None:
    made = [kit.put(store, Interview(title=str(number)))[0] for number in range(6)]
    kit.put(store, Note(text="none"), interview=made[0])
    # A later version moves nothing.
    with store.read() as reader:
        (first,) = revisions.heads(reader, made[0])
    kit.put(store, Interview(title="0, again"), record=made[0], parents=[first.sha])
    with store.write() as work:
        erase.erase(work, store.media, [made[2]], "withdrawn")
    with store.read() as reader:
        assert roots.of_kind(reader, "interview") == made[:2] + made[3:]
        assert roots.of_kind(reader, "note") == [] == roots.of_kind(reader, "none")
