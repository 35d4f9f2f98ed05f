"""The lock, at the window: it always locks, shows nothing afterwards, and gives the open edit back."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.errors import Cancelled, MachineError
from cairn.model.ports import Progress
from cairn.qt.base import tasks
from cairn.qt.shell import lock_keeper
from cairn.qt.shell.window import Window
from qt.desk import LONG, press, reads, settle
from qt.hand import (
    commit,
    compose,
    draft_of,
    keys,
    line,
    new,
    screen,
    sheet,
    stored,
    tab,
    text,
    workspace,
    write,
)

PLANTED = "Zq7planted"


def by_key(qtbot: QtBot, window: Window) -> None:
    keys(qtbot, Qt.Key.Key_L, ctrl=True)


def by_button(qtbot: QtBot, window: Window) -> None:
    assert window.desk is not None
    qtbot.mouseClick(window.desk.rail.lock, Qt.MouseButton.LeftButton)


def by_sleep(qtbot: QtBot, window: Window) -> None:
    window.keeper.on_sleep(True)


def by_screen(qtbot: QtBot, window: Window) -> None:
    window.keeper.on_screen_lock()


def by_idling(qtbot: QtBot, window: Window) -> None:
    now = lock_keeper.boot_seconds()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lock_keeper, "boot_seconds", lambda: now + 301)
        qtbot.waitUntil(lambda: window.desk is None, timeout=LONG)


WAYS = [by_key, by_button, by_sleep, by_screen, by_idling]


def unlock(qtbot: QtBot, window: Window, passphrase: str = PASSPHRASE) -> None:
    """As a person does."""
    settle(qtbot)
    field = line(window, "Passphrase")
    assert QApplication.focusWidget() is field, "ready to type"
    QTest.keyClicks(field, passphrase)
    keys(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=LONG)
    settle(qtbot)


@pytest.mark.parametrize("way", WAYS)
def test_the_open_edit_comes_back(qtbot: QtBot, opened: Window, way: Callable[[QtBot, Window], None]) -> None:
    made = new(qtbot, opened, "W-1", "They crossed at night.")
    account = text(made, "Account")
    for _ in range(6):
        keys(qtbot, Qt.Key.Key_Left)
    at = account.textCursor().position()
    QTest.keyClicks(account, "very ")
    way(qtbot, opened)
    assert opened.desk is None
    unlock(qtbot, opened)
    account = text(workspace(opened), "Account")
    assert account.toPlainText() == "They crossed at very night."
    assert account.textCursor().position() == at + 5
    assert QApplication.focusWidget() is account
    QTest.keyClicks(account, "dark ")
    assert account.toPlainText() == "They crossed at very dark night."


@pytest.mark.parametrize("name", ["Account", "Summary", "Code name", "Place"])
def test_a_syllable_that_is_being_composed_survives(qtbot: QtBot, opened: Window, name: str) -> None:
    made = new(qtbot, opened, "W-1")
    field = text(made, name) if name in ("Account", "Summary") else line(made, name)
    write(qtbot, field, "한")
    compose(field, "그")
    by_key(qtbot, opened)
    unlock(qtbot, opened)
    again = text(workspace(opened), name) if name in ("Account", "Summary") else line(workspace(opened), name)
    shown = again.text() if isinstance(again, QLineEdit) else again.toPlainText()
    assert shown.endswith("한그")
    assert QApplication.focusWidget() is again
    commit(again, "을")
    shown = again.text() if isinstance(again, QLineEdit) else again.toPlainText()
    assert shown.endswith("한그을")


def test_a_name_that_is_being_composed_survives(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1")
    press(qtbot, made, "Add a person")
    person = line(made, "Name or code of a person present")
    compose(person, "김")
    by_key(qtbot, opened)
    unlock(qtbot, opened)
    assert line(workspace(opened), "Name or code of a person present").text() == "김"


def test_a_word_typed_just_before_the_lock_is_there(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "One.")
    QTest.keyClicks(text(made, "Account"), " Last")
    qtbot.wait(50)
    QTest.keyClicks(text(made, "Account"), " word")
    by_key(qtbot, opened)
    unlock(qtbot, opened)
    assert text(workspace(opened), "Account").toPlainText() == "One. Last word"


def test_an_open_note_and_an_open_consent_survive(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "One.")
    write(qtbot, text(made, "A note"), "half a note")
    by_key(qtbot, opened)
    unlock(qtbot, opened)
    made = workspace(opened)
    assert text(made, "A note").toPlainText() == "half a note"
    press(qtbot, made, "Add note")
    settle(qtbot)
    assert [note.text for note in stored(opened).notes] == ["half a note"]
    assert stored(opened).note_draft is None
    tab(qtbot, opened, "Consent")
    press(qtbot, workspace(opened), "Share")
    write(qtbot, text(workspace(opened), "How it was given"), "She said ye")
    by_key(qtbot, opened)
    unlock(qtbot, opened)
    assert workspace(opened).tabs.key == "consent"
    assert text(workspace(opened), "How it was given").toPlainText() == "She said ye"
    assert not stored(opened).consent.set
    press(qtbot, workspace(opened), "Record this consent")
    settle(qtbot)
    assert stored(opened).consent.choice == "share" and stored(opened).consent_draft is None


def test_undo_goes_on_after_unlocking(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "The first sentence of it. ")
    QTest.keyClicks(text(made, "Account"), "A second sentence, regretted.")
    by_key(qtbot, opened)
    unlock(qtbot, opened)
    account = text(workspace(opened), "Account")
    for _ in range(12):
        keys(qtbot, Qt.Key.Key_Z, ctrl=True)
        if "regretted" not in account.toPlainText():
            break
    assert account.toPlainText().startswith("The first") and "regretted" not in account.toPlainText()
    qtbot.waitUntil(lambda: "regretted" not in draft_of(opened), timeout=LONG)


def test_opening_an_interview_alone_writes_nothing(qtbot: QtBot, opened: Window) -> None:
    new(qtbot, opened, "W-1", "The first sentence of it. And more.")
    before = stored(opened).draft
    by_key(qtbot, opened)
    unlock(qtbot, opened)
    assert stored(opened).draft == before and not workspace(opened).keeper.pending


def everything_shown(window: QWidget) -> str:
    """All text that any widget, window or attribute under the program's windows holds."""
    found: list[str] = []
    for top in QApplication.topLevelWidgets():
        for child in (top, *top.findChildren(QObject)):
            for name in ("text", "toPlainText", "title", "windowTitle", "accessibleName", "toolTip"):
                given = getattr(child, name, None)
                if callable(given):
                    try:
                        found.append(str(given()))
                    except TypeError:
                        continue
    seen: set[int] = set()

    def dig(value: object, depth: int) -> None:
        if id(value) in seen or depth > 4:
            return
        seen.add(id(value))
        if isinstance(value, str | bytes):
            found.append(str(value))
        elif isinstance(value, dict):
            for key, inner in value.items():
                dig(key, depth + 1)
                dig(inner, depth + 1)
        elif isinstance(value, list | tuple | set | frozenset):
            for inner in value:
                dig(inner, depth + 1)
        elif hasattr(value, "__dict__"):
            dig(vars(value), depth + 1)

    dig(window, 0)
    return "\n".join(found)


def test_nothing_is_left_to_see_after_the_lock(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, f"{PLANTED}title", f"{PLANTED} account")
    write(qtbot, text(made, "A note"), f"{PLANTED} note")
    press(qtbot, made, "Add note")
    settle(qtbot)
    QTest.keyClicks(screen(opened).pane.search, PLANTED)
    settle(qtbot)
    assert PLANTED in everything_shown(opened)
    by_key(qtbot, opened)
    settle(qtbot)
    gc.collect()
    assert PLANTED not in everything_shown(opened)
    assert opened.windowTitle() == "Cairn"


def test_a_question_and_a_file_dialog_go_with_the_lock(qtbot: QtBot, opened: Window) -> None:
    made = new(qtbot, opened, "W-1", "One.")
    made._ask_erase()
    write(qtbot, line(sheet(opened), "Reason"), f"{PLANTED} reason")
    by_key(qtbot, opened)
    settle(qtbot)
    assert PLANTED not in everything_shown(opened)
    unlock(qtbot, opened)
    tab(qtbot, opened, "Files")
    press(qtbot, workspace(opened), "Add files…")
    qtbot.waitUntil(lambda: bool(opened.findChildren(QFileDialog)), timeout=LONG)
    by_key(qtbot, opened)
    qtbot.waitUntil(lambda: opened.desk is None, timeout=LONG)
    settle(qtbot)
    qtbot.waitUntil(lambda: not opened.findChildren(QFileDialog), timeout=LONG)
    unlock(qtbot, opened)


def test_the_lock_stops_a_long_job(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    begun, ended = threading.Event(), threading.Event()
    outcome: list[str] = []

    def work(progress: Progress) -> None:
        try:
            while True:
                begun.set()
                progress(1, 2)
                ended.wait(0.005)
        except Cancelled:
            outcome.append("cancelled")
            raise
        finally:
            ended.set()

    assert opened.desk is not None
    tasks.run(opened, work, then=lambda _r: outcome.append("then"), lane="long")
    assert begun.wait(10)
    by_key(qtbot, opened)
    assert ended.wait(10)
    settle(qtbot)
    assert outcome == ["cancelled"]
    unlock(qtbot, opened)


def test_adding_a_file_is_cut_off_by_the_lock_and_leaves_nothing(
    qtbot: QtBot, opened: Window, vault: Path, tmp_path: Path
) -> None:
    made = new(qtbot, opened, "W-1", "One.")
    big = tmp_path / "big.bin"
    with big.open("wb") as file:
        file.truncate(400 * 1024 * 1024)
    made.files.add([big])
    media = vault / "media"
    qtbot.waitUntil(lambda: any(media.rglob("*.part")), timeout=LONG)
    by_key(qtbot, opened)
    unlock(qtbot, opened)
    assert not stored(opened).files and not [one for one in media.rglob("*") if one.is_file()]


def test_the_vault_is_closed_and_its_lock_file_released(qtbot: QtBot, opened: Window, vault: Path) -> None:
    new(qtbot, opened, "W-1", "One.")
    by_key(qtbot, opened)
    settle(qtbot)
    elsewhere = session.open_vault(vault, PASSPHRASE)
    assert interviews.count(elsewhere) == 1
    elsewhere.close()


def test_closing_the_window_keeps_the_last_words(qtbot: QtBot, opened: Window, vault: Path) -> None:
    made = new(qtbot, opened, "W-1", "One.")
    QTest.keyClicks(text(made, "Account"), " Last words")
    identity = made.interview
    opened.close()
    qtbot.waitUntil(lambda: opened.desk is None and not opened.isVisible(), timeout=LONG)
    settle(qtbot)
    elsewhere = session.open_vault(vault, PASSPHRASE)
    draft = interviews.load(elsewhere, identity).draft
    elsewhere.close()
    assert draft is not None and interviews.read_draft(draft).account == "One. Last words"


def test_locking_twice_is_locking_once(qtbot: QtBot, opened: Window) -> None:
    new(qtbot, opened, "W-1", "One.")
    opened.lock()
    opened.lock()
    by_sleep(qtbot, opened)
    unlock(qtbot, opened)
    assert draft_of(opened) == "One."


def test_words_that_could_not_be_kept_are_told(
    qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick was pulled, then the laptop sleeps: it locks all the same, and says what was lost."""
    made = new(qtbot, opened, "W-1", "One.")

    def gone(*_arguments: object, **_named: object) -> None:
        raise MachineError("machine.gone")

    monkeypatch.setattr(interviews, "save_draft", gone)
    QTest.keyClicks(text(made, "Account"), " Two")
    by_sleep(qtbot, opened)
    settle(qtbot)
    assert opened.desk is None
    assert reads(opened, "The words typed last could not be kept.")
    assert tasks.busy() == 0


def test_a_bug_while_keeping_is_told_and_tried_again(
    qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = new(qtbot, opened, "W-1", "One.")
    right, tries = interviews.save_draft, []

    def wrong(*arguments: Any, **named: Any) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ZeroDivisionError
        right(*arguments, **named)

    monkeypatch.setattr(interviews, "save_draft", wrong)
    monkeypatch.setattr(made.keeper, "RETRY_MS", 50)
    with qtbot.capture_exceptions() as caught:
        QTest.keyClicks(text(made, "Account"), " Two.")
        qtbot.waitUntil(lambda: draft_of(opened) == "One. Two.", timeout=LONG)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
    assert reads(opened, "Everything is saved")
