"""Small secrets under a key: the key slots of a vault, and whatever else fits in memory.

ChaCha20-Poly1305 (RFC 8439) with a random 96-bit nonce. Keys that wrap few things only: the chance
that two of n nonces are the same is about n²/2⁹⁷.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.utils import Buffer

from cairn.crypto.hashes import random_bytes
from cairn.errors import IntegrityError

NONCE_SIZE = 12
TAG_SIZE = 16


def seal_small(key: Buffer, plaintext: Buffer, aad: bytes) -> tuple[bytes, bytes]:
    """Encrypt `plaintext` under the 32-byte `key`, bound to `aad`. Returns (nonce, ciphertext with tag)."""
    nonce = random_bytes(NONCE_SIZE)
    return nonce, ChaCha20Poly1305(key).encrypt(nonce, plaintext, aad)


def open_small(key: Buffer, nonce: bytes, ciphertext: Buffer, aad: bytes) -> bytes:
    """The plaintext of `seal_small`.

    Raises IntegrityError `crypto.not-authentic` when key, nonce, ciphertext or `aad` is not the one
    it was sealed with. One error for all: which of them was wrong would help only an attacker.
    """
    # What is shorter than its tag is not authentic to the library; another nonce would be a ValueError.
    if len(nonce) != NONCE_SIZE:
        raise IntegrityError("crypto.not-authentic")
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, ciphertext, aad)
    except InvalidTag:
        raise IntegrityError("crypto.not-authentic") from None
