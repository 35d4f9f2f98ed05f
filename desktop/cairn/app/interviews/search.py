"""Search over everything that was written down and is not removed."""

from __future__ import annotations

from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import HitView
from cairn.storage import search as stored


def search(s: Session, words: str, limit: int = 50) -> list[HitView]:
    """Where all of `words` stand together, best first; the last word may be unfinished. Never an error."""
    with s.store.read() as reader:
        found = stored.query(reader, words, limit)
        titles = {root: revising.title(reader, root) for root in {hit.root for hit in found}}
    return [
        HitView(
            interview_id=hit.root,
            title=titles[hit.root],
            record_id=hit.record_id,
            kind=hit.kind,
            field=hit.field,
            snippet=tuple(hit.snippet),
            at=hit.at,
        )
        for hit in found
    ]
