"""From a phrase to its tokens: the longest word of the language at each place, and what is left as plain words."""

from __future__ import annotations

import difflib
import re
import unicodedata

from cairn.model.time.words import chinese, english, korean, numeric
from cairn.model.time.words.fields import Fields
from cairn.model.time.words.token import (
    ABOUT,
    AFTER,
    BEFORE,
    COMMA,
    FIELD,
    FILL,
    NUMBER,
    VETO,
    WHEN,
    WORD,
    Edge,
    Entry,
    Token,
    Value,
)

_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
_HAN = re.compile("[\u4e00-\u9fff〇]")
_ENTRIES = {"ko": korean.ENTRIES, "zh": chinese.ENTRIES, "en": english.ENTRIES}
_MISTYPED = 0.8
"""How like the name of a month a word must be to be taken for it (difflib's ratio)."""
_FIELD_LIKE = (FIELD, "D", "L", "P")


def language_of(text: str) -> str:
    """`ko`, `zh` or `en`, by the script."""
    if _HANGUL.search(text):
        return "ko"
    return "zh" if _HAN.search(text) else "en"


def tidied(text: str, language: str) -> tuple[str, bool]:
    """The form that the grammar reads, one character for each, and whether a slip of typing was put right."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub("[\u2018\u2019`´]", "'", text)
    text = re.sub("(?<=\\d)\\s?[·ㆍ・‧•]\\s?(?=\\d)", ".", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"(?<!\d)(\d) (\d) (\d) (\d)(?= ?[년年]|$)", r"\1\2\3\4", text)
    if language == "zh":
        text = re.sub(
            r"(?<=[\u4e00-\u9fff〇\d]) (?=[\u4e00-\u9fff〇\d])", "", text.translate(chinese.SIMPLER)
        )
        # 九8年: digits of both kinds in one number.
        text = re.sub(r"[\d零〇一二三四五六七八九]{2,4}(?=年)", lambda m: _same_digits(m[0]), text)
    slips = 0
    if language in ("ko", "zh"):
        text, slips = re.subn(
            r"(?<![a-z0-9])(?=[lio]*\d)[0-9lio]*[lio][0-9lio]*(?= ?[년월일年月日号])",
            lambda m: _digits(m[0]),
            text,
        )
    else:
        text = re.sub(r"(?<![a-z0-9])[a-z0-9]*[a-z][a-z0-9]*(?![a-z0-9])", lambda m: _letters(m[0]), text)
    return text, bool(slips)


def _same_digits(text: str) -> str:
    if any(c.isascii() for c in text) and not text.isascii():
        return "".join(
            str(int(c)) if c.isdecimal() else str("零一二三四五六七八九".index(c.replace("〇", "零")))
            for c in text
        )
    return text


def _digits(text: str) -> str:
    return text.replace("l", "1").replace("i", "1").replace("o", "0")


def _letters(word: str) -> str:
    """ju1y, 0ctober, l998: a letter for the digit that looks like it, or the other way."""
    if word.isalpha():
        return word
    letters = word.replace("1", "l").replace("0", "o")
    if letters in english.MONTHS or letters in english.SEASONS:
        return letters
    digits = _digits(word)
    return digits if digits.isdecimal() and len(digits) == 4 and word != digits else word


def tokens(text: str, language: str) -> list[Token]:
    """The tokens of a tidied phrase, in order and whole."""
    found: list[Token] = []
    at = 0
    entries = _ENTRIES[language]
    fixed = {
        start: Token(FIELD, start, end, made, text[start:end]) for start, end, made in numeric.dates(text)
    }
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        token = fixed.get(at) or _known(text, at, entries, found, language) or _plain(text, at, language)
        found.append(token)
        at = token.end
    return _mistyped(_split(found), language)


def _known(text: str, place: int, entries: list[Entry], before: list[Token], language: str) -> Token | None:
    fresh = place == 0 or not text[place - 1].isalnum() or (bool(before) and before[-1].kind != WORD)
    if language == "en" and place and text[place].isalnum() and text[place - 1].isalnum():
        return None
    if language == "ko" and not fresh:
        return None
    near = (
        bool(before)
        and before[-1].kind in (*_FIELD_LIKE, ABOUT, "n", "x", "h", "y", "K", "A", "b", "a", "t", "O", "&")
        and not text[before[-1].end : place].strip()
    )
    best: tuple[int, Entry, Value] | None = None
    for each in entries:
        found = each.pattern.match(text, place)
        if found is None or found.end() == place or (best is not None and found.end() <= best[0]):
            continue
        if each.weak and language != "en" and each.kind in (FIELD, "W") and not near:
            continue
        try:
            value = each.make(found) if each.make else each.value
        except (ValueError, KeyError, IndexError):
            continue
        best = found.end(), each, value
    if best is None:
        return None
    end, each, value = best
    return Token(each.kind, place, end, value, text[place:end] if not each.weak else "~" + text[place:end])


def _plain(text: str, place: int, language: str) -> Token:
    if text[place] in ",，、;；.。":
        return Token(COMMA, place, place + 1, None, text[place])
    end = place + 1
    if text[place].isdecimal():
        while end < len(text) and (
            text[end].isdecimal() or (text[end] in ".,:" and text[end + 1 : end + 2].isdecimal())
        ):
            end += 1
    elif language == "zh" and _HAN.match(text[place]):
        pass
    else:
        while end < len(text) and (
            text[end].isalnum() or (text[end] in "'-" and text[end + 1 : end + 2].isalpha())
        ):
            end += 1
    return Token(WORD, place, end, None, text[place:end])


_SUFFIXES: list[tuple[str, str, Value]] = [
    ("이전", BEFORE, Edge(None)), ("이후", AFTER, Edge(None)), ("직후", AFTER, Edge(False, soon=True)), ("직전", BEFORE, Edge(False, soon=True)),
    ("후", AFTER, Edge(False)), ("뒤", AFTER, Edge(False)), ("때", WHEN, None), ("무렵", WHEN, None),
]  # fmt: skip
"""What is often written together with the Korean noun before it: 석방후."""


def _split(found: list[Token]) -> list[Token]:
    made: list[Token] = []
    for token in found:
        tail = next(
            (
                each
                for each in _SUFFIXES
                if token.kind == WORD and len(token.text) > len(each[0]) + 1 and token.text.endswith(each[0])
            ),
            None,
        )
        if tail is None:
            made.append(token)
            continue
        cut = token.end - len(tail[0])
        made += [
            Token(WORD, token.start, cut, None, token.text[: -len(tail[0])]),
            Token(tail[1], cut, token.end, tail[2], tail[0]),
        ]
    return made


def _mistyped(found: list[Token], language: str) -> list[Token]:
    """Names of months with a slip, next to a number: Feburary 1999."""
    if language != "en":
        return found
    made = list(found)
    for number, token in enumerate(found):
        if token.kind != WORD or len(token.text) < 5 or not token.text.isalpha() or token.text in _NOT_MONTHS:
            continue
        around = found[max(0, number - 1) : number] + found[number + 1 : number + 2]
        if not any(
            each.kind in (NUMBER, "D")
            or (each.kind == FIELD and isinstance(each.value, Fields) and each.value.has_year())
            for each in around
        ):
            continue
        names = [*english.MONTHS, *english.SEASONS]
        like = difflib.get_close_matches(token.text, names, 2, _MISTYPED)
        if like:
            name = like[0]
            value = (
                Fields(season=english.SEASONS[name], uncertain=True)
                if name in english.SEASONS
                else Fields(month=english.month_number(name), uncertain=True)
            )
            made[number] = Token(FIELD, token.start, token.end, value, token.text)
    return made


_NOT_MONTHS = frozenset(
    (
        "string",
        "sprung",
        "mart",
        "maybe",
        "marched",
        "sprint",
        "later",
        "water",
        "number",
        "members",
        "member",
    )
)


def vetoed(found: list[Token]) -> bool:
    """Whether the phrase says that its numbers name something else."""
    return any(token.kind == VETO and token.value == "name" for token in found)


__all__ = ["FILL", "language_of", "tidied", "tokens", "vetoed"]
