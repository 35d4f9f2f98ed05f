"""The library as a person uses it: real vaults, keys, and what can be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from cairn.app.kernel import terms
from cairn.app.kernel.session import Session
from cairn.model.kinds.term import LocalTerm
from cairn.model.terms import Said
from cairn.qt.base.theme import theme
from cairn.qt.screens.library.screen import LibraryScreen
from cairn.qt.widgets import Row
from cairn.qt.widgets.term_picker import TermPicker
from qt.desk import PlainDesk, cut_off, press, reads, sees, settle, show, unnamed
from qt.hand import line, named, text, write


def opened(qtbot: QtBot, s: Session, width: int = 1100, height: int = 760) -> tuple[LibraryScreen, PlainDesk]:
    desk = PlainDesk(s)
    screen = LibraryScreen(desk)
    show(qtbot, screen, width, height)
    screen.enter()
    settle(qtbot)
    return screen, desk


def rows(screen: LibraryScreen) -> list[str]:
    found: list[Row] = screen.list.rows.rows
    return [row.title.strip() for row in found]


def into(qtbot: QtBot, screen: LibraryScreen, name: str) -> None:
    screen.list.setFocus()
    assert screen.list.choose(name, tell=True)
    QTest.keyClick(screen.list, Qt.Key.Key_Return)
    settle(qtbot)


def test_vocabularies_are_opened_and_a_term_is_explained(qtbot: QtBot, field: Session) -> None:
    screen, _ = opened(qtbot, field)
    assert {"Violations", "Relations", "Basis of knowledge"} <= set(rows(screen))
    into(qtbot, screen, "violations")
    assert rows(screen)[:2] == ["Life", terms.of(field).children("violations", "vio.life")[0].label()]
    screen.list.choose("vio.family.separation", tell=True)
    settle(qtbot)
    for words in ("What it is", "What is in", "What is out", "Example", "How to count", "Needs review"):
        assert reads(screen, words), words
    sees(qtbot, screen, "Not used in this vault.")
    QTest.keyClick(screen.list, Qt.Key.Key_Escape)
    settle(qtbot)
    assert "Relations" in rows(screen) and screen.list.chosen_id == "violations"


def test_terms_are_searched_in_all_vocabularies_and_in_one(qtbot: QtBot, field: Session) -> None:
    screen, _ = opened(qtbot, field)
    write(qtbot, screen.search, "interpreter")
    assert rows(screen) and all(each not in rows(screen) for each in ("Violations", "Relations"))
    screen.search.clear()
    into(qtbot, screen, "violations")
    write(qtbot, screen.search, "ㄱㅈㅅㅎ")
    assert rows(screen)[0] == "Forced repatriation"
    screen.search.clear()
    write(qtbot, screen.search, "nothing like that")
    assert rows(screen) == [] and reads(screen, "No term fits these words.")


def test_a_term_is_retired_and_offered_again(qtbot: QtBot, field: Session) -> None:
    screen, _ = opened(qtbot, field)
    into(qtbot, screen, "roles")
    screen.list.choose("role.interpreter", tell=True)
    press(qtbot, screen, "Retire this term")
    settle(qtbot)
    assert reads(screen, "Retired: no longer offered, shown where it was used.")
    assert terms.of(field).get("role.interpreter").retired
    press(qtbot, screen, "Offer this term again")
    settle(qtbot)
    assert terms.of(field).get("role.interpreter").chosen


def fill(qtbot: QtBot, screen: LibraryScreen) -> None:
    write(qtbot, line(screen, "Label in English"), "Child kept from school")
    for name, words in (
        ("What it is", "A child is kept from school."),
        ("What is in", "Kept at home to work"),
        ("What is out", "No papers"),
        ("Example", "A girl herds goats."),
        ("What one act is", "One child"),
    ):
        write(qtbot, text(screen, name), words)
    near = screen.findChild(TermPicker)
    assert near is not None
    write(qtbot, near.line, "birth registration")
    QTest.keyClick(near.line, Qt.Key.Key_Return)
    for name, choice in (("Stands below", "Family and children"), ("How to count", ""), ("Sensitivity", "")):
        box = named(screen, name, QComboBox)
        place = box.findText(choice) if choice else 1
        box.setCurrentIndex(place)
        box.activated.emit(place)


def test_a_term_of_ones_own_is_written_refused_kept_and_saved(qtbot: QtBot, field: Session) -> None:
    screen, desk = opened(qtbot, field)
    into(qtbot, screen, "violations")
    press(qtbot, screen, "Add a term…")
    settle(qtbot)
    write(qtbot, line(screen, "Label in English"), "Child")
    press(qtbot, screen, "Save term")
    sees(qtbot, screen, "needs a definition")
    line(screen, "Label in English").clear()
    fill(qtbot, screen)
    # The vault is locked in the middle: what was typed waits.
    screen.leave()
    settle(qtbot)
    screen.hide()
    again, desk = opened(qtbot, field)
    assert line(again, "Label in English").text() == "Child kept from school"
    assert text(again, "Example").toPlainText() == "A girl herds goats."
    press(qtbot, again, "Save term")
    settle(qtbot)
    assert "saved" in desk.last
    (found,) = [each for each in terms.of(field).terms("violations") if each.origin == "local"]
    assert found.label() == "Child kept from school" and found.parent == "vio.family"
    assert found.out[0].see == "vio.family.registration" and found.sensitivity == "S1"
    assert again.list.chosen_id == found.id and terms.begun(field) is None


def test_what_was_begun_is_given_up(qtbot: QtBot, field: Session) -> None:
    screen, _ = opened(qtbot, field)
    into(qtbot, screen, "roles")
    press(qtbot, screen, "Add a term…")
    settle(qtbot)
    write(qtbot, line(screen, "Label in English"), "Driver")
    screen.leave()
    settle(qtbot)
    assert terms.begun(field) is not None
    press(qtbot, screen, "Give it up")
    settle(qtbot)
    assert terms.begun(field) is None
    assert not [each for each in terms.of(field).terms("roles") if each.origin == "local"]


@pytest.mark.parametrize(("width", "height", "scale"), [(1100, 760, 100), (860, 640, 100), (1000, 640, 200)])
def test_nothing_is_cut_off_and_everything_has_a_name(
    qtbot: QtBot, field: Session, width: int, height: int, scale: int
) -> None:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = theme().scale
    theme().apply(app, scale=scale)
    try:
        terms.add(field, LocalTerm(vocabulary="roles", label=Said(en="Driver")))
        screen, _ = opened(qtbot, field, width, height)
        assert cut_off(screen) == [] and unnamed(screen) == []
        into(qtbot, screen, "violations")
        screen.list.choose("vio.family.separation", tell=True)
        screen._enter_row("vio.family.separation")
        settle(qtbot)
        assert cut_off(screen) == [] and unnamed(screen) == []
        screen._close()
        press(qtbot, screen, "Add a term…")
        settle(qtbot)
        assert cut_off(screen) == [] and unnamed(screen) == []
    finally:
        theme().apply(app, scale=before)
