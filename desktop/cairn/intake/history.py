"""The order in which revisions are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cairn.model.exchange import IncomingRevision
from cairn.model.ids import RevisionHash


def in_order(revisions: Sequence[IncomingRevision]) -> Iterator[IncomingRevision]:
    """The revisions, roots before what belongs to them and parents before children; else as given.

    Parents are named by hash, so real revisions can't form a cycle.
    """
    by_name = {revision.sha256: revision for revision in revisions}
    done: set[RevisionHash] = set()
    roots = [r for r in revisions if r.envelope.is_root]
    others = [r for r in revisions if not r.envelope.is_root]
    for start in (*roots, *others):
        waiting = [start.sha256]
        while waiting:
            name = waiting[-1]
            missing = [p for p in by_name[name].envelope.parents if p in by_name and p not in done]
            if name in done or not missing:
                waiting.pop()
                if name not in done:
                    done.add(name)
                    yield by_name[name]
            else:
                waiting.extend(missing)
