"""What of a log travels: some lines with their payloads, a signed checkpoint, and one proof for all of it.

The same check is made by whoever sends it, before anything is written, and by whoever gets it. See FORMAT.md,
section 6.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from cairn.custody import checkpoint as checkpoints
from cairn.custody import line as lines
from cairn.custody import payload as payloads
from cairn.custody import proof, tree
from cairn.custody.checkpoint import Checkpoint, Verifier
from cairn.custody.payload import Payload
from cairn.errors import CairnError, IntegrityError
from cairn.model.ids import Fingerprint, Sha256

MAX_SENT_HEADS = 32
"""Earlier sizes that are proven because the recipient was sent a bundle with them."""
MAX_EARLIER = 32
"""Earlier checkpoints that are proven beside those, spaced by powers of two."""
MAX_HEADS = MAX_SENT_HEADS + MAX_EARLIER


class Excerpt(msgspec.Struct, frozen=True):
    """Part of a log, as it travels."""

    checkpoint: Checkpoint
    lines: Sequence[bytes]
    """Exact lines without newlines, in rising order."""
    payloads: Sequence[tuple[int, bytes, bytes]]
    """(seq, salt, payload) of each line."""
    heads: Sequence[int]
    """Earlier sizes, rising, from which the proof shows that the log goes on."""
    proof: bytes


class Shown(msgspec.Struct, frozen=True):
    """What an excerpt shows, after every check."""

    device: Fingerprint
    size: int
    root: Sha256
    heads: Mapping[int, Sha256]
    """Earlier size → root (hex)."""
    entries: Mapping[int, Payload]

    def untold(self, revisions: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Of these (record, SHA-256 of a revision), all made by the device, those without an entry of it."""
        told = {
            (entry.obj, entry.detail.get("revision"))
            for entry in self.entries.values()
            if entry.device == self.device
        }
        return [each for each in revisions if each not in told]


class Source(Protocol):
    """A log to take an excerpt of: the vault's rows, or one in memory."""

    def line(self, seq: int) -> bytes: ...
    def node(self, level: int, place: int) -> bytes: ...


def take(
    rows: Source,
    checkpoint: Checkpoint,
    told: Sequence[tuple[int, bytes, bytes]],
    heads: Collection[int] = (),
) -> Excerpt:
    """The excerpt of a log up to a checkpoint: the entries `told`, as (seq, salt, payload), and earlier `heads`."""
    size = checkpoints.parse(checkpoint.text).size
    chosen = sorted(told)
    numbers = [seq for seq, _, _ in chosen]
    earlier = sorted({head for head in heads if 0 < head < size})
    return Excerpt(
        checkpoint=checkpoint,
        lines=[rows.line(seq) for seq in numbers],
        payloads=chosen,
        heads=earlier,
        proof=proof.make(size, [seq - 1 for seq in numbers], earlier, rows.node),
    )


def check(excerpt: Excerpt, device: Verifier) -> Shown:
    """Everything that an excerpt shows: signed by this device, each payload its line's, each line in the tree.

    Raises IntegrityError `custody.checkpoint-bad` where the checkpoint is not the device's, `custody.excerpt-wrong`
    for anything else that does not fit.
    """
    try:
        statement = checkpoints.verify(excerpt.checkpoint, device)
    except CairnError as error:
        raise IntegrityError("custody.checkpoint-bad") from error
    try:
        leaves, entries = _entries(excerpt)
        found = proof.check(statement.size, leaves, excerpt.heads, excerpt.proof)
    except CairnError as error:
        raise IntegrityError("custody.excerpt-wrong") from error
    if found.root.hex() != statement.root:
        raise IntegrityError("custody.excerpt-wrong")
    heads = {size: Sha256(root.hex()) for size, root in found.heads.items()}
    return Shown(statement.device, statement.size, statement.root, heads, entries)


def spaced(size: int) -> list[int]:
    """The sizes below which an earlier checkpoint is looked for: `size` less 1, 2, 4, 8, …"""
    return [size - (1 << power) for power in range(MAX_EARLIER) if size > 1 << power]


def _entries(excerpt: Excerpt) -> tuple[dict[int, bytes], dict[int, Payload]]:
    if len(excerpt.lines) != len(excerpt.payloads) or list(excerpt.heads) != sorted(set(excerpt.heads)):
        raise IntegrityError("custody.excerpt-wrong")
    leaves: dict[int, bytes] = {}
    entries: dict[int, Payload] = {}
    before = 0
    for raw, (seq, salt, data) in zip(excerpt.lines, excerpt.payloads, strict=True):
        line = lines.parse(raw)
        if line.seq != seq or seq <= before or payloads.commitment(salt, data) != line.commit:
            raise IntegrityError("custody.excerpt-wrong")
        before = seq
        leaves[seq - 1] = tree.leaf_hash(raw)
        entries[seq] = payloads.parse(data)
    return leaves, entries
