"""SHA-256, HMAC, HKDF, comparison in constant time and random bytes, for all rooms.

On OpenSSL through `cryptography`, never `hashlib`: a frozen build leaves OpenSSL's `_hashlib` out, and
what remains is several times slower. Large updates release the interpreter lock, so that another
thread can encrypt while this one hashes.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from cryptography.hazmat.primitives import constant_time, hashes, hmac
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.utils import Buffer

from cairn.model.ids import Sha256


def sha256(data: Buffer) -> bytes:
    """The SHA-256 of `data` (FIPS 180-4), 32 bytes."""
    return _digest(hashes.SHA256(), data)


def sha256_hex(data: Buffer) -> Sha256:
    """The SHA-256 of `data` as 64 lower-case hex digits."""
    return Sha256(sha256(data).hex())


def sha512(data: Buffer) -> bytes:
    """The SHA-512 of `data` (FIPS 180-4), 64 bytes."""
    return _digest(hashes.SHA512(), data)


def shake256(data: Buffer, length: int) -> bytes:
    """`length` bytes of SHAKE256 of `data` (FIPS 202)."""
    return _digest(hashes.SHAKE256(length), data)


def named_digest(name: str, data: Buffer) -> bytes | None:
    """The digest of `data` by the algorithm of this name; None if there is none.

    For forms, which compare with what others have hashed: MD5 and SHA-1 keep no secret and prove nothing.
    """
    algorithm = _NAMED.get(name)
    return None if algorithm is None else _digest(algorithm(), data)


_NAMED: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "MD5": hashes.MD5,
    "SHA-1": hashes.SHA1,
    "SHA-256": hashes.SHA256,
    "SHA-384": hashes.SHA384,
    "SHA-512": hashes.SHA512,
}


def _digest(algorithm: hashes.HashAlgorithm, data: Buffer) -> bytes:
    state = hashes.Hash(algorithm)
    state.update(data)
    return state.finalize()


class RunningSha256:
    """A running SHA-256. `digest` may be asked at any time and does not end the run."""

    def __init__(self, data: Buffer = b"") -> None:
        self._state = hashes.Hash(hashes.SHA256())
        self._state.update(data)

    def update(self, data: Buffer) -> None:
        """Take in `data`; the interpreter lock is released for large pieces."""
        self._state.update(data)

    def digest(self) -> bytes:
        """The hash of everything taken in so far."""
        return self._state.copy().finalize()

    def hexdigest(self) -> Sha256:
        """The same as 64 lower-case hex digits."""
        return Sha256(self.digest().hex())


def hkdf_sha256(key: Buffer, *, salt: bytes, info: bytes, length: int = 32) -> bytes:
    """HKDF-SHA-256 (RFC 5869), extract and expand. An empty salt is the RFC's absent salt."""
    return HKDF(hashes.SHA256(), length, salt, info).derive(key)


def hmac_sha256(key: Buffer, data: Buffer) -> bytes:
    """HMAC-SHA-256 (RFC 2104), 32 bytes. Compare with `equal`, never with `==`."""
    state = hmac.HMAC(key, hashes.SHA256())
    state.update(data)
    return state.finalize()


def equal(a: bytes, b: bytes) -> bool:
    """Whether `a` and `b` are the same, in time that does not tell where they differ."""
    return constant_time.bytes_eq(a, b)


def random_bytes(count: int) -> bytes:
    """`count` bytes from the system's generator."""
    return os.urandom(count)
