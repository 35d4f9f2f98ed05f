"""A second start on Windows: its files go to the window that is open; the libraries of Windows are played."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn.qt.shell import second_start, single_instance
from cairn.qt.shell.single_instance import SingleInstance
from windows_border import Windows

KIND = QByteArray(b"windows_generic_MSG")
COPY = 0x4A
GOOD = b"cairn-files/1\0"


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Windows:
    """Windows, played: a message goes to the door of the first program."""
    made = Windows()
    monkeypatch.setattr(second_start, "windows_library", made.library)
    monkeypatch.setattr(single_instance, "on_windows", lambda: True)
    return made


@pytest.fixture
def first(qapp: QApplication, windows: Windows) -> Iterator[SingleInstance]:
    """The program that runs already."""
    made = SingleInstance()
    assert made.open() and made._door is not None
    windows.deliver = lambda window, message, data: say(made, window, message, data)
    yield made
    made.close()


def say(first: SingleInstance, window: int, message: int, data: int | None) -> tuple[bool, int]:
    said = wintypes.MSG(hWnd=window, message=message, lParam=data or 0)
    assert first._door is not None
    found = first._door.nativeEventFilter(KIND, ctypes.addressof(said))
    assert isinstance(found, tuple)
    return found


def test_files_go_to_the_first_which_may_come_forward(
    qtbot: QtBot, first: SingleInstance, windows: Windows, tmp_path: Path
) -> None:
    bundle = tmp_path / "봉인 하나.age"
    with qtbot.waitSignal(first.files_received) as got:
        assert single_instance.pass_on([bundle])
    assert got.args == [[bundle]]
    assert windows.may_come_forward == [4711]
    with qtbot.waitSignal(first.files_received) as got:
        assert single_instance.pass_on([])
    assert got.args == [[]]


def test_without_a_first_the_second_opens_its_own_window(qapp: QApplication, windows: Windows) -> None:
    assert not single_instance.pass_on([Path("/tmp/a.age")])


def test_one_that_closes_is_found_no_more(
    qtbot: QtBot, qapp: QApplication, windows: Windows, first: SingleInstance
) -> None:
    door = first._door
    assert door is not None and door.open
    first.close()
    assert not door.open and first._door is None
    windows.deliver = lambda *_: (True, 0)  # the window lives a moment longer, and nobody answers
    assert not single_instance.pass_on([])


@pytest.mark.parametrize("missing", ["FindWindowW", "SendMessageTimeoutW", "SetWindowTextW"])
def test_a_windows_that_refuses_means_a_second_window(
    qapp: QApplication, windows: Windows, missing: str
) -> None:
    windows.refuse.add(missing)
    instance = SingleInstance()
    assert instance.open() is (missing != "SetWindowTextW")
    assert not single_instance.pass_on([])
    instance.close()


@pytest.mark.usefixtures("qapp")
def test_without_the_library_nothing_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    # As everywhere else: the real function, which finds no such library here.
    assert not second_start.hand_over("app.cairn.Cairn", [])
    monkeypatch.setattr(single_instance, "on_windows", lambda: True)
    instance = SingleInstance()
    assert not instance.open()
    instance.close()


@pytest.mark.parametrize(
    "said",
    [
        b"", b"\0", b"cairn-files/1", b"cairn-files/1\0/tmp/a.age", b"cairn-files/2\0/tmp/a.age\0",
        b"cairn-files/1\0\xff\0", b"cairn-files/1\0" + b"x" * second_start.LARGEST + b"\0",
    ],
)  # fmt: skip
def test_what_no_second_start_says_is_left_alone(qtbot: QtBot, first: SingleInstance, said: bytes) -> None:
    held = ctypes.create_string_buffer(said, max(1, len(said)))
    sent = second_start._CopyData(second_start._MARK, len(said), ctypes.addressof(held))
    assert first._door is not None
    with qtbot.assertNotEmitted(first.files_received):
        assert say(first, first._door._handle, COPY, ctypes.addressof(sent)) == (False, 0)


def test_messages_of_others_pass_by(qtbot: QtBot, first: SingleInstance) -> None:
    held = ctypes.create_string_buffer(GOOD, len(GOOD))
    good = second_start._CopyData(second_start._MARK, len(GOOD), ctypes.addressof(held))
    foreign = second_start._CopyData(7, len(GOOD), ctypes.addressof(held))
    assert first._door is not None
    own = first._door._handle
    with qtbot.assertNotEmitted(first.files_received):
        for window, message, data in (
            (own, COPY, ctypes.addressof(foreign)),
            (own + 1, COPY, ctypes.addressof(good)),
            (own, 0x10, ctypes.addressof(good)),
            (own, COPY, None),
        ):
            assert say(first, window, message, data) == (False, 0)
        said = wintypes.MSG(hWnd=own, message=COPY, lParam=ctypes.addressof(good))
        other = QByteArray(b"xcb_generic_event_t")
        assert first._door.nativeEventFilter(other, ctypes.addressof(said)) == (False, 0)


def test_names_that_are_no_whole_paths_only_raise_the_window(
    qtbot: QtBot, first: SingleInstance, windows: Windows
) -> None:
    with qtbot.waitSignal(first.files_received) as got:
        assert second_start.hand_over(single_instance.address(), ["a.age", "", "~/a.age"])
    assert got.args == [[]]
