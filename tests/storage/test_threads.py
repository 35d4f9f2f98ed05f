"""Many threads at one store."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cairn.errors import MachineError
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.storage import drafts, lists, revisions, search
from cairn.storage.store import READERS, Store
from storage import kit


def test_eight_read_while_two_write(store: Store) -> None:
    interviews = [kit.put(store, Interview(title=f"W-{n}", account="국경"))[0] for n in range(8)]
    stop = threading.Event()
    rounds: list[int] = []

    def read(interview: str) -> None:
        done = 0
        while not stop.is_set() or done < 5:
            with store.read() as reader:
                count = len(revisions.of(reader, interview))
                assert len(revisions.heads(reader, interview)) == 1
                search.query(reader, "국경")
                lists.interviews(reader)
                # One moment: what was read first is still so.
                assert len(reader.all("SELECT 1 FROM revision WHERE record = ?", (interview,))) == count
            done += 1
        rounds.append(done)

    def write(mine: list[str]) -> None:
        for number in range(15):
            for interview in mine:
                with store.read() as reader:
                    (head,) = revisions.heads(reader, interview)
                kit.put(store, Interview(title=f"{number}"), record=interview, parents=[head.sha])
                drafts.save(store, interview, interview, "interview", kit.draft(f"{number}"))

    with ThreadPoolExecutor(10) as pool:
        readers = [pool.submit(read, interview) for interview in interviews]
        writers = [pool.submit(write, interviews[:4]), pool.submit(write, interviews[4:])]
        try:
            for future in writers:
                future.result()
        finally:
            stop.set()
        for future in readers:
            future.result()
    assert len(rounds) == 8
    report = kit.walk_log(store)
    assert report.whole and report.entries == 8 + 8 * 15


def test_a_reader_sees_one_moment_and_does_not_wait(store: Store) -> None:
    record, first = kit.put(store, Interview(title="1"))
    with store.read() as reader:
        assert lists.count(reader) == 1
        in_thread(lambda: kit.put(store, Interview(title="2")))
        assert lists.count(reader) == 1
        with store.write() as work:
            work.run("INSERT INTO setting VALUES ('k', '1')")
            assert in_thread(lambda: read_count(store)) == 2
    assert read_count(store) == 2
    assert record and first


def read_count(store: Store) -> int:
    with store.read() as reader:
        return lists.count(reader)


def in_thread(job: Callable[[], object]) -> object:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(job).result(timeout=20)


def test_a_reader_can_not_write(store: Store) -> None:
    with store.read() as reader, pytest.raises(MachineError, match=r"machine\.read-only"):
        reader.all("INSERT INTO setting VALUES ('k', '1')")


def test_more_readers_than_connections_take_turns(store: Store) -> None:
    barrier = threading.Barrier(READERS)

    def hold() -> None:
        with store.read() as reader:
            lists.count(reader)
            barrier.wait(timeout=20)

    with ThreadPoolExecutor(READERS * 2) as pool:
        for future in [pool.submit(hold) for _ in range(READERS * 2)]:
            future.result(timeout=20)
    assert store.vault.connection_count == READERS + 1


def test_closing_waits_for_no_one_for_ever(tmp_path: Path) -> None:
    opened = kit.Open(tmp_path / "vault")
    interview = kit.new_id()
    for _ in range(20):
        kit.put(opened.store, Note(text="x"), interview=interview)
    started = threading.Event()

    def endless() -> None:
        with opened.store.read() as reader:
            started.set()
            reader.all(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n, revision"
            )

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(endless)
        started.wait(20)
        opened.close()
        with pytest.raises(Exception, match=r"machine\.cancelled"):
            future.result(timeout=20)
    for use in (opened.store.read, opened.store.write):
        with pytest.raises(MachineError, match=r"vault\.locked"), use():
            pass
    opened.store.close()
    assert opened.vault.connection_count == 0
