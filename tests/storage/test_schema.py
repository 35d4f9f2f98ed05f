"""The schema: migrations, and what the triggers never allow, tried with plain SQL on a real database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sql

from cairn.errors import InputError
from cairn.model.kinds.interview import Interview
from cairn.storage import migrate
from cairn.storage.store import Store
from storage import kit

DECLARED = Path(__file__).with_name("schema.txt")


def filled(store: Store) -> str:
    record, _ = kit.put(store, Interview(title="W-1", account="words"))
    with store.write() as work:
        work.log("backup")
    sink = store.media.stage(record)
    sink.write(b"x")
    staged = sink.finish()
    with store.write() as work:
        store.media.add(work, staged, record)
        work.checkpoint()
        work.run("INSERT INTO foreign_head VALUES ('d', 1, 'root', 1)")
    return record


FORBIDDEN = [
    "UPDATE revision SET data = x'00'",
    "UPDATE revision SET state = 'proposed'",
    "DELETE FROM revision",
    "INSERT OR REPLACE INTO revision SELECT n, sha, record, state, x'00', signature, ancestors, device FROM revision",
    "INSERT INTO revision SELECT * FROM revision WHERE true ON CONFLICT (sha) DO UPDATE SET data = x'00'",
    "UPDATE OR REPLACE revision SET n = n + 1",
    "UPDATE record SET root = 'other'",
    "DELETE FROM record",
    "INSERT OR REPLACE INTO record SELECT id, root, 'note', origin, nonce FROM record",
    "UPDATE media SET key = zeroblob(32)",
    "DELETE FROM media",
    "INSERT OR REPLACE INTO media SELECT id, root, record, zeroblob(32), sha256, size FROM media",
    "UPDATE custody_line SET line = x'00'",
    "DELETE FROM custody_line",
    "INSERT OR REPLACE INTO custody_line VALUES (1, x'00')",
    "INSERT INTO custody_line VALUES (99, x'00')",
    "UPDATE custody_payload SET payload = x'00'",
    "UPDATE custody_payload SET obj = ''",
    "DELETE FROM custody_payload",
    "INSERT OR REPLACE INTO custody_payload VALUES (1, x'00', x'00', '', '', '', '', NULL, NULL)",
    "UPDATE checkpoint SET size = 0",
    "DELETE FROM checkpoint",
    "INSERT OR REPLACE INTO checkpoint SELECT id, 0, root, text, signature, signature_pq FROM checkpoint",
    "UPDATE custody_node SET hash = zeroblob(32)",
    "DELETE FROM custody_node",
    "INSERT OR REPLACE INTO custody_node VALUES (1, 0, zeroblob(32))",
    "INSERT INTO custody_node VALUES (1, 7, zeroblob(32))",
    "INSERT INTO custody_node VALUES (0, 2, zeroblob(32))",
    "UPDATE foreign_head SET root = ''",
    "DELETE FROM foreign_head",
    "INSERT OR REPLACE INTO foreign_head VALUES ('d', 1, 'other', 1)",
    "INSERT INTO never VALUES (1)",
    "INSERT INTO never VALUES (NULL)",
]


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_what_may_never_happen(plain: Any, statement: str, recursive: str) -> None:
    plain.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(sql.IntegrityError):
        plain.execute(statement)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A connection without any of the store's care, to a database with one of everything."""
    opened = kit.Open(tmp_path_factory.mktemp("schema") / "vault")
    filled(opened.store)
    connection = opened.vault.connect()
    yield connection
    connection.close()
    opened.close()


def test_the_gate_can_not_stay_open(store: Store) -> None:
    record = filled(store)
    connection = store.vault.connect()
    connection.execute("BEGIN")
    connection.execute("INSERT INTO tombstone VALUES (?, '', '', 0, '', '')", (record,))
    connection.execute("INSERT INTO erasing (record) VALUES (?)", (record,))
    connection.execute("DELETE FROM revision")
    with pytest.raises(sql.IntegrityError):
        connection.execute("COMMIT")
    connection.execute("ROLLBACK")
    connection.close()
    with store.read() as reader:
        assert reader.one("SELECT count(*) FROM revision") == (1,)


def test_the_gate_alone_opens_nothing(store: Store) -> None:
    """Without a tombstone a revision stays, and an erasure's own entry stays in any case."""
    record = filled(store)
    connection = store.vault.connect()
    connection.execute("BEGIN")
    connection.execute("INSERT INTO erasing (record) VALUES (?)", (record,))
    with pytest.raises(sql.IntegrityError):
        connection.execute("DELETE FROM revision")
    with pytest.raises(sql.IntegrityError):
        connection.execute("UPDATE custody_payload SET act = 'x'")
    connection.execute("ROLLBACK")
    connection.close()


def dump(connection: Any) -> str:
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'words_%' ORDER BY type, name"
    ).fetchall()
    return "".join(f"{kind} {name}\n{' '.join(text.split())}\n\n" for kind, name, text in rows)


def test_the_migrated_schema_is_the_declared_one(store: Store) -> None:
    connection = store.vault.connect()
    try:
        found = dump(connection)
        tables = connection.execute("PRAGMA table_list").fetchall()
    finally:
        connection.close()
    assert found == DECLARED.read_text("utf-8")
    lax = [t[1] for t in tables if t[0] == "main" and t[2] == "table" and not t[5] and t[1][:7] != "sqlite_"]
    assert lax == []


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    with kit.Open(tmp_path / "vault") as store:
        filled(store)
        with store.read() as reader:
            before = reader.all("SELECT * FROM migration")
    with kit.Open(tmp_path / "vault") as store, store.read() as reader:
        assert reader.all("SELECT * FROM migration") == before
        assert [number for number, _ in before] == [number for number, _ in migrate.migrations()]


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    opened = kit.Open(tmp_path / "vault")
    filled(opened.store)
    connection = opened.vault.connect()
    connection.execute("INSERT INTO migration VALUES (9999, '')")
    connection.close()
    opened.close()
    vault = kit.unlock(tmp_path / "vault")
    with pytest.raises(InputError, match=r"storage\.newer"):
        kit.open_store(vault)
    assert vault.connection_count == 0
    vault.lock()


def test_a_migration_that_fails_leaves_nothing(store: Store) -> None:
    connection = store.vault.connect()
    have = len(migrate.migrations())
    scripts = [
        *migrate.migrations(),
        (have + 1, "CREATE TABLE extra (a TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);"),
    ]
    before = dump(connection)
    with pytest.raises(sql.OperationalError):
        migrate.migrate(connection, scripts)
    assert dump(connection) == before and migrate.applied(connection) == have
    good = [
        *scripts[:-1],
        (have + 1, "CREATE TABLE extra (a TEXT) STRICT;\n-- a remark;\nINSERT INTO extra VALUES ('a;b');"),
    ]
    assert migrate.migrate(connection, good) == 1
    assert migrate.applied(connection) == have + 1
    assert connection.execute("SELECT a FROM extra").fetchall() == [("a;b",)]
    assert migrate.migrate(connection, good) == 0
    connection.close()


def test_a_script_is_parted_into_whole_statements() -> None:
    script = (
        "-- first;\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n  SELECT ';';\n  SELECT 2;\nEND;\n\nSELECT 1;\n"
    )
    assert [s.split()[0] for s in migrate.statements(script)] == ["CREATE", "SELECT"]
    with pytest.raises(ValueError):
        migrate.statements("SELECT 1")
