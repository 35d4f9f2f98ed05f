"""A recording whose sound server is killed, and what becomes of the program and of the recording.

    python -m sound.silenced FOLDER away|back

records into a vault through the window's own host, kills the server with sound still coming, and in the
second case starts another soon after. Prints a line of JSON. A process of its own, because what is tested
is that it does not end.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.shared import FLOOR, PASSPHRASE
from sound.rig import Rig
from sound.taking import decoded

PATIENCE_S = 60


def wait(until: Callable[[], bool]) -> None:
    """Handle the window's events until it holds."""
    end = time.monotonic() + PATIENCE_S
    while not until():
        if time.monotonic() > end:
            raise RuntimeError("it does not come")
        QTest.qWait(20)


def main() -> None:
    folder, comes_back = Path(sys.argv[1]), sys.argv[2] == "back"
    rig = _rig(folder)
    os.environ.update(rig.environment)
    # Qt finds the server when it is loaded.
    from cairn.app.interviews import interviews
    from cairn.app.kernel import session
    from cairn.app.sound import recordings
    from cairn.app.sound.recording_choices import Choices
    from cairn.qt.base import tasks
    from cairn.qt.media.recording.host import RecorderHost
    from cairn.qt.media.sound.playback import Playback
    from cairn.qt.screens.interviews.conversation.alerts import Alerts

    app = QApplication([])
    vault, _ = session.create_vault(
        folder / "vault", label="Field 7", role="field", passphrase=PASSPHRASE, cost=FLOOR
    )
    host, alerts, playback = RecorderHost(), Alerts(), Playback()
    said: list[str] = []
    broke: list[bool] = []
    host.changed.connect(alerts.show_now)
    host.changed.connect(lambda _now: said.append(alerts.code) if alerts.code not in said[-1:] else None)
    playback.hungry.connect(lambda: playback.feed(bytes(96_000)))
    playback.broke.connect(lambda: broke.append(True))
    host.choices = Choices(quality="speech")

    def at() -> int:
        now = host.snapshot
        return now.at_ms if now is not None else 0

    def phase() -> str:
        now = host.snapshot
        return now.phase if now is not None else ""

    host.begin(vault, interviews.create(vault, title="Silenced"))
    played = playback.start(48_000, 1)
    wait(lambda: at() > 1000)
    rig.close()
    if comes_back:
        rig = _rig(folder)
    wait(lambda: phase() == "gap")
    before = at()
    if comes_back:
        wait(lambda: phase() == "recording" and at() > before + 1000)
    else:
        wait(lambda: alerts.code == "lost")
    wait(lambda: bool(broke))
    again = playback.start(48_000, 1)
    playback.stop()
    kept: list[str] = []
    host.kept.connect(lambda _interview, recording: kept.append(recording))
    host.stop(vault)
    wait(lambda: bool(kept))
    view = recordings.view(vault, kept[0])
    with recordings.reader(vault, view.id) as reader:
        heard = decoded(reader.read_at(0, reader.size))
    line = {
        "before_ms": before,
        "duration_ms": view.duration,
        "decoded_ms": len(heard) // 48,
        "marks": [mark.kind for mark in view.marks],
        "interrupted": view.interrupted,
        "played": played,
        "played_again": again,
        "said": said,
    }
    tasks.shut_down()
    vault.close()
    rig.close()
    app.quit()
    print(json.dumps(line), flush=True)


def _rig(folder: Path) -> Rig:
    rig = Rig(folder / "rig")
    rig.plug()
    rig.wake()
    return rig


if __name__ == "__main__":
    main()
