"""`cairn recording …`."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from cairn import paths
from cairn.app.files import copies, files, photos
from cairn.app.files.outcomes import SOUND, Outcome
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem, RecordingView
from cairn.app.leaving import copying
from cairn.app.sound import recordings
from cairn.cli.common import (
    INTEGRITY,
    OK,
    Help,
    alarm,
    command,
    file_object,
    group,
    known,
    look_into,
    recording_object,
    require_file,
    tell,
    tells_object,
)
from cairn.cli.common import opened as opened_vault
from cairn.cli.leaving import copy_object, look_for_names, may_be_unlogged, out_or_dry_run, say_copy
from cairn.cli.terminal import Terminal, UsageError, size_text
from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from cairn.model.ids import NO_ROOT
from cairn.model.values import MAX_MS, LengthMs, MomentMs, Span

_TIME = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,2}):)?(\d{1,6}(?:\.\d{1,3})?)", re.ASCII)


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "recording", text("cli.help-recording"))
    made = command(verbs, "list", show_list, text, "cli.help-recording-list")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", metavar="ID", help=text("cli.option-interview"))
    command(verbs, "recover", recover, text, "cli.help-recording-recover").add_argument(
        "vault", type=Path, metavar="DIR"
    )
    made = command(verbs, "give-up", give_up, text, "cli.help-recording-give-up")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", metavar="ID", help=text("cli.option-recording"))
    made.add_argument("--reason", required=True, metavar="WORDS", help=text("cli.option-reason"))
    made = command(verbs, "import", take, text, "cli.help-recording-import")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", metavar="ID", help=text("cli.option-interview"))
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("--reason", default="", metavar="WORDS", help=text("cli.option-reason"))
    made = command(verbs, "excerpt", excerpt, text, "cli.help-recording-excerpt")
    _span(made, text)
    made.add_argument("--name", default="", metavar="NAME")
    made = command(verbs, "exclude", exclude, text, "cli.help-recording-exclude")
    _span(made, text)
    made.add_argument("--reason", default="", metavar="WORDS", help=text("cli.option-reason"))
    made = command(verbs, "cut", cut, text, "cli.help-recording-cut")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", metavar="ID", help=text("cli.option-recording"))
    made = command(verbs, "plain-copy", plain_copy, text, "cli.help-recording-plain-copy")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", metavar="ID", help=text("cli.option-recording"))
    made.add_argument("--reason", default="", metavar="WORDS", help=text("cli.option-reason"))
    made = command(verbs, "copy-out", copy_out, text, "cli.help-recording-copy-out")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", metavar="ID", help=text("cli.option-recording"))
    out_or_dry_run(made, text)
    may_be_unlogged(made, text)


def show_list(given: argparse.Namespace, terminal: Terminal) -> int:
    """The recordings of an interview, and those whose end was cut off."""
    with opened_vault(given.vault, given, terminal, looking=True) as s:
        known(s, given.id)
        rows = recordings.rows(s, given.id)
        problems = alarm(s)
        waiting = [each for each in recordings.unfinished(s) if each.interview == given.id]
    waiting = [each for each in waiting if not each.in_use]
    problems += [Problem("recording.waiting", {}) for each in waiting[:1]]
    terminal.answer(
        {
            "recordings": [recording_object(each) for each in rows],
            "waiting": [{"id": each.recording, "started": each.started} for each in waiting],
        },
        problems,
    )
    for row in rows:
        _print(row, terminal)
    for each in waiting:
        terminal.line(f"{each.recording}  {each.started}  {terminal.text('cli.not-saved')}")
    tell(terminal, problems)
    return INTEGRITY if any(each.code != "recording.waiting" for each in problems) else OK


def recover(given: argparse.Namespace, terminal: Terminal) -> int:
    """Save the recordings whose end was cut off."""
    with opened_vault(given.vault, given, terminal) as s, terminal.job("cli.saving-recording") as progress:
        done = recordings.recover(s, progress)
    terminal.answer({"recordings": [recording_object(each) for each in done]})
    for row in done:
        _print(row, terminal)
    return OK


def give_up(given: argparse.Namespace, terminal: Terminal) -> int:
    """Drop a recording that can't be opened, for good. What can still be saved is saved instead."""
    with opened_vault(given.vault, given, terminal) as s, terminal.job("cli.saving-recording") as progress:
        saved = recordings.finish_or_give_up(s, given.id, given.reason, progress)
    if saved is not None:
        return _made(saved, terminal)
    terminal.answer({"given-up": given.id})
    terminal.hint("cli.given-up")
    return OK


def take(given: argparse.Namespace, terminal: Terminal) -> int:
    """Take in sound from a file, as it is."""
    require_file(given.file)
    with (
        opened_vault(given.vault, given, terminal) as s,
        DecodeHost() as decoder,
        terminal.job("cli.attaching") as progress,
    ):
        known(s, given.id)
        with paths.machine_errors(), given.file.open("rb") as source:
            made = recordings.bring(
                s,
                decoder,
                given.id,
                source,
                given.file.name,
                size=given.file.stat().st_size,
                progress=progress,
                reason=given.reason,
            )
        return _brought(s, made, terminal)


def _brought(s: Session, made: Outcome, terminal: Terminal) -> int:
    """Say what became of the file: a recording, or an attachment where it could not be decoded."""
    problems = made.problems()
    if made.became == SOUND:
        row = recordings.view(s, made.record)
        whole = recording_object(row)
        terminal.answer({**whole, "recordings": [whole], "attachments": []}, problems)
        _print(row, terminal)
    else:
        file = files.view(s, made.record)
        terminal.answer({"recordings": [], "attachments": [file_object(file)]}, problems)
        terminal.line(f"{file.id}  {size_text(file.size)}  {file.name}")
    tell(terminal, problems)
    return OK


def excerpt(given: argparse.Namespace, terminal: Terminal) -> int:
    """Make a recording of a stretch of another."""
    span = _read_span(given)
    with (
        opened_vault(given.vault, given, terminal) as s,
        DecodeHost() as decoder,
        terminal.job("cli.encoding") as progress,
    ):
        return _made(recordings.excerpt(s, decoder, given.id, span, given.name, progress), terminal)


def exclude(given: argparse.Namespace, terminal: Terminal) -> int:
    """Put a stretch off the record."""
    span = _read_span(given)
    with opened_vault(given.vault, given, terminal) as s:
        if recordings.view(s, given.id).duration < span.end:
            # It may have been taken in when less of it could be decoded.
            with DecodeHost() as decoder, terminal.job("cli.encoding") as progress:
                recordings.remeasure(s, decoder, given.id, progress)
        return _made(recordings.exclude(s, given.id, [span], given.reason), terminal)


def cut(given: argparse.Namespace, terminal: Terminal) -> int:
    """Make the recording without what is off the record."""
    with (
        opened_vault(given.vault, given, terminal) as s,
        DecodeHost() as decoder,
        terminal.job("cli.encoding") as progress,
    ):
        return _made(recordings.cut(s, decoder, given.id, progress), terminal)


def copy_out(given: argparse.Namespace, terminal: Terminal) -> int:
    """Write a plain copy, where consent allows it; says by name what leaves, under which consent, and what it tells."""
    with opened_vault(given.vault, given, terminal, reads=True) as s:
        found = copying.preview(s, given.id)
        say_copy(found, terminal)
        told = [] if found.refused else look_into(s, terminal, [(NO_ROOT, given.id)])
        named, in_words = look_for_names(s, terminal, found)
        problems = [*(each.problem(terminal.language) for each in told), *in_words]
        more = {"tells": tells_object(told), **named}
        if given.dry_run:
            terminal.answer({**copy_object(found, terminal), **more}, problems)
            return OK
        with terminal.job("cli.copying") as progress:
            copying.copy_out(s, given.id, given.out, progress, unlogged=given.unlogged)
    terminal.answer({"path": str(given.out), **more}, problems)
    terminal.line(str(given.out))
    return OK


def plain_copy(given: argparse.Namespace, terminal: Terminal) -> int:
    """Make a copy of a recording or a file that holds its content alone."""
    with (
        opened_vault(given.vault, given, terminal) as s,
        DecodeHost() as decoder,
        terminal.job("cli.encoding") as progress,
    ):
        try:
            return _made(recordings.listening_copy(s, decoder, given.id, "", progress), terminal)
        except InputError as error:
            if error.code != "interview.unknown":
                raise
        file = files.view(s, given.id)
        if photos.is_picture(file):
            made = photos.copy_for_sharing(s, decoder, file.id, reason=given.reason, progress=progress)
        else:
            made = copies.plain_copy(s, decoder, file.id, reason=given.reason, progress=progress)
    terminal.answer({"attachments": [file_object(made)], "recordings": []})
    terminal.line(f"{made.id}  {size_text(made.size)}  {made.name}")
    return OK


def _made(made: RecordingView, terminal: Terminal) -> int:
    whole = recording_object(made)
    terminal.answer({**whole, "recordings": [whole]})
    _print(made, terminal)
    return OK


def _print(row: RecordingView, terminal: Terminal) -> None:
    marks = [row.source]
    marks += ["removed"] if row.removed else []
    marks += ["interrupted"] if row.interrupted else []
    marks += [f"off {_clock(each.start)}-{_clock(each.end)}" for each in row.excluded]
    terminal.line(f"{row.id}  {_clock(row.duration)}  {', '.join(marks)}  {size_text(row.size)}  {row.name}")


def _span(made: argparse.ArgumentParser, text: Help) -> None:
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", metavar="ID", help=text("cli.option-recording"))
    made.add_argument("--from", dest="start", required=True, metavar="TIME", help=text("cli.option-time"))
    made.add_argument("--to", dest="end", required=True, metavar="TIME", help=text("cli.option-time"))


def _read_span(given: argparse.Namespace) -> Span:
    start, end = (_milliseconds(each) for each in (given.start, given.end))
    if end <= start:
        raise UsageError("cli.time-order")
    return Span(start, end)


def _milliseconds(text: str) -> MomentMs:
    found = _TIME.fullmatch(text)
    if found is None:
        raise UsageError("cli.not-a-time", text=text)
    hours, minutes, seconds = found[1] or "0", found[2] or "0", found[3]
    at = (int(hours) * 3600 + int(minutes) * 60) * 1000 + round(float(seconds) * 1000)
    return MomentMs(min(at, MAX_MS))


def _clock(ms: MomentMs | LengthMs) -> str:
    seconds = ms // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms % 1000:03}"
