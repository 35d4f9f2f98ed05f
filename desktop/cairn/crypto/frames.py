"""Sealed frames in a row: a file that grows at its end and may be cut off at any byte.

AES-256-GCM (NIST SP 800-38D) with the frame's number as nonce, under a key that HKDF derives from the
object's own key and that seals one single row: a number is never used twice. Each frame is bound to its
number, its kind and to what the whole row belongs to, so that none can be moved, swapped or relabelled.
That frames are missing at the end can't be told from a crash; whoever reads says which frame is the last.
"""

from __future__ import annotations

import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.utils import Buffer

from cairn.crypto.hashes import hkdf_sha256
from cairn.errors import IntegrityError

TAG_SIZE = 16
_NONCE = struct.Struct(">IQ")
_BOUND = struct.Struct(">BQI")


class FrameSealer:
    """Seals the frames of one row, numbered from 0. One object per key, ever."""

    def __init__(self, key: Buffer, label: bytes, aad_prefix: bytes) -> None:
        """`key` has 32 bytes and is used for nothing else; `label` names the format of the row."""
        self._cipher = AESGCM(hkdf_sha256(key, salt=b"", info=label))
        self._prefix = aad_prefix
        self.counter = 0
        """Number of the next frame."""

    def seal(self, plain: Buffer, kind: int) -> bytes:
        """The next frame, sealed with its tag. Its number is used up, whether it reaches the disk or not."""
        counter, self.counter = self.counter, self.counter + 1
        length = len(memoryview(plain)) + TAG_SIZE
        bound = self._prefix + _BOUND.pack(kind, counter, length)
        return self._cipher.encrypt(_NONCE.pack(0, counter), plain, bound)


class FrameOpener:
    """Opens the frames of one row in any order."""

    def __init__(self, key: Buffer, label: bytes, aad_prefix: bytes) -> None:
        """The same arguments as `FrameSealer`."""
        self._cipher = AESGCM(hkdf_sha256(key, salt=b"", info=label))
        self._prefix = aad_prefix

    def open(self, counter: int, kind: int, sealed: Buffer) -> bytes:
        """The plain bytes of frame `counter`. Raises IntegrityError `crypto.not-authentic`."""
        length = len(memoryview(sealed))
        if not 0 <= counter < 1 << 64 or not 0 <= kind < 256:
            raise IntegrityError("crypto.not-authentic")
        bound = self._prefix + _BOUND.pack(kind, counter, length)
        try:
            return self._cipher.decrypt(_NONCE.pack(0, counter), sealed, bound)
        except InvalidTag:
            raise IntegrityError("crypto.not-authentic") from None
