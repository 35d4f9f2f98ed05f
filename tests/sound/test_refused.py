"""A microphone that is busy, denied or dead: it is said in words, and nothing half-written is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.sound import recordings
from cairn.errors import CairnError
from cairn.qt.base import messages
from cairn.qt.media.recording.host import RecorderHost
from sound.rig import Rig
from sound.test_microphone import PATIENCE_MS, begin, stop


@pytest.mark.parametrize(
    ("kind", "code"), [("denied", "microphone.denied"), ("away", "microphone.no-sound-server")]
)
def test_a_sound_system_that_lets_nobody_in(root: Path, tmp_path: Path, kind: str, code: str) -> None:
    path = os.pathsep.join([str(root / "desktop"), str(root / "tests")])
    done = subprocess.run(
        [sys.executable, "-m", "sound.refusing", str(tmp_path), kind],
        env={**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr[-2000:]
    line = json.loads(done.stdout.splitlines()[-1])
    assert (line["said"], line["state"], line["begun"]) == ([code], "idle", 0)
    assert (line["asked"] > 0) == (kind == "denied")


@pytest.fixture
def held(microphone: Rig) -> Rig:
    """The microphone is there, and something else has taken it: the server delivers nothing of it."""
    microphone.control("suspend-source", "mic", "1")
    return microphone


def test_a_microphone_that_delivers_nothing_begins_no_recording(
    qtbot: QtBot, held: Rig, field: Session
) -> None:
    interview = interviews.create(field, title="W-017")
    host = RecorderHost()
    with qtbot.waitSignal(host.failed, timeout=PATIENCE_MS) as failed:
        host.begin(field, interview)
        assert host.state == "starting"
    (error,) = failed.args
    assert isinstance(error, CairnError) and error.code == "microphone.nothing-came"
    assert "Another program may be using it" in messages.sentence(error)
    assert host.state == "idle" and not host.capture.running
    assert recordings.unfinished(field) == [] and recordings.rows(field, interview) == []
    # It is let go: the next try records.
    held.control("suspend-source", "mic", "0")
    begin(qtbot, host, field, interview)
    assert stop(qtbot, host, field).duration >= 200


def test_locked_before_anything_came_nothing_is_begun(qtbot: QtBot, held: Rig, field: Session) -> None:
    interview = interviews.create(field, title="W-017")
    host = RecorderHost()
    host.begin(field, interview)
    host.vault_locks(field)
    assert host.state == "idle" and not host.capture.running
    assert recordings.unfinished(field) == []


def test_one_that_is_taken_in_the_midst_leaves_a_gap_and_comes_back(
    qtbot: QtBot, microphone: Rig, field: Session
) -> None:
    interview = interviews.create(field, title="W-017")
    host = RecorderHost()
    begin(qtbot, host, field, interview)
    microphone.control("suspend-source", "mic", "1")
    qtbot.waitUntil(lambda: host.snapshot is not None and host.snapshot.phase == "gap", timeout=PATIENCE_MS)
    assert host.snapshot is not None
    stood = host.snapshot.at_ms
    microphone.control("suspend-source", "mic", "0")
    qtbot.waitUntil(
        lambda: host.snapshot is not None and host.snapshot.at_ms > stood + 200, timeout=PATIENCE_MS
    )
    (gap,) = stop(qtbot, host, field).marks
    assert gap.kind == "gap" and gap.away >= 1000
