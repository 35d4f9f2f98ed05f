"""Projections: what is read quickly, made from revisions, drafts and the ledger, and made anew at will.

One file each, with its tables, its version and how it is rebuilt; raise the `VERSION` when its content or its
tables change, and the store rebuilds it, and those that follow it in `ORDER`, at the next opening. A test
compares what `refresh` keeps up with what `rebuild` makes. Nothing here is evidence: reading a record
compares it with the custody log, whatever a projection says.
"""

from __future__ import annotations

from cairn.model.ids import RecordId
from cairn.model.ports import Progress, no_progress
from cairn.storage.migrate import statements
from cairn.storage.projections import about, heads, interview_rows, links, numbers, text
from cairn.storage.work import Reader, Work

ORDER = (links, about, heads, numbers, text, interview_rows)
"""Each may read those before it."""

_VERSION = "projection."


def stale(reader: Reader) -> list[str]:
    """The projections that are of another version than this program's, and those that follow them."""
    known: dict[str, str] = dict(reader.all("SELECT key, value FROM meta WHERE key LIKE 'projection.%'"))
    for place, each in enumerate(ORDER):
        if known.get(_VERSION + each.NAME) != str(each.VERSION):
            return [later.NAME for later in ORDER[place:]]
    return []


def rebuild(work: Work, progress: Progress = no_progress, *, only: list[str] | None = None) -> None:
    """Make projections anew, all or those named, tables included. Progress counts revisions once for each."""
    wanted = [each for each in ORDER if only is None or each.NAME in only]
    row = work.one("SELECT count(*) FROM revision")
    revisions = row[0] if row else 0
    for place, each in enumerate(wanted):
        for table in each.DROP:
            work.run(f"DROP TABLE IF EXISTS {table}")
        for statement in statements(each.TABLES):
            work.run(statement)
        each.rebuild(work)
        work.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_VERSION + each.NAME, str(each.VERSION)))
        progress((place + 1) * revisions, len(wanted) * revisions)


def refresh(work: Work, record_id: RecordId) -> None:
    """Bring the heads, the text and the list row of a record up to date after a revision was added to it."""
    row = work.one("SELECT root, kind FROM record WHERE id = ?", (record_id,))
    if row is None:
        return
    root, kind = row
    found = heads.refresh(work, record_id, root, kind)
    text.refresh(work, record_id, root, kind, found)
    # Once for all records of an interview: a bundle may bring thousands.
    work.before_commit(("row", root), lambda: interview_rows.refresh(work, root))


def forget(work: Work, record_id: RecordId) -> None:
    """Remove a record from the projections (it is being erased)."""
    for each in (text, heads, about, links):
        each.forget(work, record_id)
