"""The gauge and the overview: the same whatever the pieces are."""

from __future__ import annotations

import random

import numpy as np
import pytest

from audio.source import RATE, voice
from cairn.audio.levels import FLOOR, Gauge
from cairn.audio.peaks import PeakBuilder, peaks_of


def tone(dbfs: float, seconds: float) -> np.ndarray:
    """A sine whose RMS is `dbfs`."""
    at = np.arange(int(seconds * RATE)) / RATE
    return (np.sin(2 * np.pi * 440 * at) * 32768 * 2**0.5 * 10 ** (dbfs / 20)).astype("<i2")


def pieces(sound: np.ndarray, seed: int = 1) -> list[bytes]:
    chance, at, result = random.Random(seed), 0, []
    while at < len(sound):
        count = chance.choice((1, 7, 480, 960, 4801, 50_000))
        result.append(sound[at : at + count].tobytes())
        at += count
    return result


def heard(*sounds: np.ndarray) -> Gauge:
    gauge = Gauge()
    for piece in pieces(np.concatenate(sounds)):
        gauge.feed(piece)
    return gauge


@pytest.mark.parametrize("dbfs", [-6.0, -20.0, -45.0, -70.0])
def test_a_tone_is_as_loud_as_it_is(dbfs: float) -> None:
    gauge = heard(tone(dbfs, 3))
    assert abs(gauge.level_dbfs - dbfs) < 0.7
    assert abs(gauge.peak_dbfs - (dbfs + 3)) < 0.7


def test_digital_silence_is_the_floor() -> None:
    gauge = heard(np.zeros(RATE, "<i2"))
    assert gauge.level_dbfs == gauge.peak_dbfs == FLOOR


@pytest.mark.parametrize("silence", [np.zeros(25 * RATE, "<i2"), tone(-75, 25)])
def test_silence_is_said_after_twenty_seconds_and_taken_back(silence: np.ndarray) -> None:
    assert heard(tone(-20, 2), silence[: 19 * RATE]).hint == "waiting"
    gauge = heard(tone(-20, 2), silence)
    assert gauge.hint == "silent" and abs(gauge.silent_for - 25) < 0.1
    gauge.feed(tone(-20, 0.1).tobytes())
    assert gauge.silent_for == 0 and gauge.hint == ""


@pytest.mark.parametrize("nothing", [np.zeros(19 * RATE, "<i2"), tone(-75, 19)])
def test_nothing_is_called_good_before_somebody_has_spoken(nothing: np.ndarray) -> None:
    assert Gauge().hint == "waiting"
    gauge = heard(nothing)
    assert gauge.hint == "waiting"
    gauge.feed(tone(-20, 0.1).tobytes())
    assert gauge.hint == ""
    gauge.feed(nothing[: 9 * RATE].tobytes())
    assert gauge.hint == "", "people pause"
    gauge.feed(nothing[: 2 * RATE].tobytes())
    assert gauge.hint == "waiting"


def test_clipping_is_said_for_three_seconds() -> None:
    clipped = np.clip(tone(-20, 1).astype(int) * 30, -32768, 32767).astype("<i2")
    gauge = heard(tone(-20, 5), clipped)
    assert gauge.hint == "clipping" and gauge.clipped > 100
    gauge.feed(tone(-20, 3.1).tobytes())
    assert gauge.hint == ""


def test_one_loud_sample_is_no_clipping() -> None:
    sound = tone(-20, 1)
    sound[::5000] = 32767
    assert heard(sound).hint == ""


def test_too_quiet_is_said_when_ten_seconds_of_it_were_heard() -> None:
    assert heard(tone(-50, 9)).hint == "waiting"
    assert heard(tone(-50, 11)).hint == "too-quiet"
    assert heard(tone(-50, 11), tone(-30, 0.3)).hint == ""
    assert heard(voice(12)).hint == ""


def test_another_microphone_begins_anew() -> None:
    gauge = heard(np.zeros(25 * RATE, "<i2"))
    gauge.reset()
    assert (gauge.hint, gauge.silent_for, gauge.level_dbfs, gauge.clipped) == ("waiting", 0, FLOOR, 0)


@pytest.mark.parametrize(("rate", "channels"), [(48_000, 1), (44_100, 2), (8_000, 1)])
def test_peaks_are_the_same_however_the_sound_comes(rate: int, channels: int) -> None:
    sound = np.random.default_rng(3).integers(-32768, 32768, rate * 3 // 2 * channels).astype("<i2")
    sound[: rate // 10 * channels] = -32768
    sound[rate // 10 * channels : rate // 5 * channels] = 0
    step = rate // 20 * channels
    expected = bytes(
        min(255, int(np.abs(sound[at : at + step].astype(int)).max()) >> 7)
        for at in range(0, len(sound), step)
    )
    assert peaks_of(pieces(sound), rate, channels) == expected
    assert expected[:4] == bytes((255, 255, 0, 0)) and len(expected) == 30


def test_a_stretch_that_is_not_over_counts_as_a_peak() -> None:
    builder = PeakBuilder()
    assert builder.all() == b""
    builder.feed(np.full(2401, 1280, "<i2").tobytes())
    assert (bytes(builder.whole), builder.all()) == (b"\x0a", b"\x0a\x0a")
