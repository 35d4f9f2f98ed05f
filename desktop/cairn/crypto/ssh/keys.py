"""SSH keys that sign: `ssh-ed25519` (RFC 8709) and `ssh-mldsa44-ed25519` (OpenSSH 10.6).

The composite signs with both algorithms (draft-ietf-lamps-pq-composite-sigs, label
`COMPSIG-MLDSA44-Ed25519-SHA512`): a forger needs to break both. Its public key is the ML-DSA key (1,312
bytes) and the Ed25519 key (32) one after the other, its signature likewise (2,420 and 64). An Ed25519 key
inside a composite is never used alone, else a signature could be cut out of one and put into the other.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from cairn.crypto.hashes import sha256, sha512
from cairn.crypto.ssh.wire import Reader, decode_base64, string
from cairn.errors import InputError, IntegrityError
from cairn.model.ids import Fingerprint

ED25519 = "ssh-ed25519"
COMPOSITE = "ssh-mldsa44-ed25519"
_ED_SIZE, _ED_SIGNATURE = 32, 64
_ML_SIZE, _ML_SIGNATURE = 1312, 2420
_LABEL = b"COMPSIG-MLDSA44-Ed25519-SHA512"
_PRINCIPAL = re.compile(r"[A-Za-z0-9_.@+-]+")
_NAMESPACE = re.compile(r"[A-Za-z0-9_.@+-]+")
_DATE = re.compile(r"[0-9]{8}")


def _composite_message(message: bytes) -> bytes:
    """What both halves of a composite sign: prefix, label, an empty context and the message's SHA-512."""
    return b"CompositeAlgorithmSignatures2025" + _LABEL + b"\0" + sha512(message)


class VerifyingKey(Protocol):
    """A public key. `line` is its canonical text form without a comment: `type base64`."""

    @property
    def algorithm(self) -> str: ...
    @property
    def blob(self) -> bytes: ...
    @property
    def line(self) -> str: ...
    def verify_raw(self, signature: bytes, message: bytes) -> None:
        """Raises IntegrityError `crypto.signature-bad`."""
        ...


class SigningKey(Protocol):
    """A private key."""

    @property
    def public(self) -> VerifyingKey: ...
    def sign_raw(self, message: bytes) -> bytes:
        """The signature bytes, without SSH's wrapping."""
        ...


class _PublicKey:
    def __init__(self, algorithm: str, raw: bytes) -> None:
        self.algorithm = algorithm
        self.blob = string(algorithm.encode("ascii")) + string(raw)

    @property
    def line(self) -> str:
        return f"{self.algorithm} {base64.b64encode(self.blob).decode('ascii')}"


class Ed25519Public(_PublicKey):
    """The public half of an Ed25519 key."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(ED25519, raw)
        self._key = Ed25519PublicKey.from_public_bytes(raw)

    def verify_raw(self, signature: bytes, message: bytes) -> None:
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            raise IntegrityError("crypto.signature-bad") from None


class CompositePublic(_PublicKey):
    """The public half of a composite key."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(COMPOSITE, raw)
        if len(raw) != _ML_SIZE + _ED_SIZE:
            raise ValueError("length")
        self._ml = MLDSA44PublicKey.from_public_bytes(raw[:_ML_SIZE])
        self._ed = Ed25519PublicKey.from_public_bytes(raw[_ML_SIZE:])

    def verify_raw(self, signature: bytes, message: bytes) -> None:
        if len(signature) != _ML_SIGNATURE + _ED_SIGNATURE:
            raise IntegrityError("crypto.signature-bad")
        covered = _composite_message(message)
        try:
            self._ml.verify(signature[:_ML_SIGNATURE], covered, _LABEL)
            self._ed.verify(signature[_ML_SIGNATURE:], covered)
        except InvalidSignature:
            raise IntegrityError("crypto.signature-bad") from None


class Ed25519Key:
    """An Ed25519 signing key, made from its 32-byte seed."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = Ed25519Public(self._key.public_key().public_bytes_raw())

    def sign_raw(self, message: bytes) -> bytes:
        return self._key.sign(message)


class CompositeKey:
    """A composite signing key, made from the 32-byte seeds of its two halves."""

    def __init__(self, *, ml_seed: bytes, ed_seed: bytes) -> None:
        self._ml = MLDSA44PrivateKey.from_seed_bytes(ml_seed)
        self._ed = Ed25519PrivateKey.from_private_bytes(ed_seed)
        self.public = CompositePublic(
            self._ml.public_key().public_bytes_raw() + self._ed.public_key().public_bytes_raw()
        )

    def sign_raw(self, message: bytes) -> bytes:
        covered = _composite_message(message)
        return self._ml.sign(covered, _LABEL) + self._ed.sign(covered)


def public_from_blob(blob: bytes) -> VerifyingKey:
    """The key of an SSH public key blob. Raises ValueError."""
    reader = Reader(blob)
    algorithm, raw = reader.string(), reader.string()
    reader.end()
    if algorithm == ED25519.encode():
        return Ed25519Public(raw)
    if algorithm == COMPOSITE.encode():
        return CompositePublic(raw)
    raise ValueError("algorithm")


def parse_public_line(line: str) -> VerifyingKey:
    """The key of a line `type base64 [comment]`. Raises InputError `crypto.key-malformed`."""
    parts = line.split(" ", 2)
    try:
        if len(parts) < 2 or not line.isprintable():
            raise ValueError("parts")
        key = public_from_blob(decode_base64(parts[1]))
        if key.algorithm != parts[0]:
            raise ValueError("algorithm")
    except ValueError:
        raise InputError("crypto.key-malformed") from None
    return key


def fingerprint(key: VerifyingKey) -> Fingerprint:
    """OpenSSH's fingerprint of a key: `SHA256:` and 43 characters of base64."""
    return Fingerprint("SHA256:" + base64.b64encode(sha256(key.blob)).decode("ascii").removesuffix("="))


def allowed_signers_line(
    principal: str, namespaces: Sequence[str], public_line: str, *, valid_after: str = ""
) -> str:
    """One line for `ssh-keygen -Y verify -f`, ending in a line feed. `valid_after` is `YYYYMMDD`.

    Raises InputError `crypto.key-malformed`; names that would change the meaning of the line are a
    ValueError.
    """
    key = parse_public_line(public_line)
    if not _PRINCIPAL.fullmatch(principal) or not namespaces:
        raise ValueError("principal or namespaces")
    if not all(_NAMESPACE.fullmatch(name) for name in namespaces):
        raise ValueError("namespace")
    options = f'namespaces="{",".join(namespaces)}"'
    if valid_after:
        if not _DATE.fullmatch(valid_after):
            raise ValueError("valid_after")
        options += f',valid-after="{valid_after}"'
    return f"{principal} {options} {key.line}\n"
