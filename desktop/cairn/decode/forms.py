"""A questionnaire from outside to a form's tree and what is to be said about it. Runs in the child only.

XLSForms (`.xlsx`, `.xls`, Markdown, CSV) are brought to what the converter takes, looked through row by row, converted,
and the XML that comes out is read again as strictly as one from outside: the converter has written XML that was none.
What comes back is JSON (`Imported`), which the parent decodes into types and bounds.
"""

from __future__ import annotations

import base64
import io
import zipfile  # noqa: TID251 - to make the sample that warms the child up, in memory
import zlib
from typing import BinaryIO

import msgspec

from cairn.decode import wire
from cairn.decode.form_convert import Unconverted, convert, prepare
from cairn.decode.form_dialects import cells, normalise
from cairn.decode.form_lint import lint
from cairn.decode.form_sheets import Book, Unreadable, book, sniff, whole
from cairn.decode.form_tables import Tables, looks_like_form
from cairn.decode.form_xml import Malformed, document
from cairn.decode.refusal import Refused
from cairn.forms.findings import MAX_FINDINGS, Finding, Grade, finding
from cairn.forms.imported import Imported
from cairn.forms.markup import Document


class Forms:
    """One file: a questionnaire (`form`), or a table beside one (`form-table`)."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """JSON of an Imported or of a Document. Raises Refused."""
        if request.op == "form-table":
            body = msgspec.json.encode(Tables(self._file)())
        else:
            body = msgspec.json.encode(_imported(self._file))
        if len(body) > wire.MAX_COPY:
            raise Refused("too-big")
        return wire.Answer(octets=len(body)), body


def _imported(file: BinaryIO) -> Imported:
    kind, found = "", list[Finding]()
    try:
        kind = sniff(file)
        if kind == "xml":
            return _xml(file)
        kind, read, found = book(file, kind)
        found += normalise(read)
        found += lint(read)
        rows = _rows(read)
        if any(each.grade is Grade.BROKEN for each in found):
            return Imported(kind, None, found[:MAX_FINDINGS], rows)
        text, warned = convert(read)
        found += warned
        try:
            tree = document(text.encode("utf-8"))
        except Malformed as error:
            found.append(finding("form.not-well-formed", Grade.BROKEN, line=error.line))
            return Imported(kind, None, found[:MAX_FINDINGS], rows)
        return Imported(kind, tree, found[:MAX_FINDINGS], rows)
    except (Unreadable, Unconverted) as error:
        return Imported(kind, None, [error.found, *found][:MAX_FINDINGS])


def _xml(file: BinaryIO) -> Imported:
    try:
        tree: Document = document(whole(file))
    except Malformed as error:
        return Imported("xml", None, [finding("form.not-well-formed", Grade.BROKEN, line=error.line)])
    if not looks_like_form(tree):
        return Imported("xml", None, [finding("form.not-a-form", Grade.BROKEN, root=tree.root.name)])
    return Imported("xml", tree, [])


def _rows(read: Book) -> dict[str, int]:
    """At which row a name stands, so that what is found later can say so."""
    found: dict[str, int] = {}
    for at, row in enumerate(read.get("survey") or [], 2):
        if name := cells(row, "name", "value", "tag").strip():
            found.setdefault(name, at)
    return found


_SAMPLE = """\
| survey |
| | type | name | label::English (en) | relevant | calculation | constraint | repeat_count | parameters |
| | select_one yn or_other | a | A | | | | | |
| | begin repeat | r | R | | | | 2 | |
| | integer | b | B ${a} | ${a} = 'yes' | | . > 1 | | |
| | range | d | D | | | | | start=1 end=5 step=1 |
| | calculate | c | | | ${b} + 1 | | | |
| | end repeat | | | | | | | |
| | text | meta | M | | | | | |
| | image | p | P | | | | | max-pixels=1000 |
| choices |
| | list_name | name | label::English (en) |
| | yn | yes | Yes |
| | yn | no | No |
| settings |
| | form_title | form_id |
| | T | t |
"""


_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/s.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="survey" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="s.xml"/></Relationships>',
    "xl/s.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    + "".join(
        f'<row r="{row}">' + "".join(f'<c r="{at}{row}" t="inlineStr"><is><t>{word}</t></is></c>' for at, word in zip("ABC", words, strict=True)) + "</row>"
        for row, words in enumerate((("type", "name", "label"), ("text", "a", "A")), 1)
    ) + "</sheetData></worksheet>",
}  # fmt: skip


_OLD = (
    "c-rliO;W-@5QSe4NdVn|QY=_`1WrJe3oqb?HB_<Uw*pvt01o02JP95_52Ep9GST2FEVbU3>YARHp2?(pGI>3A-"
    "=1Fv@A$<C4SZ&8Bo)nqc{<?zEX&=p&B?@{;)9mguff_yw3wFHyh&@(+M&MUe{zpCuN`i1hZWltPdJA@Vk_senq#Wx#h6b|F~`)eV"
    "~%sVg0t%T)EVQ#`6c*$x0r||KG6>7Vd%ZYw%D^i514UZTzto$CNFZ`(u3_7xM6r9S|P45!P1M@A^$OKL2*iP;bZM*f*BsU6C-"
    "y?vH0iMBy?TTz4dDmLI@#*5JCtcL_NL$qw33|"
)
"""The same as an old `.xls`, packed: what reads it loads its encodings only when it meets them."""


def _workbook() -> bytes:
    """A workbook of one question, made in memory: the library that reads them writes only by way of the disk."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in _PARTS.items():
            made.writestr(name, text)
    return out.getvalue()


def warm() -> None:
    """Load the converter and everything that it loads late, while files can still be opened."""
    prepare()
    made = _imported(io.BytesIO(_SAMPLE.encode()))
    if made.document is None:
        raise RuntimeError("the sample was not converted")
    workbook = _imported(io.BytesIO(_workbook()))
    if workbook.document is None:
        raise RuntimeError("the sample workbook was not converted")
    old = _imported(io.BytesIO(zlib.decompress(base64.b85decode(_OLD))))
    if old.document is None:
        raise RuntimeError("the old sample workbook was not converted")
    Tables(io.BytesIO(b"name,label\na,b\n"))()
    Tables(io.BytesIO(b"<root><item><name>a</name></item></root>"))()
    Tables(io.BytesIO(b'{"type":"FeatureCollection","features":[]}'))()
