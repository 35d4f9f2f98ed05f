"""`cairn person …`: who is in an interview, by codes. Names of protected people are no part of it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from cairn.app.interviews import interviews
from cairn.app.kernel import terms
from cairn.app.kernel.sentences import field, sentence
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.app.people import coded, family, faults, naming
from cairn.app.people.coded import Coding
from cairn.app.people.family import Member
from cairn.cli.common import OK, Help, command, group, opened, tell
from cairn.cli.terminal import Terminal
from cairn.errors import InputError
from cairn.model.ids import RecordId, RootId, as_root
from cairn.model.kinds.described import TermId
from cairn.model.kinds.identity import Name, script_of
from cairn.model.kinds.person import SEXES, Person
from cairn.model.kinds.relation import CERTAINTIES, Parted, Relation
from cairn.model.places.told import PlaceTold
from cairn.model.time.told import Told
from cairn.model.time.understanding import understood
from cairn.model.time.words.context import Context
from cairn.vocab.terms import Terms


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "person", text("cli.help-person"))
    _of_interview(command(verbs, "list", show_list, text, "cli.help-person-list"), text)
    made = command(verbs, "show", show, text, "cli.help-person-show")
    _of_interview(made, text)
    made.add_argument("code", metavar="CODE")
    made = command(verbs, "add", add, text, "cli.help-person-add")
    _of_interview(made, text)
    made.add_argument("--code", default="", help=text("cli.option-person-code"))
    made.add_argument("--described", default="", metavar="WORDS", help=text("cli.option-person-described"))
    made.add_argument("--sex", choices=SEXES, default="")
    made.add_argument("--born", default="", metavar="WORDS", help=text("cli.option-person-born"))
    made.add_argument("--home", default="", metavar="WORDS", help=text("cli.option-person-home"))
    made.add_argument(
        "--role",
        dest="roles",
        nargs="+",
        action="extend",
        default=[],
        metavar="TERM",
        help=text("cli.option-person-role"),
    )
    made.add_argument(
        "--state",
        dest="states",
        nargs="+",
        action="extend",
        default=[],
        metavar="TERM",
        help=text("cli.option-person-state"),
    )
    made.add_argument("--open-name", default="", metavar="NAME", help=text("cli.option-person-open-name"))
    made.add_argument("--note", default="", metavar="WORDS")
    made = command(verbs, "relate", relate, text, "cli.help-person-relate")
    _of_interview(made, text)
    made.add_argument("code", metavar="CODE")
    made.add_argument("other", metavar="OTHER")
    made.add_argument("--type", required=True, metavar="TERM", help=text("cli.option-relation-type"))
    made.add_argument("--kin", default="", metavar="TERM", help=text("cli.option-relation-kin"))
    made.add_argument("--certainty", choices=CERTAINTIES, default="")
    made.add_argument("--parted", action="store_true", help=text("cli.option-relation-parted"))
    made.add_argument("--last-seen", default="", metavar="WORDS", help=text("cli.option-relation-last-seen"))
    made.add_argument("--where", default="", metavar="WORDS")
    made.add_argument("--cause", default="", metavar="TERM")
    made.add_argument("--holder", default="", metavar="CODE", help=text("cli.option-relation-holder"))


def _of_interview(made: argparse.ArgumentParser, text: Help) -> None:
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("interview", metavar="INTERVIEW", help=text("cli.option-passage-interview"))


def show_list(given: argparse.Namespace, terminal: Terminal) -> int:
    """Everybody of an interview: who tells first, then parted children, the family, the others."""
    with opened(given.vault, given, terminal, looking=True) as s:
        interview = as_root(given.interview)
        coding, known = coded.load(s, interview), terms.of(s)
        found = family.members(coding, known)
        problems = _problems(coding, known)
        named = [known.label(each.relation, terminal.language) if each.relation else "" for each in found]
    terminal.answer({"interview": interview, "people": [_object(each) for each in found]}, problems)
    for each, relation in zip(found, named, strict=True):
        marks = [
            sentence(code, {}, terminal.language)
            for there, code in (
                (each.teller, "cli.person-tells"),
                (bool(each.apart), "cli.person-parted"),
                (each.protected, "cli.person-protected"),
            )
            if there
        ]
        parts = [
            each.code or "—",
            each.person.shown if not each.protected else "",
            each.person.described,
            relation,
        ]
        said = "  ".join(dict.fromkeys(part for part in parts if part))
        terminal.line("  ".join([said, *(f"[{mark}]" for mark in marks)]))
    tell(terminal, problems)
    return OK


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """What is known of one person, with her relations and what can't be right."""
    with opened(given.vault, given, terminal, looking=True) as s:
        interview = as_root(given.interview)
        coding, known = coded.load(s, interview), terms.of(s)
        each = _member(coding, known, given.code)
        say = naming.said(s, interview, terminal.language)
        problems = [fault.problem for fault in faults.of_record(faults.faults(coding, known), each.record)]
        relations = [
            one
            for one, _ in coding.naming(each.record)
            if isinstance(one.body, Relation) and each.record in (one.body.person, one.body.other)
        ]
        lines = [(name, text) for name, text in say(each.person).items() if text]
        related = [
            {name: text for name, text in say(one.body).items() if text} | {"id": one.record}
            for one in relations
        ]
    terminal.answer({"person": _object(each), "relations": related}, problems)
    for name, text in lines:
        terminal.line(f"{field('person', name, terminal.language)}: {text}")
    for one in related:
        terminal.line("")
        for name, text in one.items():
            if name != "id":
                terminal.line(f"{field('relation', name, terminal.language)}: {text}")
    tell(terminal, problems)
    return OK


def add(given: argparse.Namespace, terminal: Terminal) -> int:
    """Write somebody down. Protected, unless an open name is given; a protected name is no argument of a command."""
    with opened(given.vault, given, terminal) as s:
        interview = as_root(given.interview)
        coding = _known(s, interview)
        code = given.code or coding.next_code("person")
        if any(each.own for each in coding.by_code("person", code)):
            raise InputError("coded.code-twice", code=code)
        name = given.open_name
        born = _time(given.born, Context(asks_birth=True))
        if not name and faults.tells_day(born):
            raise InputError("coded.exact-birth", code=code)
        body = Person(
            code=code,
            protected=not name,
            names=[Name(name, script_of(name))] if name else [],
            described=given.described,
            sex=given.sex,
            born=born,
            home=PlaceTold(given.home),
            roles=[TermId(term) for term in given.roles],
            states=[TermId(term) for term in given.states],
            note=given.note,
        )
        saved = coded.save(s, interview, body)
        problems = _problems_of(s, interview, saved.record)
    terminal.answer({"id": saved.record, "code": code}, problems)
    terminal.line(code)
    tell(terminal, problems)
    return OK


def relate(given: argparse.Namespace, terminal: Terminal) -> int:
    """Say that OTHER is the TERM of CODE; with --parted also what was told of their separation."""
    with opened(given.vault, given, terminal) as s:
        interview = as_root(given.interview)
        coding, known = _known(s, interview), terms.of(s)
        one, other = (_member(coding, known, code).record for code in (given.code, given.other))
        holder = _member(coding, known, given.holder).record if given.holder else RecordId("")
        parted = None
        if given.parted:
            parted = Parted(
                cause=TermId(given.cause),
                last_seen=_time(given.last_seen),
                where=PlaceTold(given.where),
                holder=holder,
            )
        body = Relation(
            person=one,
            other=other,
            type=TermId(given.type),
            kin=TermId(given.kin),
            certainty=given.certainty,
            parted=parted,
        )
        saved = coded.save(s, interview, body)
        problems = _problems_of(s, interview, saved.record)
    terminal.answer({"id": saved.record}, problems)
    terminal.line(saved.record)
    tell(terminal, problems)
    return OK


def _known(s: Session, interview: RootId) -> Coding:
    """What is coded of an interview that is here. Raises InputError `interview.unknown`."""
    interviews.ensure_saved(s, interview)
    return coded.load(s, interview)


def _member(coding: Coding, known: Terms, code: str) -> Member:
    """The person of a code who has a record. Raises InputError `coded.nobody`."""
    for each in family.members(coding, known):
        if each.record and code in (each.code, each.record):
            return each
    raise InputError("coded.nobody", code=code)


def _time(words: str, known: Context | None = None) -> Told:
    return understood(words, known).told if words else Told()


def _problems(coding: Coding, known: Terms) -> list[Problem]:
    return [fault.problem for fault in faults.faults(coding, known)]


def _problems_of(s: Session, interview: RootId, record: RecordId) -> list[Problem]:
    found = faults.faults(coded.load(s, interview), terms.of(s))
    return [fault.problem for fault in faults.of_record(found, record)]


def _object(each: Member) -> dict[str, Any]:
    return {
        "code": each.code,
        "id": each.record,
        "protected": each.protected,
        "tells": each.teller,
        "relation": each.relation,
        "parted": bool(each.apart),
        "holds": list(each.holds),
        "own": each.own,
        "device": each.label,
        "facts": msgspec.to_builtins(each.person),
    }
