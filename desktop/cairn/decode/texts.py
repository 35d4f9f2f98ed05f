"""The beginning of a text file as characters: finds its encoding, then cleans it. Runs in the child only.

The languages of the field decide the guess: UTF-8 and UTF-16 first, then CP949 (Korean) and GB18030
(Chinese), which share most of their byte pairs and are told apart by what they would mean, then
Windows-1252, which takes everything.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from cairn.decode import wire
from cairn.decode.refusal import Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_END = re.compile("\r\n?|\x85")
_ENOUGH_HANGUL = 0.75


class Texts:
    """One text file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __call__(self, request: wire.Request) -> tuple[wire.Answer, bytes]:
        """The characters of the first `request.count` bytes, as UTF-8."""
        limit = max(1, min(request.count, wire.MAX_TEXT))
        self._file.seek(0)
        data = self._file.read(limit)
        shortened = request.size > len(data)
        text, encoding = decode(data, cut=shortened)
        if text.count("\ufffd") > max(16, len(text) // 20):
            raise Refused("unsupported")
        body = text.encode("utf-8")
        return wire.Answer(octets=len(body), encoding=encoding, shortened=shortened), body


def decode(data: bytes, *, cut: bool = False) -> tuple[str, str]:
    """The text in `data` and the name of the encoding that was found.

    `cut` says that the data ends where a limit fell, perhaps within a character. Line ends become a
    line feed; control characters, which a text widget might act on, become U+FFFD.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return clean(_decoded(data[len(bom) :], name, cut) or ""), name
    wide = _without_bom(data)
    for name in (wide, "utf-8") if wide else ("utf-8",):
        text = _strict(data, name, cut)
        if text is not None:
            return clean(text), name
    name = _asian(data, cut) or "cp1252"
    return clean(_decoded(data, name, cut)), name


def _strict(data: bytes, name: str, cut: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(data, final=not cut)
    except UnicodeDecodeError:
        return None


def _decoded(data: bytes, name: str, cut: bool) -> str:
    return codecs.getincrementaldecoder(name)("replace").decode(data, final=not cut)


def _without_bom(data: bytes) -> str:
    """UTF-16 shows itself in Western text, line ends and spaces: a zero in every other byte."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 8 < len(head) // 2 or len(head) < 4:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _asian(data: bytes, cut: bool) -> str:
    """cp949 or gb18030 where pairs of high bytes make sense, else nothing."""
    sample = data[:65536]
    high = sum(byte >= 0x80 for byte in sample)
    paired = 2 * len(re.findall(rb"[\x81-\xfe][\xa1-\xfe]", sample))
    # Accented letters of Western text stand alone between ASCII letters.
    if paired < high * 0.7:
        return ""
    korean = _strict(data, "cp949", cut)
    if korean is not None:
        letters = [c for c in korean[:65536] if "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3"]
        hangul = sum(c >= "\uac00" for c in letters)
        if letters and hangul >= _ENOUGH_HANGUL * len(letters):
            return "cp949"
    return "gb18030" if _strict(data, "gb18030", cut) is not None else "cp949" if korean is not None else ""


def clean(text: str) -> str:
    """Line ends as line feeds, control characters as U+FFFD."""
    return _CONTROL.sub("\ufffd", _LINE_END.sub("\n", text))


def warm() -> None:
    """Load every codec while files can still be opened."""
    for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp949", "gb18030", "cp1252"):
        _decoded(b"ab\n\0", name, cut=True)
