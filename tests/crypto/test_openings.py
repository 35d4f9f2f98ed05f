"""Openings: bound to one row, padded, checked by their commitment, gone with their key."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from cairn.crypto import openings
from cairn.crypto.age import PQIdentity, PQRecipient
from cairn.crypto.hashes import random_bytes
from cairn.errors import InputError, IntegrityError

KEY = bytes(range(32))
ROW = "ab" * 32


@given(st.binary(max_size=5000))
def test_made_sealed_and_opened(text: bytes) -> None:
    made = openings.make(text + b"}")
    assert openings.is_whole(made) and (len(made) - 32) % 1024 == 0
    assert openings.text_of(made).rstrip(b" ") == (text + b"}").rstrip(b" ")
    assert openings.commitment(made) == hashlib.sha256(made).hexdigest()
    assert openings.fits(made, openings.commitment(made))
    wrapped, data = openings.seal(bytearray(KEY), made, ROW)
    assert len(wrapped) == openings.WRAPPED_BYTES and len(data) == len(made) + 28
    assert openings.unseal(KEY, wrapped, data, ROW) == made


def test_the_same_text_has_another_commitment_and_another_key_each_time() -> None:
    first, second = openings.make(b"{}"), openings.make(b"{}")
    assert openings.commitment(first) != openings.commitment(second)
    assert not openings.fits(first, openings.commitment(second))
    assert not openings.fits(first, "\u2028")
    sealed = [openings.seal(KEY, first, ROW) for _ in range(2)]
    assert len({part for pair in sealed for part in pair}) == 4
    # The key of one opens nothing of the other.
    with pytest.raises(IntegrityError, match=r"^crypto\.not-authentic$"):
        openings.unseal(KEY, sealed[0][0], sealed[1][1], ROW)


@pytest.mark.parametrize("label", ["openings", "card", "key-id"])
def test_a_key_for_one_purpose_is_hkdf_of_the_identity_key(label: str) -> None:
    made = HKDF(hashes.SHA256(), 32, None, b"cairn-identity/1/" + label.encode()).derive(KEY)
    assert openings.subkey(KEY, label) == made == openings.subkey(bytearray(KEY), label)
    assert openings.key_id(KEY) == openings.subkey(KEY, "key-id").hex()


def test_length_says_only_how_many_kibibytes() -> None:
    assert len(openings.make(b"{}")) == len(openings.make(b"x" * 1024)) == 32 + 1024
    assert len(openings.make(b"x" * 1025)) == 32 + 2048
    assert len(openings.make(b"x" * 64 * 1024)) == openings.MAX_BYTES
    with pytest.raises(ValueError, match="^an opening is too long$"):
        openings.make(b"x" * (64 * 1024 + 1))


@pytest.mark.parametrize("size", [0, 31, 32, 33, 1024, 32 + 1025, 32 + 65 * 1024])
def test_what_has_no_length_of_an_opening_fits_nothing(size: int) -> None:
    data = bytes(size)
    assert not openings.is_whole(data)
    assert not openings.fits(data, openings.commitment(data))


def test_no_altered_byte_opens_and_no_other_row() -> None:
    wrapped, data = openings.seal(KEY, openings.make(b"{}"), ROW)
    for place in (0, 11, 12, 40, -1):
        for part in (0, 1):
            pair = [bytearray(wrapped), bytearray(data)]
            pair[part][place] ^= 1
            with pytest.raises(IntegrityError, match=r"^crypto\.not-authentic$"):
                openings.unseal(KEY, bytes(pair[0]), bytes(pair[1]), ROW)
    for key, bound, first, second in (
        (bytes(32), ROW, wrapped, data),
        (KEY, "cd" * 32, wrapped, data),
        (KEY, ROW, b"", data),
        (KEY, ROW, wrapped, b""),
        (KEY, ROW, wrapped, data[:-1]),
        # A key of another length, though sealed under the right one.
        (KEY, ROW, _other_length(), data),
    ):
        with pytest.raises(IntegrityError, match=r"^crypto\.not-authentic$"):
            openings.unseal(key, first, second, bound)


def _other_length() -> bytes:
    from cairn.crypto import aead

    return b"".join(aead.seal_small(KEY, bytes(16), b"cairn-opening-key/1\0" + ROW.encode()))


def test_a_key_wrapped_anew_opens_the_same_bytes_under_the_new_one_alone() -> None:
    new = bytes(range(50, 82))
    made = openings.make(b"{}")
    wrapped, data = openings.seal(KEY, made, ROW)
    again = openings.rewrap(KEY, new, wrapped, ROW)
    assert openings.unseal(new, again, data, ROW) == made
    for key, part, bound in ((KEY, again, ROW), (new, wrapped, ROW), (new, again, "cd" * 32)):
        with pytest.raises(IntegrityError, match=r"^crypto\.not-authentic$"):
            openings.unseal(key, part, data, bound)
    for old, bound in ((new, ROW), (KEY, "cd" * 32)):
        with pytest.raises(IntegrityError, match=r"^crypto\.not-authentic$"):
            openings.rewrap(old, new, wrapped, bound)
    assert openings.key_id(KEY) == openings.key_id(bytearray(KEY)) != openings.key_id(new)
    assert len(openings.key_id(KEY)) == 64


def test_a_card_secret_is_bound_to_its_public_half() -> None:
    identity, other = PQIdentity(random_bytes(32)), PQIdentity(random_bytes(32))
    sealed = openings.seal_card_secret(KEY, identity.seed, identity.recipient)
    assert identity.seed not in sealed
    assert openings.open_card_secret(KEY, sealed, identity.recipient) == identity.seed
    for key, recipient in ((bytes(32), identity.recipient), (KEY, other.recipient)):
        with pytest.raises(IntegrityError, match=r"^crypto\.not-authentic$"):
            openings.open_card_secret(key, sealed, recipient)


def test_it_travels_in_an_age_file_to_each_of_several_keys() -> None:
    first, second, other = PQIdentity.generate(), PQIdentity.generate(), PQIdentity.generate()
    made = openings.make(b"{}")
    file = openings.to_file(made, [PQRecipient.from_text(each.recipient) for each in (first, second)])
    assert openings.from_file(file, [first]) == openings.from_file(file, [other, second]) == made
    with pytest.raises(InputError, match=r"^age\.no-match$"):
        openings.from_file(file, [other])
    with pytest.raises(IntegrityError, match=r"^age\.payload"):
        openings.from_file(file[:-1], [first])


@pytest.mark.parametrize("content", [b"", b"x" * 1056 + b"y", bytes(openings.MAX_BYTES + 1)])
def test_an_age_file_of_anything_else_is_no_opening(content: bytes) -> None:
    identity = PQIdentity.generate()
    file = openings.to_file(content, [PQRecipient.from_text(identity.recipient)])
    with pytest.raises(InputError, match=r"^identity\.malformed$"):
        openings.from_file(file, [identity])


def test_the_longest_opening_travels() -> None:
    identity = PQIdentity.generate()
    made = openings.make(b"x" * 64 * 1024)
    file = openings.to_file(made, [PQRecipient.from_text(identity.recipient)] * 64)
    assert openings.from_file(file, [identity]) == made
    assert len(file) <= 256 * 1024


@pytest.mark.parametrize("more", [b"x", bytes(100)])
def test_nothing_follows_an_opening_in_its_file(more: bytes) -> None:
    opening = openings.make(b"{}")
    identity = PQIdentity.generate()
    file = openings.to_file(opening, [PQRecipient.from_text(identity.recipient)])
    assert openings.from_file(file, [identity]) == opening
    for bad in (file + more, file[:-1]):
        with pytest.raises(IntegrityError, match=r"^age\.payload-"):
            openings.from_file(bad, [identity])
