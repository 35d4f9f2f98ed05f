"""Key slots: the vault key wrapped by a passphrase, by recovery words, or to an office. FORMAT.md, "Slots".

A slot's note (label, date, for an escrow the office's key) is sealed under the vault key: whoever holds the
disk sees how many slots of which kind there are, not for whom.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import msgspec

from cairn.crypto import aead, age, passphrase, recovery
from cairn.crypto.hashes import equal, hkdf_sha256, hmac_sha256, random_bytes
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.model import clock
from cairn.model.ids import NO_FINGERPRINT, Fingerprint
from cairn.vault import header as hdr
from cairn.vault.header import EscrowSlot, Header, PassphraseSlot, RecoverySlot, Slot

KEY_BYTES = 32
_NOTE_PAD = 512
_LABEL_CHARACTERS = 80
_ESCROW_MAGIC = "cairn-escrow/1"

Key = bytes | bytearray


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What only the unlocked vault knows of a slot."""

    created: str
    fingerprint: Fingerprint
    """Card fingerprint of the office, for an escrow."""
    label: str
    recipient: str
    """`age1pq1…` of the office, for an escrow."""


class SlotInfo(msgspec.Struct, frozen=True):
    """A slot as shown to the person. All but `id` and `kind` is empty while the vault is locked."""

    id: str
    kind: str
    """`passphrase`, `recovery` or `escrow`."""
    label: str = ""
    created: str = ""
    fingerprint: Fingerprint = NO_FINGERPRINT


def subkey(vmk: Key, vault: str, label: str) -> bytes:
    """The 32-byte key for one purpose: `db`, `header-mac`, `slot-note`, `backup`, …"""
    return hkdf_sha256(vmk, salt=vault.encode("ascii"), info=b"cairn-vault/1/" + label.encode("ascii"))


def make_passphrase(
    vmk: Key, vault: str, phrase: str, cost: passphrase.Argon2Cost, *, label: str
) -> PassphraseSlot:
    """A new passphrase slot. Raises InputError `vault.passphrase-empty`, `vault.cost-refused`."""
    if not phrase.strip():
        raise InputError("vault.passphrase-empty")
    slot_id = random_bytes(8).hex()
    kdf = hdr.Argon2Kdf("argon2id", cost.m_kib, cost.p, random_bytes(16), cost.t, 19)
    blank = PassphraseSlot(slot_id, kdf, _no_note(), _no_wrap())
    key = passphrase.derive(phrase, kdf.salt, cost)
    nonce, ct = aead.seal_small(key, vmk, hdr.slot_aad(vault, blank))
    note = _seal_note(vmk, vault, slot_id, label)
    return PassphraseSlot(slot_id, kdf, note, hdr.Wrap("chacha20poly1305", ct, nonce))


def make_recovery(vmk: Key, vault: str) -> tuple[RecoverySlot, list[str]]:
    """A new recovery slot and its 24 words, which are kept nowhere."""
    slot_id = random_bytes(8).hex()
    entropy = random_bytes(32)
    kdf = hdr.HkdfKdf("hkdf-sha256", random_bytes(16))
    blank = RecoverySlot(slot_id, kdf, _no_note(), _no_wrap())
    nonce, ct = aead.seal_small(_recovery_key(entropy, kdf), vmk, hdr.slot_aad(vault, blank))
    note = _seal_note(vmk, vault, slot_id, "")
    slot = RecoverySlot(slot_id, kdf, note, hdr.Wrap("chacha20poly1305", ct, nonce))
    return slot, recovery.words_from(entropy)


def make_escrow(vmk: Key, vault: str, recipient: str, *, label: str, fingerprint: Fingerprint) -> EscrowSlot:
    """A new escrow slot to an office's `age1pq1…` key.

    Raises InputError `vault.escrow-recipient` for anything else than a post-quantum recipient.
    """
    if not recipient.startswith("age1pq1"):
        raise InputError("vault.escrow-recipient")
    try:
        parsed = age.parse_recipient(recipient)
    except CairnError as error:
        raise InputError("vault.escrow-recipient") from error
    slot_id = random_bytes(8).hex()
    out = io.BytesIO()
    writer = age.AgeWriter(out, [parsed])
    writer.write(text_of_key(vmk, _ESCROW_MAGIC, vault, slot_id))
    writer.finish()
    note = _seal_note(vmk, vault, slot_id, label, fingerprint=fingerprint, recipient=recipient)
    return EscrowSlot(slot_id, note, hdr.AgeWrap("age", out.getvalue()))


def open_with_passphrase(header: Header, phrase: str) -> tuple[bytearray, str]:
    """(vault key, id of the slot). Raises InputError `vault.wrong-passphrase`."""
    for slot in header.slots:
        if isinstance(slot, PassphraseSlot):
            key = passphrase.derive(phrase, slot.kdf.salt, slot.kdf.cost)
            vmk = _unwrap(key, header.vault, slot)
            if vmk is not None:
                return vmk, slot.id
    raise InputError("vault.wrong-passphrase")


def open_with_words(header: Header, words: Sequence[str] | str) -> tuple[bytearray, str]:
    """(vault key, id of the slot). Raises InputError `vault.wrong-words` and those of `crypto.words-…`."""
    entropy = recovery.entropy_from(words)
    for slot in header.slots:
        if isinstance(slot, RecoverySlot):
            vmk = _unwrap(_recovery_key(entropy, slot.kdf), header.vault, slot)
            if vmk is not None:
                return vmk, slot.id
    raise InputError("vault.wrong-words")


def open_with_identity(header: Header, identity: age.Identity) -> tuple[bytearray, str]:
    """(vault key, id of the slot) for the office's age identity. Raises InputError `vault.no-escrow`."""
    for slot in header.slots:
        if not isinstance(slot, EscrowSlot):
            continue
        try:
            reader = age.AgeReader(io.BytesIO(slot.wrap.file), [identity])
            text = reader.read(4096)
        except CairnError:
            continue
        vmk = keyed_text(text or b"", _ESCROW_MAGIC, header.vault, slot.id)
        if vmk is not None:
            return vmk, slot.id
    raise InputError("vault.no-escrow")


def info(vmk: Key, vault: str, slot: Slot) -> SlotInfo:
    """What the person sees of a slot. Raises IntegrityError `vault.header-altered`."""
    note = read_note(vmk, vault, slot)
    return SlotInfo(slot.id, kind(slot), note.label, note.created, note.fingerprint)


def read_note(vmk: Key, vault: str, slot: Slot) -> Note:
    """A slot's note. Raises IntegrityError `vault.header-altered`."""
    try:
        data = aead.open_small(
            subkey(vmk, vault, "slot-note"), slot.note.nonce, slot.note.ct, hdr.note_aad(vault, slot.id)
        )
        return msgspec.json.decode(data, type=Note)
    except (IntegrityError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise IntegrityError("vault.header-altered") from error


def kind(slot: Slot) -> str:
    """`passphrase`, `recovery` or `escrow`."""
    return str(slot.__struct_config__.tag)


def with_mac(header: Header, vmk: Key) -> Header:
    """The same header with a MAC that fits."""
    return msgspec.structs.replace(header, mac=_mac(header, vmk))


def check_mac(header: Header, vmk: Key) -> None:
    """Raises IntegrityError `vault.header-altered` unless the header is as it was written."""
    if not equal(_mac(header, vmk), header.mac):
        raise IntegrityError("vault.header-altered")


def text_of_key(key: Key, magic: str, vault: str, slot_id: str) -> bytes:
    """A key as it lies in a slot's age file: with what it is, and whose."""
    return f"{magic}\n{vault}\n{slot_id}\n{bytes(key).hex()}\n".encode("ascii")


def keyed_text(text: bytes, magic: str, vault: str, slot_id: str) -> bytearray | None:
    """The key in what `text_of_key` wrote; None for any other text, and for one of another vault or slot."""
    lines = text.split(b"\n")
    if len(lines) != 5 or lines[4] or lines[:3] != [part.encode() for part in (magic, vault, slot_id)]:
        return None
    try:
        key = bytearray.fromhex(lines[3].decode("ascii"))
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None


def _mac(header: Header, vmk: Key) -> bytes:
    return hmac_sha256(subkey(vmk, header.vault, "header-mac"), hdr.signed_bytes(header))


def _unwrap(key: bytes, vault: str, slot: PassphraseSlot | RecoverySlot) -> bytearray | None:
    try:
        return bytearray(aead.open_small(key, slot.wrap.nonce, slot.wrap.ct, hdr.slot_aad(vault, slot)))
    except IntegrityError:
        return None


def _recovery_key(entropy: bytes, kdf: hdr.HkdfKdf) -> bytes:
    return hkdf_sha256(entropy, salt=kdf.salt, info=b"cairn-vault/1/recovery")


def _seal_note(
    vmk: Key,
    vault: str,
    slot_id: str,
    label: str,
    *,
    fingerprint: Fingerprint = NO_FINGERPRINT,
    recipient: str = "",
) -> hdr.Sealed:
    note = Note(clock.now(), Fingerprint(_clean_label(fingerprint)), _clean_label(label), recipient)
    data = hdr.canonical(note)
    # Padded with spaces, so that the length tells nothing of the label.
    data += b" " * (-len(data) % _NOTE_PAD)
    nonce, ct = aead.seal_small(subkey(vmk, vault, "slot-note"), data, hdr.note_aad(vault, slot_id))
    return hdr.Sealed(nonce, ct)


def _clean_label(label: str) -> str:
    return "".join(c for c in label if c.isprintable())[:_LABEL_CHARACTERS]


def _no_note() -> hdr.Sealed:
    return hdr.Sealed(bytes(12), bytes(16))


def _no_wrap() -> hdr.Wrap:
    return hdr.Wrap("chacha20poly1305", bytes(48), bytes(12))
