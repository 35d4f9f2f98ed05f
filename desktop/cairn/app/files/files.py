"""Files of an interview: attach, rename, remove with a reason, read inside the app.

Bytes are streamed into vault encryption piece by piece: a file of any size, never whole in memory and
never plain on the disk. Copying one out is `cairn.app.leaving.copying`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from cairn import paths
from cairn.app.files import media_types, rewriting
from cairn.app.files.rewriting import Change
from cairn.app.interviews import case
from cairn.app.interviews.interviews import ensure_saved, require_reason
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import FileView
from cairn.crypto.cobblestone import CobReader
from cairn.errors import InputError, IntegrityError, MachineError
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.kind import Body
from cairn.model.ports import Progress, no_progress
from cairn.storage.staging import Staged
from cairn.storage.work import Reader, Work

PIECE = 1024 * 1024
MARGIN = 4 * 1024 * 1024
"""Bytes that stay free beside an attached file."""


def attach(
    s: Session,
    interview_id: RootId,
    source: BinaryIO,
    name: str,
    *,
    size: int | None = None,
    progress: Progress = no_progress,
    reason: str = "",
) -> FileView:
    """Take the bytes of `source` (from where it stands to its end) into the interview as a file `name`.

    `size` is what the bytes are said to be, for the progress and to notice a file that changes meanwhile.
    All or nothing. Raises InputError `file.name-empty`, `file.size-differs`, `interview.reason-needed`,
    MachineError, Cancelled.
    """
    ensure_saved(s, interview_id)
    with s.store.read() as reader:
        require_reason(s, reader, interview_id, reason)
    staged, body = stage(s, interview_id, source, name, size, progress)
    record = keep(s, interview_id, staged, body, reason)
    with s.store.read() as reader:
        return _view(s, reader, record)


def rename(s: Session, file_id: RecordId, name: str, reason: str = "") -> FileView:
    """Give a file another name. Raises InputError `file.name-empty`, `interview.reason-needed`."""
    return _change(s, file_id, reason, rewriting.named(name))


def remove(s: Session, file_id: RecordId, reason: str) -> FileView:
    """Remove a file from the interview. Its bytes stay in the vault and do not leave it any more.

    A reason is always needed. Raises InputError `interview.reason-needed`.
    """
    return _change(s, file_id, reason, rewriting.removed(reason))


def bring_back(s: Session, file_id: RecordId, reason: str = "") -> FileView:
    """Bring back a removed file. Raises InputError `interview.reason-needed`."""
    return _change(s, file_id, reason, rewriting.brought_back)


def view(s: Session, file_id: RecordId) -> FileView:
    """A file as it is now. Raises InputError `interview.unknown`."""
    with s.store.read() as reader:
        return _view(s, reader, file_id)


def reader(s: Session, file_id: RecordId) -> CobReader:
    """Random access to a file's decrypted bytes, for the viewer. Close it.

    Raises InputError `interview.unknown`, IntegrityError `file.bytes-missing` or what reading finds.
    """
    with s.store.read() as rows:
        head = revising.need(rows, file_id, "attachment")
        body = _attachment(head)
        media = revising.media_of(s, rows, head.envelope.root, file_id, body.sha256)
    if media is None:
        raise IntegrityError("file.bytes-missing")
    return s.media.open(media.media_id)


def stage(
    s: Session,
    interview: RootId,
    source: BinaryIO,
    name: str,
    size: int | None = None,
    progress: Progress = no_progress,
) -> tuple[Staged, Attachment]:
    """Encrypt the bytes of `source` into the vault's folder, where they are nothing yet.

    To be kept (`keep`), or discarded (`MediaStore`); what a crash leaves is removed at the next opening. Raises as
    `attach`.
    """
    raw, name = paths.raw_name(name), rewriting.clean_name(name)
    if size is not None:
        if paths.free_bytes(s.info.folder) < size + size // 500 + MARGIN:
            raise MachineError("machine.disk-full")
        paths.require_file_size(s.info.folder, size + size // 500)
    with s.media.stage(interview) as sink:
        done = 0
        beginning = b""
        progress(0, size)
        while piece := _read(source):
            if done == 0:
                beginning = piece[: media_types.HEAD]
            sink.write(piece)
            done += len(piece)
            progress(done, size)
        if size is not None and done != size:
            raise InputError("file.size-differs")
        staged = sink.finish()
    kind = media_types.guess(name, beginning)
    body = Attachment(name, raw.hex(), staged.size, staged.sha256, kind, staged.media_id)
    return staged, body


def keep(
    s: Session,
    interview: RootId,
    staged: Staged,
    body: Body,
    reason: str,
    *,
    act: str = "attachment.add",
    detail: dict[str, object] | None = None,
    also: Callable[[Work], None] | None = None,
) -> RecordId:
    """Make a record of staged bytes, in one unit of work, with what is `also` written in it; where that fails nothing is
    left of them. Raises InputError `interview.reason-needed`, MachineError.
    """
    with s.media.or_nothing(staged), s.store.write() as work:
        require_reason(s, work, interview, reason)
        record, _ = revising.write(s, work, body, root=interview, reason=reason, act=act, detail=detail or {})
        s.media.add(work, staged, record)
        if also is not None:
            also(work)
    return record


def _read(source: BinaryIO) -> bytes:
    with paths.machine_errors():
        return source.read(PIECE)


def _change(s: Session, file_id: RecordId, reason: str, change: Change[Attachment]) -> FileView:
    with s.store.write() as work:
        head = revising.need(work, file_id, "attachment")
        rewriting.rewrite(s, work, head, _attachment(head), change, reason)
        return _view(s, work, file_id)


def _view(s: Session, rows: Reader, file_id: RecordId) -> FileView:
    head = revising.need(rows, file_id, "attachment")
    first = revising.versions(rows, file_id)[0]
    return case.file_view(
        s, rows, head.envelope.root, file_id, _attachment(head), added=first.envelope.created
    )


def _attachment(head: revising.Version) -> Attachment:
    if not isinstance(head.body, Attachment):
        raise InputError("interview.newer")
    return head.body
