"""Opening a vault, by passphrase and by recovery words, as a person does it with the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.shared import FLOOR, PASSPHRASE, refused
from cairn.app.kernel import preferences, session
from cairn.app.program import practice, practice_place
from cairn.qt.base.theme import theme
from cairn.qt.shell.window import Window
from cairn.vault import vault as vaults
from qt.desk import LONG, choose, cut_off, find_button, press, reads, sees, settle, unnamed
from qt.hand import commit, compose, keys, line

NEW = "violet harbour quiet lantern seven doors"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases cost the least that the product's own reader accepts."""
    monkeypatch.setattr("cairn.crypto.passphrase.calibrate", lambda *_a, **_k: FLOOR)


@pytest.fixture
def locked(window: Window, vault: Path) -> Window:
    window.show_unlock(vault)
    QApplication.processEvents()
    return window


def enter(qtbot: QtBot, window: Window, passphrase: str) -> None:
    """Type into the field that has the focus, and press Enter."""
    field = line(window, "Passphrase")
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, passphrase)
    keys(qtbot, Qt.Key.Key_Return)


def test_the_first_time_it_says_what_a_vault_is(qtbot: QtBot, window: Window) -> None:
    window.begin()
    assert reads(window, "Welcome to Cairn")
    assert reads(window, "New vault") and reads(window, "Open a vault…")
    assert not [box for box in window.findChildren(QLineEdit) if box.isVisible()]


def test_the_vault_opens_with_its_passphrase(qtbot: QtBot, locked: Window, vault: Path) -> None:
    assert reads(locked, f"“{vault.name}”")
    enter(qtbot, locked, PASSPHRASE)
    qtbot.waitUntil(lambda: locked.desk is not None, timeout=LONG)
    settle(qtbot)
    assert locked.desk is not None and locked.desk.session.info.folder == vault
    assert locked.windowTitle() == "Cairn"


def test_a_wrong_passphrase_is_answered_in_place(qtbot: QtBot, locked: Window) -> None:
    enter(qtbot, locked, "not it")
    sees(qtbot, locked, "This passphrase does not open the vault.")
    field = line(locked, "Passphrase")
    assert "This passphrase does not open the vault." in field.accessibleDescription()
    assert field.selectedText(), "typing again replaces it"
    assert locked.desk is None
    enter(qtbot, locked, PASSPHRASE)
    qtbot.waitUntil(lambda: locked.desk is not None, timeout=LONG)


def test_nothing_typed_is_asked_for(qtbot: QtBot, locked: Window) -> None:
    press(qtbot, locked, "Open vault")
    assert reads(locked, "Type your passphrase.")


def test_caps_lock_is_noticed(qtbot: QtBot, locked: Window) -> None:
    field = line(locked, "Passphrase")
    QTest.keyClick(field, Qt.Key.Key_A)
    assert reads(locked, "Caps Lock is off.")
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(field, "A", shift)
    assert reads(locked, "Caps Lock is off.")
    QTest.keyClick(field, Qt.Key.Key_CapsLock)
    assert not reads(locked, "Caps Lock is")
    QTest.keyClick(field, "B", Qt.KeyboardModifier.NoModifier)
    assert reads(locked, "Caps Lock is on.")
    QTest.keyClick(field, Qt.Key.Key_1)
    assert reads(locked, "Caps Lock is on."), "a digit tells nothing"
    QTest.keyClick(field, "c", shift)
    assert reads(locked, "Caps Lock is on.")


def test_a_vault_that_is_gone_is_said_in_words(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.show_unlock(tmp_path / "Willow")
    QApplication.processEvents()
    enter(qtbot, window, PASSPHRASE)
    settle(qtbot)
    assert window.entrance is not None and window.entrance.banner.text  # type: ignore[attr-defined]
    assert "vault." not in window.entrance.banner.text  # type: ignore[attr-defined]


def test_a_forgotten_passphrase_is_replaced_with_the_words(
    qtbot: QtBot, window: Window, tmp_path: Path, cheap: None
) -> None:
    made, words = session.create_vault(
        tmp_path / "v", label="W", role="field", passphrase=PASSPHRASE, cost=FLOOR
    )
    made.close()
    window.show_unlock(tmp_path / "v")
    press(qtbot, window, "Use recovery words")
    QApplication.processEvents()
    # One word wrong: it is marked, nothing opens.
    typed = list(words)
    typed[4] = "abandon" if words[4] != "abandon" else "zoo"
    for number, word in enumerate(typed):
        box = line(window, f"Word {number + 1}")
        assert QApplication.focusWidget() is box
        QTest.keyClicks(box, word)
        if number < 23:
            QTest.keyClick(box, Qt.Key.Key_Space)
    keys(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert window.desk is None and window._unentered is None
    wrong = line(window, "Word 5")
    wrong.selectAll()
    QTest.keyClicks(wrong, words[4])
    press(qtbot, window, "Open with these words")
    sees(qtbot, window, "Set a new passphrase")
    assert not any(box.text() for box in window.findChildren(QLineEdit)), "the words are off the screen"

    QTest.keyClicks(line(window, "Passphrase"), NEW)
    QTest.keyClicks(line(window, "Type it once more"), NEW)
    press(qtbot, window, "Set passphrase and open")
    qtbot.waitUntil(lambda: window.desk is not None, timeout=LONG)
    window.lock()
    settle(qtbot)
    with refused("vault.wrong-passphrase"):
        session.open_vault(tmp_path / "v", PASSPHRASE)
    session.open_vault(tmp_path / "v", NEW).close()


def test_leaving_before_a_new_passphrase_is_set_locks_the_vault(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    made, words = session.create_vault(
        tmp_path / "v", label="W", role="field", passphrase=PASSPHRASE, cost=FLOOR
    )
    made.close()
    window.show_unlock(tmp_path / "v")
    press(qtbot, window, "Use recovery words")
    QApplication.processEvents()
    # Words kept in a safe place are pasted as one line.
    first = line(window, "Word 1")
    QApplication.clipboard().setText(" ".join(words))
    first.paste()
    qtbot.waitUntil(lambda: line(window, "Word 24").text() == words[23], timeout=LONG)
    press(qtbot, window, "Open with these words")
    sees(qtbot, window, "Set a new passphrase")
    keys(qtbot, Qt.Key.Key_L, ctrl=True)
    sees(qtbot, window, "Open your vault")
    settle(qtbot)
    session.open_vault(tmp_path / "v", PASSPHRASE).close()


@pytest.mark.qt_log_ignore("This plugin does not support")  # the test platform has no pop-up windows
def test_known_vaults_are_offered_by_their_folders_names(
    qtbot: QtBot, locked: Window, tmp_path: Path
) -> None:
    other, _ = session.create_vault(
        tmp_path / "Maple", label="M", role="field", passphrase=PASSPHRASE, cost=FLOOR
    )
    other.close()
    press(qtbot, locked, "Another vault…")
    (menu,) = [one for one in locked.findChildren(QMenu) if one.isVisible()]
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[0] == "Maple" and words[-1] == "Choose a folder…"
    menu.actions()[0].trigger()
    menu.close()
    sees(qtbot, locked, "“Maple”")


def test_any_other_folder_can_be_chosen(qtbot: QtBot, window: Window, vault: Path) -> None:
    preferences.change_outside(vaults=())
    window.begin()
    press(qtbot, window, "Open a vault…")
    choose(qtbot, window, vault)
    sees(qtbot, window, f"“{vault.name}”")


def test_the_language_changes_at_once_and_is_remembered(qtbot: QtBot, locked: Window) -> None:
    press(qtbot, locked, "한국어")
    QApplication.processEvents()
    assert preferences.outside().language == "ko"
    assert reads(locked, "English") and not reads(locked, "Open your vault")
    press(qtbot, locked, "English")
    QApplication.processEvents()
    assert reads(locked, "Open your vault")


def test_the_practice_vault_says_its_passphrase(qtbot: QtBot, window: Window) -> None:
    window.show_unlock(practice_place.default_folder())
    QApplication.processEvents()
    assert reads(window, practice.PASSPHRASE)


def test_what_is_typed_is_hidden_and_not_learnt_by_input_methods(locked: Window) -> None:
    field = line(locked, "Passphrase")
    QTest.keyClicks(field, "secret words")
    assert "secret" not in field.displayText()
    hints = field.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData and hints & Qt.InputMethodHint.ImhHiddenText


def test_a_vault_in_use_elsewhere_is_said(qtbot: QtBot, locked: Window, vault: Path) -> None:
    with_it = vaults.unlock(vault, PASSPHRASE)
    try:
        enter(qtbot, locked, PASSPHRASE)
        settle(qtbot)
        assert locked.desk is None
        assert locked.entrance is not None and locked.entrance.banner.text  # type: ignore[attr-defined]
    finally:
        with_it.lock()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("scale", "width", "height"), [(100, 1280, 800), (100, 1024, 640), (200, 1024, 640)])
def test_nothing_is_cut_off_or_without_a_name(
    qtbot: QtBot,
    qapp: QApplication,
    window: Window,
    vault: Path,
    mode: str,
    scale: int,
    width: int,
    height: int,
) -> None:
    theme().apply(qapp, mode=mode, scale=scale)
    window.resize(width, height)
    for open_gate in (
        lambda: window.show_unlock(None),
        lambda: window.show_unlock(vault),
        lambda: press(qtbot, window, "Use recovery words"),
        window.show_restore,
    ):
        open_gate()
        QApplication.processEvents()
        assert cut_off(window) == []
        assert unnamed(window) == []


def test_twenty_four_typed_words_are_not_thrown_away_by_a_key(
    qtbot: QtBot, locked: Window, vault: Path
) -> None:
    press(qtbot, locked, "Use recovery words")
    QApplication.processEvents()
    words = ["abandon"] * 24
    for word in words:
        box = QApplication.focusWidget()
        assert isinstance(box, QLineEdit)
        QTest.keyClicks(box, word)
        keys(qtbot, Qt.Key.Key_Space)
    # After the last word too, the next Enter means: open.
    keys(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    boxes = [box for box in locked.findChildren(QLineEdit) if box.isVisible()]
    assert [box.text() for box in boxes] == words and not reads(locked, "Open your vault")
    assert reads(locked, "words"), "it was tried, and said in place"
    press(qtbot, locked, "Back")
    assert reads(locked, "Go back without these words?")
    press(qtbot, locked, "Go on typing")
    assert [box.text() for box in boxes] == words
    locked.close()
    assert locked.isVisible() and reads(locked, "The recovery words that you have typed are not kept.")
    press(qtbot, locked, "Stay here")
    press(qtbot, locked, "Back")
    press(qtbot, locked, "Go back")
    assert reads(locked, "Open your vault")


def test_back_asks_nothing_where_nothing_was_typed(qtbot: QtBot, locked: Window) -> None:
    press(qtbot, locked, "Use recovery words")
    QApplication.processEvents()
    press(qtbot, locked, "Back")
    assert reads(locked, "Open your vault")


def test_a_word_is_marked_when_it_is_typed_and_not_before(qtbot: QtBot, locked: Window) -> None:
    press(qtbot, locked, "Use recovery words")
    QApplication.processEvents()
    box = QApplication.focusWidget()
    assert isinstance(box, QLineEdit)
    QTest.keyClicks(box, "xq")
    assert box.property("wrong") != "true"
    keys(qtbot, Qt.Key.Key_Tab)
    assert box.property("wrong") == "true"
    QTest.keyClick(box, Qt.Key.Key_Backspace)
    assert box.property("wrong") != "true"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028"])
def test_a_pasted_line_end_is_no_part_of_the_passphrase(
    qtbot: QtBot, locked: Window, vault: Path, end: str
) -> None:
    QApplication.clipboard().setText(PASSPHRASE + end)
    line(locked, "Passphrase").paste()
    keys(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: locked.desk is not None, timeout=LONG)


def test_blanks_at_the_ends_are_said(qtbot: QtBot, locked: Window) -> None:
    field = line(locked, "Passphrase")
    QTest.keyClicks(field, "a b")
    assert not reads(locked, "It begins or ends with a blank")
    QTest.keyClicks(field, " ")
    assert reads(locked, "It begins or ends with a blank")


def test_what_is_typed_can_be_shown(qtbot: QtBot, locked: Window) -> None:
    field = line(locked, "Passphrase")
    QTest.keyClicks(field, "abc")
    assert field.displayText() != "abc"
    box = find_button(locked, "Show what I type")
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert field.displayText() == "abc"
    compose(field, "가")
    commit(field, "가")
    assert field.text() == "abc가", "an input method composes where it can be seen"
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert field.displayText() not in ("abc가", "")
