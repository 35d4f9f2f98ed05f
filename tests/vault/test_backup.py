"""Backup and restore: incremental, verified by reading back, all or nothing."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn import vault as vaults
from cairn.errors import CairnError, Cancelled, MachineError
from cairn.vault import Vault, copying, manifest
from cairn.vault.backup import backup
from cairn.vault.check import check_database
from cairn.vault.restore import restore
from vault.kit import COST, MEDIA_A, MEDIA_B, PHRASE, PLANTED, Sample, count


def code_of(job: Callable[[], object]) -> str:
    with pytest.raises(CairnError) as error:
        job()
    return error.value.code


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def vault(sample: Sample) -> Vault:
    return vaults.unlock(sample.folder, PHRASE)


@pytest.fixture
def out(vault: Vault, tmp_path: Path) -> Path:
    """A backup of the sample."""
    backup(vault, tmp_path / "out")
    return tmp_path / "out"


def test_backup_and_restore(sample: Sample, vault: Vault, tmp_path: Path) -> None:
    out, folder = tmp_path / "a" / "out", tmp_path / "restored"
    seen: list[tuple[int, int | None]] = []
    report = backup(vault, out, lambda done, total: seen.append((done, total)))
    assert (report.files_copied, report.files_kept, report.files_removed) == (2, 0, 0)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert all(total is not None and done <= total for done, total in seen)
    vault.lock()
    for secret in (PHRASE, sample.words):
        restored = restore(out, folder, secret)
        assert restored.id == vault.id
        assert count(restored) == 300
        assert check_database(restored) == []
        restored.lock()
        for name in (MEDIA_A, MEDIA_B):
            assert (folder / "media" / name).read_bytes() == (sample.folder / "media" / name).read_bytes()
        assert names(folder) == names(sample.folder)
        shutil.rmtree(folder)


def test_only_what_is_new_is_copied_and_what_was_erased_goes(vault: Vault, out: Path) -> None:
    kept = (out / "media" / MEDIA_B).stat()
    (vault.media_folder / MEDIA_A).unlink()
    new = "77/" + "7" * 32 + ".cob"
    (vault.media_folder / "77").mkdir()
    (vault.media_folder / new).write_bytes(b"new")
    (vault.media_folder / "77" / ("8" * 32 + ".part")).write_bytes(b"unfinished")
    report = backup(vault, out)
    assert (report.files_copied, report.files_kept, report.files_removed) == (1, 1, 1)
    after = (out / "media" / MEDIA_B).stat()
    assert (after.st_ino, after.st_mtime_ns) == (kept.st_ino, kept.st_mtime_ns)
    listed = {file["name"] for file in json.loads((out / "backup.json").read_bytes())["media"]}
    assert listed == {MEDIA_B, new}
    assert {name for name in names(out) if name.startswith("media")} == {f"media/{name}" for name in listed}
    assert len(list(out.glob("vault-*"))) == 2
    vault.lock()


def test_a_backup_while_somebody_writes(vault: Vault, tmp_path: Path) -> None:
    writer = vault.connect()
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            writer.execute("INSERT INTO parent (text) VALUES (?)", (PLANTED * 30,))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for _ in range(3):
            backup(vault, tmp_path / "out")
    finally:
        stop.set()
        thread.join()
    vault.lock()
    restored = restore(tmp_path / "out", tmp_path / "restored", PHRASE)
    assert count(restored) > 300
    assert check_database(restored) == []
    restored.lock()


def test_an_uncommitted_change_is_not_in_the_backup(vault: Vault, tmp_path: Path) -> None:
    writer = vault.connect()
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM parent")
    backup(vault, tmp_path / "out")
    writer.execute("ROLLBACK")
    vault.lock()
    restored = restore(tmp_path / "out", tmp_path / "restored", PHRASE)
    assert count(restored) == 300
    restored.lock()


def test_after_a_rotation_nothing_old_is_trusted(
    sample: Sample, vault: Vault, out: Path, tmp_path: Path
) -> None:
    words = vaults.rotate(vault, PHRASE)
    (out / "media" / MEDIA_A).write_bytes(b"x" * 70_000)
    report = backup(vault, out)
    assert (report.files_copied, report.files_kept) == (1, 1)
    vault.lock()
    restored = restore(out, tmp_path / "restored", words)
    assert (restored.media_folder / MEDIA_A).read_bytes() == (sample.folder / "media" / MEDIA_A).read_bytes()
    restored.lock()


def test_thorough_finds_what_rotted(sample: Sample, vault: Vault, out: Path) -> None:
    (out / "media" / MEDIA_A).write_bytes(b"x" * 70_000)
    assert backup(vault, out).files_copied == 0
    assert backup(vault, out, thorough=True).files_copied == 1
    assert (out / "media" / MEDIA_A).read_bytes() == (sample.folder / "media" / MEDIA_A).read_bytes()
    vault.lock()


def test_where_a_backup_may_lie(sample: Sample, vault: Vault, out: Path, tmp_path: Path) -> None:
    assert code_of(lambda: backup(vault, sample.folder)) == "vault.backup-inside"
    assert code_of(lambda: backup(vault, sample.folder / "media" / "b")) == "vault.backup-inside"
    assert code_of(lambda: backup(vault, sample.folder.parent)) == "vault.backup-inside"
    assert code_of(lambda: restore(out, out / "in", PHRASE)) == "vault.backup-inside"
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    assert code_of(lambda: backup(vault, full)) == "machine.exists"
    other, _ = vaults.create(tmp_path / "other", PHRASE, cost=COST)
    assert code_of(lambda: backup(other, out)) == "vault.backup-other"
    other.lock()
    vault.lock()


def test_two_backups_at_once(vault: Vault, out: Path) -> None:
    def second(done: int, total: int | None) -> None:
        assert code_of(lambda: backup(vault, out)) == "vault.in-use"

    backup(vault, out, second)
    vault.lock()


def test_a_cancelled_backup_leaves_the_earlier_one(vault: Vault, out: Path, tmp_path: Path) -> None:
    manifest_before = (out / "backup.json").read_bytes()
    connection = vault.connect()
    connection.execute("DELETE FROM parent")
    connection.close()
    (vault.media_folder / "00" / ("1" * 32 + ".cob")).write_bytes(b"new")
    calls = [0]

    def count_calls(done: int, total: int | None) -> None:
        calls[0] += 1

    backup(vault, tmp_path / "counted", count_calls)
    for stop_at in range(1, calls[0] + 1):
        left = [stop_at]

        def cancel(done: int, total: int | None, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Cancelled

        try:
            backup(vault, out, cancel)
        except Cancelled:
            assert (out / "backup.json").read_bytes() == manifest_before
            assert len(list(out.glob("vault-*"))) == 2
            assert not [name for name in names(out) if name.endswith((".part", "-wal", "-journal"))]
        else:
            assert stop_at > 5
            break
    else:
        pytest.fail("every attempt was cancelled")
    vault.lock()


def test_a_vault_that_is_locked_meanwhile_stops_the_backup(vault: Vault, tmp_path: Path) -> None:
    def lock(done: int, total: int | None) -> None:
        vault.lock()

    with pytest.raises(CairnError) as error:
        backup(vault, tmp_path / "out", lock)
    assert error.value.code in ("vault.locked", "machine.cancelled")
    assert not (tmp_path / "out" / "backup.json").exists()


def test_a_disk_that_does_not_keep_what_was_written(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copying.hash_file

    def rotten(path: Path, tick: copying.Tick) -> tuple[str, int]:
        if path.name.endswith(".cob"):
            path.write_bytes(b"rot")
        return real(path, tick)

    monkeypatch.setattr(copying, "hash_file", rotten)
    assert code_of(lambda: backup(vault, tmp_path / "out")) == "vault.backup-mismatch"
    assert not (tmp_path / "out" / "backup.json").exists()
    vault.lock()


def test_a_damaged_database_is_not_backed_up(vault: Vault, out: Path) -> None:
    data = bytearray(vault.database_path.read_bytes())
    data[6 * 4096 + 7] ^= 1
    vault.database_path.write_bytes(data)
    before = (out / "backup.json").read_bytes()
    assert code_of(lambda: backup(vault, out)) in ("vault.database-altered", "machine.disk-failing")
    assert (out / "backup.json").read_bytes() == before
    vault.lock()


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "media bit": lambda out: flip(out / "media" / MEDIA_A),
    "media gone": lambda out: (out / "media" / MEDIA_A).unlink(),
    "media cut": lambda out: os.truncate(out / "media" / MEDIA_A, 5),
    "media longer": lambda out: os.truncate(out / "media" / MEDIA_A, 70_001),
    "database bit": lambda out: flip(next(out.glob("vault-*.db"))),
    "database gone": lambda out: next(out.glob("vault-*.db")).unlink(),
    "header bit": lambda out: flip(next(out.glob("vault-*.hdr"))),
    "header gone": lambda out: next(out.glob("vault-*.hdr")).unlink(),
    "manifest cut": lambda out: os.truncate(out / "backup.json", 200),
    "manifest empty": lambda out: os.truncate(out / "backup.json", 0),
    "manifest edited": lambda out: edit(out, created="2020-01-01T00:00:00Z"),
    "manifest drops a file": lambda out: edit(out, media=[]),
    "manifest not a file": lambda out: ((out / "backup.json").unlink(), (out / "backup.json").mkdir()),
}


def edit(out: Path, **values: Any) -> None:
    path = out / "backup.json"
    data = json.loads(path.read_bytes()) | values
    path.write_bytes(json.dumps(data, sort_keys=True, separators=(",", ":")).encode() + b"\n")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_a_damaged_backup_restores_nothing(
    vault: Vault, out: Path, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    vault.lock()
    damage(out)
    assert code_of(lambda: restore(out, tmp_path / "restored", PHRASE)) == "vault.backup-altered"
    assert not (tmp_path / "restored").exists()


def test_what_restore_refuses(vault: Vault, out: Path, sample: Sample, tmp_path: Path) -> None:
    vault.lock()
    folder = tmp_path / "restored"
    assert code_of(lambda: restore(out, folder, "wrong")) == "vault.wrong-passphrase"
    assert code_of(lambda: restore(out, folder, ["abandon"] * 23 + ["art"])) == "vault.wrong-words"
    assert code_of(lambda: restore(tmp_path / "gone", folder, PHRASE)) == "machine.gone"
    (tmp_path / "empty").mkdir()
    assert code_of(lambda: restore(tmp_path / "empty", folder, PHRASE)) == "vault.not-a-backup"
    assert code_of(lambda: restore(out, sample.folder, PHRASE)) == "machine.exists"
    edit(out, format="cairn-backup/2")
    assert code_of(lambda: restore(out, folder, PHRASE)) == "vault.newer"
    assert not folder.exists()
    assert not list((tmp_path / "empty").iterdir())
    vaults.unlock(sample.folder, PHRASE).lock()


def test_a_cancelled_restore_leaves_nothing(vault: Vault, out: Path, tmp_path: Path) -> None:
    vault.lock()
    folder = tmp_path / "restored"
    folder.mkdir()

    def cancel(done: int, total: int | None) -> None:
        if done > 80_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        restore(out, folder, PHRASE, cancel)
    assert list(folder.iterdir()) == []


def test_restore_when_the_disk_is_too_small(
    vault: Vault, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cairn.vault import restore as module

    vault.lock()
    monkeypatch.setattr("cairn.vault.restore.free_bytes", lambda folder: 1000)
    assert code_of(lambda: module.restore(out, tmp_path / "restored", PHRASE)) == "machine.disk-full"
    assert not (tmp_path / "restored").exists()


def test_nothing_readable_in_a_backup(vault: Vault, out: Path) -> None:
    vault.lock()
    for path in out.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert PLANTED.encode() not in data
            assert not data.startswith(b"SQLite format 3")
            assert b"Office" not in data
    if os.name != "nt":
        assert {path.stat().st_mode & 0o777 for path in out.rglob("*") if path.is_file()} == {0o600}


def test_a_backup_is_refused_by_a_link_in_it(vault: Vault, out: Path, tmp_path: Path) -> None:
    vault.lock()
    target = out / "media" / MEDIA_A
    (tmp_path / "elsewhere").write_bytes(target.read_bytes())
    target.unlink()
    target.symlink_to(tmp_path / "elsewhere")
    assert code_of(lambda: restore(out, tmp_path / "restored", PHRASE)) == "vault.backup-altered"


MANIFEST = manifest.serialise(
    manifest.Manifest(
        manifest.FORMAT,
        "3f2b8a10-0000-4000-8000-000000000001",
        "2026-01-01T00:00:00Z",
        manifest.File("vault-00000000.hdr", "0" * 64, 1),
        manifest.File("vault-00000000.db", "1" * 64, 2),
        [manifest.File(MEDIA_A, "2" * 64, 3), manifest.File(MEDIA_B, "3" * 64, 4)],
        bytes(32),
    )
)


def test_manifest_round_trips() -> None:
    assert manifest.serialise(manifest.parse(MANIFEST)) == MANIFEST


@given(st.integers(0, len(MANIFEST) - 1), st.binary(max_size=4), st.integers(0, 4))
@settings(max_examples=500)
def test_mutated_manifests(place: int, piece: bytes, cut: int) -> None:
    data = MANIFEST[:place] + piece + MANIFEST[place + cut :]
    try:
        parsed = manifest.parse(data)
    except CairnError as error:
        assert error.code in ("vault.backup-altered", "vault.newer")
        return
    assert manifest.serialise(parsed) == data


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"00/", b"../"),
        (b"ff/ffff", b"f/fffff"),
        (MEDIA_B.encode(), MEDIA_A.encode()),
        (b'"size":3', b'"size":-3'),
        (b'"size":3', b'"size":3.0'),
        (b"vault-00000000.db", b"vault.db"),
        (b"vault-00000000.hdr", b"/etc/passwd"),
        (b'"media":[', b'"media":[],"media":['),
        (b"\n", b""),
    ],
)
def test_hostile_manifests(old: bytes, new: bytes) -> None:
    assert MANIFEST.replace(old, new) != MANIFEST
    assert code_of(lambda: manifest.parse(MANIFEST.replace(old, new))) == "vault.backup-altered"
    assert code_of(lambda: manifest.parse(b"[" * 100_000)) == "vault.backup-altered"


def test_an_error_after_the_manifest_took_its_place_keeps_the_new_backup(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cairn.vault import backup as module

    real = module.replace_file  # type: ignore[attr-defined]

    def replace_then_fail(target: Path, data: bytes) -> None:
        real(target, data)
        if target.name == "backup.json":
            raise MachineError("machine.disk-failing")

    monkeypatch.setattr("cairn.vault.backup.replace_file", replace_then_fail)
    assert code_of(lambda: backup(vault, tmp_path / "out")) == "machine.disk-failing"
    vault.lock()
    restored = restore(tmp_path / "out", tmp_path / "restored", PHRASE)
    assert count(restored) == 300
    restored.lock()
