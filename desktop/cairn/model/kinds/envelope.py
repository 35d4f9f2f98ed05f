"""The envelope: the signed form of a revision, the same for every kind of record.

A revision is the exact bytes of an envelope; its SHA-256 names it. The bytes are kept and never made anew, so
a field that this version doesn't know survives. bundle/FORMAT.md §5 has the fields for a second
implementation; what an id is derived from is in `cairn.crypto.record_ids`.
"""

from __future__ import annotations

import msgspec

from cairn.errors import InputError
from cairn.model import strict_json
from cairn.model.ids import (
    Fingerprint,
    RecordId,
    RevisionHash,
    RootId,
    is_fingerprint,
    is_id,
    is_nonce,
    is_sha256,
)
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Body, Scope

MAX_REVISION_BYTES = 8 * 1024 * 1024
"""Longest envelope accepted from outside: a free account of eight million characters is a mistake or an attack."""

MAX_PARENTS = 64
MAX_ABOUT = 1000
"""Most interviews that one office record may name."""
MAX_KIND = 40


class Envelope(msgspec.Struct, forbid_unknown_fields=False, kw_only=True, omit_defaults=True):
    """A revision as written: who says what about which record, and what it follows."""

    v: int
    """Version of the kind."""
    id: RecordId
    """Derived from root, kind, origin and nonce: nobody can use it for another record."""
    kind: str
    root: RootId
    """Id of the root that this record belongs to: its own id for an interview, a library or office record."""
    origin: Fingerprint
    """Card fingerprint `SHA256:…` of the device that began the record."""
    nonce: str
    """16 random bytes in hex, drawn when the record was begun."""
    about: list[RootId] = []
    """Of an office record: the interviews that it is a judgement about."""
    final: bool = False
    """The root is finalised. Once true it stays true; later revisions are corrections and carry a reason."""
    parents: list[RevisionHash]
    """SHA-256 of the revisions it follows; none for the first, two or more where a conflict was settled."""
    author: str
    """Name or code of the person who wrote it, as set in the vault."""
    device: Fingerprint
    """Card fingerprint `SHA256:…` of the device that made and signed it."""
    created: str
    """UTC, RFC 3339, seconds; the device's own clock, unverified."""
    reason: str
    salt: str
    """32 random bytes in hex: stops guessing removed words from the hash."""
    body: msgspec.Raw

    @property
    def is_root(self) -> bool:
        """Whether the record is its own root."""
        return self.root == self.id


def encode(envelope: Envelope) -> bytes:
    """The exact bytes of a new revision: compact JSON, UTF-8, one line."""
    return msgspec.json.encode(envelope)


def decode(data: bytes) -> Envelope:
    """Read and check the envelope of a revision (own or foreign), its derived id excepted.

    Raises InputError `record.malformed` for anything that isn't exactly one well-formed envelope. A kind or a
    version that this program doesn't know is no fault: such a revision is kept and not understood.
    """
    if len(data) > MAX_REVISION_BYTES or b"\n" in data or b"\r" in data:
        raise InputError("record.malformed")
    try:
        strict_json.require(data)
        envelope = msgspec.json.decode(data, type=Envelope)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InputError("record.malformed") from error
    if not _well_formed(envelope):
        raise InputError("record.malformed")
    kind = registry.get(envelope.kind)
    if kind is not None:
        # A known kind keeps its place in whatever version: where it belongs is no field of its body.
        if kind.is_root != envelope.is_root or bool(envelope.about) != (kind.scope is Scope.OFFICE):
            raise InputError("record.malformed")
        if envelope.v <= kind.version:
            body(envelope)
    return envelope


def parse(data: bytes) -> Envelope:
    """The envelope of a revision that is kept here: it was checked when it was put, by the rules of that time.

    What a newer program wrote of a kind that this one has learnt since may not fit its rules: it stays readable,
    and its body reads as None. Raises InputError `record.malformed`.
    """
    try:
        return msgspec.json.decode(data, type=Envelope)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError("record.malformed") from error


def body(envelope: Envelope) -> Body:
    """The body in its own type. Raises InputError `record.newer` or `record.malformed`."""
    kind = registry.get(envelope.kind)
    if kind is None or envelope.v > kind.version:
        raise InputError("record.newer")
    try:
        found: Body = msgspec.json.decode(bytes(envelope.body), type=kind.type)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError("record.malformed") from error
    return found


def read(envelope: Envelope) -> Body | None:
    """The body, or None when it can't be understood, because a newer program wrote it: kept and listed."""
    try:
        return body(envelope)
    except InputError:
        return None


def _well_formed(envelope: Envelope) -> bool:
    return (
        envelope.v >= 1
        and is_id(envelope.id)
        and is_id(envelope.root)
        and is_fingerprint(envelope.origin)
        and is_nonce(envelope.nonce)
        and len(envelope.parents) <= MAX_PARENTS
        and len(set(envelope.parents)) == len(envelope.parents)
        and all(is_sha256(parent) for parent in envelope.parents)
        and len(envelope.about) <= MAX_ABOUT
        and len(set(envelope.about)) == len(envelope.about)
        and all(is_id(each) for each in envelope.about)
        and is_sha256(envelope.salt)
        and 0 < len(envelope.kind) <= MAX_KIND
        and is_fingerprint(envelope.device)
        # What is final, and what it is about, is said by roots alone.
        and (envelope.is_root or not (envelope.final or envelope.about))
    )
