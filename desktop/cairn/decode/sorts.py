"""What sort of file it is, as people say it: "Word document", not a media type. A hint for words, nothing more."""

from __future__ import annotations

from cairn.decode.types import UNKNOWN, Kind, kind_of, type_of_name

_SORTS = {
    "application/msword": "word",
    "application/rtf": "word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
    "application/vnd.oasis.opendocument.text": "word",
    "application/x-hwp": "word",
    "application/hwp+zip": "word",
    "application/vnd.ms-excel": "sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheet",
    "application/vnd.oasis.opendocument.spreadsheet": "sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "slides",
    "application/vnd.oasis.opendocument.presentation": "slides",
    "application/vnd.ms-powerpoint": "slides",
    "text/csv": "sheet",
    "text/tab-separated-values": "sheet",
    "application/zip": "archive",
    "application/x-age": "encrypted",
    "text/html": "web",
    "image/svg+xml": "picture",
}
_KINDS = {Kind.PICTURE: "picture", Kind.PDF: "pdf", Kind.TEXT: "text", Kind.SOUND: "sound", Kind.FILM: "film"}
SORTS = sorted({*_SORTS.values(), *_KINDS.values(), "film", "picture", "other"})
"""Every code; each has a word in `resources/kinds`, as `file.CODE`."""


def sort_of(media_type: str, name: str = "") -> str:
    """The code of the sort of a file: from its media type, and from its name where that says nothing."""
    plain = media_type.partition(";")[0].strip().lower()
    if plain in ("", UNKNOWN):
        plain = type_of_name(name)
    if plain in _SORTS:
        return _SORTS[plain]
    by_kind = _KINDS.get(kind_of(plain))
    if by_kind is not None:
        return by_kind
    family = plain.partition("/")[0]
    return {"video": "film", "image": "picture", "audio": "sound"}.get(family, "other")
