"""`cairn self-test`: the traps, checked in this very build."""

from __future__ import annotations

import argparse

from cairn.app import selftest
from cairn.app.views import Problem
from cairn.cli.common import INTEGRITY, OK, Help, command
from cairn.cli.terminal import Terminal


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the command."""
    command(commands, "self-test", check, text, "cli.help-self-test", passphrase=False)


def check(given: argparse.Namespace, terminal: Terminal) -> int:
    """Run every check; exit code 4 when one fails."""
    checks = selftest.run()
    failed = [
        Problem("selftest.failed", {"what": f"{one.name}: {one.problem}"}) for one in checks if one.problem
    ]
    terminal.answer(
        {"checks": [{"name": one.name, "passed": not one.problem} for one in checks]},
        failed,
    )
    for one in checks:
        code = "cli.check-failed" if one.problem else "cli.check-passed"
        terminal.line(terminal.text(code, name=f"{one.name} {one.problem}".rstrip()))
    return INTEGRITY if failed else OK
