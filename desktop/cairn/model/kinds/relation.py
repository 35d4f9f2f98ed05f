"""How two people of an interview are related, and what parted them: a mother and the daughter she looks for."""

from __future__ import annotations

from typing import Annotated

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds import described
from cairn.model.kinds.described import Long, Many, Short, TermId
from cairn.model.kinds.kind import Authority, Kind
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told

CERTAINTIES = ("sure", "likely", "unsure")


class Parted(msgspec.Struct, frozen=True, omit_defaults=True):
    """A separation, as told. The child's name in the register, its marks and what is kept back are identity."""

    cause: TermId = TermId("")
    """Term `separation.*`."""
    last_seen: Told = Told()
    where: PlaceTold = PlaceTold()
    with_people: Annotated[list[RecordId], Many] = []
    """Persons who were with the one who is sought."""
    how: Long = ""
    last_news: Told = Told()
    news: Long = ""
    registered: TermId = TermId("")
    """Term `hukou.*`: whether and how a household registered the child."""
    household: RecordId = NO_RECORD
    """The person in whose household."""
    village: PlaceTold = PlaceTold()
    registered_when: Told = Told()
    registered_how: Long = ""
    cost: Short = ""
    holder: RecordId = NO_RECORD
    """Who holds the child now, as far as known."""
    holder_since: Told = Told()
    contact: Long = ""
    """What contact there is. Numbers and addresses are identity."""
    exposes: Long = ""
    """What an attempt at contact would give away, and to whom."""
    wish: Long = ""
    """Of the one who looks."""
    child_wish: Long = ""
    sought: bool = False
    """Whether she asks that this person be looked for."""


class Relation(msgspec.Struct, omit_defaults=True):
    """One edge: `other` is the `type` of `person`. The inverse follows from the vocabulary."""

    person: RecordId = NO_RECORD
    other: RecordId = NO_RECORD
    type: TermId = TermId("")
    """Term `rel.*`."""
    kin: TermId = TermId("")
    """Term `kin.*`: the Korean word that was said, which tells who speaks and of which side."""
    words: Short = ""
    since: Told = Told()
    until: Told = Told()
    registered: Short = ""
    """Whether an office has it: `yes`, `no`, `unknown`, or empty."""
    certainty: Short = ""
    """Code of `CERTAINTIES`."""
    teller: RecordId = NO_RECORD
    """The person who says so; empty for the one who tells the account."""
    parted: Parted | None = None
    note: Long = ""
    removed: bool = False


KIND = Kind(
    name="relation",
    type=Relation,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="person_facts",
    title=lambda body: body.words,
    texts=described.texts,
    fields=described.fields,
    references=described.references,
    page=described.page("relation"),
    order=9,
    icon="people",
)
