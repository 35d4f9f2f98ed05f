"""`cairn place …`: places by name in any script, what lies in what, and those of the vault's own. Without a vault: what ships."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from cairn.app.kernel import places
from cairn.cli.common import OK, Help, command, group, opened
from cairn.cli.terminal import Terminal, read_text
from cairn.errors import InputError
from cairn.model.kinds.place import LocalPlace
from cairn.model.places.gazetteer import Gazetteer
from cairn.model.places.place import Place
from cairn.vocab import places as shipped
from cairn.vocab import reading


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "place", text("cli.help-place"))
    made = command(verbs, "list", show_all, text, "cli.help-place-list")
    made.add_argument("vault", type=Path, metavar="DIR", nargs="?")
    made.add_argument("--inside", metavar="PLACE", default="", help=text("cli.option-inside"))
    made.add_argument("--find", metavar="WORDS", help=text("cli.option-find-place"))
    made = command(verbs, "show", show, text, "cli.help-place-show")
    made.add_argument("place", metavar="PLACE")
    made.add_argument("vault", type=Path, metavar="DIR", nargs="?")
    made = command(verbs, "add", add, text, "cli.help-place-add")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("file", type=Path, metavar="FILE")


def show_all(given: argparse.Namespace, terminal: Terminal) -> int:
    """What lies directly in a place (in none: countries), or the places that fit some words."""
    with _known(given, terminal) as known:
        if given.inside and not known.get(given.inside).known:
            raise InputError("place.unknown", id=given.inside)
        if given.find is not None:
            found = [each.place for each in known.search(given.find, inside=given.inside)]
        else:
            found = list(known.children(given.inside))
        terminal.answer({"places": [_object(each, known) for each in found]})
        for each in found:
            terminal.line(_line(each, known, terminal.language))
    return OK


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """Every name of a place, what it lies in, and what held of it when."""
    with _known(given, terminal) as known:
        place = known.get(given.place)
        if not place.known:
            raise InputError("place.unknown", id=given.place)
        terminal.answer({"place": _object(place, known)})
        terminal.line(_line(place, known, terminal.language))
        for name in place.names:
            when = f"  {name.start}/{name.end}" if name.start or name.end else ""
            terminal.line("  " + " · ".join(name.written) + when)
        for each in place.stretches:
            said = (
                each.type,
                each.agency,
                known.label(each.parent, terminal.language),
                each.note,
                each.source,
            )
            terminal.line(f"  {each.start}/{each.end}  " + "  ".join(one for one in said if one))
    return OK


def add(given: argparse.Namespace, terminal: Terminal) -> int:
    """Make a place of a file in TOML, with the keys of the schema."""
    body = reading.decoded(given.file.name, read_text(given.file).encode("utf-8"), LocalPlace)
    with opened(given.vault, given, terminal) as s:
        id_ = places.add(s, body)
    terminal.answer({"id": id_})
    terminal.line(id_)
    return OK


@contextmanager
def _known(given: argparse.Namespace, terminal: Terminal) -> Iterator[Gazetteer]:
    ship, problems = shipped.shipped()
    for problem in problems:
        terminal.hint(problem.code, **problem.values)
    if given.vault is None:
        yield Gazetteer(ship)
        return
    with opened(given.vault, given, terminal, looking=True) as s:
        yield places.of(s)


def _line(place: Place, known: Gazetteer, language: str) -> str:
    path = ", ".join(each.label(language) for each in reversed(known.path(place.id)))
    return "  ".join(each for each in (place.id, place.label(language), path) if each)


def _object(place: Place, known: Gazetteer) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(place)
    return {**found, "path": [each.id for each in known.path(place.id)], "origin": place.origin}
