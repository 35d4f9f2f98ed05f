"""What belongs to one kind of act alone: arrest and detention, killing, torture, repatriation, and the others.

All of it is optional and in the words told: what was not said is empty, and nothing is asked for its own sake.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds.described import Long, Many, Short, TermId
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told


class Period(msgspec.Struct, frozen=True, omit_defaults=True):
    """One stay in one place of detention."""

    facility: PlaceTold = PlaceTold()
    type: TermId = TermId("")
    """Term `facility.*`."""
    unit: RecordId = NO_RECORD
    since: Told = Told()
    until: Told = Told()
    cell: Long = ""
    """Size, light, what was in it."""
    crowd: Short = ""
    """How many people in it, as told."""
    food: Long = ""
    water: Long = ""
    sleep: Long = ""
    hygiene: Long = ""
    medicine: Long = ""
    labour: Long = ""
    contact: Long = ""
    """With family, a lawyer, a consul: allowed, refused, never asked."""
    deaths: Long = ""
    inmates: Annotated[list[RecordId], Many] = []
    guards: Annotated[list[RecordId], Many] = []
    """Persons; alias, marks, rank and shift stand with them and their posts."""
    release: Short = ""
    """How it ended: term, amnesty, a bribe, an exchange, escape, transfer."""
    price: Short = ""
    note: Long = ""


class Detention(msgspec.Struct, frozen=True, omit_defaults=True):
    """An arrest and what followed: one event, often several stays."""

    arrested: Long = ""
    """Who came, what was said, whether a paper was shown."""
    warrant: Short = ""
    charge: Long = ""
    trial: Long = ""
    sentence: Short = ""
    confession: Long = ""
    family_told: Short = ""
    periods: Annotated[list[Period], Many] = []


class Killing(msgspec.Struct, frozen=True, omit_defaults=True):
    """A death that was caused."""

    cause: Long = ""
    public: Short = ""
    crowd: Short = ""
    sentence: Long = ""
    body: Long = ""
    """What became of the body."""
    family: Long = ""
    """What the family was told, and when."""
    told_by: RecordId = NO_RECORD


class Torture(msgspec.Struct, frozen=True, omit_defaults=True):
    """Pain that was meant."""

    lead_up: Long = ""
    words: Long = ""
    """What was said while it was done."""
    how_long: Short = ""
    how_often: Short = ""
    objects: Long = ""
    injuries: Long = ""
    lasting: Long = ""
    medical: Long = ""
    """Examined by whom, papers, refused."""
    purpose: Long = ""


class Repatriation(msgspec.Struct, frozen=True, omit_defaults=True):
    """Sent back by force."""

    caught: PlaceTold = PlaceTold()
    caught_when: Told = Told()
    by: Short = ""
    handed_over: PlaceTold = PlaceTold()
    crossed: Told = Told()
    group: Short = ""
    told_fear: Short = ""
    """Whether she said what she feared, and to whom."""
    left_behind: Long = ""
    """Whom and what she had to leave."""
    after: Long = ""


class Trafficking(msgspec.Struct, frozen=True, omit_defaults=True):
    """Traded, or married by force."""

    elements: Annotated[list[TermId], Many] = []
    """Terms `palermo.*`: act, means, purpose."""
    promised: Long = ""
    route: Long = ""
    price: Short = ""
    paid_to: Short = ""
    bought_by: RecordId = NO_RECORD
    free_to_leave: Long = ""
    papers: Long = ""
    children: Short = ""
    ended: Long = ""


class Labour(msgspec.Struct, frozen=True, omit_defaults=True):
    """Work that was forced, at home or abroad."""

    work: Long = ""
    employer: Short = ""
    abroad: PlaceTold = PlaceTold()
    hours: Short = ""
    rest: Short = ""
    quota: Short = ""
    pay: Short = ""
    kept_back: Short = ""
    injuries: Long = ""
    watched: Long = ""
    refusal: Long = ""


class Pregnancy(msgspec.Struct, frozen=True, omit_defaults=True):
    """An abortion that was forced, or a newborn who was killed or left to die."""

    month: Short = ""
    father_said: Long = ""
    """What was said about the father, and about why."""
    method: Long = ""
    by: Short = ""
    where: PlaceTold = PlaceTold()
    child: RecordId = NO_RECORD
    child_outcome: Long = ""
    care: Long = ""
    lasting: Long = ""


class Food(msgspec.Struct, frozen=True, omit_defaults=True):
    """Food that was kept from people."""

    ration: Long = ""
    stopped: Told = Told()
    why: Long = ""
    eaten: Long = ""
    died: Short = ""
    sold: Long = ""


class Religion(msgspec.Struct, frozen=True, omit_defaults=True):
    """Punished for what was believed, said or read."""

    belief: Short = ""
    practice: Long = ""
    found: Long = ""
    """What was found, and how."""
    others: Long = ""
    punished: Long = ""


class ChildPart(msgspec.Struct, frozen=True, omit_defaults=True):
    """A child taken, sold, or left without registration."""

    child: RecordId = NO_RECORD
    taken_by: Short = ""
    paper: Long = ""
    registration: TermId = TermId("")
    """Term `hukou.*`."""
    reason_given: Long = ""
    school: Long = ""
    now: Long = ""
