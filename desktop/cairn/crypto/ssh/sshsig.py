"""SSHSIG (OpenSSH PROTOCOL.sshsig): detached, armored signatures in a namespace.

The namespace keeps a signature made for one purpose from being shown for another. The signed bytes are
`"SSHSIG" ‖ namespace ‖ reserved ‖ hash name ‖ hash(data)`, each after the magic as an SSH string.
"""

from __future__ import annotations

import base64

import msgspec

from cairn.crypto.hashes import sha512
from cairn.crypto.ssh.keys import SigningKey, VerifyingKey, parse_public_line, public_from_blob
from cairn.crypto.ssh.wire import Reader, decode_base64, string
from cairn.errors import IntegrityError

_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4, "big")
_BEGIN = "-----BEGIN SSH SIGNATURE-----\n"
_END = "-----END SSH SIGNATURE-----\n"
_COLUMNS = 70
MAX_SIZE = 16 * 1024
_HASH = b"sha512"
"""What our formats say, and what `ssh-keygen -Y sign` does; a signature over another hash is none of theirs."""


class Signature(msgspec.Struct, frozen=True):
    """A parsed signature. `serialise` gives back exactly the bytes it was parsed from."""

    key_blob: bytes
    namespace: bytes
    hash_name: bytes
    algorithm: bytes
    raw: bytes


def sign(namespace: str, data: bytes, key: SigningKey) -> bytes:
    """An armored signature of `key` over `data` in `namespace` (not empty), ending in a line feed."""
    if not namespace:
        raise ValueError("a signature needs a namespace")
    name = namespace.encode("utf-8")
    raw = key.sign_raw(_covered(name, b"sha512", sha512(data)))
    algorithm = key.public.algorithm.encode("ascii")
    return serialise(Signature(key.public.blob, name, b"sha512", algorithm, raw))


def verify(namespace: str, data: bytes, signature: bytes, public_line: str) -> None:
    """Return only if `signature` is one by the key of `public_line` over `data` in `namespace`.

    Raises IntegrityError `crypto.signature-bad` for everything else, also for a malformed signature;
    InputError `crypto.key-malformed` when `public_line` is no key.
    """
    key = parse_public_line(public_line)
    parsed = parse(signature)
    if parsed.key_blob != key.blob or not namespace or parsed.namespace != namespace.encode("utf-8"):
        raise IntegrityError("crypto.signature-bad")
    digest = sha512(data)
    key.verify_raw(parsed.raw, _covered(parsed.namespace, parsed.hash_name, digest))


def signer(signature: bytes) -> VerifyingKey:
    """The key that a signature claims to be by. Nothing is verified. Raises IntegrityError."""
    return public_from_blob(parse(signature).key_blob)


def _covered(namespace: bytes, hash_name: bytes, digest: bytes) -> bytes:
    return _MAGIC + string(namespace) + string(b"") + string(hash_name) + string(digest)


def serialise(signature: Signature) -> bytes:
    """The armored form."""
    blob = (
        _MAGIC
        + _VERSION
        + string(signature.key_blob)
        + string(signature.namespace)
        + string(b"")
        + string(signature.hash_name)
        + string(string(signature.algorithm) + string(signature.raw))
    )
    text = base64.b64encode(blob).decode("ascii")
    lines = [text[place : place + _COLUMNS] + "\n" for place in range(0, len(text), _COLUMNS)]
    return (_BEGIN + "".join(lines) + _END).encode("ascii")


def parse(signature: bytes) -> Signature:
    """Take an armored signature apart. Strict: only the one canonical form of each signature is accepted.

    Raises IntegrityError `crypto.signature-bad`.
    """
    try:
        parsed = _parse(signature)
        canonical = serialise(parsed)
    except ValueError:
        raise IntegrityError("crypto.signature-bad") from None
    if canonical != signature:
        raise IntegrityError("crypto.signature-bad")
    return parsed


def _parse(signature: bytes) -> Signature:
    if len(signature) > MAX_SIZE:
        raise ValueError("size")
    text = signature.decode("ascii")
    if not text.startswith(_BEGIN) or not text.endswith(_END):
        raise ValueError("armor")
    reader = Reader(decode_base64(text[len(_BEGIN) : -len(_END)].replace("\n", "")))
    if reader.fixed(len(_MAGIC)) != _MAGIC or reader.fixed(4) != _VERSION:
        raise ValueError("magic or version")
    key_blob, namespace, reserved, hash_name = (reader.string() for _ in range(4))
    inner = Reader(reader.string())
    reader.end()
    algorithm, raw = inner.string(), inner.string()
    inner.end()
    # OpenSSH requires the reserved field to be understood or ignored; nothing is defined, so it is empty.
    if reserved or hash_name != _HASH or not namespace:
        raise ValueError("fields")
    if public_from_blob(key_blob).algorithm.encode("ascii") != algorithm:
        raise ValueError("algorithm")
    return Signature(key_blob, namespace, hash_name, algorithm, raw)
