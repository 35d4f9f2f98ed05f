"""`cairn form`: a questionnaire's file looked through, and run without a window. Opens no vault and keeps nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from cairn.app.answers import looking, steps
from cairn.app.answers.looking import Looked
from cairn.app.kernel.views import Problem
from cairn.cli.common import OK, Help, command, group
from cairn.cli.terminal import Terminal
from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from cairn.forms.check import questions
from cairn.forms.findings import Finding, Grade
from cairn.paths import machine_errors

REFUSED = 3
MAX_STEPS = 16 << 20
"""Longest list of steps, in characters."""
_ASKING = ("get ", "rel ", "try ", "message ")
MAX_BESIDE = 200
"""Most files beside a form that are looked at."""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands."""
    verbs = group(commands, "form", text("cli.help-form"))
    made = command(verbs, "check", check, text, "cli.help-form-check", passphrase=False)
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("--beside", type=Path, metavar="FOLDER", help=text("cli.option-beside"))
    made = command(verbs, "run", run, text, "cli.help-form-run", passphrase=False)
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("--beside", type=Path, metavar="FOLDER", help=text("cli.option-beside"))
    made.add_argument("--steps", type=Path, metavar="FILE", help=text("cli.option-steps"))
    made.add_argument("--language", metavar="NAME", default="", help=text("cli.option-form-language"))
    made.add_argument("--states", action="store_true", help=text("cli.option-states"))


def check(given: argparse.Namespace, terminal: Terminal) -> int:
    """Say everything that is to be said about a form; 3 where it would not be imported."""
    beside = _beside(given)
    with DecodeHost() as host:
        found = looking.look(host, _bytes(given.file), beside)
        more: list[Finding] = []
        if found.form is not None and beside:
            more = looking.tables(host, found.form, beside)[1]
    findings = [*found.findings, *more]
    form = found.form
    terminal.answer(
        {
            "kind": found.kind,
            "id": form.id if form else None,
            "version": form.version if form else None,
            "title": form.title if form else None,
            "languages": list(form.languages) if form else [],
            "questions": len(questions(form)) if form else 0,
            "refused": found.refused,
            "findings": [_plain(each, terminal) for each in findings],
        }
    )
    if form is not None:
        terminal.line(
            terminal.text(
                "cli.form-is",
                title=form.title or form.id,
                version=form.version or "–",
                count=len(questions(form)),
            )
        )
    for each in findings:
        terminal.line(said(each, terminal))
    if not findings:
        terminal.line(terminal.text("cli.form-clean"))
    if found.refused:
        terminal.refused(Problem("cli.form-refused", {}))
        return REFUSED
    return OK


def run(given: argparse.Namespace, terminal: Terminal) -> int:
    """Do the steps of a file, or of standard input, and say what each gave."""
    beside = _beside(given) or {}
    with DecodeHost() as host:
        found = looking.look(host, _bytes(given.file))
        if found.form is None or found.broken:
            _tell(found, terminal)
            raise InputError("form.cant-run")
        tables, _ = looking.tables(host, found.form, beside)
    for each in found.findings:
        if each.grade is Grade.REFUSED:
            terminal.hint(each.code, **_values(each, terminal))
    one = steps.Run(found.form, tables)
    if given.language:
        one.session.speak(given.language)
    done: list[dict[str, object]] = []
    for line in _lines(given.steps):
        try:
            answer, code = one.step(line), ""
        except InputError as error:
            answer, code = terminal.text(error.code, **error.values), error.code
        terminal.line(answer if not code else f"! {answer}")
        did: dict[str, object] = {"step": line, "answer": answer if not code else None, "error": code or None}
        if given.states:
            did["state"] = one.state()
        done.append(did)
    terminal.answer({"steps": done, "state": one.state(), "troubles": one.troubles()})
    return OK


def said(each: Finding, terminal: Terminal) -> str:
    """A finding in words, with its place."""
    words = terminal.text(each.code, **_values(each, terminal))
    grade = terminal.text(f"cli.form-grade-{each.grade.value}")
    if each.row:
        return terminal.text("cli.form-at-row", grade=grade, sheet=each.sheet, row=each.row, words=words)
    if each.name:
        return terminal.text("cli.form-at-question", grade=grade, name=each.name, words=words)
    return f"{grade}: {words}"


def _values(each: Finding, terminal: Terminal) -> dict[str, str | int]:
    values: dict[str, str | int] = {"name": each.name, "row": each.row, "sheet": each.sheet, **each.values}
    reason = values.get("reason")
    if isinstance(reason, str) and reason:
        values["reason"] = terminal.text(reason, **values)
    return values


def _plain(each: Finding, terminal: Terminal) -> dict[str, object]:
    return {
        "code": each.code,
        "grade": each.grade.value,
        "sheet": each.sheet,
        "row": each.row,
        "name": each.name,
        "values": each.values,
        "text": said(each, terminal),
    }


def _tell(found: Looked, terminal: Terminal) -> None:
    for each in found.findings:
        if each.stops:
            terminal.note(Problem(each.code, _values(each, terminal)))


def _bytes(file: Path) -> bytes:
    with machine_errors():
        if file.stat().st_size > looking.MAX_FILE:
            raise InputError("form.file-too-big", limit=looking.MAX_FILE >> 20)
        return file.read_bytes()


def _beside(given: argparse.Namespace) -> dict[str, bytes] | None:
    """The files of the folder beside the form: the one given, or, as ODK names it, `NAME-media`."""
    folder = given.beside or given.file.with_name(f"{given.file.stem}-media")
    found: dict[str, bytes] = {}
    with machine_errors():
        if not folder.is_dir():
            if given.beside:
                folder.stat()
            return None
        for file in sorted(folder.iterdir())[:MAX_BESIDE]:
            if file.is_file():
                found[file.name] = _bytes(file)
    return found


def _lines(file: Path | None) -> Iterator[str]:
    some: Iterable[str]
    if file is None:
        some = sys.stdin.read(MAX_STEPS).splitlines()
    else:
        with machine_errors():
            some = file.read_text("utf-8")[:MAX_STEPS].splitlines()
    for line in some:
        if line.strip() and not line.lstrip().startswith("#"):
            # What a list of expectations says after `=>` is for who compares.
            yield line.partition(" => ")[0].rstrip() if line.startswith(_ASKING) else line
