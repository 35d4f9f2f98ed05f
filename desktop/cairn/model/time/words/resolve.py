"""From the pieces of a date to what it may mean: one reading, or all that are as likely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from cairn.model.time import days, edtf, lunar, terms
from cairn.model.time.edtf import Among, Edtf, Point
from cairn.model.time.told import Anchor, Calendar
from cairn.model.time.words import holidays, parts
from cairn.model.time.words.context import Context, Event, Impossible, Reading, Unanchored
from cairn.model.time.words.fields import LAST_DAY, Base, Fields


def resolve(said: Fields, known: Context, language: str, event: Event | None) -> list[Reading]:
    """Every reading. Raises Impossible and Unanchored; ValueError and OverflowError outside of what can be reckoned."""
    found = list(_readings(said, known, language, event))
    marked = [
        replace(
            each,
            expression=each.expression.marked(
                uncertain=bool(said.uncertain), approximate=bool(said.approximate)
            ),
        )
        for each in found
    ]
    unique: list[Reading] = []
    for each in marked:
        if not any(str(each.expression) == str(other.expression) for other in unique):
            unique.append(each)
    return unique


def year_of(two: int, known: Context) -> int:
    """The year of two digits, within the hundred years that end with the interview's. Raises Unanchored without one."""
    if known.interview is None:
        raise Unanchored(Anchor("interview"))
    last = known.interview.year
    return last - (last - two) % 100


def _readings(said: Fields, known: Context, language: str, event: Event | None) -> Iterator[Reading]:
    base = said.base
    if base is not None and (base.unit not in ("year", "years") or _plain(said)):
        yield from _from_base(said, base, known, language, event)
        return
    if said.last:
        yield from _last(said, known, language)
        return
    years = list(_years(said, known, event))
    if base is not None and said.season and said.part is None and len(years) > 1:
        among = _one_of_lasting(said.season, base, known, event)
        if among is not None:
            yield Reading(among, anchor=_anchor(base, known, event))
            return
    if not years:
        yield from _yearless(said, known, language)
        return
    anchor = _anchor(base, known, event) if base else None
    for year, calendar in years:
        for each in in_year(said, year, language):
            named = calendar if each.calendar == "gregorian" else each.calendar
            yield replace(each, calendar=named, anchor=anchor)


def _one_of_lasting(season: int, base: Base, known: Context, event: Event | None) -> Edtf | None:
    """A winter of something that lasted for years: one of them. None where it lay within one year."""
    start, end = anchor_days(base, known, event)
    if base.most is not None:
        low, high = sorted((base.n, base.most))
        points = [Point(each.year + n, season, approximate=True) for each, n in ((start, low), (end, high))]
        return Among((edtf.Interval(points[0], points[1]),))
    if base.who != "event" or base.n or start.year == end.year:
        return None
    return Among((edtf.Interval(Point(start.year, season), Point(end.year, season)),))


def _plain(said: Fields) -> bool:
    """Whether nothing but the base is said, so that it is no finer than its unit."""
    return all(x is None for x in (said.month, said.day, said.season, said.part, said.holiday, said.span))


# Years


def _years(said: Fields, known: Context, event: Event | None) -> Iterator[tuple[int, Calendar]]:
    gregorian: int | None = said.year
    if said.two is not None:
        gregorian = year_of(said.two, known)
    if said.juche is not None:
        if said.juche < 1 or (known.interview and 1911 + said.juche > known.interview.year + 20):
            raise Impossible(why="juche")
        juche = 1911 + said.juche
        yield juche, "juche"
        if gregorian is not None and gregorian != juche:
            yield gregorian, "gregorian"
        return
    if gregorian is not None:
        if not 1 <= gregorian <= 9998:
            raise Impossible
        yield gregorian, "gregorian"
    elif said.cycle is not None:
        last = known.interview.year if known.interview else date.max.year
        first = last - (last - 1984 - said.cycle) % 60
        yield first, "gregorian"
        if known.interview and first - 60 > last - 100:
            yield first - 60, "gregorian"
    elif said.base is not None:
        start, end = anchor_days(said.base, known, event)
        first, last = _of_years(start, end, said.base.n)
        for year in range(first + said.base.n, last + (said.base.most or said.base.n) + 1):
            yield year, "gregorian"
        if said.base.who == "event" and said.season == days.WINTER and start.month < 3 and start == end:
            # Of an event in January or February "that winter" is the one it lies in as well.
            yield start.year + said.base.n - 1, "gregorian"


def _of_years(start: date, end: date, n: int) -> tuple[int, int]:
    """The years that are counted from: of something that lasted, after it is after its end."""
    if n > 0:
        return end.year, end.year
    return (start.year, start.year) if n < 0 else (start.year, end.year)


def decade_of(said: int, known: Context) -> int:
    """The first year of a decade, its century being the last one in which it had begun."""
    return year_of(said, known) if said < 100 else said


def in_year(said: Fields, year: int, language: str) -> Iterator[Reading]:
    """Readings of pieces in a year that is known."""
    if said.holiday is not None:
        yield from _holiday(said, year, language)
    elif said.span is not None:
        first_month, first_day, last_month, last_day = said.span
        last_year = year + (last_month < first_month)
        end = min(last_day, days.month(last_year, last_month)[1].day)
        stretch = edtf.spanning(date(year, first_month, first_day), date(last_year, last_month, end))
        yield Reading(stretch.marked(approximate=True))
    elif said.season is not None and said.month is not None:
        yield from _month_of_season(said, year, language)
    elif said.season is not None:
        yield from (Reading(each) for each in parts.of_season(year, said.season, said.part))
    elif said.month is None and said.day is None and not said.leap and said.lunar == "yes":
        yield from _lunar_year(year, said.part, language)
    elif said.month is None and said.day is None and not said.leap:
        yield Reading(parts.of_year(year, said.part))
    elif said.leap or said.lunar == "yes":
        yield from _lunar(said, year, language)
    elif said.lunar == "maybe":
        yield from _either(said, year, language)
    else:
        yield Reading(_gregorian(said, year, language))


def _month_of_season(said: Fields, year: int, language: str) -> Iterator[Reading]:
    """98년 가을, 10월: the month is finer. Of a winter's January and February the year may be either of the two."""
    month = replace(said, season=None)
    if said.season == days.WINTER and (said.month or 12) < 3:
        yield from in_year(month, year, language)
        yield from in_year(month, year + 1, language)
    else:
        yield from in_year(month, year, language)


def _either(said: Fields, year: int, language: str) -> Iterator[Reading]:
    """A day as the lunar calendar has them, without word of the calendar: both, as far as there were both."""
    refused: Impossible | None = None
    found: list[Reading] = []
    try:
        found += _lunar(said, year, language)
    except Impossible as error:
        refused = error
    try:
        found.append(Reading(_gregorian(said, year, language)))
    except Impossible as error:
        refused = refused or error
    if not found and refused:
        raise refused
    yield from found


def _gregorian(said: Fields, year: int, language: str) -> Edtf:
    month, day = said.month, said.day
    if month is None or not 1 <= month <= 12:
        raise Impossible(why="month")
    if day is None:
        return parts.of_month(*days.month(year, month), said.part)
    if day == LAST_DAY:
        return edtf.on(days.month(year, month)[1])
    try:
        return edtf.on(date(year, month, day))
    except ValueError as error:
        count = days.month(year, month)[1].day
        of = str(Point(year, month))
        meant = _lunar_instead(year, month, day, language)
        raise Impossible(*meant, why="day", month=of, count=count) from error


def _lunar_instead(year: int, month: int, day: int, language: str) -> list[Edtf]:
    try:
        return [edtf.on(lunar.to_solar(calendar_of(language), lunar.LunarDay(year, month, day)))]
    except ValueError:
        return []


# Lunar dates


def calendar_of(language: str) -> lunar.Calendar:
    """Whose lunar calendar is meant: of China in Chinese, else of Korea."""
    return "chinese-lunar" if language == "zh" else "korean-lunar"


def _lunar(said: Fields, year: int, language: str) -> Iterator[Reading]:
    calendar = calendar_of(language)
    months = lunar.months(calendar, year)
    number = said.month
    if number is None and not said.leap:
        raise ValueError("a day without a month")
    if number is None:
        number = lunar.leap_month(calendar, year)
        if not number:
            raise Impossible(why="leap-none", year=year)
    if not 1 <= number <= 12:
        raise Impossible(why="month")
    of_number = [each for each in months if each.number == number]
    wanted = [each for each in of_number if each.leap or not said.leap]
    if not wanted:
        meant = [_in_lunar(each, said) for each in of_number if _has(each, said)]
        raise Impossible(*meant, why="leap", year=year, month=number)
    made = [each for each in wanted if _has(each, said)]
    if not made:
        raise Impossible(why="lunar-day", count=max(each.length for each in wanted))
    for each in made:
        yield Reading(_in_lunar(each, said), calendar)


def _lunar_year(year: int, part: str | None, language: str) -> Iterator[Reading]:
    calendar = calendar_of(language)
    low, high = parts.months_of(part)
    within = [each for each in lunar.months(calendar, year) if low <= each.number <= high]
    yield Reading(edtf.spanning(within[0].first, within[-1].last), calendar)


def _has(month: lunar.LunarMonth, said: Fields) -> bool:
    return said.day is None or said.day == LAST_DAY or 1 <= said.day <= month.length


def _in_lunar(month: lunar.LunarMonth, said: Fields) -> Edtf:
    if said.day is None:
        return parts.of_month(month.first, month.last, said.part)
    return edtf.on(days.plus_days(month.first, (month.length if said.day == LAST_DAY else said.day) - 1))


def _holiday(said: Fields, year: int, language: str) -> Iterator[Reading]:
    name = said.holiday or ""
    for each in holidays.EITHER.get(name, (name,)):
        if each == "seol" or (said.lunar == "yes" and each in holidays.SOLAR and name in holidays.EITHER):
            continue
        if said.lunar == "no" and each in holidays.LUNAR and name in holidays.EITHER:
            continue
        yield from _named(each, year, language)


def _named(name: str, year: int, language: str) -> Iterator[Reading]:
    calendar = calendar_of(language)
    hours = terms.CHINESE_HOURS if language == "zh" else terms.KOREAN_HOURS
    if name in holidays.SOLAR:
        yield Reading(edtf.on(date(year, *holidays.SOLAR[name])))
    elif name in holidays.LUNAR:
        month, day = holidays.LUNAR[name]
        yield Reading(edtf.on(lunar.to_solar(calendar, lunar.LunarDay(year, month, day))), calendar)
    elif name in (holidays.LAST_NIGHT, holidays.NEW_YEARS_EVE):
        if name == holidays.NEW_YEARS_EVE:
            yield Reading(edtf.on(lunar.months(calendar, year - 1)[-1].last), calendar)
        yield Reading(edtf.on(lunar.months(calendar, year)[-1].last), calendar)
    elif name == holidays.HANSIK:
        yield from (Reading(edtf.on(day)) for day in terms.hansik(year, hours))
    else:
        yield from (Reading(edtf.on(day)) for day in terms.days(year, name, hours))


# Without a year


def _yearless(said: Fields, known: Context, language: str) -> Iterator[Reading]:
    """The last one before the interview, and that the year is not known."""
    if said.decade is not None:
        yield Reading(parts.of_decade(decade_of(said.decade, known), said.part))
        return
    if _plain(said):
        raise ValueError("nothing of a date")
    unknown = list(_year_unknown(said, calendar_of(language)))
    if known.today is not None:
        yield from _before(said, known.today, language)
    yield from unknown


def _before(said: Fields, today: date, language: str) -> Iterator[Reading]:
    """The latest of each reading that had begun before a day."""
    best: dict[str, list[Reading]] = {}
    refused: Impossible | None = None
    for year in range(today.year - 8, today.year + 1):
        try:
            made = [
                each
                for each in in_year(said, year, language)
                if (each.expression.bounds[0] or today) <= today
            ]
        except Impossible as error:
            refused = error
            continue
        for calendar in {each.calendar for each in made}:
            best[calendar] = [each for each in made if each.calendar == calendar]
    if not best:
        raise refused or ValueError("no such day")
    yield from (each for calendar in sorted(best, reverse=True) for each in best[calendar])


def _year_unknown(said: Fields, calendar: lunar.Calendar) -> Iterator[Reading]:
    lunar_day = said.lunar in ("yes", "maybe") or said.holiday in holidays.LUNAR
    names = holidays.EITHER.get(said.holiday or "", (said.holiday,))
    fixed = [holidays.SOLAR[name] for name in names if name in holidays.SOLAR]
    for month, day in fixed:
        yield Reading(Point(month=month, day=day, digits=0))
    if said.holiday is not None:
        if not fixed:
            yield Reading(Point(digits=0), calendar if lunar_day else "gregorian")
    elif said.season is not None:
        yield Reading(Point(month=said.season, digits=0))
    elif (lunar_day and said.month is not None) or said.leap or said.span:
        yield Reading(Point(digits=0), "gregorian" if said.span else calendar)
    elif said.month is not None and 1 <= said.month <= 12:
        longest = days.month(2000, said.month)[1].day
        named = longest if said.day == LAST_DAY else said.day
        if named is not None and not 1 <= named <= longest:
            raise Impossible(why="day", month=f"{said.month:02}", count=longest)
        yield Reading(Point(month=said.month, day=named or 0, digits=0))
    elif said.month is not None:
        raise Impossible(why="month")
    else:
        raise ValueError("a day without a month")


# From another time


def _anchor(base: Base, known: Context, event: Event | None) -> Anchor | None:
    if base.who == "interview":
        return Anchor("interview", "interview", known.interview.isoformat() if known.interview else "")
    return event.anchor() if event else None


def anchor_days(base: Base, known: Context, event: Event | None) -> days.Days:
    """First and last day of what a time hangs on. Raises Unanchored while that has no date."""
    if base.who == "interview":
        if known.today is None:
            raise Unanchored(Anchor("interview"))
        return known.today, known.today
    first, last = edtf.parse(event.date).bounds if event and event.date else (None, None)
    if first is None or last is None:
        raise Unanchored(event.anchor() if event else Anchor("event", ""))
    return first, last


def _from_base(
    said: Fields, base: Base, known: Context, language: str, event: Event | None
) -> Iterator[Reading]:
    start, end = anchor_days(base, known, event)
    anchor = _anchor(base, known, event)
    made = _stepped(said, base, start, end)
    for each in made:
        yield Reading(each, anchor=anchor)


def _stepped(said: Fields, base: Base, start: date, end: date) -> list[Edtf]:
    low, high = sorted((base.n, base.n if base.most is None else base.most))
    if base.unit == "nth-year":
        # Of something that lasted longer it is counted from its beginning.
        counted = start if (end - start).days > 366 else end
        closing = days.plus_days(days.plus_years(counted, high + 1), -1)
        return [edtf.spanning(days.plus_years(start, low), closing)]
    if base.unit == "season-within":
        return _seasons(said, replace(base, unit="season"), start, start)
    if base.unit == "season":
        return _seasons(said, base, start, end)
    if base.unit in ("first-year", "last-year"):
        return [Point((start if base.unit == "first-year" else end).year)]
    if base.unit == "year" or (base.unit == "years" and base.who == "interview"):
        begun, over = _of_years(start, end, low)
        return [edtf.spanning(date(begun + low, 1, 1), date(over + high, 12, 31))]
    if base.unit == "month" or (base.unit == "months" and base.who == "interview"):
        first, last = days.plus_months(start, low), days.plus_months(end, high)
        if base.unit == "month" and low == high and start == end:
            month = replace(said, year=first.year, month=first.month, base=None)
            return [each.expression for each in in_year(month, first.year, "en")]
        return [_rough(days.month(first.year, first.month)[0], days.month(last.year, last.month)[1])]
    if base.unit == "week":
        monday = days.plus_days(start, 7 * low - start.weekday())
        if said.weekday is not None:
            return [edtf.on(days.plus_days(monday, said.weekday))]
        return [edtf.spanning(monday, days.plus_days(monday, 6))]
    if base.unit in ("day", "days"):
        return [edtf.spanning(days.plus_days(start, low), days.plus_days(end, high))]
    step: Callable[[date, int], date] = {
        "weeks": lambda day, n: days.plus_days(day, 7 * n),
        "months": days.plus_months,
        "years": days.plus_years,
    }[base.unit]
    first, last = step(start, low), step(end, high)
    if base.unit == "years" and first == last:
        first, last = days.month(first.year, first.month)
    return [_rough(first, last)]


def _rough(first: date, last: date) -> Edtf:
    return edtf.spanning(first, last).marked(approximate=True)


def _seasons(said: Fields, base: Base, start: date, end: date) -> list[Edtf]:
    """The n-th such season after something, or before it; of something within one, both ways to count."""
    number = said.season or days.WINTER
    counts = [base.n]
    inside = days.season_of(end)[1] == number
    if base.n > 0:
        year = days.season_of(end)[0]
        first = year if days.season(year, number)[0] > end else year + 1
        if inside:
            counts = [base.n - 1, base.n]
        return [each for n in counts for each in parts.of_season(first + n - 1, number, said.part)]
    year = days.season_of(start)[0]
    first = year if days.season(year, number)[1] < start else year - 1
    if days.season_of(start)[1] == number:
        counts = [base.n + 1, base.n]
        first = year - 1
    return [each for n in counts for each in parts.of_season(first + n + 1, number, said.part)]


_RECENT = 45
"""Days for which a season that is over may still be passed over by "last": said in September of a summer."""


def _last(said: Fields, known: Context, language: str) -> Iterator[Reading]:
    if known.today is None:
        raise Unanchored(Anchor("interview"))
    today = known.today
    anchor = _anchor(Base("interview", "season", 0), known, None)
    plain = replace(said, last=None)
    past = [
        each
        for year in range(today.year - 2, today.year + 1)
        for each in in_year(plain, year, language)
        if (each.expression.bounds[0] or today) < today
    ]
    past.sort(key=lambda each: each.expression.bounds[0] or today)
    if not past:
        raise ValueError("none before the interview")
    over = past[-1].expression.bounds[1] or today
    wanted = past[-1:] if (today - over).days > _RECENT else past[-2:][::-1]
    for each in wanted:
        yield replace(each, anchor=anchor)


def stepped(base: Base, start: date) -> date:
    """The day so long after another."""
    if base.unit in ("year", "years"):
        return days.plus_years(start, base.n)
    if base.unit in ("month", "months"):
        return days.plus_months(start, base.n)
    return days.plus_days(start, base.n)
