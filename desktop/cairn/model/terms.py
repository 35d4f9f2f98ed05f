"""What a term of a vocabulary is made of, and how a record names one.

Records name terms by their ids alone (`vio.family.separation`). A shipped term has an id of its own; a local one is a
record of the library, and its id is that record's: `local.` and the record's id. So two offices never mean different things by
one id, and whatever names a local term names a record, which then travels with it.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from cairn.model.ids import NO_RECORD, RecordId, is_id
from cairn.model.kinds.kind import Reference

MAX_ID = 120
"""Characters of a term's id. An id that is not known here, of a newer vocabulary or of another office, is kept as it is."""
TermId = Annotated[str, msgspec.Meta(max_length=MAX_ID)]
"""The id of a term in a record's body; empty where none was chosen."""

LOCAL = "local."
MAX_LABEL = 200
MAX_TEXT = 4_000
Label = Annotated[str, msgspec.Meta(max_length=MAX_LABEL)]
Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]

LANGUAGES = ("en", "ko", "zh")
"""The languages of a vocabulary."""


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """A text in the languages of a vocabulary; empty in those that it was not written in."""

    en: Text = ""
    ko: Text = ""
    zh: Text = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.ko or self.zh)

    def in_language(self, language: str) -> str:
        """The text in a language (`ko`, `zh-Hans`), else in English, else in any that there is."""
        own = getattr(self, language[:2], "") if language[:2] in LANGUAGES else ""
        return own or self.en or self.ko or self.zh


class Neighbour(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is out: another term, and what belongs there."""

    see: TermId
    en: Text = ""
    ko: Text = ""
    zh: Text = ""

    @property
    def said(self) -> Said:
        """What belongs there, in words."""
        return Said(self.en, self.ko, self.zh)


class Count(msgspec.Struct, frozen=True, omit_defaults=True):
    """How to count: a pattern of the vocabulary `counting`, and what one act is."""

    pattern: TermId = ""
    one: Said = Said()


class Code(msgspec.Struct, frozen=True):
    """A code of another vocabulary, and how well it fits: `exact`, `close`, `broad` (theirs is wider), `narrow`."""

    code: Annotated[str, msgspec.Meta(max_length=40)]
    fit: Annotated[str, msgspec.Meta(max_length=10)]


Codes = tuple[Annotated[str, msgspec.Meta(max_length=60)], ...]


class Crosswalk(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the same or the like stands elsewhere. A pointer for whoever looks there, never a finding.

    None: nobody has looked; empty: looked for, and there is none.
    """

    huridocs: tuple[Code, ...] | None = None
    coi: Codes | None = None
    """Patterns of the commission of inquiry of 2014."""
    rome: Codes | None = None
    """Acts of article 7(1) of the Rome Statute."""
    gbv: Codes | None = None
    ilo: Codes | None = None
    reference_type: Codes | None = None
    reference: str = ""
    primero: str = ""
    gedcom: str = ""
    admiralty: str = ""


def local_id(record: RecordId) -> str:
    """The id of the local term that this record holds."""
    return f"{LOCAL}{record}"


def local_record(term: str) -> RecordId:
    """The record of the library that holds a term; empty for a shipped one."""
    rest = term.removeprefix(LOCAL)
    return RecordId(rest) if rest != term and is_id(rest) else NO_RECORD


def term_references(field: str, *terms: str) -> list[Reference]:
    """For `Kind.references`: the records of the local terms among these, which then travel with what names them."""
    found = dict.fromkeys(record for term in terms if (record := local_record(term)))
    return [Reference(field, record) for record in found]
