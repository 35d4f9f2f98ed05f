"""A vault folder that goes away while it is open, and media that can't take what is to be written."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from app.shared import PASSPHRASE, introduce, refused
from app.test_exchange import PICTURE, written
from app.test_interviews import draft
from cairn import paths
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.app.leaving import copying, sealing
from cairn.app.vault import custody, upkeep
from cairn.errors import CairnError, MachineError
from cairn.model.kinds.interview import Interview
from cairn.paths import media, volumes


@pytest.mark.parametrize("mount_point_stays", [True, False])
def test_a_vault_that_vanished_says_so_and_is_whole_when_it_is_back(
    field: Session, tmp_path: Path, mount_point_stays: bool
) -> None:
    made = written(field)
    file = files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    folder, away = field.info.folder, tmp_path / "pulled"
    entries = custody.count(field)
    folder.rename(away)
    if mount_point_stays:
        folder.mkdir()
    for attempt in (
        lambda: interviews.save_draft(field, made, draft(Interview(title="typed"), None)),
        lambda: interviews.save_version(field, made, Interview(title="saved")),
        lambda: files.attach(field, made, io.BytesIO(PICTURE), "second.png"),
        lambda: files.reader(field, file.id),
        field.close,
    ):
        with pytest.raises(CairnError) as caught:
            attempt()
        assert (caught.value.code, caught.value.exit_code) == ("machine.gone", 5)
    # Nothing was written where the stick had been.
    assert not mount_point_stays or list(folder.iterdir()) == []
    with refused("vault.not-a-vault" if mount_point_stays else "machine.gone"):
        session.open_vault(folder, PASSPHRASE)
    if mount_point_stays:
        folder.rmdir()
    away.rename(folder)
    again = session.open_vault(folder, PASSPHRASE)
    try:
        assert custody.count(again) == entries and upkeep.check(again) == []
        assert interviews.load(again, made).body.title == "W-1"
    finally:
        again.close()


def test_a_stick_with_fat_takes_no_bundle_of_four_gibibytes(
    field: Session, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(field, office)
    made = written(field)
    files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(media, "is_fat", lambda _folder: True)
    sealing.seal(field, sealing.preview(field, [made], [office.info.fingerprint]), out)
    assert len(list(out.iterdir())) == 1
    monkeypatch.setattr(media, "_FAT_LARGEST", 1_000_000)
    shown = sealing.preview(field, [made], [office.info.fingerprint])
    asked = []
    with pytest.raises(MachineError) as caught:
        sealing.seal(field, shown, out, lambda done, _total: asked.append(done))
    # Before the first byte, not after the fourth gibibyte.
    assert (caught.value.code, caught.value.exit_code, asked) == ("machine.file-too-big", 5, [])
    assert len(list(out.iterdir())) == 1
    with refused("machine.file-too-big"):
        files.attach(field, made, io.BytesIO(PICTURE), "second.png", size=len(PICTURE))
    with refused("machine.file-too-big"):
        copying.copy_out(field, interviews.load(field, made).files[0].id, out / "photo.png")


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_the_kind_of_a_file_system_is_read_from_the_system(tmp_path: Path) -> None:
    assert volumes.linux_system(Path("/proc")) == 0x9FA0
    assert volumes.linux_system(tmp_path / "not-there") is None
    assert paths.largest_file(Path("/proc")) is None
