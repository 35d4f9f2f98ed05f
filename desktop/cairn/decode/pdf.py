"""PDF pages to RGBA pixels, by PDFium (built without JavaScript). Runs in the child only."""

from __future__ import annotations

import io
import re
from typing import BinaryIO

import pypdfium2 as pdfium
from pypdfium2 import raw

from cairn.decode import tells, wire
from cairn.decode.refusal import Refused
from cairn.decode.texts import clean

_MAX_PIXELS = wire.MAX_EDGE * wire.MAX_EDGE
_LOOKED_AT = 5000
"""Most pages of which the marks are looked at."""
_DATE = re.compile(rb"/(?:CreationDate|Creator|Producer) ?\([^()]*\)")


_LEFT = re.compile(
    rb"\xff(?:\xe1(..)(?:Exif\0\0|http://ns\.adobe\.com/x[am]p/)|\xed(..)Photoshop 3\.0\0)", re.DOTALL
)
"""In JPEG pictures inside: a segment with what a camera or a program says of it."""


class Pdf:
    """One PDF file, kept open between pages."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._document: pdfium.PdfDocument | None = None

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """The number of pages, or page `request.first` drawn `request.count` pixels wide."""
        document = self._open()
        pages = min(len(document), wire.MAX_PAGES)
        if request.op == "pdf-pages":
            return wire.Answer(pages=pages), b""
        if request.op == "pdf-tells":
            return wire.Answer(
                tells=sorted(_tells(document) | tells.behind_pdf(self._file, request.size))
            ), b""
        if request.op == "pdf-copy":
            return _copy(document)
        if request.op == "pdf-text":
            return _words(document, request.first, max(1, min(request.count, wire.MAX_TEXT)))
        if not 0 <= request.first < pages:
            raise Refused("damaged")
        return _draw(document, request.first, request.count)

    def _open(self) -> pdfium.PdfDocument:
        if self._document is None:
            try:
                self._document = pdfium.PdfDocument(self._file)
            except pdfium.PdfiumError as error:
                locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
                raise Refused("locked" if locked else "damaged") from error
            # Without its forms a filled-in form would show empty fields.
            if self._document.get_formtype() != raw.FORMTYPE_NONE:
                self._document.init_forms()
        return self._document


_COMMENTS = frozenset({
    raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE,
    raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_CARET, raw.FPDF_ANNOT_INK,
    raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_FILEATTACHMENT, raw.FPDF_ANNOT_SOUND, raw.FPDF_ANNOT_MOVIE,
    raw.FPDF_ANNOT_REDACT, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON,
    raw.FPDF_ANNOT_POLYLINE, raw.FPDF_ANNOT_SCREEN, raw.FPDF_ANNOT_RICHMEDIA,
})  # fmt: skip
"""Marks that say something; links and fields of forms are none."""


def _tells(document: pdfium.PdfDocument) -> set[str]:
    """What a PDF says beside its pages."""
    about = document.get_metadata_dict(skip_empty=True)
    found = set()
    if about.keys() & {"Author"}:
        found.add("person")
    if about.keys() & {"CreationDate", "ModDate"}:
        found.add("time")
    if about.keys() & {"Title", "Subject", "Keywords"}:
        found.add("words")
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        found.add("attached")
    for index in range(min(len(document), _LOOKED_AT)):
        page = document[index]
        kinds = [kind for kind, _ in _marks(page)]
        page.close()
        if _COMMENTS & set(kinds):
            found.add("comments")
            break
    return found if len(document) <= _LOOKED_AT else found | {"unknown"}


def _marks(page: pdfium.PdfPage) -> list[tuple[int, int]]:
    """The marks of a page: kind and index."""
    found = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), 10_000)):
        mark = raw.FPDFPage_GetAnnot(page, index)
        found.append((int(raw.FPDFAnnot_GetSubtype(mark)), index))
        raw.FPDFPage_CloseAnnot(mark)
    return found


def _copy(document: pdfium.PdfDocument) -> tuple[wire.Answer, bytes]:
    """The pages alone in a new file: without properties, files inside, marks, and what was there before."""
    if len(document) > _LOOKED_AT:
        raise Refused("too-big")
    try:
        # First, and where they come from: what no page names any more is not copied.
        for index in range(len(document)):
            page = document[index]
            for kind, mark in reversed(_marks(page)):
                if kind in _COMMENTS:
                    raw.FPDFPage_RemoveAnnot(page, mark)
            page.close()
        made = pdfium.PdfDocument.new()
        made.import_pages(document)
        out = io.BytesIO()
        made.save(out)
    except pdfium.PdfiumError as error:
        raise Refused("damaged") from error
    # PDFium writes the moment of the copy into it: a time that says nothing.
    data = _without_segments(_DATE.sub(lambda found: b" " * len(found[0]), out.getvalue()))
    if len(data) > wire.MAX_COPY:
        raise Refused("too-big")
    return wire.Answer(octets=len(data), pages=len(made), encoding="application/pdf"), data


def _without_segments(data: bytes) -> bytes:
    """The same with nothing in those segments of its pictures: they stay as long, so that every place holds."""
    blank = bytearray(data)
    for found in _LEFT.finditer(data):
        start = found.start() + 4
        end = min(found.start() + 2 + int.from_bytes(found[1] or found[2], "big"), len(blank))
        blank[start:end] = bytes(max(0, end - start))
    return bytes(blank)


def _words(document: pdfium.PdfDocument, first: int, limit: int) -> tuple[wire.Answer, bytes]:
    """The words of the pages from `first`, a form feed between two pages."""
    pages = min(len(document), wire.MAX_PAGES)
    found: list[str] = []
    length, cut = 0, False
    for index in range(first, pages):
        try:
            page = document[index]
            words = page.get_textpage()
            text = clean(words.get_text_range())
            words.close()
            page.close()
        except pdfium.PdfiumError:
            text = ""  # a page that can't be read must not hide the words of the others
        found.append(text[: limit - length])
        length += len(text) + 1
        if length > limit:
            cut = True
            break
    body = "\f".join(found).encode("utf-8", "replace")
    return wire.Answer(octets=len(body), encoding="pdf", shortened=cut, pages=pages), body


def _draw(document: pdfium.PdfDocument, index: int, width_px: int) -> tuple[wire.Answer, bytes]:
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise Refused("damaged") from error
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Refused("damaged")
    scale = max(1, min(width_px, wire.MAX_EDGE)) / width
    if height * scale > wire.MAX_EDGE:
        scale = wire.MAX_EDGE / height
    # A page may be given so thin that its other side comes to nothing.
    if width * scale < 1 or height * scale < 1 or width * height * scale * scale > _MAX_PIXELS:
        raise Refused("too-big")
    try:
        # Just below, so that rounding up stays inside the limit.
        bitmap = page.render(scale=scale * 0.9999, rev_byteorder=True, force_bitmap_format=raw.FPDFBitmap_BGRA,
                             fill_color=(255, 255, 255, 255))  # fmt: skip
    except pdfium.PdfiumError as error:
        raise Refused("damaged") from error
    rows = memoryview(bitmap.buffer).cast("B")
    line = bitmap.width * 4
    pixels = b"".join(rows[y * bitmap.stride : y * bitmap.stride + line] for y in range(bitmap.height))
    answer = wire.Answer(
        octets=len(pixels),
        width=bitmap.width,
        height=bitmap.height,
        full_width=min(wire.MAX_SIDE, max(1, round(width))),
        full_height=min(wire.MAX_SIDE, max(1, round(height))),
        pages=min(len(document), wire.MAX_PAGES),
    )
    bitmap.close()
    page.close()
    return answer, pixels


def _sample() -> bytes:
    """A page with a word in a font that is not embedded, so that PDFium looks for the system's fonts."""
    words = b"BT /F 9 Tf 5 5 Td (Cairn) Tj ET"
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 40 20] /Contents 4 0 R /Resources "
        + b"<< /Font << /F << /Type /Font /Subtype /TrueType /BaseFont /NotoSans >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, start)
    return bytes(out)


def warm() -> None:
    """Let PDFium find the system's fonts, and ctypes make its callbacks, while they still can."""
    document = pdfium.PdfDocument(io.BytesIO(_sample()))
    document[0].render(scale=1).close()
    document[0].get_textpage().get_text_range()
    document.close()
