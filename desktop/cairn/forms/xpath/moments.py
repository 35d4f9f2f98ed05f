"""Dates and times of a form: days since 1970-01-01 on the device's wall clock, and the text that they stand in.

A date is a calendar day and counts whole days. A date with a time is carried over to the device's clock, and its time
of day is the fraction. So the two compare as people mean it, a difference of dates is a whole number on either side of
a change to summer time, and `date(a + 1)` is the day after `a`.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Self

DAY = 86_400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)\Z", re.ASCII)
_WITH_TIME = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?\Z",
    re.ASCII,
)
_TIME = re.compile(r"(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?\Z", re.ASCII)


class Moment(float):
    """A date, or a date with a time: as a number the days since 1970-01-01, as a text `text`."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, days: float, text: str) -> Self:
        made = super().__new__(cls, days)
        made.text = text
        return made

    @property
    def has_time(self) -> bool:
        return "T" in self.text


def looks_dated(text: str) -> bool:
    """Whether `text` may be a date: cheap, and wrong in one direction only."""
    return len(text) >= 8 and text[4:5] == "-" and text[:4].isdecimal()


def read(text: str, zone: tzinfo) -> Moment | None:
    """The date, or date with a time, that `text` is in ISO 8601; None where it is none, or no such day exists.

    A time without an offset is one of the device's clock, `zone`.
    """
    if not looks_dated(text):
        return None
    try:
        if found := _DATE.match(text):
            year, month, day = map(int, found.groups())
            return of_day(datetime(year, month, day, tzinfo=UTC))
        if found := _WITH_TIME.match(text):
            year, month, day, hour, minute = (int(found[number]) for number in range(1, 6))
            micro = int(((found[7] or "") + "000000")[:6])
            offset = _offset(found[8]) if found[8] else zone
            instant = datetime(year, month, day, hour, minute, int(found[6] or 0), micro, tzinfo=offset)
            return of_instant(instant.astimezone(zone))
    except (ValueError, OverflowError):
        return None
    return None


def of_day(day: datetime) -> Moment:
    """The date of `day`, whatever its time."""
    return Moment(float(day.toordinal() - EPOCH.toordinal()), day.date().isoformat())


def of_instant(instant: datetime) -> Moment:
    """The date and time of `instant` on the clock of its own zone, to the millisecond."""
    wall = instant.replace(tzinfo=UTC)
    since = wall - EPOCH
    return Moment(since.days + (since.seconds + since.microseconds / 1e6) / DAY, written(instant))


def written(instant: datetime) -> str:
    """ISO 8601 with milliseconds and offset, as OpenRosa writes it."""
    return instant.isoformat(timespec="milliseconds")


def of_days(days: float, zone: tzinfo) -> Moment | None:
    """The date that `days` since 1970-01-01 are, with a time where they are not whole; None out of reach."""
    if not math.isfinite(days) or abs(days) > 4_000_000:
        return None
    wall = wall_clock(days)
    if wall is None:
        return None
    return of_day(wall) if days == math.floor(days) else of_instant(wall.replace(tzinfo=zone))


def wall_clock(days: float) -> datetime | None:
    """What a wall clock shows after `days`, to the millisecond; in UTC for want of a zone. None out of reach."""
    try:
        return EPOCH + timedelta(milliseconds=round(days * DAY * 1000))
    except (OverflowError, ValueError):
        return None


def time_of_day(text: str, zone: tzinfo, today: datetime) -> float | None:
    """The fraction of a day that a time such as `06:30:00.000+09:00` is on the clock of `zone`; None if none."""
    found = _TIME.match(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return None
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) + float("0." + (found[4] or "0"))
    if found[5]:
        try:
            theirs = _offset(found[5]).utcoffset(None)
        except ValueError:
            return None
        ours = today.astimezone(zone).utcoffset() or timedelta()
        seconds = (seconds + (ours - (theirs or timedelta())).total_seconds()) % DAY
    return seconds / DAY


def _offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    apart = timedelta(hours=int(text[1:3]), minutes=int(text[3:].lstrip(":") or 0))
    return timezone(-apart if text[0] == "-" else apart)
