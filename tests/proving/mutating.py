"""Plug-in for pytest: tries mutants instead of running the tests once.

The tests are collected once. For each mutant this process forks; the child exchanges the code of the changed
function, runs the tests that reach the changed line, and ends at the first that fails. First come the tests that
noticed the last change of the same function, then those that are most about it: quick ones that reach few lines of
the room; as many as take together what the job says is `enough`. `PROVING_JOB` names a file with what is to be tried,
`PROVING_OUTCOME` one that a line is added to for each mutant.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import select
import shutil
import signal
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from proving.mutants import Mutant, mutants
from proving.steady import steady

steady()

MEMORY = 4 * 1024**3
"""What a child may take: a change may ask for anything."""
NOTICED, SURVIVED, HUNG, UNTESTED, LOST = "noticed", "SURVIVED", "hung", "UNTESTED", "LOST"
LONGER = 1.0
"""Seconds that each test may take beyond five times what it took without a change."""
IDLE = 2.0
"""Seconds without any use of the processor after which a test that is over its time waits for ever."""
_LOST = 3
_ENDED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL)


Seconds = dict[str, tuple[float, float, int]]
"""Test → (seconds by the clock, seconds of the processor, lines of the room that it reaches) where nothing is changed."""
_UNKNOWN = 1.0, 1.0, 1000


@dataclass
class Trial:
    """A child that runs tests with a change in place."""

    mutant: Mutant | None
    module: dict[str, Any]
    items: list[pytest.Item]
    seconds: Seconds
    pid: int
    place: Path
    told: int
    """Where the child writes a byte before each test."""
    ended: int
    """Readable when the child has ended."""
    begun: int = 0
    """How many tests it has begun."""
    since: float = field(default_factory=time.monotonic)
    used: float = 0.0
    """Seconds of the processor when the test began."""
    last: tuple[float, float] = (0.0, 0.0)
    """(when, seconds of the processor), when that was last seen to change."""

    def hears(self) -> None:
        """Read what the child tells."""
        told = os.read(self.told, 4096)
        if told:
            self.begun += len(told)
            self.since = time.monotonic()
            self.used = _stat(self.pid)[2]
            self.last = (self.since, self.used)

    def hangs(self) -> bool:
        """Whether the test that runs will never end.

        By the processor's time, not by the clock alone: on a busy machine a test would be taken for hanging, and its
        change for noticed.
        """
        now = time.monotonic()
        took = self.seconds.get(self.items[self.begun - 1].nodeid, _UNKNOWN)[0] if self.begun else LONGER
        limit = LONGER + 5 * took
        if now - self.since < limit:
            return False
        used, busy = processor(self.pid)
        if busy or used != self.last[1]:
            self.last = (now, used)
        return used - self.used >= limit or now - self.last[0] >= IDLE

    def by(self) -> str:
        """The test that ran last."""
        return self.items[self.begun - 1].nodeid if self.begun else ""


def processor(session: int) -> tuple[float, bool]:
    """(seconds of the processor that a session of processes has used, whether one of them would run or reads)."""
    used, busy = 0.0, False
    for each in os.listdir("/proc"):
        if each.isdigit():
            try:
                of, state, took = _stat(int(each))
            except (FileNotFoundError, ProcessLookupError):
                continue
            if of == session:
                used += took
                busy |= state in ("R", "D")
    return used, busy


def _stat(pid: int) -> tuple[int, str, float]:
    """(session, state, seconds of the processor with those of children that ended) of one process."""
    # From `proc(5)`, less the two before the state: session, then utime, stime, cutime, cstime.
    fields = Path(f"/proc/{pid}/stat").read_text("latin-1").rpartition(")")[2].split()
    return int(fields[3]), fields[0], sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


Tried = tuple[dict[str, Any], Mutant, str, str]
"""(module of the job, mutant, outcome, the test that noticed)."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try every mutant of the job."""
    job = json.loads(Path(os.environ["PROVING_JOB"]).read_text("utf-8"))
    # The tests' conftest has taken everything out of the collector's sight, where the functions are looked for.
    gc.unfreeze()
    among = functions()
    # What is here stays: a child whose collector walked through it would copy all its pages.
    gc.collect()
    gc.freeze()
    # Without a change every test passes here too: else nothing that follows would say anything.
    control = _begin(None, {}, session.items, job["seconds"], Path(job["place"]), among)
    select.select([control.ended], [], [])
    said = _outcome(control)
    if said != SURVIVED:
        raise pytest.UsageError(f"without a change: {said}, {control.by()}")
    with open(os.environ["PROVING_OUTCOME"], "a", encoding="utf-8") as out:
        for told, mutant, outcome, by in _tried(job, {item.nodeid: item for item in session.items}, among):
            kept = {
                "module": told["name"], "digest": told["digest"], "name": mutant.name, "line": mutant.line,
                "last": mutant.last,
                "outcome": outcome, "by": by, "test": job["tests"].get(by.partition("::")[0], ""),
                "state": job["state"], "enough": job["enough"],
            }  # fmt: skip
            json.dump(kept, out, ensure_ascii=False)
            out.write("\n")
            out.flush()
    return True


def _tried(job: dict[str, Any], items: dict[str, pytest.Item], among: Functions) -> Iterator[Tried]:
    """Each as it ends, as many beside each other as the job says."""
    seconds: Seconds = job["seconds"]
    place = Path(job["place"])
    noticing: dict[tuple[str, str], str] = {}
    running: list[Trial] = []
    # What survived before comes last: it takes the longest, and is the least news.
    for last in (False, True):
        for module, mutant in _wanted(job, last=last):
            lines = range(mutant.line, mutant.last + 1)
            names = {name for line in lines for name in module["lines"].get(str(line), ())} & items.keys()
            if not names:
                yield module, mutant, UNTESTED, ""
                continue
            before = (module["noticed"].get(mutant.name), noticing.get((module["name"], mutant.function)))
            chosen = _enough(names, before, seconds, job["enough"])
            running.append(_begin(mutant, module, [items[each] for each in chosen], seconds, place, among))
            while len(running) >= job["jobs"]:
                yield from _first_of(running, noticing)
    while running:
        yield from _first_of(running, noticing)


def _wanted(job: dict[str, Any], *, last: bool) -> Iterator[tuple[dict[str, Any], Mutant]]:
    for module in job["modules"]:
        skip, survived = set(module["skip"]), set(module["survived"])
        for mutant in mutants(Path(module["file"]).read_text("utf-8"), module["file"]):
            if mutant.name not in skip and (mutant.name in survived) == last:
                yield module, mutant


def _enough(names: set[str], before: Collection[str | None], seconds: Seconds, enough: float) -> list[str]:
    """The tests to run for a change, in their order; `before` have noticed the same or a change close by.

    Where nothing is changed they take `enough` seconds of the processor together; the first of them may take more.
    """
    chosen: list[str] = []
    took = 0.0
    for name in sorted(names, key=lambda name: (name not in before, _breadth(seconds, name), name)):
        took += seconds.get(name, _UNKNOWN)[1]
        if chosen and took > enough and name not in before:
            break
        chosen.append(name)
    return chosen


def _breadth(seconds: Seconds, name: str) -> float:
    _, took, lines = seconds.get(name, _UNKNOWN)
    return lines * (took + 0.01)


def _first_of(running: list[Trial], noticing: dict[tuple[str, str], str]) -> Iterator[Tried]:
    """Wait until something happens to one of them; give those that have ended, and take them out."""
    watched = [end for each in running for end in (each.told, each.ended) if end >= 0]
    ready = select.select(watched, [], [], 0.5)[0]
    for trial in list(running):
        if trial.told in ready:
            trial.hears()
        ended = trial.ended in ready
        if not ended and not trial.hangs():
            continue
        running.remove(trial)
        outcome = _outcome(trial, hung=not ended)
        mutant = trial.mutant
        assert mutant is not None
        by = trial.by() if outcome in (NOTICED, HUNG) else ""
        if by:
            noticing[trial.module["name"], mutant.function] = by
        yield trial.module, mutant, outcome, by


def _begin(
    mutant: Mutant | None,
    module: dict[str, Any],
    items: list[pytest.Item],
    seconds: Seconds,
    place: Path,
    among: Functions,
) -> Trial:
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        _in_child(mutant, module.get("file", ""), items, place / f"tmp-{os.getpid()}", tell, among)
    os.close(tell)
    return Trial(mutant, module, items, seconds, child, place / f"tmp-{child}", told, os.pidfd_open(child))


def _outcome(trial: Trial, *, hung: bool = False) -> str:
    """End the child and whatever it has started, and say what came of it."""
    if not hung:
        # What it told just before its end. It tells nothing more: a byte for each test, and all of them are there.
        os.set_blocking(trial.told, False)
        with contextlib.suppress(BlockingIOError):
            trial.hears()
    try:
        os.killpg(trial.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        os.kill(trial.pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(trial.pid, 0)[1])
    os.close(trial.told)
    os.close(trial.ended)
    shutil.rmtree(trial.place, ignore_errors=True)
    if hung:
        return HUNG
    # Whoever ends a run ends its children too: that is nothing that a test has noticed.
    return LOST if -code in _ENDED else {0: SURVIVED, _LOST: LOST}.get(code, NOTICED)


def _in_child(
    mutant: Mutant | None, file: str, items: list[pytest.Item], place: Path, tell: int, among: Functions
) -> None:
    """Never returns: 0 when every test passed."""
    try:
        os.setsid()
        place.mkdir()
        quiet = os.open(os.devnull, os.O_RDWR)
        for each in (0, 1, 2):
            os.dup2(quiet, each)
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        items[0].config._tmp_path_factory._basetemp = place  # type: ignore[attr-defined]
        if mutant is not None and not exchange(mutant, file, among):
            os._exit(_LOST)
        for item, following in zip(items, [*items[1:], None], strict=True):
            os.write(tell, b".")
            for report in runtestprotocol(item, nextitem=following, log=False):
                if report.failed:
                    os._exit(1)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, the change was noticed
        os._exit(2)


Functions = dict[tuple[str, str, int], list[FunctionType]]
"""(file, qualified name, first line) → every function that was made of this code."""


def functions() -> Functions:
    """All functions there are. A look at everything that the interpreter holds: once, not for each change."""
    found: Functions = {}
    for each in gc.get_objects():
        if isinstance(each, FunctionType):
            found.setdefault(_key(each.__code__), []).append(each)
    return found


def exchange(mutant: Mutant, file: str, among: Functions) -> bool:
    """Give the function its changed code; whether there was one."""
    found = among.get((file, mutant.outer, mutant.first), [])
    for each in found:
        each.__code__ = mutant.code
    return bool(found)


def _key(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno
