"""File names that are safe on every system Cairn runs on."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


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
    return f"{stem}.{ending}" if ending else stem
