"""Where the passages of an older text lie in a newer one.

The two texts are compared in levels, because comparing all characters of a long testimony takes half a minute: lines
first; where those differ and are long, sentences, then pieces of a few characters; and characters only inside what is
left, up to a bound. Each passage then is

- *same*: at the same place, in the same words;
- *moved*: the same words at another place;
- *changed*: part of its words are still there, with others among or in place of the rest;
- *lost*: hardly any of them is.

A comparison may take one of two equal stretches for the other. So what it calls changed or lost is looked for once
more by its words and what stood around them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Indel

from cairn.model.passages.anchors import Words, words_at

_MOST = 4_000_000
"""Greatest product of the lengths of two stretches that are compared character by character: about 10 ms."""
_WORK = 30_000_000
"""Steps that comparing two texts may take, some seconds: whoever wrote them may mean harm. What is left then counts as
replaced, and passages in it are known again by their words alone."""
_CHARACTERS = 40
"""Pairs of characters that are compared in the time of one step."""
_KEPT = 3
"""A passage is lost where less than one in so many of its characters is left."""
_CLOSE = 8
"""Characters of what stood around a passage, on one side, by which its words are known again."""
_LONG = 12
"""Characters of a quote that stands once in either text, by which it is known again wherever it went."""
_TRIES = 200
"""Places of the same words that are looked at."""
_SENTENCE = re.compile(r"[^.!?。！？…]*[.!?。！？…]*")
_PIECE = re.compile(r"[^\s.,;:!?。，、；：！？…]*[\s.,;:!?。，、；：！？…]*")


class State(StrEnum):
    """What became of a passage."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    LOST = "lost"


class Found(NamedTuple):
    """A passage in the newer text; an empty span where it is lost, at the place where it was."""

    state: State
    start: int
    end: int


class _Same(NamedTuple):
    """A stretch that both texts have: where it begins in either, and how long it is."""

    old: int
    new: int
    length: int


class _Budget:
    """The steps that are left for one comparison."""

    def __init__(self) -> None:
        self.left = _WORK

    def spend(self, steps: int) -> bool:
        """Whether there were as many left; then they are gone."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


class _Matcher(SequenceMatcher[str]):
    """Finds what two lists of parts have both, as long as its budget lasts."""

    def __init__(self, old: Sequence[str], new: Sequence[str], budget: _Budget) -> None:
        # What is everywhere (empty lines, "the") is no place to begin with; it is taken along beside what is rarer.
        super().__init__(None, old, new, autojunk=True)
        self._budget = budget
        where: dict[str, list[int]] = self.__dict__["b2j"]
        self._steps = list(accumulate((1 + len(where.get(part, ())) for part in old), initial=0))

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """The longest; none where looking would take more than is left."""
        end = len(self._steps) - 1 if ahi is None else ahi
        if not self._budget.spend(self._steps[end] - self._steps[alo]):
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


def follow(old: str, new: str, spans: Sequence[tuple[int, int]]) -> list[Found]:
    """What became of each of the `spans` (half-open, code points of `old`) in `new`.

    Raises ValueError for a span that `old` doesn't have.
    """
    if any(not 0 <= start < end <= len(old) for start, end in spans):
        raise ValueError("no such span")
    if old == new:
        return [Found(State.SAME, start, end) for start, end in spans]
    same = _merged(_compared(old, new, 0, 0, 0, _Budget()))
    begins = [each.old for each in same]
    return [_followed(old, new, same, begins, start, end) for start, end in spans]


def find(new: str, words: Words, began: int) -> Found:
    """A passage of a text that is not here, by its words and what stood around them; `began` is where."""
    length = len(words.quote)
    place = _known_again(new, words, began, once=True)
    if place is None:
        return Found(State.LOST, *_nowhere(new, began))
    return Found(State.SAME if place == began else State.MOVED, place, place + length)


def _followed(
    old: str, new: str, same: Sequence[_Same], begins: Sequence[int], start: int, end: int
) -> Found:
    kept, found, start_new, end_new = 0, False, 0, 0
    number = max(0, bisect_right(begins, start) - 1)
    while number < len(same) and same[number].old < end:
        each = same[number]
        left, right = max(start, each.old), min(end, each.old + each.length)
        if left < right:
            if not found:
                found = True
                start_new = each.new + left - each.old
                start_new = _with_what_replaced_it(same, number, start, left, start_new)
            end_new = each.new + right - each.old
            if right < end:
                following = same[number + 1] if number + 1 < len(same) else _Same(len(old), len(new), 0)
                if following.old == end:
                    # All of the rest was replaced, and nothing beyond the passage with it.
                    end_new = following.new
            kept += right - left
        number += 1
    whole = kept == end - start and new[start_new:end_new] == old[start:end]
    if whole:
        return Found(State.SAME if start_new == start else State.MOVED, start_new, end_new)
    words = words_at(old, start, end)
    expected = start_new if found else _expected(same, begins, start)
    place = _known_again(new, words, expected, once=old.count(words.quote) == 1)
    if place is not None:
        return Found(State.SAME if place == start else State.MOVED, place, place + end - start)
    if kept * _KEPT < end - start:
        return Found(State.LOST, *_nowhere(new, expected))
    return Found(State.CHANGED, start_new, end_new)


def _with_what_replaced_it(same: Sequence[_Same], number: int, start: int, left: int, start_new: int) -> int:
    """The beginning of a passage whose first characters were replaced, and nothing before it with them."""
    if left == start:
        return start_new
    before = same[number - 1] if number else _Same(0, 0, 0)
    return before.new + before.length if before.old + before.length == start else start_new


def _expected(same: Sequence[_Same], begins: Sequence[int], start: int) -> int:
    """Where a passage would begin of which nothing is left: behind what stood before it."""
    number = bisect_right(begins, start) - 1
    return same[number].new + same[number].length if number >= 0 else 0


def _nowhere(new: str, place: int) -> tuple[int, int]:
    place = min(max(0, place), len(new))
    return place, place


def _known_again(new: str, words: Words, expected: int, *, once: bool) -> int | None:
    """Where a quote stands in `new` between words that stood around it, the nearest of equals; None where nowhere.

    With `once`, a longer quote is also known where the text has it a single time, whatever stands around it.
    """
    best: tuple[int, int, int] | None = None
    places = list(_places(new, words.quote))
    for place in places:
        end = place + len(words.quote)
        before = _common_end(words.before, new[max(0, place - len(words.before)) : place])
        after = _common_beginning(words.after, new[end : end + len(words.after)])
        whole = before == len(words.before) and after == len(words.after)
        if whole or before >= _CLOSE or after >= _CLOSE:
            rank = (-(before + after), abs(place - expected), place)
            best = rank if best is None else min(best, rank)
    if best is not None:
        return best[2]
    if once and len(places) == 1 and len(words.quote) >= _LONG:
        return places[0]
    return None


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    for _ in range(_TRIES):
        if at < 0:
            return
        yield at
        at = text.find(quote, at + 1)


def _common_beginning(one: str, other: str) -> int:
    most = min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle)
    return low


def _common_end(one: str, other: str) -> int:
    return _common_beginning(one[::-1], other[::-1])


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE.findall(text) if part]


def _pieces(text: str) -> list[str]:
    """Words with what follows them; what has no blanks is cut after characters that decide so themselves, so that
    an insertion moves no cut but those around it."""
    found: list[str] = []
    for match in _PIECE.finditer(text):
        word = match[0]
        if len(word) <= 12:
            if word:
                found.append(word)
            continue
        begin = 0
        for at, char in enumerate(word, 1):
            if ord(char) * 2654435761 >> 7 & 7 == 0 or at == len(word):
                found.append(word[begin:at])
                begin = at
    return found


_LEVELS: tuple[Callable[[str], list[str]], ...] = (_lines, _sentences, _pieces)


def _compared(old: str, new: str, at_old: int, at_new: int, level: int, budget: _Budget) -> Iterator[_Same]:
    """The stretches that two texts have both, in order; `at_old` and `at_new` are where the texts begin."""
    before = _common_beginning(old, new)
    if before:
        yield _Same(at_old, at_new, before)
    after = _common_end(old[before:], new[before:])
    old_middle, new_middle = old[before : len(old) - after], new[before : len(new) - after]
    if old_middle and new_middle:
        yield from _inside(old_middle, new_middle, at_old + before, at_new + before, level, budget)
    if after:
        yield _Same(at_old + len(old) - after, at_new + len(new) - after, after)


def _inside(old: str, new: str, at_old: int, at_new: int, level: int, budget: _Budget) -> Iterator[_Same]:
    if len(old) * len(new) <= _MOST and (level or max(len(old), len(new)) < 400):
        if not budget.spend(len(old) * len(new) // _CHARACTERS):
            return
        for op in Indel.opcodes(old, new):
            if op.tag == "equal":
                yield _Same(at_old + op.src_start, at_new + op.dest_start, op.src_end - op.src_start)
        return
    if level == len(_LEVELS):
        return
    parts_old, parts_new = _LEVELS[level](old), _LEVELS[level](new)
    matcher = _Matcher(parts_old, parts_new, budget)
    starts_old, starts_new = _starts(parts_old), _starts(parts_new)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        old_begin, old_end = starts_old[i1], starts_old[i2]
        new_begin, new_end = starts_new[j1], starts_new[j2]
        if tag == "equal":
            yield _Same(at_old + old_begin, at_new + new_begin, old_end - old_begin)
        elif tag == "replace":
            yield from _compared(
                old[old_begin:old_end],
                new[new_begin:new_end],
                at_old + old_begin,
                at_new + new_begin,
                level + 1,
                budget,
            )


def _starts(parts: Sequence[str]) -> list[int]:
    found = [0]
    for part in parts:
        found.append(found[-1] + len(part))
    return found


def _merged(stretches: Iterator[_Same]) -> list[_Same]:
    """Stretches that touch in both texts as one."""
    found: list[_Same] = []
    for each in stretches:
        last = found[-1] if found else None
        if last and last.old + last.length == each.old and last.new + last.length == each.new:
            found[-1] = _Same(last.old, last.new, last.length + each.length)
        else:
            found.append(each)
    return found
