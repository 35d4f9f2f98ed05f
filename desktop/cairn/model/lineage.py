"""Which revision follows which, and whose word counts for that.

A revision names its parents, so whoever makes one can say that it follows another: also one that the maker
wants hidden, or one that has yet to arrive. Taking in and storing both ask here, so that what the one
decides is what the other shows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cairn.model.ids import NO_FINGERPRINT, Fingerprint, RevisionHash


class Step(NamedTuple):
    """A revision, or an ancestor of which only the hash is known, in the lineage of one record."""

    parents: Sequence[RevisionHash] = ()
    device: Fingerprint = NO_FINGERPRINT
    """Who made it; empty where only its hash is known."""
    holds: bool = False
    """Whether it holds or held here (its state is `current`), or was told of by who is believed."""


class Lineage:
    """A growing graph of one record's revisions by SHA-256. Hostile input may hold cycles; they do no harm.

    `owner` is the device that made the interview. Its word counts, and so does that of what holds here.
    What is merely proposed counts for revisions of its own device; and, where the owner has taken it up,
    for the owner's.
    """

    def __init__(self, steps: Mapping[RevisionHash, Step], owner: Fingerprint) -> None:
        self._steps = dict(steps)
        self._owner = owner

    def add(self, sha256: RevisionHash, step: Step) -> None:
        """Add a revision that is here: its hash vouches for its parents."""
        self._steps[sha256] = step

    def add_stub(self, sha256: RevisionHash, parents: Sequence[RevisionHash]) -> None:
        """Add an ancestor that is told of by who is believed. What is known of it already stays."""
        known = self._steps.get(sha256)
        if known is None or not (known.device or known.parents):
            self._steps[sha256] = Step(parents, holds=True)

    def follows(self, later: RevisionHash, earlier: RevisionHash) -> bool:
        """Whether `later` comes after `earlier`, over any number of steps. Nothing follows itself."""
        return later != earlier and earlier in self.ancestors([later])

    def ancestors(self, shas: Iterable[RevisionHash]) -> dict[RevisionHash, None]:
        """Everything that one of `shas` follows, nearest first."""
        seen: dict[RevisionHash, bool] = {}
        waiting = deque(step for sha256 in shas for step in self._before(sha256, vouched=False))
        while waiting:
            name, vouched = waiting.popleft()
            # Once more where the owner vouches for what was only told of by others until now.
            if name not in seen or (vouched and not seen[name]):
                seen[name] = vouched
                waiting.extend(self._before(name, vouched=vouched))
        return dict.fromkeys(seen)

    def replaced(self, shas: Iterable[RevisionHash]) -> dict[RevisionHash, None]:
        """What one of `shas` follows by steps within its own device: a second proposal replaces the first."""
        seen: dict[RevisionHash, None] = {}
        waiting = deque(name for sha256 in shas for name in self._own(sha256))
        while waiting:
            name = waiting.popleft()
            if name not in seen:
                seen[name] = None
                waiting.extend(self._own(name))
        return seen

    def _before(self, sha256: RevisionHash, *, vouched: bool) -> list[tuple[RevisionHash, bool]]:
        step = self._steps.get(sha256, Step())
        if self._is_owners(sha256):
            return [(name, True) for name in step.parents]
        if step.holds:
            return [(name, vouched) for name in step.parents]
        own = [(name, vouched) for name in self._own(sha256)]
        return own + [(name, True) for name in step.parents if vouched and self._is_owners(name)]

    def _own(self, sha256: RevisionHash) -> list[RevisionHash]:
        step = self._steps.get(sha256)
        if step is None or not step.device:
            return []
        return [name for name in step.parents if self._steps.get(name, Step()).device == step.device]

    def _is_owners(self, sha256: RevisionHash) -> bool:
        step = self._steps.get(sha256)
        return step is not None and bool(step.device) and step.device == self._owner
