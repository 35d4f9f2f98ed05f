"""How much it tells that two syllables sound alike: points between the letters of Hangul and the spellings of others.

A syllable is three units: what it begins with, its vowel, what it ends with. A unit is a Hangul letter, or a spelling
in Latin letters with the Hangul letters that it may stand for (u: ㅜ, ㅡ, ㅓ), or anything. Two units agree as far as they
may mean one letter. Points are tenths of bits: ten points more make it twice as likely that two names are one. How many
an agreement gives follows from how common the letter is in given names; `NAMES.md` has the sums.
"""

from __future__ import annotations

from functools import cache
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cairn.model.names.hangul import GIVEN, INITIALS, SOFT, VOWELS, letters

Points = NDArray[np.int16]

ANY = "*"
"""A unit that says nothing."""

_ONSETS = {
    # Latin spelling: the letters that it may stand for, the likelier ones first.
    "k": "ㄱㅋㄲ", "g": "ㄱㄲ", "kk": "ㄲㄱ", "gg": "ㄲㄱ", "kh": "ㅋ", "k'": "ㅋ", "q": "ㄱㅋ", "c": "ㄱㅊ",
    "t": "ㄷㅌㄸ", "d": "ㄷㄸ", "tt": "ㄸㄷ", "dd": "ㄸㄷ", "th": "ㅌ", "t'": "ㅌ",
    "p": "ㅂㅍㅃ", "b": "ㅂㅃ", "pp": "ㅃㅂ", "bb": "ㅃㅂ", "ph": "ㅍ", "p'": "ㅍ", "f": "ㅍ", "v": "ㅂ",
    "ch": "ㅊㅈㅉ", "j": "ㅈㅉ", "jj": "ㅉㅈ", "tch": "ㅉ", "ch'": "ㅊ", "chh": "ㅊ", "ts": "ㅈ", "z": "ㅈㅅ",
    "s": "ㅅㅆ", "sh": "ㅅㅆ", "ss": "ㅆㅅ", "h": "ㅎ", "hh": "ㅎ",
    "n": "ㄴ", "m": "ㅁ", "r": "ㄹ", "l": "ㄹ", "rr": "ㄹ", "ll": "ㄹ", "rh": "ㄹ", "": "ㅇ",
}  # fmt: skip
_VOWELS = {
    "a": "ㅏ", "ah": "ㅏ", "aa": "ㅏ", "ae": "ㅐ", "ai": "ㅐ", "ay": "ㅐ", "ya": "ㅑ", "yah": "ㅑ", "yae": "ㅒ", "ia": "ㅑ",
    "eo": "ㅓ", "ŏ": "ㅓ", "uh": "ㅓ", "e": "ㅔㅐ", "eh": "ㅔㅐ", "ea": "ㅐㅔ", "ei": "ㅔ", "ey": "ㅔ",
    "yeo": "ㅕ", "yŏ": "ㅕ", "yu": "ㅠㅕ", "you": "ㅕㅠ", "yuh": "ㅕ", "yoh": "ㅛ", "ye": "ㅖㅕ", "io": "ㅕㅛ", "iu": "ㅠ",
    "o": "ㅗㅓ", "oh": "ㅗ", "ou": "ㅜㅓ", "wa": "ㅘ", "oa": "ㅘ", "wae": "ㅙ", "wai": "ㅙ", "oe": "ㅚ", "oi": "ㅚ",
    "we": "ㅞㅚㅙ", "yo": "ㅕㅛ", "u": "ㅜㅡㅓ", "oo": "ㅜ", "woo": "ㅜ", "wu": "ㅜ", "ue": "ㅟㅔ",
    "wo": "ㅝ", "weo": "ㅝ", "wŏ": "ㅝ", "wi": "ㅟ", "wee": "ㅟ", "yoo": "ㅠ", "yew": "ㅠ", "eu": "ㅡ", "ŭ": "ㅡ",
    "ui": "ㅢㅟ", "eui": "ㅢ", "ŭi": "ㅢ", "i": "ㅣㅢ", "ee": "ㅣㅢ", "yi": "ㅣㅢ", "y": "ㅣ", "ii": "ㅣ", "ie": "ㅣ",
    # The first letter alone, of initials.
    "A.": "ㅏㅐ", "E.": "ㅔㅡㅓ", "I.": "ㅣ", "O.": "ㅗㅓㅚ", "U.": "ㅜㅡㅢ", "W.": "ㅘㅝㅜㅟㅞㅙ", "Y.": "ㅕㅑㅛㅠㅖㅒㅣ",
}  # fmt: skip
_CODAS = {
    "k": "ㄱ", "g": "ㄱ", "c": "ㄱ", "ck": "ㄱ", "gg": "ㄱ", "kk": "ㄱ", "q": "ㄱ", "n": "ㄴ", "nn": "ㄴ",
    "t": "ㄷ", "d": "ㄷ", "s": "ㄷ", "l": "ㄹ", "r": "ㄹ", "ll": "ㄹ", "m": "ㅁ", "mm": "ㅁ", "p": "ㅂ", "b": "ㅂ", "ng": "ㅇ",
    "": "-",
}  # fmt: skip
_HEARD = {
    **dict.fromkeys("ㄱㄲㅋㄳㄺ", "ㄱ"), **dict.fromkeys("ㄴㄵㄶ", "ㄴ"), **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "ㄷ"),
    **dict.fromkeys("ㄹㄼㄽㄾㅀ", "ㄹ"), **dict.fromkeys("ㅁㄻ", "ㅁ"), **dict.fromkeys("ㅂㅍㅄㄿ", "ㅂ"), "ㅇ": "ㅇ", "": "-",
}  # fmt: skip

_NEAR_ONSETS = "ㄱㅋ ㄱㄲ ㄷㅌ ㄷㄸ ㅂㅍ ㅂㅃ ㅅㅆ ㅈㅊ ㅈㅉ ㄲㅋ ㄸㅌ ㅃㅍ ㅉㅊ ㅈㅅ ㄴㄹ ㄹㅇ ㄴㅇ ㅎㅇ ㄷㄴ ㅂㅁ ㄱㅎ ㅅㅊ"
_NEAR_VOWELS = "ㅐㅔ ㅒㅖ ㅗㅓ ㅓㅡ ㅜㅡ ㅗㅜ ㅜㅓ ㅕㅓ ㅕㅛ ㅕㅑ ㅏㅑ ㅏㅓ ㅏㅐ ㅓㅔ ㅗㅛ ㅜㅠ ㅠㅡ ㅕㅠ ㅛㅠ ㅕㅖ ㅖㅔ ㅣㅢ ㅡㅢ ㅢㅟ ㅟㅣ ㅚㅞ ㅚㅙ ㅙㅞ ㅘㅏ ㅝㅓ ㅝㅗ ㅚㅗ ㅖㅣ ㅞㅔ"
_NEAR_CODAS = "ㄱㅇ ㄴㅇ ㄴㅁ ㄴㄹ ㅁㅇ ㅂㅁ ㄷㄹ ㄱㄷ ㄱ- ㄴ- ㅇ- ㄹ- ㅁ- ㅂ- ㄷ- ㄴㄷ"
"""One slip of the ear, of the hand on the keyboard, or of the way that sounds change between syllables."""
_SOFT = str.maketrans({"ㄹ": "리", "ㅇ": "이", "ㄴ": "니"})
"""ㄹ, ㅇ and ㄴ before ㅣ and y, where the initial-sound law makes one of them."""
_LAW = frozenset({"리이", "이리", "리니", "니리", "이니", "니이"})

_OFTEN_ONSETS = dict(
    zip(
        "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅌㅍㅎ리이니", (15, 3, 4, 3, 12, 6, 18, 8, 8, 7, 2, 1, 13, 6, 12, 1), strict=True
    )
)
_OFTEN_VOWELS = dict(
    zip("ㅏㅐㅓㅕㅗㅛㅜㅠㅡㅣㅢㅘㅝㅖㅔ", (12, 6, 10, 18, 12, 1, 16, 1, 8, 14, 5, 4, 2, 3, 1), strict=True)
)
_OFTEN_CODAS = dict(zip("-ㄱㄴㄷㄹㅁㅂㅇ", (32, 14, 20, 1, 9, 5, 2, 20), strict=True))
"""How many of a hundred syllables of given names have the letter, roughly."""

TOGETHER = 0.65
"""The three units of a syllable are not chosen apart, so each tells less than it would alone."""
NEAR, FAR = -8, -32
"""Points for units that are a slip apart, and for others."""
MOST = 50
"""Points that one syllable can give, and lose."""


class Unit(NamedTuple):
    """One alternative of a syllable: places in the three tables."""

    onset: int
    vowel: int
    coda: int


class Table:
    """Points between all units of one place in the syllable."""

    def __init__(self, units: dict[str, str], near: str, often: dict[str, int], law: frozenset[str]) -> None:
        self.at = {unit: place for place, unit in enumerate(units)}
        letters_of = list(units.values())
        close = {frozenset(pair) for pair in near.split()}
        self.points: Points = np.zeros((len(units), len(units)), dtype=np.int16)
        for row, mine in enumerate(letters_of):
            for column, other in enumerate(letters_of):
                self.points[row, column] = _between(mine, other, close, often, law)


def _between(
    mine: str, other: str, close: set[frozenset[str]], often: dict[str, int], law: frozenset[str]
) -> int:
    if ANY in (mine, other):
        return 0
    chance = max(sum(often.get(each, 1) for each in side) for side in (mine, other))
    agree = round(-log2(min(chance, 95) / 100) * TOGETHER * 10)
    if set(mine) & set(other):
        return agree
    if any(one + two in law for one in mine for two in other):
        return agree - 4
    if any(frozenset(one + two) in close for one in mine for two in other):
        return NEAR
    return FAR


def _onsets() -> dict[str, str]:
    made = {ANY: ANY}
    for jamo in (*INITIALS, "리", "이", "니"):
        made["=" + jamo] = jamo
    for spelling, meant in _ONSETS.items():
        made[spelling] = meant
        made[spelling + "~"] = meant.translate(_SOFT)
    return made


ONSETS = Table(_onsets(), _NEAR_ONSETS + " 리ㄹ 이ㅇ 니ㄴ", _OFTEN_ONSETS, _LAW | {"ㄹㄴ", "ㄴㄹ"})
VOWEL = Table(
    {ANY: ANY, **{"=" + each: each for each in VOWELS}, **_VOWELS}, _NEAR_VOWELS, _OFTEN_VOWELS, frozenset()
)
CODAS = Table(
    {ANY: ANY, **{"=" + each: each for each in "-ㄱㄴㄷㄹㅁㅂㅇ"}, **_CODAS},
    _NEAR_CODAS,
    _OFTEN_CODAS,
    frozenset(),
)

_SOFT_VOWELS = frozenset(spelling for spelling, meant in _VOWELS.items() if meant[0] in SOFT)


@cache
def of_hangul(syllable: str) -> Unit:
    """The units of a Hangul syllable. Raises ValueError for what is none."""
    initial, vowel, final = letters(syllable)
    if vowel in SOFT:
        initial = initial.translate(_SOFT)
    return Unit(ONSETS.at["=" + initial], VOWEL.at["=" + vowel], CODAS.at["=" + _HEARD[final]])


@cache
def of_latin(onset: str, vowel: str, coda: str) -> Unit:
    """The units of a syllable in Latin letters; all three must be spellings that are known here."""
    soft = "~" if vowel in _SOFT_VOWELS else ""
    return Unit(ONSETS.at[onset + soft], VOWEL.at[vowel], CODAS.at[coda])


def of_initial(letter: str) -> Unit | None:
    """The units of a single letter that stands for a name: C. in Cho C. O."""
    small, great = letter.lower(), letter.upper() + "."
    if great in VOWEL.at:
        soft = "~" if great in ("I.", "Y.") else ""
        return Unit(ONSETS.at[soft], VOWEL.at[great], CODAS.at[ANY])
    if small == "c":
        small = "ch"
    return Unit(ONSETS.at[small], VOWEL.at[ANY], CODAS.at[ANY]) if small in _ONSETS else None


@cache
def possible(onset: str, vowel: str, coda: str) -> tuple[str, ...]:
    """Syllables of given names that may be spelled so, the commonest first."""
    found = []
    for each in GIVEN:
        initial, middle, final = letters(each)
        if initial in _ONSETS[onset] and middle in _VOWELS[vowel] and _HEARD[final] in _CODAS[coda]:
            found.append(each)
    return tuple(found)


SPELLED_ONSETS, SPELLED_VOWELS, SPELLED_CODAS = (
    frozenset(_ONSETS),
    frozenset(each for each in _VOWELS if not each.endswith(".")),
    frozenset(_CODAS),
)


def between(mine: Unit, other: Unit) -> int:
    """Points for two syllables, in tenths of bits."""
    points = (
        int(ONSETS.points[mine.onset, other.onset])
        + int(VOWEL.points[mine.vowel, other.vowel])
        + int(CODAS.points[mine.coda, other.coda])
    )
    return max(-MOST, min(MOST, points))
