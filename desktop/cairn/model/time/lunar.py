"""The lunar calendars of Korea and China, from the lunar year 1900 to 2049: tables of our own, without a library.

They differ: Korea reckons new moons and solar terms at 135° east, China at 120°, so that a month may begin a day later
and a leap month stand elsewhere (2012, 2017). What a table does not hold raises ValueError: a leap month that never
was, the 30th of a month of 29 days, a year outside. Sources: the Korea Astronomy and Space Science Institute's calendar
and the Hong Kong Observatory's conversion tables; tests compare every single day with independent libraries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

Calendar = Literal["korean-lunar", "chinese-lunar"]
FIRST_YEAR, LAST_YEAR = 1900, 2049
_NEW_YEAR = date(1900, 1, 31)
"""The first day of the lunar year 1900, in both calendars."""

# Five hexadecimal digits a year: number of the leap month (or 0) in the high bits, then one bit for the length of
# the leap month and one for each of the twelve months, the first month highest; a set bit is 30 days, else 29.
_KOREAN = (
    "104bd004ae00a570a54d00d2600d95096550056a009ad0455d004ae0ca5b00a4d00d250ada900b550056a04ada0095d0e4bb"
    "0049b00a4b0ab4b006a900ad408bb5002b60095b04537004970c65600e4a00ea50b6a9005b5002b6078ae0092e0fc8d00c95"
    "00d4a0dd8a00b690056d0925b0025d0092d04d2b00a950ed5500b4a00b550b555004db0025b078570052b10a9b00695006aa"
    "0caea00ab5004b608aae00a57005270672600d950e6b50056a009ad0a4dd004ae00a4e08d4d00d2510d5900b5400d6a0d95a"
    "0095b0049b08a9b00a4b14b27006a5006d40cb75002b60095b0a4b7004970064b0674a00ea5106d9005ad002b60a96e0092e"
    "00c9608e9500d4a00da5047550056c0eabb0025d0092d0acab00a9500b4a07b4a00b551255d004ba00a5b0a5570052b00a95"
    "08b95006aa00ad5046b5004b60ca6e00a57005270a6a600d93005aa06b6a0096d164af004ae00a4d0dd0d00d2500d520add4"
    "00b6a0096d0455b0049b0ea5700a4b00b250bb25006d400ada"
)
_CHINESE = (
    "104bd004ae00a570a54d00d2600d95096550056a009ad0455d004ae0ca5b00a4d00d250bd2500b5400d6a04ada0095b0f497"
    "0049700a4b0ab4b006a5006d409ab5002b6009570452f004970c65600d4a00ea50a6e9005ad002b60786e0092e0fc8d00c95"
    "00d4a0dd8a00b550056a09a5b0025d0092d04d2b00a950eb55006ca00b550b535004da00a5d074570052b10a9a00e95006aa"
    "0caea00ab5004b608aae00a570052606f2600d950e5b50056a0096d0a4dd004ad00a4d08d4d00d2510d5500b5400b5a0d95a"
    "0095b0049b08a9700a4b14b27006a5006d40caf400ab6009570a4af004970064b0674a00ea5106b5005ac00ab60a96d0092e"
    "00c9608d9500d4a00da5047550056a0eabb0025d0092d0acab00a9500b4a08baa00ad51255d004ba00a5b0d5170052b00a93"
    "08795006aa00ad5045b5004b60ca6e00a4e00d260aea600d53005aa0676a0096d164af004ad00a4d0dd0b00d2500d520add4"
    "00b5a0056d0455b0049b0ea5700a4b00aa50bb25006d200ada"
)


@dataclass(frozen=True)
class LunarDay:
    """A day of a lunar calendar. `leap` is the second of two months of one number."""

    year: int
    month: int
    day: int
    leap: bool = False


@dataclass(frozen=True)
class LunarMonth:
    """A month as it was: its first day in our calendar, and its length in days."""

    number: int
    leap: bool
    first: date
    length: int

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + timedelta(self.length - 1)


@cache
def _years(calendar: Calendar) -> tuple[tuple[LunarMonth, ...], ...]:
    table = _KOREAN if calendar == "korean-lunar" else _CHINESE
    first, found = _NEW_YEAR, []
    for at in range(0, len(table), 5):
        word = int(table[at : at + 5], 16)
        months = []
        for number in range(1, 13):
            for leap in (False, True) if word >> 13 == number else (False,):
                length = 29 + (word >> (12 if leap else 12 - number) & 1)
                months.append(LunarMonth(number, leap, first, length))
                first += timedelta(length)
        found.append(tuple(months))
    return tuple(found)


def months(calendar: Calendar, year: int) -> tuple[LunarMonth, ...]:
    """The twelve or thirteen months of a lunar year. Raises ValueError outside of the table."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("outside of the table")
    return _years(calendar)[year - FIRST_YEAR]


def month(calendar: Calendar, year: int, number: int, *, leap: bool = False) -> LunarMonth:
    """One month. Raises ValueError where that year had none such."""
    for each in months(calendar, year):
        if each.number == number and each.leap is leap:
            return each
    raise ValueError("that year had no such month")


def leap_month(calendar: Calendar, year: int) -> int:
    """Number of the year's leap month, or 0. Raises ValueError outside of the table."""
    return next((each.number for each in months(calendar, year) if each.leap), 0)


def to_solar(calendar: Calendar, day: LunarDay) -> date:
    """The day in our calendar. Raises ValueError where there was no such day."""
    found = month(calendar, day.year, day.month, leap=day.leap)
    if not 1 <= day.day <= found.length:
        raise ValueError("that month had no such day")
    return found.first + timedelta(day.day - 1)


def from_solar(calendar: Calendar, day: date) -> LunarDay:
    """The day in a lunar calendar. Raises ValueError outside of the table."""
    for year in (day.year, day.year - 1):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            continue
        for each in months(calendar, year):
            if each.first <= day <= each.last:
                return LunarDay(year, each.number, (day - each.first).days + 1, each.leap)
    raise ValueError("outside of the table")
