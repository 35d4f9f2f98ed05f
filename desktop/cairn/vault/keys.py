"""Changing who can open a vault: passphrases, recovery words, escrow to an office, a new vault key.

Every change is one atomic replacement of the header. What no change of slots can do: take back a header
that was copied before. After a passphrase became known, `rotate`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from cairn.crypto import passphrase as phrases
from cairn.crypto.hashes import random_bytes
from cairn.errors import InputError, IntegrityError, MachineError
from cairn.model.ids import Fingerprint
from cairn.model.ports import Progress, no_progress
from cairn.vault import check, database
from cairn.vault import folder as places
from cairn.vault import header as hdr
from cairn.vault import identity_key as identities
from cairn.vault import keyslots as slots
from cairn.vault.header import (
    EscrowSlot,
    Header,
    IdentitySlot,
    IdentityVaultSlot,
    PassphraseSlot,
    RecoverySlot,
    Slot,
)
from cairn.vault.sqlerrors import sql_errors
from cairn.vault.vault import Vault


def change_passphrase(
    vault: Vault, new: str, *, old: str | None = None, cost: phrases.Argon2Cost | None = None
) -> None:
    """Replace one passphrase by `new`: the one that `old` opens when given; else the one this vault was
    unlocked with; else (unlocked with words or escrow) the first.

    The slot that is replaced is left nowhere in the folder. Raises InputError `vault.wrong-passphrase`
    when `old` is none of them, `vault.passphrase-empty`, MachineError.
    """
    with vault.guard:
        header = vault.header
        replaced = vault.opened_by
        if old is not None:
            replaced = slots.open_with_passphrase(header, old)[1]
        places_of = [i for i, slot in enumerate(header.slots) if isinstance(slot, PassphraseSlot)]
        chosen = [i for i in places_of if header.slots[i].id == replaced] or places_of[:1]
        label = slots.read_note(vault.key, vault.id, header.slots[chosen[0]]).label if chosen else ""
        slot = slots.make_passphrase(vault.key, vault.id, new, cost or phrases.calibrate(), label=label)
        changed: list[Slot] = list(header.slots)
        if chosen:
            changed[chosen[0]] = slot
        else:
            changed.insert(0, slot)
        _commit(vault, changed)
        vault.adopt(vault.header, slot_id=slot.id)


def add_passphrase(
    vault: Vault, passphrase: str, label: str, *, cost: phrases.Argon2Cost | None = None
) -> str:
    """Add a passphrase beside the others; returns its slot's id.

    Raises InputError `vault.passphrase-empty`, `vault.too-many-slots`, MachineError.
    """
    with vault.guard:
        _check_room(vault.header, passphrase=True)
        slot = slots.make_passphrase(
            vault.key, vault.id, passphrase, cost or phrases.calibrate(), label=label
        )
        _commit(vault, [*vault.header.slots, slot])
        return slot.id


def add_escrow(vault: Vault, age_recipient: str, label: str, fingerprint: Fingerprint) -> str:
    """Let the office that holds the identity of `age_recipient` open this vault; returns the slot's id.

    The caller has checked that the card's words were verified. Raises InputError
    `vault.escrow-recipient`, `vault.too-many-slots`, MachineError.
    """
    with vault.guard:
        _check_room(vault.header)
        slot = slots.make_escrow(vault.key, vault.id, age_recipient, label=label, fingerprint=fingerprint)
        _commit(vault, [*vault.header.slots, slot])
        return slot.id


def check_words(vault: Vault, words: Sequence[str] | str) -> None:
    """Whether these recovery words open this vault now. Raises InputError `vault.wrong-words`, `crypto.words-…`."""
    with vault.guard:
        key, _ = slots.open_with_words(vault.header, words)
        key[:] = bytes(len(key))


def renew_recovery(vault: Vault) -> list[str]:
    """New recovery words, for the vault and for its identity key; the old ones open this folder no more.

    Raises InputError `vault.too-many-slots`, MachineError.
    """
    with vault.guard:
        _require_settled(vault)
        kept = [slot for slot in vault.header.slots if not isinstance(slot, RecoverySlot)]
        slot, words = slots.make_recovery(vault.key, vault.id)
        if len(kept) >= hdr.MAX_SLOTS:
            raise InputError("vault.too-many-slots")
        first_escrow = next((i for i, s in enumerate(kept) if isinstance(s, EscrowSlot)), len(kept))
        renewed = identities.recovery_slot(vault.identity_key(), vault.id, words)
        _commit(
            vault,
            [*kept[:first_escrow], slot, *kept[first_escrow:]],
            identity=[*_without_words(vault.header), renewed],
        )
        return words


def revoke_slot(vault: Vault, slot_id: str) -> None:
    """Remove a slot. Raises InputError `vault.no-such-slot`, or `vault.last-slot` when the person would be
    left without passphrase and recovery words (an escrow opens for the office, not for them)."""
    with vault.guard:
        _require_settled(vault)
        kept = [slot for slot in vault.header.slots if slot.id != slot_id]
        if len(kept) == len(vault.header.slots):
            raise InputError("vault.no-such-slot")
        if all(isinstance(slot, EscrowSlot) for slot in kept):
            raise InputError("vault.last-slot")
        has_words = any(isinstance(slot, RecoverySlot) for slot in kept)
        # Words that open the vault no more must not open its identity key.
        _commit(vault, kept, identity=None if has_words else _without_words(vault.header))


def rotate(vault: Vault, passphrase: str, progress: Progress = no_progress) -> list[str]:
    """Give the vault a new key and its database a new encryption; returns new recovery words.

    `passphrase` must be one that opens the vault now; it stays. Other passphrases are dropped, escrow
    is renewed to the same offices, the identity key stays under new slots. All connections must be closed. The old header and the untouched old
    database stay in force until the new database was written and verified; then one replacement of the
    header changes over. Killed at any point, the vault opens with `passphrase`. Progress counts bytes.

    Raises InputError `vault.wrong-passphrase`, MachineError, IntegrityError (the old database is
    damaged), Cancelled; then all is as it was.
    """
    with vault.guard:
        if vault.connection_count:
            raise RuntimeError("connections are open")
        _require_settled(vault)
        old = vault.header
        used = slots.open_with_passphrase(old, passphrase)[1]
        fresh = _unused_name(old)
        # Named as retired before it exists: should this end here, the next unlock removes it.
        _commit(vault, old.slots, retired=[fresh])
        vmk = bytearray(random_bytes(slots.KEY_BYTES))
        try:
            _reencrypt(vault, fresh, slots.subkey(vmk, vault.id, "db"), progress)
            renewed, words = _rewrapped(vault, used, passphrase, vmk)
            identity = identities.make_slots(vault.identity_key(), vmk, vault.id, words)
            new = Header(hdr.FORMAT, vault.id, fresh, [old.database], identity, [], renewed, bytes(32))
            new = slots.with_mac(new, vmk)
            places.swap_header(vault.folder, vault.header, new)
        except BaseException:
            _undo(vault, fresh)
            raise
        vault.adopt(new, vmk, renewed[0].id)
        with suppress(MachineError):
            # What can't be removed now stays named in the header and is removed at the next unlock.
            places.retire(vault.folder, new)
            _commit(vault, new.slots)
        return words


def _reencrypt(vault: Vault, name: str, key: bytes, progress: Progress) -> None:
    target = vault.folder / name
    size = vault.database_path.stat().st_size if vault.database_path.is_file() else 0
    source = database.open_database(vault.database_path, vault.derive("db"))
    try:
        # A damaged page would be sealed anew and so be made to look whole.
        if check.examine(source):
            raise IntegrityError("vault.database-altered")
        with sql_errors(vault.folder):
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        database.copy_database(source, target, key, progress, total=2 * size)
    finally:
        source.close()
    copy = database.open_database(target, key)
    try:
        if check.examine(copy):
            raise MachineError("vault.backup-mismatch")
        with sql_errors(vault.folder):
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        copy.close()
    database.sync_file(target)
    progress(2 * size, 2 * size)


def _rewrapped(vault: Vault, used: str, passphrase: str, vmk: bytearray) -> tuple[list[Slot], list[str]]:
    renewed: list[Slot] = []
    recovery, words = slots.make_recovery(vmk, vault.id)
    for slot in vault.header.slots:
        note = slots.read_note(vault.key, vault.id, slot)
        if slot.id == used and isinstance(slot, PassphraseSlot):
            kept = slots.make_passphrase(vmk, vault.id, passphrase, slot.kdf.cost, label=note.label)
            renewed[:0] = [kept, recovery]
        elif isinstance(slot, EscrowSlot):
            renewed.append(
                slots.make_escrow(
                    vmk, vault.id, note.recipient, label=note.label, fingerprint=note.fingerprint
                )
            )
    return renewed, words


def _undo(vault: Vault, name: str) -> None:
    with suppress(MachineError):
        # Only once the old header surely is in force: else the new database may be the one that counts.
        if places.read_regular(vault.folder / places.HEADER) == hdr.serialise(vault.header):
            database.remove_database(vault.folder / name)
            _commit(vault, vault.header.slots)


def _require_settled(vault: Vault) -> None:
    vault.require_writing()
    # Whoever opens a vault finishes or gives up what was begun, before it is used for anything.
    if vault.header.identity_next:
        raise RuntimeError("a new identity key was begun")


def _without_words(header: Header) -> list[IdentitySlot]:
    return [slot for slot in header.identity if isinstance(slot, IdentityVaultSlot)]


def _commit(
    vault: Vault,
    changed: Sequence[Slot],
    *,
    retired: Sequence[str] = (),
    identity: Sequence[IdentitySlot] | None = None,
) -> None:
    vault.require_writing()
    header = msgspec.structs.replace(
        vault.header,
        slots=list(changed),
        retired=list(retired),
        identity=list(vault.header.identity if identity is None else identity),
    )
    header = slots.with_mac(header, vault.key)
    places.swap_header(vault.folder, vault.header, header)
    vault.adopt(header)


def _check_room(header: Header, *, passphrase: bool = False) -> None:
    phrase_slots = sum(isinstance(slot, PassphraseSlot) for slot in header.slots)
    if len(header.slots) >= hdr.MAX_SLOTS or (passphrase and phrase_slots >= hdr.MAX_PASSPHRASE_SLOTS):
        raise InputError("vault.too-many-slots")


def _unused_name(header: Header) -> str:
    while True:
        name = f"vault-{random_bytes(4).hex()}.db"
        if name != header.database and name not in header.retired:
            return name
