"""Openings: who somebody is, in sealed pieces that can be destroyed one by one.

A signed revision holds a commitment and nothing else. What it commits to, the *opening*, is kept apart under
a random key of its own, which is wrapped by the vault's identity key. So the signature binds one opening,
`sha256sum` checks it, and to remove key and opening is to erase it, whatever stays of the revision.
Layout in vault/FORMAT.md, "Openings".
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from cairn.crypto import aead
from cairn.crypto.age import AgeReader, AgeWriter, PQIdentity, PQRecipient
from cairn.crypto.hashes import equal, hkdf_sha256, random_bytes, sha256
from cairn.errors import InputError, IntegrityError

SALT_BYTES = 32
BLOCK = 1024
"""An opening's text is padded to a multiple of this, so that its length tells next to nothing."""
MAX_BYTES = SALT_BYTES + 64 * BLOCK
"""Longest opening, its salt included."""
KEY_BYTES = 32
WRAPPED_BYTES = aead.NONCE_SIZE + KEY_BYTES + aead.TAG_SIZE

_KEY_AAD = b"cairn-opening-key/1\0"
_DATA_AAD = b"cairn-opening/1\0"


def make(text: bytes) -> bytes:
    """A fresh opening of `text` (JSON): 32 random bytes of salt, then the text padded with spaces.

    The salt is random each time, so that the commitment of a name can't be guessed from the name, and two
    openings of the same text have different ones. ValueError for a text that is too long.
    """
    padded = text + b" " * (-len(text) % BLOCK)
    if len(padded) > MAX_BYTES - SALT_BYTES:
        raise ValueError("an opening is too long")
    return random_bytes(SALT_BYTES) + padded


def text_of(opening: bytes) -> bytes:
    """The text of an opening, its padding included (white space to JSON)."""
    return opening[SALT_BYTES:]


def is_whole(opening: bytes) -> bool:
    """Whether it has the length of an opening: a salt and one or more blocks."""
    size = len(opening) - SALT_BYTES
    return 0 < size <= MAX_BYTES - SALT_BYTES and size % BLOCK == 0


def commitment(opening: bytes) -> str:
    """SHA-256 over salt and text, in hex: what the body of a revision says."""
    return sha256(opening).hex()


def fits(opening: bytes, commit: str) -> bool:
    """Whether `opening` is the one that a revision with `commit` was signed for."""
    return is_whole(opening) and equal(commitment(opening).encode("ascii"), commit.encode("utf-8"))


def subkey(identity_key: bytes | bytearray, label: str) -> bytes:
    """The 32-byte key for one purpose under the identity key: `openings`, `card`, `key-id`."""
    return hkdf_sha256(identity_key, salt=b"", info=b"cairn-identity/1/" + label.encode("ascii"))


def key_id(identity_key: bytes | bytearray) -> str:
    """The name of an identity key, in hex: it tells two keys apart and nothing else of either."""
    return subkey(identity_key, "key-id").hex()


def seal(under: bytes | bytearray, opening: bytes, bound: str) -> tuple[bytes, bytes]:
    """(wrapped key, ciphertext) of `opening` under a random key; `bound` says which row alone it opens in.

    `under` is `subkey(identity key, "openings")`, derived once for many. Both parts begin with their nonce. Neither
    opens in another row, nor under another identity key.
    """
    key = random_bytes(KEY_BYTES)
    about = bound.encode("ascii")
    wrapped = aead.seal_small(under, key, _KEY_AAD + about)
    return b"".join(wrapped), b"".join(aead.seal_small(key, opening, _DATA_AAD + about))


def unseal(under: bytes | bytearray, wrapped: bytes, data: bytes, bound: str) -> bytes:
    """The opening that `seal` sealed. Raises IntegrityError `crypto.not-authentic`."""
    about = bound.encode("ascii")
    key = _open(under, wrapped, _KEY_AAD + about)
    if len(key) != KEY_BYTES:
        raise IntegrityError("crypto.not-authentic")
    return _open(key, data, _DATA_AAD + about)


def rewrap(old: bytes | bytearray, new: bytes | bytearray, wrapped: bytes, bound: str) -> bytes:
    """The wrapped key of an opening under another identity key: `old` and `new` as `under` in `seal`.

    Raises IntegrityError `crypto.not-authentic`.
    """
    aad = _KEY_AAD + bound.encode("ascii")
    return b"".join(aead.seal_small(new, _open(old, wrapped, aad), aad))


def to_file(opening: bytes, recipients: Sequence[PQRecipient]) -> bytes:
    """An age file of `opening` to the identity keys of cards: how it travels."""
    out = io.BytesIO()
    writer = AgeWriter(out, recipients)
    writer.write(opening)
    writer.finish()
    return out.getvalue()


def from_file(file: bytes, identities: Sequence[PQIdentity]) -> bytes:
    """The opening in an age file. Raises InputError `age.no-match` and others, IntegrityError; never reads
    more than an opening may have."""
    reader = AgeReader(io.BytesIO(file), identities)
    opening = reader.read(MAX_BYTES + 1)
    # Reading past the end makes the age layer check its last chunk.
    if not is_whole(opening) or reader.read(1):
        raise InputError("identity.malformed")
    return opening


def seal_card_secret(identity_key: bytes | bytearray, seed: bytes, recipient: str) -> bytes:
    """The secret of a card's identity key, to be kept in the vault; bound to its public half."""
    aad = b"cairn-card-identity/1\0" + recipient.encode("ascii")
    return b"".join(aead.seal_small(subkey(identity_key, "card"), seed, aad))


def open_card_secret(identity_key: bytes | bytearray, sealed: bytes, recipient: str) -> bytes:
    """What `seal_card_secret` sealed. Raises IntegrityError `crypto.not-authentic`."""
    aad = b"cairn-card-identity/1\0" + recipient.encode("ascii")
    return _open(subkey(identity_key, "card"), sealed, aad)


def _open(key: bytes | bytearray, sealed: bytes, aad: bytes) -> bytes:
    return aead.open_small(key, sealed[: aead.NONCE_SIZE], sealed[aead.NONCE_SIZE :], aad)
