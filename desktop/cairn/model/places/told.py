"""A place as it was told: the words, and which place they were taken to mean.

The words are the evidence and are never changed. Which place is meant may be put right: one of the gazetteer that ships
(`kp.hoeryong`), a record of the library, or none.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from cairn.model.ids import RecordId, is_id
from cairn.model.kinds.kind import Reference

MAX_WORDS = 300
"""Characters of what was said about one place."""
MAX_PLACE = 120

Words = Annotated[str, msgspec.Meta(max_length=MAX_WORDS)]
PlaceId = Annotated[str, msgspec.Meta(max_length=MAX_PLACE)]
"""Of the gazetteer, of a record of the library, or empty. One that is not known here is kept as it is."""
PlaceRelation = Literal["at", "near", "between", "unknown"]


class PlaceTold(msgspec.Struct, frozen=True, omit_defaults=True):
    """One place. `place` is empty where nobody has said yet which place the words mean."""

    words: Words = ""
    place: PlaceId = ""
    relation: PlaceRelation = "at"
    """How it lies to `place`; `unknown` is that nobody knows where it was, or that nobody said."""
    other: PlaceId = ""
    """The second place of `between`; empty while it was not said."""

    def __post_init__(self) -> None:
        if self.other and self.relation != "between":
            raise ValueError("a second place is for what lies between two")

    def __bool__(self) -> bool:
        return bool(self.words or self.place or self.relation == "unknown")

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the places that it names."""
        return tuple(each for each in (self.place, self.other) if each)


def place_references(field: str, *told: PlaceTold) -> list[Reference]:
    """For `Kind.references`: the records of the library that these places name, which then travel with them."""
    found = dict.fromkeys(RecordId(place) for each in told for place in each.places if is_id(place))
    return [Reference(field, record) for record in found]
