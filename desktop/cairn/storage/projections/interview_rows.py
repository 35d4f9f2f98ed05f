"""The lines of the list of interviews: newest version or draft, and what is to be known of it at a glance."""

from __future__ import annotations

import re

import msgspec

from cairn.errors import CairnError
from cairn.model.drafts import Draft
from cairn.model.ids import RootId
from cairn.model.kinds import envelope as envelopes
from cairn.model.kinds.interview import Interview
from cairn.storage.projections import heads
from cairn.storage.work import Work

NAME = "interview-rows"
VERSION = 2
DROP = ("interview_row",)
TABLES = """
CREATE TABLE interview_row (
  id TEXT PRIMARY KEY,
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
  day TEXT NOT NULL,              -- what the date sorts by: 2031-03-14, 2031; empty where none can be told
  state INTEGER NOT NULL          -- 0 only a draft, 1 saved, 2 finalised
) STRICT, WITHOUT ROWID;
-- One for each way to sort; they hold the id, so that any place of the list is found in the index alone.
CREATE INDEX interview_row_changed ON interview_row (changed, id);
CREATE INDEX interview_row_created ON interview_row (created, id);
CREATE INDEX interview_row_day ON interview_row (day, id);
CREATE INDEX interview_row_place ON interview_row (place COLLATE NOCASE, id);
CREATE INDEX interview_row_title ON interview_row (title COLLATE NOCASE, id);
CREATE INDEX interview_row_device ON interview_row (device, id);
CREATE INDEX interview_row_state ON interview_row (state, id);
"""

_START = 160
_DAY = re.compile(r"((?:1[89]|20)\d\d)(?:[-./년 ]+(\d{1,2})(?!\d)(?:[-./월 ]+(\d{1,2})(?!\d))?)?")


def refresh(work: Work, root: RootId) -> None:
    """Bring the line of an interview up to date: its heads, drafts and whether it was sent."""
    row = _row(work, root)
    if row is None:
        work.run("DELETE FROM interview_row WHERE id = ?", (root,))
    else:
        work.run(
            "INSERT OR REPLACE INTO interview_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row
        )


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
    start = " ".join((body.summary or body.account)[: 2 * _START].split())[:_START]
    return (
        interview,
        body.title,
        body.date,
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
        day_of(body.date),
        0 if head is None else 2 if saved is not None and saved.final else 1,
    )


def _created(work: Work, interview: RootId, times: list[str]) -> str:
    first = work.one("SELECT data FROM revision WHERE record = ? ORDER BY n LIMIT 1", (interview,))
    if first is not None:
        return msgspec.json.decode(first[0], type=_Made).created
    return min((each for each in times if each), default="")


class _Made(msgspec.Struct):
    """Of an envelope, when it was made."""

    created: str = ""


def day_of(told: str) -> str:
    """What a date as it was told sorts by: its year, and month and day where they stand in figures."""
    found = _DAY.search(told)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found is not None else ""


def _draft_body(data: bytes) -> Interview | None:
    try:
        draft = msgspec.json.decode(data, type=Draft)
        return msgspec.json.decode(bytes(draft.body), type=Interview)
    except (msgspec.MsgspecError, CairnError):
        return None
