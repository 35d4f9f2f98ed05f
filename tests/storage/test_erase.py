"""Erasure: exact, guarded, and nothing of what was erased can be found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cairn.errors import InputError
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.storage import drafts, erase, lists, revisions, search
from cairn.storage.store import Store
from storage import kit

PLANTED = "Zeuginnenname"
ROOT = b"euginnenname"
"""Without its first letter, which the index shares between words."""


def interview(store: Store, word: str = PLANTED) -> tuple[str, str, str]:
    """(interview, note, attachment) that all hold `word`, with a draft and a file."""
    record, first = kit.put(store, Interview(title=word, account=f"{word} 국경지대"))
    kit.put(store, Interview(title=word, account=word), record=record, parents=[first])
    note, _ = kit.put(store, Note(text=word), interview=record)
    sink = store.media.stage(record)
    sink.write(word.encode() * 1000)
    staged = sink.finish()
    attachment, data = kit.envelope(Attachment(name=word, media=staged.media_id), interview=record)
    with store.write() as work:
        store.media.add(work, staged, attachment)
        revisions.put(work, data, b"s", act="attachment.add")
    drafts.save(store, note, record, "note", kit.draft(word))
    return record, note, attachment


def test_an_interview_goes_with_all_its_parts(tmp_path: Path) -> None:
    opened = kit.Open(tmp_path / "vault")
    store = opened.store
    keep = interview(store, "bleibt")
    gone = interview(store)
    assert ROOT in plain_pages(store).lower()
    with store.write() as work:
        stones = erase.erase(work, store.media, [gone[0]], "withdrawn")
    assert {stone.record_id for stone in stones} == set(gone)
    assert {stone.reason for stone in stones} == {"withdrawn"}
    with store.read() as reader:
        for record in gone:
            assert revisions.is_erased(reader, record)
            assert revisions.of(reader, record) == [] and revisions.heads(reader, record) == []
            assert drafts.load(reader, record) is None
        assert [row.id for row in lists.interviews(reader)] == [keep[0]]
        assert search.query(reader, PLANTED) == []
        assert len(search.query(reader, "bleibt")) == 3
        assert [info.record_id for info in store.media.of(reader, keep[0])] == [keep[2]]
        assert store.media.of(reader, gone[0]) == []
        assert reader.all("SELECT * FROM media_gone") == []
    assert len(list(opened.vault.media_folder.rglob("*.cob"))) == 1
    report = kit.walk_log(store)
    assert report.whole and report.absent == 4
    # In no table, no index, no free page and no gap between rows.
    pages = plain_pages(store).lower()
    assert b"bleibt" in pages and ROOT not in pages and gone[0].encode() in pages
    opened.close()
    opened = kit.Open(tmp_path / "vault")
    assert kit.walk_log(opened.store).whole and opened.store.swept.missing == []
    opened.close()


def plain_pages(store: Store) -> bytes:
    """Every page of the database file, decrypted: free pages and what is between the cells included."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    store.truncate_log()
    data = store.vault.database_path.read_bytes()
    key = store.vault.derive("db")
    plain = []
    for start in range(0, len(data), 4096):
        page = data[start : start + 4096]
        # SQLCipher 4: 80 bytes at the end of a page are its IV and HMAC; page 1 begins with the salt.
        cipher = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
        plain.append(cipher.update(page[16 if start == 0 else 0 : -80]))
    assert b"CREATE TABLE" in b"".join(plain)
    return b"".join(plain)


def test_one_record_alone(store: Store) -> None:
    record, note, attachment = interview(store)
    with store.write() as work:
        erase.erase(work, store.media, [attachment], "not-needed")
    with store.read() as reader:
        assert {info.id for info in revisions.records_of(reader, record)} == {record, note}
        assert len(revisions.of(reader, record)) == 2
    assert kit.walk_log(store).whole


def test_what_was_erased_does_not_return(store: Store) -> None:
    record, data = kit.envelope(Interview(title="a"))
    with store.write() as work:
        revisions.put(work, data, b"s")
    with store.write() as work:
        erase.erase(work, store.media, [record], "withdrawn")
    with pytest.raises(InputError, match=r"storage\.erased"), store.write() as work:
        revisions.put(work, data, b"s")
    with pytest.raises(InputError, match=r"storage\.erased"):
        kit.put(store, Note(text="b"), interview=record)
    with store.write() as work:
        assert erase.erase(work, store.media, [record], "again") == []
        stone = erase.tombstone(work, record)
        assert stone is not None and stone.reason == "withdrawn"
    with pytest.raises(InputError, match=r"storage\.no-such-record"), store.write() as work:
        erase.erase(work, store.media, ["0" * 36], "x")


def test_an_interview_that_was_only_a_draft(store: Store) -> None:
    record, _ = kit.envelope(Interview())
    drafts.save(store, record, record, "interview", kit.draft(PLANTED))
    with store.write() as work:
        (stone,) = erase.erase(work, store.media, [record], "mistake")
    assert stone.revisions == 0
    with store.read() as reader:
        assert lists.count(reader) == 0
    assert kit.walk_log(store).whole


def test_an_erasure_that_fails_erases_nothing(store: Store) -> None:
    record, *_ = interview(store)
    with pytest.raises(RuntimeError), store.write() as work:
        erase.erase(work, store.media, [record], "withdrawn")
        raise RuntimeError
    with store.read() as reader:
        assert len(revisions.of(reader, record)) == 2
    assert len(list(store.vault.media_folder.rglob("*.cob"))) == 1
    assert kit.walk_log(store).whole
