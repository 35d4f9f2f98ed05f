"""Search over everything that was written down and is not removed."""

from __future__ import annotations

from cairn.app.kernel import identities, revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import HitView
from cairn.storage import search as stored


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Where in a text the words of a search stand: (start, end) in code points, in order."""
    return stored.places(text, words)


def stem(words: str) -> str:
    """What might be found in place of `words`: Korean words without their particles; else nothing."""
    return stored.stem(words)


def search(s: Session, words: str, limit: int = 50) -> list[HitView]:
    """Where all of `words` stand together, best first; the last word may be unfinished. Never an error.

    Protected names that contain them come first, while the identity compartment is open.
    """
    identities.catch_up(s)
    named = s.name_index.find(s.store, words, limit)
    with s.store.read() as reader:
        found = stored.query(reader, words, limit)
        roots = {hit.root for hit in found} | {hit.interview for hit in named}
        titles = {root: revising.title(reader, root) for root in roots}
    names = [
        HitView(
            interview_id=hit.interview,
            title=titles[hit.interview],
            record_id=hit.record,
            kind="identity",
            field="name",
            snippet=((f"{hit.person}: ", False), (hit.name, True)),
        )
        for hit in named
    ]
    return names + [
        HitView(
            interview_id=hit.root,
            title=titles[hit.root],
            record_id=hit.record_id,
            kind=hit.kind,
            field=hit.field,
            snippet=tuple(hit.snippet),
            at=hit.at,
        )
        for hit in found[: limit - len(names)]
    ]
