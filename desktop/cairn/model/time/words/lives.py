"""Ages, years at school, and days of a life: 환갑, 돌, 백일, 满月."""

from __future__ import annotations

from dataclasses import replace

from cairn.model.time import edtf
from cairn.model.time.edtf import Edtf, Interval
from cairn.model.time.told import Anchor, Reckoning
from cairn.model.time.words import ages, ends, numbers
from cairn.model.time.words.context import Event, Reading, Unanchored
from cairn.model.time.words.fields import Base, Fields
from cairn.model.time.words.phrase import Phrase, Piece
from cairn.model.time.words.said import Said, resolved
from cairn.model.time.words.token import (
    ABOUT,
    AFTER,
    AGE,
    BEFORE,
    FIELD,
    FIRST_BIRTHDAY,
    FROM,
    RECKONING,
    SCHOOL,
    SPEC,
    TO,
    ZODIAC,
    Age,
    Edge,
)  # fmt: skip
from cairn.model.time.words.year import in_year

_LIFE = "yKHCU"
"""First birthday, seventieth by whichever reckoning, sixtieth, so many days from birth, so many months."""


def school(made: Phrase, said: Said) -> list[Reading]:
    text = made.of(SCHOOL)[0].text.strip("~ ")
    if said.known.school is None:
        raise Unanchored(Anchor("school", text))
    name, began = said.known.school
    years = _grade(text) - _grade(name)
    first = edtf.on(began.replace(year=began.year + years))
    last = ends.edged(
        [Reading(edtf.on(began.replace(year=began.year + years + 1)))], Edge(False), after=False
    )
    end = last[0].expression
    if not isinstance(end, Interval):
        return []
    return [Reading(Interval(first, end.end), anchor=Anchor("school", name, began.isoformat()))]


_LEVELS = (("初中", 6), ("高中", 9), ("大学", 12), ("小学", 0), ("初", 6), ("高", 9), ("大", 12))


def _grade(text: str) -> int:
    """The number of a school year; within China's schools across their levels. Raises ValueError for another school."""
    tidy = text.lower()
    for name, before in _LEVELS:
        if tidy.startswith(name):
            return before + first_number(tidy)
    return first_number(tidy)


def first_number(text: str) -> int:
    """The first number in a school year's name. Raises ValueError where it has none."""
    for word in text.replace("학년", " ").replace("年级", " ").replace("-", " ").split() + list(text):
        try:
            return numbers.value(word)[0]
        except (ValueError, KeyError):
            continue
    raise ValueError("no number")


def lives(made: Phrase, said: Said) -> None:
    """환갑, 돌, 백일, 满月: so long after a birth, which is the event or the birth that is known."""
    for item in list(made.items):
        if item.kind not in _LIFE:
            continue
        if said.event is None:
            said.event = Event("birth", said.known.birth)
        at = made.items.index(item)
        after = any(each.kind == AFTER for each in made.items[at + 1 :])
        number = item.value if isinstance(item.value, int) else 1
        fields: tuple[Fields, ...]
        if item.kind == FIRST_BIRTHDAY:
            fields = (
                Fields(base=Base("event", "years" if after else "months", number if after else 12 * number)),
            )
        elif item.kind == "C":
            fields = (Fields(base=Base("event", "days", number), approximate=True),)
        elif item.kind == "U":
            fields = (Fields(base=Base("event", "months", 1)),)
        elif item.kind == "K":
            fields = (
                Fields(base=Base("event", "year", number - 1)),
                Fields(base=Base("event", "year", number)),
            )
        else:
            fields = (Fields(base=Base("event", "year", number)),)
        made.items[at] = Piece(FIELD, item.text, fields)
        if after and item.kind in "HK":
            made.items = [
                replace(each, value=Edge(True)) if each.kind == AFTER else each for each in made.items
            ]
        elif after:
            made.items = made.items[: at + 1] + [each for each in made.items[at + 1 :] if each.kind != AFTER]


def aged(made: Phrase, said: Said) -> list[Reading]:
    age = made.of(AGE)[0].value
    reckonings = {item.value for item in made.of(RECKONING)}
    reckoning: Reckoning = (
        "international" if "international" in reckonings else "korean" if reckonings else ""
    )
    animals = [int(item.value) for item in made.of(ZODIAC)]  # type: ignore[call-overload]
    if not isinstance(age, Age) or len(made.of(AGE)) > 1 or not 0 < age.least <= age.most < 130:
        raise ValueError("more than one age")
    dated: list[Reading] = []
    year_of_age = False
    finer: list[Fields] = []
    for item in made.of(SPEC):
        year_of_age = year_of_age or any(f.base == Base("event", "year", 0) for f in item.fields)
        if all(f == Fields(part=f.part) for f in item.fields) and age.most == age.least + 9:
            low, high = {"early": (0, 3), "middle": (4, 6)}.get(item.fields[0].part or "", (7, 9))
            age = Age(age.least + low, age.least + high)
        elif all(f.base == Base("event", "year", 0) for f in item.fields):
            finer += [replace(f, base=None) for f in item.fields if f.season or f.month or f.part]
        elif not all(f.base == Base("event", "year", 0) and f.season is None for f in item.fields):
            dated += resolved(item, said)  # 서른 되던 해: the year is that of the age itself
    known = said.known
    if known.asks_birth:
        years = list(ages.spans(dated)) or (
            [(known.interview.year, known.interview.year)] if known.interview else []
        )
        if not years:
            raise Unanchored(Anchor("interview"))
        found = [
            each
            for span in dict.fromkeys(years)
            for each in ages.born(age, span, reckoning, animals[0] if animals else None)
        ]
        return [replace(each, expression=_rough(each.expression, made)) for each in found]
    if dated:
        return dated
    birth = said.event.date if said.event and not known.birth else None
    if not known.birth and not birth:
        raise Unanchored(Anchor("birth", "birth"))
    turning = year_of_age and any(word in said.text for word in ("되", "된", "됐", "turn", "满"))
    found = ages.when(age, known, reckoning, birth, turning=turning, chinese=said.language == "zh")
    if finer:
        # 스물세 살 나던 해 봄: the spring of each year that it may be.
        found = [
            replace(each, expression=of.expression)
            for each in found
            for year in range(*_span(each))
            for of in in_year(finer[0], year, said.language)
        ]
    for item in made.items:
        if item.kind in (BEFORE, AFTER, FROM, TO) and isinstance(item.value, Edge):
            found = ends.edged(found, item.value, after=item.kind in (AFTER, FROM))
            break
    return [replace(each, expression=_rough(each.expression, made)) for each in found]


def _rough(expression: Edtf, made: Phrase) -> Edtf:
    return expression.marked(approximate=bool(made.of(ABOUT)))


def _span(reading: Reading) -> tuple[int, int]:
    first, last = reading.expression.bounds
    if first is None or last is None:
        raise ValueError("no years")
    return first.year, last.year + 1
