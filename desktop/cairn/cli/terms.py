"""`cairn term …`: what terms there are, what one means, and local ones. Without a vault: what ships."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from cairn.app.kernel import terms
from cairn.app.kernel.sentences import sentence
from cairn.cli.common import OK, Help, command, group, opened
from cairn.cli.terminal import Terminal, read_text
from cairn.errors import InputError
from cairn.model.kinds.term import LocalTerm
from cairn.vocab import reading
from cairn.vocab.term import Term
from cairn.vocab.terms import Terms


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "term", text("cli.help-term"))
    made = command(verbs, "list", show_all, text, "cli.help-term-list")
    made.add_argument("vault", type=Path, metavar="DIR", nargs="?")
    made.add_argument("--vocabulary", metavar="NAME", help=text("cli.option-vocabulary"))
    made.add_argument("--find", metavar="WORDS", help=text("cli.option-find-term"))
    made = command(verbs, "show", show, text, "cli.help-term-show")
    made.add_argument("term", metavar="TERM")
    made.add_argument("vault", type=Path, metavar="DIR", nargs="?")
    made = command(verbs, "add", add, text, "cli.help-term-add")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("file", type=Path, metavar="FILE")
    made = command(verbs, "retire", retire, text, "cli.help-term-retire")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("term", metavar="TERM")
    made.add_argument("--offer-again", action="store_true", help=text("cli.option-offer-again"))


def show_all(given: argparse.Namespace, terminal: Terminal) -> int:
    """The vocabularies; of one its terms; or the terms that fit some words."""
    with _terms(given, terminal) as known:
        names = [given.vocabulary] if given.vocabulary else list(known.names())
        if given.vocabulary and known.vocabulary(given.vocabulary) is None and not known.problems:
            raise InputError("term.no-vocabulary", name=given.vocabulary)
        if given.find is not None:
            found = [each.term for each in known.search(given.find, names)]
            _list(found, known, terminal)
        elif given.vocabulary:
            _list(list(known.terms(given.vocabulary)), known, terminal)
        else:
            _vocabularies(known, terminal)
        for problem in known.problems:
            terminal.hint(problem.code, **problem.values)
    return OK


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """Everything that a term says; how often it is used, in a vault."""
    with _terms(given, terminal) as known:
        term = known.get(given.term)
        if not term.known:
            for problem in known.problems:
                terminal.hint(problem.code, **problem.values)
            raise InputError("term.unknown", id=given.term)
        path = [each.label(terminal.language) for each in known.path(term.id)]
        terminal.answer({"term": _object(term), "path": path, "vocabulary": term.vocabulary})
        _explain(term, known, terminal)
    return OK


def add(given: argparse.Namespace, terminal: Terminal) -> int:
    """Make a local term of a file in TOML, with the keys of the schema."""
    data = read_text(given.file).encode("utf-8")
    body = reading.decoded(given.file.name, data, LocalTerm)
    with opened(given.vault, given, terminal) as s:
        id_ = terms.add(s, body)
    terminal.answer({"id": id_})
    terminal.line(id_)
    return OK


def retire(given: argparse.Namespace, terminal: Terminal) -> int:
    """No longer offer a term, or offer it again."""
    with opened(given.vault, given, terminal) as s:
        terms.retire(s, given.term, retired=not given.offer_again)
        term = terms.of(s).get(given.term)
    terminal.answer({"term": _object(term)})
    terminal.line(_line(term, terminal))
    return OK


@contextmanager
def _terms(given: argparse.Namespace, terminal: Terminal) -> Iterator[Terms]:
    if given.vault is None:
        yield Terms()
        return
    with opened(given.vault, given, terminal, looking=True) as s:
        yield terms.of(s)


def _vocabularies(known: Terms, terminal: Terminal) -> None:
    heads = [head for name in known.names() if (head := known.vocabulary(name)) is not None]
    terminal.answer(
        {
            "vocabularies": [
                {
                    "id": head.id,
                    "version": head.version,
                    "title": msgspec.to_builtins(head.title),
                    "review": head.review,
                    "terms": len(known.terms(head.id)),
                }
                for head in heads
            ]
        }
    )
    for head in heads:
        terminal.line(f"{head.id}  {head.title.in_language(terminal.language)}  {len(known.terms(head.id))}")


def _list(found: list[Term], known: Terms, terminal: Terminal) -> None:
    terminal.answer({"terms": [_object(each) for each in found]})
    for each in found:
        terminal.line("  " * len(known.path(each.id)) + _line(each, terminal))


def _line(term: Term, terminal: Terminal) -> str:
    marks = [
        sentence(code, {}, terminal.language)
        for there, code in (
            (term.retired, "cli.term-retired"),
            (term.review, "cli.term-review"),
            (term.origin == "local", "cli.term-local"),
        )
        if there
    ]
    return "  ".join([term.id, term.label(terminal.language), *(f"[{mark}]" for mark in marks)])


def _explain(term: Term, known: Terms, terminal: Terminal) -> None:
    language = terminal.language
    terminal.line(_line(term, terminal))
    if term.review:
        terminal.hint("cli.term-needs-review")
    if term.doubt:
        terminal.line(term.doubt)
    for code, said in (
        ("cli.term-definition", term.definition),
        ("cli.term-include", term.include),
        ("cli.term-example", term.example),
        ("cli.term-count", term.count.one),
    ):
        if said:
            terminal.line(terminal.text(code, text=said.in_language(language)))
    for each in term.out:
        label = known.label(each.see, language)
        terminal.line(terminal.text("cli.term-out", text=each.said.in_language(language), term=label))


def _object(term: Term) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(term)
    return {**found, "retired": term.retired, "review": term.review, "origin": term.origin}
