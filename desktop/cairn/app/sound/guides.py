"""Question guides: plain lists beside the notes, in the language of the window.

A guide reminds; it is no form, and nothing is stored but which question was asked when.
"""

from __future__ import annotations

import msgspec

from cairn import resources
from cairn.errors import MachineError

FIRST = "conversation"


class Guide(msgspec.Struct, frozen=True):
    """A list of questions under a title."""

    title: str
    questions: list[str]


def names() -> list[str]:
    """The guides that there are, the general one first."""
    found = [name.removesuffix(".json") for name in resources.names("guides/en", ".json")]
    return sorted(found, key=lambda name: (name != FIRST, name))


def load(name: str, language: str) -> Guide:
    """One guide, in English where it is not there in `language`. Raises MachineError."""
    try:
        data = resources.read_bytes(f"guides/{language}/{name}.json")
    except MachineError:
        data = resources.read_bytes(f"guides/en/{name}.json")
    return msgspec.json.decode(data, type=Guide)
