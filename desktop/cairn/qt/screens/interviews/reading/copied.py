"""What is copied out of a PDF of Qt's is made to be what was written.

Qt tells for each glyph the first letter that a font draws with it: of 日 that it is the radical ⽇, of a dash that it is
another dash. Of the letters that a font draws alike, the one that stands in the text is told instead. Only that is
changed, in its place, so that no byte moves. ToUnicode CMaps: PDF 32000-1, section 9.10.3.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from PySide6.QtGui import QFont, QRawFont, QTextLayout

_RANGES = re.compile(rb"(?<=beginbfrange\n)[^a-z]*(?=endbfrange)")
_LIST = re.compile(rb"\[(?:<[0-9A-Fa-f]{4}> ?)*\]")
_SINGLE = re.compile(rb"(?m)^(<[0-9A-Fa-f]{4}>) \1 <[0-9A-Fa-f]{4}>$")
_VALUE = re.compile(rb"<([0-9A-Fa-f]{4})>(?= ?(?:<|\]|$))")
_BMP = 0xFFFF


def as_written(pdf: bytes, text: str, fonts: Iterable[QFont]) -> bytes:
    """The same PDF, of the same length, whose glyphs are letters of `text` wherever its fonts draw these with them."""
    letters = {each for each in set(text) if each.isprintable() and ord(each) <= _BMP}
    drawn = [_glyphs(raw, letters) for raw in _raw(text, fonts)]

    def value(found: re.Match[bytes]) -> bytes:
        return b"<%04X>" % _better(int(found[1], 16), letters, drawn)

    def single(found: re.Match[bytes]) -> bytes:
        head, _, last = found[0].rpartition(b" ")
        return head + b" " + _VALUE.sub(value, last)

    def section(found: re.Match[bytes]) -> bytes:
        return _SINGLE.sub(single, _LIST.sub(lambda each: _VALUE.sub(value, each[0]), found[0]))

    return _RANGES.sub(section, pdf)


def _raw(text: str, fonts: Iterable[QFont]) -> list[QRawFont]:
    """The fonts that these letters are drawn with, those included that stand in for a missing letter."""
    found: dict[tuple[str, str], QRawFont] = {}
    for font in fonts:
        layout = QTextLayout("".join(sorted(set(text))), font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        for run in layout.glyphRuns():
            raw = run.rawFont()
            found[raw.familyName(), raw.styleName()] = raw
    return list(found.values())


def _glyphs(raw: QRawFont, letters: Iterable[str]) -> tuple[QRawFont, dict[int, str]]:
    return raw, {
        index[0]: each for each in sorted(letters) if len(index := raw.glyphIndexesForString(each)) == 1
    }


def _better(told: int, letters: set[str], drawn: Sequence[tuple[QRawFont, dict[int, str]]]) -> int:
    letter = chr(told)
    if letter in letters or not told:
        return told
    for raw, glyphs in drawn:
        index = raw.glyphIndexesForString(letter)
        if len(index) == 1 and index[0] and index[0] in glyphs:
            return ord(glyphs[index[0]])
    plain = unicodedata.normalize("NFKC", letter)
    return ord(plain) if len(plain) == 1 and plain in letters else told
