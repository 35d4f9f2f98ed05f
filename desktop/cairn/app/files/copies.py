"""Copies for sharing of files that are no pictures: pages of a PDF or a document, what a sound plays, nothing beside it.

The original is never changed. Each copy is a file of its own that names the original by id and SHA-256, and is looked
at again by another process than the one that made it. Pictures: `cairn.app.files.photos`.
"""

from __future__ import annotations

import io
from contextlib import closing

import msgspec

from cairn.app.files import files
from cairn.app.interviews.interviews import require_reason
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import FileView
from cairn.decode.host import DecodeHost
from cairn.decode.types import Kind, is_office, kind_of
from cairn.errors import InputError, IntegrityError
from cairn.model.ids import RecordId
from cairn.model.kinds.attachment import METADATA_REMOVED, Attachment
from cairn.model.ports import Progress, ReadableAt, no_progress
from cairn.model.values import BEGINNING, MomentMs, Span

_REMAINS = frozenset(
    {"attached", "comments", "earlier", "behind", "person", "place", "film", "unheard", "shows"}
)
"""What must not be told by a copy: else it is thrown away."""
_LONGEST = MomentMs(24 * 3600 * 1000)


def plain_copy(
    s: Session, decoder: DecodeHost, file_id: RecordId, *, reason: str = "", progress: Progress = no_progress
) -> FileView:
    """Make a copy of a PDF, of a document or of the sound of a file, with nothing but its pages or its sound.

    Raises InputError `file.no-plain-copy` for other kinds, `decode.*`, `interview.reason-needed`; IntegrityError
    `file.copy-tells` where the copy still told something; MachineError, Cancelled.
    """
    with s.store.read() as rows:
        head = revising.need(rows, file_id, "attachment")
        body = head.body
        interview = head.envelope.root
        if not isinstance(body, Attachment):
            raise InputError("interview.newer")
        require_reason(s, rows, interview, reason)
    kind = kind_of(body.type or body.name)
    with closing(files.reader(s, file_id)) as source:
        try:
            if kind is Kind.PDF:
                data, ending = decoder.pdf_copy(source), ".pdf"
            elif kind in (Kind.SOUND, Kind.FILM):
                data, ending = _sound(decoder, source, progress), ".opus"
            elif is_office(body.type, body.name):
                data, kept = decoder.office_copy(source)
                ending = f".{kept}"
            else:
                raise InputError("file.no-plain-copy")
        finally:
            decoder.release(source)
    told = set(decoder.tells(data))
    # Of a PDF or a document that was made a moment ago nothing at all may be told, also not that there is more.
    if told if kind not in (Kind.SOUND, Kind.FILM) else _REMAINS & told:
        raise IntegrityError("file.copy-tells")
    name = f"{body.name.rpartition('.')[0] or body.name}-copy{ending}"
    staged, made = files.stage(s, interview, io.BytesIO(data), name, len(data), progress)
    made = msgspec.structs.replace(made, master=body.sha256, of=file_id, how=[METADATA_REMOVED])
    return files.view(s, files.keep(s, interview, staged, made, reason))


def _sound(decoder: DecodeHost, source: ReadableAt, progress: Progress) -> bytes:
    """All that is heard of it, encoded anew."""
    # It loads the encoder: only when there is sound.
    from cairn.audio.remake import remake

    info = decoder.sound(source)
    pieces: list[bytes] = []
    remake(
        lambda first, frames: decoder.sound_block(source, first, frames),
        info.rate,
        info.channels,
        [Span(BEGINNING, _LONGEST)],
        pieces.append,
        "opus",
        progress,
    )
    return b"".join(pieces)
