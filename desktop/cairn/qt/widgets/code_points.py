"""Code points of a stored text, and the UTF-16 units by which Qt counts what it shows of it."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ALONE = re.compile("[\ud800-\udfff]")


class Places:
    """Code points of a text, and UTF-16 units of what Qt shows of it: as many but where a character takes two."""

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        self._astral_units = [place + number for number, place in enumerate(self._astral)]

    def to_units(self, place: int) -> int:
        """The unit at which a code point begins."""
        return place + bisect_left(self._astral, place)

    def to_points(self, unit: int) -> int:
        """The code point that a unit belongs to."""
        return unit - bisect_left(self._astral_units, unit)


def shown(text: str) -> str:
    """A text as Qt can show it, with as many characters: what Qt would join or refuse stands as something else."""
    return _ALONE.sub("\ufffd", text.replace("\r\n", " \n"))
