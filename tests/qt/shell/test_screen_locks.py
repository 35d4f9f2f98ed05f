"""A locked screen locks the vault: logind and each screen saver, mocked on buses of their own (python-dbusmock)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cairn.qt.shell.screen_locks import SAVERS
from cairn.qt.shell.window import Window
from qt.desk import reads
from qt.settings.test_settings import settings

SYSTEM_PYTHON = "/usr/bin/python3"


def has_mocks() -> bool:
    done = subprocess.run([SYSTEM_PYTHON, "-c", "import dbusmock"], check=False, capture_output=True)
    return done.returncode == 0


LISTENER = """
import sys
from PySide6.QtWidgets import QApplication
from cairn.qt.shell.lock_keeper import LockKeeper

app = QApplication([])
keeper = LockKeeper(app)
keeper.screens.changed.connect(lambda: print("from", *keeper.heard_from(), flush=True))
keeper.lock_wanted.connect(lambda why: print("lock", why, flush=True))
keeper.start()
print("ready", flush=True)
app.exec()
"""

DRIVER = """
import os, subprocess, sys, time
import dbus, dbusmock

listener, interpreter = sys.argv[1:3]
savers = {name: path for name, path in (pair.split("=") for pair in sys.argv[3:])}
MOCK = "org.freedesktop.DBus.Mock"


class Buses(dbusmock.DBusTestCase):
    pass


Buses.start_system_bus()
Buses.start_session_bus()
children = []


def spawn(name, path, system=False, template=None):
    where = ["--system" if system else "--session"]
    what = ["--template", template] if template else [name, path, name]
    child = subprocess.Popen([sys.executable, "-m", "dbusmock", *where, *what], stdout=subprocess.DEVNULL)
    children.append(child)
    bus = Buses.get_dbus(system)
    Buses.wait_for_bus_object(name, path, system_bus=system)
    return child, bus.get_object(name, path)


def mock(thing):
    return dbus.Interface(thing, MOCK)


try:
    _, logind = spawn("org.freedesktop.login1", "/org/freedesktop/login1", True, "logind")
    for number in ("c1", "c2"):
        mock(logind).AddSession(number, "seat0", dbus.UInt32(500), "someone", True)
    bus = Buses.get_dbus(True)
    own, other = (bus.get_object("org.freedesktop.login1", f"/org/freedesktop/login1/session/{n}") for n in ("c1", "c2"))
    first, *rest = savers.items()
    _, saver = spawn(*first)
    mock(saver).AddMethod(first[0], "GetActive", "", "b", "ret = False")
    env = {**os.environ, "XDG_SESSION_ID": "c1"}
    child = subprocess.Popen([interpreter, "-c", listener], stdout=subprocess.PIPE, text=True, env=env)
    children.append(child)

    def heard(wanted):
        line = child.stdout.readline().strip()
        while line.startswith("from") and not wanted.startswith("from"):
            line = child.stdout.readline().strip()
        assert line == wanted, f"{line!r} in place of {wanted!r}"
        print(line, flush=True)

    def known(wanted):
        line = ""
        while line != wanted:
            line = child.stdout.readline().strip()
            assert line.startswith("from"), line
        print(line, flush=True)

    heard("ready")
    known(f"from {first[0]} logind")
    # Another session's lock is not ours; what else is said of ours is no lock.
    dbus.Interface(other, "org.freedesktop.login1.Session").SetLockedHint(True)
    mock(other).EmitSignal("org.freedesktop.login1.Session", "Lock", "", [])
    mock(own).UpdateProperties("org.freedesktop.login1.Session", {"IdleHint": True, "LockedHint": False})
    dbus.Interface(own, "org.freedesktop.login1.Session").SetLockedHint(True)
    heard("lock screen")
    mock(own).EmitSignal("org.freedesktop.login1.Session", "Lock", "", [])
    heard("lock screen")
    mock(saver).EmitSignal(first[0], "ActiveChanged", "b", [False])
    mock(saver).EmitSignal(first[0], "ActiveChanged", "b", [True])
    heard("lock screen")
    for name, path in rest:
        process, other_saver = spawn(name, path)
        # It holds the name and can't say whether it is active: it is heard, and not counted on.
        mock(other_saver).EmitSignal(name, "ActiveChanged", "b", [True])
        heard("lock screen")
        process.terminate()
        process.wait()
    children[1].terminate()
    children[1].wait()
    known("from logind")
    print("done", flush=True)
finally:
    for each in children:
        each.kill()
        each.wait()
    Buses.tearDownClass()
"""


@pytest.mark.skipif(not has_mocks(), reason="needs python3-dbusmock")
def test_whoever_locks_the_screen_is_heard() -> None:
    pairs = [f"{name}={paths[0]}" for name, paths in SAVERS.items()]
    source = str(Path(__file__).resolve().parents[3] / "desktop")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        [SYSTEM_PYTHON, "-c", DRIVER, LISTENER, sys.executable, *pairs],
        check=False,
        env={**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": source},
        capture_output=True,
        timeout=120,
        text=True,
    )
    told = [
        "ready",
        f"from {next(iter(SAVERS))} logind",
        *["lock screen"] * (3 + len(SAVERS) - 1),
        "from logind",
        "done",
    ]
    assert done.stdout.splitlines() == told, done.stderr


@pytest.mark.parametrize(
    ("told_by", "words"),
    [
        ((), "Nothing on this system tells Cairn"),
        (("logind",), "not every desktop tells it"),
        (("org.mate.ScreenSaver", "logind"), "this desktop (org.mate.ScreenSaver) tells Cairn"),
        (("windows",), "Windows tells Cairn"),
    ],
)
def test_the_settings_say_what_is_heard_here(
    qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch, told_by: tuple[str, ...], words: str
) -> None:
    monkeypatch.setattr(opened.keeper, "heard_from", lambda: told_by)
    screen: QWidget = settings(qtbot, opened, "locking")
    assert reads(screen, words)
