"""The measures of the process, the translation of SQLite's errors, and looking for damage."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sql

from cairn import vault as vaults
from cairn.errors import CairnError, Cancelled, IntegrityError, MachineError
from cairn.vault import check, database, process, sqlerrors
from cairn.vault.check import check_database
from cairn.vault.sqlerrors import sql_errors
from vault.kit import PHRASE, Sample, count


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
def test_no_core_dump_and_no_reading_of_memory() -> None:
    script = (
        "import os, resource; from cairn.vault import process\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))\n"
        "import ctypes; get = lambda: ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)\n"
        "print(get(), *process.harden(), get(), *resource.getrlimit(resource.RLIMIT_CORE))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "core", "dumpable", "0", "0", "0"]


@pytest.mark.skipif(sys.platform == "win32", reason="there it is possible")
def test_hardening_is_harmless_where_it_is_not_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert process.harden() == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
def test_hardening_that_is_refused_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes
    import resource

    def refuse(*_: object) -> None:
        raise ValueError("not allowed")

    def no_library(_: object) -> None:
        raise OSError("no library")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    monkeypatch.setattr(ctypes, "CDLL", no_library)
    assert process.harden() == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlerrors.FULL, "machine.disk-full"),
        (sqlerrors.IOERR | 3 << 8, "machine.disk-failing"),
        (sqlerrors.READONLY, "machine.read-only"),
        (sqlerrors.BUSY | 1 << 8, "vault.busy"),
        (sqlerrors.LOCKED, "vault.busy"),
        (sqlerrors.CANTOPEN, "machine.gone"),
        (sqlerrors.PERM, "machine.not-allowed"),
        (sqlerrors.NOMEM, "machine.out-of-memory"),
        (sqlerrors.PROTOCOL, "vault.busy"),
        (sqlerrors.CORRUPT, "vault.database-altered"),
        (sqlerrors.NOTADB, "vault.database-altered"),
        (sqlerrors.INTERRUPT, "machine.cancelled"),
    ],
)
def test_translation_by_code(number: int, code: str) -> None:
    error = sql.OperationalError("text that is not looked at")
    error.sqlite_errorcode = number
    with pytest.raises(CairnError) as found, sql_errors():
        raise error
    assert found.value.code == code


def test_an_error_of_the_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = sql.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlerrors.IOERR
    codes = []
    for free in (65535, 65536):
        monkeypatch.setattr(sqlerrors, "free_bytes", lambda folder, free=free: free)
        found = sqlerrors.translate(error, tmp_path)
        codes.append(found.code if found else "")
    monkeypatch.undo()
    gone = sqlerrors.translate(error, tmp_path / "gone")
    assert [*codes, gone.code if gone else ""] == [
        "machine.disk-full",
        "machine.disk-failing",
        "machine.disk-failing",
    ]


def test_translation_where_sqlcipher3_gives_no_code() -> None:
    with pytest.raises(MachineError, match=r"^machine\.disk-full$"), sql_errors():
        raise sql.OperationalError("database or disk is full")
    with pytest.raises(sql.OperationalError), sql_errors():
        raise sql.OperationalError("no such table: disk is full")


def test_our_own_mistakes_are_not_translated(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    connection = vault.connect()
    with pytest.raises(sql.OperationalError), sql_errors():
        connection.execute("SELEKT 1")
    with pytest.raises(sql.IntegrityError), sql_errors():
        connection.execute("INSERT INTO child (parent) VALUES (99999)")
    with pytest.raises(ValueError, match="other"), sql_errors():
        raise ValueError("other")
    with pytest.raises(sql.ProgrammingError), sql_errors():
        connection.execute("SELECT ?", (1, 2))
    vault.lock()
    with pytest.raises(MachineError, match=r"^vault\.locked$"), sql_errors():
        connection.execute("SELECT 1")


def test_real_errors_of_sqlite(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    one, two = vault.connect(), vault.connect()
    one.execute("BEGIN IMMEDIATE")
    two.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(MachineError, match=r"^vault\.busy$"), sql_errors():
        two.execute("BEGIN IMMEDIATE")
    one.execute("ROLLBACK")
    two.execute("PRAGMA query_only = ON")
    with pytest.raises(MachineError, match=r"^machine\.read-only$"), sql_errors():
        two.execute("DELETE FROM parent")
    two.set_progress_handler(lambda: 1, 1)
    with pytest.raises(Cancelled), sql_errors():
        two.execute("SELECT count(*) FROM parent").fetchall()
    vault.lock()


def test_a_connection_serves_any_thread(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    connection = vault.connect()
    found: list[object] = []
    thread = threading.Thread(
        target=lambda: found.extend(connection.execute("SELECT count(*) FROM parent").fetchone())
    )
    thread.start()
    thread.join()
    assert found == [300]
    vault.lock()


# -- Looking for damage ----------------------------------------------------------------------------------


def page_flipped(path: Path, page: int) -> None:
    data = bytearray(path.read_bytes())
    data[page * 4096 + 50] ^= 4
    path.write_bytes(data)


def test_a_whole_vault_has_no_problems(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    assert check_database(vault) == []
    vault.lock()


def test_damaged_pages_are_found(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    pages = vault.database_path.stat().st_size // 4096
    page_flipped(vault.database_path, pages - 1)
    page_flipped(vault.database_path, pages - 2)
    problems = check_database(vault)
    vault.lock()
    assert problems[0] == check.Problem("vault.page-damaged", {"count": 2})
    assert "vault.structure-damaged" in {problem.code for problem in problems}


def test_a_cut_database_is_found(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    size = vault.database_path.stat().st_size
    os.truncate(vault.database_path, size - 4096)
    with pytest.raises(IntegrityError, match=r"^vault\.database-altered$"):
        check_database(vault)
    vault.lock()


def test_broken_references_are_found(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    connection = vault.connect()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO child (parent) VALUES (99999)")
    connection.close()
    assert check_database(vault) == [check.Problem("vault.link-broken", {"table": "child", "count": 1})]
    vault.lock()


def test_a_header_that_changed_meanwhile_is_found(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    (sample.folder / "vault.hdr.bak").unlink()
    assert check_database(vault) == [check.Problem("vault.mirror-differs")]
    (sample.folder / "vault.hdr").write_bytes(b"x")
    assert check_database(vault) == [check.Problem("vault.header-altered")]
    vault.lock()


def test_a_failing_check_is_an_error_and_not_a_finding(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    connection = vault.connect()
    connection.set_progress_handler(lambda: 1, 1)
    with pytest.raises(Cancelled):
        check.examine(connection)
    vault.lock()


def test_a_database_with_other_settings_is_not_taken(sample: Sample) -> None:
    vault = vaults.unlock(sample.folder, PHRASE)
    key = vault.derive("db")
    vault.lock()
    path = sample.folder / "vault.db"
    path.unlink()
    other = sql.connect(str(path))
    other.set_key(bytearray(b"x'" + key.hex().encode() + b"'"))
    other.execute("PRAGMA auto_vacuum = NONE")
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()
    with pytest.raises(IntegrityError, match=r"^vault\.database-altered$"):
        vaults.unlock(sample.folder, PHRASE)


def test_a_setting_that_is_refused_is_noticed(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_SETTINGS", (("temp_store", "MEMORY", 1),))
    with pytest.raises(MachineError, match=r"^vault\.setting-refused$"):
        vaults.unlock(sample.folder, PHRASE)
    monkeypatch.undo()
    vault = vaults.unlock(sample.folder, PHRASE)
    assert count(vault) == 300
    vault.lock()


def test_a_database_on_a_disk_without_shared_memory(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    real = database._ask

    def refuse(connection: database.Connection, pragma: str) -> object:
        return "delete" if pragma.startswith("journal_mode") else real(connection, pragma)

    monkeypatch.setattr(database, "_ask", refuse)
    with pytest.raises(MachineError, match=r"^vault\.setting-refused$"):
        vaults.unlock(sample.folder, PHRASE)
