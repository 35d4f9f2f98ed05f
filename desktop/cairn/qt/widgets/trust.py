"""States of trust and roles, as words and tones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from cairn.app.kernel.views import ContactRow


TONES = {"verified": "good", "unverified": "warn", "expired": "warn", "revoked": "danger"}


def trust_word(trust: str) -> str:
    """The word of a chip."""
    return {
        "verified": QCoreApplication.translate("Contacts", "verified"),
        "unverified": QCoreApplication.translate("Contacts", "not compared"),
        "expired": QCoreApplication.translate("Contacts", "expired"),
        "revoked": QCoreApplication.translate("Contacts", "revoked"),
    }.get(trust, trust)


def trust_tone(trust: str) -> str:
    """The tone that stands with the word."""
    return TONES.get(trust, "neutral")


def role_word(role: str) -> str:
    """What a contact is."""
    return {
        "field": QCoreApplication.translate("Contacts", "Field"),
        "office": QCoreApplication.translate("Contacts", "Office"),
    }.get(role, role)


def trust_sentence(row: ContactRow) -> str:
    """What the state means."""
    return {
        "verified": QCoreApplication.translate(
            "Contacts", "The 12 words were compared. You can seal bundles to this contact and take in theirs."
        ),
        "unverified": QCoreApplication.translate(
            "Contacts", "Nobody has compared the words yet, so nobody knows whose card this is."
        ),
        "expired": QCoreApplication.translate(
            "Contacts", "This card has expired. Ask for a new one and add it here."
        ),
        "revoked": QCoreApplication.translate(
            "Contacts", "Revoked for good. No bundle is sealed to this card, and nothing from it is taken in."
        ),
    }.get(row.trust, "")
