"""Sealing as a person does it: choose, see what leaves, seal; and everything that is refused on the way."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import sounds, spoken
from app.shared import Make, introduce
from app.throwaway import KIND, Throwaway
from cairn.app.arriving import opening
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, revising
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.app.sound import recordings, transcripts
from cairn.bundle.cards import write_card
from cairn.decode.host import DecodeHost
from cairn.model.agreement import Consent, agreed_to
from cairn.model.consent import Row
from cairn.model.drafts import Draft
from cairn.model.kinds import registry
from cairn.model.kinds.interview import Interview, Person
from cairn.model.kinds.kind import Scope
from cairn.model.values import Span
from cairn.qt.base.theme import theme
from cairn.qt.screens.exchange.screen import ExchangeScreen
from cairn.qt.widgets import Sheet
from cairn.qt.widgets.items import ItemList
from qt.desk import (
    PlainDesk,
    choose,
    cut_off,
    find_button,
    press,
    reads,
    sees,
    settle,
    show,
    unnamed,
)
from qt.hand import named

SHARE = agreed_to(choice="share")


def written(s: Session, title: str, agreed: Consent | None = SHARE) -> str:
    made = interviews.create(s, title=title)
    interviews.save_version(s, made, Interview(title=title, account="두만강 국경을 넘었다"))
    if agreed is not None:
        consent.set_consent(s, made, agreed)
    return made


def begun(qtbot: QtBot, s: Session, width: int = 1100, height: int = 760) -> tuple[ExchangeScreen, PlainDesk]:
    desk = PlainDesk(s)
    screen = ExchangeScreen(desk)
    show(qtbot, screen, width, height)
    screen.enter()
    settle(qtbot)
    return screen, desk


def tick(qtbot: QtBot, screen: ExchangeScreen, *titles: str) -> None:
    """Click the rows with these titles in the list that is shown."""
    step = screen.job.interviews if screen.job.interviews.isVisible() else screen.job.recipients  # type: ignore[union-attr]
    for title in titles:
        rows = [row.title for row in step.list.rows.rows]
        spot = step.list.visualRect(step.list.rows.index(rows.index(title))).center()
        qtbot.mouseClick(step.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def up_to_consent(qtbot: QtBot, screen: ExchangeScreen, titles: list[str], names: list[str]) -> None:
    press(qtbot, screen, "Seal a bundle")
    settle(qtbot)
    tick(qtbot, screen, *titles)
    press(qtbot, screen, "Choose recipients")
    settle(qtbot)
    tick(qtbot, screen, *names)
    press(qtbot, screen, "See what leaves")
    settle(qtbot)


def listed(screen: ExchangeScreen) -> list[str]:
    """What the list of what leaves and stays says, line by line."""
    return [each.name for each in screen.job.consent.list.entries]  # type: ignore[union-attr]


def test_a_bundle_is_sealed(qtbot: QtBot, field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    first, _other = written(field, "W-1"), written(field, "W-2")
    files.attach(field, first, io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(900)), "bridge.png")
    gone = files.attach(field, first, io.BytesIO(b"\xff\xd8\xff" + bytes(90)), "ID card.jpg")
    files.remove(field, gone.id, "she asked")
    interviews.save_note(field, first, None, "ask about the bridge")
    screen, _ = begun(qtbot, field)
    assert reads(screen, "The bundles that you seal will be listed here.")
    up_to_consent(qtbot, screen, ["W-1"], ["Office North"])

    assert screen.job.title == "What leaves, and what stays"  # type: ignore[union-attr]
    shown = listed(screen)
    note = "Note “ask about the bridge”"
    # What people can be known by stands first: a picture may show a face.
    assert shown == ["People first: voices, faces, names", "File “bridge.png”", "File “ID card.jpg”",
                     "Words and files", "Account", "Consent", note]  # fmt: skip
    assert reads(screen, "4 leave, 1 stays") and "W-2" not in shown
    assert reads(screen, "This was removed from the interview.")
    assert reads(screen, "Once the bundle is sealed, only Office North can read it.")
    out = tmp_path / "usb"
    out.mkdir()
    press(qtbot, screen, "Seal bundle of 1…")
    choose(qtbot, screen, out)
    sees(qtbot, screen, "1 interview sealed for Office North")
    settle(qtbot)

    (path,) = out.iterdir()
    (row,) = sealing.sent(field)
    result = screen.job.result  # type: ignore[union-attr]
    exact = [each.toPlainText() for each in result.findChildren(type(result.files[0]))]
    assert exact == [str(path), row.sha256]
    view = opening.open_bundle(path, office)
    assert [each.id for each in view.roots] == [first]
    assert result.done.hasFocus()

    qtbot.keyClick(result.done, Qt.Key.Key_Space)
    settle(qtbot)
    assert [each.title for each in screen.home.list.rows.rows] == [
        "1 interview sealed for Office North, not yet confirmed"
    ]
    screen.home.list.setFocus()
    qtbot.keyClick(screen.home.list, Qt.Key.Key_Down)
    qtbot.keyClick(screen.home.list, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert reads(screen, "The words of the file")
    qtbot.keyClick(screen.job, Qt.Key.Key_Escape)
    assert screen.job is None


def test_a_copy_leaves_in_place_of_what_was_said_off_the_record(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    first = written(field, "W-1")
    master = sounds.record(field, first, 4000)
    recordings.exclude(field, master.id, [Span(1000, 2000)])
    screen, desk = begun(qtbot, field)
    with DecodeHost() as desk.decoder:
        _make_the_copies(qtbot, screen)

    (cut,) = [each for each in recordings.rows(field, first) if each.source == "cut"]
    assert not [each for each in screen.findChildren(QPushButton) if each.text() == "Make the copies"]
    assert {f"Recording “{cut.name}”", f"Recording “{master.name}”"} <= set(listed(screen))
    out = tmp_path / "usb"
    out.mkdir()
    press(qtbot, screen, "Seal bundle of 1…")
    choose(qtbot, screen, out)
    sees(qtbot, screen, "1 interview sealed for Office North")
    settle(qtbot)
    (path,) = out.iterdir()
    (inside,) = opening.open_bundle(path, office).roots
    assert [(each.kind, each.sha256) for each in inside.files] == [("recording", cut.sha256)]


def _make_the_copies(qtbot: QtBot, screen: ExchangeScreen) -> None:
    up_to_consent(qtbot, screen, ["W-1"], ["Office North"])
    assert reads(screen, "1 recording holds something that was said off the record, and stays here.")
    assert reads(screen, "This holds something that was said off the record.")
    press(qtbot, screen, "Make the copies")
    settle(qtbot)


def test_whatever_leaves_is_told_of_whatever_kind_it_is(
    qtbot: QtBot, field: Session, office: Session
) -> None:
    """Protected names, and a kind that this screen knows nothing of."""
    introduce(field, office)
    made = written(field, "W-1")
    view = interviews.load(field, made)
    people = [Person(role="told", code="P1", protected=True)]
    body = msgspec.structs.replace(view.body, people=people)
    draft = Draft(base=view.base, body=msgspec.Raw(msgspec.json.encode(body)))
    interviews.save_draft(field, made, draft, names={"P1": "Kim"})
    interviews.save_version(field, made)
    with registry.with_kind(KIND):
        with field.store.write() as work:
            revising.write(field, work, Throwaway(name="a boat"), root=made)
        (shown,) = sealing.preview(field, [made], [office.info.fingerprint]).groups[0].interviews
        assert {each.kind for each in shown.leaves} == {"interview", "consent", "identity", "throwaway"}
        screen, _ = begun(qtbot, field)
        up_to_consent(qtbot, screen, ["W-1"], ["Office North"])
        wanted = {"Account", "Consent", "Protected name and contact", "throwaway “a boat”"}
        assert wanted <= set(listed(screen))


def test_things_of_the_library_can_be_chosen_where_there_are_any(
    qtbot: QtBot, field: Session, office: Session
) -> None:
    introduce(field, office)
    written(field, "W-017")
    screen, _ = begun(qtbot, field)
    press(qtbot, screen, "Seal a bundle")
    settle(qtbot)
    assert not reads(screen, "Things of the library")

    class Leaflet(Throwaway):
        """Of a library."""

    leaflet = replace(KIND, name="leaflet", type=Leaflet, scope=Scope.LIBRARY, is_root=True, part="none")
    with registry.with_kind(leaflet):
        with field.store.write() as work:
            made, _sha = revising.write(field, work, Leaflet(name="glossary", text="words"))
        screen, _ = begun(qtbot, field)
        press(qtbot, screen, "Seal a bundle")
        settle(qtbot)
        sees(qtbot, screen, "Things of the library")
        step = screen.job.interviews  # type: ignore[union-attr]
        assert [row.title for row in step.others.rows.rows] == ["glossary"]
        step.others.tick([made])
        assert step.chosen == [made]
        tick(qtbot, screen, "W-017")
        assert set(step.chosen) > {made} and len(step.chosen) == 2
        press(qtbot, screen, "Choose none")
        assert step.chosen == [] and not step.others.rows.checked


def test_the_keyboard_alone_reaches_the_preview(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    written(field, "W-1")
    written(field, "W-2")
    screen, _ = begun(qtbot, field)
    assert screen.home.seal.hasFocus()
    qtbot.keyClick(screen.home.seal, Qt.Key.Key_Space)
    settle(qtbot)
    job = screen.job
    assert QApplication.focusWidget().accessibleName() == "Search interviews"
    qtbot.keyClicks(QApplication.focusWidget(), "W-2")
    qtbot.waitUntil(lambda: len(job.interviews.list.rows.rows) == 1)  # type: ignore[union-attr]
    settle(qtbot)
    while QApplication.focusWidget().accessibleName() != "Interviews for the bundle":
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    while QApplication.focusWidget().accessibleName() != "Choose recipients":
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle(qtbot)
    assert QApplication.focusWidget().accessibleName() == "Recipients"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    while QApplication.focusWidget().accessibleName() != "See what leaves":
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle(qtbot)
    assert QApplication.focusWidget().accessibleName() == "Seal bundle of 1…"
    assert reads(screen, "W-2") and not reads(screen, "W-1")
    # Esc goes back step by step, and what was chosen is still chosen.
    for title in ("Who shall be able to open them?", "Which interviews shall leave?"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert job.title == title  # type: ignore[union-attr]
    assert job.interviews.chosen and job.recipients.chosen  # type: ignore[union-attr]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert screen.job is None


def test_what_the_search_hides_stays_chosen(qtbot: QtBot, field: Session) -> None:
    for number in range(1, 5):
        written(field, f"W-{number}")
    screen, _ = begun(qtbot, field)
    press(qtbot, screen, "Seal a bundle")
    settle(qtbot)
    tick(qtbot, screen, "W-1", "W-3")
    step = screen.job.interviews  # type: ignore[union-attr]
    qtbot.keyClicks(step.search, "W-4")
    qtbot.waitUntil(lambda: len(step.list.rows.rows) == 1)
    tick(qtbot, screen, "W-4")
    step.search.clear()
    qtbot.waitUntil(lambda: len(step.list.rows.rows) == 4)
    assert len(step.chosen) == 3
    tick(qtbot, screen, "W-3")
    assert len(step.chosen) == 2
    press(qtbot, screen, "Choose all 4")
    settle(qtbot)
    assert len(step.chosen) == 4
    press(qtbot, screen, "Choose none")
    assert step.chosen == [] and not find_button(screen, "Choose recipients").isEnabled()


def test_choosing_all_takes_all_that_match_however_many_are_loaded(qtbot: QtBot, field: Session) -> None:
    """The list loads 200 at a time; "all" is a question to the vault, not to the list."""
    ids = [
        interviews.create(field, title=f"W-{number:03}" + " river" * (number % 2)) for number in range(304)
    ]
    screen, _ = begun(qtbot, field)
    press(qtbot, screen, "Seal a bundle")
    settle(qtbot)
    step = screen.job.interviews  # type: ignore[union-attr]
    assert len(step.list.rows.rows) == 200 and step.list.rows.total == 304
    press(qtbot, screen, "Choose all 304")
    settle(qtbot)
    assert set(step.chosen) == set(ids) and len(step.chosen) == 304
    assert reads(screen, "304")
    # One that is not loaded yet is ticked when it comes.
    step.list.scrollToBottom()
    settle(qtbot)
    assert len(step.list.rows.rows) == 304 and step.list.rows.checked == set(ids)
    tick(qtbot, screen, step.list.rows.rows[-1].title)
    assert len(step.chosen) == 303
    press(qtbot, screen, "Choose none")
    qtbot.keyClicks(step.search, "river")
    qtbot.waitUntil(lambda: step.list.rows.total == 152)
    press(qtbot, screen, "Choose all 152 found")
    settle(qtbot)
    assert len(step.chosen) == 152 and set(step.chosen) == set(ids[1::2])


def test_unverified_recipients_need_a_sentence(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    contacts.add(field, contacts.own_card(office))
    written(field, "W-1")
    screen, desk = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-1"], ["Office North"])
    assert screen.job.title == "Who shall be able to open them?"  # type: ignore[union-attr]
    assert reads(screen, "The words of Office North have not been compared.")
    assert reads(screen, "Without either, no bundle is sealed.")
    line = QApplication.focusWidget()
    assert line.accessibleName() == "Why do you send it all the same?"
    press(qtbot, screen, "Compare the words first")
    assert desk.opened == [("contacts", office.info.fingerprint)]
    line.setFocus()
    qtbot.keyClicks(line, "she stood beside me")
    press(qtbot, screen, "See what leaves")
    settle(qtbot)
    assert reads(screen, "With the words “she stood beside me”")
    press(qtbot, screen, "Seal bundle of 1…")
    choose(qtbot, screen, tmp_path)
    sees(qtbot, screen, "1 interview sealed for Office North")


def test_revoked_and_expired_contacts_cannot_be_chosen(qtbot: QtBot, make: Make) -> None:
    field, gone, old = make("Field 7"), make("Willow"), make("Old office", "office")
    introduce(field, gone)
    contacts.revoke(field, gone.info.fingerprint, "lost")
    contacts.add(
        field,
        write_card(old.keys, label="Old office", role="office", created="2020-01-01", expires="2021-01-01"),
    )
    written(field, "W-1")
    screen, desk = begun(qtbot, field)
    press(qtbot, screen, "Seal a bundle")
    settle(qtbot)
    tick(qtbot, screen, "W-1")
    press(qtbot, screen, "Choose recipients")
    settle(qtbot)
    assert screen.job.recipients.list.rows.rows == []  # type: ignore[union-attr]
    assert reads(screen, "Revoked. No bundle is sealed to this contact.")
    assert reads(screen, "The card has expired. Ask for a new one.")
    assert not find_button(screen, "See what leaves").isEnabled()
    press(qtbot, screen, "Go to Contacts")
    assert desk.opened == [("contacts", "")]


@pytest.mark.parametrize(
    ("agreed", "said"),
    [
        (None, "Nobody has written down what this person agreed to."),
        (agreed_to(choice="keep"), "The person agreed that this interview is kept, not that it is shared."),
        (agreed_to(choice="share", share_with="named", contacts=["SHA256:other"]), "named contacts only"),
    ],
)
def test_without_consent_nothing_is_sealed(
    qtbot: QtBot, field: Session, office: Session, agreed: Consent | None, said: str
) -> None:
    introduce(field, office)
    written(field, "W-1", agreed)
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-1"], ["Office North"])
    assert reads(screen, said) and reads(screen, "Everything stays")
    assert not find_button(screen, "Seal bundle of 0…").isEnabled()
    assert QApplication.focusWidget().accessibleName() == "Back to recipients"


def test_open_drafts_are_saved_and_included_unless_the_person_says_no(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    base = interviews.load(field, made).base
    typed = msgspec.Raw(msgspec.json.encode(Interview(title="W-1", account="typed, not saved")))
    interviews.save_draft(field, made, Draft(base=base, body=typed))
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-1"], ["Office North"])
    (box,) = [each for each in screen.findChildren(QCheckBox) if each.isVisible()]
    assert box.isChecked() and reads(screen, "Typed but not saved as a version: W-1")
    qtbot.keyClick(box, Qt.Key.Key_Space)
    settle(qtbot)
    assert reads(screen, "W-1 has words that are typed but not saved as a version. They stay here.")
    (box,) = [each for each in screen.findChildren(QCheckBox) if each.isVisible()]
    assert not box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    settle(qtbot)
    press(qtbot, screen, "Seal bundle of 1…")
    choose(qtbot, screen, tmp_path)
    sees(qtbot, screen, "1 interview sealed for Office North")
    settle(qtbot)
    assert interviews.load(field, made).body.account == "typed, not saved"


def test_sealing_is_stopped_and_begun_again(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    files.attach(field, made, io.BytesIO(os.urandom(48 << 20)), "long.wav")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-1"], ["Office North"])
    out = tmp_path / "usb"
    out.mkdir()
    press(qtbot, screen, "Seal bundle of 1…")
    choose(qtbot, screen, out)
    press(qtbot, screen, "Cancel")
    settle(qtbot)
    assert reads(screen, "Stopped. Nothing half-done remains.")
    assert list(out.iterdir()) == [] and sealing.sent(field) == []
    press(qtbot, screen, "Choose a folder…")
    choose(qtbot, screen, out)
    sees(qtbot, screen, "1 interview sealed for Office North")
    assert len(list(out.iterdir())) == 1


def test_a_preview_that_no_longer_holds_is_shown_anew(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    written(field, "W-2")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-1", "W-2"], ["Office North"])
    consent.set_consent(field, made, agreed_to(choice="keep"))
    press(qtbot, screen, "Seal bundle of 2…")
    choose(qtbot, screen, tmp_path)
    sees(qtbot, screen, "Something has changed since the preview was shown.")
    settle(qtbot)
    assert screen.job.title == "What leaves, and what stays"  # type: ignore[union-attr]
    assert reads(screen, "Everything stays") and find_button(screen, "Seal bundle of 1…").isEnabled()
    assert list(tmp_path.glob("*.age")) == []


def test_a_dialog_that_is_closed_changes_nothing(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    screen, _ = begun(qtbot, field)
    made = written(field, "W-1")
    screen.show_item(made)
    settle(qtbot)
    assert screen.job.interviews.chosen == [made]  # type: ignore[union-attr]
    press(qtbot, screen, "Choose recipients")
    settle(qtbot)
    tick(qtbot, screen, "Office North")
    press(qtbot, screen, "See what leaves")
    settle(qtbot)
    press(qtbot, screen, "Seal bundle of 1…")
    (dialog,) = [each for each in screen.findChildren(QFileDialog) if each.isVisible()]
    dialog.reject()
    assert reads(screen, "Where to?")
    press(qtbot, screen, "Back to consent")
    assert screen.job.title == "What leaves, and what stays"  # type: ignore[union-attr]


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut_off_or_unnamed(
    qtbot: QtBot, qapp: QApplication, make: Make, tmp_path: Path, scale: int
) -> None:
    theme().apply(qapp, scale=scale)
    field, office, other = make("Field 7"), make("Office North", "office"), make("Seoul office", "office")
    introduce(field, office)
    contacts.add(field, contacts.own_card(other))
    made = written(field, "W-1")
    written(field, "W-2", agreed_to(choice="keep"))
    files.attach(field, made, io.BytesIO(b"x"), "a very long name of a file that goes on and on and on.png")
    screen, _ = begun(qtbot, field, *((848, 590) if scale == 100 else (670, 560)))

    def check() -> None:
        qtbot.wait(20)
        assert not cut_off(screen) and not unnamed(screen)

    check()
    press(qtbot, screen, "Seal a bundle")
    settle(qtbot)
    tick(qtbot, screen, "W-1", "W-2")
    check()
    press(qtbot, screen, "Choose recipients")
    settle(qtbot)
    screen.job.recipients.list.tick([office.info.fingerprint, other.info.fingerprint])  # type: ignore[union-attr]
    press(qtbot, screen, "See what leaves")
    check()
    screen.job.recipients.list.tick([office.info.fingerprint])  # type: ignore[union-attr]
    press(qtbot, screen, "See what leaves")
    settle(qtbot)
    check()
    press(qtbot, screen, "Seal bundle of 1…")
    choose(qtbot, screen, tmp_path)
    sees(qtbot, screen, "1 interview sealed for Office North")
    check()
    press(qtbot, screen, "Done")
    settle(qtbot)
    check()


def test_typed_words_of_a_recording_are_saved_on_the_way(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, "W-001")
    heard = spoken.recording(field, made, removed=True)
    body = spoken.transcript(heard, spoken.said(1000, "we crossed at night"))
    record = transcripts.load(field, heard).id
    transcripts.save_draft(field, made, record, spoken.draft(body))
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-001"], ["Office North"])
    assert reads(screen, "Words of a recording are typed but not saved as a version: W-001")
    assert not reads(screen, "They stay here")
    assert unnamed(screen) == [] and cut_off(screen) == []
    press(qtbot, screen, "Save them and go on")
    settle(qtbot)
    assert not reads(screen, "typed but not saved")
    assert transcripts.open_drafts(field, made) == []
    assert transcripts.saved(field, record)[1].paragraphs[0].text == "we crossed at night"
    assert "Transcript “we crossed at night”" in listed(screen)


def test_words_that_can_not_be_saved_are_told(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field, "W-001")
    heard = spoken.recording(field, made, (0, 60_000))
    body = spoken.transcript(heard, spoken.said(1000, "this was off the record"))
    transcripts.save_draft(field, made, transcripts.load(field, heard).id, spoken.draft(body))
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-001"], ["Office North"])
    press(qtbot, screen, "Save them and go on")
    settle(qtbot)
    assert "off the record" in screen.job.banner.text  # type: ignore[union-attr]
    assert len(transcripts.open_drafts(field, made)) == 1


def test_those_who_may_not_have_the_same_get_bundles_of_their_own(
    qtbot: QtBot, make: Make, field: Session, office: Session, tmp_path: Path
) -> None:
    court = make("Court", "office")
    introduce(field, office)
    introduce(field, court)
    both = (office.info.fingerprint, court.info.fingerprint)
    rows = (Row("yes", ("store",), ("account",), both), Row("yes", ("store",), ("notes",), both[:1]))
    first = written(field, "W-1", Consent(rows))
    interviews.save_note(field, first, None, "for the office alone")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-1"], ["Office North", "Court"])
    assert {"In the bundle for Office North", "In the bundle for Court"} <= set(listed(screen))
    assert reads(screen, "2 bundles are sealed, each for those it is meant for.")
    out = tmp_path / "usb"
    out.mkdir()
    press(qtbot, screen, "Seal bundle of 1…")
    choose(qtbot, screen, out)
    sees(qtbot, screen, "1 interview sealed for Court")
    settle(qtbot)
    result = screen.job.result  # type: ignore[union-attr]
    assert {each.toPlainText() for each in result.files} == {str(path) for path in out.iterdir()}
    assert len(result.files) == 2 and screen.job.title == "2 bundles are sealed"  # type: ignore[union-attr]
    assert len(sealing.sent(field)) == 2


def test_a_correction_is_included_once_it_has_its_reason(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    interviews.finalise(field, made)
    body = Interview(title="W-900", account="heard again")
    base = interviews.load(field, made).base
    interviews.save_draft(field, made, Draft(base, msgspec.Raw(msgspec.json.encode(body))))
    screen, _ = begun(qtbot, field)
    press(qtbot, screen, "Seal a bundle")
    settle(qtbot)
    (row,) = screen.job.interviews.list.rows.rows  # type: ignore[union-attr]
    assert ("changed, not saved", "warn") in row.chips
    tick(qtbot, screen, "W-900")
    press(qtbot, screen, "Choose recipients")
    settle(qtbot)
    tick(qtbot, screen, "Office North")
    press(qtbot, screen, "See what leaves")
    settle(qtbot)
    assert reads(screen, "A correction is typed but not saved: W-1")
    assert reads(screen, "Without saving, it stays here, and what was saved before leaves.")
    assert not [box for box in screen.findChildren(QCheckBox) if box.isVisible() and box.isChecked()]
    press(qtbot, screen, "Save the correction and include it…")
    (asked,) = [one for one in screen.window().findChildren(Sheet) if one.isVisible()]
    line = named(asked, "Reason", QLineEdit)
    line.setText("a name was misheard")
    press(qtbot, asked, "Save correction")
    settle(qtbot)
    assert not reads(screen, "A correction is typed but not saved") and reads(screen, "W-900")
    press(qtbot, screen, "Seal bundle of 1…")
    choose(qtbot, screen, tmp_path)
    sees(qtbot, screen, "The bundle is sealed")
    (bundle,) = tmp_path.glob("*.age")
    assert opening.open_bundle(bundle, office).roots[0].title == "W-900"


def test_a_thousand_items_are_listed_by_name_at_once(qtbot: QtBot, field: Session, office: Session) -> None:
    """By name, not as "992 files more"; painted, not built: the list has no widget for each."""
    introduce(field, office)
    made = written(field, "W-1")
    ids = many_files(field, made, 1000)
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-1"], ["Office North"])
    view = screen.job.consent.list  # type: ignore[union-attr]
    assert len(view.findChildren(QWidget)) < 20
    names = listed(screen)
    assert {f"File “{number:04}.pdf”" for number in range(1000)} <= set(names)
    assert reads(screen, "1002 leave, 0 stay")
    # The last one is held back by keyboard, and where one has scrolled to stays.
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End)
    last = view.currentIndex().data(Qt.ItemDataRole.UserRole)
    assert last.id in ids and last.state == "leaves"
    where = view.verticalScrollBar().value()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.currentIndex().data(Qt.ItemDataRole.UserRole).state == "held"
    assert not find_button(screen, "Seal bundle of 1…").isEnabled(), "what it means is not known yet"
    settle(qtbot)
    assert find_button(screen, "Seal bundle of 1…").isEnabled()
    assert view.verticalScrollBar().value() == where and view.currentIndex().isValid()
    assert view.currentIndex().data(Qt.ItemDataRole.UserRole).said.count("held back") == 1
    assert reads(screen, "1 by you")


def many_files(s: Session, interview: str, count: int) -> set[str]:
    """Files without the time that encrypting each takes: their records, and one media object for all."""
    one = files.attach(s, interview, io.BytesIO(b"%PDF-1.7"), "0000.pdf")
    ids = {one.id}
    with s.store.write() as work:
        body = revising.need(work, one.id, "attachment").body
        assert body is not None
        for number in range(1, count):
            record, _ = revising.write(
                s, work, msgspec.structs.replace(body, name=f"{number:04}.pdf"), root=interview
            )
            work.run(
                "INSERT INTO media SELECT ?, root, ?, key, sha256, size FROM media WHERE record = ?",
                (f"{number:032x}", record, one.id),
            )
            ids.add(record)
    return ids


def test_an_item_is_held_back_by_a_click_and_stays(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, "W-1", agreed_to("share", given="My name must not be used."))
    files.attach(field, made, io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(99)), "her face.png")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-1"], ["Office North"])
    assert reads(screen, "“My name must not be used.”")
    view = screen.job.consent.list  # type: ignore[union-attr]
    assert [each.action for each in view.entries if each.kind == "item"] == ["Hold back", "Hold back", ""]
    click_action(qtbot, view, "her face")
    settle(qtbot)
    assert reads(screen, "2 leave, 0 stay, 1 held back by you")
    # It is this person's choice for this bundle, also after looking at the recipients again.
    press(qtbot, screen, "Back to recipients")
    press(qtbot, screen, "See what leaves")
    settle(qtbot)
    press(qtbot, screen, "Only what stays")
    assert [each.name for each in view.entries if each.kind == "item"] == ["File “her face.png”"]
    press(qtbot, screen, "Show everything")
    press(qtbot, screen, "Seal bundle of 1…")
    choose(qtbot, screen, tmp_path)
    sees(qtbot, screen, "1 interview sealed for Office North")
    settle(qtbot)
    (path,) = tmp_path.glob("*.age")
    (root,) = opening.open_bundle(path, office).roots
    assert root.files == ()


def test_what_is_let_go_again_leaves(qtbot: QtBot, field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    interviews.save_note(field, made, None, "a note")
    screen, _ = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-1"], ["Office North"])
    view = screen.job.consent.list  # type: ignore[union-attr]
    for said in ("2 leave, 0 stay, 1 held back by you", "3 leave, 0 stay"):
        click_action(qtbot, view, "a note")
        settle(qtbot)
        assert reads(screen, said)
    # Without the account nothing leaves, and that is said.
    click_action(qtbot, view, "Account")
    settle(qtbot)
    assert reads(screen, "W-1 does not leave: you hold it back.")
    assert not find_button(screen, "Seal bundle of 0…").isEnabled()


def click_action(qtbot: QtBot, view: ItemList, name: str) -> None:
    """Click the word at the end of the line of an item."""
    (number,) = [row for row, each in enumerate(view.entries) if each.kind == "item" and name in each.name]
    line = view.visualRect(view.model().index(number, 0))
    spot = view.itemDelegate().places(view.entries[number], line.width()).action.center()  # type: ignore[attr-defined]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=line.topLeft() + spot)
