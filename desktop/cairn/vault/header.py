"""The vault's header `vault.hdr`: parse, check, serialise. Pure; see FORMAT.md, "Header".

There is exactly one byte form of every header. `parse` refuses all others, so that duplicate keys,
other spellings of a number and trailing bytes need no rules of their own, and parsing then
serialising gives the same bytes. Nothing here needs a key: the MAC is checked in `keyslots.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Final, Literal

import msgspec

from cairn.crypto.passphrase import Argon2Cost
from cairn.errors import InputError, IntegrityError
from cairn.model.ids import is_new_id

FORMAT: Final = "cairn-vault/1"
MAX_BYTES = 256 * 1024
"""Longest header that is read. A full one (32 slots, each an escrow) is about 200 KiB."""
MAX_SLOTS = 32
MAX_PASSPHRASE_SLOTS = 8
"""Each may cost an Argon2id run when a passphrase is tried."""
FIRST_DATABASE = "vault.db"

_DATABASE = re.compile(r"vault(-[0-9a-f]{8})?\.db", re.ASCII)
_SLOT_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_NEWER = re.compile(r"cairn-vault/([2-9]|[1-9][0-9]{1,5})", re.ASCII)

Bytes12 = Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)]
Bytes16 = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Bytes32 = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Bytes48 = Annotated[bytes, msgspec.Meta(min_length=48, max_length=48)]
NoteBytes = Annotated[bytes, msgspec.Meta(min_length=16, max_length=4096 + 16)]
RecipientText = Annotated[str, msgspec.Meta(pattern=r"^age1pq1[a-z0-9]{1900,2000}\Z")]
EscrowBytes = Annotated[bytes, msgspec.Meta(min_length=1, max_length=4096)]


class Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A slot's note (label, date, recipient), readable with the vault key alone."""

    nonce: Bytes12
    ct: NoteBytes


class Argon2Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a passphrase becomes a key (RFC 9106)."""

    alg: Literal["argon2id"]
    m_kib: int
    p: int
    salt: Bytes16
    t: int
    v: Literal[19]

    @property
    def cost(self) -> Argon2Cost:
        """The cost, as the crypto room takes it."""
        return Argon2Cost(m_kib=self.m_kib, t=self.t, p=self.p)


class HkdfKdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the entropy of recovery words becomes a key (RFC 5869)."""

    alg: Literal["hkdf-sha256"]
    salt: Bytes16


class Wrap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The vault key under a slot's key (RFC 8439)."""

    alg: Literal["chacha20poly1305"]
    ct: Bytes48
    nonce: Bytes12


class AgeWrap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The vault key in an age file."""

    alg: Literal["age"]
    file: EscrowBytes


class PassphraseSlot(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="passphrase", tag_field="kind"
):
    """Opens with a passphrase."""

    id: str
    kdf: Argon2Kdf
    note: Sealed
    wrap: Wrap


class RecoverySlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="recovery", tag_field="kind"):
    """Opens with 24 recovery words."""

    id: str
    kdf: HkdfKdf
    note: Sealed
    wrap: Wrap


class EscrowSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="escrow", tag_field="kind"):
    """Opens with the age identity of an office."""

    id: str
    note: Sealed
    wrap: AgeWrap


Slot = PassphraseSlot | RecoverySlot | EscrowSlot


class IdentityVaultSlot(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="vault", tag_field="kind"
):
    """The identity key, for whoever has the vault key: it opens with the vault."""

    id: str
    wrap: Wrap


class IdentityRecoverySlot(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="recovery", tag_field="kind"
):
    """The identity key, for whoever has the 24 recovery words.

    Wrapped to a public key that the words' entropy gives, so that a new identity key can be wrapped without
    the words.
    """

    id: str
    kdf: HkdfKdf
    recipient: RecipientText
    wrap: AgeWrap


IdentitySlot = IdentityVaultSlot | IdentityRecoverySlot
_IDENTITY_SLOTS: Final[Sequence[list[type]]] = (
    [IdentityVaultSlot],
    [IdentityVaultSlot, IdentityRecoverySlot],
)


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole header. `mac` is over `signed_bytes`."""

    format: Literal["cairn-vault/1"]
    vault: str
    database: str
    retired: list[str]
    identity: list[IdentitySlot]
    """The ways to the identity key, a second random key that names and contacts lie under."""
    identity_next: list[IdentitySlot]
    """Those to the one that takes its place: there while everything is wrapped anew, else empty."""
    slots: list[Slot]
    mac: Bytes32


class _Version(msgspec.Struct):
    format: str


def parse(data: bytes) -> Header:
    """The header in `data`.

    Raises InputError `vault.newer` for a format this program doesn't know yet, InputError
    `vault.cost-refused` for an Argon2id cost outside the accepted range, and IntegrityError
    `vault.header-altered` for everything else that isn't exactly one well-formed header.
    """
    if len(data) > MAX_BYTES:
        raise IntegrityError("vault.header-altered")
    try:
        header = msgspec.json.decode(data, type=Header)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        if _is_newer(data):
            raise InputError("vault.newer") from error
        raise IntegrityError("vault.header-altered") from error
    if not (_names_are_sound(header) and _slots_are_sound(header) and serialise(header) == data):
        raise IntegrityError("vault.header-altered")
    for slot in header.slots:
        if isinstance(slot, PassphraseSlot):
            slot.kdf.cost.check()
    return header


def serialise(header: Header) -> bytes:
    """The one byte form of `header`."""
    return canonical(header) + b"\n"


def signed_bytes(header: Header) -> bytes:
    """What the MAC is over: the canonical form without `mac`, without the final newline."""
    parts = {name: getattr(header, name) for name in header.__struct_fields__ if name != "mac"}
    return canonical(parts)


def slot_aad(vault: str, slot: PassphraseSlot | RecoverySlot) -> bytes:
    """Associated data of a slot's wrap: a wrap moved to another slot, kdf or vault doesn't open."""
    kind = "passphrase" if isinstance(slot, PassphraseSlot) else "recovery"
    return canonical({"id": slot.id, "kdf": slot.kdf, "kind": kind, "vault": vault})


def identity_aad(vault: str, slot: IdentityVaultSlot) -> bytes:
    """Associated data of the identity key's wrap. `identity` sets it apart from a wrap of the vault key."""
    return canonical({"id": slot.id, "identity": 1, "kind": "vault", "vault": vault})


def note_aad(vault: str, slot_id: str) -> bytes:
    """Associated data of a slot's note."""
    return canonical({"id": slot_id, "note": 1, "vault": vault})


def canonical(value: object) -> bytes:
    """Compact JSON with keys sorted by code point. Every string in a header is plain ASCII, so no
    escape ever occurs; bytes are standard base64 with padding."""
    return msgspec.json.encode(value, order="sorted")


def is_database_name(name: str) -> bool:
    """Whether `name` may be the name of a vault's database file: never a path."""
    return bool(_DATABASE.fullmatch(name))


def _is_newer(data: bytes) -> bool:
    try:
        return bool(_NEWER.fullmatch(msgspec.json.decode(data, type=_Version).format))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


def _names_are_sound(header: Header) -> bool:
    names = [header.database, *header.retired]
    return (
        is_new_id(header.vault)
        and len(names) <= 4
        and len(set(names)) == len(names)
        and all(is_database_name(name) for name in names)
    )


def _slots_are_sound(header: Header) -> bool:
    slots: Sequence[Slot | IdentitySlot] = [*header.slots, *header.identity, *header.identity_next]
    ids = {slot.id for slot in slots}
    return (
        1 <= len(header.slots) <= MAX_SLOTS
        and len(ids) == len(slots)
        and all(_SLOT_ID.fullmatch(slot_id) for slot_id in ids)
        and sum(isinstance(slot, PassphraseSlot) for slot in slots) <= MAX_PASSPHRASE_SLOTS
        and [type(slot) for slot in header.identity] in _IDENTITY_SLOTS
        and [type(slot) for slot in header.identity_next] in ([], *_IDENTITY_SLOTS)
    )
