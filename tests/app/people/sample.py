"""An interview of made-up people: a mother who was parted from two children, her family, a guard, an interpreter."""

from __future__ import annotations

from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.people import coded, names
from cairn.app.people.coded import Change
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.identity import Name, Opening, Question
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.interview import Person as Present
from cairn.model.kinds.kind import Body
from cairn.model.kinds.person import Person
from cairn.model.kinds.relation import Parted, Relation
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told

PRESENT = [
    Present(code="P1", role="told", protected=True),
    Present("이 통역", "interpreter", "P7"),
]
LAST_SEEN = Told("the persimmons were ripe", "2004-09/2004-11")


def fill(s: Session, interview: RootId | None = None) -> RootId:
    """Write it down in a vault whose names are open; the id of the interview."""
    made = interview or interviews.create(s, title="W-017")
    interviews.save_version(s, made, Interview(title="W-017", people=PRESENT))
    of: dict[str, RecordId] = {f"P{n}": revising.begin(s, "person", made) for n in (1, 2, 3, 4, 5, 6, 8, 9)}
    village = PlaceTold("Willow Pass village")
    people = {
        "P1": Person(sex="female", born=Told(edtf="1979/1980")),
        "P2": Person(sex="male", home=village),
        "P3": Person(sex="male", died=Told(edtf="2004"), states=["state.life.dead"]),
        "P4": Person(sex="female", born=Told(edtf="2001-21"), birthplace=village),
        "P5": Person(sex="male", born=Told(edtf="2004")),
        "P6": Person(sex="female", states=["state.life.missing"]),
        "P8": Person(protected=False, names=[Name("“Needle”"), Name("바늘")], occupation="guard"),
        "P9": Person(sex="female", described="mother of P2", home=village),
    }
    parted = Parted(
        cause="separation.taken_by_household",
        last_seen=LAST_SEEN,
        where=PlaceTold("the yard at Willow Pass"),
        with_people=[of["P9"], of["P2"]],
        registered="hukou.father",
        registered_when=Told(edtf="2003"),
        household=of["P2"],
        holder=of["P9"],
        exposes="that her mother crossed the river. Her school doesn’t know.",
        wish="look for her; no letter to the house",
        sought=True,
    )
    other = Parted(last_seen=Told(edtf="2005-21"), registered="hukou.none")
    relations = [
        Relation(of["P1"], of["P4"], "rel.daughter", parted=parted),
        Relation(of["P1"], of["P5"], "rel.son", parted=other),
        Relation(of["P2"], of["P4"], "rel.daughter"),
        Relation(of["P3"], of["P5"], "rel.son"),
        Relation(of["P1"], of["P2"], "rel.partner_m"),
        Relation(of["P1"], of["P3"], "rel.husband"),
        Relation(of["P1"], of["P6"], "rel.older_sister", kin="kin.eonni"),
        Relation(of["P2"], of["P9"], "rel.mother"),
    ]
    changes: list[Change] = []
    for code, body in people.items():
        body.code = code
        changes.append(Change(body, of[code]))
    bodies: list[Body] = list(relations)
    coded.save_all(s, made, [*changes, *(Change(each) for each in bodies)])
    names.save(s, made, Opening("P1", [Name("한겨울", "Hang")]))
    names.save(
        s,
        made,
        Opening(
            "P4",
            [Name("한봄", "Hang"), Name("Liu Chun", "Latn")],
            register="柳春",
            marks="a scar like a moon on the left knee",
            questions=[Question("Which song was sung at the mill?", "The one about the persimmons.")],
            photograph="the third in the brown envelope",
        ),
    )
    return made
