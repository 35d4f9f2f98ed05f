"""Photographs: what they tell beside what they show, and copies for sharing that tell less.

The original is never changed. A copy is a file of its own that names the original by id and SHA-256 and says
what was done. Which of them leaves is the person's choice: what shall stay is removed before a bundle is sealed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import msgspec

from cairn.app.files import files
from cairn.app.interviews.interviews import require_reason
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import FileView
from cairn.decode.host import DecodeHost, PictureCopy
from cairn.decode.types import Kind, kind_of
from cairn.decode.wire import MAX_BOXES
from cairn.errors import InputError, IntegrityError
from cairn.model.ids import RecordId
from cairn.model.kinds.attachment import METADATA_REMOVED, Attachment
from cairn.model.ports import Progress, no_progress

TURNED, BLACKED_OUT, ONE_PAGE = "turned", "blacked-out", "one-page"

_LOOKED_AT = 2048
"""Longest edge of the picture in which a new copy is looked at again."""
_BLACK = 8
"""Brightest that a blacked-out pixel may be, after it was scaled."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of the upright picture, before it is turned; the far edges are not part of it."""

    left: int
    top: int
    right: int
    bottom: int


def is_picture(file: FileView) -> bool:
    """Whether a file claims to be a picture that can be shown."""
    return kind_of(file.type or file.name) is Kind.PICTURE


def copy_for_sharing(
    s: Session,
    decoder: DecodeHost,
    file_id: RecordId,
    *,
    page: int = 0,
    turns: int = 0,
    boxes: Sequence[Box] = (),
    name: str = "",
    reason: str = "",
    progress: Progress = no_progress,
) -> FileView:
    """Make a copy of a picture that holds nothing but its pixels, with `boxes` black, turned to the right.

    Of a file with several pictures `page` (from 0) alone is copied, and the copy says so in `how`.

    `name` gets the ending that fits; empty takes the original's with `-copy`. The copy is looked at again by
    another process than the one that made it. Raises InputError `photo.bad-rectangle`, `decode.*`,
    `interview.reason-needed`; IntegrityError `photo.not-black`; MachineError, Cancelled.
    """
    _check(boxes)
    with s.store.read() as reader:
        head = revising.need(reader, file_id, "attachment")
        original = head.body
        interview = head.envelope.root
        if not isinstance(original, Attachment):
            raise InputError("interview.newer")
        require_reason(s, reader, interview, reason)
    copy = _made(s, decoder, file_id, page, turns, boxes)
    progress(0, len(copy.data))
    title = _with_ending(name.strip() or f"{_stem(original.name)}-copy", copy.type)
    staged, body = files.stage(s, interview, io.BytesIO(copy.data), title, len(copy.data), progress)
    how = [METADATA_REMOVED]
    if turns % 4:
        how.append(TURNED)
    if boxes:
        how.append(BLACKED_OUT)
    if copy.pages > 1:
        how.append(ONE_PAGE)
    body = msgspec.structs.replace(body, type=copy.type, master=original.sha256, of=file_id, how=how)
    return files.view(s, files.keep(s, interview, staged, body, reason))


def _made(
    s: Session, decoder: DecodeHost, file_id: RecordId, page: int, turns: int, boxes: Sequence[Box]
) -> PictureCopy:
    with closing(files.reader(s, file_id)) as source:
        try:
            corners = [(box.left, box.top, box.right, box.bottom) for box in boxes]
            copy = decoder.picture_copy(source, page=page, turns=turns, boxes=corners)
        finally:
            decoder.release(source)
    if boxes and not _is_black(decoder, copy, turns % 4, boxes):
        raise IntegrityError("photo.not-black")
    return copy


def _check(boxes: Sequence[Box]) -> None:
    if len(boxes) > MAX_BOXES or any(
        not (0 <= box.left < box.right <= 1 << 24 and 0 <= box.top < box.bottom <= 1 << 24) for box in boxes
    ):
        raise InputError("photo.bad-rectangle")


def _is_black(decoder: DecodeHost, copy: PictureCopy, turns: int, boxes: Sequence[Box]) -> bool:
    """Whether the rectangles are black in the finished copy, as a process that did not make it sees them."""
    try:
        seen = decoder.picture(copy.data, max_px=_LOOKED_AT)
    finally:
        decoder.release(copy.data)
    if (seen.full_width, seen.full_height) != (copy.width, copy.height):
        # Whoever made it says so, and may say it to have another place looked at.
        return False
    across, down = seen.width / copy.width, seen.height / copy.height
    for box in boxes:
        left, top, right, bottom = _turned(box, turns, copy)
        first = _inside(left, across, +1)
        last = min(_inside(right, across, -1), seen.width)
        for row in range(_inside(top, down, +1), min(_inside(bottom, down, -1), seen.height)):
            line = (
                seen.rgba[(row * seen.width + first) * 4 : (row * seen.width + last) * 4]
                if first < last
                else b""
            )
            if any(max(line[colour::4], default=0) > _BLACK for colour in range(3)):
                return False
    return True


def _inside(edge: int, scale: float, way: int) -> int:
    """Where a rectangle is black for certain: JPEG mixes within blocks of 8, scaling with neighbours."""
    return max(0, int((edge + way * 8) * scale) + way * 2)


def _turned(box: Box, turns: int, copy: PictureCopy) -> tuple[int, int, int, int]:
    """Where a rectangle of the upright picture lies in the turned copy."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    if turns == 1:
        return copy.width - bottom, left, copy.width - top, right
    if turns == 2:
        return copy.width - right, copy.height - bottom, copy.width - left, copy.height - top
    if turns == 3:
        return top, copy.height - right, bottom, copy.height - left
    return left, top, right, bottom


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _with_ending(name: str, media_type: str) -> str:
    endings = (".png",) if media_type == "image/png" else (".jpg", ".jpeg")
    if name.lower().endswith(endings):
        return name
    stem = _stem(name) if kind_of(name) is Kind.PICTURE else name
    return stem + endings[0]
