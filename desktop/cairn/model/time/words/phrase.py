"""A phrase as a string of kinds, whose parts are joined step by step: from tokens to dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cairn.model.time.words.fields import Base, Fields
from cairn.model.time.words.token import (
    ABOUT,
    AFTER,
    AGO,
    AND,
    BEFORE,
    BETWEEN,
    COMMA,
    FIELD,
    FILL,
    FROM,
    LASTS,
    LENGTH,
    MAYBE,
    NUMBER,
    OR,
    SPEC,
    TO,
    VETO,
    WORD,
    Edge,
    Length,
    Token,
)  # fmt: skip

_DATED = frozenset("F")
_LOOSE = frozenset((FILL, COMMA))
_PASSED = frozenset((FILL, COMMA, MAYBE, ABOUT))


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


def phrase(tokens: Sequence[Token], language: str) -> Phrase:
    """The items of a phrase: numbers and bare names have become days, years and lengths, or words."""
    items = [_item(token) for token in tokens]
    made = Phrase(items)
    _years_in_pairs(made)
    _numbers(made, language)
    _days(made)
    _unsupported(made, language)
    _in_names(made, language)
    return made


def _in_names(made: Phrase, language: str) -> None:
    """3월거리, 三月街: a month without a year that runs on into another word is part of a name."""
    items = made.items
    for at, item in enumerate(items[:-1]):
        after = items[at + 1]
        runs_on = language == "ko" and after.kind == WORD and after.start == item.end
        place = after.kind == VETO and after.value == "after"
        if (
            item.kind == FIELD
            and (runs_on or place)
            and not any(f.has_year() or f.lunar for f in item.fields)
        ):
            items[at] = Piece(WORD, item.text, start=item.start, end=item.end)
            made.broken = made.broken or any(each.kind == FIELD for each in items)


def _item(token: Token) -> Piece:
    value = token.value
    text = token.text
    if isinstance(value, Fields):
        return Piece(token.kind, text, (value,), None, token.start, token.end)
    if token.kind == FIELD and isinstance(value, tuple):
        return Piece(FIELD, text, value, None, token.start, token.end)
    return Piece(token.kind, text, (), value, token.start, token.end)


def _years_in_pairs(made: Phrase) -> None:
    def split(found: list[Piece]) -> list[Piece] | None:
        pair = found[0].value
        if not isinstance(pair, tuple):
            return None
        first, second = pair
        return [
            Piece(FIELD, "", (first,)), Piece(TO, "-", (), Edge(True)), Piece(FIELD, "", (second,)),
        ]  # fmt: skip

    made.sub("W", split)


def _month_of(item: Piece | None) -> bool:
    return item is not None and any(
        ((f.month is not None or f.leap) and f.day is None) or (f.base is not None and f.base.unit == "month")
        for f in item.fields
    )


def _names_month(item: Piece) -> bool:
    """With a day or without."""
    return any(f.month is not None or f.leap for f in item.fields)


def _near(items: list[Piece], place: int, step: int, over: frozenset[str] = _LOOSE) -> Piece | None:
    place += step
    while 0 <= place < len(items):
        if items[place].kind not in over:
            return items[place]
        place += step
    return None


def _beside_a_year(items: list[Piece], place: int) -> bool:
    """97 or 98, 97 to 1999: another year on the other side of `or` or `to`."""
    for step in (-1, 1):
        link = place + step
        if 0 <= link < len(items) and items[link].kind in (OR, TO):
            other = _near(items, link, step)
            if other is not None and (other.kind == NUMBER or any(f.has_year() for f in other.fields)):
                return True
    return False


def _led_to(items: list[Piece], place: int) -> bool:
    """In 98, since 98."""
    return place > 0 and items[place - 1].text.strip("~") in (
        "in",
        "since",
        "until",
        "of",
        "before",
        "after",
        "from",
        "to",
    )


_SAID_OF_YEARS = frozenset(
    [
        "born",
        "died",
        "married",
        "year",
        "arrested",
        "caught",
        "sent",
        "released",
        "crossed",
        "left",
        "escaped",
        "repatriated",
        "defected",
        "fled",
        "moved",
        "happened",
        "came",
        "went",
        "was",
        "were",
        "since",
        "year's",
    ]
)
_VERBS = frozenset(
    [
        "was",
        "were",
        "is",
        "i",
        "we",
        "he",
        "she",
        "they",
        "when",
        "my",
        "our",
        "his",
        "her",
        "their",
        "it",
        "there",
        "that",
        "because",
        "and",
    ]
)


def _numbers(made: Phrase, language: str) -> None:
    """English numbers: a day beside a month, a year where one can stand, else a plain word."""
    items = made.items
    for at, item in enumerate(items):
        if item.kind != NUMBER:
            continue
        number = int(item.value)  # type: ignore[call-overload]
        before, after = _near(items, at, -1), _near(items, at, 1)
        beyond = _near(items, at, 1, frozenset((FILL, COMMA, OR, AND, TO, NUMBER, "D")))
        fields: Fields | None = None
        if number >= 1800:
            raw = items[at - 1] if at else None
            follows = items[at + 1] if at + 1 < len(items) else None
            noun = follows is not None and follows.kind == WORD and follows.text not in _VERBS
            allowed = raw is None or raw.kind != WORD or raw.text in _SAID_OF_YEARS
            led = raw is not None and raw.kind != WORD
            if allowed and (led or not noun) and number <= 2200:
                fields = Fields(year=number)
            elif 1900 <= number <= 2100 and any(
                e is not None and e.kind in (AND, OR, TO) for e in (raw, follows)
            ):
                made.broken = True
        elif _month_of(before) and number > 31:
            fields = Fields(two=number)
        elif 1 <= number <= 31 and (
            _month_of(before) or _month_of(after) or (beyond is not None and _names_month(beyond))
        ):
            fields = Fields(day=number)
        elif 32 <= number <= 99 and (_beside_a_year(items, at) or _led_to(items, at)):
            fields = Fields(two=number)
        items[at] = (
            Piece(FIELD, item.text, (fields,), None, item.start, item.end)
            if fields
            else Piece(WORD, item.text, start=item.start, end=item.end)
        )


def _days(made: Phrase) -> None:
    items = made.items
    for at, item in enumerate(items):
        if item.kind not in ("D", "L", "P"):
            continue
        before, after = _near(items, at, -1), _near(items, at, 1)
        counted = (
            after is not None and after.kind in (BEFORE, AFTER, LASTS, AGO, ABOUT) and not _month_of(before)
        )
        number = item.fields[0].day if item.fields else int(item.value)  # type: ignore[call-overload]
        again = (
            before is not None
            and before.kind in (OR, FROM, TO, AND, BETWEEN, "E", "I")
            and any(_names_month(each) for each in items[:at])
        )
        beyond = _near(items, at, 1, frozenset((FILL, COMMA, OR, AND, TO, "D")))
        if item.kind == "P" and not _month_of(before):
            items[at] = Piece(
                LENGTH,
                item.text,
                (),
                Length("days", max(number or 1, 1), max(number or 1, 1)),
                item.start,
                item.end,
            )
        elif item.kind == "P":
            items[at] = Piece(
                FIELD, item.text, (Fields(day=number, lunar="maybe"),), None, item.start, item.end
            )
        elif _month_of(before) or again or (beyond and _names_month(beyond) and item.text.isascii()):
            fields = item.fields or (Fields(day=number),)
            items[at] = Piece(FIELD, item.text, fields, None, item.start, item.end)
        elif counted:
            items[at] = Piece(
                LENGTH, item.text, (), Length("days", number or 1, number or 1), item.start, item.end
            )
        else:
            items[at] = Piece(WORD, item.text, start=item.start, end=item.end)


_SUPPORT = frozenset(
    [
        "in",
        "of",
        "during",
        "on",
        "back",
        "since",
        "until",
        "till",
        "by",
        "before",
        "after",
        "from",
        "around",
        "about",
        "late",
        "early",
        "mid",
        "last",
        "each",
        "every",
        "this",
        "between",
        "or",
    ]
)


def _unsupported(made: Phrase, language: str) -> None:
    """English months and seasons that stand alone may be a name, a verb or water: May I, a spring behind the house."""
    if language != "en":
        return
    items = made.items
    alone = sum(item.kind != FILL for item in items) == 1
    for at, item in enumerate(items):
        if item.kind != FIELD or not item.text.startswith("~"):
            continue
        said = item.fields[0]
        if said.part is not None and not said.season:
            continue
        before, after = (items[at - 1] if at else None), (items[at + 1] if at + 1 < len(items) else None)
        word = before.text.strip("~") if before else ""
        beyond = _near(items, at, 1)
        led = before is not None and (
            before.kind not in (FILL, WORD, COMMA, "e", "u") or word.split(" ")[-1] in _SUPPORT
        )
        if word in ("the", "a") and at > 1:
            led = items[at - 2].text.strip("~") in _SUPPORT and word == "the"
        dated = beyond is not None and beyond.kind == FIELD
        edged = (
            after is not None and after.kind in (AFTER, BEFORE, TO, OR) and item.fields[0].season is not None
        )
        behind = _near(items, at, -1)
        ends = after is None or after.kind == COMMA
        dated = dated or (ends and behind is not None and any(f.has_year() for f in behind.fields))
        edged = edged or (word == "the" and after is not None and after.kind in (AFTER, BEFORE))
        linked = after is not None and after.kind in (OR, AND, TO)
        if linked and _near(items, at + 1, 1, _PASSED) is not None:
            linked = _near(items, at + 1, 1, _PASSED).kind in (FIELD, NUMBER, "D")  # type: ignore[union-attr]
        else:
            linked = False
        if not (led or dated or edged or linked or (alone and item.text.startswith("~the "))):
            others = [each for each in items if each is not item and each.kind == FIELD]
            if said.season and any(f.has_year() for each in others for f in each.fields):
                made.broken = True  # a winter night in 1998
            items[at] = Piece(WORD, item.text.strip("~"), start=item.start, end=item.end)


def joined(made: Phrase) -> None:
    """Neighbouring pieces of one date become one; where they contradict each other, a new date begins."""
    items: list[Piece] = []
    loose: list[Piece] = []
    for item in made.items:
        if item.kind in _LOOSE:
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


__all__ = ["MAYBE", "Phrase", "Piece", "ago", "back", "joined", "phrase"]
