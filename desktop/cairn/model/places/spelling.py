"""Spellings of a place's name that mean the same sound: so that Chongjin, Ch'ŏngjin and Cheongjin find 청진, and 용천 finds 룡천.

Both sides are brought to one loose form. In Latin letters that is a skeleton in which the three romanisations, and most of what
people write without one, agree; in Hangul the initial sounds that North and South spell differently (룡/용, 량/양, 라/나,
녕/영) become one. The loose form is only ever compared, never shown.
"""

from __future__ import annotations

import re

from cairn.model import finding

_SUFFIX = re.compile(
    r"[\s-]+(?:special city|city|county|district|province|prefecture|si|shi|gun|kun|ri|ni|li|do|to|dong|tong|ku|gu|guyok"
    r"|kuyok|guyeok|up|eup|rodongjagu|nodongjagu)$"
)
_LETTERS = re.compile(r"[^a-z]+")
_LATIN = (
    ("eo", "o"), ("eu", "u"), ("kk", "k"), ("gg", "k"), ("tt", "t"), ("dd", "t"), ("pp", "p"), ("bb", "p"),
    ("tch", "c"), ("jj", "c"), ("ch", "c"), ("sh", "s"), ("kh", "k"), ("th", "t"), ("ph", "p"), ("g", "k"),
    ("d", "t"), ("b", "p"), ("j", "c"), ("r", "l"), ("ll", "l"), ("nn", "n"), ("mm", "m"), ("ss", "s"),
)  # fmt: skip
"""In this order. MR kŭ and ŏ have lost their marks already (`finding.plain`)."""

_LEAST = 3
"""Letters of a skeleton that can be looked for: shorter ones stand in everything."""


def loose(text: str) -> str:
    """The loose form of a name or of what was typed; empty where there is none that could be compared."""
    plain = finding.plain(text)
    if any("가" <= each <= "힣" for each in plain):
        return "".join(_northern_or_southern(each) for each in plain if not each.isspace())
    if not all("a" <= each <= "z" or each in " -'’" for each in plain):
        # Another script; or a number, which has no spellings: Camp 22 is no Cambodia.
        return ""
    return _skeleton(plain)


def _skeleton(plain: str) -> str:
    bare = _LETTERS.sub("", _SUFFIX.sub("", plain.replace("'", "").replace("’", "")))
    for wide, narrow in _LATIN:
        bare = bare.replace(wide, narrow)
    return bare if len(bare) >= _LEAST else ""


def _northern_or_southern(syllable: str) -> str:
    """ㄹ and ㄴ at the beginning as the South drops them: before i and y nothing, else n."""
    if not "가" <= syllable <= "힣":
        return syllable
    number = ord(syllable) - 0xAC00
    initial, rest = divmod(number, 588)
    vowel = rest // 28
    if initial in (_RIEUL, _NIEUN) and vowel in _IOTIZED:
        return chr(0xAC00 + _IEUNG * 588 + rest)
    return chr(0xAC00 + _NIEUN * 588 + rest) if initial == _RIEUL else syllable


_NIEUN, _RIEUL, _IEUNG = 2, 5, 11
_IOTIZED = frozenset((2, 3, 6, 7, 12, 17, 20))
"""ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ"""
