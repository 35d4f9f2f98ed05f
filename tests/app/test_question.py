"""The question as the vault asks it: what stands, what time it is, who is who, and what was once seen to have ended."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from app.shared import introduce, refused
from app.throwaway import KIND, Throwaway
from cairn.app.consent import consent, items, question
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.leaving import copying, sealing
from cairn.app.sound import off_record, recordings
from cairn.model import clock
from cairn.model.agreement import Consent, agreed_to
from cairn.model.consent import Part, Row
from cairn.model.contacts import Trust
from cairn.model.kinds import registry
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Scope
from cairn.storage.work import Reader

ALL = tuple(Part)


def grid(*parts: str, to: str = "verified", until: str = "", answer: str = "yes") -> Row:
    return Row(answer, ("store",), parts or ALL, (to,), until)


def written(s: Session, *rows: Row) -> str:
    made = interviews.create(s, title="W-1")
    interviews.save_version(s, made, Interview(title="W-1", account="words"))
    if rows:
        consent.set_consent(s, made, Consent(rows))
    return made


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(clock, "today", lambda: moment[:10])


def code(s: Session, interview: str) -> str:
    return copying.preview(s, interview).refused


def stays(s: Session, interview: str, *to: Session) -> dict[str, str]:
    shown = sealing.preview(s, [interview], [each.info.fingerprint for each in to])
    return {item.kind: item.code for item in shown.groups[0].interviews[0].stays}


def test_a_part_that_was_not_agreed_to_stays(field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field, grid("account", "attachments"))
    interviews.save_note(field, made, None, "ask about the bridge")
    files.attach(field, made, io.BytesIO(b"%PDF-1.7\n"), "paper.pdf")
    assert stays(field, made, office) == {"note": "gate.part-withheld"}
    files.attach(field, made, io.BytesIO(b"\x89PNG\r\n\x1a\n"), "who.png")
    assert stays(field, made, office) == {"note": "gate.part-withheld", "attachment": "gate.part-withheld"}
    consent.set_consent(field, made, Consent((grid("account", "attachments", "faces", "notes"),)))
    assert stays(field, made, office) == {}
    # Without the interview itself nobody could tell what the rest belongs to.
    consent.set_consent(field, made, Consent((grid("notes"),)))
    assert stays(field, made, office) == {
        "interview": "gate.part-withheld", "consent": "gate.part-withheld",
        "note": "gate.root-stays", "attachment": "gate.part-withheld",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "parts"),
    [
        ("application/pdf", {"attachments"}),
        ("image/png", {"attachments", "faces"}),
        ("video/mp4", {"attachments", "video"}),
        ("audio/mpeg", {"attachments", "sound"}),
    ],
)
def test_a_file_may_show_more_than_it_is(field: Session, type_: str, parts: set[str]) -> None:
    made = written(field)
    file = files.attach(field, made, io.BytesIO(b"x"), "x.bin")
    with field.store.write() as work:
        head = revising.need(work, file.id, "attachment")
        body = msgspec.structs.replace(head.body, type=type_)  # type: ignore[type-var]
        revising.write(field, work, body, root=made, record=file.id, parents=[head.sha])
    with field.store.read() as reader:
        found = {item.record: item for item in question.about(field, reader, made).items}
    assert found[file.id].parts == parts
    assert {each: item.media_type for each, item in found.items()} == {
        each: type_ if each == file.id else "" for each in found
    }
    # What has bytes beside its record, and is here with them.
    assert {each: item.has_bytes for each, item in found.items()} == {each: each == file.id for each in found}
    assert found[made].parts == {"account"} and found[made].root


def test_an_end_comes_with_the_clock_and_does_not_go_with_it(
    field: Session, office: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(field, office)
    made = written(field, grid(until="2030-06-30"))
    other = written(field, grid(until="2031-01-31"))
    at(monkeypatch, "2030-06-30T23:59:59Z")
    assert code(field, made) == "" and stays(field, made, office) == {}
    at(monkeypatch, "2030-07-01T00:00:00Z")
    assert set(stays(field, made, office).values()) == {"gate.ended"}
    assert code(field, made) == "gate.ended"
    # A clock that is set back brings nothing back, and takes nothing else away.
    at(monkeypatch, "2026-12-01T00:00:00Z")
    assert code(field, made) == "gate.ended"
    assert set(stays(field, made, office).values()) == {"gate.ended"}
    assert code(field, other) == "" and stays(field, other, office) == {}
    # What the person says anew holds.
    consent.set_consent(field, made, Consent((grid(until="2030-07-31"),)))
    assert code(field, made) == ""


def test_a_clock_that_jumped_by_years_ends_only_what_it_ended(
    field: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = written(field, grid(until="2030-06-30"))
    at(monkeypatch, "2099-01-01T00:00:00Z")
    assert code(field, made) == "gate.ended"
    at(monkeypatch, "2026-12-01T00:00:00Z")
    consent.set_consent(field, made, Consent((grid(until="2031-06-30"),)))
    assert code(field, made) == ""


def test_the_own_log_tells_the_time_too(field: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    made = written(field, grid(until="2030-06-30"))
    at(monkeypatch, "2030-08-01T00:00:00Z")
    interviews.save_note(field, made, None, "written in August")
    at(monkeypatch, "2026-12-01T00:00:00Z")
    with field.store.read() as reader:
        assert question.now(reader) == "2030-08-01T00:00:00Z"
    assert code(field, made) == "gate.ended"


def test_it_is_asked_again_when_the_copy_is_made(
    field: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = written(field, grid(until="2030-06-30"))
    file = files.attach(field, made, io.BytesIO(b"x"), "x.bin").id
    assert copying.preview(field, file).refused == ""
    at(monkeypatch, "2030-07-01T00:00:00Z")
    with refused("gate.ended"):
        copying.copy_out(field, file, tmp_path / "x.bin")
    assert list(tmp_path.glob("x.bin")) == []


def test_a_consent_that_nobody_can_read_holds_everything_back(field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field, grid())
    assert stays(field, made, office) == {}
    long = Consent(tuple(grid() for _ in range(501)))
    wide = Consent((Row("yes", ("store",), ALL, tuple(f"SHA256:{n}" for n in range(10_000))),))
    for body in (long, wide):
        assert body.readable is None
        with field.store.write() as work:
            (head,) = question.standing(work, made)
            revising.write(field, work, body, root=made, record=head.envelope.id, parents=[head.sha])
        assert set(stays(field, made, office).values()) == {"gate.consent-newer"}
        with refused("consent.unknown-choice"):
            consent.set_consent(field, made, body)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (Consent((Row("maybe", ("store",), ALL, ("verified",)),)), "consent.unknown-choice"),
        (Consent((Row("yes", ("store",), ALL, ()),)), "consent.nobody-named"),
        (Consent((Row("ask", ("store",), ALL, ()),)), "consent.nobody-named"),
    ],
)
def test_what_says_nothing_is_not_recorded(field: Session, body: Consent, error: str) -> None:
    made = written(field)
    with refused(error):
        consent.set_consent(field, made, body)
    consent.set_consent(field, made, Consent((Row("no"), grid("account"))))
    assert consent.get(field, made).choice == "custom"


def test_the_recorder_asks(field: Session) -> None:
    made = written(field)

    def may(interview: str, part: Part) -> bool:
        return question.may_record(field, interview, part)

    assert may(made, Part.SOUND)  # nobody was asked yet
    for body, allowed in (
        (agreed_to("nothing"), False),
        (agreed_to("keep"), True),
        (agreed_to("share"), True),
        (Consent((grid(),)), False),
        (Consent((Row("yes", ("audio",), ("sound",), ("this_vault",), "2020-01-01"),)), False),
        (Consent((Row("yes", ("audio",), ("sound",), ("this_vault",)),)), True),
    ):
        consent.set_consent(field, made, body)
        assert may(made, Part.SOUND) is allowed
    assert not may(made, Part.VIDEO)
    consent.set_consent(field, made, agreed_to("nothing"))
    with refused("recording.not-agreed"):
        recordings.begin(field, made, may=may)
    assert recordings.unfinished(field) == []


def test_who_is_who(field: Session, office: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    introduce(field, office)
    with field.store.read() as reader:
        ((row, who),) = question.recipients(reader, [office.info.fingerprint] * 2)
    assert (who.fingerprint, who.trust, who.role, who.overridden) == (
        office.info.fingerprint, Trust.VERIFIED, "office", False,
    )  # fmt: skip
    late = replace(row, expires="2029-12-31")
    assert question.recipient(late, "2029-12-31T23:59:59Z").trust is Trust.VERIFIED
    assert question.recipient(late, "2030-01-01T00:00:00Z").trust is Trust.EXPIRED
    revoked = replace(late, trust="revoked")
    assert question.recipient(revoked, "2030-01-01T00:00:00Z").trust is Trust.REVOKED
    assert question.recipient(row, "2030-01-01T00:00:00Z", overridden=True).overridden
    with field.store.read() as reader, refused("contact.unknown"):
        question.recipients(reader, ["SHA256:nobody"])


def test_offices_are_a_class_of_their_own(field: Session, office: Session, make) -> None:  # type: ignore[no-untyped-def]
    other = make("Field 9")
    introduce(field, office)
    introduce(field, other)
    made = written(field, grid(to="office"))
    assert stays(field, made, office) == {}
    assert set(stays(field, made, other).values()) == {"gate.not-named"}


def test_an_unknown_record_or_interview_is_told(field: Session) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    with refused("interview.unknown"):
        copying.preview(field, unknown)
    with field.store.read() as reader:
        with refused("interview.unknown"):
            question.about(field, reader, unknown)
        with refused("interview.unknown"):
            question.copy_out(field, reader, unknown)
    draft = interviews.create(field, title="W-2")
    item = items.unsaved(draft, "W-2")
    assert (item.kind, item.root, item.settled, item.parts) == ("interview", True, False, {"account"})
    with field.store.read() as reader:
        asked = question.about(field, reader, draft)
    assert asked.items == (items.unsaved(draft, "W-2"),)
    assert asked.seal([]).refused == "gate.not-asked"


def test_what_is_only_proposed_is_an_item_that_is_not_settled(field: Session) -> None:
    made = written(field, grid())
    note = interviews.save_note(field, made, None, "a note")
    with field.store.read() as reader:
        off = off_record.of_interview(reader, made)
        heads = [replace(head, state="proposed") for head in revising.heads(reader, note)]
        (item,) = items.of_record(field, reader, note, heads, off, {})
        (standing,) = items.of_record(
            field, reader, note, revising.heads(reader, note), off, {}, settled=False
        )
    assert (item.record, item.settled, item.parts) == (note, False, frozenset({"notes"}))
    assert not standing.settled


def test_what_is_proposed_beside_it_does_not_keep_what_stands(
    field: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = written(field, grid())
    note = interviews.save_note(field, made, None, "a note")
    heads = revising.heads

    def and_a_proposal(reader: Reader, record: str) -> list[revising.Version]:
        return [*heads(reader, record), *(replace(each, state="proposed") for each in heads(reader, record))]

    monkeypatch.setattr(revising, "heads", and_a_proposal)
    with field.store.read() as reader:
        assert question.copy_out(field, reader, note) == ""


def test_words_that_say_themselves_that_they_stay(field: Session) -> None:
    made = written(field, grid())
    note = interviews.save_note(field, made, None, "a note")
    with field.store.read() as reader:
        off = off_record.of_interview(reader, made)
        (head,) = revising.heads(reader, note)
        marked = replace(head, body=msgspec.structs.replace(head.body, off=True))
        (item,) = items.of_record(field, reader, note, [head], off, {})
        (staying,) = items.of_record(field, reader, note, [marked], off, {})
    assert not item.off_record and staying.off_record
    # Of whatever kind it is.
    for stay in (True, False):
        with registry.with_kind(replace(KIND, stays=lambda _body, stay=stay: stay)):
            body = Throwaway(name="said aside")
            assert items._stays(off, body, note) is stay and items._stays(off, None, note) is False


def test_a_kind_that_is_not_known_is_a_part_of_its_own_whatever_it_is_called(field: Session) -> None:
    made = written(field, grid())
    with field.store.read() as reader:
        (head,) = revising.heads(reader, made)
        off = off_record.of_interview(reader, made)
        for kind in ("none", "later"):
            newer = replace(head, body=None, envelope=msgspec.structs.replace(head.envelope, kind=kind))
            (item,) = items.of_record(field, reader, made, [newer], off, {})
            assert item.parts == {kind} and not item.known and item.length == 0


def test_what_an_office_judges_under_a_part_of_its_own_is_that_part(field: Session) -> None:
    kinds = [
        replace(
            KIND, name=part, type=type(part, (Throwaway,), {}), scope=Scope.OFFICE, is_root=True, part=part
        )
        for part in ("none", "notes")
    ]
    with registry.with_kind(kinds[0]), registry.with_kind(kinds[1]):
        found = [items._parts(kind.name, kind.type()) for kind in kinds]
    assert found == [{Part.ACCOUNT}, {Part.NOTES}]


def test_what_ended_before_the_recorder_asked_stays_ended(
    field: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = written(field, Row("yes", ("audio",), ("sound",), ("this_vault",), "2030-06-30"))
    for moment, allowed in (("2030-06-30", True), ("2030-07-01", False), ("2026-12-01", False)):
        at(monkeypatch, f"{moment}T00:00:00Z")
        assert question.may_record(field, made, Part.SOUND) is allowed


def test_a_plain_copy_is_asked_about_with_all_that_belongs_to_it(field: Session) -> None:
    made = written(field, grid(to="anybody"), grid(to="verified"))
    note = interviews.save_note(field, made, None, "a note")
    with field.store.read() as reader:
        asked = question.about(field, reader, made)
        assert question.said(field, reader, made).set
    plain, held = asked.copy_out(), asked.copy_out(held=[note])
    assert {item.record for item in plain.leaves} | {item.record for item, _ in plain.stays} == {
        item.record for item in asked.items
    }
    assert (note, "gate.held-back") in {(item.record, code) for item, code in held.stays} or (
        note in {item.record for item, _ in plain.stays}
    )


def test_where_the_log_tells_no_time_the_clock_does(field: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "_LOOK_BACK", 0)
    at(monkeypatch, "2026-12-01T00:00:00Z")
    with field.store.read() as reader:
        assert question.now(reader) == "2026-12-01T00:00:00Z"


def test_nothing_is_written_where_nothing_new_has_ended(
    field: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = written(field, grid(until="2030-06-30"))
    at(monkeypatch, "2030-07-01T00:00:00Z")
    question.remember(field, [made])
    kept: list[str] = []
    monkeypatch.setattr(question, "_keep", lambda _work, day: kept.append(day))
    question.remember(field, [made])
    assert kept == []


def test_the_latest_end_is_kept(field: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    made = written(field, grid(until="2030-06-30"))
    at(monkeypatch, "2030-07-01T00:00:00Z")
    question.remember(field, [made])
    with field.store.write() as work:
        # Two questions at once: the one that saw less does not take back what the other saw.
        question._keep(work, "2030-05-31")
    at(monkeypatch, "2026-12-01T00:00:00Z")
    with field.store.read() as reader:
        assert question.now(reader) == "2030-07-01T00:00:00Z"
