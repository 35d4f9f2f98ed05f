"""The heads of each record: the revisions that nothing follows, the one to show first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec

from cairn.model.ids import NO_FINGERPRINT, Fingerprint, RecordId, RevisionHash, RootId
from cairn.model.kinds import envelope as envelopes
from cairn.model.kinds import registry
from cairn.model.kinds.envelope import Envelope
from cairn.model.kinds.kind import Authority
from cairn.model.lineage import Lineage, Step
from cairn.storage.work import Reader, Work

NAME = "heads"
VERSION = 1
DROP = ("head",)
TABLES = """
CREATE TABLE head (
  record TEXT NOT NULL,
  place INTEGER NOT NULL,         -- 0 is the one to show
  sha TEXT NOT NULL,
  state TEXT NOT NULL,
  root TEXT NOT NULL,
  kind TEXT NOT NULL,
  created TEXT NOT NULL,
  PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX head_root ON head (root, kind, created);
CREATE INDEX head_kind ON head (kind, created DESC);
"""

State = Literal["current", "proposed"]
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class Head(msgspec.Struct, frozen=True):
    """A revision that nothing follows. More than one, or a proposed one, is a conflict for a person."""

    sha: RevisionHash
    state: State


class Node(NamedTuple):
    """A revision as far as the heads depend on it."""

    sha: RevisionHash
    state: str
    device: Fingerprint
    """Who made it."""


def compute(
    revisions: Sequence[Node],
    links: Iterable[tuple[RevisionHash, RevisionHash, bool]],
    owner: Fingerprint = NO_FINGERPRINT,
) -> list[Head]:
    """The heads of one record; the one to show first. Pure.

    `revisions` are in order of arrival, `links` (child, parent, claimed), `owner` is the device whose
    word moves the record. A current head is a current revision that no other current one descends from: a proposal
    never displaces what stands. A proposed head is a proposal that neither a current revision nor a later
    proposal of the same device descends from; whose word counts for that, says `cairn.model.lineage`. Claims of ancestry are taken at their word unless they would leave the record without a head.
    """
    links = list(links)
    heads = _heads(revisions, [(child, parent) for child, parent, _ in links], owner)
    if not heads:
        heads = _heads(revisions, [(child, parent) for child, parent, claimed in links if not claimed], owner)
    return heads


def _heads(
    revisions: Sequence[Node], links: list[tuple[RevisionHash, RevisionHash]], owner: Fingerprint
) -> list[Head]:
    parents: dict[RevisionHash, list[RevisionHash]] = {}
    for child, parent in links:
        parents.setdefault(child, []).append(parent)
    lineage = Lineage(
        {
            node.sha: Step(parents.get(node.sha, ()), node.device, node.state == "current")
            for node in revisions
        },
        owner,
    )
    followed = lineage.ancestors(node.sha for node in revisions if node.state == "current")
    replaced = lineage.replaced(node.sha for node in revisions)
    newest_first = list(reversed(revisions))
    current = [Head(n.sha, "current") for n in newest_first if n.state == "current" and n.sha not in followed]
    proposed = [
        Head(n.sha, "proposed")
        for n in newest_first
        if n.state == "proposed" and n.sha not in followed and n.sha not in replaced
    ]
    return current + proposed


def computed(reader: Reader, record_id: RecordId) -> list[Head]:
    """The heads of a record, computed from its revisions as they are stored."""
    rows = reader.all("SELECT sha, state, device FROM revision WHERE record = ? ORDER BY n", (record_id,))
    links = reader.all("SELECT child, parent, claimed FROM link WHERE record = ?", (record_id,))
    return compute(
        [Node(*row) for row in rows],
        [(child, parent, bool(claimed)) for child, parent, claimed in links],
        owner(reader, record_id),
    )


def owner(reader: Reader, record_id: RecordId) -> Fingerprint:
    """The device whose word moves a record: its root's, or its own where the kind is a layer.

    Empty where the record or its root is not here.
    """
    row = reader.one(
        "SELECT record.kind, record.origin, of.origin FROM record LEFT JOIN record of ON of.id = record.root"
        " WHERE record.id = ?",
        (record_id,),
    )
    if row is None:
        return NO_FINGERPRINT
    kind = registry.get(row[0])
    layer = kind is not None and kind.authority is Authority.LAYER
    return Fingerprint((row[1] if layer else row[2]) or "")


def projected(reader: Reader, record_id: RecordId) -> list[Head]:
    """The heads as the projection has them."""
    rows = reader.all("SELECT sha, state FROM head WHERE record = ? ORDER BY place", (record_id,))
    return [Head(sha, state) for sha, state in rows]


def refresh(work: Work, record_id: RecordId, root: RootId, kind: str) -> list[Head]:
    """Bring the heads of a record up to date; returns them."""
    found = computed(work, record_id)
    work.run("DELETE FROM head WHERE record = ?", (record_id,))
    _put(work, record_id, root, kind, found)
    return found


def forget(work: Work, record_id: RecordId) -> None:
    """Remove a record's heads."""
    work.run("DELETE FROM head WHERE record = ?", (record_id,))


def rebuild(work: Work) -> None:
    """Fill the empty table."""
    for record_id, root, kind in work.all("SELECT id, root, kind FROM record"):
        _put(work, record_id, root, kind, computed(work, record_id))


def envelope(reader: Reader, sha: RevisionHash) -> Envelope:
    """A stored revision's envelope, unchecked: it was checked in full when it was put, and this is on the path
    of every saved keystroke."""
    row = reader.one("SELECT data FROM revision WHERE sha = ?", (sha,))
    if row is None:
        raise KeyError(sha)
    return envelopes.parse(row[0])


def _put(work: Work, record_id: RecordId, root: RootId, kind: str, found: Sequence[Head]) -> None:
    for place, head in enumerate(found):
        created = envelope(work, head.sha).created
        # A foreign device may have written anything; what is no time would spoil the order of the list.
        created = created if _TIME.fullmatch(created) else ""
        work.run(
            "INSERT INTO head VALUES (?, ?, ?, ?, ?, ?, ?)",
            (record_id, place, head.sha, head.state, root, kind, created),
        )
