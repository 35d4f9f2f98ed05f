"""Recordings in simulated time: every sample accounted for, memory flat, the second of a power cut."""

from __future__ import annotations

import resource
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from cairn.audio import journal as journals
from cairn.audio.recorder import Recorder
from sound.compare import likeness
from sound.rig import RATE
from sound.taking import Clock, babble, create, decoded, following, found, pieces, steps

HOUR = 3600


class Streamed:
    """A file made of pieces, read once from its beginning: four hours needn't lie in memory."""

    def __init__(self, path: Path, parts: Any) -> None:
        with path.open("wb") as file:
            for part in parts:
                file.write(part)
        self.path = path


@pytest.mark.slow
def test_four_hours_with_every_sample_accounted_for(tmp_path: Path) -> None:
    import soundfile

    recorder = Recorder(create(tmp_path / "a.jnl", "flac"), now=(clock := Clock()))
    before = 0
    for start in range(0, 4 * HOUR, 10):
        for piece in pieces(steps(start, 10), RATE):
            recorder.feed(piece)
        clock.seconds += 10
        # Simulated time is far ahead of real time: the worker is waited for where a microphone would wait.
        recorder.settle()
        if start == 20 * 60:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if start == HOUR:
            recorder.mark("question", "How did the river look?")
        if start % HOUR == HOUR // 2:
            recorder.pause("차")
            for piece in pieces(steps(start, 7), RATE):
                recorder.feed(piece)
            clock.seconds += 7
            recorder.resume()
    recorder.stop()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert recorder.snapshot().failure is None
    result = found(tmp_path / "a.jnl")
    assert (result.frames, result.duration_ms) == (4 * HOUR * RATE, 4 * HOUR * 1000)
    assert not result.interrupted and not result.damaged
    asked = [mark.at for mark in result.marks if mark.kind == "question"]
    away = [(mark.at, mark.away) for mark in result.marks if mark.kind == "pause"]
    assert asked == [(HOUR + 10) * 1000]
    assert away == [((hour * HOUR + HOUR // 2 + 10) * 1000, 7000) for hour in range(4)]
    assert len(result.peaks) == 4 * HOUR * 20
    whole = Streamed(tmp_path / "a.flac", result.sound)
    with soundfile.SoundFile(whole.path) as file:
        assert file.frames == 4 * HOUR * RATE
        for start in range(0, 4 * HOUR, 60):
            assert np.array_equal(file.read(60 * RATE, "int16"), steps(start, 60)), start
        assert not len(file.read(1, "int16"))
    assert grown < 5, f"{grown:.1f} MB"


@pytest.mark.slow
def test_ten_minutes_of_opus_to_the_sample(tmp_path: Path) -> None:
    recorder, feed = following(create(tmp_path / "a.jnl"))
    parts = [babble(10, seed) for seed in range(3)]
    for number in range(60):
        for piece in pieces(parts[number % 3], RATE // 10):
            feed(piece)
    recorder.stop()
    result = found(tmp_path / "a.jnl")
    assert (result.frames, result.duration_ms) == (600 * RATE, 600_000)
    heard = decoded(b"".join(result.sound))
    assert len(heard) == 600 * RATE
    for number in (0, 29, 59):
        alike = likeness(parts[number % 3], heard[number * 10 * RATE : (number + 1) * 10 * RATE])
        assert alike.lag == 0
        assert alike.drift <= 3
        assert alike.worst > 0.9


@pytest.mark.parametrize("encoding", ["opus", "flac"])
def test_a_power_cut_takes_a_second_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """What the system had not yet been told to keep is gone: at every moment that is less than a second."""
    path, fed, synced = tmp_path / "a.jnl", [0], []

    def sync(handle: int) -> None:
        synced.append((fed[0], path.stat().st_size))

    monkeypatch.setattr(journals, "_sync_data", sync)
    recorder, feed = following(create(path, encoding))
    for piece in pieces(babble(40)):
        fed[0] += len(piece) // 2
        feed(piece)
    recorder.stop()
    whole = path.read_bytes()
    lost = []
    for (_, size), (until, _) in pairwise(synced):
        (tmp_path / "cut.jnl").write_bytes(whole[:size])
        lost.append(until * 1000 // RATE - found(tmp_path / "cut.jnl").duration_ms)
    assert len(lost) > 60
    assert max(lost) <= 1000, max(lost)


def test_every_piece_however_small_or_large_is_kept(tmp_path: Path) -> None:
    """A device that delivers late and in bursts, single bytes and seconds at once."""
    recorder = Recorder(create(tmp_path / "a.jnl", "flac"))
    said = babble(20)
    data, at, chance = said.tobytes(), 0, np.random.default_rng(3)
    while at < len(data):
        size = int(chance.choice([1, 3, 7, 960, 1919, 48_001, 4 * 96_000]))
        recorder.feed(data[at : at + size])
        at += size
    recorder.stop()
    assert np.array_equal(decoded(b"".join(found(tmp_path / "a.jnl").sound)), said)


def test_pauses_gaps_and_off_the_record_add_no_time_and_leave_no_seam(tmp_path: Path) -> None:
    clock = Clock()
    recorder = Recorder(create(tmp_path / "a.jnl", "flac"), now=clock)
    said = babble(6)
    halves = [said[: 2 * RATE], said[2 * RATE : 4 * RATE], said[4 * RATE :]]

    def feed(part: Any) -> None:
        for piece in pieces(part):
            recorder.feed(piece)
            clock.seconds += len(piece) / 2 / RATE

    feed(halves[0])
    recorder.pause("The neighbour came in.")
    feed(babble(1, 2))
    recorder.resume()
    feed(halves[1])
    recorder.off()
    feed(babble(3, 3))
    recorder.on()
    recorder.gap()
    clock.seconds += 4
    recorder.back()
    feed(halves[2])
    recorder.stop()
    result = found(tmp_path / "a.jnl")
    assert np.array_equal(decoded(b"".join(result.sound)), said)
    assert [msgspec.to_builtins(mark) for mark in result.marks] == [
        msgspec.to_builtins(mark) for mark in recorder.snapshot().marks
    ]
    assert [(mark.kind, mark.at, mark.away) for mark in result.marks] == [
        ("pause", 2000, 1000),
        ("off", 4000, 3000),
        ("gap", 4000, 4000),
    ]
    assert result.excluded == ()
