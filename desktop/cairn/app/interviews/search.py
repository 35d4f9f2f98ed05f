"""Search over everything that was written down and is not removed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cairn.app.interviews.found import FoundPage, FoundView, PlaceView
from cairn.app.interviews.listing import ALL, Filter, row_view
from cairn.app.kernel import device_names, identities, revising
from cairn.app.kernel.identity_search import NameHit
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import HitView
from cairn.model.ids import RootId
from cairn.storage import lists, search_places
from cairn.storage import search as stored

_NAMES = 200
"""Protected names that are looked for at most."""


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Where in a text the words of a search stand: (start, end) in code points, in order."""
    return stored.places(text, words)


def stem(words: str) -> str:
    """What might be found in place of `words`: Korean words without their particles; else nothing."""
    return stored.stem(words)


def search(s: Session, words: str, limit: int = 50) -> list[HitView]:
    """Where all of `words` stand together, best first; the last word may be unfinished. Never an error.

    Protected names that contain them come first, while the identity compartment is open.
    """
    identities.catch_up(s)
    named = s.name_index.find(s.store, words, limit)
    with s.store.read() as reader:
        found = stored.query(reader, words, limit)
        roots = {hit.root for hit in found} | {hit.interview for hit in named}
        titles = {root: revising.title(reader, root) for root in roots}
    names = [
        HitView(
            interview_id=hit.interview,
            title=titles[hit.interview],
            record_id=hit.record,
            kind="identity",
            field="name",
            snippet=((f"{hit.person}: ", False), (hit.name, True)),
        )
        for hit in named
    ]
    return names + [
        HitView(
            interview_id=hit.root,
            title=titles[hit.root],
            record_id=hit.record_id,
            kind=hit.kind,
            field=hit.field,
            snippet=tuple(hit.snippet),
            at=hit.at,
        )
        for hit in found[: limit - len(names)]
    ]


def results(
    s: Session,
    words: str,
    *,
    kinds: Sequence[str] = (),
    wanted: Filter = ALL,
    offset: int = 0,
    limit: int = 30,
    most: int = 20,
) -> FoundPage:
    """A stretch of the interviews in which all of `words` are found, each with its places. Never an error.

    `kinds` of records that are searched, or all; of the interviews those that are `wanted` (its words count for
    nothing); `most` places of each interview come with their words. Interviews with a protected name that was searched for come first, while the identity compartment is open.
    """
    if not words.strip():
        return FoundPage((), 0, None)
    identities.catch_up(s)
    named: dict[RootId, list[NameHit]] = {}
    if not kinds or "identity" in kinds:
        for hit in s.name_index.find(s.store, words, _NAMES):
            named.setdefault(hit.interview, []).append(hit)
    with s.store.read() as reader:
        labels = device_names.Labels(s, reader)
        order = search_places.order(reader, words, kinds)
        wanted = msgspec.structs.replace(wanted, words="")
        if wanted != ALL:
            within = set(lists.order(reader, wanted))
            order = [number for number in order if number in within]
            named = {root: hits for root, hits in named.items() if lists.number(reader, root) in within}
        rows = lists.rows(reader, order[offset : offset + limit])
        end = offset + limit
        only = sum(1 for root in named if not search_places.has(reader, words, root))
        shown = [row for row in rows if row.id not in named]
        if not offset:
            first = (lists.interview(reader, root) for root in named)
            shown = [row for row in first if row is not None] + shown
        places = search_places.in_interviews(reader, words, [row.id for row in shown], kinds, most)
    found = []
    for row in shown:
        here = [_name(hit) for hit in named.get(row.id, ())]
        there = places.get(row.id, [])
        if not here and not there:
            there = [search_places.in_title(row, words)]
        here += [_place(each) for each in there]
        found.append(FoundView(row_view(row, labels), tuple(here[:most]), len(here)))
    return FoundPage(tuple(found), len(order) + only, end if end < len(order) else None)


def all_places(s: Session, words: str, interview: RootId, kinds: Sequence[str] = ()) -> tuple[PlaceView, ...]:
    """The places of one interview with their words, however many."""
    with s.store.read() as reader:
        found = search_places.in_interviews(reader, words, [interview], kinds, search_places.MOST)
    named = [] if kinds and "identity" not in kinds else s.name_index.find(s.store, words, _NAMES)
    names = [_name(hit) for hit in named if hit.interview == interview]
    return (*names, *(_place(each) for each in found.get(interview, ())))


def _name(hit: NameHit) -> PlaceView:
    return PlaceView(hit.record, "identity", "name", ((hit.name, True),), name=hit.person)


def _place(each: search_places.Place) -> PlaceView:
    return PlaceView(
        each.record, each.kind, each.field, each.snippet, each.name, each.paragraph, each.nth, each.at
    )
