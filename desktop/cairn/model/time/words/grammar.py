"""What a phrase may mean: the tokens of a language, joined by rules that are the same for all three.

The rules do not guess: where a word leaves two things open, both are readings; what is not understood stays words.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from cairn.model.time.edtf import Edtf, Point
from cairn.model.time.told import MAX_WORDS, Anchor
from cairn.model.time.words import anchors, ends, lexer
from cairn.model.time.words.context import Context, Reading, Unanchored
from cairn.model.time.words.hanging import hanging, loose_ends
from cairn.model.time.words.links import choices, edges, ranges, shared_season, winters
from cairn.model.time.words.lives import aged, lives, school
from cairn.model.time.words.phrase import Phrase, ago, joined, phrase
from cairn.model.time.words.said import DONE, Said, marked, resolved
from cairn.model.time.words.token import (
    AFTER,
    AGE,
    BEFORE,
    EVERY,
    FIELD,
    FROM,
    MAYBE,
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
    found = _different(found)
    unsure = said.uncertain or slip
    return [
        replace(each, expression=each.expression.marked(uncertain=unsure), recurring=said.recurring)
        if unsure or said.recurring
        else each
        for each in found
    ]


def _different(found: list[Reading]) -> list[Reading]:
    """Without those that say the same days as one before."""
    return list({str(each.expression): each for each in reversed(found)}.values())[::-1]


def _last_of(reading: Reading, found: list[Reading]) -> bool:
    unknown = [e for e in found if isinstance(e.expression, Point) and not e.expression.digits]
    return bool(unknown) and reading not in unknown


def _understood(made: Phrase, said: Said) -> list[Reading]:
    _moods(made, said)
    ago(made)
    if made.of(SCHOOL):
        return school(made, said)
    lives(made, said)
    hanging(made, said)
    made.drop("xd")
    joined(made)
    loose_ends(made, said)
    made.drop(".,")
    if made.of(AGE):
        return aged(made, said)
    if said.known.asks_birth and (made.of(RECKONING) or made.of(ZODIAC)):
        return []  # an age that was not understood
    if said.known.asks_birth and any(
        f.base is not None and f.base.who == "interview" for i in made.of(SPEC) for f in i.fields
    ):
        return []  # 今年四十五: nobody who tells of it was born this year
    shared_season(made, said)
    winters(made)
    ranges(made, said)
    choices(made, said)
    edges(made, said)
    return _whole(made, said)


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
    return _narrowest(found)


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
