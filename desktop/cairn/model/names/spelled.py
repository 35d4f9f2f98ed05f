"""Names in Latin letters back to syllables: Ri, Lee, Yi, Rhee; Young-chul, Yŏngch'ŏl, Yongchol; family name first or last.

A word is parted into syllables in every way that spellings allow, the usual ones first. Where a hand slipped (Kmu, Yogn, Sn)
the word is tried with two letters swapped, or with a vowel put in. What can't be read so is no Korean name, or not written
as one, and is kept as a word. All of it takes time in proportion to the length, and never raises.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from cairn.model.names.hangul import COMPOUND, SHARES
from cairn.model.names.romanise import all_systems
from cairn.model.names.sounds import SPELLED_CODAS, SPELLED_ONSETS, SPELLED_VOWELS

LONGEST = 40
"""Letters of one word that are read; no name has words as long."""
MOST_WORDS = 8
KEPT = 4
"""Ways to part one word that are followed."""


class Heard(NamedTuple):
    """A syllable in Latin letters: what it begins with, its vowel, what it ends with."""

    onset: str
    vowel: str
    coda: str


class Parted(NamedTuple):
    """A word in syllables."""

    syllables: tuple[Heard, ...]
    cost: int
    """How unusual the spelling is: nothing for a usual one, 10 and more for a slip that was put right."""


FAMILIES: dict[str, str] = {}
"""How family names are spelled, with the Hangul ones that may be meant, in the northern spelling."""
for _hangul, _spellings in {
    "김": "kim gim ghim", "리": "ri lee yi rhee li rhie i yee leigh rie", "박": "pak park bak bark pack pahk paek",
    "최": "choe choi choy chwe che chey ch'oe chae", "정": "jong jung jeong chung chong cheong ch'ong zhong joung",
    "강": "kang gang khang", "조": "jo cho joe joh choh", "윤": "yun yoon youn yune", "장": "jang chang zang jahng",
    "림": "rim lim im rhim yim leem", "임": "im lim yim rim", "한": "han hahn", "오": "o oh", "서": "so seo suh sur su",
    "신": "sin shin sheen", "권": "kwon gwon kweon kuen", "황": "hwang whang", "안": "an ahn", "송": "song soung",
    "류": "ryu yu yoo ryoo lyu you ryou rhyu liu rew", "전": "jon jeon chon chun jun cheon", "홍": "hong houng",
    "고": "ko go koh goh", "문": "mun moon", "양": "yang ryang", "량": "ryang yang", "손": "son sohn", "배": "pae bae bai pai",
    "백": "paek baek paik baik back paeck", "허": "ho heo huh hur her hoh", "남": "nam nahm", "심": "sim shim",
    "로": "ro no roh noh rho", "하": "ha hah", "곽": "kwak gwak", "성": "song seong sung", "차": "cha chah", "주": "ju joo chu",
    "우": "u woo wu", "구": "ku goo gu koo", "민": "min", "라": "ra na rah la nah", "진": "jin chin", "지": "ji chi jee",
    "엄": "om eom um uhm", "채": "chae chai", "원": "won", "천": "chon cheon chun", "방": "pang bang", "공": "kong gong",
    "현": "hyon hyun hyeon", "함": "ham hahm", "변": "pyon byun byeon", "렴": "ryom yom yeom", "여": "yo yeo", "려": "ryo yo",
    "추": "chu choo", "도": "to do", "소": "so", "석": "sok seok suk", "선": "son sun seon", "설": "sol seol sul",
    "마": "ma", "길": "kil gil", "연": "yon yeon", "위": "wi", "표": "phyo pyo", "명": "myong myung", "기": "ki", "반": "pan ban",
    "왕": "wang", "금": "kum keum geum", "옥": "ok", "육": "yuk yook", "인": "in", "맹": "maeng", "제": "je", "모": "mo",
    "탁": "thak tak", "국": "kuk kook", "어": "o eo uh", "은": "un eun", "편": "phyon pyon", "용": "yong", "태": "thae tae",
    "동": "tong dong", "봉": "pong bong", "승": "sung seung", "사": "sa", "경": "kyong kyung", "부": "pu bu boo",
    "남궁": "namgung namkung namgoong namkoong", "황보": "hwangbo hwangpo", "제갈": "jegal chegal", "선우": "sonu sunwoo sonwu seonu",
    "독고": "tokko dokko dokgo", "사공": "sagong", "서문": "somun seomun suhmoon",
}.items():  # fmt: skip
    for _each in _spellings.split():
        FAMILIES[_each] = FAMILIES.get(_each, "") + " " + _hangul

_BREVES = str.maketrans(dict.fromkeys("ŎŏǑǒÕõÓóÒòÔôÖö", "ŏ") | dict.fromkeys("ŬŭǓǔŨũÚúÙùÛû", "ŭ"))
_APOSTROPHES = re.compile("[’‘ʼ`´ʻ′]")
_MARKS = re.compile("[\u0300-\u036f]")
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?")
_SEEMS_LATIN = re.compile(r"[a-zŏŭ']*\Z")

_RARE_ONSETS = {
    "kk": 1, "gg": 2, "tt": 1, "dd": 3, "pp": 1, "bb": 3, "jj": 1, "tch": 1, "ss": 1, "kh": 1, "th": 0, "ph": 1, "c": 3, "q": 4,
    "f": 3, "v": 4, "z": 3, "ts": 3, "rr": 3, "ll": 2, "rh": 1, "hh": 4, "chh": 1,
}  # fmt: skip
_RARE_CODAS = {
    "b": 1,
    "d": 2,
    "s": 2,
    "t": 1,
    "q": 3,
    "gg": 3,
    "kk": 2,
    "nn": 2,
    "mm": 2,
    "ll": 1,
    "g": 1,
    "c": 2,
    "ck": 1,
    "r": 1,
}
_RARE_VOWELS = {
    "ie": 3,
    "ii": 3,
    "y": 9,
    "io": 1,
    "iu": 2,
    "ia": 2,
    "oa": 3,
    "ou": 2,
    "ei": 2,
    "ue": 2,
    "wu": 1,
    "ea": 1,
}


def plain(text: str) -> str:
    """Small letters, with ŏ and ŭ kept and every other mark gone, one kind of apostrophe."""
    small = _APOSTROPHES.sub("'", text).translate(_BREVES)
    # Marks that stand apart: o and a breve.
    composed = unicodedata.normalize("NFC", small).translate(_BREVES).casefold()
    kept = composed.replace("ŏ", "\ue000").replace("ŭ", "\ue001")
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", kept))
    return bare.replace("\ue000", "ŏ").replace("\ue001", "ŭ")


def _by_rule() -> None:
    """The rarer family names as well, as the three systems spell them."""
    for hangul in (*SHARES, *COMPOUND):
        for _, spelling in all_systems(hangul, ""):
            known = FAMILIES.get(plain(spelling), "").split()
            if hangul not in known:
                FAMILIES[plain(spelling)] = " ".join([*known, hangul])


_by_rule()


def words(text: str) -> list[str]:
    """The words of a name, apart at blanks, hyphens and whatever else is no letter."""
    return [each[:LONGEST].strip("'") for each in _WORDS.findall(plain(text[: LONGEST * 16]))[:MOST_WORDS]]


@lru_cache(4096)
def parted(word: str) -> tuple[Parted, ...]:
    """The ways to part a word (as of `words`) into syllables, the most usual first; none for what is not written so."""
    found = _ways(word)
    if found and found[0].cost < 9:
        return found
    mended: dict[tuple[Heard, ...], int] = {way.syllables: way.cost for way in found}
    if len(word) < 2 or len(word) > 16 or not _SEEMS_LATIN.match(word):
        return found
    for at in range(len(word)):
        swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        filled = [(word[: at + 1] + vowel + word[at + 1 :], 14) for vowel in ("u", "i")]
        for each, cost in ((swapped, 10), *filled, (word[:at] + word[at + 1 :], 16)):
            for way in _ways(each)[:1]:
                known = mended.get(way.syllables, 99)
                mended[way.syllables] = min(known, way.cost + cost)
    ranked = sorted(mended.items(), key=lambda each: (each[1], len(each[0])))
    return tuple(Parted(syllables, cost) for syllables, cost in ranked[:2])


def _ways(word: str) -> tuple[Parted, ...]:
    """Every way, followed from the left; of those that reach one place only the few best go on."""
    if not _SEEMS_LATIN.match(word):
        return ()
    reached: list[list[Parted]] = [[] for _ in range(len(word) + 1)]
    reached[0] = [Parted((), 0)]
    for start in range(len(word)):
        ways = sorted(reached[start], key=lambda each: (each.cost, len(each.syllables)))[:KEPT]
        if not ways:
            continue
        if word[start] == "'" and start:
            reached[start + 1] += ways
            continue
        for end, heard, cost in _syllables(word, start):
            reached[end] += [Parted((*way.syllables, heard), way.cost + cost) for way in ways]
    best: dict[tuple[Heard, ...], Parted] = {}
    for way in sorted(reached[-1], key=lambda each: each.cost + _count_cost(len(each.syllables))):
        best.setdefault(way.syllables, way)
    kept = list(best.values())[:KEPT]
    return tuple(each for each in kept if each.cost <= kept[0].cost + 4) if kept else ()


def _count_cost(count: int) -> int:
    return 0 if count in (1, 2) else 2 * (count - 2)


@lru_cache(8192)
def within(piece: str, first: bool) -> tuple[tuple[int, Heard, int], ...]:
    """Syllables that begin a piece of up to nine letters: (length, syllable, cost)."""
    found: list[tuple[int, Heard, int]] = []
    for onset_end in range(min(3, len(piece)) + 1):
        onset = piece[:onset_end]
        if onset not in SPELLED_ONSETS or (onset == "" and not first and piece[:1] in "r"):
            continue
        for vowel_end in range(onset_end + 1, min(onset_end + 3, len(piece)) + 1):
            vowel = piece[onset_end:vowel_end]
            if vowel not in SPELLED_VOWELS:
                continue
            for end in range(vowel_end, min(vowel_end + 2, len(piece)) + 1):
                coda = piece[vowel_end:end]
                if coda not in SPELLED_CODAS:
                    continue
                cost = _RARE_ONSETS.get(onset, 0) + _RARE_VOWELS.get(vowel, 0) + _RARE_CODAS.get(coda, 0)
                found.append((end, Heard(onset, vowel, coda), cost))
    return tuple(found)


def _syllables(word: str, start: int) -> list[tuple[int, Heard, int]]:
    found: list[tuple[int, Heard, int]] = []
    rest = word[start : start + 9]
    for length, heard, cost in within(rest, start == 0):
        after = word[start + length : start + length + 1]
        if heard.vowel.endswith("h") and after and after in "aeiouyŏŭw":
            continue  # the h begins the next syllable
        if start and not heard.onset and word[start - 1] in "aeiouŏŭ":
            cost += 3  # two vowel letters are rather one vowel
        found.append((start + length, heard, cost))
    return found


_FOLDS = (
    ("ŏ", "o"), ("ŭ", "u"), ("'", ""), ("yeo", "yo"), ("you", "yo"), ("woo", "u"), ("oo", "u"), ("eo", "o"), ("eu", "u"),
    ("ee", "i"), ("yi", "i"), ("ui", "i"), ("ae", "e"), ("oe", "e"), ("uh", "u"), ("sh", "s"), ("ch", "j"), ("ck", "k"),
    ("kh", "k"), ("ph", "p"), ("th", "t"), ("g", "k"), ("d", "t"), ("b", "p"), ("l", "r"), ("z", "j"), ("kk", "k"), ("tt", "t"),
    ("pp", "p"), ("ss", "s"), ("jj", "j"), ("rr", "r"), ("nn", "n"), ("mm", "m"),
)  # fmt: skip


@lru_cache(8192)
def fold(letters: str) -> str:
    """Latin letters with what different systems write differently made one."""
    text = "".join(char for char in plain(letters) if char.isalpha() or char == "'")
    for old, new in _FOLDS:
        text = text.replace(old, new)
    return text.replace("u", "o")
