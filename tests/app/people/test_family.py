"""The people of an interview in order, and the picture of their family: nobody twice, nothing on top of each other."""

from __future__ import annotations

from itertools import combinations

import pytest

from app.people.test_coded import new
from cairn.app.kernel.session import Session
from cairn.app.people import coded, family, picture
from cairn.app.people.coded import Change
from cairn.app.people.family import Member
from cairn.app.people.picture import Picture
from cairn.model.ids import RecordId
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.interview import Person as Present
from cairn.model.kinds.person import Person
from cairn.model.kinds.relation import Parted, Relation
from cairn.vocab.terms import Terms

TERMS = Terms()
TELLS = Interview(
    title="W-1", people=[Present(code="P1", role="told", protected=True), Present("최", "interpreter")]
)


class House:
    """An interview of P1 and her family."""

    def __init__(self, s: Session) -> None:
        self.session = s
        self.interview = new(s, TELLS)
        self.of: dict[str, RecordId] = {}

    def person(self, code: str, **says: object) -> RecordId:
        made = coded.save(self.session, self.interview, Person(code=code, **says)).record  # type: ignore[arg-type]
        self.of[code] = made
        return made

    def related(self, code: str, other: str, type_: str, parted: Parted | None = None) -> None:
        body = Relation(person=self.of[code], other=self.of[other], type=type_, parted=parted)  # type: ignore[arg-type]
        coded.save(self.session, self.interview, body)

    def members(self) -> list[Member]:
        return family.members(coded.load(self.session, self.interview), TERMS)

    def picture(self) -> Picture:
        coding = coded.load(self.session, self.interview)
        return picture.drawn(coding, family.members(coding, TERMS), TERMS)


@pytest.fixture
def house(field: Session) -> House:
    return House(field)


def mother_and_daughter(house: House) -> None:
    for number in (1, 2, 3, 4, 5, 6, 9, 10):
        house.person(f"P{number}", sex="female" if number in (1, 4, 6, 9) else "male")
    house.related("P1", "P2", "rel.partner_m")
    house.related("P1", "P3", "rel.husband")
    house.related("P1", "P6", "rel.older_sister")
    house.related("P2", "P9", "rel.mother")
    house.related("P4", "P1", "rel.mother", Parted(holder=house.of["P9"]))
    house.related("P2", "P4", "rel.daughter")
    house.related("P1", "P5", "rel.son", Parted(cause="separation.taken_by_household"))  # type: ignore[arg-type]
    house.related("P3", "P5", "rel.son")


def apart(made: Picture) -> None:
    for one, other in combinations(made.boxes, 2):
        over_x = one.x < other.x + other.width and other.x < one.x + one.width
        over_y = one.y < other.bottom and other.y < one.bottom
        assert not (over_x and over_y), (one.member.code, other.member.code)
    assert all(
        box.x >= 0 and box.x + box.width <= made.width and box.bottom <= made.height for box in made.boxes
    )


def test_who_tells_comes_first_and_parted_children_right_after(house: House) -> None:
    mother_and_daughter(house)
    found = house.members()
    assert [each.code for each in found] == ["P1", "P4", "P5", "P2", "P3", "P6", "P9", "P10", "최"]
    by_code = {each.code: each for each in found}
    assert by_code["P1"].teller and by_code["P1"].protected
    # Said from the child's side: the same relation, seen from the mother.
    assert by_code["P4"].relation == "rel.daughter" and by_code["P5"].relation == "rel.son"
    assert [each.sought for each in by_code["P4"].apart] == [house.of["P4"]]
    assert by_code["P9"].holds == (house.of["P4"],)
    assert family.children_parted(found, TERMS) == 2


def test_the_picture_has_generations_in_rows(house: House) -> None:
    mother_and_daughter(house)
    made = house.picture()
    apart(made)
    rows: dict[int, set[str]] = {}
    for box in made.boxes:
        rows.setdefault(box.row, set()).add(box.member.code)
    assert rows == {0: {"P9"}, 1: {"P1", "P2", "P3", "P6"}, 2: {"P4", "P5"}}
    assert made.alone == 2
    kinds = [edge.kind for edge in made.edges]
    assert kinds.count("parted") == 2 and kinds.count("holds") == 1
    assert {edge.word for edge in made.edges if edge.kind == "parted"} == {
        "separation",
        "separation.taken_by_household",
    }
    one = next(number for number, box in enumerate(made.boxes) if box.member.code == "P1")
    below = made.boxes[made.beside(one, 0, 1)]
    assert below.row == 2 and made.boxes[made.beside(one, 0, -1)].member.code == "P9"
    assert made.beside(0, -1, 0) == 0 and made.beside(0, 0, -1) == 0
    last = len(made.boxes) - 1
    assert made.beside(last, 1, 0) == last and made.beside(last, -1, 0) == last - 1
    box = made.boxes[one]
    assert made.over(box.x + 1, box.y + 1) == one and made.over(-5, -5) == -1


def test_a_family_of_sixty_overlaps_nowhere(house: House) -> None:
    people = [
        Change(Person(code=f"P{number}"), coded.revising.begin(house.session, "person", house.interview))
        for number in range(1, 61)
    ]
    ids = [change.record for change in people]
    relations = [
        Change(Relation(person=ids[number // 3], other=ids[number], type="rel.child"))  # type: ignore[arg-type]
        for number in range(1, 60)
    ]
    relations += [Change(Relation(person=ids[n], other=ids[n + 1], type="rel.sibling")) for n in (30, 31, 50)]  # type: ignore[arg-type]
    coded.save_all(house.session, house.interview, [*people, *relations])
    made = house.picture()
    assert len(made.boxes) == 60
    apart(made)


def test_a_thousand_unrelated_people_are_not_drawn_and_all_listed(house: House) -> None:
    coded.save_all(house.session, house.interview, [Change(Person(code=f"P{n}")) for n in range(1, 1001)])
    found = house.members()
    assert len(found) == 1001 and [each.code for each in found[:3]] == ["P1", "P2", "P3"]
    made = house.picture()
    assert made.boxes == () and made.alone == 1001 and made.width


def test_a_family_that_can_not_be_is_drawn_all_the_same(house: House) -> None:
    for number in range(1, 6):
        house.person(f"P{number}")
    for one, other, type_ in (
        ("P1", "P2", "rel.child"),
        ("P2", "P3", "rel.child"),
        ("P3", "P1", "rel.child"),
        ("P1", "P1", "rel.sister"),
        ("P2", "P1", "rel.spouse"),
        ("P4", "P5", "rel.uncle"),
        ("P1", "P3", "rel.sibling"),
        ("P1", "P3", "rel.sibling"),
    ):
        house.related(one, other, type_)
    made = house.picture()
    assert sorted(box.member.code for box in made.boxes) == ["P1", "P2", "P3", "P4", "P5"]
    apart(made)
    # The second family stands below the first.
    assert min(box.y for box in made.boxes if box.member.code in ("P4", "P5")) > max(
        box.bottom for box in made.boxes if box.member.code in ("P1", "P2", "P3")
    )


def test_people_without_a_code_or_with_the_same_one_are_each_shown(house: House) -> None:
    first, second = house.person("P2", roles=["role.teller"]), house.person("P2")
    third = house.person("")
    assert {each.record for each in house.members()} == {"", first, second, third}


@pytest.mark.parametrize(
    ("type_", "sex", "back"),
    [
        ("rel.daughter", "female", "rel.mother"),
        ("rel.mother", "male", "rel.son"),
        ("rel.mother", "unknown", "rel.child"),
        ("rel.nothing", "female", ""),
    ],
)
def test_the_inverse_of_a_relation_follows_the_sex(type_: str, sex: str, back: str) -> None:
    assert family.inverse(TERMS, type_, sex) == back
