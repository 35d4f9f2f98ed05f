"""`cairn date`: what words about a time may mean. Opens no vault and keeps nothing."""

from __future__ import annotations

import argparse
from datetime import date

from cairn.app.kernel import times
from cairn.cli.common import OK, Help, command
from cairn.cli.terminal import Terminal
from cairn.errors import InputError
from cairn.model import clock
from cairn.model.time import edtf
from cairn.model.time.told import MAX_WORDS, Told
from cairn.model.time.understanding import understood
from cairn.model.time.words.context import Context, Event


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the command."""
    made = command(commands, "date", show, text, "cli.help-date", passphrase=False)
    made.add_argument("words", metavar="WORDS")
    made.add_argument("--anchor", metavar="DATE", help=text("cli.option-anchor"))
    made.add_argument(
        "--event", metavar="NAME=DATE", action="append", default=[], help=text("cli.option-event")
    )
    made.add_argument("--birth", metavar="DATE", default="", help=text("cli.option-birth"))
    made.add_argument("--asks-birth", action="store_true", help=text("cli.option-asks-birth"))
    made.add_argument("--school", metavar="NAME=DATE", help=text("cli.option-school"))


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """Print every reading: how it is understood, its EDTF, its days, and what it was counted by."""
    found = understood(given.words, _context(given))
    terminal.answer(
        {
            "kind": found.kind,
            "words": found.words,
            "readings": [_plain(each) for each in found.readings],
            "suggestions": [_plain(each) for each in found.suggestions],
            "anchor": {"kind": found.anchor.kind, "ref": found.anchor.ref} if found.anchor else None,
        }
    )
    if found.kind != "sure":
        code, values = times.judged(found)
        terminal.hint(code, **values)
    for each in found.readings:
        _line(each, terminal)
    for each in found.suggestions:
        terminal.line(times.meant(each, terminal.language))
    return OK


def told(words: str, means: str, terminal: Terminal) -> Told:
    """A time from the command line. Of words that leave open what is meant the words alone are kept, and that is said.

    Raises InputError `time.no-date`, `time.too-long`.
    """
    if len(words) > MAX_WORDS:
        raise InputError("time.too-long", most=MAX_WORDS)
    if means:
        return Told(words=words, edtf=_edtf(means))
    found = understood(words, Context(date.fromisoformat(clock.today())))
    if words and found.kind != "sure":
        code, values = times.judged(found)
        terminal.hint(code, **values)
        for each in (*found.readings, *found.suggestions):
            terminal.hint("cli.date-means", edtf=each.edtf, time=times.described(each, terminal.language))
    return found.told


def _line(told: Told, terminal: Terminal) -> None:
    days = times.days(told, terminal.language)
    parts = [times.described(told, terminal.language), told.edtf, days, times.notes(told, terminal.language)]
    terminal.line("  ".join(part for part in parts if part))


def _plain(told: Told) -> dict[str, object]:
    first, last = told.bounds
    return {
        "edtf": told.edtf,
        "earliest": first.isoformat() if first else None,
        "latest": last.isoformat() if last else None,
        "calendar": told.calendar,
        "reckoning": told.reckoning,
        "anchor": {"kind": told.anchor.kind, "ref": told.anchor.ref, "date": told.anchor.date}
        if told.anchor
        else None,
        "recurring": told.recurring,
    }


def _context(given: argparse.Namespace) -> Context:
    return Context(
        interview=_day(given.anchor) if given.anchor else None,
        birth=_edtf(given.birth) if given.birth else "",
        asks_birth=given.asks_birth,
        events=tuple(Event(name, _edtf(when) if when else "") for name, when in map(_pair, given.event)),
        school=_school(given.school) if given.school else None,
    )


def _school(text: str) -> tuple[str, date]:
    name, when = _pair(text)
    return name, _day(when)


def _pair(text: str) -> tuple[str, str]:
    name, mark, when = text.partition("=")
    if not mark or not name.strip():
        raise InputError("time.no-pair", text=text)
    return name.strip(), when.strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("time.no-date", text=text) from error


def _edtf(text: str) -> str:
    try:
        return str(edtf.parse(text))
    except ValueError as error:
        raise InputError("time.no-date", text=text) from error
