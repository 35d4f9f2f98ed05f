"""The coded records of one interview, whatever their kinds: what stands, whose it is, and how to change it.

A coded record belongs to the device that began it: what a second coder or another office codes stands beside, attributed,
and only what this vault began is changed here. Records name each other by id; people name them by codes (`P4`, `A1`),
which is what every screen shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import TypeVar

import msgspec

from cairn.app.interviews import interviews
from cairn.app.kernel import device_names, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.errors import InputError
from cairn.model.ids import NO_RECORD, Fingerprint, RecordId, RevisionHash, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.interview import Person as Present
from cairn.model.kinds.kind import Authority, Body
from cairn.storage import drafts, revisions
from cairn.storage.work import Reader, Work

B = TypeVar("B", bound=msgspec.Struct)

KINDS = ("person", "relation", "unit", "post", "event", "act", "involvement", "information")
"""Kinds that name each other."""
LETTERS = {"person": "P", "unit": "U", "event": "E", "act": "A"}
"""With what the codes of a kind begin."""


@dataclass(frozen=True)
class Coded:
    """One coded record as it stands."""

    record: RecordId
    kind: str
    body: Body | None
    """None when a newer version of Cairn wrote it, or it can't be read."""
    sha: RevisionHash
    device: Fingerprint
    """Who began it, and alone may change it."""
    label: str
    """What that device is called; empty for this vault's own."""
    own: bool
    removed: bool
    state: str
    """`current`, or `proposed`: another device would change a record that is not its own."""
    author: str
    changed: str
    """When the version that stands was written, UTC."""
    others: tuple[RevisionHash, ...] = ()
    """Versions that stand beside this one, or are proposed, until a person settles."""

    @property
    def conflict(self) -> bool:
        """Whether a person must look at it."""
        return bool(self.others) or self.state != CURRENT

    @property
    def code(self) -> str:
        """`P4`; empty where the kind has none, or nobody gave one."""
        return getattr(self.body, "code", "") or ""


@dataclass(frozen=True)
class Coding:
    """Everything coded of one interview that was asked for, at one moment."""

    interview: RootId
    records: Mapping[RecordId, Coded]
    """In order of arrival, removed ones among them."""
    present: tuple[Present, ...] = ()
    """Who was present, as the interview says, what is typed and not saved included."""
    typed: frozenset[RecordId] = frozenset()
    """Records of which something is typed and is no version yet, those without any version among them."""
    missing: frozenset[RecordId] = frozenset()
    """Records that are named and are not in this vault."""
    elsewhere: Mapping[RecordId, str] = field(default_factory=dict)
    """Kind of each record that is named, is here, and was not among the kinds asked for."""

    def of(self, kind: str) -> list[Coded]:
        """What stands of a kind: understood and not removed, this vault's and others'."""
        return self._standing.get(kind, [])

    def bodies(self, type_: type[B]) -> list[tuple[Coded, B]]:
        """The same, with each body in its type."""
        name = registry.of_body(type_()).name
        return [(each, each.body) for each in self.of(name) if isinstance(each.body, type_)]

    def body(self, record: RecordId, type_: type[B]) -> B | None:
        """The body of a record; None where there is none, or it is of another type."""
        found = self.records.get(record)
        return found.body if found is not None and isinstance(found.body, type_) else None

    def by_code(self, kind: str, code: str) -> list[Coded]:
        """Those of a kind that have a code, this vault's first: other coders call the same person the same."""
        return self._by_code.get((kind, code), [])

    def naming(self, record: RecordId) -> list[tuple[Coded, str]]:
        """What stands and names a record, each with the field in which it does."""
        return self._naming.get(record, [])

    def named(self, record: RecordId) -> list[tuple[str, RecordId]]:
        """(field, record) of what a record names; places of the library too."""
        return _named(self.records[record].body)

    def called(self, record: RecordId) -> str:
        """How a record is called where another names it: its code, else what describes it, else its id's beginning."""
        if not record:
            return ""
        found = self.records.get(record)
        return (called(found.body) if found is not None else "") or record[:8]

    def next_code(self, kind: str) -> str:
        """The first code of a kind that nobody has. Raises KeyError for a kind without codes."""
        taken = {each.code for each in self.records.values() if each.kind == kind}
        if kind == "person":
            taken |= {person.code for person in self.present}
        return next(code for number in count(1) if (code := f"{LETTERS[kind]}{number}") not in taken)

    @cached_property
    def _standing(self) -> dict[str, list[Coded]]:
        found: dict[str, list[Coded]] = defaultdict(list)
        for each in self.records.values():
            if each.body is not None and not each.removed:
                found[each.kind].append(each)
        return dict(found)

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], list[Coded]]:
        found: dict[tuple[str, str], list[Coded]] = defaultdict(list)
        for kind, standing in self._standing.items():
            for each in standing:
                if each.code:
                    found[kind, each.code].append(each)
        return {key: sorted(each, key=lambda one: not one.own) for key, each in found.items()}

    @cached_property
    def _naming(self) -> dict[RecordId, list[tuple[Coded, str]]]:
        found: dict[RecordId, list[tuple[Coded, str]]] = defaultdict(list)
        for standing in self._standing.values():
            for each in standing:
                for name, record in _named(each.body):
                    found[record].append((each, name))
        return dict(found)


def called(body: Body | None) -> str:
    """How a record is called: its code, with its open name where it has one; else its title. Empty for none."""
    code = getattr(body, "code", "") or ""
    shown = getattr(body, "shown", "") or getattr(body, "title", "") or ""
    return f"{code} {shown}" if code and shown and shown != code else code or shown


def load(s: Session, interview_id: RootId, kinds: Sequence[str] = KINDS) -> Coding:
    """What is coded of an interview. Raises IntegrityError when what is stored is not what was signed."""
    with s.store.read() as reader:
        return read(s, reader, interview_id, kinds)


def read(s: Session, reader: Reader, interview_id: RootId, kinds: Sequence[str] = KINDS) -> Coding:
    """As `load`, with a reader that is open."""
    labels = device_names.Labels(s, reader)
    records = {
        record: _coded(s, labels, found)
        for record, found in revising.root_heads(reader, interview_id, kinds).items()
    }
    named = {record for each in records.values() for _, record in _named(each.body)}
    kinds_of = _kinds_of(reader, named - records.keys())
    return Coding(
        interview_id,
        records,
        _present(reader, interview_id),
        frozenset(info.record_id for info in drafts.all(reader, interview_id) if info.kind in kinds),
        frozenset(named - records.keys() - kinds_of.keys()),
        kinds_of,
    )


@dataclass(frozen=True)
class Change:
    """What is to become of one record: a new one without `record`, or with one that `revising.begin` gave."""

    body: Body
    record: RecordId = NO_RECORD
    base: RevisionHash | None = None
    """The version that it was begun on; None follows what stands."""


@dataclass(frozen=True)
class Saved:
    """What saving did to one record, enough to undo it."""

    record: RecordId
    sha: RevisionHash
    before: RevisionHash | None = None
    """The version that it follows; None for a new record."""


def save(
    s: Session,
    interview_id: RootId,
    body: Body,
    *,
    record: RecordId = NO_RECORD,
    base: RevisionHash | None = None,
    reason: str = "",
) -> Saved:
    """Add or change one coded record. Raises as `save_all`."""
    return save_all(s, interview_id, [Change(body, record, base)], reason=reason)[0]


def save_all(s: Session, interview_id: RootId, changes: Sequence[Change], *, reason: str = "") -> list[Saved]:
    """Add or change coded records, all of them or none; the drafts of these records go.

    What already stands so is not written again. Raises InputError `coded.others` for a record that another device
    began (what this vault thinks of it is a record of its own), `interview.unknown`, `interview.too-long`; for kinds
    of the interview's owner also `interview.reason-needed`.
    """
    interviews.ensure_saved(s, interview_id)
    with s.store.write() as work:
        return save_in(s, work, interview_id, changes, reason)


def save_in(
    s: Session, work: Work, interview_id: RootId, changes: Sequence[Change], reason: str = ""
) -> list[Saved]:
    """The same inside a unit of work, for what belongs together with something else. Raises as `save_all`."""
    return [_put(s, work, interview_id, change, reason) for change in changes]


def remove(s: Session, records: Collection[RecordId], reason: str = "") -> list[Saved]:
    """Remove coded records, all or none: their versions stay in the history, and they don't leave.

    Raises as `save_all`, and InputError `interview.newer`.
    """
    with s.store.write() as work:
        return remove_in(s, work, records, reason)


def remove_in(s: Session, work: Work, records: Collection[RecordId], reason: str = "") -> list[Saved]:
    """The same inside a unit of work. Raises as `remove`."""
    return [_mark(s, work, record, reason, removed=True) for record in records]


def bring_back(s: Session, records: Collection[RecordId], reason: str = "") -> list[Saved]:
    """Bring removed records back as they stood. Raises as `remove`."""
    with s.store.write() as work:
        return [_mark(s, work, record, reason, removed=False) for record in records]


def undo(s: Session, saved: Sequence[Saved], reason: str = "") -> None:
    """Let what stood before stand again, of several changes at once; what was new is removed.

    Raises InputError `coded.changed-since`, and then nothing is undone.
    """
    with s.store.write() as work:
        for each in reversed(saved):
            head = revising.current(work, each.record)
            if head is None or head.sha != each.sha:
                raise InputError("coded.changed-since")
            if each.before is None:
                _mark(s, work, each.record, reason, removed=True)
                continue
            body = revising.version(work, each.before).body
            if body is None:
                raise InputError("interview.newer")
            _put(s, work, head.envelope.root, Change(body, each.record, each.sha), reason)


def _mark(s: Session, work: Work, record: RecordId, reason: str, *, removed: bool) -> Saved:
    head = revising.current(work, record)
    if head is None:
        raise InputError("interview.unknown")
    if head.body is None:
        raise InputError("interview.newer")
    body = msgspec.structs.replace(head.body, removed=removed)
    return _put(s, work, head.envelope.root, Change(body, record, head.sha), reason)


def _put(s: Session, work: Work, root: RootId, change: Change, reason: str) -> Saved:
    head = _head(work, change)
    if head is not None and head.body == change.body:
        drafts.discard(work, change.record)
        return Saved(change.record, head.sha, head.sha)
    maker = revising.maker(work, change.record)
    if registry.of_body(change.body).authority is Authority.OWNER:
        interviews.require_reason(s, work, root, reason, record=change.record or None)
    elif maker and not s.is_own(maker):
        raise InputError("coded.others")
    record, sha = revising.write(
        s,
        work,
        change.body,
        root=root,
        record=change.record,
        parents=[head.sha] if head is not None else [],
        reason=reason,
    )
    drafts.discard(work, record)
    return Saved(record, sha, head.sha if head is not None else None)


def _head(work: Work, change: Change) -> Version | None:
    """The version that a change follows."""
    if change.base is not None:
        return revising.version(work, change.base)
    return revising.current(work, change.record) if change.record else None


def _coded(s: Session, labels: device_names.Labels, heads: Sequence[Version]) -> Coded:
    shown = heads[0]
    envelope = shown.envelope
    return Coded(
        record=envelope.id,
        kind=envelope.kind,
        body=shown.body,
        sha=shown.sha,
        device=envelope.origin,
        label=labels.of(envelope.origin),
        own=s.is_own(envelope.origin),
        removed=shown.body is not None and registry.of_body(shown.body).removed(shown.body),
        state=shown.state,
        author=envelope.author,
        changed=envelope.created,
        others=tuple(head.sha for head in heads[1:]),
    )


def _named(body: Body | None) -> list[tuple[str, RecordId]]:
    """(field, record) of what a body names."""
    if body is None:
        return []
    return [(each.field, each.record) for each in registry.of_body(body).references(body)]


def _kinds_of(reader: Reader, records: Collection[RecordId]) -> dict[RecordId, str]:
    """Record → kind, of those that are here."""
    found = ((record, revisions.info(reader, record)) for record in records)
    return {record: info.kind for record, info in found if info is not None}


def _present(reader: Reader, interview_id: RootId) -> tuple[Present, ...]:
    draft = drafts.load(reader, interview_id)
    if draft is not None:
        try:
            return tuple(interviews.read_draft(draft).people)
        except InputError:
            pass
    head = revising.current(reader, interview_id)
    body = head.body if head is not None else None
    return tuple(body.people) if isinstance(body, Interview) else ()
