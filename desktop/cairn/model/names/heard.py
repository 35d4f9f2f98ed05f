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


class Called(NamedTuple):
    """One name of a person, as it was written."""

    text: str
    kind: str = "birth"
    """The last part of its term: `birth` of `name.birth`."""
    script: str = ""
    system: str = ""
    """`dprk`, `rr`, `mr`, `pinyin`, or anything else for what is not known."""


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
    own = name.kind not in CHINESE_KINDS
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
        as_pinyin = _pinyin(run[0])
        if as_pinyin is not None and (not own or name.system.casefold() in ("pinyin", "")):
            chinese = chinese or _key(" ".join("".join(word) for word in as_pinyin))
        elif not own:
            chinese = chinese or _key(run[0])
        if own:
            ways += _of_latin(run[0], name.system.casefold(), as_pinyin)
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
                fold(romanised("", given, "dprk")),
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
            fold(romanised("", "".join(first), "dprk")),
        )
    ]


_ANYTHING = sounds.Unit(0, 0, 0)
"""A syllable of which nothing is known: a character without a reading."""


def _of_latin(text: str, system: str, as_pinyin: list[list[str]] | None) -> list[Way]:
    words = spelled.words(text)
    ways: list[Way] = []
    if as_pinyin is not None and (system in ("pinyin", "") or system not in ("dprk", "rr", "mr")):
        ways += _of_pinyin(as_pinyin, 0 if system == "pinyin" else 10)
        if system == "pinyin":
            return ways
    initials = frozenset(re.findall(r"\b(\w)\.", spelled.plain(text)))
    for place, cost in _family_places(text, words, initials):
        family = words[place] if place is not None else ""
        rest = [word for at, word in enumerate(words) if at != place]
        for given, dearer in _given(rest, initials):
            meant = tuple(spelled.FAMILIES.get(family, "").split())
            slot: Slot | None = _hangul_slot(*[each[0] for each in meant]) if meant else None
            if family and slot is None:
                parts = spelled.parted(family)
                slot = (
                    (sounds.of_latin(*parts[0].syllables[0]),)
                    if parts and len(parts[0].syllables) == 1
                    else family
                )
            ways.append(Way(slot, meant, given, cost + dearer, fold("".join(rest))))
    return ways


def _family_places(text: str, words: list[str], initials: frozenset[str]) -> list[tuple[int | None, int]]:
    """Which word may be the family name, with a cost; None where all words are a given name."""
    if not words:
        return []
    if len(words) == 1:
        return [(0, 0)] if words[0] in spelled.FAMILIES and len(words[0]) > 1 else [(None, 0)]
    last = len(words) - 1
    capitals = [
        at
        for at, word in enumerate(re.findall(r"[^\W\d_]+(?:['’‘ʼ`´ʻ′][^\W\d_]+)*", text))
        if len(word) > 1 and word.isupper()
    ]
    if "," in text or capitals == [0]:
        return [(0, 0)]
    if capitals == [last]:
        return [(last, 0)]
    first_share, last_share = (0 if words[at] in initials else _share(words[at]) for at in (0, last))
    if not first_share and not last_share:
        return [(0, 8), (None, 12)]
    if first_share and last_share:
        # Jin Sok Mun and Mun Jin Sok: the commoner family name is the likelier one.
        ahead = first_share * 8 >= last_share
        return [(0, 0 if ahead else 10), (last, 15 if ahead else 0)]
    if first_share:
        return [(0, 0)]
    return [(last, 0)] if last_share > 2 else [(last, 0), (0, 10)]


def _share(word: str) -> int:
    return (
        sum(hangul.share(each) for each in spelled.FAMILIES.get(word, "").split())
        if len(word) > 1 or word in "iou"
        else 0
    )


def _given(words: list[str], initials: frozenset[str]) -> list[tuple[tuple[Slot, ...], int]]:
    """Ways to hear the words of a given name, the usual ones first."""
    each_word: list[list[tuple[tuple[Slot, ...], int]]] = []
    for word in words[:MOST_GIVEN]:
        if len(word) == 1:
            initial = sounds.of_initial(word)
            if initial is not None and (word in initials or word not in "aeiou"):
                each_word.append([((((initial),),), 0)])
            elif initial is not None:
                whole = sounds.of_latin("", word, "")
                each_word.append([(((whole,),), 0)])
            else:
                each_word.append([((word,), 0)])
            continue
        parts = spelled.parted(word)
        if not parts:
            each_word.append([((word,), 0)])
            continue
        each_word.append(
            [(tuple((sounds.of_latin(*one),) for one in part.syllables), part.cost * 2) for part in parts]
        )
    found = []
    for chosen in islice(product(*each_word), 16):
        given = tuple(slot for slots, _ in chosen for slot in slots)
        usual = 0 if len(given) <= 2 else 6 * (len(given) - 2)
        found.append((given[:MOST_GIVEN], sum(cost for _, cost in chosen) + usual))
    return sorted(found, key=lambda each: each[1])[:3]


def _pinyin(text: str) -> list[list[str]] | None:
    """The words of a name as syllables of Mandarin; None where it is none, or no surname is in it."""
    words = [
        word.replace("v", "ü") for word in re.findall(r"[^\W\d_]+", re.sub("['’‘ʼ]", "", text.casefold()))
    ]
    if not 2 <= len(words) <= 4:
        return None
    parts = [pinyin_syllables(word) for word in words]
    if not all(parts):
        return None
    surnames = [at for at in (0, len(words) - 1) if "".join(words[at]) in han.CHINESE_SURNAMES]
    if not surnames:
        return None
    return parts


@lru_cache(4096)
def pinyin_syllables(word: str) -> list[str]:
    """A word as syllables of Mandarin, as few as can be; empty where it is none."""
    word = word[:24]
    reached: list[list[str] | None] = [None] * (len(word) + 1)
    reached[0] = []
    for start in range(len(word)):
        so_far = reached[start]
        if so_far is None:
            continue
        for end in range(start + 1, min(start + 6, len(word)) + 1):
            known = reached[end]
            if han.is_pinyin(word[start:end]) and (known is None or len(known) > len(so_far) + 1):
                reached[end] = [*so_far, word[start:end]]
    return reached[-1] or []


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


_FOLDS = (
    ("ŏ", "o"), ("ŭ", "u"), ("'", ""), ("yeo", "yo"), ("you", "yo"), ("woo", "u"), ("oo", "u"), ("eo", "o"), ("eu", "u"),
    ("ee", "i"), ("yi", "i"), ("ui", "i"), ("ae", "e"), ("oe", "e"), ("uh", "u"), ("sh", "s"), ("ch", "j"), ("ck", "k"),
    ("kh", "k"), ("ph", "p"), ("th", "t"), ("g", "k"), ("d", "t"), ("b", "p"), ("l", "r"), ("z", "j"), ("kk", "k"), ("tt", "t"),
    ("pp", "p"), ("ss", "s"), ("jj", "j"), ("rr", "r"), ("nn", "n"), ("mm", "m"),
)  # fmt: skip


def fold(letters: str) -> str:
    """Latin letters with what different systems write differently made one."""
    text = "".join(char for char in spelled.plain(letters) if char.isalpha() or char == "'")
    for old, new in _FOLDS:
        text = text.replace(old, new)
    return text.replace("u", "o")
