"""Chinese characters in names: how they are read in Korean, and in Mandarin, where surnames are read in ways of their own.

`resources/han/readings.json` has the usual readings of about 8,700 characters; this module adds what is read
differently in a surname. A Korean reading says how somebody's *own* name sounds. A Chinese name that a woman was given
in a household says nothing of her Korean one, and nobody here concludes from one to the other.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import NamedTuple

from cairn import resources

_KOREAN_SURNAMES = {
    "金": "김", "车": "차", "車": "차", "单": "선", "單": "선", "仇": "구", "任": "임", "葉": "엽", "叶": "엽", "沈": "심",
    "泰": "태", "丁": "정", "李": "리", "石": "석", "魚": "어", "鱼": "어", "丰": "풍", "豐": "풍",
}  # fmt: skip
_MANDARIN_SURNAMES = {
    "朴": "piao", "单": "shan", "單": "shan", "解": "xie", "仇": "qiu", "曾": "zeng", "查": "zha", "任": "ren", "区": "ou",
    "區": "ou", "盖": "ge", "蓋": "ge", "翟": "zhai", "冼": "xian", "缪": "miao", "繆": "miao", "乐": "yue", "樂": "yue",
    "覃": "qin", "逄": "pang", "那": "na", "员": "yun", "員": "yun", "盛": "sheng", "折": "she", "秘": "bi", "召": "shao",
    "薄": "bo", "种": "chong", "尹": "yin", "华": "hua", "華": "hua", "宁": "ning", "寧": "ning", "燕": "yan", "纪": "ji",
    "尉": "wei", "哈": "ha", "洗": "xian", "沈": "shen", "车": "che", "車": "che", "石": "shi", "牟": "mu", "行": "xing",
    "黑": "he", "隗": "kui", "教": "jiao", "晟": "cheng", "訾": "zi", "撒": "sa", "褚": "chu", "句": "gou", "阚": "kan",
    "谌": "chen", "郗": "xi", "郇": "xun", "长": "zhang", "祭": "zhai", "幺": "yao", "应": "ying", "應": "ying", "葛": "ge",
    "曲": "qu", "卜": "bu", "重": "chong", "参": "shen", "適": "ti", "臧": "zang", "呙": "guo", "佴": "nai", "厍": "she",
}  # fmt: skip
"""Characters that are, or may be mistaken to be, read otherwise as a surname than elsewhere."""
_MANDARIN_COMPOUND = {
    "万俟": "moqi", "尉迟": "yuchi", "尉遲": "yuchi", "长孙": "zhangsun", "長孫": "zhangsun", "令狐": "linghu", "澹台": "tantai",
    "欧阳": "ouyang", "歐陽": "ouyang", "司马": "sima", "司馬": "sima", "上官": "shangguan", "诸葛": "zhuge", "諸葛": "zhuge",
    "司徒": "situ", "东方": "dongfang", "東方": "dongfang", "皇甫": "huangfu", "独孤": "dugu", "慕容": "murong", "夏侯": "xiahou",
    "端木": "duanmu", "公孙": "gongsun", "南宫": "nangong", "南宮": "nangong", "西门": "ximen", "西門": "ximen",
    "鲜于": "xianyu", "鮮于": "xianyu", "呼延": "huyan", "宇文": "yuwen",
}  # fmt: skip
_KOREAN_COMPOUND = {
    "南宮": "남궁", "南宫": "남궁", "皇甫": "황보", "諸葛": "제갈", "诸葛": "제갈", "鮮于": "선우", "鲜于": "선우", "獨孤": "독고",
    "独孤": "독고", "司空": "사공", "西門": "서문", "西门": "서문", "東方": "동방", "东方": "동방",
}  # fmt: skip
_SURNAMES = (
    "an ao bai ban bao bi bian bo bu cai cao cen chai chang che chen cheng chi chu cui dai dang deng di "
    "diao ding dong dou du duan fan fang fei feng fu gan gao ge geng gong gou gu guan guo hai han hao he "
    "hong hou hu hua huang huo ji jia jiang jiao jin jing ju kang ke kong kuang lai lan lang lei leng li "
    "lian liang liao lin ling liu long lou lu luan luo lü ma mao mei meng mi miao min mo mu ni nie ning "
    "niu ou ouyang pan pang pei peng pi piao ping pu qi qian qiang qiao qin qiu qu ran ren rong ruan sha "
    "shan shang shao shen sheng shi shu sima song su sui sun tan tang tao teng tian tong tu wan wang wei "
    "wen weng wu xi xia xian xiang xiao xie xin xing xiong xu xue yan yang yao ye yi yin ying you yu yuan "
    "yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhong zhou zhu zhuang zhuo zong zou zu zuo"
)
CHINESE_SURNAMES = frozenset(_SURNAMES.split())
"""In pinyin, for which word of a name is the surname."""


class Written(NamedTuple):
    """A name in characters, in its two parts."""

    family: str
    given: str


@cache
def _tables() -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, tuple[str, ...]]]:
    read: dict[str, dict[str, str]] = json.loads(resources.read_text("han/readings.json"))
    korean: dict[str, tuple[str, ...]] = {}
    for reading, characters in read["korean"].items():
        for each in characters:
            korean[each] = (*korean.get(each, ()), reading)
    mandarin = {each: reading for reading, characters in read["mandarin"].items() for each in characters}
    sounds: dict[str, tuple[str, ...]] = {}
    for reading, characters in read["mandarin"].items():
        heard = {way for each in characters for way in korean.get(each, ())}
        sounds[reading] = tuple(sorted(heard))
    return korean, mandarin, sounds


def is_han(char: str) -> bool:
    """Whether it is a Chinese character."""
    return (
        "\u3400" <= char <= "\u4dbf"
        or "\u4e00" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0003ffff"
    )


def split(name: str) -> Written:
    """Family and given name of a name of nothing but characters."""
    size = 2 if len(name) > 2 and (name[:2] in _MANDARIN_COMPOUND or name[:2] in _KOREAN_COMPOUND) else 1
    return Written(name[:size], name[size:])


def korean(written: Written) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """How the parts are read in Korean, in the northern spelling: for each syllable what it may be; empty where not known."""
    known = _tables()[0]
    if written.family in _KOREAN_COMPOUND:
        family: list[tuple[str, ...]] = [(each,) for each in _KOREAN_COMPOUND[written.family]]
    else:
        own = _KOREAN_SURNAMES.get(written.family)
        family = [(own,) if own else known.get(written.family, ())] if written.family else []
    return family, [known.get(each, ()) for each in written.given]


def pinyin(written: Written) -> tuple[str, list[str]]:
    """How the parts are read in Mandarin, without tones: the surname as surnames are; empty where a reading is not known."""
    known = _tables()[1]
    family = _MANDARIN_COMPOUND.get(written.family) or _MANDARIN_SURNAMES.get(written.family)
    return family or known.get(written.family, ""), [known.get(each, "") for each in written.given]


def in_latin(written: Written) -> str:
    """The name as it is written in pinyin: Zhang Yuli. Empty where a character's reading is not known."""
    family, given = pinyin(written)
    if not family or not all(given):
        return ""
    joined = given[0] if given else ""
    for each in given[1:]:
        joined += ("'" if each[0] in "aeo" else "") + each
    return " ".join(part.capitalize() for part in (family, joined) if part)


def is_pinyin(syllable: str) -> bool:
    """Whether it is a syllable of Mandarin, without a tone."""
    return syllable in _tables()[2]


def korean_of_pinyin(syllable: str, *, surname: bool) -> tuple[str, ...]:
    """Korean readings of all characters that are read so in Mandarin: what somebody's own name in pinyin may sound like."""
    if surname:
        return _KOREAN_OF_SURNAMES.get(syllable, ())
    return _tables()[2].get(syllable, ())


_WORDS = re.compile(r"[^\W\d_]+")
_APOSTROPHES = re.compile("['’‘ʼ]")


def pinyin_words(text: str) -> list[list[str]] | None:
    """The words of a name as syllables of Mandarin; None where they are none, or no surname is among them."""
    words = [word.replace("v", "ü") for word in _WORDS.findall(_APOSTROPHES.sub("", text.casefold()))]
    if not 2 <= len(words) <= 4:
        return None
    parts = [pinyin_syllables(word) for word in words]
    if not all(parts) or not {words[0], words[-1]} & CHINESE_SURNAMES:
        return None
    return parts


@lru_cache(8192)
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
            if is_pinyin(word[start:end]) and (known is None or len(known) > len(so_far) + 1):
                reached[end] = [*so_far, word[start:end]]
    return reached[-1] or []


_KOREAN_OF_SURNAMES = {
    "piao": ("박",), "pu": ("박",), "jin": ("김", "진"), "li": ("리", "려"), "cui": ("최",), "zheng": ("정",), "jiang": ("강", "장"),
    "zhao": ("조",), "yin": ("윤", "은"), "zhang": ("장",), "lin": ("림",), "ren": ("임",), "han": ("한",), "wu": ("오",),
    "xu": ("서", "허"), "shen": ("신", "심"), "xin": ("신",), "quan": ("권", "전"), "huang": ("황",), "an": ("안",), "song": ("송",),
    "liu": ("류",), "tian": ("전",), "hong": ("홍",), "gao": ("고",), "wen": ("문",), "liang": ("량",), "yang": ("양",), "sun": ("손",),
    "pei": ("배",), "bai": ("백",), "nan": ("남",), "lu": ("로", "륙"), "he": ("하",), "guo": ("곽",), "cheng": ("성",), "che": ("차",),
    "zhu": ("주",), "yu": ("우", "유", "어"), "ju": ("구",), "qiu": ("구",), "min": ("민",), "luo": ("라",), "chen": ("진",), "chi": ("지",),
    "yan": ("엄", "연"), "cai": ("채",), "yuan": ("원",), "qian": ("천",), "fang": ("방",), "kong": ("공",), "xuan": ("현",),
    "xian": ("함", "현"), "bian": ("변",), "lian": ("렴", "련"), "lü": ("려",), "dao": ("도",), "su": ("소",), "shi": ("석",),
    "xue": ("설",), "ma": ("마",), "ji": ("길", "기"), "wei": ("위",), "biao": ("표",), "ming": ("명",), "wang": ("왕",), "tai": ("태",),
    "dong": ("동",), "feng": ("봉",), "ding": ("정",), "cao": ("조",), "du": ("두",), "meng": ("맹",), "pan": ("반",), "zhuo": ("탁",),
}  # fmt: skip
