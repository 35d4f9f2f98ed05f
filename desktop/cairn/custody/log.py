"""Writing to the log."""

from __future__ import annotations

from typing import Any

import msgspec

from cairn.crypto.hashes import random_bytes
from cairn.custody import line as lines
from cairn.custody import payload as payloads
from cairn.custody.line import Line
from cairn.custody.payload import Payload
from cairn.model.ports import CustodyRows


class Entry(msgspec.Struct, frozen=True):
    """A written entry. After it, the log's size is `seq` and its head is `hash`."""

    seq: int
    line: bytes
    hash: str


def entry(prev: str, seq: int, payload: bytes, salt: bytes) -> bytes:
    """The exact line number `seq` that follows the line named `prev` and commits to `payload`."""
    return lines.serialise(Line(seq, prev, payloads.commitment(salt, payload)))


def append(
    rows: CustodyRows,
    *,
    act: str,
    obj: str,
    interview: str,
    detail: dict[str, Any],
    device: str,
    author: str,
    at: str,
) -> Entry:
    """Write the next entry inside the caller's transaction: it stands or falls with what it tells of."""
    last = rows.last()
    seq, prev = (1, lines.FIRST_PREV) if last is None else (last[0] + 1, last[1])
    payload = payloads.serialise(
        Payload(act=act, obj=obj, interview=interview, at=at, device=device, author=author, detail=detail)
    )
    salt = random_bytes(payloads.SALT_BYTES)
    line = entry(prev, seq, payload, salt)
    rows.append(seq, line, salt, payload)
    return Entry(seq, line, lines.line_hash(line))
