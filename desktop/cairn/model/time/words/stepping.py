"""A time that is counted from another: so long before the interview, after an event, the last winter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from cairn.model.time import days, edtf
from cairn.model.time.edtf import Among, Edtf, Point
from cairn.model.time.told import Anchor
from cairn.model.time.words import parts
from cairn.model.time.words.context import Context, Event, Reading, Unanchored
from cairn.model.time.words.fields import Base, Fields
from cairn.model.time.words.year import in_year


def anchor_of(base: Base, known: Context, event: Event | None) -> Anchor | None:
    """What a time that is counted from there hangs on."""
    if base.who == "interview":
        return Anchor("interview", "interview", known.interview.isoformat() if known.interview else "")
    return event.anchor() if event else None


def anchor_days(base: Base, known: Context, event: Event | None) -> days.Days:
    """First and last day of what a time hangs on. Raises Unanchored while that has no date."""
    if base.who == "interview":
        if known.today is None:
            raise Unanchored(Anchor("interview"))
        return known.today, known.today
    first, last = edtf.parse(event.date).bounds if event and event.date else (None, None)
    if first is None or last is None:
        raise Unanchored(event.anchor() if event else Anchor("event", ""))
    return first, last


def from_base(
    said: Fields, base: Base, known: Context, language: str, event: Event | None
) -> Iterator[Reading]:
    start, end = anchor_days(base, known, event)
    anchor = anchor_of(base, known, event)
    made = _stepped(said, base, start, end)
    for each in made:
        yield Reading(each, anchor=anchor)


def _stepped(said: Fields, base: Base, start: date, end: date) -> list[Edtf]:
    low, high = sorted((base.n, base.n if base.most is None else base.most))
    if base.unit == "nth-year":
        # Of something that lasted longer it is counted from its beginning.
        counted = start if (end - start).days > 366 else end
        closing = days.plus_days(days.plus_years(counted, high + 1), -1)
        return [edtf.spanning(days.plus_years(start, low), closing)]
    if base.unit == "season-within":
        return _seasons(said, replace(base, unit="season"), start, start)
    if base.unit == "season":
        return _seasons(said, base, start, end)
    if base.unit in ("first-year", "last-year"):
        return [Point((start if base.unit == "first-year" else end).year)]
    if base.unit == "year" or (base.unit == "years" and base.who == "interview"):
        begun, over = of_years(start, end, low)
        return [edtf.spanning(date(begun + low, 1, 1), date(over + high, 12, 31))]
    if base.unit == "month" or (base.unit == "months" and base.who == "interview"):
        first, last = days.plus_months(start, low), days.plus_months(end, high)
        if base.unit == "month" and low == high and start == end:
            month = replace(said, year=first.year, month=first.month, base=None)
            return [each.expression for each in in_year(month, first.year, "en")]
        return [_rough(days.month(first.year, first.month)[0], days.month(last.year, last.month)[1])]
    if base.unit == "week":
        monday = days.plus_days(start, 7 * low - start.weekday())
        if said.weekday is not None:
            return [edtf.on(days.plus_days(monday, said.weekday))]
        return [edtf.spanning(monday, days.plus_days(monday, 6))]
    if base.unit in ("day", "days"):
        return [edtf.spanning(days.plus_days(start, low), days.plus_days(end, high))]
    step: Callable[[date, int], date] = {
        "weeks": lambda day, n: days.plus_days(day, 7 * n),
        "months": days.plus_months,
        "years": days.plus_years,
    }[base.unit]
    first, last = step(start, low), step(end, high)
    if base.unit == "years" and first == last:
        first, last = days.month(first.year, first.month)
    return [_rough(first, last)]


def _rough(first: date, last: date) -> Edtf:
    return edtf.spanning(first, last).marked(approximate=True)


def _seasons(said: Fields, base: Base, start: date, end: date) -> list[Edtf]:
    """The n-th such season after something, or before it; of something within one, both ways to count."""
    number = said.season or days.WINTER
    counts = [base.n]
    inside = days.season_of(end)[1] == number
    if base.n > 0:
        year = days.season_of(end)[0]
        first = year if days.season(year, number)[0] > end else year + 1
        if inside:
            counts = [base.n - 1, base.n]
        return [each for n in counts for each in parts.of_season(first + n - 1, number, said.part)]
    year = days.season_of(start)[0]
    first = year if days.season(year, number)[1] < start else year - 1
    if days.season_of(start)[1] == number:
        counts = [base.n + 1, base.n]
        first = year - 1
    return [each for n in counts for each in parts.of_season(first + n + 1, number, said.part)]


_RECENT = 45
"""Days for which a season that is over may still be passed over by "last": said in September of a summer."""


def last_one(said: Fields, known: Context, language: str) -> Iterator[Reading]:
    if known.today is None:
        raise Unanchored(Anchor("interview"))
    today = known.today
    anchor = anchor_of(Base("interview", "season", 0), known, None)
    plain = replace(said, last=None)
    past = [
        each
        for year in range(today.year - 2, today.year + 1)
        for each in in_year(plain, year, language)
        if (each.expression.bounds[0] or today) < today
    ]
    past.sort(key=lambda each: each.expression.bounds[0] or today)
    if not past:
        raise ValueError("none before the interview")
    over = past[-1].expression.bounds[1] or today
    wanted = past[-1:] if (today - over).days > _RECENT else past[-2:][::-1]
    for each in wanted:
        yield replace(each, anchor=anchor)


def stepped(base: Base, start: date) -> date:
    """The day so long after another."""
    if base.unit in ("year", "years"):
        return days.plus_years(start, base.n)
    if base.unit in ("month", "months"):
        return days.plus_months(start, base.n)
    return days.plus_days(start, base.n)


def of_years(start: date, end: date, n: int) -> tuple[int, int]:
    """The years that are counted from: of something that lasted, after it is after its end."""
    if n > 0:
        return end.year, end.year
    return (start.year, start.year) if n < 0 else (start.year, end.year)


def one_of_lasting(season: int, base: Base, known: Context, event: Event | None) -> Edtf | None:
    """A winter of something that lasted for years: one of them. None where it lay within one year."""
    start, end = anchor_days(base, known, event)
    if base.most is not None:
        low, high = sorted((base.n, base.most))
        points = [Point(each.year + n, season, approximate=True) for each, n in ((start, low), (end, high))]
        return Among((edtf.Interval(points[0], points[1]),))
    if base.who != "event" or base.n or start.year == end.year:
        return None
    return Among((edtf.Interval(Point(start.year, season), Point(end.year, season)),))
