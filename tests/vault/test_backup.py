"""Backup and restore: incremental, verified by reading back, all or nothing."""

from __future__ import annotations

import errno
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
from cairn.vault.restore import inspect, restore
from vault.kit import COST, MEDIA_A, MEDIA_B, PHRASE, PLANTED, Sample, count


def code_of(job: Callable[[], object]) -> str:
    with pytest.raises(CairnError) as error:
        job()
    return error.value.code


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


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
        restored = restore(out, folder, secret).vault
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
    assert len(list(out.glob("vault-*"))) == 3
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
    restored = restore(tmp_path / "out", tmp_path / "restored", PHRASE).vault
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
    restored = restore(tmp_path / "out", tmp_path / "restored", PHRASE).vault
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
    restored = restore(out, tmp_path / "restored", words).vault
    assert (restored.media_folder / MEDIA_A).read_bytes() == (sample.folder / "media" / MEDIA_A).read_bytes()
    restored.lock()


def source(sample: Sample, name: str) -> bytes:
    return (sample.folder / "media" / name).read_bytes()


def test_each_backup_reads_a_part_of_the_earlier_again_and_copies_what_rotted(
    sample: Sample, vault: Vault, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cairn.vault.backup.LEAST_READ", 1)
    monkeypatch.setattr("cairn.vault.backup.ROUNDS", 2**40)
    moments = iter(f"2027-01-{day:02}T00:00:00Z" for day in range(1, 29))
    monkeypatch.setattr("cairn.model.clock.now", lambda: next(moments))
    flip(out / "media" / MEDIA_A)
    flip(out / "media" / MEDIA_B)
    # One file a time, and then the other: what was read longest ago is read first.
    found = [backup(vault, out) for _ in range(2)]
    assert [(report.files_read, report.files_renewed) for report in found] == [(1, 1), (1, 1)]
    assert found[0].read_since < found[1].read_since
    for name in (MEDIA_A, MEDIA_B):
        assert (out / "media" / name).read_bytes() == source(sample, name)
    assert [backup(vault, out).files_renewed for _ in range(2)] == [0, 0]
    vault.lock()


def test_a_small_backup_is_read_whole_each_time(sample: Sample, vault: Vault, out: Path) -> None:
    flip(out / "media" / MEDIA_A)
    report = backup(vault, out)
    assert (report.files_copied, report.files_read, report.files_renewed) == (1, 2, 1)
    assert (report.damaged, report.damaged_here) == ((), ())
    assert (out / "media" / MEDIA_A).read_bytes() == source(sample, MEDIA_A)
    vault.lock()


@pytest.mark.parametrize("thorough", [False, True])
def test_what_is_damaged_in_the_vault_never_replaces_what_is_whole(
    sample: Sample, vault: Vault, out: Path, *, thorough: bool
) -> None:
    kept = source(sample, MEDIA_A)
    os.truncate(sample.folder / "media" / MEDIA_A, 5)
    report = backup(vault, out, thorough=thorough)
    assert (report.damaged, report.damaged_here) == ((), (MEDIA_A,))
    assert (out / "media" / MEDIA_A).read_bytes() == kept
    # A bit that changed shows where the vault's own files are read as well.
    (sample.folder / "media" / MEDIA_A).write_bytes(kept)
    flip(sample.folder / "media" / MEDIA_A)
    assert backup(vault, out, thorough=True).damaged_here == (MEDIA_A,)
    assert (out / "media" / MEDIA_A).read_bytes() == kept
    vault.lock()


def test_what_is_whole_nowhere_stays_listed_and_is_said(sample: Sample, vault: Vault, out: Path) -> None:
    for place in (out, sample.folder):
        flip(place / "media" / MEDIA_A)
    for _ in range(2):
        report = backup(vault, out)
        assert (report.damaged, report.damaged_here, report.files_renewed) == ((MEDIA_A,), (), 0)
    vault.lock()


class Rows:
    """What the vault's rows would say."""

    def __init__(self, held: set[str], broken: set[Path]) -> None:
        self.held, self.broken = held, broken

    def names(self) -> set[str]:
        return self.held

    def is_whole(self, path: Path, name: str, tick: copying.Tick, /) -> bool:
        tick(1)
        return path not in self.broken


def test_what_the_vault_lost_stays_in_the_backup_and_what_it_erased_goes(
    sample: Sample, vault: Vault, out: Path
) -> None:
    for name in (MEDIA_A, MEDIA_B):
        (sample.folder / "media" / name).unlink()
    lost = "77/" + "7" * 32 + ".cob"
    report = backup(vault, out, holdings=Rows({MEDIA_A, lost}, set()))
    assert (report.damaged, report.damaged_here, report.files_removed) == ((lost,), (MEDIA_A,), 1)
    assert (out / "media" / MEDIA_A).is_file() and not (out / "media" / MEDIA_B).exists()
    vault.lock()


def test_the_only_whole_copy_of_what_the_vault_lost_stays_also_after_a_rotation(
    sample: Sample, vault: Vault, out: Path
) -> None:
    vaults.rotate(vault, PHRASE)
    kept = (out / "media" / MEDIA_A).read_bytes()
    (sample.folder / "media" / MEDIA_A).unlink()
    for _ in range(2):
        report = backup(vault, out, holdings=Rows({MEDIA_A, MEDIA_B}, set()))
        assert (report.damaged, report.damaged_here, report.files_removed) == ((), (MEDIA_A,), 0)
        assert (out / "media" / MEDIA_A).read_bytes() == kept
    vault.lock()


def test_what_was_damaged_before_the_first_backup_is_said(vault: Vault, tmp_path: Path) -> None:
    rows = Rows({MEDIA_A, MEDIA_B}, {vault.media_folder / MEDIA_A})
    assert backup(vault, tmp_path / "out", holdings=rows).damaged == (MEDIA_A,)
    vault.lock()


def test_after_a_rotation_the_whole_one_of_two_copies_is_kept(
    sample: Sample, vault: Vault, out: Path
) -> None:
    vaults.rotate(vault, PHRASE)
    kept = (out / "media" / MEDIA_A).read_bytes()
    flip(sample.folder / "media" / MEDIA_A)
    rows = Rows({MEDIA_A, MEDIA_B}, {vault.media_folder / MEDIA_A})
    report = backup(vault, out, holdings=rows)
    assert (report.damaged, report.damaged_here) == ((), (MEDIA_A,))
    assert (out / "media" / MEDIA_A).read_bytes() == kept
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
            assert len(list(out.glob("vault-*"))) == 3
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


FATAL: dict[str, tuple[str, Callable[[Path], object]]] = {
    "database bit": ("vault.backup-database", lambda out: flip(next(out.glob("vault-*.db")))),
    "database cut": ("vault.backup-database", lambda out: os.truncate(next(out.glob("vault-*.db")), 8192)),
    "database gone": ("vault.backup-database", lambda out: next(out.glob("vault-*.db")).unlink()),
    "headers": ("vault.backup-altered", lambda out: [flip(path) for path in out.glob("vault-*.hdr*")]),
    "headers gone": (
        "vault.backup-altered",
        lambda out: [path.unlink() for path in out.glob("vault-*.hdr*")],
    ),
}
PARTLY: dict[str, tuple[set[str], Callable[[Path], object]]] = {
    "media bit": ({"vault.backup-media-damaged"}, lambda out: flip(out / "media" / MEDIA_A)),
    "media gone": ({"vault.backup-media-missing"}, lambda out: (out / "media" / MEDIA_A).unlink()),
    "media cut": ({"vault.backup-media-damaged"}, lambda out: os.truncate(out / "media" / MEDIA_A, 5)),
    "media longer": (
        {"vault.backup-media-damaged"},
        lambda out: os.truncate(out / "media" / MEDIA_A, 70_001),
    ),
    "header bit": ({"vault.backup-copy-used"}, lambda out: flip(next(out.glob("vault-*.hdr")))),
    "header gone": ({"vault.backup-copy-used"}, lambda out: next(out.glob("vault-*.hdr")).unlink()),
    "manifest cut": ({"vault.backup-copy-used"}, lambda out: os.truncate(out / "backup.json", 200)),
    "manifest empty": ({"vault.backup-copy-used"}, lambda out: os.truncate(out / "backup.json", 0)),
    "manifest edited": ({"vault.backup-copy-used"}, lambda out: edit(out, created="2020-01-01T00:00:00Z")),
    "manifest drops a file": ({"vault.backup-copy-used"}, lambda out: edit(out, media=[])),
    "manifest not a file": (
        {"vault.backup-copy-used"},
        lambda out: ((out / "backup.json").unlink(), (out / "backup.json").mkdir()),
    ),
    "both manifests": (
        {"vault.backup-unlisted"},
        lambda out: [flip(out / name) for name in ("backup.json", "backup.json.bak")],
    ),
    "both manifests gone": (
        {"vault.backup-unlisted"},
        lambda out: [(out / name).unlink() for name in ("backup.json", "backup.json.bak")],
    ),
}


def edit(out: Path, **values: Any) -> None:
    path = out / "backup.json"
    data = json.loads(path.read_bytes()) | values
    path.write_bytes(json.dumps(data, sort_keys=True, separators=(",", ":")).encode() + b"\n")


@pytest.mark.parametrize(("code", "damage"), FATAL.values(), ids=list(FATAL))
def test_without_keys_or_database_nothing_is_restored(
    vault: Vault, out: Path, tmp_path: Path, code: str, damage: Callable[[Path], object]
) -> None:
    vault.lock()
    damage(out)
    assert code_of(lambda: restore(out, tmp_path / "restored", PHRASE)) == code
    assert not (tmp_path / "restored").exists()
    if code == "vault.backup-database":
        assert [each.code for each in inspect(out, PHRASE)[1]] == [code]
    else:
        assert code_of(lambda: inspect(out, PHRASE)) == code


@pytest.mark.parametrize(("codes", "damage"), PARTLY.values(), ids=list(PARTLY))
def test_what_is_whole_is_restored_and_the_rest_is_named(
    vault: Vault, out: Path, tmp_path: Path, codes: set[str], damage: Callable[[Path], object]
) -> None:
    vault.lock()
    assert inspect(out, PHRASE)[1] == []
    damage(out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    found = inspect(out, PHRASE)[1]
    restored = restore(out, tmp_path / "restored", PHRASE)
    assert {each.code for each in restored.problems} == {each.code for each in found} == codes
    named = [each.values["name"] for each in restored.problems if "name" in each.values]
    assert named == ([MEDIA_A] if "media" in str(codes) else [])
    assert count(restored.vault) == 300 and check_database(restored.vault) == []
    whole = (restored.vault.media_folder / MEDIA_B).read_bytes()
    assert whole == (out / "media" / MEDIA_B).read_bytes()
    assert (restored.vault.media_folder / MEDIA_A).exists() == (out / "media" / MEDIA_A).exists()
    restored.vault.lock()
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    # The next backup puts it right.
    vault = vaults.unlock(vault.folder, PHRASE)
    (out / "backup.json").is_dir() and (out / "backup.json").rmdir()
    assert backup(vault, out).damaged == ()
    vault.lock()
    assert inspect(out, PHRASE)[1] == []


def test_another_database_of_the_same_vault_is_told(vault: Vault, out: Path, tmp_path: Path) -> None:
    """An older one, put back: its own seals are whole, and it is not the one that the list names."""
    older = next(out.glob("vault-*.db")).read_bytes()
    connection = vault.connect()
    connection.execute("DELETE FROM parent WHERE id > 200")
    connection.close()
    backup(vault, out)
    vault.lock()
    next(out.glob("vault-*.db")).write_bytes(older)
    assert [each.code for each in inspect(out, PHRASE)[1]] == ["vault.backup-database"]
    restored = restore(out, tmp_path / "restored", PHRASE)
    assert [each.code for each in restored.problems] == ["vault.backup-other-database"]
    assert count(restored.vault) == 300
    restored.vault.lock()


def test_sectors_that_cannot_be_read_become_zeros(
    vault: Vault, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.lock()
    bad = out / "media" / MEDIA_A
    whole, number, real = bad.read_bytes(), bad.stat().st_ino, os.read

    def read(handle: int, wanted: int) -> bytes:
        at = os.lseek(handle, 0, os.SEEK_CUR)
        if os.fstat(handle).st_ino == number and at <= 8192 < at + wanted:
            raise OSError(errno.EIO, "bad sector")
        return real(handle, wanted)

    monkeypatch.setattr(os, "read", read)
    assert [each.code for each in inspect(out, PHRASE)[1]] == ["vault.backup-media-damaged"]
    restored = restore(out, tmp_path / "restored", PHRASE)
    assert [each.values for each in restored.problems] == [{"name": MEDIA_A}]
    monkeypatch.undo()
    found = (restored.vault.media_folder / MEDIA_A).read_bytes()
    assert found == whole[:8192] + bytes(4096) + whole[8192 + 4096 :]
    restored.vault.lock()


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


def test_a_link_in_a_backup_is_not_followed(vault: Vault, out: Path, tmp_path: Path) -> None:
    vault.lock()
    target = out / "media" / MEDIA_A
    (tmp_path / "elsewhere").write_bytes(target.read_bytes())
    target.unlink()
    target.symlink_to(tmp_path / "elsewhere")
    missing = [("vault.backup-media-missing", {"name": MEDIA_A})]
    assert [(each.code, each.values) for each in inspect(out, PHRASE)[1]] == missing
    restored = restore(out, tmp_path / "restored", PHRASE)
    assert [(each.code, each.values) for each in restored.problems] == missing
    assert not (restored.vault.media_folder / MEDIA_A).exists()
    restored.vault.lock()


READ = "2026-01-01T00:00:00Z"
MANIFEST = manifest.serialise(
    manifest.Manifest(
        manifest.FORMAT,
        "3f2b8a10-0000-4000-8000-000000000001",
        "2026-01-01T00:00:00Z",
        manifest.File("vault-00000000.hdr", "0" * 64, 1),
        manifest.File("vault-00000000.db", "1" * 64, 2),
        [manifest.MediaFile(MEDIA_A, "2" * 64, 3, READ), manifest.MediaFile(MEDIA_B, "3" * 64, 4, READ)],
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
        (READ.encode() + b'","sha', b'yesterday","sha'),
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
    restored = restore(tmp_path / "out", tmp_path / "restored", PHRASE).vault
    assert count(restored) == 300
    restored.lock()
