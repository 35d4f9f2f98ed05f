"""The 24 solar terms by the longitude of the sun: 청명·清明, 동지·冬至 and the others, and 한식, which hangs on one.

The sun's apparent longitude after Meeus, Astronomical Formulae for Calculators, chapter 18: within about two minutes of
time between 1900 and 2100. Of a term that is as near to midnight as that, both days are given.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from functools import cache

TERMS = (
    *("chunfen", "qingming", "guyu", "lixia", "xiaoman", "mangzhong"),
    *("xiazhi", "xiaoshu", "dashu", "liqiu", "chushu", "bailu"),
    *("qiufen", "hanlu", "shuangjiang", "lidong", "xiaoxue", "daxue"),
    *("dongzhi", "xiaohan", "dahan", "lichun", "yushui", "jingzhe"),
)
"""Their names, from the spring equinox (0°) in steps of 15°."""

KOREAN_HOURS, CHINESE_HOURS = 9, 8
"""Hours from UTC whose day counts."""


def _longitude(day: float) -> float:
    """Apparent longitude of the sun in degrees, `day` days after JD 2415020.0 (dynamical time)."""
    t = day / 36525
    mean = 279.69668 + 36000.76892 * t + 0.0003025 * t * t
    anomaly = math.radians(358.47583 + 35999.04975 * t - 0.00015 * t * t - 0.0000033 * t**3)
    centre = (1.919460 - 0.004789 * t - 0.000014 * t * t) * math.sin(anomaly)
    centre += (0.020094 - 0.0001 * t) * math.sin(2 * anomaly) + 0.000293 * math.sin(3 * anomaly)

    def turn(at: float, rate: float) -> float:
        return math.radians(at + rate * t)

    planets = (
        0.00134 * math.cos(turn(153.23, 22518.7541))
        + 0.00154 * math.cos(turn(216.57, 45037.5082))
        + 0.00200 * math.cos(turn(312.69, 32964.3577))
        + 0.00179 * math.sin(turn(350.74, 445267.1142))
        + 0.00178 * math.sin(turn(231.19, 20.20))
    )
    node = turn(259.18, -1934.142)
    return (mean + centre + planets - 0.00569 - 0.00479 * math.sin(node)) % 360


def _off(day: float, degrees: float) -> float:
    return (_longitude(day) - degrees + 180) % 360 - 180


@cache
def moment(year: int, term: str) -> datetime:
    """When a term begins, in UTC without a time zone, good to some two minutes. Raises ValueError outside 1900-2100."""
    if not 1900 <= year <= 2100:
        raise ValueError("outside of the years of this formula")
    degrees = TERMS.index(term) * 15
    begin = (date(year, 3, 20) - date(1899, 12, 31)).days
    day = begin + degrees / 0.98565
    if degrees >= 285:
        day -= 365.2422
    for _ in range(8):
        day -= _off(day, degrees) / 0.98565
    seconds = _delta(year + degrees / 360)
    return datetime(1899, 12, 31, 12) + timedelta(days=day, seconds=-seconds)  # noqa: DTZ001


def _delta(year: float) -> float:
    """Dynamical time less universal time in seconds, roughly: what matters here is well under a minute."""
    if year < 1950:
        return max(-3.0, 29.0 * (year - 1900) / 50)
    return 29.0 + (year - 1950) * 0.6


UNSURE = timedelta(seconds=150)
"""How far off a moment may be."""


def days(year: int, term: str, hours: int = KOREAN_HOURS) -> tuple[date, ...]:
    """The day of a term in a year of our calendar; two where it comes too near to midnight. ValueError outside 1900-2100."""
    at = moment(year, term) + timedelta(hours=hours)
    return tuple(dict.fromkeys(((at - UNSURE).date(), (at + UNSURE).date())))


def hansik(year: int, hours: int = KOREAN_HOURS) -> tuple[date, ...]:
    """한식: the 105th day after the winter solstice of the year before. Raises ValueError outside 1901-2100."""
    return tuple(day + timedelta(105) for day in days(year - 1, "dongzhi", hours))
