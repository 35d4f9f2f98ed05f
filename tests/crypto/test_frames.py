"""Sealed frames: the standard's cipher, and nothing that can be moved, swapped or relabelled."""

from __future__ import annotations

import struct

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cairn.crypto.frames import FrameOpener, FrameSealer
from cairn.errors import IntegrityError

KEY, LABEL, BOUND = bytes(range(32)), b"test/frames/1", b"what it belongs to"


def test_a_frame_is_aes_256_gcm_under_a_key_of_its_own() -> None:
    sealer = FrameSealer(KEY, LABEL, BOUND)
    sealer.seal(b"the frame before", 3)
    sealed = sealer.seal(b"sound", 7)
    key = HKDF(hashes.SHA256(), 32, b"", LABEL).derive(KEY)
    aad = BOUND + struct.pack(">BQI", 7, 1, len(sealed))
    assert AESGCM(key).decrypt(struct.pack(">IQ", 0, 1), sealed, aad) == b"sound"
    assert sealer.counter == 2


def test_frames_open_in_any_order() -> None:
    sealer, opener = FrameSealer(KEY, LABEL, BOUND), FrameOpener(KEY, LABEL, BOUND)
    row = [sealer.seal(bytes([n]) * n, n) for n in range(9)]
    for number in (8, 0, 3, 3, 1):
        assert opener.open(number, number, row[number]) == bytes([number]) * number


@pytest.mark.parametrize(
    ("counter", "kind", "key", "label", "bound"),
    [
        (1, 5, KEY, LABEL, BOUND),
        (0, 6, KEY, LABEL, BOUND),
        (0, 5, bytes(32), LABEL, BOUND),
        (0, 5, KEY, b"test/frames/2", BOUND),
        (0, 5, KEY, LABEL, b"something else"),
        (-1, 5, KEY, LABEL, BOUND),
        (1 << 64, 5, KEY, LABEL, BOUND),
        (0, 256, KEY, LABEL, BOUND),
    ],
)
def test_a_frame_opens_only_as_what_it_is(
    counter: int, kind: int, key: bytes, label: bytes, bound: bytes
) -> None:
    sealed = FrameSealer(KEY, LABEL, BOUND).seal(b"sound", 5)
    with pytest.raises(IntegrityError, match=r"crypto\.not-authentic"):
        FrameOpener(key, label, bound).open(counter, kind, sealed)


def test_cut_short_or_changed_it_does_not_open() -> None:
    sealed = FrameSealer(KEY, LABEL, BOUND).seal(b"sound", 5)
    opener = FrameOpener(KEY, LABEL, BOUND)
    for at in range(len(sealed)):
        with pytest.raises(IntegrityError):
            opener.open(0, 5, sealed[:at])
        with pytest.raises(IntegrityError):
            opener.open(0, 5, sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :])
