"""Numbers in words: Sino-Korean, native Korean, Chinese and English, up to the thousands that years need."""

from __future__ import annotations

import re

_SINO = {**{c: n for n, c in enumerate("영일이삼사오육칠팔구")}, "공": 0, "령": 0, "륙": 6}
_SINO_UNITS = {"십": 10, "백": 100, "천": 1000}
_HAN = {**{c: n for n, c in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "两": 2, "廿": 20, "卅": 30}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_NATIVE_TENS = {
    word: 10 * n
    for n, words in enumerate(
        ("열", "스물 스무", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"), start=1
    )
    for word in words.split()
}
_NATIVE_ONES = {
    word: n
    for n, words in enumerate(
        ("하나 한", "둘 두", "셋 세 석", "넷 네 넉", "다섯", "여섯", "일곱", "여덟", "아홉"), start=1
    )
    for word in words.split()
}
_PAIRS = {
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "서너": (3, 4), "너댓": (4, 5), "네댓": (4, 5), "네다섯": (4, 5),
    "대여섯": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8), "엳아홉": (8, 9), "여덟아홉": (8, 9),
    "이삼": (2, 3), "삼사": (3, 4), "사오": (4, 5), "오륙": (5, 6), "육칠": (6, 7), "칠팔": (7, 8), "팔구": (8, 9),
    "一二": (1, 2), "二三": (2, 3), "一两": (1, 2), "两三": (2, 3), "三四": (3, 4), "四五": (4, 5), "五六": (5, 6), "六七": (6, 7), "七八": (7, 8),
    "八九": (8, 9), "몇": (2, 9), "여러": (2, 9), "수": (2, 9), "几": (2, 9), "好几": (3, 9), "数": (2, 9),
    "a few": (2, 9), "few": (2, 9), "several": (2, 9), "some": (2, 9), "many": (3, 40), "a couple of": (2, 3),
    "a couple": (2, 3), "couple of": (2, 3), "couple": (2, 3),
}  # fmt: skip
"""Two numbers that are said in one breath, and words for a few."""

_ENGLISH_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ENGLISH = {
    **{word: n for n, word in enumerate(_ENGLISH_ONES)},
    **{word: 10 * n for n, word in enumerate(_ENGLISH_TENS, start=2)},
    "a": 1, "an": 1, "oh": 0, "hundred": 100, "thousand": 1000,
}  # fmt: skip
_ENGLISH_ORDINALS = {
    **{
        word: n
        for n, word in enumerate(
            [
                "first",
                "second",
                "third",
                "fourth",
                "fifth",
                "sixth",
                "seventh",
                "eighth",
                "ninth",
                "tenth",
                "eleventh",
                "twelfth",
                "thirteenth",
                "fourteenth",
                "fifteenth",
                "sixteenth",
                "seventeenth",
                "eighteenth",
                "nineteenth",
                "twentieth",
            ],
            start=1,
        )
    },
    "thirtieth": 30,
}

_TENS = "|".join(_NATIVE_TENS)
_ONES = "|".join(sorted(_NATIVE_ONES, key=len, reverse=True))
TENS = rf"(?:{_TENS})"
NATIVE = rf"(?:(?:{_TENS})\s?(?:{_ONES})|(?:{_TENS})|(?:{_ONES}))"
SINO = "[영공령일이삼사오육륙칠팔구십백천]+"
PAIR = "(?:" + "|".join(sorted((p for p in _PAIRS if not p.isascii()), key=len, reverse=True)) + ")"
HAN = "[零〇○一二三四五六七八九十百千廿卅两]+"
_EN_ONE = "(?:" + "|".join(sorted(_ENGLISH_ONES, key=len, reverse=True)) + ")"
_EN_TEN = "(?:" + "|".join(_ENGLISH_TENS) + ")"
ENGLISH = rf"(?:{_EN_TEN}(?:[- ]{_EN_ONE})?|{_EN_ONE})"
ENGLISH_FEW = "(?:a few|few|several|some|many|a couple of|a couple|couple of|couple)"
ENGLISH_ORDINAL = rf"(?:(?:twenty|thirty)[- ](?:{'|'.join(list(_ENGLISH_ORDINALS)[:9])})|{'|'.join(_ENGLISH_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
ENGLISH_YEAR = (
    rf"(?:(?:nineteen|eighteen|twenty)[- ](?:hundred(?: and)?[- ]{_EN_TEN}(?:[- ]{_EN_ONE})?|hundred and {_EN_ONE}|hundred|{_EN_TEN}(?:[- ]{_EN_ONE})?|oh[- ]{_EN_ONE}|{_EN_ONE})"
    rf"|two thousand(?: and)?(?: {_EN_ONE})?)"
)


def value(text: str) -> tuple[int, int]:
    """A number as (least, most). Raises ValueError where it is none."""
    text = re.sub(r"\s+", " ", text.strip())
    if text in _PAIRS:
        return _PAIRS[text]
    ranged = re.fullmatch(r"(\d+)\s?[-~,]\s?(\d+)", text)
    if ranged:
        return int(ranged[1]), int(ranged[2])
    over = re.fullmatch(rf"({_TENS})\s?({PAIR})", text)
    if over:
        low, high = _PAIRS[over[2]]
        return _NATIVE_TENS[over[1]] + low, _NATIVE_TENS[over[1]] + high
    both = re.fullmatch("([一二三四五六七八九]?十)([一二三四五六七八九])([一二三四五六七八九])", text)
    if both:
        return _one(both[1] + both[2]), _one(both[1] + both[3])
    ranged = re.fullmatch(r"([a-z-]+|\d+),? (?:or|to) ([a-z-]+|\d+)", text)
    if ranged:
        return _one(ranged[1]), _one(ranged[2])
    one = _one(text)
    return one, one


def _one(text: str) -> int:
    if text.isascii() and text.isdecimal():
        return int(text)
    if text.isascii():
        return english(text)
    native = re.fullmatch(rf"({_TENS})?\s?({_ONES})?", text)
    if native and text:
        return _NATIVE_TENS.get(native[1] or "", 0) + _NATIVE_ONES.get(native[2] or "", 0)
    for digits, units in ((_SINO, _SINO_UNITS), (_HAN, _HAN_UNITS)):
        if all(c in digits or c in units or c in "0123456789" for c in text):
            return _positional(text, digits, units)
    raise ValueError("no number")


def _positional(text: str, digits: dict[str, int], units: dict[str, int]) -> int:
    """`구팔` and `1九` digit by digit, `이천육` with units."""
    whole = {**digits, **{str(n): n for n in range(10)}}
    if not any(c in units for c in text):
        if len(text) > 1 and any(whole[c] > 9 for c in text):
            return sum(whole[c] for c in text)
        return int("".join(str(whole[c]) for c in text))
    total = current = 0
    for c in text:
        if c in units:
            total += (current or 1) * units[c]
            current = 0
        else:
            current = whole[c]
    return total + current


def english(text: str) -> int:
    """A number, an ordinal or a year in English words. Raises ValueError where it is none."""
    ordinal = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", text)
    if ordinal:
        return int(ordinal[1])
    words = re.split(r"[- ]+", text)
    if len(words) == 2 and words[0] in ("twenty", "thirty") and words[1] in _ENGLISH_ORDINALS:
        return _ENGLISH[words[0]] + _ENGLISH_ORDINALS[words[1]]
    if len(words) == 1 and words[0] in _ENGLISH_ORDINALS:
        return _ENGLISH_ORDINALS[words[0]]
    try:
        return sum(_ENGLISH[word] for word in words)
    except KeyError as error:
        raise ValueError("no number") from error


def english_year(text: str) -> int:
    """A year in English words: nineteen ninety-eight, twenty oh five, two thousand and three."""
    words = [word for word in re.split(r"[- ]+", text) if word != "and"]
    if words[:2] == ["two", "thousand"]:
        return 2000 + sum(_ENGLISH[word] for word in words[2:])
    return _ENGLISH[words[0]] * 100 + sum(_ENGLISH[word] for word in words[1:] if word != "hundred")
