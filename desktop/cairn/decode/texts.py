"""The beginning of a text file as characters: finds its encoding, then cleans it. Runs in the child only.

UTF-8 and UTF-16 show themselves. Of the others charset-normalizer weighs the few that people of the field meet
(`ENCODINGS`); what Korean text would mean is weighed before, because CP949 and GB18030 share most of their pairs. A
guess can be wrong: the person may choose another.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from charset_normalizer import from_bytes

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
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp949", "gb18030", "big5", "cp932", "cp1251", "cp1252")
"""What a person may choose."""
_WEIGHED = ["cp949", "gb18030", "big5", "cp932", "cp1251", "cp1252"]
_SAMPLE = 65536
_CYRILLIC = re.compile("[\u0400-\u045f]")
_KANA = re.compile("[\u3040-\u30ff]")


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
        if request.encoding in ENCODINGS:
            text, encoding = clean(_decoded(data, request.encoding, shortened)), request.encoding
        else:
            text, encoding = decode(data, cut=shortened)
        if not request.encoding and text.count("\ufffd") > max(16, len(text) // 20):
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
    name = _weighed(data, cut)
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


def _weighed(data: bytes, cut: bool) -> str:
    """The encoding of text that is no Unicode: Windows-1252, which takes everything, where none is likelier."""
    sample = data[:_SAMPLE]
    japanese = _strict(sample, "cp932", True)
    if japanese is not None and len(_KANA.findall(japanese)) * 4 >= sum(c > "\x7f" for c in japanese) > 0:
        return "cp932"
    if _asian(data, cut) == "cp949":
        return "cp949"
    russian = sample.decode("cp1251", "replace")
    letters = [c for c in russian if c > "\x7f"]
    if letters and len(_CYRILLIC.findall(russian)) * 10 >= len(letters) * 8 and _reads(russian):
        return "cp1251"
    found = from_bytes(
        sample, cp_isolation=_WEIGHED, preemptive_behaviour=False, enable_fallback=False
    ).best()
    name = found.encoding if found is not None else ""
    if name in ("big5", "gb18030", "cp949", "cp932") and _strict(data, name, cut) is not None:
        return name
    return _asian(data, cut) or "cp1252"


def _reads(russian: str) -> bool:
    """Whether Cyrillic letters stand together as in words, lower case after lower case."""
    pairs = re.findall("[\u0430-\u045f]{2}", russian)
    return len(pairs) * 4 >= len(_CYRILLIC.findall(russian))


def clean(text: str) -> str:
    """Line ends as line feeds, control characters as U+FFFD."""
    return _CONTROL.sub("\ufffd", _LINE_END.sub("\n", text))


def warm() -> None:
    """Load every codec while files can still be opened."""
    for name in (*ENCODINGS, "utf-32-le", "utf-32-be"):
        _decoded(b"ab\n\0", name, cut=True)
    for sample in ("말", "中文", "文字", "слово"):
        decode(f"{sample} {sample} {sample} and words".encode("gb18030" if sample < "가" else "cp949"))
