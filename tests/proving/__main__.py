"""`./dev mutate`: change the rooms' code a little, thousands of times, and see that a test fails each time.

What survives must stand in `survivors.txt` with its reason. `--slice 1/4` takes each fourth change, beginning with the
first; `--only TEXT` those whose name has the text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from proving import cover
from proving.mutating import HUNG, NOTICED
from proving.rooms import ROOMS, ROOT, TESTS, modules, short

WORK = ROOT / "build" / "proving"
LIST = Path(__file__).with_name("survivors.txt")


def main() -> int:
    """0 when nothing survived that isn't listed."""
    given = _arguments()
    started = time.monotonic()
    outcomes: list[tuple[str, str, int, str]] = []
    for name in given.rooms or list(ROOMS):
        print(f"mutate: {name}", file=sys.stderr, flush=True)
        outcomes += _room(name, given)
    return report(outcomes, time.monotonic() - started, whole=given.slice == (1, 1) and not given.only)


def listed() -> dict[tuple[str, str], str]:
    """(module, mutant) → reason, from the list of survivors."""
    found: dict[tuple[str, str], str] = {}
    module = reason = ""
    for line in LIST.read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("== "):
            module = line[3:].strip()
        elif line.startswith("-- "):
            reason = line[3:].strip()
        else:
            found[module, line.strip()] = reason
    return found


def report(outcomes: list[tuple[str, str, int, str]], seconds: float, *, whole: bool) -> int:
    """Print what came of it."""
    known = listed()
    counted = Counter(outcome for *_, outcome in outcomes)
    new = [each for each in outcomes if each[3] not in (NOTICED, HUNG) and (each[0], each[1]) not in known]
    here = {(module, name): outcome for module, name, _, outcome in outcomes}
    stale = [each for each in known if here.get(each) in (NOTICED, HUNG) or (whole and _gone(each, here))]
    for module, name, line, outcome in new:
        print(f"{outcome} {module}:{line} {name}")
    for module, name in stale:
        print(f"listed, but noticed or no longer there: {module} {name}")
    parts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items()))
    print(f"{len(outcomes)} changes in {seconds / 60:.0f} min: {parts}; {len(new)} of them not listed")
    return int(bool(new))


def _gone(entry: tuple[str, str], here: dict[tuple[str, str], str]) -> bool:
    return entry not in here and any(module == entry[0] for module, _ in here)


def _room(name: str, given: argparse.Namespace) -> list[tuple[str, str, int, str]]:
    room = ROOMS[name]
    reached = _reached(name)
    wanted = [path for path in modules(room) if not given.modules or short(path) in given.modules]
    folder = WORK / f"{name}-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        job = {
            "modules": [
                {"name": short(path), "file": str(path), "lines": reached["lines"].get(str(path), {})}
                for path in wanted
            ],
            "seconds": reached["seconds"],
            "slice": given.slice[0] - 1,
            "slices": given.slice[1],
            "only": given.only,
        }
        (folder / "job.json").write_text(json.dumps(job), "utf-8")
        outcome = folder / "outcome"
        outcome.touch()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-s", "-n", "0", "-p", "proving.mutating",
             "-p", "no:cacheprovider", "-p", "no:faulthandler", *(str(TESTS / test) for test in room.tests)],
            cwd=ROOT, check=False, stdout=subprocess.DEVNULL,
            env=os.environ | {"PROVING_JOB": str(folder / "job.json"), "PROVING_OUTCOME": str(outcome)},
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{name}: the tests don't pass without a change, or pytest ended with {done.returncode}")
        lines = outcome.read_text("utf-8").splitlines()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [(module, change, line, said) for module, change, line, said in map(json.loads, lines)]


def _reached(name: str) -> dict[str, Any]:
    """Which tests reach which line, and how long they take: measured once for this state of tests and modules."""
    room = ROOMS[name]
    digest = hashlib.sha256()
    for path in sorted({*modules(room), *TESTS.rglob("*.py")}):
        if "node_modules" not in path.parts:
            digest.update(path.read_bytes())
    kept = WORK / f"{name}-{digest.hexdigest()[:16]}.json"
    if not kept.is_file():
        folder = WORK / f"reached-{os.getpid()}"
        folder.mkdir(parents=True)
        try:
            found = cover.measure(folder, [name], 0, contexts=True).get_data()
            lines = {
                file: {
                    str(line): [each for each in tests if each]
                    for line, tests in found.contexts_by_lineno(file).items()
                }
                for file in found.measured_files()
            }
            seconds = json.loads((folder / "seconds.json").read_text("utf-8"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        kept.write_text(json.dumps({"lines": lines, "seconds": seconds}), "utf-8")
    read: dict[str, Any] = json.loads(kept.read_text("utf-8"))
    return read


def _slice(text: str) -> tuple[int, int]:
    which, _, of = text.partition("/")
    found = int(which), int(of or 1)
    if not 1 <= found[0] <= found[1]:
        raise argparse.ArgumentTypeError("as in 2/4")
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev mutate", description=__doc__)
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument("--modules", nargs="+", default=[], metavar="FILE", help="as in crypto/aead.py")
    parser.add_argument("--slice", type=_slice, default=(1, 1), metavar="I/N", help="a share of the changes")
    parser.add_argument("--only", default="", metavar="TEXT", help="changes whose name has it")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
