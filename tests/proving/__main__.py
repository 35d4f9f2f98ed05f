"""`./dev mutate`: change the rooms' code a little, thousands of times, and see that a test fails each time.

What survives must stand in `survivors.txt` with its reason. `--slice 1/4` takes each fourth change, beginning with the
first; `--only TEXT` those whose name has the text.

Outcomes are kept as they come (`build/proving/ROOM.outcomes`), so that a run that was interrupted goes on, and after a
change of one module or one test only what that can concern is tried again:

- *Noticed* holds while the module is the same, and the test that noticed is the same (its file, what stands beside it
  for tests to use, and the helpers of all tests) and still reaches the line.
- That nothing noticed holds only while all modules of the room, its tests and what stands beside these are the same,
  and no more is asked for: `--enough SECONDS` tries each change with tests that take so long together. What only slow
  tests notice is as good as unnoticed where one works, so few seconds are usual; what survives them may be tried with
  more before it is looked at.

What else a test uses, modules and helpers of other rooms, may change meanwhile: `--fresh` forgets what was kept.
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
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from proving import cover
from proving.mutants import mutants
from proving.mutating import HUNG, NOTICED
from proving.rooms import ROOMS, ROOT, TESTS, modules, short

WORK = ROOT / "build" / "proving"
LIST = Path(__file__).with_name("survivors.txt")


class Outcome(NamedTuple):
    """What came of one change."""

    module: str
    name: str
    line: int
    outcome: str


class Reached(NamedTuple):
    """What a run of a room's tests has shown."""

    state: str
    """Digest of the room's modules and of its tests, with what stands beside them."""
    excluded: dict[str, list[int]]
    """File → lines beside which stands why no test gets there (`./dev cover`): they are not changed either."""
    lines: dict[str, dict[str, list[str]]]
    """File → line → tests that reach it."""
    seconds: dict[str, tuple[float, float]]
    """Test → how long it takes: by the clock, and of the processor."""


def main() -> int:
    """0 when nothing survived that isn't listed, and nothing is listed that doesn't survive."""
    given = _arguments()
    failed = False
    for name in given.rooms or list(ROOMS):
        print(f"mutate: {name}", file=sys.stderr, flush=True)
        started = time.monotonic()
        outcomes, kept = _room(name, given)
        whole = given.slice == (1, 1) and not given.only and not given.modules
        failed |= report(name, outcomes, kept, time.monotonic() - started, whole=whole)
    return int(failed)


def listed(text: str | None = None) -> dict[tuple[str, str], str]:
    """(module, mutant) → reason, from the list of survivors. A reason goes no further than its module.

    ValueError: a change that is listed twice, or belongs to no module.
    """
    found: dict[tuple[str, str], str] = {}
    module = reason = ""
    for line in (LIST.read_text("utf-8") if text is None else text).splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("== "):
            module, reason = line[3:].strip(), ""
        elif line.startswith("-- "):
            reason = line[3:].strip()
        else:
            entry = module, line.strip()
            if entry in found or not module:
                raise ValueError(f"listed twice, or under no module: {entry}")
            found[entry] = reason
    return found


def report(room: str, outcomes: list[Outcome], kept: int, seconds: float, *, whole: bool) -> bool:
    """Print what came of a room; whether anything is to be done."""
    known = listed()
    counted = Counter(each.outcome for each in outcomes)
    new = [
        each
        for each in outcomes
        if each.outcome not in (NOTICED, HUNG) and (each.module, each.name) not in known
    ]
    here = {(each.module, each.name): each.outcome for each in outcomes}
    own = {short(path) for path in modules(ROOMS[room])}
    stale = [
        each
        for each in known
        if here.get(each) in (NOTICED, HUNG) or (whole and each[0] in own and each not in here)
    ]
    for each in new:
        print(f"{each.outcome} {each.module}:{each.line} {each.name}")
    for module, name in stale:
        print(f"listed, but noticed or no longer there: {module} {name}")
    parts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items()))
    print(
        f"{room}: {len(outcomes)} changes in {seconds / 60:.1f} min: {parts}; {len(new)} of them not listed"
        + (f"; {kept} known from before" if kept else ""),
        flush=True,
    )
    return bool(new or stale)


def _room(name: str, given: argparse.Namespace) -> tuple[list[Outcome], int]:
    """What came of every change that is asked for, and of how many that was known."""
    room = ROOMS[name]
    reached = _reached(name)
    keeping = WORK / f"{name}.outcomes"
    if given.fresh:
        keeping.unlink(missing_ok=True)
    keeping.touch()
    wanted: dict[str, dict[str, int]] = {}
    job_modules = []
    known = 0
    for path in modules(room):
        if given.modules and short(path) not in given.modules:
            continue
        lines = reached.lines.get(str(path), {})
        excluded = set(reached.excluded.get(str(path), ()))
        made = mutants(path.read_text("utf-8"), str(path))
        all_of_it = [each for each in made if each.line not in excluded]
        here = {
            each.name: each.line
            for number, each in enumerate(all_of_it)
            if (number - given.slice[0] + 1) % given.slice[1] == 0 and given.only in each.name
        }
        before = _kept(keeping, path)
        valid = {
            change
            for change in here.keys() & before.keys()
            if _holds(before[change], lines, reached.state, given.enough)
        }
        known += len(valid)
        wanted[short(path)] = here
        job_modules.append(
            {
                "name": short(path),
                "file": str(path),
                "digest": _digest(path),
                "lines": lines,
                "skip": [each.name for each in made if each.name not in here or each.name in valid],
                "survived": [change for change, each in before.items() if not each["by"]],
                "noticed": {change: each["by"] for change, each in before.items() if each["by"]},
            }
        )
    if sum(map(len, wanted.values())) > known:
        _try(name, job_modules, reached, keeping, given)
    found = {short(path): _kept(keeping, path) for path in modules(room)}
    return [
        Outcome(module, change, line, found[module][change]["outcome"])
        for module, here in wanted.items()
        for change, line in here.items()
    ], known


def _try(
    name: str, job_modules: list[dict[str, Any]], reached: Reached, keeping: Path, given: argparse.Namespace
) -> None:
    """Run pytest with the plug-in that tries changes. Exits when that fails."""
    folder = WORK / f"{name}-{os.getpid()}"
    folder.mkdir(parents=True)
    tests = [str(TESTS / test) for test in ROOMS[name].tests]
    # The vaults that tests make are written as often as there are changes: in memory, where a place is named.
    place = Path(os.environ.get("PYTEST_DEBUG_TEMPROOT", folder)) / f"cairn-mutate-{os.getpid()}"
    place.mkdir(parents=True)
    try:
        files = {test.partition("::")[0] for test in reached.seconds}
        lines = Counter(test for file in reached.lines.values() for tests in file.values() for test in tests)
        job = {
            "modules": job_modules,
            "seconds": {test: (*took, lines[test]) for test, took in reached.seconds.items()},
            "state": reached.state,
            "tests": {file: _test(file) for file in files},
            "jobs": given.jobs,
            "enough": given.enough,
            "place": str(place),
        }
        (folder / "job.json").write_text(json.dumps(job), "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-s", "-n", "0", "-p", "proving.mutating",
             "-p", "no:cacheprovider", "-p", "no:faulthandler", *tests],
            cwd=ROOT, check=False, stdout=subprocess.DEVNULL,
            env=os.environ | {"PROVING_JOB": str(folder / "job.json"), "PROVING_OUTCOME": str(keeping)},
        )  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)
    if done.returncode:
        sys.exit(f"{name}: the tests don't pass without a change, or pytest ended with {done.returncode}")


def _kept(keeping: Path, path: Path) -> dict[str, dict[str, Any]]:
    """Change → its last outcome, of a module as it is now."""
    found = {}
    for line in keeping.read_text("utf-8").splitlines():
        try:
            each = json.loads(line)
        except ValueError:
            continue  # the run ended while it was written
        if each["module"] == short(path) and each["digest"] == _digest(path):
            found[each["name"]] = each
    return found


def _holds(each: dict[str, Any], lines: dict[str, list[str]], state: str, enough: float) -> bool:
    """Whether an outcome from before still says something; the beginning of this module says when."""
    if each["outcome"] not in (NOTICED, HUNG):
        return bool(each["state"] == state and each["enough"] >= enough)
    file = each["by"].partition("::")[0]
    reached = range(each["line"], each.get("last", each["line"]) + 1)
    return bool(
        each["test"] == _test(file) and any(each["by"] in lines.get(str(line), ()) for line in reached)
    )


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


@cache
def _test(file: str) -> str:
    """A digest of a file of tests with all that tests share: "" when it isn't there."""
    path = ROOT / file
    if not path.is_file():
        return ""
    beside = [each for folder in (path.parent, TESTS) for each in folder.glob("*.py") if not _is_test(each)]
    return hashlib.sha256("".join(_digest(each) for each in sorted({path, *beside})).encode()).hexdigest()[
        :16
    ]


def _is_test(path: Path) -> bool:
    return path.name.startswith("test_")


def _reached(name: str) -> Reached:
    """Which tests reach which line, and how long they take: measured once for this state of tests and modules."""
    room = ROOMS[name]
    digest = hashlib.sha256()
    beside = {path if path.is_dir() else path.parent for path in (TESTS / test for test in room.tests)}
    # Of the tool itself what says which examples are tried.
    steady = LIST.with_name("steady.py")
    for path in sorted(
        {*modules(room), *TESTS.glob("*.py"), *(p for b in beside for p in b.rglob("*.py")), steady}
    ):
        digest.update(path.read_bytes())
    state = digest.hexdigest()[:16]
    kept = WORK / f"{name}-{state}.json"
    if not kept.is_file():
        folder = WORK / f"reached-{os.getpid()}"
        folder.mkdir(parents=True)
        try:
            measured = cover.measure(folder, [name], 0, contexts=True)
            found = measured.get_data()
            excluded = {file: measured.analysis2(file)[2] for file in found.measured_files()}
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
        for old in WORK.glob(f"{name}-*.json"):
            old.unlink()
        kept.write_text(json.dumps({"excluded": excluded, "lines": lines, "seconds": seconds}), "utf-8")
    read = json.loads(kept.read_text("utf-8"))
    return Reached(state, read["excluded"], read["lines"], read["seconds"])


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
    parser.add_argument(
        "--jobs", type=int, default=2, metavar="N", help="changes tried beside each other (2)"
    )
    parser.add_argument(
        "--enough", type=float, default=5.0, metavar="SECONDS", help="of the tests of one change (5)"
    )
    parser.add_argument("--fresh", action="store_true", help="try what is known from before again")
    parser.add_argument("--only", default="", metavar="TEXT", help="changes whose name has it")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
