"""From tokens to the pieces of a phrase: what a bare number or a name is here. A day, a year, so long, or a word.

98 is a year beside another, a room, a number of people; May is a month, a name, a verb; 보름 a day or so many days.
"""

from __future__ import annotations

from collections.abc import Sequence

from cairn.model.time.words.fields import Fields
from cairn.model.time.words.phrase import LOOSE, Phrase, Piece
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
    TO,
    VETO,
    WORD,
    Edge,
    Length,
    Token,
)


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


def _near(items: list[Piece], place: int, step: int, over: frozenset[str] = LOOSE) -> Piece | None:
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


_PASSED = frozenset((FILL, COMMA, MAYBE, ABOUT))


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
