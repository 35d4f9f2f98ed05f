"""`cairn name`: how a name may be written in other scripts, and whether two may be one. Opens no vault and keeps nothing."""

from __future__ import annotations

import argparse

from cairn.app.kernel import naming
from cairn.cli.common import OK, Help, command, group
from cairn.cli.terminal import Terminal
from cairn.model.names.heard import Called
from cairn.model.names.proposing import propose
from cairn.model.names.weighing import Facts, weigh


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands."""
    verbs = group(commands, "name", text("cli.help-name"))
    made = command(verbs, "propose", show, text, "cli.help-name-propose", passphrase=False)
    made.add_argument("text", metavar="TEXT")
    made.add_argument("--kind", default="birth", metavar="KIND", help=text("cli.option-name-kind"))
    made = command(verbs, "compare", compare, text, "cli.help-name-compare", passphrase=False)
    made.add_argument("one", metavar="TEXT")
    made.add_argument("other", metavar="TEXT")


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """Print every spelling with its system; what is one of several that may be meant is said to be."""
    found = propose(given.text, kind=given.kind)
    terminal.answer(
        {
            "text": given.text,
            "spellings": [
                {"text": each.text, "script": each.script, "system": each.system, "sure": each.sure}
                for each in found
            ],
        }
    )
    if not found:
        terminal.hint("match.none", text=given.text)
    for each in found:
        terminal.line(f"{each.text}  {naming.way(each, terminal.language)}")
    return OK


def compare(given: argparse.Namespace, terminal: Terminal) -> int:
    """Print why two names may be one or not, with its points: tenths of bits."""
    weighed = weigh(Facts((Called(given.one),)), Facts((Called(given.other),)))
    terminal.answer(
        {
            "points": weighed.points,
            "reasons": [{"code": each.code, "points": each.points} for each in weighed.reasons],
        }
    )
    for each in weighed.reasons:
        terminal.line(f"{naming.why(each, terminal.language)}  {each.points:+d}")
    return OK
