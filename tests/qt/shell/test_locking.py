"""When the vault locks by itself: idle, sleep, the session's lock; with a clock that the test turns."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cairn.qt.shell import lock_keeper
from cairn.qt.shell.lock_keeper import LockKeeper
from cairn.qt.widgets import column
from qt.desk import activate
from qt.hand import compose


class Clock:
    """Stands still unless it is turned."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(lock_keeper, "boot_seconds", made)
    return made


@pytest.fixture
def keeper(qapp: QApplication, clock: Clock) -> Iterator[LockKeeper]:
    made = LockKeeper(qapp)
    made.minutes = 5
    made.start()
    yield made
    made.stop()
    made.deleteLater()


def test_it_locks_after_the_idle_minutes(qtbot: QtBot, keeper: LockKeeper, clock: Clock) -> None:
    assert keeper.left() == 300
    clock.now += 299
    assert keeper.left() == 1
    clock.now += 1
    with qtbot.waitSignal(keeper.lock_wanted, timeout=10_000) as wanted:
        pass
    assert wanted.args == ["idle"]


def test_a_key_and_a_click_are_signs_of_life(qtbot: QtBot, keeper: LockKeeper, clock: Clock) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    activate(qtbot, line)
    window = line.windowHandle()
    clock.now += 200
    QTest.keyClick(window, Qt.Key.Key_A)
    assert line.text() == "a" and keeper.left() == 300
    clock.now += 200
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert keeper.left() == 300


def test_so_is_what_an_input_method_composes(qtbot: QtBot, keeper: LockKeeper, clock: Clock) -> None:
    line, other = QLineEdit(), QLineEdit()
    window = QWidget()
    qtbot.addWidget(window)
    window.setLayout(column(line, other))
    window.show()
    activate(qtbot, window)
    for field in (line, other):
        field.setFocus()
        clock.now += 200
        compose(field, "한")
        assert keeper.left() == 300


def test_a_window_that_opened_since_is_watched(qtbot: QtBot, keeper: LockKeeper, clock: Clock) -> None:
    # A list that opens is clicked in without ever getting the focus of the system.
    popup = QWidget()
    popup.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    qtbot.addWidget(popup)
    popup.show()
    clock.now += 100
    with qtbot.waitSignal(keeper.ticked, timeout=10_000):
        pass
    clock.now += 100
    QTest.mouseClick(popup.windowHandle(), Qt.MouseButton.LeftButton, pos=popup.rect().center())
    assert keeper.left() == 300


def test_after_the_lock_nobody_is_watched(qtbot: QtBot, keeper: LockKeeper, clock: Clock) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    activate(qtbot, line)
    keeper.stop()
    clock.now += 200
    QTest.keyClick(line.windowHandle(), Qt.Key.Key_A)
    assert line.text() == "a" and keeper.left() == 100


def test_painting_and_timers_are_no_signs_of_life(qtbot: QtBot, keeper: LockKeeper, clock: Clock) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    clock.now += 200
    line.show()
    qtbot.wait(50)
    line.repaint()
    assert keeper.left() == 100


def test_zero_minutes_switch_it_off(keeper: LockKeeper, clock: Clock) -> None:
    keeper.minutes = 0
    clock.now += 1_000_000
    assert keeper.left() == -1


def test_hours_of_sleep_count_although_no_timer_ran(qtbot: QtBot, keeper: LockKeeper, clock: Clock) -> None:
    clock.now += 8 * 3600
    with qtbot.waitSignal(keeper.lock_wanted, timeout=10_000) as wanted:
        keeper.on_sleep(False)
    assert wanted.args == ["idle"]


def test_sleep_and_the_screen_lock_ask_at_once(qtbot: QtBot, keeper: LockKeeper) -> None:
    with qtbot.waitSignal(keeper.lock_wanted) as wanted:
        keeper.on_sleep(True)
    assert wanted.args == ["sleep"]
    with qtbot.waitSignal(keeper.lock_wanted) as wanted:
        keeper.on_screen_lock()
    assert wanted.args == ["screen"]


def test_nothing_is_asked_while_no_vault_is_open(qtbot: QtBot, keeper: LockKeeper, clock: Clock) -> None:
    keeper.stop()
    clock.now += 10_000
    with qtbot.assertNotEmitted(keeper.lock_wanted):
        keeper.on_sleep(True)
        keeper.on_screen_lock()
        keeper.on_sleep(False)


@pytest.mark.skipif(not hasattr(__import__("time"), "CLOCK_BOOTTIME"), reason="the clock is Linux's")
def test_the_clock_goes_on() -> None:
    assert lock_keeper.boot_seconds() <= lock_keeper.boot_seconds()
    assert lock_keeper.boot_seconds() > 0


LOGIND = """
import os, sys
from PySide6.QtCore import ClassInfo, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor
from PySide6.QtWidgets import QApplication
from cairn.qt.shell.lock_keeper import LockKeeper

MANAGER = "org.freedesktop.login1.Manager"
app = QApplication([])
logind = QDBusConnection.connectToBus(sys.argv[1], "logind")
reading, writing = os.pipe()

@ClassInfo({"D-Bus Interface": MANAGER})
class Manager(QObject):
    @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
    def Inhibit(self, what, who, why, mode):
        print(what, who, mode, flush=True)
        return QDBusUnixFileDescriptor(writing)

manager = Manager()
assert logind.registerObject("/org/freedesktop/login1", manager, QDBusConnection.RegisterOption.ExportAllSlots)
assert logind.registerService("org.freedesktop.login1")
keeper = LockKeeper(app)
heard = []

def say(path, interface, signal, *arguments):
    message = QDBusMessage.createSignal(path, interface, signal)
    message.setArguments(list(arguments))
    logind.send(message)

def sleep():
    say("/org/freedesktop/login1", MANAGER, "PrepareForSleep", True)

def on_wanted(why):
    heard.append(why)
    if why == "sleep":
        say("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock")
    else:
        print(*heard, "held" if keeper._inhibitor is not None else "not held", flush=True)
        keeper.stop()
        print("still held" if keeper._inhibitor is not None else "let go", flush=True)
        keeper.let_sleep()
        print("let go" if keeper._inhibitor is None else "held", flush=True)
        app.quit()

keeper.lock_wanted.connect(on_wanted)
keeper.start()
QTimer.singleShot(300, sleep)
QTimer.singleShot(30000, app.quit)
app.exec()
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs a message bus of its own")
def test_logind_is_heard() -> None:
    command = (
        'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$0" -c "$1" "$DBUS_SESSION_BUS_ADDRESS"'
    )
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", command, sys.executable, LOGIND],
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=60,
        text=True,
    )
    heard = ["sleep Cairn delay", "sleep screen held", "still held", "let go"]
    assert done.stdout.splitlines() == heard, done.stderr
