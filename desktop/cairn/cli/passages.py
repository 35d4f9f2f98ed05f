"""`cairn passage …`: places in what was told, with what coders say of them. Places in texts are code points."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cairn.app.coding import coders, passages, texts
from cairn.app.coding.passages import PassageView
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.cli.common import INTEGRITY, OK, Help, alarm, command, group, opened, tell
from cairn.cli.terminal import Terminal
from cairn.errors import InputError
from cairn.model.ids import NO_RECORD, RecordId, RootId, as_root
from cairn.model.kinds.passage import CONFIDENCE, place
from cairn.model.passages.anchors import Anchor, InPicture, InSound, InText
from cairn.model.values import MomentMs


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "passage", text("cli.help-passage"))
    made = command(verbs, "list", show_list, text, "cli.help-passage-list")
    _of_interview(made, text)
    made.add_argument("--waiting", action="store_true", help=text("cli.option-passage-waiting"))
    made = command(verbs, "show", show, text, "cli.help-passage-show")
    _of_passage(made, text)
    made = command(verbs, "add", add, text, "cli.help-passage-add")
    _of_interview(made, text)
    made.add_argument("--source", default="", metavar="ID", help=text("cli.option-passage-source"))
    made.add_argument("--field", default="", metavar="NAME", help=text("cli.option-passage-field"))
    where = made.add_mutually_exclusive_group(required=True)
    where.add_argument("--quote", metavar="WORDS", help=text("cli.option-passage-quote"))
    where.add_argument(
        "--span", nargs=2, type=int, metavar=("START", "END"), help=text("cli.option-passage-span")
    )
    where.add_argument(
        "--sound", nargs=2, type=int, metavar=("START", "END"), help=text("cli.option-passage-sound")
    )
    where.add_argument(
        "--box",
        nargs=4,
        type=int,
        metavar=("LEFT", "TOP", "RIGHT", "BOTTOM"),
        help=text("cli.option-passage-box"),
    )
    where.add_argument("--whole", action="store_true", help=text("cli.option-passage-whole"))
    made.add_argument(
        "--code", dest="codes", nargs="+", action="extend", default=[], metavar="TERM",
        help=text("cli.option-passage-code"),
    )  # fmt: skip
    made.add_argument(
        "--about", dest="supports", nargs="+", action="extend", default=[], metavar="ID",
        help=text("cli.option-passage-about"),
    )  # fmt: skip
    made.add_argument("--basis", default="", metavar="TERM", help=text("cli.option-passage-basis"))
    made.add_argument(
        "--confidence", choices=CONFIDENCE, default="", help=text("cli.option-passage-confidence")
    )
    made.add_argument("--against", action="store_true", help=text("cli.option-passage-against"))
    made.add_argument("--note", default="", help=text("cli.option-passage-note"))
    made = command(verbs, "settle", settle, text, "cli.help-passage-settle")
    _of_passage(made, text)
    how = made.add_mutually_exclusive_group(required=True)
    how.add_argument("--accept", action="store_true", help=text("cli.option-passage-accept"))
    how.add_argument("--keep", action="store_true", help=text("cli.option-passage-keep"))
    how.add_argument("--quote", metavar="WORDS", help=text("cli.option-passage-anew"))
    how.add_argument("--remove", action="store_true", help=text("cli.option-passage-remove"))
    made = command(verbs, "coding", coding, text, "cli.help-passage-coding")
    _of_interview(made, text)
    made.add_argument(
        "--blind", action=argparse.BooleanOptionalAction, default=None, help=text("cli.option-passage-blind")
    )
    made.add_argument(
        "--closed",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=text("cli.option-passage-closed"),
    )


def _of_interview(made: argparse.ArgumentParser, text: Help) -> None:
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("interview", metavar="INTERVIEW", help=text("cli.option-passage-interview"))


def _of_passage(made: argparse.ArgumentParser, text: Help) -> None:
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", metavar="ID", help=text("cli.option-passage"))


def show_list(given: argparse.Namespace, terminal: Terminal) -> int:
    """The passages of an interview, and what became of each."""
    with opened(given.vault, given, terminal, looking=True) as s:
        found = passages.listed(s, as_root(given.interview))
        problems = alarm(s)
    problems += [
        Problem("passage.hidden-of", {"name": coder.name, "count": count}) for coder, count in found.hidden
    ]
    if found.unreadable:
        problems.append(Problem("passage.unreadable", {"count": found.unreadable}))
    shown = found.waiting if given.waiting else found.passages
    terminal.answer(
        {"interview": given.interview, "passages": [passage_object(each) for each in shown]}, problems
    )
    for each in shown:
        terminal.line(_line(each, terminal))
    tell(terminal, problems)
    return INTEGRITY if any(each.code == "storage.custody-altered" for each in problems) else OK


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """One passage with all that is said of it."""
    with opened(given.vault, given, terminal, looking=True) as s:
        view = passages.get(s, given.id)
        problems = alarm(s)
    terminal.answer(passage_object(view), problems)
    _say(view, terminal)
    tell(terminal, problems)
    return INTEGRITY if problems else OK


def add(given: argparse.Namespace, terminal: Terminal) -> int:
    """Mark a passage of what stands."""
    with opened(given.vault, given, terminal) as s:
        interview = as_root(given.interview)
        source, field, at = _wanted(s, interview, given)
        said: dict[str, Any] = {
            name: getattr(given, name) for name in ("codes", "supports", "basis", "confidence", "note")
        }
        said["speaks"] = "against" if given.against else ""
        made = passages.add(s, interview, source, at, field, **said)
        view = passages.get(s, made)
    terminal.answer(passage_object(view))
    terminal.line(made)
    return OK


def settle(given: argparse.Namespace, terminal: Terminal) -> int:
    """Settle a passage whose words changed or are lost, or remove one."""
    with opened(given.vault, given, terminal) as s:
        view = passages.get(s, given.id)
        if given.accept:
            passages.settle(s, view.id)
        elif given.keep:
            passages.keep(s, view.id)
        elif given.remove:
            passages.remove(s, view.id)
        else:
            _, _, at = found(s, view.interview, given.quote, view.body.source, view.body.field)
            passages.place_anew(s, view.id, at)
        view = passages.get(s, view.id)
    terminal.answer(passage_object(view))
    _say(view, terminal)
    return OK


def coding(given: argparse.Namespace, terminal: Terminal) -> int:
    """Code blind, close the own coding; who is how far, and how far closed coders agree."""
    changes = given.blind is not None or given.closed is not None
    with opened(given.vault, given, terminal, looking=not changes) as s:
        interview = as_root(given.interview)
        if changes:
            coders.set_pass(s, interview, blind=given.blind, closed=given.closed)
        now = coders.look(s, interview)
        agreed = texts.agreed(s, interview)
        problems = alarm(s)
    terminal.answer(
        {
            "interview": given.interview,
            "blind": now.blind,
            "coders": [
                {"name": coder.name, "blind": each.blind, "closed": each.closed}
                for coder, each in sorted(now.of.items())
            ],
            "agreement": [
                {
                    "source": each.text.source,
                    "field": each.text.field,
                    "coders": [coder.name for coder in each.coders],
                    "left_out": each.left_out,
                    "codes": [dict(code._asdict()) for code in each.codes],
                }
                for each in agreed
            ],
        },
        problems,
    )
    for coder, each in sorted(now.of.items()):
        state = "cli.passage-closed" if each.closed else "cli.passage-open"
        terminal.line(terminal.text(state, name=coder.name or terminal.text("cli.passage-here")))
    for found in agreed:
        terminal.line(
            terminal.text("cli.passage-agreed", names=", ".join(each.name for each in found.coders))
        )
        for code in found.codes:
            terminal.line(
                f"  {code.code}  kappa {_figure(code.kappa)}  alpha {_figure(code.alpha)}  n {code.units}"
                f"  {'/'.join(map(str, code.yes))} ({code.both})"
            )
    tell(terminal, problems)
    return INTEGRITY if problems else OK


def passage_object(view: PassageView) -> dict[str, object]:
    """A passage for machines. `span` is where it lies in the text that stands, in code points; `at` where it was marked."""
    body = view.body
    return {
        "id": view.id,
        "source": body.source,
        "source_kind": view.source_kind,
        "field": body.field,
        "revision": body.revision,
        "at": _place(body.at),
        "state": view.state.value,
        "now": _place(view.place.at),
        "quote": body.quote,
        "before": body.before,
        "after": body.after,
        "codes": list(body.codes),
        "about": list(body.supports),
        "basis": body.basis,
        "confidence": body.confidence,
        "speaks": body.speaks or "for",
        "note": body.note,
        "coder": view.coder.name,
        "own": view.own,
        "removed": body.removed,
    }


def _place(at: Anchor | None) -> list[int] | None:
    match at:
        case InText(start, end) | InSound(start, end):
            return [start, end]
        case InPicture(left, top, right, bottom):
            return [left, top, right, bottom]
        case _:
            return None


def _line(view: PassageView, terminal: Terminal) -> str:
    words = " ".join(view.body.quote.split()) or place(view.body.at) or view.source_title
    short = words if len(words) <= 60 else words[:59] + "…"
    state = terminal.text(f"cli.passage-state-{view.state.value}")
    return "  ".join(
        part for part in (view.id, state, short, ", ".join(view.body.codes), view.coder.name) if part
    )


def _say(view: PassageView, terminal: Terminal) -> None:
    terminal.line(_line(view, terminal))
    if view.body.quote:
        terminal.line(f"  …{view.body.before}[{view.body.quote}]{view.body.after}…".replace("\n", " "))
    if view.body.note:
        terminal.line(f"  {view.body.note}")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _wanted(s: Session, interview: RootId, given: argparse.Namespace) -> tuple[RecordId, str, Anchor | None]:
    """What is to be cited, by the options."""
    source = RecordId(given.source or interview)
    field = given.field or ("account" if source == interview else "")
    if given.quote is not None:
        return found(s, interview, given.quote, RecordId(given.source), given.field)
    try:
        if given.span is not None:
            return source, field, InText(*given.span)
        if given.sound is not None:
            return source, "", InSound(*(MomentMs(each) for each in given.sound))
        if given.box is not None:
            return source, "", InPicture(*given.box)
    except ValueError as error:
        raise InputError("passage.no-such-place") from error
    return source, "", None


def found(
    s: Session, interview: RootId, quote: str, source: RecordId = NO_RECORD, field: str = ""
) -> tuple[RecordId, str, InText]:
    """The one place where these words stand. Raises InputError `passage.words-not-found`, `passage.words-unclear`."""
    places = [
        (each.source, each.field, InText(at, at + len(quote)))
        for each in texts.of_interview(s, interview)
        if quote and source in (NO_RECORD, each.source) and field in ("", each.field)
        for at in _places(each.text, quote)
    ]
    if not places:
        raise InputError("passage.words-not-found")
    if len(places) > 1:
        raise InputError("passage.words-unclear", count=len(places))
    return places[0]


def _places(text: str, quote: str) -> list[int]:
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found
