"""Drafts beside a writer: they don't wait for it, are durable at once, and are taken over once and in order."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import unix
from cairn.errors import MachineError
from cairn.model.kinds.interview import Interview
from cairn.storage import aside, drafts, erase, revisions
from cairn.storage.aside import Aside
from cairn.storage.store import Store
from cairn.vault import database
from cairn.vault.database import wal_size
from storage import kit
from vault.kit import killed_at

CALLS = (
    (os, ("open", "close", "fsync", "rename", "replace", "unlink")),
    (database.Connection, ("execute", "close")),
)
"""What a file of drafts is made with."""


@contextmanager
def written_elsewhere(store: Store, *, fails: bool = False) -> Iterator[None]:
    """While another thread is in the middle of a long unit of work."""
    begun, end = threading.Event(), threading.Event()

    def work() -> None:
        try:
            with store.write() as unit:
                _, data = kit.envelope(Interview(title="taken in"))
                revisions.put(unit, data, b"s")
                begun.set()
                assert end.wait(30)
                if fails:
                    raise KeyError
        except KeyError:
            pass

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(10)
    try:
        yield
    finally:
        end.set()
        thread.join()


def shown(store: Store, record: str) -> str | None:
    """The text of a record's draft, as a screen reads it."""
    with store.read() as reader:
        found = drafts.load(reader, record)
        listed = [info.record_id for info in drafts.all(reader)]
        assert listed == [info.record_id for info in drafts.all(reader, record)]
        assert (found is not None) == (record in listed)
        return None if found is None else found.body and str(bytes(found.body), "utf-8")


def in_database(store: Store) -> int:
    with store.read() as reader:
        row = reader.one("SELECT count(*) FROM draft")
        assert row is not None
        return int(row[0])


def quiet(store: Store) -> None:
    """As if the last word were minutes old: what is to be folded then, is."""
    with store._gate:
        store._typed = -600.0
        store._gate.notify_all()
    store._fold_soon()
    waited = time.monotonic() + 20
    while store._folding and time.monotonic() < waited:
        threading.Event().wait(0.005)
    assert not store._folding


def save(store: Store, record: str, title: str) -> None:
    drafts.save(store, record, record, "interview", kit.draft(title))


@pytest.mark.parametrize("fails", [False, True])
def test_who_types_does_not_wait_for_a_writer(store: Store, fails: bool) -> None:
    record = kit.new_id()
    with written_elsewhere(store, fails=fails):
        spent = []
        for number in range(20):
            start = time.perf_counter()
            save(store, record, f"typed {number}")
            spent.append(time.perf_counter() - start)
            assert f"typed {number}" in (shown(store, record) or "")
        # The middle one: what a busy machine does to a single write is not what is asked here.
        assert sorted(spent)[10] < 0.05 and in_database(store) == 0
    assert in_database(store) == 1 and "typed 19" in (shown(store, record) or "")
    # From now on it is the database's alone.
    save(store, record, "later")
    assert "later" in (shown(store, record) or "")
    with store.write() as work:
        drafts.discard(work, record)
    assert shown(store, record) is None


def test_what_waited_when_the_power_failed_is_there_again(store: Store, tmp_path: Path) -> None:
    record = kit.new_id()
    with written_elsewhere(store):
        save(store, record, "the last words")
        shutil.copytree(store.vault.folder, tmp_path / "copy")
    with kit.Open(tmp_path / "copy") as again:
        assert "the last words" in (shown(again, record) or "") and in_database(again) == 1


def test_taking_over_twice_changes_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power fails between the database's commit and the emptying of the file; then the draft is given up."""
    record = kit.new_id()

    def fails(_self: Aside, _taken: int) -> None:
        raise MachineError("machine.disk-failing")

    with monkeypatch.context() as patch:
        patch.setattr(Aside, "drop", fails)
        with written_elsewhere(store):
            save(store, record, "given up")
        assert in_database(store) == 1
        with store.write() as work:
            drafts.discard(work, record)
        shutil.copytree(store.vault.folder, tmp_path / "copy")
    with kit.Open(tmp_path / "copy") as again:
        assert shown(again, record) is None and in_database(again) == 0
        # Numbers go on where they were: what waits next is newer than what was taken over.
        with written_elsewhere(again):
            save(again, record, "anew")
        assert "anew" in (shown(again, record) or "")


def test_a_draft_that_waits_is_older_than_what_is_written_next(store: Store) -> None:
    record = kit.new_id()
    with written_elsewhere(store):
        save(store, record, "old")
    save(store, record, "new")
    assert "new" in (shown(store, record) or "")


def test_what_was_erased_meanwhile_does_not_come_back(store: Store) -> None:
    record, _ = kit.put(store, Interview(title="to be erased"))
    begun, end = threading.Event(), threading.Event()

    def erasing() -> None:
        with store.write() as work:
            erase.erase(work, store.media, [record], "asked for it")
            begun.set()
            assert end.wait(30)

    thread = threading.Thread(target=erasing)
    thread.start()
    assert begun.wait(10)
    save(store, record, "typed while it went")
    end.set()
    thread.join()
    assert shown(store, record) is None and in_database(store) == 0


def test_a_file_that_is_not_ours_keeps_nothing_shut(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    with kit.Open(folder):
        pass
    strange = b"SQLite format 3\0" + bytes(5000)
    (folder / aside.NAME).write_bytes(strange)
    record = kit.new_id()
    with kit.Open(folder) as store:
        assert store.drafts_damaged
        with written_elsewhere(store):
            save(store, record, "typed")
        assert "typed" in (shown(store, record) or "")
    with kit.Open(folder) as store:
        assert not store.drafts_damaged, "it is said once"
    # It may hold words that somebody can still read: it is not thrown away.
    assert (folder / (aside.NAME + aside.DAMAGED)).read_bytes() == strange


def test_nothing_of_it_is_plain_and_nothing_stays(store: Store) -> None:
    record = kit.new_id()
    file = store.vault.folder / aside.NAME
    with written_elsewhere(store):
        save(store, record, "PLANTED")
        assert all(
            b"PLANTED" not in path.read_bytes() for path in store.vault.folder.glob(f"{aside.NAME}-wal")
        )
        assert unix.WINDOWS or file.stat().st_mode & 0o777 == 0o600
    # Once nobody types, its log is emptied too.
    quiet(store)
    assert wal_size(file) == 0


def joined(_before: bytes, after: bytes) -> bytes:
    return after


def test_once_closed_it_is_not_opened_again(tmp_path: Path) -> None:
    """A draft that was on its way when the vault was locked: the file must not stay open behind the lock."""
    key = bytes(range(32))
    made = Aside(tmp_path / aside.NAME, key, 0)
    made.save("a", b"typed", joined)
    made.close()
    for act in (lambda: made.save("a", b"too late", joined), lambda: made.drop(9)):
        with pytest.raises(MachineError, match=r"vault\.locked"):
            act()
    assert made._connection is None and not (tmp_path / f"{aside.NAME}-wal").exists()
    again = Aside(tmp_path / aside.NAME, key, 0)
    assert [row.data for row in again.rows.values()] == [b"typed"]
    again.close()


@pytest.mark.skipif(os.name == "nt", reason="fork and SIGKILL")
def test_killed_while_it_is_made_it_is_made_anew(tmp_path: Path) -> None:
    """Before each call that changes the folder or the database: no half file is taken for a damaged one."""
    key = bytes(range(32))

    def make(folder: Path) -> None:
        made = Aside(folder / aside.NAME, key, 0)
        made.save("a", b"typed", joined)
        made.close()

    kills = 0
    for step in range(1, 200):
        folder = tmp_path / str(step)
        folder.mkdir()
        whole = not killed_at(step, lambda folder=folder: make(folder), CALLS)  # type: ignore[misc]
        again = Aside(folder / aside.NAME, key, 0)
        assert not again.damaged and (not whole or list(again.rows) == ["a"])
        again.save("b", b"typed later", joined)
        assert "b" in again.rows
        again.close()
        assert [path.name for path in folder.iterdir()] == [aside.NAME]
        if whole:
            break
        kills += 1
    assert whole and kills > 20


def test_a_locked_vault_takes_no_draft(store: Store) -> None:
    with written_elsewhere(store):
        pass
    store.close()
    with pytest.raises(MachineError):
        save(store, kit.new_id(), "too late")


def test_what_an_id_is_derived_from_is_said_once_and_stays(store: Store) -> None:
    record = kit.new_id()
    begun = drafts.Begun("f" * 64, "a" * 32)
    with written_elsewhere(store):
        drafts.save(store, record, record, "interview", kit.draft("1"), begun=begun)
        save(store, record, "2")
        with store.read() as reader:
            assert drafts.begun(reader, record) == begun
    with store.read() as reader:
        assert drafts.begun(reader, record) == begun
    assert '"2"' in (shown(store, record) or "")
    with written_elsewhere(store):
        save(store, record, "3")
        with store.read() as reader:
            assert drafts.begun(reader, record) == begun
    with store.read() as reader:
        assert drafts.begun(reader, record) == begun


def test_the_file_is_there_before_anybody_types(tmp_path: Path) -> None:
    """Making it takes several syncs: no draft waits for them."""
    opened = kit.Open(tmp_path / "vault")
    try:
        assert (opened.store.vault.folder / aside.NAME).is_file()
    finally:
        opened.close()


def test_nobody_waits_for_who_has_been_writing_for_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = kit.new_id()
    asked: list[float] = []

    class Lock:
        def __init__(self, real: threading.RLock) -> None:  # type: ignore[valid-type]
            self.real = real

        def acquire(self, timeout: float = -1) -> bool:
            asked.append(timeout)
            return self.real.acquire(timeout=timeout)  # type: ignore[attr-defined, no-any-return]

        def release(self) -> None:
            self.real.release()  # type: ignore[attr-defined]

        def __enter__(self) -> None:
            self.real.acquire()  # type: ignore[attr-defined]

        def __exit__(self, *_: object) -> None:
            self.real.release()  # type: ignore[attr-defined]

    with written_elsewhere(store):
        monkeypatch.setattr(store, "_since", time.monotonic() - 1)
        monkeypatch.setattr(store, "_lock", Lock(store._lock))  # type: ignore[arg-type]
        save(store, record, "typed")
        assert asked == [0]
        # Who has only just begun is given a moment.
        monkeypatch.setattr(store, "_since", time.monotonic())
        save(store, record, "typed again")
        assert 0 < asked[1] <= 0.02
    assert "typed again" in (shown(store, record) or "")


def test_the_log_is_folded_beside_whoever_types_once_nobody_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folding copies megabytes and syncs twice: never in a draft, nor while somebody types."""
    folded: list[str] = []
    real = Store._reading

    @contextmanager
    def reading(store: Store) -> Iterator[object]:
        folded.append(threading.current_thread().name)
        with real(store) as connection:
            yield connection

    monkeypatch.setattr(Store, "_reading", reading)
    monkeypatch.setattr("cairn.storage.store._WAL", 128 * 1024)
    monkeypatch.setattr("cairn.storage.store._QUIET", 60.0)
    opened = kit.Open(tmp_path / "vault")
    try:
        store = opened.store
        record = kit.new_id()
        quiet(store)
        folded.clear()
        for number in range(12):
            save(store, record, f"typed {number} " * 2000)
        path = store.vault.database_path
        assert wal_size(path) > 128 * 1024 and folded == []
        quiet(store)
        assert folded == ["fold"]
        connection = store.vault.connect(read_only=True)
        try:
            _, frames, done = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            assert frames == done
        finally:
            connection.close()
        # The next writer begins at its front again, and cuts it.
        save(store, record, "short")
        assert wal_size(path) <= 128 * 1024 and "short" in (shown(store, record) or "")
    finally:
        opened.close()


def test_the_log_of_what_waited_is_emptied_after_an_erasure(store: Store) -> None:
    record = kit.new_id()
    with written_elsewhere(store):
        save(store, record, "a secret word")
    assert in_database(store) == 1
    path = store.vault.folder / aside.NAME
    assert wal_size(path) > 0
    store.truncate_log()
    assert wal_size(path) == 0
