"""For people who don't use a mouse or don't see the screen: names, the way by Tab, where the focus is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from qt.desk import press, settle
from qt.hand import click_row, named, new, screen, sheet, tab, text, type_words, workspace

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


def out_of_order(way: list[QWidget]) -> list[str]:
    """Pairs that Tab reaches in another order than they are read: side by side from the beginning of the line, else
    from above. What is neither beside nor below the other may come either way, as two columns do."""
    mirrored = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    wrong = []
    for number, before in enumerate(way):
        for after in way[number + 1 :]:
            one, other = branches(before, after)
            if one is None or other is None:
                continue
            a, b = one.geometry(), other.geometry()
            across = min(a.right(), b.right()) - max(a.left(), b.left())
            down = min(a.bottom(), b.bottom()) - max(a.top(), b.top())
            if 2 * down > min(a.height(), b.height()):
                bad = a.right() < b.right() - 2 if mirrored else a.left() > b.left() + 2
            else:
                bad = across > 0 and a.top() > b.top()
            if bad:
                wrong.append(f"{said(before)!r} before {said(after)!r}")
    return wrong


def branches(one: QWidget, other: QWidget) -> tuple[QWidget | None, QWidget | None]:
    """The two parts of the smallest thing that holds both, in which they lie."""
    up: list[QWidget] = []
    here: QWidget | None = one
    while here is not None:
        up.append(here)
        here = here.parentWidget()
    below: QWidget | None = None
    here = other
    while here is not None and here not in up:
        below, here = here, here.parentWidget()
    if here is None or below is None or here is one:
        return None, None
    return up[up.index(here) - 1], below


def check_way(over: QWidget) -> None:
    now = QApplication.focusWidget()
    if now is not None:
        now.clearFocus()
    way = walk(over)
    wrong = out_of_order(way)
    assert not wrong, wrong
    missed = [f"{type(one).__name__} “{said(one)}”" for one in controls(over) if one not in way]
    assert not missed, [said(one) for one in way]


@pytest.mark.parametrize("place", PLACES)
def test_every_control_is_named_and_reached_by_tab(qtbot: QtBot, practised: Window, place: str) -> None:
    go(qtbot, practised, place)
    check_names(practised)
    check_way(practised)


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    """The window as for a language that is written from right to left."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.usefixtures("mirrored")
def test_the_way_is_the_same_from_right_to_left(qtbot: QtBot, practised: Window, place: str) -> None:
    go(qtbot, practised, place)
    check_way(practised)


def test_rows_that_came_later_are_reached_in_their_place(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1")
    for _ in range(2):
        press(qtbot, made, "Add a person")
        type_words(QApplication.focusWidget(), "K.")
    settle(qtbot)
    check_way(opened)
    first = made.account.people.names[0]
    first.setFocus()
    way = [QApplication.focusWidget()]
    while QApplication.focusWidget() is not made.account.summary:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        way.append(QApplication.focusWidget())
        assert len(way) < 20
    lines = [made.account.people.names.index(one) for one in way if one in made.account.people.names]
    assert lines == [0, 1] and said(way[-2]) == "Add a person"
    while QApplication.focusWidget() is not first:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        way.append(QApplication.focusWidget())
        assert len(way) < 40
    assert way[len(way) // 2 :] == way[len(way) // 2 :: -1], "the way back is the same"


def test_a_message_that_came_later_too(qtbot: QtBot, practised: Window) -> None:
    go(qtbot, practised, "Account")
    assert practised.desk is not None
    practised.desk.say("Something.", action="Do it", clicked=lambda: None)
    settle(qtbot)
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
