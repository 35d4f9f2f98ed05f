"""A tracing sheet: one page by which somebody who was parted can be looked for, with only what consent allows.

Each part comes from a record, and each record is asked of the gate for *family tracing*. What is kept back to tell the
right one from others (test questions, marks, the photograph) is never on it, nor is who holds the child, what contact
would give away, or how anybody can be reached.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from cairn.app.consent import question
from cairn.app.kernel import identities, revising, sentences, terms
from cairn.app.kernel.identities import Held
from cairn.app.kernel.session import Session
from cairn.app.leaving import copying
from cairn.app.people import coded, family, naming
from cairn.app.people.coded import Coded
from cairn.app.people.family import Apart
from cairn.errors import InputError, MachineError
from cairn.model.consent import Use
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.described import TermId
from cairn.model.kinds.identity import Opening
from cairn.model.kinds.person import Person
from cairn.model.kinds.relation import Relation
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told
from cairn.storage.work import Reader

PERSON = ("described", "sex", "born", "birthplace", "nationality", "languages")
"""What of the facts about the one who is sought stands on the sheet."""
PARTED = ("last_seen", "where", "cause")


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet, and what consent keeps back."""

    interview: RootId
    code: str
    lines: tuple[tuple[str, str], ...]
    """(caption, text), in the language that was asked for."""
    records: tuple[RecordId, ...]
    """The records that the lines are of."""
    stays: tuple[tuple[str, str], ...]
    """(kind, the gate's code) of what is not on it."""
    names_shut: bool
    """Whether names could not be looked at, because the compartment is closed."""


def preview(s: Session, interview: RootId, relation: RecordId, language: str) -> Sheet:
    """The sheet of the one who is sought in a relation. Raises InputError `coded.nobody`."""
    question.remember(s, [interview])
    known = terms.of(s)
    with s.store.read() as reader:
        coding = coded.read(s, reader, interview)
        apart = next((each for each in family.parted_of(coding, known) if each.relation == relation), None)
        sought = coding.body(apart.sought, Person) if apart is not None else None
        if apart is None or sought is None:
            raise InputError("coded.nobody", code=coding.called(apart.sought) if apart is not None else "")
        held = identities.of(s, reader, interview).get(sought.code)
        stranger = held is not None and not _of_one_device(s, reader, coding.records[apart.sought], held)
        if stranger:
            # Two devices may have called two people the same: a name must not come to somebody else's facts.
            held = None
        wanted = [("person", apart.sought), ("relation", relation)]
        if held is not None and not held.draft:
            wanted.append(("identity", held.record))
        answers = {record: _may(s, reader, record) for _, record in wanted}
    leaves = {record for record, code in answers.items() if not code}
    lines: list[tuple[str, str]] = []
    if held is not None and not held.draft and held.record in leaves:
        lines += _of_names(held.opening, language)
    say = naming.said(s, interview, language)
    if apart.sought in leaves:
        told = say(sought)
        lines += [(sentences.field("person", name, language), told[name]) for name in PERSON if told[name]]
    if relation in leaves:
        say_relation = naming.Naming("relation", coding, known, language)
        body = coding.body(relation, Relation)
        if body is not None and body.type:
            type_ = body.type if body.other == apart.sought else family.inverse(known, body.type, sought.sex)
            lines.append((sentences.field("relation", "type", language), say_relation.term(TermId(type_))))
        lines += _of_relation(apart, language, say_relation)
    return Sheet(
        interview,
        sought.code,
        tuple(lines),
        tuple(sorted(leaves)),
        (
            *((kind, answers[record]) for kind, record in wanted if answers[record]),
            *((("identity", "coded.names-unsaved"),) if held is not None and held.draft else ()),
            *((("identity", "coded.names-of-another"),) if stranger else ()),
        ),
        not s.identity.is_open,
    )


def write(s: Session, sheet: Sheet, target: Path, page: bytes, *, unlogged: bool = False) -> None:
    """Write the PDF of a sheet to `target`, which must not exist.

    It is asked once more, and logged, before the first byte; of `unlogged` see `copying.leaving`. Raises InputError with
    the gate's code, MachineError `machine.exists` and others; then no part of it remains.
    """
    if os.path.lexists(target):
        raise MachineError("machine.exists")
    if not sheet.records:
        raise InputError(next((code for _, code in sheet.stays), "gate.not-asked"))
    with copying.leaving(s, unlogged=unlogged) as work:
        _require(s, work, sheet.records)
        part = copying.noted(work, sheet.interview, target, {"form": "tracing-sheet"})
    with copying.plain_file(s, target, part) as out:
        out.write(page)


def _of_one_device(s: Session, reader: Reader, person: Coded, held: Held) -> bool:
    """Whether who wrote somebody down keeps the names of this code too."""
    maker = revising.maker(reader, held.record)
    # Names that are typed and have no version yet are this vault's.
    return person.own if not maker or s.is_own(maker) else maker == person.device


def _may(s: Session, reader: Reader, record: RecordId) -> str:
    return question.copy_out(s, reader, record, Use.FAMILY_TRACING)


def _require(s: Session, reader: Reader, records: Collection[RecordId]) -> None:
    for record in records:
        refused = _may(s, reader, record)
        if refused:
            raise InputError(refused)


def _of_names(opening: Opening, language: str) -> list[tuple[str, str]]:
    def word(name: str) -> str:
        return sentences.field("identity", name, language)

    rows = [
        ("names", ", ".join(name.text for name in opening.names if name.text)),
        ("register", opening.register),
        ("father", opening.father),
        ("mother", opening.mother),
        ("grandfather", opening.grandfather),
    ]
    return [(word(name), text) for name, text in rows if text]


def _of_relation(apart: Apart, language: str, say: naming.Naming) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name in PARTED:
        value = getattr(apart.parted, name)
        match value:
            case Told():
                text = say.time(value) if value != Told() else ""
            case PlaceTold():
                text = say.place(value) if value else ""
            case _:
                text = say.term(value) if value else ""
        if text:
            found.append((sentences.field("relation", f"parted.{name}", language), text))
    return found
