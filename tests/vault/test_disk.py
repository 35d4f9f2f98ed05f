"""Full disks, read-only folders, vanished disks: one typed error each, and nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cairn import vault as vaults
from cairn.errors import CairnError, MachineError
from cairn.vault import reserve
from cairn.vault.backup import backup
from cairn.vault.restore import restore
from cairn.vault.sqlerrors import sql_errors
from vault.kit import COST, PHRASE, Sample, count

linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small disk takes root on Linux"
)


def code_of(job: Callable[[], object]) -> str:
    with pytest.raises(MachineError) as error:
        job()
    return error.value.code


def mounted(folder: Path, options: str) -> None:
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("mounting is not allowed here")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MiB."""
    folder = tmp_path / "disk"
    mounted(folder, "size=1m,mode=700")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(disk: Path, leave: int = 0) -> Path:
    path = disk / "filler"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(handle, bytes(4096))
    except OSError as error:
        assert error.errno == errno.ENOSPC
    finally:
        os.close(handle)
    if leave:
        os.truncate(path, path.stat().st_size - leave)
    return path


@linux_root
@pytest.mark.parametrize("leave", [0, 4096, 8192, 16384, 40960])
def test_create_on_a_full_disk_leaves_nothing(small_disk: Path, leave: int) -> None:
    filler = fill_up(small_disk, leave)
    folder = small_disk / "vault"
    assert code_of(lambda: vaults.create(folder, PHRASE, cost=COST)) == "machine.disk-full"
    assert not folder.exists()
    filler.unlink()
    vaults.create(folder, PHRASE, cost=COST)[0].lock()


@linux_root
def test_a_full_disk_keeps_the_old_secrets(small_disk: Path, pristine: Sample) -> None:
    folder = pristine.copy_to(small_disk / "vault").folder
    vault = vaults.unlock(folder, PHRASE)
    fill_up(small_disk)
    assert code_of(lambda: vaults.rotate(vault, PHRASE)) == "machine.disk-full"
    (small_disk / "filler").unlink()
    assert count(vault) == 300
    connection = vault.connect()
    fill_up(small_disk)
    with pytest.raises(MachineError, match=r"^machine\.disk-full$"), sql_errors():
        connection.execute("UPDATE parent SET text = text || text")
    connection.close()
    vault.lock()
    (small_disk / "filler").unlink()
    vault = vaults.unlock_with_words(folder, pristine.words)
    assert count(vault) == 300
    vault.lock()
    vaults.unlock(folder, PHRASE).lock()


@linux_root
def test_a_passphrase_that_became_known_can_be_changed_on_a_full_disk(
    small_disk: Path, pristine: Sample
) -> None:
    # The header's mirror gives its space to the new header.
    folder = pristine.copy_to(small_disk / "vault").folder
    vault = vaults.unlock(folder, PHRASE)
    fill_up(small_disk)
    for phrase in ("new", "newer"):
        vaults.change_passphrase(vault, phrase, cost=COST)
        assert vaults.slots(vault)
    vault.lock()
    (small_disk / "filler").unlink()
    vaults.unlock(folder, "newer").lock()
    assert (folder / "vault.hdr").read_bytes() == (folder / "vault.hdr.bak").read_bytes()


@linux_root
def test_rotation_that_fills_the_disk(small_disk: Path, pristine: Sample) -> None:
    folder = pristine.copy_to(small_disk / "vault").folder
    vault = vaults.unlock(folder, PHRASE)
    for leave in (20_480, 65_536, 131_072):
        filler = fill_up(small_disk, leave)
        assert code_of(lambda: vaults.rotate(vault, PHRASE)) == "machine.disk-full"
        assert [path.name for path in folder.glob("vault*.db")] == ["vault.db"]
        filler.unlink()
    vaults.rotate(vault, PHRASE)
    assert count(vault) == 300
    vault.lock()


@linux_root
def test_unlocking_on_a_full_disk(small_disk: Path, pristine: Sample) -> None:
    """Work must be possible there: reading, saving a draft, freeing space. The reserve makes room."""
    folder = pristine.copy_to(small_disk / "vault").folder
    vaults.unlock(folder, PHRASE).lock()
    assert reserve.ensure(folder, size=100_000)
    fill_up(small_disk)
    vault = vaults.unlock(folder, PHRASE)
    connection = vault.connect()
    connection.execute("UPDATE parent SET text = 'saved' WHERE id = 1")
    connection.close()
    vault.lock()
    assert not (folder / "vault.reserve").exists()
    fill_up(small_disk)
    vault = vaults.unlock(folder, PHRASE)
    assert vault.to_read == "vault.to-read-full"
    vault.lock()
    (small_disk / "filler").unlink()
    vault = vaults.unlock(folder, PHRASE)
    assert not vault.to_read
    vault.lock()


@linux_root
def test_backup_and_restore_on_a_full_disk(small_disk: Path, sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    for leave in (0, 8192, 200_000):
        filler = fill_up(small_disk, leave)
        assert code_of(lambda: backup(vault, small_disk / "out")) == "machine.disk-full"
        assert not (small_disk / "out" / "backup.json").exists()
        filler.unlink()
    backup(vault, sample.folder.parent / "out")
    vault.lock()
    fill_up(small_disk, 100_000)
    folder = small_disk / "restored"
    assert code_of(lambda: restore(sample.folder.parent / "out", folder, PHRASE)) == "machine.disk-full"
    assert not folder.exists()


@linux_root
def test_a_read_only_disk(tmp_path: Path, pristine: Sample) -> None:
    disk = tmp_path / "disk"
    mounted(disk, "size=2m,mode=700")
    try:
        folder = pristine.copy_to(disk / "vault").folder
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert code_of(lambda: vaults.create(disk / "new", PHRASE, cost=COST)) == "machine.read-only"
        assert vaults.peek(folder).has_recovery
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="becoming another user takes root")
def test_a_folder_of_somebody_else(sample: Sample) -> None:
    shutil.chown(sample.folder.parent, 65534)
    for path in [sample.folder.parent, sample.folder, *sample.folder.parent.parents]:
        if path == Path("/tmp"):
            break
        path.chmod(0o755)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            try:
                vaults.unlock(sample.folder, PHRASE)
            except CairnError as error:
                code = 0 if error.code == "machine.not-allowed" else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@linux_root
def test_a_stick_that_is_pulled(tmp_path: Path, pristine: Sample) -> None:
    disk = tmp_path / "disk"
    mounted(disk, "size=2m,mode=700")
    folder = pristine.copy_to(disk / "vault").folder
    vault = vaults.unlock(folder, PHRASE)
    subprocess.run(["umount", "-l", str(disk)], check=True)
    for job in (
        vault.connect,
        lambda: vaults.change_passphrase(vault, "new", cost=COST),
        lambda: vaults.rotate(vault, PHRASE),
    ):
        assert code_of(job) == "machine.gone"
    vault.lock()
    assert code_of(lambda: vaults.unlock(folder, PHRASE)) == "machine.gone"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "machine.disk-full"),
        (errno.EIO, "machine.disk-failing"),
        (errno.EROFS, "machine.read-only"),
    ],
)
def test_an_error_at_every_sync(
    pristine: Sample,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    quick_kdf: object,
    number: int,
    code: str,
) -> None:
    """The n-th fsync fails, for every n: an error means the old passphrase, success the new one."""
    from vault.kit import make_sample

    origin = make_sample(tmp_path / "origin")
    real = os.fsync
    for step in range(1, 30):
        folder = origin.copy_to(tmp_path / str(step)).folder
        vault = vaults.unlock(folder, PHRASE)
        left = [step]

        def failing(handle: int, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(number, "injected")
            real(handle)

        monkeypatch.setattr(os, "fsync", failing)
        try:
            vaults.change_passphrase(vault, "new", cost=COST)
            expected = "new"
        except MachineError as error:
            assert error.code == code
            expected = PHRASE
        finally:
            monkeypatch.setattr(os, "fsync", real)
        vault.lock()
        vaults.unlock(folder, expected).lock()
        assert not list(folder.glob("*.part"))
        if left[0] > 0:
            assert step > (2 if sys.platform == "win32" else 4)  # Windows knows no sync of a folder
            break


def test_the_reserve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reserve.ensure(tmp_path, size=200_000)
    path = tmp_path / "vault.reserve"
    assert path.stat().st_size == 200_000
    if os.name != "nt":
        assert path.stat().st_blocks * 512 >= 200_000, "the space must really be taken"
        assert path.stat().st_mode & 0o777 == 0o600
    before = path.stat().st_mtime_ns
    assert reserve.ensure(tmp_path, size=200_000)
    assert path.stat().st_mtime_ns == before
    assert reserve.release(tmp_path)
    assert not path.exists()
    assert not reserve.release(tmp_path)
    monkeypatch.setattr(reserve, "free_bytes", lambda folder: 3 * reserve.SIZE)
    assert not reserve.ensure(tmp_path)
    assert not path.exists()


def test_the_reserve_where_the_system_cannot_allocate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    assert reserve.ensure(tmp_path, size=1_500_000)
    assert (tmp_path / "vault.reserve").read_bytes() == bytes(1_500_000)
    reserve.release(tmp_path)


def test_a_reserve_that_does_not_fit_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int, size: int) -> None:
        raise OSError(errno.ENOSPC, "injected")

    monkeypatch.setattr(reserve, "_fill", full)
    assert code_of(lambda: reserve.ensure(tmp_path, size=1000)) == "machine.disk-full"
    assert list(tmp_path.iterdir()) == []
