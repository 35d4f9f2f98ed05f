"""What leaves and what stays, by name: said before anything leaves, and to machines."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from cairn.app.consent import wording
from cairn.app.kernel import sentences
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import ConsentView, Problem
from cairn.app.leaving import names
from cairn.app.leaving.views import CopyPreview, Leaving, SealGroup, SealInterview, SealPreview, Staying
from cairn.cli.common import Help, tell
from cairn.cli.terminal import Terminal, size_text
from cairn.errors import InputError
from cairn.model.ids import RecordId


def out_or_dry_run(made: argparse.ArgumentParser, text: Help, what: str = "FILE") -> None:
    """Either where to, or `--dry-run`."""
    where = made.add_mutually_exclusive_group(required=True)
    where.add_argument("-o", "--out", type=Path, metavar=what)
    where.add_argument("--dry-run", action="store_true", help=text("cli.option-dry-run"))


def may_be_unlogged(made: argparse.ArgumentParser, text: Help) -> None:
    """`--unlogged`: the person knows that the log can't tell of it."""
    made.add_argument("--unlogged", action="store_true", help=text("cli.option-unlogged"))


def held_by_name(preview: SealPreview, wanted: Sequence[str]) -> set[RecordId]:
    """Ids of the records that are called by id or by name. Raises InputError `sealing.not-held` for one that is none."""
    items = [each for group in preview.groups for one in group.interviews for each in one.items]
    held: set[RecordId] = set()
    for name in wanted:
        found = {each.record for each in items if name in (each.record, each.name) and each.can_be_held}
        if not found:
            raise InputError("sealing.not-held", name=name)
        held |= found
    return held


def items_object(preview: SealPreview, terminal: Terminal) -> dict[str, object]:
    """Everything that leaves and stays, by name, for machines."""
    each = [(group, one, item) for group in preview.groups for one in group.interviews for item in one.items]
    return {
        "leaves": [
            {**_item_object(one, item), "to": [row.label for row in group.recipients]}
            for group, one, item in each
            if not isinstance(item, Staying)
        ],
        "stays": [
            {**_item_object(one, item), "code": item.code, "text": terminal.text(item.code),
             "to": [row.label for row in group.recipients]}
            for group, one, item in each
            if isinstance(item, Staying)
        ],
    }  # fmt: skip


def _item_object(one: SealInterview, item: Leaving) -> dict[str, object]:
    return {
        "interview": one.id,
        "id": item.record,
        "kind": item.kind,
        "name": item.name,
        "type": item.type,
        "size": item.size,
        "of_people": item.of_people,
    }


def say_items(preview: SealPreview, terminal: Terminal) -> None:
    """The totals, the words of each consent, and every item by name: what people can be known by first."""
    for group in preview.groups:
        if len(preview.groups) > 1:
            terminal.hint("cli.for", names=names_of(group))
        shown = group.interviews
        leave, stay = sum(len(one.leaves) for one in shown), sum(len(one.stays) for one in shown)
        terminal.hint("cli.totals", leave=leave, stay=stay)
        for one in shown:
            terminal.hint("cli.consent-said", title=one.title, words=words_of(one.consent, terminal))
            for item in one.items:
                _say(item, one.title, terminal)


def names_of(group: SealGroup) -> str:
    """The recipients of a bundle, in one line."""
    return ", ".join(row.label for row in group.recipients)


def say_copy(found: CopyPreview, terminal: Terminal) -> None:
    """What a plain copy lets out, and under which consent."""
    terminal.hint("cli.consent-said", title=found.title, words=words_of(found.consent, terminal))
    _say(found.item, found.title, terminal)
    if found.unlogged and not found.refused:
        terminal.hint("cli.copy-unlogged")


def copy_object(found: CopyPreview, terminal: Terminal) -> dict[str, object]:
    """What a plain copy would let out, for machines."""
    item = found.item
    object_: dict[str, object] = {"id": item.record, "kind": item.kind, "name": item.name}
    object_ |= {
        "type": item.type,
        "size": item.size,
        "of_people": item.of_people,
        "leaves": not found.refused,
    }
    return object_ | ({"code": found.refused, "text": terminal.text(found.refused)} if found.refused else {})


def look_for_names(
    s: Session, terminal: Terminal, found: SealPreview | CopyPreview
) -> tuple[dict[str, object], list[Problem]]:
    """Protected names that stand in what is about to leave, and what nobody looked through: said before it does.

    Returns both for machines, as an object and as problems.
    """
    with terminal.job("cli.names") as progress:
        if isinstance(found, SealPreview):
            look = names.of_preview(s, found, progress)
        else:
            look = names.NOTHING if found.refused else names.of_copy(s, found, progress)
    problems = names.problems(look, terminal.language)
    tell(terminal, problems)
    each = [
        {"interview": one.interview, "record": one.record, "name": one.item, "field": one.field,
         "where": names.where(one, terminal.language), "person": one.person, "elsewhere": one.elsewhere,
         "text": f"{one.before}{one.word}{one.after}", "word": one.word, "count": one.count}
        for one in look.found
    ]  # fmt: skip
    unread = [{"record": one.record, "name": one.name} for one in look.unread]
    return {"names": each, "names_unread": unread, "names_closed": look.closed}, problems


def words_of(view: ConsentView, terminal: Terminal) -> str:
    """A consent in the words in which it was given, and what is written down of it."""
    given = view.given.strip()
    said = " ".join(wording.sentences(view, terminal.language))
    return f"“{given}” {said}" if given else said


def _say(item: Leaving, title: str, terminal: Terminal) -> None:
    kind, name = sentences.kind(item.kind, terminal.language), item.name or item.record
    if isinstance(item, Staying):
        terminal.hint("cli.stays", title=title, kind=kind, name=name, why=terminal.text(item.code))
    else:
        terminal.hint("cli.leaves", title=title, kind=kind, name=name, size=size_text(item.size))
