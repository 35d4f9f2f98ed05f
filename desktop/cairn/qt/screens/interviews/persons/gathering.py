"""What the tab People shows, read in one go in the background."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.app.kernel import record_drafts, terms
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import InterviewView, PartDraft
from cairn.app.people import coded, family, faults, names, picture
from cairn.app.people.coded import Coding
from cairn.app.people.family import Member
from cairn.app.people.faults import Fault
from cairn.app.people.names import Names
from cairn.app.people.picture import Picture
from cairn.vocab.terms import Terms


@dataclass(frozen=True)
class Shown:
    """Everything that the tab shows, gathered in the background at one moment."""

    coding: Coding
    terms: Terms
    members: list[Member]
    picture: Picture
    faults: list[Fault]
    names: Names
    drafts: dict[str, PartDraft]
    """What is typed of a person or a relation, by kind."""


def gathered(session: Session, view: InterviewView, *, named: bool) -> Shown:
    """Read all of it; names only where they are open on the screen."""
    known = terms.of(session)
    with session.store.read() as reader:
        coding = coded.read(session, reader, view.id)
        typed = {
            kind: draft
            for kind in ("person", "relation")
            if (draft := record_drafts.read(reader, view.id, kind)) is not None
        }
    found = family.members(coding, known)
    held = names.read(session, view.id) if named else Names(session.identity.is_open, {})
    return Shown(
        coding,
        known,
        found,
        picture.drawn(coding, found, known),
        faults.faults(coding, known),
        held,
        typed,
    )
