"""File names that are safe on every system Cairn runs on."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from pathlib import Path

from cairn.errors import MachineError

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Devices of Windows, also with spaces behind and whatever the ending (learn.microsoft.com: Naming files).
_RESERVED = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)", re.IGNORECASE)
_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_REPLACED = re.compile("\ufffd+")
_KANA = "\u3040-\u30ff"
_HAN = "\u3005\u4e00-\u9fff\u3001-\u3011\uff01-\uff5e"
_CYRILLIC = "\u0401\u0410-\u044f\u0451\u2116\u00ab\u00bb\u2014"
_LETTERS = (
    ("cp932", re.compile(f"(?=.*[{_KANA}])[\x00-\x7f{_KANA}{_HAN}]+")),
    ("cp949", re.compile("[\x00-\x7f\uac00-\ud7a3\u3131-\u318e\u3000\u00b7\u2018-\u201d]+")),
    ("cp1251", re.compile(f"(?!.*[A-Za-z][{_CYRILLIC}])(?!.*[{_CYRILLIC}][A-Za-z])[\x00-\x7f{_CYRILLIC}]+")),
    ("gb18030", re.compile(f"[\x00-\x7f{_HAN}]+")),
    ("big5", re.compile(f"[\x00-\x7f{_HAN}]+")),
    ("cp932", re.compile(f"[\x00-\x7f{_KANA}{_HAN}]+")),
    ("cp949", re.compile(f"[\x00-\x7f\uac00-\ud7a3{_HAN}]+")),
    (
        "cp1252",
        re.compile(
            "[\x00-\x7f\u00a0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2013\u2014\u2018-\u201d\u2026]+"
        ),
    ),
)
"""Encodings of names, and what a name in each is made of."""
_WINDOWS_LONGEST = 259
"""Characters (UTF-16) of a whole path, unless the computer's owner has allowed longer ones."""
_INSIDE = 80
"""More than the longest name that Cairn makes inside a folder of its own, with the separator."""


def raw_name(name: str) -> bytes:
    """The bytes of a name that the system gave us and that are no UTF-8; empty for any other name.

    Archives from a Korean, Chinese or Russian Windows leave such names: their bytes are in that system's encoding.
    """
    if not _SURROGATES.search(name):
        return b""
    return name.encode("utf-8", "surrogateescape" if _ESCAPED.search(name) else "surrogatepass")


def readable_name(name: str) -> str:
    """A name as it was meant, where its bytes are no UTF-8: in the encoding that makes words of them.

    Only for showing and for keeping: to open the file its own name is needed. What no encoding explains shows as
    `%B0`.
    """
    if not _SURROGATES.search(name):
        return name
    if not _ESCAPED.search(name):
        return _SURROGATES.sub("\ufffd", name)
    raw = name.encode("utf-8", "surrogateescape")
    for encoding, letters in _LETTERS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if letters.fullmatch(text):
            return text
    return "".join(f"%{ord(each) - 0xDC00:02X}" if "\udc80" <= each <= "\udcff" else each for each in name)


def as_on_disk(path: Path) -> Path:
    """The path of a file that a dialog named with replacement characters, because its name is no UTF-8.

    The path as it is where it leads somewhere, or where not exactly one name could have been meant.
    """
    if "\ufffd" not in str(path) or os.path.lexists(path):
        return path
    parent = as_on_disk(path.parent)
    wanted = _REPLACED.sub("\ufffd", path.name)
    try:
        found = [name for name in os.listdir(parent) if _REPLACED.sub("\ufffd", _shown(name)) == wanted]
    except OSError:
        return path
    return parent / found[0] if len(found) == 1 else path


def _shown(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")


def safe_name(name: str, *, fallback: str = "file") -> str:
    """A file name that is safe on every system Cairn runs on, as close to `name` as possible.

    Path separators, control and bidirectional-override characters, reserved Windows names, leading
    dots and trailing dots or spaces are replaced; the UTF-8 form is at most 200 bytes, the ending kept.
    """
    clean = (
        _UNSAFE.sub("_", unicodedata.normalize("NFC", readable_name(name))).strip().rstrip(". ").lstrip(".")
    )
    if not clean:
        clean = fallback
    if _RESERVED.match(clean):
        clean = "_" + clean
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending.encode()) > 20:
        stem, ending = clean, ""
    room = 200 - len(ending.encode()) - 1
    while len(stem.encode()) > room:
        stem = stem[:-1]
    return f"{stem}.{ending}" if ending else stem.rstrip(". ")


def require_short(folder: Path) -> None:
    """Refuse in time a folder whose files would have longer paths than Windows opens: it says that they are gone.

    Raises MachineError `machine.name-too-long`. On other systems names are limited and paths hardly are.
    """
    if sys.platform == "win32" and _units(folder) + _INSIDE > _WINDOWS_LONGEST:
        raise MachineError("machine.name-too-long")


def _units(folder: Path) -> int:
    return len(os.path.abspath(folder).encode("utf-16-le", "surrogatepass")) // 2
