"""What was measured before: `./dev bench --record` adds a line to `history.jsonl`, `--history` draws the lines.

Figures of two machines say nothing about each other, so they are drawn apart.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.table import Figure

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(__file__).with_name("history.jsonl")
BARS = "▁▂▃▄▅▆▇█"
WIDTH = 24
"""The newest so many are drawn."""


def record(
    figures: Sequence[Figure], machine: str, how: dict[str, Any], at: str, file: Path = FILE
) -> dict[str, Any]:
    """Append one run to `file`; returns what was written."""
    entry = {
        "at": at,
        "commit": _git("rev-parse", "--short=12", "HEAD"),
        # Whoever measures something that isn't committed should see so later.
        "changed": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "machine": machine,
        **how,
        "figures": {
            each.what: {"value": each.number, "unit": each.unit, "ratio": each.ratio, "met": each.met}
            for each in figures
            if each.number is not None
        },
    }
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return entry


def drawn(file: Path = FILE, only: str = "") -> list[str]:
    """The kept runs as text: for each machine and figure a line of bars, the oldest on the left, and the last three."""
    entries = _read(file)
    lines: list[str] = []
    for machine in dict.fromkeys(entry["machine"] for entry in entries):
        runs = [entry for entry in entries if entry["machine"] == machine]
        first, last = runs[0], runs[-1]
        span = (
            f"{len(runs)} runs, {_when(first)} to {_when(last)}"
            if len(runs) > 1
            else f"1 run, {_when(first)}"
        )
        lines += ["", machine, span, ""]
        for what in dict.fromkeys(name for entry in runs for name in entry["figures"]):
            if only in what:
                lines.append(
                    _line(what, [entry["figures"][what] for entry in runs if what in entry["figures"]])
                )
    return lines[1:] if lines else ["nothing was recorded yet: ./dev bench --record"]


def bars(values: Sequence[float]) -> str:
    """A bar for each value, between nothing and the largest: half as much is half as high."""
    most = max(values, default=0.0)
    return "".join(BARS[round(value / most * (len(BARS) - 1)) if most > 0 else 0] for value in values)


def _line(what: str, found: Iterable[dict[str, Any]]) -> str:
    known = list(found)
    values = [float(each["value"]) for each in known]
    unit = known[-1]["unit"]
    newest = " ".join(f"{value:,.2f}" if value < 10 else f"{value:,.0f}" for value in values[-3:])
    missed = "  MISSED" if known[-1]["met"] is False else ""
    return f"{what:<58} {bars(values[-WIDTH:]):<{WIDTH}}  {newest} {unit} (best {min(values):,.2f}){missed}"


def _when(entry: dict[str, Any]) -> str:
    return f"{entry['at'][:10]} {entry['commit'][:8]}{'+' if entry['changed'] else ''}"


def _read(file: Path) -> list[dict[str, Any]]:
    if not file.is_file():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
