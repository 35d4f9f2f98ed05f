"""How far coders agree, for each code: Cohen's kappa for two, Krippendorff's alpha for any number, and of how many units.

The units are the sentences that at least one of them marked, with whatever code: what nobody marked says nothing, and
counting it makes any two coders agree. A coder said yes of a unit where a passage of theirs with the code overlaps it.
Both figures are by chance 0 and at most 1; where chance explains everything (all said yes, or all said no) there is no
figure, and none is made up. Each coder was to look at all of the text: nobody's silence is left out.

Cohen (1960), A coefficient of agreement for nominal scales; Krippendorff (2011), Computing Krippendorff's
alpha-reliability, nominal data.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Ratings = Sequence[Sequence[bool]]
"""For each coder, for each unit: whether it has the code."""


class Marked(NamedTuple):
    """A passage of one coder: its span in code points, and its codes."""

    start: int
    end: int
    codes: frozenset[str]


class Agreement(NamedTuple):
    """How far coders agree about one code."""

    code: str
    units: int
    """Sentences that at least one of them marked, with any code."""
    yes: tuple[int, ...]
    """For each coder, in how many of these they saw the code."""
    both: int
    """In how many all of them saw it."""
    kappa: float | None
    """Cohen's kappa; None where there are not two coders, or chance alone explains it."""
    alpha: float | None
    """Krippendorff's alpha for nominal data; None where chance alone explains it."""


def per_code(sentences: Sequence[tuple[int, int]], coders: Sequence[Iterable[Marked]]) -> list[Agreement]:
    """The figures for each code that any of the coders used, in order of the codes.

    `sentences` are those of the text, in order and not touching.
    """
    seen = [_by_code(sentences, marked) for marked in coders]
    touched = sorted(set().union(*(units for each in seen for units in each.values())))
    codes = sorted({code for each in seen for code in each if code})
    found = []
    for code in codes:
        ratings = [[unit in each.get(code, ()) for unit in touched] for each in seen]
        found.append(
            Agreement(
                code=code,
                units=len(touched),
                yes=tuple(sum(each) for each in ratings),
                both=sum(all(column) for column in zip(*ratings, strict=True)),
                kappa=kappa(ratings),
                alpha=alpha(ratings),
            )
        )
    return found


def kappa(ratings: Ratings) -> float | None:
    """Cohen's kappa of two coders; None for another number of them, for no units, and where chance explains all."""
    if len(ratings) != 2 or not ratings[0]:
        return None
    one, other = ratings
    n = len(one)
    agreed: float = sum(a == b for a, b in zip(one, other, strict=True)) / n
    yes_one, yes_other = sum(one) / n, sum(other) / n
    chance: float = yes_one * yes_other + (1 - yes_one) * (1 - yes_other)
    return None if chance >= 1 else (agreed - chance) / (1 - chance)


def alpha(ratings: Ratings) -> float | None:
    """Krippendorff's alpha for nominal data without gaps; None for less than two coders, no units, or one value alone."""
    if len(ratings) < 2 or not ratings[0]:
        return None
    coders = len(ratings)
    columns: list[int] = [sum(column) for column in zip(*ratings, strict=True)]
    total = coders * len(columns)
    yes = sum(columns)
    expected = yes * (total - yes)
    if not expected:
        return None
    observed: float = sum(count * (coders - count) for count in columns) / (coders - 1)
    return 1.0 - (total - 1) * observed / expected


def _by_code(sentences: Sequence[tuple[int, int]], marked: Iterable[Marked]) -> Mapping[str, set[int]]:
    """Code → the sentences in which a coder has it; the empty code for what was marked without any."""
    ends = [end for _, end in sentences]
    found: dict[str, set[int]] = {}
    for each in marked:
        unit = bisect_right(ends, each.start)
        while unit < len(sentences) and sentences[unit][0] < each.end:
            for code in each.codes or ("",):
                found.setdefault(code, set()).add(unit)
            unit += 1
    return found
