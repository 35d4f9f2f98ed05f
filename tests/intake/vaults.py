"""A vault in memory, as far as merging sees it, and people who write into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bundle.making import revision
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import sha256_hex
from cairn.intake.merge import Action, LocalHead, LocalRecord, MergePlan, plan_merge
from cairn.model.exchange import IncomingRevision, Stub
from cairn.model.lineage import Step
from cairn.model.records import Body, Envelope, decode

A = DeviceKeys.generate()[0]
"""A field laptop."""
B = DeviceKeys.generate()[0]
"""Another one."""
OFFICE = DeviceKeys.generate()[0]
KNOWN = {each.fingerprint: each.public for each in (A, B, OFFICE)}


def made(
    keys: DeviceKeys,
    kind: str,
    body: Body,
    *,
    interview: str,
    id: str = "",
    after: Sequence[IncomingRevision] = (),
    reason: str = "",
) -> IncomingRevision:
    parents = [each.sha256 for each in after]
    data, signature = revision(
        kind,
        body,
        interview=interview,
        id=id or (after[0].envelope.id if after else ""),
        keys=keys,
        parents=parents,
        reason=reason,
    )
    return IncomingRevision(data, sha256_hex(data), decode(data), signature)


def stub(of: IncomingRevision, parents: Sequence[str] | None = None) -> Stub:
    told = list(of.envelope.parents) if parents is None else list(parents)
    return Stub(of.envelope.id, of.sha256, of.envelope.kind, told)


class MemoryVault:
    """A `LocalView` that also carries plans out, in the plainest way there is."""

    def __init__(self) -> None:
        self.kept: dict[str, IncomingRevision] = {}
        self.stubs: dict[str, Stub] = {}
        self.states: dict[str, dict[str, str]] = {}
        self.first: dict[str, LocalRecord] = {}
        self.erased: set[str] = set()
        self.held: set[str] = set()
        """Revisions that were ever current."""

    def record(self, record_id: str) -> LocalRecord | None:
        found = self.first.get(record_id)
        return found._replace(erased=record_id in self.erased) if found else None

    def heads(self, record_id: str) -> Sequence[LocalHead]:
        return [LocalHead(sha, state) for sha, state in self.states.get(record_id, {}).items()]

    def revisions(self, record_id: str) -> Mapping[str, Step]:
        found = {s.sha256: Step(s.parents) for s in self.stubs.values() if s.id == record_id}
        found |= {
            r.sha256: Step(r.envelope.parents, r.envelope.device, r.sha256 in self.held)
            for r in self.kept.values()
            if r.envelope.id == record_id
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
            self.held.add(each.sha256)

    def erase(self, record_id: str) -> None:
        self.erased.add(record_id)
        self.states[record_id] = {}
        self.kept = {sha: each for sha, each in self.kept.items() if each.envelope.id != record_id}

    def take_in(
        self, sender: DeviceKeys, incoming: Sequence[IncomingRevision], stubs: Sequence[Stub] = ()
    ) -> MergePlan:
        plan = plan_merge(self, incoming, stubs, sender=sender.fingerprint, devices=KNOWN)
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
                self.held.add(action.revision.sha256)

    def _keep(self, each: IncomingRevision) -> None:
        envelope = each.envelope
        self.kept[each.sha256] = each
        self.stubs.pop(each.sha256, None)
        self.first.setdefault(
            envelope.id, LocalRecord(envelope.kind, envelope.interview, False, envelope.device)
        )

    def current(self, record_id: str) -> set[str]:
        return {sha for sha, state in self.states.get(record_id, {}).items() if state == "current"}

    def proposed(self, record_id: str) -> set[str]:
        return {sha for sha, state in self.states.get(record_id, {}).items() if state == "proposed"}
