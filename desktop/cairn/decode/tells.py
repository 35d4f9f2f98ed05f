"""What a file tells beside what it shows or plays: places, names, times, comments, what is hidden or left behind.

One look for every kind of file that may leave. It is told in codes, never in words from the file:

`place`, `time`, `device`, `words` (names, titles, comments of a tag), `person` (who wrote or saved it), `preview`,
`film` (a film behind a picture), `behind` (bytes behind its end), `pages` (pictures beside the first), `comments`,
`earlier` (what was changed or removed), `hidden`, `attached` (files inside), `unheard` (bytes no player plays),
`shows` (a film: its pictures, which Cairn does not look at), `unknown` (Cairn can't look into it), `more`.

Runs in the child only. What can't be read is told as `unknown`, never as nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

import olefile
from tinytag import TinyTag, TinyTagException

from cairn.decode import photos, pictures, sounds, wire
from cairn.decode.archives import BAD_FILE, Archive, local
from cairn.decode.parts import Window
from cairn.decode.refusal import Refused

MAX_PICTURES = 300
"""Most pictures inside a document that are looked at."""
_PLACE = re.compile(rb"[+-]\d{1,3}\.\d{2,}[+-]\d{1,3}\.\d{2,}|loci\x00|\xa9xyz")
_FILM = re.compile(rb"hdlr.{8}vide", re.DOTALL)
_HEAD = 4 << 20

_TECHNICAL = frozenset({
    "filename", "filesize", "mime_type", "is_lossless", "duration", "channels", "bitrate", "samplerate", "bitdepth",
    "encoded_by", "encoder_settings", "encoder", "isft", "vendor", "major_brand", "minor_version", "compatible_brands",
    "itunsmpb", "itunnorm", "encoding", "length", "tlen", "bpm",
})  # fmt: skip
_TIMES = ("year", "date", "time", "creation")
_DEVICES = ("make", "model", "device", "software", "manufacturer", "android")
_OWN_TOOLS = re.compile(r"^(Lavf|Lavc|LAME|libopus|Cairn|Xiph|reference libFLAC)")
_MATROSKA = ((b"\x12\x54\xc3\x67", "words"), (b"\x19\x41\xa4\x69", "attached"), (b"\x44\x61\x88", "time"))


class Sounding:
    """A sound or a film."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """All that its tags and boxes say."""
        found: set[str] = set()
        size = request.size
        self._file.seek(0)
        head = self._file.read(min(_HEAD, size))
        self._file.seek(max(0, size - _HEAD))
        ends = head + (self._file.read() if size > _HEAD else b"")
        if _PLACE.search(ends):
            found.add("place")
        film = _film(head, ends)
        if film:
            found.add("shows")
        if head[:4] == b"\x1a\x45\xdf\xa3":
            found.update(code for mark, code in _MATROSKA if mark in ends)
        else:
            found |= self._tags(head)
        if head[4:8] == b"ftyp" and _made(ends):
            found.add("time")
        if head[:4] in (b"RIFF", b"RF64") and any(mark in ends for mark in (b"bext", b"iXML", b"cart")):
            found |= {"time", "device"}
        try:
            answer, _ = sounds.Sounds(self._file)(wire.Request("sound", size))
            if answer.left and not film:
                found.add("unheard")
        except Refused:
            found.add("unknown")
        return wire.Answer(tells=sorted(found)), b""

    def _tags(self, head: bytes) -> set[str]:
        self._file.seek(0)
        try:
            tags = TinyTag.get(file_obj=self._file, duration=False, image=True)
        except (TinyTagException, *BAD_FILE, TypeError, AttributeError, AssertionError):
            # No tags that are known of; that it can't be played either is found below.
            return {"words"} if head[:3] == b"ID3" else set()
        found = {"preview"} if tags.images.any is not None else set()
        for key, value in tags.as_dict().items():
            name = str(key).lower()
            if name in _TECHNICAL or value in (None, "", [], 0, "0"):
                continue
            texts = [str(each) for each in value] if isinstance(value, list) else [str(value)]
            if all(_OWN_TOOLS.match(text) for text in texts):
                continue
            if (
                any(_PLACE.search(text.encode("utf-8", "replace")) for text in texts)
                or "location" in name
                or "gps" in name
            ):
                found.add("place")
            elif any(word in name for word in _TIMES):
                found.add("time")
            elif any(word in name for word in _DEVICES):
                found.add("device")
            else:
                found.add("words")
        return found


def _film(head: bytes, ends: bytes) -> bool:
    if head[4:8] == b"ftyp":
        return _FILM.search(ends) is not None
    # Of a track in Matroska: type (0x83), one byte, video.
    return head[:4] == b"\x1a\x45\xdf\xa3" and b"\x83\x81\x01" in head


def _made(ends: bytes) -> bool:
    """Whether an ISO file says when it was made."""
    at = ends.find(b"mvhd")
    if at < 0 or len(ends) < at + 16:
        return False
    width = 8 if ends[at + 4] == 1 else 4
    return any(ends[at + 8 : at + 8 + 2 * width])


class Written:
    """A document: Word, Excel, PowerPoint, OpenDocument, Hangul, old and new; an archive."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """All that its properties and parts say."""
        self._file.seek(0)
        head = self._file.read(8)
        try:
            found = _ole(self._file) if head == olefile.MAGIC else _zip(self._file)
        except (Refused, *BAD_FILE, TypeError, AttributeError):
            found = {"unknown"}
        return wire.Answer(tells=sorted(found)), b""


_PERSONS = frozenset(
    {
        "creator",
        "lastModifiedBy",
        "initial-creator",
        "printed-by",
        "Manager",
        "Company",
        "author",
        "last_saved_by",
    }
)
_DATED = frozenset({"created", "modified", "lastPrinted", "creation-date", "date", "print-date"})
_SAID = frozenset(
    {
        "title",
        "subject",
        "description",
        "keywords",
        "category",
        "contentStatus",
        "keyword",
        "user-defined",
        "lpwstr",
    }
)
_CHANGED = ("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo", "{*}tracked-changes", "{*}trackchageConfig")


def _zip(file: BinaryIO) -> set[str]:
    archive = Archive(file)
    names = archive.names
    if archive.locked:
        return {"unknown"}
    found = {"behind"} if archive.comment or archive.begins_at > 0 else set()
    known = [name for name in ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "content.xml",
                               "Contents/content.hpf") if name in names]  # fmt: skip
    if not known:
        return found | {"attached", "unknown"}
    properties = [
        name for name in names if name in ("meta.xml", "Contents/content.hpf") or name.startswith("docProps/")
    ]
    for name in properties:
        if name.endswith((".xml", ".hpf")):
            found |= _properties(archive.tree(name))
        else:
            found.add("preview")
    parts = [name for name in names if name.endswith(".xml")]
    if any(re.search(r"(^|/)(comments|threadedComment|annotations)", name) for name in parts):
        found.add("comments")
    if any("embeddings/" in name or name.startswith("ObjectReplacements/") for name in names):
        found.add("attached")
    if any("thumbnail" in name.lower() or name.startswith("Preview/") for name in names):
        found.add("preview")
    for name in ("word/document.xml", "content.xml"):
        if name in names and next(archive.elements(name, *_CHANGED), None) is not None:
            found.add("earlier")
    if "xl/workbook.xml" in names:
        sheets = archive.tree("xl/workbook.xml").iter("{*}sheet")
        if any(each.get("state", "visible") != "visible" for each in sheets):
            found.add("hidden")
    return found | _pictures(archive)


def _properties(tree: Any) -> set[str]:
    found = set()
    for each in tree.iter():
        name = local(each)
        if name == "meta":
            name = each.get("name", "").rpartition(":")[2]
        if not (each.text or "").strip():
            continue
        if name in _PERSONS:
            found.add("person")
        elif name in _DATED or name in ("CreatedDate", "ModifiedDate"):
            found.add("time")
        elif name in _SAID:
            found.add("words")
    return found


def _pictures(archive: Archive) -> set[str]:
    """What the pictures inside tell: Word keeps a photograph as the phone wrote it."""
    found: set[str] = set()
    media = [name for name in archive.names if re.search(r"(^|/)(media|Pictures|BinData)/", name)]
    for name in media[:MAX_PICTURES]:
        try:
            image = pictures.open_picture(io.BytesIO(archive.read(name)))
            with pictures.reading():
                found |= photos.tells(image) & {"place", "time", "device", "words", "preview"}
        except Refused:
            continue  # no picture that can be shown
    return found | ({"unknown"} if len(media) > MAX_PICTURES else set())


def _ole(file: BinaryIO) -> set[str]:
    file.seek(0)
    with olefile.OleFileIO(file, raise_defects=olefile.DEFECT_FATAL) as ole:
        found: set[str] = set()
        about = ole.get_metadata()
        found |= _if(about, ("author", "last_saved_by", "company", "manager"), "person")
        found |= _if(about, ("create_time", "last_saved_time", "last_printed"), "time")
        found |= _if(about, ("title", "subject", "keywords", "comments", "category"), "words")
        if ole.exists("\x05HwpSummaryInformation"):
            values = ole.getproperties("\x05HwpSummaryInformation", convert_time=True, no_conversion=[10])
            found |= {"person"} if values.get(4) or values.get(8) else set()
            found |= {"time"} if values.get(12) or values.get(13) or values.get(20) else set()
            found |= {"words"} if values.get(2) or values.get(3) or values.get(5) or values.get(6) else set()
        names = ["/".join(each) for each in ole.listdir()]
        if any("ObjectPool" in name or "Ole10Native" in name for name in names):
            found.add("attached")
        if any(name.startswith("Prv") for name in names):
            found.add("preview")
        # Pictures, changes and comments in these formats are not looked at.
        return found | {"unknown"}


def _if(about: Any, names: Iterable[str], code: str) -> set[str]:
    return {code} if any(getattr(about, name, None) for name in names) else set()


_MORE_IN_PDF = (b"<x:xmpmeta", b"Exif\0\0", b"Photoshop 3.0\0", b"/PieceInfo")
"""Of a PDF: packets of metadata, and what cameras and programs left in its pictures (as they wrote them) and pages."""


def behind_pdf(file: BinaryIO, size: int) -> set[str]:
    """What the bytes of a PDF say: earlier versions, packets of metadata, what stands behind its end."""
    window = Window(file, size)
    found: set[str] = set()
    saved, at, last = 0, 0, 0
    while (at := window.find(b"startxref", at)) >= 0:
        saved += 1
        last = at
        at += 9
    linear = window.find(b"/Linearized", 0)
    if saved > (2 if 0 <= linear < 2048 else 1):
        found.add("earlier")
    if any(window.find(mark, 0) >= 0 for mark in _MORE_IN_PDF):
        found.add("more")
    end = window.find(b"%%EOF", last)
    if end >= 0 and window.at(end + 5, 64).strip(b"\r\n \0") and size - end > 16:
        found.add("behind")
    if window.find(b"%PDF-", 0) > 0:
        found.add("behind")
    return found


def warm_sounds() -> None:
    """Load what is needed while files can still be opened."""
    sounds.warm()
    sample = io.BytesIO()
    import numpy as np
    import soundfile

    for kind, subtype in (
        ("WAV", "PCM_16"),
        ("OGG", "OPUS"),
        ("FLAC", "PCM_16"),
        ("MP3", "MPEG_LAYER_III"),
        ("AIFF", "PCM_16"),
    ):
        sample = io.BytesIO()
        soundfile.write(sample, np.zeros((480, 1), dtype="float32"), 48000, format=kind, subtype=subtype)
        Sounding(sample)(wire.Request("sound-tells", sample.getbuffer().nbytes))


def warm_documents() -> None:
    """Load what is needed while files can still be opened."""
    from cairn.decode import documents

    documents.warm()
    photos.warm(heic=False)
    data = documents.sample()
    Written(io.BytesIO(data))(wire.Request("document-tells", len(data)))
