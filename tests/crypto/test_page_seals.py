"""Pages of a SQLCipher database, sealed here by hand as its documentation says: each opens as itself and as nothing else."""

from __future__ import annotations

import hashlib
import hmac
import os

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from cairn.crypto.page_seals import PAGE, SALT, USABLE, PageSeals, with_salt_put_right

KEY, SALT_BYTES = bytes(range(32)), bytes(range(100, 116))
FIRST = b"SQLite format 3\0"


def sealed(number: int, plain: bytes, salt: bytes = SALT_BYTES) -> bytes:
    """A page: AES-256-CBC, then 16 bytes of IV and HMAC-SHA-512 over both and the number."""
    iv = os.urandom(16)
    encryptor = Cipher(algorithms.AES(KEY), modes.CBC(iv)).encryptor()
    start = plain[16:] if number == 1 else plain
    body = encryptor.update(start) + encryptor.finalize() + iv
    mac_key = hashlib.pbkdf2_hmac("sha512", KEY, bytes(each ^ 0x3A for each in salt), 2, 32)
    mac = hmac.digest(mac_key, body + number.to_bytes(4, "little"), "sha512")
    return (salt if number == 1 else b"") + body + mac


def page(number: int) -> bytes:
    return (FIRST if number == 1 else b"") + os.urandom(USABLE - (16 if number == 1 else 0))


@pytest.mark.parametrize("number", [1, 2, 258, 70_000])
def test_a_page_opens_as_itself_alone(number: int) -> None:
    plain = page(number)
    made = sealed(number, plain)
    seals = PageSeals(bytearray(KEY), SALT_BYTES)
    assert len(made) == PAGE and seals.fits(number, made) and seals.open(number, made) == plain
    for other in (number + 1, number + 256, number << 8):
        assert not seals.fits(other, made) and seals.open(other, made) is None
    for bad in (made[:-1], made + b"x", b"", bytes(PAGE)):
        assert seals.fits(number, bad) is False and seals.open(number, bad) is None
    assert not PageSeals(bytes(32), SALT_BYTES).fits(number, made)
    assert not PageSeals(KEY, bytes(16)).fits(number, made)


@pytest.mark.parametrize("number", [1, 2])
def test_no_altered_byte_opens(number: int) -> None:
    made = sealed(number, page(number))
    seals = PageSeals(KEY, SALT_BYTES)
    # The salt of the first page is not under its own seal: it is what the seals are made of.
    for place in (
        *range(SALT if number == 1 else 0, 40),
        USABLE - 1,
        USABLE,
        USABLE + 15,
        USABLE + 16,
        PAGE - 1,
    ):
        bad = bytearray(made)
        bad[place] ^= 1
        assert seals.open(number, bytes(bad)) is None, place


def test_one_bad_byte_of_the_salt_is_put_right() -> None:
    plain = page(2)
    made = sealed(2, plain)
    found = with_salt_put_right(KEY, SALT_BYTES, 2, made)
    assert found is not None and found.open(2, made) == plain
    for place, byte in ((0, 0), (7, 255), (15, 1)):
        salt = SALT_BYTES[:place] + bytes((byte,)) + SALT_BYTES[place + 1 :]
        found = with_salt_put_right(KEY, salt, 2, made)
        assert found is not None and found.open(2, made) == plain
    assert with_salt_put_right(KEY, SALT_BYTES[:14] + b"\0\0", 2, made) is None
