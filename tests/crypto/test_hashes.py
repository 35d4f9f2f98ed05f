"""Hashes agree with the interpreter's own and with the standards."""

from __future__ import annotations

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from cairn.crypto import hashes


@given(st.lists(st.binary(max_size=200)))
def test_the_running_hash_is_the_hash_of_the_whole(pieces: list[bytes]) -> None:
    running = hashes.RunningSha256()
    for piece in pieces:
        running.update(memoryview(piece))
    whole = b"".join(pieces)
    assert running.digest() == hashlib.sha256(whole).digest() == hashes.sha256(whole)
    assert running.hexdigest() == hashes.sha256_hex(whole) == hashlib.sha256(whole).hexdigest()


def test_a_digest_does_not_end_the_run() -> None:
    running = hashes.RunningSha256(b"a")
    running.digest()
    running.update(b"b")
    assert running.digest() == hashlib.sha256(b"ab").digest()


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_the_others_agree_too(key: bytes, data: bytes) -> None:
    assert hashes.sha512(data) == hashlib.sha512(data).digest()
    assert hashes.shake256(data, 96) == hashlib.shake_256(data).digest(96)
    assert hashes.hmac_sha256(key, data) == hmac.digest(key, data, "sha256")
    assert hashes.equal(key, data) == (key == data)


def test_hkdf_with_an_empty_salt_is_the_one_without() -> None:
    # RFC 5869, test case 3: salt and info empty.
    okm = hashes.hkdf_sha256(b"\x0b" * 22, salt=b"", info=b"", length=42)
    assert okm.hex() == (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    )


def test_random_bytes_are_as_many_as_asked_and_never_the_same() -> None:
    assert len({hashes.random_bytes(32) for _ in range(100)}) == 100
    assert len(hashes.random_bytes(7)) == 7


def test_digests_by_their_names() -> None:
    for name in ("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"):
        expected = hashlib.new(name.replace("-", "").lower(), b"abc", usedforsecurity=False).digest()
        assert hashes.named_digest(name, b"abc") == expected
    assert hashes.named_digest("SHA-3", b"abc") is None
