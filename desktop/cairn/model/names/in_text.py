"""Names in running text: where a known name stands, however it is spaced, hyphened, marked or followed by particles.

Both sides are folded as search folds them (`cairn.model.folding`); between the letters of a name a blank, a hyphen, a dot
or a line end may stand. A Korean name may be followed by particles and words of address (한별이는, 한별 씨), and is also
looked for without its family name. What nobody wrote down as a name is not found: other spellings, nicknames, what
only describes a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from cairn.model.folding import Folded, folded

T = TypeVar("T")

MOST_PLACES = 200
"""Places of one name in one text that are told one by one; behind them nobody looks for more of it."""
LEAST = 2
"""Letters that a name needs to be looked for: a single one stands in every text."""
ANYWHERE = 6
"""A name of an alphabet with so many letters is also found inside a word: hanbyolletter.pdf."""
_FEW = 48
"""Up to so many names of one length are each looked for; of more, all pieces of the text of that length."""

_HANGUL = "\uac00-\ud7a3"
_IDEOGRAPH = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_{_HANGUL}{_IDEOGRAPH}]"
_GAP = r"[\W_]{0,2}+"
_MARKS = "[\u0300-\u036f]*+"
"""Both keep what they took: a mark could be one or the other, and a text full of marks would be tried in every way."""
_NO_LETTERS = re.compile(r"[\W_]+")

_FAMILY = "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용림량려녀로"  # fmt: skip
_FAMILIES = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문")
_ADDRESS = "씨|님|양|군|네|엄마|어머니|아빠|아버지|언니|오빠|누나|누이|형|동생|할머니|할아버지|아주머니|아저씨|선생|선생님|동무|동지"  # fmt: skip
_PARTICLES = (
    "이라는|이라고|이라|라는|라고|라|에게서|한테서|에게는|에게|한테|께서|께|에서|으로|로|처럼|보다|까지|부터|마저|조차|"
    "밖에|마다|하고|이랑|랑|이나|나|이며|며|이고|고|이다|다|였다|이었다|인|의|이|가|은|는|을|를|와|과|도|만|야|아|여|에"
)
_TAIL = rf"(?=(?:\s?(?:{_ADDRESS}))?이?(?:{_PARTICLES})?(?:{_PARTICLES})?(?![{_HANGUL}]))"
_SHORT = re.compile(rf"[{_HANGUL}][\s\-·]?[{_HANGUL}]")
_BEFORE = re.compile(rf"(?:(?<![{_HANGUL}])[{_FAMILY}]\s?|(?<![{_HANGUL}]))\Z")
_LATIN_FAMILIES = frozenset(
    [
        "kim",
        "lee",
        "ri",
        "yi",
        "rhee",
        "park",
        "pak",
        "choi",
        "choe",
        "jung",
        "jeong",
        "chung",
        "kang",
        "cho",
        "jo",
        "yoon",
        "yun",
        "jang",
        "chang",
        "lim",
        "im",
        "rim",
        "han",
        "oh",
        "seo",
        "suh",
        "shin",
        "kwon",
        "hwang",
        "ahn",
        "an",
        "song",
        "ryu",
        "yoo",
        "yu",
        "hong",
        "ko",
        "go",
        "moon",
        "mun",
        "yang",
        "son",
        "bae",
        "baek",
        "heo",
        "ho",
        "nam",
        "shim",
        "ro",
        "no",
        "ha",
        "li",
        "wang",
        "zhang",
        "liu",
        "chen",
        "yang",
        "zhao",
        "huang",
        "zhou",
        "wu",
        "xu",
        "sun",
        "hu",
        "zhu",
        "gao",
        "lin",
        "he",
        "guo",
        "ma",
    ]  # read as words
)
"""Family names, written in Latin letters, that so many people share that they point at nobody."""


class Place(NamedTuple):
    """Where a name stands in a text as it was written: code points."""

    start: int
    end: int


class Form(NamedTuple):
    """One way in which a name is looked for."""

    name: str
    part: bool
    """Whether it is a part of the name, which may be any word."""


def letters(text: str) -> str:
    """Nothing but the letters and digits of a text: NFKC, case folded, accents, blanks, hyphens and marks gone."""
    decomposed = unicodedata.normalize("NFKD", folded(text).casefold())
    return unicodedata.normalize("NFC", _NO_LETTERS.sub("", decomposed))


def forms(name: str) -> dict[Form, str]:
    """The ways in which a name is looked for, with their letters: whole, and the given name alone where it can be told."""
    whole = folded(name).strip()
    found = {Form(whole, part=False): letters(whole)}
    for part in _parts(whole):
        if (plain := letters(part)) not in found.values():
            found[Form(part, part=True)] = plain
    return {form: plain for form, plain in found.items() if len(plain) >= LEAST}


def _parts(whole: str) -> list[str]:
    """What of a name people are called by: a Korean given name, the longer words of a name in an alphabet."""
    if re.fullmatch(rf"[{_HANGUL}\s]+", whole):
        run = "".join(whole.split())
        if len(run) == 3 and run[0] in _FAMILY:
            return [run[1:]]
        if len(run) == 4 and run[:2] in _FAMILIES:
            return [run[2:]]
        return []
    words = re.findall(rf"{_LETTER}(?:[-'’]?{_LETTER})*", whole)
    if len(words) < 2:
        return []
    known = [word for word in words if len(letters(word)) > 3 and letters(word) not in _LATIN_FAMILIES]
    turned = [" ".join([*words[1:], words[0]])] if len(words) > 2 else []
    return [*known, *turned, *([" ".join(reversed(words))] if len(words) == 2 else [])]


@lru_cache(256)
def pattern(form: Form) -> re.Pattern[str]:
    """Finds it in a folded text. Made for the few names alone whose letters are there."""
    name = form.name
    run = "".join(char for char in unicodedata.normalize("NFC", name) if char.isalnum())
    if re.fullmatch(f"[{_HANGUL}]+", run):
        inside = r"[\s\-·]?".join(run)
        if len(run) > 2:
            return re.compile(inside)
        # 하나 is a name, and a number inside of 하나하나. Where the word begins is looked at last: so it is quick.
        return re.compile(inside + _TAIL)
    if re.fullmatch(f"[{_HANGUL}{_IDEOGRAPH}]+", run):
        return re.compile(r"[\s·]?".join(run))
    return _of_alphabet(name, part=form.part)


def _begins(found: re.Match[str]) -> bool:
    """Whether a short Korean name stands where a word begins, or behind a family name that does; others anywhere."""
    if not _SHORT.fullmatch(found[0]):
        return True
    before = found.string[max(0, found.start() - 3) : found.start()].rstrip("-·")
    return _BEFORE.search(before) is not None


def _of_alphabet(name: str, *, part: bool) -> re.Pattern[str]:
    pieces = []
    for char in unicodedata.normalize("NFD", name):
        if not char.isalnum():
            continue
        # What has a mark is one letter in a folded text, and another without it.
        ways = {char, *_marked(char)}
        pieces.append("[" + "".join(re.escape(each) for each in sorted(ways)) + "]" + _MARKS)
    inside = _GAP.join(pieces)
    count = len(pieces)
    if part:
        # A word of a name may be any word, as rose is: names begin with a capital.
        first = next(char for char in name if char.isalpha()).upper()
        inside = f"(?-i:(?=[{re.escape(first)}{_marked(unicodedata.normalize('NFD', first)[0])}])){inside}"
    if count < ANYWHERE:
        inside = f"(?<!{_LETTER}){inside}(?!{_LETTER})"
    return re.compile(inside, re.IGNORECASE)


def _marked(char: str) -> str:
    return _MARKED.get(char, "")


def _with_marks() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for code in (*range(0xC0, 0x530), *range(0x1E00, 0x2000)):
        character = chr(code)
        base = unicodedata.normalize("NFD", character)[0]
        if base != character:
            found.setdefault(base, []).append(character)
    return {base: "".join(several) for base, several in found.items()}


_MARKED = _with_marks()


class Known(Generic[T]):
    """Names to look for, each with what it belongs to. Many thousands are looked for as quickly as a few."""

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        self._forms: dict[str, dict[Form, list[T]]] = {}
        for name, owner in names:
            for form, plain in forms(name).items():
                owners = self._forms.setdefault(plain, {}).setdefault(form, [])
                if owner not in owners:
                    owners.append(owner)
        self._by_length: dict[int, list[str]] = {}
        for plain in self._forms:
            self._by_length.setdefault(len(plain), []).append(plain)

    def __len__(self) -> int:
        return len(self._forms)

    def find(self, text: str) -> list[tuple[Place, Sequence[T]]]:
        """Where one of the names stands in a text, in order, with what it belongs to; the longer one where two overlap."""
        there = self._there(letters(text)) if text else []
        if not there:
            return []
        plain = Folded(text)
        found: dict[tuple[int, int], list[T]] = {}
        for each in there:
            for form, owners in self._forms[each].items():
                places = (each for each in pattern(form).finditer(plain.text) if _begins(each))
                for match in islice(places, MOST_PLACES):
                    span = (match.start(), match.end())
                    mine = found.setdefault(span, [])
                    mine += [owner for owner in owners if owner not in mine]
        kept: list[tuple[Place, Sequence[T]]] = []
        last = -1
        for (start, end), owners in sorted(found.items(), key=lambda each: (each[0][0], -each[0][1])):
            if start >= last:
                place = Place(plain.written(start), max(plain.written(start) + 1, plain.written(end)))
                kept.append((place, owners))
                last = end
        return kept

    def _there(self, text: str) -> list[str]:
        """Of which of the names the letters are in the text, one after the other: few, so that these can be looked at."""
        found: list[str] = []
        for length, names in self._by_length.items():
            if len(names) <= _FEW:
                found += [name for name in names if name in text]
            else:
                found += {text[at : at + length] for at in range(len(text) - length + 1)} & set(names)
        return found
