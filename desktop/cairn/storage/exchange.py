"""The ledger of exchange: bundles that were sent and taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from cairn.model import clock
from cairn.model.ids import Fingerprint, RootId, Sha256
from cairn.storage.projections import interview_rows
from cairn.storage.work import Reader, Work


class Sent(msgspec.Struct, frozen=True):
    """A bundle sealed to one recipient."""

    bundle_id: str
    recipient: Fingerprint
    """Card fingerprint."""
    seq: int
    """Counts from 1 for each recipient."""
    tagmanifest: str
    """SHA-256 (hex) of the signed tag manifest."""
    file_sha256: Sha256
    size: int
    created: str
    custody_size: int
    """What the bundle said of this vault's custody log: its size,"""
    custody_root: Sha256
    """and the root of its tree."""


class Received(msgspec.Struct, frozen=True):
    """A bundle that was taken in."""

    bundle_id: str
    sender: Fingerprint
    seq: int
    prev: str
    """SHA-256 of the tag manifest of the bundle before, as the sender named it; may be empty."""
    tagmanifest: str
    created: str
    taken_in: str
    custody_size: int
    custody_root: Sha256
    roots: list[RootId]


_SENT = "SELECT bundle, recipient, seq, tagmanifest, file_sha256, size, created, custody_size, custody_root FROM sent"
_RECEIVED = (
    "SELECT bundle, sender, seq, prev, tagmanifest, created, taken_in, custody_size, custody_root, roots"
    " FROM received"
)


def next_number(reader: Reader, recipient: str) -> tuple[int, str]:
    """(sequence number, tag manifest of the bundle before or "") of the next bundle to a recipient."""
    row = reader.one(
        "SELECT seq, tagmanifest FROM sent WHERE recipient = ? ORDER BY seq DESC LIMIT 1", (recipient,)
    )
    return (1, "") if row is None else (row[0] + 1, row[1])


def add_sent(
    work: Work,
    bundle_id: str,
    recipients: Mapping[Fingerprint, int],
    *,
    tagmanifest: str,
    file_sha256: str,
    size: int,
    created: str,
    custody: tuple[int, str],
    roots: Sequence[RootId],
) -> None:
    """Note a sealed bundle; `recipients` maps each fingerprint to its sequence number, `custody` is the size and
    root of the custody log that it carries. Logs `bundle.seal`."""
    for recipient, seq in recipients.items():
        work.run(
            "INSERT INTO sent VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (bundle_id, recipient, seq, tagmanifest, file_sha256, size, created, *custody),
        )
    for root in dict.fromkeys(roots):
        work.run("INSERT INTO sent_root VALUES (?, ?)", (bundle_id, root))
        interview_rows.refresh(work, root)
    work.log(
        "bundle.seal",
        obj=bundle_id,
        detail={
            "recipients": sorted(recipients),
            "tagmanifest": tagmanifest,
            "sha256": file_sha256,
            "roots": list(roots),
        },
    )


def sent(reader: Reader) -> list[Sent]:
    """Every sealed bundle, newest first; one row for each recipient."""
    return [Sent(*row) for row in reader.all(_SENT + " ORDER BY created DESC, bundle, recipient")]


def sent_roots(reader: Reader, bundle_id: str) -> list[RootId]:
    """Ids of the interviews and other roots in a sealed bundle."""
    rows = reader.all("SELECT root FROM sent_root WHERE bundle = ? ORDER BY root", (bundle_id,))
    return [row[0] for row in rows]


def add_received(work: Work, entry: Received) -> None:
    """Note a bundle that was taken in. Logs `bundle.take-in`. A bundle is noted once."""
    if received(work, entry.bundle_id, entry.sender) is not None:
        return
    work.run(
        "INSERT INTO received VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.bundle_id,
            entry.sender,
            entry.seq,
            entry.prev,
            entry.tagmanifest,
            entry.created,
            entry.taken_in or clock.now(),
            entry.custody_size,
            entry.custody_root,
            msgspec.json.encode(entry.roots).decode(),
        ),
    )
    work.log(
        "bundle.take-in",
        obj=entry.bundle_id,
        detail={
            "sender": entry.sender,
            "seq": entry.seq,
            "tagmanifest": entry.tagmanifest,
            "custody_size": entry.custody_size,
            "custody_root": entry.custody_root,
            "roots": entry.roots,
        },
    )


def received(reader: Reader, bundle_id: str, sender: str) -> Received | None:
    """A bundle of this sender that was taken in, or None. Ids are chosen by the sender: both name it."""
    row = reader.one(_RECEIVED + " WHERE bundle = ? AND sender = ?", (bundle_id, sender))
    return None if row is None else _received(row)


def all_received(reader: Reader, sender: str | None = None) -> list[Received]:
    """Every bundle that was taken in, newest first; of one sender when given."""
    if sender is None:
        rows = reader.all(_RECEIVED + " ORDER BY taken_in DESC, bundle")
    else:
        rows = reader.all(_RECEIVED + " WHERE sender = ? ORDER BY seq DESC", (sender,))
    return [_received(row) for row in rows]


def last_received(reader: Reader, sender: str) -> Received | None:
    """The bundle with the highest sequence number from a sender, or None."""
    rows = all_received(reader, sender)
    return rows[0] if rows else None


def _received(row: tuple[Any, ...]) -> Received:
    values: list[Any] = [*row[:9], msgspec.json.decode(row[9], type=list[RootId])]
    return Received(*values)
