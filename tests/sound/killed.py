"""Recordings that are killed (SIGKILL) at random moments, and what is left of them.

    python -m sound.killed FOLDER simulated|real COUNT

starts recording again and again, kills each, opens what lies on the disk, and prints a line of JSON for each:
how much had been fed when it was killed, how much was found, what was lost. `real` records into a vault at
the pace of a microphone and recovers through the vault; `simulated` writes journals as fast as they go.

A process of its own, because it forks: each recording is a child, and nothing has to be imported again.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import random
import signal
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.shared import FLOOR, PASSPHRASE
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.sound import recordings
from cairn.audio.recorder import Recorder
from sound.compare import likeness
from sound.rig import RATE
from sound.taking import babble, create, decoded, following, found, pieces

_SHARED = struct.Struct("qd")


class Told:
    """What a child says to its parent even when it is killed in the middle of a word: samples fed."""

    def __init__(self) -> None:
        self._page = mmap.mmap(-1, mmap.PAGESIZE)

    def say(self, samples: int) -> None:
        _SHARED.pack_into(self._page, 0, samples, time.monotonic())

    @property
    def samples(self) -> int:
        return int(_SHARED.unpack_from(self._page)[0])


def child(work: Callable[[Told], None], told: Told) -> int:
    """A process that records until it is killed. Returns its id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work(told)
    finally:
        os._exit(1)


def kill_when(pid: int, told: Told, samples: int, more: float) -> int:
    """Kill the child some real time after it fed so many samples. Returns what it had fed when it died."""
    end = time.monotonic() + 60
    while told.samples < samples:
        if time.monotonic() > end or os.waitpid(pid, os.WNOHANG)[0]:
            raise RuntimeError("the recording ended by itself")
        time.sleep(0.0005)
    time.sleep(more)
    os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the recording ended by itself")
    return told.samples


def simulated(folder: Path, count: int, chance: random.Random) -> None:
    """Journals alone, in a time that goes on with the sound."""
    said = [piece for piece in pieces(babble(60))]
    for number in range(count):
        path, told = folder / f"{number}.jnl", Told()
        encoding = "flac" if number % 5 == 4 else "opus"

        def record(told: Told, path: Path = path, encoding: str = encoding) -> None:
            _, feed = following(create(path, encoding))
            fed = 0
            for piece in said:
                fed += len(piece) // 2
                told.say(fed)
                feed(piece)
            raise RuntimeError("not killed in time")

        # Most early on, where a journal differs from moment to moment; a quarter anywhere in fifteen seconds.
        moment = chance.randrange(RATE // 50, (15 if number % 4 == 0 else 4) * RATE)
        fed = kill_when(child(record, told), told, moment, chance.random() * 0.004)
        result = found(path)
        tell(number, fed, result.duration_ms, interrupted=result.interrupted, encoding=encoding)
        path.unlink()


def real(folder: Path, count: int, chance: random.Random) -> None:
    """Vaults, at the pace of a microphone: begin, be killed, unlock, recover."""
    place = folder / "vault"
    made, _ = session.create_vault(place, label="Field 7", role="field", passphrase=PASSPHRASE, cost=FLOOR)
    made.close()
    interview, said = folder / "interview", babble(20)

    def record(told: Told) -> None:
        s = session.open_vault(place, PASSPHRASE)
        chosen = interviews.create(s, title="Killed")
        running = recordings.begin(s, chosen, device="FieldMic")
        interview.write_text(chosen)
        recorder = Recorder(running.journal)
        start, fed = time.monotonic(), 0
        for piece in pieces(said):
            fed += len(piece) // 2
            while (early := start + fed / RATE - time.monotonic()) > 0:
                time.sleep(early)
            told.say(fed)
            recorder.feed(piece)
            if fed == RATE // 2:
                recorder.mark("question", "What did you hear?")
        raise RuntimeError("not killed in time")

    for number in range(count):
        told = Told()
        moment = chance.randrange(RATE * 3 // 4, 5 * RATE)
        fed = kill_when(child(record, told), told, moment, chance.random() * 0.02)
        s = session.open_vault(place, PASSPHRASE)
        try:
            begun = recordings.unfinished(s)
            views = recordings.recover(s)
            if len(begun) != 1 or len(views) != 1 or recordings.unfinished(s):
                raise RuntimeError(f"{len(begun)} begun, {len(views)} recovered")
            (view,) = recordings.rows(s, interview.read_text())
            with recordings.reader(s, view.id) as reader:
                data = reader.read_at(0, reader.size)
            heard = decoded(data)
            alike = likeness(said[: len(heard)], heard)
            tell(
                number,
                fed,
                view.duration,
                interrupted=view.interrupted,
                marks=[mark.kind for mark in view.marks],
                intact=hashlib.sha256(data).hexdigest() == view.sha256,
                decoded_ms=len(heard) * 1000 // RATE,
                alike=round(alike.whole, 3),
                lag=alike.lag,
            )
        finally:
            s.close()


def tell(number: int, fed: int, found_ms: int, **more: Any) -> None:
    """One line of the table."""
    fed_ms = fed * 1000 // RATE
    line = {"run": number + 1, "fed_ms": fed_ms, "found_ms": found_ms, "lost_ms": fed_ms - found_ms, **more}
    print(json.dumps(line), flush=True)


def main() -> None:
    folder, kind, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    chance = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else None)
    {"simulated": simulated, "real": real}[kind](folder, count, chance)


if __name__ == "__main__":
    main()
