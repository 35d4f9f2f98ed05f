"""One job on a vault in a process of its own, so that its peak memory can be told.

`python -m bench.worker` reads a job as JSON from standard input and prints what it took as one line of
JSON. Time begins when the vault is open and memory is counted from there: the growth over the idle
program, not the memory that the passphrase took on purpose.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Do a job in a new process. Raises RuntimeError with its complaint when it fails."""
    path = os.pathsep.join([str(ROOT / "desktop"), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-m", "bench.worker"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the worker failed: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _memory(name: str) -> int:
    """`VmRSS` (now) or `VmHWM` (peak) of this process in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"no {name} here")


def _measured(step: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    counts = sys.platform == "linux"
    idle = 0
    if counts:
        idle = _memory("VmRSS")
        # Linux forgets the peak so far, which was the key derivation's.
        Path("/proc/self/clear_refs").write_text("5")
    cpu, start = time.process_time(), time.perf_counter()
    found = step()
    took = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    grown = _memory("VmHWM") - idle if counts else None
    return {**found, **took, "idle": idle, "grown": grown}


def _seal(job: dict[str, Any]) -> dict[str, Any]:
    from cairn.app.interviews import interviews
    from cairn.app.kernel import contacts, session
    from cairn.app.leaving import sealing

    s = session.open_vault(Path(job["vault"]), job["passphrase"])
    try:

        def step() -> dict[str, Any]:
            ids = [row.id for row in interviews.rows(s)]
            chosen = sealing.preview(s, ids, [contacts.find(s, job["to"]).fingerprint])
            (made,) = sealing.seal(s, chosen, Path(job["folder"]))
            return {"path": str(made.path), "size": made.size}

        return _measured(step)
    finally:
        s.close()


def _take_in(job: dict[str, Any]) -> dict[str, Any]:
    from cairn.app.arriving import taking_in
    from cairn.app.kernel import session

    s = session.open_vault(Path(job["vault"]), job["passphrase"])
    try:

        def step() -> dict[str, Any]:
            taken = taking_in.take_in(s, Path(job["bundle"]))
            return {"new": taken.new, "problems": [problem.code for problem in taken.problems]}

        return _measured(step)
    finally:
        s.close()


def _attach(job: dict[str, Any]) -> dict[str, Any]:
    from cairn.app.consent import consent
    from cairn.app.files import files
    from cairn.app.interviews import interviews
    from cairn.app.kernel import session
    from cairn.model.agreement import agreed_to

    s = session.open_vault(Path(job["vault"]), job["passphrase"])
    try:
        made = interviews.create(s, title="W-001")
        consent.set_consent(s, made, agreed_to("share"))

        def step() -> dict[str, Any]:
            with Path(job["source"]).open("rb", buffering=0) as file:
                added = files.attach(s, made, file, job["name"])
            return {"size": added.size}

        return _measured(step)
    finally:
        s.close()


def _sum(job: dict[str, Any]) -> dict[str, Any]:
    from bench.sums import sum_of

    return {"parts": sum_of(Path(job["source"]), Path(job["target"]), job["direction"])}


JOBS = {"attach": _attach, "seal": _seal, "take-in": _take_in, "sum": _sum}


def main() -> None:
    """Do the job that stands on standard input."""
    job = json.load(sys.stdin)
    print(json.dumps(JOBS[job["do"]](job)))


if __name__ == "__main__":
    main()
