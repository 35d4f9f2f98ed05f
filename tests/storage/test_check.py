"""The thorough check finds what reading one record would not look at."""

from __future__ import annotations

import random

import pytest

from cairn.errors import Cancelled
from cairn.model.kinds.interview import Interview
from cairn.storage import check
from cairn.storage.store import Store
from storage import kit
from storage.test_projections import live


def test_a_sound_store(store: Store) -> None:
    live(store, random.Random(11), 100)
    seen: list[tuple[int, int | None]] = []
    assert check.check(store, lambda done, total: seen.append((done, total))) == []
    assert seen[-1][0] == seen[-1][1]


def test_a_record_whose_revision_is_not_the_logged_one(store: Store) -> None:
    record, _ = kit.put(store, Interview(title="a"))
    other, _ = kit.put(store, Interview(title="b"))
    connection = store.vault.connect()
    # Someone with the key: no page put back, the triggers taken away.
    connection.execute("DROP TRIGGER revision_never_changes")
    connection.execute("UPDATE revision SET data = CAST(replace(data, '\"a\"', '\"z\"') AS BLOB) WHERE n = 1")
    connection.execute("DROP TRIGGER custody_payload_never_changes")
    connection.execute("UPDATE custody_payload SET state = 'proposed' WHERE seq = 2")
    connection.close()
    assert check.check(store) == [
        check.Problem("storage.record-altered", record_id) for record_id in sorted([record, other])
    ]


def test_a_missing_file(store: Store) -> None:
    sink = store.media.stage("i")
    sink.write(b"x")
    staged = sink.finish()
    with store.write() as work:
        store.media.add(work, staged, kit.new_id())
    assert check.check(store) == []
    for path in store.vault.media_folder.rglob("*.cob"):
        path.unlink()
    assert check.check(store) == [check.Problem("storage.media-missing", staged.media_id)]


def test_it_can_be_cancelled(store: Store) -> None:
    def stop(done: int, total: int | None, /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        check.check(store, stop)
