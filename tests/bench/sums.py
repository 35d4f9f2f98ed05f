"""The least that sealing and taking in can cost: each step alone, by the same libraries, on the same bytes.

A gibibyte on its way through the vault is read, decrypted, encrypted, hashed and written, and nothing can be left out
of that. Whatever Cairn takes beyond this sum of processor time is its own: copies, waiting, Python.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

PIECE = 1024 * 1024
VAULT_CHUNK, BUNDLE_CHUNK = 16 * 1024, 64 * 1024
"""Of Cobblestone-256 and of age: what each call of a cipher gets."""
TAG = 16


def sum_of(source: Path, target: Path, direction: str) -> dict[str, float]:
    """Seconds of processor time of each step for all bytes of `source`, written to `target`.

    `direction` is `seal` (out of the vault, into a bundle) or `take-in` (the other way).
    """
    spent = {"read": 0.0, "decrypt": 0.0, "encrypt": 0.0, "hash": 0.0, "write": 0.0}
    aes, chacha = AESGCM(bytes(32)), ChaCha20Poly1305(bytes(32))
    out_of, into = (aes, chacha) if direction == "seal" else (chacha, aes)
    chunk, other = (VAULT_CHUNK, BUNDLE_CHUNK) if direction == "seal" else (BUNDLE_CHUNK, VAULT_CHUNK)
    nonce = bytes(12)
    plain = memoryview(bytearray(PIECE))
    opened = memoryview(bytearray(PIECE))
    sealed = memoryview(bytearray(PIECE + PIECE // chunk * TAG))
    again = memoryview(bytearray(PIECE + PIECE // other * TAG))
    state = hashes.Hash(hashes.SHA256())
    # Decrypting takes the same time whatever the bytes are: the first piece is decrypted each time.
    _each(sealed, plain, chunk, lambda to, of: out_of.encrypt_into(nonce, of, None, to))

    def timed(what: str, step: Callable[[], object]) -> object:
        start = time.process_time()
        found = step()
        spent[what] += time.process_time() - start
        return found

    with source.open("rb", buffering=0) as file, target.open("wb", buffering=0) as out:
        while timed("read", lambda: file.readinto(plain)):
            timed(
                "decrypt",
                lambda: _each(sealed, opened, chunk, lambda of, to: out_of.decrypt_into(nonce, of, None, to)),
            )
            timed(
                "encrypt",
                lambda: _each(again, plain, other, lambda to, of: into.encrypt_into(nonce, of, None, to)),
            )
            timed("hash", lambda: state.update(plain))
            timed("write", lambda: out.write(again))
        os.fsync(out.fileno())
    target.unlink()
    return spent


def _each(
    sealed: memoryview, plain: memoryview, chunk: int, step: Callable[[memoryview, memoryview], object]
) -> None:
    for number in range(len(plain) // chunk):
        start = number * (chunk + TAG)
        step(sealed[start : start + chunk + TAG], plain[number * chunk : (number + 1) * chunk])
