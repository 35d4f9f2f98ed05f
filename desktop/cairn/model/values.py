"""Small values that records of several kinds hold, with their limits."""

from __future__ import annotations

from typing import Annotated, NewType

import msgspec

MAX_SIZE = 1 << 53
"""Most bytes that a file can be said to have: greater numbers are not the same in every JSON reader."""

MAX_MS = 1 << 40
"""Greatest time inside a recording, in milliseconds."""

MomentMs = NewType("MomentMs", Annotated[int, msgspec.Meta(ge=0, le=MAX_MS)])
"""A place in a sound: milliseconds from its beginning."""
LengthMs = NewType("LengthMs", Annotated[int, msgspec.Meta(ge=0, le=MAX_MS)])
"""How long something lasts, in milliseconds. Neither is samples, bytes or seconds (`tests/house/test_times.py`).

The bounds hold where a value is decoded; what is reckoned is an `int` until somebody says which of the two it is.
"""

BEGINNING = MomentMs(0)
NO_LENGTH = LengthMs(0)
"""Also where a length is unknown."""

Octets = Annotated[int, msgspec.Meta(ge=0, le=MAX_SIZE)]


class Span(msgspec.Struct, frozen=True):
    """A stretch of a recording's sound, in milliseconds; `end` is not part of it."""

    start: MomentMs
    end: MomentMs


def clock_text(ms: MomentMs | LengthMs) -> str:
    """A moment of a recording as `0:12:34`."""
    seconds = ms // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
