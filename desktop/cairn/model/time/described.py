"""A time in words of a language: what it was taken to mean, the days that it may be, and how it was counted.

Pure: whoever asks brings the words (`resources/times`), as a table of sentences with `{named}` places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from cairn.model.time import edtf
from cairn.model.time.edtf import Edtf, Interval, Point
from cairn.model.time.told import Told

Say = Callable[..., str]


def saying(table: Mapping[str, str]) -> Say:
    """The sentences of a table, their places filled."""

    def say(code: str, **values: str) -> str:
        return table[code].format(**values)

    return say


def described(told: Told, say: Say) -> str:
    """What the time was taken to mean: `spring 1999`, `about 14 March 1998`. The words themselves where that is nothing."""
    if not told.edtf:
        return told.words
    text = _expression(edtf.parse(told.edtf), say)
    return say("again", time=text) if told.recurring else text


def days(told: Told, say: Say) -> str:
    """First and last day that it may be; nothing where that says no more than the time itself, or is not known."""
    first, last = told.bounds
    if first is None or last is None:
        if first is not None:
            return say("days-from", first=_day(first, say))
        return say("days-until", last=_day(last, say)) if last is not None else ""
    return "" if first == last else say("days", first=_day(first, say), last=_day(last, say))


def notes(told: Told, say: Say) -> str:
    """Calendar, reckoning and anchor in words; nothing where they are the usual ones."""
    found = [] if told.calendar == "gregorian" else [say(told.calendar)]
    found += [say(told.reckoning)] if told.reckoning else []
    if told.anchor is not None and not (told.reckoning and told.anchor.kind == "birth"):
        found.append(_anchor(told, say))
    return " · ".join(found)


def meaning(told: Told, say: Say) -> str:
    """All that stands beside the words in one line; nothing where they were not taken to mean anything."""
    return " · ".join(_parts(told, say))


def beside(told: Told, say: Say) -> str:
    """The same without what the words themselves say."""
    return " · ".join(part for part in _parts(told, say) if part != told.words)


def _parts(told: Told, say: Say) -> list[str]:
    parts = [described(told, say), days(told, say)] if told.edtf else []
    return [part for part in (*parts, notes(told, say)) if part]


def of_field(text: str, say: Say) -> str:
    """The same of a field `*.meaning` of a record; text that is no such thing as it is."""
    try:
        return meaning(msgspec.json.decode(text, type=Told), say)
    except (msgspec.MsgspecError, ValueError):
        return text


def _anchor(told: Told, say: Say) -> str:
    anchor = told.anchor
    if anchor is None:
        return ""
    point = edtf.parse(anchor.date) if anchor.date else None
    if anchor.kind == "interview" and isinstance(point, Point):
        return say("from-day", day=_point(point, say))
    return say(f"from-{anchor.kind}", ref=anchor.ref or "…")


def _day(day: date, say: Say) -> str:
    return say("day", year=f"{day.year}", month=say(f"month-{day.month}"), day=f"{day.day}")


def _expression(made: Edtf, say: Say) -> str:
    if isinstance(made, Point):
        return _point(made, say)
    if isinstance(made, Interval):
        return _interval(made, say, "from-to", "since", "until")
    parts = [
        _interval(each, say, "between", "after", "before")
        if isinstance(each, Interval)
        else _point(each, say)
        for each in made.members
    ]
    text = parts[0]
    for part in parts[1:]:
        text = say("and" if made.every else "or", first=text, last=part)
    return text


def _interval(made: Interval, say: Say, both: str, start: str, end: str) -> str:
    if made.start is None:
        return say(end, last=_point(made.end, say) if made.end else "")
    if made.end is None:
        return say(start, first=_point(made.start, say))
    return say(both, first=_point(made.start, say), last=_point(made.end, say))


def _point(made: Point, say: Say) -> str:
    text = _plain(made, say)
    if made.uncertain and made.approximate:
        return say("perhaps-about", time=text)
    if made.uncertain:
        return say("perhaps", time=text)
    return say("about", time=text) if made.approximate else text


def _plain(made: Point, say: Say) -> str:
    if made.month_unknown or made.day_unknown or (made.digits < 4 and made.digits and made.month):
        return str(made)
    if not made.digits:
        if made.month > 12:
            return say(f"any-season-{made.month}")
        month = say(f"month-{made.month}") if made.month else ""
        if made.day:
            return say("day-without-year", month=month, day=f"{made.day}")
        return say("month-without-year", month=month) if month else say("year-not-known")
    year = f"{made.year}"
    if made.digits == 3:
        return say("decade", year=year)
    if made.digits == 2:
        return say("century", year=year, last=f"{made.year + 99}")
    if made.month > 12:
        values = {"next": f"{made.year + 1}"} if made.month == 24 else {}
        return say(f"season-{made.month}", year=year, **values)
    month = say(f"month-{made.month}") if made.month else ""
    if made.day:
        return say("day", year=year, month=month, day=f"{made.day}")
    return say("month", year=year, month=month) if month else say("year", year=year)
