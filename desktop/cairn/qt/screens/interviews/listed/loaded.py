"""What the list of interviews shows, read from the vault at one time: for a task, away from the window's thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from cairn.app.interviews import listing, search
from cairn.app.interviews.listing import ALL, Look, Order, Sender
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import HitView, InterviewRow
from cairn.model.ids import as_root
from cairn.qt.widgets.long_rows import PAGE


@dataclass(frozen=True)
class Loaded:
    """What was read for the list at one time."""

    look: Look
    """With the words that were searched for."""
    order: Order
    page: list[tuple[int, InterviewRow]]
    """Those rows of it that are seen."""
    total: int
    hits: list[HitView] = field(default_factory=list)
    senders: Sequence[Sender] = ()
    alone: bool = False
    """Nothing is in this vault yet, and nobody is known to it."""


def read(session: Session, before: Look | None, words: str, open_id: str, seen: Iterable[int]) -> Loaded:
    """Look as `before`, or as the vault remembers; with these words, the rows that are `seen` and the open one's."""
    look = before or listing.kept_look(session)
    wanted = msgspec.structs.replace(look.wanted, words=words)
    look = msgspec.structs.replace(look, wanted=wanted)
    order = listing.order(session, wanted, sort=look.sort, upwards=look.upwards)
    places = {*range(PAGE), *seen}
    number = listing.number(session, as_root(open_id)) if open_id else None
    if number is not None and number in order:
        first = order.index(number) // PAGE * PAGE
        places.update(range(first, first + PAGE))
    numbers = [order[place] for place in sorted(places) if place < len(order)]
    return Loaded(
        look,
        order,
        listing.page(session, numbers),
        listing.count(session),
        search.search(session, words, limit=PAGE) if words else [],
        listing.senders(session) if wanted.senders else (),
        # Where nothing is yet, what comes next after making a vault is offered.
        not len(order) and wanted == ALL and not contacts.rows(session),
    )
