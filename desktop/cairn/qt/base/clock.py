"""The clock that does not stand still while the laptop sleeps."""

from __future__ import annotations

import sys
import time


def boot_seconds() -> float:
    """Seconds on the clock that also runs while the laptop sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        # Python's own stands still in sleep there (mach_absolute_time); this one goes on (clock_gettime(3)).
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()
