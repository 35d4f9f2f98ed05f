"""From the pieces of a date to what it may mean: one reading, or all that are as likely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cairn.model.time import days, lunar
from cairn.model.time.edtf import Point
from cairn.model.time.told import Anchor, Calendar
from cairn.model.time.words import holidays, parts
from cairn.model.time.words.context import Context, Event, Impossible, Reading, Unanchored
from cairn.model.time.words.fields import LAST_DAY, Fields
from cairn.model.time.words.stepping import (
    anchor_days,
    anchor_of,
    from_base,
    last_one,
    of_years,
    one_of_lasting,
)
from cairn.model.time.words.year import calendar_of, in_year


def resolve(said: Fields, known: Context, language: str, event: Event | None) -> list[Reading]:
    """Every reading. Raises Impossible and Unanchored; ValueError and OverflowError outside of what can be reckoned."""
    found = list(_readings(said, known, language, event))
    marked = [
        replace(
            each,
            expression=each.expression.marked(
                uncertain=bool(said.uncertain), approximate=bool(said.approximate)
            ),
        )
        for each in found
    ]
    unique: list[Reading] = []
    for each in marked:
        if not any(str(each.expression) == str(other.expression) for other in unique):
            unique.append(each)
    return unique


def year_of(two: int, known: Context) -> int:
    """The year of two digits, within the hundred years that end with the interview's. Raises Unanchored without one."""
    if known.interview is None:
        raise Unanchored(Anchor("interview"))
    last = known.interview.year
    return last - (last - two) % 100


def _readings(said: Fields, known: Context, language: str, event: Event | None) -> Iterator[Reading]:
    base = said.base
    if base is not None and (base.unit not in ("year", "years") or _plain(said)):
        yield from from_base(said, base, known, language, event)
        return
    if said.last:
        yield from last_one(said, known, language)
        return
    years = list(_years(said, known, event))
    if base is not None and said.season and said.part is None and len(years) > 1:
        among = one_of_lasting(said.season, base, known, event)
        if among is not None:
            yield Reading(among, anchor=anchor_of(base, known, event))
            return
    if not years:
        yield from _yearless(said, known, language)
        return
    anchor = anchor_of(base, known, event) if base else None
    for year, calendar in years:
        for each in in_year(said, year, language):
            named = calendar if each.calendar == "gregorian" else each.calendar
            yield replace(each, calendar=named, anchor=anchor)


def _plain(said: Fields) -> bool:
    """Whether nothing but the base is said, so that it is no finer than its unit."""
    return all(x is None for x in (said.month, said.day, said.season, said.part, said.holiday, said.span))


# Years


def _years(said: Fields, known: Context, event: Event | None) -> Iterator[tuple[int, Calendar]]:
    gregorian: int | None = said.year
    if said.two is not None:
        gregorian = year_of(said.two, known)
    if said.juche is not None:
        if said.juche < 1 or (known.interview and 1911 + said.juche > known.interview.year + 20):
            raise Impossible(why="juche")
        juche = 1911 + said.juche
        yield juche, "juche"
        if gregorian is not None and gregorian != juche:
            yield gregorian, "gregorian"
        return
    if gregorian is not None:
        if not 1 <= gregorian <= 9998:
            raise Impossible
        yield gregorian, "gregorian"
    elif said.cycle is not None:
        last = known.interview.year if known.interview else date.max.year
        first = last - (last - 1984 - said.cycle) % 60
        yield first, "gregorian"
        if known.interview and first - 60 > last - 100:
            yield first - 60, "gregorian"
    elif said.base is not None:
        start, end = anchor_days(said.base, known, event)
        first, last = of_years(start, end, said.base.n)
        for year in range(first + said.base.n, last + (said.base.most or said.base.n) + 1):
            yield year, "gregorian"
        if said.base.who == "event" and said.season == days.WINTER and start.month < 3 and start == end:
            # Of an event in January or February "that winter" is the one it lies in as well.
            yield start.year + said.base.n - 1, "gregorian"


def decade_of(said: int, known: Context) -> int:
    """The first year of a decade, its century being the last one in which it had begun."""
    return year_of(said, known) if said < 100 else said


# Without a year


def _yearless(said: Fields, known: Context, language: str) -> Iterator[Reading]:
    """The last one before the interview, and that the year is not known."""
    if said.decade is not None:
        yield Reading(parts.of_decade(decade_of(said.decade, known), said.part))
        return
    if _plain(said):
        raise ValueError("nothing of a date")
    unknown = list(_year_unknown(said, calendar_of(language)))
    if known.today is not None:
        yield from _before(said, known.today, language)
    yield from unknown


def _before(said: Fields, today: date, language: str) -> Iterator[Reading]:
    """The latest of each reading that had begun before a day."""
    best: dict[str, list[Reading]] = {}
    refused: Impossible | None = None
    for year in range(today.year - 8, today.year + 1):
        try:
            made = [
                each
                for each in in_year(said, year, language)
                if (each.expression.bounds[0] or today) <= today
            ]
        except Impossible as error:
            refused = error
            continue
        for calendar in {each.calendar for each in made}:
            best[calendar] = [each for each in made if each.calendar == calendar]
    if not best:
        raise refused or ValueError("no such day")
    yield from (each for calendar in sorted(best, reverse=True) for each in best[calendar])


def _year_unknown(said: Fields, calendar: lunar.Calendar) -> Iterator[Reading]:
    lunar_day = said.lunar in ("yes", "maybe") or said.holiday in holidays.LUNAR
    names = holidays.EITHER.get(said.holiday or "", (said.holiday,))
    fixed = [holidays.SOLAR[name] for name in names if name in holidays.SOLAR]
    for month, day in fixed:
        yield Reading(Point(month=month, day=day, digits=0))
    if said.holiday is not None:
        if not fixed:
            yield Reading(Point(digits=0), calendar if lunar_day else "gregorian")
    elif said.season is not None:
        yield Reading(Point(month=said.season, digits=0))
    elif (lunar_day and said.month is not None) or said.leap or said.span:
        yield Reading(Point(digits=0), "gregorian" if said.span else calendar)
    elif said.month is not None and 1 <= said.month <= 12:
        longest = days.month(2000, said.month)[1].day
        named = longest if said.day == LAST_DAY else said.day
        if named is not None and not 1 <= named <= longest:
            raise Impossible(why="day", month=f"{said.month:02}", count=longest)
        yield Reading(Point(month=said.month, day=named or 0, digits=0))
    elif said.month is not None:
        raise Impossible(why="month")
    else:
        raise ValueError("a day without a month")
