"""The identity key: a second random key of the vault, under which names, contacts and faces lie.

It is not derived from the vault key, so that it can be given other slots than the vault without sealing
anything anew, and so that it survives a new vault key. Now it has two: one that opens with the vault, one
for the 24 recovery words. FORMAT.md, "Identity key".
"""

from __future__ import annotations

from collections.abc import Sequence

from cairn.crypto import aead, recovery
from cairn.crypto.hashes import hkdf_sha256, random_bytes
from cairn.errors import InputError, IntegrityError
from cairn.vault import header as hdr
from cairn.vault.header import Header, IdentityRecoverySlot, IdentitySlot, IdentityVaultSlot
from cairn.vault.keyslots import KEY_BYTES, Key, subkey

LABEL = "identity"
"""HKDF label of the key that wraps the identity key for whoever has the vault key."""


def generate() -> bytearray:
    """A new identity key."""
    return bytearray(random_bytes(KEY_BYTES))


def make_slots(key: Key, vmk: Key, vault: str, words: Sequence[str] | str) -> list[IdentitySlot]:
    """The slots of `key`: one that opens with the vault key `vmk`, one for the recovery words."""
    return [vault_slot(key, vmk, vault), recovery_slot(key, vault, words)]


def vault_slot(key: Key, vmk: Key, vault: str) -> IdentityVaultSlot:
    """A slot of `key` that opens with the vault key `vmk`."""
    blank = IdentityVaultSlot(random_bytes(8).hex(), _no_wrap())
    return IdentityVaultSlot(blank.id, _wrap(subkey(vmk, vault, LABEL), key, hdr.identity_aad(vault, blank)))


def recovery_slot(key: Key, vault: str, words: Sequence[str] | str) -> IdentityRecoverySlot:
    """A slot of `key` that opens with the recovery words. Raises InputError of `crypto.words-…`."""
    kdf = hdr.HkdfKdf("hkdf-sha256", random_bytes(16))
    blank = IdentityRecoverySlot(random_bytes(8).hex(), kdf, _no_wrap())
    under = _recovery_key(recovery.entropy_from(words), kdf)
    return IdentityRecoverySlot(blank.id, kdf, _wrap(under, key, hdr.identity_aad(vault, blank)))


def open_with_vault(header: Header, vmk: Key) -> bytearray:
    """The identity key. Raises IntegrityError `vault.header-altered` when its slot holds another one's."""
    for slot in header.identity:
        if isinstance(slot, IdentityVaultSlot):
            try:
                return _unwrap(subkey(vmk, header.vault, LABEL), slot, header.vault)
            except IntegrityError as error:
                raise IntegrityError("vault.header-altered") from error
    raise IntegrityError("vault.header-altered")


def open_with_words(header: Header, words: Sequence[str] | str) -> bytearray:
    """The identity key, without the vault key. Raises InputError `vault.wrong-words`, `crypto.words-…`."""
    entropy = recovery.entropy_from(words)
    for slot in header.identity:
        if isinstance(slot, IdentityRecoverySlot):
            try:
                return _unwrap(_recovery_key(entropy, slot.kdf), slot, header.vault)
            except IntegrityError as error:
                raise InputError("vault.wrong-words") from error
    raise InputError("vault.wrong-words")


def _recovery_key(entropy: bytes, kdf: hdr.HkdfKdf) -> bytes:
    return hkdf_sha256(entropy, salt=kdf.salt, info=b"cairn-vault/1/identity-recovery")


def _wrap(under: bytes, key: Key, aad: bytes) -> hdr.Wrap:
    nonce, ct = aead.seal_small(under, key, aad)
    return hdr.Wrap("chacha20poly1305", ct, nonce)


def _unwrap(under: bytes, slot: IdentitySlot, vault: str) -> bytearray:
    aad = hdr.identity_aad(vault, slot)
    return bytearray(aead.open_small(under, slot.wrap.nonce, slot.wrap.ct, aad))


def _no_wrap() -> hdr.Wrap:
    return hdr.Wrap("chacha20poly1305", bytes(48), bytes(12))
