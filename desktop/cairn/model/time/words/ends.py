"""Dates put together: before and after, from and to, between, one or the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cairn.model.time import days, edtf
from cairn.model.time.edtf import Among, Edtf, Interval, Point
from cairn.model.time.told import Calendar
from cairn.model.time.words.context import Reading
from cairn.model.time.words.token import Edge

MAX_READINGS = 8
"""More would be no choice any more; what has more is not understood."""
SOON = 45
"""Days that "shortly after" is taken to last at most."""


def _points(expression: Edtf) -> tuple[Point, Point] | None:
    if isinstance(expression, Point):
        return expression, expression
    if isinstance(expression, Interval):
        return (expression.start, expression.end) if expression.start and expression.end else None
    first, last = expression.bounds
    return (edtf.on(first), edtf.on(last)) if first and last else None


def _day_before(point: Point) -> Point:
    first = point.bounds[0]
    if first is None:
        raise ValueError("before nothing")
    last = days.plus_days(first, -1)
    return _as_precise(point, last, first=False)


def _day_after(point: Point) -> Point:
    last = point.bounds[1]
    if last is None:
        raise ValueError("after nothing")
    return _as_precise(point, days.plus_days(last, 1), first=True)


def _as_precise(like: Point, day: date, *, first: bool) -> Point:
    """The year or month that ends (or begins) with a day, where `like` is no finer."""
    made = edtf.on(day)
    if not like.month and like.digits:
        made = Point(day.year)
    elif not like.day and like.month <= 12:
        made = Point(day.year, day.month)
    elif not like.day and day.day != (1 if first else days.month(day.year, day.month)[1].day):
        made = edtf.on(day)
    elif not like.day:
        made = Point(day.year, day.month)
    return made.marked(uncertain=like.uncertain, approximate=like.approximate)


def edged(readings: Sequence[Reading], edge: Edge, *, after: bool) -> list[Reading]:
    """What lies before, or after, each reading. Where the word leaves open whether the date belongs to it: both."""
    made: list[Reading] = []
    for each in readings:
        points = _points(each.expression)
        if points is None:
            raise ValueError("open already")
        start, end = points
        if not start.digits or not end.digits:
            made.append(replace(each, expression=Point(digits=0)))
            continue
        for inclusive in (True, False) if edge.inclusive is None else (edge.inclusive,):
            if after:
                near = start if inclusive else _day_after(end)
                made.append(replace(each, expression=Interval(near, _soon(near, 1) if edge.soon else None)))
            else:
                near = end if inclusive else _day_before(start)
                made.append(replace(each, expression=Interval(_soon(near, -1) if edge.soon else None, near)))
    return made


def _soon(near: Point, sign: int) -> Point:
    day = near.bounds[0] if sign > 0 else near.bounds[1]
    if day is None:
        raise ValueError("no day")
    return edtf.on(days.plus_days(day, sign * SOON))


def ranged(firsts: Sequence[Reading], lasts: Sequence[Reading], *, among: bool) -> list[Reading]:
    """From one to the other, whatever each may be; `among`: one day somewhere between."""
    made: list[Reading] = []
    for one in firsts:
        for other in lasts:
            a, b = _points(one.expression), _points(other.expression)
            if a is None or b is None or not a[0].digits or not b[1].digits:
                continue
            start, end = a[0].bounds[0], b[1].bounds[1]
            if start is None or end is None or end < start:
                continue
            whole = Interval(a[0], b[1])
            calendar = one.calendar if one.calendar != "gregorian" else other.calendar
            made.append(replace(one, expression=Among((whole,)) if among else whole, calendar=calendar))
    if not made:
        raise ValueError("ends before it begins")
    unknown = [
        each
        for each in (*firsts, *lasts)
        if isinstance(each.expression, Point) and not each.expression.digits
    ]
    if unknown:
        made.append(replace(unknown[0], expression=Point(digits=0)))
    return made


def either(choices: Sequence[Sequence[Reading]]) -> list[Reading]:
    """One of several dates, each of which may have several readings."""
    made: list[list[Reading]] = [[]]
    counts = {len(readings) for readings in choices}
    if len(counts) == 1 and counts != {1}:
        # The same question is open in each of them, such as the year: it has one answer.
        made, choices = [list(each) for each in zip(*choices, strict=True)], ()
    for readings in choices:
        made = [[*before, each] for before in made for each in readings]
        if len(made) > MAX_READINGS:
            raise ValueError("too many to choose from")
    found = []
    for each in made:
        members: list[Point | Interval] = []
        for reading in each:
            expression = reading.expression
            members += expression.members if isinstance(expression, Among) else [expression]
        members.sort(key=lambda member: member.bounds[0] or date.min)
        calendar: Calendar = next((r.calendar for r in each if r.calendar != "gregorian"), "gregorian")
        found.append(replace(each[0], expression=Among(tuple(members)), calendar=calendar))
    return found
