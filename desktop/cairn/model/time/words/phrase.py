"""A phrase as a string of kinds, whose parts are joined step by step: from tokens to dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cairn.model.time.words.fields import Base, Fields
from cairn.model.time.words.token import (
    ABOUT,
    AGO,
    AND,
    COMMA,
    FIELD,
    FILL,
    LENGTH,
    MAYBE,
    SPEC,
    Length,
)  # fmt: skip

_DATED = frozenset("F")
LOOSE = frozenset((FILL, COMMA))


@dataclass(frozen=True)
class Piece:
    """A piece of the phrase: `fields` are the ways to take a date."""

    kind: str
    text: str = ""
    fields: tuple[Fields, ...] = ()
    value: object = None
    start: int = 0
    end: int = 0


class Phrase:
    """Items in order, and their kinds as one string to match patterns on."""

    def __init__(self, items: Sequence[Piece]) -> None:
        self.items = list(items)
        self.broken = False
        """Whether a word of time in it was not understood: then what the others say is not all of it."""

    @property
    def kinds(self) -> str:
        """A letter an item."""
        return "".join(item.kind for item in self.items)

    def sub(self, pattern: str, make: Callable[[list[Piece]], list[Piece] | None]) -> None:
        """Put what `make` gives in the place of each match; None leaves it."""
        at = 0
        while found := re.compile(pattern).search(self.kinds, at):
            start, end = found.span()
            made = make(self.items[start:end]) if end > start else None
            if made is None:
                at = start + 1
            else:
                self.items[start:end] = made
                at = start + len(made)
            if at > len(self.items):
                break

    def drop(self, kinds: str) -> bool:
        """Take out every item of these kinds; whether there was one."""
        kept = [item for item in self.items if item.kind not in kinds]
        gone = len(kept) != len(self.items)
        self.items = kept
        return gone

    def of(self, kind: str) -> list[Piece]:
        """The items of a kind."""
        return [item for item in self.items if item.kind == kind]


def joined(made: Phrase) -> None:
    """Neighbouring pieces of one date become one; where they contradict each other, a new date begins."""
    items: list[Piece] = []
    loose: list[Piece] = []
    for item in made.items:
        if item.kind in LOOSE:
            loose.append(item)
            continue
        if item.kind != FIELD:
            items.append(item)
            loose = []
            continue
        last = items[-1] if items else None
        merged = _merged(last.fields, item.fields) if last is not None and last.kind == SPEC else ()
        if merged and last is not None:
            items[-1] = replace(last, fields=merged, text=f"{last.text} {item.text}")
        else:
            # 98년 오월 단오: what follows a date without a year of its own is of that year.
            fields = item.fields
            if (
                last is not None
                and last.kind == SPEC
                and last.fields[0].names_year()
                and not any(f.has_year() or f.last for f in fields)
            ):
                fields = tuple(f.of_year(last.fields[0]) for f in fields)
            items.append(Piece(SPEC, item.text, fields, None, item.start, item.end))
        loose = []
    made.items = items


def _merged(a: tuple[Fields, ...], b: tuple[Fields, ...]) -> tuple[Fields, ...]:
    return tuple(both for one in a for other in b if (both := one.merged(other)) is not None)


def ago(made: Phrase) -> None:
    """`three years ago`, `3년 전`: so long before the interview."""

    def make(found: list[Piece]) -> list[Piece]:
        return [Piece(FIELD, found[0].text, (back(length_of(found[0]), found),))]

    made.sub(LENGTH + ABOUT + "*" + AGO, make)

    def seasons(found: list[Piece]) -> list[Piece]:
        said = found[0].fields[0]
        base = said.base or Base("event", "season", 1)
        return [Piece(FIELD, found[0].text, (replace(said, base=Base("interview", "season", -base.n)),))]

    made.sub("V" + AGO, seasons)


_DAYS_OF = {"days": 1.0, "weeks": 7.0, "months": 30.44, "years": 365.25}


def lengths(made: Phrase) -> None:
    """석 달 열흘, a year and three months: one length, of months where it has no days, else of days."""

    def both(found: list[Piece]) -> list[Piece] | None:
        one, other = length_of(found[0]), length_of(found[-1])
        if _DAYS_OF.get(one.unit, 0) <= _DAYS_OF.get(other.unit, 0) or other.unit not in _DAYS_OF:
            return None
        if (one.unit, other.unit) == ("years", "months"):
            made_of = Length("months", 12 * one.least + other.least, 12 * one.most + other.most)
        else:
            least, most = (
                round(a * _DAYS_OF[one.unit] + b * _DAYS_OF[other.unit])
                for a, b in ((one.least, other.least), (one.most, other.most))
            )
            made_of = Length("days", least, most)
        return [Piece(LENGTH, f"{found[0].text} {found[-1].text}", (), made_of), Piece(ABOUT)]

    made.sub(LENGTH + AND + "?" + LENGTH, both)


def length_of(item: Piece) -> Length:
    """The length that an item is. Raises ValueError where it is none."""
    if isinstance(item.value, Length):
        return item.value
    raise ValueError("no length")


def back(length: Length, found: Sequence[Piece]) -> Fields:
    """So long before the interview, as a piece of a date."""
    vague = length.least != length.most or any(item.kind == ABOUT for item in found)
    base = Base("interview", length.unit, -length.most, -length.least)
    rough = vague or length.unit in ("months", "weeks")
    return Fields(base=base, approximate=True if rough else None)


__all__ = ["MAYBE", "Phrase", "Piece", "ago", "back", "joined"]
