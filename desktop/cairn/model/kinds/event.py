"""An event: something that happened at a time and a place, of which the acts are parts."""

from __future__ import annotations

from typing import Annotated

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds import described
from cairn.model.kinds.described import Long, Many, Short, TermId
from cairn.model.kinds.kind import Authority, Kind
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told

LINKS = ("before", "cause", "same_chain", "retaliation", "part")


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """How this event hangs together with another."""

    event: RecordId
    how: Short = ""
    """Code of `LINKS`, or free text."""


class Event(msgspec.Struct, omit_defaults=True):
    """What happened, as one thing: the second repatriation, the night at the river."""

    code: Short = ""
    """`E1`. One event of the interview each."""
    title: Short = ""
    pattern: Short = ""
    """Code of the pattern of crimes that it belongs to (Commission of Inquiry), or empty."""
    time: Told = Told()
    place: PlaceTold = PlaceTold()
    narrative: Long = ""
    people: Short = ""
    """How many were there, in the words told: about forty women."""
    part_of: RecordId = NO_RECORD
    links: Annotated[list[Link], Many] = []
    terms: Annotated[list[TermId], Many] = []
    note: Long = ""
    removed: bool = False


KIND = Kind(
    name="event",
    type=Event,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="acts",
    title=lambda body: body.title or body.code,
    texts=described.texts,
    fields=described.fields,
    references=described.references,
    page=described.page("event"),
    order=32,
    icon="flag",
)
