"""Terms and places are found and chosen by keyboard alone; nothing is chosen that nobody chose, and nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cairn.model.ids import RecordId
from cairn.model.places.gazetteer import Gazetteer
from cairn.model.places.told import PlaceTold
from cairn.model.terms import Said, local_id
from cairn.qt.base import messages
from cairn.qt.widgets import Field, column
from cairn.qt.widgets.place_picker import PlacePicker
from cairn.qt.widgets.term_picker import TermPicker
from cairn.vocab import places
from cairn.vocab.term import Term
from cairn.vocab.terms import Terms
from qt.desk import press
from qt.hand import compose, write

MINE = Term(
    id=local_id(RecordId("6f1c3b2e-0000-8000-8000-00000000000a")),
    labels=Said(en="Made to stand", ko="세워 둠"),
    parent="vio.integrity",
    vocabulary="violations",
    origin="local",
)
TERMS = Terms([MINE])
PLACES = Gazetteer(places.shipped()[0])


@pytest.fixture
def korean() -> Iterator[None]:
    before = messages.language()
    messages.set_language("ko")
    yield
    messages.set_language(before)


def shown(qtbot: QtBot, picker: QWidget, name: str) -> None:
    page = QWidget()
    page.setLayout(column(Field(name, picker), QLineEdit("elsewhere"), None))
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    picker.setFocus()
    picker._page = page  # type: ignore[attr-defined]


def said(picker: QWidget) -> str:
    return "\n".join(each.text() for each in picker.findChildren(QLabel) if each.isVisible())


def key(picker: TermPicker | PlacePicker, *keys: Qt.Key) -> None:
    for each in keys:
        QTest.keyClick(picker.line, each)


@pytest.fixture
def what(qtbot: QtBot) -> TermPicker:
    picker = TermPicker(lambda: TERMS, ["violations"])
    shown(qtbot, picker, "What")
    return picker


@pytest.fixture
def where(qtbot: QtBot) -> PlacePicker:
    picker = PlacePicker(lambda: PLACES)
    shown(qtbot, picker, "Where")
    return picker


def test_a_term_is_typed_explained_and_taken_by_enter(qtbot: QtBot, what: TermPicker) -> None:
    told: list[str] = []
    what.edited.connect(lambda: told.append(what.term))
    write(qtbot, what.line, "아이")
    assert what.is_open and what.term == ""
    for word in ("Forced separation of parent and child", "부모와 아이의 강제 분리", "Needs review", "What it is",
                 "What is in", "What is out", "Example", "How to count"):  # fmt: skip
        assert word in said(what) and word in what.line.accessibleDescription()
    key(what, Qt.Key.Key_Down)
    assert "Forced abortion" in what.line.accessibleDescription()
    key(what, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert what.term == "vio.family.separation" and told == ["vio.family.separation"]
    assert what.line.text() == "Forced separation of parent and child" and not what.is_open
    assert "needs review" in said(what)


def test_hangul_that_is_still_composed_is_searched_too(what: TermPicker) -> None:
    compose(what.line, "강제송")
    assert what.is_open and "Forced repatriation" in said(what)


def test_the_tree_is_walked_with_arrows(what: TermPicker) -> None:
    key(what, Qt.Key.Key_Down)
    assert what.line.accessibleDescription().startswith("Life")
    key(what, Qt.Key.Key_Down, Qt.Key.Key_Right)
    inside = what.line.accessibleDescription()
    assert "Liberty" in inside and not inside.startswith("Liberty")
    key(what, Qt.Key.Key_Left)
    assert what.line.accessibleDescription().startswith("Liberty")
    key(what, Qt.Key.Key_Return)
    assert what.term == "", "a branch is opened, not taken"
    key(what, Qt.Key.Key_Return)
    assert TERMS.path(what.term)[0].label() == "Liberty"
    key(what, Qt.Key.Key_Down)
    assert what.is_open, "what is chosen is where the list opens again"
    key(what, Qt.Key.Key_Escape)
    assert not what.is_open and what.term


def test_of_several_vocabularies_each_is_a_branch(qtbot: QtBot) -> None:
    picker = TermPicker(lambda: TERMS, ["basis", "reasons"])
    shown(qtbot, picker, "How known")
    key(picker, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert picker.term == "reason.leaving"
    key(picker, Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert picker.list.chosen_id == ":reasons"
    picker.line.selectAll()
    key(picker, Qt.Key.Key_Backspace)
    assert picker.term == ""


def test_own_terms_are_found_and_unknown_ones_stay(qtbot: QtBot, what: TermPicker) -> None:
    write(qtbot, what.line, "made to st")
    key(what, Qt.Key.Key_Return)
    assert what.term == MINE.id
    what.load("vio.of_a_newer_one")
    assert what.line.text() == "not known here (vio.of_a_newer_one)" and "kept as it is" in said(what)
    assert what.term == "vio.of_a_newer_one"
    key(what, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    assert what.term == "vio.of_a_newer_one"


def test_words_that_name_nothing_stay_and_are_said_to(qtbot: QtBot, what: TermPicker) -> None:
    what.load("vio.family.separation")
    what.line.selectAll()
    QTest.keyClicks(what.line, "somewhat else")
    assert what.term == "", "what stands there is not that term any more"
    assert "Nothing fits" in said(what)
    QTest.keyClick(what.line, Qt.Key.Key_Tab)
    assert what.line.text() == "somewhat else" and "No term is chosen" in said(what) and not what.is_open


@pytest.mark.usefixtures("korean")
def test_labels_follow_the_windows_language(qtbot: QtBot, what: TermPicker) -> None:
    write(qtbot, what.line, "repatri")
    key(what, Qt.Key.Key_Return)
    assert what.line.text() == "강제송환(강제북송)" and "Forced repatriation" in said(what)


@pytest.mark.parametrize(("name", "words"), [("what", "child"), ("where", "musan")])
def test_what_can_only_be_read_opens_nothing(
    name: str, words: str, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    picker: TermPicker | PlacePicker = request.getfixturevalue(name)
    picker.set_read_only(True)
    key(picker, Qt.Key.Key_Down)
    QTest.keyClicks(picker.line, words)
    assert not picker.is_open and picker.line.text() == ""
    picker.set_read_only(False)
    write(qtbot, picker.line, words)
    assert picker.is_open
    picker.set_read_only(True)
    assert not picker.is_open


def test_the_words_of_a_place_stay_beside_what_they_mean(qtbot: QtBot, where: PlacePicker) -> None:
    write(qtbot, where.line, "the house behind the station at Hoeryeong")
    assert where.told == PlaceTold("the house behind the station at Hoeryeong")
    assert "words alone are kept" in said(where) and "회령시" in where.line.accessibleDescription()
    key(where, Qt.Key.Key_Return)
    press(qtbot, where, "Near there")
    assert where.told == PlaceTold("the house behind the station at Hoeryeong", "kp.hoeryong", "near")
    assert "Understood as: near Hoeryong · North Hamgyong" in said(where)
    press(qtbot, where, "Another place is meant")
    assert where.told == PlaceTold("the house behind the station at Hoeryeong", "", "near")


def test_between_two_places_and_nobody_knows_where(qtbot: QtBot, where: PlacePicker) -> None:
    write(qtbot, where.line, "무산")
    key(where, Qt.Key.Key_Return)
    press(qtbot, where, "Between two")
    assert where.told == PlaceTold("무산", "kp.musan", "between")
    second = where._second
    write(qtbot, second.line, "회령")
    QTest.keyClick(second.line, Qt.Key.Key_Return)
    assert where.told == PlaceTold("무산", "kp.musan", "between", "kp.hoeryong")
    again = PlacePicker(lambda: PLACES, where.told)
    qtbot.addWidget(again)
    assert again.told == where.told
    press(qtbot, where, "Nobody knows where")
    assert where.told == PlaceTold("무산", "", "unknown") and "Nobody knows where it was" in said(where)
    key(where, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert where.told.relation == "at" and where.told.place == "kp.musan"


def test_initial_consonants_are_no_words_and_a_place_is_walked_to(qtbot: QtBot, where: PlacePicker) -> None:
    write(qtbot, where.line, "ㅎㅅㅅ")
    key(where, Qt.Key.Key_Return)
    assert where.told == PlaceTold("혜산시", "kp.hyesan")
    where.load(PlaceTold())
    key(where, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert where.told.place == "", "a province is opened first"
    key(where, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Escape)
    where.load(PlaceTold("x", "kp.of_a_newer_one"))
    assert "not known here (kp.of_a_newer_one)" in said(where)
    assert where.told == PlaceTold("x", "kp.of_a_newer_one")
    where.line.selectAll()
    key(where, Qt.Key.Key_Backspace)
    assert where.told == PlaceTold()


def test_a_click_takes_a_row(qtbot: QtBot, where: PlacePicker) -> None:
    write(qtbot, where.line, "Chongjin")
    row = where.list.visualRect(where.list.model().index(0, 0))
    QTest.mouseClick(where.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert where.told == PlaceTold("Chongjin", "kp.chongjin")
    assert any(each.text() == "There" and each.isChecked() for each in where.findChildren(QAbstractButton))
