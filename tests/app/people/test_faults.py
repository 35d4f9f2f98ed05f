"""Faults of what was coded: each is told where it is, and nothing of it is dropped."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from app.people.test_coded import new
from cairn.app.kernel import sentences
from cairn.app.kernel.session import Session
from cairn.app.people import coded, faults
from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds.act import Act
from cairn.model.kinds.act_parts import Detention, Period
from cairn.model.kinds.event import Event
from cairn.model.kinds.identity import Name
from cairn.model.kinds.involvement import Involvement
from cairn.model.kinds.person import Person
from cairn.model.kinds.post import Post
from cairn.model.kinds.relation import Relation
from cairn.model.kinds.unit import Unit
from cairn.model.time.told import Told

GONE = RecordId("0b4f2c1e-5d3a-8e21-9c00-112233445566")


class Case:
    """One interview to put wrong things into."""

    def __init__(self, s: Session) -> None:
        self.session = s
        self.interview = new(s)

    def put(self, body: Any, record: RecordId = NO_RECORD) -> RecordId:
        return coded.save(self.session, self.interview, body, record=record).record

    def found(self) -> list[faults.Fault]:
        return faults.faults(coded.load(self.session, self.interview))

    def codes(self) -> list[tuple[str, str]]:
        return [(each.code, each.field) for each in self.found()]


@pytest.fixture
def case(field: Session) -> Case:
    return Case(field)


def test_nothing_is_wrong_with_what_is_right(case: Case) -> None:
    mother = case.put(Person(code="P1", born=Told(edtf="1970")))
    child = case.put(Person(code="P2", born=Told(edtf="2001"), died=Told(edtf="2001")))
    case.put(Relation(person=mother, other=child, type="rel.daughter", since=Told(edtf="2001")))
    event = case.put(Event(code="E1"))
    act = case.put(Act(code="A1", victim=child, event=event, time=Told(edtf="2001")))
    case.put(Involvement(act=act, unknown="a guard"))
    assert case.found() == []


def test_an_act_without_a_victim(case: Case) -> None:
    act = case.put(Act(code="A1"))
    (each,) = case.found()
    assert (each.code, each.record, each.field) == ("coded.no-victim", act, "victim")
    assert sentences.sentence(each.code, each.values).startswith("A1 says of nobody")


def test_somebody_older_than_her_mother_whichever_way_it_was_said(case: Case) -> None:
    mother = case.put(Person(code="P1", born=Told(edtf="1990")))
    child = case.put(Person(code="P2", born=Told(edtf="1979")))
    one = case.put(Relation(person=mother, other=child, type="rel.child"))
    other = case.put(Relation(person=child, other=mother, type="rel.mother"))
    found = case.found()
    assert [(each.code, each.record) for each in found] == [
        ("coded.older-than-parent", one),
        ("coded.older-than-parent", other),
    ]
    assert found[0].values == {"code": "P2", "other": "P1"}
    assert faults.of_record(found, mother) == found


def test_circles_in_a_family_in_commands_and_in_events(case: Case) -> None:
    people = [case.put(Person(code=f"P{n}")) for n in (1, 2, 3)]
    for one, other in ((0, 1), (1, 2), (2, 0)):
        case.put(Relation(person=people[one], other=people[other], type="rel.son"))
    first = case.put(Unit(code="U1"))
    second = case.put(Unit(code="U2", parent=first))
    case.put(Unit(code="U1", parent=second), first)
    case.put(Post(person=people[0], superior=people[1]))
    case.put(Post(person=people[1], superior=people[0]))
    event = case.put(Event(code="E1"))
    case.put(Event(code="E1", part_of=event), event)
    found = {each.code: each for each in case.found()}
    assert [each.code for each in case.found()] == [
        "coded.family-circle",
        "coded.command-circle",
        "coded.command-circle",
        "coded.event-circle",
    ]
    assert found["coded.family-circle"].values == {"who": "P1, P2, P3"}
    assert set(found["coded.family-circle"].others) == set(people)


def test_a_long_line_of_descent_is_no_circle(case: Case) -> None:
    edges = [(RecordId(f"{n}"), RecordId(f"{n + 1}"), RecordId(f"r{n}")) for n in range(5000)]
    assert faults.circles(edges) == []
    closed = [*edges, (RecordId("5000"), RecordId("0"), RecordId("last"))]
    ((members, said),) = faults.circles(closed)
    assert len(members) == 5001 and said == "last"


def test_what_is_named_and_not_here_or_removed_or_of_another_kind(case: Case) -> None:
    unit = case.put(Unit(code="U1"))
    act = case.put(Act(code="A1", victim=GONE, detention=Detention(periods=[Period(guards=[unit])])))
    assert case.codes() == [("coded.not-here", "victim")]
    case.put(Act(code="A1", victim=unit), act)
    assert case.codes() == [("coded.wrong-kind", "victim")]
    coded.remove(case.session, [unit])
    assert case.codes() == [("coded.names-removed", "victim"), ("coded.wrong-kind", "victim")]
    case.put(Act(code="A1", victim=case.interview), act)
    assert case.codes() == [("coded.wrong-kind", "victim")]


def test_codes_that_are_missing_or_stand_twice(case: Case) -> None:
    case.put(Person(code="P1"))
    case.put(Person(code="P1"))
    case.put(Person())
    case.put(Unit(code="P1"))
    assert case.codes() == [("coded.no-code", "code"), ("coded.code-twice", "code")]


def test_dates_that_can_not_be(case: Case) -> None:
    who = case.put(Person(code="P1", protected=False, born=Told(words="31 February 1990")))
    assert case.codes() == [("coded.impossible-time", "born")]
    case.put(Person(code="P1", born=Told(edtf="1990"), died=Told(edtf="1989")), who)
    assert case.codes() == [("coded.ends-first", "died")]


def test_an_exact_birth_of_somebody_protected_is_told_also_where_only_the_words_give_it(case: Case) -> None:
    who = case.put(Person(code="P1", born=Told(words="14 March 1979", edtf="1979")))
    assert case.codes() == [("coded.exact-birth", "born")]
    case.put(
        Person(code="P1", protected=False, names=[Name("X")], born=Told("14 March 1979", "1979-03-14")), who
    )
    assert case.codes() == []
    with pytest.raises(ValueError, match="exact birth"):
        Person(code="P1", born=Told(edtf="1979-03-14"))


def test_relations_with_one_end_or_with_oneself(case: Case) -> None:
    who = case.put(Person(code="P1"))
    case.put(Relation(person=who))
    case.put(Relation(other=who))
    case.put(Relation(person=who, other=who, type="rel.sister"))
    assert case.codes() == [
        ("coded.half-relation", "other"),
        ("coded.half-relation", "person"),
        ("coded.own-relative", "other"),
    ]


def test_terms_that_nobody_here_knows_are_kept_and_told(case: Case) -> None:
    who = case.put(Person(code="P1", roles=["role.from_later"], states=["state.life.alive"]))
    (each,) = case.found()
    assert (each.code, each.field, each.values["term"]) == ("coded.unknown-term", "roles", "role.from_later")
    assert coded.load(case.session, case.interview).body(who, Person) == Person(
        code="P1", roles=["role.from_later"], states=["state.life.alive"]
    )


def test_a_name_of_500_characters_and_texts_in_any_script(case: Case) -> None:
    case.put(Person(code="P1", protected=False, names=[Name("가" * 500)], described="۝ \u202e"))
    assert case.found() == []
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(Person(code="P" * 501)), type=Person)


def test_a_great_many_circles_are_told_by_their_first_members() -> None:
    edges = [(RecordId(str(n)), RecordId(str(n + 1)), RecordId(f"on{n}")) for n in range(3000)]
    edges += [(RecordId(str(n)), RecordId("0"), RecordId(f"back{n}")) for n in range(1, 3001)]
    found = faults.circles(edges)
    assert len(found) == 3000
    assert sum(len(members) for members, _ in found) < 2 * faults.MOST_IN_CIRCLES + 3000 * faults.MOST_TOLD
