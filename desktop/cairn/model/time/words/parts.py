"""Beginning, middle and end of a year, a month, a season, a decade.

Thirds of a month are those that Korean and Chinese name (초순·上旬, 중순·中旬, 하순·下旬). The others are rough, and wide on
purpose: nobody who says "early in 2005" draws a line.
"""

from __future__ import annotations

from datetime import date

from cairn.model.time import days, edtf
from cairn.model.time.edtf import Edtf, Interval, Point

PARTS = ("early", "middle", "late", "end", "first-half", "second-half")

_YEAR = {
    "early": (1, 3), "middle": (5, 8), "late": (10, 12), "end": (11, 12), "first-half": (1, 6), "second-half": (7, 12),
}  # fmt: skip
_QUARTER = {"quarter-1": (1, 3), "quarter-2": (4, 6), "quarter-3": (7, 9), "quarter-4": (10, 12)}
_DECADE = {
    "early": (0, 3),
    "middle": (4, 6),
    "late": (6, 9),
    "end": (7, 9),
    "first-half": (0, 4),
    "second-half": (5, 9),
}


_ENDS = {"first-day": (1, 1), "last-day": (12, 31)}
"""Parts of a year that are a day."""


def of_year(year: int, part: str | None) -> Edtf:
    """A year, or some months of it."""
    if part is None:
        return Point(year)
    if part in _ENDS:
        return Point(year, *_ENDS[part])
    first, last = months_of(part)
    return Interval(Point(year, first), Point(year, last))


def months_of(part: str | None) -> tuple[int, int]:
    """First and last month of a part of a year. Raises ValueError where a year has none such."""
    if part is None:
        return 1, 12
    if part in _QUARTER:
        return _QUARTER[part]
    if part not in _YEAR:
        raise ValueError("no such part of a year")
    return _YEAR[part]


def of_decade(first: int, part: str | None) -> Edtf:
    """Ten years, or some of them."""
    if part is None:
        return Point(first, digits=3)
    if part not in _DECADE:
        raise ValueError("no such part of a decade")
    low, high = _DECADE[part]
    return Interval(Point(first + low, approximate=True), Point(first + high, approximate=True))


def of_month(first: date, last: date, part: str | None) -> Edtf:
    """A month of whichever calendar, or a third or half of it."""
    length = (last - first).days + 1
    if part in _ENDS:
        return edtf.on(first if part == "first-day" else last)
    if part == "last-week":
        return edtf.spanning(days.plus_days(last, -6), last).marked(approximate=True)
    if part is not None and part.startswith("week-"):
        begin = days.plus_days(first, 7 * int(part[-1]) - 7)
        return edtf.spanning(begin, min(last, days.plus_days(begin, 6))).marked(approximate=True)
    low, high = {
        None: (1, length), "early": (1, 10), "middle": (11, 20), "late": (21, length), "end": (21, length),
        "first-half": (1, 15), "second-half": (16, length),
    }.get(part, (0, 0))  # fmt: skip
    if not low:
        raise ValueError("no such part of a month")
    return edtf.spanning(days.plus_days(first, low - 1), days.plus_days(first, high - 1))


def of_season(year: int, season: int, part: str | None) -> list[Edtf]:
    """A season, or a month of it. Of a late winter the year may be that of its beginning or of its end."""
    winter = season == days.WINTER
    if part in _ENDS or (part or "").startswith(("week-", "last-week", "quarter-")):
        raise ValueError("no such part of a season")
    if part is None or (winter and part == "middle"):
        return [Point(year, season)]
    if winter and part in ("early", "first-half"):
        # From 입동·立冬 on, which is what opens the winter in talk.
        return [edtf.spanning(date(year, 11, 7), date(year, 12, 31)).marked(approximate=True)]
    if winter:
        return [Point(year, 2, approximate=True), Point(year + 1, 2, approximate=True)]
    first = 3 * (season - days.SPRING) + 3
    if part == "middle":
        return [Interval(Point(year, first + 1, approximate=True), Point(year, first + 2, approximate=True))]
    return [Point(year, first if part in ("early", "first-half") else first + 2, approximate=True)]
