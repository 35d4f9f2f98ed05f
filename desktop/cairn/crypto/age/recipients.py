"""To whom a file is sealed: each recipient wraps the file key into a stanza."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar, Protocol

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from cairn.crypto.age import bech32, keys
from cairn.crypto.age.format import Stanza, encode
from cairn.crypto.hashes import hkdf_sha256, random_bytes
from cairn.errors import InputError

_MALFORMED = "age.recipient-malformed"


class Recipient(Protocol):
    """Wraps file keys. `kind` is the stanza type; a file holds recipients of one kind only."""

    kind: ClassVar[str]

    def wrap(self, file_key: bytes) -> Stanza:
        """A fresh stanza that only this recipient's identity can unwrap."""
        ...


class PQRecipient:
    """ML-KEM-768 with X25519 (`age1pq1…`)."""

    kind: ClassVar[str] = keys.PQ
    PREFIX = "age1pq"
    SIZE = 1184 + 32

    def __init__(self, raw: bytes) -> None:
        try:
            self._key = hpke.MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(raw[: self.SIZE - 32]),
                X25519PublicKey.from_public_bytes(raw[self.SIZE - 32 :]),
            )
        except ValueError:
            raise InputError(_MALFORMED) from None
        self.raw = raw

    @classmethod
    def from_text(cls, text: str) -> PQRecipient:
        """Raises InputError `age.recipient-malformed`."""
        return cls(_decoded(text))

    def __str__(self) -> str:
        return pq_text(self.raw)

    def wrap(self, file_key: bytes) -> Stanza:
        sealed = keys.SUITE.encrypt(file_key, self._key, info=keys.PQ_INFO)
        return Stanza((self.kind, encode(sealed[: keys.ENCAPSULATED])), sealed[keys.ENCAPSULATED :])


@lru_cache(maxsize=64)
def pq_text(raw: bytes) -> str:
    """The `age1pq1…` of a public key. Remembered: two thousand letters take milliseconds, at each unlocking five times."""
    return bech32.encode(PQRecipient.PREFIX, raw)


@lru_cache(maxsize=64)
def _decoded(text: str) -> bytes:
    return keys.decode_key(text, PQRecipient.PREFIX, PQRecipient.SIZE, _MALFORMED)


class X25519Recipient:
    """X25519 alone (`age1…`): for files of others, never for Cairn's bundles."""

    kind: ClassVar[str] = keys.X25519
    PREFIX = "age"
    SIZE = 32

    def __init__(self, raw: bytes) -> None:
        self._key = X25519PublicKey.from_public_bytes(raw)
        self.raw = raw

    @classmethod
    def from_text(cls, text: str) -> X25519Recipient:
        """Raises InputError `age.recipient-malformed`."""
        return cls(keys.decode_key(text, cls.PREFIX, cls.SIZE, _MALFORMED))

    def __str__(self) -> str:
        return bech32.encode(self.PREFIX, self.raw)

    def wrap(self, file_key: bytes) -> Stanza:
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        try:
            secret = ephemeral.exchange(self._key)
        except ValueError:
            # A point of low order: everyone would know the secret.
            raise InputError(_MALFORMED) from None
        key = hkdf_sha256(secret, salt=share + self.raw, info=keys.X25519_INFO)
        return Stanza((self.kind, encode(share)), keys.wrap(key, file_key))


class ScryptRecipient:
    """A passphrase, which has to be the only recipient. `log_n` 16 takes 64 MiB, each step doubles it."""

    kind: ClassVar[str] = keys.SCRYPT

    def __init__(self, passphrase: str, log_n: int = 16) -> None:
        if not 1 <= log_n <= keys.MAX_LOG_N:
            raise InputError("age.work-factor")
        self._passphrase = passphrase
        self._log_n = log_n

    def wrap(self, file_key: bytes) -> Stanza:
        salt = random_bytes(keys.SCRYPT_SALT)
        key = keys.scrypt_key(self._passphrase, salt, self._log_n)
        return Stanza((self.kind, encode(salt), str(self._log_n)), keys.wrap(key, file_key))


def parse_recipient(text: str) -> PQRecipient | X25519Recipient:
    """The recipient of `age1pq1…` or `age1…`. Raises InputError `age.recipient-malformed`."""
    if text.lower().startswith(PQRecipient.PREFIX + "1"):
        return PQRecipient.from_text(text)
    return X25519Recipient.from_text(text)
