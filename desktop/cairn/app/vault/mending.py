"""Files of a vault that are damaged or missing, put back whole from a backup: nothing else of the vault is changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.app.vault import upkeep
from cairn.errors import InputError
from cairn.model.ids import MediaId
from cairn.model.ports import Progress, no_progress
from cairn.storage import mending
from cairn.storage.media import MediaInfo
from cairn.storage.staging import object_path

MEDIA = "media"


@dataclass(frozen=True)
class Mended:
    """What was put back, and what is still damaged."""

    put_back: tuple[str, ...]
    """Names of the files that are whole again."""
    problems: tuple[Problem, ...]
    """Files that are still damaged: the backup does not hold them whole."""
    left: tuple[MediaId, ...] = ()
    """Ids of those."""


def put_back(
    s: Session, folder: Path, wanted: Collection[MediaId] | None = None, progress: Progress = no_progress
) -> Mended:
    """Put files back from the backup in `folder` or right below it; the log tells of each.

    `wanted` are the objects that a check has found damaged; None looks at all of them first. What turns out to be whole
    here stays as it is. Progress counts bytes that were read. Raises InputError `vault.not-a-backup`, MachineError,
    Cancelled: what was put back until then stays so.
    """
    source = _backup_in(s, folder)
    with s.store.read() as reader:
        known = {info.media_id: (info, name) for info, name in upkeep.media(s, reader)}
    chosen = [known[each] for each in (known if wanted is None else wanted) if each in known]
    total = sum(info.size for info, _ in chosen)
    done = 0

    def tick(count: int) -> None:
        nonlocal done
        done += count
        # Of a damaged one more is read: its copy, and what was written of it.
        progress(min(done, total), total)

    names: list[str] = []
    problems: list[Problem] = []
    left: list[MediaId] = []
    for info, name in chosen:
        tick(0)
        if mending.is_whole(
            s.store, info.media_id, object_path(s.store.vault.media_folder, info.media_id), tick
        ):
            continue
        copy = object_path(source, info.media_id)
        if copy.is_file() and mending.put_back(s.store, info.media_id, copy, tick):
            _tell(s, info)
            names.append(name)
            continue
        code = "upkeep.put-back-damaged" if copy.is_file() else "upkeep.put-back-missing"
        problems.append(Problem(code, {"name": name}))
        left.append(info.media_id)
    return Mended(tuple(names), tuple(problems), tuple(left))


def _backup_in(s: Session, folder: Path) -> Path:
    """The folder of media files of a backup: in the chosen folder, or in one of its own below it."""
    own = s.store.vault.media_folder
    for place in (folder, folder / f"backup-{s.vault.id[:8]}"):
        found = place / MEDIA
        if found.is_dir() and not (own.is_dir() and found.samefile(own)):
            return found
    raise InputError("vault.not-a-backup")


def _tell(s: Session, info: MediaInfo) -> None:
    with s.store.write() as work:
        work.log("file.put-back", obj=info.record_id, root=info.root, detail={"sha256": info.sha256})


def named(problems: Collection[Problem]) -> list[MediaId]:
    """The objects that problems of a check or of a backup are about."""
    return [MediaId(str(each.values["media"])) for each in problems if each.values.get("media")]
