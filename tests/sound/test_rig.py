"""The rig itself: what is said is heard, the microphone comes and goes."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from sound.compare import likeness, longest_gap
from sound.rig import MICROPHONE, RATE, Rig, quiet, speech, tone

pytestmark = pytest.mark.real_time


def test_what_is_said_into_the_microphone_comes_out_of_it(microphone: Rig) -> None:
    with microphone.heard("mic") as ear:
        said = microphone.say("The river was frozen, and nobody spoke until the lamps went out.")
        ear.wait(len(said) / RATE + 0.5)
        heard = ear.samples()
    found = likeness(said, heard)
    assert found.whole > 0.98
    assert found.worst > 0.98
    assert longest_gap(said, heard, found.lag) == 0


def test_the_ear_hears_the_speaker(microphone: Rig) -> None:
    with microphone.heard() as ear:
        microphone.play(tone(1), to="speaker")
        ear.wait(1.2)
        assert likeness(tone(1), ear.samples()).whole > 0.98


def test_comparing_notices_what_is_missing_or_shifted(rig: Rig) -> None:
    said = speech(rig.folder, "One two three four five six seven eight nine ten eleven twelve.")
    cut = said.copy()
    cut[RATE : RATE + RATE // 4] = 0
    assert longest_gap(said, cut, 0) >= 0.1
    short = np.concatenate([said[: 2 * RATE], said[2 * RATE + 960 :]])
    assert likeness(said, short).drift >= 900
    assert likeness(tone(1), quiet(2)).whole < 0.1


def test_qt_sees_the_microphone(qtbot: QtBot, microphone: Rig) -> None:
    from PySide6.QtMultimedia import QMediaDevices

    def names() -> list[str]:
        return [one.description() for one in QMediaDevices.audioInputs()]

    qtbot.waitUntil(lambda: names() == [MICROPHONE])
