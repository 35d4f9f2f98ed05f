"""Protected names in what would leave: found in every text of it, told with their place, and nothing claimed of the rest."""

from __future__ import annotations

import io

import pytest

from app import sounds, spoken
from app.shared import introduce
from app.test_identities import draft_of
from cairn.app.consent import consent
from cairn.app.files import files, inside
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.leaving import copying, names, sealing
from cairn.app.leaving.names import NamesLook
from cairn.app.sound import transcripts
from cairn.decode.host import DecodeHost
from cairn.errors import Cancelled
from cairn.model.agreement import Consent, agreed_to
from cairn.model.consent import Row
from cairn.model.kinds.interview import Interview, Person

SHARE = agreed_to(choice="share")
STORY = Row("yes", ("store",), ("account", "notes", "attachments", "faces", "sound", "transcript"), ("*",))


def told(s: Session, account: str, name: str = "김한별", *, title: str = "W-017") -> str:
    body = Interview(title=title, people=[Person(code="P1", role="told", protected=True)], account=account)
    made = interviews.create(s, title=title)
    interviews.save_draft(s, made, draft_of(body), names={"P1": name})
    interviews.save_version(s, made)
    return made


def agree(s: Session, interview: str, to: Session, *, names_too: bool = False) -> None:
    parts = STORY.parts + (("identity",) if names_too else ())
    row = Row("yes", ("store", "audio"), parts, (to.info.fingerprint,))
    consent.set_consent(s, interview, Consent((row,)))


def base_of(s: Session, interview: str) -> str:
    with s.store.read() as reader:
        head = revising.current(reader, interview)
    assert head is not None
    return head.sha


def look(s: Session, to: Session, *interviews_: str, **more: object) -> NamesLook:
    preview = sealing.preview(s, list(interviews_), [to.info.fingerprint], **more)  # type: ignore[arg-type]
    assert preview.ready, preview.problems
    return names.of_preview(s, preview)


def places(found: NamesLook) -> set[tuple[str, str, str]]:
    return {(each.item, each.field, each.word) for each in found.found}


def test_every_text_that_leaves_is_looked_through(field: Session, office: Session) -> None:
    introduce(field, office)
    made = told(field, "첫째 줄.\n\n그날 한별이는 길가에 있었다. 한별이가 울었다.")
    agree(field, made, office)
    interviews.save_note(field, made, None, "ask 한별 again")
    files.attach(
        field, made, io.BytesIO(b"She wrote to \xea\xb9\x80 \xed\x95\x9c\xeb\xb3\x84."), "letter.txt"
    )
    files.attach(field, made, io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(90)), "한별_집.png")
    with DecodeHost() as decoder:
        inside.read_all(field, decoder)
    found = look(field, office, made)
    assert places(found) >= {
        ("W-017", "account", "한별"),
        ("ask 한별 again", "text", "한별"),
        ("letter.txt", "inside", "김 한별"),
    }
    (account,) = (each for each in found.found if each.field == "account")
    assert (account.paragraph, account.count, account.person) == (2, 2, "P1") and not account.elsewhere
    assert (account.before, account.after) == ("첫째 줄.  그날 ", "이는 길가에 있었다. 한별이가 울었다.")


def test_names_of_pictures_and_paragraphs_of_transcripts(field: Session, office: Session) -> None:
    introduce(field, office)
    made = told(field, "nothing")
    agree(field, made, office)
    sound = sounds.record(field, made, 4000)
    files.attach(field, made, io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(90)), "한별_집.png")
    words = spoken.transcript(
        sound.id, spoken.said(0, "first", speaker="A"), spoken.said(1500, "그리고 한별이", speaker="한별")
    )
    transcripts.save_draft(field, made, transcripts.load(field, sound.id).id, spoken.draft(words))
    transcripts.save_drafts(field, made)
    found = look(field, office, made)
    assert ("한별_집.png", "name", "한별") in places(found)
    said = [(each.field, each.at) for each in found.found if each.kind == "transcript"]
    assert said == [("spoken", 1500), ("other", None)], "who speaks is read, too"
    # Of sound, and of a picture, nothing is known but its name: it is said so.
    assert {each.name for each in found.unread} == {sound.name, "한별_집.png"}


def test_a_text_that_nobody_has_looked_into_is_named(field: Session, office: Session) -> None:
    introduce(field, office)
    made = told(field, "nothing")
    agree(field, made, office)
    files.attach(field, made, io.BytesIO("한별".encode()), "letter.txt")
    found = look(field, office, made)
    assert not found.found and [each.name for each in found.unread] == ["letter.txt"]
    with DecodeHost() as decoder:
        inside.read_all(field, decoder)
    found = look(field, office, made)
    assert places(found) == {("letter.txt", "inside", "한별")} and not found.unread


def test_names_of_other_interviews_and_those_that_are_only_typed(field: Session, office: Session) -> None:
    introduce(field, office)
    told(field, "-", "Baduk Sori", title="W-001")
    made = told(field, "With Sori we went on. 은하가 왔다.")
    agree(field, made, office)
    (other,) = look(field, office, made).found
    assert (other.word, other.person, other.elsewhere) == ("Sori", "P1", True)
    # A name that is typed and no version yet is a name; so is a text that would become a version on the way.
    body = Interview(
        title="W-017",
        people=[Person(code="P1", protected=True), Person(code="P2", protected=True)],
        account="은하는 갔다. 은하가 왔다.",
    )
    base = base_of(field, made)
    interviews.save_draft(field, made, draft_of(body, base), names={"P1": "김한별", "P2": "은하"})
    with_it, without = look(field, office, made), look(field, office, made, save_drafts=False)
    assert {each.word: each.count for each in with_it.found} == {"Sori": 1, "은하": 3}
    assert {each.word: each.count for each in without.found} == {"Sori": 1, "은하": 1}


def test_where_her_name_may_leave_it_is_no_finding(field: Session, office: Session) -> None:
    introduce(field, office)
    made = told(field, "한별이는")
    agree(field, made, office)
    assert look(field, office, made).found
    agree(field, made, office, names_too=True)
    found = look(field, office, made)
    assert not found.found and found.may == 1


def test_what_is_held_back_or_erased_is_not_looked_for(field: Session, office: Session) -> None:
    introduce(field, office)
    made = told(field, "nothing")
    agree(field, made, office)
    note = interviews.save_note(field, made, None, "한별")
    assert look(field, office, made).found
    assert not look(field, office, made, hold_back=[note]).found
    # Another name was put in its place: the one before stands no more.
    body = Interview(title="W-017", people=[Person(code="P1", role="told", protected=True)])
    base = base_of(field, made)
    interviews.save_draft(field, made, draft_of(body, base), names={"P1": "Zoe Akos"})
    interviews.save_version(field, made)
    assert not look(field, office, made).found


def test_closed_names_are_said_and_a_look_can_be_stopped(field: Session, office: Session) -> None:
    introduce(field, office)
    made = told(field, "한별이는")
    agree(field, made, office)
    preview = sealing.preview(field, [made], [office.info.fingerprint])

    def stop(_done: int, _total: int | None, /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        names.of_preview(field, preview, stop)
    field.identity.close()
    closed = names.of_preview(field, preview)
    assert closed.closed and not closed.found
    assert [each.code for each in names.problems(closed, "en")] == ["sealing.names-closed"]


def test_a_plain_copy_is_looked_through_as_well(field: Session) -> None:
    made = told(field, "-")
    consent.set_consent(field, made, SHARE)
    file = files.attach(field, made, io.BytesIO("그 한별이".encode()), "letter.txt")
    with DecodeHost() as decoder:
        inside.read_all(field, decoder)
    found = names.of_copy(field, copying.preview(field, file.id))
    (problem,) = names.problems(found, "en")
    assert problem.values["where"] == "Inside the file" and problem.values["text"] == "그 한별이"
