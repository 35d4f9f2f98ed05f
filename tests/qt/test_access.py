"""For people who don't use a mouse or don't see the screen: names, the way by Tab, where the focus is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cairn.qt.base.theme import theme
from cairn.qt.shell.registry import SCREENS
from cairn.qt.shell.window import Window
from cairn.qt.widgets import Sheet
from qt.desk import settle
from qt.hand import click_row, named, new, screen, sheet, tab, text, workspace

TABS = ("Account", "Consent", "Files", "History")


def go(qtbot: QtBot, window: Window, place: str) -> None:
    """To a screen of the rail, or to a tab of an interview that has everything."""
    assert window.desk is not None
    if place in TABS:
        window.desk.open("interviews")
        settle(qtbot)
        rows = screen(window).list
        click_row(qtbot, rows, next(row.title for row in rows.rows.rows if ("conflict", "warn") in row.chips))
        settle(qtbot)
        tab(qtbot, window, place)
        if place == "Files" and workspace(window).files.list.rows.rows:
            workspace(window).files.list.choose(workspace(window).files.list.rows.rows[0].id, tell=True)
    else:
        window.desk.open(place)
    settle(qtbot)


PLACES = [*(entry.name for entry in SCREENS), *TABS]
GATES: dict[str, Callable[[Window], None]] = {
    "welcome": lambda w: w.show_unlock(None),
    "unlock": lambda w: w.show_unlock(Path("/vaults/Field 7")),
    "set-up": lambda w: w.show_setup(),
    "outside": lambda w: w.show_outside(),
    "restore": lambda w: w.show_restore(),
}


def controls(over: QWidget) -> list[QWidget]:
    """What Tab must reach."""
    return [
        child
        for child in over.findChildren(QWidget)
        if child.isVisible()
        and child.isEnabled()
        and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.focusProxy() is None
        and not isinstance(child.parentWidget(), QComboBox)
    ]


def said(widget: QWidget) -> str:
    """What a screen reader says of it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def check_names(over: QWidget) -> None:
    wrong = [f"{type(one).__name__} in {type(one.parentWidget()).__name__}" for one in controls(over)
             if not said(one).strip()]  # fmt: skip
    assert not wrong


def walk(window: QWidget) -> list[QWidget]:
    """Where Tab leads, once around."""
    found: list[QWidget] = []
    for _ in range(250):
        now = QApplication.focusWidget() or window
        QTest.keyClick(now, Qt.Key.Key_Tab)
        after = QApplication.focusWidget()
        assert after is not None
        if after in found:
            break
        found.append(after)
    return found


def check_way(over: QWidget) -> None:
    way = walk(over)
    missed = [f"{type(one).__name__} “{said(one)}”" for one in controls(over) if one not in way]
    assert not missed, [said(one) for one in way]


@pytest.mark.parametrize("place", PLACES)
def test_every_control_is_named_and_reached_by_tab(qtbot: QtBot, practised: Window, place: str) -> None:
    go(qtbot, practised, place)
    check_names(practised)
    check_way(practised)


@pytest.mark.parametrize("gate", GATES)
def test_before_the_vault_too(qtbot: QtBot, window: Window, gate: str) -> None:
    GATES[gate](window)
    settle(qtbot)
    check_names(window)
    check_way(window)


def test_the_steps_of_the_set_up(qtbot: QtBot, window: Window) -> None:
    window.show_setup()
    settle(qtbot)
    for title in ("Passphrase", "Your name or code"):
        qtbot.mouseClick(named(window, "Next", QAbstractButton), Qt.MouseButton.LeftButton)
        settle(qtbot)
        named(window, title, QLineEdit)
        check_names(window)
        check_way(window)
        for field in window.findChildren(QLineEdit):
            if field.isVisible():
                field.setText("correct horse battery staple comet")


@pytest.mark.parametrize("question", ["_ask_finalise", "_ask_erase", "_ask_discard"])
def test_a_question_holds_the_focus_and_gives_it_back(qtbot: QtBot, practised: Window, question: str) -> None:
    go(qtbot, practised, "Account")
    place = workspace(practised).account.account
    place.setFocus()
    getattr(workspace(practised), question)()
    settle(qtbot)
    asked = sheet(practised)
    check_names(asked)
    inside = walk(asked)
    assert all(asked.isAncestorOf(one) for one in inside)
    assert set(controls(asked)) <= set(inside)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle(qtbot)
    assert not [one for one in practised.findChildren(Sheet) if one.isVisible()]
    assert QApplication.focusWidget() is place


def test_a_question_that_needs_a_reason_is_answered_by_keys(qtbot: QtBot, practised: Window) -> None:
    go(qtbot, practised, "Account")
    before = len(screen(practised).list.rows.rows)
    workspace(practised)._ask_erase()
    settle(qtbot)
    QTest.keyClicks(QApplication.focusWidget(), "asked for it")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot)
    assert len(screen(practised).list.rows.rows) == before - 1


def has_accent(picture: QImage) -> int:
    """How many pixels have the colour of the focus."""
    accent = QColor(theme().tokens.accent)
    return sum(
        abs(c.red() - accent.red()) + abs(c.green() - accent.green()) + abs(c.blue() - accent.blue()) < 60
        for x in range(picture.width())
        for y in range(picture.height())
        for c in (picture.pixelColor(x, y),)
    )


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_focus_can_be_seen(qtbot: QtBot, qapp: QApplication, practised: Window, mode: str) -> None:
    theme().apply(qapp, mode=mode)
    go(qtbot, practised, "Account")
    made = workspace(practised)
    assert practised.desk is not None
    for one in (
        named(made, "Save version", QAbstractButton),
        named(made, "Code name", QLineEdit),
        made.account.account,
        practised.desk.rail.button("contacts"),
        made.tabs.findChildren(QAbstractButton)[0],
        named(made, "Add a person", QAbstractButton),
    ):
        one.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        QApplication.processEvents()
        around = one.rect().adjusted(-4, -4, 4, 4)
        around.moveTopLeft(one.mapTo(practised, QPoint(-4, -4)))
        seen = has_accent(practised.grab(around).toImage())
        one.clearFocus()
        QApplication.processEvents()
        without = has_accent(practised.grab(around).toImage())
        assert seen >= without + 20, (said(one), without, seen)


def test_the_cursor_stays_in_sight_however_long_the_account(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1")
    account = text(made, "Account")
    account.setFocus()
    for number in range(60):
        QTest.keyClicks(account, f"line {number}")
        QTest.keyClick(account, Qt.Key.Key_Return)
        QApplication.processEvents()
    QApplication.processEvents()

    def in_sight() -> bool:
        spot = account.viewport().mapTo(opened, account.cursorRect().center())
        clip = account.viewport().visibleRegion().translated(account.viewport().mapTo(opened, QPoint(0, 0)))
        return clip.contains(spot)

    qtbot.waitUntil(in_sight, timeout=3000)
    QTest.keyClick(account, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(in_sight, timeout=3000)
