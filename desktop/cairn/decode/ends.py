"""Where a file's own content ends, told from its form alone: what stands behind it no viewer shows. Child only.

A phone hangs a film with sound behind a photograph, tools append archives, and all of it leaves with the file.
"""

from __future__ import annotations

import re
import struct
from typing import BinaryIO

from cairn.decode.parts import Window

_AFTER_DATA = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FILM = re.compile(rb"ftyp(?:isom|iso[2-9]|mp4[12]|qt  |avc1|MSNV|3gp)|MotionPhoto_Data")
_CONTAINERS = frozenset({b"moov", b"mpvd"})
_LOOKED_AT = 4 << 20


def behind(file: BinaryIO, size: int, media_type: str) -> set[str]:
    """`film` and `behind`, for what stands behind the end of a picture; nothing where its form has no end."""
    window = Window(file, size)
    if media_type == "image/heic":
        return _boxes(window)
    finder = {
        "image/jpeg": _jpeg,
        "image/png": _png,
        "image/gif": _gif,
        "image/webp": _riff,
        "image/bmp": _bmp,
    }.get(media_type)
    end = finder(window) if finder is not None else None
    return set() if end is None or end >= size else _said(window, end)


def _said(window: Window, end: int) -> set[str]:
    if window.is_empty(end, window.size):
        return set()
    at = end
    while at < window.size:
        piece = window.at(at, min(_LOOKED_AT, window.size - at))
        if _FILM.search(piece):
            return {"film"}
        at += max(1, len(piece) - 16) if len(piece) == _LOOKED_AT else _LOOKED_AT
    # Further pictures in one file are told as pages.
    return set() if window.at(end, 3) == b"\xff\xd8\xff" else {"behind"}


def _jpeg(window: Window) -> int | None:
    at = 2
    while at + 4 <= window.size:
        marker, kind, length = struct.unpack(">BBH", window.at(at, 4))
        if marker != 0xFF:
            return None
        if kind == 0xFF:
            at += 1
            continue
        if kind == 0xD9:
            return at + 2
        at += 2 + length
        while kind == 0xDA:
            piece = window.at(at, min(1 << 18, max(0, window.size - at)))
            found = _AFTER_DATA.search(piece)
            if found is not None:
                at += found.start()
                break
            if len(piece) < 1 << 18:
                return None  # cut off
            at += len(piece) - 1
    return at + 2 if window.at(at, 2) == b"\xff\xd9" else None


def _png(window: Window) -> int | None:
    at = 8
    while at + 12 <= window.size:
        length, kind = struct.unpack(">I4s", window.at(at, 8))
        at += 12 + int(length)
        if kind == b"IEND":
            return at
    return None


def _gif(window: Window) -> int | None:
    flags = window.at(10, 1)[0]
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    while at < window.size:
        kind = window.at(at, 1)[0]
        if kind == 0x3B:
            return at + 1
        if kind == 0x2C:
            flags = (window.at(at + 9, 1) or b"\0")[0]
            at += 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
        elif kind == 0x21:
            at += 2
        else:
            return None
        while (length := (window.at(at, 1) or b"\0")[0]) and at < window.size:
            at += 1 + length
        at += 1
    return None


def _riff(window: Window) -> int:
    length = int.from_bytes(window.at(4, 4), "little")
    return 8 + length + (length & 1)


def _bmp(window: Window) -> int | None:
    return int.from_bytes(window.at(2, 4), "little") or None


def _boxes(window: Window) -> set[str]:
    at = 0
    while at + 8 <= window.size:
        length, kind = struct.unpack(">I4s", window.at(at, 8))
        if kind in _CONTAINERS:
            return {"film"}
        if length == 1:
            (length,) = struct.unpack(">Q", window.at(at + 8, 8).ljust(8, b"\0"))
        if length == 0:
            return set()
        if length < 8 or not all(32 <= octet < 127 for octet in kind):
            return _said(window, at)
        at += length
    return set() if at <= window.size else {"more"}
