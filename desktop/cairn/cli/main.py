"""The parser of the command line, and the one place where an error becomes words and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cairn import __version__, paths
from cairn.app.kernel import sentences
from cairn.cli import (
    acts,
    bundles,
    contacts,
    custody,
    dates,
    forms,
    identity,
    interviews,
    names,
    passages,
    people,
    places,
    practice,
    recordings,
    selftest,
    terms,
    transcripts,
    updates,
    vaults,
)
from cairn.cli.terminal import Terminal, UsageError, to_nowhere
from cairn.errors import CairnError, Cancelled, MachineError

OK = 0
BUG = 1
MACHINE = 5
NOUNS = (
    vaults,
    interviews,
    recordings,
    transcripts,
    passages,
    people,
    acts,
    contacts,
    bundles,
    custody,
    dates,
    forms,
    terms,
    places,
    identity,
    names,
    practice,
    selftest,
    updates,
)


def language() -> str:
    """The language of the sentences, by the usual variables of a terminal; English if it has none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(name, "")
        if wanted:
            short = wanted.split(".")[0].split("_")[0].lower()
            return short if short in sentences.languages() else sentences.ENGLISH
    return sentences.ENGLISH


def parser(speech: str = sentences.ENGLISH) -> argparse.ArgumentParser:
    """The whole command line. Help lines are sentences `cli.help-…`."""
    top = argparse.ArgumentParser(
        prog="cairn", description=sentences.sentence("cli.help", {}, speech), allow_abbrev=False
    )
    # Read by cairn.__main__ before the command line is; here for the help alone.
    top.add_argument(
        "--practice", action="store_true", help=sentences.sentence("cli.option-practice", {}, speech)
    )
    top.add_argument("--version", action="version", version=f"Cairn {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for noun in NOUNS:
        noun.register(commands, lambda code: sentences.sentence(code, {}, speech))
    return top


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    paths.restrict_umask()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    speech = language()
    terminal = Terminal(speech, as_json="--json" in arguments)
    try:
        given = parser(speech).parse_args(arguments)
        _refuse_broken_text(given)
        terminal.listen()
        code = int(given.run(given, terminal))
        terminal.shown()
        return code
    except CairnError as error:
        return _end(terminal, error)
    except KeyboardInterrupt:
        return _end(terminal, Cancelled())
    except BrokenPipeError:
        # Whoever was reading has gone (`| head`): there is nobody to tell.
        to_nowhere(sys.stdout)
        return MACHINE
    except Exception as error:  # noqa: BLE001 - the last border: a bug of ours gets a sentence, no content
        return _end(terminal, MachineError("machine.unexpected", kind=_where(error)), BUG)


def refuse(error: CairnError) -> int:
    """Say why the program can't begin, and return the exit code."""
    return _end(Terminal(language(), as_json=False), error)


def _end(terminal: Terminal, error: CairnError, code: int | None = None) -> int:
    try:
        terminal.failed(error)
        sys.stdout.flush()
    except OSError:
        to_nowhere(sys.stdout)
    return error.exit_code if code is None else code


def _where(error: Exception) -> str:
    """Kind of a fault and the line of ours it came from: enough to report, no values, no names."""
    at, here = "", error.__traceback__
    while here is not None:
        file = Path(here.tb_frame.f_code.co_filename)
        if "cairn" in file.parts:
            at = f" {file.parent.name}/{file.name}:{here.tb_lineno}"
        here = here.tb_next
    return type(error).__name__ + at


def _refuse_broken_text(given: argparse.Namespace) -> None:
    """Arguments that are no valid text can't become titles, labels or words. Paths may be anything."""
    for value in vars(given).values():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                try:
                    text.encode("utf-8")
                except UnicodeEncodeError as error:
                    raise UsageError("cli.argument-not-text") from error
