"""The recorder's process, killed: at any moment, and by a limit of the system in the midst of a write."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from audio.source import played, steps, voice
from cairn.audio.journal import in_use

TESTS = Path(__file__).resolve().parents[1]
CHILD = """
import resource, sys
from pathlib import Path
from audio.source import RATE, new_journal, steps, voice
from cairn.audio.recorder import Recorder

path, encoding, limit = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sound = voice(60) if encoding == "opus" else steps(0, 600 * RATE)
recorder = Recorder(new_journal(path, encoding))
for at in range(0, len(sound), 960):
    recorder.feed(sound[at : at + 960].tobytes())
    snapshot = recorder.snapshot()
    # Never ahead of the disk by more than the promise allows: whoever waits here for long, breaks it.
    while snapshot.at_ms - snapshot.on_disk_ms > 900 and not snapshot.failure:
        snapshot = recorder.snapshot()
    print(snapshot.at_ms, snapshot.on_disk_ms, flush=True)
    if snapshot.failure:
        recorder.stop()
        print(snapshot.failure.code, flush=True)
        break
"""


def child(path: Path, encoding: str, limit: int = 0) -> subprocess.Popen[bytes]:
    import cairn

    source = Path(cairn.__file__).resolve().parents[1]
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), encoding, str(limit)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(source), str(TESTS)))},
    )


@pytest.mark.parametrize("encoding", ["opus", "flac"])
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_a_random_moment_less_than_a_second_is_lost(
    tmp_path: Path, encoding: str, seed: int
) -> None:
    path = tmp_path / "ab.jnl"
    lines = random.Random(seed * 7 + len(encoding)).randrange(1, 1500)
    with child(path, encoding) as process:
        assert process.stdout is not None
        said = b"0 0"
        for _ in range(lines):
            said = process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().splitlines()
        assert process.wait() == -signal.SIGKILL
    heard, safe = (int(word) for word in (rest[-1] if rest and rest[-1].count(b" ") else said).split())
    assert not in_use(path)
    result = played(path)
    assert result.found.interrupted and not result.found.damaged
    assert len(result.samples) == result.found.frames
    assert result.found.duration_ms >= safe
    assert heard - result.found.duration_ms <= 1000
    if encoding == "flac":
        assert np.array_equal(result.samples, steps(0, result.found.frames))
    elif result.found.frames > 24_000:
        sound = voice(60)[: result.found.frames].astype(float)
        assert np.corrcoef(result.samples.astype(float), sound)[0, 1] > 0.85


def test_a_limit_of_the_system_in_the_midst_of_a_write(tmp_path: Path) -> None:
    """What the kernel really does when a file can't grow: it takes a part."""
    path = tmp_path / "ab.jnl"
    with child(path, "opus", 50_001) as process:
        assert process.stdout is not None
        lines = process.stdout.read().splitlines()
        assert process.wait() == 0
    assert lines[-1] == b"machine.file-too-big"
    result = played(path)
    assert result.found.interrupted and not result.found.damaged and path.stat().st_size <= 50_001
    assert result.found.duration_ms >= int(lines[-2].split()[1]) > 5000
