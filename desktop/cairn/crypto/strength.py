"""Passphrases that are easy to keep and hard to guess: suggesting them, and judging a chosen one."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache

from cairn.crypto import wordlists

_LANGUAGES = {"en": "english", "ko": "korean"}
_WORD_BITS = 11.0
_PIECES = re.compile(r"[a-z]+|[가-힣]+|[0-9]+|\s+|.", re.DOTALL)
_RUNS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "가나다라마바사아자차카타파하",
)
_COMMON = frozenset(
    (
        *("password", "passwort", "passphrase", "pass", "letmein", "welcome", "admin", "login", "master"),
        *("secret", "dragon", "monkey", "football", "iloveyou", "princess", "sunshine", "shadow", "test"),
        *("superman", "changeme", "guest", "cairn", "vault", "비밀번호", "사랑해", "안녕", "대한민국"),
    )
)


_LINE_ENDS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_FIRST, _LAST = "가", "힣"
# The keys of the Korean two-set keyboard as a Latin keyboard names them: initial, medial, final letters of a syllable.
_INITIALS = ("r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g")
_MEDIALS = (
    *("k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m"),
    *("ml", "l"),
)
_FINALS = (
    *("", "r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a", "q"),
    *("qt", "t", "T", "d", "w", "c", "z", "x", "v", "g"),
)


def without_line_ends(text: str) -> str:
    """A secret as it was meant: a line end that came with it (pasted, from a file) is no part of it.

    One in the midst of it, where a long line was wrapped, is a space.
    """
    return _LINE_ENDS.sub(" ", _LINE_ENDS.sub("\n", text).strip("\n"))


def has_blank_ends(text: str) -> bool:
    """Whether a secret begins or ends with a blank, which nobody sees."""
    return text != text.strip()


def latin_keys(words: str) -> str:
    """Korean words as the Latin letters of the same keys: what can be typed where no input method composes."""
    return "".join(_keys(letter) for letter in unicodedata.normalize("NFC", words))


def _keys(letter: str) -> str:
    if not _FIRST <= letter <= _LAST:
        return letter
    number = ord(letter) - ord(_FIRST)
    initial, rest = divmod(number, len(_MEDIALS) * len(_FINALS))
    medial, final = divmod(rest, len(_FINALS))
    return _INITIALS[initial] + _MEDIALS[medial] + _FINALS[final]


def suggest_passphrase(words: int = 6, *, language: str = "en") -> str:
    """Random words with spaces between, 11 bits each. `language` is `en` or `ko`.

    Korean ones are for reading: what is typed of them are their `latin_keys`.
    """
    listed = wordlists.words(_LANGUAGES[language])
    return " ".join(secrets.choice(listed) for _ in range(words))


def strength_bits(passphrase: str) -> float:
    """A cautious guess of how many bits an attacker who knows how people choose must try.

    A word counts as a word, not as its letters; a year, a run on the keyboard or a piece said twice counts
    almost nothing. It is a guess: only a suggested passphrase has a strength that is known.
    """
    text = unicodedata.normalize("NFKC", passphrase)
    bits = 0.0
    seen: set[str] = set()
    known = _typed_korean()
    pieces = [known.get(piece, piece) for piece in re.split(r"(\s+)", text)]
    # A capital in a Korean word is the key of another letter, not a choice.
    text = "".join(pieces)
    for piece in _PIECES.findall(text.casefold()):
        bits += 1.0 if piece in seen else _piece_bits(piece)
        seen.add(piece)
    # Capitals add a little each, not another alphabet: people put them at the beginning of words.
    capitals = sum(1 for letter in text if letter.isupper())
    return round(bits + min(capitals, 8) * 0.5, 1) if bits else 0.0


@cache
def _typed_korean() -> dict[str, str]:
    """Latin keys of the Korean words of the list → the word: known to whoever knows the list, so worth no more."""
    return {latin_keys(word): unicodedata.normalize("NFC", word) for word in wordlists.words("korean")}


def _piece_bits(piece: str) -> float:
    if piece.isspace():
        return 0.0
    if piece in _COMMON:
        return 3.0
    if len(set(piece)) == 1:
        return _symbol_bits(piece[0]) + 0.5 * (len(piece) - 1)
    if len(piece) > 2 and any(piece in run or piece[::-1] in run for run in _RUNS):
        return 4.0
    if any(piece in wordlists.positions(listed) for listed in _LANGUAGES.values()):
        return _WORD_BITS
    if piece.isdecimal():
        if len(piece) == 4 and piece[:2] in ("19", "20"):
            return 6.0
        return 3.0 * len(piece)
    if "가" <= piece[0] <= "힣":
        return 5.5 * len(piece)
    # Letters of a language carry about two bits each after the first few.
    return 4.0 * min(len(piece), 3) + 2.0 * max(len(piece) - 3, 0)


def _symbol_bits(symbol: str) -> float:
    if symbol.isdecimal():
        return 3.0
    return 4.0 if symbol.isascii() else 7.0
