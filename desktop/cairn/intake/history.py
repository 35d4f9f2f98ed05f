"""The history of one record: which revision follows which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cairn.model.exchange import IncomingRevision


class History:
    """A growing graph of revisions and stubs by SHA-256. Hostile input may hold cycles; they do no harm."""

    def __init__(self, parents: Mapping[str, Sequence[str]]) -> None:
        self._parents = {sha256: tuple(found) for sha256, found in parents.items()}

    def add(self, sha256: str, parents: Sequence[str]) -> None:
        """Add a revision that is here: its hash vouches for its parents."""
        self._parents[sha256] = tuple(parents)

    def add_stub(self, sha256: str, parents: Sequence[str]) -> None:
        """Add an ancestor that is told of. What is known of it already is not changed."""
        self._parents.setdefault(sha256, tuple(parents))

    def follows(self, later: str, earlier: str) -> bool:
        """Whether `later` comes after `earlier`, over any number of steps. Nothing follows itself."""
        seen: set[str] = set()
        waiting = list(self._parents.get(later, ()))
        while waiting:
            sha256 = waiting.pop()
            if sha256 == earlier:
                return later != earlier
            if sha256 not in seen:
                seen.add(sha256)
                waiting.extend(self._parents.get(sha256, ()))
        return False


def in_order(revisions: Sequence[IncomingRevision]) -> Iterator[IncomingRevision]:
    """The revisions, interviews before what belongs to them and parents before children; else as given.

    Parents are named by hash, so real revisions can't form a cycle.
    """
    by_name = {revision.sha256: revision for revision in revisions}
    done: set[str] = set()
    interviews = [r for r in revisions if r.envelope.kind == "interview"]
    others = [r for r in revisions if r.envelope.kind != "interview"]
    for start in (*interviews, *others):
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
