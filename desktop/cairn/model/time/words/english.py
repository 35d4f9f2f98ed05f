"""English words of time."""

from __future__ import annotations

import re

from cairn.model.time.words.fields import Base, Fields
from cairn.model.time.words.holidays import FARMING
from cairn.model.time.words.numbers import (
    ENGLISH,
    ENGLISH_FEW,
    ENGLISH_ORDINAL,
    ENGLISH_YEAR,
    english,
    english_year,
    value,
)
from cairn.model.time.words.token import (
    ABOUT,
    AFTER,
    AGE,
    AGO,
    AND,
    BEFORE,
    BETWEEN,
    EVERY,
    FIELD,
    FILL,
    FIRST_BIRTHDAY,
    FROM,
    LASTS,
    LENGTH,
    MAYBE,
    NEXT,
    NOT,
    NUMBER,
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
    Value,
    entry,
)  # fmt: skip

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_MONTH = "(" + "|".join([*MONTHS, *sorted(_SHORT, key=len, reverse=True)]) + r")\b\.?"
SEASONS = {
    "spring": 21,
    "summer": 22,
    "autumn": 23,
    "fall": 23,
    "winter": 24,
    "springtime": 21,
    "summertime": 22,
    "wintertime": 24,
}
_SEASON = "(springtime|summertime|wintertime|spring|summer|autumn|fall|winter)"
_N = rf"(?:\d+\s?[-~]\s?\d+|\d+|{ENGLISH_FEW}|(?:{ENGLISH}|\d+),? (?:or|to) (?:{ENGLISH}|\d+)|an|a|one|{ENGLISH})"
_DAY = rf"(?:the )?({ENGLISH_ORDINAL}|\d{{1,2}})(?: day)?"
_OR = rf"(?: ?(?:or|to|-) ?({ENGLISH}|\d{{1,2}}))?"
_PARTS = {"early": "early", "mid": "middle", "middle": "middle", "late": "late", "beginning": "early", "start": "early", "end": "end",
          "close": "end", "first half": "first-half", "second half": "second-half", "latter half": "second-half", "first part": "early",
          "latter part": "late", "last part": "late", "height": "middle", "depths": "middle", "first days": "early", "last days": "end"}  # fmt: skip
_UNITS = {"day": "days", "week": "weeks", "fortnight": "weeks", "month": "months", "year": "years"}
_ANIMALS = [
    "rat",
    "ox",
    "tiger",
    "rabbit",
    "dragon",
    "snake",
    "horse",
    "sheep",
    "monkey",
    "rooster",
    "dog",
    "pig",
]


def month_number(word: str) -> int:
    """1 to 12 for a name or a short form."""
    return _SHORT.get(word) or MONTHS.index(word) + 1


def _year(m: re.Match[str]) -> Value:
    return Fields(year=english_year(m[0]))


def _one_digit_too_many(m: re.Match[str]) -> Value:
    years = {m[1][:n] + m[1][n + 1 :] for n in range(5)}
    made = tuple(Fields(year=int(y), uncertain=True) for y in sorted(years) if "1900" <= y <= "2030")
    if not made or m[1][:2] not in ("19", "20", "11", "99", "22"):
        raise ValueError("no year")
    return made


def _month(m: re.Match[str]) -> Value:
    return Fields(month=month_number(m[1]))


def _day_month(m: re.Match[str]) -> Value:
    return Fields(day=english(m[1]) if not m[1].isdecimal() else int(m[1]), month=month_number(m[2]))


def _month_day(m: re.Match[str]) -> Value:
    if m[2].isdecimal() and len(m[2]) == 2 and int(m[2]) > 31 and "," not in m[0]:
        return Fields(month=month_number(m[1]), two=int(m[2]))
    return Fields(day=english(m[2]) if not m[2].isdecimal() else int(m[2]), month=month_number(m[1]))


def _length(m: re.Match[str]) -> Value:
    low, high = (1, 1) if m[1] in ("a", "an", "one") else value(m[1])
    times = 2 if m[2] == "fortnight" else 1
    return Length(_UNITS[m[2]], low * times, high * times)  # type: ignore[arg-type]


def _seasons(m: re.Match[str]) -> Value:
    low, _ = (1, 1) if m[1] in ("a", "an", "one") else value(m[1])
    return Fields(season=SEASONS.get(m[2], 23), base=Base("event", "season", low))


def _age(m: re.Match[str]) -> Value:
    numbers = [value(g) for g in m.groups() if g]
    low, high = numbers[0][0], numbers[-1][1]
    if not 0 < low <= high < 120:
        raise ValueError("no age")
    return Age(low, high)


_TENS = ["teens", "twenties", "thirties", "forties", "fifties", "sixties"]
_UNIT_OF = {"month": "month", "week": "week", "day": "day"}


def _part_of_tens(m: re.Match[str]) -> Value:
    low = 10 * (_TENS.index(m[2]) + 1)
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (6, 9)}[m[1]]
    return Age(max(low + first, 11), low + last)


def _two_winters(m: re.Match[str]) -> Value:
    if SEASONS[m[1]] != 24 or (int(m[2]) + 1) % 100 != int(m[3]):
        raise ValueError("not the next year")
    return Fields(season=24, two=int(m[2]))


def _decade(m: re.Match[str]) -> Value:
    text = m[1]
    if text.isdecimal():
        return Fields(decade=int(text))
    return Fields(
        decade={
            "sixties": 60,
            "seventies": 70,
            "eighties": 80,
            "nineties": 90,
            "fifties": 50,
            "forties": 40,
            "thirties": 30,
            "twenties": 20,
        }[text]
    )


def _winters(m: re.Match[str]) -> Value:
    first, second = int(m[1]), m[2]
    if int(second) != (first + 1) % 10 ** len(second):
        raise ValueError("not the next year")
    return Fields(season=24, year=first)


def _base(who: str, unit: str, n: int) -> Fields:
    return Fields(base=Base(who, unit, n))  # type: ignore[arg-type]


_HOLIDAYS = {
    "new-year": r"new year(?:'?s(?: day)?)?|solar new year", "christmas": r"christmas(?: day)?|xmas", "christmas-eve": "christmas eve", "new-years-eve": r"new year'?s eve",
    "sun": r"(?:the )?day of the sun|kim il[- ]sung'?s birthday|sun day festival", "shining-star": r"(?:the )?day of the shining star|kim jong[- ]il'?s birthday",
    "founding-day": r"(?:the )?(?:republic|state|nation(?:al)?) foundation day|(?:the )?founding day of the (?:republic|dprk|state)|(?:dprk|north korea(?:n)?(?:'s)?) (?:foundation|national|founding) day|foundation day of the republic",
    "party-day": r"(?:the )?party (?:foundation|founding) day|(?:the )?founding day of the (?:workers'? )?party|party founding anniversary", "liberation-day": "liberation day", "victory-day": "victory day",
    "army-day": r"army day|army foundation day|(?:people's )?army foundation day", "womens-day": r"(?:international )?women'?s day", "labour-day": r"may day|international workers'? day|labou?r day",
    "childrens-day": r"(?:international )?children'?s day", "constitution-day": "constitution day", "songun-day": "songun day", "march-first": "march first movement day", "china-national-day": r"(?:china|chinese)(?:'s)? national day",
    "lunar-new-year": r"(?:the )?(?:lunar|chinese) new year(?:'s day)?|spring festival|seollal|seolnal|sollal", "first-full-moon": r"(?:first full moon|daeboreum|jeongwol daeboreum|lantern festival)", "dano": r"dano|dragon boat(?: festival)?",
    "double-seventh": "chilseok|qixi", "chuseok": r"chuseok|chusok|ch'usok|hangawi|mid-?autumn(?: festival)?|harvest moon festival|(?:korean )?thanksgiving", "double-ninth": "double ninth(?: festival)?", "buddha": r"buddha'?s birthday",
    "hansik": "hansik|cold food day", "qingming": r"cheongmyeong|ch'ongmyong|qingming(?: festival)?|tomb[- ]sweeping day", "dongzhi": r"(?:the )?winter solstice|dongji", "xiazhi": r"(?:the )?summer solstice", "lichun": "ipchun",
    "chunfen": r"(?:the )?(?:spring|vernal) equinox", "qiufen": r"(?:the )?autumn(?:al)? equinox", "lunar-eve": r"(?:the )?(?:lunar|chinese) new year'?s eve|eve of the lunar new year",
}  # fmt: skip
_FARMING = {
    "planting": r"(?:the )?(?:rice[- ])?(?:transplanting|planting)(?: season| time)?|rice[- ]planting(?: season| time)?", "weeding": r"weeding (?:season|time)",
    "kimchi": r"(?:the )?kim(?:chi|jang)(?:[- ]making)?(?: season| time)?|gimjang", "barley-hump": r"(?:the )?barley (?:hump|pass|hill)|spring hunger|lean season", "rains": r"(?:the )?(?:rainy season|monsoon|summer rains)",
    "first-snow": r"(?:the )?first snow(?:fall)?", "first-frost": r"(?:the )?first frost", "azalea": r"(?:when )?(?:the )?azaleas?(?: were| was)?(?: in)?(?: bloom\w*| blossom\w*)?", "apricot": r"(?:the )?(?:apricot|peach|cherry) (?:blossoms?|trees)",
    "maize-harvest": r"(?:the )?(?:corn|maize) harvest", "potatoes": r"(?:the )?potato harvest", "wheat-harvest": r"(?:the )?(?:wheat|barley) harvest", "frozen": r"(?:when )?(?:the )?(?:river|yalu|tumen)(?: river)? (?:was|had|is) (?:frozen|froze)",
    "thaw": r"(?:the )?thaw|(?:when )?(?:the )?(?:ice|river)(?: on the river)? (?:melted|thawed|broke up)", "sowing": r"(?:the )?(?:sowing|seeding)(?: season| time)",
}  # fmt: skip

ENTRIES: list[Entry] = [
    entry(r"(?:during|throughout|at the time of|(?:the )?time (?:of|when))\b(?= (?:the |my |our |his |her |their )?(?!spring|summer|autumn|fall|winter|early|mid|late|first|last|second)[a-z])", WHEN, weak=True),
    entry(r"(?:less|fewer|more|longer|no more|not more|no less|not less) than (?=(?:an?|one|two|three|four|five|six|\d+|\w+teen|ten|twenty) (?:day|week|month|year)s?\b)|over (?=(?:a|one|two|three|\d+) (?:week|month|year)s?\b)|within (?=(?:a|an|one|two|three|\d+) (?:day|week|month|year)s?\b)|at least (?=(?:a|one|two|three|\d+) (?:day|week|month|year)s?\b)", VETO, "name"),
    entry(r"(?:in |during )?(?:the |that )?week (?:after|following)\b|the following week\b", FIELD, _base("event", "week", 1)), entry(r"(?:in |during )?the week (?:before|preceding)\b", FIELD, _base("event", "week", -1)),
    # Years
    entry(r"juche\s?(?:year )?(\d{1,3})\s?\(\s?((?:19|20)\d\d)\s?\)", FIELD, lambda m: Fields(juche=int(m[1]), year=int(m[2]))),
    entry(r"((?:19|20)\d\d)\s?\(\s?juche\s?(\d{1,3})\s?\)", FIELD, lambda m: Fields(juche=int(m[2]), year=int(m[1]))),
    entry(r"juche\s?(?:year )?(\d{1,3})\b", FIELD, lambda m: Fields(juche=int(m[1]))), entry(rf"juche\s?(?:year )?({ENGLISH})\b", FIELD, lambda m: Fields(juche=english(m[1]))),
    entry(r"(\d{5})\b", FIELD, _one_digit_too_many), entry(ENGLISH_YEAR + r"\b", FIELD, _year), entry(r"'(\d\d)\b(?!s)", FIELD, lambda m: Fields(two=int(m[1]))),
    entry(rf"'({ENGLISH})\b", FIELD, lambda m: Fields(two=english(m[1]))),
    entry(r"(?:the )?'?(\d{3}0|\d0)'?s\b", FIELD, _decade), entry(r"(?:the )?(sixties|seventies|eighties|nineties|fifties|forties)\b", FIELD, _decade),
    entry(r"(?<!in my )(?<!in his )(?<!in her )(?<!in their )(?:the )(thirties|twenties)\b", FIELD, _decade),
    entry(rf"(?:the )?{_SEASON[:-1].replace('(', '(?:')}) (?:of )?(\d{{4}})\s?(?:[-/]|to|into)\s?'?(\d{{4}}|\d{{1,2}})\b", FIELD, _winters),
    entry(r"(\d{4})\b(?!\s?(?:won|yuan|dollars?|people|persons?|prisoners?|kilo\w*|kg|grams?|met(?:er|re)s?|km|miles?|households?|families|calories|times|hours?|minutes?|days?|weeks?|months?|years?|square|[°%]))", NUMBER, lambda m: int(m[1])),
    entry(r"when (?:i|he|she|we|they) (?:was|were) (?:still )?(?:a (?:small |little |young )?(?:child|kid|girl|boy|baby)|young|little|small|children)\b", VETO, "name"),
    # Months and days
    entry(rf"{_DAY},? (?:of )?{_MONTH}", FIELD, _day_month), entry(rf"{_DAY}[-/]?{_MONTH}(?=[-/ ,]|$)", FIELD, _day_month),
    entry(rf"{_MONTH},?[ -](?:the )?({ENGLISH_ORDINAL}|\d{{1,2}})\b(?!\s?(?:years?|months?|days?|weeks?|people|/|:))", FIELD, _month_day),
    entry(_MONTH, FIELD, _month, weak=True), entry(rf"(?:the )?month of {_MONTH}", FIELD, _month),
    entry(r"(?:the )?lunar(?: calendar)?\b(?! new)|by the lunar calendar|(?:in|by|on) the (?:old|traditional) calendar", FIELD, Fields(lunar="yes")), entry(r"(?:the )?(?:solar|western|gregorian)(?: calendar)\b|solar\b(?! new)", FIELD, Fields(lunar="no")),
    entry(rf"(?:the )?leap ({ENGLISH_ORDINAL}) (?:lunar )?month\b", FIELD, lambda m: Fields(month=english(m[1]), leap=True, lunar="yes")),
    entry(rf"(?:the )?({ENGLISH_ORDINAL}) lunar month\b|(?:the )?lunar ({ENGLISH_ORDINAL}) month", FIELD, lambda m: Fields(month=english(m[1] or m[2]), lunar="yes")),
    entry(rf"(?:the )?({ENGLISH_ORDINAL}) (?:intercalary|leap) month", FIELD, lambda m: Fields(month=english(m[1]), leap=True, lunar="yes")), entry(r"(?:the )?(?:leap|intercalary) month\b", FIELD, Fields(leap=True, lunar="yes")),
    entry(rf"(?:the )?intercalary ({ENGLISH_ORDINAL}) month", FIELD, lambda m: Fields(month=english(m[1]), leap=True, lunar="yes")),
    entry(rf"(?:the )?({ENGLISH_ORDINAL}) month\b(?= of)", FIELD, lambda m: Fields(month=english(m[1]))),
    entry(r"(?:on )?(?:the )?(?:very )?(first|last) day of(?= (?:the year )?\d{4})|(?:on )?(?:the )?(?:very )?(last) day of\b", FIELD, lambda m: Fields(part=f"{m[1] or m[2]}-day"), weak=True),
    entry(rf"(?:the )?({ENGLISH_ORDINAL}) day (?:of|in)\b", "D", lambda m: english(m[1])), entry(r"(?:the )?(?:full moon|fifteenth day)(?= of)", FIELD, Fields(day=15, lunar="maybe")),
    entry(rf"(?:the )?({ENGLISH_ORDINAL})\b(?! (?:time|winter|summer|spring|autumn|fall|son|daughter|child|month|day|year|grade|week|birthday|repat\w*|arrest|husband|wife|marriage|floor|brother|sister|baby|harvest|place|half))", "D", lambda m: english(m[1])),
    entry(r"(\d{1,2})\b(?!\s?(?:years?|months?|days?|weeks?|people|won|%|:|hours?|minutes?))", NUMBER, lambda m: int(m[1])),
    # Seasons
    entry(rf"(?:the )?(?:(early|mid|middle|late)[- ]|(beginning|start|end|middle|height|depths) of (?:the )?){_SEASON}\b", FIELD, lambda m: Fields(season=SEASONS[m[3]], part=_PARTS[m[1] or m[2]].replace("end", "late"))),
    entry(rf"(mid){_SEASON}\b", FIELD, lambda m: Fields(season=SEASONS[m[2]], part="middle")), entry(rf"(?:the )?{_SEASON}(?: season| months)?\b", FIELD, lambda m: Fields(season=SEASONS[m[1]]), weak=True),
    entry(r"\bharvest[- ](?:time|season)\b|(?:the )?autumn harvest|(?:the )?(?:rice )?harvest\b", FIELD, Fields(span=FARMING["harvest"])),
    *(entry(rf"(?:the )?(?:{pattern})\b", FIELD, Fields(holiday=name)) for name, pattern in _HOLIDAYS.items()), *(entry(rf"(?:{pattern})\b", FIELD, Fields(span=FARMING[name])) for name, pattern in _FARMING.items()),
    # Parts
    entry(r"(early|mid|late)\b(?:[- ](?:in )?|(?=\d))", FIELD, lambda m: Fields(part=_PARTS[m[1]]), weak=True),
    entry(r"(?:at |in )?(?:the )?(?:very )?(beginning|start|end|middle|close|first half|second half|latter half|first part|latter part|last part|first days|last days) of\b", FIELD, lambda m: Fields(part=_PARTS[m[1]]), weak=True),
    entry(r"(?:the )?(first|second|third|fourth|last) week (?:of|in)\b", FIELD,
          lambda m: Fields(part="last-week" if m[1] == "last" else f"week-{english(m[1])}"), weak=True),
    entry(rf"(?:in )?(?:the |my |his |her )?({ENGLISH_ORDINAL}) year (?:of|in) (?=(?:the |my |his |her )?(?:army|military|service|prison|camp|sentence|marriage|captivity|detention))", FIELD,
          lambda m: Fields(base=Base("event", "nth-year", english(m[1]) - 1))),
    entry(r"late (?:at night|in the (?:night|evening|day|afternoon|morning)|that night)|early in the (?:morning|day|evening)|early (?:morning|evening)|late (?:afternoon|evening|night)", FILL),
    entry(r"a decade ago", FIELD, Fields(base=Base("interview", "years", -10), approximate=True)),
    entry(r"(?:about )?(?:at )?this time last year", FIELD, Fields(base=Base("interview", "months", -12), approximate=True)),
    entry(rf"(?:the )?({ENGLISH_ORDINAL}) day\b(?=,| (?:19|20)\d\d|$)", "D", lambda m: english(m[1])),
    entry(r"(?:in )?(?:the )?(first|second|third|fourth|last) quarter of\b", FIELD, lambda m: Fields(part=f"quarter-{4 if m[1] == 'last' else english(m[1])}"), weak=True),
    entry(r"q([1-4])\b(?:,| of)?", FIELD, lambda m: Fields(part=f"quarter-{m[1]}"), weak=True),
    entry(r"(?:the )?summer (?:holidays?|vacation|break)\b", FIELD, Fields(span=(7, 1, 8, 31))), entry(r"(?:the )?winter (?:holidays?|vacation|break)\b", FIELD, Fields(span=(12, 20, 2, 28))),
    entry(rf"{_SEASON} (?:of )?'?(\d\d)\b(?![-/\d])", FIELD, lambda m: Fields(season=SEASONS[m[1]], two=int(m[2]))),
    entry(rf"(?:the )?{_SEASON} (?:of )?'?(\d\d)\s?[-/]\s?(\d\d)\b", FIELD, _two_winters),
    entry(r"(?:in )?(?:the )?(?:month|week|day) (?:when|that)?(?= ?(?:i|we|he|she|they|my|our|his|her|their)\b)", FIELD, lambda m: _base("event", _UNIT_OF[m[0].split("the ")[-1].split(" ")[0]], 0)),
    entry(r"(?:in )?(?:the )(first|last|second|third|fourth|fifth) year of (?=(?:the |my |our |his |her |their )?[a-z])", FIELD,
          lambda m: _base("event", f"{m[1]}-year", 0) if m[1] in ("first", "last") else Fields(base=Base("event", "nth-year", english(m[1]) - 1))),
    entry(r"\d{4} (?:model|make|edition|version|type)\b", VETO),
    # From the interview
    entry(r"(?:earlier |later )?this year\b|earlier this year", FIELD, _base("interview", "year", 0)), entry(r"last year\b(?! of)", FIELD, _base("interview", "year", -1)), entry(r"(?:the )?year before last\b", FIELD, _base("interview", "year", -2)),
    entry(r"next year\b", FIELD, _base("interview", "year", 1)), entry(r"(?:earlier )?this month\b", FIELD, _base("interview", "month", 0)), entry(r"last month\b", FIELD, _base("interview", "month", -1)), entry(r"(?:the )?month before last\b", FIELD, _base("interview", "month", -2)),
    entry(r"today\b|tonight|this morning", FIELD, _base("interview", "day", 0)), entry(r"yesterday\b|last night\b", FIELD, _base("interview", "day", -1)), entry(r"(?:the )?day before yesterday\b", FIELD, _base("interview", "day", -2)),
    entry(r"(?:earlier )?this week\b", FIELD, _base("interview", "week", 0)), entry(r"last week\b", FIELD, _base("interview", "week", -1)), entry(r"(?:the )?week before last\b", FIELD, _base("interview", "week", -2)),
    entry(rf"this (?=(?:{_SEASON}|{_MONTH}|past))", FIELD, _base("interview", "year", 0)), entry(rf"(?<!the )(?:last|this past) (?=(?:early |late )?(?:{_SEASON}|{_MONTH}|chuseok|christmas|harvest))", FIELD, Fields(last=True)),
    entry(rf"(?:the )?(?=({_SEASON})) ?{_SEASON} before last\b", FIELD, lambda m: Fields(season=SEASONS[m[1]], base=Base("interview", "season", -2))),
    # From an event
    entry(r"(?:in |during )?(?:that same|the same|that) year\b|(?:in )?the year (?:of|when|that|in which)\b|(?:in )?the year(?= (?:my|our|his|her|their|i|we|he|she|they|the|kim)\b)", FIELD, _base("event", "year", 0)),
    entry(r"(?:in )?(?:the )?(?:year after|following year|next year|year following)\b(?= that| of)?(?: that)?", FIELD, _base("event", "year", 1)), entry(r"(?:in )?the year (?:before|preceding)\b|the previous year|the preceding year", FIELD, _base("event", "year", -1)),
    entry(r"(?:on )?(?:the (?:very )?(?:same )?day (?:of|when|that)|that (?:very |same )?day|the same day|the day(?= (?:my|our|his|her|their|i|we|he|she|they|the|kim)\b))", FIELD, _base("event", "day", 0)),
    entry(r"(?:on )?the (?:day after|next day|following day|morning after|next morning)\b", FIELD, _base("event", "day", 1)), entry(r"(?:on )?the (?:day before|previous day|night before|eve of)\b", FIELD, _base("event", "day", -1)),
    entry(r"(?:in )?(?:the (?:same )?month (?:of|when|that)|that (?:same )?month)\b", FIELD, _base("event", "month", 0)), entry(r"(?:in )?the (?:month after|next month|following month)\b", FIELD, _base("event", "month", 1)), entry(r"(?:in )?the (?:month before|previous month)\b", FIELD, _base("event", "month", -1)),
    # Lengths
    entry(r"(?:(?:with)?in|over|during|for) the (?:last|past)(?: \w+){0,2} (?:days?|weeks?|months?|years?)\b", VETO, "name"),
    entry(r"(?:a |one )?hundred days", LENGTH, Length("days", 100, 100)),
    entry(rf"({_N}) (day|week|fortnight|month|year)s?\b(?! old|-old|'s? old)(?! of age)", LENGTH, _length), entry(r"half a year|six months", LENGTH, Length("months", 6, 6)), entry(r"(?:a year and a half|one and a half years|eighteen months)", LENGTH, Length("months", 18, 18)),
    entry(rf"({_N}) (spring|summer|autumn|fall|winter|harvest)s?(?= (?:ago|after|before|later|since|following))", "V", _seasons), entry(rf"({_N}) (?:hours?|minutes?)\b", VETO),
    # Edges
    entry(r"ago\b|back\b(?=$|[,.])", AGO), entry(r"not (?:until|till)\b|(?:not|no) (?:before|earlier than)\b|at the earliest(?= \w)", FROM, Edge(True, leads=True)), entry(r"(?:not|no) (?:after|later than)\b|at the latest(?= \w)|by\b(?= (?:the )?(?:\d|'|end|beginning|start|close|middle|early|late|mid|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter))", TO, Edge(True, leads=True)),
    entry(r"(?:some ?time )?(?:before|prior to|earlier than)\b|preceding\b", BEFORE, Edge(False, leads=True)), entry(r"(?:shortly|soon|right|just|not long) before\b", BEFORE, Edge(False, leads=True, soon=True)),
    entry(r"(?:some ?time )?(?:after(?:wards)?|later than|following)\b", AFTER, Edge(False, leads=True)), entry(r"later\b", AFTER, Edge(False)), entry(r"(?:shortly|soon|right|just|not long|immediately) after\b", AFTER, Edge(False, leads=True, soon=True)),
    entry(r"(?:up )?(?:until|till|'til)\b|up to\b|through(?: to)?\b|thru\b|to\b|-|–|~|/(?=\d{4})", TO, Edge(True, leads=True)), entry(r"from\b|since\b|(?:starting|beginning) (?:in|from|with)\b|as of\b|ever since\b", FROM, Edge(True, leads=True)),
    entry(r"at the (?:very )?latest\b|or earlier\b", TO, Edge(True)), entry(r"at the (?:very )?earliest\b|or later\b", FROM, Edge(True)), entry(r"/(?=[a-z])", OR),
    entry(r"(?:in|on) or before\b", TO, Edge(True, leads=True)), entry(r"(?:in|on) or after\b", FROM, Edge(True, leads=True)),
    entry(r"onwards?\b|on(?=$|[.,])|and (?:later|after|on)\b|or (?:later|after)\b", FROM, Edge(True)), entry(r"or (?:earlier|before)\b|and (?:earlier|before)\b", TO, Edge(True)), entry(r"(?:some ?(?:time|where) )?between\b", BETWEEN), entry(r"and\b|&", AND, weak=True),
    entry(r"(?:either )?or(?: (?:maybe|perhaps|possibly|was it|it was|in))?\b|/|or was it\b", OR), entry(r"either\b", FILL), entry(r"for\b(?! sure)|lasting\b|during\b", LASTS, weak=True), entry(r"(?:,? ?but )?not (?:in )?(?=\d|')|rather than|instead of", NOT),
    entry(r"(?:in|on|at) or (?:about|around)\b|around\b|about\b|circa\b|ca\.?(?=\s?\d)|c\.\s?(?=\d)|approximately\b|approx\.?|roughly\b|or so\b|or thereabouts|thereabouts|-ish\b|ish\b|more or less|near(?:ly)?\b|close to\b|give or take\b|some ?time around|~(?=\s?\d)|almost\b|nearly\b", ABOUT),
    entry(r"maybe\b|perhaps\b|probably\b|possibly\b|i think\b|i believe\b|i guess\b|(?:i'm |i am )?not (?:quite |really |entirely )?sure\b|might have been|may have been|must have been|if i remember(?: right(?:ly)?| correctly)?|as far as i (?:remember|recall)|likely\b|presumably\b|\?", MAYBE),
    entry(r"(?:each|every)(?: single)?(?: year in)?\b|annually|year after year|every year\b", EVERY), entry(r"(?:the )?(first|second|third|fourth|fifth|sixth|seventh) (?=(?:spring|summer|autumn|fall|winter|harvest)\b)", ORDINAL, lambda m: english(m[1])),
    entry(r"that(?: same| very)? (?=(?:spring|summer|autumn|fall|winter)\b)|(?:that same|the same) (?=(?:spring|summer|autumn|fall|winter)\b)", THAT), entry(r"(?:the )?(?:next|following) (?=(?:early |late )?(?:spring|summer|autumn|fall|winter|harvest)\b)", NEXT, 1), entry(r"when\b|while\b|at the time of|during\b|the night\b|at the time\b|by the time\b|as\b(?= a)", WHEN),
    # Ages
    entry(rf"({ENGLISH}|\d{{1,3}})(?:-| )years?(?:-| )(?:old|of age)\b", AGE, _age), entry(rf"(?:at (?:the )?age (?:of )?|aged |age |at the age )({ENGLISH}|\d{{1,3}}){_OR}\b", AGE, _age),
    entry(rf"(?:when |by the time )?(?!(?:it|that|this|there|which|what|temperature|price|number|and|but) )(?:i|she|he|they|we|my \w+|\w+) (?:was|were|turned|is|am|are|had turned|became|would have been|must have been)(?: only| just| about| around| barely| maybe| already| still| then| now)? ({ENGLISH}|\d{{1,2}}){_OR}\b(?! (?:months?|weeks?|days?|of|people|times|below|above|degrees|m\b|met\w+)|[.,]\d)(?: years old)?", AGE, _age),
    entry(rf"(?:at )({ENGLISH})\b(?! (?:o'clock|months|in the|a\.?m|p\.?m))", AGE, _age), entry(rf"turn(?:ed|ing) ({ENGLISH}|\d{{1,2}})\b", AGE, _age), entry(r"(?:in )(?:my|his|her|their) (teens|twenties|thirties|forties|fifties|sixties)\b", AGE,
          lambda m: Age(10 * (["teens", "twenties", "thirties", "forties", "fifties", "sixties"].index(m[1]) + 1), 10 * (["teens", "twenties", "thirties", "forties", "fifties", "sixties"].index(m[1]) + 1) + 9)),
    entry(r"(?:in|by) (?:the )?(?:korean|traditional|east asian|counting) (?:age|counting|reckoning|count|way)|korean age(?: of)?|by korean (?:count(?:ing)?|reckoning|age)|\(?korean(?: age| counting)?\)?", RECKONING, "korean"),
    entry(r"(?:in|by) (?:the )?(?:western|international|american) (?:age|counting|reckoning|count|way)|(?:western|international) age|by western (?:count(?:ing)?|reckoning|age)|full years", RECKONING, "international"),
    entry(rf"(?:(?:the )?year of the |born (?:in the year of the |a )|\b)({'|'.join(_ANIMALS)}|cow|mouse|hare|goat|cock|boar)(?:'s)? ?year\b|(?:born )?(?:in )?(?:the )?year of the ({'|'.join(_ANIMALS)}|cow|mouse|hare|goat|cock|boar)", ZODIAC,
          lambda m: _ANIMALS.index({"cow": "ox", "mouse": "rat", "hare": "rabbit", "goat": "sheep", "cock": "rooster", "boar": "pig"}.get(m[1] or m[2], m[1] or m[2]))),
    entry(rf"(?:in )?(?:the )?(?:({ENGLISH_ORDINAL}) (?:grade|year of (?:primary|middle|elementary|secondary|high|junior|senior)(?: middle)?(?: high)? school)|grade ({ENGLISH}|\d))\b", SCHOOL, lambda m: m[0]),
    entry(r"(?:the |his |her |my \w+'s )?first birthday", FIRST_BIRTHDAY, 1), entry(r"(?:the |his |her )?hundredth day|100th day|100 days old|baek-?il", "C", 99), entry(r"(?:\w+ )?(?:sixtieth birthday|60th birthday|hwangap)", "H", 60), entry(r"(?:\w+ )?(?:seventieth birthday|70th birthday)", "K", 70),
    entry(rf"(?:(?:{'|'.join(MONTHS)}) \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{'|'.join(MONTHS)})),? (?:house of culture|house|factory|square|stadium|hall|school|university|unit|training|street|road|brigade|committee|mine|farm|theatre|theater|war|incident|uprising|movement|measures?|camp)\b", VETO),
    entry(rf"({ENGLISH}|\d{{1,2}})(?=,? \(?(?:in |by )?(?:korean|western|international) (?:age|count\w*|reckoning|years))", AGE, _age),
    entry(rf"(?:i'm|he's|she's) ({ENGLISH}|\d{{1,2}})\b(?! (?:months?|weeks?|days?|of|people|times))(?: years old)?(?: now)?", AGE, _age),
    entry(rf"(?:on |by |around )?(?:my|his|her|their) ({ENGLISH_ORDINAL}) birthday", AGE, _age),
    entry(r"(?:in )(?:my|his|her|their) (early|mid|late)[- ](teens|twenties|thirties|forties|fifties|sixties)\b", AGE, _part_of_tens),
    entry(r"(?:named|called|name is|name was|whose name)\b", VETO, "name"), entry(r"(?:camp|room|cell|unit|no\.?|number|bureau|office|house|block|ward|route|highway|bus|section|article|kyo-hwa-so|page|prison|team|class|group)\s?#?(?:no\.?|number)?\s?\d+", VETO),
    entry(r"(?:won|yuan|dollars?|rmb|us\$|\$)\s?\d+|\d[\d,.]*\s?(?:won|yuan|dollars?|kg|kilos?|%)", VETO),
    entry(r"the|of|in|on|at|a|,|\(|\)|\.|during|throughout|all of|the whole of|back|was|it was|is|some ?time|in the month of|the year|year|born|(?:mon|tues|wednes|thurs|fri|satur|sun)day", FILL, weak=True),
]  # fmt: skip
