"""Korean names in Hangul: syllables and their letters, family and given name, and the initial-sound law.

In the North a name keeps its first sound (리, 림, 류, 로, 량, 려), in the South it is lost or softened (이, 임, 유, 노, 양, 여).
Both are one name. 복성, family names of two syllables, are few and listed.
"""

from __future__ import annotations

from typing import NamedTuple

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
SOFT = frozenset("ㅑㅒㅕㅖㅛㅠㅣ")
"""Vowels before which ㄹ and ㄴ at the beginning are lost in the South."""
_FIRST, _LAST = 0xAC00, 0xD7A3

SHARES = {
    # Of a thousand people, roughly; a name that is not here is rarer than any of them.
    "김": 215, "리": 148, "박": 84, "최": 47, "정": 44, "강": 24, "조": 21, "윤": 21, "장": 20, "림": 17, "한": 15,
    "오": 15, "서": 15, "신": 15, "권": 14, "황": 14, "안": 14, "송": 14, "류": 13, "전": 11, "홍": 11, "고": 9, "문": 9,
    "양": 9, "손": 9, "배": 8, "백": 8, "허": 6, "남": 6, "심": 6, "로": 5, "하": 5, "곽": 4, "성": 4, "차": 4, "주": 4,
    "우": 4, "구": 4, "민": 3, "라": 3, "진": 3, "지": 3, "엄": 3, "채": 3, "원": 3, "천": 3, "방": 2, "공": 2, "현": 2,
    "함": 2, "변": 2, "렴": 1, "여": 1, "추": 1, "도": 1, "소": 1, "석": 1, "선": 1, "설": 1, "마": 1, "길": 1, "연": 1,
    "위": 1, "표": 1, "명": 1, "기": 1, "반": 1, "왕": 1, "금": 1, "옥": 1, "육": 1, "인": 1, "맹": 1, "제": 1, "모": 1,
    "탁": 1, "국": 1, "어": 1, "은": 1, "편": 1, "용": 1, "량": 1, "려": 1, "태": 1, "동": 1, "봉": 1, "승": 1, "사": 1,
    "경": 1, "부": 1, "감": 1, "계": 1, "노": 1, "가": 1, "복": 1, "피": 1, "두": 1, "빈": 1, "뢰": 1, "단": 1, "견": 1,
}  # fmt: skip
"""Family names in the northern spelling, with their share in thousandths."""
COMPOUND = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방", "강전", "망절", "장곡", "소봉")
"""Family names of two syllables."""

_LAW = {
    "이": "리",
    "임": "림",
    "유": "류",
    "노": "로",
    "양": "량",
    "여": "려",
    "나": "라",
    "염": "렴",
    "육": "륙",
    "뇌": "뢰",
}
"""Family names of the South beside those of the North, for names that are written in both ways."""
SOUTHERN = {north: south for south, north in _LAW.items()}

GIVEN = (
    "영성철순옥희금명정숙미경수화혁일남호광선은향진춘학복련국용룡상덕봉현월란실심혜애길범석동태만인준민해송근원주웅권식필강창형훈"
    "설별봄연녀분보천충익삼기재우승종하윤지예유서아나빈홍문병규환찬택섭욱표평균걸곤관교구군노단달대도두락래려렬령례로록류률리린림매모"
    "목무배백법비사새소속신양언업엽오완왕요운율음의이임자장전제조죽중직집차채청초추치탁판풍한행허헌협효후휘흥솔슬희겸계고"
)
"""Syllables of given names, roughly the commonest first; what is not here is rare in them."""


class Split(NamedTuple):
    """A name in its two parts. Either may be empty."""

    family: str
    given: str


def letters(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and final of a syllable. Raises ValueError for what is none."""
    code = ord(syllable) - _FIRST
    if not 0 <= code <= _LAST - _FIRST:
        raise ValueError("no Hangul syllable")
    return INITIALS[code // 588], VOWELS[code % 588 // 28], FINALS[code % 28]


def syllable(initial: str, vowel: str, final: str = "") -> str:
    """The syllable of three letters."""
    code = (INITIALS.index(initial) * 21 + VOWELS.index(vowel)) * 28 + FINALS.index(final)
    return chr(_FIRST + code)


def is_syllable(char: str) -> bool:
    """Whether it is one whole Hangul syllable."""
    return _FIRST <= ord(char) <= _LAST


def share(family: str) -> int:
    """How many of a thousand people have this family name, at least one; of names under the law, both together."""
    return SHARES.get(_LAW.get(family, family), 0) or SHARES.get(family, 0) or 1


def is_family(text: str) -> bool:
    """Whether people are called so by family name, in either spelling."""
    return text in SHARES or text in _LAW or text in SOUTHERN or text in COMPOUND


def splits(name: str) -> list[Split]:
    """The ways to part a name of nothing but syllables, the most usual first.

    영숙이 may be 영숙 with the 이 of address; 명수 a given name alone or 명 with one syllable behind it.
    """
    found: list[Split] = []
    if len(name) >= 3 and name[:2] in COMPOUND:
        found.append(Split(name[:2], name[2:]))
    if len(name) >= 2 and is_family(name[0]):
        found.append(Split(name[0], name[1:]))
    called = len(name) == 3 and name[2] == "이"
    if called:
        found.append(Split("", name[:2]))
    if not found or (len(name) == 2 and share(name[0]) < 20):
        found.append(Split("", name))
    if len(name) == 1 and is_family(name):
        found.insert(0, Split(name, ""))
    return found


def northern(part: str, *, family: bool) -> str:
    """A part as the North may write it: the first sound of a family name put back where the South has lost it."""
    if family:
        return _LAW.get(part, part)
    return part


def southern(part: str) -> str:
    """A part as the South writes it: 룡현 is 용현, 리 is 이, 로 is 노, 녀 is 여."""
    if not part or not is_syllable(part[0]):
        return part
    initial, vowel, final = letters(part[0])
    if initial == "ㄹ":
        initial = "ㅇ" if vowel in SOFT else "ㄴ"
    elif initial == "ㄴ" and vowel in SOFT:
        initial = "ㅇ"
    return syllable(initial, vowel, final) + part[1:]
