"""A coder's pass over one interview: whether it is blind, and whether it is closed. One for each coder."""

from __future__ import annotations

import msgspec

from cairn.model.kinds.kind import Authority, Kind
from cairn.model.kinds.page import Block, Surroundings


class Coding(msgspec.Struct, omit_defaults=True):
    """How far a coder is with an interview."""

    blind: bool = False
    """The coder sees nobody else's passages until both are closed."""
    closed: bool = False
    """The coder is done; what is marked afterwards was perhaps marked with the others' in sight."""
    removed: bool = False


def _no_page(body: Coding, around: Surroundings) -> list[Block]:
    return []


KIND = Kind(
    name="coding",
    type=Coding,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="acts",
    fields=lambda body: {
        "blind": "yes" if body.blind else "",
        "closed": "yes" if body.closed else "",
        "removed": "yes" if body.removed else "",
    },
    page=_no_page,
    order=46,
    icon="flag",
)
