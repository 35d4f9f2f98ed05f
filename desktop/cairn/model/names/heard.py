"""A name of whatever script as what is heard: a family name and up to three syllables, each with all that it may be.

One text may be heard in several ways (family name first or last, Sonok as 소녹 or 선옥), each with a cost. Hangul says
itself; characters are heard as they are read in Korean, if the name is somebody's own; Latin letters as `spelled` parts
them, and as pinyin of an own name where they may be. A name that a person bears in China alone is never heard as a Korean
one: it has a Chinese key, and so has an own name in characters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

import msgspec

from cairn.model.folding import folded
from cairn.model.names import han, hangul, sounds, spelled
from cairn.model.names.romanise import spelled as romanised

MOST_TEXT = 500
"""Characters of one name that are looked at."""
MOST_GIVEN = 3
"""Syllables of a given name that are heard."""
MOST_WAYS = 6

CHINESE_KINDS = frozenset({"household", "household_cn", "papers_cn"})
"""Kinds of names that say nothing of how the person's own name sounds."""
OTHER_KINDS = frozenset(
    {"alias", "prison", "trafficker", "resettlement", "stage", "nickname", "religious", "married", "official"}
)
"""Kinds of names whose family name may be another one than the person's own."""

Slot = tuple[sounds.Unit, ...] | str
"""What one syllable may be; or a word that is none, in plain letters."""


class Called(msgspec.Struct, frozen=True, gc=False):
    """One name of a person, as it was written."""

    text: str
    kind: str = "birth"
    """Its term, or the last part of it: `name.birth` or `birth`."""
    script: str = ""
    system: str = ""
    """`dprk`, `rr`, `mr`, `pinyin`, as a term or alone; anything else is not known."""

    @property
    def own(self) -> bool:
        """Whether it says how the person's own name sounds."""
        return _last(self.kind) not in CHINESE_KINDS

    @property
    def other_family(self) -> bool:
        """Whether its family name may be another one than the person's own."""
        return _last(self.kind) in OTHER_KINDS


def _last(term: str) -> str:
    return term.rpartition(".")[2].casefold()


class Way(NamedTuple):
    """One way to hear a name."""

    family: Slot | None
    families: tuple[str, ...]
    """Hangul family names that may be meant, for how common they are."""
    given: tuple[Slot, ...]
    cost: int
    """Points that this way is less likely than the usual one, in tenths of bits."""
    letters: str = ""
    """The given name in folded Latin letters, for slips that break its syllables."""


class Heard(NamedTuple):
    """All that is heard in a name."""

    ways: tuple[Way, ...]
    chinese: str = ""
    """Key of a Chinese name: its words in pinyin, sorted."""
    characters: str = ""
    """Its characters, of a name that is written in them."""


_HANGUL_RUN = re.compile(r"[\uac00-\ud7a3]+(?:[\s\-·]+[\uac00-\ud7a3]+)*")
_HAN_RUN = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+(?:[\s·]+[\u3400-\u4dbf\u4e00-\u9fff]+)*"
)
_LATIN_RUN = re.compile(
    r"[^\W\d_\u1100-\u11ff\u3000-\U0003ffff]+(?:[\s\-.,'’‘ʼ`´ʻ′]+[^\W\d_\u1100-\u11ff\u3000-\U0003ffff]+)*[.'’]?"
)


@lru_cache(8192)
def heard(name: Called) -> Heard:
    """Everything that is heard in a name, of any length and script; nothing in one without letters."""
    text = folded(name.text[:MOST_TEXT])
    own, system = name.own, _last(name.system)
    ways: list[Way] = []
    chinese = characters = ""
    for run in islice(_HANGUL_RUN.finditer(text), 2):
        ways += _of_hangul("".join(char for char in run[0] if hangul.is_syllable(char)))
    for run in islice(_HAN_RUN.finditer(text), 2):
        written = han.split("".join(char for char in run[0] if han.is_han(char)))
        characters = characters or written.family + written.given
        chinese = chinese or _key(han.in_latin(written))
        if own:
            ways += _of_characters(written)
    for run in islice(_LATIN_RUN.finditer(text), 2):
        as_pinyin = han.pinyin_words(run[0])
        if as_pinyin is not None and (not own or system in ("pinyin", "")):
            chinese = chinese or _key(" ".join("".join(word) for word in as_pinyin))
        elif not own:
            chinese = chinese or _key(run[0])
        if own:
            ways += _of_latin(run[0], system, as_pinyin)
    return Heard(tuple(_best(ways)), chinese, characters)


def _best(ways: list[Way]) -> list[Way]:
    found: dict[tuple[object, ...], Way] = {}
    for way in sorted(ways, key=lambda each: each.cost):
        found.setdefault((way.family, way.given), way)
    return list(found.values())[:MOST_WAYS]


def _key(text: str) -> str:
    return " ".join(sorted(spelled.words(text.replace("'", "").replace("v", "ü"))))


def _hangul_slot(*syllables: str) -> Slot:
    return tuple(dict.fromkeys(sounds.of_hangul(each) for each in syllables))


def _of_hangul(name: str) -> list[Way]:
    ways = []
    for rank, split in enumerate(hangul.splits(name[:8])):
        given = split.given
        ways.append(
            Way(
                _hangul_slot(split.family[0]) if split.family else None,
                (hangul.northern(split.family, family=True),) if split.family else (),
                tuple(_hangul_slot(each) for each in given[:MOST_GIVEN]),
                10 * rank,
                spelled.fold(romanised("", given, "dprk")),
            )
        )
    return ways


def _of_characters(written: han.Written) -> list[Way]:
    family, given = han.korean(written)
    if not any((*family, *given)):
        return []
    slots = tuple(_hangul_slot(*each) if each else (_ANYTHING,) for each in given[:MOST_GIVEN])
    first = next(iter(product(*[each or ("",) for each in given[:8]])), ())
    names = tuple("".join(each) for each in product(*family)) if family and all(family) else ()
    return [
        Way(
            _hangul_slot(*family[0]) if family and family[0] else None,
            names,
            slots,
            0,
            spelled.fold(romanised("", "".join(first), "dprk")),
        )
    ]


_ANYTHING = sounds.Unit(0, 0, 0)
"""A syllable of which nothing is known: a character without a reading."""


def _of_latin(text: str, system: str, as_pinyin: list[list[str]] | None) -> list[Way]:
    written = spelled.plain(text)
    words = spelled.words(text)
    ways: list[Way] = []
    if as_pinyin is not None and system not in ("dprk", "rr", "mr"):
        ways += _of_pinyin(as_pinyin, 0 if system == "pinyin" else 10)
        if system == "pinyin":
            return ways
    initials = frozenset(_INITIALS.findall(written)) if "." in written else frozenset()
    for place, cost in _family_places(text, words, initials):
        family = words[place] if place is not None else ""
        rest = tuple(word for number, word in enumerate(words) if number != place)
        slot, meant = family_heard(family)
        letters = spelled.fold("".join(rest))
        for given, dearer in given_ways(rest, initials):
            ways.append(Way(slot, meant, given, cost + dearer, letters))
    return ways


_INITIALS = re.compile(r"\b(\w)\.")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’‘ʼ`´ʻ′][^\W\d_]+)*")


@lru_cache(2048)
def family_heard(word: str) -> tuple[Slot | None, tuple[str, ...]]:
    """What is heard in the word of a family name, and which ones may be meant."""
    if not word:
        return None, ()
    meant = tuple(spelled.FAMILIES.get(word, "").split())
    if meant:
        return _hangul_slot(*[each[0] for each in meant]), meant
    parts = spelled.parted(word)
    one = parts[0].syllables if parts else ()
    return ((sounds.of_latin(*one[0]),) if len(one) == 1 else word), ()


def _family_places(text: str, words: list[str], initials: frozenset[str]) -> list[tuple[int | None, int]]:
    """Which word may be the family name, with a cost; None where all words are a given name."""
    if not words:
        return []
    if len(words) == 1:
        return [(0, 0)] if words[0] in spelled.FAMILIES and len(words[0]) > 1 else [(None, 0)]
    last = len(words) - 1
    written = _LETTERS.findall(text)
    capitals = [number for number, word in enumerate(written) if len(word) > 1 and word.isupper()]
    if "," in text or capitals == [0]:
        return [(0, 0)]
    if capitals == [last]:
        return [(last, 0)]
    first_share, last_share = (
        0 if words[each] in initials else family_share(words[each]) for each in (0, last)
    )
    if not first_share and not last_share:
        return [(0, 8), (None, 12)]
    if first_share and last_share:
        # Jin Sok Mun and Mun Jin Sok: the commoner family name is the likelier one.
        ahead = first_share * 8 >= last_share
        return [(0, 0 if ahead else 10), (last, 15 if ahead else 0)]
    if first_share:
        return [(0, 0)]
    return [(last, 0)] if last_share > 2 else [(last, 0), (0, 10)]


@lru_cache(2048)
def family_share(word: str) -> int:
    if len(word) == 1 and word not in "iou":
        return 0
    return sum(hangul.share(each) for each in spelled.FAMILIES.get(word, "").split())


@lru_cache(8192)
def given_ways(words: tuple[str, ...], initials: frozenset[str]) -> list[tuple[tuple[Slot, ...], int]]:
    """Ways to hear the words of a given name, the usual ones first."""
    found = []
    for chosen in islice(product(*[word_ways(word, word in initials) for word in words[:MOST_GIVEN]]), 16):
        given = tuple(slot for slots, _ in chosen for slot in slots)
        usual = 0 if len(given) <= 2 else 6 * (len(given) - 2)
        found.append((given[:MOST_GIVEN], sum(cost for _, cost in chosen) + usual))
    return sorted(found, key=lambda each: each[1])[:3]


@lru_cache(8192)
def word_ways(word: str, initial: bool) -> list[tuple[tuple[Slot, ...], int]]:
    """Ways to hear one word of a given name."""
    if len(word) == 1:
        letter = sounds.of_initial(word)
        if letter is None:
            return [((word,), 0)]
        if initial or word not in "aeiou":
            return [(((letter,),), 0)]
        return [(((sounds.of_latin("", word, ""),),), 0)]
    parts = spelled.parted(word)
    if not parts:
        return [((word,), 0)]
    return [(tuple((sounds.of_latin(*one),) for one in part.syllables), part.cost * 2) for part in parts]


def _of_pinyin(words: list[list[str]], cost: int) -> list[Way]:
    ways = []
    last = len(words) - 1
    for place, dearer in ((0, 0), (last, 15)):
        family = han.korean_of_pinyin("".join(words[place]), surname=True)
        if not family:
            continue
        given = [syllable for at, word in enumerate(words) if at != place for syllable in word]
        slots: list[Slot] = []
        for syllable in given[:MOST_GIVEN]:
            usual = [each for each in han.korean_of_pinyin(syllable, surname=False) if each in hangul.GIVEN]
            slots.append(_hangul_slot(*usual) if usual else (_ANYTHING,))
        ways.append(Way(_hangul_slot(*family), family, tuple(slots), cost + dearer))
    return ways
