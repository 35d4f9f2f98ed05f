"""Races and second failures: what happens when something goes wrong while something goes wrong."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import unix
from cairn import vault as vaults
from cairn.crypto import age
from cairn.errors import CairnError, IntegrityError, MachineError
from cairn.paths import locks
from cairn.vault import check, database, keyslots
from cairn.vault import folder as places
from cairn.vault import header as hdr
from cairn.vault.backup import backup
from cairn.vault.restore import restore
from vault.kit import COST, PHRASE, Sample, count


def code_of(job: Callable[[], object]) -> str:
    with pytest.raises(CairnError) as error:
        job()
    return error.value.code


@unix.open_files
def test_a_lock_file_exchanged_between_open_and_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = locks.try_lock
    for how in ("removed", "exchanged"):
        left = [2]

        def exchange(handle: int, left: list[int] = left, how: str = how) -> bool:
            if left[0]:
                left[0] -= 1
                (tmp_path / places.LOCK).unlink()
                if how == "exchanged":
                    (tmp_path / places.LOCK).touch()
            return real(handle)

        monkeypatch.setattr(locks, "try_lock", exchange)
        lock = places.take_lock(tmp_path)
        monkeypatch.setattr(locks, "try_lock", real)
        # The lock that was won in the end is on the file that everybody sees.
        assert code_of(lambda: places.take_lock(tmp_path)) == "vault.in-use"
        lock.release()
        lock.release()


def test_a_lock_file_that_is_always_exchanged_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "_is_same_file", lambda handle, path: False)
    assert code_of(lambda: places.take_lock(tmp_path)) == "vault.in-use"


def test_an_escrow_moved_to_another_slot_or_vault_does_not_open(sample: Sample) -> None:
    header = places.read_headers(sample.folder)[0]
    escrow = header.slots[2]
    moved = (
        msgspec.structs.replace(header, vault="3f2b8a10-0000-4000-8000-000000000002"),
        msgspec.structs.replace(header, slots=[msgspec.structs.replace(escrow, id="0" * 16)]),
    )
    assert keyslots.open_with_identity(header, sample.identity)[1] == escrow.id
    for other in moved:
        assert (
            code_of(lambda other=other: keyslots.open_with_identity(other, sample.identity))
            == "vault.no-escrow"
        )


@pytest.mark.parametrize("key", ["00" * 31, "00" * 33, "zz" * 32, "\ud55c"])
def test_an_escrow_that_holds_no_key_does_not_open(sample: Sample, key: str) -> None:
    header = places.read_headers(sample.folder)[0]
    escrow = header.slots[2]
    out = io.BytesIO()
    writer = age.AgeWriter(out, [age.parse_recipient(sample.identity.recipient)])
    writer.write(f"cairn-escrow/1\n{header.vault}\n{escrow.id}\n{key}\n".encode())
    writer.finish()
    wrap = hdr.AgeWrap("age", out.getvalue())
    other = msgspec.structs.replace(header, slots=[msgspec.structs.replace(escrow, wrap=wrap)])
    assert code_of(lambda: keyslots.open_with_identity(other, sample.identity)) == "vault.no-escrow"


def test_a_note_that_was_altered(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    first, second = vault.header.slots[:2]
    swapped = msgspec.structs.replace(first, note=second.note)
    with pytest.raises(IntegrityError, match=r"^vault\.header-altered$"):
        keyslots.read_note(vault.key, vault.id, swapped)
    vault.lock()


def test_a_slot_that_was_dropped_is_noticed(sample: Sample) -> None:
    """Somebody with the disk removes the recovery slot, to keep the owner out later."""
    for name in ("vault.hdr", "vault.hdr.bak"):
        path = sample.folder / name
        header = hdr.parse(path.read_bytes())
        path.write_bytes(hdr.serialise(msgspec.structs.replace(header, slots=header.slots[:1])))
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.header-altered"


def test_a_creation_whose_clearing_up_fails_can_be_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MachineError("machine.disk-failing")

    real = database.remove_database
    monkeypatch.setattr(places, "write_header", fail)
    monkeypatch.setattr(
        database, "remove_database", lambda path: (real if path.suffix == ".part" else fail)(path)
    )
    folder = tmp_path / "v"
    assert code_of(lambda: vaults.create(folder, PHRASE, cost=COST)) == "machine.disk-failing"
    monkeypatch.undo()
    assert (folder / "vault.db").exists()
    vaults.create(folder, PHRASE, cost=COST)[0].lock()
    assert not (folder / "vault.creating").exists()


def test_a_database_is_made_anew_over_what_a_crash_left_of_it(tmp_path: Path) -> None:
    path, key = tmp_path / "a.db", bytes(32)
    for name in ("a.db.part", "a.db.part-wal", "a.db.part-shm"):
        (tmp_path / name).write_bytes(b"half")
    database.create_database(path, key)
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]
    database.open_database(path, key).close()
    assert code_of(lambda: database.create_database(path, key)) == "machine.exists"
    database.open_database(path, key).close()


def test_what_a_crash_left_of_a_first_database_goes_with_the_next_creation(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    folder.mkdir()
    for name in ("vault.creating", "vault.db.part", "vault.db.part-wal"):
        (folder / name).write_bytes(b"")
    vaults.create(folder, PHRASE, cost=COST)[0].lock()
    assert not list(folder.glob("*.part*"))


def test_two_creations_in_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = database.create_database
    seen: list[str] = []

    def second(path: Path, key: bytes) -> None:
        seen.append(code_of(lambda: vaults.create(tmp_path / "v", PHRASE, cost=COST)))
        real(path, key)

    monkeypatch.setattr(database, "create_database", second)
    vault, _ = vaults.create(tmp_path / "v", PHRASE, cost=COST)
    assert seen == ["vault.in-use"]
    vault.lock()
    vaults.unlock(tmp_path / "v", PHRASE).lock()


def test_a_folder_never_cleared_with_a_header_in_it(sample: Sample) -> None:
    assert code_of(lambda: places.clear(sample.folder)) == "machine.exists"
    (sample.folder / places.CREATING).touch()
    assert code_of(lambda: vaults.create(sample.folder, PHRASE, cost=COST)) == "machine.exists"
    vault = vaults.unlock(sample.folder, PHRASE)
    assert count(vault) == 300
    vault.lock()


def test_a_disk_without_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: int) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    vaults.create(tmp_path / "v", PHRASE, cost=COST)[0].lock()


def test_a_copy_that_does_not_verify_is_not_taken(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    real = check.examine

    def doubt(connection: database.Connection) -> list[check.Problem]:
        name = connection.execute("PRAGMA database_list").fetchone()[2]
        return real(connection) if name.endswith("vault.db") else [check.Problem("vault.page-damaged")]

    monkeypatch.setattr(check, "examine", doubt)
    assert code_of(lambda: vaults.rotate(vault, PHRASE)) == "vault.backup-mismatch"
    assert [path.name for path in sample.folder.glob("vault*.db")] == ["vault.db"]
    out = sample.folder.parent / "out"
    assert code_of(lambda: backup(vault, out)) == "vault.database-altered"
    assert not (out / "backup.json").exists()
    monkeypatch.undo()
    backup(vault, out)
    monkeypatch.setattr(check, "examine", doubt)
    vault.lock()
    monkeypatch.setattr(check, "examine", lambda connection: [check.Problem("vault.page-damaged")])
    assert code_of(lambda: restore(out, out.parent / "again", PHRASE)) == "vault.backup-database"
    assert not (out.parent / "again").exists()


def test_a_file_erased_while_the_backup_runs(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    erased = [False]

    def erase(done: int, total: int | None) -> None:
        if not erased[0]:
            erased[0] = True
            for path in list(vault.media_folder.rglob("*a.cob")):
                path.unlink()

    out = sample.folder.parent / "out"
    report = backup(vault, out, erase)
    assert report.files_copied == 1
    vault.lock()
    restore(out, out.parent / "again", PHRASE).vault.lock()


def test_a_slot_too_many_for_new_words(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    vaults.revoke_slot(vault, vaults.slots(vault)[1].id)
    while len(vault.header.slots) < hdr.MAX_SLOTS:
        vaults.add_escrow(vault, sample.identity.recipient, "", "")
    assert code_of(lambda: vaults.renew_recovery(vault)) == "vault.too-many-slots"
    vault.lock()
