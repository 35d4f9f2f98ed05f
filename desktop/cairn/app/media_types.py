"""Media types of attachments: by how a file begins, else by its name's ending. A hint for viewers, no more."""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
HEAD = 16
"""Bytes of a file's beginning that are looked at."""

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
)
_ENDINGS = {
    "bmp": "image/bmp",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "opus": "audio/ogg",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "mkv": "video/x-matroska",
    "zip": "application/zip",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "hwp": "application/x-hwp",
    "hwpx": "application/hwp+zip",
}


def guess(name: str, beginning: bytes) -> str:
    """The media type of a file called `name` that begins with these bytes."""
    for mark, found in _BEGINNINGS:
        if beginning.startswith(mark):
            return found
    if beginning[:4] == b"RIFF":
        return {b"WAVE": "audio/wav", b"WEBP": "image/webp"}.get(beginning[8:12], UNKNOWN)
    return _ENDINGS.get(name.rpartition(".")[2].lower(), UNKNOWN)
