"""Custody logs on their way: what of the own log a bundle takes along, and what was seen of other devices' logs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from cairn.custody import checkpoint as checkpoints
from cairn.custody import excerpt, walk
from cairn.custody import line as lines
from cairn.custody import payload as payloads
from cairn.custody.checkpoint import Checkpoint
from cairn.custody.excerpt import Excerpt, Shown
from cairn.errors import CairnError
from cairn.model.ids import Fingerprint, Sha256
from cairn.storage.work import Reader, Work

_MOST_FORMER = 4


class ForeignHead(msgspec.Struct, frozen=True):
    """A size and root of another device's log that a bundle has proven here."""

    size: int
    root: Sha256
    strand: int
    """Heads of one strand were shown to lie in one tree."""


def take(
    reader: Reader,
    checkpoint: Checkpoint,
    told: Sequence[tuple[int, bytes, bytes]],
    recipients: Collection[Fingerprint],
) -> Excerpt:
    """The excerpt of the own log that goes to these recipients: entries `told`, as (seq, salt, payload), up to a
    checkpoint, with proofs from what they all were sent and from earlier checkpoints. Of a restored vault also
    what it was before, and the proof from there."""
    size = checkpoints.parse(checkpoint.text).size
    restored = reader.custody.restorations()
    former = [_former_size(data) for _, _, data in restored][-_MOST_FORMER:]
    # What was sent last is what is asked for.
    sent = sent_heads(reader, recipients)[: excerpt.MAX_SENT_HEADS - len(former)]
    heads = {*former, *sent, *earlier(reader, size)}
    chosen = {entry[0]: entry for entry in (*told, *restored) if entry[0] <= size}
    return excerpt.take(reader.custody, checkpoint, list(chosen.values()), heads)


def sent_heads(reader: Reader, recipients: Collection[Fingerprint]) -> list[int]:
    """The newest sizes of the own log that *each* of these recipients was sent, the newest first.

    One bundle says the same to all who can open it. A size that only one of them knows would tell the others when
    that one was sent something, so it stays out; a recipient who misses it gets a warning, and a bundle of their own
    proves it.
    """
    wanted = sorted(set(recipients))
    marks = ", ".join("?" * len(wanted))
    rows = reader.all(
        f"SELECT custody_size FROM sent WHERE recipient IN ({marks}) GROUP BY custody_size"  # noqa: S608 - marks
        " HAVING count(DISTINCT recipient) = ? ORDER BY custody_size DESC LIMIT ?",
        (*wanted, len(wanted), excerpt.MAX_SENT_HEADS),
    )
    return [row[0] for row in rows]


def earlier(reader: Reader, size: int) -> list[int]:
    """Sizes of earlier checkpoints, spaced by powers of two; none at which anybody was sent a bundle."""
    found: set[int] = set()
    for below in excerpt.spaced(size):
        row = reader.one(
            "SELECT size FROM checkpoint WHERE size <= ?"
            " AND NOT EXISTS (SELECT 1 FROM sent WHERE custody_size = checkpoint.size)"
            " ORDER BY size DESC LIMIT 1",
            (below,),
        )
        if row is not None and row[0]:
            found.add(row[0])
    return sorted(found)


def sent_known(reader: Reader) -> list[walk.Known]:
    """Every head of the own log that left in a bundle: what others remember of it."""
    return [
        walk.Known(*row)
        for row in reader.all("SELECT DISTINCT custody_size, custody_root FROM sent ORDER BY custody_size")
    ]


def held_heads(reader: Reader, device: Fingerprint) -> list[ForeignHead]:
    """Everything that was proven here of another device's log, by size."""
    rows = reader.all("SELECT size, root, strand FROM foreign_head WHERE device = ? ORDER BY size", (device,))
    return [ForeignHead(*row) for row in rows]


def held_lines(reader: Reader, device: Fingerprint, numbers: Iterable[int]) -> dict[int, bytes]:
    """Those of these lines of another device's log that are here."""
    found: dict[int, bytes] = {}
    for seq in numbers:
        row = reader.one("SELECT line FROM foreign_line WHERE device = ? AND seq = ?", (device, seq))
        if row is not None:
            found[seq] = row[0]
    return found


def numbered(given: Excerpt) -> dict[int, bytes]:
    """The lines of an excerpt by their numbers. Raises InputError `custody.line-malformed`."""
    return {lines.parse(raw).seq: raw for raw in given.lines}


def keep(work: Work, given: Excerpt, shown: Shown, joined: Collection[int]) -> None:
    """Keep what a bundle showed of another device's log: each proven size with its root, lines, payloads, and the
    signed checkpoint. It was verified, and contradicts nothing that is here. `joined` are the strands that its tree
    goes on from: they become one with it. What was erased here does not come back in a payload.
    """
    device = shown.device
    held = held_heads(work, device)
    strand = min(joined, default=1 + max((head.strand for head in held), default=0))
    for other in joined:
        work.run(
            "UPDATE foreign_head SET strand = ? WHERE device = ? AND strand = ?", (strand, device, other)
        )
    here = {head.size for head in held}
    proven: Mapping[int, Sha256] = {**shown.heads, shown.size: shown.root}
    for size, root in proven.items():
        if size not in here:
            work.run("INSERT INTO foreign_head VALUES (?, ?, ?, ?)", (device, size, root, strand))
    signed = given.checkpoint
    work.run(
        "INSERT OR IGNORE INTO foreign_checkpoint VALUES (?, ?, ?, ?, ?)",
        (device, shown.size, signed.text, signed.signature, signed.signature_pq),
    )
    for seq, raw in numbered(given).items():
        work.run("INSERT OR IGNORE INTO foreign_line VALUES (?, ?, ?)", (device, seq, raw))
    for seq, salt, data in given.payloads:
        try:
            content = payloads.parse(data)
        except CairnError:
            continue
        erased = work.one(
            "SELECT 1 FROM tombstone WHERE record = ? OR record = ?", (content.obj, content.root)
        )
        if erased is None:
            work.run(
                "INSERT OR IGNORE INTO foreign_payload VALUES (?, ?, ?, ?, ?, ?)",
                (device, seq, salt, data, content.obj, content.root),
            )


def _former_size(data: bytes) -> int:
    found = payloads.parse(data).detail.get("former_size")
    return found if isinstance(found, int) else 0
