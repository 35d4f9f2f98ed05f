"""Bars of a chronology: how far a time may reach, which part of it is sure, and where each lies on a common scale.

Pure: days and shares of a width, no colours. A bar goes from the first day that may be meant to the last. *Sure* is what belongs
to it however it is taken: all of a single day, and of a stretch the days between the last beginning and the first end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from cairn.model.time import edtf
from cairn.model.time.days import Days
from cairn.model.time.edtf import Interval
from cairn.model.time.told import Told, order


@dataclass(frozen=True)
class Bar:
    """One time. `first` or `last` is None where that side is open."""

    first: date | None
    last: date | None
    sure: Days | None = None


@dataclass(frozen=True)
class Drawn:
    """Where a bar lies on a scale: shares of its width from 0 to 1. `open_left`: it begins before the scale, nobody knows when."""

    left: float
    right: float
    sure: tuple[float, float] | None
    open_left: bool
    open_right: bool


def bar(told: Told) -> Bar | None:
    """The bar of a time; None where no day of it is known."""
    first, last = told.bounds
    if first is None and last is None:
        return None
    return Bar(first, last, _sure(told))


def _sure(told: Told) -> Days | None:
    made = edtf.parse(told.edtf)
    first, last = made.bounds
    if told.recurring or getattr(made, "uncertain", False) or getattr(made, "approximate", False):
        return None
    if first is not None and first == last:
        return first, first
    if not isinstance(made, Interval) or made.start is None or made.end is None:
        return None
    if made.start.uncertain or made.start.approximate or made.end.uncertain or made.end.approximate:
        return None
    begun, ended = made.start.bounds[1], made.end.bounds[0]
    return (begun, ended) if begun is not None and ended is not None and begun <= ended else None


def scale(bars: Iterable[Bar]) -> Days | None:
    """Whole years that hold every day of these bars; None where there is none."""
    days = [day for each in bars for day in (each.first, each.last) if day is not None]
    if not days:
        return None
    return date(min(days).year, 1, 1), date(max(days).year, 12, 31)


def drawn(one: Bar, on: Days) -> Drawn:
    """Where a bar lies on a scale; what reaches beyond it is cut at its edge."""
    begin, span = on[0].toordinal(), on[1].toordinal() + 1 - on[0].toordinal()

    def share(day: date, after: int) -> float:
        return min(1.0, max(0.0, (day.toordinal() + after - begin) / span))

    left = share(one.first, 0) if one.first else 0.0
    right = share(one.last, 1) if one.last else 1.0
    sure = (share(one.sure[0], 0), share(one.sure[1], 1)) if one.sure else None
    return Drawn(left, right, sure, one.first is None, one.last is None)


def years(on: Days, most: int = 6) -> list[tuple[int, float]]:
    """Years to write above a scale, about so many, each with the share at which it begins."""
    first, last = on[0].year, on[1].year
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if (last - first) // n < most)
    begin, span = on[0].toordinal(), on[1].toordinal() + 1 - on[0].toordinal()
    return [(year, (date(year, 1, 1).toordinal() - begin) / span) for year in range(first, last + 1, step)]


def conflicts(told: Sequence[Told]) -> list[tuple[int, int]]:
    """Which two of several tellings of one thing can't both be true, by their places: their days don't overlap."""
    return [
        (a, b) for a, b in combinations(range(len(told)), 2) if order(told[a], told[b]) in ("before", "after")
    ]
