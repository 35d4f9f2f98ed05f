"""Who codes an interview: each coder's pass, blind or not, and how far coders agree.

A coder is a device and the name of who wrote there: two people may code in one vault. In a blind coding nobody is
shown another's passages until both are closed. That is a way of working and no lock: the passages lie in the vault,
and whoever has it open could find them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from cairn.app.kernel import device_names, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.errors import InputError
from cairn.model.ids import NO_RECORD, Fingerprint, RecordId, RootId
from cairn.model.kinds.coding import Coding
from cairn.storage.work import Reader

KIND = "coding"


@dataclass(frozen=True, order=True)
class Coder:
    """Somebody who codes."""

    device: Fingerprint
    author: str
    label: str = ""
    """Of the device, as this vault calls it; empty for its own."""

    @property
    def name(self) -> str:
        """What the coder is called on the screen."""
        return " · ".join(part for part in (self.author, self.label) if part)


@dataclass(frozen=True)
class Passes:
    """The passes over one interview, as they stand."""

    me: Coder
    of: Mapping[Coder, Coding]
    records: Mapping[Coder, RecordId]

    @property
    def blind(self) -> bool:
        """Whether anybody codes this interview blind."""
        return any(each.blind for each in self.of.values())

    @property
    def closed(self) -> bool:
        """Whether this coder is done."""
        return self.is_closed(self.me)

    def is_closed(self, coder: Coder) -> bool:
        """Whether a coder is done."""
        found = self.of.get(coder)
        return found is not None and found.closed

    def shows(self, coder: Coder) -> bool:
        """Whether a coder's passages are shown to who sits here."""
        return coder == self.me or not self.blind or (self.closed and self.is_closed(coder))


def me(s: Session) -> Coder:
    """Who codes here now."""
    return Coder(s.keys.fingerprint, s.author)


def who(s: Session, labels: device_names.Labels, head: Version) -> Coder:
    """Who wrote a version. What this vault was before it was restored is this vault."""
    envelope = head.envelope
    device = s.keys.fingerprint if s.is_own(envelope.device) else envelope.device
    return Coder(device, envelope.author, labels.of(device))


def passes(s: Session, reader: Reader, interview: RootId) -> Passes:
    """The passes of all coders over an interview; one that another device merely proposes counts for nothing."""
    labels = device_names.Labels(s, reader)
    found: dict[Coder, Coding] = {}
    records: dict[Coder, RecordId] = {}
    for record, heads in revising.root_heads(reader, interview, [KIND]).items():
        for head in heads:
            if head.state == CURRENT and isinstance(head.body, Coding) and not head.body.removed:
                coder = who(s, labels, head)
                before = found.get(coder, Coding(closed=True))
                # Of several records of one coder the stricter counts.
                found[coder] = Coding(before.blind or head.body.blind, before.closed and head.body.closed)
                records.setdefault(coder, record)
    return Passes(me(s), found, records)


def look(s: Session, interview: RootId) -> Passes:
    """The passes of all coders over an interview."""
    with s.store.read() as reader:
        return passes(s, reader, interview)


def set_pass(
    s: Session, interview: RootId, *, blind: bool | None = None, closed: bool | None = None
) -> Passes:
    """Code blind or not, close the own pass or open it again; what is None stays. The passes afterwards.

    Opening it again after the others' passages were in sight stands in the history. Raises InputError
    `interview.unknown`.
    """
    with s.store.write() as work:
        if not revising.maker(work, interview):
            raise InputError("interview.unknown")
        now = passes(s, work, interview)
        before = now.of.get(now.me, Coding())
        body = msgspec.structs.replace(
            before,
            blind=before.blind if blind is None else blind,
            closed=before.closed if closed is None else closed,
        )
        if body != before:
            record = now.records.get(now.me, NO_RECORD)
            parents = (
                [head.sha for head in revising.heads(work, record) if head.state == CURRENT] if record else []
            )
            revising.write(s, work, body, root=interview, record=record, parents=parents)
        return passes(s, work, interview)
