"""The vocabularies that ship: each file is read when it is first asked for, and once."""

from __future__ import annotations

from functools import cache

import msgspec

from cairn import resources
from cairn.vocab import reading
from cairn.vocab.term import Term, Vocabulary, unknown

FOLDER = "vocabularies"

HOMES = {
    "agency": "agencies",
    "basis": "basis",
    "benefit": "independence",
    "coi": "crosswalk_targets",
    "condition": "independence",
    "contact": "independence",
    "count": "counting",
    "degree": "degrees",
    "earlier": "independence",
    "facility": "facility_types",
    "gbv": "crosswalk_targets",
    "hukou": "registration_states",
    "ilo": "crosswalk_targets",
    "kin": "kin_terms",
    "met": "independence",
    "method": "methods",
    "name": "name_kinds",
    "palermo": "trafficking_elements",
    "perp": "perpetrator_types",
    "post": "posts",
    "rank": "ranks",
    "reason": "reasons",
    "rel": "relations",
    "reliability": "source_reliability",
    "role": "roles",
    "rome": "crosswalk_targets",
    "separation": "separation_causes",
    "shown": "independence",
    "state": "person_states",
    "validity": "information_validity",
    "vio": "violations",
}
"""The vocabulary of a term by the first part of its id: so that one term asks for one file."""


@cache
def names() -> tuple[str, ...]:
    """The ids of the vocabularies that ship, by id."""
    return tuple(name.removesuffix(".toml") for name in resources.names(FOLDER, ".toml"))


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of this id.

    Raises InputError as `reading.vocabulary` does where its file was broken, MachineError where it is missing.
    """
    found = reading.vocabulary(f"{name}.toml", resources.read_bytes(f"{FOLDER}/{name}.toml"))
    return msgspec.structs.replace(
        found, term=tuple(msgspec.structs.replace(term, vocabulary=name) for term in found.term)
    )


@cache
def by_id(name: str) -> dict[str, Term]:
    """The terms of a vocabulary by their ids. Raises as `vocabulary` does."""
    return {term.id: term for term in vocabulary(name).term}


def term(id_: str) -> Term:
    """The shipped term of this id, or one that says that it is not known. Raises as `vocabulary` does."""
    home = HOMES.get(id_.partition(".")[0])
    return (by_id(home).get(id_) if home else None) or unknown(id_)
