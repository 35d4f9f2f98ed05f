"""A file that belongs to an interview."""

from __future__ import annotations

import msgspec

from cairn.model.ids import NO_HASH, NO_MEDIA, NO_RECORD, MediaId, RecordId, Sha256
from cairn.model.kinds.kind import Kind, Media, Reference, Text
from cairn.model.kinds.page import Block, Facts, Heading, Line, Mono, Octets, Surroundings, Word
from cairn.model.values import Octets as Size

METADATA_REMOVED = "metadata-removed"
"""In `how` of a copy: it was made anew of what is seen or heard."""


class Attachment(msgspec.Struct, omit_defaults=True):
    """A file that belongs to an interview. Its bytes are a media object, never changed."""

    name: str = ""
    name_bytes: str = ""
    """Hex digits: the bytes of the name that it came with, where they were no UTF-8."""
    size: Size = 0
    sha256: Sha256 = NO_HASH
    type: str = "application/octet-stream"
    """Media type by content where known, else by ending: a hint for the viewer, never trusted."""
    media: MediaId = NO_MEDIA
    """32 hex digits: the media object in this vault. Given anew when taken in elsewhere."""
    removed: bool = False
    master: Sha256 = NO_HASH
    """Of a copy: SHA-256 of the file that it was made from."""
    of: RecordId = NO_RECORD
    """Of a copy: id of the attachment that it was made from."""
    how: list[str] = []
    """Of a copy: what was done, as codes: `metadata-removed`, `turned`, `blacked-out`, `one-page` (of several)."""


def _page(body: Attachment, around: Surroundings) -> list[Block]:
    file = around.files.get(around.record)
    where: Line = [Mono(file)] if file is not None else [Word("stays")]
    facts: list[tuple[str, Line]] = [
        ("name", [body.name]),
        ("length", [Octets(body.size), " · ", body.type]),
        ("file", where),
        ("SHA-256", [Mono(body.sha256)]),
    ]
    return [*([Heading("files")] if around.first_of_kind else []), Facts(facts)]


KIND = Kind(
    name="attachment",
    type=Attachment,
    version=1,
    part="attachments",
    title=lambda body: body.name,
    texts=lambda body: [Text("name", body.name)],
    fields=lambda body: {
        "name": body.name,
        "sha256": body.sha256,
        "removed": "yes" if body.removed else "",
    },
    page=_page,
    media=lambda body: Media(body.sha256, body.size, body.name, body.type),
    plain=lambda body: METADATA_REMOVED in body.how,
    references=lambda body: [Reference("of", body.of)],
    order=50,
    icon="file",
)
