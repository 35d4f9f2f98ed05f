"""How a record reads on a page, said without any markup: blocks of values that a renderer gives their form.

Pure values. The fixed words are named by key (`resources/readme`), values are plain text or say what they
are (a moment, a size, a code of a vocabulary), so that one renderer serves every kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.time.told import Told
from cairn.model.values import LengthMs, MomentMs


@dataclass(frozen=True)
class Coded:
    """A code of a vocabulary; shown by the word `PREFIX-CODE`, an unknown one as it is."""

    prefix: str
    code: str


@dataclass(frozen=True)
class Word:
    """A fixed word or sentence; `values` fill its `{named}` places."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Moment:
    """A moment of a recording, or a length of its sound."""

    ms: MomentMs | LengthMs


@dataclass(frozen=True)
class When:
    """A time, UTC in RFC 3339."""

    time: str


@dataclass(frozen=True)
class Time:
    """A time as it was told: the words, and what they were taken to mean."""

    told: Told


@dataclass(frozen=True)
class Octets:
    """A number of bytes."""

    size: int


@dataclass(frozen=True)
class Mono:
    """A text of signs rather than words: a hash, a file's name in the bundle."""

    text: str


Value = str | Coded | Word | Moment | When | Time | Octets | Mono
Line = Sequence[Value]
"""Values beside each other."""


@dataclass(frozen=True)
class Heading:
    """The name of a part. `level` 2 begins a root, 3 a record."""

    word: str
    name: str = ""
    level: int = 3


@dataclass(frozen=True)
class Facts:
    """Rows of a word and its value; rows without a value are left out."""

    rows: Sequence[tuple[str, Line]]


@dataclass(frozen=True)
class Sentence:
    """A line of its own."""

    line: Line


@dataclass(frozen=True)
class Paragraphs:
    """Text as it was written, line ends kept; `word` names it."""

    text: str
    word: str = ""
    faint: bool = False


@dataclass(frozen=True)
class Entry:
    """One of several like things: a note, a paragraph spoken, a file."""

    texts: Sequence[str]
    """The first as it is, what follows it (a translation) quieter."""
    line: Line = ()
    """Who, when, where."""
    below: bool = False
    """Whether the line stands below the texts."""


@dataclass(frozen=True)
class Items:
    """A list of short lines."""

    lines: Sequence[Line]


Block = Heading | Facts | Sentence | Paragraphs | Entry | Items


@dataclass(frozen=True)
class Surroundings:
    """What a record may need to know of what travels beside it."""

    record: RecordId = NO_RECORD
    author: str = ""
    created: str = ""
    reason: str = ""
    final: bool = False
    files: Mapping[RecordId, str] = field(default_factory=dict)
    """Record id → the name of its bytes in the bundle."""
    bodies: Mapping[RecordId, Any] = field(default_factory=dict)
    """Record id → body, of the same root."""
    naming: Mapping[tuple[str, RecordId], Sequence[Any]] = field(default_factory=dict)
    """(Kind, record id) → bodies of that kind that refer to the record."""
    citable: Callable[[RecordId, str], str] = lambda record, field: ""
    """The text of a record of the same root in which passages are marked, by its field; empty where it stays."""
    first_of_kind: bool = True
    """Whether no other record of this kind came before it on the page: who shows a heading once."""
