"""All places of a search, interview by interview: where in which of its texts the words stand, with what is around them.

Words that stand near each other are one place. Where the words of a query stand together somewhere in a record, these
places are meant; where they only stand apart, each of them is one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from cairn.model.folding import Folded
from cairn.model.ids import RecordId, RootId, as_root
from cairn.model.kinds import registry
from cairn.model.values import MomentMs
from cairn.storage import file_words, lists, search
from cairn.storage.projections.text import moment, normal
from cairn.storage.search import Query
from cairn.storage.work import Reader

MOST = 2000
"""Places of one text that are counted."""


_OF_KINDS = (
    "SELECT group_concat(number) FROM (SELECT number FROM interview_row INDEXED BY interview_row_changed"
    # The index holds all that is asked of `text`.
    " WHERE number IN (SELECT number FROM text INDEXED BY text_place"
    " WHERE id IN (SELECT rowid FROM words WHERE words MATCH ?) AND kind IN (SELECT value FROM json_each(?)))"
    " ORDER BY changed DESC, number DESC)"
)


class Place(msgspec.Struct, frozen=True):
    """One place where searched words stand."""

    record: RecordId
    kind: str
    field: str
    """Which of the record's texts: `account`, `title`, `spoken`, `inside`, …"""
    snippet: tuple[tuple[str, bool], ...]
    """(text, is a hit) in order; empty beyond those that were asked for."""
    name: str = ""
    """Of a file or recording: what it is called."""
    paragraph: int = 0
    """Which of the text's paragraphs that are not empty, from 1. Of words inside a file: the page, or 0."""
    nth: int = 0
    """Which of the hits in its paragraph is its first, from 0. Of words inside a file: of those in the file."""
    at: MomentMs | None = None
    """Of a transcript: where in the recording's sound, in milliseconds."""


def order(reader: Reader, words: str, kinds: Sequence[str] = ()) -> lists.Order:
    """The interviews with a record of these kinds that holds all the words, the one changed last first.

    Without `kinds`, of any kind: the list as it is searched.
    """
    if not kinds:
        return lists.order(reader, lists.Filter(words=words))
    parsed = search.parse(words)
    row = None if parsed is None else reader.one(_OF_KINDS, (parsed.match, _list(kinds)))
    return [int(each) for each in row[0].split(",")] if row is not None and row[0] else []


def in_interviews(
    reader: Reader, words: str, roots: Sequence[RootId], kinds: Collection[str] = (), most: int = 20
) -> dict[RootId, list[Place]]:
    """The places in each of these interviews, in the order of a page; the first `most` of each with their snippets.

    `kinds` of records, or all of them. An interview without places is left out.
    """
    parsed = search.parse(words)
    if parsed is None or not roots:
        return {}
    rows = reader.all(
        # With the sign SQLite goes by the roots, which are few, and looks up what matches once.
        "SELECT record, root, kind, fields, id FROM text WHERE root IN (SELECT value FROM json_each(?))"
        " AND +id IN (SELECT rowid FROM words WHERE words MATCH ?)",
        (_list(roots), parsed.match),
    )
    rows = [row for row in rows if not kinds or row[2] in kinds]
    rows.sort(key=lambda row: (_order(str(row[2])), row[4]))
    found: dict[RootId, list[Place]] = {}
    for record, root, kind, stored, _ in rows:
        fields = msgspec.json.decode(str(stored), type=list[tuple[str, str]])
        here = found.setdefault(as_root(str(root)), [])
        here += _places(RecordId(str(record)), str(kind), fields, parsed, max(0, most - len(here)))
    return found


def has(reader: Reader, words: str, root: RootId) -> bool:
    """Whether an interview is among those that hold all the words in a record."""
    parsed = search.parse(words)
    found = parsed and reader.one(
        "SELECT 1 FROM text WHERE root = ? AND +id IN (SELECT rowid FROM words WHERE words MATCH ?)",
        (root, parsed.match),
    )
    return found is not None


def in_title(row: lists.InterviewRow, words: str) -> Place:
    """Of an interview that is a draft and no version yet: its title, which is all that is searched of it."""
    text, wanted = row.title, normal(words).strip().casefold()
    at = text.casefold().find(wanted)
    pieces = [(text, False)]
    if at >= 0 and len(text.casefold()) == len(text):
        pieces = [(text[:at], False), (text[at : at + len(wanted)], True), (text[at + len(wanted) :], False)]
    snippet = tuple(piece for piece in pieces if piece[0])
    return Place(RecordId(row.id), "interview", "title", snippet)


def _list(values: Sequence[str]) -> str:
    """As SQLite takes a list."""
    return msgspec.json.encode(list(values)).decode()


def _order(kind: str) -> tuple[int, str]:
    known = registry.get(kind)
    return (known.order if known is not None else 1000), kind


def _places(
    record: RecordId, kind: str, fields: Sequence[tuple[str, str]], query: Query, most: int
) -> list[Place]:
    """Those of one record."""
    name = next((text for field, text in fields if field == "name"), "")
    together: list[Place] = []
    apart: list[Place] = []
    for stored, text in fields:
        field, at = moment(stored)
        inside = field == file_words.FIELD
        plain = Folded(text)
        for one in _clusters(plain.text, query, inside=inside):
            taken = together if one.whole else apart
            wanted = len(taken) < most
            snippet = search.cut_out(text, plain, one.start, query.pattern, one.unit) if wanted else ()
            taken.append(Place(record, kind, field, tuple(snippet), name, one.number, one.nth, at))
    return together or apart


class _Cluster(NamedTuple):
    """Hits that stand near each other, in a folded text."""

    start: int
    unit: tuple[int, int]
    """Where its paragraph or page begins and ends."""
    nth: int
    number: int
    """Of the paragraph or page."""
    whole: bool
    """Whether all the words are in it."""


def _clusters(text: str, query: Query, *, inside: bool) -> list[_Cluster]:
    """The places of a text."""
    found: list[_Cluster] = []
    border = "\f" if inside else "\n"
    paged = border in text
    units = text.split(border)
    begin = hits = number = 0
    for unit in units:
        number += inside or bool(unit.strip())
        if not inside:
            hits = 0
        spans = [span for span in (each.span() for each in query.pattern.finditer(unit)) if span[1] > span[0]]
        at = 0
        while at < len(spans) and len(found) < MOST:
            first, last = at, at
            while last + 1 < len(spans) and spans[last + 1][1] <= spans[first][0] + search.AFTER:
                last += 1
            piece = unit[spans[first][0] : spans[last][1]]
            whole = len(query.each) == 1 or all(one.search(piece) for one in query.each)
            page = number if paged or not inside else 0
            stretch = (begin, begin + len(unit))
            found.append(_Cluster(begin + spans[first][0], stretch, hits + first, page, whole))
            at = last + 1
        hits += len(spans)
        begin += len(unit) + 1
    return found
