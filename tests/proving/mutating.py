"""Plug-in for pytest: tries mutants instead of running the tests once.

The tests are collected once. For each mutant this process forks; the child exchanges the code of the changed
function, runs the tests that reach the changed line, the quickest first, and ends at the first that fails.
`PROVING_JOB` names a file with what is to be tried, `PROVING_OUTCOME` one that a line is added to for each mutant.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import shutil
import signal
import time
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol

from proving.mutants import Mutant, mutants

MEMORY = 4 * 1024**3
"""What a child may take: a change may ask for anything."""
NOTICED, SURVIVED, HUNG, UNTESTED, LOST = "noticed", "SURVIVED", "hung", "UNTESTED", "LOST"
_LOST = 3


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try every mutant of the job."""
    job = json.loads(Path(os.environ["PROVING_JOB"]).read_text("utf-8"))
    items = {item.nodeid: item for item in session.items}
    seconds: dict[str, float] = job["seconds"]
    # The tests' conftest has taken everything out of the collector's sight, where the functions are looked for.
    gc.unfreeze()
    # Without a change every test passes here too: else nothing that follows would say anything.
    control = _try(None, "", session.items, 60 + 10 * sum(seconds.values()))
    if control != SURVIVED:
        raise pytest.UsageError(f"without a change: {control}")
    with open(os.environ["PROVING_OUTCOME"], "a", encoding="utf-8") as out:
        for module in job["modules"]:
            source = Path(module["file"]).read_text("utf-8")
            reached: dict[str, list[str]] = module["lines"]
            for number, mutant in enumerate(mutants(source, module["file"])):
                if (number - job["slice"]) % job["slices"] or job["only"] not in mutant.name:
                    continue
                names = sorted(reached.get(str(mutant.line), []), key=lambda name: seconds.get(name, 1.0))
                chosen = [items[name] for name in names if name in items]
                limit = 20 + 10 * sum(seconds.get(item.nodeid, 1.0) for item in chosen)
                outcome = _try(mutant, module["file"], chosen, limit) if chosen else UNTESTED
                json.dump([module["name"], mutant.name, mutant.line, outcome], out, ensure_ascii=False)
                out.write("\n")
                out.flush()
    return True


def _try(mutant: Mutant | None, file: str, items: list[pytest.Item], limit: float) -> str:
    place = Path(os.environ["PROVING_JOB"]).parent / f"tmp-{os.getpid()}"
    place.mkdir()
    child = os.fork()
    if not child:
        _in_child(mutant, file, items, place)
    try:
        return _wait(child, time.monotonic() + limit)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _wait(child: int, until: float) -> str:
    pause = 0.002
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            _end(child)
            code = os.waitstatus_to_exitcode(status)
            return {0: SURVIVED, _LOST: LOST}.get(code, NOTICED)
        time.sleep(pause)
        pause = min(0.05, pause * 1.3)
    _end(child)
    os.waitpid(child, 0)
    return HUNG


def _end(child: int) -> None:
    """The child and whatever it has started."""
    try:
        os.killpg(child, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _in_child(mutant: Mutant | None, file: str, items: list[pytest.Item], place: Path) -> None:
    """Never returns: 0 when every test passed."""
    try:
        os.setsid()
        quiet = os.open(os.devnull, os.O_RDWR)
        for each in (0, 1, 2):
            os.dup2(quiet, each)
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        items[0].config._tmp_path_factory._basetemp = place  # type: ignore[attr-defined]
        if mutant is not None and not exchange(mutant, file):
            os._exit(_LOST)
        for item, following in zip(items, [*items[1:], None], strict=True):
            for report in runtestprotocol(item, nextitem=following, log=False):
                if report.failed:
                    os._exit(1)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, the change was noticed
        os._exit(2)


def exchange(mutant: Mutant, file: str) -> bool:
    """Give the function its changed code; whether there was one."""
    found = False
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and _is(each.__code__, mutant, file):
            each.__code__ = mutant.code
            found = True
    return found


def _is(code: CodeType, mutant: Mutant, file: str) -> bool:
    return (
        code.co_filename == file and code.co_qualname == mutant.outer and code.co_firstlineno == mutant.first
    )
