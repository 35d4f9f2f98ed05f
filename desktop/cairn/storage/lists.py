"""Lists for the first screens, from projections: quick at any number of interviews."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from cairn.model.ids import Fingerprint, RootId, as_root
from cairn.storage import search
from cairn.storage.projections.text import normal
from cairn.storage.work import Reader


class InterviewRow(msgspec.Struct, frozen=True):
    """One line of the list of interviews."""

    id: RootId
    title: str
    date: str
    place: str
    start: str
    """How the summary or the account begins, one line."""
    draft: bool
    """Whether something of it is typed and not saved as a version."""
    saved: bool
    """Whether it has a version at all."""
    final: bool
    conflict: bool
    """Whether a person has to settle something."""
    device: Fingerprint
    """Card fingerprint of its own device; empty while it is only a draft of this one."""
    sent: bool
    changed: str
    """UTC, RFC 3339: newest version or draft."""


_COLUMNS = (
    "SELECT id, title, date, place, start, draft, saved, final, conflict, device, sent, changed"
    " FROM interview_row"
)
_IDS = "SELECT id FROM interview_row"
_COUNT = "SELECT count(*) FROM interview_row"
# The index holds all that is asked of `text`: without it a common word would fetch every text that has it.
_MATCHING = (
    " WHERE id IN (SELECT root FROM text INDEXED BY text_place"
    " WHERE id IN (SELECT rowid FROM words WHERE words MATCH ?))"
    # Drafts are not in the index; the title of what was just begun is found all the same.
    " OR (draft AND instr(lower(title), lower(?)))"
)


_MATCHING_FEW = (
    " WHERE id IN (SELECT root FROM text INDEXED BY text_place"
    " WHERE id IN (SELECT rowid FROM words WHERE words MATCH ?)"
    " UNION SELECT id FROM interview_row WHERE draft AND instr(lower(title), lower(?)))"
)
_FEW = 2000


class Sort(StrEnum):
    """What the list can be sorted by; each has an index."""

    CHANGED = "changed"
    CREATED = "created"
    DAY = "day"
    PLACE = "place"
    TITLE = "title"
    SENDER = "device"
    STATE = "state"


_BY = {Sort.PLACE: "place COLLATE NOCASE", Sort.TITLE: "title COLLATE NOCASE"}


def _matching(reader: Reader, match: str) -> str:
    """Of two ways to say the same, the quicker: from the few texts that match, or along the list, where many do."""
    few = reader.one("SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", (match, _FEW))
    return _MATCHING_FEW if few is not None and few[0] < _FEW else _MATCHING


def interviews(
    reader: Reader,
    *,
    limit: int = 200,
    offset: int = 0,
    query: str = "",
    sort: Sort = Sort.CHANGED,
    upwards: bool = False,
) -> list[InterviewRow]:
    """A stretch of the list, by default the most recently changed first; with `query`, of those with a record that
    holds all its words. Any stretch is as quick as the first: its ids are counted off in the index of the sort alone,
    from the nearer end, and only they are read.
    """
    match = search.match_expression(query) if query.strip() else ""
    if match is None or limit <= 0:
        return []
    words = [match, normal(query).strip()] if match else []
    by = _BY.get(sort, sort.value)
    total = count(reader, query) if offset else 0
    backwards = offset > total // 2
    if backwards:
        limit = min(limit, total - offset)
        offset = max(0, total - offset - limit)
    down = "" if upwards != backwards else " DESC"
    place = f" ORDER BY {by}{down}, id{down} LIMIT ? OFFSET ?"
    ids = _IDS + (_matching(reader, match) if match else "") + place
    rows = reader.all(
        _COLUMNS + " WHERE id IN (" + ids + ")" + f" ORDER BY {by}{down}, id{down}", (*words, limit, offset)
    )
    found = [_row(row) for row in rows]
    return found[::-1] if backwards else found


def ids(reader: Reader, query: str = "") -> list[RootId]:
    """Ids of all interviews that match, in the order of `interviews`: for whoever means all of them."""
    match = search.match_expression(query) if query.strip() else ""
    if match is None:
        return []
    words = [match, normal(query).strip()] if match else []
    order = " ORDER BY changed DESC, id DESC"
    return [as_root(each) for (each,) in reader.all(_IDS + (_MATCHING if match else "") + order, words)]


def interview(reader: Reader, interview_id: RootId) -> InterviewRow | None:
    """The list's line of one interview, or None."""
    row = reader.one(_COLUMNS + " WHERE id = ?", (interview_id,))
    return None if row is None else _row(row)


def count(reader: Reader, query: str = "") -> int:
    """How many interviews there are, or match."""
    match = search.match_expression(query) if query.strip() else ""
    if match is None:
        return 0
    statement = _COUNT + _MATCHING if match else _COUNT
    row = reader.one(statement, [match, normal(query).strip()] if match else [])
    return int(row[0]) if row else 0


_FLAGS = frozenset({5, 6, 7, 8, 10})


def _row(row: tuple[Any, ...]) -> InterviewRow:
    values: list[Any] = [bool(value) if place in _FLAGS else value for place, value in enumerate(row)]
    return InterviewRow(*values)
