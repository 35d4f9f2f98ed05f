"""Encrypted files that can be read from any place: Cobblestone-256 (c2sp.org/chunked-encryption@v1).

A file is `salt(24) ‖ commitment(32) ‖ chunks`. Each chunk is 16 KiB of plaintext under AES-256-GCM and a
16-byte tag; the last one is always shorter, maybe empty, which is what reveals a file cut short. Key, base
nonce and commitment are HKDF-Expand-SHA-512 of the object's 32-byte key over salt and context. The nonce
of chunk i is the base nonce XOR i. The commitment makes it infeasible to craft a file that opens under two
keys.

Written on AESGCM itself: unlike the library's own Cobblestone class it reads any chunk alone, and it
releases the interpreter lock. Tests hold the two against each other.
"""

from __future__ import annotations

import os
import threading
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.utils import Buffer

from cairn.crypto.hashes import equal, random_bytes
from cairn.crypto.streams import Sink, read_into, write_all
from cairn.errors import InputError, IntegrityError
from cairn.paths import machine_errors

CHUNK = 16 * 1024
TAG = 16
SALT = 24
HEADER = SALT + 32
MAX_CHUNKS = 1 << 38
_SEALED = CHUNK + TAG
# 1 MiB a batch: long enough that Python's share of the time is small, short enough for a progress bar.
_BATCH = 64


class CobKeys:
    """What key, salt and context give: cipher, base nonce, commitment. For this room's readers and writers."""

    def __init__(self, key: Buffer, salt: bytes, context: bytes) -> None:
        if len(memoryview(key)) != 32:
            raise ValueError("a Cobblestone-256 key has 32 bytes")
        info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + salt + context
        material = HKDFExpand(hashes.SHA512(), 32 + 12 + 32, info).derive(key)
        self.cipher = AESGCM(material[:32])
        self._base = int.from_bytes(material[32:44], "big")
        self.commitment = material[44:]

    @property
    def base_nonce(self) -> int:
        """As a number: the nonce of chunk i is this XOR i, 12 bytes big-endian, for i below `MAX_CHUNKS`."""
        return self._base

    def nonce(self, chunk: int) -> bytes:
        """The nonce of a chunk. Raises InputError `crypto.file-too-big`."""
        if chunk >= MAX_CHUNKS:
            raise InputError("crypto.file-too-big")
        return (self._base ^ chunk).to_bytes(12, "big")


class CobWriter:
    """Encrypts what is written to it into `out`; a BinaryIO-like sink that is not closed here.

    Nothing of the file can be trusted before `finish` has returned: without its last chunk it reads as
    cut short. Raises MachineError when the disk refuses.
    """

    def __init__(self, out: Sink, key: Buffer, context: bytes) -> None:
        self._out = out
        salt = random_bytes(SALT)
        self._keys = CobKeys(key, salt, context)
        self._chunk = 0
        self._held = memoryview(bytearray(CHUNK))
        self._filled = 0
        self._sealed = memoryview(bytearray(_BATCH * _SEALED))
        # Where each whole chunk of a batch is encrypted to: cut once, and not for each of a million chunks.
        self._places = [
            self._sealed[start : start + _SEALED] for start in range(0, len(self._sealed), _SEALED)
        ]
        self._waiting = 0
        self._finished = False
        self.size = 0
        """Plaintext bytes taken in so far."""
        write_all(out, salt + self._keys.commitment)

    def write(self, data: Buffer) -> int:
        """Take in `data`, whole. Returns its length in bytes."""
        if self._finished:
            raise ValueError("finished")
        view = memoryview(data).cast("B")
        taken = len(view)
        place = 0
        if self._filled:
            place = min(CHUNK - self._filled, taken)
            self._hold(view[:place])
            if self._filled < CHUNK:
                self.size += taken
                return taken
            self._seal(self._held)
            self._filled = 0
        # Whole chunks are encrypted from where they are, without being copied first.
        while taken - place >= CHUNK:
            place = self._seal_whole(view, place)
        self._hold(view[place:])
        self.size += taken
        return taken

    def finish(self) -> None:
        """Write what is held and the short last chunk. Calling it again does nothing."""
        if self._finished:
            return
        self._finished = True
        # What is held is shorter than a chunk, maybe empty: that is what marks it as the last.
        self._seal(self._held[: self._filled])
        self._write_out()

    def _hold(self, part: memoryview) -> None:
        self._held[self._filled : self._filled + len(part)] = part
        self._filled += len(part)

    def _seal_whole(self, view: memoryview, place: int) -> int:
        """Encrypt the whole chunks from `place` on, as many as the batch has room for; where the rest begins.

        What `_seal` does for one, without a call and two slices for each.
        """
        first = self._waiting // _SEALED
        count = min((len(view) - place) // CHUNK, _BATCH - first)
        if self._chunk + count > MAX_CHUNKS:
            raise InputError("crypto.file-too-big")
        encrypt, base, chunk = self._keys.cipher.encrypt_into, self._keys.base_nonce, self._chunk
        for target in self._places[first : first + count]:
            encrypt((base ^ chunk).to_bytes(12, "big"), view[place : place + CHUNK], None, target)
            chunk += 1
            place += CHUNK
        self._chunk = chunk
        self._waiting += count * _SEALED
        if self._waiting == len(self._sealed):
            self._write_out()
        return place

    def _seal(self, plain: memoryview) -> None:
        """Encrypt one chunk into the batch; write the batch out when it is full."""
        start = self._waiting
        self._waiting += len(plain) + TAG
        nonce = self._keys.nonce(self._chunk)
        self._keys.cipher.encrypt_into(nonce, plain, None, self._sealed[start : self._waiting])
        self._chunk += 1
        if self._waiting == len(self._sealed):
            self._write_out()

    def _write_out(self) -> None:
        write_all(self._out, self._sealed[: self._waiting])
        self._waiting = 0


class CobReader:
    """Random access to a Cobblestone-256 file (a `ReadableAt`). Safe to use from several threads.

    Opening checks the commitment and the last chunk, so `size` is authentic and a file cut short is
    found at once. Raises IntegrityError `crypto.file-truncated` when the length is impossible or
    `crypto.file-altered` when a chunk, the key or the context does not fit; MachineError from the disk.
    """

    def __init__(self, file: BinaryIO, key: Buffer, context: bytes) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._spare: list[tuple[memoryview, memoryview]] = []
        with machine_errors():
            stored = file.seek(0, os.SEEK_END)
            file.seek(0)
        header = bytearray(HEADER)
        if read_into(file, memoryview(header)) < HEADER:
            raise IntegrityError("crypto.file-truncated")
        self._keys = CobKeys(key, bytes(header[:SALT]), context)
        if not equal(self._keys.commitment, bytes(header[SALT:])):
            raise IntegrityError("crypto.file-altered")
        self._whole, rest = divmod(stored - HEADER, _SEALED)
        if rest < TAG:
            raise IntegrityError("crypto.file-truncated")
        self.size = self._whole * CHUNK + rest - TAG
        self._chunks(self._whole, self._whole + 1)

    def read_at(self, offset: int, length: int, /) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end. Raises IntegrityError, MachineError."""
        if offset < 0 or length < 0:
            raise ValueError("negative offset or length")
        end = min(offset + length, self.size)
        if offset >= end:
            return b""
        first, last = offset // CHUNK, (end - 1) // CHUNK + 1
        pieces = []
        for start in range(first, last, _BATCH):
            skip = max(offset - start * CHUNK, 0)
            pieces.append(self._chunks(start, min(start + _BATCH, last), skip, end - start * CHUNK))
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def read_into_at(self, offset: int, target: memoryview, /) -> int:
        """Fill `target` from `offset`, as far as the file goes; how much. Raises as `read_at`.

        Whole batches from the beginning of a chunk are decrypted where they are wanted, without being copied.
        Where it raises, what `target` holds is not to be used.
        """
        done = 0
        if offset % CHUNK == 0:
            sealed, plain = self._buffers()
            while len(target) - done >= len(plain) and offset + done + len(plain) <= self.size:
                first = (offset + done) // CHUNK
                done += self._decrypt(first, first + _BATCH, sealed, target[done : done + len(plain)])
            self._spare.append((sealed, plain))
        rest = self.read_at(offset + done, len(target) - done)
        target[done : done + len(rest)] = rest
        return done + len(rest)

    def close(self) -> None:
        """Close the file, drop the plaintext that is held. Idempotent."""
        self._spare.clear()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _chunks(self, first: int, last: int, skip: int = 0, end: int | None = None) -> bytes:
        """The plaintext of chunks `first` to `last` (not included), at most a batch; of it, `skip` to `end`."""
        sealed, plain = self._buffers()
        done = self._decrypt(first, last, sealed, plain)
        found = bytes(plain[skip : done if end is None else min(end, done)])
        self._spare.append((sealed, plain))
        return found

    def _buffers(self) -> tuple[memoryview, memoryview]:
        """For a batch, sealed and plain. Kept and used again: fresh ones of this size cost more than the decrypting,
        because the allocator gives them back to the system, and their pages are faulted in again each time.
        """
        try:
            return self._spare.pop()
        except IndexError:
            return memoryview(bytearray(_BATCH * _SEALED)), memoryview(bytearray(_BATCH * CHUNK))

    def _decrypt(self, first: int, last: int, sealed: memoryview, plain: memoryview) -> int:
        """Decrypt chunks `first` to `last` (not included) into `plain`, by way of `sealed`; how many bytes."""
        sealed_part = sealed[: (last - first) * _SEALED]
        with self._lock:
            with machine_errors():
                self._file.seek(HEADER + first * _SEALED)
            count = read_into(self._file, sealed_part)
        stored_end = self.size + (self._whole + 1) * TAG
        if count < min(last * _SEALED, stored_end) - first * _SEALED:
            raise IntegrityError("crypto.file-truncated")
        decrypt, nonce, done = self._keys.cipher.decrypt_into, self._keys.nonce, 0
        try:
            for place in range(last - first):
                piece = sealed_part[place * _SEALED : min((place + 1) * _SEALED, count)]
                done += decrypt(nonce(first + place), piece, None, plain[done : done + len(piece) - TAG])
        except InvalidTag:
            raise IntegrityError("crypto.file-altered") from None
        return done
