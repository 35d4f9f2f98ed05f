"""What a phrase may mean: the tokens of a language, joined by rules that are the same for all three.

The rules do not guess: where a word leaves two things open, both are readings; what is not understood stays words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from cairn.model.time.edtf import Among, Edtf, Interval, Point, parse
from cairn.model.time.told import MAX_WORDS, Anchor
from cairn.model.time.words import ages, anchors, ends, lexer
from cairn.model.time.words.bare import phrase
from cairn.model.time.words.context import Context, Reading, Unanchored
from cairn.model.time.words.fields import Base, Fields
from cairn.model.time.words.hanging import hanging, loose_ends
from cairn.model.time.words.links import choices, edges, ranges, shared_season, winters
from cairn.model.time.words.lives import aged, lives, school
from cairn.model.time.words.phrase import Phrase, ago, joined, lengths
from cairn.model.time.words.said import DONE, Said, marked, resolved
from cairn.model.time.words.token import (
    AFTER,
    AGE,
    BEFORE,
    BETWEEN,
    EVERY,
    FIELD,
    FROM,
    MAYBE,
    NOT,
    OR,
    RECKONING,
    SCHOOL,
    SPEC,
    TO,
    WORD,
    ZODIAC,
    Edge,
)  # fmt: skip


def readings(text: str, known: Context, language: str = "") -> list[Reading]:
    """Every reading of a phrase; none where it is not understood.

    Raises Impossible where it names a day that there never was, Unanchored where it hangs on what has no date.
    """
    language = language or lexer.language_of(text)
    tidy, slip = lexer.tidied(text, language)
    tokens = lexer.tokens(tidy, language)
    if lexer.vetoed(tokens):
        return []
    said = Said(language, known, tidy, anchors.chosen(tidy, known))
    made = phrase(tokens, language)
    try:
        found = _understood(made, said)
    except (ValueError, OverflowError):
        return []
    except Unanchored as loose:
        if loose.anchor.ref:
            raise
        raise Unanchored(Anchor(loose.anchor.kind, text[:MAX_WORDS])) from loose
    if said.recurring and any(
        not isinstance(each.expression, Point) or each.expression.digits for each in found
    ):
        # Every summer, without a year: not the last one.
        found = [e for e in found if not _last_of(e, found)]
    if made.broken or _left_over(made, language):
        return []
    found = _different(found)
    unsure = said.uncertain or slip
    return [
        replace(each, expression=each.expression.marked(uncertain=unsure), recurring=said.recurring)
        if unsure or said.recurring
        else each
        for each in found
    ]


_TIMELIKE = re.compile(
    r"(?:봄|여름|가을|겨울)|(?:초|중|하|상)순|그믐|섣달|동짓|정월|설날|추석|\d+월|[일이삼사오륙육칠팔구십]+월|年|月"
)
"""How a Korean or Chinese word begins that tells a time; left over, something of the phrase was not understood."""


def _left_over(made: Phrase, language: str) -> bool:
    return any(
        item.kind in (OR, NOT, "V")
        or (item.kind == BETWEEN and language == "en")
        or (language != "en" and item.kind == WORD and _TIMELIKE.match(item.text) is not None)
        for item in made.items
    )


def _different(found: list[Reading]) -> list[Reading]:
    """Without those that say the same days as one before."""
    return list({str(each.expression): each for each in reversed(found)}.values())[::-1]


def _last_of(reading: Reading, found: list[Reading]) -> bool:
    unknown = [e for e in found if isinstance(e.expression, Point) and not e.expression.digits]
    return bool(unknown) and reading not in unknown


def _understood(made: Phrase, said: Said) -> list[Reading]:
    _moods(made, said)
    lengths(made)
    ago(made)
    if made.of(SCHOOL):
        return school(made, said)
    lives(made, said)
    _year_of_it(made, said)
    hanging(made, said)
    made.drop("xd")
    joined(made)
    loose_ends(made, said)
    made.drop(".,")
    if made.of(AGE):
        return aged(made, said)
    if said.known.asks_birth and made.of(ZODIAC) and made.of(SPEC) and not made.of(RECKONING):
        animal = int(made.of(ZODIAC)[0].value)  # type: ignore[call-overload]
        made.drop(ZODIAC)
        return ages.of_animal(_dated(made, said), animal)
    if said.known.asks_birth and (made.of(RECKONING) or made.of(ZODIAC)):
        return []  # an age that was not understood
    if said.known.asks_birth and any(
        f.base is not None and f.base.who == "interview" for i in made.of(SPEC) for f in i.fields
    ):
        return []  # 今年四十五: nobody who tells of it was born this year
    return _dated(made, said)


def _dated(made: Phrase, said: Said) -> list[Reading]:
    shared_season(made, said)
    winters(made)
    ranges(made, said)
    choices(made, said)
    edges(made, said)
    return _whole(made, said)


def _year_of_it(made: Phrase, said: Said) -> None:
    """3년째 되던 해, 환갑 되던 해: the year is the one that was counted. 大饥荒第二年: of years, or after them."""
    if said.language == "zh" and said.event and _lasted(said.event.date):
        for at, item in enumerate(made.items):
            n = {"第二年": 1, "第三年": 2}.get(item.text.strip("~的"))
            if n and item.kind == FIELD:
                both = (Fields(base=Base("event", "nth-year", n)), *item.fields)
                made.items[at] = replace(item, fields=both)
    counted = False
    dated = any(f.year or f.two is not None for i in made.items if i.kind == FIELD for f in i.fields)
    kept = []
    for item in made.items:
        base = item.fields[0].base if item.kind == FIELD and item.fields else None
        if base is not None and base.unit in ("first-year", "last-year") and dated:
            continue  # 98년 추수 끝날 무렵
        if counted and base == Base("event", "year", 0) and item.text in ("해", "那年"):
            item = replace(item, fields=tuple(replace(f, base=None) for f in item.fields))
            if all(f == Fields() for f in item.fields):
                continue
        kept.append(item)
        if counted and item.kind == FIELD and base is None and any(f.season for f in item.fields):
            made.broken = True  # 5년째 되던 해 겨울: which one follows from a day that is not said
        if base is not None:
            counted = base.unit == "nth-year" or (base.unit == "year" and base.n > 1)
    made.items = kept


def _lasted(date: str) -> bool:
    first, last = parse(date).bounds if date else (None, None)
    return first is not None and last is not None and (last - first).days > 366


def _moods(made: Phrase, said: Said) -> None:
    said.recurring = made.drop(EVERY)
    dated = sum(item.kind in (FIELD, "D") for item in made.items)
    for at, item in enumerate(made.items):
        if item.kind == "I":
            follows = any(each.kind == FIELD for each in made.items[at + 1 :]) and dated > 1
            made.items[at] = replace(item, kind=OR if follows else MAYBE)
    said.uncertain = made.drop(MAYBE)


def _whole(made: Phrase, said: Said) -> list[Reading]:
    for item, other in pairwise(made.items):
        if {item.kind, other.kind} & {SPEC, DONE} and any(
            i.kind == WORD and i.text.isdecimal() for i in (item, other)
        ):
            return []  # a number beside a date belongs to it in a way that is not understood
    _of_one_year(made)
    found: list[list[Reading]] = []
    for at, item in enumerate(made.items):
        if item.kind not in (SPEC, DONE):
            continue
        around = made.items[max(0, at - 1) : at] + made.items[at + 1 : at + 2]
        found.append(marked(resolved(item, said), around))
    if not found:
        return []
    left = [i for i in made.items if i.kind in (BEFORE, AFTER, FROM, TO) and isinstance(i.value, Edge)]
    if len(found) == 1 and left and not any(each.anchor for each in found[0]):
        # 1998년 3월에 잡힌 뒤: at that time, or after it.
        after = left[0].kind in (AFTER, FROM)
        return [*found[0], *ends.edged(found[0], Edge(left[0].kind != BEFORE), after=after)]
    if len(found) == 1:
        return found[0]
    turn = _turn(made, found)
    return [turn] if turn else _narrowest(found)


def _of_one_year(made: Phrase) -> None:
    """98년에 두만강이 얼었을 때: a time of the farming year behind a bare year is of that year."""
    specs = made.of(SPEC)
    if len(specs) != 2 or any(i.kind in (BEFORE, AFTER, FROM, TO) for i in made.items):
        return
    one, other = specs
    bare = all((f.span or f.holiday or f.season) and not (f.has_year() or f.last) for f in other.fields)
    named = all(
        (f.names_year() and not f.season)
        or (f.base == Base("event", "year", 0) and not other.fields[0].season)
        for f in one.fields
    )
    if bare and named and not any(f.month or f.part or f.day for f in one.fields):
        merged = tuple(f.of_year(y) for f in other.fields for y in one.fields)
        made.items = [replace(i, fields=merged) if i is other else i for i in made.items if i is not one]


def _turn(made: Phrase, found: list[list[Reading]]) -> Reading | None:
    """98년 말 99년 초: the end of one and the beginning of the next, said together, are one stretch."""
    kinds = "".join(item.kind for item in made.items)
    if "ss" not in kinds or len(found) != 2 or any(len(each) != 1 for each in found):
        return None
    one, other = found[0][0], found[1][0]
    last, first = one.expression.bounds[1], other.expression.bounds[0]
    if last is None or first is None or last.toordinal() + 1 != first.toordinal():
        return None
    ends_of = [each.expression for each in (one, other)]
    start = ends_of[0].start if isinstance(ends_of[0], Interval) else ends_of[0]
    end = ends_of[1].end if isinstance(ends_of[1], Interval) else ends_of[1]
    if not isinstance(start, Point) or not isinstance(end, Point):
        return None
    return replace(one, expression=Among((Interval(start, end),)))


def _narrowest(found: list[list[Reading]]) -> list[Reading]:
    """Of several dates in one phrase the one within all others; else all of them to choose from."""
    single = [each[0] for each in found if len(each) == 1]
    if len(single) == len(found):
        for each in single:
            first, last = each.expression.bounds
            if all(_within(first, last, other.expression) for other in single):
                return [each]
    everything = _different([each for readings in found for each in readings])
    if len(everything) > ends.MAX_READINGS:
        raise ValueError("too many dates")
    return everything


def _within(first: object, last: object, other: Edtf) -> bool:
    low, high = other.bounds
    return (low is None or (first is not None and first >= low)) and (  # type: ignore[operator]
        high is None or (last is not None and last <= high)  # type: ignore[operator]
    )
