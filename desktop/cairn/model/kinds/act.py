"""An act: one victim and one kind of violation (HURIDOCS Events Standard Formats). Statistics count these.

Who did it stands in involvements, how it is known in information and passages. What belongs to one kind of act alone
lies in `act_parts`: a part that is filled in stays, also where the kind is changed.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds import described
from cairn.model.kinds.act_parts import (
    ChildPart,
    Detention,
    Food,
    Killing,
    Labour,
    Pregnancy,
    Religion,
    Repatriation,
    Torture,
    Trafficking,
)
from cairn.model.kinds.described import Long, Many, Short, TermId
from cairn.model.kinds.kind import Authority, Kind
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told


class Act(msgspec.Struct, omit_defaults=True):
    """What was done to one person."""

    code: Short = ""
    """`A1`. One act of the interview each."""
    event: RecordId = NO_RECORD
    victim: RecordId = NO_RECORD
    """The person. Empty is a fault that is shown until it is mended: an act without a victim is not counted."""
    type: TermId = TermId("")
    """Term `vio.*`."""
    methods: Annotated[list[TermId], Many] = []
    """Terms `method.*`."""
    time: Told = Told()
    place: PlaceTold = PlaceTold()
    setting: TermId = TermId("")
    """The kind of place: term `facility.*`."""
    age: Short = ""
    """Of the victim then, in the words told."""
    reasons: Annotated[list[TermId], Many] = []
    """Terms `reason.*`: why, as it was understood."""
    stated: Long = ""
    """What they said was the reason."""
    intent: Long = ""
    consequences: Long = ""
    status: TermId = TermId("")
    """The victim's state at the end: term `state.*`."""
    attribution: Long = ""
    """Why the act is laid to those who are named."""
    counted: Short = ""
    """How it is counted where it was done again and again, in words."""
    detention: Detention | None = None
    killing: Killing | None = None
    torture: Torture | None = None
    repatriation: Repatriation | None = None
    trafficking: Trafficking | None = None
    labour: Labour | None = None
    pregnancy: Pregnancy | None = None
    food: Food | None = None
    religion: Religion | None = None
    child: ChildPart | None = None
    note: Long = ""
    removed: bool = False


KIND = Kind(
    name="act",
    type=Act,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="acts",
    title=lambda body: body.code,
    texts=described.texts,
    fields=described.fields,
    references=described.references,
    page=described.page("act"),
    order=33,
    icon="flag",
)
