"""Acts as they are coded: one piece of work is an act, who had a part in it, how it is known, and the words that say so.

What is typed of all this is one draft (`ActWork`), and saving it is one unit of work: the act, its involvements, its
information, people who were named for the first time, and the passage. Undo takes all of it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import msgspec

from cairn.app.coding import passages, texts
from cairn.app.coding.texts import CodedText
from cairn.app.interviews import interviews
from cairn.app.kernel import record_drafts, revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import PartDraft
from cairn.app.people import coded
from cairn.app.people.coded import Change, Coding, Saved
from cairn.errors import InputError
from cairn.model.ids import NO_RECORD, NO_REVISION, RecordId, RevisionHash, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.act import Act
from cairn.model.kinds.described import Long, Many, Short
from cairn.model.kinds.identity import Name, script_of
from cairn.model.kinds.information import Information
from cairn.model.kinds.interview import PROTECTED_ROLES
from cairn.model.kinds.involvement import Involvement
from cairn.model.kinds.person import Person
from cairn.model.kinds.unit import Unit
from cairn.model.passages.anchors import InText
from cairn.storage.work import Work

B = TypeVar("B", bound=msgspec.Struct)
NAME = "act"


class Who(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody as picked: a record, somebody present who has none yet, or somebody named for the first time."""

    record: RecordId = NO_RECORD
    code: Short = ""
    """Of somebody present without a record."""
    words: Short = ""
    """How somebody new is spoken of."""
    kind: Short = ""
    """Of somebody new: `person`, `unit`, or `unknown` for whom nobody can name."""

    def __bool__(self) -> bool:
        return bool(self.record or self.code or self.words)


class Involved(Involvement, omit_defaults=True):
    """An involvement while it is worked on."""

    record: RecordId = NO_RECORD
    """Its record; empty for a new one."""
    whom: Who = Who()


class Known(Information, omit_defaults=True):
    """A piece of information while it is worked on."""

    record: RecordId = NO_RECORD
    whom: Who = Who()
    """Whose it is; nobody for the one who tells the account."""


class Cited(msgspec.Struct, frozen=True, omit_defaults=True):
    """The words that were chosen for a new act."""

    source: RecordId = NO_RECORD
    revision: RevisionHash = NO_REVISION
    field: Short = ""
    start: int = 0
    end: int = 0
    quote: Long = ""


class ActWork(Act, omit_defaults=True):
    """An act with everything that is said of it in the same breath: what a draft of one holds."""

    whom: Who = Who()
    """The victim."""
    involved: Annotated[list[Involved], Many] = msgspec.field(default_factory=list)
    known: Annotated[list[Known], Many] = msgspec.field(default_factory=list)
    cited: Cited | None = None


@dataclass(frozen=True)
class Board:
    """What the coding of one interview shows, at one moment."""

    texts: tuple[CodedText, ...]
    marked: passages.Coded
    coding: Coding
    draft: PartDraft | None = None
    """An act that is being typed."""

    def acts(self) -> list[tuple[coded.Coded, Act]]:
        """The acts in the order of their codes."""
        return sorted(self.coding.bodies(Act), key=lambda one: (not one[0].own, _number(one[1].code)))

    def cited_for(self, record: RecordId) -> list[passages.PassageView]:
        """The passages that speak of a record."""
        return [each for each in self.marked.passages if record in each.body.supports]


@dataclass(frozen=True)
class Done:
    """What saving a piece of work made, enough to undo all of it."""

    act: RecordId
    saved: tuple[Saved, ...]


def board(s: Session, interview: RootId) -> Board:
    """Everything that is coded. Raises InputError `interview.unknown`, IntegrityError."""
    with s.store.read() as reader:
        begun = bool(revising.maker(reader, interview))
        draft = record_drafts.read(reader, interview, NAME)
    if not begun:
        raise InputError("interview.unknown")
    return Board(
        tuple(texts.of_interview(s, interview)),
        passages.listed(s, interview),
        coded.load(s, interview),
        draft,
    )


def work_of(found: Board, record: RecordId) -> tuple[ActWork, RevisionHash]:
    """An act as a piece of work, with its involvements and information of this vault. Raises InputError `interview.unknown`."""
    act = found.coding.body(record, Act)
    if act is None:
        raise InputError("interview.unknown")
    involved = [
        Involved(**_fields(body), record=each.record, whom=_who(body.perpetrator, body.unknown))
        for each, body in found.coding.bodies(Involvement)
        if body.act == record and each.own
    ]
    known = [
        Known(**_fields(body), record=each.record, whom=Who(record=body.teller))
        for each, body in found.coding.bodies(Information)
        if body.about == record and each.own
    ]
    made = ActWork(**_fields(act), whom=Who(record=act.victim), involved=involved, known=known)
    return made, found.coding.records[record].sha


def begin(s: Session, interview: RootId) -> RecordId:
    """The id of an act that is about to be written, for its draft. An interview without a version gets one first."""
    interviews.ensure_saved(s, interview)
    return revising.begin(s, NAME, interview)


def save(
    s: Session, interview: RootId, record: RecordId, work: ActWork, base: RevisionHash | None = None
) -> Done:
    """Save a piece of work: all of it or nothing. Its draft goes.

    Involvements and information that are no longer in it are removed. Raises InputError `coded.no-type` where nobody
    said what was done, `passage.no-such-place` where the words that were chosen have changed meanwhile,
    `coded.others`, and as `coded.save_all`.
    """
    if not work.type:
        raise InputError("coded.no-type")
    interviews.ensure_saved(s, interview)
    with s.store.write() as unit:
        return Done(record, tuple(_save(s, unit, interview, record, work, base)))


def undo(s: Session, done: Done) -> None:
    """Take back all that a piece of work made. Raises InputError `coded.changed-since`, and then nothing is undone."""
    coded.undo(s, done.saved)


def remove(s: Session, record: RecordId, found: Board) -> Done:
    """Remove an act with what this vault said of it; the passages stay. Raises as `coded.remove`."""
    beside = [
        each.record
        for each, field in found.coding.naming(record)
        if each.own and (each.kind, field) in (("involvement", "act"), ("information", "about"))
    ]
    return Done(record, tuple(coded.remove(s, [record, *beside])))


def cite(s: Session, interview: RootId, cited: Cited, supports: Sequence[RecordId], **said: str) -> Done:
    """Mark words as speaking of records that are there. Raises as `passages.add`."""
    with s.store.write() as unit:
        return Done(NO_RECORD, (_cite(s, unit, interview, cited, supports, **said),))


def _save(
    s: Session, unit: Work, interview: RootId, record: RecordId, work: ActWork, base: RevisionHash | None
) -> list[Saved]:
    coding = coded.read(s, unit, interview)
    people = _People(s, unit, interview, coding)
    act = _body(Act, work, victim=people.of(work.whom), code=work.code or coding.next_code(NAME))
    saved = coded.save_in(s, unit, interview, [Change(act, record, base)])
    kept: set[RecordId] = set()
    for each in work.involved:
        whom = people.of(each.whom)
        said = each.whom.words if each.whom.kind == "unknown" else ""
        body = _body(Involvement, each, act=record, perpetrator=whom, unknown=said)
        if body != Involvement(act=record):
            saved += coded.save_in(s, unit, interview, [Change(body, each.record)])
            kept.add(saved[-1].record)
    for one in work.known:
        told = _body(Information, one, about=record, teller=people.of(one.whom))
        if told != Information(about=record):
            saved += coded.save_in(s, unit, interview, [Change(told, one.record)])
            kept.add(saved[-1].record)
    gone = [
        each.record
        for each, field in coding.naming(record)
        if each.own
        and each.record not in kept
        and (each.kind, field) in (("involvement", "act"), ("information", "about"))
    ]
    saved += coded.remove_in(s, unit, gone)
    if work.cited is not None:
        basis = work.known[0].basis if work.known else ""
        saved.append(_cite(s, unit, interview, work.cited, [record], basis=basis))
    return [*people.made, *saved]


def _cite(
    s: Session, unit: Work, interview: RootId, cited: Cited, supports: Sequence[RecordId], **said: object
) -> Saved:
    source = next(
        (each for each in revising.heads(unit, cited.source) if each.state == revising.CURRENT), None
    )
    at = InText(cited.start, cited.end)
    if source is None or source.body is None:
        raise InputError("passage.no-source")
    text = registry.of_body(source.body).citable(source.body).get(cited.field, "")
    if text[cited.start : cited.end] != cited.quote or not cited.quote:
        raise InputError("passage.no-such-place")
    record = passages.add_in(
        s, unit, interview, cited.source, at, cited.field, supports=list(supports), **said
    )
    return Saved(record, revising.need(unit, record, passages.KIND).sha)


class _People:
    """Records of those who are picked; who has none yet gets one, once."""

    def __init__(self, s: Session, unit: Work, interview: RootId, coding: Coding) -> None:
        self._s, self._unit, self._interview, self._coding = s, unit, interview, coding
        self._new: dict[tuple[str, str], RecordId] = {}
        self._codes: set[str] = set()
        self.made: list[Saved] = []

    def of(self, who: Who) -> RecordId:
        if who.record or not who or who.kind == "unknown":
            return who.record
        if who.code:
            known = self._coding.by_code("person", who.code)
            if known:
                return known[0].record
        key = (who.kind or "person", who.code or who.words)
        if key not in self._new:
            self._new[key] = self._write(who)
        return self._new[key]

    def _write(self, who: Who) -> RecordId:
        body: Person | Unit
        if who.kind == "unit":
            name = Name(text=who.words, script=script_of(who.words))
            body = Unit(code=self._code("unit"), names=[name])
        elif who.code:
            here = next((each for each in self._coding.present if each.code == who.code), None)
            shown = here.name if here is not None and not here.protected else ""
            protected = here is None or here.protected or here.role in PROTECTED_ROLES and not shown
            names = [] if protected or not shown else [Name(text=shown, script=script_of(shown))]
            body = Person(code=who.code, protected=protected, names=names)
        else:
            body = Person(code=self._code("person"), described=who.words)
        saved = coded.save_in(self._s, self._unit, self._interview, [Change(body)])
        self.made += saved
        return saved[0].record

    def _code(self, kind: str) -> str:
        """The next code; `coding` doesn't know those that were given a moment ago."""
        first = self._coding.next_code(kind)
        letter, number = first[0], int(first[1:])
        while f"{letter}{number}" in self._codes:
            number += 1
        self._codes.add(f"{letter}{number}")
        return f"{letter}{number}"


def _fields(body: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(body, name) for name in body.__struct_fields__}


def _body(type_: type[B], work: msgspec.Struct, **said: object) -> B:
    """The record's body out of a piece of work, which has fields of its own beside."""
    return type_(**{name: getattr(work, name) for name in type_.__struct_fields__} | said)


def _who(record: RecordId, unknown: str) -> Who:
    return Who(record=record) if record else Who(words=unknown, kind="unknown" if unknown else "")


def _number(code_: str) -> tuple[int, str]:
    digits = "".join(each for each in code_ if each.isdecimal())
    return (int(digits) if digits else 0, code_)
