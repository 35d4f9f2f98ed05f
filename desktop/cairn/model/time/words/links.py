"""Dates of a phrase that belong together: from and to, between, one or the other, before and after."""

from __future__ import annotations

from dataclasses import replace

from cairn.model.time import edtf
from cairn.model.time.edtf import Edtf, Interval, Point
from cairn.model.time.words import ends, stepping
from cairn.model.time.words.context import Context, Event, Reading
from cairn.model.time.words.fields import Base, Fields
from cairn.model.time.words.phrase import Phrase, Piece
from cairn.model.time.words.said import DONE, Said, filled, marked, resolved
from cairn.model.time.words.token import (
    AFTER,
    BEFORE,
    FROM,
    LENGTH,
    NOT,
    SPEC,
    TO,
    WORD,
    Edge,
    Length,
)  # fmt: skip


def shared_season(made: Phrase, said: Said) -> None:
    """Every winter from … to …: the season belongs to both ends."""
    specs = made.of(SPEC)
    seasons = [i for i in specs if i.fields[0].season]
    if said.recurring and len(seasons) == 1 and len(specs) == 2 and seasons[0].fields[0].has_year():
        other = next(i for i in specs if i is not seasons[0])
        of = Fields(season=seasons[0].fields[0].season)
        if all(f.has_year() and f.month is None for f in other.fields):
            merged = tuple(m for f in other.fields if (m := f.merged(of)) is not None)
            made.items[made.items.index(other)] = replace(other, fields=merged)
    bare = [
        i
        for i in specs
        if not any(f.has_year() for f in i.fields)
        and (i.fields[0].season or i.fields[0].holiday or i.fields[0].span)
    ]
    years = [i for i in specs if all(f.has_year() and f.season is None and f.month is None for f in i.fields)]
    if not said.recurring or len(bare) != 1 or not years:
        return
    for item in years:
        merged = tuple(m for f in item.fields if (m := f.merged(bare[0].fields[0])) is not None)
        made.items[made.items.index(item)] = replace(item, fields=merged)
    made.items.remove(bare[0])


def winters(made: Phrase) -> None:
    """98년에서 99년으로 넘어가는 겨울: one winter, named by both of its years."""

    def year(item: Piece) -> int | None:
        said = item.fields[0]
        return said.year if said.year is not None else said.two

    def make(found: list[Piece]) -> list[Piece] | None:
        specs = [i for i in found if i.kind == SPEC]
        first, last = specs[0].fields[0], specs[-1].fields[0]
        if last.season != 24 and first.season != 24:
            return None
        low, high = year(specs[0]), year(specs[1])
        if low is None or high is None or (low + 1) % 100 != high % 100:
            return None
        if any(f.month or f.day for i in specs for f in i.fields) or (
            first.season and found[1].text not in ("-", "/", "~-")
        ):
            return None
        return [Piece(SPEC, "", (Fields(year=first.year, two=first.two, season=24, part=last.part),))]

    made.sub("sQ*[Et&][Ete]?sQ*t?s", make)
    made.sub("s[Et&]s", make)


def ranges(made: Phrase, said: Said) -> None:
    def make(found: list[Piece]) -> list[Piece] | None:
        specs = [i for i in found if i.kind in (SPEC, DONE)]
        between = any(i.kind == "B" for i in found)
        links = "".join(i.kind for i in found)
        if links.count("t") == 0 and not between and not _both_dated(specs, links):
            return None
        one, other = specs
        if one.kind == SPEC and other.kind == SPEC:
            one, other = _with_year(one, other, said)
        at = found.index(specs[1])
        firsts = marked(resolved(one, said), found[:at])
        lasts = marked(resolved(other, said), found[at:])
        return [Piece(DONE, value=ends.ranged(firsts, lasts, among=between))]

    def length(found: list[Piece]) -> list[Piece] | None:
        so_long = found[-1].value if found[-1].kind == LENGTH else found[-2].value
        if not isinstance(so_long, Length) or so_long.unit == "season":
            return None
        made_of: list[Reading] = []
        for each in resolved(found[0], said):
            made_of.append(replace(each, expression=_lasting(each.expression, so_long)))
        return [Piece(DONE, value=made_of)]

    made.sub("sQ*[fE]u[dB]?", length)
    made.sub("B?f?[sr]Q*[fEt&O]{1,2}Q*[sr]Q*[tB]*", make)
    made.sub("[sr]Q*[&O][sr]Q*B", make)


def _both_dated(specs: list[Piece], links: str) -> bool:
    """80년대 말에서 90년대 초, without 까지: from one to the other where both are dates."""
    if "E" not in links or not all(i.fields for i in specs):
        return False
    one, other = specs
    days_of_one = all(f.day and not f.month and not f.has_year() for f in other.fields)
    return all(f.has_year() for f in one.fields) and (days_of_one or all(f.has_year() for f in other.fields))


def _lasting(start: Edtf, so_long: Length) -> Edtf:
    """From a date for so long: three months from January end with March."""
    first, last = start.bounds
    if first is None or last is None or not isinstance(start, Point):
        raise ValueError("no beginning")
    known = Context(interview=first)
    fields = Fields(
        base=Base("event", "days" if so_long.unit in ("days", "weeks") else so_long.unit, so_long.most)
    )
    event = Event("", edtf.on(first).__str__())
    if so_long.unit == "weeks":
        fields = Fields(base=Base("event", "days", 7 * so_long.most))
    over = stepping.anchor_days(fields.base, known, event)  # type: ignore[arg-type]
    step = stepping.stepped(fields.base, over[0])  # type: ignore[arg-type]
    end = ends.edged([Reading(edtf.on(step))], Edge(False), after=False)[0].expression.bounds[1]
    if end is None:
        raise ValueError("no end")
    end = max(end, last)
    spanned = edtf.spanning(first, end)
    return spanned if isinstance(spanned, Interval) else Interval(spanned, spanned)


def _with_year(one: Piece, other: Piece, said: Said) -> tuple[Piece, Piece]:
    """Both ends with the year that only one of them has; the year turns where the end would come first."""
    a, b = one.fields[0], other.fields[0]
    if a.has_year() and not b.has_year():
        other = filled(other, one)
        if _turned(resolved(one, said), resolved(other, said)):
            other = _shifted(other, 1)
    elif b.has_year() and not a.has_year():
        one = filled(one, other)
        if _turned(resolved(one, said), resolved(other, said)):
            one = _shifted(one, -1)
    elif not a.has_year() and a.day and not a.month and b.month:
        one = filled(one, other)
    elif not b.has_year() and b.day and not b.month and a.month:
        other = filled(other, one)
    return one, other


def _turned(firsts: list[Reading], lasts: list[Reading]) -> bool:
    first, last = firsts[0].expression.bounds[0], lasts[0].expression.bounds[1]
    return first is not None and last is not None and last < first


def _shifted(item: Piece, by: int) -> Piece:
    def move(fields: Fields) -> Fields:
        if fields.year is not None:
            return replace(fields, year=fields.year + by)
        if fields.two is not None:
            return replace(fields, two=(fields.two + by) % 100)
        if fields.juche is not None:
            return replace(fields, juche=fields.juche + by)
        if fields.base is not None:
            return replace(fields, base=replace(fields.base, n=fields.base.n + by))
        return fields

    return replace(item, fields=tuple(move(f) for f in item.fields))


def choices(made: Phrase, said: Said) -> None:
    def make(found: list[Piece]) -> list[Piece]:
        specs = [i for i in found if i.kind in (SPEC, DONE)]
        specs = _sharing(_shared(specs))
        finest = _season_of_all(specs)
        made_of = ends.either([marked(resolved(i, said), found) for i in specs])
        if finest is not None and said.language != "en":
            made_of += ends.either([marked(resolved(i, said), found) for i in finest])
        elif finest is not None:
            made_of = ends.either([marked(resolved(i, said), found) for i in finest])
        return [Piece(DONE, value=made_of)]

    def other(found: list[Piece]) -> list[Piece]:
        return [filled(found[-1], found[0])]

    def only(found: list[Piece]) -> list[Piece] | None:
        """Not in 1998 but in 1999."""
        return None if any(i.kind == WORD and i.text not in ("but", "rather") for i in found) else [found[-1]]

    def both(found: list[Piece]) -> list[Piece] | None:
        """June, July 1998; in June and July 1998."""
        one, other = found[0], found[-1]
        bare = all(f.month and not f.day and not f.has_year() and not f.season for f in one.fields)
        dated = all(f.month and not f.day and f.has_year() for f in other.fields)
        if not (bare and dated):
            return None
        return [Piece(DONE, value=ends.either([resolved(i, said) for i in _sharing([one, other])]))]

    made.sub(NOT + "sw?" + SPEC, only)
    if said.language != "zh":  # 98年不是99年 is the first of the two, 98년이 아니라 99년 the second
        made.sub(SPEC + NOT + "+" + SPEC, other)
    made.sub("s&?s", both)
    made.sub("[sr]Q*([O]+Q*[sr]Q*)+O*", make)


def _shared(specs: list[Piece]) -> list[Piece]:
    """97년인가 98년인가 겨울: a season behind the years is of each of them."""
    last = specs[-1].fields[0] if specs[-1].fields else None
    bare = all(
        i.fields and i.fields[0].has_year() and not (i.fields[0].season or i.fields[0].month)
        for i in specs[:-1]
    )
    if last is None or last.season is None or last.has_year() or not bare or len(specs) < 3:
        return specs
    return [replace(i, fields=tuple(m for f in i.fields if (m := f.merged(last)))) for i in specs[:-1]]


def _sharing(specs: list[Piece]) -> list[Piece]:
    made = list(specs)
    for n in range(1, len(made)):
        if made[n].fields and made[n - 1].fields and not made[n].fields[0].has_year():
            made[n] = filled(made[n], made[n - 1])
    for n in range(len(made) - 2, -1, -1):
        if made[n].fields and made[n + 1].fields and not made[n].fields[0].has_year():
            made[n] = filled(made[n], made[n + 1])
    return made


def _season_of_all(specs: list[Piece]) -> list[Piece] | None:
    """The winter of 1997 or 1999: the year alone may have the season, month or part of the other as well."""
    if any(not i.fields for i in specs):
        return None
    fine = [
        i for i in specs if i.fields[0].season or i.fields[0].month or i.fields[0].holiday or i.fields[0].span
    ]
    bare = [i for i in specs if i not in fine]
    if len(fine) != 1 or not bare or any(i.fields[0].decade for i in specs):
        return None
    of = fine[0].fields[0]
    finer = Fields(
        season=of.season,
        month=of.month,
        day=of.day,
        part=of.part,
        holiday=of.holiday,
        span=of.span,
        lunar=of.lunar,
    )
    return [
        i if i in fine else replace(i, fields=tuple(m for f in i.fields if (m := f.merged(finer))))
        for i in specs
    ]


def edges(made: Phrase, said: Said) -> None:
    def make(found: list[Piece]) -> list[Piece] | None:
        spec = next(i for i in found if i.kind in (SPEC, DONE))
        at = found.index(spec)
        edge = next(i for i in found if i.kind in (BEFORE, AFTER, FROM, TO))
        if not isinstance(edge.value, Edge) or (edge.value.leads and found.index(edge) > at):
            return None
        base = marked(resolved(spec, said), found)
        return [Piece(DONE, value=ends.edged(base, edge.value, after=edge.kind in (AFTER, FROM)))]

    made.sub("[ft][sr]Q*[ft]", lambda found: make(found[1:]))
    made.sub(
        "[bft a]*(?<![bfta])[bfta]Q*[sr]Q*(?![bfta])|[bfta]Q*[sr]",
        lambda found: make(found) if _leads(found) else None,
    )
    made.sub("f?t?[sr]Q*[bfta]", make)


def _leads(found: list[Piece]) -> bool:
    edge = next((i for i in found if i.kind in (BEFORE, AFTER, FROM, TO)), None)
    return edge is not None and isinstance(edge.value, Edge) and edge.value.leads
