"""Search over everything that was written down and is not removed."""

from __future__ import annotations

from cairn.app.kernel.session import Session
from cairn.app.kernel.views import HitView
from cairn.storage import lists
from cairn.storage import search as stored


def search(s: Session, words: str, limit: int = 50) -> list[HitView]:
    """Where all of `words` stand together, best first; the last word may be unfinished. Never an error."""
    with s.store.read() as reader:
        found = stored.query(reader, words, limit)
        titles = {hit.interview_id: "" for hit in found}
        for interview in titles:
            row = lists.interview(reader, interview)
            titles[interview] = row.title if row is not None else ""
    return [
        HitView(
            interview_id=hit.interview_id,
            title=titles[hit.interview_id],
            record_id=hit.record_id,
            kind=hit.kind,
            field=hit.field,
            snippet=tuple(hit.snippet),
            at=hit.at,
        )
        for hit in found
    ]
