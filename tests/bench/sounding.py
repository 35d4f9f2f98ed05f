"""One measurement of sound in a process of its own. `python -m bench.sounding` reads a job as JSON.

The jobs with a microphone expect the virtual sound system in the environment.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.worker import _memory
from cairn.audio import ogg
from cairn.audio.encode import Encoder
from cairn.audio.journal import JournalWriter
from cairn.audio.peaks import peaks_of
from sound.rig import RATE
from sound.taking import babble, create, following, pieces

HOUR = 3600


def memory(job: dict[str, Any]) -> dict[str, Any]:
    """Growth of the process while it records so many seconds, after the first five minutes."""
    recorder, feed = following(create(Path(job["folder"]) / "memory.jnl"))
    said = [piece for piece in pieces(babble(60), RATE // 10)]
    start, cpu, settled = time.perf_counter(), time.process_time(), 0
    for minute in range(job["seconds"] // 60):
        for piece in said:
            feed(piece)
        if minute == 4:
            settled = _memory("VmRSS")
    grown = _memory("VmRSS") - settled
    recorder.stop()
    took = time.process_time() - cpu
    return {"grown": grown, "cpu": took, "seconds": time.perf_counter() - start}


def capture(job: dict[str, Any]) -> dict[str, Any]:
    """Record from the microphone into a vault; with `window`, in the window as a person sees it."""
    from PySide6.QtTest import QTest

    from cairn.app.interviews import interviews
    from cairn.app.kernel import session
    from cairn.qt import application
    from cairn.qt.base import language, tasks
    from cairn.qt.media.recording.host import RecorderHost
    from cairn.qt.screens.interviews.conversation.console import Console
    from cairn.qt.screens.interviews.workspace import Workspace
    from cairn.qt.shell.window import Window

    app = application.make(["cairn"])
    s = session.open_vault(Path(job["vault"]), job["passphrase"])
    chosen = interviews.create(s, title="Measured")
    window, beat, acts = None, Beat(), {}
    if job["window"]:
        language.set_language(app, "en")
        window = Window(app)
        window.resize(1280, 800)
        window.show()
        window.enter(s)
        _until(lambda: tasks.busy() == 0)
        window.desk.open("interviews", chosen)  # type: ignore[union-attr]  # the vault is open
        _until(lambda: tasks.busy() == 0)
        # A person needs a moment from the interview to its Conversation, too.
        QTest.qWait(1000)
        beat.begin()
        window.findChildren(Workspace)[-1].open_tab("conversation")
        QTest.qWait(1000)
        acts["opened"] = beat.worst
        host = window.recorder
    else:
        host = RecorderHost()
    QTest.qWait(500)
    begun = []
    beat.begin()
    for _ in range(1 if job["window"] else 3):
        start = time.perf_counter()
        host.begin(s, chosen)
        _until(lambda: host.snapshot is not None and host.snapshot.on_disk_ms > 0)
        begun.append(time.perf_counter() - start)
        if len(begun) < 3 and not job["window"]:
            host.stop(s)
            _until(lambda: host.state == "idle")
    acts["begun"] = beat.worst
    if window is not None and not any(one.isVisible() for one in window.findChildren(Console)):
        raise RuntimeError("the console is not on the screen")
    beat.begin()
    cpu, start = time.process_time(), time.perf_counter()
    QTest.qWait(job["seconds"] * 1000)
    spent = time.perf_counter() - start
    share = (time.process_time() - cpu) / spent
    blocked, busy = sorted(beat.blocked)[-20:], max(beat.busy)
    beat.begin()
    host.stop(s)
    _until(lambda: host.state == "idle" and tasks.busy() == 0)
    acts["stopped"] = beat.worst
    beat.end()
    if window is not None:
        window.lock()
        _until(lambda: tasks.busy() == 0)
        window.close()
        window.deleteLater()
    tasks.shut_down()
    if window is None:
        s.close()
    return {"begun": begun, "share": share, "blocked": blocked, "busy": busy, "acts": acts}


class Beat:
    """How long the window's thread was kept from its events: in all, and at work itself, in seconds."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.blocked, self.busy = [0.0], [0.0]
        self._last = 0.0, 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)

    @property
    def worst(self) -> float:
        return max(self.blocked)

    def begin(self) -> None:
        """Forget what was, and measure."""
        self.blocked, self.busy = [0.0], [0.0]
        self._last = time.perf_counter(), time.thread_time()
        self._timer.start(2)

    def end(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self.blocked.append(now[0] - self._last[0])
        self.busy.append(now[1] - self._last[1])
        self._last = now


def jump(job: dict[str, Any]) -> dict[str, Any]:
    """Seconds from a jump to the first sample given to the sound output, and until it is heard."""
    from PySide6.QtTest import QTest

    from cairn.app.interviews import interviews
    from cairn.app.kernel import session
    from cairn.app.sound import recordings
    from cairn.decode.host import DecodeHost
    from cairn.qt import application
    from cairn.qt.base import tasks
    from cairn.qt.media.sound.player import Player
    from sound.rig import Ear

    application.make(["cairn"])
    s = session.open_vault(Path(job["vault"]), job["passphrase"])
    chosen = interviews.create(s, title="Four hours")
    running = recordings.begin(s, chosen)
    _long(running.journal, 4 * HOUR)
    view = recordings.finish(s, running.recording)
    player, host = Player(), DecodeHost()
    reader = recordings.reader(s, view.id)
    player.open(reader, host, duration=view.duration)
    _until(lambda: player.known)
    handed: list[float] = []
    feed = player.playback.feed

    def watched(data: bytes) -> None:
        handed.append(time.perf_counter())
        feed(data)

    player.playback.feed = watched  # type: ignore[method-assign]
    chance, given, heard = random.Random(4), [], []
    ear = Ear(dict(os.environ), "speaker.monitor")
    for _ in range(job["times"] + 1):
        place = chance.randrange(0, view.duration - 60_000)
        ear.wait(ear.seconds + 0.1)
        before, start = len(ear.samples()), time.perf_counter()
        handed.clear()
        player.play_from(place)
        _until(lambda: bool(handed))
        given.append(handed[0] - start)
        _until(lambda before=before: bool((ear.samples()[before:] != 0).any()))
        heard.append(time.perf_counter() - start)
        player.pause()
        mark = ear.seconds
        while ear.seconds < mark + 0.8:
            QTest.qWait(20)
    ear.close()
    player.close()
    reader.close()
    host.close()
    tasks.shut_down()
    s.close()
    # The first one also starts the sound output.
    return {"given": given[1:], "heard": heard[1:], "first": given[0], "duration": view.duration}


def draw(job: dict[str, Any]) -> dict[str, Any]:
    """Seconds to draw four hours anew, in a wide window."""
    from PySide6.QtWidgets import QApplication

    from cairn.qt import application
    from cairn.qt.media.sound.waveform import Waveform

    application.make(["cairn"])
    chance, took = random.Random(5), []
    wave = Waveform()
    wave.resize(1600, 160)
    wave.show()
    for _ in range(job["times"]):
        peaks = chance.randbytes(4 * HOUR * 20)
        QApplication.processEvents()
        start = time.perf_counter()
        wave.set_duration(4 * HOUR * 1000)
        wave.set_peaks(peaks)
        wave.grab()
        took.append(time.perf_counter() - start)
    wave.deleteLater()
    return {"took": took}


def _long(journal: JournalWriter, seconds: int) -> None:
    """Hours of speech-like Opus in a journal: a minute of it, again and again, with pages numbered on."""
    parts: list[bytes] = []
    encoder = Encoder(parts.append, "opus", RATE)
    said = babble(60)
    for piece in pieces(said, RATE):
        encoder.write(piece)
    preamble, data = parts[0], b"".join(parts[1:])
    found = list(ogg.pages(data))
    length = found[-1].granule - found[-1].granule % 960
    skip, peaks, sequence = ogg.pre_skip(preamble), peaks_of(pieces(said, RATE)), 2
    journal.preamble(preamble)
    for minute in range(seconds * RATE // length):
        for page in found:
            granule = minute * length + page.granule
            body = data[page.body : page.end]
            whole = ogg._page(page.flags, granule, page.serial, sequence, page.lacing, body)
            journal.sound(whole, granule - skip)
            sequence += 1
        journal.peaks(peaks, minute * len(peaks))
    journal.end("stopped", seconds * RATE // length * length - skip)
    journal.close()


def _until(holds: Callable[[], bool]) -> None:
    from PySide6.QtCore import QCoreApplication, QEventLoop

    end = time.monotonic() + 60
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError("it takes too long")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        time.sleep(0.001)


JOBS = {"memory": memory, "capture": capture, "jump": jump, "draw": draw}


def main() -> None:
    """Do the job that stands on standard input."""
    job = json.load(sys.stdin)
    print(json.dumps(JOBS[job["do"]](job)))


if __name__ == "__main__":
    main()
