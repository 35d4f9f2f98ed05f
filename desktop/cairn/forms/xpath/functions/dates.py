"""Dates and times. What is none is told by the text `Invalid Date`, which is no number and not true."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime

from cairn.forms.xpath import moments
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.functions.table import function
from cairn.forms.xpath.moments import Moment
from cairn.forms.xpath.syntax import Call
from cairn.forms.xpath.values import NAN, Value, text_number, to_number, to_string

_ESCAPE = re.compile(r"%(.)", re.DOTALL)


def no_date() -> Moment:
    """The value of what can't be a date."""
    return Moment(NAN, "Invalid Date")


def moment_of(value: Value, c: Context) -> Moment | None:
    """The date that `value` is, by its text or as days since 1970-01-01; None where it is none."""
    if isinstance(value, Moment):
        return None if math.isnan(value) else value
    if isinstance(value, bool):
        return None
    if not isinstance(value, float):
        text = to_string(value).strip()
        if (found := moments.read(text, c.env.zone)) is not None:
            return found
        value = text_number(text, c.env.zone)
    return moments.of_days(value, c.env.zone)


@function("today", 0, 0)
def _today(_call: Call, c: Context) -> Value:
    return moments.of_day(c.env.now().astimezone(c.env.zone))


@function("now", 0, 0)
def _now(_call: Call, c: Context) -> Value:
    return moments.of_instant(c.env.now().astimezone(c.env.zone))


def _date(_call: Call, c: Context, value: Value) -> Value:
    """A date, with its time where it has one; of nothing, nothing."""
    if not isinstance(value, float | bool) and not to_string(value):
        return ""
    found = moment_of(value, c)
    return no_date() if found is None else found


function("date", 1, 1)(_date)
function("date-time", 1, 1)(_date)


@function("decimal-date-time", 1, 1)
def _decimal_date_time(_call: Call, c: Context, value: Value) -> Value:
    return float(to_number(value, c.env.zone))


@function("decimal-time", 1, 1)
def _decimal_time(_call: Call, c: Context, value: Value) -> Value:
    """A time of day as a fraction of the day."""
    text = to_string(value).strip()
    if (when := moments.read(text, c.env.zone)) is not None:
        return when - math.floor(when)
    found = moments.time_of_day(text, c.env.zone, c.env.now())
    return NAN if found is None else found


def _format_date(_call: Call, c: Context, value: Value, pattern: Value) -> Value:
    """`%Y %y %m %n %B %b %d %e %A %a %W %H %h %M %S %3 %Z`; other characters stand as they are."""
    if isinstance(value, float) and math.isnan(value) and not isinstance(value, Moment):
        return ""
    if not isinstance(value, float | bool) and not to_string(value):
        return ""
    found = moment_of(value, c)
    when = None if found is None else moments.wall_clock(found)
    if when is None:
        return "Invalid Date"
    return _ESCAPE.sub(lambda match: _piece(match, when, c), to_string(pattern))


function("format-date", 2, 2)(_format_date)
function("format-date-time", 2, 2)(_format_date)


def _piece(match: re.Match[str], when: datetime, c: Context) -> str:
    month, day = c.env.months[when.month - 1], c.env.days[when.weekday()]
    match match[1]:
        case "Y":
            return f"{when.year:04}"
        case "y":
            return f"{when.year % 100:02}"
        case "m":
            return f"{when.month:02}"
        case "n":
            return str(when.month)
        case "B":
            return month
        case "b":
            return month[:3]
        case "d":
            return f"{when.day:02}"
        case "e":
            return str(when.day)
        case "A":
            return day
        case "a":
            return day[:3]
        case "W":
            return str(when.isocalendar().week)
        case _:
            return _time_piece(match, when, c)


def _time_piece(match: re.Match[str], when: datetime, c: Context) -> str:
    match match[1]:
        case "H":
            return f"{when.hour:02}"
        case "h":
            return str(when.hour)
        case "M":
            return f"{when.minute:02}"
        case "S":
            return f"{when.second:02}"
        case "3":
            return f"{when.microsecond // 1000:03}"
        case "Z":
            return when.replace(tzinfo=c.env.zone).isoformat()[-6:] if when.tzinfo is UTC else ""
        case "%":
            return "%"
        case _:
            return match[0]
