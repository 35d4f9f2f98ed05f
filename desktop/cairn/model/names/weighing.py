"""What two persons have in common and what speaks against it: points, reasons and a level. Never a verdict.

Points are tenths of bits: ten more make it twice as likely that two records tell of one person. The sums stand in
`NAMES.md`, so that a person can do them again. A level is a proposal: `likely` is never given for a name alone, and
nothing follows from it by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import log2
from typing import Literal

import msgspec
from rapidfuzz.distance import OSA

from cairn.model.names import hangul, sounds
from cairn.model.names.heard import Called, Heard, Slot, Way, heard
from cairn.model.time import lunar
from cairn.model.time.told import Told

Level = Literal["likely", "possible", "none"]


class Facts(msgspec.Struct, frozen=True, gc=False):
    """What is known of a person, as far as it tells one from another. All of it may be empty."""

    names: tuple[Called, ...] = ()
    """Every name, also those that the person bears in China or was given by others: they are joined by being here."""
    sex: str = ""
    born: Told | None = None
    places: tuple[str, ...] = ()
    """Ids of where the person comes from, each inside the one before: province, county, ri."""
    relatives: tuple[tuple[str, Called], ...] = ()
    """(`father`, `mother`, `grandfather`, …; the name)."""

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day of the birth; None where one of them is not known."""
        return span(self.born.edtf) if self.born is not None else None


@lru_cache(16384)
def span(edtf: str) -> tuple[date, date] | None:
    """First and last day of a time in EDTF; None where one of them is not known."""
    first, last = Told(edtf=edtf).bounds
    return (first, last) if first is not None and last is not None else None


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for it (points above zero), against it, or neither."""

    code: str
    points: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Weighed:
    """Two persons side by side."""

    points: int
    reasons: tuple[Reason, ...]
    named: int
    """Points of the names alone."""

    @property
    def beside_name(self) -> bool:
        """Whether anything but the name speaks for it."""
        return any(
            each.points >= 10 and not each.code.startswith(("match.name-", "match.sex-"))
            for each in self.reasons
        )


FAMILY_FAR, FAMILY_OTHER = -30, -8
"""Another family name; and where one of the names is of a kind that may have another one."""
FAMILY_NEAR = 4
GIVEN_MISSING = -16
"""A syllable of the given name that the other name lacks."""
GIVEN_LEAST, GIVEN_MOST = -60, 95
SEX_SAME, SEX_OTHER = 8, -45
CHINESE_CHARACTERS, CHINESE_SOUND = 95, 80
RELATIVE_SAME, RELATIVE_NEAR, RELATIVE_OTHER = 38, 18, -38
PLACE_SAME, PLACE_INSIDE, PLACE_BESIDE, PLACE_OTHER = 34, 17, -6, -28


def family_points(shares: Iterable[int]) -> int:
    """Points of one family name that both have: the rarer, the more. Kim 22, Pak 36, at most 50."""
    return min(50, round(-10 * log2(max(1, sum(shares)) / 1000)))


@lru_cache(65536)
def slot_points(mine: Slot, other: Slot) -> int:
    """Points of two syllables: of the alternatives that agree best."""
    if isinstance(mine, str) or isinstance(other, str):
        if not (isinstance(mine, str) and isinstance(other, str)):
            return sounds.FAR
        alike = OSA.normalized_similarity(mine, other)
        return sounds.MOST if alike == 1 else round(sounds.MOST * 0.6) if alike >= 0.8 else sounds.FAR
    best = max(sounds.between(one, two) for one in mine for two in other)
    # Of many alternatives one agrees easily.
    many = max(len(mine), len(other))
    return best - min(25, round(10 * log2(many) * 0.7)) if many > 1 else best


def given_points(mine: tuple[Slot, ...], other: tuple[Slot, ...]) -> int:
    """Points of two given names, syllable by syllable; one that is missing costs."""
    if not mine or not other:
        return 0
    short, long = sorted((mine, other), key=len)
    missing = len(long) - len(short)
    shifts = range(missing + 1)
    best = max(sum(slot_points(one, long[at + shift]) for at, one in enumerate(short)) for shift in shifts)
    return max(GIVEN_LEAST, min(GIVEN_MOST, best + GIVEN_MISSING * missing))


def letters_points(mine: str, other: str) -> int:
    """Points of two given names by their letters alone, for slips that leave no syllables."""
    if len(mine) < 4 or len(other) < 4:
        return GIVEN_LEAST
    slips = OSA.distance(mine, other, score_cutoff=2)
    longest = max(len(mine), len(other))
    if slips == 1 and longest >= 5:
        return 55
    if slips == 2 and longest >= 8:
        return 30
    return GIVEN_LEAST


def way_points(mine: Way, other: Way, *, other_kind: bool) -> tuple[int, int, int]:
    """(points of the family names, of the given names, cost of hearing both so)."""
    family = 0
    if mine.family is not None and other.family is not None:
        heard_alike = slot_points(mine.family, other.family)
        if set(mine.families) & set(other.families):
            both = set(mine.families) | set(other.families)
            family = family_points(hangul.share(each) for each in both)
        elif heard_alike >= 25:
            family = min(heard_alike, 22)
        elif heard_alike >= -8:
            family = FAMILY_NEAR
        else:
            family = FAMILY_OTHER if other_kind else FAMILY_FAR
    given = given_points(mine.given, other.given)
    if given < 55:
        given = max(given, letters_points(mine.letters, other.letters))
    return family, given, -max(mine.cost, other.cost)


@lru_cache(8192)
def name_points(mine: Called, other: Called) -> tuple[int, str]:
    """Points of two names and the code of why. Names in China and names at home are never compared by sound."""
    one, two = heard(mine), heard(other)
    if not (one.ways and two.ways) and not (one.chinese and two.chinese):
        return 0, "match.name-unknown"
    best, code = GIVEN_LEAST - 30, "match.name-other"
    chinese = _chinese(one, two)
    if chinese:
        best, code = (
            chinese,
            "match.name-characters" if chinese == CHINESE_CHARACTERS else "match.name-pinyin",
        )
    other_kind = mine.other_family or other.other_family
    for left in one.ways:
        for right in two.ways:
            family, given, cost = way_points(left, right, other_kind=other_kind)
            if family + given + cost > best:
                best = family + given + cost
                code = _name_code(left, right, family, given)
    if best > 0 and mine.text == other.text and not chinese:
        code = "match.name-same"
    return best, code


def _chinese(one: Heard, two: Heard) -> int:
    if one.characters and one.characters == two.characters:
        return CHINESE_CHARACTERS
    return CHINESE_SOUND if one.chinese and one.chinese == two.chinese else 0


def _name_code(left: Way, right: Way, family: int, given: int) -> str:
    if given < 20:
        return "match.name-part" if given >= 0 else "match.name-other"
    if left.family is None or right.family is None:
        return "match.name-given"
    if family <= 0:
        return "match.name-given-other-family"
    return "match.name-sound" if given >= 70 else "match.name-near"


def best_name(mine: Iterable[Called], other: Iterable[Called]) -> tuple[int, str, Called, Called] | None:
    """The two names that agree best, with points and code; None where one side has none."""
    others = tuple(other)
    found = [(*name_points(one, two), one, two) for one in mine for two in others]
    return max(found, key=lambda each: each[0]) if found else None


def weigh(mine: Facts, other: Facts, least: int = -1000) -> Weighed:
    """All that speaks for and against two records' telling of one person.

    What can't reach `least` points is not weighed to its end: relatives' names are left out.
    """
    reasons: list[Reason] = []
    named = 0
    best = best_name(mine.names, other.names)
    if best is not None:
        named, code, one, two = best
        reasons.append(Reason(code, named, {"a": one.text, "b": two.text}))
    if mine.sex and other.sex:
        same = mine.sex == other.sex
        code = "match.sex-same" if same else "match.sex-other"
        reasons.append(Reason(code, SEX_SAME if same else SEX_OTHER))
    if (birth := birth_reason(mine.span, other.span)) is not None:
        reasons.append(birth)
    if (place := _place(mine.places, other.places)) is not None:
        reasons.append(place)
    points = sum(each.points for each in reasons)
    if points + RELATIVE_SAME * min(len(mine.relatives), len(other.relatives)) >= least:
        reasons += _relatives(mine, other)
        points = sum(each.points for each in reasons)
    return Weighed(points, tuple(reasons), named)


def birth_reason(mine: tuple[date, date] | None, other: tuple[date, date] | None) -> Reason | None:
    """What two births say; None where one of them has no days."""
    if mine is None or other is None:
        return None
    code, points, gap = birth_points(mine, other)
    return Reason(code, points, {"years": str(gap)} if code == "match.birth-apart" else {})


def birth_points(a: tuple[date, date], b: tuple[date, date]) -> tuple[str, int, int]:
    """(code, points, whole years between) of two births as first and last day."""
    exact = a[0] == a[1] and b[0] == b[1]
    days = max(a[0].toordinal(), b[0].toordinal()) - min(a[1].toordinal(), b[1].toordinal())
    if days <= 0:
        if exact:
            return "match.birth-same-day", 75, 0
        # Of fifty years in which people are born, how many both of them leave open.
        years = max(_years(a), _years(b))
        return "match.birth-overlap", max(4, min(50, round(9 * log2(50 / max(1.0, years))))), 0
    gap = days / 365.25
    if exact and (slip := _slip(a[0], b[0])) is not None:
        return slip
    if gap <= 60 / 365.25 and not exact:
        return "match.birth-near", -8, 0
    if gap <= 1:
        return "match.birth-near", -40 if exact else -18, 0
    if gap <= 2:
        return "match.birth-near", -50 if exact else -32, 1
    return "match.birth-apart", -60 if gap <= 4 else -90, int(gap)


def _years(span: tuple[date, date]) -> float:
    return (span[1].toordinal() - span[0].toordinal() + 1) / 365.25


def _slip(one: date, two: date) -> tuple[str, int, int] | None:
    if one.year == two.year and one.month == two.day and one.day == two.month:
        return "match.birth-day-month", 60, 0
    if one.month == two.month and one.day == two.day and abs(one.year - two.year) == 1:
        return "match.birth-year-off", 35, 1
    apart = abs((one - two).days)
    if apart <= 62 and (_as_lunar(one) == two or _as_lunar(two) == one):
        return "match.birth-lunar", 60, 0
    # A lunar date is told as so many days before the day it falls on; with another slip beside it, roughly so.
    return ("match.birth-lunar-maybe", 20, 0) if 17 <= apart <= 52 else None


def _as_lunar(day: date) -> date | None:
    """The day that is meant if this one was told in the lunar calendar."""
    try:
        return lunar.to_solar("korean-lunar", lunar.LunarDay(day.year, day.month, day.day))
    except ValueError:
        return None


def _place(mine: tuple[str, ...], other: tuple[str, ...]) -> Reason | None:
    if not mine or not other:
        return None
    if mine[0] != other[0]:
        return Reason("match.place-other", PLACE_OTHER, {"a": mine[-1], "b": other[-1]})
    shared = sum(1 for one, two in zip(mine, other, strict=False) if one == two)
    if shared == min(len(mine), len(other)):
        points = PLACE_SAME if shared > 1 else PLACE_INSIDE
        return Reason("match.place-same", points, {"a": mine[shared - 1]})
    return Reason("match.place-beside", PLACE_BESIDE, {"a": mine[-1], "b": other[-1]})


def _relatives(mine: Facts, other: Facts) -> list[Reason]:
    found = []
    for role, name in mine.relatives:
        theirs = [called for kind, called in other.relatives if kind == role]
        if not theirs:
            continue
        points, code, called = max(
            ((*name_points(name, each), each) for each in theirs), key=lambda each: each[0]
        )
        if code == "match.name-unknown":
            continue
        values = {"role": role, "a": name.text, "b": called.text}
        if points >= 75:
            found.append(Reason("match.relative-same", RELATIVE_SAME, values))
        elif points >= 35:
            found.append(Reason("match.relative-near", RELATIVE_NEAR, values))
        else:
            found.append(Reason("match.relative-other", RELATIVE_OTHER, values))
    return found


LIKELY, POSSIBLE = 30, -30
"""Points beside `chance` from which somebody is proposed as likely, and at all."""


def chance(people: int) -> int:
    """Points that the best of so many people reaches by chance: of more, more is asked."""
    return round(10 * log2(max(2, people)))


def needed(people: int) -> int:
    """Points from which somebody is proposed at all."""
    return chance(people) + POSSIBLE


def level(weighed: Weighed, people: int) -> Level:
    """What is proposed among so many people."""
    if weighed.named <= 0 or weighed.points < needed(people):
        return "none"
    return "likely" if weighed.points >= chance(people) + LIKELY and weighed.beside_name else "possible"
