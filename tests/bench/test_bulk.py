"""What the bench writes in bulk is what the program would have written: the same inputs, the same rows."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.shared import FLOOR
from bench import bulk, interviews, vaults
from bench.bulk import Writing
from cairn.app.interviews import search
from cairn.app.kernel import revising, session
from cairn.app.vault import custody
from cairn.crypto import record_ids
from cairn.custody import log
from cairn.model import clock
from cairn.storage import check

NOW = "2026-12-01T09:26:53Z"
COUNT = 620
"""More than one unit of work."""
RANDOM_COLUMNS = {("checkpoint", "signature_pq")}
"""ML-DSA signs with fresh randomness; everything else random is drawn from the same dice here."""
SHADOWS = ("words_", "sqlite_")
"""How SQLite itself keeps the index; what is in it is compared instead."""
WORDS_IN_ORDER = "SELECT term, doc, col, offset FROM temp.inside ORDER BY term, doc, col, offset"


def dice(monkeypatch: pytest.MonkeyPatch, *modules: Any) -> None:
    """Each of `modules` draws its own bytes, the same ones in every run."""
    for number, module in enumerate(modules):
        chance = random.Random(number)
        monkeypatch.setattr(module, "random_bytes", chance.randbytes)


def filled(
    vault: Path, writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of a copy of `vault` that was filled so, and what the index of words holds."""
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        dice(patch, revising, record_ids)
        # Salts of the log: drawn there or here, in the same order.
        salts = random.Random("salts")
        patch.setattr(log, "random_bytes", salts.randbytes)
        patch.setattr(bulk, "random_bytes", salts.randbytes)
        s = session.open_vault(vault, vaults.PASSPHRASE)
        try:
            interviews._fill(s, COUNT, writing)
            made = vaults.of_many_records(s, 700, writing)
            assert custody.verify(s).whole
            assert check.check(s.store) == []
            assert search.search(s, "등대지기") and search.search(s, "699")[0].interview_id == made
            with s.store.read() as reader:
                connection = reader._connection
                found = {
                    name: rows(connection, name)
                    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                    if not name.startswith(SHADOWS) and name != "words"
                }
                found["schema"] = connection.execute(
                    "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
                ).fetchall()
            with s.store.write() as work:
                work.run("CREATE VIRTUAL TABLE temp.inside USING fts5vocab (main, words, instance)")
                found["index"] = work.all(WORDS_IN_ORDER)
            return found
        finally:
            s.close()


def rows(connection: Any, table: str) -> list[tuple[Any, ...]]:
    """All rows of a table in order, without the columns that are random."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    kept = [f'"{each}"' for each in columns if (table, each) not in RANDOM_COLUMNS]
    found = connection.execute(f"SELECT {', '.join(kept)} FROM {table}")  # noqa: S608 - names of our own schema
    return sorted(found.fetchall(), key=repr)


def test_rows_are_those_of_the_real_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    s, _ = session.create_vault(
        tmp_path / "one", label="Many", role="office", passphrase=vaults.PASSPHRASE, cost=FLOOR
    )
    s.close()
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    real = filled(tmp_path / "one", bulk.one_by_one, monkeypatch)
    fast = filled(tmp_path / "other", bulk.writing, monkeypatch)
    assert real.keys() == fast.keys()
    for table, expected in real.items():
        assert fast[table] == expected, table
    assert len(real["revision"]) == COUNT * 2 + len(range(0, COUNT, 3)) + 702
    assert len(real["checkpoint"]) > 1 and len(real["custody_node"]) > 2000 and len(real["index"]) > 100_000
