"""`./dev cover`: every branch of the rooms is taken by the rooms' own tests, or says beside it why it can't be."""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

import coverage

from proving.rooms import ROOMS, ROOT, TESTS, modules, short

EXCLUDED = [
    r"if TYPE_CHECKING:",
    # What a Protocol declares has no body that could run.
    r"^\s*\.\.\.$",
    r"\) -> .*: \.\.\.$",
    # On the line itself stands why no test gets there; `test_proving.py` holds that a reason follows.
    r"# not covered: .+",
]


def measure(folder: Path, rooms: list[str], workers: int, *, contexts: bool = False) -> coverage.Coverage:
    """Run the rooms' tests and return what they took. Exits with their code when they fail."""
    files = [path for name in rooms for path in modules(ROOMS[name])]
    tests = list(dict.fromkeys(str(TESTS / test) for name in rooms for test in ROOMS[name].tests))
    environment = os.environ | {
        "PROVING_MODULES": os.pathsep.join(map(str, files)),
        "PROVING_DATA": str(folder / "data"),
        "PROVING_CONTEXTS": "yes" if contexts else "",
        "PROVING_SECONDS": str(folder / "seconds.json"),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "proving.covering", "-p", "no:cacheprovider"]
    spread = ["-n", str(workers), "--dist", "loadfile"] if workers else ["-n", "0"]
    done = subprocess.run([*command, *spread, *tests], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    found = coverage.Coverage(
        data_file=str(folder / "data"), branch=True, config_file=False, include=list(map(str, files))
    )
    for pattern in EXCLUDED:
        found.exclude(pattern)
    found.combine()
    return found


def missing(found: coverage.Coverage, folder: Path) -> tuple[int, list[str]]:
    """How many statements and branches there are, and those that no test takes, in words."""
    report = folder / "report.json"
    with redirect_stdout(io.StringIO()):
        found.json_report(outfile=str(report))
    said = json.loads(report.read_text("utf-8"))
    lines = []
    for path, each in sorted(said["files"].items()):
        ways = [f"{start} to {end if end > 0 else 'the end'}" for start, end in each["missing_branches"]]
        untaken = [*map(str, each["missing_lines"]), *ways]
        if untaken:
            lines.append(f"{short(ROOT / path)}: {', '.join(untaken)}")
    return said["totals"]["num_statements"] + said["totals"]["num_branches"], lines


def main() -> int:
    """0 when nothing is missing."""
    parser = argparse.ArgumentParser(prog="./dev cover", description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"of {', '.join(ROOMS)} (all)")
    parser.add_argument("--workers", type=int, default=2, help="processes beside each other (2)")
    given = parser.parse_args()
    rooms = given.rooms or list(ROOMS)
    with tempfile.TemporaryDirectory(prefix="cairn-cover-") as folder:
        found = measure(Path(folder), rooms, given.workers)
        count, lines = missing(found, Path(folder))
    print("\n".join([f"{count} statements and branches in {', '.join(rooms)}", *lines]))
    print("all of them are taken" if not lines else f"not taken: see above, {len(lines)} modules")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
