"""Backups: bringing one up to date, checking one, and a vault out of one. What is not whole is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cairn.app.kernel import revising, session
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.errors import IntegrityError, MachineError
from cairn.model.ids import MediaId
from cairn.model.ports import Progress, no_progress
from cairn.storage.media import MediaInfo, id_of_file
from cairn.storage.work import Reader
from cairn.vault import backup as made
from cairn.vault import backup_set
from cairn.vault import restore as restores
from cairn.vault.backup import BackupReport
from cairn.vault.check import Problem as Found


@dataclass(frozen=True)
class Backed:
    """A backup that was made. It is complete when there are no problems."""

    report: BackupReport
    problems: tuple[Problem, ...]
    """Files that are not whole, here or in both places, by the names of their records."""
    unlogged: bool = False
    """Whether the custody log does not tell of it, because the vault can't be written."""


@dataclass(frozen=True)
class Checked:
    """A backup that was read whole."""

    created: str
    """When it was made; empty where its list is lost."""
    problems: tuple[Problem, ...]


def backup(s: Session, out: Path, progress: Progress = no_progress, *, thorough: bool = False) -> Backed:
    """Bring the backup in `out` up to date, or begin one; read back before it counts. Progress in bytes.

    A part of the files that were there already is read again each time, `thorough` reads all. Raises
    InputError `vault.backup-inside`, `vault.backup-other`; IntegrityError, MachineError, Cancelled.

    A vault that can't be written is backed up as well: the backup is encrypted as the vault is. Its log can't tell
    of it then, and drafts that wait beside its database are not in the backup; both is said.
    """
    report = made.backup(s.vault, out, progress, thorough=thorough, holdings=s.media.holdings())
    detail = {"files": report.files_copied, "read": report.files_read, "renewed": report.files_renewed}
    damaged = {"damaged": len(report.damaged), "damaged_here": len(report.damaged_here)}
    unlogged = False
    try:
        with s.store.write() as work:
            work.log("backup", obj=s.vault.id, detail={**detail, **damaged})
    except MachineError:
        # It is there, whole and read back: not being able to say so in the log takes nothing from it.
        if not s.unwritable:
            raise
        unlogged = True
    with s.store.read() as reader:
        problems = [
            *([Problem("upkeep.backup-without-drafts", {})] if reader.waiting else []),
            *_named(s, reader, "upkeep.backup-damaged", report.damaged),
            *_named(s, reader, "upkeep.backup-damaged-here", report.damaged_here),
        ]
    return Backed(report, tuple(problems), unlogged)


def check(s: Session, folder: Path, progress: Progress = no_progress) -> Checked:
    """Read a whole backup of this vault and hold it against its list. Writes nothing. Progress in bytes.

    Raises InputError `vault.not-a-backup`, `vault.backup-other`; IntegrityError `vault.backup-altered` (also
    of one under an earlier key), MachineError, Cancelled.
    """
    created, found = restores.inspect_opened(folder, backup_set.open_own(folder, s.vault), progress)
    with s.store.read() as reader:
        return Checked(created, tuple(_told(s, reader, found)))


def check_alone(folder: Path, secret: str | Sequence[str], progress: Progress = no_progress) -> Checked:
    """As `check`, without a vault: with the passphrase or the words of the backup. Media are named by their files."""
    created, found = restores.inspect(folder, secret, progress)
    return Checked(created, tuple(Problem(each.code, each.values) for each in found))


def restore(
    backup: Path, folder: Path, secret: str | Sequence[str], progress: Progress = no_progress
) -> tuple[Session, list[Problem]]:
    """Make `folder` (new or empty) the vault of a backup and open it, with its passphrase or its words; the second
    value says what of it was not whole.

    The original may still be in use somewhere, so the restored vault gets keys of its own and tells in its
    custody log which log it goes on from; should this be cut short, the next opening does it. Its card is a new
    one: give it to the contacts again. What the former keys made stays its own here; at the office a person
    accepts the succession. Raises what `vault.restore` raises; then nothing is left.
    """
    existed = folder.exists()
    restored = restores.restore(backup, folder, secret, progress)
    try:
        s = session.opened(restored.vault)
    except BaseException:
        session.remove_new(folder, existed)
        raise
    with s.store.read() as reader:
        problems = list(_told(s, reader, restored.problems))
        told = {each.values.get("name") for each in restored.problems}
        # Files that the list of the backup did not have: they were lost before it was made.
        lost = [name for name in map(_file, s.store.swept.missing) if name not in told]
        problems += _named(s, reader, "vault.backup-media-missing", lost)
    return s, problems


def _told(s: Session, reader: Reader, found: Iterable[Found]) -> Iterable[Problem]:
    for each in found:
        name = each.values.get("name")
        if isinstance(name, str):
            yield from _named(s, reader, each.code, [name])
        else:
            yield Problem(each.code, each.values)


def _named(s: Session, reader: Reader, code: str, files: Iterable[str]) -> list[Problem]:
    """A problem for each media file, by the name of its record; by its own where no row knows it."""
    return [Problem(code, {"name": media_name(s, reader, file), "media": id_of_file(file)}) for file in files]


def media_name(s: Session, reader: Reader, file: str) -> str:
    """What a person knows the media file `xx/….cob` by."""
    info = s.media.info(reader, id_of_file(file))
    return file if info is None else record_name(reader, info)


def record_name(reader: Reader, info: MediaInfo) -> str:
    """What a person knows a media object by; its id where its record can't be read."""
    try:
        head = revising.current(reader, info.record_id)
    except IntegrityError:
        return info.media_id
    named = head is not None and revising.media_named(head.body) is not None
    return revising.title_of(head.body) if head is not None and named else info.media_id


def _file(media_id: MediaId) -> str:
    return f"{media_id[:2]}/{media_id}.cob"
