"""The lines of the list of interviews: newest version or draft, and what is to be known of it at a glance."""

from __future__ import annotations

from datetime import date

import msgspec

from cairn.errors import CairnError
from cairn.model.drafts import Draft
from cairn.model.ids import RootId
from cairn.model.kinds import envelope as envelopes
from cairn.model.kinds.interview import Interview
from cairn.storage.projections import heads, numbers
from cairn.storage.work import Work

NAME = "interview-rows"
VERSION = 4
DROP = ("interview_row",)
TABLES = """
CREATE TABLE interview_row (
  number INTEGER PRIMARY KEY,     -- of the root (numbers.py): what orders and filters are made of
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  date TEXT NOT NULL,
  place TEXT NOT NULL,
  start TEXT NOT NULL,            -- how the summary or the account begins
  draft INTEGER NOT NULL,
  saved INTEGER NOT NULL,
  final INTEGER NOT NULL,
  conflict INTEGER NOT NULL,
  device TEXT NOT NULL,
  sent INTEGER NOT NULL,
  changed TEXT NOT NULL,
  created TEXT NOT NULL,          -- of the first version, or of the draft
  first TEXT NOT NULL,            -- the first day that the date may be, 2031-03-14; empty where it is open or not known
  last TEXT NOT NULL,             -- and the last
  day TEXT NOT NULL,              -- what the date sorts by: the first day, else the last
  state INTEGER NOT NULL,         -- 0 only a draft, 1 saved, 2 finalised
  protected INTEGER NOT NULL      -- whether a name in it is protected
) STRICT;
-- One for each way to sort. They name rows by their numbers, so each is small, and an order of all is read from it alone.
CREATE INDEX interview_row_changed ON interview_row (changed);
CREATE INDEX interview_row_created ON interview_row (created);
CREATE INDEX interview_row_day ON interview_row (day, last);
CREATE INDEX interview_row_place ON interview_row (place COLLATE NOCASE);
CREATE INDEX interview_row_title ON interview_row (title COLLATE NOCASE);
CREATE INDEX interview_row_device ON interview_row (device);
CREATE INDEX interview_row_state ON interview_row (state);
-- All that can be filtered by: what a filter lets through is found here, without the rows themselves.
CREATE INDEX interview_row_filter ON interview_row (state, draft, conflict, sent, protected, first, last, device);
"""

COLUMNS = (
    "number", "id", "title", "date", "place", "start", "draft", "saved", "final", "conflict", "device", "sent", "changed",
    "created", "first", "last", "day", "state", "protected",
)  # fmt: skip
_PUT = (
    f"INSERT INTO interview_row ({', '.join(COLUMNS)}) VALUES ({', '.join('?' for _ in COLUMNS)})"  # noqa: S608 - own names
    f" ON CONFLICT (number) DO UPDATE SET {', '.join(f'{each} = excluded.{each}' for each in COLUMNS[1:])}"
)
_START = 160


def refresh(work: Work, root: RootId) -> None:
    """Bring the line of an interview up to date: its heads, drafts and whether it was sent."""
    row = _row(work, root)
    if row is None:
        work.run("DELETE FROM interview_row WHERE id = ?", (root,))
        numbers.forget(work, root)
    else:
        work.run(_PUT, (numbers.of(work, root), *row))


def rebuild(work: Work) -> None:
    """Fill the empty table."""
    for (root,) in work.all("SELECT root FROM record UNION SELECT root FROM draft"):
        refresh(work, root)


def _row(work: Work, interview: RootId) -> tuple[object, ...] | None:
    drafts = work.all("SELECT record, data, saved, kind FROM draft WHERE root = ?", (interview,))
    record = work.one("SELECT origin FROM record WHERE id = ? AND kind = 'interview'", (interview,))
    if record is None and not any(row[0] == interview and row[3] == "interview" for row in drafts):
        return None
    head = work.one("SELECT sha FROM head WHERE record = ? AND place = 0", (interview,))
    saved = heads.envelope(work, head[0]) if head is not None else None
    shown = envelopes.read(saved) if saved is not None else None
    for record_id, data, _, _ in drafts:
        if record_id == interview:
            shown = _draft_body(data) or shown
    body = shown if isinstance(shown, Interview) else Interview()
    conflict = work.one(
        "SELECT 1 FROM head WHERE root = ? AND (place > 0 OR state = 'proposed') LIMIT 1", (interview,)
    )
    sent = work.one("SELECT 1 FROM sent_root WHERE root = ? LIMIT 1", (interview,))
    times = [row[2] for row in drafts]
    times += [when for (when,) in work.all("SELECT max(created) FROM head WHERE root = ?", (interview,))]
    first, last = body.date.bounds
    start = " ".join((body.summary or body.account)[: 2 * _START].split())[:_START]
    return (
        interview,
        body.title,
        body.date.shown,
        body.place,
        start,
        int(bool(drafts)),
        int(head is not None),
        int(saved is not None and saved.final),
        int(conflict is not None),
        record[0] if record is not None else "",
        int(sent is not None),
        max((each for each in times if each), default=""),
        _created(work, interview, times),
        _iso(first),
        _iso(last),
        _iso(first or last),
        0 if head is None else 2 if saved is not None and saved.final else 1,
        int(any(person.protected for person in body.people)),
    )


def _created(work: Work, interview: RootId, times: list[str]) -> str:
    first = work.one("SELECT data FROM revision WHERE record = ? ORDER BY n LIMIT 1", (interview,))
    if first is not None:
        return msgspec.json.decode(first[0], type=_Made).created
    return min((each for each in times if each), default="")


class _Made(msgspec.Struct):
    """Of an envelope, when it was made."""

    created: str = ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _draft_body(data: bytes) -> Interview | None:
    try:
        draft = msgspec.json.decode(data, type=Draft)
        return msgspec.json.decode(bytes(draft.body), type=Interview)
    except (msgspec.MsgspecError, CairnError):
        return None
