"""kill -9 before every single change on the disk: the vault opens with the old secrets or the new ones."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cairn import vault as vaults
from cairn.errors import CairnError
from cairn.vault.backup import backup
from cairn.vault.check import check_database
from cairn.vault.restore import restore
from vault.kit import COST, MEDIA_A, MEDIA_B, PHRASE, Sample, count, every_step, make_sample

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="fork and SIGKILL"),
    pytest.mark.usefixtures("quick_kdf"),
]


@pytest.fixture
def quick_sample(quick_kdf: object, tmp_path: Path) -> Sample:
    return make_sample(tmp_path / "origin")


def whole(folder: Path, phrase: str) -> None:
    vault = vaults.unlock(folder, phrase)
    try:
        assert count(vault) == 300
        assert check_database(vault) == []
    finally:
        vault.lock()
    names = {path.name for path in folder.iterdir()}
    databases = {name for name in names if name.startswith("vault") and name.endswith(".db")}
    assert len(databases) == 1
    assert names - databases == {"vault.hdr", "vault.hdr.bak", "vault.lock", "media"}
    assert (folder / "vault.hdr").read_bytes() == (folder / "vault.hdr.bak").read_bytes()


def opens(job: Callable[[], vaults.Vault]) -> bool:
    try:
        job().lock()
    except CairnError as error:
        assert error.code in ("vault.wrong-passphrase", "vault.wrong-words")
        return False
    return True


def test_create(tmp_path: Path) -> None:
    def prepare(step: int) -> Callable[[], object]:
        return lambda: vaults.create(tmp_path / str(step), PHRASE, cost=COST)

    made: list[int] = []

    def check(step: int) -> None:
        folder = tmp_path / str(step)
        if (folder / "vault.hdr").exists():
            vaults.unlock(folder, PHRASE).lock()
            made.append(step)
        else:
            vaults.create(folder, "another try", cost=COST)[0].lock()
            vaults.unlock(folder, "another try").lock()
        assert not (folder / "vault.creating").exists()

    kills = every_step(prepare, check)
    assert kills > 8
    assert made[0] > 5


def test_change_passphrase(quick_sample: Sample, tmp_path: Path) -> None:
    def change(folder: Path) -> None:
        vault = vaults.unlock(folder, PHRASE)
        vaults.change_passphrase(vault, "new", old=PHRASE, cost=COST)

    def prepare(step: int) -> Callable[[], object]:
        folder = quick_sample.copy_to(tmp_path / str(step)).folder
        return lambda: change(folder)

    outcomes: list[bool] = []

    def check(step: int) -> None:
        folder = tmp_path / str(step)
        new_in_mirror = (folder / "vault.hdr").read_bytes() != (
            quick_sample.folder / "vault.hdr"
        ).read_bytes()
        mirror = folder / "vault.hdr.bak"
        if new_in_mirror and mirror.exists():
            assert mirror.read_bytes() == (folder / "vault.hdr").read_bytes()
        old, new = (opens(lambda p=p: vaults.unlock(folder, p)) for p in (PHRASE, "new"))
        assert old != new
        outcomes.append(new)
        whole(folder, "new" if new else PHRASE)

    every_step(prepare, check)
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def test_rotate(quick_sample: Sample, tmp_path: Path) -> None:
    def change(folder: Path) -> None:
        words = vaults.rotate(vaults.unlock(folder, PHRASE), PHRASE)
        folder.with_suffix(".words").write_text(" ".join(words))

    def prepare(step: int) -> Callable[[], object]:
        folder = quick_sample.copy_to(tmp_path / str(step)).folder
        return lambda: change(folder)

    outcomes: list[bool] = []

    def check(step: int) -> None:
        folder = tmp_path / str(step)
        whole(folder, PHRASE)
        vaults.open_escrow(folder, quick_sample.identity).lock()
        old_words = opens(lambda: vaults.unlock_with_words(folder, quick_sample.words))
        outcomes.append(not old_words)
        told = folder.with_suffix(".words")
        if told.exists():
            vaults.unlock_with_words(folder, told.read_text()).lock()
        shutil.rmtree(folder)

    assert every_step(prepare, check) > 20
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def test_rotate_killed_between_pages(quick_sample: Sample, tmp_path: Path) -> None:
    for step in (1, 2):
        folder = quick_sample.copy_to(tmp_path / f"p{step}").folder
        child = os.fork()
        if child == 0:
            left = [step]

            def kill(done: int, total: int | None, left: list[int] = left) -> None:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            try:
                vaults.rotate(vaults.unlock(folder, PHRASE), PHRASE, kill)
            finally:
                os._exit(0)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        whole(folder, PHRASE)
        vaults.unlock_with_words(folder, quick_sample.words).lock()


def test_backup(quick_sample: Sample, tmp_path: Path) -> None:
    vault = vaults.unlock(quick_sample.folder, PHRASE)
    first = tmp_path / "first"
    backup(vault, first)
    vault.lock()
    changed = quick_sample.copy_to(tmp_path / "changed").folder
    vault = vaults.unlock(changed, PHRASE)
    connection = vault.connect()
    connection.execute("DELETE FROM parent WHERE id > 200")
    connection.close()
    (vault.media_folder / MEDIA_A).unlink()
    (vault.media_folder / MEDIA_B).with_name("f" * 31 + "c.cob").write_bytes(b"new")
    vault.lock()

    def run(out: Path) -> None:
        backup(vaults.unlock(changed, PHRASE), out)

    def prepare(step: int) -> Callable[[], object]:
        out = tmp_path / f"backup-{step}"
        shutil.copytree(first, out)
        return lambda: run(out)

    outcomes: list[bool] = []

    def check(step: int) -> None:
        out, folder = tmp_path / f"backup-{step}", tmp_path / f"restored-{step}"
        vault = restore(out, folder, PHRASE).vault
        rows = count(vault)
        media = {path.name for path in vault.media_folder.rglob("*.cob")}
        vault.lock()
        assert (rows, len(media)) in ((300, 2), (200, 2))
        assert (MEDIA_A[3:] in media) == (rows == 300)
        outcomes.append(rows == 200)
        # The next backup makes good what this one left.
        run_in_child(lambda: run(out))
        assert len(list(out.glob("vault-*.db"))) == 1
        assert {path.name for path in out.rglob("*.cob")} == {"f" * 31 + "b.cob", "f" * 31 + "c.cob"}
        assert not list(out.rglob("*.part"))
        shutil.rmtree(folder)
        shutil.rmtree(out)

    every_step(prepare, check)
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def run_in_child(job: Callable[[], object]) -> None:
    """So that the lock is free afterwards, as after any program that ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            job()
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_restore(quick_sample: Sample, tmp_path: Path) -> None:
    vault = vaults.unlock(quick_sample.folder, PHRASE)
    out = tmp_path / "out"
    backup(vault, out)
    vault.lock()

    def prepare(step: int) -> Callable[[], object]:
        return lambda: restore(out, tmp_path / str(step), PHRASE)

    def check(step: int) -> None:
        folder = tmp_path / str(step)
        if not (folder / "vault.hdr").exists():
            restore(out, folder, PHRASE).vault.lock()
        whole(folder, PHRASE)

    assert every_step(prepare, check) > 10


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_rotate_killed_inside_sqlite(quick_sample: Sample, tmp_path: Path) -> None:
    """Between SQLite's own writes, which no Python function sees: the kernel delivers the kill."""
    script = (
        "import sys; from pathlib import Path\n"
        "from cairn import vault as v; from cairn.crypto import passphrase as p; from cairn.crypto.hashes import sha256\n"
        "p.derive = lambda phrase, salt, cost: sha256(salt + phrase.encode())\n"
        "v.rotate(v.unlock(Path(sys.argv[1]), sys.argv[2]), sys.argv[2])\n"
    )
    killed = 0
    for number in (1, 3, 40):
        folder = quick_sample.copy_to(tmp_path / f"s{number}").folder
        inject = f"inject=pwrite64,fdatasync,ftruncate:signal=SIGKILL:when={number}"
        command = ["strace", "-f", "-qq", "-o", os.devnull, "-e", inject, sys.executable, "-c", script]
        child = os.posix_spawn(
            shutil.which("strace") or "", [*command, str(folder), PHRASE], dict(os.environ)
        )
        status = os.waitpid(child, 0)[1]
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 1:
            pytest.skip("strace may not trace here")
        killed += os.WIFSIGNALED(status)
        whole(folder, PHRASE)
    assert killed >= 2
