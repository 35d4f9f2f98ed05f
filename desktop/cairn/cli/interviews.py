"""`cairn interview …` and `cairn search`."""

from __future__ import annotations

import argparse
from pathlib import Path
from unicodedata import normalize

import msgspec

from cairn.app.consent import wording
from cairn.app.files import inside
from cairn.app.interviews import interviews, search
from cairn.app.kernel import times
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import InterviewView, Problem
from cairn.app.program import batch_add
from cairn.app.sound import recordings
from cairn.cli import dates, listing
from cairn.cli.common import (
    INTEGRITY,
    OK,
    Help,
    alarm,
    command,
    group,
    interview_object,
    opened,
    recording_object,
    require_file,
    resolve,
    tell,
)
from cairn.cli.terminal import Terminal, UsageError, read_text, size_text
from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from cairn.model.agreement import agreed_to
from cairn.model.ids import RootId
from cairn.model.kinds.interview import PROTECTED_ROLES, Interview, Person, next_code

_SHORTEST_ID = 4
"""Characters of an id that name an interview, where one alone begins with them."""
_LONGEST_ACCOUNT = 7 * 1024 * 1024


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser], text: Help) -> None:
    """Add the commands of this noun."""
    verbs = group(commands, "interview", text("cli.help-interview"))
    made = command(verbs, "add", add, text, "cli.help-interview-add")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("--title", required=True)
    made.add_argument("--date", default="", metavar="WORDS", help=text("cli.option-date"))
    made.add_argument("--date-means", default="", metavar="EDTF", help=text("cli.option-date-means"))
    made.add_argument("--account-file", type=Path, metavar="FILE")
    made.add_argument("--people-file", type=Path, metavar="FILE", help=text("cli.option-people-file"))
    made.add_argument("--plain-names", action="store_true", help=text("cli.option-plain-names"))
    made.add_argument("--attach", nargs="+", action="extend", default=[], type=Path, metavar="FILE")
    made.add_argument("--consent", choices=("share", "keep", "nothing"), help=text("cli.option-consent"))
    made.add_argument(
        "--share-with",
        nargs="+",
        action="extend",
        default=[],
        metavar="CONTACT",
        help=text("cli.option-share-with"),
    )
    listing.add_options(command(verbs, "list", listing.show_list, text, "cli.help-interview-list"), text)
    made = command(verbs, "show", show, text, "cli.help-interview-show")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("id", nargs="?", metavar="ID|TITLE")
    made.add_argument("--names", action="store_true", help=text("cli.option-names"))
    made = command(commands, "search", find, text, "cli.help-search")
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument("words", nargs="+", metavar="WORDS")


def add(given: argparse.Namespace, terminal: Terminal) -> int:
    """Write down an interview with its files and consent: whole, or not at all."""
    if given.share_with and given.consent != "share":
        raise UsageError("cli.share-with-needs-share")
    account = read_text(given.account_file, _LONGEST_ACCOUNT) if given.account_file else ""
    when = dates.told(given.date, given.date_means, terminal)
    people, names = _people(given.people_file, plain=given.plain_names)
    for file in given.attach:
        require_file(file)
    text = account.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    with opened(given.vault, given, terminal) as s, terminal.job("cli.attaching") as progress:
        named = resolve(s, given.share_with)
        agreed = agreed_to(given.consent, "named" if named else "verified", named) if given.consent else None
        body = Interview(title=given.title, date=when, account=text, people=people)
        made = batch_add.add(s, body, agreed, given.attach, progress, names=names)
        view = interviews.load(s, made)
    terminal.answer({**interview_object(view), "interviews": [interview_object(view)]})
    terminal.line(made)
    return OK


def _people(file: Path | None, *, plain: bool) -> tuple[list[Person], dict[str, str]]:
    """Those of a file of lines `ROLE: NAME`, and the protected names by code.

    In a file and not on the command line, which others on the computer can read.
    """
    people: list[Person] = []
    names: dict[str, str] = {}
    for line in read_text(file).splitlines() if file is not None else ():
        role, mark, name = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not mark or not name:
            raise UsageError("cli.people-line")
        code = next_code(people)
        if role in PROTECTED_ROLES and not plain:
            people.append(Person(role=role, code=code, protected=True))
            names[code] = name
        else:
            people.append(Person(name, role, code))
    return people, names


def _load(s: Session, wanted: RootId) -> InterviewView:
    """By id, by a title that one interview alone has, or by the beginning of an id.

    Raises InputError `interview.unknown`, `interview.ambiguous`.
    """
    try:
        return interviews.load(s, wanted)
    except InputError as error:
        if error.code != "interview.unknown":
            raise
        title = normalize("NFC", wanted).casefold()
        rows = interviews.rows(s, limit=-1)
        found = [row.id for row in rows if normalize("NFC", row.title).casefold() == title]
        if not found and len(title) >= _SHORTEST_ID:
            found = [row.id for row in rows if row.id.startswith(title)]
        if len(found) > 1:
            raise InputError("interview.ambiguous") from error
        if not found:
            raise
        return interviews.load(s, found[0])


def show(given: argparse.Namespace, terminal: Terminal) -> int:
    """One interview; without an id, the list."""
    if given.id is None:
        return listing.show_all(given, terminal)
    with opened(given.vault, given, terminal, looking=True) as s:
        view, problems = _load(s, given.id), alarm(s)
        sounds = [each for each in recordings.rows(s, view.id) if not each.removed]
    whole = interview_object(view) | {
        "body": msgspec.to_builtins(view.body),
        # Apart from the body, as in the vault: names by code, none while they are closed.
        "names": dict(view.names) if given.names else {},
        "notes": [
            {"id": n.id, "text": n.text} | ({"recording": n.recording, "at": n.at} if n.recording else {})
            for n in view.notes
            if not n.removed
        ],
        "recordings": [recording_object(each) for each in sounds],
        "consent": view.consent.choice if view.consent.set else None,
        "consent_grid": msgspec.to_builtins(view.consent.grid),
        "conflicts": len(view.conflicts),
    }
    terminal.answer({**whole, "interviews": [whole]}, problems)
    _print(view, terminal, names=given.names)
    tell(terminal, [Problem(code, {}) for code in view.unreadable])
    for each in sounds:
        terminal.line(f"{each.sha256}  {size_text(each.size)}  {each.name}")
    tell(terminal, problems)
    return INTEGRITY if problems else OK


def _print(view: InterviewView, terminal: Terminal, *, names: bool) -> None:
    terminal.line(view.body.title)
    terminal.line(view.id)
    for value in (
        times.whole(view.body.date, terminal.language),
        view.body.place,
        ", ".join(view.body.languages),
    ):
        if value:
            terminal.line(value)
    for person in view.body.people:
        name = view.names.get(person.code, "") if names else ""
        called = f"{person.code}  {name}" if name else person.shown
        terminal.line(f"{called} ({person.role})" if person.role else called)
    choice = view.consent.choice if view.consent.set else "not-asked"
    terminal.line(terminal.text(f"cli.consent-{choice}"))
    if choice == "custom":
        for line in wording.lines(view.consent.grid, dict(view.consent.contacts), terminal.language):
            terminal.line(f"  {line}")
    if view.final:
        terminal.line(terminal.text("cli.finalised-interview"))
    for part in (view.body.summary, view.body.account, *(n.text for n in view.notes if not n.removed)):
        if part:
            terminal.line()
            for line in part.split("\n"):
                terminal.line(line)
    attached = [f for f in view.files if not f.removed]
    if attached:
        terminal.line()
    for file in attached:
        terminal.line(f"{file.sha256}  {size_text(file.size)}  {file.name}")


def find(given: argparse.Namespace, terminal: Terminal) -> int:
    """Full-text search, also inside files."""
    with opened(given.vault, given, terminal, reads=True) as s:
        with DecodeHost() as decoder:
            inside.read_all(s, decoder)
        if s.unwritable and inside.unread(s):
            terminal.carry(Problem("file.unread-inside", {}))
        hits = search.search(s, " ".join(given.words))
    found: dict[str, dict[str, object]] = {}
    for hit in hits:
        found.setdefault(hit.interview_id, {"id": hit.interview_id, "title": hit.title})
    terminal.answer(
        {
            "interviews": list(found.values()),
            "hits": [
                {
                    "interview": hit.interview_id,
                    "record": hit.record_id,
                    "kind": hit.kind,
                    "field": hit.field,
                    "text": "".join(text for text, _ in hit.snippet),
                }
                | ({} if hit.at is None else {"at": hit.at})
                for hit in hits
            ],
        }
    )
    for hit in hits:
        snippet = "".join(f"[{text}]" if is_hit else text for text, is_hit in hit.snippet)
        terminal.line(f"{hit.interview_id}  {hit.title}  {hit.field}: {snippet}")
    if not hits:
        terminal.hint("cli.nothing-found")
    return OK
