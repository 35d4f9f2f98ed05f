"""The gravest fault: words of one interview in another, or words that are overwritten or lost."""

from __future__ import annotations

import random

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QTextEdit
from pytestqt.qtbot import QtBot

from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.model.kinds.interview import Interview
from cairn.qt.shell.window import Window
from cairn.storage import revisions
from qt.desk import LONG, press, settle
from qt.hand import (
    click_row,
    draft_of,
    keys,
    line,
    new,
    screen,
    sheet,
    slow_vault,
    stored,
    text,
    workspace,
    write,
)
from qt.test_interviews import menu_item


def session(window: Window) -> Session:
    assert window.desk is not None
    return window.desk.session


def three(qtbot: QtBot, window: Window) -> dict[str, str]:
    """Three interviews, each with a word of its own in the account."""
    found = {}
    for title, word in (("A", "apple "), ("B", "birch "), ("C", "cedar ")):
        found[title] = new(qtbot, window, title, word).interview
    return found


def test_words_typed_while_another_one_opens_stay_where_they_were_typed(qtbot: QtBot, opened: Window) -> None:
    ids = three(qtbot, opened)
    account = text(workspace(opened), "Account")
    with slow_vault(opened):
        click_row(qtbot, screen(opened).list, "A")
        account.setFocus()
        QTest.keyClicks(account, "typed late")
        assert account.toPlainText() == "cedar typed late"
    settle(qtbot)
    assert workspace(opened).interview == ids["A"]
    assert text(workspace(opened), "Account").toPlainText() == "apple "
    assert draft_of(opened, ids["C"]) == "cedar typed late"
    assert draft_of(opened, ids["A"]) == "apple " and draft_of(opened, ids["B"]) == "birch "


def test_only_the_one_clicked_last_opens(qtbot: QtBot, opened: Window) -> None:
    ids = three(qtbot, opened)
    shown = []
    with slow_vault(opened):
        for title in ("A", "B", "C", "A", "B"):
            click_row(qtbot, screen(opened).list, title)
        stack = workspace(opened).parentWidget()
        assert isinstance(stack, QStackedWidget)
        stack.currentChanged.connect(
            lambda at: shown.append(getattr(stack.widget(at), "interview", ids["B"]))
        )
    settle(qtbot)
    assert workspace(opened).interview == ids["B"] and set(shown) == {ids["B"]}
    assert screen(opened).list.chosen_id == ids["B"]


def test_back_to_the_first_before_the_second_has_opened(qtbot: QtBot, opened: Window) -> None:
    ids = three(qtbot, opened)
    account = text(workspace(opened), "Account")
    with slow_vault(opened):
        click_row(qtbot, screen(opened).list, "A")
        click_row(qtbot, screen(opened).list, "C")
        account.setFocus()
        QTest.keyClicks(account, "still here")
    settle(qtbot)
    assert text(workspace(opened), "Account").toPlainText() == "cedar still here"
    qtbot.waitUntil(lambda: draft_of(opened, ids["C"]) == "cedar still here", timeout=LONG)


@pytest.mark.parametrize("seed", range(4))
def test_haste_mixes_nothing(qtbot: QtBot, opened: Window, seed: int) -> None:
    """Clicks, typing, versions and slow moments in any order: each word stays where it was typed."""
    chance = random.Random(seed)
    ids = three(qtbot, opened)
    typed = {ids["A"]: "apple ", ids["B"]: "birch ", ids["C"]: "cedar "}

    def step(number: int) -> None:
        act = chance.choice(("click", "click", "type", "type", "type", "save", "wait", "away"))
        if act == "click":
            click_row(qtbot, screen(opened).list, chance.choice("ABC"))
        elif act == "type" and screen(opened).workspace is not None:
            shown = workspace(opened)
            account = shown.account.account
            keys_at_end(account)
            QTest.keyClicks(account, f"w{number} ")
            typed[shown.interview] += f"w{number} "
        elif act == "save":
            keys(qtbot, Qt.Key.Key_S, ctrl=True)
        elif act == "away":
            keys(qtbot, Qt.Key.Key_1, ctrl=True)
        else:
            qtbot.wait(chance.choice((0, 5, 120)))

    for number in range(24):
        if chance.random() < 0.3:
            with slow_vault(opened):
                step(number * 10)
                step(number * 10 + 1)
                step(number * 10 + 2)
        else:
            step(number * 10)
    screen(opened).leave()
    settle(qtbot)
    for interview, words in typed.items():
        view = stored(opened, interview)
        body = interviews.read_draft(view.draft) if view.draft is not None else view.body
        assert body.account == words
        assert not view.conflicts, "nobody but this person wrote"


def keys_at_end(account: QTextEdit) -> None:
    account.setFocus()
    account.moveCursor(QTextCursor.MoveOperation.End)


def test_a_reload_never_overwrites_what_is_typed(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "One.")
    press(qtbot, made, "Save version")
    settle(qtbot)
    account = text(made, "Account")
    keys_at_end(account)
    QTest.keyClicks(account, " Two.")
    with slow_vault(opened):
        made.reload()
        QTest.keyClicks(account, " Three.")
        made.reload()
        QTest.keyClicks(account, " Four.")
    settle(qtbot)
    assert account.toPlainText() == "One. Two. Three. Four."
    qtbot.waitUntil(lambda: draft_of(opened) == "One. Two. Three. Four.", timeout=LONG)


def test_a_reload_leaves_an_open_note_and_consent_alone(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "One.")
    write(qtbot, text(made, "A note"), "half a note")
    made.tabs.open("consent")
    write(qtbot, text(made, "How it was given"), "on the second day")
    made.reload()
    settle(qtbot)
    assert text(made, "How it was given").toPlainText() == "on the second day"
    made.tabs.open("account")
    assert text(made, "A note").toPlainText() == "half a note"


def test_typing_on_while_a_version_is_saved(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "One.")
    account = text(made, "Account")
    for word in (" Two.", " Three."):
        with slow_vault(opened):
            keys(qtbot, Qt.Key.Key_S, ctrl=True)
            keys_at_end(account)
            QTest.keyClicks(account, word)
        settle(qtbot)
    keys(qtbot, Qt.Key.Key_S, ctrl=True)
    settle(qtbot)
    view = stored(opened)
    assert view.body.account == "One. Two. Three." and not view.conflicts
    assert len(interviews.history(session(opened), made.interview)) == 3


def test_a_version_from_elsewhere_is_not_overwritten(qtbot: QtBot, opened: Window) -> None:
    """While somebody types, a newer version comes in: what they save stands beside it."""
    made = new(qtbot, opened, "W-1", "One.")
    press(qtbot, made, "Save version")
    settle(qtbot)
    account = text(made, "Account")
    keys_at_end(account)
    QTest.keyClicks(account, " Mine.")
    body = msgspec.structs.replace(stored(opened).body, account="One. Theirs.")
    interviews.save_version(session(opened), made.interview, body)
    made.reload()
    settle(qtbot)
    assert account.toPlainText() == "One. Mine."
    press(qtbot, made, "Save version")
    settle(qtbot)
    (conflict,) = stored(opened).conflicts
    assert len(conflict.versions) == 2
    with session(opened).store.read() as reader:
        data = [revisions.get(reader, one.sha).data.decode() for one in conflict.versions]
    assert any("One. Mine." in one for one in data) and any("One. Theirs." in one for one in data)


def test_nothing_typed_while_it_is_erased_brings_it_back(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "Gone soon.")
    account = text(made, "Account")
    menu_item(made, "Erase this interview…")
    write(qtbot, reason_line(opened), "asked for it")
    with slow_vault(opened):
        press(qtbot, sheet(opened), "Erase this interview")
        QTest.keyClicks(account, "late words")
        made.flush()
    settle(qtbot)
    assert interviews.count(session(opened)) == 0 and screen(opened).workspace is None


def reason_line(window: Window) -> QLineEdit:
    return line(sheet(window), "Reason")


def test_summary_and_account_have_each_their_own_undo_after_a_lock(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1")
    write(qtbot, text(made, "Summary"), "Words of the summary only. ")
    write(qtbot, text(made, "Account"), "Words of the account only. And more of it. ")
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    draft = stored(opened).draft
    assert draft is not None and draft.field == "account"
    assert all("summary" not in step for step in draft.undo) and draft.undo


def test_other_interviews_are_never_touched(qtbot: QtBot, opened: Window) -> None:
    ids = three(qtbot, opened)
    before = {i: stored(opened, i) for i in ids.values()}
    for title in "ABCBA":
        click_row(qtbot, screen(opened).list, title)
        settle(qtbot)
    keys(qtbot, Qt.Key.Key_2, ctrl=True)
    keys(qtbot, Qt.Key.Key_1, ctrl=True)
    settle(qtbot)
    assert {i: stored(opened, i).body for i in ids.values()} == {i: v.body for i, v in before.items()}
    assert [stored(opened, i).draft for i in ids.values()] == [v.draft for v in before.values()], (
        "looking at an interview changes nothing"
    )
    assert Interview() == stored(opened, ids["A"]).body
