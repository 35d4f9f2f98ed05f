"""Contacts: the exact bytes of their cards, and how far each was verified."""

from __future__ import annotations

import msgspec

from cairn.errors import InputError
from cairn.model import clock
from cairn.storage.work import Reader, Work


class Contact(msgspec.Struct, frozen=True):
    """A contact's row. Label, role and dates are from the card, which was checked before."""

    fingerprint: str
    card: bytes
    label: str
    role: str
    created: str
    expires: str
    added: str
    verified: str | None
    """When the words were typed, or None."""
    revoked: str | None
    revoked_reason: str


_COLUMNS = (
    "SELECT fingerprint, card, label, role, created, expires, added, verified, revoked, revoked_reason"
    " FROM contact"
)


def add(
    work: Work, fingerprint: str, card: bytes, *, label: str, role: str, created: str, expires: str
) -> Contact:
    """Add a contact, or take a newer card of the same keys; trust stays as it was. Logs `contact.add`."""
    existing = find(work, fingerprint)
    if existing is not None and existing.card == card:
        return existing
    work.run(
        "INSERT INTO contact (fingerprint, card, label, role, created, expires, added)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (fingerprint) DO UPDATE SET card = excluded.card,"
        " label = excluded.label, role = excluded.role, created = excluded.created,"
        " expires = excluded.expires",
        (fingerprint, card, label, role, created, expires, clock.now()),
    )
    work.log("contact.add", obj=fingerprint)
    return _required(work, fingerprint)


def verify(work: Work, fingerprint: str) -> Contact:
    """Note that the words were typed and fit. Logs `contact.verify`. Raises InputError."""
    _required(work, fingerprint)
    work.run("UPDATE contact SET verified = ? WHERE fingerprint = ?", (clock.now(), fingerprint))
    work.log("contact.verify", obj=fingerprint)
    return _required(work, fingerprint)


def revoke(work: Work, fingerprint: str, reason: str) -> Contact:
    """Trust a contact no more, for good. Logs `contact.revoke`. Raises InputError."""
    contact = _required(work, fingerprint)
    if contact.revoked is None:
        work.run(
            "UPDATE contact SET revoked = ?, revoked_reason = ? WHERE fingerprint = ?",
            (clock.now(), reason, fingerprint),
        )
        work.log("contact.revoke", obj=fingerprint, detail={"reason": reason})
    return _required(work, fingerprint)


def find(reader: Reader, fingerprint: str) -> Contact | None:
    """A contact by its fingerprint, or None."""
    row = reader.one(_COLUMNS + " WHERE fingerprint = ?", (fingerprint,))
    return None if row is None else Contact(*row)


def all(reader: Reader) -> list[Contact]:
    """Every contact, by label."""
    return [Contact(*row) for row in reader.all(_COLUMNS + " ORDER BY label COLLATE NOCASE, fingerprint")]


def _required(reader: Reader, fingerprint: str) -> Contact:
    contact = find(reader, fingerprint)
    if contact is None:
        raise InputError("storage.no-such-contact")
    return contact
