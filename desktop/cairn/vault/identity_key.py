"""The identity key: a second random key of the vault, under which names, contacts and faces lie.

It is not derived from the vault key, so that it can be given other slots than the vault without sealing
anything anew, and so that it survives a new vault key. Now it has two: one that opens with the vault, one
for the 24 recovery words. It takes its own turn at being replaced, so that what was erased stays closed
even to who has an old page of the database: `begin`, then everything is wrapped anew, then `finish`.
FORMAT.md, "Identity key".
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from cairn.crypto import aead, age, recovery
from cairn.crypto.hashes import hkdf_sha256, random_bytes
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.vault import folder as places
from cairn.vault import header as hdr
from cairn.vault import keyslots as slots
from cairn.vault.header import Header, IdentityRecoverySlot, IdentitySlot, IdentityVaultSlot
from cairn.vault.keyslots import KEY_BYTES, Key, subkey

if TYPE_CHECKING:
    from cairn.vault.vault import Vault

LABEL = "identity"
"""HKDF label of the key that wraps the identity key for whoever has the vault key."""
_MAGIC = "cairn-identity-key/1"


def generate() -> bytearray:
    """A new identity key."""
    return bytearray(random_bytes(KEY_BYTES))


def make_slots(key: Key, vmk: Key, vault: str, words: Sequence[str] | str) -> list[IdentitySlot]:
    """The slots of `key`: one that opens with the vault key `vmk`, one for the recovery words."""
    return [vault_slot(key, vmk, vault), recovery_slot(key, vault, words)]


def vault_slot(key: Key, vmk: Key, vault: str) -> IdentityVaultSlot:
    """A slot of `key` that opens with the vault key `vmk`."""
    blank = IdentityVaultSlot(random_bytes(8).hex(), hdr.Wrap("chacha20poly1305", bytes(48), bytes(12)))
    nonce, ct = aead.seal_small(subkey(vmk, vault, LABEL), key, hdr.identity_aad(vault, blank))
    return IdentityVaultSlot(blank.id, hdr.Wrap("chacha20poly1305", ct, nonce))


def recovery_slot(key: Key, vault: str, words: Sequence[str] | str) -> IdentityRecoverySlot:
    """A slot of `key` that opens with the recovery words. Raises InputError of `crypto.words-…`."""
    kdf = hdr.HkdfKdf("hkdf-sha256", random_bytes(16))
    return _to_recipient(key, vault, kdf, _of_words(recovery.entropy_from(words), kdf).recipient)


def open_with_vault(header: Header, vmk: Key) -> bytearray:
    """The identity key. Raises IntegrityError `vault.header-altered` when its slot holds another one's."""
    return _opened(header.identity, header.vault, vmk)


def open_with_words(header: Header, words: Sequence[str] | str) -> bytearray:
    """The identity key, without the vault key. Raises InputError `vault.wrong-words`, `crypto.words-…`."""
    entropy = recovery.entropy_from(words)
    for slot in header.identity:
        if isinstance(slot, IdentityRecoverySlot):
            try:
                reader = age.AgeReader(io.BytesIO(slot.wrap.file), [_of_words(entropy, slot.kdf)])
                text = reader.read(4096) or b""
            except CairnError as error:
                raise InputError("vault.wrong-words") from error
            key = slots.keyed_text(text, _MAGIC, header.vault, slot.id)
            if key is not None:
                return key
    raise InputError("vault.wrong-words")


def begin(vault: Vault) -> bytearray:
    """Draw the identity key that is to take the place of the present one, and write its slots beside it.

    From now until `finish` both open. An earlier attempt that was not finished is given up: the caller has
    seen to it that nothing is wrapped under its key. Raises MachineError.
    """
    with vault.guard:
        new = generate()
        fresh: list[IdentitySlot] = [vault_slot(new, vault.key, vault.id)]
        for slot in vault.header.identity:
            if isinstance(slot, IdentityRecoverySlot):
                fresh.append(_to_recipient(new, vault.id, slot.kdf, slot.recipient))
        _write(vault, msgspec.structs.replace(vault.header, identity_next=fresh))
        return new


def pending(vault: Vault) -> bytearray | None:
    """The identity key that was begun and not finished, or None. Raises IntegrityError."""
    with vault.guard:
        header = vault.header
        return _opened(header.identity_next, vault.id, vault.key) if header.identity_next else None


def finish(vault: Vault) -> None:
    """Let the identity key that was begun take the place of the present one, which nothing opens any more."""
    with vault.guard:
        header = vault.header
        _write(vault, msgspec.structs.replace(header, identity=header.identity_next, identity_next=[]))


def give_up(vault: Vault) -> None:
    """Forget the identity key that was begun: nothing was wrapped under it."""
    with vault.guard:
        _write(vault, msgspec.structs.replace(vault.header, identity_next=[]))


def _write(vault: Vault, header: Header) -> None:
    vault.require_writing()
    header = slots.with_mac(header, vault.key)
    places.swap_header(vault.folder, vault.header, header)
    vault.adopt(header)


def _opened(found: Sequence[IdentitySlot], vault: str, vmk: Key) -> bytearray:
    for slot in found:
        if isinstance(slot, IdentityVaultSlot):
            aad = hdr.identity_aad(vault, slot)
            try:
                return bytearray(
                    aead.open_small(subkey(vmk, vault, LABEL), slot.wrap.nonce, slot.wrap.ct, aad)
                )
            except IntegrityError as error:
                raise IntegrityError("vault.header-altered") from error
    raise IntegrityError("vault.header-altered")


def _of_words(entropy: bytes, kdf: hdr.HkdfKdf) -> age.PQIdentity:
    return age.PQIdentity(hkdf_sha256(entropy, salt=kdf.salt, info=b"cairn-vault/1/identity-recovery"))


def _to_recipient(key: Key, vault: str, kdf: hdr.HkdfKdf, recipient: str) -> IdentityRecoverySlot:
    slot_id = random_bytes(8).hex()
    out = io.BytesIO()
    writer = age.AgeWriter(out, [age.parse_recipient(recipient)])
    writer.write(slots.text_of_key(key, _MAGIC, vault, slot_id))
    writer.finish()
    return IdentityRecoverySlot(slot_id, kdf, recipient, hdr.AgeWrap("age", out.getvalue()))
