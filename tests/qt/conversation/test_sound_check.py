"""The sound check before the first question: spoken into the microphone, heard again at the loudspeaker."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cairn.qt.screens.interviews.conversation.ready import CHECK_SECONDS, ReadyCard
from cairn.qt.shell.window import Window
from qt.desk import LONG, find_button, press, reads, sees, texts
from qt.hand import keys, new, tab, workspace
from qt.sound.speaker import Speaker
from sound.compare import likeness, longest_gap
from sound.rig import RATE, Rig, Samples, quiet
from sound.script import spoken

# Real time on a machine that may be busy: what stutters is listened to again, and only what stays so fails.
pytestmark = pytest.mark.real_time

CHECK = "Sound check, 5 seconds"


@pytest.fixture
def ready(qtbot: QtBot, microphone: Rig, opened: Window) -> ReadyCard:
    """The card before a recording, with its microphone open."""
    new(qtbot, opened, "W-017")
    tab(qtbot, opened, "Conversation")
    card = workspace(opened).conversation.ready
    qtbot.waitUntil(card.record.isEnabled, timeout=LONG)
    return card


def check(qtbot: QtBot, rig: Rig, card: ReadyCard, said: Samples) -> Samples:
    """Speak into a sound check. Returns what came out of the loudspeaker until the verdict."""
    with rig.heard() as ear:
        words = CHECK if CHECK in texts(card) else "Check again"
        press(qtbot, card, words)
        assert not find_button(card, words).isEnabled()
        sees(qtbot, card, "Say something as loud as the person will speak.")
        with rig.playing(said):
            sees(qtbot, card, "This is what was heard.")
        qtbot.waitUntil(lambda: not reads(card, "This is what was heard."), timeout=LONG)
        ear.wait(ear.seconds + 0.3)
        return ear.samples()


def test_what_is_said_is_heard_at_the_loudspeaker(qtbot: QtBot, microphone: Rig, ready: ReadyCard) -> None:
    said = spoken(microphone.folder, CHECK_SECONDS - 1.5)
    heard = check(qtbot, microphone, ready, said)
    alike = likeness(said, heard)
    assert alike.whole > 0.9, alike
    assert longest_gap(said, heard, alike.lag) <= 0.1
    loud = heard != 0
    assert loud[: alike.lag - RATE].sum() == 0, "nothing is played while it listens"
    assert reads(ready, "The level is good. If you understood every word, you can begin.")
    assert not ready._heard, "what was said for the check is kept nowhere"
    assert find_button(ready, "Check again").isEnabled() and ready.record.isEnabled()


def test_silence_a_whisper_and_a_shout_are_told_apart(
    qtbot: QtBot, microphone: Rig, ready: ReadyCard
) -> None:
    said = spoken(microphone.folder, CHECK_SECONDS - 1.5)
    for samples, verdict in (
        (quiet(1), "Nothing was heard. Choose another microphone and check again."),
        ((said // 40).astype(np.int16), "It was quiet. Move the microphone nearer and check again."),
        (
            np.clip(said.astype(int) * 20, -32768, 32767).astype(np.int16),
            "It was too loud at times. Move the microphone away and check again.",
        ),
    ):
        check(qtbot, microphone, ready, samples)
        assert reads(ready, verdict)


def test_without_a_loudspeaker_the_level_is_told_all_the_same(
    qtbot: QtBot, microphone: Rig, ready: ReadyCard
) -> None:
    ready._playback = Speaker(ready)
    ready._playback.missing = True
    press(qtbot, ready, CHECK)
    with microphone.playing(spoken(microphone.folder, CHECK_SECONDS)):
        sees(qtbot, ready, "There is no loudspeaker to play it on. The level is good.")
    assert find_button(ready, "Check again").isEnabled() and not ready._heard


def test_recording_ends_the_check(qtbot: QtBot, microphone: Rig, opened: Window, ready: ReadyCard) -> None:
    press(qtbot, ready, CHECK)
    qtbot.waitUntil(lambda: len(ready._heard) > RATE, timeout=LONG)
    keys(qtbot, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: opened.recorder.state == "recording", timeout=LONG)
    assert not ready._heard and not ready._playback.playing and not ready.isVisible()
