"""Decide what incoming revisions become: current, a second head that a person settles, or nothing new.

The rules, in the order in which they apply (bundle/FORMAT.md, "Taking in"):

1. Every revision must carry the signature of the device it names: the sender, or a device known here.
2. A revision that is here already stays as it is.
3. A record that was erased here is not brought back.
4. A revision that some head here follows fills the history and moves nothing. That a proposal follows it
   counts only where the same device made both: nobody can announce, and so hold up, what another writes.
5. Only the device that made an interview moves it and what belongs to it on, and only forwards: where
   the new revision follows every head. So nobody can amend, recall, or widen the consent of, what another
   device wrote down.
6. Everything else becomes a second head, `proposed`, that nothing acts on until a person settles it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Protocol

from cairn.errors import CairnError, InputError, IntegrityError
from cairn.intake.history import in_order
from cairn.model import limits
from cairn.model.exchange import DeviceVerifier, IncomingRevision, Problem, Stub
from cairn.model.lineage import Lineage, Step
from cairn.model.records import Envelope, Interview, body

Outcome = Literal["add", "forward", "history", "conflict", "already", "erased"]


class LocalHead(NamedTuple):
    """A head of a record in this vault."""

    sha256: str
    state: str
    """`current` or `proposed`."""


class LocalRecord(NamedTuple):
    """What this vault knows of a record."""

    kind: str
    interview: str
    erased: bool
    """Only the tombstone is left."""
    device: str
    """The device that made its oldest revision held here."""


class LocalView(Protocol):
    """This vault, as far as the decision needs it. Reads only."""

    def record(self, record_id: str) -> LocalRecord | None:
        """The record, or None when it was never here."""
        ...

    def heads(self, record_id: str) -> Sequence[LocalHead]:
        """Its heads, none for an erased one."""
        ...

    def revisions(self, record_id: str) -> Mapping[str, Step]:
        """By SHA-256, all its revisions and the ancestors that they name."""
        ...

    def envelope(self, sha256: str) -> Envelope | None:
        """The revision's envelope; None when only a stub or nothing of it is here."""
        ...


@dataclass(frozen=True)
class Action:
    """What one incoming revision becomes. Actions come parents first; apply them in order."""

    outcome: Outcome
    """`add` (first head of a record), `forward` (replaces the heads in `replaces`), `history` (no head),
    `conflict` (a second head), `already` and `erased` (nothing to do)."""
    revision: IncomingRevision
    state: str = ""
    """Of the new head: `current` or `proposed`; empty where no head comes of it."""
    replaces: tuple[str, ...] = ()
    """Heads that this one takes the place of."""
    why: str = ""
    """With `conflict`: `foreign` (another device's interview), `diverged`, or `unsealed`."""
    ancestors: tuple[str, ...] = ()
    """What it follows, as far as that is told by someone who is believed: to be kept beside it."""


@dataclass(frozen=True)
class MergePlan:
    """Everything that taking in would change. Nothing else is changed."""

    actions: tuple[Action, ...]
    stubs: tuple[Stub, ...]
    """Ancestors to remember by id and hash: those that neither travelled nor are here."""
    problems: tuple[Problem, ...]

    @property
    def changes(self) -> bool:
        """Whether anything would change."""
        return bool(self.stubs) or any(a.outcome not in ("already", "erased") for a in self.actions)

    def count(self, *outcomes: Outcome) -> int:
        """How many revisions come out so."""
        return sum(action.outcome in outcomes for action in self.actions)


def plan_merge(
    local: LocalView,
    incoming: Sequence[IncomingRevision],
    stubs: Sequence[Stub],
    *,
    sender: str,
    devices: Mapping[str, DeviceVerifier],
    media: Iterable[str] = (),
) -> MergePlan:
    """Decide about the revisions of one bundle, which has been verified as a whole.

    `sender` is the fingerprint of the card that signed the bundle; `devices` has the public keys of the
    sender, of this device and of every known contact by fingerprint; `media` names the SHA-256 of the
    attachments that travel. Raises IntegrityError `intake.foreign-author` (a device that is not known
    here), `intake.signature-wrong`, `intake.record-moved` (a record changes its kind or interview),
    `intake.parent-foreign` (it follows another record's revision); InputError
    `intake.interview-missing` (parts of an interview that is neither here nor in the bundle),
    `intake.too-much`.
    """
    _check_amount(incoming, stubs)
    for revision in incoming:
        _check_signature(revision, devices)
    merge = _Merge(local, incoming, stubs, sender)
    actions = [merge.with_ancestors(merge.decide(revision)) for revision in in_order(incoming)]
    merge.look_for_media(set(media))
    return MergePlan(tuple(actions), merge.new_stubs(), tuple(merge.problems))


def _check_amount(incoming: Sequence[IncomingRevision], stubs: Sequence[Stub]) -> None:
    """A sender's heads of one record are few; very many would take time that grows with their square."""
    versions = max(Counter(revision.envelope.id for revision in incoming).values(), default=0)
    ancestors = max(Counter(stub.id for stub in stubs).values(), default=0)
    if not limits.VERSIONS.allows(versions) or not limits.STUBS.allows(ancestors):
        raise InputError("intake.too-much")


def _check_signature(revision: IncomingRevision, devices: Mapping[str, DeviceVerifier]) -> None:
    device = devices.get(revision.envelope.device)
    if device is None:
        raise IntegrityError("intake.foreign-author", device=revision.envelope.device)
    try:
        device.verify_revision(bytes.fromhex(revision.sha256), revision.signature)
    except CairnError as error:
        raise IntegrityError("intake.signature-wrong", device=revision.envelope.device) from error


@dataclass
class _Record:
    """A record while its revisions are being decided."""

    kind: str
    interview: str
    erased: bool
    history: Lineage
    heads: dict[str, str]
    """SHA-256 → state."""
    added: list[str] = field(default_factory=list)


class _Merge:
    def __init__(
        self, local: LocalView, incoming: Sequence[IncomingRevision], stubs: Sequence[Stub], sender: str
    ) -> None:
        self._local = local
        self._incoming = {revision.sha256: revision for revision in incoming}
        self._sender = sender
        self._records: dict[str, _Record] = {}
        self._owners: dict[str, str] = {}
        self._held_owners: dict[str, str | None] = {}
        self.problems: list[Problem] = []
        for revision in in_order(incoming):
            # The first revision of an interview that was never here says who made it.
            envelope = revision.envelope
            if envelope.kind == "interview" and local.record(envelope.id) is None:
                self._owners.setdefault(envelope.id, envelope.device)
        self._interviews = {r.envelope.id: r.envelope.interview for r in incoming}
        self._stubs = {stub.sha256: self._believed(stub) for stub in stubs}
        self._stubs_of: dict[str, list[Stub]] = {}
        for stub in self._stubs.values():
            self._stubs_of.setdefault(stub.id, []).append(stub)

    def _believed(self, stub: Stub) -> Stub:
        """The order of what did not travel is believed of the interview's own device alone.

        Someone who passes an interview on could otherwise invent a history in which an old revision
        follows the newest, and so take back what its device wrote since.
        """
        interview = self._interviews.get(stub.id, "")
        if not interview:
            held = self._local.record(stub.id)
            interview = held.interview if held else ""
        return stub if self._owner(interview) == self._sender else Stub(stub.id, stub.sha256, stub.kind)

    def decide(self, revision: IncomingRevision) -> Action:
        envelope = revision.envelope
        record = self._record(envelope)
        self._check_place(record, revision)
        if revision.sha256 in record.heads or self._local.envelope(revision.sha256) is not None:
            return Action("already", revision)
        interview = self._local.record(envelope.interview)
        if record.erased or (interview is not None and interview.erased):
            self._warn("intake.was-erased", record=envelope.id)
            return Action("erased", revision)
        return self._place(record, revision)

    def with_ancestors(self, action: Action) -> Action:
        """The action, with what its revision follows."""
        if action.outcome in ("already", "erased"):
            return action
        history = self._records[action.revision.envelope.id].history
        found = history.ancestors([action.revision.sha256])
        return replace(action, ancestors=tuple(found))

    def look_for_media(self, media: set[str]) -> None:
        """Say which attachments and recordings came as a name without their bytes."""
        for revision in self._incoming.values():
            if revision.envelope.kind not in ("attachment", "recording") or revision.envelope.v > 1:
                continue
            attachment = body(revision.envelope)
            sha256 = getattr(attachment, "sha256", "")
            held = self._local.envelope(revision.sha256) is not None
            if not held and not getattr(attachment, "removed", False) and sha256 not in media:
                self._warn("intake.media-missing", name=getattr(attachment, "name", ""))

    def new_stubs(self) -> tuple[Stub, ...]:
        """The ancestors that are named, by the sender or by a parent, and that nobody here holds."""
        found: dict[str, Stub] = {}
        for revision in self._incoming.values():
            record = self._records[revision.envelope.id]
            interview = self._local.record(record.interview)
            if record.erased or (interview is not None and interview.erased):
                continue
            known = self._local.revisions(revision.envelope.id)
            wanted = list(revision.envelope.parents)
            while wanted:
                sha256 = wanted.pop()
                if sha256 in known or sha256 in self._incoming or sha256 in found:
                    continue
                told = self._stubs.get(sha256)
                found[sha256] = told or Stub(revision.envelope.id, sha256, record.kind)
                wanted.extend(found[sha256].parents)
        return tuple(found.values())

    def _record(self, envelope: Envelope) -> _Record:
        record = self._records.get(envelope.id)
        if record is None:
            record = self._begin(envelope)
            self._records[envelope.id] = record
        return record

    def _begin(self, envelope: Envelope) -> _Record:
        if self._owner(envelope.interview) is None:
            raise InputError("intake.interview-missing")
        held = self._local.record(envelope.id)
        known = self._local.revisions(envelope.id) if held else {}
        history = Lineage(known, self._owner(envelope.interview) or "")
        for stub in self._stubs_of.get(envelope.id, ()):
            if stub.kind != envelope.kind:
                raise IntegrityError("intake.record-moved")
            history.add_stub(stub.sha256, stub.parents)
        if held is None:
            return _Record(envelope.kind, envelope.interview, False, history, {})
        heads = {head.sha256: head.state for head in self._local.heads(envelope.id)}
        return _Record(held.kind, held.interview, held.erased, history, heads)

    def _check_place(self, record: _Record, revision: IncomingRevision) -> None:
        """A record keeps its kind and its interview, and follows revisions of its own."""
        envelope = revision.envelope
        if envelope.kind != record.kind or envelope.interview != record.interview:
            raise IntegrityError("intake.record-moved")
        for parent in envelope.parents:
            other = self._incoming.get(parent)
            held = other.envelope if other else self._local.envelope(parent)
            stub = self._stubs.get(parent)
            if (held and held.id != envelope.id) or (stub and stub.id != envelope.id):
                raise IntegrityError("intake.parent-foreign")

    def _place(self, record: _Record, revision: IncomingRevision) -> Action:
        envelope = revision.envelope
        owner = self._owner(envelope.interview)
        record.history.add(revision.sha256, Step(envelope.parents, envelope.device))
        if any(record.history.follows(head, revision.sha256) for head in record.heads):
            return Action("history", revision)
        current = [sha for sha, state in record.heads.items() if state == "current"]
        if envelope.device != owner or (current and self._made_elsewhere(envelope)):
            # A second proposal takes the place of the first one of the same device, and of no other's.
            followed = self._followed(record, revision, "proposed")
            replaces = tuple(sha for sha in followed if self._device(sha) == envelope.device)
            return self._head(record, revision, "conflict", "proposed", replaces, "foreign")
        if not current:
            replaces = self._followed(record, revision, "proposed")
            return self._head(record, revision, "add", "current", replaces)
        if not all(record.history.follows(revision.sha256, head) for head in current):
            return self._head(record, revision, "conflict", "proposed", (), "diverged")
        if self._unseals(current, envelope):
            self._warn("intake.unfinalised", record=envelope.id)
            return self._head(record, revision, "conflict", "proposed", (), "unsealed")
        replaces = (*current, *self._followed(record, revision, "proposed"))
        return self._head(record, revision, "forward", "current", replaces)

    def _head(
        self,
        record: _Record,
        revision: IncomingRevision,
        outcome: Outcome,
        state: str,
        replaces: Sequence[str],
        why: str = "",
    ) -> Action:
        for sha256 in replaces:
            del record.heads[sha256]
        record.heads[revision.sha256] = state
        return Action(outcome, revision, state, tuple(replaces), why)

    def _followed(self, record: _Record, revision: IncomingRevision, state: str) -> tuple[str, ...]:
        return tuple(
            sha
            for sha, found in record.heads.items()
            if found == state and record.history.follows(revision.sha256, sha)
        )

    def _owner(self, interview: str) -> str | None:
        """The device that made an interview: the one held here decides, else the one that arrives first."""
        if interview not in self._held_owners:
            held = self._local.record(interview)
            if held and held.kind != "interview":
                raise IntegrityError("intake.record-moved")
            self._held_owners[interview] = held.device if held else None
        owner = self._held_owners[interview]
        return owner if owner is not None else self._owners.get(interview)

    def _made_elsewhere(self, envelope: Envelope) -> bool:
        """Whether the record itself was begun by another device than its interview (a colleague's note)."""
        held = self._local.record(envelope.id)
        return held is not None and held.device != envelope.device

    def _device(self, sha256: str) -> str | None:
        incoming = self._incoming.get(sha256)
        held = incoming.envelope if incoming else self._local.envelope(sha256)
        return held.device if held else None

    def _unseals(self, current: Sequence[str], envelope: Envelope) -> bool:
        if envelope.kind != "interview" or envelope.v > 1:
            return False
        if _is_sealed(envelope):
            return False
        held = (self._local.envelope(sha) or _envelope_of(self._incoming.get(sha)) for sha in current)
        return any(each is not None and _is_sealed(each) for each in held)

    def _warn(self, code: str, **values: str) -> None:
        problem = Problem(code, values)
        if problem not in self.problems:
            self.problems.append(problem)


def _envelope_of(revision: IncomingRevision | None) -> Envelope | None:
    return revision.envelope if revision else None


def _is_sealed(envelope: Envelope) -> bool:
    found = body(envelope) if envelope.v <= 1 else None
    return isinstance(found, Interview) and found.sealed
