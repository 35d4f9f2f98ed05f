"""Who the people of an interview are to the one who tells: in an order that puts parted children first.

Pure, over what `coded.read` gives. Several devices that code the same person call her by the same code: this vault's own
words are shown, those of others stand beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cairn.app.people.coded import Coded, Coding
from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds.interview import Person as Present
from cairn.model.kinds.person import Person
from cairn.model.kinds.relation import Parted, Relation
from cairn.vocab.terms import Terms

TOLD = frozenset(("role.teller", "role.co_teller"))
STEPS = {
    "rel.parent": -1,
    "rel.child": 1,
    "rel.spouse": 0,
    "rel.partner": 0,
    "rel.former_spouse": 0,
    "rel.fiance": 0,
    "rel.sibling": 0,
    "rel.older_sibling": 0,
    "rel.younger_sibling": 0,
    "rel.half_sibling": 0,
    "rel.grandparent": -2,
    "rel.grandchild": 2,
    "rel.uncle_aunt": -1,
    "rel.nephew_niece": 1,
    "rel.cousin": 0,
    "rel.parent_in_law": -1,
    "rel.child_in_law": 1,
    "rel.sibling_in_law": 0,
    "rel.step_parent": -1,
    "rel.step_child": 1,
    "rel.adoptive_parent": -1,
    "rel.adopted_child": 1,
    "rel.foster_parent": -1,
    "rel.foster_child": 1,
    "rel.guardian": -1,
    "rel.ward": 1,
    "rel.relative": 0,
}
"""How many generations below somebody a relative stands, by the generic relation; others are no family."""
UPWARDS = frozenset(
    ("rel.parent", "rel.step_parent", "rel.adoptive_parent", "rel.foster_parent", "rel.guardian")
)
DOWNWARDS = frozenset(("rel.child", "rel.step_child", "rel.adopted_child", "rel.foster_child", "rel.ward"))
COUPLES = frozenset(("rel.spouse", "rel.partner", "rel.former_spouse", "rel.fiance"))
SIBLINGS = frozenset(("rel.sibling", "rel.older_sibling", "rel.younger_sibling", "rel.half_sibling"))


@dataclass(frozen=True)
class Apart:
    """A separation: who is parted from whom, and what was told of it."""

    relation: RecordId
    seeker: RecordId
    sought: RecordId
    parted: Parted
    own: bool
    """Whether this vault wrote it."""


@dataclass(frozen=True)
class Member:
    """One person of an interview, be it that she was present, is spoken of, or both."""

    code: str
    record: RecordId
    """Her record; none for somebody who was present and of whom nothing else was written."""
    person: Person
    """What is known of her; empty but for the code where there is no record."""
    present: Present | None
    own: bool
    label: str
    """The device that wrote the record; empty for this vault."""
    others: tuple[Coded, ...]
    """What other devices wrote of the same person."""
    teller: bool
    relation: str
    """Term: what she is to the teller; empty where that was not told."""
    words: str
    """The relation in the words of the teller, or the term of the Korean kin word."""
    apart: tuple[Apart, ...]
    """Separations in which she is the one who is sought."""
    holds: tuple[RecordId, ...]
    """Children whom she holds."""
    typed: bool
    conflict: bool

    @property
    def protected(self) -> bool:
        """Whether her name lies apart."""
        return self.person.protected if self.record else self.present is not None and self.present.protected

    @property
    def key(self) -> str:
        """What a list calls her: the record, else the code."""
        return self.record or self.code


def inverse(terms: Terms, type_: str, sex: str) -> str:
    """What a person of this sex is to somebody who is `type_` to her; empty for a term that is not known here."""
    term = terms.get(type_)
    found = {"male": term.inverse_m, "female": term.inverse_f}.get(sex, term.inverse)
    return (found if isinstance(found, str) else next(iter(found), "")) or term.inverse


def generic(terms: Terms, type_: str) -> str:
    """The relation without sex: `rel.daughter` is a `rel.child`."""
    return terms.get(type_).generic or type_


def members(coding: Coding, terms: Terms) -> list[Member]:
    """Everybody of an interview: who tells, parted children, the family, then the others by their codes."""
    records = _records(coding)
    present = {person.code: person for person in coding.present if person.code}
    teller = _teller(coding, records)
    codes = list(dict.fromkeys([*records, *present]))
    told = _to_teller(coding, terms, _record_of(records, teller))
    sought: dict[RecordId, list[Apart]] = {}
    held: dict[RecordId, list[Apart]] = {}
    for one in parted_of(coding, terms):
        sought.setdefault(one.sought, []).append(one)
        held.setdefault(one.parted.holder, []).append(one)
    made = [
        _member(coding, code, records.get(code, []), present.get(code), teller, told, sought, held)
        for code in codes
    ]
    made += [
        _member(coding, each.shown, [], each, teller, told, sought, held)
        for each in coding.present
        if not each.code
    ]
    return sorted(made, key=lambda each: _place(each, terms))


def parted_of(coding: Coding, terms: Terms) -> list[Apart]:
    """Every separation that stands."""
    found = []
    for each, body in coding.bodies(Relation):
        if body.parted is None:
            continue
        # The younger of the two is the one who is sought, whichever way the relation was written.
        up = generic(terms, body.type) in UPWARDS
        ends = (body.other, body.person) if up else (body.person, body.other)
        found.append(Apart(each.record, ends[0], ends[1], body.parted, each.own))
    return found


def _records(coding: Coding) -> dict[str, list[Coded]]:
    """Code → records of that person, this vault's first. Whoever has no code, or one that is taken, stands alone."""
    found: dict[str, list[Coded]] = {}
    for each, body in coding.bodies(Person):
        same = found.get(body.code, [])
        twice = not body.code or any(one.device == each.device for one in same)
        found.setdefault(each.record if twice else body.code, []).append(each)
    return {code: sorted(each, key=lambda one: not one.own) for code, each in found.items()}


def _record_of(records: dict[str, list[Coded]], code: str) -> frozenset[RecordId]:
    return frozenset(each.record for each in records.get(code, []))


def _teller(coding: Coding, records: dict[str, list[Coded]]) -> str:
    """The code of the one who tells; empty where nobody is said to."""
    for person in coding.present:
        if person.role == "told" and person.code:
            return person.code
    for code, found in records.items():
        body = found[0].body
        if isinstance(body, Person) and TOLD & set(body.roles):
            return code
    return ""


def _to_teller(coding: Coding, terms: Terms, teller: frozenset[RecordId]) -> dict[RecordId, tuple[str, str]]:
    """Record → what that person is to the teller: a term, and the words."""
    found: dict[RecordId, tuple[str, str]] = {}
    for _, body in coding.bodies(Relation):
        if body.person in teller and body.other:
            found.setdefault(body.other, (body.type, body.words or body.kin))
        elif body.other in teller and body.person:
            who = coding.body(body.person, Person)
            term = inverse(terms, body.type, who.sex if who is not None else "")
            found.setdefault(body.person, (term, ""))
    return found


def _member(
    coding: Coding,
    code: str,
    records: list[Coded],
    present: Present | None,
    teller: str,
    told: dict[RecordId, tuple[str, str]],
    sought: Mapping[RecordId, Sequence[Apart]],
    held: Mapping[RecordId, Sequence[Apart]],
) -> Member:
    shown = records[0] if records else None
    body = shown.body if shown is not None and isinstance(shown.body, Person) else None
    ids = dict.fromkeys(each.record for each in records)
    relation, words = next((told[each] for each in ids if each in told), ("", ""))
    return Member(
        code=body.code if body is not None else code,
        record=shown.record if shown is not None else NO_RECORD,
        person=body or Person(code=code, protected=bool(present and present.protected)),
        present=present,
        own=shown.own if shown is not None else True,
        label=shown.label if shown is not None else "",
        others=tuple(records[1:]),
        teller=bool(teller) and code == teller,
        relation=relation,
        words=words,
        apart=tuple(one for each in ids for one in sought.get(each, ())),
        holds=tuple(one.sought for each in ids for one in held.get(each, ())),
        typed=any(each in coding.typed for each in ids),
        conflict=any(each.conflict for each in records),
    )


def _place(each: Member, terms: Terms) -> tuple[int, tuple[tuple[int, int | str], ...]]:
    if each.teller:
        order = 0
    elif each.apart:
        order = 1
    elif generic(terms, each.relation) in STEPS:
        order = 2
    else:
        order = 3 if each.record else 4
    return order, natural(each.code)


def natural(code: str) -> tuple[tuple[int, int | str], ...]:
    """A key that puts P9 before P10."""
    return tuple(
        (0, int(part)) if part.isdecimal() and part.isascii() else (1, part)
        for part in re.split(r"([0-9]+)", code)
        if part
    )


def children_parted(found: Iterable[Member], terms: Terms) -> int:
    """How many children are parted from the one who tells, or from whoever was told of."""
    return sum(
        1
        for each in found
        if each.apart and (generic(terms, each.relation) in DOWNWARDS or not each.relation)
    )
