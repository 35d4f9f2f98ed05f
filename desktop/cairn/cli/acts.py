"""`cairn act …` and `cairn event …`: what was coded of an interview, and acts and events added by command."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from cairn.app.coding import acts, texts
from cairn.app.coding.acts import ActWork, Board, Cited, Involved, Known, Who
from cairn.app.kernel import terms
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.app.people import coded, faults
from cairn.app.people.coded import Coded
from cairn.cli import passages
from cairn.cli.common import INTEGRITY, OK, Help, alarm, command, group, opened, tell
from cairn.cli.passages import passage_object
from cairn.cli.terminal import Terminal
from cairn.errors import InputError
from cairn.model.ids import RecordId, RootId, as_root
from cairn.model.kinds.act import Act
from cairn.model.kinds.described import TermId, fields
from cairn.model.kinds.event import Event
from cairn.model.kinds.information import Information
from cairn.model.kinds.involvement import Involvement
from cairn.model.places.told import PlaceTold
from cairn.model.time.understanding import understood


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of both nouns."""
    verbs = group(commands, "act", text("cli.help-act"))
    made = command(verbs, "list", show_list, text, "cli.help-act-list")
    _of_interview(made, text)
    made = command(verbs, "show", show, text, "cli.help-act-show")
    _of_interview(made, text)
    made.add_argument("id", metavar="ACT", help=text("cli.option-act"))
    made = command(verbs, "add", add, text, "cli.help-act-add")
    _of_interview(made, text)
    made.add_argument("--type", required=True, metavar="TERM", help=text("cli.option-act-type"))
    made.add_argument("--victim", default="", metavar="WHO", help=text("cli.option-act-victim"))
    made.add_argument("--by", action="append", default=[], metavar="WHO", help=text("cli.option-act-by"))
    made.add_argument("--event", default="", metavar="EVENT", help=text("cli.option-act-event"))
    made.add_argument("--basis", default="", metavar="TERM", help=text("cli.option-passage-basis"))
    made.add_argument("--quote", default="", metavar="WORDS", help=text("cli.option-passage-quote"))
    _when_and_where(made, text)
    verbs = group(commands, "event", text("cli.help-event"))
    made = command(verbs, "list", show_events, text, "cli.help-event-list")
    _of_interview(made, text)
    made = command(verbs, "show", show_event, text, "cli.help-event-show")
    _of_interview(made, text)
    made.add_argument("id", metavar="EVENT", help=text("cli.option-event-id"))
    made = command(verbs, "add", add_event, text, "cli.help-event-add")
    _of_interview(made, text)
    made.add_argument("--title", required=True, metavar="WORDS", help=text("cli.option-event-title"))
    made.add_argument("--narrative", default="", metavar="WORDS", help=text("cli.option-event-narrative"))
    _when_and_where(made, text)


def _of_interview(made: argparse.ArgumentParser, text: Help) -> None:
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("interview", metavar="INTERVIEW", help=text("cli.option-passage-interview"))


def _when_and_where(made: argparse.ArgumentParser, text: Help) -> None:
    made.add_argument("--time", default="", metavar="WORDS", help=text("cli.option-act-time"))
    made.add_argument("--place", default="", metavar="WORDS", help=text("cli.option-act-place"))


def show_list(given: argparse.Namespace, terminal: Terminal) -> int:
    """The acts of an interview, and what can't be right in what is coded."""
    with opened(given.vault, given, terminal, looking=True) as s:
        board = acts.board(s, as_root(given.interview))
        known = terms.of(s)
        problems = alarm(s)
    wrong = [Problem(each.code, dict(each.values)) for each in faults.faults(board.coding, known)]
    found = board.acts()
    terminal.answer(
        {"interview": given.interview, "acts": [_act_object(board, *each) for each in found]},
        [*problems, *wrong],
    )
    for each, act in found:
        whom = board.coding.called(act.victim)
        parts = (
            act.code,
            known.label(act.type, terminal.language),
            whom,
            act.time.words,
            act.place.words,
            each.label,
        )
        terminal.line("  ".join(part for part in parts if part))
    tell(terminal, [*problems, *wrong])
    return INTEGRITY if problems else OK


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """One act with everything that is said of it."""
    with opened(given.vault, given, terminal, looking=True) as s:
        board = acts.board(s, as_root(given.interview))
        problems = alarm(s)
    each = _one(board.coding, "act", given.id)
    act = each.body
    if not isinstance(act, Act):
        raise InputError("coded.not-known", code=given.id)
    terminal.answer(_act_object(board, each, act), problems)
    _say(act, terminal)
    for view in board.cited_for(each.record):
        terminal.line(f"  “{' '.join(view.body.quote.split())}”")
    tell(terminal, problems)
    return INTEGRITY if problems else OK


def add(given: argparse.Namespace, terminal: Terminal) -> int:
    """Add an act, with its people and its passage."""
    with opened(given.vault, given, terminal) as s:
        interview = as_root(given.interview)
        board = acts.board(s, interview)
        event = _one(board.coding, "event", given.event).record if given.event else RecordId("")
        work = ActWork(
            type=TermId(given.type),
            event=event,
            whom=_who(board.coding, given.victim, "person"),
            time=understood(given.time).told,
            place=PlaceTold(given.place),
            involved=[Involved(whom=_who(board.coding, who, "unknown")) for who in given.by],
            known=[Known(basis=TermId(given.basis))] if given.basis else [],
            cited=_cited(s, interview, given.quote) if given.quote else None,
        )
        done = acts.save(s, interview, acts.begin(s, interview), work)
        board = acts.board(s, interview)
        act = board.coding.body(done.act, Act) or Act()
        found = _act_object(board, board.coding.records[done.act], act)
    terminal.answer(found)
    terminal.line(f"{act.code}  {done.act}")
    return OK


def show_events(given: argparse.Namespace, terminal: Terminal) -> int:
    """The events of an interview."""
    with opened(given.vault, given, terminal, looking=True) as s:
        coding = coded.load(s, as_root(given.interview))
        problems = alarm(s)
    found = coding.bodies(Event)
    terminal.answer(
        {"interview": given.interview, "events": [_object(each, body) for each, body in found]}, problems
    )
    for _, body in found:
        parts = (body.code, body.title, body.time.words, body.place.words)
        terminal.line("  ".join(part for part in parts if part))
    tell(terminal, problems)
    return INTEGRITY if problems else OK


def show_event(given: argparse.Namespace, terminal: Terminal) -> int:
    """One event, and its acts."""
    with opened(given.vault, given, terminal, looking=True) as s:
        board = acts.board(s, as_root(given.interview))
        problems = alarm(s)
    each = _one(board.coding, "event", given.id)
    if each.body is None:
        raise InputError("coded.not-known", code=given.id)
    parts = [(one, act) for one, act in board.acts() if act.event == each.record]
    terminal.answer(
        _object(each, each.body) | {"acts": [_act_object(board, one, act) for one, act in parts]}, problems
    )
    _say(each.body, terminal)
    for _, act in parts:
        terminal.line(f"  {act.code}  {act.type}")
    tell(terminal, problems)
    return INTEGRITY if problems else OK


def add_event(given: argparse.Namespace, terminal: Terminal) -> int:
    """Add an event."""
    with opened(given.vault, given, terminal) as s:
        interview = as_root(given.interview)
        code = coded.load(s, interview).next_code("event")
        body = Event(
            code=code,
            title=given.title,
            narrative=given.narrative,
            time=understood(given.time).told,
            place=PlaceTold(given.place),
        )
        saved = coded.save(s, interview, body)
        each = coded.load(s, interview).records[saved.record]
    terminal.answer(_object(each, body))
    terminal.line(f"{code}  {saved.record}")
    return OK


def _one(coding: coded.Coding, kind: str, named: str) -> Coded:
    """A record by its id or its code. Raises InputError `coded.not-known`."""
    known = coding.records.get(RecordId(named))
    found = [known] if known is not None and known.kind == kind else coding.by_code(kind, named)
    if not found:
        raise InputError("coded.not-known", code=named)
    return found[0]


def _who(coding: coded.Coding, named: str, new: str) -> Who:
    """Somebody by code, or by words for who is new: a perpetrator nobody can name stays in those words."""
    if not named:
        return Who()
    found = [*coding.by_code("person", named), *coding.by_code("unit", named)]
    if found:
        return Who(record=found[0].record)
    if any(each.code == named for each in coding.present):
        return Who(code=named)
    return Who(words=named, kind=new)


def _cited(s: Session, interview: RootId, quote: str) -> Cited:
    """The one place where these words stand. Raises InputError `passage.words-not-found`, `passage.words-unclear`."""
    source, field, at = passages.found(s, interview, quote)
    text = next(
        each for each in texts.of_interview(s, interview) if (each.source, each.field) == (source, field)
    )
    return Cited(source, text.revision, field, at.start, at.end, quote)


def _act_object(board: Board, each: Coded, act: Act) -> dict[str, object]:
    """An act for machines, with who had a part in it, how it is known and its passages."""
    record = each.record
    return _object(each, act) | {
        "involvements": [
            _object(one, body) for one, body in board.coding.bodies(Involvement) if body.act == record
        ],
        "information": [
            _object(one, body) for one, body in board.coding.bodies(Information) if body.about == record
        ],
        "passages": [passage_object(view) for view in board.cited_for(record)],
    }


def _object(each: Coded, body: msgspec.Struct) -> dict[str, object]:
    found: dict[str, object] = {"id": each.record, "coder": each.label, "own": each.own}
    said: dict[str, object] = msgspec.to_builtins(body)
    return found | said


def _say(body: msgspec.Struct, terminal: Terminal) -> None:
    for name, text in fields(body).items():
        if text:
            terminal.line(f"{name}: {text}".replace("\n", "\n  "))
