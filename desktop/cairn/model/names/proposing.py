"""Other ways to write a name: proposals to choose from, never a name that somebody bears.

Hangul is spelled by the three systems and in the other half of Korea's way; characters are read in Mandarin, and an own
name in Korean; of a name in Latin letters the Hangul is proposed that it may stand for. A name that was given in a
Chinese household is proposed in pinyin alone: what it means in Korean nobody can hear from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product
from typing import Literal

from cairn.model.folding import folded
from cairn.model.names import han, hangul, spelled
from cairn.model.names.heard import MOST_TEXT, Called
from cairn.model.names.romanise import all_systems
from cairn.model.names.sounds import possible

Script = Literal["Hang", "Hani", "Latn"]
MOST = 8
"""Proposals of one kind that are given; a choice of more is none."""


@dataclass(frozen=True)
class Spelling:
    """One way to write a name."""

    text: str
    script: Script
    system: str
    """`dprk`, `rr`, `mr`, `pinyin`; `north` and `south` of Hangul in either spelling."""
    sure: bool = True
    """Whether it follows by rule; false where it is one of several that may be meant."""


def propose(text: str, script: str = "", kind: str = "birth") -> list[Spelling]:
    """The other spellings of a name, the likelier ones first; none of a text in which no name can be read."""
    plain = " ".join(folded(text[:MOST_TEXT]).split())
    letters = [char for char in plain if char.isalpha()]
    if not letters:
        return []
    if script in ("", "Hang") and all(map(hangul.is_syllable, letters)):
        found = _of_hangul("".join(letters))
    elif script in ("", "Hani") and all(map(han.is_han, letters)):
        found = _of_characters("".join(letters), own=Called(plain, kind).own)
    elif script in ("", "Latn") and Called(plain, kind).own:
        found = _of_latin(plain)
    else:
        found = []
    unique: dict[str, Spelling] = {}
    for each in found:
        unique.setdefault(each.text, each)
    return [each for each in unique.values() if each.text != plain]


def _of_hangul(name: str) -> list[Spelling]:
    split = hangul.splits(name)[0]
    both = []
    north = hangul.northern(split.family, family=True)
    south = hangul.southern(split.family) + hangul.southern(split.given)
    for text, system in ((north + split.given, "north"), (south, "south")):
        if text != name:
            both.append(Spelling(text, "Hang", system, sure=system == "south"))
    return [*both, *_in_latin(north or split.family, split.given, sure=True)]


def _in_latin(family: str, given: str, *, sure: bool) -> list[Spelling]:
    return [Spelling(text, "Latn", system, sure) for system, text in all_systems(family, given) if text]


def _of_characters(name: str, *, own: bool) -> list[Spelling]:
    written = han.split(name)
    found = []
    if mandarin := han.in_latin(written):
        found.append(Spelling(mandarin, "Latn", "pinyin"))
    if not own:
        return found
    family, given = han.korean(written)
    if not all((*family, *given)):
        return found
    readings = ["".join(each) for each in islice(product(*family, *given), MOST)]
    for reading in readings:
        found.append(Spelling(reading, "Hang", "north", sure=len(readings) == 1))
    size = len(family)
    return [*found, *_in_latin(readings[0][:size], readings[0][size:], sure=len(readings) == 1)]


def _of_latin(text: str) -> list[Spelling]:
    """Hangul that may be meant: the family names of that spelling with the commonest syllables of given names."""
    words = spelled.words(text)
    known = [at for at in (0, len(words) - 1) if words and words[at] in spelled.FAMILIES]
    if not known:
        return []
    at = max(known, key=lambda place: (_share(words[place]) > 20, place == 0))
    families = sorted(spelled.FAMILIES[words[at]].split(), key=hangul.share, reverse=True)[:2]
    rest = [word for place, word in enumerate(words) if place != at]
    ways = [spelled.parted(word)[:2] if len(word) > 1 or word in "aiou" else () for word in rest]
    if not all(ways):
        return []
    ranked: dict[str, int] = {}
    for chosen in islice(product(*ways), 4):
        syllables = [heard for part in chosen for heard in part.syllables]
        if len(syllables) > 3 or (ranked and len(syllables) > 2):
            continue
        each = [possible(*heard)[:4] for heard in syllables]
        dear = sum(part.cost for part in chosen)
        for reading in product(*each):
            rank = dear * 4 + sum(hangul.GIVEN.index(one) for one in reading)
            name = "".join(reading)
            ranked[name] = min(rank, ranked.get(name, rank))
    given = sorted(ranked, key=lambda name: ranked[name])
    return [
        Spelling(family + name, "Hang", "north", sure=False)
        for family in families
        for name in given[: MOST // 2]
    ]


def _share(word: str) -> int:
    return sum(hangul.share(each) for each in spelled.FAMILIES[word].split())
