"""The words of documents: Word, Excel, PowerPoint, OpenDocument, Hangul (.hwp, .hwpx). Runs in the child only.

Words only, in the order in which they stand: a paragraph is a line, cells of a row are parted by tabs, a sheet or a
slide begins after an empty line. What a document draws, computes or loads is not looked at. Of a `.hwp` the words are
those that it keeps for showing it quickly, about its first page; `shortened` says so.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile  # noqa: TID251 - to make the sample that warms the child up
from collections.abc import Callable, Iterator
from typing import BinaryIO

import olefile
from lxml import etree

from cairn.decode import wire
from cairn.decode.archives import BAD_FILE, Archive, local
from cairn.decode.refusal import Refused
from cairn.decode.texts import clean

MAX_CELLS = 2_000_000
_NUMBERED = re.compile(r"(\d+)\.xml$")
_MAX_SHARED = 500_000

Lines = Iterator[str]


class Documents:
    """One document."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """The first `request.count` characters of its words, as UTF-8."""
        limit = max(1, min(request.count, wire.MAX_TEXT))
        name, lines, shortened = self._lines()
        try:
            text, cut = _first(lines, limit)
        except BAD_FILE as error:
            raise Refused("damaged") from error
        body = clean(text).encode("utf-8", "replace")
        return wire.Answer(octets=len(body), encoding=name, shortened=cut or shortened), body

    def _lines(self) -> tuple[str, Lines, bool]:
        self._file.seek(0)
        head = self._file.read(8)
        if head == olefile.MAGIC:
            return "hwp", iter(_hwp(self._file)), True
        if head[:4] != b"PK\x03\x04":
            raise Refused("unsupported")
        archive = Archive(self._file)
        for name, mark, read in _READERS:
            if mark in archive.names:
                return name, read(archive), False
        raise Refused("unsupported")


def _first(lines: Lines, limit: int) -> tuple[str, bool]:
    found, length = [], 0
    for line in lines:
        found.append(line[: limit - length])
        length += len(line) + 1
        if length > limit:
            return "\n".join(found), True
    return "\n".join(found), False


def _numbered(archive: Archive, start: str) -> list[str]:
    """The members `START1.xml`, `START2.xml` … in the order of their numbers."""
    found = [(int(number[1]), name) for name in archive.names
             if name.startswith(start) and (number := _NUMBERED.fullmatch(name[len(start):]))]  # fmt: skip
    return [name for _, name in sorted(found)]


def _runs(paragraph: etree._Element) -> str:
    """The words of a paragraph; tabs and breaks as what they are."""
    found: list[str] = []
    for each in paragraph.iter():
        name = local(each)
        if name in ("t", "delText") and each.text:
            found.append(each.text)
        elif name == "tab":
            found.append("\t")
        elif name in ("br", "cr"):
            found.append("\n")
    return "".join(found)


def _docx(archive: Archive) -> Lines:
    parts = ["word/document.xml"]
    for extra in ("footnotes", "endnotes", "comments"):
        parts += [f"word/{extra}.xml"] if f"word/{extra}.xml" in archive.names else []
    parts[:0] = _numbered(archive, "word/header")
    parts += _numbered(archive, "word/footer")
    for part in parts:
        yield from _paragraphs(archive, part)


def _paragraphs(archive: Archive, part: str) -> Lines:
    """The paragraphs of a part of Word or Hangul, those in a row of a table in one line."""
    row: list[str] | None = None
    starts = ("{*}tr", "{*}p")
    # A row ends after its paragraphs: they are told apart by what stands around each.
    for element in archive.elements(part, *starts):
        if local(element) == "tr":
            if row:
                yield "\t".join(row)
            row = None
            continue
        text = _runs(element)
        if any(local(above) == "tr" for above in element.iterancestors()):
            row = row if row is not None else []
            row.append(text)
        elif text or row is None:
            yield text


def _xlsx(archive: Archive) -> Lines:
    shared: list[str] = []
    if "xl/sharedStrings.xml" in archive.names:
        for item in archive.elements("xl/sharedStrings.xml", "{*}si"):
            shared.append("".join(each.text or "" for each in item.iter("{*}t")))
            if len(shared) >= _MAX_SHARED:
                break
    names = [each.get("name", "") for each in archive.tree("xl/workbook.xml").iter("{*}sheet")]
    cells = 0
    for number, part in enumerate(_numbered(archive, "xl/worksheets/sheet")):
        if number:
            yield ""
        yield names[number] if number < len(names) else part
        for row in archive.elements(part, "{*}row"):
            values = [_cell(cell, shared) for cell in row.iter("{*}c")]
            cells += len(values)
            if cells > MAX_CELLS:
                return
            if any(values):
                yield "\t".join(values)


def _cell(cell: etree._Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(each.text or "" for each in cell.iter("{*}t"))
    value = next(cell.iter("{*}v"), None)
    text = (value.text or "") if value is not None else ""
    if kind != "s":
        return text
    return shared[int(text)] if text.isascii() and text.isdigit() and int(text) < len(shared) else ""


def _pptx(archive: Archive) -> Lines:
    for start in ("ppt/slides/slide", "ppt/notesSlides/notesSlide"):
        for number, part in enumerate(_numbered(archive, start)):
            if number:
                yield ""
            for paragraph in archive.elements(part, "{*}p"):
                if text := _runs(paragraph):
                    yield text


def _odf(archive: Archive) -> Lines:
    row: list[str] | None = None
    for element in archive.elements("content.xml", "{*}p", "{*}h", "{*}table-row"):
        if local(element) == "table-row":
            if row:
                yield "\t".join(row)
            row = None
            continue
        text = "".join(element.itertext())
        if any(local(above) == "table-row" for above in element.iterancestors()):
            row = row if row is not None else []
            row.append(text)
        else:
            yield text


def _hwpx(archive: Archive) -> Lines:
    for part in _numbered(archive, "Contents/section"):
        yield from _paragraphs(archive, part)


def _hwp(file: BinaryIO) -> list[str]:
    file.seek(0)
    try:
        with olefile.OleFileIO(file, raise_defects=olefile.DEFECT_FATAL) as ole:
            if not ole.exists("PrvText"):
                raise Refused("unsupported")
            data: bytes = ole.openstream("PrvText").read(wire.MAX_TEXT)
    except (OSError, struct.error, ValueError, IndexError, TypeError, AttributeError) as error:
        raise Refused("damaged") from error
    return data.decode("utf-16-le", "replace").replace("\r\n", "\n").split("\n")


_READERS: tuple[tuple[str, str, Callable[[Archive], Lines]], ...] = (
    ("docx", "word/document.xml", _docx),
    ("xlsx", "xl/workbook.xml", _xlsx),
    ("pptx", "ppt/presentation.xml", _pptx),
    ("hwpx", "Contents/section0.xml", _hwpx),
    ("odf", "content.xml", _odf),
)


def sample() -> bytes:
    """A Word document of one word."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", '<w:document xmlns:w="w"><w:p><w:t>Cairn</w:t></w:p></w:document>')
    return out.getvalue()


def warm() -> None:
    """Load what reading needs while files can still be opened."""
    data = sample()
    Documents(io.BytesIO(data))(wire.Request("document-text", len(data), 0, 100))
    b"".decode("utf-16-le")
