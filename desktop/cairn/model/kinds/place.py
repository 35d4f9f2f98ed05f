"""A place that this vault knows beside the gazetteer: a village, a facility, a house behind a station. It may be retired."""

from __future__ import annotations

from typing import Annotated

import msgspec

from cairn.model.ids import RecordId, is_id
from cairn.model.kinds.kind import Kind, Reference, Scope
from cairn.model.places.place import Level, Names, PlaceName, Stretch, Stretches
from cairn.model.places.told import PlaceId
from cairn.model.terms import TermId, term_references


class LocalPlace(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place; its id is that of this record."""

    level: Level = "other"
    parent: PlaceId = ""
    names: Names = ()
    """The first is the one that it goes by now."""
    stretches: Stretches = ()
    type: TermId = ""
    agency: TermId = ""
    note: Annotated[str, msgspec.Meta(max_length=4_000)] = ""
    retired: bool = False


def _name(name: PlaceName) -> str:
    when = f" ({name.start}/{name.end})" if name.start or name.end else ""
    return " · ".join(name.written) + when


def _stretch(stretch: Stretch) -> str:
    said = (stretch.type, stretch.agency, stretch.parent, stretch.note, stretch.source)
    return f"{stretch.start}/{stretch.end}: " + " · ".join(each for each in said if each)


def _fields(body: LocalPlace) -> dict[str, str]:
    return {
        "level": body.level,
        "parent": body.parent,
        "names": "\n".join(_name(each) for each in body.names),
        "stretches": "\n".join(_stretch(each) for each in body.stretches),
        "type": body.type,
        "agency": body.agency,
        "note": body.note,
        "retired": "yes" if body.retired else "",
    }


def _references(body: LocalPlace) -> list[Reference]:
    parents = dict.fromkeys([body.parent, *(each.parent for each in body.stretches)])
    terms = [body.type, body.agency, *(each for one in body.stretches for each in (one.type, one.agency))]
    return [
        *(Reference("parent", RecordId(each)) for each in parents if is_id(each)),
        *term_references("type", *terms),
    ]


KIND = Kind(
    name="place",
    type=LocalPlace,
    version=1,
    scope=Scope.LIBRARY,
    is_root=True,
    freezes=False,
    part="none",
    title=lambda body: body.names[0].in_language("en") if body.names else "",
    fields=_fields,
    references=_references,
    order=71,
    icon="flag",
)
