"""Contact cards and the states of trust."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from cairn.model.ids import Fingerprint


class Card(msgspec.Struct, frozen=True):
    """The content of a contact card, after its signature has been checked (see `cairn.bundle.cards`)."""

    label: str
    role: str
    """`field` or `office`."""
    age: str
    """Recipient `age1pq1…` that bundles are sealed to."""
    identity: str
    """Recipient `age1pq1…` that openings of identities are sealed to."""
    ed25519: str
    """`ssh-ed25519 AAAA…`, no comment."""
    mldsa: str
    """`ssh-mldsa44-ed25519@openssh.com`-style public key line, no comment."""
    created: str
    expires: str
    """RFC 3339 dates; `expires` may be empty."""
    fingerprint: Fingerprint
    """`SHA256:…` over all keys."""
    words: tuple[str, ...]
    """12 words: the first 128 bits of the same hash."""


class Trust(StrEnum):
    """How far a contact is trusted."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    EXPIRED = "expired"
    REVOKED = "revoked"
