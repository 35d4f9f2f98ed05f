"""The program is killed while its window records: the next unlock finds the recording, but for a second."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn.app.interviews import interviews
from cairn.app.kernel.session import open_vault
from cairn.app.kernel.views import RecordingView
from cairn.app.sound import recordings
from cairn.qt.shell.window import Window
from qt.desk import LONG, sees, settle
from sound import recordist
from sound.rig import RATE, Rig
from sound.script import spoken
from sound.test_microphone import listened, same

pytestmark = [pytest.mark.real_time, pytest.mark.slow]

KILLS = 3


def killed(root: Path, rig: Rig, vault: Path, home: Path, after: float) -> int:
    """Record with the window, kill it. Returns the sound that had come by then, in milliseconds."""
    path = os.pathsep.join([str(root / "desktop"), str(root / "tests")])
    environment = {
        **os.environ,
        **rig.environment,
        "HOME": str(home),
        "PYTHONPATH": path,
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, recordist.__file__, str(vault), PASSPHRASE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as program:
        assert program.stdout is not None
        try:
            lines = [program.stdout.readline()]
            while lines[-1] and not lines[-1].endswith(" 1\n"):
                lines.append(program.stdout.readline())
            assert lines[-1], "it never recorded"
            time.sleep(after)
            program.kill()
            moment = time.monotonic()
            lines += program.stdout.read().splitlines(keepends=True)
        finally:
            program.kill()
    when, recorded, _ = [line for line in lines if line.endswith("\n")][-1].split()
    return int(recorded) + round((moment - float(when)) * 1000)


def test_what_a_killed_window_recorded_is_found_by_the_next_unlock(
    qtbot: QtBot, root: Path, tmp_path: Path, microphone: Rig, vault: Path, window: Window
) -> None:
    chance = random.Random(20261122)
    seen: set[str] = set()
    for _ in range(KILLS):
        said = spoken(microphone.folder, 30)
        with microphone.playing(said):
            came = killed(root, microphone, vault, tmp_path, chance.uniform(1.0, 4.0))
        kept: list[tuple[str, str]] = []
        window.recorder.kept.connect(lambda interview, one, kept=kept: kept.append((interview, one)))
        window.enter(open_vault(vault, PASSPHRASE))
        qtbot.waitUntil(lambda kept=kept: bool(kept), timeout=LONG)
        settle(qtbot)
        sees(qtbot, window, "1 recording was interrupted.")
        assert window.desk is not None
        session = window.desk.session
        assert recordings.unfinished(session) == []
        found: list[RecordingView] = [
            view
            for row in interviews.rows(session)
            for view in recordings.rows(session, row.id)
            if view.id not in seen
        ]
        (view,) = found
        seen.add(view.id)
        assert kept[-1] == (view.interview, view.id)
        assert view.interrupted and [mark.kind for mark in view.marks] == ["mark"]
        print(f"recorded {came} ms, found {view.duration} ms, lost {came - view.duration} ms")
        assert -200 <= came - view.duration <= 1000
        heard = listened(session, view)
        # It began while somebody spoke: what was heard lies in what was said.
        same(heard[RATE // 2 : len(heard) - RATE // 5], said, least=0.85)
        window.lock()
        settle(qtbot)
