"""The names of the people of an interview, read and written while the identity compartment is open.

They lie apart from everything else (`cairn.app.kernel.identities`): what is typed is a sealed draft, what is saved a
commitment. Nothing of it is in a record, an index or a page.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from cairn.app.interviews import interviews
from cairn.app.kernel import identities, revising
from cairn.app.kernel.identities import Held, Unreadable
from cairn.app.kernel.session import Session
from cairn.model.drafts import Draft
from cairn.model.ids import RootId
from cairn.model.kinds.identity import Opening
from cairn.storage.work import Work


@dataclass(frozen=True)
class Names:
    """What is known of the names of one interview now."""

    open: bool
    held: dict[str, Held]
    """By code of the person; nothing while they are shut."""
    unreadable: tuple[Unreadable, ...] = ()

    def of(self, code: str) -> Opening:
        """What is kept of one person; empty where there is nothing."""
        held = self.held.get(code)
        return held.opening if held is not None else Opening(person=code)


def read(s: Session, interview: RootId) -> Names:
    """The names of an interview, what is typed and not saved included."""
    with s.store.read() as reader:
        held, unreadable = identities.look(s, reader, interview)
    return Names(s.identity.is_open, held, tuple(unreadable))


def open_compartment(s: Session, interview: RootId) -> Names:
    """Open the compartment with what opened the vault, and read. Raises IntegrityError, MachineError."""
    if not s.identity.is_open:
        identities.open_compartment(s)
    return read(s, interview)


def keep(s: Session, interview: RootId, draft: Draft) -> None:
    """Keep what is being typed of one person, sealed. Raises InputError `identity.closed`, `identity.too-long`, MachineError."""
    identities.write(s, interview, msgspec.json.decode(bytes(draft.body), type=Opening))


def save(s: Session, interview: RootId, opening: Opening, reason: str = "") -> None:
    """Make a version of what is kept of one person. Nothing is written where nothing has changed.

    Raises InputError `identity.closed`, `identity.too-long`, and `interview.reason-needed` where the interview is
    finalised or another device's.
    """
    interviews.ensure_saved(s, interview)
    identities.write(s, interview, opening)
    with s.store.write() as work:
        if _is_typed(s, work, interview, opening.person):
            record = identities.of(s, work, interview)[opening.person].record
            known = record if revising.maker(work, record) else None
            interviews.require_reason(s, work, interview, reason, record=known)
            identities.settle_one(s, work, interview, opening.person, reason)


def discard(s: Session, interview: RootId, person: str) -> None:
    """Forget what was typed of one person since the last version."""
    with s.store.write() as work:
        identities.discard_one(s, work, interview, person)


def _is_typed(s: Session, work: Work, interview: RootId, person: str) -> bool:
    held = identities.of(s, work, interview).get(person)
    return held is not None and held.draft
