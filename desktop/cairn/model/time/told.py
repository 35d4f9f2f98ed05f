"""A time as it was told: the words, and what they were taken to mean.

The words are the evidence and are never changed. Everything else may be put right: the EDTF expression, from which
first and last day follow, and what it was reckoned by. FORMAT.md beside this file says the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.time.edtf import Bounds, parse

MAX_WORDS = 300
"""Characters of what was said about one time."""

MEANING = ".meaning"
"""Ends the name of the field that holds what a time was taken to mean, where a record is told field by field."""

Calendar = Literal["gregorian", "korean-lunar", "chinese-lunar", "juche"]
Reckoning = Literal["", "korean", "international"]
AnchorKind = Literal["interview", "event", "birth", "school"]
Words = Annotated[str, msgspec.Meta(max_length=MAX_WORDS)]


class Anchor(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a time hangs on: the interview, an event, a birth, a year at school."""

    kind: AnchorKind
    ref: Words = ""
    """The event in words."""
    date: str = ""
    """Its own date in EDTF when it was reckoned with; empty while that is not known."""
    record: RecordId = NO_RECORD
    """Its record in the same interview, where it has one."""

    def __post_init__(self) -> None:
        if self.date:
            parse(self.date)


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """One time. `edtf` is empty where nobody has said yet what the words mean, or no date can be given."""

    words: Words = ""
    edtf: str = ""
    calendar: Calendar = "gregorian"
    """The calendar that was spoken of; `edtf` is always in the Gregorian one."""
    reckoning: Reckoning = ""
    """How an age was counted, where the time comes from one."""
    anchor: Anchor | None = None
    recurring: bool = False
    """Again and again within these bounds, as every winter."""

    def __post_init__(self) -> None:
        if self.edtf:
            parse(self.edtf)

    @property
    def bounds(self) -> Bounds:
        """First and last day that may be meant; None is open, or not known."""
        return parse(self.edtf).bounds if self.edtf else (None, None)

    @property
    def earliest(self) -> date | None:
        """The first day that may be meant."""
        return self.bounds[0]

    @property
    def latest(self) -> date | None:
        """The last day that may be meant."""
        return self.bounds[1]

    @property
    def shown(self) -> str:
        """What to call it where there is no room for more: the words, or where there are none the expression."""
        return self.words or self.edtf


def fields(name: str, told: Told) -> dict[str, str]:
    """A time in a record's fields: the words, and what they were taken to mean, JSON that `described.of_field` reads."""
    found = {name: told.words}
    plain = msgspec.structs.replace(told, words="")
    return {**found, name + MEANING: "" if plain == Told() else msgspec.json.encode(plain).decode()}


def of_fields(name: str, found: Mapping[str, str]) -> Told:
    """The time that `fields` made these of. Raises ValueError, msgspec.ValidationError."""
    plain = found.get(name + MEANING, "")
    meant = msgspec.json.decode(plain, type=Told) if plain else Told()
    return msgspec.structs.replace(meant, words=found[name])


Order = Literal["before", "after", "same", "overlap", "unknown"]


def order(a: Told, b: Told) -> Order:
    """How two times lie to each other: `before` and `after` only where they can't overlap.

    `same` is one and the same single day; `overlap` that they may; `unknown` that one of them has no days.
    """
    (a_first, a_last), (b_first, b_last) = a.bounds, b.bounds
    if (a_first is None and a_last is None) or (b_first is None and b_last is None):
        return "unknown"
    if a_last is not None and b_first is not None and a_last < b_first:
        return "before"
    if b_last is not None and a_first is not None and b_last < a_first:
        return "after"
    return "same" if a_first == a_last == b_first == b_last else "overlap"


def sort_key(told: Told) -> tuple[date, date]:
    """For lists: by the first day, then the last; what has no first day comes at the place of its last, or at the end."""
    first, last = told.bounds
    return first or last or date.max, last or date.max
