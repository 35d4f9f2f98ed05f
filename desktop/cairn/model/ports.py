"""What a lower room needs from a higher one, named as Protocols.

The rooms call these; `app` and `qt` plug the real thing in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from cairn.model.consent import Part
from cairn.model.ids import Fingerprint, RootId


class Progress(Protocol):
    """Told how far a long job is, in the job's own unit (bytes unless said otherwise).

    `total` is None while unknown. The call raises `cairn.errors.Cancelled` when the person has
    cancelled: a job calls it between pieces of at most a few megabytes, and leaves nothing half-done.
    """

    def __call__(self, done: int, total: int | None, /) -> None: ...


def no_progress(done: int, total: int | None, /) -> None:
    """A Progress for callers that neither show nor cancel."""


class MayRecord(Protocol):
    """Asked before something of a person is recorded; what the person agreed to is for a higher room to know."""

    def __call__(self, interview: RootId, part: Part, /) -> bool:
        """Whether this part of an interview may be recorded in this vault."""
        ...


def nobody_asked(interview: RootId, part: Part, /) -> bool:
    """A MayRecord for what is no person's interview, such as the self-test's."""
    return True


class Signer(Protocol):
    """The device's signing keys, as much of them as a room may use."""

    @property
    def fingerprint(self) -> Fingerprint:
        """The card fingerprint `SHA256:…` over all public keys of this device."""
        ...

    def sign_revision(self, sha256: bytes) -> bytes:
        """A 64-byte Ed25519 signature that binds this device to a revision."""
        ...

    def sign_text(self, namespace: str, data: bytes) -> bytes:
        """An armored SSHSIG (Ed25519) over `data` in `namespace`."""
        ...

    def sign_text_pq(self, namespace: str, data: bytes) -> bytes:
        """An armored SSHSIG (composite of ML-DSA-44 and Ed25519) over `data` in `namespace`."""
        ...


class ReadableAt(Protocol):
    """Random access to decrypted bytes: a media object in the vault."""

    size: int

    def read_at(self, offset: int, length: int, /) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end. Raises IntegrityError."""
        ...


class CustodyRows(Protocol):
    """Where the custody log keeps its lines, its payloads and the nodes of its tree; rows are only ever appended."""

    def size(self) -> int:
        """How many entries there are: the number of the newest."""
        ...

    def append(
        self, seq: int, line: bytes, salt: bytes, payload: bytes, nodes: Sequence[tuple[int, int, bytes]]
    ) -> None:
        """Store one entry, and the (level, place, hash) of the nodes that it completes, inside the caller's
        transaction."""
        ...

    def lines(self, start: int = 0) -> Iterable[tuple[int, bytes]]:
        """(seq, exact line) in order, from `start`."""
        ...

    def payload(self, seq: int) -> tuple[bytes, bytes] | None:
        """(salt, payload) of an entry, or None when it was erased or never travelled."""
        ...

    def node(self, level: int, place: int) -> bytes:
        """The hash of a perfect node of the tree; of a leaf (level 0) that of its line. Raises IntegrityError when
        it is not there."""
        ...

    def nodes(self, level: int) -> Iterable[tuple[int, bytes]]:
        """(place, hash) of every node that is kept of a level, from 1, in order."""
        ...
