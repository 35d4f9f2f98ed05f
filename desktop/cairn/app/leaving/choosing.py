"""Which recipients get what: those for whom the gate gives equal answers share a bundle, the others get their own.

A bundle is opened by each of its recipients, whole. So what one of them may not have must not be in it, and what
another may have is no reason to give it to all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from cairn.app.consent import gate, question
from cairn.app.consent.gate import Decision
from cairn.app.consent.question import Asked
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import ContactRow
from cairn.model.consent import Recipient
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds import interview, registry
from cairn.model.kinds.kind import Scope
from cairn.storage import revisions, roots
from cairn.storage.work import Reader

INTERVIEW = interview.KIND.name
People = Sequence[tuple[ContactRow, Recipient]]


@dataclass(frozen=True)
class Choice:
    """One chosen root, and what the gate says of it for the recipients of one bundle."""

    asked: Asked
    decision: Decision
    referred: bool = False
    """Whether nobody chose it: a thing of the library that goes along because what leaves refers to it."""

    @property
    def id(self) -> RootId:
        """Id of the root."""
        return self.asked.root

    @property
    def kind(self) -> str:
        """Its kind; an interview where it has no version yet."""
        own = self.asked.heads.get(self.asked.root)
        return own[0].envelope.kind if own else INTERVIEW

    @property
    def title(self) -> str:
        """Its title, for showing."""
        return self.asked.title

    @property
    def held_whole(self) -> bool:
        """Whether all of it stays because the person holds back what everything else belongs to."""
        return any(item.root and code == gate.HELD for item, code in self.decision.stays)

    @property
    def leaving(self) -> frozenset[RecordId]:
        """Ids of the records that leave."""
        return frozenset(item.record for item in self.decision.leaves)


@dataclass(frozen=True)
class Other:
    """A root that is no interview, to choose from."""

    id: RootId
    kind: str
    title: str


@dataclass(frozen=True)
class Group:
    """Recipients who may all have the same, and that."""

    people: tuple[tuple[ContactRow, Recipient], ...]
    choices: tuple[Choice, ...]

    @property
    def leaving(self) -> tuple[Choice, ...]:
        """The roots of which something leaves."""
        return tuple(choice for choice in self.choices if choice.decision.leaves)


def groups(
    s: Session,
    reader: Reader,
    interviews: Sequence[RootId],
    people: People,
    held: Collection[str] = (),
    *,
    written: bool = True,
) -> list[Group]:
    """The recipients in groups, in their order; one group of nobody where none is chosen.

    The records in `held` stay, whoever receives the rest. Who then gets the same shares a bundle. Without `written`
    passages that moved count as if they had been written anew, as sealing does before it asks.

    Raises InputError `interview.unknown`.
    """
    asked = [question.about(s, reader, each, written=written) for each in dict.fromkeys(interviews)]
    found: dict[object, list[tuple[ContactRow, Recipient]]] = {}
    for person in people:
        answers = [each.seal([person[1]], held=held) for each in asked]
        # Who may have nothing learns why in their own words; who may have something shares it with their equals.
        leaving = tuple(frozenset(item.record for item in each.leaves) for each in answers)
        key = leaving if any(leaving) else tuple(tuple(code for _, code in each.stays) for each in answers)
        found.setdefault(key, []).append(person)
    return [_with_referred(s, reader, _group(asked, each, held), held) for each in found.values() or [[]]]


def again(s: Session, reader: Reader, group: Group, people: People, held: Collection[str] = ()) -> Group:
    """The roots of a group as they stand now, asked about for these `people`."""
    now = _group([question.about(s, reader, choice.id) for choice in group.choices], people, held)
    kept = zip(now.choices, group.choices, strict=True)
    return Group(now.people, tuple(replace(new, referred=old.referred) for new, old in kept))


def others(s: Session) -> list[Other]:
    """The things of the library and the judgements of the office that can be chosen, by kind and title."""
    with s.store.read() as reader:
        found = []
        for kind in (*registry.every(Scope.LIBRARY), *registry.every(Scope.OFFICE)):
            for root in roots.of_kind(reader, kind.name):
                head = revising.current(reader, root)
                if head is not None and (head.body is None or not kind.removed(head.body)):
                    found.append(Other(root, kind.name, revising.title_of(head.body)))
    order = [kind.name for kind in registry.every()]
    return sorted(found, key=lambda each: (order.index(each.kind), each.title.casefold(), each.id))


def _with_referred(s: Session, reader: Reader, group: Group, held: Collection[str]) -> Group:
    """The group, with the things of the library that what leaves refers to, and those that these refer to in turn.

    They are asked about like whatever leaves, and shown like it: a local place or a form can hold testimony too.
    """
    choices = list(group.choices)
    recipients = [recipient for _, recipient in group.people]
    here = {choice.id for choice in choices}
    for choice in choices:
        for root in _referred_by(reader, choice):
            if root not in here:
                here.add(root)
                asked = question.about(s, reader, root)
                # Asked for in its turn: the loop goes on over what is added.
                choices.append(Choice(asked, asked.seal(recipients, held=held), referred=True))
    return Group(group.people, tuple(choices))


def _referred_by(reader: Reader, choice: Choice) -> list[RootId]:
    """The things of the library that are named by what leaves of a root, as far as they are here."""
    found: dict[RootId, None] = {}
    for record in sorted(choice.leaving):
        for head in choice.asked.heads.get(record, ()):
            if head.state != revising.CURRENT or head.body is None:
                continue
            for named in registry.of_body(head.body).references(head.body):
                # Of its own root it is asked about there.
                if named.record and named.record not in choice.asked.heads:
                    info = revisions.info(reader, named.record)
                    kind = registry.get(info.kind) if info is not None else None
                    if info is not None and kind is not None and kind.scope is Scope.LIBRARY:
                        found[info.root] = None
    return list(found)


def _group(asked: Sequence[Asked], people: People, held: Collection[str]) -> Group:
    recipients = [recipient for _, recipient in people]
    return Group(tuple(people), tuple(Choice(each, each.seal(recipients, held=held)) for each in asked))
