"""Decide what incoming revisions become: current, a second head that a person settles, or nothing new.

The rules, in the order in which they apply (bundle/FORMAT.md, "Taking in"):

1. Every revision must carry the signature of the device it names: the sender, or a device known here.
2. A revision that is here already stays as it is.
3. A record that was erased here is not brought back, and neither is a judgement about one.
4. A revision that some head here follows fills the history and moves nothing. That a proposal follows it
   counts only where the same device made both: nobody can announce, and so hold up, what another writes.
5. Only the root's owner, the device that its id is derived from, moves it and what belongs to it on, and only
   forwards: where the new revision follows every head. So nobody can amend, recall, or widen the consent of,
   what another device wrote down. A record of a layer is its own device's instead, where that is verified:
   it stands beside what others wrote and changes nothing of theirs.
6. Nothing un-finalises what is finalised, whatever version of its kind it is of.
7. Everything else becomes a second head, `proposed`, that nothing acts on until a person settles it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from cairn.errors import CairnError, InputError, IntegrityError
from cairn.intake.history import in_order
from cairn.model import limits
from cairn.model.exchange import DeviceVerifier, IncomingRevision, Problem, Stub
from cairn.model.ids import NO_FINGERPRINT, Fingerprint, RecordId, RevisionHash, RootId, Sha256
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import Envelope, read
from cairn.model.kinds.kind import Authority
from cairn.model.lineage import Lineage, Step

Outcome = Literal["add", "forward", "history", "conflict", "already", "erased"]


class LocalHead(NamedTuple):
    """A head of a record in this vault."""

    sha256: RevisionHash
    state: str
    """`current` or `proposed`."""


class LocalRecord(NamedTuple):
    """What this vault knows of a record."""

    kind: str
    root: RootId
    erased: bool
    """Only the tombstone is left."""
    origin: Fingerprint
    """The device that began it; empty for an erased one."""
    mover: Fingerprint
    """The device that made the first revision that held here; the origin where none ever did."""


class LocalView(Protocol):
    """This vault, as far as the decision needs it. Reads only."""

    def record(self, record_id: RecordId) -> LocalRecord | None:
        """The record, or None when it was never here."""
        ...

    def heads(self, record_id: RecordId) -> Sequence[LocalHead]:
        """Its heads, none for an erased one."""
        ...

    def revisions(self, record_id: RecordId) -> Mapping[RevisionHash, Step]:
        """By SHA-256, all its revisions and the ancestors that they name."""
        ...

    def envelope(self, sha256: RevisionHash) -> Envelope | None:
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
    replaces: tuple[RevisionHash, ...] = ()
    """Heads that this one takes the place of."""
    why: str = ""
    """With `conflict`: `foreign` (another device's), `unverified` (a layer of a device that nobody has verified
    here), `diverged`, or `unfinalised`."""
    ancestors: tuple[RevisionHash, ...] = ()
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
    sender: Fingerprint,
    devices: Mapping[Fingerprint, DeviceVerifier],
    verified: Collection[Fingerprint] = (),
    heirs: Mapping[Fingerprint, Collection[Fingerprint]] = MappingProxyType({}),
    media: Iterable[Sha256] = (),
) -> MergePlan:
    """Decide about the revisions of one bundle, which has been verified as a whole.

    `sender` is the fingerprint of the card that signed the bundle; `devices` has the public keys of the
    sender, of this device and of every known contact by fingerprint; `verified` are those whose layers are
    taken as they are, `heirs` the accepted successors of a device; `media` names the SHA-256 of the files that
    travel. Raises IntegrityError `intake.foreign-author` (a device that is not known here),
    `intake.signature-wrong`, `intake.record-moved` (an ancestor of another kind, a root that is none),
    `intake.parent-foreign` (it follows another record's revision); InputError `intake.root-missing` (parts of
    an interview that is neither here nor in the bundle), `intake.too-much`. That ids are rightly derived was
    checked on reading.
    """
    _check_amount(incoming, stubs)
    for revision in incoming:
        _check_signature(revision, devices)
    merge = _Merge(local, incoming, stubs, sender, verified, heirs)
    actions = [merge.with_ancestors(merge.decide(revision)) for revision in in_order(incoming)]
    merge.look_for_media(set(media))
    return MergePlan(tuple(actions), merge.new_stubs(), tuple(merge.problems))


def check_alone(
    incoming: Sequence[IncomingRevision], stubs: Sequence[Stub], devices: Mapping[Fingerprint, DeviceVerifier]
) -> None:
    """What of a bundle can be known to be wrong without the vault that it goes to. Raises as `plan_merge`.

    Revisions of devices that are not given may be of contacts of that vault: they are not looked at.
    """
    _check_amount(incoming, stubs)
    for revision in incoming:
        if revision.envelope.device in devices:
            _check_signature(revision, devices)
    merge = _Merge(_Elsewhere(), incoming, stubs, NO_FINGERPRINT, (), {})
    for revision in incoming:
        merge.decide(revision)


class _Elsewhere:
    """A vault of which nothing is known: it may have every root, and no record is remembered."""

    def record(self, record_id: RecordId) -> LocalRecord | None:
        return LocalRecord("", RootId(record_id), False, NO_FINGERPRINT, NO_FINGERPRINT)

    def heads(self, record_id: RecordId) -> Sequence[LocalHead]:
        return ()

    def revisions(self, record_id: RecordId) -> Mapping[RevisionHash, Step]:
        return {}

    def envelope(self, sha256: RevisionHash) -> Envelope | None:
        return None


def _check_amount(incoming: Sequence[IncomingRevision], stubs: Sequence[Stub]) -> None:
    """A sender's heads of one record are few; very many would take time that grows with their square."""
    versions = max(Counter(revision.envelope.id for revision in incoming).values(), default=0)
    ancestors = max(Counter(stub.id for stub in stubs).values(), default=0)
    if not limits.VERSIONS.allows(versions) or not limits.STUBS.allows(ancestors):
        raise InputError("intake.too-much")


def _check_signature(revision: IncomingRevision, devices: Mapping[Fingerprint, DeviceVerifier]) -> None:
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

    root: RootId
    erased: bool
    history: Lineage
    heads: dict[RevisionHash, str]
    """SHA-256 → state."""
    added: list[RevisionHash] = field(default_factory=list)


class _Merge:
    def __init__(
        self,
        local: LocalView,
        incoming: Sequence[IncomingRevision],
        stubs: Sequence[Stub],
        sender: Fingerprint,
        verified: Collection[Fingerprint],
        heirs: Mapping[Fingerprint, Collection[Fingerprint]],
    ) -> None:
        self._local = local
        self._verified = verified
        self._heirs = heirs
        self._incoming = {revision.sha256: revision for revision in incoming}
        self._sender = sender
        self._records: dict[RecordId, _Record] = {}
        self._held_origins: dict[RootId, Fingerprint | None] = {}
        self._known_of: dict[RecordId, Mapping[RevisionHash, Step]] = {}
        self.problems: list[Problem] = []
        self._warned: set[tuple[object, ...]] = set()
        # An id is derived from its origin: whichever revision of a root comes first, all say the same.
        self._origins: dict[RecordId, Fingerprint] = {
            r.envelope.id: r.envelope.origin for r in incoming if r.envelope.is_root
        }
        self._told: dict[RecordId, Envelope] = {r.envelope.id: r.envelope for r in incoming}
        self._stubs = {stub.sha256: self._believed(stub) for stub in stubs}
        self._stubs_of: dict[RecordId, list[Stub]] = {}
        for stub in self._stubs.values():
            self._stubs_of.setdefault(stub.id, []).append(stub)

    def _believed(self, stub: Stub) -> Stub:
        """The order of what did not travel is believed of the device alone whose word moves the record.

        Someone who passes an interview on could otherwise invent a history in which an old revision
        follows the newest, and so take back what its device wrote since.
        """
        # Of a record of which nothing else travels, nobody asks.
        of = self._told.get(stub.id)
        if of is not None and self._speaks_for(self._sender, self._owner(of)):
            return stub
        return Stub(stub.id, stub.sha256, stub.kind)

    def decide(self, revision: IncomingRevision) -> Action:
        envelope = revision.envelope
        record = self._record(envelope)
        self._check_parents(revision)
        if self._local.envelope(revision.sha256) is not None:
            return Action("already", revision)
        if record.erased or any(self._is_erased(each) for each in (envelope.root, *envelope.about)):
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

    def look_for_media(self, media: set[Sha256]) -> None:
        """Say which records came as the name of a file without its bytes."""
        for revision in self._incoming.values():
            body = read(revision.envelope)
            if body is None:
                continue
            kind = registry.of_body(body)
            named = None if kind.removed(body) else kind.media(body)
            if named is None or named.sha256 in media:
                continue
            if self._local.envelope(revision.sha256) is None:
                self._warn("intake.media-missing", name=named.name)

    def new_stubs(self) -> tuple[Stub, ...]:
        """The ancestors that are named, by the sender or by a parent, and that nobody here holds."""
        found: dict[RevisionHash, Stub] = {}
        for revision in self._incoming.values():
            record = self._records[revision.envelope.id]
            envelope = revision.envelope
            if record.erased or any(self._is_erased(each) for each in (record.root, *envelope.about)):
                continue
            known = self._known(envelope.id)
            wanted: list[RevisionHash] = list(envelope.parents)
            while wanted:
                sha256 = wanted.pop()
                if sha256 in known or sha256 in self._incoming or sha256 in found:
                    continue
                told = self._stubs.get(sha256)
                found[sha256] = told or Stub(envelope.id, sha256, envelope.kind)
                wanted.extend(found[sha256].parents)
        return tuple(found.values())

    def _record(self, envelope: Envelope) -> _Record:
        record = self._records.get(envelope.id)
        if record is None:
            record = self._begin(envelope)
            self._records[envelope.id] = record
        return record

    def _begin(self, envelope: Envelope) -> _Record:
        if self._origin(envelope.root) is None:
            raise InputError("intake.root-missing")
        held = self._local.record(envelope.id)
        known = self._known(envelope.id) if held else {}
        owner = self._owner(envelope)
        counted = {sha: step._replace(device=self._maker(step.device, owner)) for sha, step in known.items()}
        history = Lineage(counted, owner)
        for stub in self._stubs_of.get(envelope.id, ()):
            if stub.kind != envelope.kind:
                raise IntegrityError("intake.record-moved")
            history.add_stub(stub.sha256, stub.parents)
        if held is None:
            return _Record(envelope.root, False, history, {})
        heads = {head.sha256: head.state for head in self._local.heads(envelope.id)}
        return _Record(held.root, held.erased, history, heads)

    def _check_parents(self, revision: IncomingRevision) -> None:
        """A record follows revisions of its own."""
        envelope = revision.envelope
        for parent in envelope.parents:
            other = self._incoming.get(parent)
            held = other.envelope if other else self._local.envelope(parent)
            stub = self._stubs.get(parent)
            if (held and held.id != envelope.id) or (stub and stub.id != envelope.id):
                raise IntegrityError("intake.parent-foreign")

    def _place(self, record: _Record, revision: IncomingRevision) -> Action:
        envelope = revision.envelope
        maker = self._maker(envelope.device, self._owner(envelope))
        self._look_for_squatters(envelope)
        record.history.add(revision.sha256, Step(envelope.parents, maker))
        if any(record.history.follows(head, revision.sha256) for head in record.heads):
            return Action("history", revision)
        current = [sha for sha, state in record.heads.items() if state == "current"]
        why = self._has_no_word(envelope)
        if not why and current and self._moved_elsewhere(envelope):
            why = "foreign"
        if why:
            # A second proposal takes the place of the first one of the same device, and of no other's.
            followed = self._followed(record, revision, "proposed")
            replaces = tuple(sha for sha in followed if self._device(sha) == envelope.device)
            return self._head(record, revision, "conflict", "proposed", replaces, why)
        if not current:
            replaces = self._followed(record, revision, "proposed")
            return self._head(record, revision, "add", "current", replaces)
        if not all(record.history.follows(revision.sha256, head) for head in current):
            return self._head(record, revision, "conflict", "proposed", (), "diverged")
        if self._unfinalises(current, envelope):
            self._warn("intake.unfinalised", record=envelope.id)
            return self._head(record, revision, "conflict", "proposed", (), "unfinalised")
        replaces = (*current, *self._followed(record, revision, "proposed"))
        return self._head(record, revision, "forward", "current", replaces)

    def _look_for_squatters(self, envelope: Envelope) -> None:
        """Say which device began, or begins, a root whose id says that another one did.

        Who merely proposes to change what is another's follows a version of it; a first version of another's
        root has no honest maker but its owner, or an accepted successor. It only waits as a proposal and moves
        nothing, but people must know who said so.
        """
        if not envelope.is_root:
            return
        owner = self._owner(envelope)
        known = self._known(envelope.id)
        theirs = self._speaks_for(envelope.device, owner)
        begun = (
            {step.device for step in known.values() if not step.parents}
            if theirs
            else {envelope.device} - ({envelope.device} if envelope.parents else set())
        )
        true_one = theirs or any(self._speaks_for(step.device, owner) for step in known.values())
        for device in sorted(begun):
            if device and true_one and not self._speaks_for(device, owner):
                self._warn("intake.squatted", record=envelope.id, device=device, owner=owner)

    def _head(
        self,
        record: _Record,
        revision: IncomingRevision,
        outcome: Outcome,
        state: str,
        replaces: Sequence[RevisionHash],
        why: str = "",
    ) -> Action:
        for sha256 in replaces:
            del record.heads[sha256]
        record.heads[revision.sha256] = state
        return Action(outcome, revision, state, tuple(replaces), why)

    def _followed(self, record: _Record, revision: IncomingRevision, state: str) -> tuple[RevisionHash, ...]:
        return tuple(
            sha
            for sha, found in record.heads.items()
            if found == state and record.history.follows(revision.sha256, sha)
        )

    def _origin(self, root: RootId) -> Fingerprint | None:
        """The device that a root is of; None where the root is neither here nor in the bundle."""
        if root not in self._held_origins:
            held = self._local.record(root)
            if held is not None and held.root != root:
                # Below what is no root a record would be in no list, and still be found.
                raise IntegrityError("intake.record-moved")
            self._held_origins[root] = held.origin if held else None
        origin = self._held_origins[root]
        return origin if origin is not None else self._origins.get(root)

    def _owner(self, of: Envelope | LocalRecord) -> Fingerprint:
        """The device whose word moves a record on: its root's, or its own where the kind is a layer."""
        return of.origin if _is_layer(of.kind) else self._origin(of.root) or NO_FINGERPRINT

    def _speaks_for(self, device: Fingerprint, owner: Fingerprint) -> bool:
        """Whether a device's word is the owner's: its own, or that of an accepted successor."""
        return device == owner or device in self._heirs.get(owner, ())

    def _maker(self, device: Fingerprint, owner: Fingerprint) -> Fingerprint:
        """Who a device counts as in a record's lineage: a successor as the owner that it succeeds."""
        return owner if self._speaks_for(device, owner) else device

    def _has_no_word(self, envelope: Envelope) -> str:
        """Why the maker of a revision does not move its record by itself; empty where it does."""
        if not self._speaks_for(envelope.device, self._owner(envelope)):
            return "foreign"
        if _is_layer(envelope.kind) and envelope.device not in self._verified:
            return "unverified"
        return ""

    def _moved_elsewhere(self, envelope: Envelope) -> bool:
        """Whether what holds here was begun by another device than this revision's (a colleague's note)."""
        held = self._local.record(envelope.id)
        return held is not None and not self._speaks_for(envelope.device, held.mover)

    def _known(self, record_id: RecordId) -> Mapping[RevisionHash, Step]:
        """What is here of a record, asked once: its versions are read for it, and each of them may come again."""
        if record_id not in self._known_of:
            self._known_of[record_id] = self._local.revisions(record_id)
        return self._known_of[record_id]

    def _is_erased(self, record_id: RecordId) -> bool:
        held = self._local.record(record_id)
        return held is not None and held.erased

    def _device(self, sha256: RevisionHash) -> Fingerprint | None:
        envelope = self._envelope(sha256)
        return envelope.device if envelope else None

    def _envelope(self, sha256: RevisionHash) -> Envelope | None:
        incoming = self._incoming.get(sha256)
        return incoming.envelope if incoming else self._local.envelope(sha256)

    def _unfinalises(self, current: Sequence[RevisionHash], envelope: Envelope) -> bool:
        held = (self._envelope(sha) for sha in current)
        return not envelope.final and any(each is not None and each.final for each in held)

    def _warn(self, code: str, **values: str) -> None:
        told = (code, *sorted(values.items()))
        if told not in self._warned:
            self._warned.add(told)
            self.problems.append(Problem(code, values))


def _is_layer(name: str) -> bool:
    # What this version doesn't know is the owner's: the stricter of the two.
    kind = registry.get(name)
    return kind is not None and kind.authority is Authority.LAYER
