"""What can be done with a vault that can't be written: reading everything, copying out knowingly, backing up."""

from __future__ import annotations

import io
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import mediums
from app.shared import PASSPHRASE, Moulds, refused
from app.sounds import record
from app.test_exchange import PICTURE, written
from cairn import paths
from cairn.app.files import files, inside
from cairn.app.interviews import interviews, search
from cairn.app.kernel import preferences, record_drafts, session
from cairn.app.kernel.session import Session
from cairn.app.leaving import copying, pages
from cairn.app.sound import recordings
from cairn.app.vault import backups, custody, upkeep
from cairn.decode.host import DecodeHost
from cairn.errors import CairnError, MachineError
from cairn.model.agreement import agreed_to
from cairn.model.drafts import Draft
from cairn.model.ids import RecordId
from cairn.model.kinds.interview import Interview
from cairn.storage import aside, projections, store
from mediums import Disk

READ_MEDIUM, READ_FULL = "vault.to-read-medium", "vault.to-read-full"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with mediums.disk(tmp_path / "disk", "24m") as made:
        yield made


class Filled:
    """A vault with an interview that may leave, a file and a recording, locked; and what they are called."""

    def __init__(self, moulds: Moulds, folder: Path) -> None:
        self.folder = folder
        s = moulds.vault(folder, "Field 7", "field")
        self.root = written(s)
        files.attach(s, self.root, io.BytesIO(PICTURE), "map.png")
        self.sound = record(s, self.root).id
        self.file = interviews.load(s, self.root).files[0].id
        self.entries = custody.count(s)
        s.close()

    def open(self) -> Session:
        return session.open_vault(self.folder, PASSPHRASE)


@pytest.fixture
def filled(disk: Disk, moulds: Moulds) -> Filled:
    return Filled(moulds, disk.folder / "vault")


def reads_all(s: Session, filled: Filled, out: Path, *, listens: bool = True) -> None:
    """List, read, search, listen, verify."""
    assert [row.id for row in interviews.rows(s)] == [filled.root]
    assert interviews.load(s, filled.root).body.title == "W-1"
    assert [hit.interview_id for hit in search.search(s, "W-1")] == [filled.root]
    with files.reader(s, filled.file) as source:
        assert source.read_at(0, len(PICTURE)) == PICTURE
    with DecodeHost() as decoder:
        # The interpreter of the tests is not for everybody.
        assert not listens or recordings.draw_peaks(s, decoder, filled.sound)
        assert inside.read_all(s, decoder) == 0
    assert custody.verify(s).whole
    assert upkeep.check(s) == []
    assert len(custody.entries(s)) == custody.count(s)
    assert upkeep.slots(s)
    made = backups.backup(s, out / "backup")
    assert made.unlogged and made.problems == ()
    restored, problems = backups.restore(out / "backup", out / "restored", PASSPHRASE)
    assert problems == [] and interviews.count(restored) == 1
    restored.close()


def writes_nothing(s: Session, filled: Filled, code: str) -> None:
    jobs = [
        lambda: interviews.create(s),
        lambda: preferences.change_inside(s, "auto-lock", 3),
        lambda: session.set_passphrase(s, "another"),
        lambda: session.set_author(s, "someone"),
        lambda: record_drafts.save(s, filled.root, "interview", RecordId(filled.root), draft("typed")),
        lambda: files.attach(s, filled.root, io.BytesIO(b"x"), "x.txt"),
        lambda: recordings.begin(s, filled.root),
        lambda: upkeep.renew_recovery(s),
        s.store.truncate_log,
    ]
    for job in jobs:
        with pytest.raises(MachineError) as error:
            job()
        assert error.value.code == code


def draft(text: str) -> Draft:
    import msgspec

    return Draft(None, msgspec.Raw(msgspec.json.encode(Interview(title="W-1", account=text))))


def copies_knowingly(s: Session, filled: Filled, out: Path) -> None:
    """The gate is asked as ever; the log can't tell of it, and that must be known."""
    found = copying.preview(s, filled.file)
    assert found.unlogged == s.unwritable and not found.refused
    with pytest.raises(CairnError) as error:
        copying.copy_out(s, filled.file, out / "map.png")
    assert error.value.code == "custody.unlogged"
    assert not (out / "map.png").exists()
    copying.copy_out(s, filled.file, out / "map.png", unlogged=True)
    assert (out / "map.png").read_bytes() == PICTURE
    with refused("custody.unlogged"):
        pages.write(s, filled.root, [], [], out / "page.pdf", b"page")
    pages.write(s, filled.root, [], [], out / "page.pdf", b"page", unlogged=True)
    assert (out / "page.pdf").read_bytes() == b"page"
    assert sorted(path.name for path in out.iterdir() if path.is_file()) == ["map.png", "page.pdf"]
    assert custody.count(s) == filled.entries


@mediums.needs_root
def test_a_vault_on_a_read_only_medium(disk: Disk, filled: Filled, tmp_path: Path) -> None:
    disk.remount("ro")
    out = tmp_path / "out"
    out.mkdir()
    s = filled.open()
    assert s.unwritable == READ_MEDIUM
    reads_all(s, filled, tmp_path)
    writes_nothing(s, filled, READ_MEDIUM)
    copies_knowingly(s, filled, out)
    with pytest.raises(MachineError, match=READ_MEDIUM):
        session.try_writing(s)
    assert interviews.count(s) == 1
    disk.remount("rw")
    again = session.try_writing(s)
    assert not again.unwritable and again is not s
    interviews.create(again)
    copying.copy_out(again, filled.file, out / "noted.png", unlogged=True)
    assert "copy-out" in [entry.act for entry in custody.entries(again)], "what can be noted is noted"
    again.close()
    s = filled.open()
    assert interviews.count(s) == 2 and custody.verify(s).whole
    s.close()


@mediums.needs_root
def test_a_vault_in_somebody_else_s_folder(moulds: Moulds, monkeypatch: pytest.MonkeyPatch) -> None:
    with mediums.folder_of_all() as common:
        monkeypatch.setattr(paths, "settings_folder", lambda: common / "settings")
        filled = Filled(moulds, common / "vault")
        mediums.open_to_all(common)
        out = common / "out"
        out.mkdir()
        out.chmod(0o777)
        look_as_nobody(filled, out)


def look_as_nobody(filled: Filled, out: Path) -> None:
    def look() -> None:
        s = filled.open()
        assert s.unwritable == "vault.to-read-folder"
        reads_all(s, filled, out, listens=False)
        writes_nothing(s, filled, "vault.to-read-folder")
        copies_knowingly(s, filled, out)
        s.close()

    mediums.as_nobody(look)


@mediums.needs_root
def test_a_gate_that_says_no_says_it_here_too(disk: Disk, moulds: Moulds, tmp_path: Path) -> None:
    s = moulds.vault(disk.folder / "vault", "Field 7", "field")
    root = written(s, agreed=agreed_to("keep", "verified", []))
    files.attach(s, root, io.BytesIO(PICTURE), "map.png")
    file = interviews.load(s, root).files[0].id
    s.close()
    disk.remount("ro")
    s = session.open_vault(disk.folder / "vault", PASSPHRASE)
    why = copying.preview(s, file).refused
    assert why.startswith("gate.")
    with refused(why):
        copying.copy_out(s, file, tmp_path / "map.png", unlogged=True)
    assert not list(tmp_path.glob("*.png")) and not list(tmp_path.glob(".*part"))
    s.close()


@mediums.needs_root
def test_a_full_disk(disk: Disk, filled: Filled, tmp_path: Path) -> None:
    """Opened while it is full, and its reserve is gone."""
    (filled.folder / "vault.reserve").unlink(missing_ok=True)
    disk.fill()
    out = tmp_path / "out"
    out.mkdir()
    s = filled.open()
    assert s.unwritable == READ_FULL
    reads_all(s, filled, tmp_path)
    writes_nothing(s, filled, READ_FULL)
    copies_knowingly(s, filled, out)
    with pytest.raises(MachineError, match=READ_FULL):
        session.try_writing(s)
    disk.free()
    s = session.try_writing(s)
    assert not s.unwritable
    interviews.create(s)
    s.close()


@mediums.needs_root
def test_a_disk_that_fills_while_somebody_works(disk: Disk, filled: Filled, tmp_path: Path) -> None:
    """Words go on being kept as long as the reserve lasts; then it is said, and what is kept is still there."""
    out = tmp_path / "out"
    out.mkdir()
    s = filled.open()
    entries = custody.count(s)
    record_id = RecordId(filled.root)
    record_drafts.save(s, filled.root, "interview", record_id, draft("kept"))
    assert s.unwritable == ""
    last = ""
    with pytest.raises(MachineError, match=r"machine\.disk-full"):
        for number in range(500):
            disk.fill()
            words = f"{number} " + "word " * 1000
            record_drafts.save(s, filled.root, "interview", record_id, draft(words))
            last = words
    assert s.store.reserve_used and s.unwritable == READ_FULL
    assert last and interviews.load(s, filled.root).draft is not None
    assert last in bytes(interviews.load(s, filled.root).draft.body).decode()  # type: ignore[union-attr]
    with refused("custody.unlogged"):
        copying.copy_out(s, filled.file, out / "map.png")
    copying.copy_out(s, filled.file, out / "map.png", unlogged=True)
    assert backups.backup(s, tmp_path / "backup").unlogged
    assert custody.count(s) == entries
    with pytest.raises(MachineError, match=r"machine\.disk-full"):
        session.try_writing(s)
    disk.free()
    assert session.try_writing(s) is s
    assert not s.unwritable
    copying.copy_out(s, filled.file, out / "second.png")
    assert custody.count(s) == entries + 1
    s.close()


@mediums.needs_root
def test_killed_on_a_full_disk(disk: Disk, filled: Filled) -> None:
    """A crash there leaves the words that were kept, and a vault that opens to be read, then to be written."""
    child = os.fork()
    if child == 0:
        s = filled.open()
        record_drafts.save(s, filled.root, "interview", RecordId(filled.root), draft("the last words"))
        disk.fill()
        try:
            while True:
                interviews.create(s)
        except CairnError:
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    (filled.folder / "vault.reserve").unlink(missing_ok=True)
    (filled.folder / "vault.db-shm").unlink(missing_ok=True)
    disk.fill()
    s = filled.open()
    assert s.unwritable == READ_FULL
    assert b"the last words" in bytes(interviews.load(s, filled.root).draft.body)  # type: ignore[union-attr]
    before = interviews.count(s)
    s.close()
    disk.free()
    s = filled.open()
    assert not s.unwritable and interviews.count(s) == before and custody.verify(s).whole
    s.close()


@mediums.needs_root
def test_what_waits_beside_the_database_is_read(disk: Disk, filled: Filled, tmp_path: Path) -> None:
    """A stick that is pulled while a bundle was being taken in: what was typed meanwhile lies beside the database."""
    s = filled.open()
    with s.store.write():
        import threading

        typing = threading.Thread(
            target=lambda: record_drafts.save(
                s, filled.root, "interview", RecordId(filled.root), draft("beside")
            )
        )
        typing.start()
        typing.join()
        copy = disk.folder / "pulled"
        shutil.copytree(filled.folder, copy, ignore=shutil.ignore_patterns("*-shm"))
    s.close()
    disk.remount("ro")
    s = session.open_vault(copy, PASSPHRASE)
    assert b"beside" in bytes(interviews.load(s, filled.root).draft.body)  # type: ignore[union-attr]
    assert [p.code for p in backups.backup(s, tmp_path / "out").problems] == ["upkeep.backup-without-drafts"]
    s.close()


@mediums.needs_root
def test_drafts_that_are_damaged_stay_where_they_are(disk: Disk, filled: Filled) -> None:
    (filled.folder / aside.NAME).write_bytes(b"nothing")
    disk.remount("ro")
    s = filled.open()
    assert s.store.drafts_damaged and s.unwritable
    s.close()


@mediums.needs_root
def test_a_vault_of_an_older_version_says_so(
    disk: Disk, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.remount("ro")
    monkeypatch.setattr(projections.text, "VERSION", projections.text.VERSION + 1)
    with refused("storage.older-to-read"):
        filled.open()
    monkeypatch.undo()
    monkeypatch.setattr(store, "missing", lambda _connection: 1)
    with refused("storage.older-to-read"):
        filled.open()


@mediums.needs_root
def test_a_restored_vault_signs_nothing_before_it_can_be_written(
    disk: Disk, filled: Filled, tmp_path: Path
) -> None:
    from cairn.vault import restore as restores

    s = filled.open()
    backups.backup(s, tmp_path / "backup")
    former = s.keys.fingerprint
    s.close()
    folder = disk.folder / "restored"
    restores.restore(tmp_path / "backup", folder, PASSPHRASE).vault.lock()
    disk.remount("ro")
    s = session.open_vault(folder, PASSPHRASE)
    assert s.unwritable == READ_MEDIUM and s.keys.fingerprint == former
    disk.remount("rw")
    s = session.try_writing(s)
    assert s.keys.fingerprint != former
    s.close()


def test_a_refused_copy_elsewhere_says_nothing_of_the_vault(field: Session) -> None:
    """The target's disk is full, not the vault's."""
    with pytest.raises(MachineError), field.store.write():
        raise MachineError("machine.disk-full")
    assert field.unwritable == ""
