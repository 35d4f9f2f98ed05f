"""Names of people who are spoken of: saved one by one, and in nothing but the compartment while it is shut."""

from __future__ import annotations

import json

import msgspec

from app.people.test_coded import new
from app.shared import refused
from app.test_identities import every_cell
from cairn.app.interviews import interviews
from cairn.app.kernel import identities, record_drafts, revising
from cairn.app.kernel.session import Session
from cairn.app.people import coded, family, names, naming
from cairn.model.drafts import Draft
from cairn.model.kinds.identity import Name, Opening, Question
from cairn.model.kinds.person import Person
from cairn.model.kinds.relation import Parted, Relation
from cairn.model.time.told import Told
from cairn.vocab.terms import Terms

PLANTED = (
    "박순자",
    "Piao Planted",
    "김할배",
    "moon scar",
    "which song",
    "the third photograph",
    "1979-03-14",
)
OPENING = Opening(
    person="P4",
    names=[Name("박순자", "Hang")],
    born=Told(edtf="1979-03-14"),
    register="Piao Planted",
    grandfather="김할배",
    marks="moon scar",
    questions=[Question("which song", "the one of the persimmons")],
    photograph="the third photograph",
)


def test_a_name_is_saved_for_one_person_and_the_others_wait(field: Session) -> None:
    made = new(field)
    coded.save(field, made, Person(code="P4"))
    coded.save(field, made, Person(code="P5"))
    identities.write(field, made, Opening(person="P5", names=[Name("둘째")]))
    names.save(field, made, OPENING)
    read = names.read(field, made)
    assert read.open and read.of("P4") == OPENING and not read.held["P4"].draft
    assert read.held["P5"].draft and read.of("P9") == Opening(person="P9")
    with field.store.read() as reader:
        before = len(revising.versions(reader, read.held["P4"].record))
    names.save(field, made, OPENING)
    with field.store.read() as reader:
        assert len(revising.versions(reader, read.held["P4"].record)) == before == 1
    identities.write(field, made, msgspec.structs.replace(OPENING, note="typed"))
    names.discard(field, made, "P4")
    names.discard(field, made, "P9")
    assert names.read(field, made).of("P4") == OPENING
    names.save(field, made, Opening(person="P4"))
    assert names.read(field, made).of("P4") == Opening(person="P4")


def test_nothing_of_a_name_is_anywhere_else(field: Session) -> None:
    made = new(field)
    mother, child = (coded.save(field, made, Person(code=code)).record for code in ("P1", "P4"))
    coded.save(
        field, made, Relation(person=mother, other=child, type="rel.daughter", parted=Parted(sought=True))
    )
    draft = Draft(None, msgspec.Raw(msgspec.json.encode(Person(code="P5", described="the aunt"))))
    record_drafts.save(field, made, "person", revising.begin(field, "person", made), draft)
    identities.write(field, made, OPENING)
    for saved in (False, True):
        if saved:
            names.save(field, made, OPENING)
        cells = every_cell(field)
        shown = json.dumps([str(each) for each in family.members(coded.load(field, made), Terms())])
        for planted in PLANTED:
            assert planted.encode() not in cells and planted not in shown, (planted, saved)


def test_shut_names_are_neither_read_nor_written(field: Session) -> None:
    made = new(field)
    coded.save(field, made, Person(code="P4"))
    names.save(field, made, OPENING)
    field.identity.close()
    assert names.read(field, made) == names.Names(False, {})
    with refused("identity.closed"):
        names.save(field, made, OPENING)
    with field.store.write() as work, refused("identity.closed"):
        identities.settle_one(field, work, made, "P4", "")
    assert names.open_compartment(field, made).of("P4") == OPENING


def test_a_finalised_interview_wants_a_reason_for_another_name(field: Session) -> None:
    made = new(field)
    coded.save(field, made, Person(code="P4"))
    interviews.finalise(field, made)
    with refused("interview.reason-needed"):
        names.save(field, made, OPENING)
    names.save(field, made, OPENING, "heard later")
    assert not names.read(field, made).held["P4"].draft


def test_a_history_shows_codes_and_labels(field: Session) -> None:
    made = new(field)
    mother, child = (coded.save(field, made, Person(code=code)).record for code in ("P1", "P4"))
    parted = Parted(
        last_seen=Told("the persimmons were ripe", "2004-09/2004-11"), with_people=[mother, child]
    )
    body = Relation(person=mother, other=child, type="rel.daughter", certainty="likely", parted=parted)
    saved = coded.save(field, made, body)
    say = naming.said(field, made, "en")
    changes = {each.field: each.pieces for each in interviews.difference(field, None, saved.sha, say)}
    assert changes["person"] == (("new", "P1"),) and changes["type"] == (("new", "Daughter"),)
    assert changes["certainty"] == (("new", "likely"),)
    assert changes["parted.with_people"] == (("new", "P1\nP4"),)
    assert changes["parted.last_seen"][0][1].startswith("“the persimmons were ripe” (")
    assert "rel.daughter" not in str(changes) and child not in str(changes)
    korean = naming.said(field, made, "ko")(body)
    assert korean["type"] == "딸" and korean["certainty"] == "아마 그러함"
    assert say(None) == {}
