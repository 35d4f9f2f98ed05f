"""Korean words of time, of the north and the south."""

from __future__ import annotations

import re

from cairn.model.time.words.fields import LAST_DAY, Base, Fields, Unit
from cairn.model.time.words.holidays import FARMING
from cairn.model.time.words.numbers import NATIVE, PAIR, SINO, TENS, value
from cairn.model.time.words.token import (
    ABOUT,
    AFTER,
    AGE,
    AND,
    BEFORE,
    BETWEEN,
    EVERY,
    FIELD,
    FILL,
    FIRST_BIRTHDAY,
    FROM,
    FROM_OR_AT,
    LASTS,
    LENGTH,
    MAYBE,
    NEXT,
    NOT,
    OR,
    ORDINAL,
    RECKONING,
    SCHOOL,
    THAT,
    TO,
    VETO,
    WHEN,
    ZODIAC,
    Age,
    Edge,
    Entry,
    Length,
    Make,
    Value,
    entry,
)  # fmt: skip

_N = rf"(?:\d+\s?[-~,]\s?\d+|{TENS}\s?{PAIR}|\d+|{PAIR}|{NATIVE}|{SINO})"
_TIED = r"(?=(?:에|까지|부터|의|은|는|이|도|쯤|께|경|로|엔|면|이면|인가|이던|였|이었|생)?(?:[^가-힣]|$)|에서|부터|까지|이[었나]|였)"
"""Where a short word ends: before a particle, or at the end of a word."""
_LASTING = r"(?=\s*(?:동안|간(?![가-힣])|간의|형(?![가-힣제])|만에|째|차|넘게|이상|교화|징역|세월|전에|전(?![가-힣])|뒤|후|지나|걸리|걸려|살았|살다|있다|있었))"
_DAY_ENDS = (
    r"(?=[^가-힣]|$|에|부터|까지|쯤|경(?![가-힣기])|께|이(?![상제])|은|도|의|인|생|날|전|후|뒤|밤|아침|저녁|새벽|오전|오후|정도|자|로|을|과|와|"
    r"하고|아니|무렵|동안|간|째|즈음|만|되|지|내|언저리|가량|남짓|됐|된)"
)
"""What follows the day of a month: particles, hours, edges; else 일 is part of another word."""
_SEASONS = {"봄": 21, "여름": 22, "가을": 23, "겨울": 24}
_DAYS = {
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
_STEMS, _BRANCHES = "갑을병정무기경신임계", "자축인묘진사오미신유술해"


def _year(m: re.Match[str]) -> Value:
    text = m[1].lstrip("'’`").replace(" ", "")
    low, high = value(text)
    if low != high:
        raise ValueError("no year")
    if len(text) == 2 and text.isdecimal() or low < 100:
        return Fields(two=low)
    if not 1000 <= low <= 2999:
        raise ValueError("no year")
    return Fields(year=low)


def _year_long(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    if not 1800 <= low <= 2999:
        raise ValueError("no year")
    return Fields(year=low)


def _one_digit_too_many(m: re.Match[str]) -> Value:
    years = {m[1][:n] + m[1][n + 1 :] for n in range(5)}
    made = tuple(Fields(year=int(y), uncertain=True) for y in sorted(years) if "1900" <= y <= "2100")
    if not made:
        raise ValueError("no year")
    return made


def _which(text: str) -> Fields:
    return Fields(two=int(text)) if len(text) == 2 else Fields(year=int(text))


def _few(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    return Fields(decade=low * 10 if low < 10 else low)


def _decade(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    if low % 10 or not (low < 100 or 1000 <= low < 2990):
        raise ValueError("no decade")
    return Fields(decade=low)


def _length(unit: Unit) -> Make:
    def make(m: re.Match[str]) -> Value:
        low, high = value(m[1])
        return Length(unit, low, high)

    return make


def _month(m: re.Match[str]) -> Value:
    word = m[1].replace(" ", "")
    low, high = value({"유": "6", "시": "10"}.get(word, word))
    return Fields(month=low) if low == high else _months(low, high)


def _single(text: str) -> int:
    """One number. Raises ValueError for two in one breath."""
    low, high = value(text)
    if low != high:
        raise ValueError("two numbers")
    return low


def _months(low: int, high: int) -> Fields:
    """칠팔월: in one of two months, or both."""
    if not 1 <= low < high <= 12:
        raise ValueError("no months")
    return Fields(span=(low, 1, high, 31))


def _lunar_day(m: re.Match[str]) -> Value:
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


def _season(m: re.Match[str]) -> Value:
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
    return Fields(season=_SEASONS[m[2]], part=part)


def _cycle(m: re.Match[str]) -> Value:
    stem, branch = _STEMS.index(m[1]), _BRANCHES.index(m[2])
    both = [stem, stem if m[1] != "신" else 7]
    branches = {n for n, c in enumerate(_BRANCHES) if c == m[2]} | {branch}
    for n in range(60):
        if n % 10 in both and n % 12 in branches:
            return Fields(cycle=n)
    raise ValueError("no such year of the cycle")


def _age(m: re.Match[str]) -> Value:
    low, high = value(m[1])
    if not 0 < low <= high < 120:
        raise ValueError("no age")
    return Age(low, high)


def _tens(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    return Age(low, low + 9)


def _tens_of(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    first, last = {"초": (0, 3), "초반": (0, 3), "중반": (4, 6)}.get(m[2], (7, 9))
    return Age(low + first, low + last)


def _span(name: str) -> tuple[int, int, int, int]:
    return FARMING[name]


def _base(who: str, unit: str, n: int, **more: bool) -> Fields:
    return Fields(base=Base(who, unit, n), **more)  # type: ignore[arg-type]


_HOLIDAYS = {
    "sun": "태양절|4\\s?[.·월]\\s?15\\s?(?:일)?\\s?(?:명절|절)|김일성\\s?(?:주석\\s?|수령\\s?)?생일|수령님?\\s?생일",
    "shining-star": "광명성절|2\\s?[.·월]\\s?16\\s?(?:일)?\\s?(?:명절|절)|김정일\\s?(?:위원장\\s?|장군님?\\s?)?생일|장군님?\\s?생일",
    "founding-day": "9\\s?[.·월]\\s?9\\s?(?:일)?\\s?절|구구절|공화국\\s?창건(?:일|절)|정권\\s?수립일|국경절",
    "party-day": "(?:조선로동당|로동당|노동당)?\\s?당?\\s?창건(?:일|절)|10\\s?[.·월]\\s?10\\s?(?:일)?\\s?절|쌍십절|당\\s?창건\\s?기념일",
    "victory-day": "전승절|7\\s?[.·]\\s?27\\s?절|조국해방전쟁\\s?승리(?:의\\s?)?(?:날|기념일)",
    "liberation-day": "8\\s?[.·]\\s?15\\s?(?:절|해방)|해방절|광복절|조국\\s?해방(?:의\\s?)?(?:날|기념일)|해방의\\s?날",
    "army-day-april": "4\\s?[.·]\\s?25\\s?절|인민군\\s?창건(?:일|절)|조선인민군\\s?창건일",
    "army-day-february": "2\\s?[.·]\\s?8\\s?절", "army-day": "건군절",
    "womens-day": "3\\s?[.·]\\s?8\\s?(?:부녀)?절|(?:국제)?부녀절|여성의\\s?날", "labour-day": "5\\s?[.·]\\s?1\\s?절|[로노]동절|메이데이",
    "childrens-day": "6\\s?[.·]\\s?1\\s?절|(?:국제)?아동절|어린이절", "songun-day": "선군절", "constitution-day": "헌법절",
    "mothers-day-dprk": "어머니날", "tree-day": "식수절", "youth-day-dprk": "청년절",
    "new-year": "신정|양력\\s?설날?|새해\\s?첫날|양력\\s?새해", "march-first": "삼일절|3\\s?[.·]\\s?1\\s?절",
    "christmas": "성탄절|크리스마스", "christmas-eve": "크리스마스\\s?이브",
    "lunar-new-year": "음력\\s?설날?|구정|민속\\s?설", "seol": "설날|설(?:\\s?명절)?(?=에|이|때|\\s|$|쯤|전|후|무렵|을|날|부터|까지)|정월\\s?초(?:하룻날|하루)",
    "first-full-moon": "정월\\s?대?보름(?:날)?|대보름(?:날)?", "double-third": "삼짇날", "buddha": "초파일|석가탄신일|부처님\\s?오신\\s?날",
    "dano": "단오(?:날|절)?", "yudu": "유두(?:날)?", "double-seventh": "칠석(?:날)?", "ghosts": "백중(?:날)?",
    "chuseok": "추석(?:날|\\s?명절)?|한가위|중추절|팔월\\s?대?보름", "double-ninth": "중양절", "hansik": "한식(?:날)?",
    "last-night": "섣달\\s?그믐(?:날)?|까치\\s?설날?|제야",
    "qingming": "청명(?:날|절)?", "dongzhi": "동짓날|동지(?:날|\\s?팥죽)?(?=에|이|때|\\s|$|쯤|전|후|무렵|날|를|가)", "xiazhi": "하지(?:날)?(?=에|때|\\s|$|쯤|전|후|무렵|날)",
    "lichun": "입춘", "yushui": "우수(?=에|때|\\s|$|경칩|쯤|무렵)", "jingzhe": "경칩", "chunfen": "춘분", "guyu": "곡우", "lixia": "입하",
    "xiaoman": "소만", "mangzhong": "망종", "xiaoshu": "소서", "dashu": "대서", "liqiu": "입추", "chushu": "처서", "bailu": "백로",
    "qiufen": "추분", "hanlu": "한로", "shuangjiang": "상강", "lidong": "입동", "xiaoxue": "소설(?=에|때|\\s*$)", "daxue": "대설",
    "xiaohan": "소한", "dahan": "대한(?=에|때|\\s*$|\\s?(?:추위|무렵))",
}  # fmt: skip
_FARMING = {
    "manure": "퇴비\\s?(?:전투|철|내기|생산)?", "azalea": "진달래(?:꽃)?", "apricot": "살구꽃|복숭아꽃|벚꽃|배꽃", "acacia": "아카시아(?:꽃)?",
    "barley-hump": "보릿고개|춘궁기", "sowing": "씨\\s?뿌리기|씨\\s?뿌릴|파종(?:기|철)?|강냉이\\s?심", "planting": "모내기(?:\\s?전투|철)?|모\\s?심기|모\\s?낼|농촌\\s?(?:동원|지원)",
    "weeding": "김매기(?:철)?|김\\s?맬", "barley-harvest": "보리\\s?(?:가을|타작|베기|벨)|밀\\s?(?:가을|보리)", "potatoes": "감자\\s?(?:캐기|캘|철|가을)|햇감자",
    "rains": "장마(?:철|비|비철)?", "maize-harvest": "강냉이\\s?(?:가을|철|따기|딸)|옥수수\\s?(?:가을|철|따기|딸|수확)", "maize-green": "풋강냉이|풋옥수수",
    "harvest": "가을걷이(?:철|\\s?전투)?|추수(?:철|기)?|벼\\s?(?:베기|벨|가을|가을걷이)|타작(?:철)?|탈곡(?:철|기)?|수확(?:철|기)",
    "kimchi": "김장(?:철|때|\\s?전투)?", "first-snow": "첫눈", "first-frost": "첫서리", "frozen": "(?:강물?|압록강|두만강)이?\\s?(?:얼[었어면고음]?|언)",
    "thaw": "(?:강물?|압록강|두만강)이?\\s?(?:풀리|풀릴|풀렸|녹)|해토(?:머리|무렵)?|얼음(?:이)?\\s?(?:풀|녹)",
}  # fmt: skip

ENTRIES: list[Entry] = [
    # Years
    entry(r"주체\s*(\d{1,3}|[영공일이삼사오육륙칠팔구십백]+)\s*년?(?:도|생)?(?=[^가-힣]|$|에|의|부터|까지|생|도|이|쯤|경)", FIELD,
          lambda m: Fields(juche=value(m[1])[0])),
    entry(r"주체\s*(\d{1,3})\s*년?\s*\(\s*((?:19|20)\d\d)\s*년?\s*\)\s*년?", FIELD, lambda m: Fields(juche=int(m[1]), year=int(m[2]))),
    entry(r"((?:19|20)\d\d)\s*년?\s*\(\s*주체\s*(\d{1,3})\s*년?\s*\)\s*년?", FIELD, lambda m: Fields(juche=int(m[2]), year=int(m[1]))),
    entry(rf"((?:19|20|18)\d\d|{SINO})\s?년(?:도)?생?(?!대|\s?동안|\s?간)", FIELD, _year_long),
    entry(rf"(['’`]?\d\d|[영공령일이삼사오육륙칠팔구십]{{2,3}})\s?년(?:도에|도|생|생이)?(?!대|{_LASTING[3:-1]})", FIELD, _year),
    entry(r"(['’`]\d\d)(?!\d)(?:년(?:도)?)?", FIELD, _year),
    entry(r"((?:4[1-9]|[5-9]\d|0\d))\s?년(?:도)?(?=\s*(?:전|후|뒤))", FIELD, _year),
    entry(r"(\d{2}|\d{4})\s?[-~/,·]\s?(\d{2}|\d{4})\s?년(?!\s*(?:동안|간|전|뒤|후))", "W", lambda m: (_which(m[1]), _which(m[2]))),
    entry(r"(\d{5})\s?년(?:도)?", FIELD, _one_digit_too_many), entry(r"(?<!\d)\d{3}\s?년", VETO, "name"),
    entry(rf"({_N})\s*년(?:\s?세월|여(?!름))?", LENGTH, _length("years")),
    entry(rf"({_N}|이)\s*년\s*반", LENGTH, lambda m: Length("months", value(m[1])[0] * 12 + 6, value(m[1])[0] * 12 + 6)),
    entry(r"([0-9일이삼사오육칠팔구]0?십?)\s?(?:몇|여)\s?년(?:도|쯤)?(?!대|\s*(?:전|뒤|후|동안|만|간))", FIELD, _few),
    entry(r"(\d\d)\s?몇\s?년(?:도)?(?!대|\s*(?:전|뒤|후|동안|만|간))", FIELD, lambda m: Fields(decade=int(m[1]) // 10 * 10)),
    entry(r"(\d{2}|\d{4}|[일이삼사오육칠팔구십백천]+)\s?년대", FIELD, _decade),
    entry(rf"([{_STEMS}])([{_BRANCHES}])\s?년(?:생)?", FIELD, _cycle),
    entry(r"주체\s*(?:\d{2}|[일이삼사오육칠팔구십]+)\s?년대", VETO, "name"), entry(r"\d{2,4}\s?년\s?(?:식|형|산)(?![가-힣])", VETO),
    entry(r"(?:십|열|1[0-9])\s?여\s?(?:년|해)|여남은\s?해|십\s?수\s?년|십\s?몇\s?년", LENGTH, Length("years", 10, 19)), entry(r"이십\s?여\s?년|20\s?여\s?년|스무\s?해\s?남짓", LENGTH, Length("years", 20, 29)),
    entry(r"(\d{1,2})\s?,\s?(\d{1,2})\s?월(?:달)?", FIELD, lambda m: _months(int(m[1]), int(m[2]))),
    entry(r"(?:넘게|도\s?더|남짓\s?더|이상)\s?(?:전|뒤|후)(?:에)?|채?\s?(?:도\s?)?(?:안|못)\s?(?:돼|되)[^\s]*", VETO, "name"),
    entry(rf"({_N})\s?년(?:도)?\s?(?:더|넘게|이상)\s?(?:된|지난|전|뒤|후)[^\s]*", VETO, "name"),
    entry(r"며칠(?:간)?(?=\s?(?:전|뒤|후|쯤|만에|지나))", LENGTH, Length("days", 2, 9)),
    entry(r"음(?=\s?\d|\s?[일이삼사오륙육칠팔구십유시]+\s?월)", FIELD, Fields(lunar="yes")), entry(r"양(?=\s?\d|\s?[일이삼사오륙육칠팔구십유시]+\s?월)", FIELD, Fields(lunar="no")),
    entry(rf"주체\s*({SINO})\s*년?\s*\(\s*((?:19|20)\d\d)\s*년?\s*\)\s*년?", FIELD, lambda m: Fields(juche=value(m[1])[0], year=int(m[2]))),
    entry(r"열댓\s?해", LENGTH, Length("years", 14, 16)), entry(r"어릴\s?(?:때|적)|어렸을\s?(?:때|적)|어린\s?시절", VETO, "name"),
    # Months and days
    entry(r"음력(?:으로|\s?날짜로)?|구력", FIELD, Fields(lunar="yes")), entry(r"양력(?:으로)?", FIELD, Fields(lunar="no")),
    entry(rf"(\d{{1,2}}\s?[-~]\s?\d{{1,2}}|\d{{1,2}}|{SINO}|유|시)\s?월(?:달)?(?!급|남|요일|경대|미|맹)(?:생)?", FIELD, _month),
    entry(r"(\d{1,2})\s?(?:우러|얼|웗|월ㄹ)(?=[^가-힣]|$|에)", FIELD, lambda m: Fields(month=int(m[1]))),
    entry(rf"윤\s?(\d{{1,2}}|{SINO}|유|시)\s?월", FIELD, lambda m: _month(m).merged(Fields(leap=True, lunar="yes"))),  # type: ignore[union-attr]
    entry(r"윤달", FIELD, Fields(leap=True, lunar="yes")),
    entry(r"동짓달", FIELD, Fields(month=11, lunar="yes")), entry(r"섣달", FIELD, Fields(month=12, lunar="yes")),
    entry(r"정월(?:달)?", FIELD, Fields(month=1, lunar="maybe")),
    entry(rf"(?!백일|삼칠일)(\d{{1,3}}|{SINO})\s?일(?:날)?{_DAY_ENDS}", "D", lambda m: _single(m[1])),
    entry(rf"({_N})\s?일(?:간|동안|째|\s동안|\s간)", LENGTH, _length("days")),
    entry(rf"({_N})\s?(?:날|밤)(?=\s*(?:뒤|후|전|동안|만에|지나))", LENGTH, _length("days")),
    entry(r"초\s?(?:하룻날|하루|이튿날|이틀|사흗날|사흘|나흗날|나흘|닷샛날|닷새|엿샛날|엿새|이렛날|이레|여드렛날|여드레|아흐렛날|아흐레|열흘날|열흘)",
          FIELD, _lunar_day),
    entry(r"(?:열|스무)(?:하룻날|하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레)(?:날)?", "L", _lunar_day),
    entry(r"(하루이틀|사나흘|네댓새|대엿새|예니레)(?:간)?(?=\s*(?:전|뒤|후|쯤|동안|만에|정도|지나|있다))", LENGTH,
          lambda m: Length("days", *{"하루이틀": (1, 2), "사나흘": (3, 4), "네댓새": (4, 5), "대엿새": (5, 6), "예니레": (6, 7)}[m[1]])),
    entry(rf"({PAIR}|\d+\s?[-~,]\s?\d+)\s?일(?=\s*(?:전|뒤|후|쯤|동안|만에|정도|지나|간))", LENGTH, _length("days")),
    entry(r"첫\s?해(?=[^가-힣]|$|에|의|부터)", FIELD, _base("event", "first-year", 0)), entry(r"마지막\s?해(?=[^가-힣]|$|에|의)", FIELD, _base("event", "last-year", 0)),
    entry(r"스무날|스무\s?날", "L", lambda m: Fields(day=20, lunar="maybe")),
    entry(r"하루이틀|(?:하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름|스무날)(?:간|째)?", "P",
          lambda m: _DAYS.get(re.sub("간$|째$", "", m[0]), 1)),
    entry(r"보름날", FIELD, Fields(day=15, lunar="maybe")), entry(r"그믐(?:날|께)?", FIELD, Fields(day=LAST_DAY, lunar="maybe")),
    entry(r"(\d{1,2})\s?[-~∼〜,]\s?(\d{1,2})\s?일(?![가-힣]*\s?(?:동안|간|전|뒤|후|만에))", "W", lambda m: (Fields(day=int(m[1])), Fields(day=int(m[2]))), weak=True),
    # Seasons
    entry(r"(초|이른\s?|늦은?\s?|한|깊은\s?)?(봄|여름|가을|겨울)(?:철|날)?(\s?초입|\s?끝자락|\s?끝|\s?초|\s?말)?(?=[^가-힣]|$|에|이|까|부|을|은|도|내|의|무렵|쯤|께|로|때|인|이나|아니|쯤|경|마|과|와|하고|만|보다|입|였|라|밤|새벽|아침|저녁|방학)",
          FIELD, _season),
    entry(r"엄동설한|동지섣달", FIELD, Fields(season=24)), entry(r"삼복(?:더위)?", FIELD, Fields(span=(7, 11, 8, 16))),
    *(entry(pattern, FIELD, Fields(holiday=name)) for name, pattern in _HOLIDAYS.items()),
    *(entry(rf"(?:{pattern})(?:\s?(?:필|피는|피던|필\s때|할|하던|하는|오던|올|내리던|내릴|질|들|든))?", FIELD, Fields(span=_span(name)))
      for name, pattern in _FARMING.items()),
    entry(r"정초", FIELD, Fields(month=1, part="early", lunar="maybe")), entry(r"세밑|섣달\s?대목", FIELD, Fields(part="end")),
    entry(r"동지달|동짓달\s?달", FIELD, Fields(month=11, lunar="yes")), entry(r"삼동|엄동", FIELD, Fields(season=24)),
    entry(r"눈(?:이)?\s?녹(?:을|던|는|기)(?:\s?때)?", FIELD, Fields(span=FARMING["thaw"])), entry(r"풀\s?베기(?:철|\s?전투|\s?때)?", FIELD, Fields(span=(7, 1, 8, 31))),
    entry(r"초복(?:날)?", FIELD, Fields(span=(7, 11, 7, 20))), entry(r"중복(?:날)?(?=[^가-힣]|$|에|때|날)", FIELD, Fields(span=(7, 21, 7, 30))), entry(r"말복(?:날)?", FIELD, Fields(span=(8, 7, 8, 18))),
    entry(r"여름\s?방학", FIELD, Fields(span=(7, 15, 8, 31))), entry(r"겨울\s?방학", FIELD, Fields(span=(12, 20, 2, 28))), entry(r"봄\s?방학", FIELD, Fields(span=(2, 10, 3, 31))),
    entry(r"([1-4일이삼사])\s?(?:사)?분기", FIELD, lambda m: Fields(part=f"quarter-{value(m[1])[0]}"), weak=True),
    entry(r"(지지난|지난|저번|이번)\s?주\s?([월화수목금토일])요일", FIELD,
          lambda m: Fields(base=Base("interview", "week", {"지지난": -2, "이번": 0}.get(m[1], -1)), weekday="월화수목금토일".index(m[2]))),
    entry(r"[월화수목금토일]요일(?:날)?", FILL, weak=True),
    entry(r"마지막\s?날|말일", FIELD, Fields(part="last-day"), weak=True), entry(r"첫\s?날|초하룻날(?=\s?양력)", FIELD, Fields(part="first-day"), weak=True),
    # Parts
    entry(r"(?:초순|상순)(?:경|쯤|께)?", FIELD, Fields(part="early")), entry(r"중순(?:경|쯤|께)?", FIELD, Fields(part="middle")),
    entry(r"하순(?:경|쯤|께)?", FIELD, Fields(part="late")), entry(r"상반기|상반년|전반기", FIELD, Fields(part="first-half")),
    entry(r"하반기|하반년|후반기", FIELD, Fields(part="second-half")),
    entry(r"(?:초반|초기|초엽|초순|연초|년초|월초|들머리|초)" + _TIED, FIELD, Fields(part="early"), weak=True),
    entry(r"(?:중반|중기|중엽|중간|한창)" + _TIED, FIELD, Fields(part="middle"), weak=True),
    entry(r"(?:후반|후기)" + _TIED, FIELD, Fields(part="late"), weak=True),
    entry(r"(?:말엽|말기|말경|말쯤|말께|연말|년말|월말|막바지|끝|말)" + _TIED, FIELD, Fields(part="end"), weak=True),
    entry(r"(첫|둘|셋|넷|마지막)\s?(?:째|번째)?\s?주(?:간|일)?(?=[^가-힣]|$|에|쯤)", FIELD,
          lambda m: Fields(part="last-week" if m[1] == "마지막" else f"week-{'첫둘셋넷'.index(m[1]) + 1}"), weak=True),
    entry(r"초중반", FIELD, Fields(part="first-half"), weak=True), entry(r"중후반", FIELD, Fields(part="second-half"), weak=True),
    entry(rf"({_N})\s?년\s?(?:차|째)(?=[^가-힣]|$|에|에는|때|되던|이)", FIELD,
          lambda m: Fields(base=Base("event", "nth-year", value(m[1])[0] - 1))),
    entry(r"작년\s?(?:이|요)맘때(?:쯤)?", FIELD, Fields(base=Base("interview", "months", -12), approximate=True)),
    # From the interview
    entry(r"올해|금년|이번\s?해|올(?=\s?(?:봄|여름|가을|겨울|초|추석|설|김장|모내기|\d+\s?월))", FIELD, _base("interview", "year", 0)),
    entry(r"작년|지난\s?해|거년|상년", FIELD, _base("interview", "year", -1)),
    entry(r"재작년|지지난\s?해|그러께|저지난해", FIELD, _base("interview", "year", -2)),
    entry(r"재재작년|그끄러께|삼작년", FIELD, _base("interview", "year", -3)), entry(r"내년|명년", FIELD, _base("interview", "year", 1)),
    entry(r"이번\s?달|이달|금월", FIELD, _base("interview", "month", 0)),
    entry(r"지난\s?달|저번\s?달|전달", FIELD, _base("interview", "month", -1)), entry(r"지지난\s?달|전전달", FIELD, _base("interview", "month", -2)),
    entry(r"오늘", FIELD, _base("interview", "day", 0)), entry(r"어제|어저께|어젯밤|엊저녁", FIELD, _base("interview", "day", -1)),
    entry(r"그제|그저께|아래께", FIELD, _base("interview", "day", -2)), entry(r"그끄저께|그끄제", FIELD, _base("interview", "day", -3)),
    entry(r"엊그제|엊그저께", FIELD, Fields(base=Base("interview", "days", -3, -1), approximate=True)),
    entry(r"이번\s?주", FIELD, _base("interview", "week", 0)), entry(r"지난\s?주|저번\s?주", FIELD, _base("interview", "week", -1)),
    entry(r"지지난\s?주", FIELD, _base("interview", "week", -2)),
    entry(r"(?:지난번?|저번)(?=\s?(?:봄|여름|가을|겨울|추석|설|[0-9일이삼사오육칠팔구십시]+\s?월))", FIELD, Fields(last=True)),
    # From an event
    entry(r"그\s?(?:이듬해|다음\s?해|다음해|담해)|다음\s?해|이듬\s?해|담해|이듬핸가|다음핸가", FIELD, _base("event", "year", 1)),
    entry(r"다다음\s?해|그\s?다다음\s?해|다음다음\s?해", FIELD, _base("event", "year", 2)),
    entry(r"(?:그\s?)?(?:전\s?해|전년도?|직전\s?해)" + _TIED, FIELD, _base("event", "year", -1)),
    entry(r"(?:그\s?해|같은\s?해|당해|동년)(?=[^가-힣]|$|에|의|부터|봄|여름|가을|겨울|초|말|도)|해(?=에\s|에$|\s|$|부터|까지|의|\.|,)", FIELD, _base("event", "year", 0)),
    entry(r"(?:그\s?)?(?:다음\s?날|이튿날|담날|다음날)", FIELD, _base("event", "day", 1)), entry(r"(?:그\s?)?전\s?날", FIELD, _base("event", "day", -1)),
    entry(r"(?:그\s?날|당일|같은\s?날)|날(?=에\s|에$|\s|$)", FIELD, _base("event", "day", 0)),
    entry(r"(?:그\s?달|같은\s?달)|달(?=에\s|에$|\s|$)", FIELD, _base("event", "month", 0)), entry(r"(?:그\s?)?다음\s?달", FIELD, _base("event", "month", 1)),
    entry(r"(?:그\s?)?전\s?달(?=에|\s|$)", FIELD, _base("event", "month", -1)),
    # Lengths
    entry(rf"({_N})\s?해(?=\s?(?:전|뒤|후|만에|동안|가|를|지나|째))", LENGTH, _length("years")), entry(r"이태", LENGTH, Length("years", 2, 2)),
    entry(rf"({_N})\s?(?:개월|달)(?!러)", LENGTH, _length("months")), entry(r"반년|반\s해", LENGTH, Length("months", 6, 6)),
    entry(r"한\s?해\s?반|일\s?년\s?반", LENGTH, Length("months", 18, 18)),
    entry(rf"({_N})\s?주(?:일)?(?=[^가-힣]|$|간|동안|전|뒤|후|만)(?:간|동안)?", LENGTH, _length("weeks")), entry(r"일주일(?:간)?", LENGTH, Length("weeks", 1, 1)),
    entry(r"열흘|보름(?=\s?(?:전|뒤|후|쯤|동안|간|만|정도|남짓|지나))", LENGTH, lambda m: Length("days", _DAYS[m[0]], _DAYS[m[0]])),
    entry(rf"({_N})\s?(?:시간|분)(?=[^가-힣]|$|\s|전|뒤|후|쯤|동안)", VETO),
    entry(rf"({NATIVE})\s?(봄|여름|가을|겨울)(?=\s?(?:전|뒤|후))", "V",
          lambda m: Fields(season=_SEASONS[m[2]], base=Base("event", "season", value(m[1])[0]))),
    # Edges
    entry(r"이전(?:에|까지|의)?" + "(?![가-힣])", BEFORE, Edge(None)), entry(r"전(?:에|에는|에도|까지|의)?(?=쯤|경|께|무렵|정도|[^가-힣]|$)|되기\s전(?:에)?", BEFORE, Edge(False)),
    entry(r"직전(?:에)?(?![가-힣])", BEFORE, Edge(False, soon=True)),
    entry(r"이후(?:에|로|부터|의|에는)?(?![가-힣])", AFTER, Edge(None)),
    entry(r"(?:뒤|후)(?:에|로|에는|부터|의|에도)?(?=쯤|경|께|무렵|정도|[^가-힣]|$)|다음에(?:는)?|나서(?![가-힣])|지나서?(?![가-힣])|지나고(?:서)?(?![가-힣])", AFTER, Edge(False)),
    entry(r"끝난\s?(?:뒤|후|다음)(?:에)?|끝나고(?:서|나서)?(?:\s?나서)?|끝나자", AFTER, Edge(False, ended=True)),
    entry(r"직후(?:에)?(?![가-힣])|바로\s?(?:뒤|다음)(?:에)?|얼마\s?(?:안\s?돼서|안\s?되어|후|뒤)(?:에)?", AFTER, Edge(False, soon=True)),
    entry(r"까지(?:는|도|만)?", TO, Edge(True)), entry(r"부터(?:는|만)?|이래(?:로)?(?![가-힣])|시작해서?", FROM, Edge(True)),
    entry(r"에서", FROM_OR_AT), entry(r"[~∼〜–—-]", TO, Edge(True)), entry(r"(?:으로|로)\s?넘어가(?:는|던|며)", TO, Edge(True)),
    entry(r"사이(?:에|의|쯤)?|중간쯤", BETWEEN), entry(r"(?:와|과|하고|랑)(?=\s)", AND, weak=True),
    entry(r"동안(?:에|의)?|간(?=[^가-힣]|$|에)", LASTS), entry(r"만에", AFTER, Edge(False)),
    entry(r"아니면|또는|혹은|아니믄|내지|(?:이)?든지|(?:이)?든가|(?:이)?거나", OR), entry(r"(?:이)?나(?=\s|\d)", OR, weak=True),
    entry(r"(?:이)?인가(?:요)?|(?:이)?던가|인지|(?:이)?었나|였나|일\s?거(?:예요|야|에요)?", "I", weak=True),
    entry(r"아니라|아니고|말고", NOT),
    entry(r"넘어서(?:부터)?|넘어(?=\s|$)|지나서부터", AFTER, Edge(False)),
    # How sure
    entry(r"쯤(?:에|의|부터|까지)?|경(?=에|$|[^가-힣]|부터|까지)|께(?=에|$|[^가-힣])|무렵(?:에|의)?|즈음(?:에)?|정도|전후(?:로|해서|에)?|언저리(?:에)?|가량|남짓|어름", ABOUT),
    entry(r"대략|약(?=\s?\d|\s?[가-힣]+\s?년)|얼추|거의|대충|한(?=\s\d|\s?(?:[가-힣]+\s)?(?:년|월|달|일|살|이|삼|사|오|십))|어림잡아", ABOUT),
    entry(r"아마도?|글쎄(?:요)?|같아요|같습니다|같은데(?:요)?|같다|것\s?같|거\s?같|듯(?:해요|하다|합니다|한데)?(?![가-힣])|어쩌면|혹시|확실(?:하지|치|하진)\s?(?:않|안)|긴가민가|기억이\s?(?:잘\s?)?(?:안|가물)|잘\s?모르", MAYBE),
    entry(r"해마다|매년|매해|년마다|해년마다|때마다|마다|매(?=\s?(?:봄|여름|가을|겨울))|이면(?=[^가-힣]|$)", EVERY),
    entry(r"첫\s?번?째?(?=\s)|첫(?=봄|여름|가을|겨울|해)", ORDINAL, 1), entry(r"(두|세|네|다섯|여섯|일곱|여덟|아홉|열|\d+)\s?번째(?:로)?", ORDINAL, lambda m: value(m[1])[0]),
    entry(r"그(?=\s?(?:봄|여름|가을|겨울))|그때|당시(?:에|의)?", THAT), entry(r"다음(?=\s?(?:봄|여름|가을|겨울|추석|설|명절|한가위|모내기|추수|가을걷이|김장))|오는(?=\s)", NEXT, 1),
    entry(r"(?:때|적|시절|시기|당시|시점)(?:에|는|에는|쯤|도|의|이)?(?=부터|까지|[^가-힣]|$)|와중(?:에)?", WHEN),
    # Ages
    entry(rf"({NATIVE}|\d+)(?:\s?살)?(?:이?나|\s?아니면|\s?내지|에서|\s?[-~,])\s?({NATIVE}|\d+)\s?(?:살|세(?![가-힣]))", AGE,
          lambda m: Age(value(m[1])[0], value(m[2])[1])),
    entry(rf"({_N})\s?(?:살|세(?![가-힣])|세에|세때|살짜리)", AGE, _age),
    entry(r"((?:열|스물|서른|마흔|쉰|예순|일흔|여든)\s?(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)?)(?!\s?(?:명|개|번|마리|집|가구|사람|시간|밤|날|해|달|권|채|군데|가지|시|차례|식구|남|여\s?명|살|세))(?=[^가-힣\s]|$|\s?(?:이었|이에요|입니다|이던|이야|이고|이라|인데|에(?:\s|$)|되던|되는|되든|이\s?되|나던|이던|때|넘어|넘던|먹던|됐|이었|줄))", AGE, _age),
    entry(r"([일이삼사오육칠팔구]십|[1-9]0)\s?대(?=[^가-힣]|$|에|의|초|중|후|때)", AGE, _tens),
    entry(r"만(?:으로|\s?나이로?)?(?=\s?(?:\d|[가-힣]{1,5}\s?(?:살|세)|[가-힣]{2,5}))|국제\s?나이로?|서양\s?나이로?", RECKONING, "international"),
    entry(r"(?:우리|한국|조선|세는|집의?)\s?나이(?:로는?)?|세는나이로?", RECKONING, "korean"),
    entry(r"(쥐|소|호랑이|범|토끼|용|룡|뱀|말|양|염소|원숭이|잔나비|닭|개|돼지)\s?띠", ZODIAC,
          lambda m: (["쥐", "소", "호랑이", "토끼", "용", "뱀", "말", "양", "원숭이", "닭", "개", "돼지"]).index(
              {"범": "호랑이", "룡": "용", "염소": "양", "잔나비": "원숭이"}.get(m[1], m[1]))),
    entry(r"(?:인민학교|소학교|초등학교|고등중학교|초급중학교|고급중학교|중학교|고등학교|대학교?)?\s?(\d|[일이삼사오육])\s?학년", SCHOOL, lambda m: m[0].strip()),
    entry(r"(첫\s?)?돌(?=[^가-힣]|$|이|을|잔치|때|지나|맞|에|날|\s)(?:\s?잔치)?", FIRST_BIRTHDAY, 1), entry(r"두\s?돌(?:\s?잔치)?", FIRST_BIRTHDAY, 2), entry(r"세\s?돌(?:\s?잔치)?", FIRST_BIRTHDAY, 3),
    entry(r"(?:백|100)\s?일(?=[^가-힣\s]|$|이|을|\s?(?:잔치|때|지나|맞|에|되던|무렵|만에))(?:\s?잔치)?", "C", 99), entry(r"삼칠일", "C", 20),
    entry(r"(환갑|회갑)(?:\s?잔치)?", "H", 60), entry(r"진갑(?:\s?잔치)?", "H", 61), entry(r"칠순(?:\s?잔치)?|고희", "K", 70), entry(r"팔순(?:\s?잔치)?", "K", 80),
    entry(r"구순(?:\s?잔치)?", "K", 90), entry(r"육순(?:\s?잔치)?", "K", 60), entry(r"희수", "K", 77), entry(r"미수(?=\s?잔치)", "K", 88),
    entry(r"(십|이십|삼십|사십|오십|육십|[1-6]0)\s?대\s?(초반|중반|후반|초|말)(?=[^가-힣]|$|에|의|쯤|때)", AGE, _tens_of),
    entry(r"(?:이었|였)(?:을|던|어요|습니다|지요?|는데|거든요?|네요?|다|고|을\s?(?:거예요|겁니다|거야|것|듯))?|이(?:에요|예요|지요?|죠|요|라고|라|면서)|예요|입니다|인데(?:요)?|이란|(?:이)?거든요?|으로\s?기억(?:해요|합니다)?|거예요|겁니다|것\s?(?:입니다|이에요)?", FILL, weak=True),
    # Names that are no dates
    entry(r"(?:이름|별명|성함)(?:이|은|을|는)?|라고\s?(?:불|부르|하는)|이라는|라는", VETO, "name"),
    entry(r"지금|현재|의|에는?|엔|도(?=\s|$)|은|는|이(?=\s|$)|을|를|,|\(|\)|중에?|(?:으)?로(?=\s|$)|생(?=[^가-힣]|$|이|으로)", FILL, weak=True),
]  # fmt: skip
