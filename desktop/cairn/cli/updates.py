"""`cairn update …`: a release on a stick, verified before a word of it is shown."""

from __future__ import annotations

import argparse
from pathlib import Path

from cairn import __version__
from cairn.app.program import updates
from cairn.app.program.updates import Update
from cairn.cli.common import OK, Help, command, group
from cairn.cli.terminal import Terminal

REFUSED = 3


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "update", text("cli.help-update"))
    made = command(verbs, "check", check, text, "cli.help-update-check", passphrase=False)
    made.add_argument("folder", type=Path, metavar="FOLDER")


def check(given: argparse.Namespace, terminal: Terminal) -> int:
    """Verify a release folder and say how to install it; exit code 3 for one older than this program."""
    with terminal.job("cli.verifying") as progress:
        found = updates.check(given.folder, progress)
    older = found.age == "older"
    problems = [updates.judgement(found)] if older else []
    terminal.answer(_object(found, terminal), problems)
    if older:
        terminal.note(problems[0])
    else:
        terminal.line(terminal.problem(updates.judgement(found))["text"])
    terminal.line(
        terminal.text("cli.update-signed", name=found.signer.principal, fingerprint=found.signer.fingerprint)
    )
    for line in found.notes(terminal.language).splitlines():
        terminal.line(line)
    if found.age == "newer" and found.fitting is None:
        terminal.line(terminal.text("update.no-file"))
    for number, step in enumerate(found.steps, 1):
        terminal.line(f"{number}. {terminal.problem(step)['text']}")
        if step.code.startswith(updates.COMPARE):
            terminal.line(f"   {found.sha256}")
    return REFUSED if older else OK


def _object(found: Update, terminal: Terminal) -> dict[str, object]:
    return {
        "version": found.release.version,
        "current": __version__,
        "age": found.age,
        "date": found.release.date,
        "notes": found.notes(terminal.language),
        "signer": found.signer.principal,
        "fingerprint": found.signer.fingerprint,
        "files": found.files,
        "file": found.fitting.name if found.fitting else None,
        "sha256": found.sha256 or None,
        "steps": [terminal.problem(step)["text"] for step in found.steps],
    }
