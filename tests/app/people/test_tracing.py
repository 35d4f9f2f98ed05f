"""The tracing sheet: only what consent allows for tracing stands on it, and never what is kept back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.people.sample import fill
from app.shared import introduce, refused
from app.test_exchange import sealed
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.kernel import identities
from cairn.app.kernel.session import Session
from cairn.app.leaving import tracing
from cairn.app.people import coded, family
from cairn.app.people.names import save
from cairn.errors import MachineError
from cairn.model.agreement import Consent
from cairn.model.consent import Answer, Part, Row, To, Use
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.identity import Name, Opening
from cairn.model.kinds.person import Person
from cairn.model.kinds.relation import Parted, Relation
from cairn.vocab.terms import Terms

KEPT_BACK = ("moon", "song", "persimmons.”", "envelope", "river", "school", "letter", "P9", "P2")


def agreed(*parts: str, use: str = Use.FAMILY_TRACING, until: str = "") -> Consent:
    rows = (Row(Answer.YES, (use,), parts, (To.VERIFIED, To.PUBLIC), until),)
    return Consent(grid=rows)


def sought(s: Session, made: RootId, code: str = "P4") -> RecordId:
    coding = coded.load(s, made)
    (record,) = [each.record for each in coding.by_code("person", code)]
    return next(each.relation for each in family.parted_of(coding, Terms()) if each.sought == record)


def words(sheet: tracing.Sheet) -> str:
    return "\n".join(text for _, text in sheet.lines)


def test_what_consent_allows_stands_on_it_and_nothing_that_is_kept_back(
    field: Session, tmp_path: Path
) -> None:
    made = fill(field)
    consent.set_consent(field, made, agreed(Part.PERSON_FACTS, Part.IDENTITY))
    sheet = tracing.preview(field, made, sought(field, made), "en")
    for there in ("한봄", "柳春", "female", "Daughter", "Willow Pass", "spring 2001", "persimmons were ripe"):
        assert there in words(sheet), there
    for absent in KEPT_BACK:
        assert absent not in words(sheet).replace("the persimmons were ripe", "")
    assert not sheet.stays and not sheet.names_shut
    target = tmp_path / "sheet.pdf"
    tracing.write(field, sheet, target, b"%PDF-1.4 sheet")
    assert target.read_bytes() == b"%PDF-1.4 sheet"
    with field.store.read() as reader:
        newest = [payload for _, payload in reader.custody.newest(1) if payload is not None]
    assert newest[0].act == "copy-out" and newest[0].detail == {"form": "tracing-sheet"}
    with pytest.raises(MachineError):
        tracing.write(field, sheet, target, b"again")


def test_names_stay_where_only_facts_may_leave(field: Session) -> None:
    made = fill(field)
    consent.set_consent(field, made, agreed(Part.PERSON_FACTS))
    sheet = tracing.preview(field, made, sought(field, made), "ko")
    assert "한봄" not in words(sheet) and "딸" in words(sheet)
    assert [kind for kind, _ in sheet.stays] == ["identity"]


def test_consent_for_something_else_is_none_for_tracing(field: Session, tmp_path: Path) -> None:
    made = fill(field)
    relation = sought(field, made)
    assert {code for _, code in tracing.preview(field, made, relation, "en").stays} == {"gate.not-asked"}
    consent.set_consent(field, made, agreed(Part.PERSON_FACTS, Part.IDENTITY, use=Use.STORE))
    sheet = tracing.preview(field, made, relation, "en")
    assert sheet.lines == () and len(sheet.stays) == 3
    with refused(sheet.stays[0][1]):
        tracing.write(field, sheet, tmp_path / "sheet.pdf", b"%PDF")


def test_a_consent_that_is_taken_back_meanwhile_holds(field: Session, tmp_path: Path) -> None:
    made = fill(field)
    consent.set_consent(field, made, agreed(Part.PERSON_FACTS))
    sheet = tracing.preview(field, made, sought(field, made), "en")
    consent.set_consent(field, made, agreed(Part.PERSON_FACTS, use=Use.STORE))
    target = tmp_path / "sheet.pdf"
    with pytest.raises(Exception, match=r"gate\."):
        tracing.write(field, sheet, target, b"%PDF")
    assert not target.exists()


def test_names_that_are_shut_or_typed_and_not_saved_are_not_on_it(field: Session) -> None:
    made = fill(field)
    consent.set_consent(field, made, agreed(Part.PERSON_FACTS, Part.IDENTITY))
    relation = sought(field, made)
    identities.write(field, made, Opening("P4", [Name("다른 이름")]))
    sheet = tracing.preview(field, made, relation, "en")
    assert "다른 이름" not in words(sheet) and ("identity", "coded.names-unsaved") in sheet.stays
    field.identity.close()
    shut = tracing.preview(field, made, relation, "en")
    assert shut.names_shut and "한봄" not in words(shut) and words(shut)


def test_a_name_does_not_come_to_somebody_whom_another_device_calls_the_same(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = fill(field)
    rows = (Row(Answer.YES, (Use.FAMILY_TRACING, Use.STORE), tuple(Part), (To.VERIFIED, To.PUBLIC)),)
    consent.set_consent(field, made, Consent(grid=rows))
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    theirs = sought(office, made)
    assert "한봄" in words(tracing.preview(office, made, theirs, "en"))
    coding = coded.load(office, made)
    (mother,) = coding.by_code("person", "P1")
    mine = coded.save(office, made, Person(code="P4", described="the boy of the neighbours")).record
    body = Relation(person=mother.record, other=mine, type="rel.son", parted=Parted(sought=True))  # type: ignore[arg-type]
    relation = coded.save(office, made, body).record
    sheet = tracing.preview(office, made, relation, "en")
    assert "한봄" not in words(sheet) and "neighbours" in words(sheet)
    assert ("identity", "coded.names-of-another") in sheet.stays


def test_the_child_s_side_says_the_same_relation(field: Session) -> None:
    made = fill(field)
    consent.set_consent(field, made, agreed(Part.PERSON_FACTS))
    coding = coded.load(field, made)
    (mother,) = coding.by_code("person", "P1")
    child = coded.save(field, made, Person(code="P20", sex="female")).record
    body = Relation(person=child, other=mother.record, type="rel.mother", parted=Parted(sought=True))  # type: ignore[arg-type]
    relation = coded.save(field, made, body).record
    assert "Daughter" in words(tracing.preview(field, made, relation, "en"))
    save(field, made, Opening("P20", [Name("셋째")]))
    with refused("coded.nobody"):
        tracing.preview(field, made, child, "en")
