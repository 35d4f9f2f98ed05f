"""What travels between vaults, as values that `bundle`, `intake` and `app` share.

`bundle` reads them out of a file, `intake` decides what they change, `storage` keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from cairn.errors import Value
from cairn.model.ids import RecordId, RevisionHash, RootId, Sha256
from cairn.model.kinds.envelope import Envelope


class IncomingRevision(msgspec.Struct, frozen=True):
    """A revision from outside: well-formed, named by its own hash, its signature not yet checked."""

    data: bytes
    """The exact bytes; they are kept and never made anew."""
    sha256: RevisionHash
    envelope: Envelope
    signature: bytes
    """64 bytes, by the device that the envelope names."""


class Stub(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An ancestor that did not travel: enough to join the history, nothing of its words."""

    id: RecordId
    """The record it belongs to."""
    sha256: RevisionHash
    kind: str
    parents: list[RevisionHash] = []
    """SHA-256 of the revisions it follows, as the sender says."""


class MediaEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where in a bundle the bytes of one attachment are."""

    file: str
    """`data/media/000001`."""
    sha256: Sha256
    size: int
    record: RecordId
    """Id of the attachment's record; each attachment has its own file, equal bytes or not."""
    root: RootId


class OpeningEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where in a bundle the opening of an identity's revision is."""

    file: str
    """`data/identity/000001.age`."""
    record: RecordId
    root: RootId
    revision: RevisionHash
    """SHA-256 of the revision that commits to it; that one may have come before, or may come later."""


class Problem(msgspec.Struct, frozen=True):
    """Something a person should know, that is no reason to refuse. Worded by its code, like an error."""

    code: str
    values: Mapping[str, Value] = {}


class DeviceVerifier(Protocol):
    """The public side of a device, as much as checking a revision needs."""

    def verify_revision(self, sha256: bytes, signature: bytes) -> None:
        """Raises IntegrityError unless this device signed the revision of that hash."""
        ...
