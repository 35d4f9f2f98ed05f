"""What a record's id is derived from: an id says whose record it is, of which kind and under which root."""

from __future__ import annotations

import hashlib
import struct
from uuid import UUID

import msgspec
import pytest

import begun
from cairn.crypto import record_ids
from cairn.crypto.device import DeviceKeys
from cairn.errors import InputError
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note


def by_hand(label: bytes, *parts: str) -> str:
    """As the format page says: UUID version 8 of SHA-256 over a label and each part after its length."""
    data = label + b"".join(struct.pack(">I", len(part.encode())) + part.encode() for part in parts)
    raw = bytearray(hashlib.sha256(data).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    return str(UUID(bytes=bytes(raw)))


def test_a_nonce_is_sixteen_bytes_and_never_the_same() -> None:
    made = {record_ids.new_nonce() for _ in range(50)}
    assert len(made) == 50 and {len(bytes.fromhex(each)) for each in made} == {16}


def test_ids_are_what_the_format_page_says(keys: DeviceKeys) -> None:
    nonce, origin = "0f" * 16, keys.fingerprint
    root = record_ids.root_id("interview", origin, nonce)
    assert root == record_ids.derive("", "interview", origin, nonce)
    assert root == by_hand(b"cairn-root/1", "interview", origin, nonce)
    part = record_ids.record_id(root, "note", origin, nonce)
    assert part == record_ids.derive(root, "note", origin, nonce)
    assert part == by_hand(b"cairn-record/1", root, "note", origin, nonce)
    # Parts have their length before them: nothing moves from one into the next.
    assert record_ids.record_id(root, "not", "e" + origin, nonce) != part


def test_a_revision_whose_id_comes_from_something_else_is_refused(keys: DeviceKeys) -> None:
    interview = begun.envelope(Interview(title="1"), keys=keys)
    note = begun.envelope(Note(text="n"), keys=keys, root=interview.id)
    for good in (interview, note):
        record_ids.check(good)
        for change in ({"nonce": "00" * 16}, {"origin": "SHA256:" + "a" * 43}, {"kind": "page"}):
            with pytest.raises(InputError, match=r"^record\.malformed$"):
                record_ids.check(msgspec.structs.replace(good, **change))
    with pytest.raises(InputError, match=r"^record\.malformed$"):
        record_ids.check(msgspec.structs.replace(note, root=begun.root(keys)))
