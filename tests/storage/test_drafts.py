"""Drafts: kept to the letter, and saved even when the disk is full."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from cairn.errors import MachineError
from cairn.model.drafts import Draft
from cairn.model.kinds.interview import Interview
from cairn.storage import drafts, lists
from cairn.storage.lists import Filter
from cairn.storage.store import Store
from cairn.vault import reserve
from storage import kit


def test_a_draft_comes_back_whole(store: Store) -> None:
    record = kit.new_id()
    draft = Draft("a" * 64, msgspec.Raw(b'{"title":"x"}'), "국", "account", 17, ["earlier", "later"])
    drafts.save(store, record, record, "interview", draft)
    with store.read() as reader:
        assert drafts.load(reader, record) == draft
        assert drafts.load(reader, kit.new_id()) is None
        (info,) = drafts.all(reader)
        assert (info.record_id, info.root, info.kind) == (record, record, "interview")
        assert reader.custody.size() == 0, "a draft is not logged"
    with store.write() as work:
        drafts.discard(work, record)
        drafts.discard(work, record)
    with store.read() as reader:
        assert drafts.all(reader) == [] and lists.count(reader) == 0


def test_the_list_shows_what_is_typed(store: Store) -> None:
    fresh = kit.new_id()
    drafts.save(store, fresh, fresh, "interview", kit.draft("Just begun", "그는 말했다"))
    saved, sha = kit.put(store, Interview(title="Saved"), final=True, created="2001-01-01T00:00:00Z")
    with store.read() as reader:
        rows = {row.id: row for row in lists.interviews(reader)}
        assert [row.id for row in lists.interviews(reader, Filter(words="begun"))] == [fresh]
    assert (rows[fresh].title, rows[fresh].draft, rows[fresh].saved) == ("Just begun", True, False)
    assert rows[fresh].start == "그는 말했다" and rows[fresh].device == ""
    assert (rows[saved].title, rows[saved].draft, rows[saved].final) == ("Saved", False, True)
    drafts.save(store, saved, saved, "interview", kit.draft("Renamed", base=sha))
    note = kit.new_id()
    drafts.save(store, note, fresh, "note", Draft(None, msgspec.Raw(b'{"text":"n"}')))
    with store.read() as reader:
        row = lists.interview(reader, saved)
        assert row is not None and (row.title, row.draft, row.final) == ("Renamed", True, True)
        assert [info.record_id for info in drafts.all(reader, fresh)] == [note, fresh] or len(
            drafts.all(reader, fresh)
        ) == 2
        assert lists.interviews(reader)[-1].id in (saved, fresh)


def test_a_draft_of_a_newer_form_does_not_break_the_list(store: Store) -> None:
    record = kit.new_id()
    drafts.save(store, record, record, "interview", Draft(None, msgspec.Raw(b'{"title":{"new":1}}')))
    with store.read() as reader:
        (row,) = lists.interviews(reader)
    assert row.title == ""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system that is soon full."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300m", "none", folder], check=False)
    if done.returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(folder: Path) -> None:
    """Take the last byte."""
    with (folder / "filler").open("wb", buffering=0) as file:
        piece = bytes(1 << 20)
        while len(piece):
            try:
                if file.write(piece) < len(piece):
                    raise OSError(28, "full")
            except OSError:
                piece = piece[: len(piece) // 2]


def test_a_full_disk_still_takes_the_draft(small_disk: Path) -> None:
    opened = kit.Open(small_disk / "vault")
    reserve.ensure(opened.folder)
    assert (opened.folder / reserve.NAME).stat().st_size == reserve.SIZE
    record, sha = kit.put(opened.store, Interview(title="before"))
    opened.store.truncate_log()
    fill(small_disk)
    with pytest.raises(MachineError, match=r"machine\.disk-full"):
        for _ in range(3):
            kit.put(opened.store, Interview(title="x", account="too much " * 100_000))
    assert (opened.folder / reserve.NAME).exists(), "the reserve is for drafts alone"
    assert not opened.store.reserve_used
    words = "the last words " * 100_000
    drafts.save(opened.store, record, record, "interview", kit.draft("saved", words, sha))
    assert opened.store.reserve_used and not (opened.folder / reserve.NAME).exists()
    opened.close()
    opened = kit.Open(small_disk / "vault")
    with opened.store.read() as reader:
        draft = drafts.load(reader, record)
    assert draft is not None and msgspec.json.decode(draft.body)["account"] == words
    report = kit.walk_log(opened.store)
    assert report.whole and report.entries == 1
    opened.close()


def test_when_the_reserve_is_used_up_too_it_says_so(small_disk: Path) -> None:
    opened = kit.Open(small_disk / "vault")
    reserve.release(opened.folder)
    record = kit.new_id()
    drafts.save(opened.store, record, record, "interview", kit.draft("first"))
    fill(small_disk)
    with pytest.raises(MachineError, match=r"machine\.disk-full"):
        for number in range(20):
            drafts.save(opened.store, record, record, "interview", kit.draft("next", f"{number}" * 200_000))
    with opened.store.read() as reader:
        kept = drafts.load(reader, record)
    assert kept is not None, "the draft before is still there"
    (small_disk / "filler").unlink()
    drafts.save(opened.store, record, record, "interview", kit.draft("after"))
    opened.close()
