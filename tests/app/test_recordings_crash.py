"""A recording's beginning and end, killed at each moment at which anything is written: all of it or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import sounds
from app.shared import PASSPHRASE
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.sound import recordings
from cairn.audio.recorder import Recorder

DYING = Path(__file__).with_name("dying.py")


def killed(what: str, vault: Path, place: Path, subject: str) -> int:
    """How many moments there were; each of them left the vault as it must be."""
    place.mkdir()
    done = subprocess.run(
        [sys.executable, DYING, what, vault, place, subject],
        input=PASSPHRASE,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(place / "config")},
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("what", ["begin", "finish", "give-up"])
def test_killed_at_any_moment(field: Session, tmp_path: Path, what: str) -> None:
    subject = interview = interviews.create(field, title="W-001")
    interviews.save_version(field, interview)
    if what != "begin":
        running = recordings.begin(field, interview)
        recorder = Recorder(running.journal)
        sounds.feed(recorder, sounds.tone(1500))
        recorder.stop()
        subject = running.recording
    field.close()
    assert killed(what, field.info.folder, tmp_path / "work", subject) > 20
