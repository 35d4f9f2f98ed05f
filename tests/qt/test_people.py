"""People present: whose names are protected, where they are kept, and what the lock beside them does."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton
from pytestqt.qtbot import QtBot

from cairn.app.interviews import interviews, search
from cairn.app.kernel import identities
from cairn.model.kinds.interview import Interview, Person
from cairn.qt.screens.interviews.people import PeopleEditor
from cairn.qt.screens.interviews.workspace import Workspace
from cairn.qt.shell.window import Window
from qt.desk import LONG, press, reads, settle
from qt.hand import line, new, stored, tab

NAME = "Name or code of a person present"


@pytest.fixture
def editor(qtbot: QtBot, opened: Window) -> PeopleEditor:
    made = PeopleEditor()
    qtbot.addWidget(made)
    made.show()
    return made


def kept(opened: Window, made: Workspace) -> tuple[list[Person], dict[str, str]]:
    """What the vault has of the people: the interview's own draft or version, and the protected names."""
    view = stored(opened)
    body = interviews.read_draft(view.draft) if view.draft is not None else view.body
    return body.people, dict(view.names)


def lock_of(made: Workspace, number: int = 0) -> QToolButton:
    button = made.account.people.protect(number)
    assert isinstance(button, QToolButton)
    return button


def test_who_told_is_protected_from_the_first_letter(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1")
    press(qtbot, made, "Add a person")
    QTest.keyClicks(line(made, NAME), "Kim")
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    assert kept(opened, made) == ([Person(role="told", code="P1", protected=True)], {"P1": "Kim"})
    assert reads(made, "P1") and "protected" in lock_of(made).toolTip()
    press(qtbot, made, "Save version")
    settle(qtbot)
    assert stored(opened).draft is None and kept(opened, made)[1] == {"P1": "Kim"}
    assert line(made, NAME).text() == "Kim"
    # Another keystroke elsewhere, another name: both reach the vault, each its own place.
    QTest.keyClicks(line(made, NAME), " Y.")
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    assert kept(opened, made)[1] == {"P1": "Kim Y."}
    assert made.form.dirty
    press(qtbot, made, "Save version")
    settle(qtbot)
    assert not made.form.dirty and line(made, NAME).text() == "Kim Y."
    session = opened.desk.session
    assert session is not None and search.search(session, "kim y")[0].kind == "identity"
    tab(qtbot, opened, "History")
    assert not reads(made.history, "Kim Y.")


def test_the_lock_lets_a_name_in_and_takes_it_out(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1")
    press(qtbot, made, "Add a person")
    QTest.keyClicks(line(made, NAME), "W-031")
    lock_of(made).click()
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    assert kept(opened, made)[0] == [Person("W-031", "told", "P1")]
    assert not reads(made, "P1")
    lock_of(made).click()
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    assert kept(opened, made) == ([Person(role="told", code="P1", protected=True)], {"P1": "W-031"})


def test_closed_names_show_their_code_and_stay(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1")
    press(qtbot, made, "Add a person")
    QTest.keyClicks(line(made, NAME), "Kim")
    press(qtbot, made, "Save version")
    settle(qtbot)
    session = opened.desk.session
    assert session is not None
    session.identity.close()
    made.reload()
    settle(qtbot)
    name = line(made, NAME)
    assert name.text() == "" and name.isReadOnly() and name.placeholderText() == "Names are closed"
    assert reads(made, "P1") and not lock_of(made).isEnabled()
    QTest.keyClicks(line(made, "Place"), "Onsong")
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    press(qtbot, made, "Save version")
    settle(qtbot)
    identities.open_compartment(session)
    made.reload()
    settle(qtbot)
    assert line(made, NAME).text() == "Kim" and lock_of(made).isEnabled()
    assert stored(opened).body.people == [Person(role="told", code="P1", protected=True)]
    assert stored(opened).body.place == "Onsong"


def test_the_role_decides_until_somebody_does(qtbot: QtBot, editor: PeopleEditor) -> None:
    editor.box(1)
    roles = editor.findChildren(QComboBox)
    locks = [editor.protect(number) for number in (0, 1)]
    assert [lock.isChecked() for lock in locks if isinstance(lock, QToolButton)] == [True, False]

    def choose(role: str) -> bool:
        roles[1].setCurrentIndex(roles[1].findData(role))
        roles[1].activated.emit(roles[1].currentIndex())
        lock = locks[1]
        assert isinstance(lock, QToolButton)
        return lock.isChecked()

    assert choose("guardian") and choose("companion") and not choose("observer")
    second = locks[1]
    assert isinstance(second, QToolButton)
    second.click()
    assert choose("interviewer") and choose("observer")


def test_a_syllable_of_a_protected_name_is_in_no_other_draft(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1")
    press(qtbot, made, "Add a person")
    name = line(made, NAME)
    QTest.keyClicks(name, "Kim ")
    QGuiApplication.sendEvent(name, QInputMethodEvent("여", []))
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    draft = stored(opened).draft
    assert draft is not None
    assert (draft.composing, draft.field, draft.cursor) == ("", "people.0", 5)
    assert kept(opened, made)[1] == {"P1": "Kim 여"}
    QGuiApplication.sendEvent(name, QInputMethodEvent("", []))


def test_those_without_protection_keep_the_code_that_they_have(editor: PeopleEditor) -> None:
    people = [Person("K.", "told"), Person("L.", "observer", "P7"), Person(role="", code="X", protected=True)]
    editor.set_names({"X": "Pak"}, open_=True)
    editor.load(people)
    assert editor.value() == [people[0], people[1], Person(role="told", code="X", protected=True)]
    assert [box.text() for box in editor.names] == ["K.", "L.", "Pak"]
    assert editor.protected_names() == {"X": "Pak"}
    editor.box(3).setText("New")
    assert editor.value()[3].code == "P2" and not editor.value()[3].protected
    editor.tell(["A name can't be read."])
    assert reads(editor, "A name can't be read.")
    editor.tell([])
    assert not reads(editor, "A name can't be read.")


def test_an_interview_body_with_a_protected_name_is_malformed() -> None:
    with pytest.raises(ValueError, match="protected"):
        Person("Kim", "told", "P1", protected=True)
    with pytest.raises(ValueError, match="protected"):
        Person(role="told", protected=True)
    assert Interview(people=[Person(code="P1", protected=True)]).people[0].shown == "P1"
