"""`cairn interview list`: what of the interviews, in which order."""

from __future__ import annotations

import argparse
from pathlib import Path

from cairn.app.interviews import interviews, listing
from cairn.app.interviews.listing import FALLING, STATES, Filter, Sort
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import InterviewRow, Problem
from cairn.cli.common import INTEGRITY, OK, Help, alarm, interview_object, opened, resolve, tell
from cairn.cli.terminal import Terminal, UsageError
from cairn.errors import IntegrityError
from cairn.model.ids import Fingerprint


def add_options(made: argparse.ArgumentParser, text: Help) -> None:
    """The options that choose and sort."""
    made.add_argument("vault", type=Path, metavar="DIR")
    made.add_argument(
        "--sort",
        choices=[each.value for each in Sort],
        default=Sort.CHANGED.value,
        help=text("cli.option-sort"),
    )
    made.add_argument("--reverse", action="store_true", help=text("cli.option-reverse"))
    made.add_argument(
        "--state", nargs="+", action="extend", choices=STATES, default=[], help=text("cli.option-state")
    )
    made.add_argument(
        "--from",
        dest="senders",
        nargs="+",
        action="extend",
        default=[],
        metavar="CONTACT",
        help=text("cli.option-from"),
    )
    made.add_argument("--waiting", action="store_true", help=text("cli.option-waiting"))
    made.add_argument("--unsaved", action="store_true", help=text("cli.option-unsaved"))
    made.add_argument(
        "--sealed", action=argparse.BooleanOptionalAction, default=None, help=text("cli.option-sealed")
    )
    made.add_argument(
        "--protected", action=argparse.BooleanOptionalAction, default=None, help=text("cli.option-protected")
    )
    made.add_argument("--since", default="", metavar="DATE", help=text("cli.option-since"))
    made.add_argument("--until", default="", metavar="DATE", help=text("cli.option-until"))
    made.add_argument("--surely", action="store_true", help=text("cli.option-surely"))
    made.add_argument("--containing", default="", metavar="WORDS", help=text("cli.option-containing"))


def show_list(given: argparse.Namespace, terminal: Terminal) -> int:
    """The interviews that are wanted, the one changed last first or as `--sort` says."""
    wanted = _times(given)
    with opened(given.vault, given, terminal, looking=True) as s:
        sort = Sort(given.sort)
        upwards = (sort not in FALLING) != given.reverse
        rows = listing.rows(s, _wanted(s, given, wanted), sort=sort, upwards=upwards, limit=-1)
        return answer(s, rows, interviews.count(s), terminal)


def show_all(given: argparse.Namespace, terminal: Terminal) -> int:
    """All interviews, the one changed last first."""
    with opened(given.vault, given, terminal, looking=True) as s:
        rows = listing.rows(s, limit=-1)
        return answer(s, rows, len(rows), terminal)


def answer(s: Session, rows: list[InterviewRow], total: int, terminal: Terminal) -> int:
    """Print rows; `total` is how many interviews there are."""
    found: list[dict[str, object]] = []
    problems = alarm(s)
    # Machines get whole objects; a person's list is made of the quick rows alone.
    for row in rows if terminal.as_json else ():
        listed = {
            "state": row.state,
            "date": row.date,
            "earliest": row.first or None,
            "latest": row.last or None,
            "place": row.place,
            "from": row.foreign,
            "created": row.created,
            "changed": row.changed,
        }
        try:
            found.append(interview_object(interviews.load(s, row.id)) | listed)
        except IntegrityError as error:
            # One that was tampered with must not hide the others.
            found.append({"id": row.id, "title": row.title})
            problems.append(Problem(error.code, error.values))
    terminal.answer({"interviews": found, "total": total}, problems)
    for row in rows:
        marks = [row.state]
        if row.unsaved and row.state != "draft":
            marks.append("changed")
        marks += [*(["conflict"] if row.conflict else []), *([row.foreign] if row.foreign else [])]
        terminal.line(f"{row.id}  {', '.join(marks)}  {row.title}")
    if len(rows) < total:
        terminal.hint("cli.listed-of", count=len(rows), total=total)
    tell(terminal, problems)
    return INTEGRITY if problems else OK


def _times(given: argparse.Namespace) -> tuple[str, str]:
    """`--since` and `--until` in EDTF. Raises UsageError for words that leave open what is meant."""
    since, until = (listing.time_of(words) if words else "" for words in (given.since, given.until))
    if (given.since and not since) or (given.until and not until):
        raise UsageError("cli.not-a-day")
    return since, until


def _wanted(s: Session, given: argparse.Namespace, times: tuple[str, str]) -> Filter:
    senders: list[Fingerprint] = []
    for each in given.senders:
        own = each in (s.info.label, s.keys.fingerprint)
        senders += listing.own_devices(s) if own else resolve(s, [each])
    return Filter(
        words=given.containing,
        states=tuple(dict.fromkeys(given.state)),
        senders=tuple(dict.fromkeys(senders)),
        waits=given.waiting,
        unsaved=given.unsaved,
        sent=given.sealed,
        protected=given.protected,
        since=times[0],
        until=times[1],
        surely=given.surely,
    )
