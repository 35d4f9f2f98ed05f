"""How long until the window is there: from the start of the process to its first painting."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.table import Figure, limited
from bench.worker import ROOT

# Runs the program itself; only looks on until a window was painted, says when, and leaves.
DRIVER = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from cairn import __main__ as cairn
from cairn.qt import application

make = application.make

class Watch(QObject):
    seen = False

    def eventFilter(self, what, event):
        if not self.seen and event.type() == QEvent.Type.Paint and what.isWidgetType() and what.isWindow():
            self.seen = True
            QTimer.singleShot(0, self.say)
        return False

    def say(self):
        print(time.monotonic(), flush=True)
        self.parent().quit()

def watched(arguments):
    app = make(arguments)
    app.installEventFilter(Watch(app))
    return app

application.make = watched
sys.exit(cairn.window())
"""


# The least that any window of Qt takes here.
BARE = """
import sys, time
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: (print(time.monotonic(), flush=True), app.quit()))

app = QApplication(["bare"])
window = Window()
window.show()
sys.exit(app.exec())
"""


def measure(times: int) -> list[Figure]:
    """Seconds until the window (the card that unlocks the vault used last) was painted; best of `times`."""
    with _screen() as (platform, environment):
        # Once more than counted: the first start is the cold one.
        own = [_spent(DRIVER, environment) for _ in range(times + 1)][1:]
        bare = [_spent(BARE, environment) for _ in range(times)]
    beside = f"bare Qt window {min(bare):.2f} s"
    return [limited(f"window shown, warm start ({platform})", min(own), "s", 0.5, beside)]


def _spent(program: str, environment: dict[str, str]) -> float:
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the window failed: {done.stderr[-2000:]}")
    return float(done.stdout.split()[-1]) - start


@contextmanager
def _screen() -> Iterator[tuple[str, dict[str, str]]]:
    """The platform of Qt and the environment: the screen that is there, else a virtual one, else none."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "desktop")}
    environment.pop("QT_QPA_PLATFORM", None)
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        yield "your screen", environment
    elif shutil.which("Xvfb") is None:
        yield "offscreen", {**environment, "QT_QPA_PLATFORM": "offscreen"}
    else:
        with virtual_screen("1440x900x24") as display:
            yield "Xvfb", {**environment, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}


@contextmanager
def virtual_screen(shape: str) -> Iterator[str]:
    """An X server of our own, as wide, high and deep as `shape` says; gives its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", shape, "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
