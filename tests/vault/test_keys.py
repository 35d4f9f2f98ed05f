"""Who can open a vault: changing, adding, revoking, escrow, and a new vault key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cairn import vault as vaults
from cairn.crypto.age import PQIdentity, X25519Identity
from cairn.errors import CairnError, Cancelled, MachineError
from cairn.vault import Vault, database, keys
from cairn.vault import folder as places
from cairn.vault.check import check_database
from vault.kit import COST, PHRASE, Sample, count


def code_of(job: Callable[[], object]) -> str:
    with pytest.raises(CairnError) as error:
        job()
    return error.value.code


def opens(folder: Path, phrase: str) -> bool:
    try:
        vaults.unlock(folder, phrase).lock()
    except CairnError as error:
        assert error.code == "vault.wrong-passphrase"
        return False
    return True


@pytest.fixture
def vault(sample: Sample) -> Vault:
    return vaults.unlock(sample.folder, PHRASE)


def test_change_replaces_the_passphrase_everywhere(sample: Sample, vault: Vault) -> None:
    old_slot = vaults.slots(vault)[0].id.encode()
    assert (
        code_of(lambda: vaults.change_passphrase(vault, "new", old="no", cost=COST))
        == "vault.wrong-passphrase"
    )
    assert (
        code_of(lambda: vaults.change_passphrase(vault, " ", old=PHRASE, cost=COST))
        == "vault.passphrase-empty"
    )
    vaults.change_passphrase(vault, "new", old=PHRASE, cost=COST)
    vaults.change_passphrase(vault, "newer", cost=COST)
    vault.lock()
    assert opens(sample.folder, "newer")
    assert not opens(sample.folder, PHRASE)
    assert not opens(sample.folder, "new")
    for path in sample.folder.rglob("*"):
        assert path.is_dir() or old_slot not in path.read_bytes()
    vaults.unlock_with_words(sample.folder, sample.words).lock()
    vaults.open_escrow(sample.folder, sample.identity).lock()


def test_forgotten_passphrase(sample: Sample) -> None:
    vault = vaults.unlock_with_words(sample.folder, sample.words)
    vaults.change_passphrase(vault, "found again", cost=COST)
    assert [info.kind for info in vaults.slots(vault)] == ["passphrase", "recovery", "escrow"]
    vault.lock()
    assert opens(sample.folder, "found again")
    assert not opens(sample.folder, PHRASE)


def test_only_the_slot_that_was_used_changes(sample: Sample, vault: Vault) -> None:
    vaults.add_passphrase(vault, "second", "Second", cost=COST)
    vaults.change_passphrase(vault, "third", old="second", cost=COST)
    assert [info.label for info in vaults.slots(vault)] == ["", "", "Office", "Second"]
    vault.lock()
    vault = vaults.unlock(sample.folder, "third")
    vaults.change_passphrase(vault, "fourth", cost=COST)
    vault.lock()
    assert opens(sample.folder, PHRASE)
    assert opens(sample.folder, "fourth")
    assert not opens(sample.folder, "third")


def test_revoke(sample: Sample, vault: Vault) -> None:
    phrase, recovery, escrow = vaults.slots(vault)
    assert code_of(lambda: vaults.revoke_slot(vault, "0" * 16)) == "vault.no-such-slot"
    vaults.revoke_slot(vault, phrase.id)
    assert code_of(lambda: vaults.revoke_slot(vault, recovery.id)) == "vault.last-slot"
    vaults.change_passphrase(vault, "again", cost=COST)
    assert [info.kind for info in vaults.slots(vault)] == ["passphrase", "recovery", "escrow"]
    vaults.revoke_slot(vault, escrow.id)
    vaults.revoke_slot(vault, recovery.id)
    vault.lock()
    assert not opens(sample.folder, PHRASE)
    assert opens(sample.folder, "again")
    assert code_of(lambda: vaults.open_escrow(sample.folder, sample.identity)) == "vault.no-escrow"
    assert code_of(lambda: vaults.unlock_with_words(sample.folder, sample.words)) == "vault.wrong-words"


def test_new_recovery_words(sample: Sample, vault: Vault) -> None:
    words = vaults.renew_recovery(vault)
    vault.lock()
    assert code_of(lambda: vaults.unlock_with_words(sample.folder, sample.words)) == "vault.wrong-words"
    vault = vaults.unlock_with_words(sample.folder, words)
    assert [info.kind for info in vaults.slots(vault)] == ["passphrase", "recovery", "escrow"]
    vault.lock()


@pytest.mark.parametrize(
    "recipient",
    [X25519Identity.generate().recipient, "age1pq1", "age1pq1qqqq", "", PQIdentity.generate().recipient[:-1]],
    ids=["classic", "short", "wrong", "empty", "cut"],
)
def test_escrow_only_to_a_post_quantum_key(vault: Vault, recipient: str) -> None:
    assert code_of(lambda: vaults.add_escrow(vault, recipient, "", "")) == "vault.escrow-recipient"
    vault.lock()


def test_a_seventh_passphrase_and_no_ninth(vault: Vault) -> None:
    for number in range(7):
        vaults.add_passphrase(vault, f"phrase {number}", "", cost=COST)
    assert code_of(lambda: vaults.add_passphrase(vault, "ninth", "", cost=COST)) == "vault.too-many-slots"
    vault.lock()


def test_rotate(sample: Sample, vault: Vault) -> None:
    old_header = (sample.folder / "vault.hdr").read_bytes()
    old_salt = (sample.folder / "vault.db").read_bytes()[:16]
    vaults.add_passphrase(vault, "of a colleague", "", cost=COST)
    old_key = bytes(vault.key)
    seen: list[tuple[int, int | None]] = []
    words = vaults.rotate(vault, PHRASE, lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert bytes(vault.key) != old_key
    assert count(vault) == 300
    assert check_database(vault) == []
    name = vault.database_path.name
    assert vaults.slots(vault)[2].label == "Office"
    vault.lock()
    names = {path.name for path in sample.folder.iterdir()}
    assert names == {"vault.hdr", "vault.hdr.bak", name, "vault.lock", "media"}
    assert (sample.folder / name).read_bytes()[:16] != old_salt
    assert opens(sample.folder, PHRASE)
    assert not opens(sample.folder, "of a colleague")
    vaults.unlock_with_words(sample.folder, words).lock()
    assert code_of(lambda: vaults.unlock_with_words(sample.folder, sample.words)) == "vault.wrong-words"
    again = vaults.open_escrow(sample.folder, sample.identity)
    assert count(again) == 300
    again.lock()
    # Somebody who kept the old header and knows the old passphrase has a key to nothing.
    for copy in ("vault.hdr", "vault.hdr.bak"):
        (sample.folder / copy).write_bytes(old_header)
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.database-missing"
    (sample.folder / name).rename(sample.folder / "vault.db")
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.database-altered"


def test_rotate_wants_the_passphrase_and_no_open_connection(sample: Sample, vault: Vault) -> None:
    assert code_of(lambda: vaults.rotate(vault, "typo")) == "vault.wrong-passphrase"
    connection = vault.connect()
    with pytest.raises(RuntimeError):
        vaults.rotate(vault, PHRASE)
    connection.close()
    vaults.rotate(vault, PHRASE)
    vaults.rotate(vault, PHRASE)
    assert count(vault) == 300
    vault.lock()


def test_a_cancelled_rotation_changes_nothing(sample: Sample, vault: Vault) -> None:
    before = (sample.folder / "vault.hdr").read_bytes()
    left = [3]

    def cancel(done: int, total: int | None) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        for _ in range(4):
            vaults.rotate(vault, PHRASE, cancel)
            before = (sample.folder / "vault.hdr").read_bytes()
    assert (sample.folder / "vault.hdr").read_bytes() == before
    assert len(list(sample.folder.glob("vault*.db*"))) == 1
    assert count(vault) == 300
    vault.lock()
    assert opens(sample.folder, PHRASE)


def test_a_damaged_database_is_not_sealed_anew(sample: Sample, vault: Vault) -> None:
    data = bytearray(vault.database_path.read_bytes())
    data[5 * 4096 + 100] ^= 1
    vault.database_path.write_bytes(data)
    assert code_of(lambda: vaults.rotate(vault, PHRASE)) == "vault.database-altered"
    vault.lock()


def test_an_error_after_the_new_header_took_its_place_is_undone(
    sample: Sample, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Syncing the folder fails after the rename: the caller hears of an error, so the old must be in force.
    real = places.replace_file
    failing = [True]

    def replace_then_fail(target: Path, data: bytes) -> None:
        real(target, data)
        if failing[0] and target.name == "vault.hdr" and b'"retired":["vault.db"]' in data:
            failing[0] = False
            raise MachineError("machine.disk-failing")

    monkeypatch.setattr(places, "replace_file", replace_then_fail)
    assert code_of(lambda: vaults.rotate(vault, PHRASE)) == "machine.disk-failing"
    assert not failing[0]
    assert count(vault) == 300
    vault.lock()
    vaults.unlock_with_words(sample.folder, sample.words).lock()
    assert [path.name for path in sample.folder.glob("vault*.db")] == ["vault.db"]


def test_when_even_that_fails_both_databases_are_kept(
    sample: Sample, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = places.replace_file
    failed = [False]

    def replace_then_fail(target: Path, data: bytes) -> None:
        if failed[0]:
            raise MachineError("machine.disk-failing")
        real(target, data)
        if target.name == "vault.hdr" and b'"retired":["vault.db"]' in data:
            failed[0] = True
            raise MachineError("machine.disk-failing")

    monkeypatch.setattr(places, "replace_file", replace_then_fail)
    assert code_of(lambda: vaults.rotate(vault, PHRASE)) == "machine.disk-failing"
    monkeypatch.undo()
    vault.lock()
    again = vaults.unlock(sample.folder, PHRASE)
    assert count(again) == 300
    again.lock()
    assert len(list(sample.folder.glob("vault*.db"))) == 1


def test_what_cannot_be_removed_now_is_removed_at_the_next_unlock(
    sample: Sample, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = database.remove_database

    def refuse(path: Path) -> None:
        raise MachineError("machine.not-allowed")

    monkeypatch.setattr(database, "remove_database", refuse)
    words = vaults.rotate(vault, PHRASE)
    monkeypatch.setattr(database, "remove_database", real)
    vault.lock()
    assert len(list(sample.folder.glob("vault*.db"))) == 2
    vaults.unlock_with_words(sample.folder, words).lock()
    assert len(list(sample.folder.glob("vault*.db"))) == 1
    vaults.unlock(sample.folder, PHRASE).lock()


def test_names_of_databases_are_never_reused(
    sample: Sample, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vaults.rotate(vault, PHRASE)
    taken = bytes.fromhex(vault.database_path.name[6:14])
    draws = iter([taken, bytes(4)])
    monkeypatch.setattr(keys, "random_bytes", lambda size: next(draws))
    assert keys._unused_name(vault.header) == "vault-00000000.db"
    vault.lock()
