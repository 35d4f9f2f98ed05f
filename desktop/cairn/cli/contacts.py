"""`cairn contact …`: the own card, and the cards of others."""

from __future__ import annotations

import argparse
from pathlib import Path

from cairn import paths
from cairn.app.kernel import contacts
from cairn.app.kernel.views import CardSays, ContactRow
from cairn.cli.common import OK, Help, command, group, opened
from cairn.cli.terminal import Terminal, split_words
from cairn.errors import InputError
from cairn.model.ids import NO_HASH, Sha256

_LONGEST_CARD = 256 * 1024
_HASH = 32
"""Digits of a card's SHA-256 that name it: nobody makes two cards with the same ones, which half of them would allow."""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "contact", text("cli.help-contact"))
    made = command(verbs, "card", card, text, "cli.help-contact-card")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("-o", "--out", type=Path, required=True, metavar="CARD")
    made = command(verbs, "add", add, text, "cli.help-contact-add")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("card", type=Path, metavar="CARD")
    made.add_argument("--words", metavar="WORDS", help=text("cli.option-words"))
    for verb, run in (("accept", accept), ("decline", decline)):
        made = command(verbs, verb, run, text, f"cli.help-contact-{verb}")
        made.add_argument("vault", type=Path, metavar="DIR")
        made.add_argument("contact", metavar="CONTACT")
        made.add_argument("--card", metavar="SHA256", required=True, help=text("cli.option-card"))
    command(verbs, "list", show, text, "cli.help-contact-list").add_argument(
        "vault", type=Path, metavar="DIR"
    )


def card(given: argparse.Namespace, terminal: Terminal) -> int:
    """Write the own card; its 12 words are read out to whoever receives it."""
    with opened(given.vault, given, terminal, reads=True) as s:
        data, words, fingerprint = contacts.own_card(s), contacts.own_words(s), s.info.fingerprint
    paths.write_new(given.out, data)
    terminal.answer({"path": str(given.out.absolute()), "fingerprint": fingerprint, "words": words})
    terminal.hint("cli.words-to-read-out")
    terminal.line(" ".join(words))
    return OK


def add(given: argparse.Namespace, terminal: Terminal) -> int:
    """Add a card, verified when the right words are given with it."""
    data = _read_card(given.card)
    words = split_words(given.words) if given.words is not None else None
    with opened(given.vault, given, terminal) as s:
        row = contacts.add(s, data, words)
    terminal.answer(_object(row))
    terminal.line(_line(row))
    if row.trust == "unverified":
        terminal.hint("cli.contact-unverified")
    _tell(row, terminal)
    return OK


def accept(given: argparse.Namespace, terminal: Terminal) -> int:
    """Take what a newer card says; what was and what is are told."""
    with opened(given.vault, given, terminal) as s:
        before = contacts.find(s, given.contact)
        after = contacts.accept(s, before.fingerprint, _seen(before, given.card))
        namesake = any(
            row.label.casefold() == after.label.casefold() and row.fingerprint != after.fingerprint
            for row in contacts.rows(s)
        )
    terminal.answer({**_object(after), "before": _says(before)})
    terminal.line(_text(terminal, "cli.contact-before", before))
    terminal.line(_text(terminal, "cli.contact-after", after))
    if namesake:
        terminal.hint("cli.contact-same-label", label=after.label)
    _tell(after, terminal)
    return OK


def decline(given: argparse.Namespace, terminal: Terminal) -> int:
    """Leave a contact as it is; what a newer card says is told once more."""
    with opened(given.vault, given, terminal) as s:
        before = contacts.find(s, given.contact)
        after = contacts.decline(s, before.fingerprint, _seen(before, given.card))
    terminal.answer({**_object(after), "declined": _says(before.offered)})
    if before.offered is not None:
        terminal.line(_text(terminal, "cli.contact-says", before.offered))
    terminal.line(_text(terminal, "cli.contact-stays", after))
    return OK


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """All contacts and how far each is trusted."""
    with opened(given.vault, given, terminal, reads=True) as s:
        rows = contacts.rows(s)
    terminal.answer({"contacts": [_object(row) for row in rows]})
    for row in rows:
        terminal.line(_line(row))
        _tell(row, terminal)
    return OK


def _seen(row: ContactRow, beginning: str) -> Sha256:
    """The newer card that the person names by the beginning of its hash."""
    if len(beginning) < _HASH:
        raise InputError("cli.card-too-short", least=_HASH)
    if row.offered is not None and row.offered.card.startswith(beginning.lower()):
        return row.offered.card
    # Another one: the use case says what is wrong.
    return NO_HASH


def _tell(row: ContactRow, terminal: Terminal) -> None:
    """What a person should know of a contact beside its line: that it ended, what a newer card says."""
    if row.trust == "expired":
        terminal.hint("cli.contact-expired")
    if row.offered is not None:
        terminal.hint("cli.contact-offered")
        terminal.hint("cli.contact-says", **_values(terminal, row.offered))
        terminal.hint("cli.contact-stays", **_values(terminal, row))
        terminal.hint("cli.contact-card", card=row.offered.card[:_HASH])


def _text(terminal: Terminal, code: str, said: ContactRow | CardSays) -> str:
    return terminal.text(code, **_values(terminal, said))


def _values(terminal: Terminal, said: ContactRow | CardSays) -> dict[str, str]:
    expires = said.expires or terminal.text("cli.contact-no-end")
    return {"label": said.label, "role": said.role, "expires": expires}


def _says(said: ContactRow | CardSays | None) -> dict[str, str] | None:
    if said is None:
        return None
    told = {"label": said.label, "role": said.role, "created": said.created, "expires": said.expires}
    return told if isinstance(said, ContactRow) else {**told, "card": said.card}


def _read_card(file: Path) -> bytes:
    with paths.machine_errors(), file.open("rb") as source:
        data = source.read(_LONGEST_CARD + 1)
    if len(data) > _LONGEST_CARD:
        raise InputError("card.malformed")
    return data


def _object(row: ContactRow) -> dict[str, object]:
    return {
        "id": row.fingerprint,
        "fingerprint": row.fingerprint,
        "label": row.label,
        "role": row.role,
        "trust": str(row.trust),
        "words": list(row.words),
        "created": row.created,
        "expires": row.expires,
        "offered": _says(row.offered),
    }


def _line(row: ContactRow) -> str:
    return f"{row.fingerprint}  {row.trust}  {row.role}  {row.label}"
