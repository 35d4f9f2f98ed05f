"""Checkpoints: signed statements of the log's size and head. See FORMAT.md, section 4.

The text follows the C2SP tlog-checkpoint body (origin, size, base64 hash, extension lines); the
signature is an SSHSIG, so that `ssh-keygen -Y verify` checks it.
"""

from __future__ import annotations

import base64
import binascii
import re

import msgspec

from cairn.errors import InputError
from cairn.model.ports import Signer

NAMESPACE = "custody@cairn"
EVERY = 100
"""Entries after which a checkpoint is due, beside those at locking and export."""

_ORIGIN = "cairn-custody/1"
_TEXT = re.compile(
    rb"cairn-custody/1 (SHA256:[A-Za-z0-9+/]{43})\n"
    rb"(0|[1-9][0-9]{0,11})\n"
    rb"([A-Za-z0-9+/]{43}=)\n"
    rb"at ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z) unverified\n",
    re.DOTALL,
)


class Checkpoint(msgspec.Struct, frozen=True):
    """A checkpoint as stored and as it travels: exact text and armored signature."""

    text: bytes
    signature: bytes


class Statement(msgspec.Struct, frozen=True):
    """What a checkpoint says."""

    device: str
    """Card fingerprint of the device whose log it is."""
    size: int
    """Number of entries."""
    head: str
    """SHA-256 (hex) of line number `size`; 64 zeros for an empty log."""
    at: str
    """UTC, RFC 3339; the device's own clock."""


def serialise(statement: Statement) -> bytes:
    """The exact text to sign."""
    head = base64.b64encode(bytes.fromhex(statement.head)).decode("ascii")
    return (f"{_ORIGIN} {statement.device}\n{statement.size}\n{head}\nat {statement.at} unverified\n").encode(
        "ascii"
    )


def parse(text: bytes) -> Statement:
    """Read a checkpoint's text. Raises InputError `custody.checkpoint-malformed`."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise InputError("custody.checkpoint-malformed")
    try:
        head = base64.b64decode(match[3], validate=True)
    except binascii.Error as error:
        raise InputError("custody.checkpoint-malformed") from error
    # Base64 has spare bits at the end: only the canonical spelling is accepted.
    if base64.b64encode(head) != match[3]:
        raise InputError("custody.checkpoint-malformed")
    return Statement(match[1].decode("ascii"), int(match[2]), head.hex(), match[4].decode("ascii"))


def sign(signer: Signer, size: int, head: str, at: str) -> Checkpoint:
    """A checkpoint of a log of `size` entries that ends in the line named `head`."""
    text = serialise(Statement(signer.fingerprint, size, head, at))
    return Checkpoint(text, signer.sign_text(NAMESPACE, text))
