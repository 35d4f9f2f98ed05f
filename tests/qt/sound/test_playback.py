"""Samples reach the sound output whole and in order. The output is a stand-in: test machines have none."""

from __future__ import annotations

import enum
import sys
import types

import pytest
from pytestqt.qtbot import QtBot

from cairn.qt.media.sound.playback import Playback
from cairn.qt.media.sound.player import Player

LONG = 20_000


class State(enum.Enum):
    ActiveState = 0
    StoppedState = 2


class Error(enum.Enum):
    NoError = 0
    OpenError = 1


class Format:
    class SampleFormat(enum.Enum):
        Int16 = 2

    def setSampleRate(self, rate: int) -> None: ...
    def setChannelCount(self, channels: int) -> None: ...
    def setSampleFormat(self, kind: object) -> None: ...


class Device:
    supported = True

    def isNull(self) -> bool:
        return False

    def isFormatSupported(self, wanted: Format) -> bool:
        return self.supported


class Sink:
    """Takes at most 700 bytes at a time and plays them by the next look at it."""

    made: list[Sink]
    error_at_start = Error.NoError

    def __init__(self, device: Device, wanted: Format, parent: object) -> None:
        self.played = bytearray()
        self.inside = 0
        self.now = State.ActiveState
        self.size = 0
        Sink.made.append(self)

    def setBufferSize(self, size: int) -> None:
        self.size = size

    def bufferSize(self) -> int:
        return self.size

    def bytesFree(self) -> int:
        return self.size - self.inside

    def start(self) -> Sink:
        return self

    def write(self, data: bytes) -> int:
        taken = data[:700]
        self.played += taken
        self.inside = 0 if len(data) < 700 else len(taken)
        return len(taken)

    def error(self) -> Error:
        return self.error_at_start

    def state(self) -> State:
        return self.now

    def reset(self) -> None: ...
    def stop(self) -> None: ...
    def deleteLater(self) -> None: ...


@pytest.fixture
def output(qapp: object, monkeypatch: pytest.MonkeyPatch) -> type[Device]:
    module = types.ModuleType("PySide6.QtMultimedia")
    module.__dict__.update(
        QAudioFormat=Format,
        QAudioSink=Sink,
        QMediaDevices=types.SimpleNamespace(defaultAudioOutput=Device),
        QtAudio=types.SimpleNamespace(State=State, Error=Error),
    )
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", module)
    Sink.made = []
    return Device


def test_all_samples_are_played_in_order(qtbot: QtBot, output: type[Device]) -> None:
    playback, samples, places = Playback(), bytes(range(256)) * 20, list[int]()
    playback.moved.connect(places.append)
    assert playback.start(8000, 1) and playback.playing
    with qtbot.waitSignal(playback.hungry, timeout=LONG):
        playback.feed(samples[:2000])
    playback.feed(samples[2000:])
    with qtbot.waitSignal(playback.ended, timeout=LONG):
        playback.finish()
    assert bytes(Sink.made[0].played) == samples
    assert places == sorted(places) and places[-1] == len(samples) // 2
    assert not playback.playing


def test_stop_forgets_what_waits(qtbot: QtBot, output: type[Device]) -> None:
    playback = Playback()
    playback.start(8000, 2)
    playback.feed(b"old " * 1000)
    assert playback.start(8000, 2)
    playback.feed(b"new ")
    with qtbot.waitSignal(playback.ended, timeout=LONG):
        playback.finish()
    assert bytes(Sink.made[1].played) == b"new "


def test_output_that_goes_away(qtbot: QtBot, output: type[Device]) -> None:
    playback = Playback()
    playback.start(8000, 1)
    Sink.made[0].now = State.StoppedState
    with qtbot.waitSignal(playback.broke, timeout=LONG):
        playback.feed(b"ab")
    assert not playback.playing


def test_output_that_can_not_play_it(monkeypatch: pytest.MonkeyPatch, output: type[Device]) -> None:
    monkeypatch.setattr(Sink, "error_at_start", Error.OpenError)
    assert Playback().start(8000, 1) is False
    monkeypatch.setattr(output, "supported", False)
    assert Playback().start(8000, 1) is False


def test_nothing_is_played_before_the_sound_is_known(qtbot: QtBot, output: type[Device]) -> None:
    player = Player()
    player.toggle()
    assert not player.playing and not player.playback.playing
