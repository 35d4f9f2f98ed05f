"""A place that is known: its names over time, what it lies in, what kind of place it is. Never where exactly it lies."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.places.told import PlaceId
from cairn.model.terms import TermId

MAX_NAMES = 40
MAX_NAME = 200

Level = Literal[
    "country", "province", "prefecture", "city", "county", "district", "town", "ri", "facility", "other"
]
Origin = Literal["shipped", "local", "unknown"]
NameText = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]
Since = Annotated[str, msgspec.Meta(max_length=20)]
"""`1977`, `1977-05`, `1977-05-01`; `~` about, `?` uncertain; empty not known; `..` at an end: still so when it was written."""


class PlaceName(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a place is called, or was for a time, in each script and spelling; empty where nobody wrote it down."""

    ko: NameText = ""
    """In Hangul, as people say it there: 룡정, 라선."""
    kr: NameText = ""
    """In Hangul as it is written in South Korea, where that differs: 나선."""
    en: NameText = ""
    """In Latin letters, as the country itself writes it, or as it is usual."""
    rr: NameText = ""
    """Revised Romanisation."""
    mr: NameText = ""
    """McCune-Reischauer."""
    zh: NameText = ""
    start: Since = msgspec.field(name="from", default="")
    end: Since = msgspec.field(name="to", default="")

    def in_language(self, language: str) -> str:
        """The name in a language (`ko`, `zh-Hans`), else in any other."""
        own = {"ko": self.ko, "zh": self.zh}.get(language[:2], self.en)
        return own or self.en or self.ko or self.zh or self.rr or self.mr or self.kr

    @property
    def written(self) -> tuple[str, ...]:
        """Every spelling that there is, once each."""
        every = (self.ko, self.kr, self.en, self.rr, self.mr, self.zh)
        return tuple(dict.fromkeys(each for each in every if each))


class Stretch(msgspec.Struct, frozen=True, omit_defaults=True):
    """What held of a place from when to when: a facility that changed hands, a county that belonged elsewhere."""

    start: Since = msgspec.field(name="from", default="")
    end: Since = msgspec.field(name="to", default="")
    type: TermId = ""
    agency: TermId = ""
    parent: PlaceId = ""
    note: Annotated[str, msgspec.Meta(max_length=1_000)] = ""
    source: Annotated[str, msgspec.Meta(max_length=300)] = ""


Names = Annotated[tuple[PlaceName, ...], msgspec.Meta(max_length=MAX_NAMES)]
Stretches = Annotated[tuple[Stretch, ...], msgspec.Meta(max_length=MAX_NAMES)]


class Place(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One place, as the gazetteer ships it or a record of the library holds it."""

    id: PlaceId
    level: Level = "other"
    parent: PlaceId = ""
    """What it lies in; empty for a country, or where that is not known."""
    names: Names = msgspec.field(name="name", default=())
    """The first is the one that it goes by now."""
    stretches: Stretches = msgspec.field(name="stretch", default=())
    iso: str = ""
    """ISO 3166-1 or 3166-2."""
    type: TermId = ""
    """Of a facility: a term of `facility_types`."""
    agency: TermId = ""
    note: str = ""
    source: str = ""
    review: bool = False
    retired: bool = False
    origin: Origin = "shipped"
    record: RecordId = NO_RECORD

    def label(self, language: str = "en") -> str:
        """What it is called; its id where nobody here knows it: whoever shows it says so beside."""
        if not self.names:
            return self.id
        if self.level == "country" and language[:2] == "ko":
            # Of the place itself as it is said there; of the wide world as the program's Korean says it.
            return self.names[0].kr or self.names[0].in_language(language)
        return self.names[0].in_language(language)

    @property
    def known(self) -> bool:
        """Whether the gazetteer or this vault knows it."""
        return self.origin != "unknown"

    @property
    def chosen(self) -> bool:
        """Whether it is offered to be chosen anew."""
        return self.known and not self.retired


def unknown(id_: str) -> Place:
    """A place for an id that nobody here knows: shown as such, kept as it is."""
    return Place(id=id_, origin="unknown")
