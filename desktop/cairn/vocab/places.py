"""The places that ship, read once from `resources/places/`. One broken file takes the others with it in no way."""

from __future__ import annotations

from functools import cache

import msgspec

from cairn import resources
from cairn.errors import CairnError, InputError
from cairn.model.places.place import Place
from cairn.vocab import reading

FOLDER = "places"
MAX_PLACES = 20_000


class PlacesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of places."""

    title: str
    source: str
    review: bool
    place: tuple[Place, ...] = ()


@cache
def file(name: str) -> PlacesFile:
    """One file. Raises InputError as `cairn.vocab.reading.vocabulary` does, MachineError where it is missing."""
    found = reading.decoded(name, resources.read_bytes(f"{FOLDER}/{name}"), PlacesFile)
    if len(found.place) > MAX_PLACES:
        raise InputError("vocab.unreadable", file=name, line=1)
    return found


def shipped() -> tuple[tuple[Place, ...], tuple[CairnError, ...]]:
    """All places that ship, and what is wrong with files that can't be read."""
    places: list[Place] = []
    problems: list[CairnError] = []
    for name in resources.names(FOLDER, ".toml"):
        try:
            places += file(name).place
        except CairnError as error:
            problems.append(error)
    return tuple(places), tuple(problems)
