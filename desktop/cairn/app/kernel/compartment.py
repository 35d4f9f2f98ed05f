"""The identity compartment: names and contacts are readable while it is open, and sealed while it is closed.

It holds the vault's identity key, and the secrets of the identity keys on the own card and on those that
this vault had before it was restored. Now it opens with the vault; whoever uses it must not count on
that: what needs it raises `identity.closed`, and is told at opening and closing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from cairn.crypto import openings
from cairn.crypto.age import PQIdentity
from cairn.errors import InputError, IntegrityError
from cairn.storage import secrets, settings
from cairn.storage.work import Reader, Work

_SECRET = "identity/"  # noqa: S105 - a name, not a secret
_KEY_ID = "identity.key-id"


class Compartment:
    """The identity key while it is in memory. Use from any thread."""

    def __init__(self) -> None:
        self._key: bytearray | None = None
        self._under = bytearray()
        """What openings lie under: derived from the key once."""
        self._identities: tuple[PQIdentity, ...] = ()
        self._guard = threading.RLock()
        self._closing: list[Callable[[], None]] = []
        self.kept: dict[str, dict[str, str]] = {}
        """Root → the names that were kept last, by code: so that a keystroke elsewhere writes none of them."""

    @property
    def is_open(self) -> bool:
        """Whether what lies in it can be read now."""
        return self._key is not None

    def open(self, key: bytearray, reader: Reader) -> None:
        """Take `key`, which is overwritten at closing, and the secrets that lie under it.

        Raises IntegrityError `crypto.keys-altered` when they don't; then it stays closed.
        """
        with self._guard:
            self.close()
            self._identities = tuple(_identities(reader, key))
            self._key, self._under = key, bytearray(openings.subkey(key, "openings"))

    def take_key(self, key: bytearray) -> None:
        """Go on with a new identity key under which everything was wrapped anew."""
        with self._guard:
            self._need()
            self._forget()
            self._key, self._under = key, bytearray(openings.subkey(key, "openings"))

    def close(self) -> None:
        """Forget the key and everything that was opened with it. May be called again."""
        with self._guard:
            self._forget()
            self._identities = ()
            self.kept = {}
            for job in self._closing:
                job()

    def on_close(self, job: Callable[[], None]) -> None:
        """Have `job` called whenever it closes: what it read is to be forgotten."""
        self._closing.append(job)

    @property
    def identities(self) -> Sequence[PQIdentity]:
        """What opens openings that were sealed to this vault's card, or a former one; none while closed."""
        return self._identities

    def seal(self, opening: bytes, bound: str) -> tuple[bytes, bytes]:
        """As `openings.seal`. Raises InputError `identity.closed`."""
        with self._guard:
            self._need()
            return openings.seal(self._under, opening, bound)

    def unseal(self, wrapped: bytes, data: bytes, bound: str) -> bytes:
        """As `openings.unseal`. Raises InputError `identity.closed`, IntegrityError `crypto.not-authentic`."""
        with self._guard:
            self._need()
            return openings.unseal(self._under, wrapped, data, bound)

    def _need(self) -> bytearray:
        if self._key is None:
            raise InputError("identity.closed")
        return self._key

    def _forget(self) -> None:
        for held in (self._key or bytearray(), self._under):
            for place in range(len(held)):
                held[place] = 0
        self._key = None


def keep_secret(work: Work, key: bytearray, identity: PQIdentity) -> None:
    """Keep the secret of a card's identity key, sealed under the vault's identity key `key`."""
    sealed = openings.seal_card_secret(key, identity.seed, identity.recipient)
    secrets.put(work, _SECRET + identity.recipient, sealed)


def note_key(work: Work, key: bytearray) -> None:
    """Note in the database under which identity key its openings are."""
    settings.put(work, _KEY_ID, openings.key_id(key))


def is_under(reader: Reader, key: bytearray) -> bool:
    """Whether the database's openings are under `key`."""
    return bool(settings.get(reader, _KEY_ID) == openings.key_id(key))


def rewrap_secrets(work: Work, old: bytearray, new: bytearray) -> None:
    """Put the secrets of cards' identity keys under another identity key. Raises IntegrityError."""
    for identity in _identities(work, old):
        keep_secret(work, new, identity)


def _identities(reader: Reader, key: bytearray) -> list[PQIdentity]:
    found = []
    for name, sealed in secrets.beginning(reader, _SECRET):
        recipient = name.removeprefix(_SECRET)
        try:
            identity = PQIdentity(openings.open_card_secret(key, sealed, recipient))
        except (InputError, IntegrityError) as error:
            raise IntegrityError("crypto.keys-altered") from error
        if identity.recipient != recipient:
            raise IntegrityError("crypto.keys-altered")
        found.append(identity)
    return found
