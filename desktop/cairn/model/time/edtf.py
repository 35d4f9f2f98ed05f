"""EDTF (ISO 8601-2:2019), the part of it that FORMAT.md lists: read, written in one form, and its bounds.

What lies outside that part, or names a day that there never was, raises ValueError; nothing is guessed. Source:
https://www.loc.gov/standards/datetime/ (levels 0, 1 and a part of 2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from cairn.model.time import days

MAX_LENGTH = 500
"""Characters of an expression; what is longer was not written by a person."""
MAX_MEMBERS = 60
"""Members of a set."""

_POINT = re.compile(r"([0-9X]{4})(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?([?~%]?)\Z", re.ASCII)
Bounds = tuple[date | None, date | None]
"""First and last day that may be meant; None is open, or not known."""


@dataclass(frozen=True)
class Point:
    """One date, as precise as it is known. `digits`: how many of the year's four are known (0 is `XXXX`)."""

    year: int = 0
    month: int = 0
    """0 for none; 21 to 24 is a season."""
    day: int = 0
    digits: int = 4
    month_unknown: bool = False
    """`1998-XX-14`, and with `day_unknown` too `1998-XX-XX`."""
    day_unknown: bool = False
    uncertain: bool = False
    approximate: bool = False

    def __str__(self) -> str:
        text = f"{self.year:04}"[: self.digits] + "X" * (4 - self.digits)
        if self.month or self.month_unknown:
            text += "-XX" if self.month_unknown else f"-{self.month:02}"
        if self.day or self.day_unknown:
            text += "-XX" if self.day_unknown else f"-{self.day:02}"
        return text + {(1, 1): "%", (1, 0): "?", (0, 1): "~"}.get((self.uncertain, self.approximate), "")

    @property
    def bounds(self) -> Bounds:
        """Without what `?` and `~` add: how far off a person may be is not in the expression."""
        if not self.digits:
            return None, None
        low, high = _years(self.year, self.digits)
        if not self.month:
            if self.day and self.month_unknown:
                return _fits(low, 1, self.day), _fits(high, 12, self.day)
            return date(low, 1, 1), date(high, 12, 31)
        if self.month > 12:
            return days.season(low, self.month)[0], days.season(high, self.month)[1]
        if not self.day:
            return days.month(low, self.month)[0], days.month(high, self.month)[1]
        found = [year for year in range(low, high + 1) if _is_day(year, self.month, self.day)]
        return date(found[0], self.month, self.day), date(found[-1], self.month, self.day)

    def marked(self, *, uncertain: bool = False, approximate: bool = False) -> Point:
        """The same with more doubt."""
        return replace(
            self, uncertain=self.uncertain or uncertain, approximate=self.approximate or approximate
        )


@dataclass(frozen=True)
class Interval:
    """From a date to a date, `a/b`; None is open (`..`)."""

    start: Point | None
    end: Point | None

    def __str__(self) -> str:
        return f"{self.start or '..'}/{self.end or '..'}"

    @property
    def bounds(self) -> Bounds:
        """From the first day of the start to the last of the end."""
        return self.start.bounds[0] if self.start else None, self.end.bounds[1] if self.end else None

    def marked(self, *, uncertain: bool = False, approximate: bool = False) -> Interval:
        """The same with more doubt at each of its ends."""
        start, end = (
            each and each.marked(uncertain=uncertain, approximate=approximate)
            for each in (self.start, self.end)
        )
        return Interval(start, end)


@dataclass(frozen=True)
class Among:
    """One of a set, `[a,b]`, `[a..b]`, `[..b]`; with `every` all of it, `{a,b}`."""

    members: tuple[Point | Interval, ...]
    every: bool = False

    def __str__(self) -> str:
        written = ",".join(
            f"{m.start or ''}..{m.end or ''}" if isinstance(m, Interval) else str(m) for m in self.members
        )
        return "{" + written + "}" if self.every else "[" + written + "]"

    @property
    def bounds(self) -> Bounds:
        """From the first day of all to the last of all."""
        firsts, lasts = zip(*(member.bounds for member in self.members), strict=True)
        first = None if None in firsts else min(day for day in firsts if day)
        return first, None if None in lasts else max(day for day in lasts if day)

    def marked(self, *, uncertain: bool = False, approximate: bool = False) -> Among:
        """The same with more doubt in each member."""
        members = tuple(m.marked(uncertain=uncertain, approximate=approximate) for m in self.members)
        return replace(self, members=members)


Edtf = Point | Interval | Among


def parse(text: str) -> Edtf:
    """The value of an expression. Raises ValueError where it is none of this subset, or names no day."""
    if len(text) > MAX_LENGTH:
        raise ValueError("longer than an expression")
    if text[:1] in ("[", "{"):
        return _set(text)
    if "/" in text:
        start, _, end = text.partition("/")
        return _interval("" if start == ".." else start or "-", "" if end == ".." else end or "-")
    return _point(text)


def spanning(first: date, last: date) -> Point | Interval:
    """The shortest expression for a stretch of days: whole years, whole months, or days."""
    if first > last:
        raise ValueError("ends before it begins")
    start, end = _shortest(first, last)
    return start if start == end else Interval(start, end)


def on(day: date) -> Point:
    """One day."""
    return Point(day.year, day.month, day.day)


def _shortest(first: date, last: date) -> tuple[Point, Point]:
    if first.day != 1 or days.month(last.year, last.month)[1] != last:
        return on(first), on(last)
    if first.month == 1 and last.month == 12:
        return Point(first.year), Point(last.year)
    return Point(first.year, first.month), Point(last.year, last.month)


def _set(text: str) -> Among:
    if text[-1] != {"[": "]", "{": "}"}[text[0]] or len(text) < 3:
        raise ValueError("a set that does not end")
    parts = text[1:-1].split(",")
    if len(parts) > MAX_MEMBERS:
        raise ValueError("too many members")
    return Among(tuple(_member(part.strip(" ")) for part in parts), text[0] == "{")


def _member(text: str) -> Point | Interval:
    if ".." not in text:
        return _point(text)
    start, _, end = text.partition("..")
    return _interval(start, end)


def _interval(start: str, end: str) -> Interval:
    made = Interval(_point(start) if start else None, _point(end) if end else None)
    if made.start is None and made.end is None:
        raise ValueError("open at both ends")
    for point in (made.start, made.end):
        if point is not None and not point.digits:
            raise ValueError("an end without a year")
    if made.start and made.end and _ends_before(made.start, made.end):
        raise ValueError("ends before it begins")
    return made


def _ends_before(start: Point, end: Point) -> bool:
    first, last = start.bounds[0], end.bounds[1]
    return bool(first and last and last < first)


def _point(text: str) -> Point:
    found = _POINT.match(text)
    if found is None:
        raise ValueError("no date of this subset")
    year, month, day, mark = found.groups()
    digits = len(year.rstrip("X"))
    if "X" in year[:digits] or digits == 1:
        raise ValueError("a year with a gap")
    if any(part and "X" in part and part != "XX" for part in (month, day)):
        raise ValueError("half a month or day")
    made = Point(
        int(year[:digits].ljust(4, "0")) if digits else 0,
        0 if month in (None, "XX") else int(month),
        0 if day in (None, "XX") else int(day),
        digits,
        month == "XX",
        day == "XX",
        mark in ("?", "%") and bool(mark),
        mark in ("~", "%") and bool(mark),
    )
    _check(made, month, day)
    return made


def _check(made: Point, month: str | None, day: str | None) -> None:
    if made.digits == 4 and made.year == 0:
        raise ValueError("no year 0 here")
    if month == "00" or day == "00":
        raise ValueError("no such month or day")
    season = 21 <= made.month <= 24
    if not (made.month <= 12 or season) or (season and day is not None):
        raise ValueError("no such month or season")
    if not made.day:
        return
    if made.digits == 0 and made.month and _is_day(2000, made.month, made.day):
        return
    years = range(_years(made.year, made.digits)[0], _years(made.year, made.digits)[1] + 1)
    months = [made.month] if made.month else range(1, 13)
    if not any(_is_day(year, number, made.day) for year in years for number in months):
        raise ValueError("there is no such day")


def _years(year: int, digits: int) -> tuple[int, int]:
    width = 10 ** (4 - digits)
    low = year // width * width
    return max(low, 1), min(low + width - 1, date.max.year)


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= day <= days.month(year, month)[1].day


def _fits(year: int, month: int, day: int) -> date:
    return date(year, month, day)
