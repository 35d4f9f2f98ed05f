"""A vault where nothing can be written: it opens to be read, all of it, and nothing beside it changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import mediums
from cairn import vault as vaults
from cairn.errors import MachineError
from cairn.paths import FileLock
from cairn.vault import Vault, database, reserve
from cairn.vault.backup import backup
from cairn.vault.folder import LOCK
from cairn.vault.restore import restore
from mediums import Disk
from vault.kit import COST, PHRASE, PLANTED, Sample, count


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with mediums.disk(tmp_path / "disk", "4m") as made:
        yield made


@pytest.fixture
def common() -> Iterator[Path]:
    with mediums.folder_of_all() as made:
        yield made


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def pulled(sample: Sample, folder: Path) -> Path:
    """A copy of the vault as a stick has it that was pulled: its newest rows are in the write-ahead log alone."""
    vault = vaults.unlock(sample.folder, PHRASE)
    writer = vault.connect()
    writer.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
    writer.execute("INSERT INTO parent (text) VALUES (?)", (f"{PLANTED} newest",))
    shutil.copytree(sample.folder, folder, ignore=shutil.ignore_patterns("*-shm"))
    writer.close()
    vault.lock()
    assert (folder / "vault.db-wal").stat().st_size > 0
    return folder


def refuses_to_write(vault: Vault, code: str) -> None:
    assert vault.to_read == code
    for job in (
        vault.connect,
        lambda: vaults.change_passphrase(vault, "new", cost=COST),
        lambda: vaults.renew_recovery(vault),
        lambda: vaults.revoke_slot(vault, vault.header.slots[0].id),
        lambda: vaults.rotate(vault, PHRASE),
        lambda: vaults.add_passphrase(vault, "other", "", cost=COST),
    ):
        with pytest.raises(MachineError) as error:
            job()
        assert error.value.code == code


@mediums.needs_root
@pytest.mark.parametrize("cut_short", [False, True])
def test_a_read_only_medium(disk: Disk, sample: Sample, *, cut_short: bool) -> None:
    folder = disk.folder / "vault"
    if cut_short:
        pulled(sample, folder)
    else:
        sample.copy_to(folder)
    disk.remount("ro")
    vault = vaults.unlock(folder, PHRASE)
    assert count(vault) == 300 + cut_short
    refuses_to_write(vault, "vault.to-read-medium")
    assert (folder / LOCK).exists(), "the sample has a lock file"
    with pytest.raises(MachineError, match=r"^vault\.in-use$"):
        vaults.unlock(folder, PHRASE)
    with pytest.raises(MachineError, match=r"^vault\.to-read-medium$"):
        vault.require_room()
    with pytest.raises(MachineError, match=r"^vault\.to-read-medium$"):
        vault.begin_writing()
    assert count(vault) == 300 + cut_short
    disk.remount("rw")
    vault.require_room()
    vault.begin_writing()
    assert not vault.to_read
    vault.connect().close()
    vaults.change_passphrase(vault, "new", cost=COST)
    assert count(vault) == 300 + cut_short
    vault.lock()


@mediums.needs_root
def test_nothing_changes_beside_what_is_read(disk: Disk, sample: Sample) -> None:
    """On a full disk the folder could be written: SQLite must not fold or remove what it did not finish."""
    folder = pulled(sample, disk.folder / "vault")
    disk.fill()
    before = files(folder)
    vault = vaults.unlock(folder, PHRASE)
    first, second = vault.connect(read_only=True), vault.connect(read_only=True)
    assert count(vault) == 301
    first.close()
    second.close()
    refuses_to_write(vault, "vault.to-read-full")
    vault.lock()
    after = files(folder)
    after.pop("vault.db-shm")  # a few bytes, of the attempt to open it to write
    assert after == before


@mediums.needs_root
def test_a_full_disk_with_a_reserve_is_written(disk: Disk, sample: Sample) -> None:
    folder = sample.copy_to(disk.folder / "vault").folder
    reserve.ensure(folder, size=100_000)
    disk.fill()
    vault = vaults.unlock(folder, PHRASE)
    assert not vault.to_read and not (folder / reserve.NAME).exists()
    vault.lock()
    disk.fill()
    vault = vaults.unlock(folder, PHRASE)
    assert vault.to_read == "vault.to-read-full"
    with pytest.raises(MachineError, match=r"^vault\.to-read-full$"):
        vault.require_room()
    disk.free()
    vault.require_room()
    vault.begin_writing()
    vault.connect().close()
    vault.lock()


@mediums.needs_root
def test_a_folder_of_somebody_else(pristine: Sample, common: Path) -> None:
    sample = pristine.copy_to(common / "vault")
    mediums.open_to_all(sample.folder)
    before = files(sample.folder)

    def look() -> None:
        vault = vaults.unlock(sample.folder, PHRASE)
        assert count(vault) == 300
        refuses_to_write(vault, "vault.to-read-folder")
        vault.lock()

    mediums.as_nobody(look)
    assert files(sample.folder) == before
    # Its owner works in it: whoever only reads must not see half of what is written.
    owner = vaults.unlock(sample.folder, PHRASE)

    def look_again() -> None:
        with pytest.raises(MachineError, match=r"^vault\.in-use$"):
            vaults.unlock(sample.folder, PHRASE)

    mediums.as_nobody(look_again)
    owner.lock()


@mediums.needs_root
def test_a_database_that_is_not_ours_to_write(pristine: Sample, common: Path) -> None:
    """The folder is ours, the database is not: SQLite would open it, and only the first draft would find out."""
    sample = pristine.copy_to(common / "vault")
    mediums.open_to_all(sample.folder)
    sample.folder.chmod(0o777)
    (sample.folder / LOCK).chmod(0o666)

    def look() -> None:
        vault = vaults.unlock(sample.folder, PHRASE)
        refuses_to_write(vault, "vault.to-read-folder")
        vault.lock()

    mediums.as_nobody(look)


@mediums.needs_root
def test_a_backup_of_what_can_only_be_read(disk: Disk, sample: Sample, tmp_path: Path) -> None:
    folder = pulled(sample, disk.folder / "vault")
    disk.remount("ro")
    vault = vaults.unlock(folder, PHRASE)
    report = backup(vault, tmp_path / "out")
    assert report.files_copied == 2
    vault.lock()
    restored = restore(tmp_path / "out", tmp_path / "again", PHRASE).vault
    assert count(restored) == 301
    restored.lock()


@mediums.needs_root
def test_a_vault_that_was_changed_meanwhile(disk: Disk, sample: Sample) -> None:
    folder = sample.copy_to(disk.folder / "vault").folder
    (folder / LOCK).unlink(missing_ok=True)
    disk.remount("ro")
    vault = vaults.unlock(folder, PHRASE)
    disk.remount("rw")
    other = vaults.unlock(folder, PHRASE)
    with pytest.raises(MachineError, match=r"^vault\.in-use$"):
        vault.begin_writing()
    vaults.change_passphrase(other, "new", cost=COST)
    other.lock()
    with pytest.raises(MachineError, match=r"^vault\.changed$"):
        vault.begin_writing()
    vault.lock()


def test_a_damaged_database_is_still_told(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    from cairn.errors import IntegrityError
    from cairn.vault import folder as places

    def refused(_folder: Path, _header: object) -> None:
        raise MachineError("machine.read-only")

    monkeypatch.setattr(places, "require_writable", refused)
    path = sample.folder / "vault.db"
    path.write_bytes(b"SQLite format 3\0" + path.read_bytes()[16:])
    with pytest.raises(IntegrityError, match=r"^vault\.database-plain$"):
        vaults.unlock(sample.folder, PHRASE)


def test_what_is_not_about_writing_stays_an_error(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    vault.begin_writing()
    gone = MachineError("machine.gone")
    with pytest.raises(MachineError) as error:
        vault.read_from_now(gone)
    assert error.value is gone and not vault.to_read
    vault.lock()


def test_a_lock_that_is_not_there(tmp_path: Path) -> None:
    held = FileLock.acquire_still(tmp_path / "none")
    assert held is not None and not (tmp_path / "none").exists()
    held.release()
    (tmp_path / "lock").touch()
    first = FileLock.acquire_still(tmp_path / "lock")
    assert first is not None and FileLock.acquire(tmp_path / "lock") is None
    assert FileLock.acquire_still(tmp_path / "lock") is None
    first.release()
    assert FileLock.acquire(tmp_path / "lock") is not None


def test_a_still_database_reads_its_log(sample: Sample, tmp_path: Path) -> None:
    folder = pulled(sample, tmp_path / "copy")
    vault = vaults.unlock(sample.folder, PHRASE)
    connection = database.open_still(folder / "vault.db", vault.derive("db"))
    assert connection.execute("SELECT count(*) FROM parent").fetchone() == (301,)
    connection.close()
    vault.lock()
