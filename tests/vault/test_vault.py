"""Create, unlock, lock: what opens, what does not, and which error says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from cairn import vault as vaults
from cairn.crypto.age import PQIdentity
from cairn.crypto.hashes import sha256
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.vault import folder as places
from cairn.vault import header as hdr
from vault.kit import COST, PHRASE, Sample, count

posix = pytest.mark.skipif(os.name == "nt", reason="modes and signals of POSIX")


def code_of(job: Callable[[], object]) -> str:
    with pytest.raises(CairnError) as error:
        job()
    return error.value.code


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def damage(folder: Path, change: Callable[[bytes], bytes]) -> None:
    for name in ("vault.hdr", "vault.hdr.bak"):
        path = folder / name
        path.write_bytes(change(path.read_bytes()))


def test_opens_with_passphrase_words_and_escrow(sample: Sample) -> None:
    for opened in (
        lambda: vaults.unlock(sample.folder, PHRASE),
        lambda: vaults.unlock_with_words(sample.folder, sample.words),
        lambda: vaults.unlock_with_words(sample.folder, " ".join(sample.words).upper()),
        lambda: vaults.open_escrow(sample.folder, sample.identity),
    ):
        vault = opened()
        try:
            assert count(vault) == 300
            assert not vault.header_repaired
        finally:
            vault.lock()


def test_a_passphrase_typed_on_another_keyboard(tmp_path: Path) -> None:
    vaults.create(tmp_path / "v", "돌무더기 caf\u00e9", cost=COST)[0].lock()
    decomposed = "\u1103\u1169\u11af\u1106\u116e\u1103\u1165\u1100\u1175 cafe\u0301"
    vaults.unlock(tmp_path / "v", decomposed).lock()


def test_what_does_not_open(sample: Sample) -> None:
    folder = sample.folder
    assert code_of(lambda: vaults.unlock(folder, "lamp river seven stone")) == "vault.wrong-passphrase"
    assert code_of(lambda: vaults.unlock(folder, "")) == "vault.wrong-passphrase"
    assert code_of(lambda: vaults.unlock(folder, "\ud800")) == "vault.wrong-passphrase"
    assert code_of(lambda: vaults.open_escrow(folder, PQIdentity.generate())) == "vault.no-escrow"
    other = ["abandon"] * 23 + ["art"]
    assert code_of(lambda: vaults.unlock_with_words(folder, other)) == "vault.wrong-words"
    assert code_of(lambda: vaults.unlock_with_words(folder, ["abandon"] * 24)) == "crypto.words-checksum"
    # A refused attempt leaves no lock behind and changes nothing.
    vaults.unlock(folder, PHRASE).lock()


def test_refused_passphrases_at_creation_leave_nothing(tmp_path: Path) -> None:
    assert code_of(lambda: vaults.create(tmp_path / "v", "  ", cost=COST)) == "vault.passphrase-empty"
    low = COST.__class__(m_kib=1024, t=1, p=1)
    assert code_of(lambda: vaults.create(tmp_path / "v", PHRASE, cost=low)) == "vault.cost-refused"
    assert list(tmp_path.iterdir()) == []


def test_create_only_in_a_new_or_empty_folder(tmp_path: Path, sample: Sample) -> None:
    before = snapshot(sample.folder)
    assert code_of(lambda: vaults.create(sample.folder, PHRASE, cost=COST)) == "machine.exists"
    assert snapshot(sample.folder) == before
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    assert code_of(lambda: vaults.create(full, PHRASE, cost=COST)) == "machine.exists"
    assert [path.name for path in full.iterdir()] == ["letter.txt"]
    (full / "letter.txt").unlink()
    vault, words = vaults.create(full, PHRASE, cost=COST)
    assert len(words) == 24
    vault.lock()


def test_create_never_clears_a_folder_whose_header_was_lost(sample: Sample) -> None:
    for name in ("vault.hdr", "vault.hdr.bak"):
        (sample.folder / name).unlink()
    assert code_of(lambda: vaults.create(sample.folder, PHRASE, cost=COST)) == "machine.exists"
    assert (sample.folder / "vault.db").exists()


@posix
def test_private_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        vault, _ = vaults.create(tmp_path / "v", PHRASE, cost=COST)
        connection = vault.connect()
        connection.execute("CREATE TABLE t (a)")
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "v").rglob("*")}
        vault.lock()
    finally:
        os.umask(old)
    assert {"vault.db", "vault.db-wal", "vault.db-shm", "vault.hdr", "vault.lock"} <= set(modes)
    assert modes.pop("media") == 0o700
    assert set(modes.values()) == {0o600}
    assert (tmp_path / "v").stat().st_mode & 0o777 == 0o700


def test_settings_of_a_connection(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    connection = vault.connect()
    asked = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in [
            "journal_mode",
            "synchronous",
            "temp_store",
            "secure_delete",
            "trusted_schema",
            "foreign_keys",
            "auto_vacuum",
            "cipher_status",
            "page_size",
            "cipher_log_level",
        ]
    }
    vault.lock()
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,
        "temp_store": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "foreign_keys": 1,
        "auto_vacuum": 2,
        "cipher_status": "1",
        "page_size": "4096" if isinstance(asked["page_size"], str) else 4096,
        "cipher_log_level": "NONE",
    }


def test_read_only_connection_refuses_to_write(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    reader = vault.connect(read_only=True)
    with pytest.raises(Exception, match="readonly"):
        reader.execute("DELETE FROM parent")
    reader.close()
    assert count(vault) == 300
    vault.lock()


def test_lock_wipes_closes_and_frees(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    key = vault.key
    connection = vault.connect()
    assert vault.connection_count == 1
    vault.lock()
    assert key == bytes(32)
    assert vault.locked
    assert vault.connection_count == 0
    with pytest.raises(Exception, match="closed"):
        connection.execute("SELECT 1")
    assert code_of(vault.connect) == "vault.locked"
    assert code_of(lambda: vault.derive("backup")) == "vault.locked"
    vault.lock()
    vaults.unlock(sample.folder, PHRASE).lock()


def test_lock_stops_what_still_runs(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    connection = vault.connect()
    started = threading.Event()
    ended: list[BaseException] = []

    def long_query() -> None:
        started.set()
        try:
            connection.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
            ).fetchall()
        except Exception as error:  # noqa: BLE001 - whichever it is, the query must have ended
            ended.append(error)

    worker = threading.Thread(target=long_query)
    worker.start()
    started.wait()
    while worker.is_alive():
        # The interrupt may come before the query has begun; the lock is pressed again, as it may be.
        connection.interrupt()
        worker.join(0.05)
    vault.lock()
    assert ended


def test_derived_keys_differ_by_purpose_and_vault(sample: Sample, tmp_path: Path) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    other, _ = vaults.create(tmp_path / "other", PHRASE, cost=COST)
    keys = {
        vault.derive("db"),
        vault.derive("backup"),
        other.derive("db"),
        bytes(vault.key),
        bytes(other.key),
    }
    assert len(keys) == 5
    vault.lock()
    other.lock()


def test_one_instance(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.in-use"
    # At once: before the passphrase is tried, and in another process as well.
    assert code_of(lambda: vaults.unlock(sample.folder, "wrong")) == "vault.in-use"
    script = (
        "import sys; from pathlib import Path; from cairn import vault as v\n"
        "try: v.unlock(Path(sys.argv[1]), 'x')\n"
        "except v.vault.MachineError as e: sys.exit(0 if e.code == 'vault.in-use' else 1)\n"
    )
    run = subprocess.run([sys.executable, "-c", script, str(sample.folder)], check=False)
    assert run.returncode == 0
    vault.lock()


@posix
def test_the_lock_of_a_killed_program_does_not_block(sample: Sample) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from cairn import vault as v\n"
        "vault = v.unlock(Path(sys.argv[1]), sys.argv[2]); c = vault.connect()\n"
        "c.execute('INSERT INTO parent (text) VALUES (?)', (sys.argv[3],))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(sample.folder), PHRASE, "ZEBRA-강가의-MARKER"], check=False
    )
    assert run.returncode == -signal.SIGKILL
    vault = vaults.unlock(sample.folder, PHRASE)
    assert count(vault) == 301
    vault.lock()


@posix
def test_a_lock_file_that_was_removed_protects_nobody_and_is_made_anew(sample: Sample) -> None:
    (sample.folder / "vault.lock").unlink()
    vault = vaults.unlock(sample.folder, PHRASE)
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.in-use"
    vault.lock()


def test_no_vault_there(tmp_path: Path) -> None:
    assert code_of(lambda: vaults.unlock(tmp_path, PHRASE)) == "vault.not-a-vault"
    assert list(tmp_path.iterdir()) == []
    assert code_of(lambda: vaults.unlock(tmp_path / "gone", PHRASE)) == "machine.gone"
    assert code_of(lambda: vaults.peek(tmp_path)) == "vault.not-a-vault"
    (tmp_path / "file").write_text("x")
    assert code_of(lambda: vaults.unlock(tmp_path / "file", PHRASE)) == "machine.gone"


def test_a_file_in_the_place_of_a_vault_is_told_alike_on_every_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows answers a name inside a file as one inside an empty folder: nothing there."""
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(places, "read_small", lambda *_: None)
    assert code_of(lambda: places.read_headers(tmp_path / "file")) == "machine.gone"
    assert code_of(lambda: places.read_headers(tmp_path)) == "vault.not-a-vault"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data[:100], "vault.header-altered"),
        (lambda data: b"", "vault.header-altered"),
        (lambda data: data.replace(b"cairn-vault/1", b"cairn-vault/2"), "vault.newer"),
        (lambda data: data.replace(b'"m_kib":65536', b'"m_kib":9999999'), "vault.cost-refused"),
        (lambda data: data.replace(b'"t":1', b'"t":2'), "vault.wrong-passphrase"),
        (
            lambda data: data.replace(b'"retired":[]', b'"retired":["vault-00000000.db"]'),
            "vault.header-altered",
        ),
        (lambda data: b"[" * 200_000, "vault.header-altered"),
        (lambda data: b'{"a":' * 40_000, "vault.header-altered"),
    ],
)
def test_a_damaged_or_hostile_header(sample: Sample, change: Callable[[bytes], bytes], code: str) -> None:
    damage(sample.folder, change)
    before = snapshot(sample.folder)
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == code
    assert snapshot(sample.folder) == before


def test_a_huge_header_is_not_read(sample: Sample) -> None:
    for name in ("vault.hdr", "vault.hdr.bak"):
        os.truncate(sample.folder / name, 1 << 40)
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.header-altered"


@posix
def test_a_pipe_or_link_in_place_of_the_header_is_not_followed(sample: Sample, tmp_path: Path) -> None:
    for name in ("vault.hdr", "vault.hdr.bak"):
        (sample.folder / name).unlink()
    os.mkfifo(sample.folder / "vault.hdr")
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.header-altered"
    (sample.folder / "vault.hdr").unlink()
    (sample.folder / "vault.hdr").symlink_to("/dev/zero")
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.header-altered"


def test_the_header_of_another_vault(sample: Sample, tmp_path: Path) -> None:
    other, _ = vaults.create(tmp_path / "other", PHRASE, cost=COST)
    other.lock()
    data = (tmp_path / "other" / "vault.hdr").read_bytes()
    damage(sample.folder, lambda _: data)
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.database-altered"


def test_a_damaged_header_is_put_right_from_its_mirror(sample: Sample) -> None:
    path = sample.folder / "vault.hdr"
    good = path.read_bytes()
    for bad in (good[:50], good.replace(b'"ct":"', b'"ct":"AAAA', 1), good.replace(b'"t":1', b'"t":2'), None):
        if bad is None:
            path.unlink()
        else:
            path.write_bytes(bad)
        vault = vaults.unlock(sample.folder, PHRASE)
        assert vault.header_repaired
        assert count(vault) == 300
        vault.lock()
        assert path.read_bytes() == good
    mirror = sample.folder / "vault.hdr.bak"
    mirror.unlink()
    vault = vaults.unlock(sample.folder, PHRASE)
    assert not vault.header_repaired
    vault.lock()
    assert mirror.read_bytes() == good


def test_a_newer_header_is_never_overwritten_by_an_older_mirror(sample: Sample) -> None:
    path = sample.folder / "vault.hdr"
    path.write_bytes(path.read_bytes().replace(b"cairn-vault/1", b"cairn-vault/2"))
    newer = path.read_bytes()
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.newer"
    assert path.read_bytes() == newer


def test_a_missing_database_is_missed_and_not_made_anew(sample: Sample) -> None:
    (sample.folder / "vault.db").unlink()
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.database-missing"
    assert not (sample.folder / "vault.db").exists()


@pytest.mark.parametrize("change", [lambda d: d[:2000], lambda d: b"", lambda d: d[:16] + b"x" + d[17:]])
def test_a_damaged_database(sample: Sample, change: Callable[[bytes], bytes]) -> None:
    path = sample.folder / "vault.db"
    path.write_bytes(change(path.read_bytes()))
    assert code_of(lambda: vaults.unlock(sample.folder, PHRASE)) == "vault.database-altered"


def test_a_folder_that_vanishes_while_open(sample: Sample, tmp_path: Path) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    sample.folder.rename(tmp_path / "unplugged")
    assert code_of(vault.connect) == "machine.gone"
    assert code_of(lambda: vaults.change_passphrase(vault, "new", cost=COST)) == "machine.gone"
    vault.lock()
    vaults.unlock(tmp_path / "unplugged", PHRASE).lock()


def test_peek_tells_no_names(sample: Sample) -> None:
    outside = vaults.peek(sample.folder)
    assert outside == vaults.VaultOutside("vault", "cairn-vault/1", has_escrow=True, has_recovery=True)
    locked = vaults.slots(sample.folder)
    assert [info.kind for info in locked] == ["passphrase", "recovery", "escrow"]
    assert all(info.label == info.created == info.fingerprint == "" for info in locked)
    vault = vaults.unlock(sample.folder, PHRASE)
    known = vaults.slots(vault)
    vault.lock()
    assert known[2].label == "Office"
    assert known[2].fingerprint == "SHA256:" + "A" * 43
    assert known[2].created.endswith("Z")


def test_the_marker_and_parts_of_a_crash_are_swept(sample: Sample) -> None:
    (sample.folder / places.CREATING).touch()
    (sample.folder / ".vault.hdr.0a0b0c0d.part").write_bytes(b"half a header")
    (sample.folder / "vault-deadbeef.db").write_bytes(b"somebody's only copy")
    vaults.unlock(sample.folder, PHRASE).lock()
    names = {path.name for path in sample.folder.iterdir()}
    assert names == {"vault.hdr", "vault.hdr.bak", "vault.db", "vault.lock", "media", "vault-deadbeef.db"}


def test_errors_say_whose_fault(sample: Sample) -> None:
    with pytest.raises(InputError):
        vaults.unlock(sample.folder, "no")
    damage(sample.folder, lambda data: data[:9])
    with pytest.raises(IntegrityError):
        vaults.unlock(sample.folder, PHRASE)
    with pytest.raises(MachineError):
        vaults.unlock(sample.folder / "none", PHRASE)


def test_full_of_escrows_still_fits(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    while len(vault.header.slots) < hdr.MAX_SLOTS:
        vaults.add_escrow(vault, sample.identity.recipient, "한" * 200, "SHA256:" + "x" * 43)
    assert (
        code_of(lambda: vaults.add_escrow(vault, sample.identity.recipient, "", "")) == "vault.too-many-slots"
    )
    assert code_of(lambda: vaults.add_passphrase(vault, "x", "", cost=COST)) == "vault.too-many-slots"
    vault.lock()
    assert (sample.folder / "vault.hdr").stat().st_size < hdr.MAX_BYTES
    vaults.unlock(sample.folder, PHRASE).lock()
