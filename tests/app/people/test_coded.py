"""Coded records: loaded in one go, attributed, saved, undone; whoever else codes stands beside."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.shared import introduce, refused
from app.test_exchange import sealed, written
from cairn.app.arriving import taking_in
from cairn.app.interviews import interviews
from cairn.app.kernel import identities, record_drafts, revising
from cairn.app.kernel.session import Session
from cairn.app.people import coded
from cairn.app.people.coded import Change, Coding
from cairn.model.drafts import Draft
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.act import Act
from cairn.model.kinds.event import Event
from cairn.model.kinds.identity import Name, Opening
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.interview import Person as Present
from cairn.model.kinds.involvement import Involvement
from cairn.model.kinds.person import Person
from cairn.model.kinds.preparation import Preparation
from cairn.model.kinds.unit import Unit
from cairn.model.time.told import Told

GUARD = Person(code="P2", protected=False, names=[Name("Needle")])


def new(s: Session, body: Interview | None = None) -> RootId:
    made = interviews.create(s, title="W-1")
    interviews.save_version(s, made, body or Interview(title="W-1"))
    return made


def test_what_is_saved_is_loaded_with_the_codes_by_which_it_is_called(field: Session) -> None:
    made = new(
        field, Interview(title="W-1", people=[Present(code="P1", protected=True), Present("최", code="P7")])
    )
    guard = coded.save(field, made, GUARD).record
    event = coded.save(field, made, Event(code="E1", title="the night at the river")).record
    act = coded.save(field, made, Act(code="A1", event=event, victim=guard)).record
    coded.save(field, made, Involvement(act=act, perpetrator=guard))
    coding = coded.load(field, made)
    assert [each.kind for each in coding.records.values()] == ["person", "event", "act", "involvement"]
    assert all(each.own and not each.label and not each.conflict for each in coding.records.values())
    assert coding.called(guard) == "P2 Needle" and coding.called(act) == "A1"
    assert coding.called(event) == "E1 the night at the river"
    assert coding.called(RecordId("")) == "" and coding.called(RecordId("0b4f2c1e-5d3a")) == "0b4f2c1e"
    assert [each.record for each in coding.by_code("person", "P2")] == [guard]
    assert coding.by_code("person", "P9") == []
    assert {(each.kind, name) for each, name in coding.naming(guard)} == {
        ("act", "victim"),
        ("involvement", "perpetrator"),
    }
    assert coding.named(act) == [("event", event), ("victim", guard)]
    assert coding.body(guard, Person) == GUARD and coding.body(guard, Act) is None
    assert [body for _, body in coding.bodies(Act)] == [Act(code="A1", event=event, victim=guard)]
    assert [coding.next_code(kind) for kind in ("person", "act", "event", "unit")] == ["P3", "A2", "E2", "U1"]
    assert {person.code for person in coding.present} == {"P1", "P7"}
    assert not coding.missing and not coding.typed


def test_kinds_that_were_not_asked_for_are_not_read_and_not_called_missing(field: Session) -> None:
    made = new(field)
    guard = coded.save(field, made, GUARD).record
    gone = RecordId("0b4f2c1e-5d3a-8e21-9c00-112233445566")
    coded.save(field, made, Act(code="A1", victim=guard, event=gone))
    coding = coded.load(field, made, ["act"])
    assert coding.elsewhere == {guard: "person"} and coding.missing == {gone}
    assert [each.kind for each in coding.records.values()] == ["act"]


def test_several_changes_are_one_and_can_be_undone_together(field: Session) -> None:
    made = new(field)
    act = revising.begin(field, "act", made)
    who = revising.begin(field, "person", made)
    saved = coded.save_all(
        field, made, [Change(Person(code="P1"), who), Change(Act(code="A1", victim=who), act)]
    )
    assert [each.record for each in saved] == [who, act]
    changed = coded.save(field, made, Act(code="A1", victim=who, age="about nine"), record=act)
    assert changed.before == saved[1].sha
    assert (
        coded.save(field, made, Act(code="A1", victim=who, age="about nine"), record=act).sha == changed.sha
    )
    with refused("coded.changed-since"):
        coded.undo(field, saved)
    coded.undo(field, [changed])
    assert coded.load(field, made).body(act, Act) == Act(code="A1", victim=who)
    # What was undone is a version too: nothing is taken back in silence.
    with field.store.read() as reader:
        assert len(revising.versions(reader, act)) == 3


def test_what_was_new_is_removed_by_undo_and_can_be_brought_back(field: Session) -> None:
    made = new(field)
    saved = coded.save(field, made, Person(code="P1", note="the elder"))
    coded.undo(field, [saved])
    coding = coded.load(field, made)
    assert coding.records[saved.record].removed and coding.of("person") == []
    # Its code stays taken: what was removed may come back.
    assert coding.next_code("person") == "P2"
    coded.bring_back(field, [saved.record])
    assert coded.load(field, made).body(saved.record, Person) == Person(code="P1", note="the elder")
    (removed,) = coded.remove(field, [saved.record])
    coded.undo(field, [removed])
    assert len(coded.load(field, made).of("person")) == 1
    with refused("interview.unknown"):
        coded.remove(field, [RecordId("0b4f2c1e-5d3a-8e21-9c00-112233445566")])


def test_a_draft_is_told_and_goes_with_the_version(field: Session) -> None:
    made = new(field)
    record = revising.begin(field, "person", made)
    draft = Draft(None, msgspec.Raw(msgspec.json.encode(Person(code="P4"))))
    record_drafts.save(field, made, "person", record, draft)
    assert coded.load(field, made).typed == {record}
    coded.save(field, made, Person(code="P4"), record=record)
    coding = coded.load(field, made)
    assert not coding.typed and list(coding.records) == [record]


def test_who_is_present_follows_what_is_typed_and_survives_a_broken_draft(field: Session) -> None:
    made = new(field, Interview(title="W-1", people=[Present(code="P1", protected=True)]))
    typed = Interview(people=[Present(code="P1", protected=True), Present(code="P2", protected=True)])
    interviews.save_draft(field, made, Draft(None, msgspec.Raw(msgspec.json.encode(typed))))
    assert [person.code for person in coded.load(field, made).present] == ["P1", "P2"]
    interviews.save_draft(field, made, Draft(None, msgspec.Raw(b'{"people": 7}')))
    assert [person.code for person in coded.load(field, made).present] == ["P1"]


def test_words_of_the_interview_itself_need_its_owners_reason(field: Session) -> None:
    made = new(field)
    coded.save(field, made, Preparation(why="nobody saw the river"))
    interviews.finalise(field, made)
    # Coding goes on after finalising, what belongs to the account itself needs a reason.
    coded.save(field, made, Person(code="P1"))
    (each,) = coded.load(field, made, ["preparation"]).records.values()
    with refused("interview.reason-needed"):
        coded.save(field, made, Preparation(why="another"), record=each.record)
    coded.save(field, made, Preparation(why="another"), record=each.record, reason="misheard")


def test_what_others_coded_stands_beside_and_is_not_changed_here(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    theirs = coded.save(field, made, Person(code="P4", note="daughter")).record
    bundle = sealed(field, [made], office, tmp_path / "out").path
    taking_in.take_in(office, bundle)
    mine = coded.save(office, made, Person(code="P4", note="the younger one")).record
    coding: Coding = coded.load(office, made)
    assert [(each.record, each.own, each.label) for each in coding.by_code("person", "P4")] == [
        (mine, True, ""),
        (theirs, False, "Field 7"),
    ]
    with refused("coded.others"):
        coded.save(office, made, Person(code="P4"), record=theirs)
    with refused("coded.others"):
        coded.remove(office, [theirs])


def test_a_record_that_differs_on_two_branches_is_told_as_a_conflict(field: Session) -> None:
    made = new(field)
    first = coded.save(field, made, Person(code="P4"))
    coded.save(field, made, Person(code="P4", note="one"), record=first.record)
    coded.save(field, made, Person(code="P4", note="other"), record=first.record, base=first.sha)
    (each,) = coded.load(field, made).records.values()
    assert each.conflict and len(each.others) == 1


def test_the_name_of_somebody_who_is_only_spoken_of_stays_when_the_interview_is_saved(field: Session) -> None:
    made = new(field)
    coded.save(field, made, Person(code="P4"))
    draft = Draft(None, msgspec.Raw(msgspec.json.encode(Person(code="P5"))))
    record_drafts.save(field, made, "person", revising.begin(field, "person", made), draft)
    broken = Draft(None, msgspec.Raw(b"7"))
    record_drafts.save(field, made, "person", revising.begin(field, "person", made), broken)
    for code in ("P4", "P5", "P6"):
        identities.write(field, made, Opening(person=code, names=[Name("김순이")]))
    interviews.save_version(field, made, Interview(title="W-1", summary="more"))
    with field.store.read() as reader:
        held = identities.of(field, reader, made)
    assert sorted(held) == ["P4", "P5"] and not any(each.draft for each in held.values())


@pytest.mark.parametrize("kind", coded.KINDS)
def test_every_kind_is_one_that_is_registered(kind: str, field: Session) -> None:
    made = new(field)
    body = coded.registry.of(kind).type()
    coded.save(field, made, body)
    assert [each.body for each in coded.load(field, made).of(kind)] == [body]


def test_three_thousand_records_are_compared_at_once(field: Session) -> None:
    made = new(field)
    asked: list[str] = []
    coded.save_all(field, made, [Change(Unit(code=f"U{number}")) for number in range(1, 60)])
    with field.store.read() as reader:
        original = reader.all
        reader.all = lambda *a, **k: (asked.append(a[0]), original(*a, **k))[1]  # type: ignore[method-assign,func-returns-value]
        coding = coded.read(field, reader, made)
    assert len(coding.of("unit")) == 59 and coding.next_code("unit") == "U60"
    # As many questions for a thousand as for sixty.
    assert len(asked) < 20


def test_who_is_protected_later_keeps_no_open_name_in_what_is_current(field: Session) -> None:
    made = new(field, Interview(title="W-1", people=[Present("Needle", "observer", code="P2")]))
    record = coded.save(
        field,
        made,
        msgspec.structs.replace(GUARD, born=Told("14 March 1979", "1979-03-14"), note="tall"),
    ).record
    other = coded.save(field, made, Person(code="P3", protected=False, names=[Name("Thread")])).record
    body = Interview(title="W-1", people=[Present(role="observer", code="P2", protected=True)])
    interviews.save_version(field, made, body)
    coding = coded.load(field, made)
    hidden = coding.body(record, Person)
    assert hidden is not None and hidden.protected and not hidden.names and hidden.note == "tall"
    assert (hidden.born.words, hidden.born.edtf) == ("1979", "1979")
    spared = coding.body(other, Person)
    assert spared is not None and spared.shown == "Thread"
    interviews.save_version(field, made, msgspec.structs.replace(body, summary="again"))
    assert coded.load(field, made).records[record].sha == coding.records[record].sha
