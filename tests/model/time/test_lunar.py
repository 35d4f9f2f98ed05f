"""Two lunar calendars, day by day against independent libraries, and the sun's terms against both of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.model.time import lunar, terms
from cairn.model.time.lunar import Calendar, LunarDay, LunarMonth

FIRST, LAST = date(1900, 1, 31), date(2050, 1, 22)
CALENDARS: list[Calendar] = ["korean-lunar", "chinese-lunar"]


def every_month(calendar: Calendar) -> Iterator[tuple[int, LunarMonth]]:
    for year in range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1):
        for month in lunar.months(calendar, year):
            yield year, month


@given(st.sampled_from(CALENDARS), st.dates(FIRST, LAST))
def test_a_day_goes_there_and_back(calendar: Calendar, day: date) -> None:
    assert lunar.to_solar(calendar, lunar.from_solar(calendar, day)) == day


def test_every_month_is_the_korean_library_s() -> None:
    """First and last day of every month: with the months one after another that is every day."""
    oracle = pytest.importorskip("korean_lunar_calendar").KoreanLunarCalendar
    for year, month in every_month("korean-lunar"):
        for number, day in ((1, month.first), (month.length, month.last)):
            # A fresh object and its answer: an old one keeps the last date where it refuses.
            theirs = oracle()
            assert theirs.setSolarDate(day.year, day.month, day.day)
            found = (theirs.lunarYear, theirs.lunarMonth, theirs.lunarDay, bool(theirs.isIntercalation))
            assert found == (year, month.number, number, month.leap)


def test_every_month_is_the_chinese_library_s() -> None:
    oracle = pytest.importorskip("lunardate").LunarDate
    turned = getattr(oracle, "from_solar_date", None) or oracle.fromSolarDate
    for year, month in every_month("chinese-lunar"):
        for number, day in ((1, month.first), (month.length, month.last)):
            theirs = turned(day.year, day.month, day.day)
            leap = bool(theirs.is_leap_month if hasattr(theirs, "is_leap_month") else theirs.isLeapMonth)
            assert (theirs.year, theirs.month, theirs.day, leap) == (year, month.number, number, month.leap)


def test_the_months_follow_each_other_without_a_gap() -> None:
    for calendar in CALENDARS:
        months = [month for _, month in every_month(calendar)]
        assert months[0].first == FIRST and months[-1].last == LAST
        assert all(b.first == a.last + timedelta(1) for a, b in pairwise(months))


def test_the_calendars_differ_where_it_is_known_that_they_do() -> None:
    assert lunar.leap_month("korean-lunar", 2012) == 3 and lunar.leap_month("chinese-lunar", 2012) == 4
    assert lunar.leap_month("korean-lunar", 2017) == 5 and lunar.leap_month("chinese-lunar", 2017) == 6
    assert lunar.to_solar("korean-lunar", LunarDay(1997, 1, 1)) == date(1997, 2, 8)
    assert lunar.to_solar("chinese-lunar", LunarDay(1997, 1, 1)) == date(1997, 2, 7)


@pytest.mark.parametrize("calendar", CALENDARS)
def test_the_winter_solstice_lies_in_the_eleventh_month(calendar: Calendar) -> None:
    """The rule by which the calendars are made: the table and the sun's formula know nothing of each other."""
    hours = terms.KOREAN_HOURS if calendar == "korean-lunar" else terms.CHINESE_HOURS
    for year in range(1901, 2049):
        assert any(lunar.from_solar(calendar, day).month == 11 for day in terms.days(year, "dongzhi", hours))


@given(
    st.sampled_from(CALENDARS),
    st.integers(1890, 2060),
    st.integers(-1, 15),
    st.integers(-1, 32),
    st.booleans(),
)
def test_what_there_never_was_is_refused(
    calendar: Calendar, year: int, month: int, day: int, leap: bool
) -> None:
    try:
        found = lunar.to_solar(calendar, LunarDay(year, month, day, leap))
    except ValueError:
        return
    assert lunar.from_solar(calendar, found) == LunarDay(year, month, day, leap)


@pytest.mark.parametrize("day", [date(1900, 1, 30), date(2050, 1, 23), date(1, 1, 1), date(9999, 12, 31)])
def test_outside_of_the_table_nothing_is_made_up(day: date) -> None:
    with pytest.raises(ValueError):
        lunar.from_solar("korean-lunar", day)


@pytest.mark.parametrize(
    ("year", "term", "hours", "day"),
    [
        (2009, "qingming", 8, "2009-04-04"),
        (2009, "qingming", 9, "2009-04-05"),
        (1998, "lichun", 9, "1998-02-04"),
        (1998, "dongzhi", 9, "1998-12-22"),
        (2017, "lichun", 9, "2017-02-04"),
        (2000, "chunfen", 9, "2000-03-20"),
    ],
)
def test_a_term_falls_on_the_day_of_its_country(year: int, term: str, hours: int, day: str) -> None:
    assert terms.days(year, term, hours) == (date.fromisoformat(day),)


def test_a_term_too_near_to_midnight_is_both_days() -> None:
    assert terms.days(2021, "lichun", 9) == (date(2021, 2, 3), date(2021, 2, 4))
    assert date(2020, 4, 5) in terms.hansik(2020)
    with pytest.raises(ValueError):
        terms.days(1899, "lichun")
