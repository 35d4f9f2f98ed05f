"""Copies of files and recordings outside of the vault, as plain bytes, where consent allows it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from cairn import paths
from cairn.app.consent import question
from cairn.app.kernel import copy_out_cleanup, revising
from cairn.app.kernel.session import Session
from cairn.app.leaving import views
from cairn.app.leaving.views import CopyPreview
from cairn.crypto.cobblestone import CobReader
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.model.ids import NO_RECORD, RecordId, RootId
from cairn.model.ports import Progress, no_progress
from cairn.storage.work import Reader, Work

PIECE = 1024 * 1024


def preview(s: Session, record: RecordId) -> CopyPreview:
    """What a plain copy of a record would let out: its name, the words of the consent, and whether it may.

    Raises InputError `interview.unknown`.
    """
    with s.store.read() as reader:
        head = revising.current(reader, record)
        if head is None:
            raise InputError("interview.unknown")
        root = head.envelope.root
        item, code = question.copying(s, reader, record)
        found = CopyPreview(
            views.shown(item.facts, code),
            revising.title(reader, root),
            question.said(s, reader, root),
            unlogged=s.unwritable,
        )
    question.remember(s, [root])
    return found


def copy_out(
    s: Session, record: RecordId, target: Path, progress: Progress = no_progress, *, unlogged: bool = False
) -> None:
    """Write a plain copy of a file or a recording to `target`, which must not exist, when consent allows it.

    The custody log tells of it before the first byte is written; of `unlogged` see `leaving`. Raises InputError
    with the gate's code, `interview.unknown`, IntegrityError `file.bytes-missing` and what reading finds, MachineError
    `machine.exists` and others, Cancelled; then no part of the copy remains.
    """
    with closing(_bytes(s, record)) as source:
        if os.path.lexists(target):
            raise MachineError("machine.exists")
        paths.require_file_size(target.parent, source.size)
        with leaving(s, unlogged=unlogged) as work:
            part = leave(s, work, record, target)
        with plain_file(s, target, part) as out:
            for offset in range(0, source.size, PIECE):
                out.write(source.read_at(offset, PIECE))
                progress(min(offset + PIECE, source.size), source.size)


@contextmanager
def leaving(s: Session, *, unlogged: bool) -> Iterator[Reader]:
    """The moment in which it is asked whether something may leave, and its leaving is logged: one unit of work.

    Where the vault can't be written the log can't tell of it. With `unlogged` the person was told so and goes on
    all the same: then it is noted nowhere, and asked just as well. Without, it raises MachineError
    `custody.unlogged`. A disk that was full gets another try before.
    """
    if s.unwritable:
        with suppress(MachineError):
            s.store.try_writing()
    if not s.unwritable:
        with s.store.write() as work:
            yield work
    elif unlogged:
        with s.store.read() as reader:
            yield reader
    else:
        raise MachineError("custody.unlogged")


def leave(
    s: Session, work: Reader, record: RecordId, target: Path, detail: dict[str, Any] | None = None
) -> Path:
    """Ask about a record and log that it leaves, inside `leaving`: nobody takes consent back in between.

    Returns the name under which the copy grows. Raises InputError with the gate's code, `interview.unknown`.
    """
    refused = question.copy_out(s, work, record)
    if refused:
        raise InputError(refused)
    head = revising.current(work, record)
    if head is None:
        raise InputError("interview.unknown")
    return noted(work, head.envelope.root, target, detail, record=record)


def noted(
    work: Reader,
    root: RootId,
    target: Path,
    detail: dict[str, Any] | None = None,
    *,
    record: RecordId = NO_RECORD,
) -> Path:
    """Log that something of a root leaves, which was asked about; the name under which its copy grows."""
    if not isinstance(work, Work):
        return copy_out_cleanup.name_of_part(target)
    work.log("copy-out", obj=record or root, root=root, detail=detail)
    return copy_out_cleanup.part_of(work, target)


@contextmanager
def plain_file(s: Session, target: Path, part: Path) -> Iterator[BinaryIO]:
    """The file of a copy that `leave` has let out; it gets its name when the block ends well."""
    try:
        with paths.new_file(target, part) as out:
            yield out
    finally:
        # Locked meanwhile: then it stays noted, and the next opening looks.
        with suppress(CairnError):
            copy_out_cleanup.done(s.store, part)


def _bytes(s: Session, record: RecordId) -> CobReader:
    with s.store.read() as reader:
        head = revising.current(reader, record)
        if head is None:
            raise InputError("interview.unknown")
        if head.body is None:
            raise InputError("interview.newer")
        named = revising.media_named(head.body)
        if named is None:
            raise InputError("interview.unknown")
        media = revising.media_of(s, reader, head.envelope.root, record, named.sha256)
    if media is None:
        raise IntegrityError("file.bytes-missing")
    return s.media.open(media.media_id)
