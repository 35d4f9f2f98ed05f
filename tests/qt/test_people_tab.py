"""The tab People as a person uses it: by keyboard and mouse, with names shut and open, forms that keep what is typed."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from app.people.sample import fill
from app.people.test_tracing import agreed
from cairn.app.consent import consent
from cairn.app.kernel import identities
from cairn.app.kernel.session import Session
from cairn.app.leaving import tracing
from cairn.app.people import coded, names
from cairn.model.consent import Part
from cairn.model.ids import RootId
from cairn.model.kinds.person import Person
from cairn.model.kinds.relation import Parted, Relation
from cairn.model.time.told import Told
from cairn.qt.screens.interviews.persons.sheet import fill as fill_page
from cairn.qt.screens.interviews.persons.tab import PeopleTab
from cairn.qt.screens.interviews.reading.paper import as_pdf
from cairn.qt.screens.interviews.workspace import Workspace
from cairn.qt.shell.window import Window
from qt.desk import LONG, press, reads, settle
from qt.hand import line, named, new, stored, tab

PLANTED = ("한봄", "Liu Chun", "柳春", "moon on the left knee", "Which song", "brown envelope")


@pytest.fixture
def work(qtbot: QtBot, opened: Window) -> Workspace:
    made = new(qtbot, opened, "W-017")
    QTest.keyClicks(made.window().focusWidget(), " ")
    press(qtbot, made, "Save version")
    settle(qtbot)
    return made


def filled(qtbot: QtBot, opened: Window, work: Workspace) -> PeopleTab:
    """The tab with the made-up family in it."""
    fill(session_of(opened), work.interview)
    work.reload()
    tab(qtbot, opened, "People")
    settle(qtbot)
    qtbot.waitUntil(lambda: len(work.people.family.canvas.picture.boxes) == 7, timeout=LONG)
    # In a narrow window one part stands behind the other.
    work.people.panes.go("panel")
    return work.people


def session_of(opened: Window) -> Session:
    session = opened.desk.session
    assert session is not None
    return session


def texts(over: PeopleTab) -> str:
    """All that can be read in the panel and in the list."""
    shown = [each.text() for each in over.panel.findChildren(QLabel) if each.isVisible()]
    rows = [f"{row.title} {row.line}" for row in over.list.rows.rows]
    return "\n".join([*shown, *rows])


def choose(box: QComboBox, word: str) -> None:
    """Choose an entry by its word, as keys do."""
    box.setFocus()
    box.setCurrentIndex(box.findText(word))
    box.activated.emit(box.currentIndex())


def test_the_list_has_the_parted_children_right_after_the_teller(
    qtbot: QtBot, opened: Window, work: Workspace
) -> None:
    shown = filled(qtbot, opened, work)
    assert [row.title.split(" ")[0] for row in shown.list.rows.rows][:4] == ["P1", "P4", "P5", "P2"]
    assert shown._parted.text == "2 children parted" and reads(shown, "Family of P1")
    assert "7 names are shut" in shown._told.text()
    assert shown.list.rows.rows[1].line.startswith("parted, ")


def test_keys_walk_the_picture_and_say_who_is_there(qtbot: QtBot, opened: Window, work: Workspace) -> None:
    shown = filled(qtbot, opened, work)
    canvas = shown.family.canvas
    shown.panes.go("picture")
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.accessibleDescription().startswith("P1, told the account")
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert "parted" in canvas.accessibleDescription() and canvas.accessibleName() == "Family of P1"
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.accessibleDescription().startswith("P9")
    assert shown.list.chosen_id == canvas.here and "mother of P2" in texts(shown)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    zoom = canvas.zoom
    shown.family.larger()
    assert canvas.zoom > zoom
    shown.family.smaller()
    shown.family.fit()
    box = canvas.picture.boxes[-1]
    spot = canvas.place().center()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot)
    shown.list.choose(box.member.key, tell=True)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.place().center())
    assert canvas.here == box.member.key
    assert not canvas.choose("nobody") and canvas.accessibleDescription() == ""


def test_names_are_nowhere_until_they_are_opened_and_gone_when_they_are_shut(
    qtbot: QtBot, opened: Window, work: Workspace
) -> None:
    shown = filled(qtbot, opened, work)
    shown.list.choose(next(row.id for row in shown.list.rows.rows if row.title.startswith("P4")), tell=True)
    assert not any(planted in texts(shown) for planted in PLANTED)
    assert "kept with the names" in texts(shown)
    press(qtbot, shown, "Open the names…")
    qtbot.waitUntil(lambda: "한봄" in texts(shown), timeout=LONG)
    assert all(planted in texts(shown) for planted in PLANTED)
    press(qtbot, shown, "Write down names…")
    page = shown.names_page
    assert page is not None and "한봄" in page.names.text()
    QTest.keyClicks(line(page, "Father’s name"), "Old Han")
    qtbot.waitUntil(lambda: not page.form.keeper.pending, timeout=LONG)
    with session_of(opened).store.read() as reader:
        held = identities.of(session_of(opened), reader, work.interview)["P4"]
    assert held.draft and held.opening.father == "Old Han" and held.opening.marks
    press(qtbot, page, "Save")
    qtbot.waitUntil(lambda: "Old Han" in texts(shown), timeout=LONG)
    assert not names.read(session_of(opened), work.interview).held["P4"].draft
    press(qtbot, shown, "Shut the names")
    qtbot.waitUntil(lambda: "한봄" not in texts(shown), timeout=LONG)
    assert not any(planted in texts(shown) for planted in (*PLANTED, "Old Han"))
    assert page.names.text() == ""


def test_a_person_is_added_kept_while_typed_saved_and_undone(
    qtbot: QtBot, opened: Window, work: Workspace
) -> None:
    tab(qtbot, opened, "People")
    settle(qtbot)
    shown = work.people
    press(qtbot, shown, "Add a person")
    page = shown.person_page
    assert page is not None and page.code.text() == "P1"
    QTest.keyClicks(line(page, "Spoken of as"), "elder sister")
    QTest.keyClicks(line(page, "Born"), "14 March 1979")
    qtbot.waitUntil(lambda: not page.form.keeper.pending, timeout=LONG)
    session = session_of(opened)
    with session.store.read() as reader:
        draft = shown_draft(session, work.interview)
        # The exact day is a part of who she is: it lies sealed, and the draft has the year.
        assert draft.born == Told(edtf="1979") and draft.described == "elder sister"
        assert identities.of(session, reader, work.interview)["P1"].opening.born.edtf == "1979-03-14"
    assert reads(page, "An exact day is kept with the names. Here stands 1979.")
    assert shown.place() == "people:edit" and work.unsaved
    page.code.clear()
    press(qtbot, page, "Save")
    assert "Give this person a code" in page.banner.text
    QTest.keyClicks(page.code, "P1")
    press(qtbot, page, "Save")
    qtbot.waitUntil(lambda: not page.isVisible() and shown.list.rows.rowCount() == 1, timeout=LONG)
    coding = coded.load(session, work.interview)
    assert [body for _, body in coding.bodies(Person)] == [
        Person(code="P1", described="elder sister", born=Told(edtf="1979"))
    ]
    press(qtbot, opened, "Undo")
    qtbot.waitUntil(lambda: shown.list.rows.rowCount() == 0, timeout=LONG)


def test_a_wheel_over_a_form_changes_no_answer_and_ctrl_enter_saves_it(
    qtbot: QtBot, opened: Window, work: Workspace
) -> None:
    tab(qtbot, opened, "People")
    settle(qtbot)
    shown = work.people
    press(qtbot, shown, "Add a person")
    page = shown.person_page
    assert page is not None
    page.described.setFocus()
    boxes = page.findChildren(QComboBox)
    before = [box.currentIndex() for box in boxes]
    assert len(boxes) > 4
    for box in boxes:
        middle = QPointF(box.rect().center())
        down = QWheelEvent(
            middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, down)
    assert [box.currentIndex() for box in boxes] == before
    QTest.keyClicks(page.described, "the cook")
    QTest.keyClick(page.described, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.isVisible() and shown.list.rows.rowCount() == 1, timeout=LONG)
    assert "1 name is shut. The code stands for it everywhere" in shown._told.text()


def shown_draft(session: Session, interview: RootId) -> Person:
    import msgspec

    from cairn.app.kernel import record_drafts

    with session.store.read() as reader:
        found = record_drafts.read(reader, interview, "person")
    assert found is not None
    return msgspec.json.decode(bytes(found.draft.body), type=Person)


def test_what_is_typed_waits_when_the_form_is_left_and_can_be_given_up(
    qtbot: QtBot, opened: Window, work: Workspace
) -> None:
    tab(qtbot, opened, "People")
    settle(qtbot)
    shown = work.people
    press(qtbot, shown, "Add a person")
    page = shown.person_page
    assert page is not None
    QTest.keyClicks(line(page, "Spoken of as"), "the cook")
    press(qtbot, page, "Back to the picture")
    settle(qtbot)
    shown.go("edit")
    qtbot.waitUntil(page.isVisible, timeout=LONG)
    assert page.described.text() == "the cook"
    press(qtbot, page, "Leave as it was")
    qtbot.waitUntil(lambda: not page.isVisible(), timeout=LONG)
    settle(qtbot)
    assert not coded.load(session_of(opened), work.interview).typed


def test_a_relation_says_its_inverse_and_what_parted_them(
    qtbot: QtBot, opened: Window, work: Workspace
) -> None:
    shown = filled(qtbot, opened, work)
    chosen = next(each for each in shown.list.rows.rows if each.title.startswith("P8"))
    shown.list.choose(chosen.id, tell=True)
    press(qtbot, shown.panel, "Add a relation…")
    page = shown.relation_page
    assert page is not None
    press(qtbot, page, "Save")
    assert "Choose what they are" in page.banner.text
    choose(named(page, "Is what to her or him", QComboBox), "Son")
    assert reads(page, "P8 “Needle” is to P1: Son. P1 is to P8 “Needle”: Mother.")
    page.parted.click()
    QTest.keyClicks(line(page, "With whom"), "P4, P99")
    press(qtbot, page, "Save")
    assert "P99: nobody here has this code." in page.banner.text
    line(page, "With whom").setText("P4")
    press(qtbot, page, "Save")
    qtbot.waitUntil(lambda: not page.isVisible(), timeout=LONG)
    coding = coded.load(session_of(opened), work.interview)
    made = [body for _, body in coding.bodies(Relation) if body.type == "rel.son" and body.other == chosen.id]
    (p4,) = coding.by_code("person", "P4")
    assert [each.parted for each in made] == [Parted(with_people=[p4.record])]
    qtbot.waitUntil(lambda: shown._parted.text == "3 children parted", timeout=LONG)


def test_a_person_who_is_removed_comes_back_with_undo(qtbot: QtBot, opened: Window, work: Workspace) -> None:
    shown = filled(qtbot, opened, work)
    chosen = next(each for each in shown.list.rows.rows if each.title.startswith("P4"))
    shown.list.choose(chosen.id, tell=True)
    press(qtbot, shown.panel, "Remove this person")
    qtbot.waitUntil(lambda: shown._parted.text == "1 child parted", timeout=LONG)
    press(qtbot, opened, "Undo")
    qtbot.waitUntil(lambda: shown._parted.text == "2 children parted", timeout=LONG)


def test_faults_are_said_where_they_are(qtbot: QtBot, opened: Window, work: Workspace) -> None:
    shown = filled(qtbot, opened, work)
    session = session_of(opened)
    coding = coded.load(session, work.interview)
    (child,) = coding.by_code("person", "P4")
    coded.save(session, work.interview, Person(code="P4", born=Told(edtf="1960")), record=child.record)
    work.reload()
    settle(qtbot)
    shown.list.choose(child.record, tell=True)
    qtbot.waitUntil(lambda: "P4 can't be a child of P1" in texts(shown), timeout=LONG)


def test_history_shows_codes_and_labels(qtbot: QtBot, opened: Window, work: Workspace) -> None:
    filled(qtbot, opened, work)
    tab(qtbot, opened, "History")
    settle(qtbot)
    rows = work.history.list.rows.rows
    wanted = next(row for row in rows if row.title.startswith("Relation"))
    work.history.list.choose(wanted.id, tell=True)
    qtbot.waitUntil(lambda: "P2" in work.history._text.toPlainText(), timeout=LONG)
    assert "rel." not in work.history._text.toPlainText()
    assert stored(opened).id == work.interview


def test_a_tracing_sheet_shows_word_for_word_what_would_stand_on_it(
    qtbot: QtBot, opened: Window, work: Workspace
) -> None:
    shown = filled(qtbot, opened, work)
    chosen = next(each for each in shown.list.rows.rows if each.title.startswith("P4"))
    shown.list.choose(chosen.id, tell=True)
    press(qtbot, shown.panel, "Make a tracing sheet…")
    qtbot.waitUntil(
        lambda: reads(opened, "Consent does not allow anything to leave for tracing:"), timeout=LONG
    )
    press(qtbot, opened, "Cancel")
    session = session_of(opened)
    consent.set_consent(session, work.interview, agreed(Part.PERSON_FACTS))
    press(qtbot, shown.panel, "Make a tracing sheet…")
    qtbot.waitUntil(lambda: reads(opened, "What consent keeps back is not on it:"), timeout=LONG)
    assert reads(opened, "spring 2001") and not reads(opened, "한봄")
    found = tracing.preview(session, work.interview, shown.member(chosen.id).apart[0].relation, "en")  # type: ignore[union-attr]
    made = as_pdf(partial(fill_page, "Tracing sheet", found))
    assert made.startswith(b"%PDF-")
    press(qtbot, opened, "Cancel")
