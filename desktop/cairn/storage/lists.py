"""Lists for the first screens, from projections: quick at any number of interviews."""

from __future__ import annotations

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


def interviews(reader: Reader, *, limit: int = 200, offset: int = 0, query: str = "") -> list[InterviewRow]:
    """Interviews, most recently changed first; with `query`, those with a record that holds all its words."""
    match = search.match_expression(query) if query.strip() else ""
    if match is None:
        return []
    words = [match, normal(query).strip()] if match else []
    rows = reader.all(
        _COLUMNS + (_MATCHING if match else "") + " ORDER BY changed DESC, id LIMIT ? OFFSET ?",
        (*words, limit, offset),
    )
    return [_row(row) for row in rows]


def ids(reader: Reader, query: str = "") -> list[RootId]:
    """Ids of all interviews that match, in the order of `interviews`: for whoever means all of them."""
    match = search.match_expression(query) if query.strip() else ""
    if match is None:
        return []
    words = [match, normal(query).strip()] if match else []
    order = " ORDER BY changed DESC, id"
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
