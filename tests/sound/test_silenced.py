"""The sound server ends while something is recorded: neither the program nor the recording ends with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cairn.qt.base.sound_server import GIVEN_UP_SECONDS, THREAD, SoundServer
from sound.taking import Clock

# Real time on a machine that may be busy: what stutters is listened to again, and only what stays so fails.
pytestmark = pytest.mark.real_time


def silenced(root: Path, folder: Path, kind: str) -> dict[str, Any]:
    """What the recording came to. Fails where the program was aborted."""
    path = os.pathsep.join([str(root / "desktop"), str(root / "tests")])
    done = subprocess.run(
        [sys.executable, "-m", "sound.silenced", str(folder), kind],
        env={**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr[-2000:]
    line: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return line


@pytest.mark.slow
def test_a_sound_server_that_stays_away_leaves_the_recording_whole(root: Path, tmp_path: Path) -> None:
    line = silenced(root, tmp_path, "away")
    assert line["marks"] == ["gap"]
    assert line["duration_ms"] >= line["before_ms"] >= 1000
    assert abs(line["decoded_ms"] - line["duration_ms"]) <= 1
    assert not line["interrupted"]
    assert [code for code in line["said"] if code in ("gap", "lost")] == ["gap", "lost"]
    assert line["played"] and not line["played_again"]


@pytest.mark.slow
def test_a_sound_server_that_comes_back_is_recorded_again(root: Path, tmp_path: Path) -> None:
    line = silenced(root, tmp_path, "back")
    assert line["marks"] == ["gap"]
    assert line["duration_ms"] >= line["before_ms"] + 1000
    assert abs(line["decoded_ms"] - line["duration_ms"]) <= 1
    assert not line["interrupted"]
    assert "lost" not in line["said"]
    assert line["played"] and line["played_again"]


class Threads:
    """A folder as the system shows the threads of a process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def show(self, *names: str) -> None:
        for old in self.folder.iterdir():
            (old / "comm").unlink()
            old.rmdir()
        for number, name in enumerate(names):
            (self.folder / str(number)).mkdir()
            (self.folder / str(number) / "comm").write_text(f"{name}\n")


def test_nothing_is_opened_while_a_connection_is_missing(tmp_path: Path) -> None:
    threads, clock = Threads(tmp_path / "task"), Clock()
    server = SoundServer(threads.folder, clock)
    threads.show("python")
    assert server.there(), "no connection was ever there: sound goes another way"
    threads.show("python", THREAD)
    assert server.there()
    threads.show("python", THREAD, THREAD)
    assert server.there()
    threads.show("python", THREAD)
    assert not server.there() and not server.given_up()
    threads.show("python")
    clock.seconds += GIVEN_UP_SECONDS + 1
    assert not server.there() and server.given_up()
    threads.show("python", THREAD, THREAD)
    assert server.there() and not server.given_up()


def test_a_system_that_shows_no_threads_is_trusted(tmp_path: Path) -> None:
    assert SoundServer(tmp_path / "none").there()
