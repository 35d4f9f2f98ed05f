"""What a long day in one window is said to have come to."""

from __future__ import annotations

import pytest

from bench import soak


def day(grown: float, *, first: float = 0.0) -> dict[str, object]:
    """A day whose memory grows by `grown` MiB in a hundred openings, and by `first` until all is there."""
    memory = [
        (at, 200 + (first if at < soak.SETTLED else 2 * first) + grown * at / 100)
        for at in range(100, 3001, 100)
    ]
    return {"memory": memory, "locks": 30, "seconds": 600.0}


def test_a_flat_day_is_met_whatever_was_kept_at_its_beginning() -> None:
    figure = soak.reported(day(0.1, first=40), 3000)
    assert figure.met and figure.number == pytest.approx(2.5) and figure.unit == "MiB"
    assert figure.what == "growth, 3,000 openings, after 500" and "30 locks" in figure.beside


def test_what_grows_all_day_is_missed() -> None:
    assert soak.reported(day(0.39), 3000).met is True
    assert soak.reported(day(0.41), 3000).met is False


def test_one_peak_decides_nothing() -> None:
    found = day(0.0)
    found["memory"][-1] = (3000, 240.0)  # type: ignore[index]
    assert soak.reported(found, 3000).met is True


def test_too_short_a_day_says_so() -> None:
    with pytest.raises(ValueError, match="too few"):
        soak.reported({"memory": [(100, 200.0)], "locks": 1, "seconds": 1.0}, 100)
