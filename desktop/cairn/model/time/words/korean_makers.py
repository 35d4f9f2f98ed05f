"""What a Korean word of time says, made of its match: years, months, days, seasons, ages. ValueError: it is not this after all."""

from __future__ import annotations

import re

from cairn.model.time.words.fields import LAST_DAY, Base, Fields, Unit
from cairn.model.time.words.holidays import FARMING
from cairn.model.time.words.numbers import value
from cairn.model.time.words.token import Age, Length, Make, Value

SEASONS = {"봄": 21, "여름": 22, "가을": 23, "겨울": 24}


DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10,
    "보름": 15, "스무날": 20, "그믐": LAST_DAY,
}  # fmt: skip


_SMALL = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "여드레": 8,
    "아흐레": 9,
}


STEMS, BRANCHES = "갑을병정무기경신임계", "자축인묘진사오미신유술해"


def year_of(m: re.Match[str]) -> Value:
    text = m[1].lstrip("'’`").replace(" ", "")
    low, high = value(text)
    if low != high:
        raise ValueError("no year")
    if len(text) == 2 and text.isdecimal() or low < 100:
        return Fields(two=low)
    if not 1000 <= low <= 2999:
        raise ValueError("no year")
    return Fields(year=low)


def year_long(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    if not 1800 <= low <= 2999:
        raise ValueError("no year")
    return Fields(year=low)


def one_digit_too_many(m: re.Match[str]) -> Value:
    years = {m[1][:n] + m[1][n + 1 :] for n in range(5)}
    made = tuple(Fields(year=int(y), uncertain=True) for y in sorted(years) if "1900" <= y <= "2100")
    if not made:
        raise ValueError("no year")
    return made


def which(text: str) -> Fields:
    return Fields(two=int(text)) if len(text) == 2 else Fields(year=int(text))


def few(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    return Fields(decade=low * 10 if low < 10 else low)


def decade(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    if low % 10 or not (low < 100 or 1000 <= low < 2990):
        raise ValueError("no decade")
    return Fields(decade=low)


def length_of(unit: Unit) -> Make:
    def make(m: re.Match[str]) -> Value:
        low, high = value(m[1])
        return Length(unit, low, high)

    return make


def month_of(m: re.Match[str]) -> Value:
    word = m[1].replace(" ", "")
    low, high = value({"유": "6", "시": "10"}.get(word, word))
    return Fields(month=low) if low == high else months(low, high)


def single(text: str) -> int:
    """One number. Raises ValueError for two in one breath."""
    low, high = value(text)
    if low != high:
        raise ValueError("two numbers")
    return low


def months(low: int, high: int) -> Fields:
    """칠팔월: in one of two months, or both."""
    if not 1 <= low < high <= 12:
        raise ValueError("no months")
    return Fields(span=(low, 1, high, 31))


def lunar_day(m: re.Match[str]) -> Value:
    word = re.sub(r"\s|(?<=.)날$|샛날$", "", m[0])
    for prefix, tens in (("초", 0), ("열", 10), ("스무", 20)):
        rest = word.removeprefix(prefix)
        if rest == word:
            continue
        stem = next(
            (n for key, n in _SMALL.items() if rest and key.startswith(rest[:2]) or rest == key[:1]), None
        )
        if rest == "흘" and prefix == "열":
            return Fields(day=10, lunar="maybe")
        if rest == "열흘":
            return Fields(day=10, lunar="maybe")
        if stem:
            return Fields(day=tens + stem, lunar="maybe")
    if m[0].startswith("스무날") or word == "스무":
        return Fields(day=20, lunar="maybe")
    raise ValueError("no day")


def season_of(m: re.Match[str]) -> Value:
    before, after = (m[1] or "").strip(), (m[3] or "").strip()
    part = {
        "초": "early",
        "이른": "early",
        "늦": "late",
        "늦은": "late",
        "한": "middle",
        "깊은": "middle",
    }.get(before)
    part = part or {"초": "early", "초입": "early", "말": "late", "끝": "late", "끝자락": "late"}.get(after)
    return Fields(season=SEASONS[m[2]], part=part)


def cycle(m: re.Match[str]) -> Value:
    stem, branch = STEMS.index(m[1]), BRANCHES.index(m[2])
    both = [stem, stem if m[1] != "신" else 7]
    branches = {n for n, c in enumerate(BRANCHES) if c == m[2]} | {branch}
    for n in range(60):
        if n % 10 in both and n % 12 in branches:
            return Fields(cycle=n)
    raise ValueError("no such year of the cycle")


def age_of(m: re.Match[str]) -> Value:
    low, high = value(m[1])
    if not 0 < low <= high < 120:
        raise ValueError("no age")
    return Age(low, high)


def tens(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    return Age(low, low + 9)


def tens_of(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    first, last = {"초": (0, 3), "초반": (0, 3), "중반": (4, 6)}.get(m[2], (7, 9))
    return Age(low + first, low + last)


def span_of(name: str) -> tuple[int, int, int, int]:
    return FARMING[name]


def base_of(who: str, unit: str, n: int, **more: bool) -> Fields:
    return Fields(base=Base(who, unit, n), **more)  # type: ignore[arg-type]
