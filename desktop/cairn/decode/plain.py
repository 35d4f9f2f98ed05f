"""Whether a JPEG or PNG holds pixels and nothing else. For the parent, who doesn't believe the child.

A copy for sharing is made where untrusted files are decoded. So its form is looked at once more by code
that decodes nothing: which parts a file has, and that nothing follows its end.
"""

from __future__ import annotations

import re
import struct

_TABLES = frozenset({0xDB, 0xC4, 0xDD, 0xC0, 0xC1, 0xC2})
"""DQT, DHT, DRI and the starts of frames (ITU-T T.81, B.1.1.3)."""
_AFTER_DATA = re.compile(rb"\xff[^\x00\xd0-\xd7]")
_JFIF = re.compile(rb"JFIF\x00\x01[\x00-\x02][\x00-\x02]....\x00\x00", re.DOTALL)
"""The head that every JPEG begins with, without a preview in it (JFIF 1.02)."""


def is_plain(data: bytes, media_type: str) -> bool:
    """True for a well-formed `image/jpeg` or `image/png` that has no part but those that pixels need."""
    if media_type == "image/jpeg":
        return _jpeg(data)
    return media_type == "image/png" and _png(data)


def _jpeg(data: bytes) -> bool:
    if data[:2] != b"\xff\xd8":
        return False
    at, scans = 2, 0
    while at + 4 <= len(data):
        marker, kind = data[at], data[at + 1]
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker != 0xFF or length < 2:
            return False
        if kind == 0xDA:
            end = _AFTER_DATA.search(data, at + 2 + length)
            if end is None:
                return False
            at, scans = end.start(), scans + 1
            if data[at + 1] == 0xD9:
                return at + 2 == len(data)
            continue
        if kind == 0xE0:
            if at != 2 or not _JFIF.fullmatch(data[at + 4 : at + 2 + length]):
                return False
        elif kind not in _TABLES:
            return False
        at += 2 + length
    return False


def _png(data: bytes) -> bool:
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return False
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind not in (b"IHDR", b"IDAT", b"IEND") or (kind == b"IHDR") != (at == 8):
            return False
        at += 12 + length
        if kind == b"IEND":
            return at == len(data) and not length
    return False
