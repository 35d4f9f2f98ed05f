"""Ages: when somebody was so old, and when somebody so old was born, by Korean and by international reckoning.

Korean: one at birth, one more at each New Year, so that k years of age are the year of birth + k - 1. International: from
the k-th birthday to the day before the next. Where nobody said which, both are offered. A zodiac animal that fits one
of them decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cairn.model.time import days, edtf, lunar
from cairn.model.time.edtf import Edtf, Interval, Point
from cairn.model.time.told import Anchor, Reckoning
from cairn.model.time.words.context import Context, Impossible, Reading
from cairn.model.time.words.token import Age

_RAT = 4
"""Years whose remainder by 12 is this are years of the rat."""


def born(age: Age, years: tuple[int, int], said: Reckoning, animal: int | None) -> list[Reading]:
    """When somebody was born who had this age in those years. Raises Impossible where the animal fits neither."""
    first, last = years
    readings = []
    if said != "international":
        low, high = first - age.most + 1, last - age.least + 1
        readings.append(Reading(_years(low, high), reckoning="korean"))
    if said != "korean":
        low, high = first - age.most - 1, last - age.least
        readings.append(Reading(_years(low, high), reckoning="international"))
    if animal is None:
        return readings
    fitting = []
    for each in readings:
        start, end = each.expression.bounds
        if start is None or end is None:
            continue
        matching = [year for year in range(start.year, end.year + 1) if (year - _RAT) % 12 == animal]
        fitting += [Reading(Point(year), reckoning=each.reckoning) for year in matching]
    if not fitting:
        raise Impossible(*(each.expression for each in readings), why="animal")
    same = {str(each.expression) for each in fitting}
    if len(same) == 1:
        reckoning: Reckoning = fitting[0].reckoning if len(fitting) == 1 else ""
        return [Reading(fitting[0].expression, reckoning=reckoning)]
    return fitting


def of_animal(births: list[Reading], animal: int) -> list[Reading]:
    """Of births those whose lunar year, which begins with the lunar New Year, may be one of the animal.

    Raises Impossible with all of them where none fits: one of the two was said or heard wrongly.
    """
    fitting = [each for each in births if any((year - _RAT) % 12 == animal for year in _lunar_years(each))]
    if births and not fitting:
        raise Impossible(*(each.expression for each in births), why="animal")
    return fitting


def _lunar_years(birth: Reading) -> range:
    first, last = birth.expression.bounds
    if first is None or last is None:
        return range(0)
    return range(_lunar_year(first), _lunar_year(last) + 1)


def _lunar_year(day: date) -> int:
    try:
        return lunar.from_solar("korean-lunar", day).year
    except ValueError:
        return day.year


def when(
    age: Age,
    known: Context,
    said: Reckoning,
    birth: str | None = None,
    *,
    turning: bool = False,
    chinese: bool = False,
) -> list[Reading]:
    """When somebody whose birth is known was of this age; `turning`: the year in which they reached it.

    Of a birth before the lunar New Year, `chinese` counting by the lunar year comes to a year before. Raises ValueError
    while no birth is known.
    """
    text = birth or known.birth
    first, last = edtf.parse(text).bounds if text else (None, None)
    if first is None or last is None:
        raise ValueError("no birth to reckon from")
    anchor = Anchor("birth", "birth", text)
    readings = []
    if said != "international":
        korean = _years(first.year + age.least - 1, last.year + age.most - 1)
        if chinese and said == "korean" and first == last and _before_new_year(first):
            early = _years(first.year + age.least - 2, last.year + age.most - 2)
            readings.append(Reading(early, reckoning="korean", anchor=anchor))
        readings.append(Reading(korean, reckoning="korean", anchor=anchor))
    if said != "korean":
        western = _birthdays(first, last, age)
        if turning:
            western = _years(first.year + age.least, last.year + age.most)
        readings.append(Reading(western, reckoning="international", anchor=anchor))
    return readings


def _before_new_year(day: date) -> bool:
    try:
        return lunar.from_solar("chinese-lunar", day).year < day.year
    except ValueError:
        return False


def _birthdays(first: date, last: date, age: Age) -> Edtf:
    start = days.plus_years(first, age.least)
    end = days.plus_days(days.plus_years(last, age.most + 1), -1)
    if first.month == 1 and first.day == 1 and last.month == 12 and last.day == 31:
        return Interval(Point(start.year), Point(end.year))
    return edtf.spanning(start, end)


def _years(low: int, high: int) -> Edtf:
    if low < 1:
        raise ValueError("before any year")
    return Point(low) if low == high else Interval(Point(low), Point(high))


def spans(readings: list[Reading]) -> Iterator[tuple[int, int]]:
    """First and last year of each reading that has both."""
    for each in readings:
        first, last = each.expression.bounds
        if first and last:
            yield first.year, last.year
