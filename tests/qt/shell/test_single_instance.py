"""A second start: its files go to the window that is open, which comes to the front."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn.qt.shell import single_instance
from cairn.qt.shell.single_instance import SingleInstance

FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from cairn.qt import application
from cairn.qt.base import tasks
from cairn.qt.shell import single_instance
from cairn.qt.shell.window import Window

app = application.make(["cairn"])
window = Window(app)
window.begin()
window.show()
print("open" if window.opener.instance.open() else "shut", flush=True)
if "minimised" in sys.argv:
    window.showMinimized()
heard = 0

def look():
    gate = type(window.entrance).__name__
    print(heard, "small" if window.isMinimized() else "seen", gate, flush=True)
    if heard == 3:
        window.close()
        app.processEvents()
        tasks.shut_down()

def received(files):
    global heard
    heard += 1
    print(len(files), *(ascii(str(path)) for path in files), flush=True)
    QTimer.singleShot(200, look)

window.opener.instance.files_received.connect(received)
QTimer.singleShot(90000, app.quit)
app.exec()
print("ended", flush=True)
"""
ASK = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from cairn.qt.shell import single_instance

app = QCoreApplication([])
print(single_instance.pass_on([Path(name) for name in sys.argv[1:]]))
"""

needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs a message bus of its own")


@pytest.fixture
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a session with a message bus of its own."""
    # The name of a socket may have 107 letters.
    place = tmp_path_factory.mktemp("bus")
    address = f"unix:path={place}/bus"
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address={address}"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with daemon:
        assert daemon.stdout is not None
        daemon.stdout.readline()
        yield {
            **os.environ,
            "DBUS_SESSION_BUS_ADDRESS": address,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(place / "config"),
            "XDG_DATA_HOME": str(place / "data"),
        }
        daemon.terminate()


def start(session: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", FIRST, *arguments], env=session, stdout=subprocess.PIPE, text=True
    )


def second(session: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program itself, as a desktop starts it."""
    return subprocess.run(
        [sys.executable, "-m", "cairn", *arguments],
        env=session, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def asked(session: dict[str, str], *files: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ASK, *files],
        env=session, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.strip()


@needs_bus
def test_a_second_start_hands_its_files_to_the_window_that_is_open(
    session: dict[str, str], tmp_path: Path
) -> None:
    bundle = tmp_path / "묶음 하나 100%.age"
    bundle.write_bytes(b"age-encryption.org/v1\n")
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/old \xff disk.age"))
    odd.write_bytes(b"age-encryption.org/v1\n")
    assert asked(session) == "False"
    with start(session, "minimised") as first:
        assert first.stdout is not None
        said = iter(first.stdout.readline, "")
        assert next(said) == "open\n"
        # Without a file the window comes to the front.
        done = second(session)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert next(said) == "0\n" and next(said) == "1 seen UnlockScreen\n"
        done = second(session, str(bundle))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert next(said) == f"1 {str(bundle)!a}\n" and next(said) == "2 seen OutsideScreen\n"
        # A name that is not UTF-8, of a disk from long ago.
        assert second(session, str(odd)).returncode == 0
        assert next(said) == f"1 {str(odd)!a}\n" and next(said) == "3 seen OutsideScreen\n"
        # The window was closed: who comes now opens one of their own.
        assert next(said) == "ended\n"
        assert asked(session, str(bundle)) == "False"


@needs_bus
def test_another_folder_of_settings_is_another_program(session: dict[str, str], tmp_path: Path) -> None:
    """A program on a stick does not hand its files to the one that is installed."""
    with start(session) as first:
        try:
            assert first.stdout is not None and first.stdout.readline() == "open\n"
            assert asked({**session, "XDG_CONFIG_HOME": str(tmp_path)}) == "False"
            assert asked({**session, "CAIRN_PORTABLE": str(tmp_path)}) == "False"
            assert asked(session) == "True"
        finally:
            first.kill()


@needs_bus
def test_the_first_keeps_its_place(session: dict[str, str]) -> None:
    with start(session) as first, start(session) as other:
        try:
            assert first.stdout is not None and other.stdout is not None
            assert sorted([first.stdout.readline(), other.stdout.readline()]) == ["open\n", "shut\n"]
        finally:
            first.kill()
            other.kill()


@needs_bus
def test_one_that_hangs_is_not_waited_for_long(session: dict[str, str], tmp_path: Path) -> None:
    import signal

    with start(session) as first:
        try:
            assert first.stdout is not None and first.stdout.readline() == "open\n"
            first.send_signal(signal.SIGSTOP)
            assert asked(session, str(tmp_path / "a.age")) == "False"
        finally:
            first.kill()


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DBUS_SESSION_BUS_ADDRESS": "disabled:"},
        {"XDG_RUNTIME_DIR": "/nonexistent"},
    ],
)
def test_without_a_bus_none_is_started(qapp: QApplication, environment: dict[str, str]) -> None:
    assert single_instance.pass_on([Path("/tmp/a.age")], environment) is False


def test_a_bus_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    gone = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/gone"}
    assert asked(gone, str(tmp_path / "a.age")) == "False"


HOSTILE: list[list[str]] = [
    ["http://elsewhere/a.age"],
    ["file://elsewhere/a.age"],
    ["file:a.age"],
    ["file:///tmp/a%00.age"],
    ["", "x" * 100_000, "file:", "file:///"],
    ["../a.age", "~/a.age", "-x"],
]


@pytest.mark.parametrize("uris", HOSTILE)
def test_what_is_no_file_of_this_computer_only_raises_the_window(qtbot: QtBot, uris: list[str]) -> None:
    instance = SingleInstance()
    with qtbot.waitSignal(instance.files_received) as got:
        instance.receive(uris, {"activation-token": 7, "x": [1]})
    assert all(path == Path("/") for path in got.args[0])


def test_many_are_cut_short(qtbot: QtBot) -> None:
    instance = SingleInstance()
    with qtbot.waitSignal(instance.files_received) as got:
        instance.receive([f"file:///tmp/{number}.age" for number in range(100_000)], {})
    assert len(got.args[0]) == single_instance.AT_MOST


def test_the_word_of_the_desktop_is_passed_on(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    instance = SingleInstance()
    for said, kept in (({"activation-token": "a\0b"}, None), ({"activation-token": "abc"}, "abc")):
        with qtbot.waitSignal(instance.files_received):
            instance.receive([], said)
        assert os.environ.get("XDG_ACTIVATION_TOKEN") == kept
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
