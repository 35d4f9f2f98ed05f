"""`cairn practice`: a vault to try everything on."""

from __future__ import annotations

import argparse
from pathlib import Path

from cairn.app.program import practice
from cairn.cli.common import OK, Help, command
from cairn.cli.terminal import Terminal


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the command."""
    made = command(commands, "practice", make, text, "cli.help-practice", passphrase=False)
    made.add_argument("vault", type=Path, metavar="DIR")


def make(given: argparse.Namespace, terminal: Terminal) -> int:
    """Make a practice vault with fictional interviews and print its passphrase."""
    passphrase = practice.make(given.vault)
    terminal.answer({"path": str(given.vault.absolute()), "passphrase": passphrase})
    terminal.hint("cli.practice-passphrase-below")
    terminal.line(passphrase)
    return OK
