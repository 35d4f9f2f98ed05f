"""The files of `data/custody/`: an excerpt of the sender's custody log, written and read. FORMAT.md, section 6."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

import msgspec

from cairn.bundle import bag, records
from cairn.bundle.records import Lines
from cairn.crypto.ssh.wire import decode_base64
from cairn.custody.checkpoint import Checkpoint
from cairn.custody.excerpt import Excerpt
from cairn.errors import InputError
from cairn.model import limits

_HEAD = re.compile(rb"[1-9][0-9]{0,11}")
_SALT = re.compile(r"[0-9a-f]{64}")


class CustodyPayload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an entry of the custody log commits to."""

    seq: int
    salt: str
    """32 bytes in hex."""
    payload: str
    """Base64 of the exact bytes."""

    def open(self) -> tuple[int, bytes, bytes]:
        """(seq, salt, payload) as bytes. Raises InputError `bundle.malformed`, also for another way to write them."""
        if not _SALT.fullmatch(self.salt):
            raise InputError("bundle.malformed")
        try:
            found = self.seq, bytes.fromhex(self.salt), decode_base64(self.payload)
        except ValueError as error:
            raise InputError("bundle.malformed") from error
        limits.CUSTODY_PAYLOAD.require(len(found[2]))
        return found


def write(excerpt: Excerpt) -> list[tuple[str, bytes]]:
    """(name, content) of each file, in their order. Raises InputError `bundle.too-big`."""
    files = [
        (bag.LINES, b"".join(line + b"\n" for line in excerpt.lines)),
        (bag.PAYLOADS, write_payloads(excerpt.payloads)),
        (bag.HEADS, b"".join(b"%d\n" % head for head in excerpt.heads)),
        (bag.PROOF, excerpt.proof),
        (bag.CHECKPOINT, excerpt.checkpoint.text),
        (bag.CHECKPOINT_SIGNATURE, excerpt.checkpoint.signature),
        (bag.CHECKPOINT_SIGNATURE_PQ, excerpt.checkpoint.signature_pq),
    ]
    for name, data in files:
        _LIMITS[name].require(len(data))
    return files


class Collected:
    """The files as they come, until the excerpt is whole."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._payloads: list[tuple[int, bytes, bytes]] = []
        self._heads: list[int] = []
        self._small: dict[str, bytes] = {}

    def take(self, file: Lines, name: str) -> bool:
        """Read a file; False when it is none of these. Raises InputError `bundle.malformed`, `bundle.too-big`, and
        what reading the file raises."""
        if name not in _LIMITS:
            return False
        if name == bag.LINES:
            self._lines = list(records.lines_of(file, limits.CUSTODY_LINES))
        elif name == bag.PAYLOADS:
            self._payloads = read_payloads(file)
        elif name == bag.HEADS:
            self._heads = [_head(line) for line in records.lines_of(file, limits.CHECKPOINT)]
            limits.CUSTODY_HEADS.require(len(self._heads))
        else:
            _LIMITS[name].require(file.size)
            self._small[name] = b"".join(bytes(chunk) for chunk in file.chunks())
        return True

    def excerpt(self) -> Excerpt:
        """All of it, not yet checked against itself. Raises InputError `bundle.malformed` when a file is missing."""
        try:
            signed = Checkpoint(
                self._small[bag.CHECKPOINT],
                self._small[bag.CHECKPOINT_SIGNATURE],
                self._small[bag.CHECKPOINT_SIGNATURE_PQ],
            )
            return Excerpt(signed, self._lines, self._payloads, self._heads, self._small[bag.PROOF])
        except KeyError as error:
            raise InputError("bundle.malformed") from error


_LIMITS = {
    bag.LINES: limits.CUSTODY_LINES,
    bag.PAYLOADS: limits.CUSTODY_PAYLOADS,
    bag.HEADS: limits.CHECKPOINT,
    bag.PROOF: limits.CUSTODY_PROOF,
    bag.CHECKPOINT: limits.CHECKPOINT,
    bag.CHECKPOINT_SIGNATURE: limits.CHECKPOINT,
    bag.CHECKPOINT_SIGNATURE_PQ: limits.CHECKPOINT,
}


def write_payloads(payloads: Sequence[tuple[int, bytes, bytes]]) -> bytes:
    """`payloads.jsonl` from (seq, salt, payload)."""
    return b"".join(
        msgspec.json.encode(CustodyPayload(seq, salt.hex(), base64.b64encode(payload).decode("ascii")))
        + b"\n"
        for seq, salt, payload in payloads
    )


def read_payloads(file: Lines) -> list[tuple[int, bytes, bytes]]:
    """(seq, salt, payload) of each line, in rising order. Raises InputError `bundle.malformed`, `bundle.too-big`."""
    found: list[tuple[int, bytes, bytes]] = []
    for line in records.lines_of(file, limits.CUSTODY_PAYLOADS):
        payload = records.parse_line(line, CustodyPayload).open()
        # One order of the same lines: else a signature would hold for many files.
        if found and payload[0] <= found[-1][0]:
            raise InputError("bundle.malformed")
        found.append(payload)
    return found


def _head(line: bytes) -> int:
    if not _HEAD.fullmatch(line):
        raise InputError("bundle.malformed")
    return int(line)
