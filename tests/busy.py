"""How busy the machine was while a test ran: whether what went wrong can be the machine's doing.

Linux counts for how long something that could have run waited for a processor (`/proc/pressure/cpu`). A test that
listens in real time and misses a second while nothing waited has found a mistake of Cairn or of the sound system;
while much waited it may be either, and has to be tried on an idle machine.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import NamedTuple

PRESSURE = Path("/proc/pressure/cpu")
BUSY = 20
"""Percent of the time from which the machine is called busy."""


class Moment(NamedTuple):
    """A reading: seconds on a clock that only goes on, seconds that something has waited; None where not counted."""

    at: float
    waited: float | None


def now() -> Moment:
    """The reading at this moment."""
    try:
        found = re.search(r"^some .*total=([0-9]+)", PRESSURE.read_text("ascii"), re.MULTILINE)
    except OSError:
        found = None
    return Moment(time.monotonic(), int(found[1]) / 1e6 if found else None)


def since(before: Moment, after: Moment | None = None) -> str:
    """In words how busy the machine was since then, and what that says about the cause."""
    after = after or now()
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    if before.waited is None or after.waited is None:
        return f"{load}; this system doesn't count what waits: the cause can't be told apart"
    percent = round(100 * (after.waited - before.waited) / max(0.001, after.at - before.at))
    if percent < BUSY:
        return f"{load}; something waited for a processor {percent} % of the time: not the machine, look at Cairn"
    return f"{load}; something waited for a processor {percent} % of the time: may be the machine, try it on an idle one"
