"""Small values that records of several kinds hold, with their limits."""

from __future__ import annotations

from typing import Annotated

import msgspec

MAX_SIZE = 1 << 53
"""Most bytes that a file can be said to have: greater numbers are not the same in every JSON reader."""

MAX_MS = 1 << 40
"""Greatest time inside a recording, in milliseconds."""

Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=MAX_MS)]
Octets = Annotated[int, msgspec.Meta(ge=0, le=MAX_SIZE)]


class Span(msgspec.Struct, frozen=True):
    """A stretch of a recording's sound, in milliseconds; `end` is not part of it."""

    start: Milliseconds
    end: Milliseconds


def clock_text(ms: int) -> str:
    """A moment of a recording as `0:12:34`."""
    seconds = ms // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
