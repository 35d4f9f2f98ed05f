"""The player hands over the right samples: from any place, at any speed, round a loop; with the real decoder."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
from pytestqt.qtbot import QtBot

from cairn.decode.host import DecodeHost, Whole
from cairn.errors import CairnError
from cairn.model.values import Span
from cairn.qt.base import tasks
from cairn.qt.media.sound.player import Player
from decode import files
from qt.sound.speaker import Speaker, plug

LONG = 20_000
RATE = 8000
SECONDS = 30
TONE = files.tone(SECONDS * RATE, rate=RATE)[:, 0]


@pytest.fixture
def host(qapp: object) -> Iterator[DecodeHost]:
    with DecodeHost() as made:
        yield made
    tasks.shut_down()


@pytest.fixture
def player(qtbot: QtBot, host: DecodeHost) -> Iterator[Player]:
    made = Player()
    made.open(Whole(files.sound("WAV", "PCM_16", SECONDS * RATE, rate=RATE)), host)
    with qtbot.waitSignal(made.ready, timeout=LONG):
        pass
    yield made
    made.close()


@pytest.fixture
def speaker(player: Player) -> Speaker:
    return plug(player)


def samples(speaker: Speaker) -> npt.NDArray[np.int64]:
    return np.frombuffer(bytes(speaker.heard), "<i2").astype(np.int64)


def expected(start_ms: int, count: int) -> npt.NDArray[np.int64]:
    first = start_ms * RATE // 1000
    return np.rint(TONE[first : first + count] * 32767).astype(np.int64)


def draw(qtbot: QtBot, speaker: Speaker, least: int) -> None:
    """Let the output be hungry until this many samples have come."""

    def enough() -> bool:
        if len(speaker.heard) < 2 * least and not speaker.done:
            speaker.hungry.emit()
        return len(speaker.heard) >= 2 * least or speaker.done

    qtbot.waitUntil(enough, timeout=LONG)


@pytest.mark.parametrize("at", [0, 1, 12_345, 29_990])
def test_plays_exactly_from_there(qtbot: QtBot, player: Player, speaker: Speaker, at: int) -> None:
    player.play_from(at)
    draw(qtbot, speaker, 5 * RATE)
    got = samples(speaker)
    assert len(got) >= min(5 * RATE, (SECONDS * 1000 - at) * RATE // 1000)
    assert np.abs(got - expected(at, len(got))).max() <= 2


def test_the_place_follows_what_is_heard(qtbot: QtBot, player: Player, speaker: Speaker) -> None:
    places = list[int]()
    player.moved.connect(places.append)
    player.play_from(10_000)
    draw(qtbot, speaker, RATE)
    speaker.moved.emit(RATE // 2)
    speaker.moved.emit(RATE)
    assert places == [10_000, 10_500, 11_000] and player.position == 11_000


def test_goes_on_three_seconds_before_the_pause(qtbot: QtBot, player: Player, speaker: Speaker) -> None:
    player.play_from(10_000)
    draw(qtbot, speaker, RATE)
    speaker.moved.emit(RATE)
    player.pause()
    assert player.position == 11_000
    player.play()
    assert player.position == 8_000
    draw(qtbot, speaker, RATE)
    got = samples(speaker)
    assert np.abs(got - expected(8_000, len(got))).max() <= 2
    player.pause()
    player.seek(20_000)
    player.play()
    assert player.position == 20_000, "who chose a place hears it from there"
    player.pause()
    player.play_from(500)
    player.pause()
    player.play()
    assert player.position == 0


def test_what_was_asked_for_before_a_jump_is_not_heard(
    qtbot: QtBot, player: Player, speaker: Speaker
) -> None:
    player.play_from(0)
    for place in (5_000, 25_000, 15_000):
        player.seek(place)
    draw(qtbot, speaker, 2 * RATE)
    got = samples(speaker)
    assert np.abs(got - expected(15_000, len(got))).max() <= 2
    player.skip(-3_000)
    assert player.position == 12_000
    player.skip(-60_000)
    assert player.position == 0


def test_loop_goes_round_without_a_gap(qtbot: QtBot, player: Player, speaker: Speaker) -> None:
    player.set_loop(Span(2_000, 2_750))
    player.play()
    assert player.position == 2_000
    draw(qtbot, speaker, 3 * RATE)
    got, once = samples(speaker), expected(2_000, 750 * RATE // 1000)
    rounds = np.tile(once, len(got) // len(once) + 1)[: len(got)]
    assert np.abs(got - rounds).max() <= 2
    speaker.moved.emit(len(once) + 800)
    assert player.position == 2_100, "the second time round"
    player.set_loop(None)
    assert player.position == 2_100
    draw(qtbot, speaker, RATE)
    got = samples(speaker)
    assert np.abs(got - expected(2_100, len(got))).max() <= 2


def test_loop_to_the_end_goes_round(qtbot: QtBot, player: Player, speaker: Speaker) -> None:
    player.set_loop(Span(29_000, 31_000))
    player.play_from(29_500)
    draw(qtbot, speaker, 2 * RATE)
    got = samples(speaker)
    assert np.abs(got[: RATE // 2] - expected(29_500, RATE // 2)).max() <= 2
    assert np.abs(got[RATE // 2 : RATE] - expected(29_000, RATE // 2)).max() <= 2
    assert not speaker.done


def test_a_moment_is_no_loop(player: Player) -> None:
    player.set_loop(Span(100, 150))
    assert player.loop is None


def test_what_is_left_out_is_passed_over(qtbot: QtBot, player: Player, speaker: Speaker) -> None:
    player.leave_out([Span(1_000, 4_000), Span(5_000, 29_500)])
    player.play_from(0)
    draw(qtbot, speaker, SECONDS * RATE)
    wanted = np.concatenate([expected(0, RATE), expected(4_000, RATE), expected(29_500, RATE // 2)])
    got = samples(speaker)
    assert len(got) == len(wanted) and np.abs(got - wanted).max() <= 2
    speaker.moved.emit(RATE + 80)
    assert player.position == 4_010
    speaker.end()
    assert player.position == SECONDS * 1000


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.5, 2.0])
def test_speed_changes_the_time_and_not_the_pitch(
    qtbot: QtBot, player: Player, speaker: Speaker, speed: float
) -> None:
    player.set_speed(speed)
    player.play_from(0)
    draw(qtbot, speaker, int(SECONDS * RATE / speed) + RATE)
    got = samples(speaker)
    assert speaker.done
    assert len(got) / RATE == pytest.approx(SECONDS / speed, abs=0.25)

    def pitch(heard: npt.NDArray[np.int64]) -> float:
        middle = heard[len(heard) // 2 : len(heard) // 2 + 4 * RATE].astype(float)
        strength = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
        return float(np.argmax(strength) * RATE / len(middle))

    assert pitch(got) == pytest.approx(pitch(expected(0, SECONDS * RATE)), rel=0.02)
    speaker.on = True
    speaker.moved.emit(RATE)
    assert player.position == round(1000 * speed)


def test_speed_while_playing_goes_on_from_here(qtbot: QtBot, player: Player, speaker: Speaker) -> None:
    player.play_from(4_000)
    draw(qtbot, speaker, RATE)
    speaker.moved.emit(RATE)
    player.faster()
    assert player.speed == 1.1 and player.position == 5_000 and player.playing
    player.slower()
    assert player.speed == 1.0
    draw(qtbot, speaker, RATE)
    got = samples(speaker)
    assert np.abs(got - expected(5_000, len(got))).max() <= 2
    player.set_speed(7)
    assert player.speed == 2.0


def test_end_and_again(qtbot: QtBot, player: Player, speaker: Speaker) -> None:
    player.play_from(29_000)
    draw(qtbot, speaker, 10 * RATE)
    with qtbot.waitSignal(player.ended, timeout=LONG):
        speaker.end()
    assert player.position == SECONDS * 1000 and not player.playing
    player.play()
    assert player.position == 0


def test_plays_as_soon_as_the_sound_is_known(qtbot: QtBot, host: DecodeHost) -> None:
    player = Player()
    speaker = plug(player)
    player.open(Whole(files.sound("WAV", "PCM_16", SECONDS * RATE, rate=RATE)), host)
    player.play_from(7_000)
    assert player.playing and not speaker.on
    draw(qtbot, speaker, RATE)
    got = samples(speaker)
    assert np.abs(got - expected(7_000, len(got))).max() <= 2
    player.close()
    assert not speaker.on and host.pids == []


def test_damage_is_told_and_ends_the_playing(qtbot: QtBot, host: DecodeHost) -> None:
    player = Player()
    plug(player)
    errors = list[CairnError]()
    player.failed.connect(errors.append)
    player.open(Whole(b"no sound at all" * 100), host)
    player.play_from(0)
    qtbot.waitUntil(lambda: bool(errors), timeout=LONG)
    assert errors[0].code == "decode.unsupported" and not player.playing


def test_no_output_is_told(qtbot: QtBot, player: Player, speaker: Speaker) -> None:
    speaker.missing = True
    with qtbot.waitSignal(player.silent, timeout=LONG):
        player.play()
    assert not player.playing


def test_a_closed_player_forgets(qtbot: QtBot, player: Player, speaker: Speaker, host: DecodeHost) -> None:
    player.play_from(0)
    player.close()
    tasks.shut_down()
    assert not player.known and player.duration == 0 and not speaker.heard
    player.toggle()
    assert not player.playing and host.pids == []
