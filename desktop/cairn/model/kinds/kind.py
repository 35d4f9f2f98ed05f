"""What a kind declares of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from cairn.model.ids import RecordId, Sha256
from cairn.model.kinds.page import Block, Surroundings
from cairn.model.passages.anchors import Words
from cairn.model.values import NO_LENGTH, LengthMs, MomentMs

Body = msgspec.Struct
B = TypeVar("B", bound=Body)


class Scope(StrEnum):
    """What a record belongs to."""

    INTERVIEW = "interview"
    """What was told: it travels and dies with its interview, under its consent."""
    LIBRARY = "library"
    """Forms, vocabularies, kits, guides, templates: each is a root of its own."""
    OFFICE = "office"
    """A judgement about interviews that copies no words of theirs: each is a root of its own and names them
    in the envelope's `about`."""


class Authority(StrEnum):
    """Whose word moves what is current."""

    OWNER = "owner"
    """Only the root's owner; what others write is proposed until a person settles it."""
    LAYER = "layer"
    """Whoever began the record, if this vault has verified that device: it stands beside what others wrote,
    attributed, and changes nothing of theirs."""


class Text(NamedTuple):
    """A text of a body that can be searched."""

    field: str
    text: str
    at: MomentMs | None = None
    """Where in the sound it is spoken, in milliseconds; None for a text without a moment."""


class Media(NamedTuple):
    """A media object that a body names: bytes that lie beside the record and travel with it."""

    sha256: Sha256
    size: int
    name: str
    type: str


class Reference(NamedTuple):
    """Another record that a body names: of the same root, or a thing of the library, which then travels with it."""

    field: str
    record: RecordId


class Quoted(NamedTuple):
    """What a body repeats of another record of its root. It may leave only where all of that record may, and where
    that record still says it: words that were taken back must not leave in a quote."""

    source: RecordId
    field: str = ""
    """Which of its `citable` texts."""
    words: Words | None = None
    """What of that text; None of a sound or a picture, of which nothing is quoted but the place."""


def _no_texts(_: Any) -> dict[str, str]:
    return {}


def _nothing(_: Any) -> tuple[()]:
    return ()


def _none(_: Any) -> None:
    return None


def _has_removed(body: Any) -> bool:
    return bool(getattr(body, "removed", False))


def _declined(body: Any) -> Any:
    return msgspec.structs.replace(body, removed=True) if hasattr(body, "removed") else body


def _no_page(_: Any, __: Surroundings) -> list[Block] | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[B]):
    """Everything that the program must know of one kind of record.

    What is left out has a meaning that suits most kinds: no media, no references, removed by a field of that
    name, shown by its fields.
    """

    name: str
    """The code in the envelope, up to 40 characters of `a-z0-9-`."""
    type: type[B]
    """The struct of its bodies; decoding is strict in types and bounds, and ignores what a known version doesn't have."""
    version: int
    """Of the struct. Any new field raises it; a revision of a newer one opens read-only and keeps its bytes."""
    scope: Scope = Scope.INTERVIEW
    authority: Authority = Authority.OWNER
    is_root: bool = False
    """Whether its records are roots: an interview, and every library or office record."""
    freezes: bool = True
    """Whether finalising the root freezes it: a change then needs a reason (consent never, coding never)."""
    part: str
    """The part of the consent that it falls under (`cairn.model.consent`); `none` for what no consent is
    asked about: the consent itself, library and office records."""
    title: Callable[[B], str] = lambda body: ""
    """A short name for lists, never a sentence."""
    texts: Callable[[B], Iterable[Text]] = _nothing
    """What can be searched. `title` and `name` weigh more than other fields."""
    fields: Callable[[B], dict[str, str]]
    """Its fields as text, in the order in which differences and the history show them; lists are a line
    each. The window has a word for each (`resources/kinds`, `field.KIND.FIELD` or `field.FIELD`)."""
    page: Callable[[B, Surroundings], list[Block] | None] = _no_page
    """How it reads on a page: a bundle's README.html. None shows its fields."""
    media: Callable[[B], Media | None] = _none
    length: Callable[[B], LengthMs] = lambda body: NO_LENGTH
    """Of sound: how long it is, in milliseconds."""
    plain: Callable[[B], bool] = lambda body: False
    """Of media: whether its bytes were made anew here, so that they tell nothing beside what is seen or heard."""
    references: Callable[[B], Iterable[Reference]] = _nothing
    citable: Callable[[B], Mapping[str, str]] = _no_texts
    """Its texts in which passages can be marked, by field, exactly as they are stored."""
    quotes: Callable[[B], Quoted | None] = _none
    """What it repeats of another record: then that one's part is asked, too."""
    removed: Callable[[B], bool] = _has_removed
    """Whether this body says that the record was removed: it stays in the history and does not leave."""
    declined: Callable[[B], B] = _declined
    """The body with which a record that was proposed as new is kept as declined."""
    stays: Callable[[B], bool] = lambda body: False
    """Whether the body itself says that it must not leave, whatever becomes of what it refers to."""
    order: int = 50
    """Its place on a page among the kinds of one root; equal ones by name."""
    icon: str = "file"
    """A file of `resources/icons`."""
