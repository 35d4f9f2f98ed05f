"""What can't be right in what was coded: said where it is, for a person to mend. Nothing is dropped or put right here.

Pure, over what `coded.read` gives. An account that contradicts itself is no fault and is not looked for here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cairn.app.people.coded import Coded, Coding
from cairn.errors import Value
from cairn.model.exchange import Problem
from cairn.model.ids import RecordId
from cairn.model.kinds import described
from cairn.model.kinds.act import Act
from cairn.model.kinds.event import Event
from cairn.model.kinds.kind import Body
from cairn.model.kinds.person import Person
from cairn.model.kinds.post import Post
from cairn.model.kinds.relation import Relation
from cairn.model.kinds.unit import Unit
from cairn.model.time.told import Told, order
from cairn.model.time.understanding import understood
from cairn.vocab.terms import Terms

PARENTS = frozenset(("rel.parent", "rel.mother", "rel.father"))
CHILDREN = frozenset(("rel.child", "rel.son", "rel.daughter"))
"""Relations by birth: what must not go in a circle, and whose ages must fit."""
SPANS = (("since", "until"), ("born", "died"))
"""Pairs of fields of which the second can't lie before the first."""
MOST_TOLD = 20
"""Records that one fault names at most: who writes ten thousand of one code makes no fault of ten thousand names each."""
MOST_IN_CIRCLES = 50_000
"""Members of circles, together, beyond which each is told by its first ones alone."""
WANTED: Mapping[str, frozenset[str]] = {
    "act.victim": frozenset(("person",)),
    "act.event": frozenset(("event",)),
    "relation.person": frozenset(("person",)),
    "relation.other": frozenset(("person",)),
    "post.person": frozenset(("person",)),
    "post.unit": frozenset(("unit",)),
    "unit.parent": frozenset(("unit",)),
    "involvement.act": frozenset(("act",)),
    "involvement.perpetrator": frozenset(("person", "unit")),
    "involvement.unit": frozenset(("unit",)),
}
"""What kind of record a field must name."""


@dataclass(frozen=True)
class Fault:
    """One thing that can't be right. `code` with `values` is its sentence, as of an error."""

    code: str
    record: RecordId
    field: str = ""
    values: Mapping[str, Value] = dataclasses.field(default_factory=dict)
    others: tuple[RecordId, ...] = ()
    """Records that have a part in it."""

    @property
    def problem(self) -> Problem:
        """The same to be worded."""
        return Problem(self.code, self.values)


def faults(coding: Coding, terms: Terms | None = None) -> list[Fault]:
    """Every fault of what stands, in the order of the records."""
    known = terms or Terms()
    found: list[Fault] = []
    for each in coding.records.values():
        if each.body is None:
            found.append(Fault("coded.newer", each.record, values={"code": each.record[:8]}))
        elif not each.removed:
            found += _of_one(coding, each, each.body, known)
    found += _codes(coding)
    found += _circles(coding)
    found += _ages(coding)
    return found


def of_record(found: Iterable[Fault], record: RecordId) -> list[Fault]:
    """Those in which a record has a part."""
    return [each for each in found if each.record == record or record in each.others]


def _of_one(coding: Coding, each: Coded, body: Body, terms: Terms) -> Iterator[Fault]:
    code = coding.called(each.record)
    match body:
        case Act(victim=""):
            yield Fault("coded.no-victim", each.record, "victim", {"code": code})
        case Person(protected=True) if tells_day(body.born):
            yield Fault("coded.exact-birth", each.record, "born", {"code": code})
        case Relation() if not body.person or not body.other:
            yield Fault("coded.half-relation", each.record, "other" if body.person else "person")
        case Relation() if body.person == body.other:
            yield Fault("coded.own-relative", each.record, "other", {"code": coding.called(body.person)})
    for name, record in coding.named(each.record):
        yield from _reference(coding, each, name, record)
    for name, term in described.terms(body):
        if not terms.get(term).known:
            yield Fault("coded.unknown-term", each.record, name, {"code": code, "term": term})
    for name, told in described.times(body):
        if told.words and not told.edtf and understood(told.words).kind == "impossible":
            yield Fault("coded.impossible-time", each.record, name, {"code": code, "words": told.words})
    for first, last in SPANS:
        a, b = getattr(body, first, None), getattr(body, last, None)
        if isinstance(a, Told) and isinstance(b, Told) and order(b, a) == "before":
            yield Fault("coded.ends-first", each.record, last, {"code": code})


def _reference(coding: Coding, each: Coded, name: str, record: RecordId) -> Iterator[Fault]:
    values: dict[str, Value] = {
        "code": coding.called(each.record) or each.record[:8],
        "other": coding.called(record),
    }
    at = coding.records.get(record)
    if record in coding.missing:
        yield Fault("coded.not-here", each.record, name, values)
    elif at is not None and at.removed:
        yield Fault("coded.names-removed", each.record, name, values, (record,))
    wanted = WANTED.get(f"{each.kind}.{name}")
    kind = at.kind if at is not None else coding.elsewhere.get(record, "")
    if wanted is not None and kind and kind not in wanted:
        yield Fault("coded.wrong-kind", each.record, name, values, (record,))


def tells_day(born: Told) -> bool:
    """Whether a birth, or any reading of its words, is one single day: of somebody protected a part of the identity."""
    readings = (born, *(understood(born.words).readings if born.words else ()))
    return any(each.earliest is not None and each.earliest == each.latest for each in readings)


def _codes(coding: Coding) -> Iterator[Fault]:
    """Codes that one device gave twice. Two devices that code the same person call her the same, as they should."""
    for kind in ("person", "unit", "event", "act"):
        held: dict[tuple[str, str], list[Coded]] = {}
        for each in coding.of(kind):
            if not each.code:
                yield Fault("coded.no-code", each.record, "code", {"code": each.record[:8]})
            held.setdefault((each.device, each.code), []).append(each)
        for (_, code), same in held.items():
            for each in same[1:] if code else []:
                others = tuple(one.record for one in same[:MOST_TOLD] if one is not each)
                yield Fault("coded.code-twice", each.record, "code", {"code": code}, others)


def births(coding: Coding) -> list[tuple[Coded, RecordId, RecordId]]:
    """(relation, parent, child) of every relation by birth that stands, both ends given."""
    found = []
    for each, body in coding.bodies(Relation):
        if body.person and body.other and body.person != body.other:
            if body.type in PARENTS:
                found.append((each, body.other, body.person))
            elif body.type in CHILDREN:
                found.append((each, body.person, body.other))
    return found


def _circles(coding: Coding) -> Iterator[Fault]:
    yield from _circle(
        coding,
        "coded.family-circle",
        "other",
        [(parent, child, each.record) for each, parent, child in births(coding)],
    )
    yield from _circle(
        coding,
        "coded.command-circle",
        "parent",
        [(body.parent, each.record, each.record) for each, body in coding.bodies(Unit) if body.parent],
    )
    yield from _circle(
        coding,
        "coded.command-circle",
        "superior",
        [
            (body.superior, body.person, each.record)
            for each, body in coding.bodies(Post)
            if body.superior and body.person
        ],
    )
    yield from _circle(
        coding,
        "coded.event-circle",
        "part_of",
        [(body.part_of, each.record, each.record) for each, body in coding.bodies(Event) if body.part_of],
    )


def _circle(
    coding: Coding, code: str, name: str, edges: Sequence[tuple[RecordId, RecordId, RecordId]]
) -> Iterator[Fault]:
    """A fault for each circle among (from, to, the record that says so), told at the record that closes it."""
    for members, said in circles(edges):
        who = ", ".join(coding.called(each) for each in members)
        yield Fault(code, said, name, {"who": who}, tuple(members))


def circles(
    edges: Sequence[tuple[RecordId, RecordId, RecordId]],
) -> list[tuple[list[RecordId], RecordId]]:
    """Each circle as its members (after very many the first of each), and the edge's record that closes it. One of those that share an edge; never recursive."""
    after: dict[RecordId, list[tuple[RecordId, RecordId]]] = {}
    for start, end, said in edges:
        after.setdefault(start, []).append((end, said))
    found: list[tuple[list[RecordId], RecordId]] = []
    done: set[RecordId] = set()
    told = 0
    for first, ways_on in after.items():
        if first in done:
            continue
        path, inside = [first], {first}
        ways = [iter(ways_on)]
        while ways:
            step = next(ways[-1], None)
            if step is None:
                ways.pop()
                inside.discard(path[-1])
                done.add(path.pop())
            elif step[0] in inside:
                at = path.index(step[0])
                told += len(path) - at
                members = path[at:] if told <= MOST_IN_CIRCLES else path[at : at + MOST_TOLD]
                found.append((members, step[1]))
            elif step[0] not in done:
                path.append(step[0])
                inside.add(step[0])
                ways.append(iter(after.get(step[0], ())))
    return found


def _ages(coding: Coding) -> Iterator[Fault]:
    for each, parent, child in births(coding):
        older, younger = coding.body(parent, Person), coding.body(child, Person)
        if (
            older is not None
            and younger is not None
            and order(younger.born, older.born) in ("before", "same")
        ):
            values = {"code": coding.called(child), "other": coding.called(parent)}
            yield Fault("coded.older-than-parent", each.record, "other", values, (child, parent))
