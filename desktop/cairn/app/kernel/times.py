"""A time as people read it: in words of the language, with the days that it may be, and how it was counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cairn import resources
from cairn.app.kernel import sentences
from cairn.model.time import edtf
from cairn.model.time.edtf import Edtf, Interval, Point
from cairn.model.time.told import Told
from cairn.model.time.understanding import Understood, understood

Say = Callable[..., str]


def _say(language: str) -> Say:
    table = resources.table("times", language)

    def say(code: str, **values: str) -> str:
        return table[code].format(**values)

    return say


def described(told: Told, language: str) -> str:
    """What the time was taken to mean: `spring 1999`, `about 14 March 1998`. The words themselves where that is nothing."""
    if not told.edtf:
        return told.words
    say = _say(language)
    text = _expression(edtf.parse(told.edtf), say)
    return say("again", time=text) if told.recurring else text


def written(told: Told, language: str) -> str:
    """The time in a form that has one meaning, by itself: in words where they are understood so, else EDTF."""
    text = described(told, language)
    again = understood(text)
    return text if again.kind == "sure" and again.readings[0].edtf == told.edtf else told.edtf


def understood_as(told: Told, language: str) -> str:
    """That the words were taken to mean this."""
    return _say(language)("sure", time=described(told, language))


def verdict(found: Understood, language: str) -> str:
    """The sentence about words that are not sure."""
    code, values = judged(found)
    return sentences.sentence(code, values, language)


def judged(found: Understood) -> tuple[str, dict[str, str | int]]:
    """The same as a code and its values."""
    if found.anchor is not None and found.anchor.kind == "interview":
        return "time.from-a-day", {}
    ref = (found.anchor.ref or found.anchor.kind) if found.anchor else ""
    return f"time.{found.kind}", {"count": len(found.readings), "ref": ref}


def meant(told: Told, language: str) -> str:
    """A question after an impossible day."""
    return _say(language)("suggested", time=described(told, language))


def days(told: Told, language: str) -> str:
    """First and last day that it may be; nothing where that says no more than the time itself, or is not known."""
    say = _say(language)
    first, last = told.bounds
    if first is None or last is None:
        if first is not None:
            return say("days-from", first=_day(first, say))
        return say("days-until", last=_day(last, say)) if last is not None else ""
    return "" if first == last else say("days", first=_day(first, say), last=_day(last, say))


def notes(told: Told, language: str) -> str:
    """Calendar, reckoning and anchor in words; nothing where they are the usual ones."""
    say = _say(language)
    found = [] if told.calendar == "gregorian" else [say(told.calendar)]
    found += [say(told.reckoning)] if told.reckoning else []
    if told.anchor is not None and not (told.reckoning and told.anchor.kind == "birth"):
        found.append(say(f"from-{told.anchor.kind}", ref=told.anchor.ref))
    return " · ".join(found)


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
