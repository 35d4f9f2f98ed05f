"""The places that a session knows, and its own: added, changed, retired. A place is never taken out."""

from __future__ import annotations

import msgspec

from cairn.app.kernel import revising
from cairn.app.kernel.revising import Version
from cairn.app.kernel.session import Session
from cairn.errors import InputError
from cairn.model.ids import RecordId, is_id
from cairn.model.kinds.place import LocalPlace
from cairn.model.places.gazetteer import Gazetteer
from cairn.model.places.place import Place
from cairn.storage import library, roots
from cairn.storage.work import Reader
from cairn.vocab import places as shipped

KIND = "place"


def of(s: Session) -> Gazetteer:
    """The places that this session knows: one and the same until a record of theirs changes.

    Raises IntegrityError where such a record was altered.
    """
    with s.store.read() as reader:
        return s.gazetteer.get(library.heads_of_kind(reader, KIND), lambda: _made(reader))


def body(s: Session, id_: str) -> LocalPlace | None:
    """What this vault holds of a place of its own; None for a shipped one."""
    if not is_id(id_):
        return None
    with s.store.read() as reader:
        head = revising.current(reader, RecordId(id_))
    return head.body if head is not None and isinstance(head.body, LocalPlace) else None


def ours(s: Session, id_: str) -> bool:
    """Whether this vault may change a place: it made it."""
    if not is_id(id_):
        return False
    with s.store.read() as reader:
        return s.is_own(revising.maker(reader, RecordId(id_)))


def add(s: Session, place: LocalPlace) -> RecordId:
    """Make a place; its id. Raises InputError `place.no-name`, `place.parent-unknown`."""
    _require(of(s), place)
    with s.store.write() as work:
        return revising.write(s, work, place)[0]


def change(s: Session, id_: str, place: LocalPlace, reason: str = "") -> None:
    """Save another version of a place. Raises as `add`, and InputError `place.unknown`, `place.not-ours`, `place.parent-circle`."""
    if body(s, id_) is None:
        raise InputError("place.unknown", id=id_)
    if not ours(s, id_):
        raise InputError("place.not-ours")
    known = of(s)
    _require(known, place)
    if any(
        known.within(each, id_) for each in (place.parent, *(one.parent for one in place.stretches)) if each
    ):
        raise InputError("place.parent-circle")
    with s.store.write() as work:
        heads = revising.heads(work, RecordId(id_))
        parents = [head.sha for head in heads if head.state == revising.CURRENT]
        revising.write(s, work, place, record=RecordId(id_), parents=parents, reason=reason)


def retire(s: Session, id_: str, *, retired: bool = True) -> None:
    """No longer offer a place, or offer it again. What names it goes on showing it. Raises as `change`."""
    held = body(s, id_)
    if held is None:
        raise InputError("place.unknown", id=id_)
    change(s, id_, msgspec.structs.replace(held, retired=retired))


def _require(known: Gazetteer, place: LocalPlace) -> None:
    if not place.names or not place.names[0].written:
        raise InputError("place.no-name")
    for parent in (place.parent, *(each.parent for each in place.stretches)):
        if parent and not known.get(parent).known:
            raise InputError("place.parent-unknown", id=parent)


def _made(reader: Reader) -> Gazetteer:
    places, _ = shipped.shipped()
    own = []
    for root in roots.of_kind(reader, KIND):
        head = revising.current(reader, root)
        if head is not None and isinstance(head.body, LocalPlace):
            own.append(_place(head, head.body))
    return Gazetteer([*places, *own])


def _place(head: Version, held: LocalPlace) -> Place:
    return Place(
        id=head.envelope.id,
        level=held.level,
        parent=held.parent,
        names=held.names,
        stretches=held.stretches,
        type=held.type,
        agency=held.agency,
        note=held.note,
        retired=held.retired,
        origin="local",
        record=head.envelope.id,
    )
