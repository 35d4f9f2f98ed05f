"""What a record's id is derived from, so that nobody can use somebody else's id for another record.

An id is the UUID version 8 of SHA-256 over a label, the root (of what is no root itself), the kind, the
fingerprint of the device that began the record, and a nonce of 16 random bytes. Root, kind, origin and nonce
stand in every revision: whoever reads one computes the id anew. So an id binds the root, the kind and
the device; a squatter can only repeat all of them, and then says by them whose record it is.
"""

from __future__ import annotations

from cairn.crypto.hashes import random_bytes, sha256
from cairn.errors import InputError
from cairn.model.ids import NO_ROOT, Fingerprint, RecordId, RootId, uuid8
from cairn.model.kinds.envelope import Envelope

ROOT_LABEL = b"cairn-root/1"
RECORD_LABEL = b"cairn-record/1"


def new_nonce() -> str:
    """16 fresh random bytes in hex."""
    return random_bytes(16).hex()


def root_id(kind: str, origin: Fingerprint, nonce: str) -> RootId:
    """The id of a root that the device `origin` began."""
    return RootId(_derived(ROOT_LABEL, kind, origin, nonce))


def record_id(root: RootId, kind: str, origin: Fingerprint, nonce: str) -> RecordId:
    """The id of a record that the device `origin` began under `root`."""
    return _derived(RECORD_LABEL, root, kind, origin, nonce)


def derive(root: RootId, kind: str, origin: Fingerprint, nonce: str) -> RecordId:
    """The id of a root (`root` empty) or of a record under one."""
    return record_id(root, kind, origin, nonce) if root else root_id(kind, origin, nonce)


def check(envelope: Envelope) -> None:
    """Refuse a revision whose id is not the one derived from what it says. Raises InputError `record.malformed`."""
    root = NO_ROOT if envelope.is_root else envelope.root
    if derive(root, envelope.kind, envelope.origin, envelope.nonce) != envelope.id:
        raise InputError("record.malformed")


def _derived(label: bytes, *parts: str) -> RecordId:
    # Each part with its length, so that no two lists of parts make the same bytes.
    pieces = [part.encode() for part in parts]
    framed = b"".join(len(piece).to_bytes(4, "big") + piece for piece in pieces)
    return RecordId(uuid8(sha256(label + framed)))
