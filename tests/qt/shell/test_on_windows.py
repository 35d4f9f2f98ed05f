"""Windows's own words about sleep and locking, and windows that can't be pictured; its libraries are played."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import wintypes

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cairn.app.kernel import preferences
from cairn.app.kernel import session as sessions
from cairn.qt.base import windows as native
from cairn.qt.screens.settings.person import LockingGroup
from cairn.qt.screens.settings.screen import SettingsScreen
from cairn.qt.shell.lock_keeper import LockKeeper
from cairn.qt.shell.window import Window
from qt.desk import settle, texts
from windows_border import Windows

KIND = QByteArray(b"windows_generic_MSG")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Windows:
    """Windows, played."""
    made = Windows()
    monkeypatch.setattr(native, "windows_library", made.library)
    monkeypatch.setattr(native, "on_windows", lambda: True)
    return made


@pytest.fixture
def keeper(qapp: QApplication, windows: Windows) -> Iterator[LockKeeper]:
    made = LockKeeper(qapp)
    made.start()
    yield made
    made.stop()
    assert made._watch is not None
    made._watch.close(qapp)
    made.deleteLater()
    assert windows.sessions == []


def say(keeper: LockKeeper, message: int, parameter: int, kind: QByteArray = KIND) -> object:
    """What Windows would put into the queue."""
    said = wintypes.MSG(message=message, wParam=parameter)
    assert keeper._watch is not None
    return keeper._watch.nativeEventFilter(kind, ctypes.addressof(said))


@pytest.mark.parametrize(
    ("message", "parameter", "why"),
    [
        (0x0218, 0x4, "sleep"),
        (0x02B1, 0x7, "screen"),
        (0x02B1, 0x2, "screen"),
        (0x02B1, 0x4, "screen"),
    ],
)
def test_windows_says_when_to_lock(
    qtbot: QtBot, keeper: LockKeeper, windows: Windows, message: int, parameter: int, why: str
) -> None:
    assert len(windows.sessions) == 1
    with qtbot.waitSignal(keeper.lock_wanted) as wanted:
        # Others see the message too: it is not swallowed.
        assert say(keeper, message, parameter) == (False, 0)
    assert wanted.args == [why]


def test_other_messages_mean_nothing(qtbot: QtBot, keeper: LockKeeper) -> None:
    with qtbot.assertNotEmitted(keeper.lock_wanted):
        say(keeper, 0x0218, 0x12)  # awake again
        say(keeper, 0x02B1, 0x8)  # unlocked
        say(keeper, 0x0007, 0x7)
        say(keeper, 0x0218, 0x4, QByteArray(b"xcb_generic_event_t"))


def test_a_windows_that_does_not_tell_is_served_by_the_clock(qapp: QApplication, windows: Windows) -> None:
    windows.refuse.add("WTSRegisterSessionNotification")
    watch = native.SessionWatch(qapp, lambda _what: None)
    assert not watch.listening
    watch.close(qapp)


def test_every_window_is_left_out_of_pictures(qtbot: QtBot, qapp: QApplication, windows: Windows) -> None:
    guard = native.CaptureGuard(qapp)
    first = QWidget()
    inside = QLabel("inside", first)
    dialog = QDialog(first)
    for window in (first, dialog):
        qtbot.addWidget(window)
    first.show()
    assert windows.affinity == {first.winId(): 0x11}
    dialog.show()
    assert windows.affinity == {first.winId(): 0x11, dialog.winId(): 0x11}
    guard.set_hidden(False)
    assert set(windows.affinity.values()) == {0}
    assert inside.isVisible()
    dialog.hide()
    guard.set_hidden(True)
    dialog.show()
    assert set(windows.affinity.values()) == {0x11}
    qapp.removeEventFilter(guard)
    guard.deleteLater()


def locking_group(qtbot: QtBot, window: Window) -> LockingGroup:
    """The settings as they are built now."""
    assert window.desk is not None
    window.desk.open("settings", "locking")
    settle(qtbot)
    screen = window.desk.shown("settings")
    assert isinstance(screen, SettingsScreen)
    group = screen.groups["locking"]
    assert isinstance(group, LockingGroup)
    return group


def test_hiding_is_a_choice_that_the_vault_remembers(
    qtbot: QtBot, qapp: QApplication, windows: Windows, opened: Window
) -> None:
    opened.guard = native.CaptureGuard(qapp, opened)
    opened.guard.set_hidden(True)
    assert windows.affinity[opened.winId()] == 0x11
    group = locking_group(qtbot, opened)
    assert group.capture.currentText() == "Cairn is hidden"
    group.capture.setCurrentIndex(1)
    group.capture.activated.emit(1)
    settle(qtbot)
    assert windows.affinity[opened.winId()] == 0
    assert opened.desk is not None
    assert preferences.inside(opened.desk.session, sessions.HIDE_FROM_CAPTURE) is False
    opened.lock()
    assert opened.guard.hidden
    assert windows.affinity[opened.winId()] == 0x11
    qapp.removeEventFilter(opened.guard)


def test_where_it_cant_be_prevented_it_is_said(qtbot: QtBot, opened: Window) -> None:
    assert opened.guard is None
    group = locking_group(qtbot, opened)
    assert any("Cairn can prevent that only on Windows" in text for text in texts(group))
