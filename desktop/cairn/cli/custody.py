"""`cairn custody …`: the log, walked and shown."""

from __future__ import annotations

import argparse
from pathlib import Path

from cairn.app.kernel.views import EntryView
from cairn.app.vault import custody
from cairn.cli.common import INTEGRITY, OK, Help, alarm, command, group, opened, tell
from cairn.cli.terminal import Terminal

_PAGE = 500


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "custody", text("cli.help-custody"))
    for name, run in (("verify", verify), ("show", show)):
        command(verbs, name, run, text, f"cli.help-custody-{name}").add_argument(
            "vault", type=Path, metavar="DIR"
        )


def verify(given: argparse.Namespace, terminal: Terminal) -> int:
    """Walk the log from its first entry to its last."""
    with opened(given.vault, given, terminal, looking=True) as s, terminal.job("cli.verifying") as progress:
        report = custody.verify(s, progress)
    terminal.answer(
        {
            "whole": report.whole,
            "entries": report.entries,
            "root": report.head,
            "words": list(report.head_words),
        },
        report.problems,
    )
    tell(terminal, report.problems)
    if not report.whole:
        return INTEGRITY
    terminal.line(terminal.text("cli.custody-whole", count=report.entries))
    terminal.line(terminal.text("cli.custody-head", head=report.head))
    terminal.line(terminal.text("cli.words", words=" ".join(report.head_words)))
    return OK


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """Every entry of the log, oldest first."""
    found: list[EntryView] = []
    with opened(given.vault, given, terminal, looking=True) as s:
        while page := custody.entries(s, limit=_PAGE, offset=len(found)):
            found += page
        problems = alarm(s)
    found.sort(key=lambda entry: entry.seq)
    terminal.answer(
        {
            "entries": [
                {"seq": e.seq, "at": e.at, "act": e.act, "what": e.what, "author": e.author,
                 "device": e.device_label, "interview": e.interview}
                for e in found
            ]
        },
        problems,
    )  # fmt: skip
    for e in found:
        terminal.line(f"{e.seq:>6}  {e.at}  {e.act}  {e.what}  {e.author}")
    tell(terminal, problems)
    return INTEGRITY if problems else OK
