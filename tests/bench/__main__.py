"""`./dev bench`: every figure that is promised, in one run and one table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import (
    bundles,
    expressions,
    history,
    installed,
    interviews,
    long_log,
    names,
    passages,
    peers,
    recording,
    records,
    soak,
    start,
)
from bench.table import Figure, lines, plain
from bench.worker import ROOT

MIB = 1024 * 1024
SECTIONS = (
    "bundles",
    "interviews",
    "records",
    "passages",
    "custody",
    "names",
    "expressions",
    "window",
    "sound",
    "soak",
    "installed",
)
DEFAULT = SECTIONS[:-1]
"""Without what needs a built package."""


def main() -> int:
    """Measure, print, and return 0 when every figure is met, else 1."""
    given = _arguments()
    if given.history is not None:
        print("\n".join(history.drawn(given.file, given.history)))
        return 0
    folder = given.folder / "cairn-bench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    # The settings of whoever runs this are neither read nor written.
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(folder / "home" / name.lower())
    try:
        tools = [peer.version() for peer in _and_close(peers.available(_sub(folder, "versions")))]
        figures = _measure(given, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if given.json:
        print(json.dumps({"machine": _machine(), "peers": tools, "figures": plain(figures)}, indent=1))
    else:
        print("\n".join([*_machine(), *[f"beside: {tool}" for tool in tools], "", *lines(figures)]))
    if given.record:
        how = {
            "load": round(os.getloadavg()[0], 1),
            "python": platform.python_version(),
            "options": {"size": given.size, "rounds": given.rounds, "interviews": given.interviews},
        }
        at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        history.record(figures, _computer(), how, at, given.file)
        _say(f"recorded in {given.file}")
    return int(any(each.met is False for each in figures))


def _measure(given: argparse.Namespace, folder: Path) -> list[Figure]:
    figures: list[Figure] = []
    if "bundles" in given.only:
        size = given.size * MIB
        free = shutil.disk_usage(folder).free
        if free < 6 * size:
            sys.exit(
                f"{6 * size // MIB:,} MiB of free space are needed in {folder}, there are {free // MIB:,}"
            )
        figures += bundles.measure(_sub(folder, "bundles"), size, given.rounds, _say)
    if "interviews" in given.only:
        figures += interviews.measure(_sub(folder, "interviews"), given.interviews, _say)
    if "records" in given.only:
        few, many = (300, 1000) if given.quick else (3000, 10_000)
        figures += records.measure(_sub(folder, "records"), few, many, _say)
    if "passages" in given.only:
        size, count = (20_000, 200) if given.quick else (200_000, 2000)
        figures += passages.measure(_sub(folder, "passages"), size, count, _say)
    if "custody" in given.only:
        entries = 50_000 if given.quick else 1_000_000
        figures += long_log.measure(_sub(folder, "custody"), entries, _say)
    if "expressions" in given.only:
        figures += expressions.measure(_say)
    if "names" in given.only:
        people, groups = (15_000, 30) if given.quick else (150_000, 120)
        figures += names.measure(people, groups, _say)
    if "window" in given.only:
        _say("opening the window")
        figures += start.measure(3)
    if "sound" in given.only:
        figures += recording.measure(_sub(folder, "sound"), quick=given.quick, say=_say)
    if "soak" in given.only:
        figures += soak.measure(_sub(folder, "soak"), 1000 if given.quick else soak.OPENINGS, _say)
    if "installed" in given.only:
        figures += installed.measure(_sub(folder, "installed"), 3 if given.quick else 5, _say)
    return figures


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--size", type=int, default=1024, metavar="MIB", help="of attachments (1024)")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved; the best counts (3)")
    parser.add_argument("--interviews", type=int, default=50_000, metavar="N", help="in the vault (50000)")
    parser.add_argument(
        "--quick", action="store_true", help="128 MiB, 2 rounds, 1000 interviews, 50,000 entries, 10 s"
    )
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=DEFAULT, help="some sections")
    parser.add_argument("--folder", type=Path, default=ROOT / "build", help="where to work (build/)")
    parser.add_argument("--record", action="store_true", help="append the figures, with commit and machine")
    parser.add_argument(
        "--history",
        nargs="?",
        const="",
        metavar="TEXT",
        help="draw what was recorded (with TEXT in its name)",
    )
    parser.add_argument(
        "--file", type=Path, default=history.FILE, help="where it is recorded (tests/bench/history.jsonl)"
    )
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    if given.quick:
        given.size, given.rounds, given.interviews = 128, 2, 1000
    return given


def _machine() -> list[str]:
    """What it was measured on, and how."""
    load = os.getloadavg()[0]
    names = ("cryptography", "sqlcipher3", "PySide6-Essentials")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    how = (
        "best of interleaved runs, page cache warm; Cairn hashes and signs, and makes its output durable (fsync); "
        "'synced' says that the other tool's output was made durable too"
    )
    return [
        f"machine: {_computer()}, load {load:.1f}",
        f"Python {platform.python_version()}, {versions}",
        f"how: {how}",
    ]


def _computer() -> str:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1024**3
    return f"{_processor()}, {os.cpu_count()} cores, {memory} GiB, {platform.system()}"


def _processor() -> str:
    try:
        said = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in said.splitlines() if "model name" in line), "?")


def _and_close(found: list[peers.Peer]) -> list[peers.Peer]:
    for peer in found:
        peer.close()
    return found


def _sub(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir(mode=0o700)
    return made


def _say(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
