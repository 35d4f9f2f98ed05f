"""The pieces of a date within a year that is known: month and day in its calendar, a season, a feast, a part of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cairn.model.time import days, edtf, lunar, terms
from cairn.model.time.edtf import Edtf, Point
from cairn.model.time.words import holidays, parts
from cairn.model.time.words.context import Impossible, Reading
from cairn.model.time.words.fields import LAST_DAY, Fields


def in_year(said: Fields, year: int, language: str) -> Iterator[Reading]:
    """Readings of pieces in a year that is known."""
    if said.holiday is not None:
        yield from _holiday(said, year, language)
    elif said.span is not None:
        first_month, first_day, last_month, last_day = said.span
        last_year = year + (last_month < first_month)
        end = min(last_day, days.month(last_year, last_month)[1].day)
        stretch = edtf.spanning(date(year, first_month, first_day), date(last_year, last_month, end))
        yield Reading(stretch.marked(approximate=True))
    elif said.season is not None and said.month is not None:
        yield from _month_of_season(said, year, language)
    elif said.season is not None:
        yield from (Reading(each) for each in parts.of_season(year, said.season, said.part))
    elif said.month is None and said.day is None and not said.leap and said.lunar == "yes":
        yield from _lunar_year(year, said.part, language)
    elif said.month is None and said.day is None and not said.leap:
        yield Reading(parts.of_year(year, said.part))
    elif said.leap or said.lunar == "yes":
        yield from _lunar(said, year, language)
    elif said.lunar == "maybe":
        yield from _either(said, year, language)
    else:
        yield Reading(_gregorian(said, year, language))


def _month_of_season(said: Fields, year: int, language: str) -> Iterator[Reading]:
    """98년 가을, 10월: the month is finer. Of a winter's January and February the year may be either of the two."""
    month = replace(said, season=None)
    if said.season == days.WINTER and (said.month or 12) < 3:
        yield from in_year(month, year, language)
        yield from in_year(month, year + 1, language)
    else:
        yield from in_year(month, year, language)


def _either(said: Fields, year: int, language: str) -> Iterator[Reading]:
    """A day as the lunar calendar has them, without word of the calendar: both, as far as there were both."""
    refused: Impossible | None = None
    found: list[Reading] = []
    try:
        found += _lunar(said, year, language)
    except Impossible as error:
        refused = error
    try:
        found.append(Reading(_gregorian(said, year, language)))
    except Impossible as error:
        refused = refused or error
    if not found and refused:
        raise refused
    yield from found


def _gregorian(said: Fields, year: int, language: str) -> Edtf:
    month, day = said.month, said.day
    if month is None or not 1 <= month <= 12:
        raise Impossible(why="month")
    if day is None:
        return parts.of_month(*days.month(year, month), said.part)
    if day == LAST_DAY:
        return edtf.on(days.month(year, month)[1])
    try:
        return edtf.on(date(year, month, day))
    except ValueError as error:
        count = days.month(year, month)[1].day
        of = str(Point(year, month))
        meant = _lunar_instead(year, month, day, language)
        raise Impossible(*meant, why="day", month=of, count=count) from error


def _lunar_instead(year: int, month: int, day: int, language: str) -> list[Edtf]:
    try:
        return [edtf.on(lunar.to_solar(calendar_of(language), lunar.LunarDay(year, month, day)))]
    except ValueError:
        return []


def calendar_of(language: str) -> lunar.Calendar:
    """Whose lunar calendar is meant: of China in Chinese, else of Korea."""
    return "chinese-lunar" if language == "zh" else "korean-lunar"


def _lunar(said: Fields, year: int, language: str) -> Iterator[Reading]:
    calendar = calendar_of(language)
    months = lunar.months(calendar, year)
    number = said.month
    if number is None and not said.leap:
        raise ValueError("a day without a month")
    if number is None:
        number = lunar.leap_month(calendar, year)
        if not number:
            raise Impossible(why="leap-none", year=year)
    if not 1 <= number <= 12:
        raise Impossible(why="month")
    of_number = [each for each in months if each.number == number]
    wanted = [each for each in of_number if each.leap or not said.leap]
    if not wanted:
        meant = [_in_lunar(each, said) for each in of_number if _has(each, said)]
        raise Impossible(*meant, why="leap", year=year, month=number)
    made = [each for each in wanted if _has(each, said)]
    if not made:
        raise Impossible(why="lunar-day", count=max(each.length for each in wanted))
    for each in made:
        yield Reading(_in_lunar(each, said), calendar)


def _lunar_year(year: int, part: str | None, language: str) -> Iterator[Reading]:
    calendar = calendar_of(language)
    low, high = parts.months_of(part)
    within = [each for each in lunar.months(calendar, year) if low <= each.number <= high]
    yield Reading(edtf.spanning(within[0].first, within[-1].last), calendar)


def _has(month: lunar.LunarMonth, said: Fields) -> bool:
    return said.day is None or said.day == LAST_DAY or 1 <= said.day <= month.length


def _in_lunar(month: lunar.LunarMonth, said: Fields) -> Edtf:
    if said.day is None:
        return parts.of_month(month.first, month.last, said.part)
    return edtf.on(days.plus_days(month.first, (month.length if said.day == LAST_DAY else said.day) - 1))


def _holiday(said: Fields, year: int, language: str) -> Iterator[Reading]:
    name = said.holiday or ""
    for each in holidays.EITHER.get(name, (name,)):
        if each == "seol" or (said.lunar == "yes" and each in holidays.SOLAR and name in holidays.EITHER):
            continue
        if said.lunar == "no" and each in holidays.LUNAR and name in holidays.EITHER:
            continue
        yield from _named(each, year, language)


def _named(name: str, year: int, language: str) -> Iterator[Reading]:
    calendar = calendar_of(language)
    hours = terms.CHINESE_HOURS if language == "zh" else terms.KOREAN_HOURS
    if name in holidays.SOLAR:
        yield Reading(edtf.on(date(year, *holidays.SOLAR[name])))
    elif name in holidays.LUNAR:
        month, day = holidays.LUNAR[name]
        yield Reading(edtf.on(lunar.to_solar(calendar, lunar.LunarDay(year, month, day))), calendar)
    elif name in (holidays.LAST_NIGHT, holidays.NEW_YEARS_EVE):
        if name == holidays.NEW_YEARS_EVE:
            yield Reading(edtf.on(lunar.months(calendar, year - 1)[-1].last), calendar)
        yield Reading(edtf.on(lunar.months(calendar, year)[-1].last), calendar)
    elif name == holidays.HANSIK:
        yield from (Reading(edtf.on(day)) for day in terms.hansik(year, hours))
    else:
        yield from (Reading(edtf.on(day)) for day in terms.days(year, name, hours))
