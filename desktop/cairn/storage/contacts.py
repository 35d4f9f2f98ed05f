"""Contacts: the exact bytes of their cards, how far each was verified, and cards that say otherwise by now.

The words are over the keys alone. So whoever has verified keys may say anything else on another card of them: it
replaces nothing here, and waits as an *offer* until a person has accepted or declined it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cairn.crypto.hashes import sha256_hex
from cairn.custody import payload as payloads
from cairn.errors import InputError, IntegrityError
from cairn.model import clock
from cairn.model.ids import Fingerprint
from cairn.storage.work import Reader, Row, Work


class Contact(msgspec.Struct, frozen=True):
    """A contact's row. Label, role and dates are from the card, which was checked before."""

    fingerprint: Fingerprint
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


class Offer(msgspec.Struct, frozen=True):
    """A card of a contact's keys that says otherwise than the one that is kept."""

    fingerprint: Fingerprint
    card: bytes
    declined: str | None
    """When a person declined it, or None while it waits."""


def add(
    work: Work,
    fingerprint: Fingerprint,
    card: bytes,
    *,
    label: str,
    role: str,
    created: str,
    expires: str,
    act: str = "contact.add",
) -> Contact:
    """Add a contact, or take another card of the same keys as its; trust stays as it was. Logs `act`.

    Where a contact is here already, a person must have asked for it: see `offer`.
    """
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
    work.run("DELETE FROM contact_offer WHERE fingerprint = ?", (fingerprint,))
    work.log(act, obj=fingerprint, detail={"card": sha256_hex(card)})
    return _required(work, fingerprint)


def offer(work: Work, fingerprint: Fingerprint, card: bytes) -> None:
    """Let a card that says otherwise wait for a person, in place of one that waits or was declined. Logs `contact.offer`."""
    held = offered(work, fingerprint)
    if held is not None and held.card == card:
        return
    work.run("INSERT OR REPLACE INTO contact_offer VALUES (?, ?, NULL)", (fingerprint, card))
    work.log("contact.offer", obj=fingerprint, detail={"card": sha256_hex(card)})


def decline(work: Work, fingerprint: Fingerprint) -> None:
    """Leave a contact as it is: what was offered is not offered again. Logs `contact.decline`."""
    held = offered(work, fingerprint)
    if held is not None and held.declined is None:
        work.run("UPDATE contact_offer SET declined = ? WHERE fingerprint = ?", (clock.now(), fingerprint))
        work.log("contact.decline", obj=fingerprint, detail={"card": sha256_hex(held.card)})


def forget_offer(work: Work, fingerprint: Fingerprint) -> None:
    """What was offered is no longer said."""
    work.run("DELETE FROM contact_offer WHERE fingerprint = ?", (fingerprint,))


def offered(reader: Reader, fingerprint: Fingerprint) -> Offer | None:
    """The card of a contact that waits or was declined, or None."""
    row = reader.one(
        "SELECT fingerprint, card, declined FROM contact_offer WHERE fingerprint = ?", (fingerprint,)
    )
    return None if row is None else Offer(*row)


def verify(work: Work, fingerprint: Fingerprint) -> Contact:
    """Note that the words were typed and fit. Logs `contact.verify`. Raises InputError."""
    _required(work, fingerprint)
    work.run("UPDATE contact SET verified = ? WHERE fingerprint = ?", (clock.now(), fingerprint))
    work.log("contact.verify", obj=fingerprint)
    return _required(work, fingerprint)


def revoke(work: Work, fingerprint: Fingerprint, reason: str) -> Contact:
    """Trust a contact no more, for good. Logs `contact.revoke`. Raises InputError."""
    contact = _required(work, fingerprint)
    if contact.revoked is None:
        work.run(
            "UPDATE contact SET revoked = ?, revoked_reason = ? WHERE fingerprint = ?",
            (clock.now(), reason, fingerprint),
        )
        work.log("contact.revoke", obj=fingerprint, detail={"reason": reason})
    return _required(work, fingerprint)


def find(reader: Reader, fingerprint: Fingerprint) -> Contact | None:
    """A contact by its fingerprint, or None. Raises IntegrityError `storage.contact-altered`."""
    row = reader.one(_COLUMNS + " WHERE fingerprint = ?", (fingerprint,))
    contact = None if row is None else Contact(*row)
    _check(contact, reader.all(_LOGGED + " AND obj = ? ORDER BY seq", (fingerprint,)))
    return contact


def all(reader: Reader) -> list[Contact]:
    """Every contact, by label. Raises IntegrityError `storage.contact-altered`."""
    found = [Contact(*row) for row in reader.all(_COLUMNS + " ORDER BY label COLLATE NOCASE, fingerprint")]
    logged: dict[Fingerprint, list[Row]] = {contact.fingerprint: [] for contact in found}
    for row in reader.all(_LOGGED + " ORDER BY seq"):
        logged.setdefault(row[0], []).append(row)
    here = {contact.fingerprint: contact for contact in found}
    for fingerprint, entries in logged.items():
        _check(here.get(fingerprint), entries)
    return found


def cards(reader: Reader) -> list[bytes]:
    """The cards of all contacts as they lie here, not compared with anything: no reason to trust anybody."""
    return [row[0] for row in reader.all("SELECT card FROM contact")]


_LOGGED = (
    "SELECT obj, act, payload FROM custody_payload"
    " WHERE act IN ('contact.add', 'contact.accept', 'contact.verify', 'contact.revoke')"
)


def _check(contact: Contact | None, entries: Sequence[Row]) -> None:
    """Compare a contact with the custody log: an old page put back would trust again whom nobody trusts."""
    acts = {act for _, act, _ in entries}
    if contact is None:
        if acts:
            raise IntegrityError("storage.contact-altered")
        return
    cards = [
        payloads.parse(payload).detail.get("card")
        for _, act, payload in entries
        if act in ("contact.add", "contact.accept")
    ]
    same = (
        bool(cards)
        and cards[-1] in (None, sha256_hex(contact.card))
        and (contact.verified is not None) == ("contact.verify" in acts)
        and (contact.revoked is not None) == ("contact.revoke" in acts)
    )
    if not same:
        raise IntegrityError("storage.contact-altered")


def _required(reader: Reader, fingerprint: Fingerprint) -> Contact:
    contact = find(reader, fingerprint)
    if contact is None:
        raise InputError("storage.no-such-contact")
    return contact
