"""What hangs on an event, or on a date of the phrase itself: so long after it, the next winter, before it."""

from __future__ import annotations

import re
from dataclasses import replace

from cairn.model.time import days, edtf
from cairn.model.time.told import Anchor
from cairn.model.time.words import anchors, ends
from cairn.model.time.words.context import Event, Reading, Unanchored
from cairn.model.time.words.fields import Base, Fields
from cairn.model.time.words.phrase import Phrase, Piece, back, length_of
from cairn.model.time.words.said import DONE, Said, event_words, resolved
from cairn.model.time.words.token import (
    ABOUT,
    AFTER,
    AGE,
    AND,
    BEFORE,
    COMMA,
    FIELD,
    FILL,
    FROM,
    LENGTH,
    OR,
    ORDINAL,
    SPEC,
    TO,
    WHEN,
    WORD,
    Edge,
)  # fmt: skip
from cairn.model.time.words.year import in_year


def hanging(made: Phrase, said: Said) -> None:
    """Lengths, seasons and edges that are counted from an event, or from a date that the phrase itself gives."""
    whole = made.items

    def is_event(before: list[Piece], after: list[Piece], leads: bool, backward: bool) -> bool:
        words = after if leads else before
        if event_words(words) and (said.event is not None or leads or not backward):
            return True
        return any(i.kind == WORD and i.text.endswith("기") for i in words)

    at = 0
    while at < len(whole):
        item = whole[at]
        follow = next((n for n in range(at + 1, len(whole)) if whole[n].kind not in (ABOUT, ".")), None)
        edge = whole[follow] if follow is not None else None
        counted = item.kind in (LENGTH, "V") and edge is not None and edge.kind in (BEFORE, AFTER)
        if counted and edge is not None and follow is not None and isinstance(edge.value, Edge):
            backward = edge.kind == BEFORE
            before, after = whole[:at], whole[follow + 1 :]
            dated = any(i.kind == FIELD for i in (after if edge.value.leads else before))
            hangs = is_event(before, after, edge.value.leads, backward)
            rough = any(
                i.kind == ABOUT for i in [*whole[max(0, at - 1) : follow], *whole[follow + 1 : follow + 2]]
            )
            if not hangs and not dated and backward and not edge.value.leads:
                fields = _from_interview(item, whole[at:follow])
            else:
                fields = _from_event(item, backward, rough)
            if rough and fields.base and fields.base.who == "event":
                fields = replace(fields, approximate=True)
            whole[at : follow + 1] = [Piece(FIELD, item.text, (fields,))]
        at += 1
    _counted_after(made, said)
    _seasons_from_event(made, said)
    _feasts_from_event(made, said)
    _clauses(made, said)


def _counted_after(made: Phrase, said: Said) -> None:
    """被抓后三天, 석방 후 3년: the length behind the word."""
    if said.language == "en":
        return

    def make(found: list[Piece]) -> list[Piece]:
        length = found[-1]
        rough = any(i.kind == ABOUT for i in found)
        return [Piece(FIELD, length.text, (_from_event(length, found[0].kind == BEFORE, rough),))]

    made.sub("[ba][Q.]*u(?!Q*[bagd])", make)


def _from_interview(item: Piece, found: list[Piece]) -> Fields:
    if item.kind == "V":
        said = item.fields[0]
        return replace(said, base=Base("interview", "season", -(said.base.n if said.base else 1)))
    return back(length_of(item), found)


def _from_event(item: Piece, backward: bool, rough: bool) -> Fields:
    sign = -1 if backward else 1
    if item.kind == "V":
        said = item.fields[0]
        return replace(said, base=Base("event", "season", sign * (said.base.n if said.base else 1)))
    length = length_of(item)
    low, high = sorted((sign * length.least, sign * length.most))
    vague = length.least != length.most
    return Fields(base=Base("event", length.unit, low, high), approximate=True if rough or vague else None)


def _seasons_from_event(made: Phrase, said: Said) -> None:
    """The winter after it; the first, the next, that winter; 그 뒤 첫 겨울."""
    items = made.items
    for at, item in enumerate(items):
        if item.kind != FIELD or not any(
            f.season is not None and not f.has_year() and not f.last for f in item.fields
        ):
            continue
        if any(
            f.has_year() for each in items for f in each.fields if each is not item and f.base is not None
        ):
            continue
        before, after = items[:at], items[at + 1 :]
        nearest = next((i for i in reversed(before) if i.kind not in "Q.,"), None)
        counted = nearest is not None and nearest.kind in "nN" and isinstance(nearest.value, int)
        ordinal = nearest.value if nearest is not None and counted and isinstance(nearest.value, int) else 0
        that = any(i.kind == "x" for i in before)
        edge = next((i for i in items if i.kind in (BEFORE, AFTER)), None)
        leads = edge is not None and isinstance(edge.value, Edge) and edge.value.leads
        words = event_words(after if leads else [i for i in items if i.kind == WORD])
        dated = [
            i for i in items if i is not item and i.kind == FIELD and any(f.has_year() for f in i.fields)
        ]
        if edge is None and not ordinal and not that:
            continue
        if dated and not ordinal and not that:
            continue
        if not words and not said.event and not dated and not that and not ordinal:
            continue
        if edge is not None and leads and items.index(edge) < at and not that and not ordinal:
            continue  # "after the winter"
        if edge is not None and not leads and items.index(edge) > at and not said.event:
            continue
        n = (ordinal or 1) * (-1 if edge is not None and edge.kind == BEFORE else 1)
        within = edge is None and ordinal and _lasted(said)
        base = Base("event", "season-within" if within else "season", n)
        fields = tuple(replace(f, base=base) for f in item.fields)
        items[at] = replace(item, fields=fields)
        made.items = [i for i in items if i.kind not in "nNx" and i is not edge]
        return


def _lasted(said: Said) -> bool:
    first, last = edtf.parse(said.event.date).bounds if said.event and said.event.date else (None, None)
    return first is not None and last is not None and (last - first).days > 366


def _feasts_from_event(made: Phrase, said: Said) -> None:
    """북송되고 두 번째 추석, the March after my arrest: the next such month or feast after it, or the last before."""
    items = made.items
    edge = next((i for i in items if i.kind in (BEFORE, AFTER)), None)
    counted = [i for i in items if i.kind in "nN" and isinstance(i.value, int)]
    bare = [
        i
        for i in items
        if i.kind == FIELD
        and any(f.holiday or f.span or f.month for f in i.fields)
        and not any(f.has_year() or f.last or f.day for f in i.fields)
    ]
    dated = [i for i in items if i.kind == FIELD and any(f.has_year() for f in i.fields)]
    if len(bare) != 1 or dated or said.event is None or not said.event.date or not (edge or counted):
        return
    at = items.index(bare[0])
    leads = edge is not None and isinstance(edge.value, Edge) and edge.value.leads
    if not counted and not event_words([i for i in items if i.kind == WORD]):
        return
    if edge is not None and (items.index(edge) < at if leads else items.index(edge) > at and not counted):
        return  # after March, and not the March after something
    first, last = edtf.parse(said.event.date).bounds
    if first is None or last is None:
        return
    n = int(counted[0].value) if counted else 1  # type: ignore[call-overload]
    backward = edge is not None and edge.kind == BEFORE
    readings: list[Reading] = []
    for fields in bare[0].fields:
        found: list[Reading] = []
        for year in range(first.year - n - 1, last.year + n + 3):
            found += in_year(fields, year, said.language)
        for calendar in dict.fromkeys(each.calendar for each in found):
            of = [each for each in found if each.calendar == calendar]
            before = [e for e in of if (e.expression.bounds[1] or first) < first]
            after = [e for e in of if (e.expression.bounds[0] or last) > last]
            chosen = before[-n:][:1] if backward else after[n - 1 :][:1]
            anchor = said.event.anchor()
            readings += [replace(each, anchor=anchor) for each in chosen]
    if readings:
        items[at] = Piece(DONE, bare[0].text, value=readings)
        made.items = [i for i in items if i.kind not in "nNx" and i is not edge]


_ADJECTIVES = (
    "추운",
    "더운",
    "긴",
    "고픈",
    "힘든",
    "어느",
    "그런",
    "린",
    "독한",
    "따뜻한",
    "어떤",
    "이런",
    "한",
)
_WHO = frozenset(["my", "our", "his", "her", "their", "i", "we", "he", "she", "they", "that", "when"])


def _clauses(made: Phrase, said: Said) -> None:
    """둘째가 태어난 겨울, the winter we crossed: a time of the year that a whole clause is said of hangs on that event."""
    items = made.items
    for at, item in enumerate(items):
        bare = item.kind == FIELD and not any(f.has_year() or f.last for f in item.fields)
        if not bare or not any(f.season or f.month or f.holiday or f.span for f in item.fields):
            continue
        if any(f.has_year() for each in items for f in each.fields) or any(
            each.kind in "bafteBA" for each in items
        ):
            return
        before = [each for each in items[:at] if each.kind != FILL]
        after = [each for each in items[at + 1 :] if each.kind not in (COMMA, FILL)][:1]
        if said.language == "en":
            clause = (
                bool(after)
                and (after[0].text in _WHO or after[0].kind == WHEN)
                and event_words(items[at + 1 :])
            )
        else:
            word = before[-1].text if before and before[-1].kind == WORD else ""
            clause = len(before) > (0 if said.event else 1) and _adnominal(
                word, items[at - 1].text, said.language
            )
        if not clause and said.event is not None:
            of = items[at + 1 :][:1]
            clause = (bool(items[:at]) and items[at - 1].kind == WHEN and event_words(items[:at])) or (
                said.language == "en"
                and bool(of)
                and of[0].text.strip("~") == "of"
                and event_words(items[at + 2 :])
            )
        if not clause:
            continue
        if said.event is None:
            raise Unanchored(Anchor("event", ""))
        items[at] = replace(item, fields=_of_the_event(item, said))
        made.items = [each for each in items if each.kind != WHEN]
        return


def _adnominal(word: str, last: str, language: str) -> bool:
    if language == "zh":
        return bool(word) and last.strip("~") == "的"
    final = word[-1:]
    ends_in_n = "가" <= final <= "힣" and (ord(final) - ord("가")) % 28 == 4
    return ends_in_n and not word.endswith(_ADJECTIVES)


def _of_the_event(item: Piece, said: Said) -> tuple[Fields, ...]:
    """The season that the event lies in; else the one of its year."""
    first, last = edtf.parse(said.event.date).bounds if said.event and said.event.date else (None, None)
    made = []
    for each in item.fields:
        if (
            each.season
            and first
            and last
            and days.season_of(first) == days.season_of(last)
            and days.season_of(first)[1] == each.season
        ):
            made.append(replace(each, year=days.season_of(first)[0]))
        else:
            made.append(replace(each, base=Base("event", "year", 0)))
    return tuple(made)


def loose_ends(made: Phrase, said: Said) -> None:
    """An event itself: when it was, before it, after it. And a date of the phrase as what the rest hangs on."""
    specs = made.of(SPEC)
    hanging = [i for i in specs if any(f.base is not None and f.base.who == "event" for f in i.fields)]
    others = [i for i in specs if i not in hanging and any(f.has_year() for f in i.fields)]
    if (
        hanging
        and len(others) == 1
        and made.items.index(others[0]) < made.items.index(hanging[0])
        or (hanging and len(others) == 1 and said.event is None)
    ):
        found = resolved(others[0], said)
        if len(found) != 1:
            _from_each(made, said, found, others[0], hanging)
            return
        said.event = Event(str(others[0].text).replace("~", ""), str(found[0].expression))
        follows = made.items[made.items.index(others[0]) + 1 :][:1]
        if follows and follows[0].kind in (FROM, TO, "E", OR, AND):
            return  # 11월부터 다음 해 2월까지: a beginning of its own
        made.items = [i for i in made.items if i is not others[0] and i.kind not in (FROM, "E")]
        return
    if specs or made.of(AGE):
        return
    edge = next((i for i in made.items if i.kind in (BEFORE, AFTER, FROM, TO)), None)
    now = next((i for i in made.items if i.kind == WHEN), None)
    about_it = made.of(ABOUT) and said.event is not None and anchors.named(said.text, said.event)
    if edge is None and now is None and not about_it:
        return
    if made.of(LENGTH) or made.of("V"):
        raise ValueError("a length that belongs to nothing")
    words = ("" if said.language == "zh" else " ").join(i.text for i in made.items if i.kind == WORD)
    if not event_words(made.items) and said.event is None:
        return
    other = (
        said.event is not None and edge is None and not about_it and not anchors.named(said.text, said.event)
    )
    if other and said.language == "ko":
        raise Unanchored(Anchor("event", words[:200]))  # 첫애 가졌을 때, where the birth is what is known
    if said.event is None or not said.event.date:
        if edge is None and (made.of(ORDINAL) or _TIMES.search(said.text)):
            return  # the second time that I was caught: counted, and no time
        if edge is not None or event_words(made.items):
            raise Unanchored(said.event.anchor() if said.event else Anchor("event", words[:200]))
        return
    anchor = said.event.anchor()
    whole = [Reading(edtf.parse(said.event.date), anchor=anchor)]
    about = made.of(ABOUT)
    if edge is not None and isinstance(edge.value, Edge):
        made.items = [Piece(DONE, value=_around(whole, edge)), *about]
    else:
        made.items = [Piece(DONE, value=whole), *about]


def _from_each(made: Phrase, said: Said, found: list[Reading], base: Piece, hanging: list[Piece]) -> None:
    """설날 전날: the day before either. Raises ValueError where more hangs on what is open itself."""
    links = [i for i in made.items if i.kind in (BEFORE, AFTER, FROM, TO, OR, AND)]
    if len(hanging) != 1 or links or not 1 < len(found) <= 3:
        raise ValueError("hangs on a date that is open itself")
    readings: list[Reading] = []
    for each in found:
        event = Event(base.text.replace("~", ""), str(each.expression))
        made_of = resolved(hanging[0], replace(said, event=event))
        readings += [replace(one, calendar=each.calendar) for one in made_of]
    made.items = [Piece(DONE, value=readings) if i is hanging[0] else i for i in made.items if i is not base]


_TIMES = re.compile("(?:두|세|네|다섯|몇|첫)\\s?번째로|第[一二三四五六七八九十]次")
"""So many times, and not when."""
_LONG = 62
"""Days from which an event is an era: after it may mean after its beginning, or after its end."""


def _around(whole: list[Reading], edge: Piece) -> list[Reading]:
    how = edge.value if isinstance(edge.value, Edge) else Edge()
    if edge.kind in (BEFORE, TO):
        return ends.edged(whole, Edge(edge.kind == TO, soon=how.soon), after=False)
    first, last = whole[0].expression.bounds
    over = ends.edged(whole, Edge(False, soon=how.soon), after=True)
    if how.ended:
        return over
    begun = ends.edged(whole, Edge(True, soon=how.soon), after=True)
    return [*begun, *over] if first and last and (last - first).days > _LONG else begun
