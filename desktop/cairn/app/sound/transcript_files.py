"""A transcript as a file that other programs read: WebVTT for players, DOCX for word processors.

WebVTT as the W3C describes it (https://www.w3.org/TR/webvtt1/): one cue a paragraph, the speaker as voice.
The DOCX is a table of time, speaker, words and translation. Both are made in memory and name nothing but
what stands in them: no author, no device, no moment of writing.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from cairn.app.sound import paragraphs
from cairn.model.kinds.transcript import Paragraph, Transcript
from cairn.model.values import MomentMs

Which = Literal["spoken", "translation", "both"]

_LAST_SHOWN_MS = 5000
"""How long a last paragraph of unknown end is shown."""
# What XML 1.0 can't hold; WebVTT readers stumble over most of it as well.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_END = 22
"""Bytes of the record that ends an archive without a comment."""
_ZIP_FIRST_DAY = b"\0\0\x21\0"
"""Time and date, as MS-DOS counts them."""


def written(body: Transcript, form: str, which: Which = "both", *, title: str = "") -> bytes:
    """The whole file. `title` stands above the words in a DOCX; `which` says what of them it holds."""
    return docx(body, which, title=title) if form == "docx" else vtt(body, which)


def vtt(body: Transcript, which: Which = "both") -> bytes:
    """The transcript as WebVTT, UTF-8."""
    languages = {"spoken": [body.language], "translation": [body.translation]}
    named = [one for one in languages.get(which, [body.language, body.translation]) if one]
    blocks = ["WEBVTT"]
    if named:
        blocks.append(f"NOTE language: {_line(', '.join(named))}")
    spans = paragraphs.stretches(body.paragraphs)
    for number, (each, span) in enumerate(zip(body.paragraphs, spans, strict=True)):
        last = number == len(spans) - 1
        end = MomentMs(span.start + _LAST_SHOWN_MS) if last and not each.end else span.end
        # A cue must end after it began.
        end = max(end, MomentMs(span.start + 1))
        lines = [_cue(text) for text in texts(each, which) if text]
        if lines:
            voice = f"<v {_voice(each.speaker)}>" if each.speaker else ""
            times = f"{paragraphs.clock(span.start, thousandths=True)} --> "
            times += paragraphs.clock(end, thousandths=True)
            blocks.append("\n".join([times, voice + lines[0], *lines[1:]]))
    return ("\n\n".join(blocks) + "\n").encode()


def docx(body: Transcript, which: Which = "both", *, title: str = "") -> bytes:
    """The transcript as a DOCX document."""
    # Loaded when it is wanted: it brings an XML library along, which no other part needs.
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    facts = document.core_properties
    facts.author = facts.last_modified_by = facts.comments = ""
    facts.title = _clean(title)
    facts.created = facts.modified = _EPOCH
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.0)
        section.top_margin = section.bottom_margin = Cm(2.0)
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    if title:
        document.add_heading(_clean(title), level=1)
    named = [one for one in (body.language, body.translation) if one]
    if named:
        document.add_paragraph(_clean(" · ".join(named)))
    shown = [each for each in body.paragraphs if any(texts(each, which))]
    both = which == "both" and any(each.translation for each in shown)
    widths = (2.2, 2.8, 6.0, 6.0) if both else (2.2, 2.8, 12.0)
    table = document.add_table(rows=len(shown), cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for width, column in zip(widths, table.columns, strict=True):
        column.width = Cm(width)
    # Asked for cell by cell, the library walks the whole table each time.
    for line, each in zip(table.rows, shown, strict=True):
        words = texts(each, which)
        values = [paragraphs.clock(each.start), each.speaker, *(words if both else [" ".join(words).strip()])]
        for cell, width, value in zip(line.cells, widths, values, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].add_run(_clean(value))
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _timeless(data: bytes) -> bytes:
    """The archive as if each part was written in 1980, on no system in particular (PKWARE APPNOTE, 4.3 and 4.4)."""
    made = bytearray(data)
    count, at = struct.unpack_from("<10xH4xI", made, len(made) - _ZIP_END)
    for _ in range(count):
        system, told, lengths, local = at + 5, at + 12, at + 28, at + 42
        (part,) = struct.unpack_from("<I", made, local)
        made[system] = 0
        made[told : told + 4] = made[part + 10 : part + 14] = _ZIP_FIRST_DAY
        at += 46 + sum(struct.unpack_from("<3H", made, lengths))
    return bytes(made)


def texts(paragraph: Paragraph, which: Which) -> Sequence[str]:
    """The words of a paragraph that are wanted: spoken, translated, or one after the other."""
    if which == "spoken":
        return [paragraph.text]
    if which == "translation":
        return [paragraph.translation]
    return [paragraph.text, paragraph.translation]


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _line(text: str) -> str:
    return " ".join(_clean(text).split()).replace("-->", "→")


def _cue(text: str) -> str:
    """Text of a cue: escaped, and without blank lines, which would end it."""
    lines = [line for line in _clean(text).split("\n") if line.strip()]
    return "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _voice(speaker: str) -> str:
    """The annotation of a voice: one line, and escaped as text is."""
    return _line(speaker).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
