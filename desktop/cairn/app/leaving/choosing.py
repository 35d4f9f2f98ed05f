"""Which recipients get what: those for whom the gate gives equal answers share a bundle, the others get their own.

A bundle is opened by each of its recipients, whole. So what one of them may not have must not be in it, and what
another may have is no reason to give it to all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cairn.app.consent import gate, question
from cairn.app.consent.gate import Decision
from cairn.app.consent.question import Asked
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import ContactRow
from cairn.model.consent import Recipient
from cairn.model.ids import RecordId, RootId
from cairn.storage.work import Reader

People = Sequence[tuple[ContactRow, Recipient]]


@dataclass(frozen=True)
class Choice:
    """One chosen interview, and what the gate says of it for the recipients of one bundle."""

    asked: Asked
    decision: Decision

    @property
    def id(self) -> RootId:
        """Id of the interview."""
        return self.asked.root

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
class Group:
    """Recipients who may all have the same, and that."""

    people: tuple[tuple[ContactRow, Recipient], ...]
    choices: tuple[Choice, ...]

    @property
    def leaving(self) -> tuple[Choice, ...]:
        """The interviews of which something leaves."""
        return tuple(choice for choice in self.choices if choice.decision.leaves)


def groups(
    s: Session, reader: Reader, interviews: Sequence[RootId], people: People, held: Collection[str] = ()
) -> list[Group]:
    """The recipients in groups, in their order; one group of nobody where none is chosen.

    The records in `held` stay, whoever receives the rest. Who then gets the same shares a bundle.

    Raises InputError `interview.unknown`.
    """
    asked = [question.about(s, reader, interview) for interview in dict.fromkeys(interviews)]
    found: dict[object, list[tuple[ContactRow, Recipient]]] = {}
    for person in people:
        answers = [each.seal([person[1]], held=held) for each in asked]
        # Who may have nothing learns why in their own words; who may have something shares it with their equals.
        leaving = tuple(frozenset(item.record for item in each.leaves) for each in answers)
        key = leaving if any(leaving) else tuple(tuple(code for _, code in each.stays) for each in answers)
        found.setdefault(key, []).append(person)
    return [_group(asked, each, held) for each in found.values() or [[]]]


def again(s: Session, reader: Reader, group: Group, people: People, held: Collection[str] = ()) -> Group:
    """The interviews of a group as they stand now, asked about for these `people`."""
    return _group([question.about(s, reader, choice.id) for choice in group.choices], people, held)


def _group(asked: Sequence[Asked], people: People, held: Collection[str]) -> Group:
    recipients = [recipient for _, recipient in people]
    return Group(tuple(people), tuple(Choice(each, each.seal(recipients, held=held)) for each in asked))
