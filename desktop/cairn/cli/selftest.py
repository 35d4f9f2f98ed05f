"""`cairn self-test`: the traps, checked in this very build."""

from __future__ import annotations

import argparse

from cairn.app.kernel.views import Problem
from cairn.app.program import build, selftest
from cairn.app.program.selftest import Check, Finding, Probe, Simple
from cairn.app.program.selftest_sound import Heard
from cairn.cli.common import INTEGRITY, OK, Help, command
from cairn.cli.terminal import Terminal


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the command."""
    made = command(commands, "self-test", check, text, "cli.help-self-test", passphrase=False)
    made.add_argument("--no-microphone", action="store_true", help=text("cli.option-no-microphone"))


def check(given: argparse.Namespace, terminal: Terminal) -> int:
    """Run every check; exit code 4 when one fails."""
    versions = build.versions()
    probes: list[Probe] = []
    heard: Heard | None = None
    try:
        window = selftest.window()
    except ImportError as error:
        missing = Finding(type(error).__name__, str(error.name or ""))
        probes.append(Simple("window", lambda: missing))
    else:
        if window is not None:
            versions |= window.versions()
            probes += window.probes()
            heard = None if given.no_microphone else window.listen()
    checks = selftest.run(probes=probes, heard=heard)
    failed = selftest.failures(checks)
    terminal.answer(
        {"versions": versions, "checks": [_object(one) for one in checks]},
        [Problem("selftest.failed", {"what": f"{one.name}: {one.problem}"}) for one in failed],
    )
    for one in checks:
        code = "cli.check-failed" if one.problem else "cli.check-passed"
        terminal.line(terminal.text(code, name=f"{one.name} {one.problem}".rstrip()))
    return INTEGRITY if failed else OK


def _object(one: Check) -> dict[str, object]:
    return {
        "name": one.name,
        "passed": not one.problem,
        "problem": one.problem,
        "detail": one.detail,
        "seconds": one.seconds,
    }
