"""Who can open a file: each identity tries the stanzas that may be for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from cairn.crypto.age import bech32, keys
from cairn.crypto.age.format import Stanza, decode, malformed
from cairn.crypto.age.recipients import X25519Recipient, pq_text
from cairn.crypto.hashes import hkdf_sha256, random_bytes, shake256
from cairn.errors import InputError

_MALFORMED = "age.identity-malformed"
_LOG_N = re.compile(r"[1-9][0-9]*")


class Identity(Protocol):
    """Unwraps file keys."""

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """The file key, or None when the stanza is for someone else.

        Raises InputError `age.header-malformed` when the stanza is of this identity's kind and breaks
        the rules of its kind. The body's length is checked before anything is decrypted, so that no
        stanza can be made to fit many keys.
        """
        ...


def _share(stanza: Stanza, size: int) -> bytes:
    """The one argument of a stanza of a public-key kind."""
    if len(stanza.args) != 2:
        raise malformed()
    share = decode(stanza.args[1])
    if len(share) != size or len(stanza.body) != keys.WRAPPED:
        raise malformed()
    return share


def _exchange(private: X25519PrivateKey, share: bytes) -> bytes:
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError:
        # The shared secret would be all zero, whoever holds the key.
        raise malformed() from None


class PQIdentity:
    """ML-KEM-768 with X25519, made from its 32-byte seed (`AGE-SECRET-KEY-PQ-1…`)."""

    PREFIX = "age-secret-key-pq-"
    SIZE = 32

    def __init__(self, seed: bytes) -> None:
        if len(seed) != self.SIZE:
            raise InputError(_MALFORMED)
        expanded = shake256(seed, 96)
        ml = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        self._x = X25519PrivateKey.from_private_bytes(expanded[64:])
        self._key = hpke.MLKEM768X25519PrivateKey(ml, self._x)
        self._public = ml.public_key().public_bytes_raw() + self._x.public_key().public_bytes_raw()
        self.seed = seed

    @classmethod
    def generate(cls) -> PQIdentity:
        """A new identity."""
        return cls(random_bytes(cls.SIZE))

    @classmethod
    def from_text(cls, text: str) -> PQIdentity:
        """Raises InputError `age.identity-malformed`."""
        return cls(keys.decode_key(text, cls.PREFIX, cls.SIZE, _MALFORMED))

    def to_text(self) -> str:
        """The secret identity, as an identity file holds it."""
        return bech32.encode(self.PREFIX, self.seed).upper()

    @property
    def recipient(self) -> str:
        """The public `age1pq1…` that files are sealed to."""
        return pq_text(self._public)

    def unwrap(self, stanza: Stanza) -> bytes | None:
        if stanza.type != keys.PQ:
            return None
        share = _share(stanza, keys.ENCAPSULATED)
        # HPKE would report a point of low order as "not for us"; it is malformed for everyone.
        _exchange(self._x, share[-32:])
        try:
            return keys.SUITE.decrypt(share + stanza.body, self._key, info=keys.PQ_INFO)
        except InvalidTag:
            return None


class X25519Identity:
    """X25519 alone (`AGE-SECRET-KEY-1…`)."""

    PREFIX = "age-secret-key-"
    SIZE = 32

    def __init__(self, raw: bytes) -> None:
        self._key = X25519PrivateKey.from_private_bytes(raw)
        self._public = self._key.public_key().public_bytes_raw()
        self._raw = raw

    @classmethod
    def generate(cls) -> X25519Identity:
        """A new identity."""
        return cls(random_bytes(cls.SIZE))

    @classmethod
    def from_text(cls, text: str) -> X25519Identity:
        """Raises InputError `age.identity-malformed`."""
        return cls(keys.decode_key(text, cls.PREFIX, cls.SIZE, _MALFORMED))

    def to_text(self) -> str:
        """The secret identity, as an identity file holds it."""
        return bech32.encode(self.PREFIX, self._raw).upper()

    @property
    def recipient(self) -> str:
        """The public `age1…`."""
        return bech32.encode(X25519Recipient.PREFIX, self._public)

    def unwrap(self, stanza: Stanza) -> bytes | None:
        if stanza.type != keys.X25519:
            return None
        share = _share(stanza, 32)
        secret = _exchange(self._key, share)
        key = hkdf_sha256(secret, salt=share + self._public, info=keys.X25519_INFO)
        return keys.unwrap(key, stanza.body)


class ScryptIdentity:
    """A passphrase. Refuses a work factor above `max_log_n` (20: 1 GiB of memory)."""

    def __init__(self, passphrase: str, max_log_n: int = keys.MAX_LOG_N) -> None:
        self._passphrase = passphrase
        self._max_log_n = max_log_n

    def unwrap(self, stanza: Stanza) -> bytes | None:
        if stanza.type != keys.SCRYPT:
            return None
        if len(stanza.args) != 3 or not _LOG_N.fullmatch(stanza.args[2]):
            raise malformed()
        salt = decode(stanza.args[1])
        if len(salt) != keys.SCRYPT_SALT or len(stanza.body) != keys.WRAPPED:
            raise malformed()
        # Compared by length first: the number may have thousands of digits.
        if len(stanza.args[2]) > 2 or int(stanza.args[2]) > self._max_log_n:
            raise InputError("age.work-factor")
        key = keys.scrypt_key(self._passphrase, salt, int(stanza.args[2]))
        return keys.unwrap(key, stanza.body)


def parse_identity(text: str) -> PQIdentity | X25519Identity:
    """The identity of `AGE-SECRET-KEY-PQ-1…` or `AGE-SECRET-KEY-1…`.

    Raises InputError `age.identity-malformed`.
    """
    if text.lower().startswith(PQIdentity.PREFIX):
        return PQIdentity.from_text(text)
    return X25519Identity.from_text(text)


def parse_identities(text: str) -> list[Identity]:
    """All identities of an identity file; empty lines and lines that begin with `#` say nothing.

    Raises InputError `age.identity-malformed`, also when there is none.
    """
    lines: Iterable[str] = (line.strip() for line in text.splitlines())
    found: list[Identity] = [parse_identity(line) for line in lines if line and not line.startswith("#")]
    if not found:
        raise InputError(_MALFORMED)
    return found
