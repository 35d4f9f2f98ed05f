"""The window's part of the self-test: what it looks at is looked at, and a second is really listened to."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn import resources
from cairn.app.program.selftest_sound import Heard
from cairn.errors import MachineError
from cairn.qt.media import selftest
from cairn.qt.media.recording.capture import Capture


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of plugins that holds nothing yet."""
    monkeypatch.setattr(QLibraryInfo, "path", staticmethod(lambda _which: str(tmp_path)))
    return tmp_path


@pytest.fixture
def packaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """As in a frozen build, whose folder this is."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    return tmp_path


def test_everything_is_as_it_should_be_here(qapp: QApplication) -> None:
    found = {probe.name: probe.look() for probe in selftest.probes()}
    assert {name: one.problem for name, one in found.items() if one.problem} == {}
    assert "qxcb" in found["plugins"].detail and found["window-texts"].detail == "en, ko"


@pytest.mark.usefixtures("qapp")
def test_a_plugin_that_is_missing_or_can_not_be_loaded(elsewhere: Path) -> None:
    assert selftest.plugins().problem == "missing"
    for name in selftest.PLUGINS[sys.platform]:
        (elsewhere / name).parent.mkdir(exist_ok=True)
        (elsewhere / name).write_bytes(b"\x7fELF no library at all")
    assert selftest.plugins().problem == "not loadable"


ABSENT = "libwayland-nobody.so.7: cannot open shared object file: No such file or directory"


@pytest.mark.usefixtures("qapp")
def test_a_system_without_wayland_passes_and_one_without_x_does_not(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the loader says when a library is absent; the real thing is in the smoke test of the package."""

    class Refuses:
        def __init__(self, path: str) -> None:
            self._path = path

        def load(self) -> bool:
            return refused not in self._path

        def errorString(self) -> str:
            return f"Cannot load library {self._path}: {ABSENT}"

    monkeypatch.setattr(selftest, "QPluginLoader", Refuses)
    for name in selftest.PLUGINS["linux"]:
        (elsewhere / name).parent.mkdir(exist_ok=True)
        (elsewhere / name).touch()
    monkeypatch.setattr(sys, "platform", "linux")
    refused = "libqwayland"
    found = selftest.plugins()
    assert found.problem == "" and "qwayland (not on this system: libwayland-nobody.so.7)" in found.detail
    refused = "libqxcb"
    assert selftest.plugins().problem == "not loadable"


def test_ffmpeg_by_surprise(elsewhere: Path, packaged: Path) -> None:
    assert selftest.no_ffmpeg().problem == ""
    (packaged / "libavcodec.so.61").touch()
    assert selftest.no_ffmpeg().problem == "libavcodec.so.61"
    (packaged / "libavcodec.so.61").unlink()
    (elsewhere / "multimedia").mkdir()
    (elsewhere / "multimedia" / "libffmpegmediaplugin.so").touch()
    assert selftest.no_ffmpeg().problem == "libffmpegmediaplugin.so"


@pytest.mark.usefixtures("qapp")
def test_an_icon_that_is_not_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    monkeypatch.setattr(resources, "path", lambda _name: tmp_path / "empty.svg")
    assert selftest.icons().problem == "empty"


@pytest.mark.usefixtures("qapp")
def test_texts_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "languages", lambda: ["en", "ko", "xx"])
    assert selftest.window_texts().problem == "cairn_xx"


@pytest.mark.usefixtures("qapp")
def test_no_font_for_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "families", staticmethod(lambda *_: []))
    assert selftest.korean_font().detail == "none on this system"
    monkeypatch.setattr("cairn.app.program.build.packaged", lambda: True)
    assert selftest.korean_font().problem == "none"


def test_a_second_and_no_more(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Capture, "start", lambda self, key="": setattr(self, "name", "FieldMic"))
    listener, heard = selftest.Listener(), list[Heard]()
    listener.done.connect(heard.append)
    listener.begin()
    for _ in range(60):
        listener._capture.samples.emit(bytes(1920))
    assert [(one.device, len(one.samples), one.why) for one in heard] == [("FieldMic", 96_000, "")]
    assert listener.ended


@pytest.mark.parametrize("code", ["microphone.none", "microphone.refused"])
def test_a_microphone_that_fails(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(Capture, "start", lambda self, key="": self.failed.emit(MachineError(code)))
    assert selftest.Outside().listen().why == code


def test_leaving_stops_listening(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Capture, "start", lambda self, key="": None)
    listener, heard = selftest.Listener(), list[Heard]()
    listener.done.connect(heard.append)
    listener.begin()
    listener.stop()
    listener._capture.samples.emit(bytes(200_000))
    assert heard == []
