"""Lists for the first screens, from projections: quick at any number of interviews.

A list is an *order*: the numbers of all rows that a filter lets through, sorted, read from small indexes alone and at
once (a few milliseconds for 50,000). Any place of it is then read by those numbers, the end as quickly as the
beginning, and its length is the total. A row that changes meanwhile keeps its number.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Any, Literal

import msgspec

from cairn.model.ids import Fingerprint, RootId, as_root
from cairn.model.time import edtf
from cairn.storage import search
from cairn.storage.projections.text import normal
from cairn.storage.work import Reader

Order = Sequence[int]
"""Numbers of rows, as `rows` takes them."""
State = Literal["draft", "saved", "final"]
STATES: tuple[State, ...] = ("draft", "saved", "final")
"""In the order in which the list sorts them: only typed, saved as a version, finalised."""


class InterviewRow(msgspec.Struct, frozen=True):
    """One line of the list of interviews."""

    id: RootId
    title: str
    date: str
    """In the words in which it was told."""
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
    created: str
    """UTC, RFC 3339: first version, or draft."""
    protected: bool
    """Whether a name in it is protected."""
    first: str
    """The first day that its date may be; empty where that is open or not known."""
    last: str
    number: int
    """By which an order names it."""


class Sort(StrEnum):
    """What the list can be sorted by; each has an index."""

    CHANGED = "changed"
    CREATED = "created"
    DATE = "date"
    PLACE = "place"
    TITLE = "title"
    SENDER = "sender"
    STATE = "state"


class Filter(msgspec.Struct, frozen=True, omit_defaults=True):
    """What of the interviews is wanted; all of them where nothing is said. What is said must all be true of one."""

    words: str = ""
    """All of these stand in one of its records."""
    states: tuple[State, ...] = ()
    """One of these."""
    senders: tuple[Fingerprint, ...] = ()
    """Its own device is one of these; empty for what is only a draft here."""
    waits: bool = False
    """A person has to settle something."""
    unsaved: bool = False
    """Something of it is typed and is no version yet."""
    sent: bool | None = None
    """It is in a bundle that was sealed here, or in none."""
    protected: bool | None = None
    """A name in it is protected, or none is."""
    since: str = ""
    """A time in EDTF: it may have been told then or later, as far as its date is known."""
    until: str = ""
    """Then or earlier."""
    surely: bool = False
    """Not only may it have been within these: no day that it may be lies outside."""

    def __post_init__(self) -> None:
        for each in (self.since, self.until):
            if each:
                edtf.parse(each)


ALL = Filter()
_COLUMNS = (
    "SELECT id, title, date, place, start, draft, saved, final, conflict, device, sent, changed, created, protected, first, last,"
    " number FROM interview_row"
)
_COUNT = "SELECT count(*) FROM interview_row INDEXED BY interview_row_state"
_NUMBERS = "SELECT number FROM interview_row INDEXED BY"
_JOINED = "SELECT group_concat(number) FROM (*)"
_JOINED_BY_DEVICE = "SELECT device, group_concat(number) FROM (*) GROUP BY device"
_BY = {
    Sort.DATE: ("day", "last"),
    Sort.PLACE: ("place COLLATE NOCASE",),
    Sort.TITLE: ("title COLLATE NOCASE",),
    Sort.SENDER: ("device",),
}
_SINGLE = 500
"""Rows that are asked for in one statement."""


def order(
    reader: Reader,
    wanted: Filter = ALL,
    *,
    sort: Sort = Sort.CHANGED,
    upwards: bool = False,
    name: Callable[[Fingerprint], str] = str,
    limit: int = -1,
) -> Order:
    """The numbers of all rows that `wanted` lets through, by default the most recently changed first; rows of which
    the same is said stand in the order in which they came. Senders are sorted by what `name` calls them.
    With `limit` only so many of its beginning.
    """
    where = _where(wanted)
    if where is None:
        return array("q")
    clause, values = where
    by, down = _BY.get(sort, (sort.value,)), "" if upwards else " DESC"
    column = by[0].partition(" ")[0]
    if sort is Sort.SENDER:
        # Few devices have many interviews: each group is one text.
        groups = "SELECT device, number FROM interview_row INDEXED BY interview_row_device"
        groups += f"{clause} ORDER BY device, number{down}"
        found = reader.all(_JOINED_BY_DEVICE.replace("*", groups), values)
        found.sort(key=lambda each: (name(each[0]).casefold(), each[0]), reverse=not upwards)
        whole = _numbers(",".join(each[1] for each in found))
        return whole if limit < 0 else whole[:limit]
    # As one text: to fetch 50,000 rows one by one takes ten times as long.
    order_by = ", ".join(f"{each}{down}" for each in (*by, "number"))
    sorted_ = f"{_NUMBERS} interview_row_{column}{clause} ORDER BY {order_by} LIMIT ?"
    row = reader.one(_JOINED.replace("*", sorted_), [*values, limit])
    return _numbers(row[0] if row is not None else None)


def rows(reader: Reader, numbers: Sequence[int]) -> list[InterviewRow]:
    """The rows of a stretch of an order, in it; those that are gone by now are left out."""
    found: dict[int, InterviewRow] = {}
    for first in range(0, len(numbers), _SINGLE):
        some = numbers[first : first + _SINGLE]
        marks = ", ".join("?" * len(some))
        for row in reader.all(f"{_COLUMNS} WHERE number IN ({marks})", list(some)):
            made = _row(row)
            found[made.number] = made
    return [found[number] for number in numbers if number in found]


def interviews(
    reader: Reader,
    wanted: Filter = ALL,
    *,
    sort: Sort = Sort.CHANGED,
    upwards: bool = False,
    limit: int = -1,
) -> list[InterviewRow]:
    """The rows of an order, all of them or so many of its beginning."""
    return rows(reader, order(reader, wanted, sort=sort, upwards=upwards, limit=limit))


def ids(reader: Reader, numbers: Sequence[int]) -> dict[RootId, int]:
    """The ids of these rows with their numbers, in order: for whoever means all of them."""
    row = reader.one("SELECT group_concat(root), group_concat(number) FROM root_number")
    if row is None or row[0] is None:
        return {}
    named = dict(zip(_numbers(row[1]), row[0].split(","), strict=True))
    return {as_root(named[number]): number for number in numbers if number in named}


def interview(reader: Reader, interview_id: RootId) -> InterviewRow | None:
    """The list's line of one interview, or None."""
    row = reader.one(_COLUMNS + " WHERE id = ?", (interview_id,))
    return None if row is None else _row(row)


def number(reader: Reader, interview_id: RootId) -> int | None:
    """The number of an interview's row, or None."""
    row = reader.one("SELECT number FROM interview_row WHERE id = ?", (interview_id,))
    return None if row is None else int(row[0])


def count(reader: Reader, wanted: Filter = ALL) -> int:
    """How many interviews there are, or match."""
    where = _where(wanted)
    if where is None:
        return 0
    clause, values = where
    # Through the smallest index that holds all that is asked: the rows themselves hold words.
    row = reader.one(_COUNT + clause, values)
    return int(row[0]) if row is not None else 0


def senders(reader: Reader) -> list[tuple[Fingerprint, int]]:
    """(device, how many interviews are its own); the device is empty for what is only a draft here."""
    return [
        (Fingerprint(device), count)
        for device, count in reader.all("SELECT device, count(*) FROM interview_row GROUP BY device")
    ]


_FOUND = (
    # The index holds all that is asked of `text`: without it a common word would fetch every text that has it.
    "number IN (SELECT number FROM text INDEXED BY text_place"
    " WHERE id IN (SELECT rowid FROM words WHERE words MATCH ?)"
    # Drafts are not in the index; the title of what was just begun is found all the same.
    " UNION ALL SELECT number FROM interview_row WHERE number IN"
    " (SELECT number FROM interview_row INDEXED BY interview_row_filter WHERE draft = 1)"
    " AND instr(lower(title), lower(?)))"
)


def _where(wanted: Filter) -> tuple[str, list[object]] | None:
    """The condition of a filter and its values; None where nothing can fulfil it."""
    conditions: list[str] = []
    values: list[object] = []
    if wanted.words.strip():
        match = search.match_expression(wanted.words)
        if match is None:
            return None
        conditions.append(_FOUND)
        values += [match, normal(wanted.words).strip()]
    facts: list[str] = []
    if wanted.states:
        facts.append(
            f"state IN ({', '.join(str(STATES.index(each)) for each in dict.fromkeys(wanted.states))})"
        )
    facts += ["draft = 1 AND state > 0"] if wanted.unsaved else []
    facts += ["conflict = 1"] if wanted.waits else []
    facts += [f"sent = {int(wanted.sent)}"] if wanted.sent is not None else []
    facts += [f"protected = {int(wanted.protected)}"] if wanted.protected is not None else []
    for fact, day in _within(wanted):
        facts.append(fact)
        values += [day] if day else []
    if wanted.senders:
        facts.append(f"device IN ({', '.join('?' * len(wanted.senders))})")
        values += wanted.senders
    if facts:
        known = f"{_NUMBERS} interview_row_filter WHERE {' AND '.join(facts)}"
        conditions.append(f"number IN ({known})")
    return (" WHERE " + " AND ".join(conditions) if conditions else ""), values


def _within(wanted: Filter) -> Iterator[tuple[str, str]]:
    """What must be true of the first and last day of a time, each with the day that it is compared with."""
    if wanted.since or wanted.until:
        yield "(first != '' OR last != '')", ""
    since = edtf.parse(wanted.since).bounds[0] if wanted.since else None
    until = edtf.parse(wanted.until).bounds[1] if wanted.until else None
    # An open side is empty, and so before every day.
    if since is not None:
        yield "first >= ?" if wanted.surely else "(last = '' OR last >= ?)", since.isoformat()
    if until is not None:
        yield "(last != '' AND last <= ?)" if wanted.surely else "first <= ?", until.isoformat()


def _numbers(joined: str | None) -> Order:
    return array("q", map(int, joined.split(","))) if joined else array("q")


_FLAGS = frozenset({5, 6, 7, 8, 10, 13})


def _row(row: tuple[Any, ...]) -> InterviewRow:
    values: list[Any] = [bool(value) if place in _FLAGS else value for place, value in enumerate(row)]
    return InterviewRow(*values)
