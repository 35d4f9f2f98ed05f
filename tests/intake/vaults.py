"""A vault in memory, as far as merging sees it, and people who write into it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bundle.making import revision
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import sha256_hex
from cairn.intake.merge import Action, LocalHead, LocalRecord, MergePlan, plan_merge
from cairn.model.exchange import IncomingRevision, Stub
from cairn.model.kinds.envelope import Envelope, decode
from cairn.model.kinds.kind import Body
from cairn.model.lineage import Step

A = DeviceKeys.generate()[0]
"""A field laptop."""
B = DeviceKeys.generate()[0]
"""Another one."""
OFFICE = DeviceKeys.generate()[0]
KNOWN = {each.fingerprint: each.public for each in (A, B, OFFICE)}


def made(
    keys: DeviceKeys,
    body: Body,
    *,
    root: str = "",
    id: str = "",
    after: Sequence[IncomingRevision] = (),
    reason: str = "",
    final: bool = False,
    v: int = 0,
    about: Sequence[str] = (),
) -> IncomingRevision:
    """A revision by `keys`: of the record `id`, of the one that it follows, or of a new one of `root`."""
    parents = [each.sha256 for each in after]
    data, signature = revision(
        body,
        root=root,
        id=id or (after[0].envelope.id if after else ""),
        keys=keys,
        parents=parents,
        reason=reason,
        final=final,
        v=v,
        about=about,
    )
    return IncomingRevision(data, sha256_hex(data), decode(data), signature)


def stub(of: IncomingRevision, parents: Sequence[str] | None = None) -> Stub:
    told = list(of.envelope.parents) if parents is None else list(parents)
    return Stub(of.envelope.id, of.sha256, of.envelope.kind, told)


class MemoryVault:
    """A `LocalView` that also carries plans out, in the plainest way there is."""

    def __init__(self) -> None:
        self.kept: dict[str, IncomingRevision] = {}
        self.of: dict[str, list[IncomingRevision]] = {}
        """What is kept, by record."""
        self.stubs: dict[str, Stub] = {}
        self.states: dict[str, dict[str, str]] = {}
        self.first: dict[str, Envelope] = {}
        self.movers: dict[str, str] = {}
        self.erased: set[str] = set()
        self.held: set[str] = set()
        """Revisions that were ever current."""

    def record(self, record_id: str) -> LocalRecord | None:
        found = self.first.get(record_id)
        if found is None:
            return None
        if record_id in self.erased:
            return LocalRecord(found.kind, found.root, True, "", "")
        return LocalRecord(
            found.kind, found.root, False, found.origin, self.movers.get(record_id, found.origin)
        )

    def heads(self, record_id: str) -> Sequence[LocalHead]:
        return [LocalHead(sha, state) for sha, state in self.states.get(record_id, {}).items()]

    def revisions(self, record_id: str) -> Mapping[str, Step]:
        found = {s.sha256: Step(s.parents) for s in self.stubs.values() if s.id == record_id}
        found |= {
            r.sha256: Step(r.envelope.parents, r.envelope.device, r.sha256 in self.held)
            for r in self.of.get(record_id, ())
        }
        return found

    def envelope(self, sha256: str) -> Envelope | None:
        found = self.kept.get(sha256)
        return found.envelope if found else None

    def write(self, *revisions: IncomingRevision) -> None:
        """What the person at this vault saves: current, in place of what it follows."""
        for each in revisions:
            self._keep(each)
            heads = self.states.setdefault(each.envelope.id, {})
            for parent in each.envelope.parents:
                heads.pop(parent, None)
            heads[each.sha256] = "current"
            self._hold(each)

    def erase(self, record_id: str) -> None:
        self.erased.add(record_id)
        self.states[record_id] = {}
        for each in self.of.pop(record_id, ()):
            del self.kept[each.sha256]

    def take_in(
        self,
        sender: DeviceKeys,
        incoming: Sequence[IncomingRevision],
        stubs: Sequence[Stub] = (),
        *,
        verified: Collection[DeviceKeys] = (),
        heirs: Mapping[str, Collection[str]] | None = None,
    ) -> MergePlan:
        plan = plan_merge(
            self,
            incoming,
            stubs,
            sender=sender.fingerprint,
            devices=KNOWN,
            verified={each.fingerprint for each in verified},
            heirs=heirs or {},
        )
        for action in plan.actions:
            self._apply(action)
        self.stubs |= {each.sha256: each for each in plan.stubs}
        return plan

    def _apply(self, action: Action) -> None:
        if action.outcome in ("already", "erased"):
            return
        envelope = action.revision.envelope
        self._keep(action.revision)
        heads = self.states.setdefault(envelope.id, {})
        for sha256 in action.replaces:
            del heads[sha256]
        if action.state:
            heads[action.revision.sha256] = action.state
            if action.state == "current":
                self._hold(action.revision)

    def _hold(self, each: IncomingRevision) -> None:
        self.held.add(each.sha256)
        self.movers.setdefault(each.envelope.id, each.envelope.device)

    def _keep(self, each: IncomingRevision) -> None:
        envelope = each.envelope
        if each.sha256 not in self.kept:
            self.of.setdefault(envelope.id, []).append(each)
        self.kept[each.sha256] = each
        self.stubs.pop(each.sha256, None)
        self.first.setdefault(envelope.id, envelope)

    def current(self, record_id: str) -> set[str]:
        return {sha for sha, state in self.states.get(record_id, {}).items() if state == "current"}

    def proposed(self, record_id: str) -> set[str]:
        return {sha for sha, state in self.states.get(record_id, {}).items() if state == "proposed"}
