"""A term and a vocabulary, as a file of `resources/vocabularies/` writes them and as the program shows them."""

from __future__ import annotations

from typing import Literal

import msgspec

from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.terms import Count, Crosswalk, Neighbour, Said, TermId

Origin = Literal["shipped", "local", "unknown"]


class NameInTime(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What an agency was called, and when. Times: `1973-05`, `1973~` about, `1973?` uncertain, empty unknown, `..` still so."""

    hangul: str
    roman: str
    en: str
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")
    source: str


class Term(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One term. What a vocabulary does not use is empty; FORMAT.md says which uses what."""

    id: TermId
    labels: Said = msgspec.field(name="label", default=Said())
    parent: TermId = ""
    codable: bool = True
    """Whether it can be chosen: branches can't."""
    rest: bool = False
    """Whether it is its branch's last resort."""
    retired: bool = False
    """No longer offered; its id stays, and what names it still shows it."""
    definition: Said = Said()
    include: Said = Said()
    """What is in."""
    out: tuple[Neighbour, ...] = ()
    """What is out, each with the term where it belongs."""
    example: Said = Said()
    count: Count = Count()
    crosswalk: Crosswalk = Crosswalk()
    sensitivity: Literal["", "S1", "S2", "S3"] = ""
    """S1 normal, S2 confidential, S3 hidden by default: sexual violence, trafficking, torture, newborns."""
    group: str = ""
    """Of a list with groups: one choice of each."""
    review: bool = False
    """Composed: a practitioner has not looked at it yet. Shown wherever the term is explained."""
    doubt: str = ""
    """What exactly to ask a reviewer."""
    note: str = ""

    name: tuple[NameInTime, ...] = ()
    """Agencies: official names over time."""
    spoken: tuple[str, ...] = ()
    """Agencies: what people say, for every time."""
    agency: tuple[TermId, ...] = ()
    """Facility types: who runs such a place."""
    first_hand: bool | None = None
    """Basis: whether the teller was there. For counting independent sources, never a score."""
    connects_sources: bool = False
    """Independence: two tellers who share this are no two independent sources."""
    order: int = 0
    """Ranks: rises."""
    relation: TermId = ""
    speaker: Literal["", "m", "f", "any"] = ""
    side: Literal["", "paternal", "maternal", "spouse", "any"] = ""
    generic: TermId = ""
    inverse: TermId = ""
    inverse_m: TermId | tuple[TermId, ...] = ""
    inverse_f: TermId | tuple[TermId, ...] = ""
    """Relations: what this person is to the other when a man or a woman; kin terms: what is said back."""
    sex: Literal["", "m", "f", "any"] = ""
    several_victims: Said = Said()
    repeated: Said = Said()
    continuous: Said = Said()
    """Counting patterns: their three rules."""
    scheme: str = ""
    code: str = ""
    coi_crime: str = ""
    """Crosswalk targets: a code of others with a label of our own."""

    origin: Origin = "shipped"
    vocabulary: str = ""
    """The id of the vocabulary that it belongs to."""
    record: RecordId = NO_RECORD
    """Of a local term: the record of the library that holds it."""
    changed: bool = False
    """A shipped term whose labels or definition this vault has changed: `record` holds what was changed."""

    def label(self, language: str = "en") -> str:
        """What it is called. Of one that is not known here, its id: whoever shows it says so beside."""
        return self.labels.in_language(language) or self.id

    @property
    def known(self) -> bool:
        """Whether this program or this vault knows what it means."""
        return self.origin != "unknown"

    @property
    def chosen(self) -> bool:
        """Whether it is offered to be chosen anew."""
        return self.codable and not self.retired and self.known


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence at the head of a vocabulary, that holds for all its terms."""

    text: Said


class Vocabulary(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One file."""

    id: str
    version: str
    status: Literal["draft", "reviewed"]
    review: bool
    title: Said
    note: str
    huridocs_list: int = 0
    """The HURIDOCS micro-thesaurus that its crosswalk codes are of."""
    rule: tuple[Rule, ...] = ()
    term: tuple[Term, ...] = ()


def unknown(id_: str) -> Term:
    """A term for an id that nobody here knows: shown as such, kept as it is."""
    return Term(id=id_, origin="unknown", codable=False)
