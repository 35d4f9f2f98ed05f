"""Which office records name which interview, in any of their revisions: so that erasing the interview finds them."""

from __future__ import annotations

from cairn.model.ids import RecordId, RootId
from cairn.model.kinds import envelope as envelopes
from cairn.model.kinds.envelope import Envelope
from cairn.storage.work import Reader, Work

NAME = "about"
VERSION = 1
DROP = ("about",)
TABLES = """
CREATE TABLE about (
  interview TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (interview, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX about_record ON about (record);
"""


def add(work: Work, envelope: Envelope) -> None:
    """Note what a new revision is about."""
    for interview in envelope.about:
        work.run("INSERT OR IGNORE INTO about VALUES (?, ?)", (interview, envelope.id))


def records(reader: Reader, interview: RootId) -> list[RecordId]:
    """The office records that name an interview in any of their revisions."""
    return [row[0] for row in reader.all("SELECT record FROM about WHERE interview = ?", (interview,))]


def forget(work: Work, record_id: RecordId) -> None:
    """Remove a record."""
    work.run("DELETE FROM about WHERE record = ?", (record_id,))


def rebuild(work: Work) -> None:
    """Fill the empty table."""
    after = 0
    while rows := work.all("SELECT n, data FROM revision WHERE n > ? ORDER BY n LIMIT 200", (after,)):
        for _, data in rows:
            add(work, envelopes.parse(data))
        after = rows[-1][0]
