"""Functions of other programs' dialects that real forms hold (the Community Health Toolkit's, and old Enketo's).

They differ from ODK's in nothing that these forms see, so they are always there; a check of a form can name them, since
other programs don't know them.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from cairn.forms.xpath import moments
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.functions.dates import moment_of, no_date
from cairn.forms.xpath.functions.table import function
from cairn.forms.xpath.syntax import Call
from cairn.forms.xpath.values import Value, to_number, to_string

DIALECTS: frozenset[str] = frozenset(
    {
        "add-date",
        "cht:add-date",
        "cht:difference-in-days",
        "cht:difference-in-months",
        "cht:difference-in-weeks",
        "cht:difference-in-years",
        "date-time",
        "difference-in-months",
        "parse-timestamp-to-date",
        "version",
    }
)
"""Names that ODK's own programs don't know."""


def _both(c: Context, first: Value, second: Value) -> tuple[datetime, datetime] | None:
    one, other = moment_of(first, c), moment_of(second, c)
    if one is None or other is None:
        return None
    begin, end = moments.wall_clock(one), moments.wall_clock(other)
    return None if begin is None or end is None else (begin, end)


def _months(_call: Call, c: Context, first: Value, second: Value) -> Value:
    """Whole months from the first day to the second; below 0 where the second is earlier."""
    pair = _both(c, first, second)
    return "" if pair is None else float(_whole_months(*pair))


def _whole_months(begin: datetime, end: datetime) -> int:
    if end < begin:
        return -_whole_months(end, begin)
    months = (end.year - begin.year) * 12 + end.month - begin.month
    return months - 1 if (end.day, end.time()) < (begin.day, begin.time()) else months


function("difference-in-months", 2, 2)(_months)
function("cht:difference-in-months", 2, 2)(_months)


@function("cht:difference-in-years", 2, 2)
def _years(_call: Call, c: Context, first: Value, second: Value) -> Value:
    pair = _both(c, first, second)
    return "" if pair is None else float(math.trunc(_whole_months(*pair) / 12))


@function("cht:difference-in-weeks", 2, 2)
def _weeks(_call: Call, c: Context, first: Value, second: Value) -> Value:
    pair = _both(c, first, second)
    return "" if pair is None else float(math.trunc((pair[1] - pair[0]) / timedelta(weeks=1)))


@function("cht:difference-in-days", 2, 2)
def _days(_call: Call, c: Context, first: Value, second: Value) -> Value:
    pair = _both(c, first, second)
    return "" if pair is None else float(math.trunc((pair[1] - pair[0]) / timedelta(days=1)))


def _add_date(_call: Call, c: Context, value: Value, *amounts: Value) -> Value:
    """The date so many years, months, days, hours and minutes later; a day that a month lacks runs over."""
    found = moment_of(value, c)
    when = None if found is None else moments.wall_clock(found)
    numbers = [to_number(each, c.env.zone) if to_string(each) else 0.0 for each in amounts]
    if found is None or when is None or not all(math.isfinite(number) for number in numbers):
        return no_date()
    years, months, days, hours, minutes = [*numbers, 0.0, 0.0, 0.0, 0.0, 0.0][:5]
    try:
        count = when.year * 12 + when.month - 1 + int(years) * 12 + int(months)
        first = when.replace(year=count // 12, month=count % 12 + 1, day=1)
        later = first + timedelta(days=when.day - 1 + days, hours=hours, minutes=minutes)
    except (ValueError, OverflowError):
        return no_date()
    if found.has_time or later.time() != datetime.min.time():
        return moments.of_instant(later.replace(tzinfo=c.env.zone))
    return moments.of_day(later)


function("add-date", 1, 6)(_add_date)
function("cht:add-date", 1, 6)(_add_date)


@function("parse-timestamp-to-date", 1, 1)
def _parse_timestamp(_call: Call, c: Context, value: Value) -> Value:
    """The day and time that milliseconds since 1970-01-01 in UTC are here."""
    number = to_number(value, c.env.zone)
    when = moments.wall_clock(number / (moments.DAY * 1000)) if math.isfinite(number) else None
    return no_date() if when is None else moments.of_instant(when.astimezone(c.env.zone))


@function("version", 0, 0)
def _version(_call: Call, c: Context) -> Value:
    return c.env.version
