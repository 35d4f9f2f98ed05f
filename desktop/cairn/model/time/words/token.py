"""The words of a phrase, each as what it says about time. Kinds are single letters, so that a phrase is a string."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from cairn.model.time.words.fields import Fields, Unit

FIELD, FILL, WORD, COMMA, NUMBER = "F", ".", "w", ",", "#"
ABOUT, MAYBE, OR, AND, FROM, FROM_OR_AT, TO, BETWEEN, EVERY, NOT = (
    "Q",
    "M",
    "O",
    "&",
    "f",
    "E",
    "t",
    "B",
    "e",
    "!",
)
BEFORE, AFTER, AGO, LENGTH, ORDINAL, THAT, NEXT, WHEN, LASTS = "b", "a", "g", "u", "n", "x", "N", "h", "d"
AGE, RECKONING, ZODIAC, SCHOOL, FIRST_BIRTHDAY, VETO = "A", "R", "Z", "S", "y", "v"
SPEC = "s"


@dataclass(frozen=True)
class Length:
    """So much time: a number of units, or between two numbers."""

    unit: Unit
    least: int
    most: int


@dataclass(frozen=True)
class Edge:
    """`before`, `after`, `until`: whether the day itself belongs to it; None where the word leaves that open."""

    inclusive: bool | None = False
    leads: bool = False
    """Stands before what it speaks of, as in English."""
    soon: bool = False
    """Not long: shortly after."""
    ended: bool = False
    """After the end of something that lasted."""


@dataclass(frozen=True)
class Age:
    """Years of age, or between two."""

    least: int
    most: int


Value = Fields | tuple[Fields, ...] | Length | Edge | Age | int | str | None


@dataclass(frozen=True)
class Token:
    """A piece of the phrase, from `start` to `end`."""

    kind: str
    start: int
    end: int
    value: Value = None
    text: str = ""


Make = Callable[[re.Match[str]], Value]


@dataclass(frozen=True)
class Entry:
    """A word, or a pattern of words, of one language."""

    pattern: re.Pattern[str]
    kind: str
    make: Make | None
    value: Value = None
    weak: bool = False
    """Says something only next to a date: 말 is the end of a month, or speech."""


def entry(pattern: str, kind: str, value: Value | Make = None, *, weak: bool = False) -> Entry:
    """An entry; `value` is what it says, or makes that of the match (ValueError: it is not this after all)."""
    compiled = re.compile(pattern)
    if callable(value):
        return Entry(compiled, kind, value, weak=weak)
    return Entry(compiled, kind, None, value, weak=weak)
