"""`cairn identity`: the keys that stock tools need to open and verify what was sealed to this vault."""

from __future__ import annotations

import argparse
from pathlib import Path

from cairn.app.kernel import session
from cairn.app.vault import stock_keys
from cairn.cli.common import OK, Help, command, tell_damage, tell_to_read
from cairn.cli.terminal import Terminal, UsageError


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the command."""
    made = command(commands, "identity", export, text, "cli.help-identity")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("-o", "--out", type=Path, required=True, metavar="FOLDER")
    made.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help=text("cli.option-new-passphrase-file")
    )
    made.add_argument("--openings", action="store_true", help=text("cli.option-openings"))
    made.add_argument("--plain", action="store_true", help=text("cli.option-plain"))
    made.add_argument("--yes", action="store_true", help=text("cli.option-yes"))


def export(given: argparse.Namespace, terminal: Terminal) -> int:
    """Write allowed_signers and the age identity, encrypted with a passphrase or, when asked for, plain.

    The passphrase is the one in --new-passphrase-file, or asked for; where nobody can be asked it is
    that of the vault, so that a script never leaves a key unprotected.
    """
    if given.plain:
        terminal.hint("cli.plain-warning")
        if not given.yes and not terminal.confirm("cli.ask-plain"):
            raise UsageError("cli.plain-needs-yes")
    passphrase = terminal.passphrase(given.passphrase_file)
    chosen = passphrase
    if not given.plain and (given.new_passphrase_file is not None or terminal.can_ask()):
        chosen = terminal.new_passphrase(given.new_passphrase_file, "cli.ask-identity-passphrase")
    s = session.open_vault(given.vault, passphrase, despite_alarm=given.despite_alarm)
    try:
        tell_damage(s, terminal)
        tell_to_read(s, terminal, enough=False)
        written = stock_keys.export(
            s,
            given.out,
            passphrase="" if given.plain else chosen,
            plain=given.plain,
            confirmed=given.plain,
            identities=given.openings,
        )
        principal = s.keys.principal
    finally:
        s.close()
    terminal.answer(
        {"path": str(given.out.absolute()), "files": [p.name for p in written], "principal": principal}
    )
    if not given.plain and chosen == passphrase:
        terminal.hint("cli.identity-own-passphrase")
    for path in written:
        terminal.line(str(path))
    return OK
