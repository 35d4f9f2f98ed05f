"""The wizard walked with the keyboard alone, and where the keys go when a button is greyed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.shared import FLOOR
from cairn import paths
from cairn.app.kernel import preferences
from cairn.qt.shell.window import Window
from cairn.qt.widgets import button, column
from qt.desk import press, sees

OWN = "violet harbour quiet lantern seven doors"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The least cost that the product's own reader accepts, and vaults out of the way."""
    monkeypatch.setattr("cairn.crypto.passphrase.calibrate", lambda *_a, **_k: FLOOR)
    monkeypatch.setattr(paths, "vaults_folder", lambda: tmp_path / "vaults")


def here(window: Window) -> QWidget:
    QApplication.processEvents()
    found = window.focusWidget()
    assert found is not None
    return found


def enter(window: Window, typed: str = "") -> None:
    QTest.keyClicks(here(window), typed)
    QTest.keyClick(here(window), Qt.Key.Key_Return)


def test_a_vault_is_made_without_the_mouse(qtbot: QtBot, window: Window) -> None:
    window.begin()
    enter(window)
    sees(qtbot, window, "Where will the vault be?")
    enter(window)
    sees(qtbot, window, "Choose a passphrase")
    enter(window, OWN)
    enter(window, OWN)
    sees(qtbot, window, "Who are you?")
    enter(window, "Willow")
    sees(qtbot, window, "I have written them down")
    enter(window)
    sees(qtbot, window, "Check the words")


@pytest.mark.parametrize("way", ["New vault", "Restore a backup…", "Look at a bundle"])
def test_back_leads_to_the_vault_that_was_shown(qtbot: QtBot, window: Window, vault: Path, way: str) -> None:
    preferences.remember_vault(vault)
    window.begin()
    sees(qtbot, window, "Open your vault")
    press(qtbot, window, way)
    press(qtbot, window, "Back")
    sees(qtbot, window, "Open your vault")


def test_a_greyed_button_hands_its_keys_to_nobody(qtbot: QtBot) -> None:
    pressed: list[str] = []
    holder = QWidget()
    qtbot.addWidget(holder)
    first = button("First", lambda: pressed.append("First"))
    second = button("Second", lambda: pressed.append("Second"))
    holder.setLayout(column(first, second))
    holder.show()
    first.setFocus()
    first.setEnabled(False)
    assert holder.focusWidget() is None
    first.setEnabled(True)
    assert holder.focusWidget() is first
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert pressed == ["First"]
