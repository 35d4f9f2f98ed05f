"""Openings of identities that a bundle brings: kept as they come, opened where the compartment is open.

One may come with its revision, after it or before it. Whether it is the one that was signed shows only when
it is opened; what is not is told and refuses nothing else.
"""

from __future__ import annotations

from cairn.app.arriving.incoming import Incoming
from cairn.app.kernel import identities
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.model.exchange import OpeningEntry
from cairn.model.ids import RevisionHash
from cairn.storage import openings, revisions
from cairn.storage.openings import Arrived
from cairn.storage.work import Reader, Work


def take(s: Session, work: Work, found: Incoming) -> list[Problem]:
    """Keep the openings of a bundle whose revisions were put just now, and open what can be opened."""
    sender = found.head.sender.fingerprint
    taken: list[RevisionHash] = []
    for entry, file in zip(found.openings, found.opening_files, strict=True):
        if _wanted(work, entry):
            openings.arrive(work, Arrived(entry.revision, sender, entry.record, entry.root, file, ""))
            taken.append(entry.revision)
    if not taken:
        return []
    identities.open_arrived(s, work)
    left = openings.waiting(work, taken)
    refused = sum(problem != "" for _, problem in left)
    waiting = len({revision for revision, problem in left if not problem})
    problems = [Problem("identity.arrived-unusable", {"count": refused})] if refused else []
    if waiting:
        problems.append(Problem("identity.arrived-closed", {"count": waiting}))
    return problems


def _wanted(reader: Reader, entry: OpeningEntry) -> bool:
    """Whether it is neither here already nor of something that was erased from here."""
    erased = revisions.is_erased(reader, entry.record) or revisions.is_erased(reader, entry.root)
    return not erased and not openings.has(reader, entry.revision)
