"""The unlock card: a vault that nobody waits for any more is locked, and what can't be opened is said plainly."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn.app.kernel import session
from cairn.qt.shell.window import Window
from qt.desk import LONG, press, reads, settle, texts
from qt.hand import keys, line, new, slow_vault, text


def try_to_open(qtbot: QtBot, window: Window, folder: Path) -> None:
    window.show_unlock(folder)
    settle(qtbot)
    QTest.keyClicks(line(window, "Passphrase"), PASSPHRASE)
    keys(qtbot, Qt.Key.Key_Return)


def test_leaving_while_it_opens_leaves_no_vault_open(qtbot: QtBot, window: Window, vault: Path) -> None:
    with slow_vault(window):
        try_to_open_waiting(qtbot, window, vault)
        press(qtbot, window, "한국어")
    settle(qtbot)
    qtbot.waitUntil(lambda: window.desk is None, timeout=LONG)
    elsewhere = session.open_vault(vault, PASSPHRASE)
    elsewhere.close()


def try_to_open_waiting(qtbot: QtBot, window: Window, folder: Path) -> None:
    window.show_unlock(folder)
    QApplication.processEvents()
    QTest.keyClicks(line(window, "Passphrase"), PASSPHRASE)
    keys(qtbot, Qt.Key.Key_Return)
    assert reads(window, "Opening…")


def test_a_newer_vault_is_said(qtbot: QtBot, window: Window, vault: Path) -> None:
    header = vault / "vault.hdr"
    content = json.loads(header.read_bytes())
    content["format"] = "cairn-vault/9"
    header.write_text(json.dumps(content))
    try_to_open(qtbot, window, vault)
    settle(qtbot)
    assert window.desk is None and reads(window, "newer")
    assert QApplication.focusWidget() is line(window, "Passphrase")


def test_an_altered_vault_is_said_and_can_be_tried_again(qtbot: QtBot, window: Window, vault: Path) -> None:
    for header in vault.glob("*.hdr*"):
        header.write_bytes(b"{" + header.read_bytes()[200:])
    try_to_open(qtbot, window, vault)
    settle(qtbot)
    assert window.desk is None and reads(window, "Open vault")
    assert [text for text in texts(window) if "vault" in text and len(text) > 60]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_vault_opens_to_be_read(qtbot: QtBot, window: Window, vault: Path) -> None:
    for path in (vault, *vault.rglob("*")):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    try:
        try_to_open(qtbot, window, vault)
        settle(qtbot)
        assert window.desk is not None and reads(window, "you have no right to write in its folder")
        window.lock()
        settle(qtbot)
    finally:
        for path in (vault, *vault.rglob("*")):
            path.chmod(path.stat().st_mode | stat.S_IWUSR)


def test_a_folder_that_goes_while_it_is_open_is_said(qtbot: QtBot, opened: Window, vault: Path) -> None:
    """The stick is pulled: the words on the screen stay, and it is said that they are not kept."""
    made = new(qtbot, opened, "W-1", "One.")
    away = vault.with_name("pulled")
    vault.rename(away)
    (vault.parent / "nothing").mkdir()
    QTest.keyClicks(text(made, "Account"), " Two.")
    qtbot.waitUntil(lambda: not made.keeper.pending or reads(opened, "Not saved"), timeout=LONG)
    assert text(made, "Account").toPlainText() == "One. Two."
    away.rename(vault)
    qtbot.waitUntil(lambda: not made.keeper.pending, timeout=LONG)
