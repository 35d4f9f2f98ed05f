"""Dates in digits alone: 1998-03-14, 14.03.1998, 03/04/2005, 98.3.14, 03/1998, 4.15."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cairn.model.time.words.fields import Fields

_YMD = r"(?P<y>(?:1[89]|20)\d\d)\s?[-./년年]\s?(?P<m>\d{1,2})\s?[-./월月]\s?(?P<d>\d{1,2})(?:\s?[일日号]|\.)?"
_DMY = r"(?P<a>\d{1,2})\s?[-./]\s?(?P<b>\d{1,2})\s?[-./]\s?(?P<y>(?:1[89]|20)\d\d)"
_TWO = r"'?(?P<p>\d{2}|\d)\s?[-./]\s?(?P<q>\d{1,2})\s?[-./]\s?(?P<r>\d{2}|\d)\.?"
_YM = r"(?P<y>(?:1[89]|20)\d\d)\s?[-./]\s?(?P<m>\d{1,2})\.?"
_MY = r"(?P<m>\d{1,2})\s?[-./]\s?(?P<y>(?:1[89]|20)\d\d)"
_COMPACT = r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
_MD = r"(?P<m>\d{1,2})\s?[./]\s?(?P<d>\d{1,2})"
_EDGE = r"(?<![\d./-]){}(?!\d|[./:-]\d|%)"
_PATTERNS = [(name, re.compile(_EDGE.format(text))) for name, text in (
    ("ymd", _YMD), ("dmy", _DMY), ("two", _TWO), ("ym", _YM), ("my", _MY), ("compact", _COMPACT), ("md", _MD),
)]  # fmt: skip
Found = tuple[int, int, tuple[Fields, ...]]


def dates(text: str) -> Iterator[Found]:
    """(start, end, what it may be) of each date in digits; more than one where the order of day and month is open."""
    taken: list[tuple[int, int]] = []
    for name, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            start, end = found.span()
            if any(start < e and s < end for s, e in taken):
                continue
            made = _made(name, found, text)
            if made:
                taken.append((start, end))
                yield start, end, made


def _made(name: str, found: re.Match[str], text: str) -> tuple[Fields, ...]:
    part = {key: int(value) for key, value in found.groupdict().items()}
    if name in ("ymd", "compact"):
        return (Fields(year=part["y"], month=part["m"], day=part["d"]),)
    if name in ("ym", "my"):
        if name == "ym" and part["m"] > 12:
            return ()  # 1998-99 is two years
        return (Fields(year=part["y"], month=part["m"]),)
    if name == "dmy":
        return _orders([(part["a"], part["b"]), (part["b"], part["a"])], part["y"])
    if name == "md":
        return _month_day(part, found, text)
    return _two_digits(part["p"], part["q"], part["r"], found)


def _month_day(part: dict[str, int], found: re.Match[str], text: str) -> tuple[Fields, ...]:
    after = text[found.end() :]
    if not 1 <= part["m"] <= 12 or not 1 <= part["d"] <= 31 or len(found["d"]) > 2:
        return ()
    # 2.8비날론, 9.27 상무: names. A date goes on with a particle, or the phrase ends.
    if not re.match(
        r"(?:\s?(?:에|쯤|부터|까지|(?:일|때|날|경|전|후)(?:에|은|의|부터|까지|쯤|이|도)?(?![가-힣])|$)|[,)]|\s*$)",
        after,
    ):
        return ()
    return (Fields(month=part["m"], day=part["d"]),)


def _orders(day_months: list[tuple[int, int]], year: int) -> tuple[Fields, ...]:
    """What is possible of them; where nothing is, the first, which will be told as impossible."""
    made = [Fields(day=d, month=m, year=year) for d, m in day_months]
    return tuple(dict.fromkeys(each for each in made if _possible(each))) or tuple(made[:1])


def _two_digits(first: int, second: int, third: int, found: re.Match[str]) -> tuple[Fields, ...]:
    made = []
    if len(found["r"]) == 2:
        made += [Fields(two=third, day=first, month=second), Fields(two=third, day=second, month=first)]
    if len(found["p"]) == 2:
        made.append(Fields(two=first, month=second, day=third))
    return tuple(dict.fromkeys(each for each in made if _possible(each)))


def _possible(said: Fields) -> bool:
    return 1 <= (said.month or 0) <= 12 and 1 <= (said.day or 0) <= 31
