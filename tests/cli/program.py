"""Running the real program, as a script would."""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cli.warm import SWITCHES, Warm

CAIRN = [sys.executable, *SWITCHES, "-m", "cairn"]
PATIENCE_S = 120


@dataclass(frozen=True)
class Ran:
    """What a run said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def codes(self) -> list[str]:
        """Codes of the problems in the JSON object."""
        return [problem["code"] for problem in self.object["problems"]]


def environment(**more: str) -> dict[str, str]:
    """The environment of a run: plain English unless said otherwise."""
    kept = {
        name: os.environ[name] for name in ("PATH", "XDG_DATA_HOME", "XDG_CONFIG_HOME") if name in os.environ
    }
    source = str(Path(__file__).resolve().parents[2] / "desktop")
    return {**kept, "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8", "PYTHONPATH": source, **more}


@cache
def _warm() -> Warm:
    made = Warm()
    atexit.register(made.close)
    return made


def cairn(
    *arguments: str | Path, stdin: str = "", env: Mapping[str, str] | None = None, code: int | None = 0
) -> Ran:
    """Run `cairn` and check its exit code (None: any) and that no traceback was shown.

    With an environment of its own it is started anew, as the interpreter itself reads that; else see `cli.warm`.
    """
    words, given = [*map(str, arguments)], stdin.encode()
    if env:
        done = subprocess.run(
            [*CAIRN, *words],
            input=given,
            capture_output=True,
            env=environment(**env),
            timeout=PATIENCE_S,
            check=False,
        )
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    else:
        ended, out, err = _warm().run(words, environment(), given, PATIENCE_S)
        ran = Ran(ended, out.decode(), err.decode())
    assert "Traceback" not in ran.err, ran.err
    assert code is None or ran.code == code, (arguments, ran)
    return ran


def refused(code: int, what: str, *arguments: str | Path, **how: Any) -> Ran:
    """Run a command that must be refused with this exit code and problem, in one clear sentence."""
    ran = cairn(*arguments, "--json", code=code, **how)
    assert ran.codes == [what], ran
    text = ran.object["problems"][0]["text"]
    assert ran.err.strip() == f"cairn: {text}"
    assert "\n" not in ran.err.strip()
    assert not re.search(r"\{\w+\}|…\)|no sentence of its own", text), text
    return ran
