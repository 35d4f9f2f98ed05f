"""`cairn transcript …`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import cast

from cairn.app.leaving import transcript_copies
from cairn.app.leaving.transcript_copies import Form, Which
from cairn.app.sound import paragraphs, transcripts
from cairn.cli.common import INTEGRITY, OK, Help, alarm, command, group, opened, tell
from cairn.cli.leaving import copy_object, look_for_names, may_be_unlogged, out_or_dry_run, say_copy
from cairn.cli.terminal import Terminal, UsageError

FORMS = ("vtt", "docx")


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "transcript", text("cli.help-transcript"))
    made = command(verbs, "show", show, text, "cli.help-transcript-show")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", metavar="ID", help=text("cli.option-transcript"))
    made = command(verbs, "copy-out", copy_out, text, "cli.help-transcript-copy-out")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", metavar="ID", help=text("cli.option-transcript"))
    out_or_dry_run(made, text)
    may_be_unlogged(made, text)
    made.add_argument("--as", dest="form", choices=FORMS, help=text("cli.option-form"))
    made.add_argument(
        "--words",
        choices=("both", "spoken", "translation"),
        default="both",
        help=text("cli.option-spoken"),
    )


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """The saved transcript of a recording."""
    with opened(given.vault, given, terminal, looking=True) as s:
        record, body = transcripts.saved(s, given.id)
        problems = alarm(s)
    terminal.answer(
        {
            "id": record,
            "recording": body.recording,
            "language": body.language,
            "translation": body.translation,
            "paragraphs": [
                {
                    "start": each.start,
                    "end": each.end,
                    "speaker": each.speaker,
                    "text": each.text,
                    "translation": each.translation,
                }
                for each in body.paragraphs
            ],
        },
        problems,
    )
    for each in body.paragraphs:
        speaker = f"{each.speaker}: " if each.speaker else ""
        terminal.line(f"{paragraphs.clock(each.start)}  {speaker}{' '.join(each.text.split())}")
        if each.translation:
            terminal.line(f"         {' '.join(each.translation.split())}")
    tell(terminal, problems)
    return INTEGRITY if problems else OK


def copy_out(given: argparse.Namespace, terminal: Terminal) -> int:
    """Write a transcript for other programs; says by name what leaves, and under which consent."""
    form = given.form or ("" if given.dry_run else given.out.suffix.lower().removeprefix("."))
    if form not in FORMS and not given.dry_run:
        raise UsageError("cli.form-unknown")
    with opened(given.vault, given, terminal, reads=True) as s:
        record, _ = transcripts.saved(s, given.id)
        found = transcript_copies.preview(s, record)
        say_copy(found, terminal)
        named, in_words = look_for_names(s, terminal, found)
        if given.dry_run:
            terminal.answer({**copy_object(found, terminal), **named}, in_words)
            return OK
        with terminal.job("cli.copying") as progress:
            transcript_copies.copy_out(
                s,
                record,
                given.out,
                cast(Form, form),
                cast(Which, given.words),
                progress,
                unlogged=given.unlogged,
            )
    terminal.answer({"id": record, "path": str(given.out), "form": form, **named}, in_words)
    terminal.line(str(given.out))
    return OK
