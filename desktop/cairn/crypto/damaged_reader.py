"""What is left of an encrypted file that was damaged: the chunks that are authentic, and where the others are.

For sound, where ten hours must not be lost with one bad sector. Nothing that is not authentic is ever given
out: in its place stand zeros, and `damaged` tells where. Each chunk is checked by itself (AES-GCM under a
nonce of its place), so a chunk that was moved, taken from another file or left over from an earlier one is
damage as well.
"""

from __future__ import annotations

import threading
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.utils import Buffer

from cairn.crypto.cobblestone import CHUNK, HEADER, SALT, TAG, CobKeys
from cairn.crypto.streams import read_into
from cairn.errors import IntegrityError, MachineError
from cairn.model.ports import Progress, no_progress
from cairn.paths import machine_errors

_SEALED = CHUNK + TAG
_BATCH = 64
_KEPT = 32
"""Chunks that are kept decrypted: a decoder asks for neighbouring ranges again and again."""


class DamagedReader:
    """Random access to what is authentic of a Cobblestone-256 file (a `ReadableAt`), and zeros for the rest.

    `size` is the plaintext's, as it is known from elsewhere: the file may be cut short. The commitment is
    not asked for, because the key is the vault's own and was made for this file alone; a damaged salt
    leaves nothing readable. Safe to use from several threads. Raises MachineError from the disk, except for
    sectors that can't be read: these are damage. Raises IntegrityError `crypto.file-truncated` where not
    even the salt is there.
    """

    def __init__(self, file: BinaryIO, key: Buffer, context: bytes, size: int) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._cached: dict[int, bytes | None] = {}
        self.size = size
        with machine_errors():
            file.seek(0)
            salt = bytearray(SALT)
            if read_into(file, memoryview(salt)) < SALT:
                raise IntegrityError("crypto.file-truncated")
        self._keys = CobKeys(key, bytes(salt), context)

    def read_at(self, offset: int, length: int, /) -> bytes:
        """Up to `length` bytes from `offset`, fewer only at the end; zeros where they are not authentic."""
        if offset < 0 or length < 0:
            raise ValueError("negative offset or length")
        end = min(offset + length, self.size)
        if offset >= end:
            return b""
        first, last = offset // CHUNK, (end - 1) // CHUNK + 1
        whole = b"".join(self._chunk(number) or bytes(self._length(number)) for number in range(first, last))
        return whole[offset - first * CHUNK : end - first * CHUNK]

    def damaged(self, progress: Progress = no_progress) -> list[tuple[int, int]]:
        """Where bytes are not authentic: (first, after the last), in order, not touching. Reads everything.

        Progress counts bytes. Raises Cancelled.
        """
        found: list[tuple[int, int]] = []
        chunks = -(-self.size // CHUNK)
        for number in range(chunks):
            if number % _BATCH == 0:
                progress(number * CHUNK, self.size)
            if self._decrypted(number) is not None:
                continue
            start, end = number * CHUNK, number * CHUNK + self._length(number)
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        progress(self.size, self.size)
        return found

    def close(self) -> None:
        """Close the file, drop the plaintext that is cached. Idempotent."""
        self._cached.clear()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _length(self, number: int) -> int:
        return min(CHUNK, self.size - number * CHUNK)

    def _chunk(self, number: int) -> bytes | None:
        with self._lock:
            if number in self._cached:
                return self._cached[number]
        plain = self._decrypted(number)
        with self._lock:
            if len(self._cached) >= _KEPT:
                self._cached.pop(next(iter(self._cached)))
            self._cached[number] = plain
        return plain

    def _decrypted(self, number: int) -> bytes | None:
        """A chunk's plaintext; None where it is not authentic."""
        sealed = memoryview(bytearray(self._length(number) + TAG))
        try:
            with self._lock, machine_errors():
                self._file.seek(HEADER + number * _SEALED)
                count = read_into(self._file, sealed)
            if count < len(sealed):
                return None
            return self._keys.cipher.decrypt(self._keys.nonce(number), sealed, None)
        except InvalidTag:
            return None
        except MachineError as error:
            if error.code == "machine.disk-failing":
                return None
            raise
