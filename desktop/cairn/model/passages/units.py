"""Words, sentences and paragraphs of a text: what is selected by the keyboard, and what coders are compared by.

Spans are half-open and in code points. Korean and European words stand between blanks; in Chinese and Japanese, which
have none, every character counts as one. A sentence ends with a mark that ends sentences, or with its paragraph, and
takes closing quotes and brackets along. Nothing here needs a dictionary; what it gets wrong (an abbreviation in the
middle of a sentence) a person puts right by one key more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

_IDEOGRAPHS = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(
    rf"[{_IDEOGRAPHS}]|(?:(?![{_IDEOGRAPHS}])[\w\u0300-\u036f](?:['’\-·]?(?![{_IDEOGRAPHS}])[\w\u0300-\u036f])*)"
)
_CLOSING = "\"'”’»)\\]）」』】〉》"
_SENTENCE = re.compile(
    rf"[^\n\u2028\u2029]+?(?:[。！？]+[{_CLOSING}]*|[.!?…]+[{_CLOSING}]*(?=\s)|(?=[\n\u2028\u2029])|\Z)"
)
_PARAGRAPH = re.compile(r"[^\n\u2028\u2029]+")


class Unit(StrEnum):
    """How much at a time."""

    WORD = "word"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


_OF = {Unit.WORD: _WORD, Unit.SENTENCE: _SENTENCE, Unit.PARAGRAPH: _PARAGRAPH}


def units(text: str, unit: Unit) -> Iterator[tuple[int, int]]:
    """The spans of all words, sentences or paragraphs, in order, without the blanks around them."""
    for match in _OF[unit].finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end


def around(text: str, unit: Unit, place: int) -> tuple[int, int] | None:
    """The unit at a place, or the next one behind it, or else the last one; None for a text without any."""
    begin = 0 if unit is Unit.PARAGRAPH else _line_start(text, place)
    last: tuple[int, int] | None = None
    for start, end in units(text[begin:], unit):
        last = (begin + start, begin + end)
        if last[1] > place:
            return last
    return last if last is not None else before(text, unit, begin)


def after(text: str, unit: Unit, place: int) -> tuple[int, int] | None:
    """The first unit that begins at `place` or behind it; None where none does."""
    begin = _line_start(text, place)
    return next(
        ((begin + start, begin + end) for start, end in units(text[begin:], unit) if begin + start >= place),
        None,
    )


def before(text: str, unit: Unit, place: int) -> tuple[int, int] | None:
    """The last unit that ends at `at` or before it; None where none does."""
    begin = _line_start(text, place)
    while True:
        found = None
        for start, end in units(text[begin:], unit):
            if begin + end > place:
                break
            found = (begin + start, begin + end)
        if found is not None or begin == 0:
            return found
        begin = _line_start(text, begin - 1)


def _line_start(text: str, place: int) -> int:
    """Where the paragraph begins that a place lies in."""
    return max(text.rfind(end, 0, max(0, place)) for end in "\n\u2028\u2029") + 1
