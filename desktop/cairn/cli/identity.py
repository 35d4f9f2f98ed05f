"""`cairn identity`: the keys that stock tools need to open and verify what was sealed to this vault."""

from __future__ import annotations

import argparse
from pathlib import Path

from cairn.cli.common import Help, command
from cairn.cli.terminal import Terminal


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the command."""
    made = command(commands, "identity", export, text, "cli.help-identity")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("-o", "--out", type=Path, required=True, metavar="FOLDER")
    made.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help=text("cli.option-new-passphrase-file")
    )
    made.add_argument("--plain", action="store_true", help=text("cli.option-plain"))
    made.add_argument("--yes", action="store_true", help=text("cli.option-yes"))


def export(given: argparse.Namespace, terminal: Terminal) -> int:
    """Write allowed_signers and the age identity, encrypted with a passphrase or, when asked for, plain."""
    raise NotImplementedError
