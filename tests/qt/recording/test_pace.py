"""Samples against the clock: what is missing is found, what is late or slow is not."""

from __future__ import annotations

import random

import pytest

from cairn.qt.media.recording.pace import Pace

RATE = 48_000


def delivered(
    seconds: float, *, late: random.Random | None = None, rate: float = RATE
) -> list[tuple[int, float]]:
    """(samples, moment) of a device that delivers every 20 ms, or late and then all at once."""
    found, sent, step = [], 0, 0
    while step * 0.02 < seconds:
        step += 1
        if late is not None and late.random() < 0.7:
            continue
        now = step * 0.02
        found.append((round(now * rate) - sent, now))
        sent = round(now * rate)
    return found


@pytest.mark.parametrize("missing", [0.15, 0.9, 30.0])
def test_what_is_missing_is_found_once(missing: float) -> None:
    pace, chance = Pace(RATE), random.Random(5)
    found = [pace.took(frames, now) for frames, now in delivered(20, late=chance)]
    assert not any(found)
    later = [pace.took(frames, now + 20 + missing) for frames, now in delivered(20, late=chance)]
    (told,) = [one for one in later if one]
    assert told == pytest.approx(missing, abs=0.06)


@pytest.mark.parametrize("parts", [-300, 0, 300])
def test_a_device_whose_clock_is_another_misses_nothing(parts: int) -> None:
    pace = Pace(RATE)
    rate = RATE * (1 + parts / 1_000_000)
    assert not any(pace.took(frames, now) for frames, now in delivered(3600, rate=rate))


def test_a_program_that_stood_still_and_gets_all_of_it_misses_nothing() -> None:
    pace = Pace(RATE)
    before = delivered(10)
    assert not any(pace.took(frames, now) for frames, now in before)
    assert not pace.took(5 * RATE, 15.0)
    assert not any(pace.took(frames, now + 15) for frames, now in delivered(10))
