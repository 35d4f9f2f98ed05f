"""Chinese words of time, simplified; traditional ones are taken to them first."""

from __future__ import annotations

import re

from cairn.model.time.words.fields import Base, Fields, Unit
from cairn.model.time.words.holidays import FARMING
from cairn.model.time.words.numbers import HAN, value
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
    FROM,
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

_N = rf"(?:\d+\s?[-~]\s?\d+|\d+|好几|几|{HAN})"
_DIGITS = "[零〇○一二三四五六七八九0-9]"
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
SIMPLER = str.maketrans(
    "農曆歷陰陽閏歲號個後時間為從當臘節慶週兩幾來開過還與龍馬雞豬實虛屬會約樣點國際該這離舊勞動兒婦剛應記憶頭淸裡們學級紀數",
    "农历历阴阳闰岁号个后时间为从当腊节庆周两几来开过还与龙马鸡猪实虚属会约样点国际该这离旧劳动儿妇刚应记忆头清里们学级纪数",
)
"""Traditional characters of the words here."""


def _year(m: re.Match[str]) -> Value:
    text = m[1].lstrip("'’")
    low, _ = value(text)
    if len(text) == 4 or "千" in text:
        if not 1800 <= low <= 2999:
            raise ValueError("no year")
        return Fields(year=low)
    return Fields(two=low)


def _one_digit_too_many(m: re.Match[str]) -> Value:
    years = {m[1][:n] + m[1][n + 1 :] for n in range(5)}
    made = tuple(Fields(year=int(y), uncertain=True) for y in sorted(years) if "1900" <= y <= "2100")
    if not made:
        raise ValueError("no year")
    return made


def _which(text: str) -> Fields:
    """A year of four digits or of two. Raises ValueError for other numbers."""
    if len(text) not in (2, 4):
        raise ValueError("no year")
    return Fields(two=value(text)[0]) if len(text) == 2 else Fields(year=value(text)[0])


def _month(m: re.Match[str]) -> Value:
    ends = m[1].split("、")
    low, high = value(ends[0])[0], value(ends[-1])[1]
    if low == high:
        return Fields(month=low)
    if not 1 <= low < high <= 12:
        raise ValueError("no months")
    return Fields(span=(low, 1, high, 31))


def _lunar_day(m: re.Match[str]) -> Value:
    return Fields(day=value(m[m.lastindex or 0])[0], lunar="maybe")


def _length(unit: Unit) -> Make:
    def make(m: re.Match[str]) -> Value:
        low, high = value(m[1])
        return Length(unit, low, high)

    return make


def _decade(m: re.Match[str]) -> Value:
    low, _ = value(m[1])
    if low % 10 or not (low < 100 or 1000 <= low < 2990):
        raise ValueError("no decade")
    return Fields(decade=low)


def _season(m: re.Match[str]) -> Value:
    parts = {"初": "early", "早": "early", "入": "early", "开": "early", "暮": "late", "晚": "late", "深": "late",
             "盛": "middle", "隆": "middle", "寒": "middle", "仲": "middle", "炎": "middle", "严": "middle"}  # fmt: skip
    after = {"初": "early", "末": "late", "末尾": "late"}
    if m[1] == "入" and m[2] == "冬":
        return Fields(span=(11, 1, 11, 30))
    return Fields(season=_SEASONS[m[2]], part=parts.get(m[1] or "") or after.get(m[3] or ""))


def _cycle(m: re.Match[str]) -> Value:
    for n in range(60):
        if _STEMS[n % 10] == m[1] and _BRANCHES[n % 12] == m[2]:
            return Fields(cycle=n)
    raise ValueError("no such year of the cycle")


def _age(m: re.Match[str]) -> Value:
    low, high = value(m[1])
    if not 0 < low <= high < 120:
        raise ValueError("no age")
    return Age(low, high)


def _base(who: str, unit: str, n: int) -> Fields:
    return Fields(base=Base(who, unit, n))  # type: ignore[arg-type]


_HOLIDAYS = {
    "new-year": "元旦|阳历年|新历年", "china-national-day": "国庆(?:节)?|十一黄金周", "labour-day": "(?:五一|5[.]1)(?:国际)?劳动节|劳动节|五一节|五一(?=的?时候|那天|前|后|期间|放假)",
    "china-army-day": "(?:八一)?建军节", "childrens-day": "(?:六一)?儿童节|六一(?=那天|的?时候)", "womens-day": "(?:三八)?妇女节|三八节", "china-youth-day": "(?:五四)?青年节",
    "sun": "太阳节|金日成(?:主席)?(?:的)?生日", "shining-star": "光明星节|金正日(?:的)?生日", "party-day": "(?:劳动党)?建党(?:节|日)(?=.*朝)|劳动党建党日", "christmas": "圣诞节?",
    "lunar-new-year": "春节|大年初一|正月初一|农历新年|阴历年|旧历年|过年(?!龄)|新春", "first-full-moon": "元宵(?:节)?|正月十五|灯节", "dano": "端午(?:节)?|端阳(?:节)?",
    "double-seventh": "七夕(?:节)?", "ghosts": "七月半|中元(?:节)?|鬼节", "chuseok": "中秋(?:节)?|八月节", "double-ninth": "重阳(?:节)?", "laba": "腊八(?:节)?", "little-year": "小年(?:夜)?",
    "lunar-eve": "大年三十|年三十|除夕(?:夜)?|大年夜|年夜|大年三十儿", "hansik": "寒食(?:节)?", "christmas-eve": "平安夜",
    "qingming": "清明(?:节)?", "dongzhi": "冬至", "xiazhi": "夏至", "lichun": "立春", "yushui": "雨水(?=节|那天|前后|的时候)", "jingzhe": "惊蛰", "chunfen": "春分",
    "guyu": "谷雨", "lixia": "立夏", "xiaoman": "小满(?=节|那天|前后|的时候|$)", "mangzhong": "芒种", "xiaoshu": "小暑", "dashu": "大暑", "liqiu": "立秋", "chushu": "处暑",
    "bailu": "白露", "qiufen": "秋分", "hanlu": "寒露", "shuangjiang": "霜降", "lidong": "立冬", "xiaoxue": "小雪(?=节|那天|前后|的时候|$)", "daxue": "大雪(?=节|那天|前后|$)",
    "xiaohan": "小寒", "dahan": "大寒",
}  # fmt: skip
_FARMING = {
    "planting": "插秧(?:季节|时节)?", "harvest": "秋收割?|收割水稻|水稻收割|秋收(?:季节|时节)?|割稻(?:子)?|收稻子|打场", "wheat-harvest": "麦收(?:季节|时节)?|收麦(?:子)?|割麦(?:子)?", "sowing": "春耕|播种(?:季节)?|春播",
    "maize-harvest": "收(?:玉米|苞米|包谷)|掰(?:苞米|玉米)|(?:玉米|苞米)(?:收获|成熟|熟)", "azalea": "金达莱|杜鹃花开|映山红", "apricot": "杏花|桃花|梨花", "thaw": "(?:江|河|图们江|鸭绿江)?(?:水|面)?(?:开江|化冻|解冻)|化雪|雪化|冰化|解冻|开春", "frozen": "封江|(?:江|河)?(?:水|面)?(?:结冰|上冻|封冻)|江面?冻|河冻|(?:图们江|鸭绿江)(?:水|面)?(?:结冰|上冻|封冻|冻)",
    "first-snow": "(?:下)?(?:第一场雪|初雪|头场雪)", "rains": "雨季|梅雨", "kimchi": "腌(?:泡菜|酸菜|辣白菜|白菜)", "potatoes": "(?:挖|起)土豆", "first-frost": "下霜|初霜",
}  # fmt: skip

ENTRIES: list[Entry] = [
    # Days of a life, before the numbers in their names
    entry(r"满月(?:酒)?", "U", Length("months", 1, 1)), entry(r"百天|百日|百岁宴", "C", 99), entry(r"抓周|周岁(?=的?时候|生日|宴|酒|那天|$)|过周", "y", 1), entry(r"(?:六十|花甲)大寿|花甲", "H", 60),
    # Years
    entry(r"主体\s?(\d{1,3})\s?年?\s?\(\s?((?:19|20)\d\d)\s?年?\s?\)\s?年?", FIELD, lambda m: Fields(juche=int(m[1]), year=int(m[2]))),
    entry(r"((?:19|20)\d\d)\s?年?\s?\(\s?主体\s?(\d{1,3})\s?年?\s?\)\s?年?", FIELD, lambda m: Fields(juche=int(m[2]), year=int(m[1]))),
    entry(rf"主体\s?({_N})\s?年", FIELD, lambda m: Fields(juche=value(m[1])[0])),
    entry(rf"({_DIGITS}{{4}}|[一二两]千[零〇○一二三四五六七八九十百]*)\s?年(?!代)(?:度)?", FIELD, _year),
    entry(rf"(['’]?(?!(?:四五|五六|六七|七八|八九)年\s?(?:之前|以前|前|后)){_DIGITS}{{2}})\s?年(?!代|\s?(?:前|以前|后|以后|之后|间|多|了|来|时间|徒刑|刑|级|半|的?(?:刑|劳改)))(?:度)?", FIELD, _year),
    entry(r"((?:4[1-9]|[5-9]\d|0\d|(?!四五|五六|六七|七八|八九)[四五六七八九零〇][零〇一二三四五六七八九]))\s?年(?=\s?(?:前|以前|后|以后|之后|之前))", FIELD, _year),
    entry(rf"({_DIGITS}{{2,4}})\s?(?:[-~/、,，]|至|到)\s?({_DIGITS}{{2,4}})\s?年(?!代|前|后)", "W", lambda m: (_which(m[1]), _which(m[2]))),
    entry(r"(\d{5})年", FIELD, _one_digit_too_many), entry(r"(?<!\d)\d{3}年", VETO, "name"),
    entry(rf"({_N}|好几)\s?年(?:多|来|时间|间)?(?!代|级|轻|纪)", LENGTH, _length("years")),
    entry(rf"({_N})\s?年半", LENGTH, lambda m: Length("months", value(m[1])[0] * 12 + 6, value(m[1])[0] * 12 + 6)),
    entry(r"([一二三四五六七八九]十|\d0|\d{3}0|[一二]千)\s?年代", FIELD, _decade),
    entry(r"([一二三四五六七八九])十?几年(?!前|后|以前|以后|了|来)", FIELD, lambda m: Fields(decade=value(m[1])[0] * 10)),
    entry(rf"([{_STEMS}])([{_BRANCHES}])年", FIELD, _cycle),
    # Months and days
    entry(r"农历|阴历|旧历|夏历|老历", FIELD, Fields(lunar="yes")), entry(r"阳历|公历|新历|西历", FIELD, Fields(lunar="no")),
    entry(r"(\d{1,2}\s?[-~]\s?\d{1,2}|\d{1,2}|[一二三四五六七八九十]{1,2}、[一二三四五六七八九十]{1,2}|[一二三四五六七八九十]{1,3})\s?月(?:份)?(?!亮|薪|经|饼|台|嫂|子|山|花|之春)", FIELD, _month),
    entry(r"闰\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?月", FIELD, lambda m: Fields(month=value(m[1])[0], leap=True, lunar="yes")),
    entry(r"闰月", FIELD, Fields(leap=True, lunar="yes")),
    entry(r"正月", FIELD, Fields(month=1, lunar="yes")), entry(r"冬月|冬子月", FIELD, Fields(month=11, lunar="yes")), entry(r"腊月", FIELD, Fields(month=12, lunar="yes")),
    entry(r"(?<=月)\s?初([一二三四五六七八九十])", FIELD, _lunar_day), entry(r"初([一二三四五六七八九十])(?=那天|前后)", FIELD, _lunar_day),
    entry(r"(?<=月)([二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)(?![日号几多个天年岁月一二三四五六七八九])", FIELD, _lunar_day),
    entry(r"(\d{1,3}|[一二三四五六七八九十廿]{1,3})\s?(?:日|号(?!管|楼|室|院|线|车|房|监|码|矿|井|桥|人|犯|床|牢|所|店|路|公))", "D", lambda m: value(m[1])[0]),
    entry(r"(\d{1,2})\s?[-~、,，]\s?(\d{1,2})\s?(?:日|号)", "W", lambda m: (Fields(day=int(m[1])), Fields(day=int(m[2]))), weak=True),
    entry(r"(?:(?<=二月)二|(?<=三月)三|(?<=五月)五|(?<=六月)六|(?<=七月)七|(?<=九月)九)(?![日号个十月年岁天])", FIELD, _lunar_day),
    # Seasons
    entry(r"(初|早|入|开|暮|晚|深|盛|隆|寒|仲|炎|严)?(春|夏|秋|冬)(?:天|季|日里|节(?=的))(末|初)?", FIELD, _season),
    entry(r"(初|早|入|暮|晚|深|盛|隆|寒|仲|炎|严)(春|夏|秋|冬)()", FIELD, _season), entry(r"()(春|夏|秋|冬)(末|初)", FIELD, _season),
    entry(r"()(春|夏|秋|冬)()(?![耕收播节分至眠装衣])", FIELD, _season, weak=True), entry(r"三九天?|数九(?:寒天)?|大冷天", FIELD, Fields(season=24)),
    entry(r"三伏天?|大热天", FIELD, Fields(span=(7, 11, 8, 20))),
    *(entry(pattern, FIELD, Fields(holiday=name)) for name, pattern in _HOLIDAYS.items()),
    *(entry(rf"(?:{pattern})(?:开的?|的?季节)?", FIELD, Fields(span=FARMING[name])) for name, pattern in _FARMING.items()),
    entry(r"的?最后一[天日]|最末一天", FIELD, Fields(part="last-day"), weak=True), entry(r"的?(?:第一天|头一天|首日)", FIELD, Fields(part="first-day"), weak=True),
    entry(r"暑假", FIELD, Fields(span=(7, 1, 8, 31))), entry(r"寒假", FIELD, Fields(span=(1, 5, 2, 28))),
    entry(r"的?第?([一二三四1-4])(?:个)?季度", FIELD, lambda m: Fields(part=f"quarter-{value(m[1])[0]}"), weak=True),
    entry(r"的?最后一(?:个)?(?:周|星期|礼拜)", FIELD, Fields(part="last-week"), weak=True),
    entry(r"的?第([一二三四])(?:个)?(?:周|星期|礼拜)", FIELD, lambda m: Fields(part=f"week-{value(m[1])[0]}"), weak=True),
    entry(r"(上上|上|这|本)个?(?:周|星期|礼拜)([一二三四五六日天])", FIELD,
          lambda m: Fields(base=Base("interview", "week", {"上上": -2, "上": -1}.get(m[1], 0)), weekday=min("一二三四五六日天".index(m[2]), 6))),
    # Parts
    entry(r"上旬", FIELD, Fields(part="early")), entry(r"中旬", FIELD, Fields(part="middle")), entry(r"下旬", FIELD, Fields(part="late")),
    entry(r"上半年|上半月|前半年", FIELD, Fields(part="first-half")), entry(r"下半年|下半月|后半年", FIELD, Fields(part="second-half")),
    entry(r"年初|月初|初期|前期|早期|年头|初头|开头|初", FIELD, Fields(part="early"), weak=True),
    entry(r"年中|中期|中叶|中间|年中间|中", FIELD, Fields(part="middle"), weak=True),
    entry(r"后期|晚期", FIELD, Fields(part="late"), weak=True), entry(r"年底|年末|年尾|月底|月末|末期|末尾|末|底|岁末", FIELD, Fields(part="end"), weak=True),
    entry(r"第([一二三四])(?:个)?(?:周|星期|礼拜)", FIELD, lambda m: Fields(part=f"week-{value(m[1])[0]}"), weak=True),
    entry(r"中后期|中后叶", FIELD, Fields(part="second-half"), weak=True), entry(r"前中期|早中期", FIELD, Fields(part="first-half"), weak=True),
    *(entry(word, FIELD, Fields(holiday=name), weak=True) for word, name in
      {"五一": "labour-day", "六一": "childrens-day", "八一": "china-army-day", "十一": "china-national-day", "三八": "womens-day"}.items()),
    entry(r"零几年", FIELD, Fields(decade=2000)), entry(r"到底|到处|到了儿|感到|听到|看到|遇到|找到|收到|得到|拿到|想到|见到|碰到|抓到|送到|到达|回到|来到|逃到|跑到", "w"),
    entry(r"去年的?(?:这个?时候|此时)", FIELD, Fields(base=Base("interview", "months", -12), approximate=True)),
    # From the interview
    entry(r"今年|本年", FIELD, _base("interview", "year", 0)), entry(r"去年|上年|旧年", FIELD, _base("interview", "year", -1)), entry(r"前年", FIELD, _base("interview", "year", -2)),
    entry(r"大前年", FIELD, _base("interview", "year", -3)), entry(r"明年", FIELD, _base("interview", "year", 1)),
    entry(r"这个月|本月|这月", FIELD, _base("interview", "month", 0)), entry(r"上个?月", FIELD, _base("interview", "month", -1)), entry(r"上上个?月", FIELD, _base("interview", "month", -2)),
    entry(r"今天|今日|今晚", FIELD, _base("interview", "day", 0)), entry(r"昨天|昨日|昨晚|昨儿", FIELD, _base("interview", "day", -1)),
    entry(r"前天|前日|前晚", FIELD, _base("interview", "day", -2)), entry(r"大前天", FIELD, _base("interview", "day", -3)),
    entry(r"(?:这|本)个?(?:周|星期|礼拜)", FIELD, _base("interview", "week", 0)), entry(r"上个?(?:周|星期|礼拜)", FIELD, _base("interview", "week", -1)),
    entry(r"上上个?(?:周|星期|礼拜)", FIELD, _base("interview", "week", -2)), entry(r"(?:上个|上一个|刚过去的)(?=春|夏|秋|冬)", FIELD, Fields(last=True)),
    # From an event
    entry(r"那一?年|当年|同年|这一?年(?=.{0,3}[春夏秋冬])|的年份", FIELD, _base("event", "year", 0)), entry(r"(?:的)?(?:第二年|次年|翌年|来年|转年|下一年|隔年)", FIELD, _base("event", "year", 1)),
    entry(r"第三年", FIELD, _base("event", "year", 2)), entry(r"(?:的)?(?:前一年|头一年|上一年)", FIELD, _base("event", "year", -1)),
    entry(r"那一?天|当天|当日|同一天", FIELD, _base("event", "day", 0)), entry(r"(?:的)?(?:第二天|次日|翌日|隔天|转天)", FIELD, _base("event", "day", 1)), entry(r"第三天", FIELD, Fields(base=Base("event", "day", 2, 3))),
    entry(r"(?:的)?(?:前一天|头一天|头天)", FIELD, _base("event", "day", -1)), entry(r"那个月|当月|同月", FIELD, _base("event", "month", 0)),
    entry(r"第二个月|次月|下个月|下一个月", FIELD, _base("event", "month", 1)),
    # Lengths
    entry(rf"({_N}|好几)\s?个(?:多)?月", LENGTH, _length("months")), entry(r"半年(?:多)?", LENGTH, Length("months", 6, 6)), entry(r"半个(?:多)?月", LENGTH, Length("days", 15, 15)),
    entry(r"一年半", LENGTH, Length("months", 18, 18)), entry(r"一个半月", LENGTH, Length("days", 45, 45)),
    entry(rf"({_N}|好几)\s?个?(?:多)?(?:星期|礼拜|周(?!岁))", LENGTH, _length("weeks")), entry(rf"({_N}|好几)\s?天", LENGTH, _length("days")),
    entry(rf"({_N})\s?(?:日|号)(?=之?[前后]|内)", LENGTH, _length("days")), entry(rf"({_N})个(春|夏|秋|冬)天?", "V", lambda m: Fields(season=_SEASONS[m[2]], base=Base("event", "season", value(m[1])[0]))), entry(rf"({_N})\s?(?:个)?(?:小时|钟头|分钟|点钟?)", VETO),
    entry(r"(?:十几|十多|十来)\s?年", LENGTH, Length("years", 10, 19)), entry(r"(?:二十|廿)(?:几|多|来)\s?年", LENGTH, Length("years", 20, 29)),
    entry(r"不早于|不会?早于|最早(?:是|也(?:要|得))?(?:在)?", FROM, Edge(True, leads=True)), entry(r"不(?:会)?晚于|不迟于|最晚(?:是)?(?:在|到)?|最迟(?:是)?(?:在|到)?|至迟|至晚", TO, Edge(True, leads=True)),
    entry(r"(?<!.)到(?![处达了])|截止到?|一直到|等到", TO, Edge(True, leads=True)),
    entry(r"(?:之|以)?后(?:没多久|不久|没几天)", AFTER, Edge(False, soon=True)), entry(r"(?:之|以)?前(?:没多久|不久|没几天)", BEFORE, Edge(False, soon=True)),
    entry(r"(?:的)?最后一年|末年", FIELD, _base("event", "last-year", 0)), entry(r"(?:的)?第一年", FIELD, _base("event", "first-year", 0)),
    entry(r"十(?:几|来|多)天", LENGTH, Length("days", 10, 19)), entry(r"前(?:几|些)天", FIELD, Fields(base=Base("interview", "days", -9, -2), approximate=True)),
    entry(r"前(?:几|些)年", FIELD, Fields(base=Base("interview", "years", -9, -2), approximate=True)), entry(r"小时候|童年", VETO, "name"),
    entry(r"开始(?:的)?那一?年", FIELD, _base("event", "first-year", 0)), entry(r"结束(?:的)?那一?年", FIELD, _base("event", "last-year", 0)),
    entry(r"(?:快要?|临近|将近|接近)结束(?:的?时候|时)?", FIELD, Fields(base=Base("event", "last-year", 0), approximate=True)),
    entry(rf"(?:顶多|最多|至少|起码|不到|不足|超过)(?={_N}\s?(?:年|个月|天|星期|周))", VETO, "name"), entry(r"四月(?:的春天|之春)", VETO, "name"),
    entry(r"的?最后几(?:天|个月|个星期)", FIELD, Fields(part="end"), weak=True), entry(r"的?(?:头|前)几(?:天|个月|个星期)(?![前后])", FIELD, Fields(part="early"), weak=True),
    # Edges
    entry(r"以前|之前|前(?![天年面后])", BEFORE, lambda m: Edge(None if m[0] == "以前" else False)),
    entry(r"以后|之后|后(?![来天年面])|过后|过了|完了?(?:之)?后?", AFTER, lambda m: Edge(None if m[0] == "以后" else False)),
    entry(r"(?:结束|过去)(?:了|之|以)?后?", AFTER, Edge(False, ended=True)), entry(r"刚过|不久(?:之)?后?|没多久", AFTER, Edge(False, soon=True)),
    entry(r"为止|止", TO, Edge(True)), entry(r"一?直到|直至|截至", TO, Edge(True, leads=True)), entry(r"到了?|至|[~—–-]", TO, Edge(True)), entry(r"自从|打从|从|自(?!己)|打(?=[零〇一二三四五六七八九\d])", FROM, Edge(True, leads=True)),
    entry(r"起(?:就)?(?![来床])|开始|以来|以降|算起", FROM, Edge(True)), entry(r"之间|期间|间(?!谍|接)|当中", BETWEEN), entry(r"和|与|跟|同(?=[零〇一二三四五六七八九\d])", AND, weak=True),
    entry(r"或者?(?:是)?|还是|要么|要不(?:就是)?|就是", OR), entry(r"不是(?=.*就是)|要么(?=.*要么)", FILL), entry(r"不是(?!.*就是)", NOT), entry(r"左右|前后|上下|大概|大约|大致|约(?=\s?[零〇一二三四五六七八九十\d])|差不多|将近|的样子|来年|许|那阵子?|光景", ABOUT),
    entry(r"可能(?:是)?|也许(?:是)?|好像(?:是)?|应该(?:是)?|估计(?:是)?|恐怕|似乎(?:是)?|大概其|记不(?:太)?清|说不(?:准|定)|吧", MAYBE),
    entry(r"每年|年年|每个?(?=春|夏|秋|冬)|每到|每逢|每", EVERY), entry(r"第?(?:头|一)个(?=春|夏|秋|冬)|第一个(?=春|夏|秋|冬)", ORDINAL, 1),
    entry(r"第([二三四五六七八九])个(?=春|夏|秋|冬)", ORDINAL, lambda m: value(m[1])[0]), entry(r"(?:那个?|那一个|这个?)(?=春|夏|秋|冬)", THAT), entry(r"下一?个(?=春|夏|秋|冬)", NEXT, 1),
    entry(r"(?:的)?时候|时期|那会儿?|期间|那阵子?|当时|时(?![间期候代])", WHEN), entry(r"持续|住了|待了|关了|呆了|整整", LASTS),
    # Ages
    entry(rf"({_N})(?:岁)?(?:或者?|还是|到|至|、)({_N})岁", AGE, lambda m: Age(value(m[1])[0], value(m[2])[1])),
    entry(rf"({_N})\s?岁(?:半)?(?:多)?", AGE, _age), entry(r"(?<=虚岁)\s?((?:\d{1,2}|[一二三四五六七八九十]{1,3}))(?!岁|\d)", AGE, _age),
    entry(r"(?<=周岁)\s?((?:\d{1,2}|[一二三四五六七八九十]{1,3}))(?!岁|\d)", AGE, _age), entry(r"(?<=实岁)\s?((?:\d{1,2}|[一二三四五六七八九十]{1,3}))(?!岁|\d)", AGE, _age),
    entry(r"((?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?))(?=那年|岁)", AGE, _age),
    entry(r"(?<=年)(?:[我你他她]|的时候)?(\d\d|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=[,，。、]|$)", AGE, _age),
    entry(r"([一二三四五六七八九]十|\d0)(?:多|几|来)岁", AGE, lambda m: Age(value(m[1])[0], value(m[1])[0] + 9)),
    entry(r"虚岁|虚(?=[一二三四五六七八九十\d])|毛岁", RECKONING, "korean"), entry(r"周岁|实岁|足岁|满(?=\s?[一二三四五六七八九十\d]+岁?)", RECKONING, "international"),
    entry(rf"({_N})\s?周岁", AGE, _age), entry(r"属(鼠|牛|虎|兔|龙|蛇|马|羊|猴|鸡|狗|猪)", ZODIAC, lambda m: "鼠牛虎兔龙蛇马羊猴鸡狗猪".index(m[1])),
    entry(r"(?<![月])(?:初|高|大)[一二三四](?=的?时候|那年|上|下|那会|学期|$)|(?:小学|初中|高中|大学)?[一二三四五六]年级|(?:小学|初中|高中)(?:\d|[一二三四五六])年级", SCHOOL, lambda m: m[0]),
    entry(r"七十大寿|古稀", "K", 70), entry(r"八十大寿", "K", 80), entry(r"(?:名叫|叫做?|名字(?:是|叫)?|姓名)", VETO, "name"), entry(r"(?:公路|大道|路|街|厂|村|乡|镇|中学|小学|公司|管理所|监狱|大桥)", VETO, "after"),
    entry(r"现在|如今|目前|的|在|是|，|,|、|\(|\)|里|份|呢|生(?=的|$)|出生(?=的|于|$)?|于|了|就", FILL, weak=True),
]  # fmt: skip
