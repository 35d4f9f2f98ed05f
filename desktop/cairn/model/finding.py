"""Finding a name in a short list by typing: the beginning, words, inside words, and initial consonants of Hangul.

Both sides are folded as search folds them (`cairn.model.folding`), without case and marks above letters. What is typed in
several words must all be there, in any order. Blanks don't count inside Hangul and Chinese, where people put them or
leave them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from cairn.model.folding import folded

MOST_TYPED = 200
"""Characters of what is typed that are looked at."""

_INITIALS = "ᄀᄁᄂᄃᄄᄅᄆᄇᄈᄉᄊᄋᄌᄍᄎᄏᄐᄑᄒ"
_MARKS = re.compile("[\u0300-\u036f]")
_JAMO = re.compile("[ᄀ-ᄒ]")
_BREAKS = re.compile(r"[^\w'’]+")

WHOLE, BEGINS, WORD, INSIDE, APART = range(5)
"""How well something fits; less is better. `APART`: every word is somewhere."""
NOT = 99


def plain(text: str) -> str:
    """A text as it is compared: folded, without case, marks above letters and apostrophes."""
    if text.isascii():
        return " ".join(text.replace("\0", " ").lower().split())
    decomposed = unicodedata.normalize("NFKD", folded(text).casefold())
    return " ".join(unicodedata.normalize("NFC", _MARKS.sub("", decomposed)).split())


def initials(text: str) -> str:
    """The text with every syllable of Hangul as its initial consonant, character by character."""
    return "".join(_INITIALS[(ord(each) - 0xAC00) // 588] if "가" <= each <= "힣" else each for each in text)


class Name(NamedTuple):
    """One text that something can be found by, prepared."""

    text: str
    close: str
    """Without blanks."""
    initials: str
    """Of `close`; empty where there is no Hangul."""
    starts: frozenset[int]
    """Where in `close` words begin."""


def name(text: str) -> Name:
    """A text prepared to be found."""
    whole = plain(text)
    close: list[str] = []
    starts = set()
    length = 0
    for word in _BREAKS.split(whole):
        starts.add(length)
        close.append(word)
        length += len(word)
    joined = "".join(close)
    heads = initials(joined)
    return Name(whole, joined, heads if heads != joined else "", frozenset(starts))


class Typed:
    """What was typed, prepared."""

    def __init__(self, text: str) -> None:
        self.whole = name(text[:MOST_TYPED])
        words = [word for word in _BREAKS.split(self.whole.text) if word]
        self.words = [_Word(word) for word in words]
        self._close = _Word(self.whole.close) if self.whole.close else None

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def sounds(self) -> bool:
        """Whether it is more than a letter and a few initial consonants, which stand somewhere in any long text."""
        return len(self.whole.close) > 1 and not _JAMO.search(self.whole.close)

    def fit(self, names: Iterable[Name]) -> int:
        """How well one of these names fits; `NOT` where none does."""
        best = NOT
        if self._close is None:
            return best
        several = list(names)
        for each in several:
            best = min(best, self._close.fit(each))
        if best == NOT and len(self.words) > 1:
            scattered = all(any(word.fit(each) != NOT for each in several) for word in self.words)
            best = APART if scattered else NOT
        return best


class _Word:
    def __init__(self, text: str) -> None:
        self._text = text
        self._jamo = _JAMO.search(text) is not None
        self._initials = initials(text) if self._jamo else ""
        self._alphabet = text.isascii() or all(each < "\u2e80" for each in text)

    def fit(self, name: Name) -> int:
        if not self._jamo:
            at = name.close.find(self._text)
            if at < 0:
                return NOT
            if at == 0:
                return WHOLE if len(self._text) == len(name.close) else BEGINS
            return self._amid(name, at)
        at = name.initials.find(self._initials)
        while at >= 0:
            if self._matches(name.close, at):
                if at == 0:
                    return WHOLE if len(self._text) == len(name.close) else BEGINS
                return WORD if at in name.starts else INSIDE
            at = name.initials.find(self._initials, at + 1)
        return NOT

    def _amid(self, name: Name, first: int) -> int:
        """The best of the places where it stands, from `first` on: where a word begins, or inside one."""
        at = first
        while at >= 0:
            if at in name.starts:
                return WORD
            at = name.close.find(self._text, at + 1)
        # One or two letters of an alphabet stand inside of nearly everything.
        return NOT if self._alphabet and len(self._text) < 3 else INSIDE

    def _matches(self, text: str, start: int) -> bool:
        """Whether what was typed whole (아ㅇ) is the same syllable, beside the initials."""
        return all(
            "ᄀ" <= typed <= "ᄒ" or text[start + place] == typed for place, typed in enumerate(self._text)
        )
