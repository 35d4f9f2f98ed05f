"""`cairn self-test`: the traps, checked in this very build."""

from __future__ import annotations

import argparse

from cairn.cli.common import Help, command
from cairn.cli.terminal import Terminal


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the command."""
    command(commands, "self-test", check, text, "cli.help-self-test", passphrase=False)


def check(given: argparse.Namespace, terminal: Terminal) -> int:
    """Run every check; 4 when one fails."""
    raise NotImplementedError
