"""The person at the desk holds single things back: they stay, whole, whatever consent allows, and nothing else changes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from app import sounds, spoken
from app.shared import Make, introduce, refused
from app.test_nothing_of_what_stays import bundle_records, plain, revised_note, row, traces, written
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.consent.gate import GateFacts, Item, may_leave
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.leaving import copying, sealing
from cairn.app.leaving.views import SealInterview, Staying
from cairn.app.sound import transcripts
from cairn.model.agreement import Consent, agreed_to
from cairn.model.consent import Part, Recipient, Row, Way
from cairn.model.contacts import Trust
from cairn.model.kinds import registry

PNG = b"\x89PNG\r\n\x1a\n"


def shown(s: Session, interview: str, to: Session, *held: str) -> SealInterview:
    (one,) = sealing.preview(s, [interview], [to.info.fingerprint], hold_back=held).groups[0].interviews
    return one


def test_of_what_the_person_holds_back_there_is_no_trace(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    sound = sounds.record(field, made, 4000)
    held = [
        revised_note(field, made, "a note held back"),
        files.attach(field, made, io.BytesIO(PNG + bytes(7331)), "face-7.png").id,
        sound.id,
    ]
    kept = files.attach(field, made, io.BytesIO(b"%PDF-1.7" + bytes(6007)), "map-of-the-river.pdf").id
    preview = sealing.preview(field, [made], [office.info.fingerprint], hold_back=held)
    assert preview.held == set(held)
    (bundle,) = sealing.seal(field, preview, tmp_path)
    found = plain(bundle, office)
    everything = b"\n".join(found.values())
    for trace in traces(field, kept):
        assert trace.encode() in everything, trace
    for record in held:
        for trace in traces(field, record):
            assert trace.encode() not in everything, trace
    whole = bundle_records(found)
    assert {each["kind"] for each in whole.values()} == {"interview", "consent", "attachment"}
    told = [json.loads(line) for line in found["payloads"].splitlines()]
    assert {each["obj"] for each in told} <= {each["id"] for each in whole.values()}
    assert taking_in.take_in(office, bundle.path).new == 3
    # The choice was for this bundle: the next one asks anew.
    assert shown(field, made, office).held == 0


def test_each_item_can_be_held_back_alone_but_the_consent(field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field)
    interviews.save_note(field, made, None, "a note")
    files.attach(field, made, io.BytesIO(PNG + bytes(50)), "a.png")
    before = shown(field, made, office)
    assert before.stays == () and len(before.leaves) == 4
    for item in before.leaves:
        after = shown(field, made, office, item.record)
        stays = {each.record for each in after.stays}
        if item.kind == "consent":
            assert not item.can_be_held and stays == set()
        elif item.record == made:
            # What everything else belongs to: then nothing of it leaves.
            assert stays == {each.record for each in before.leaves} and after.leaves == ()
        else:
            assert stays == {item.record} and [each.code for each in after.stays] == ["gate.held-back"]
        assert [each.record for each in after.items] == [each.record for each in before.items]


def test_an_interview_that_is_held_back_whole_is_told_so(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    first, second = written(field), written(field)
    to = [office.info.fingerprint]
    preview = sealing.preview(field, [first, second], to, hold_back=[first])
    assert preview.ready and "sealing.held-whole" in {each.code for each in preview.problems}
    assert "sealing.stays-whole" not in {each.code for each in preview.problems}
    (bundle,) = sealing.seal(field, preview, tmp_path)
    assert [each for each, _ in bundle.interviews] == [second]
    alone = sealing.preview(field, [first], to, hold_back=[first])
    assert not alone.ready
    with refused("sealing.held-whole"):
        sealing.seal(field, alone, tmp_path)


def test_ids_of_other_interviews_say_nothing(field: Session, office: Session) -> None:
    introduce(field, office)
    made, other = written(field), written(field)
    preview = sealing.preview(field, [made], [office.info.fingerprint], hold_back=[other, "nonsense"])
    assert preview.held == frozenset() and preview.groups[0].interviews[0].stays == ()


def test_those_who_then_get_the_same_share_a_bundle(make: Make, field: Session, office: Session) -> None:
    court = make("Court", "office")
    introduce(field, office)
    introduce(field, court)
    both = (office.info.fingerprint, court.info.fingerprint)
    rows = (Row("yes", ("store",), ("account",), both), Row("yes", ("store",), ("notes",), both[:1]))
    made = written(field, Consent(rows))
    note = interviews.save_note(field, made, None, "for the office alone")
    assert len(sealing.preview(field, [made], both).bundles) == 2
    (group,) = sealing.preview(field, [made], both, hold_back=[note]).groups
    assert [each.label for each in group.recipients] == ["Office North", "Court"]


def test_consent_is_the_reason_where_it_is_one(field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field, Consent((row("account"),)))
    note = interviews.save_note(field, made, None, "a note")
    after = shown(field, made, office, note)
    assert [each.code for each in after.stays] == ["gate.part-withheld"] and after.held == 0


def test_what_still_names_it_is_said(field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field)
    heard = sounds.record(field, made, 4000).id
    record = transcripts.load(field, heard).id
    transcripts.save_draft(
        field, made, record, spoken.draft(spoken.transcript(heard, spoken.said(1000, "we crossed")))
    )
    transcripts.save_drafts(field, made)
    preview = sealing.preview(field, [made], [office.info.fingerprint], hold_back=[heard])
    assert [each.values for each in preview.problems if each.code == "sealing.names-held"] == [
        {"name": "we crossed"}
    ]
    both = sealing.preview(field, [made], [office.info.fingerprint], hold_back=[heard, record])
    assert "sealing.names-held" not in {each.code for each in both.problems}


def test_what_is_held_back_meanwhile_changes_what_was_shown(
    field: Session, office: Session, tmp_path: Path
) -> None:
    """A preview keeps what it was made with; consent that is taken back still stops it."""
    introduce(field, office)
    made = written(field)
    note = interviews.save_note(field, made, None, "a note")
    preview = sealing.preview(field, [made], [office.info.fingerprint], hold_back=[note])
    consent.set_consent(field, made, agreed_to("keep"))
    with refused("sealing.changed"):
        sealing.seal(field, preview, tmp_path)


def test_people_stand_first_and_everything_has_its_name(field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field)
    for number in range(12):
        files.attach(field, made, io.BytesIO(b"%PDF-1.7" + bytes(30)), f"paper {number:02}.pdf")
    files.attach(field, made, io.BytesIO(PNG + bytes(50)), "zz face.png")
    sound = sounds.record(field, made, 61_000)
    items = shown(field, made, office).items
    assert [each.of_people for each in items] == sorted((each.of_people for each in items), reverse=True)
    assert {each.record for each in items if each.of_people} == {sound.id, items[0].record, items[1].record}
    assert {"zz face.png", sound.name} == {each.name for each in items[:2]}
    assert [each.name for each in items if each.name.startswith("paper")] == [
        f"paper {n:02}.pdf" for n in range(12)
    ]
    (heard,) = [each for each in items if each.kind == "recording"]
    assert 60_000 <= heard.length <= 62_000 and heard.type == "audio/ogg"


def test_the_consent_stands_with_its_words(field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field, agreed_to("share", given="The office may read this. My name must not be used."))
    said = shown(field, made, office).consent
    assert said.given.endswith("My name must not be used.") and said.created and said.choice == "share"


def test_the_gate_holds_back_by_hand_last(field: Session) -> None:
    """The reason that a person is told is the one that they can't take back themselves."""
    root = Item("interview", "r", root=True, parts=frozenset((Part.ACCOUNT,)))
    gone = Item("note", "n", parts=frozenset((Part.NOTES,)), removed=True)
    goes = Item("consent", "c")
    grid = agreed_to("share").grid
    to = (Recipient("SHA256:x", Trust.VERIFIED),)
    facts = GateFacts(Way.SEAL, "2031-01-01T00:00:00Z", (grid,), to, held=frozenset(("n", "c")))
    decision = may_leave(facts, [root, gone, goes])
    assert [each.record for each in decision.leaves] == ["r", "c"]
    assert [(each.record, code) for each, code in decision.stays] == [("n", "gate.removed")]


def test_a_copy_is_told_by_name_with_the_words_of_the_consent(field: Session) -> None:
    made = written(field, agreed_to("share", given="Not my face."))
    file = files.attach(field, made, io.BytesIO(PNG + bytes(50)), "bridge.png").id
    found = copying.preview(field, file)
    assert (found.refused, found.item.name, found.title, found.consent.given) == (
        "", "bridge.png", "W-1", "Not my face.",
    )  # fmt: skip
    consent.set_consent(field, made, agreed_to("keep"))
    found = copying.preview(field, file)
    assert isinstance(found.item, Staying) and found.refused == "gate.keep-only"


@pytest.mark.parametrize("kind", [kind.name for kind in registry.every()])
def test_every_kind_says_whether_it_can_be_held_back(kind: str) -> None:
    item = Item(kind, "x", parts=frozenset((Part.ACCOUNT,)))
    assert item.can_be_held and Item(kind, "x", root=True).can_be_held and not Item(kind, "x").can_be_held
