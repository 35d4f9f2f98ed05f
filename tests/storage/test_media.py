"""Media: written once, read anywhere, and a crash or an old file never becomes somebody's file."""

from __future__ import annotations

import hmac
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import unix
from cairn.crypto.hashes import sha256_hex
from cairn.errors import InputError, IntegrityError, MachineError
from cairn.model.kinds.attachment import Attachment
from cairn.storage import erase, revisions
from cairn.storage.media import QUARANTINE
from cairn.storage.staging import Staged
from cairn.storage.store import Store
from storage import kit

CONTENT = bytes(range(256)) * 1000


def stage(store: Store, content: bytes = CONTENT, interview: str = "") -> Staged:
    sink = store.media.stage(interview or kit.new_id())
    for start in range(0, len(content), 10_000):
        assert sink.write(content[start : start + 10_000]) == len(content[start : start + 10_000])
    return sink.finish()


def files(store: Store) -> list[Path]:
    return [path for path in store.vault.media_folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [b"", b"x", CONTENT, os.urandom(16 * 1024), os.urandom(3_000_001)])
def test_what_goes_in_comes_out(store: Store, content: bytes) -> None:
    staged = stage(store, content)
    assert (staged.size, staged.sha256) == (len(content), sha256_hex(content))
    with store.write() as work:
        media_id = store.media.add(work, staged, kit.new_id())
    with store.media.open(media_id) as reader:
        assert reader.size == len(content)
        assert reader.read_at(0, len(content) + 1) == content
        assert reader.read_at(len(content) // 2, 100) == content[len(content) // 2 :][:100]
    (path,) = files(store)
    assert path == store.vault.media_folder / media_id[:2] / f"{media_id}.cob"
    assert unix.WINDOWS or path.stat().st_mode & 0o777 == 0o600
    if content:
        assert content[:64] not in path.read_bytes() or len(content) < 64
    assert "key" not in repr(staged)


def test_the_file_is_bound_to_vault_and_object(store: Store) -> None:
    first, second = stage(store), stage(store)
    with store.write() as work:
        for staged in (first, second):
            store.media.add(work, staged, kit.new_id())
    one, two = sorted(files(store))
    one.write_bytes(two.read_bytes())
    with pytest.raises(IntegrityError, match=r"crypto\.file-altered"):
        store.media.open(one.stem)


def test_a_file_cut_short_or_gone(store: Store) -> None:
    staged = stage(store)
    with store.write() as work:
        store.media.add(work, staged, kit.new_id())
    (path,) = files(store)
    path.write_bytes(path.read_bytes()[: 16 * 1024 * 4])
    with pytest.raises(IntegrityError, match=r"crypto\.file-"):
        store.media.open(staged.media_id)
    path.unlink()
    with pytest.raises(IntegrityError, match=r"storage\.media-missing"):
        store.media.open(staged.media_id)
    assert store.media.sweep().missing == [staged.media_id]
    with pytest.raises(InputError, match=r"storage\.no-such-media"):
        store.media.open("0" * 32)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_a_link_in_the_place_of_a_file_is_not_read(store: Store, tmp_path: Path) -> None:
    """A pipe would be waited for until somebody writes into it."""
    staged = stage(store)
    with store.write() as work:
        store.media.add(work, staged, kit.new_id())
    (path,) = files(store)
    path.rename(tmp_path / "elsewhere.cob")
    os.mkfifo(path)
    with pytest.raises(IntegrityError, match=r"storage\.media-altered"):
        store.media.open(staged.media_id)
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere.cob")
    with pytest.raises(IntegrityError, match=r"storage\.media-altered"):
        store.media.open(staged.media_id)


def test_given_up_nothing_is_left(store: Store) -> None:
    with store.media.stage("i") as sink:
        sink.write(CONTENT)
    with pytest.raises(RuntimeError), store.media.stage("i") as sink:
        sink.write(CONTENT)
        raise RuntimeError
    store.media.discard(stage(store))
    assert files(store) == []


def test_what_another_program_holds_open_waits_for_the_next_opening(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner in Windows: the vault opens all the same, and nothing is said to be gone that is not."""
    staged = stage(store)
    (orphan,) = files(store)
    part = orphan.with_name("0" * 32 + ".part")
    part.write_bytes(b"half")

    def held(*_: object, **__: object) -> None:
        raise PermissionError(13, "held by another program")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        patch.setattr(os, "replace", held)
        report = store.media.sweep()
    assert (report.quarantined, report.parts_removed) == (0, 0)
    assert part.exists() and orphan.exists()
    report = store.media.sweep()
    assert (report.quarantined, report.parts_removed) == (1, 1)
    assert not part.exists() and not orphan.exists()
    assert staged.media_id == orphan.stem


def test_a_file_that_has_a_row_is_not_discarded(store: Store) -> None:
    staged = stage(store)
    with store.write() as work:
        store.media.add(work, staged, kit.new_id())
    store.media.discard(staged)
    assert len(files(store)) == 1


def test_after_a_crash(tmp_path: Path) -> None:
    opened = kit.Open(tmp_path / "vault")
    kept, orphan = stage(opened.store), stage(opened.store)
    with opened.store.write() as work:
        opened.store.media.add(work, kept, kit.new_id())
        # Of this one nobody noted anything: its row may be in a newer database.
        work.run("DELETE FROM media_gone WHERE id = ?", (orphan.media_id,))
    half = opened.store.media.stage(kit.new_id())
    half.write(CONTENT * 10)
    assert len(files(opened.store)) == 3
    opened.close()
    opened = kit.Open(tmp_path / "vault")
    swept = opened.store.swept
    # This process has it open still, and Windows removes nothing that is open: it goes the next time.
    removed = 0 if unix.WINDOWS else 1
    assert (swept.quarantined, swept.parts_removed, swept.missing) == (1, removed, [])
    assert [path.stem for path in files(opened.store) if path.suffix == ".cob"] == [kept.media_id]
    assert [p.name for p in (opened.folder / QUARANTINE).iterdir()] == [f"{orphan.media_id}.cob"]
    with opened.store.media.open(kept.media_id) as reader:
        assert reader.read_at(0, 256) == CONTENT[:256]
    opened.close()
    half.discard()


def test_what_got_its_name_and_no_row_goes_at_the_next_opening(tmp_path: Path) -> None:
    opened = kit.Open(tmp_path / "vault")
    kept, lost = stage(opened.store), stage(opened.store)
    with opened.store.write() as work:
        opened.store.media.add(work, kept, kit.new_id())
        with pytest.raises(InputError):
            erase.erase(work, opened.store.media, [kit.new_id()], "asked")
    # Its row may be about to come: an erasure beside it removes what is erased alone.
    assert opened.store.media.remove_gone() == 0 and len(files(opened.store)) == 2
    opened.close()
    opened = kit.Open(tmp_path / "vault")
    assert [path.stem for path in files(opened.store)] == [kept.media_id]
    assert not (opened.folder / QUARANTINE).exists() and lost.media_id not in opened.store.swept.missing
    with opened.store.read() as reader:
        assert reader.all("SELECT * FROM media_gone") == []
    opened.close()


def test_what_a_row_names_is_never_removed_whatever_is_noted(store: Store) -> None:
    staged = stage(store)
    with store.write() as work:
        store.media.add(work, staged, kit.new_id())
        work.run("INSERT INTO media_gone VALUES (?)", (staged.media_id,))
    store.media._promised.clear()
    assert store.media.remove_gone() == 0 and store.media.has_file(staged.media_id)


def test_a_database_put_back_and_forth_loses_no_file(tmp_path: Path) -> None:
    """An older copy knows nothing of a newer file, which is put aside, and comes back with the newer one."""
    opened = kit.Open(tmp_path / "vault")
    database = opened.vault.database_path
    opened.close()
    older = database.read_bytes()
    opened = kit.Open(tmp_path / "vault")
    staged = stage(opened.store)
    with opened.store.write() as work:
        opened.store.media.add(work, staged, kit.new_id())
    opened.close()
    newer = database.read_bytes()
    database.write_bytes(older)
    opened = kit.Open(tmp_path / "vault")
    assert (opened.store.swept.quarantined, files(opened.store)) == (1, [])
    opened.close()
    database.write_bytes(newer)
    opened = kit.Open(tmp_path / "vault")
    swept = opened.store.swept
    assert (swept.quarantined, swept.missing, swept.put_back) == (0, [], 1)
    with opened.store.media.open(staged.media_id) as reader:
        assert reader.read_at(0, 256) == CONTENT[:256]
    assert list((opened.folder / QUARANTINE).iterdir()) == []
    opened.close()


def test_a_file_whose_removal_was_interrupted_goes_at_the_next_opening(tmp_path: Path) -> None:
    opened = kit.Open(tmp_path / "vault")
    staged = stage(opened.store)
    with opened.store.write() as work:
        interview = kit.new_id()
        opened.store.media.add(work, staged, kit.new_part(interview, "attachment"))
        record = opened.store.media.info(work, staged.media_id)
        assert record is not None
        _, data = kit.envelope(Attachment(name="a"), record=record.record_id, interview=interview)
        revisions.put(work, data, b"s")
    connection = opened.vault.connect()
    connection.execute("BEGIN")
    connection.execute("INSERT INTO erasing (record) VALUES (?)", (record.record_id,))
    connection.execute("DELETE FROM media")
    connection.execute("DELETE FROM erasing")
    connection.execute("INSERT INTO media_gone VALUES (?)", (staged.media_id,))
    connection.execute("COMMIT")
    connection.close()
    opened.close()
    opened = kit.Open(tmp_path / "vault")
    assert files(opened.store) == [] and opened.store.swept.quarantined == 0
    with opened.store.read() as reader:
        assert reader.all("SELECT * FROM media_gone") == []
    opened.close()


class FailingDisk:
    """A file that is full after some bytes."""

    def __init__(self, inner: object, room: int) -> None:
        self.inner = inner
        self.room = room

    def write(self, data: bytes) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(28, "No space left on device")
        return self.inner.write(data)  # type: ignore[attr-defined, no-any-return]

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)


def test_a_full_disk_while_staging(store: Store) -> None:
    with pytest.raises(MachineError, match=r"machine\.disk-full"), store.media.stage("i") as sink:
        sink._file = sink._cob._out = FailingDisk(sink._file, 500_000)  # type: ignore[assignment]
        for _ in range(100):
            sink.write(CONTENT)
        sink.finish()
    assert files(store) == []


def test_a_second_reader_that_follows_the_page_reads_an_object(store: Store) -> None:
    """vault/FORMAT.md, "Media": written from its words alone."""
    plain = bytes(range(256)) * 300
    staged = stage(store, plain)
    data = (store.vault.media_folder / staged.media_id[:2] / f"{staged.media_id}.cob").read_bytes()
    salt, commitment, rest = data[:24], data[24:56], data[56:]
    context = f"cairn/media/1|{store.vault.id}|{staged.media_id}".encode("ascii")
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + salt + context
    material, block = b"", b""
    for number in range(1, 3):
        block = hmac.digest(staged.key, block + info + bytes((number,)), "sha512")
        material += block
    assert material[44:76] == commitment
    cipher, base = AESGCM(material[:32]), int.from_bytes(material[32:44], "big")
    found = b""
    for number, start in enumerate(range(0, len(rest), 16384 + 16)):
        nonce = (base ^ number).to_bytes(12, "big")
        found += cipher.decrypt(nonce, rest[start : start + 16384 + 16], None)
    assert found == plain and (len(found), sha256_hex(found)) == (staged.size, staged.sha256)
