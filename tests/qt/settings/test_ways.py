"""Passphrases, recovery words, a key for an office, a new vault key: with real vaults that are opened again."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE, introduce, refused
from cairn import vault as vaults
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session, open_vault, open_with_words
from cairn.app.vault import custody, upkeep
from cairn.app.vault.recovery_words import unproved
from cairn.model.kinds.interview import Interview
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.screens.settings.screen import SettingsScreen
from cairn.qt.shell.window import Window
from cairn.qt.widgets import RowList, Sheet, WordsInput
from cairn.qt.widgets.recovery_words import RecoveryWords
from qt.desk import LONG, cut_off, find_button, press, reads, sees, settle, texts, unnamed
from qt.hand import click, line, named, sheet
from qt.settings.test_settings import settings

NEW = "seven quiet words for another winter morning"


def type_new(over: Sheet, passphrase: str) -> None:
    QTest.keyClicks(line(over, "Passphrase"), passphrase)
    QTest.keyClicks(line(over, "Type it once more"), passphrase)


def no_sheet(window: Window) -> bool:
    return not [each for each in window.findChildren(Sheet) if each.isVisible()]


def closed(qtbot: QtBot, window: Window) -> Path:
    """Lock; the folder."""
    assert window.desk is not None
    folder = window.desk.session.info.folder
    window.lock()
    settle(qtbot)
    return folder


def opens(folder: Path, passphrase: str) -> None:
    open_vault(folder, passphrase).close()


def shown_words(window: Window) -> list[str]:
    """The 24 words that can be read in the sheet."""
    form = sheet(window).findChild(RecoveryWords)
    assert form is not None
    return str(form._list.accessibleName()).split()


def type_back(qtbot: QtBot, window: Window, words: list[str]) -> None:
    """Type the three words that are asked for."""
    press(qtbot, sheet(window), "I have written them down")
    boxes = named_boxes(window)
    for place, box in boxes:
        QTest.keyClicks(box, words[place - 1])
    press(qtbot, sheet(window), "Check the words")
    settle(qtbot)


def named_boxes(window: Window) -> list[tuple[int, object]]:
    (form,) = [each for each in sheet(window).findChildren(WordsInput) if each.isVisible()]
    return [(int(box.accessibleName().split()[-1]), box) for box in form.boxes]


def test_the_passphrase_is_changed(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "passphrase")
    press(qtbot, screen, "Change the passphrase…")
    asked = sheet(opened)
    assert QApplication.focusWidget() is line(asked, "Passphrase now")
    go = find_button(asked, "Change the passphrase")
    assert not go.isEnabled()
    QTest.keyClicks(line(asked, "Passphrase now"), "not the passphrase")
    type_new(asked, NEW)
    press(qtbot, asked, "Change the passphrase")
    sees(qtbot, asked, "This passphrase does not open the vault.")
    settle(qtbot)
    now = line(asked, "Passphrase now")
    assert now.hasFocus() and now.selectedText() == "not the passphrase"
    QTest.keyClicks(now, PASSPHRASE)
    press(qtbot, asked, "Change the passphrase")
    assert not find_button(asked, "Cancel").isEnabled()
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert not no_sheet(opened), "what is under way is waited for"
    settle(qtbot)
    assert no_sheet(opened) and reads(opened, "The passphrase is changed.")
    assert custody.entries(opened.desk.session)[0].act == "passphrase.change"
    folder = closed(qtbot, opened)
    opens(folder, NEW)
    with refused("vault.wrong-passphrase"):
        open_vault(folder, PASSPHRASE)


def test_a_weak_passphrase_is_not_taken(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "passphrase")
    press(qtbot, screen, "Change the passphrase…")
    asked = sheet(opened)
    QTest.keyClicks(line(asked, "Passphrase now"), PASSPHRASE)
    type_new(asked, "winter")
    assert not find_button(asked, "Change the passphrase").isEnabled() and reads(asked, "Too easy to guess.")
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert no_sheet(opened)


def test_a_second_person_gets_a_passphrase_and_loses_it(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "ways")
    assert reads(screen, "Recovery words")
    press(qtbot, screen, "Add a passphrase…")
    asked = sheet(opened)
    QTest.keyClicks(line(asked, "Whose is it?"), "Interpreter")
    type_new(asked, NEW)
    press(qtbot, asked, "Add this passphrase")
    settle(qtbot)
    sees(qtbot, screen, "Passphrase “Interpreter”")
    assert {(slot.kind, slot.label) for slot in upkeep.slots(opened.desk.session)} == {
        ("passphrase", ""),
        ("passphrase", "Interpreter"),
        ("recovery", ""),
    }
    click(qtbot, screen, "Remove: Passphrase “Interpreter”")
    assert reads(sheet(opened), "A copy that was made earlier still can.")
    press(qtbot, sheet(opened), "Remove this way")
    settle(qtbot)
    assert not reads(screen, "Passphrase “Interpreter”")
    folder = closed(qtbot, opened)
    with refused("vault.wrong-passphrase"):
        open_vault(folder, NEW)
    opens(folder, PASSPHRASE)


def test_the_last_way_can_not_be_removed(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "ways")
    click(qtbot, screen, "Remove: Recovery words")
    assert reads(sheet(opened), "becomes worthless")
    press(qtbot, sheet(opened), "Remove this way")
    settle(qtbot)
    click(qtbot, screen, "Remove: Passphrase")
    press(qtbot, sheet(opened), "Remove this way")
    settle(qtbot)
    assert opened.desk is not None and "last way to open the vault" in opened.desk.banner.text
    opens(closed(qtbot, opened), PASSPHRASE)


def test_new_recovery_words_are_shown_and_typed_back(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "ways")
    press(qtbot, screen, "Make new words…")
    assert reads(sheet(opened), "opens this vault no more")
    press(qtbot, sheet(opened), "Make new words")
    settle(qtbot)
    words = shown_words(opened)
    assert len(words) == 24 and set(words) <= set(texts(opened))
    qtbot.keyClick(sheet(opened), Qt.Key.Key_Escape)
    assert not no_sheet(opened), "a key must not throw the words away"
    press(qtbot, sheet(opened), "I have written them down")
    for _place, box in named_boxes(opened):
        QTest.keyClicks(box, "zebra")
    press(qtbot, sheet(opened), "Check the words")
    assert reads(sheet(opened), "These are not the words.")
    press(qtbot, sheet(opened), "Show the words again")
    type_back(qtbot, opened, words)
    assert no_sheet(opened) and reads(opened, "The new recovery words hold.")
    assert not unproved(opened.desk.session) and not reads(
        screen, "Nobody has typed the recovery words of this vault back. If"
    )
    folder = closed(qtbot, opened)
    open_with_words(folder, words).close()


def test_words_that_were_not_typed_back_are_pointed_out(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "ways")
    press(qtbot, screen, "Make new words…")
    press(qtbot, sheet(opened), "Make new words")
    settle(qtbot)
    # The lock takes the words off the screen at once; the old ones are gone already.
    folder = opened.desk.session.info.folder
    words = shown_words(opened)
    opened.lock()
    assert no_sheet(opened)
    settle(qtbot)
    assert not set(words) & set(texts(opened))
    opened.enter(open_vault(folder, PASSPHRASE))
    settle(qtbot)
    screen = settings(qtbot, opened, "ways")
    sees(qtbot, screen, "Nobody has typed the recovery words of this vault back. If")
    press(qtbot, screen, "Make new words…")
    press(qtbot, sheet(opened), "Make new words")
    settle(qtbot)
    type_back(qtbot, opened, shown_words(opened))
    assert not reads(screen, "Nobody has typed the recovery words of this vault back. If")


def test_closing_without_typing_back_is_remembered(qtbot: QtBot, opened: Window) -> None:
    screen = settings(qtbot, opened, "ways")
    press(qtbot, screen, "Make new words…")
    press(qtbot, sheet(opened), "Make new words")
    settle(qtbot)
    press(qtbot, sheet(opened), "Close without typing them back")
    settle(qtbot)
    assert no_sheet(opened) and reads(screen, "Nobody has typed the recovery words of this vault back. If")


def test_a_key_is_left_to_a_verified_office(qtbot: QtBot, opened: Window, office: Session) -> None:
    session = opened.desk.session
    screen = settings(qtbot, opened, "ways")
    press(qtbot, screen, "Leave a key…")
    settle(qtbot)
    assert reads(sheet(opened), "No contact is verified yet")
    press(qtbot, sheet(opened), "Open the contacts")
    settle(qtbot)
    assert opened.desk.place()[0] == "contacts"
    introduce(session, office)
    screen = settings(qtbot, opened, "ways")
    press(qtbot, screen, "Leave a key…")
    settle(qtbot)
    asked = sheet(opened)
    assert reads(asked, "without your passphrase")
    rows = named(asked, "Verified contacts", RowList)
    assert [each.title for each in rows.rows.rows] == ["Office North"]
    press(qtbot, asked, "Leave a key")
    settle(qtbot)
    sees(qtbot, screen, "Key left to Office North")
    folder = closed(qtbot, opened)
    vaults.open_escrow(folder, office.keys.age_identity).lock()
    opened.enter(open_vault(folder, PASSPHRASE))
    settle(qtbot)
    screen = settings(qtbot, opened, "ways")
    click(qtbot, screen, "Remove: Key left to Office North")
    press(qtbot, sheet(opened), "Remove this way")
    settle(qtbot)
    folder = closed(qtbot, opened)
    with refused("vault.no-escrow"):
        vaults.open_escrow(folder, office.keys.age_identity)


def start_change(qtbot: QtBot, window: Window, passphrase: str = PASSPHRASE) -> Sheet:
    screen = settings(qtbot, window, "ways")
    press(qtbot, screen, "Change the key…")
    asked = sheet(window)
    QTest.keyClicks(line(asked, "Passphrase of this vault"), passphrase)
    return asked


def test_the_vault_key_is_changed(qtbot: QtBot, opened: Window) -> None:
    session = opened.desk.session
    made = interviews.create(session, title="W-1")
    interviews.save_version(session, made, Interview(title="W-1", account="before the change"))
    before = upkeep.renew_recovery(session)
    asked = start_change(qtbot, opened, "wrong words here")
    press(qtbot, asked, "Change the vault key")
    sees(qtbot, asked, "This passphrase does not open the vault.")
    settle(qtbot)
    assert opened.desk.isEnabled() and not unproved(session)
    QTest.keyClicks(line(asked, "Passphrase of this vault"), PASSPHRASE)
    press(qtbot, asked, "Change the vault key")
    assert not opened.desk.isEnabled(), "nothing else may use the vault meanwhile"
    settle(qtbot)
    qtbot.waitUntil(lambda: reads(opened, "Your new recovery words"), timeout=LONG)
    assert opened.desk.isEnabled()
    words = shown_words(opened)
    type_back(qtbot, opened, words)
    # The same session goes on.
    assert interviews.load(session, made).body.account == "before the change"
    interviews.save_version(session, made, Interview(title="W-1", account="and after it"))
    assert custody.verify(session).whole and "key.rotate" in {e.act for e in custody.entries(session)}
    settings(qtbot, opened, "ways")
    folder = closed(qtbot, opened)
    opens(folder, PASSPHRASE)
    open_with_words(folder, words).close()
    with refused("vault.wrong-words"):
        open_with_words(folder, before)


def test_a_change_of_key_that_waits_can_be_stopped(qtbot: QtBot, opened: Window) -> None:
    words = upkeep.renew_recovery(opened.desk.session)
    asked = start_change(qtbot, opened)
    go = threading.Event()
    tasks.run(opened, lambda _progress: go.wait(30), lane="long")
    press(qtbot, asked, "Change the vault key")
    assert reads(asked, "Waiting until other work is done") and not opened.desk.isEnabled()
    cancel = [b for b in asked.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    assert [b.text() for b in cancel] == ["Cancel"]
    qtbot.mouseClick(cancel[0], Qt.MouseButton.LeftButton)
    assert opened.desk.isEnabled() and find_button(asked, "Change the vault key").isEnabled()
    go.set()
    settle(qtbot)
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    folder = closed(qtbot, opened)
    open_with_words(folder, words).close()


def test_the_lock_stops_a_change_of_key(
    qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened.desk.session
    words = upkeep.renew_recovery(session)
    asked = start_change(qtbot, opened)
    begun, go = threading.Event(), threading.Event()
    real = upkeep.vault_keys.rotate

    def held(*arguments: object) -> list[str]:
        begun.set()
        assert go.wait(30)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(upkeep.vault_keys, "rotate", held)
    press(qtbot, asked, "Change the vault key")
    qtbot.waitUntil(begun.is_set, timeout=LONG)
    opened.lock()
    assert no_sheet(opened)
    go.set()
    settle(qtbot)
    folder = session.info.folder
    opens(folder, PASSPHRASE)
    again = open_with_words(folder, words)
    assert custody.verify(again).whole and not unproved(again)
    again.close()


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_in_the_sheets_is_cut_off_or_unnamed(
    qtbot: QtBot, qapp: QApplication, opened: Window, office: Session, scale: int
) -> None:
    theme().apply(qapp, scale=scale)
    opened.rebuild()
    opened.resize(1024, 640)
    introduce(opened.desk.session, office)
    screen = settings(qtbot, opened)
    assert isinstance(screen, SettingsScreen)
    for word in (
        "Change the passphrase…",
        "Make new words…",
        "Add a passphrase…",
        "Leave a key…",
        "Change the key…",
        "Write out encrypted…",
        "Write out readable…",
    ):
        find_button(screen, word).click()
        settle(qtbot)
        qtbot.wait(20)
        asked = sheet(opened)
        assert not cut_off(asked) and not unnamed(asked), word
        assert asked.box.height() <= opened.height() and asked.box.width() <= opened.width()
        for check in asked.findChildren(QCheckBox):
            assert check.accessibleName() or check.text()
        asked.dismiss()
        qtbot.wait(5)
    find_button(screen, "Make new words…").click()
    press(qtbot, sheet(opened), "Make new words")
    settle(qtbot)
    qtbot.wait(20)
    assert not cut_off(sheet(opened)) and not unnamed(sheet(opened))
    sheet(opened).dismiss()
