"""Names for devices: what to call the maker of a revision."""

from __future__ import annotations

from cairn.app.kernel.session import Session
from cairn.errors import IntegrityError
from cairn.model.ids import Fingerprint
from cairn.storage import contacts
from cairn.storage.work import Reader


class Labels:
    """Labels of devices at one moment: empty for this vault's own, else the contact's, else the fingerprint."""

    def __init__(self, s: Session, reader: Reader) -> None:
        self._session = s
        self._reader = reader
        self._known: dict[Fingerprint, str] = {}

    def of(self, fingerprint: Fingerprint) -> str:
        """The label of a device."""
        if not fingerprint or self._session.is_own(fingerprint):
            return ""
        if fingerprint not in self._known:
            self._known[fingerprint] = self._find(fingerprint)
        return self._known[fingerprint]

    def _find(self, fingerprint: Fingerprint) -> str:
        try:
            contact = contacts.find(self._reader, fingerprint)
        except IntegrityError:
            # A name that was tampered with must not hide the interviews of its bearer.
            contact = None
        return contact.label if contact is not None else short(fingerprint)


def short(fingerprint: Fingerprint) -> str:
    """The beginning of a fingerprint, for where nobody has given it a name."""
    return fingerprint[:15] + "…"
