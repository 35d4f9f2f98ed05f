"""What `./dev bench --record` keeps, and how it is drawn."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench import history, sums
from bench.table import Figure, against, limited, times


def test_runs_are_kept_with_commit_and_machine_and_drawn_apart(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    assert history.drawn(file) == ["nothing was recorded yet: ./dev bench --record"]
    for number, (machine, seconds) in enumerate(
        [("A, 2 cores", 4.0), ("A, 2 cores", 2.0), ("B, 8 cores", 1.0)]
    ):
        figures = [
            against("seal", seconds, "age", 2.0, 1.0),
            limited("memory", 80, "MiB", 150),
            times("CPU", 3.0, "the sum", 2.0, 1.25),
            Figure("words", "none", ""),
        ]
        history.record(figures, machine, {"load": 0.1}, f"2026-12-0{number + 1}T00:00:00Z", file)
    kept = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [entry["machine"] for entry in kept] == ["A, 2 cores", "A, 2 cores", "B, 8 cores"]
    assert len(kept[0]["commit"]) == 12 and isinstance(kept[0]["changed"], bool) and kept[0]["load"] == 0.1
    assert kept[0]["figures"] == {
        "seal": {"value": 4.0, "unit": "s", "ratio": 0.5, "met": False},
        "memory": {"value": 80, "unit": "MiB", "ratio": None, "met": True},
        "CPU": {"value": 1.5, "unit": "×", "ratio": None, "met": False},
    }
    text = history.drawn(file)
    assert text[0] == "A, 2 cores" and text[1].startswith("2 runs, 2026-12-01 ")
    (first, second) = [line for line in text if line.startswith("seal")]
    assert "█▅" in first and "4.00 2.00 s (best 2.00)" in first and "MISSED" not in first
    assert "1.00 s" in second
    assert [line.split()[0] for line in history.drawn(file, only="mem") if "best" in line] == ["memory"] * 2


def test_a_run_is_recorded_and_drawn_by_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, asked = (
        tmp_path / "kept.jsonl",
        ["bench", "--folder", str(tmp_path), "--file", str(tmp_path / "kept.jsonl")],
    )
    monkeypatch.setattr(bench, "_measure", lambda _given, _folder: [limited("memory", 80, "MiB", 150)])
    monkeypatch.setattr(bench.peers, "available", lambda _folder: [])
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(sys, "argv", [*asked, "--quick", "--record"])
    assert bench.main() == 0
    said = capsys.readouterr()
    assert "memory" in said.out and f"recorded in {file}" in said.err
    (kept,) = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert kept["options"] == {"size": 128, "rounds": 2, "interviews": 1000}
    assert kept["machine"].endswith(platform.system()) and platform.release() not in kept["machine"]
    monkeypatch.setattr(sys, "argv", [*asked, "--history", "mem"])
    assert bench.main() == 0
    assert capsys.readouterr().out.splitlines() == [
        kept["machine"],
        f"1 run, {kept['at'][:10]} {kept['commit'][:8]}{'+' if kept['changed'] else ''}",
        "",
        f"{'memory':<58} {'█':<24}  80 MiB (best 80.00)",
    ]
    monkeypatch.setattr(bench, "_measure", lambda _given, _folder: [limited("memory", 180, "MiB", 150)])
    monkeypatch.setattr(sys, "argv", asked)
    assert bench.main() == 1, "a missed figure fails the command"
    assert len(file.read_text("utf-8").splitlines()) == 1, "nothing is recorded unasked"


def test_what_is_in_the_repository_can_be_drawn() -> None:
    text = history.drawn()
    assert len(text) > 3 and not any("nothing was recorded" in line for line in text)


def test_bars_begin_at_nothing() -> None:
    assert history.bars([]) == "" and history.bars([0, 0]) == "▁▁"
    assert history.bars([0, 1, 2, 4]) == "▁▃▅█"


def test_the_sum_counts_every_step(tmp_path: Path) -> None:
    source = tmp_path / "plain"
    source.write_bytes(bytes(range(256)) * 4 * 1024 * 2)
    for direction in ("seal", "take-in"):
        spent = sums.sum_of(source, tmp_path / "out", direction)
        assert set(spent) == {"read", "decrypt", "encrypt", "hash", "write"}
        assert not (tmp_path / "out").exists()
