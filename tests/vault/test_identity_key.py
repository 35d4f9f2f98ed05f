"""The identity key: a second random key in the header, which outlives every change of the others."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from cairn import vault as vaults
from cairn.errors import InputError, IntegrityError, MachineError
from cairn.vault import backup as backups
from cairn.vault import identity_key, keyslots
from cairn.vault.header import Header, IdentityRecoverySlot, IdentityVaultSlot, parse
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
        again = restore(tmp_path / "backup", tmp_path / f"restored-{len(secret)}", secret).vault
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
        Header("cairn-vault/1", VAULT, "vault.db", [], identity, [], [recovery], bytes(32)), vmk
    )
    assert identity_key.open_with_vault(header, vmk) == key
    assert identity_key.open_with_words(header, words) == key
    first, second = identity
    assert isinstance(second, IdentityRecoverySlot)
    for slots in (
        [msgspec.structs.replace(first, id="0" * 16), second],
        # The vault key's own wrap is of another purpose.
        [IdentityVaultSlot(first.id, recovery.wrap), second],
        [second],
        [],
    ):
        altered = msgspec.structs.replace(header, identity=slots)
        with pytest.raises(IntegrityError, match=r"^vault\.header-altered$"):
            identity_key.open_with_vault(altered, vmk)
    _, others = keyslots.make_recovery(vmk, VAULT)
    foreign = identity_key.recovery_slot(key, VAULT, others)
    elsewhere = identity_key.recovery_slot(key, VAULT[:-1] + "2", words)
    for slot in (
        msgspec.structs.replace(second, id="0" * 16),
        msgspec.structs.replace(second, kdf=foreign.kdf),
        msgspec.structs.replace(second, wrap=foreign.wrap),
        msgspec.structs.replace(elsewhere, id=second.id),
    ):
        altered = msgspec.structs.replace(header, identity=[first, slot])
        with pytest.raises(InputError, match=r"^vault\.wrong-words$"):
            identity_key.open_with_words(altered, words)
    with pytest.raises(InputError, match=r"^vault\.wrong-words$"):
        identity_key.open_with_words(msgspec.structs.replace(header, identity=[first]), words)
    with pytest.raises(InputError, match=r"^crypto\.words-count$"):
        identity_key.open_with_words(header, "abandon")


@pytest.mark.parametrize("with_words", [True, False])
def test_a_new_one_takes_its_place_in_two_steps(sample: Sample, with_words: bool) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    if not with_words:
        vaults.revoke_slot(vault, vaults.slots(vault)[1].id)
    old = bytes(vault.identity_key())
    assert identity_key.pending(vault) is None

    identity_key.begin(vault)
    given_up = identity_key.begin(vault)
    assert vault.identity_key() == old and identity_key.pending(vault) == given_up
    identity_key.give_up(vault)
    assert vault.identity_key() == old and identity_key.pending(vault) is None

    new = bytes(identity_key.begin(vault))
    assert new not in (old, given_up)
    # Nothing else may be changed meanwhile: the new slots would be left behind.
    for job in (
        lambda: vaults.renew_recovery(vault),
        lambda: vaults.rotate(vault, PHRASE),
        lambda: vaults.revoke_slot(vault, vaults.slots(vault)[0].id),
    ):
        with pytest.raises(RuntimeError, match="begun"):
            job()
    vaults.add_passphrase(vault, "second", "", cost=COST)
    vault.lock()
    vault = vaults.unlock(sample.folder, "second")
    assert vault.identity_key() == old and identity_key.pending(vault) == new

    identity_key.finish(vault)
    assert vault.identity_key() == new and identity_key.pending(vault) is None
    if with_words:
        assert identity_key.open_with_words(vault.header, sample.words) == new
    vault.lock()
    for name in ("vault.hdr", "vault.hdr.bak"):
        data = (sample.folder / name).read_bytes()
        assert kinds(parse(data)) == (["vault", "recovery"] if with_words else ["vault"])
    vaults.unlock(sample.folder, PHRASE).lock()
