"""Damaged files of a vault, put back from a backup: the same bytes or nothing, and nothing else is touched."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

import pytest

from app import sounds
from app.shared import refused
from app.test_exchange import PICTURE, written
from app.test_upkeep import file_of, flip
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.vault import backups, custody, mending, upkeep
from cairn.errors import Cancelled, MachineError
from cairn.storage import mending as stored
from cairn.vault import copying


def damaged(s: Session, out: Path) -> tuple[str, dict[str, Path]]:
    """A vault with a backup, in which one file is gone and one altered since."""
    made = written(s)
    for name in ("good.png", "gone.png", "altered.png"):
        files.attach(s, made, io.BytesIO(PICTURE + name.encode()), name)
    backups.backup(s, out)
    found = {
        name: s.vault.media_folder / file_of(s, made, name)
        for name in ("good.png", "gone.png", "altered.png")
    }
    found["gone.png"].unlink()
    flip(found["altered.png"])
    return made, found


def read(s: Session, made: str, name: str) -> bytes:
    view = next(view for view in interviews.load(s, made).files if view.name == name)
    with files.reader(s, view.id) as source:
        return source.read_at(0, source.size)


def test_what_a_check_found_is_put_back_and_told(field: Session, tmp_path: Path) -> None:
    made, found = damaged(field, tmp_path / "out")
    good = found["good.png"].stat().st_ino
    problems = upkeep.check(field)
    assert len(problems) == 2
    done = mending.put_back(field, tmp_path / "out", mending.named(problems))
    assert set(done.put_back) == {"gone.png", "altered.png"} and not done.problems and not done.left
    assert upkeep.check(field) == [] and found["good.png"].stat().st_ino == good
    for name in found:
        assert read(field, made, name) == PICTURE + name.encode()
    told = [each for each in custody.entries(field) if each.act == "file.put-back"]
    assert len(told) == 2 and custody.verify(field).problems == ()
    assert not list(field.vault.media_folder.rglob("*.part"))
    # Again there is nothing to do, and nothing more is told.
    assert mending.put_back(field, tmp_path / "out").put_back == ()
    assert len([each for each in custody.entries(field) if each.act == "file.put-back"]) == 2


def test_without_a_check_everything_is_looked_at(field: Session, tmp_path: Path) -> None:
    """And the backup may lie in a folder below the chosen one, where the window makes it."""
    made = written(field)
    sound = sounds.record(field, made, 3000)
    below = tmp_path / f"backup-{field.vault.id[:8]}"
    backups.backup(field, below)
    with field.store.read() as reader:
        (info,) = field.media.of(reader, made)
    flip(field.vault.media_folder / info.media_id[:2] / f"{info.media_id}.cob")
    seen: list[tuple[int, int | None]] = []
    done = mending.put_back(field, tmp_path, progress=lambda far, total: seen.append((far, total)))
    assert done.put_back == (sound.name,) and upkeep.check(field) == []
    assert seen and all(total == info.size and far <= info.size for far, total in seen)


def test_a_copy_that_is_not_the_same_is_refused(field: Session, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made, found = damaged(field, out)
    altered = found["altered.png"].read_bytes()
    name = found["altered.png"].relative_to(field.vault.media_folder)
    # One is damaged in the backup, too; of the other it holds a whole file of another object.
    flip(out / "media" / name)
    gone = found["gone.png"].relative_to(field.vault.media_folder)
    shutil.copyfile(
        out / "media" / found["good.png"].relative_to(field.vault.media_folder), out / "media" / gone
    )
    done = mending.put_back(field, out)
    assert done.put_back == () and {each.code for each in done.problems} == {"upkeep.put-back-damaged"}
    assert found["altered.png"].read_bytes() == altered and not found["gone.png"].exists()
    (out / "media" / gone).unlink()
    done = mending.put_back(field, out, done.left)
    assert {each.code for each in done.problems} == {"upkeep.put-back-damaged", "upkeep.put-back-missing"}
    # No link leads out of a backup.
    (out / "media" / gone).symlink_to(found["good.png"])
    assert mending.put_back(field, out).put_back == ()
    assert len(interviews.load(field, made).files) == 3


def test_what_is_no_backup_is_said(field: Session, tmp_path: Path) -> None:
    with refused("vault.not-a-backup"):
        mending.put_back(field, tmp_path)
    with refused("vault.not-a-backup"):
        mending.put_back(field, field.vault.folder)


def test_stopped_or_cut_short_what_was_there_is_there(
    field: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    _, found = damaged(field, out)
    altered = found["altered.png"].read_bytes()

    def stop(far: int, _total: int | None, /) -> None:
        if far > len(PICTURE) * 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        mending.put_back(field, out, progress=stop)
    real, lying = copying.copy_file, False

    def lies(source: Path, target: Path, tick: stored.Tick) -> tuple[str, int]:
        """As a stick does that keeps nothing."""
        made = real(source, target, tick)
        if lying:
            flip(target)
        return made

    lying = True
    monkeypatch.setattr(copying, "copy_file", lies)
    with pytest.raises(MachineError) as caught:
        mending.put_back(field, out)
    assert caught.value.code == "vault.backup-mismatch"
    assert found["altered.png"].read_bytes() == altered or upkeep.check(field)
    assert not list(field.vault.media_folder.rglob("*.part*"))

    def full(_source: os.PathLike[str], _target: os.PathLike[str]) -> None:
        raise OSError(28, "full")

    monkeypatch.undo()
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(MachineError) as caught:
        mending.put_back(field, out)
    assert caught.value.code == "machine.disk-full" and not list(field.vault.media_folder.rglob("*.part*"))


def test_what_a_crash_leaves_of_a_copy_goes_at_the_next_opening(field: Session, tmp_path: Path) -> None:
    """Also what is called so only while it grows: nobody would find it again."""
    out = tmp_path / "out"
    _, found = damaged(field, out)
    names: set[Path] = set()

    def look(_far: int, _total: int | None, /) -> None:
        names.update(field.vault.media_folder.rglob("*part*"))

    assert mending.put_back(field, out, progress=look).put_back and len(names) >= 2
    for each in names:
        each.write_bytes(b"half")
    assert field.media.sweep().parts_removed == len(names)
    assert not any(each.exists() for each in names) and all(each.exists() for each in found.values())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such call")
def test_what_was_written_is_read_from_the_disk(
    field: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    damaged(field, out)
    asked: list[int] = []
    monkeypatch.setattr(os, "posix_fadvise", lambda _file, _from, _to, advice: asked.append(advice))
    assert len(mending.put_back(field, out).put_back) == 2
    assert asked.count(os.POSIX_FADV_DONTNEED) >= 4
