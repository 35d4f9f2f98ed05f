"""What came: every bundle that was opened here, from whom, when, and what became of it.

That a bundle came is noted when it was verified to its last byte, with why it is refused where it is; of what it holds
nothing is kept before it is taken in. Who sent it is told as this vault knows the sender's keys, whatever its card says.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from cairn.app.arriving.incoming import INTERVIEWS
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import OpenedView, Problem
from cairn.errors import MachineError
from cairn.model import clock
from cairn.model.ids import Fingerprint, RootId
from cairn.storage import arrived, lists, revisions
from cairn.storage.arrived import Arrived
from cairn.storage.lists import Filter

UNKNOWN = "unknown"


@dataclass(frozen=True)
class ReceivedRoot:
    """Something that a bundle brought."""

    id: RootId
    title: str
    here: bool
    """It is an interview that is here now."""
    waits: bool
    """A person has to settle something of it."""
    erased: bool


@dataclass(frozen=True)
class ReceivedRow:
    """A bundle that came."""

    bundle_id: str
    sender: Fingerprint
    label: str
    """As this vault stored it for these keys; of one who is no contact as it calls itself."""
    trust: str
    """A `Trust`, or `unknown`."""
    seq: int
    created: str
    at: str
    """When it was taken in, or looked at last."""
    outcome: str
    """`taken-in`, `refused`, or `undecided`: a person may still take it in."""
    interviews: int
    waits: int
    """In how many of them something waits to be settled now."""
    refusal: Problem | None
    """Why it can't be taken in."""
    roots: tuple[RootId, ...]


def note(s: Session, view: OpenedView, seq: int) -> None:
    """Note that a bundle was looked at; `seq` is its number for this vault. One's own is nothing that came.

    That it can't be noted (a read-only or full disk) is no reason not to look at it.
    """
    if view.already or view.sender_trust == "own":
        return
    refusal = view.refusal
    _put(
        s,
        Arrived(
            view.bundle_id,
            view.sender_fingerprint,
            seq,
            view.sender_label,
            view.created,
            clock.now(),
            False,
            sum(each.kind in INTERVIEWS for each in view.roots),
            refusal.code if refusal is not None else "",
            dict(refusal.values) if refusal is not None else {},
            [],
        ),
    )


def _put(s: Session, entry: Arrived) -> None:
    with suppress(MachineError), s.store.write() as work:
        arrived.note(work, entry)


def forget(s: Session, row: ReceivedRow) -> None:
    """Take a bundle that was not taken in off the list."""
    with s.store.write() as work:
        arrived.forget(work, row.bundle_id, row.sender)


def rows(s: Session, limit: int = 200, offset: int = 0) -> list[ReceivedRow]:
    """What came, the last first."""
    known = {each.fingerprint: each for each in contacts.rows(s)}
    with s.store.read() as reader:
        page = arrived.all(reader, limit, offset)
        others = revisions.roots_of_other_kinds(reader, [root for each in page for root in each.roots])
        waiting = {row.id for row in lists.interviews(reader, Filter(waits=True))}
        found = []
        for each in page:
            contact = known.get(each.sender)
            found.append(
                ReceivedRow(
                    each.bundle_id,
                    each.sender,
                    contact.label if contact is not None else each.label,
                    contact.trust if contact is not None else UNKNOWN,
                    each.seq,
                    each.created,
                    each.at,
                    "taken-in" if each.taken_in else "refused" if each.refusal else "undecided",
                    each.interviews - len(others.intersection(each.roots)),
                    len(waiting.intersection(each.roots)),
                    Problem(each.refusal, each.values) if each.refusal else None,
                    tuple(each.roots),
                )
            )
        return found


def count(s: Session) -> int:
    """How many bundles came."""
    with s.store.read() as reader:
        return arrived.count(reader)


def undecided(s: Session) -> int:
    """How many of them wait for a person to decide."""
    with s.store.read() as reader:
        return arrived.undecided(reader)


def roots(s: Session, row: ReceivedRow) -> list[ReceivedRoot]:
    """What a bundle brought, as it is here now."""
    found = []
    with s.store.read() as reader:
        for each in row.roots:
            here = lists.interview(reader, each)
            found.append(
                ReceivedRoot(
                    each,
                    here.title if here is not None else "",
                    here is not None,
                    here is not None and here.conflict,
                    revisions.is_erased(reader, each),
                )
            )
    return found
