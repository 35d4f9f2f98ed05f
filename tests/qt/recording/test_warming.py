"""The sound system is loaded before anybody asks for a microphone, in pieces."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from cairn.qt.media.recording.capture import Capture
from qt.desk import LONG
from sound.rig import MICROPHONE, Rig


def test_it_is_loaded_in_the_background_and_opens_nothing(qtbot: QtBot, microphone: Rig) -> None:
    capture = Capture()
    capture.warm_up()
    assert capture._devices is None
    qtbot.waitUntil(lambda: capture._devices is not None and not capture._warming.isActive(), timeout=LONG)
    assert not capture.running and microphone.listening() == []
    capture.warm_up()
    assert not capture._warming.isActive()
    assert [one.name for one in capture.microphones()] == [MICROPHONE]
    capture.start()
    qtbot.waitUntil(lambda: capture.heard, timeout=LONG)
    assert len(microphone.listening()) == 1
    capture.stop()


def test_whoever_asks_sooner_waits_for_nothing(qtbot: QtBot, microphone: Rig) -> None:
    capture = Capture()
    capture.warm_up()
    capture.start()
    qtbot.waitUntil(lambda: capture.heard and not capture._warming.isActive(), timeout=LONG)
    capture.stop()
