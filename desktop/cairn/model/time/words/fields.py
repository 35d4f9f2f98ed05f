"""What a phrase says of one date, piece by piece, before it is reckoned out."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal

from cairn.model.time.words import holidays

LAST_DAY = -1
"""As a day: the last one of its month, 그믐."""

Who = Literal["interview", "event"]
Unit = Literal[
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "season",
    "season-within",
    "nth-year",
    "first-year",
    "last-year",
]
"""`year` is a year of the calendar, `years` so much time: three years after a day lies near a day."""


@dataclass(frozen=True)
class Base:
    """A place in time from something else: `n` (or `n` to `most`) units later, or earlier where negative."""

    who: Who
    unit: Unit
    n: int
    most: int | None = None


@dataclass(frozen=True)
class Fields:
    """Pieces of one date. Empty ones were not said."""

    year: int | None = None
    two: int | None = None
    """A year of two digits."""
    juche: int | None = None
    cycle: int | None = None
    """A year of the cycle of sixty, 0 to 59."""
    decade: int | None = None
    """Its first year; below 100 where the century was not said."""
    base: Base | None = None
    leap: bool | None = None
    month: int | None = None
    day: int | None = None
    lunar: Literal["yes", "maybe", "no"] | None = None
    season: int | None = None
    part: str | None = None
    holiday: str | None = None
    weekday: int | None = None
    """0 for Monday, of a week that is said."""
    last: bool | None = None
    """The last one, as in last winter."""
    span: tuple[int, int, int, int] | None = None
    """First month and day, last month and day: a time of the farming year."""
    approximate: bool | None = None
    uncertain: bool | None = None

    def merged(self, other: Fields) -> Fields | None:
        """Both together; None where they say different things of the same piece."""
        changes: dict[str, object] = {}
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            if theirs is None:
                continue
            if field.name == "lunar" and mine is not None:
                changes["lunar"] = "yes" if "yes" in (mine, theirs) else mine
            elif mine is None or mine == theirs:
                changes[field.name] = theirs
            else:
                return None
        made = replace(self, **changes)  # type: ignore[arg-type]
        if made.holiday is not None and made.month == holidays.month_of(made.holiday) and made.day is None:
            made = replace(made, month=None)  # 팔월 추석
        dated = sum(x is not None for x in (made.year, made.two, made.decade, made.base, made.cycle))
        finest = sum(x is not None for x in (made.season, made.month, made.holiday, made.span))
        if dated > 1 or finest > 1 and not (made.season and made.month):
            return None
        if made.base is not None and not _takes(made.base, made):
            return None
        return made

    def has_year(self) -> bool:
        """Whether a year is said, in whatever way."""
        return any(
            x is not None for x in (self.year, self.two, self.juche, self.decade, self.cycle, self.base)
        )

    def names_year(self) -> bool:
        """Whether it is a year of the calendar that is said, and not a step to some day."""
        steps = self.base is not None and (
            self.base.who == "event" or self.base.unit not in ("year", "years")
        )
        return self.has_year() and not steps

    def of_year(self, other: Fields) -> Fields:
        """With the year of another, and nothing else of it."""
        names = ("year", "two", "juche", "decade", "cycle", "base")
        return replace(self, **{name: getattr(other, name) for name in names})

    def filled(self, other: Fields) -> Fields:
        """With the coarser pieces of `other` where none are here: `3월부터 5월까지` is one year."""
        made = self
        if not made.has_year():
            made = replace(
                made,
                **{n: getattr(other, n) for n in ("year", "two", "juche", "decade", "cycle", "base")},
            )
            of_month = self.part is not None and not (self.season or self.holiday or self.span)
            if self.month is None and (self.day is not None or of_month):
                made = replace(made, month=other.month, leap=other.leap)
            if made.lunar is None and made.month is not None:
                made = replace(made, lunar=other.lunar)
        return made


_TAKES: dict[str, tuple[str, ...]] = {
    "year": ("month", "day", "leap", "season", "part", "holiday", "span", "lunar"),
    "years": ("month", "day", "leap", "season", "part", "holiday", "span", "lunar"),
    "month": ("day", "part"),
    "season": ("season", "part"),
    "season-within": ("season", "part"),
    "week": ("weekday",),
}


def _takes(base: Base, said: Fields) -> bool:
    """Whether a step from elsewhere can be made finer by what else is said: the 10th of last month, not of a day."""
    said_too = {f.name for f in fields(said) if getattr(said, f.name) is not None}
    return said_too <= {"base", "approximate", "uncertain", *_TAKES.get(base.unit, ())}
