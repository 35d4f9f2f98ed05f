"""Recordings killed at random moments: every one is found again, with all but its last second."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def killed(root: Path, folder: Path, kind: str, count: int) -> list[dict[str, Any]]:
    """The lines of the table."""
    path = os.pathsep.join([str(root / "desktop"), str(root / "tests")])
    done = subprocess.run(
        [sys.executable, "-m", "sound.killed", str(folder), kind, str(count)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr[-2000:]
    table = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(table) == count
    # Shown when the test fails: which of them, and at what moment.
    print("\n".join(done.stdout.splitlines()))
    return table


@pytest.mark.slow
def test_two_hundred_kills_in_simulated_time_cost_less_than_a_second_each(root: Path, tmp_path: Path) -> None:
    table = killed(root, tmp_path, "simulated", 200)
    assert max(line["lost_ms"] for line in table) <= 1000
    assert min(line["lost_ms"] for line in table) >= 0
    assert all(line["interrupted"] for line in table)


@pytest.mark.slow
@pytest.mark.real_time
def test_ten_kills_in_real_time_are_recovered_by_the_next_unlock(root: Path, tmp_path: Path) -> None:
    for line in killed(root, tmp_path, "real", 10):
        assert 0 <= line["lost_ms"] <= 1000, line
        assert line["interrupted"], line
        assert line["marks"] == ["question"], line
        assert line["intact"], line
        assert 0 <= line["found_ms"] - line["decoded_ms"] <= 1, line
        assert line["alike"] > 0.9, line
        assert abs(line["lag"]) <= 2, line
