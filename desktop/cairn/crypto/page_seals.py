"""Opening the pages of a SQLCipher 4 database one by one, each by its own seal. For salvaging what is left of one.

SQLCipher itself gives up at the first page that doesn't authenticate. Here a damaged page is one page less.
Nothing that is not authentic is ever given out. vault/FORMAT.md, "Database".
"""

from __future__ import annotations

from cryptography.hazmat.primitives import constant_time, hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.utils import Buffer

PAGE = 4096
SALT = 16
RESERVED = 80
USABLE = PAGE - RESERVED
_IV, _MAC = 16, 64
_MAGIC = b"SQLite format 3\x00"


class PageSeals:
    """The seals of one database file: its raw key (32 bytes) and the 16 bytes that it begins with."""

    def __init__(self, key: Buffer, salt: bytes) -> None:
        self._key = bytes(key)
        mixed = bytes(byte ^ 0x3A for byte in salt)
        self._mac_key = PBKDF2HMAC(hashes.SHA512(), 32, mixed, 2).derive(self._key)

    def fits(self, number: int, sealed: bytes) -> bool:
        """Whether page `number` (from 1) is authentic."""
        if len(sealed) != PAGE:
            return False
        body = sealed[SALT if number == 1 else 0 : PAGE - _MAC]
        state = hmac.HMAC(self._mac_key, hashes.SHA512())
        state.update(body + number.to_bytes(4, "little"))
        return constant_time.bytes_eq(state.finalize(), sealed[PAGE - _MAC :])

    def open(self, number: int, sealed: bytes) -> bytes | None:
        """The plain page without its reserved bytes; None where it is not authentic."""
        if not self.fits(number, sealed):
            return None
        start = SALT if number == 1 else 0
        iv = sealed[USABLE : USABLE + _IV]
        decryptor = Cipher(algorithms.AES(self._key), modes.CBC(iv)).decryptor()
        plain = decryptor.update(sealed[start:USABLE]) + decryptor.finalize()
        return _MAGIC + plain if number == 1 else plain


def with_salt_put_right(key: Buffer, salt: bytes, number: int, sealed: bytes) -> PageSeals | None:
    """The seals under `salt`, or under one that differs from it in a single byte, if page `number` then fits.

    All pages depend on these 16 bytes, and they stand in the file alone: one bad byte there would cost everything.
    """
    first = PageSeals(key, salt)
    if first.fits(number, sealed):
        return first
    for place in range(SALT):
        for byte in range(256):
            seals = PageSeals(key, salt[:place] + bytes((byte,)) + salt[place + 1 :])
            if seals.fits(number, sealed):
                return seals
    return None
