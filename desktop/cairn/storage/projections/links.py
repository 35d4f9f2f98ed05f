"""Which revision follows which, as envelopes say and as senders name ancestors."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cairn.model.ids import RecordId, RevisionHash
from cairn.model.kinds import envelope as envelopes
from cairn.model.kinds.envelope import Envelope
from cairn.storage.work import Work

NAME = "links"
VERSION = 1
DROP = ("link",)
TABLES = """
CREATE TABLE link (
  child TEXT NOT NULL,
  parent TEXT NOT NULL,
  record TEXT NOT NULL,
  claimed INTEGER NOT NULL,       -- 1: named as an ancestor by the sender, 0: a parent in the envelope
  PRIMARY KEY (child, parent)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_record ON link (record);
"""


def add(work: Work, envelope: Envelope, sha: RevisionHash, ancestors: Sequence[RevisionHash]) -> None:
    """Note what a new revision follows."""
    rows: list[tuple[str, str, str, int]] = [(sha, parent, envelope.id, 0) for parent in envelope.parents]
    rows += [(sha, old, envelope.id, 1) for old in ancestors if old not in envelope.parents]
    for row in rows:
        work.run("INSERT INTO link VALUES (?, ?, ?, ?)", row)


def forget(work: Work, record_id: RecordId) -> None:
    """Remove a record's links."""
    work.run("DELETE FROM link WHERE record = ?", (record_id,))


def rebuild(work: Work) -> None:
    """Fill the empty table."""
    after = 0
    while rows := work.all(
        "SELECT n, sha, data, ancestors FROM revision WHERE n > ? ORDER BY n LIMIT 200", (after,)
    ):
        for _, sha, data, ancestors in rows:
            add(work, envelopes.parse(data), sha, msgspec.json.decode(ancestors, type=list[RevisionHash]))
        after = rows[-1][0]
