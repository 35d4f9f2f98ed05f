"""Twenty minutes that come in bursts, with pauses: every sample accounted for. Four hours: tests/sound."""

from __future__ import annotations

import random
import resource
from pathlib import Path

import numpy as np
import soundfile

from audio.source import RATE, Clock, new_journal, reader, steps
from cairn.audio.recorder import Recorder
from cairn.audio.replay import replay
from cairn.model.kinds.recording import Mark


def resident() -> int:
    """Most memory that this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class Feeder:
    """A microphone that delivers late and in bursts, never faster than a minute ahead of the disk."""

    def __init__(self, recorder: Recorder, clock: Clock) -> None:
        self.recorder, self.clock = recorder, clock
        self.heard = 0
        self.kept: list[tuple[int, int]] = []
        self._random = random.Random(4)

    def hear(self, count: int, *, kept: bool = True) -> None:
        if kept:
            self.kept.append((self.heard, count))
        left = count
        while left:
            piece = min(left, self._random.choice((960, 1920, 4800, 12_345, 48_000, 240_000)))
            self.recorder.feed(steps(self.heard, piece).tobytes())
            self.heard += piece
            self.clock.now += piece / RATE
            left -= piece
            snapshot = self.recorder.snapshot() if piece > 40_000 else None
            if snapshot is not None and snapshot.at_ms - snapshot.on_disk_ms > 60_000:
                self.recorder.settle()


MINUTES = 20


def test_in_bursts_and_with_pauses_every_sample(tmp_path: Path) -> None:
    path, clock = tmp_path / "ab.jnl", Clock()
    recorder = Recorder(new_journal(path, "flac"), now=clock)
    feeder, marks = Feeder(recorder, clock), []
    feeder.hear(60 * RATE)
    before = resident()
    while sum(count for _, count in feeder.kept) < MINUTES * 60 * RATE:
        feeder.hear(599 * RATE + 960)
        marks.append(recorder.mark("question", f"{len(marks) + 1}"))
        feeder.hear(RATE - 960)
        recorder.pause("차")
        feeder.hear(7 * RATE, kept=False)
        recorder.resume()
    recorder.settle()
    assert recorder.snapshot().at_ms - recorder.snapshot().on_disk_ms < 1000
    recorder.stop()
    grown = resident() - before
    total = sum(count for _, count in feeder.kept)

    found = replay(reader(path))
    assert found.frames == total and not found.interrupted and not found.damaged
    assert len(found.peaks) == recorder.snapshot().at_ms // 50
    assert [mark for mark in found.marks if mark.kind == "question"] == marks
    pauses = [mark for mark in found.marks if mark.kind == "pause"]
    assert len(pauses) == len(marks) and all(abs(mark.away - 7000) <= 1 for mark in pauses)
    assert pauses[-1] == Mark(at=pauses[-1].at, kind="pause", away=pauses[-1].away, text="차")

    file = path.with_name("sound.flac")
    with file.open("wb") as out:
        for piece in found.sound:
            out.write(piece)
    with soundfile.SoundFile(file) as sound:
        assert sound.frames == total
        for first, count in feeder.kept:
            at = first
            while at < first + count:
                step = min(1 << 20, first + count - at)
                assert np.array_equal(sound.read(step, dtype="int16"), steps(at, step)), at
                at += step
        assert not len(sound.read(1))
    # The queue may hold a minute of sound; what stays is a peak for each 50 ms.
    assert grown < 40 * 1024 * 1024
