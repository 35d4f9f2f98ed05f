"""Whether sound is missing from what a device delivers: its samples, counted against the clock.

A system that is too busy throws samples away and tells nobody. What then follows each other in the recording
was not said so: the place is told.
"""

from __future__ import annotations

MISSING_SECONDS = 0.1
"""So much less sound than time is no unsteadiness of the delivery any more."""
_WINDOW_SECONDS = 2.0
_DRIFT = 0.0005
"""How much slower than the clock a device's own clock may be."""


class Pace:
    """Of one device, from when it was opened. Samples come late and in bursts: each window's best moment counts."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._frames = 0
        self._base: float | None = None
        self._ends = self._low = self._before = 0.0

    def took(self, frames: int, now: float) -> float:
        """So many samples came, at `now` (seconds, monotonic). Gives the seconds that are newly found missing.

        What is missing is known two to four seconds after it was.
        """
        self._frames += frames
        behind = now - self._frames / self._rate
        if self._base is None:
            self._base = self._low = self._before = behind
            self._ends = now + _WINDOW_SECONDS
            return 0.0
        if now < self._ends:
            self._low = min(self._low, behind)
            return 0.0
        low, self._low, before = self._low, behind, self._before
        self._before, self._ends = low, now + _WINDOW_SECONDS
        # One window alone may have been a burst that was still to come.
        missing = min(low, before) - self._base
        if missing > MISSING_SECONDS:
            self._base += missing
            return missing
        self._base = min(low, self._base + _DRIFT * _WINDOW_SECONDS)
        return 0.0
