"""A unit: a body that people acted for, and the one above it. Its name stands open; together they draw the command."""

from __future__ import annotations

from typing import Annotated

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds import described
from cairn.model.kinds.described import Long, Short, TermId
from cairn.model.kinds.identity import Name
from cairn.model.kinds.kind import Authority, Kind
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told


class Unit(msgspec.Struct, omit_defaults=True):
    """An office, a brigade, the guards of one prison, a household that bought her."""

    code: Short = ""
    """`U1`. One unit of the interview each."""
    names: Annotated[list[Name], msgspec.Meta(max_length=64)] = []
    agency: TermId = TermId("")
    """Term `agency.*`."""
    type: TermId = TermId("")
    """Term `perp.*`."""
    parent: RecordId = NO_RECORD
    """The unit that commands it."""
    place: PlaceTold = PlaceTold()
    since: Told = Told()
    until: Told = Told()
    note: Long = ""
    removed: bool = False

    @property
    def shown(self) -> str:
        """Its first name, else its code."""
        return self.names[0].text if self.names and self.names[0].text else self.code


KIND = Kind(
    name="unit",
    type=Unit,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="acts",
    title=lambda body: body.shown,
    texts=described.texts,
    fields=described.fields,
    references=described.references,
    page=described.page("unit"),
    order=30,
    icon="people",
)
