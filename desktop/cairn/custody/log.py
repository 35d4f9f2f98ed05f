"""Writing to the log."""

from __future__ import annotations

from typing import Any

import msgspec

from cairn.crypto.hashes import random_bytes
from cairn.custody import line as lines
from cairn.custody import payload as payloads
from cairn.custody import tree
from cairn.custody.line import Line
from cairn.custody.payload import Payload
from cairn.model.ids import Fingerprint, RootId
from cairn.model.ports import CustodyRows


class Entry(msgspec.Struct, frozen=True):
    """A written entry. After it, the log's size is `seq`."""

    seq: int
    line: bytes


def entry(seq: int, payload: bytes, salt: bytes) -> bytes:
    """The exact line number `seq` that commits to `payload`."""
    return lines.serialise(Line(seq, payloads.commitment(salt, payload)))


def append(
    rows: CustodyRows,
    *,
    act: str,
    obj: str,
    root: RootId,
    detail: dict[str, Any],
    device: Fingerprint,
    author: str,
    at: str,
) -> Entry:
    """Write the next entry inside the caller's transaction: it stands or falls with what it tells of.

    The nodes of the tree that its line completes are written with it.
    """
    size = rows.size()
    payload = payloads.serialise(
        Payload(act=act, obj=obj, root=root, at=at, device=device, author=author, detail=detail)
    )
    salt = random_bytes(payloads.SALT_BYTES)
    line = entry(size + 1, payload, salt)
    rows.append(size + 1, line, salt, payload, tree.completed(size, tree.leaf_hash(line), rows.node))
    return Entry(size + 1, line)
