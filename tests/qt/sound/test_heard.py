"""What comes out of the loudspeaker: sound is played through the real output, and listened to there."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from cairn.decode.host import DecodeHost, Whole
from cairn.model.values import Span
from cairn.qt.base import tasks
from cairn.qt.media.sound.player import Player
from sound.compare import likeness, longest_gap
from sound.rig import RATE, Rig, Samples, speech

# Real time on a machine that may be busy: what stutters is listened to again, and only what stays so fails.
pytestmark = pytest.mark.real_time

LONG = 20_000
WORDS = "We walked along the river for two nights, and in the morning we saw the lights of the town."


@pytest.fixture
def host(qapp: object) -> Iterator[DecodeHost]:
    with DecodeHost() as made:
        yield made
    tasks.shut_down()


@pytest.fixture
def said(microphone: Rig) -> Samples:
    return speech(microphone.folder, WORDS)


def opened(qtbot: QtBot, host: DecodeHost, samples: Samples) -> Player:
    out = io.BytesIO()
    soundfile.write(out, samples, RATE, format="OGG", subtype="OPUS")
    player = Player()
    player.open(Whole(out.getvalue()), host)
    with qtbot.waitSignal(player.ready, timeout=LONG):
        pass
    return player


def play(qtbot: QtBot, rig: Rig, player: Player, start: int, *, until: int = 0) -> Samples:
    """Play and listen, to the end or until the player says it is there."""
    with rig.heard() as ear:
        before = ear.seconds
        if until:
            with qtbot.waitSignal(player.moved, timeout=LONG, check_params_cb=lambda ms: ms >= until):
                player.play_from(start)
            player.pause()
        else:
            with qtbot.waitSignal(player.ended, timeout=LONG):
                player.play_from(start)
        ear.wait(ear.seconds + 0.5)
        return ear.samples()[int(before * RATE) :]


def test_speech_is_heard_as_it_was_said(
    qtbot: QtBot, microphone: Rig, host: DecodeHost, said: Samples
) -> None:
    player = opened(qtbot, host, said)
    heard = play(qtbot, microphone, player, 0)
    found = likeness(said, heard)
    assert found.whole > 0.9 and found.drift < RATE // 100
    assert longest_gap(said, heard, found.lag) < 0.1
    player.close()


def test_a_jump_is_exact(qtbot: QtBot, microphone: Rig, host: DecodeHost, said: Samples) -> None:
    player = opened(qtbot, host, said)
    heard = play(qtbot, microphone, player, 2_500)
    rest = said[round(2.5 * RATE) :]
    found = likeness(rest, heard)
    assert found.whole > 0.9
    # Nothing of what stands before the place was heard.
    assert np.abs(heard[: max(0, found.lag - RATE // 50)]).max(initial=0) < 200
    player.close()


def test_a_loop_is_heard_twice(qtbot: QtBot, microphone: Rig, host: DecodeHost, said: Samples) -> None:
    player = opened(qtbot, host, said)
    player.set_loop(Span(1_000, 2_000))
    with microphone.heard() as ear:
        before = ear.seconds
        player.play()
        last = player.position
        places = list[int]()
        player.moved.connect(places.append)

        def twice() -> bool:
            return sum(later < earlier for earlier, later in itertools.pairwise(places)) >= 2

        qtbot.waitUntil(twice, timeout=LONG)
        player.pause()
        ear.wait(ear.seconds + 0.3)
        heard = ear.samples()[int(before * RATE) :]
    assert last == 1_000
    once = said[RATE : 2 * RATE]
    assert likeness(np.concatenate([once, once]), heard).whole > 0.9
    player.close()


def test_slower_takes_longer(qtbot: QtBot, microphone: Rig, host: DecodeHost, said: Samples) -> None:
    player = opened(qtbot, host, said[: 3 * RATE])
    player.set_speed(0.75)
    heard = play(qtbot, microphone, player, 0)
    loud = np.flatnonzero(np.abs(heard) > 300)
    spoken = np.flatnonzero(np.abs(said[: 3 * RATE]) > 300)
    took = (loud[-1] - loud[0]) / (spoken[-1] - spoken[0])
    assert took == pytest.approx(1 / 0.75, rel=0.05)
    player.close()
