"""A person of an interview, as coded: what was told of her, apart from who she is.

Everybody else names a person by this record. Who was present stands in the interview too (`Interview.people`); the code
joins the two, and joins the identity record of somebody protected, which alone holds names, exact birth and contact.
What a person did or suffered stands in acts and involvements: roles are per act, never per person.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from cairn.model.kinds import described
from cairn.model.kinds.described import Long, Many, Short, TermId
from cairn.model.kinds.identity import Name
from cairn.model.kinds.kind import Authority, Kind
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told

SEXES = ("female", "male", "other", "unknown")
DOMAINS = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
"""The six questions of the Washington Group's short set."""
LEVELS = ("none", "some", "a_lot", "cannot")
"""Their answers: no difficulty, some, a lot, cannot do at all."""


class Ability(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer of the Washington Group's short set."""

    domain: Short
    level: Short


class Person(msgspec.Struct, omit_defaults=True):
    """Somebody who told, was present, or is spoken of."""

    code: Short = ""
    """What she is called wherever a name must not stand: `P4`. One person of the interview each."""
    protected: bool = True
    names: Annotated[list[Name], msgspec.Meta(max_length=64)] = []
    """Names that stand open: of officials, by choice. Empty for somebody protected."""
    roles: Annotated[list[TermId], Many] = []
    """Terms `role.*`: mentioned, relative, witness. What somebody did stands in involvements."""
    described: Short = ""
    """How she is spoken of, without a name: the elder sister, the guard with the scar."""
    sex: Short = ""
    """Code of `SEXES`, or empty while nobody asked."""
    born: Told = Told()
    """Of somebody protected no single day: that is a part of the identity."""
    birthplace: PlaceTold = PlaceTold()
    home: PlaceTold = PlaceTold()
    nationality: Short = ""
    ethnicity: Short = ""
    languages: Annotated[list[Short], Many] = []
    religion: Short = ""
    education: Short = ""
    occupation: Short = ""
    songbun: Short = ""
    """The class that the state gave the family, in the words told."""
    civil: Short = ""
    disability: Annotated[list[Ability], Many] = []
    states: Annotated[list[TermId], Many] = []
    """Terms `state.*`, one of each group: life, liberty, place, health."""
    died: Told = Told()
    note: Long = ""
    removed: bool = False

    def __post_init__(self) -> None:
        # A name beside the promise that there is none would travel to whoever may not have it.
        if self.protected and self.names:
            raise ValueError("somebody protected has no open name")
        if self.protected and self.born.earliest is not None and self.born.earliest == self.born.latest:
            raise ValueError("the exact birth of somebody protected is a part of the identity")

    @property
    def shown(self) -> str:
        """How the person is called: an open name, else the code."""
        return self.names[0].text if self.names and self.names[0].text else self.code


KIND = Kind(
    name="person",
    type=Person,
    version=1,
    authority=Authority.LAYER,
    freezes=False,
    part="person_facts",
    title=lambda body: body.shown,
    texts=described.texts,
    fields=described.fields,
    references=described.references,
    page=described.page("person"),
    order=8,
    icon="people",
)
