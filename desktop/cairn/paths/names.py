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
_WINDOWS_LONGEST = 259
"""Characters (UTF-16) of a whole path, unless the computer's owner has allowed longer ones."""
_INSIDE = 80
"""More than the longest name that Cairn makes inside a folder of its own, with the separator."""


def safe_name(name: str, *, fallback: str = "file") -> str:
    """A file name that is safe on every system Cairn runs on, as close to `name` as possible.

    Path separators, control and bidirectional-override characters, reserved Windows names, leading
    dots and trailing dots or spaces are replaced; the UTF-8 form is at most 200 bytes, the ending kept.
    """
    clean = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip().rstrip(". ").lstrip(".")
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
