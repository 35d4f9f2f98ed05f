"""What the commands share: their parsers, opening a vault, and views as plain JSON."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cairn.app.files import telling
from cairn.app.files.telling import Telling
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import FileView, InterviewView, OpenedRoot, Problem, RecordingView
from cairn.cli.terminal import Terminal
from cairn.decode.host import DecodeHost
from cairn.errors import InputError, MachineError
from cairn.model.ids import Fingerprint, RecordId, RootId

Help = Callable[[str], str]
Run = Callable[[argparse.Namespace, Terminal], int]

OK = 0
INTEGRITY = 4


def command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Run,
    text: Help,
    help_code: str,
    *,
    passphrase: bool = True,
) -> argparse.ArgumentParser:
    """A command with the options that all have."""
    made = commands.add_parser(name, help=text(help_code), description=text(help_code), allow_abbrev=False)
    made.add_argument("--json", action="store_true", help=text("cli.option-json"))
    if passphrase:
        made.add_argument(
            "--passphrase-file", type=Path, metavar="FILE", help=text("cli.option-passphrase-file")
        )
        made.add_argument("--despite-alarm", action="store_true", help=text("cli.option-despite-alarm"))
    made.set_defaults(run=run)
    return made


def group(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """A noun with verbs below it."""
    made = commands.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
    return made.add_subparsers(dest="verb", metavar="COMMAND", required=True)


@contextmanager
def opened(
    folder: Path, given: argparse.Namespace, terminal: Terminal, *, looking: bool = False, reads: bool = False
) -> Iterator[Session]:
    """The vault in `folder`, unlocked for the length of the block and locked after it in any case.

    A command that only looks (`looking`) opens a vault with a broken custody log too, and says so; others
    need `--despite-alarm`. It also looks at one that can't be written, as one does that only `reads` it; others
    end there. Raises MachineError `vault.to-read-…`.
    """
    s = session.open_vault(
        folder,
        terminal.passphrase(given.passphrase_file),
        despite_alarm=looking or given.despite_alarm,
    )
    try:
        tell_damage(s, terminal)
        tell_to_read(s, terminal, enough=looking or reads)
        yield s
    finally:
        s.close()


def tell_damage(s: Session, terminal: Terminal) -> None:
    """Say that drafts were lost sight of at this opening: the next one finds nothing to say."""
    if s.store.drafts_damaged:
        terminal.carry(Problem("storage.drafts-damaged", {}))


def tell_to_read(s: Session, terminal: Terminal, *, enough: bool) -> None:
    """Say that the vault can only be read, where that is `enough`; else raise MachineError with the reason."""
    if s.unwritable:
        if not enough:
            raise MachineError(s.unwritable)
        terminal.carry(Problem(s.unwritable, {}))


def resolve(s: Session, wanted: Sequence[str]) -> list[Fingerprint]:
    """Fingerprints of the contacts named by label or fingerprint, in the order given, each once."""
    return list(dict.fromkeys(contacts.find(s, one).fingerprint for one in wanted))


def known(s: Session, interview_id: RootId) -> InterviewView:
    """One interview. Raises InputError `interview.unknown`."""
    return interviews.load(s, interview_id)


def everything(s: Session) -> list[RootId]:
    """Ids of all interviews of the vault."""
    return interviews.ids(s)


def file_object(file: FileView) -> dict[str, object]:
    """An attachment for machines."""
    return {"id": file.id, "name": file.name, "size": file.size, "sha256": file.sha256, "type": file.type}


def recording_object(row: RecordingView) -> dict[str, object]:
    """A recording for machines. Times are milliseconds of its sound."""
    return {
        "id": row.id,
        "interview": row.interview,
        "name": row.name,
        "source": row.source,
        "started": row.started,
        "duration": row.duration,
        "size": row.size,
        "sha256": row.sha256,
        "type": row.type,
        "interrupted": row.interrupted,
        "excluded": [[span.start, span.end] for span in row.excluded],
        "kept": [[span.start, span.end] for span in row.kept],
        "master": row.master,
        "of": row.of,
        "removed": row.removed,
        "present": row.present,
    }


def interview_object(view: InterviewView) -> dict[str, object]:
    """An interview of this vault for machines."""
    return {
        "id": view.id,
        "title": view.body.title,
        "revision": view.base,
        "final": view.final,
        "unsaved": bool(view.unsaved),
        "attachments": [file_object(f) for f in view.files if not f.removed],
    }


def opened_object(found: OpenedRoot) -> dict[str, object]:
    """An interview, a library or an office record of a bundle for machines."""
    return {
        "id": found.id,
        "title": found.title,
        "revision": found.revision,
        "kind": found.kind,
        "final": found.final,
        "files": [{"kind": f.kind, "name": f.name, "size": f.size, "sha256": f.sha256} for f in found.files],
        "records": dict(found.counts),
    }


def alarm(s: Session) -> list[Problem]:
    """The problem of a vault that was opened although its custody log is broken; none otherwise."""
    return [Problem("storage.custody-altered", {})] if s.alarm else []


def look_into(s: Session, terminal: Terminal, records: Sequence[tuple[RootId, RecordId]]) -> list[Telling]:
    """What the files that are about to leave tell beside their content: said before they do."""
    if not records:
        return []
    with DecodeHost() as decoder, terminal.job("cli.looking") as progress:
        found = telling.leaving(s, decoder, records, progress)
    tell(terminal, [each.problem(terminal.language) for each in found])
    return found


def tells_object(found: Sequence[Telling]) -> list[dict[str, object]]:
    """What files tell beside their content, for machines."""
    return [
        {"interview": each.interview, "record": each.record, "name": each.name, "tells": list(each.tells),
         "copy": each.copied}
        for each in found
    ]  # fmt: skip


def tell(terminal: Terminal, problems: Sequence[Problem]) -> None:
    """Problems that did not stop the command."""
    for problem in problems:
        terminal.note(problem)


def require_file(path: Path) -> None:
    """Refuse early what is no readable file, so that nothing is half done when it turns out."""
    if not path.is_file():
        raise InputError("cli.no-such-file", name=path.name)
