"""A long day in one window: interviews and tabs opened again and again, the vault locked in between.

`python -m bench.soak` reads a job as JSON and prints the memory of the process after each hundred openings.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.table import Figure, limited
from bench.worker import ROOT, _memory

OPENINGS = 3000
LOCK_EVERY = 100
SETTLED = 500
"""Openings until everything that is kept on purpose is there."""
LIMIT_MIB = 10
TABS = ("consent", "conversation", "files", "transcript", "history")
_LONG = 60.0


def measure(folder: Path, openings: int, say: Callable[[str], None]) -> list[Figure]:
    """Growth of memory over the openings that follow the first 500; the best straight line through them counts."""
    say(f"opening interviews and tabs {openings:,} times")
    done = subprocess.run(
        [sys.executable, "-m", "bench.soak"],
        input=json.dumps({"folder": str(folder), "openings": openings}),
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "desktop"), str(ROOT / "tests")]),
            "QT_QPA_PLATFORM": "offscreen",
        },
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the soak failed: {done.stderr[-2000:]}")
    return [reported(json.loads(done.stdout.splitlines()[-1]), openings)]


def reported(found: dict[str, Any], openings: int) -> Figure:
    """What the long day came to."""
    after = [(at, size) for at, size in found["memory"] if at >= SETTLED]
    if len(after) < 2:
        raise ValueError(f"too few openings to tell: {openings}")
    grown = _slope(after) * (after[-1][0] - after[0][0])
    beside = f"{found['locks']} locks, {after[0][1]:.0f} to {after[-1][1]:.0f} MiB, {found['seconds']:.0f} s"
    return limited(f"growth, {openings:,} openings, after {SETTLED}", grown, "MiB", LIMIT_MIB, beside)


def _slope(points: list[tuple[int, float]]) -> float:
    """MiB an opening: least squares, so that one moment at the end decides nothing."""
    middle = sum(at for at, _ in points) / len(points)
    mean = sum(size for _, size in points) / len(points)
    spread = sum((at - middle) ** 2 for at, _ in points)
    return sum((at - middle) * (size - mean) for at, size in points) / spread if spread else 0.0


def soak(job: dict[str, Any]) -> dict[str, Any]:
    """Do it, in this process."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from app.shared import FLOOR
    from cairn.app.interviews import interviews
    from cairn.app.kernel import session
    from cairn.app.program import practice
    from cairn.qt import application
    from cairn.qt.base import language, tasks
    from cairn.qt.screens.interviews.workspace import Workspace
    from cairn.qt.shell.window import Window

    app = application.make(["cairn"])
    vault = Path(job["folder"]) / "soak"
    practice.make(vault, cost=FLOOR)
    language.set_language(app, "en")
    window = Window(app)
    window.resize(1280, 800)
    window.show()

    def settle(there: Callable[[], object] = lambda: True) -> None:
        until = time.monotonic() + _LONG
        rounds = 0
        while rounds < 3 or not there():
            app.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            rounds = rounds + 1 if tasks.busy() == 0 else 0
            if time.monotonic() > until:
                raise RuntimeError("what was asked for did not come")

    def workspace(interview: str) -> Workspace | None:
        return next((one for one in window.findChildren(Workspace) if one.interview == interview), None)

    def unlock() -> list[str]:
        window.enter(session.open_vault(vault, practice.PASSPHRASE))
        settle()
        assert window.desk is not None
        return [row.id for row in interviews.rows(window.desk.session)]

    memory, opened, locks, at = [], 0, 0, 0
    start = time.monotonic()
    known = unlock()
    while opened < job["openings"]:
        assert window.desk is not None
        interview = known[at % len(known)]
        at += 1
        window.desk.open("interviews", f"{interview}#account")
        settle(lambda wanted=interview: workspace(wanted))
        opened += 1
        for tab in TABS:
            made = workspace(interview)
            assert made is not None
            made.open_tab(tab)
            settle()
            opened += 1
            if opened % LOCK_EVERY == 0:
                window.lock()
                locks += 1
                settle()
                gc.collect()
                memory.append((opened, _memory("VmRSS") / 1024**2))
                if job.get("look"):
                    job["look"](opened, memory[-1][1])
                known = unlock()
                break
    window.lock()
    settle()
    window.close()
    tasks.shut_down()
    return {"memory": memory, "locks": locks, "seconds": time.monotonic() - start}


if __name__ == "__main__":
    print(json.dumps(soak(json.load(sys.stdin))))
