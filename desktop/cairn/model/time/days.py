"""Arithmetic of calendar days: months of a year, seasons, steps by day, week, month and year.

Pure, proleptic Gregorian, years 1 to 9999. A step that leaves those years raises OverflowError.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

SPRING, SUMMER, AUTUMN, WINTER = 21, 22, 23, 24
"""Numbers of the seasons in EDTF. The winter of a year begins in its December."""

Days = tuple[date, date]
"""A first and a last day, both of them part of it."""


def year(number: int) -> Days:
    """All of a year."""
    return date(number, 1, 1), date(number, 12, 31)


def month(of: int, number: int) -> Days:
    """All of a month. Raises ValueError where there is none of this number."""
    return date(of, number, 1), date(of, number, monthrange(of, number)[1])


def season(of: int, number: int) -> Days:
    """All of a season, by months: spring from March, summer June, autumn September, winter December."""
    if number == WINTER:
        if of == date.max.year:
            return date(of, 12, 1), date.max
        return date(of, 12, 1), month(of + 1, 2)[1]
    first = (number - SPRING) * 3 + 3
    return date(of, first, 1), month(of, first + 2)[1]


def season_of(day: date) -> tuple[int, int]:
    """(year, season) that a day lies in: January belongs to the winter of the year before."""
    if day.month < 3:
        return day.year - 1, WINTER
    return day.year, SPRING + day.month // 3 - 1


def plus_days(day: date, count: int) -> date:
    """So many days later."""
    return day + timedelta(count)


def plus_months(day: date, count: int) -> date:
    """So many months later; the 31st of a month that is shorter is its last day. Raises OverflowError."""
    at = day.year * 12 + day.month - 1 + count
    of, number = divmod(at, 12)
    if not date.min.year <= of <= date.max.year:
        raise OverflowError("no such year")
    return date(of, number + 1, min(day.day, monthrange(of, number + 1)[1]))


def plus_years(day: date, count: int) -> date:
    """So many years later; 29 February becomes the 28th. Raises OverflowError."""
    return plus_months(day, count * 12)
