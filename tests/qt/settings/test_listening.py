"""A foot pedal is taught its keys by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cairn.app.kernel import preferences
from cairn.qt.screens.settings.listening import ListeningGroup
from cairn.qt.screens.settings.screen import SettingsScreen
from cairn.qt.shell.window import Window
from qt.desk import sees, settle
from qt.hand import click


def test_a_pedal_learns_a_key_and_forgets_it(qtbot: QtBot, opened: Window) -> None:
    assert opened.desk is not None
    opened.desk.open("settings", "listening")
    settle(qtbot)
    screen = opened.desk.shown("settings")
    assert isinstance(screen, SettingsScreen)
    group = screen.groups["listening"]
    assert isinstance(group, ListeningGroup)
    session = opened.desk.session
    play, back = group.buttons["play"], group.buttons["back"]
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(play, left)
    assert play.text() == "Press the key now…"
    qtbot.keyClick(play, Qt.Key.Key_F13)
    settle(qtbot)
    assert play.text() == "F13" and preferences.inside(session, "pedal") == {"play": "F13"}
    qtbot.mouseClick(back, left)
    qtbot.keyClick(back, Qt.Key.Key_A)
    sees(qtbot, group, "writes a character")
    qtbot.mouseClick(back, left)
    qtbot.keyClick(back, Qt.Key.Key_F5)
    sees(qtbot, group, "does something else already")
    assert back.key == ""
    qtbot.mouseClick(back, left)
    qtbot.keyClick(back, Qt.Key.Key_Escape)
    assert back.text() == "Set a key…"
    qtbot.mouseClick(back, left)
    qtbot.keyClick(back, Qt.Key.Key_F13)
    settle(qtbot)
    assert preferences.inside(session, "pedal") == {"back": "F13"}, "one key does one thing"
    click(qtbot, group, "Forget this key: Pedal: 3 seconds back")
    settle(qtbot)
    assert preferences.inside(session, "pedal") is None and back.key == ""
