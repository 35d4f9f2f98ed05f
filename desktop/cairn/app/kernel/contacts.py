"""Contacts: the own card, the cards of others, and how far each of them is trusted.

Trust is earned by typing the 12 words that the other side reads out. It is lost by expiry, which the card
says, and by revocation, which is for good. The words are over the keys alone: what else a card says (label, role,
end) is what was here when they were compared, and stays so until a person accepts what a newer card says.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cairn import paths
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import CardSays, ContactRow
from cairn.bundle import card_mail
from cairn.bundle.card_mail import mended
from cairn.bundle.cards import card_keys, read_card
from cairn.crypto.device import PublicKeys
from cairn.crypto.hashes import sha256_hex
from cairn.errors import InputError
from cairn.model import clock
from cairn.model.contacts import Card, Trust
from cairn.model.ids import Fingerprint, Sha256
from cairn.storage import contacts as stored
from cairn.storage.contacts import Contact
from cairn.storage.work import Reader, Work

MAX_CARD_FILE = card_mail.MAX_BYTES


def own_card(s: Session) -> bytes:
    """The card of this vault, to be given to others: exact bytes of a `.contact` file."""
    return s.card


def own_words(s: Session) -> list[str]:
    """The 12 words of the own card, to be read out."""
    return list(s.keys.words)


def rows(s: Session) -> list[ContactRow]:
    """All contacts by label."""
    with s.store.read() as reader:
        return [_row(reader, contact) for contact in stored.all(reader)]


def add(s: Session, data: bytes, words: Sequence[str] | str | None = None) -> ContactRow:
    """Add a card; with `words` it must have them and is verified at once, without it stays unverified.

    A newer card of a contact whose words were compared, that says otherwise, is only offered: `accept` it.
    Raises InputError `card.malformed`, `contact.own-card`, `contact.words-wrong`, `contact.revoked`;
    IntegrityError `card.signature-bad`. Nothing is added then.
    """
    data = mended(data)
    card = read_card(data)
    if s.is_own(card.fingerprint):
        raise InputError("contact.own-card")
    if words is not None:
        _check_words(card, words)
    with s.store.write() as work:
        existing = stored.find(work, card.fingerprint)
        if existing is not None and existing.revoked is not None:
            raise InputError("contact.revoked")
        if existing is not None and existing.verified is None and existing.created <= card.created:
            _keep(work, card, data)
        else:
            put(work, card, data)
        if words is not None:
            stored.verify(work, card.fingerprint)
        return _row(work, _need(work, card.fingerprint))


def offer(s: Session, data: bytes) -> ContactRow:
    """Let what another card of a known contact says wait for a decision; nothing is changed by it.

    Raises InputError `contact.unknown`, `card.malformed`; IntegrityError `card.signature-bad`.
    """
    data = mended(data)
    card = read_card(data)
    with s.store.write() as work:
        _need(work, card.fingerprint)
        put(work, card, data)
        return _row(work, _need(work, card.fingerprint))


def accept(s: Session, fingerprint: Fingerprint, shown: Sha256) -> ContactRow:
    """Take what a newer card says as this contact's label, role and end.

    `shown` is the card that a person has seen (`CardSays.card`). Raises InputError `contact.nothing-offered`,
    `contact.offer-changed` where another card waits by now: then nothing is changed.
    """
    with s.store.write() as work:
        offer = _waiting(work, fingerprint, shown)
        _keep(work, read_card(offer.card), offer.card, act="contact.accept")
        return _row(work, _need(work, fingerprint))


def decline(s: Session, fingerprint: Fingerprint, shown: Sha256) -> ContactRow:
    """Leave a contact as it is, whatever the card that was `shown` says. Raises as `accept`."""
    with s.store.write() as work:
        _waiting(work, fingerprint, shown)
        stored.decline(work, fingerprint)
        return _row(work, _need(work, fingerprint))


def verify(s: Session, fingerprint: Fingerprint, words: Sequence[str] | str) -> ContactRow:
    """Compare the words that the other side read out with those of the card; from then on it is verified.

    Raises InputError `contact.words-wrong`, `contact.unknown`, `contact.revoked`, `contact.expired`.
    """
    with s.store.write() as work:
        contact = _need(work, fingerprint)
        if contact.revoked is not None:
            raise InputError("contact.revoked")
        if trust(contact) is Trust.EXPIRED:
            raise InputError("contact.expired")
        _check_words(read_card(contact.card), words)
        stored.verify(work, fingerprint)
        return _row(work, _need(work, fingerprint))


def revoke(s: Session, fingerprint: Fingerprint, reason: str) -> ContactRow:
    """Trust a contact no more, for good. Raises InputError `contact.reason-needed`, `contact.unknown`."""
    if not reason.strip():
        raise InputError("contact.reason-needed")
    with s.store.write() as work:
        _need(work, fingerprint)
        stored.revoke(work, fingerprint, reason.strip())
        stored.forget_offer(work, fingerprint)
        return _row(work, _need(work, fingerprint))


def find(s: Session, label_or_fingerprint: str) -> ContactRow:
    """The contact with this label or fingerprint. Raises InputError `contact.unknown`, `contact.ambiguous`."""
    wanted = label_or_fingerprint.strip()
    found = [row for row in rows(s) if wanted == row.fingerprint]
    found = found or [row for row in rows(s) if wanted.casefold() == row.label.casefold()]
    # A revoked card must not stand in the way of its successor of the same name.
    live = [row for row in found if row.trust != Trust.REVOKED] or found
    if not live:
        raise InputError("contact.unknown")
    if len(live) > 1:
        raise InputError("contact.ambiguous")
    return live[0]


def trust(contact: Contact) -> Trust:
    """How far a contact is trusted today."""
    if contact.revoked is not None:
        return Trust.REVOKED
    if has_expired(contact.expires):
        return Trust.EXPIRED
    return Trust.VERIFIED if contact.verified is not None else Trust.UNVERIFIED


def keys(reader: Reader, fingerprint: Fingerprint) -> PublicKeys:
    """The public keys of a contact. Raises InputError `contact.unknown`."""
    return card_keys(read_card(_need(reader, fingerprint).card))


def row(reader: Reader, fingerprint: Fingerprint) -> ContactRow | None:
    """A contact, or None."""
    contact = stored.find(reader, fingerprint)
    return _row(reader, contact) if contact is not None else None


def put(work: Work, card: Card, data: bytes) -> None:
    """Keep the card of a new contact inside a larger unit of work, unverified. Of one that is here nothing changes:
    what a newer card says otherwise is offered to a person.
    """
    held = stored.find(work, card.fingerprint)
    if held is None:
        _keep(work, card, data)
        return
    if held.revoked is not None or card.created < held.created:
        return
    waiting = stored.offered(work, card.fingerprint)
    if not differs(held, card):
        # It says again what is kept: what was offered in between holds no longer.
        if waiting is not None and read_card(waiting.card).created <= card.created:
            stored.forget_offer(work, card.fingerprint)
        return
    if waiting is not None:
        before = read_card(waiting.card)
        if _says(before) == _says(card) or card.created < before.created:
            return
    stored.offer(work, card.fingerprint, data)


def differs(contact: Contact, card: Card) -> bool:
    """Whether a card says otherwise than what is kept of its contact."""
    return (contact.label, contact.role, contact.expires) != _says(card)


def was_declined(reader: Reader, card: Card) -> bool:
    """Whether a person has declined just what this card says."""
    offer = stored.offered(reader, card.fingerprint)
    return offer is not None and offer.declined is not None and _says(read_card(offer.card)) == _says(card)


def has_expired(expires: str) -> bool:
    """Whether a card with this end has expired by today."""
    return bool(expires) and expires < clock.today()


def _says(card: Card) -> tuple[str, str, str]:
    return card.label, card.role, card.expires


def _waiting(reader: Reader, fingerprint: Fingerprint, shown: Sha256) -> stored.Offer:
    _need(reader, fingerprint)
    offer = stored.offered(reader, fingerprint)
    if offer is None or offer.declined is not None:
        raise InputError("contact.nothing-offered")
    if sha256_hex(offer.card) != shown:
        # A bundle was taken in while a person read the card before.
        raise InputError("contact.offer-changed")
    return offer


def _keep(work: Work, card: Card, data: bytes, *, act: str = "contact.add") -> Contact:
    return stored.add(
        work,
        card.fingerprint,
        data,
        label=card.label,
        role=card.role,
        created=card.created,
        expires=card.expires,
        act=act,
    )


def _row(reader: Reader, contact: Contact) -> ContactRow:
    offer = stored.offered(reader, contact.fingerprint)
    says = None
    if offer is not None and offer.declined is None:
        said = read_card(offer.card)
        says = CardSays(said.label, said.role, said.created, said.expires, sha256_hex(offer.card))
    return ContactRow(
        fingerprint=contact.fingerprint,
        label=contact.label,
        role=contact.role,
        trust=trust(contact),
        words=read_card(contact.card).words,
        created=contact.created,
        expires=contact.expires,
        verified_at=contact.verified or "",
        reason=contact.revoked_reason,
        offered=says,
    )


def _need(reader: Reader, fingerprint: Fingerprint) -> Contact:
    contact = stored.find(reader, fingerprint)
    if contact is None:
        raise InputError("contact.unknown")
    return contact


def _check_words(card: Card, words: Sequence[str] | str) -> None:
    typed = words.split() if isinstance(words, str) else list(words)
    if [word.strip().casefold() for word in typed if word.strip()] != list(card.words):
        raise InputError("contact.words-wrong")


def read_file(path: Path) -> tuple[bytes, Card]:
    """The bytes and the content of a card file, before anything is added.

    Raises InputError `card.malformed`, IntegrityError `card.signature-bad`, MachineError.
    """
    with paths.machine_errors(), path.open("rb") as file:
        data = file.read(MAX_CARD_FILE + 1)
    if len(data) > MAX_CARD_FILE:
        raise InputError("card.malformed")
    data = mended(data)
    return data, read_card(data)
