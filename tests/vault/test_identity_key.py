"""The identity key: a second random key in the header, which outlives every change of the others."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from cairn import vault as vaults
from cairn.errors import InputError, IntegrityError, MachineError
from cairn.vault import backup as backups
from cairn.vault import identity_key, keyslots
from cairn.vault.header import Header, IdentityVaultSlot
from cairn.vault.restore import restore
from vault.kit import COST, PHRASE, Sample

VAULT = "3f2b8a10-0000-4000-8000-000000000001"


def kinds(header: Header) -> list[str]:
    return [str(slot.__struct_config__.tag) for slot in header.identity]


def test_every_vault_has_one_of_its_own(sample: Sample, tmp_path: Path) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    other, _ = vaults.create(tmp_path / "other", PHRASE, cost=COST)
    key = vault.identity_key()
    assert len(key) == 32 and key not in (vault.key, other.identity_key())
    assert key != vault.derive("identity")
    assert kinds(vault.header) == ["vault", "recovery"]
    assert identity_key.open_with_words(vault.header, sample.words) == key
    # A copy for whoever asks: overwriting it leaves the vault's own alone.
    key[:] = bytes(32)
    assert vault.identity_key() != key
    vault.lock()
    other.lock()
    with pytest.raises(MachineError, match=r"^vault\.locked$"):
        vault.identity_key()


def test_it_stays_whatever_becomes_of_the_other_keys(sample: Sample, tmp_path: Path) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    key = bytes(vault.identity_key())
    vaults.change_passphrase(vault, "new", old=PHRASE, cost=COST)
    assert vault.identity_key() == key

    words = vaults.renew_recovery(vault)
    assert vault.identity_key() == identity_key.open_with_words(vault.header, words) == key
    with pytest.raises(InputError, match=r"^vault\.wrong-words$"):
        identity_key.open_with_words(vault.header, sample.words)

    before = vault.header
    rotated = vaults.rotate(vault, "new")
    assert vault.identity_key() == identity_key.open_with_words(vault.header, rotated) == key
    assert not {slot.id for slot in before.identity} & {slot.id for slot in vault.header.identity}
    with pytest.raises(InputError, match=r"^vault\.wrong-words$"):
        identity_key.open_with_words(vault.header, words)

    backups.backup(vault, tmp_path / "backup")
    vault.lock()
    for secret in ("new", rotated):
        again = restore(tmp_path / "backup", tmp_path / f"restored-{len(secret)}", secret)
        assert again.identity_key() == key
        again.lock()
    opened = vaults.open_escrow(sample.folder, sample.identity)
    assert opened.identity_key() == key
    opened.lock()


def test_words_that_were_taken_back_do_not_open_it(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    key = vault.identity_key()
    phrase, recovery, escrow = vaults.slots(vault)
    vaults.revoke_slot(vault, escrow.id)
    assert kinds(vault.header) == ["vault", "recovery"]
    vaults.revoke_slot(vault, recovery.id)
    assert kinds(vault.header) == ["vault"] and vault.identity_key() == key
    with pytest.raises(InputError, match=r"^vault\.wrong-words$"):
        identity_key.open_with_words(vault.header, sample.words)
    words = vaults.renew_recovery(vault)
    assert identity_key.open_with_words(vault.header, words) == key
    assert phrase.id == vaults.slots(vault)[0].id
    vault.lock()


def test_a_wrap_that_was_moved_does_not_open() -> None:
    vmk, key = bytes(range(32)), identity_key.generate()
    recovery, words = keyslots.make_recovery(vmk, VAULT)
    identity = identity_key.make_slots(key, vmk, VAULT, words)
    header = keyslots.with_mac(
        Header("cairn-vault/1", VAULT, "vault.db", [], identity, [recovery], bytes(32)), vmk
    )
    assert identity_key.open_with_vault(header, vmk) == key
    first, second = identity
    moved = [
        [msgspec.structs.replace(first, id="0" * 16), second],
        [msgspec.structs.replace(first, wrap=second.wrap), msgspec.structs.replace(second, wrap=first.wrap)],
        # The vault key's own wrap, which the same words open, is of another purpose.
        [IdentityVaultSlot(first.id, recovery.wrap), msgspec.structs.replace(second, wrap=recovery.wrap)],
    ]
    for slots in moved:
        altered = msgspec.structs.replace(header, identity=slots)
        with pytest.raises(IntegrityError, match=r"^vault\.header-altered$"):
            identity_key.open_with_vault(altered, vmk)
    for slots in moved[1:]:
        altered = msgspec.structs.replace(header, identity=slots)
        with pytest.raises(InputError, match=r"^vault\.wrong-words$"):
            identity_key.open_with_words(altered, words)
    for slots, code in (([second], "header-altered"), ([], "header-altered")):
        altered = msgspec.structs.replace(header, identity=slots)
        with pytest.raises(IntegrityError, match=rf"^vault\.{code}$"):
            identity_key.open_with_vault(altered, vmk)
    with pytest.raises(InputError, match=r"^crypto\.words-count$"):
        identity_key.open_with_words(header, "abandon")
