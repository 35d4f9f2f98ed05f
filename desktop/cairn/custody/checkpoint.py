"""Checkpoints: signed statements of the log's size and root. See FORMAT.md, section 5.

The text follows the body of a C2SP tlog-checkpoint (origin, size, base64 root, extension lines). Beside it stand two
SSHSIGs, one by each of the device's signing keys, so that `ssh-keygen -Y verify` checks them; it is no signed note.
"""

from __future__ import annotations

import base64
import re
from typing import Protocol

import msgspec

from cairn.errors import InputError, IntegrityError
from cairn.model.ids import Fingerprint, Sha256
from cairn.model.ports import Signer

NAMESPACE = "custody@cairn"
EVERY = 100
"""Entries after which a checkpoint is due, beside those at locking and sealing."""

_ORIGIN = "cairn-custody/2"
_PREFIX = "SHA256:"
_TEXT = re.compile(
    rb"cairn-custody/2/([0-9a-f]{64})\n"
    rb"(0|[1-9][0-9]{0,11})\n"
    rb"([A-Za-z0-9+/]{43}=)\n"
    rb"at ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z) unverified\n",
    re.DOTALL,
)


class Checkpoint(msgspec.Struct, frozen=True):
    """A checkpoint as stored and as it travels: exact text and armored signatures."""

    text: bytes
    signature: bytes
    """SSHSIG by the Ed25519 key."""
    signature_pq: bytes
    """SSHSIG by the composite key of ML-DSA-44 and Ed25519."""


class Statement(msgspec.Struct, frozen=True):
    """What a checkpoint says."""

    device: Fingerprint
    """Card fingerprint of the device whose log it is."""
    size: int
    """Number of entries."""
    root: Sha256
    """Root (hex) of the tree over the first `size` lines."""
    at: str
    """UTC, RFC 3339; the device's own clock."""


class Verifier(Protocol):
    """The public keys of a device, as much as a checkpoint needs."""

    @property
    def fingerprint(self) -> Fingerprint: ...
    def verify_text(self, namespace: str, data: bytes, signature: bytes) -> None: ...
    def verify_text_pq(self, namespace: str, data: bytes, signature: bytes) -> None: ...


def serialise(statement: Statement) -> bytes:
    """The exact text to sign."""
    root = base64.b64encode(bytes.fromhex(statement.root)).decode("ascii")
    card = base64.b64decode(statement.device.removeprefix(_PREFIX) + "=", validate=True).hex()
    return (f"{_ORIGIN}/{card}\n{statement.size}\n{root}\nat {statement.at} unverified\n").encode("ascii")


def parse(text: bytes) -> Statement:
    """Read a checkpoint's text. Raises InputError `custody.checkpoint-malformed`."""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise InputError("custody.checkpoint-malformed")
    root = base64.b64decode(match[3])
    # Base64 has spare bits at the end: only the canonical spelling is accepted.
    if base64.b64encode(root) != match[3]:
        raise InputError("custody.checkpoint-malformed")
    card = base64.b64encode(bytes.fromhex(match[1].decode("ascii"))).decode("ascii").removesuffix("=")
    return Statement(Fingerprint(_PREFIX + card), int(match[2]), Sha256(root.hex()), match[4].decode("ascii"))


def sign(signer: Signer, size: int, root: Sha256, at: str) -> Checkpoint:
    """A checkpoint of a log of `size` entries whose tree has that root (hex)."""
    text = serialise(Statement(signer.fingerprint, size, root, at))
    return Checkpoint(text, signer.sign_text(NAMESPACE, text), signer.sign_text_pq(NAMESPACE, text))


def verify(item: Checkpoint, device: Verifier) -> Statement:
    """What a checkpoint says, after both its signatures were found to be this device's.

    Raises InputError `custody.checkpoint-malformed`, IntegrityError `custody.checkpoint-bad` and what the
    signatures raise.
    """
    statement = parse(item.text)
    if statement.device != device.fingerprint:
        raise IntegrityError("custody.checkpoint-bad")
    device.verify_text(NAMESPACE, item.text, item.signature)
    device.verify_text_pq(NAMESPACE, item.text, item.signature_pq)
    return statement
