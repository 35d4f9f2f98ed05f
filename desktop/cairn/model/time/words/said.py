"""What a phrase was found to say so far, and the reckoning out of one of its dates."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cairn.model.time.words import ends, resolve
from cairn.model.time.words.context import Context, Event, Impossible, Reading
from cairn.model.time.words.phrase import Piece
from cairn.model.time.words.token import (
    ABOUT,
    WORD,
)  # fmt: skip

DONE = "r"
"""Kind of an item that has been reckoned out."""


@dataclass
class Said:
    """What a phrase was found to say."""

    language: str
    known: Context
    text: str = ""
    event: Event | None = None
    """What the phrase hangs on."""
    recurring: bool = False
    uncertain: bool = False
    readings: list[Reading] = field(default_factory=list)


def resolved(item: Piece, said: Said) -> list[Reading]:
    if item.kind == DONE:
        return list(item.value)  # type: ignore[call-overload,no-any-return]
    found: list[Reading] = []
    refused: Impossible | None = None
    for fields in item.fields:
        try:
            found += resolve.resolve(fields, said.known, said.language, said.event)
        except Impossible as error:
            refused = error
    if refused is not None and (not found or len(item.fields) == 1):
        raise refused
    unique: list[Reading] = []
    for each in found:
        if not any(str(each.expression) == str(other.expression) for other in unique):
            unique.append(each)
    if not unique or len(unique) > ends.MAX_READINGS:
        raise ValueError("nothing, or too much to choose from")
    return unique


def _about(items: list[Piece]) -> bool:
    return any(item.kind == ABOUT for item in items)


def marked(found: list[Reading], items: list[Piece]) -> list[Reading]:
    if not _about(items):
        return found
    return [replace(each, expression=each.expression.marked(approximate=True)) for each in found]


def filled(item: Piece, other: Piece) -> Piece:
    return replace(item, fields=tuple(f.filled(other.fields[0]) for f in item.fields))


def event_words(items: list[Piece]) -> bool:
    """Whether there are words that can name an event."""
    return any(item.kind == WORD and item.text not in _NOBODY for item in items)


_NOBODY = frozenset(
    [
        "내가",
        "나는",
        "저는",
        "제가",
        "우리가",
        "우리는",
        "걔가",
        "그가",
        "그는",
        "그",
        "제",
        "나",
        "저",
        "저희는",
        "저희가",
        "我",
        "他",
        "她",
        "们",
        "我们",
        "i",
        "we",
        "he",
        "she",
        "they",
        "it",
        "was",
        "were",
        "had",
        "that",
        "this",
        "just",
        "only",
        "so",
        "then",
        "my",
        "our",
    ]
)
