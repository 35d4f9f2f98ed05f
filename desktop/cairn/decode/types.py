"""What a file is, told from its first bytes, and whether Cairn can show it.

Only a hint for choosing a viewer: the decoder in the child decides for itself, and a wrong guess
here ends in a plain sentence there. Magic numbers are from the formats' own specifications.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Which viewer a file belongs to."""

    PICTURE = "picture"
    PDF = "pdf"
    TEXT = "text"
    SOUND = "sound"
    FILM = "film"
    """Its sound is played."""
    DOCUMENT = "document"
    """Its words are shown."""
    NONE = "none"


HEAD = 4096
"""How many of a file's first bytes `sniff` wants."""

UNKNOWN = "application/octet-stream"

_PICTURES = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp", "image/heic"}
)  # fmt: skip
_SOUNDS = frozenset({
    "audio/wav", "audio/flac", "audio/ogg", "audio/mpeg", "audio/aiff", "audio/basic", "audio/mp4", "audio/aac",
    "audio/x-ms-wma", "audio/amr", "audio/x-wavpack", "audio/webm", "audio/x-matroska", "audio/ac3",
})  # fmt: skip
_FILMS = frozenset({"video/mp4", "video/quicktime", "video/x-matroska", "video/webm", "video/3gpp"})
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_DOCUMENTS = frozenset({
    _OFFICE + "wordprocessingml.document", _OFFICE + "spreadsheetml.sheet", _OFFICE + "presentationml.presentation",
    _OPEN + "text", _OPEN + "spreadsheet", _OPEN + "presentation", "application/x-hwp", "application/hwp+zip",
})  # fmt: skip
OFFICE_ENDINGS = {
    "docx": _OFFICE + "wordprocessingml.document", "xlsx": _OFFICE + "spreadsheetml.sheet",
    "pptx": _OFFICE + "presentationml.presentation", "odt": _OPEN + "text", "ods": _OPEN + "spreadsheet",
    "odp": _OPEN + "presentation",
}  # fmt: skip
"""Documents of which a copy can be made that holds their pages alone, by ending."""
_TEXTS = frozenset({"application/json", "application/xml", "application/x-ndjson"})
_ALIASES = {
    "image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-png": "image/png",
    "image/x-ms-bmp": "image/bmp", "image/x-bmp": "image/bmp", "image/tif": "image/tiff",
    "audio/x-wav": "audio/wav", "audio/wave": "audio/wav", "audio/vnd.wave": "audio/wav",
    "audio/x-flac": "audio/flac", "audio/opus": "audio/ogg", "audio/vorbis": "audio/ogg",
    "audio/m4a": "audio/mp4", "audio/x-m4a": "audio/mp4", "audio/x-m4b": "audio/mp4", "audio/aacp": "audio/aac",
    "audio/x-aac": "audio/aac", "image/heif": "image/heic", "application/ogg": "audio/ogg", "audio/mp3": "audio/mpeg", "audio/x-aiff": "audio/aiff",
    "application/x-pdf": "application/pdf",
}  # fmt: skip

_ENDINGS = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "jpe": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "bmp": "image/bmp", "dib": "image/bmp", "tif": "image/tiff", "tiff": "image/tiff", "webp": "image/webp",
    "pdf": "application/pdf", "txt": "text/plain", "text": "text/plain", "md": "text/markdown",
    "csv": "text/csv", "tsv": "text/tab-separated-values", "log": "text/plain", "srt": "text/plain",
    "vtt": "text/vtt", "json": "application/json", "jsonl": "application/x-ndjson", "xml": "application/xml",
    "html": "text/html", "htm": "text/html", "wav": "audio/wav", "flac": "audio/flac", "ogg": "audio/ogg",
    "oga": "audio/ogg", "opus": "audio/ogg", "mp3": "audio/mpeg", "aif": "audio/aiff", "aiff": "audio/aiff",
    "au": "audio/basic", "m4a": "audio/mp4", "m4b": "audio/mp4", "aac": "audio/aac", "mp4": "video/mp4", "mov": "video/quicktime",
    "mkv": "video/x-matroska", "webm": "video/webm", "avi": "video/x-msvideo", "zip": "application/zip",
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "rtf": "application/rtf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": _OFFICE + "presentationml.presentation", "ods": _OPEN + "spreadsheet", "odp": _OPEN + "presentation",
    "wma": "audio/x-ms-wma", "amr": "audio/amr", "wv": "audio/x-wavpack", "weba": "audio/webm", "mka": "audio/x-matroska",
    "3gp": "video/3gpp", "m4v": "video/mp4", "wmv": "video/x-ms-wmv", "ac3": "audio/ac3", "ppt": "application/vnd.ms-powerpoint",
    "odt": "application/vnd.oasis.opendocument.text", "hwp": "application/x-hwp",
    "hwpx": "application/hwp+zip", "heic": "image/heic", "heif": "image/heic", "svg": "image/svg+xml",
}  # fmt: skip

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AIFF", "audio/aiff"),
    (8, b"AIFC", "audio/aiff"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b".snd", "audio/basic"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "audio/x-ms-wma"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"wvpk", "audio/x-wavpack"),
    (0, b"age-encryption.org/", "application/x-age"),
)
_CONTAINERS = (b"RIFF", b"FORM", b"RF64")
_ISO_BRANDS = {
    b"heic": "image/heic", b"heix": "image/heic", b"heim": "image/heic", b"heis": "image/heic",
    b"mif1": "image/heic", b"avif": "image/avif",
    b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"qt  ": "video/quicktime",
}  # fmt: skip


def sniff(head: bytes) -> str:
    """The media type that `head`, the first bytes of a file, shows; UNKNOWN when it shows none."""
    for offset, magic, media_type in _MAGIC:
        if head[offset : offset + len(magic)] == magic and (offset == 0 or head[:4] in _CONTAINERS):
            return media_type
    if head[4:8] == b"ftyp":
        return _ISO_BRANDS.get(head[8:12], "video/mp4")
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and len(head) >= 26:
        return "image/bmp"
    if _is_mpeg_audio(head):
        return "audio/mpeg"
    if len(head) >= 7 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0 and head[2] >> 2 & 15 < 13:
        return "audio/aac"  # ADTS (ISO/IEC 13818-7, 6.2): layer 0, where MPEG audio has none
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if _is_text(head):
        return "text/plain"
    return UNKNOWN


def media_type(head: bytes, name: str = "") -> str:
    """The media type to keep for a new file: what its bytes show, made finer by its name's ending.

    The name alone decides only where bytes can't: kinds of text, and documents inside a ZIP.
    """
    seen, named = sniff(head), type_of_name(name)
    if seen == "text/plain" and (named.startswith("text/") or named in _TEXTS or named == "image/svg+xml"):
        return named
    if seen == "application/zip" and ("openxml" in named or "opendocument" in named or "+zip" in named):
        return named
    if seen == "application/x-ole-storage" and named in ("application/msword", "application/vnd.ms-excel",
                                                         "application/vnd.ms-powerpoint", "application/x-hwp"):  # fmt: skip
        return named
    # Many recorders write sound alone under a brand that films use too.
    if seen == "video/mp4" and named == "audio/mp4":
        return named
    if seen == "video/x-matroska" and named in ("video/webm", "audio/webm", "audio/x-matroska"):
        return named
    if seen == "audio/x-ms-wma" and named == "video/x-ms-wmv":
        return named
    if seen == UNKNOWN and kind_of(named) is Kind.NONE:
        return named
    return seen


def type_of_name(name: str) -> str:
    """The media type that a name's ending claims, or UNKNOWN."""
    return _ENDINGS.get(name.rpartition(".")[2].lower(), UNKNOWN) if "." in name else UNKNOWN


def kind_of(type_or_name: str) -> Kind:
    """The viewer for a media type (`image/png; …`) or, where there is no slash, for a file's name."""
    given = type_or_name if "/" in type_or_name else type_of_name(type_or_name)
    plain = given.partition(";")[0].strip().lower()
    plain = _ALIASES.get(plain, plain)
    if plain in _PICTURES:
        return Kind.PICTURE
    if plain == "application/pdf":
        return Kind.PDF
    if plain in _SOUNDS:
        return Kind.SOUND
    if plain in _FILMS:
        return Kind.FILM
    if plain in _DOCUMENTS:
        return Kind.DOCUMENT
    if plain.startswith("text/") or plain in _TEXTS:
        return Kind.TEXT
    return Kind.NONE


def is_office(media_type: str, name: str) -> bool:
    """Whether a file is a document of which a copy without who made it can be made: by its type, else by its ending."""
    plain = media_type.partition(";")[0].strip().lower()
    known = plain if plain not in ("", UNKNOWN, "application/zip") else type_of_name(name)
    return known in OFFICE_ENDINGS.values()


def _is_mpeg_audio(head: bytes) -> bool:
    """An MPEG audio frame header, layer III, with no reserved value in it (ISO/IEC 11172-3 §2.4.1.3)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    return version != 1 and layer == 1 and head[2] >> 4 not in (0, 15) and head[2] >> 2 & 3 != 3


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    return bool(head) and not any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
