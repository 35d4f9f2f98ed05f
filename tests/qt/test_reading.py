"""The page of an interview: what stands on it, finding words in it, and the PDF that the gate lets out."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app import sounds
from app.shared import introduce
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.files import inside as inside_
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.leaving import pages, sealing
from cairn.app.vault import custody
from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from cairn.model.agreement import agreed_to
from cairn.model.drafts import Draft
from cairn.model.kinds.interview import Interview, Person
from cairn.model.time.understanding import understood
from cairn.qt.base.theme import theme
from cairn.qt.screens.interviews.reading.tab import ReadingTab
from cairn.qt.shell.window import Window
from cairn.qt.widgets import Sheet
from cairn.qt.widgets.facts import Notice
from cairn.qt.widgets.items import ItemList
from qt.desk import PlainDesk, choose, cut_off, press, reads, settle, show, unnamed
from qt.hand import screen, workspace

ACCOUNT = "We left Stone Bridge after dark.\nThey took us to Maple River.\n\n단풍강에 있는 집으로 갔어요.\nThe Maple-River house again."


def told(s: Session, account: str = ACCOUNT) -> str:
    made = interviews.create(s, title="W-017")
    people = [Person(role="told", code="P1", protected=True), Person("Field 7", "interviewer")]
    body = Interview(
        title="W-017",
        date=understood("14 March 2031").told,
        place="a church hall",
        people=people,
        account=account,
    )
    base = Draft(base=None, body=msgspec.Raw(msgspec.json.encode(body)))
    interviews.save_draft(s, made, base, names={"P1": "Kim Secretname"})
    interviews.save_version(s, made)
    consent.set_consent(s, made, agreed_to("share", given="My name must not be used."))
    files.attach(s, made, io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(50)), "sketch of the house.png")
    interviews.save_note(s, made, None, "ask about the bridge")
    sounds.record(s, made, 4000)
    return made


def opened(qtbot: QtBot, s: Session, made: str) -> tuple[ReadingTab, PlainDesk]:
    desk = PlainDesk(s)
    tab = ReadingTab(desk, interviews.load(s, made))
    show(qtbot, tab, 832, 660)
    tab.show_view(interviews.load(s, made))
    settle(qtbot)
    return tab, desk


def test_an_interview_is_a_page_to_read(qtbot: QtBot, field: Session) -> None:
    tab, _ = opened(qtbot, field, told(field))
    page = tab.page.toPlainText()
    parts = ["W-017", "Told by", "P1 (Kim Secretname)", "Heard by", "Field 7", "When", "14 March 2031", "Where",
             "a church hall", "Recordings", "Files", "sketch of the house.png · Picture", "“My name must not be used.”",
             "Account", "We left Stone Bridge", "Notes of the interviewer", "ask about the bridge"]  # fmt: skip
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    # Numbers are drawn beside the paragraphs: what is copied is what was told.
    assert "\nWe left Stone Bridge after dark.\nThey took us" in page
    assert unnamed(tab) == [] and cut_off(tab) == []


def test_words_are_found_in_the_page_by_keys_alone(qtbot: QtBot, field: Session) -> None:
    tab, _ = opened(qtbot, field, told(field))
    tab.page.setFocus()
    qtbot.keyClick(tab.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit) and line.accessibleName() == "Find in this text"
    qtbot.keyClicks(line, "mapleriver")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    # With a blank or with a hyphen, it is the same name.
    assert (tab.strip.at, tab.strip.count) == (1, 2) and reads(tab, "Place 1 of 2")
    marked = [each.cursor.selectedText() for each in tab.page.extraSelections()]
    assert marked == ["Maple River", "Maple-River"]
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert reads(tab, "Place 2 of 2")
    at = tab.page.textCursor().position()
    assert tab.page.toPlainText()[at:].startswith("Maple-River")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert reads(tab, "Place 1 of 2")
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert reads(tab, "Place 2 of 2")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert tab.page.extraSelections() == [] and not tab.strip.isVisible()
    assert QApplication.focusWidget() is tab.page


def test_places_are_those_of_the_text_beyond_the_first_plane(qtbot: QtBot, field: Session) -> None:
    tab, _ = opened(qtbot, field, told(field, "😀😀 before the river 😀 and the river"))
    tab.go("~river")
    assert [each.cursor.selectedText() for each in tab.page.extraSelections()] == ["river", "river"]


def test_a_page_is_saved_as_a_pdf_of_what_may_leave(qtbot: QtBot, field: Session, tmp_path: Path) -> None:
    made = told(field)
    tab, desk = opened(qtbot, field, made)
    press(qtbot, tab, "Save as PDF…")
    settle(qtbot)
    (sheet,) = [each for each in tab.window().findChildren(Sheet) if each.isVisible()]
    assert reads(sheet, "“My name must not be used.”") and reads(sheet, "5 leave, 0 stay")
    view = sheet.findChild(ItemList)
    note = next(each.id for each in view.entries if "ask about the bridge" in each.name)
    view.acted.emit(note)
    settle(qtbot)
    assert reads(sheet, "4 leave, 0 stay, 1 held back by you")
    press(qtbot, sheet, "Choose where…")
    choose(qtbot, tab, tmp_path / "W-017.pdf")
    settle(qtbot)
    written = pypdfium2.PdfDocument((tmp_path / "W-017.pdf").read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in written)
    written.close()
    assert (
        "We left Stone Bridge after dark." in text
        and "sketch of the house.png" in text
        and "Told by P" in text
    )
    assert "Secretname" not in text and "ask about the bridge" not in text
    acts = [(each.act, each.detail) for each in custody.entries(field, 5, 0)]
    assert ("copy-out", {"form": "pdf"}) in acts and desk.said == []


def test_a_protected_name_on_the_page_is_told_before_it_leaves(qtbot: QtBot, field: Session) -> None:
    """A file's name is on it; what stands inside the file is not."""
    made = told(field, "Kim Secretname left after dark.")
    named = files.attach(field, made, io.BytesIO(b"nothing"), "Secretname.txt")
    inside = files.attach(field, made, io.BytesIO(b"Kim Secretname"), "a.txt")
    with DecodeHost() as decoder:
        inside_.read_all(field, decoder)
    files.rename(field, named.id, "Secretname 2.txt", "Secretname asked for it")
    tab, _ = opened(qtbot, field, made)
    press(qtbot, tab, "Save as PDF…")
    settle(qtbot)
    (sheet,) = [each for each in tab.window().findChildren(Sheet) if each.isVisible()]
    assert len(sheet.findChildren(Notice)) == 2
    assert reads(sheet, "Kim Secretname left after dark.") and reads(sheet, "Secretname 2.txt")
    assert not any(inside.id in each.text() for each in sheet.findChildren(QLabel))
    sheet.findChild(ItemList).acted.emit(named.id)
    settle(qtbot)
    assert len([each for each in sheet.findChildren(Notice) if each.isVisible()]) == 1
    assert cut_off(sheet) == [] and unnamed(sheet) == []


@pytest.mark.parametrize("agreed", [None, agreed_to("keep"), agreed_to("share", "named", ["SHA256:x"])])
def test_without_consent_there_is_no_pdf(
    qtbot: QtBot, field: Session, tmp_path: Path, agreed: object
) -> None:
    made = told(field)
    if agreed is None:
        made = interviews.create(field, title="W-2")
        interviews.save_version(field, made, Interview(title="W-2"))
    else:
        consent.set_consent(field, made, agreed)  # type: ignore[arg-type]
    tab, desk = opened(qtbot, field, made)
    press(qtbot, tab, "Save as PDF…")
    settle(qtbot)
    assert len(desk.said) == 1 and not [each for each in tab.window().findChildren(Sheet) if each.isVisible()]
    with pytest.raises(InputError):
        pages.write(field, made, [made], (), tmp_path / "x.pdf", b"%PDF-")
    with pytest.raises(InputError):
        pages.write(field, made, [], (), tmp_path / "x.pdf", b"%PDF-")
    assert list(tmp_path.glob("*.pdf")) == []


def test_consent_that_is_taken_back_meanwhile_holds(field: Session, tmp_path: Path) -> None:
    made = told(field)
    leaves = [each.record for each in pages.preview(field, made).leaves]
    consent.set_consent(field, made, agreed_to("keep"))
    with pytest.raises(InputError):
        pages.write(field, made, leaves, (), tmp_path / "x.pdf", b"%PDF-")
    assert list(tmp_path.glob("*.pdf")) == []


def test_what_was_received_opens_to_be_read(
    qtbot: QtBot, window: Window, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = told(field)
    (bundle,) = sealing.seal(field, sealing.preview(field, [made], [office.info.fingerprint]), tmp_path)
    introduce(office, field)
    taking_in.take_in(office, bundle.path)
    window.enter(office)
    settle(qtbot)
    screen(window)._open(made)
    settle(qtbot)
    assert workspace(window).tabs.key == "read"
    page = workspace(window).read.page.toPlainText()
    assert "From\nField 7" in page and "We left Stone Bridge" in page


def test_a_search_lands_on_the_words(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    made = told(opened.desk.session)
    shown = screen(opened)
    shown.enter()
    settle(qtbot)
    shown.pane.search.setFocus()
    qtbot.keyClicks(shown.pane.search, "maple-river")
    qtbot.waitUntil(lambda: shown.results.words == "maple-river")
    settle(qtbot)
    qtbot.keyClick(shown.pane.search, Qt.Key.Key_Down)
    settle(qtbot)
    work = workspace(opened)
    assert work.interview == made and work.tabs.key == "read"
    assert reads(work, "Place 1 of 2") and len(work.read.page.extraSelections()) == 2
    # Inside the page Ctrl+F is for the page, elsewhere for the list.
    work.read.page.setFocus()
    qtbot.keyClick(work.read.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is work.read.strip.line
    shown.pane.search.setFocus()
    qtbot.keyClick(shown.pane.search, Qt.Key.Key_Escape)
    assert shown.pane.search.text() == ""


@pytest.mark.parametrize(("mode", "scale"), [("light", 200), ("dark", 100)])
def test_a_long_page_fits(qtbot: QtBot, qapp: QApplication, field: Session, mode: str, scale: int) -> None:
    theme().apply(qapp, mode=mode, scale=scale)
    tab, _ = opened(qtbot, field, told(field, ACCOUNT * 400))
    assert cut_off(tab) == [] and unnamed(tab) == []
    tab.page.verticalScrollBar().setValue(tab.page.verticalScrollBar().maximum())
    tab.grab()
    assert tab.page.horizontalScrollBar().maximum() == 0
