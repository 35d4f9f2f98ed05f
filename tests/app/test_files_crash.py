"""A file on its way into the vault, killed or locked at each moment: it is in the vault, or nothing of it anywhere."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import dying_files
from app.shared import PASSPHRASE, introduce, refused
from app.test_exchange import SHARE, media_files, sealed
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.app.vault import upkeep

ROOT = Path(__file__).resolve().parents[2]


def killed(what: str, vault: Path, place: Path, subject: str) -> int:
    """How many moments there were; each of them left the vault as it must be."""
    place.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "app.dying_files", what, vault, place, subject],
        input=PASSPHRASE,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "XDG_CONFIG_HOME": str(place / "config"),
            "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT / 'tests'}",
        },
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def with_files(field: Session, office: Session, out: Path) -> Path:
    """A bundle of an interview with two files, for the office."""
    introduce(field, office)
    made = interviews.create(field, title="W-001")
    for name in ("one.bin", "two.bin"):
        files.attach(field, made, io.BytesIO(dying_files.CONTENT), name)
    consent.set_consent(field, made, SHARE)
    return sealed(field, [made], office, out).path


@pytest.mark.slow
def test_attaching_killed_at_any_moment(field: Session, tmp_path: Path) -> None:
    made = interviews.create(field, title="W-001")
    interviews.save_version(field, made)
    field.close()
    assert killed("attach", field.info.folder, tmp_path / "work", made) > 20


@pytest.mark.slow
def test_taking_in_killed_at_any_moment(field: Session, office: Session, tmp_path: Path) -> None:
    bundle = with_files(field, office, tmp_path / "out")
    office.close()
    assert killed("take-in", office.info.folder, tmp_path / "work", str(bundle)) > 40


@pytest.mark.parametrize("what", ["attach", "take-in"])
def test_locked_between_the_file_and_its_row(
    field: Session, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    bundle = with_files(field, office, tmp_path / "out")
    made = interviews.create(office, title="O-001")
    interviews.save_version(office, made)
    before = len(media_files(office))

    def locked(*_args: object, **_more: object) -> None:
        # What had its name by now could not be told from what the vault keeps.
        assert len(media_files(office)) > before
        office.close()

    monkeypatch.setattr(files, "keep", lambda *args, **more: (locked(), keep(*args, **more))[1])
    monkeypatch.setattr(taking_in, "_apply", lambda *args, **more: (locked(), apply(*args, **more))[1])
    with refused("vault.locked"):
        if what == "attach":
            files.attach(office, made, io.BytesIO(b"x" * 1000), "x.bin")
        else:
            taking_in.take_in(office, bundle)
    again = session.open_vault(office.info.folder, PASSPHRASE)
    try:
        assert len(media_files(again)) == before
        assert not (again.info.folder / "quarantine").exists()
        assert upkeep.check(again) == []
        assert taking_in.take_in(again, bundle).new == 4 and len(media_files(again)) == before + 2
    finally:
        again.close()


keep, apply = files.keep, taking_in._apply
