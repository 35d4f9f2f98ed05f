"""The program with somebody inside who records, as a process of its own: to be killed.

    python recordist.py FOLDER PASSPHRASE

Opens the vault, begins an interview, presses F9 in its Conversation, marks a moment after a second, and says
on standard output, ten times a second, when it was and how much was recorded. Sound comes from the
environment's sound system.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from cairn.app.interviews import interviews
from cairn.app.kernel.session import open_vault
from cairn.audio.recorder import Snapshot
from cairn.qt import application
from cairn.qt.base import tasks
from cairn.qt.screens.interviews.conversation.ready import ReadyCard
from cairn.qt.shell.window import Window


def main() -> int:
    """Run the window until it is killed."""
    app = application.make(["cairn"])
    window = Window(app)
    window.show()
    window.activateWindow()
    session = open_vault(Path(sys.argv[1]), sys.argv[2])
    interview = interviews.create(session, title="W-017")
    window.enter(session)
    assert window.desk is not None
    window.desk.open("interviews", f"{interview}#conversation")
    marked: list[int] = []

    def told(now: Snapshot) -> None:
        if now.at_ms > 1000 and not marked:
            marked.append(now.at_ms)
            QTest.keyClick(window, Qt.Key.Key_F2)
        sys.stdout.write(f"{time.monotonic()} {now.at_ms} {len(now.marks)}\n")
        sys.stdout.flush()

    def press() -> None:
        ready = [one for one in window.findChildren(ReadyCard) if one.isVisible() and one.record.isEnabled()]
        if ready and not tasks.busy():
            timer.stop()
            QTest.keyClick(window, Qt.Key.Key_F9)

    window.recorder.changed.connect(told)
    timer = QTimer()
    timer.timeout.connect(press)
    timer.start(50)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
