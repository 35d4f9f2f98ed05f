"""WAV files whose recorder never wrote how long they are, or that go on behind what it wrote. Runs in the child only.

A recorder writes the sizes last. Where it lost power they are zero, or tell of an earlier moment; the sound goes to
the file's end. Chunks behind the sound (names, places, marks) are chunks; what is none there is heard as sound.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from cairn.decode.parts import Streams, View, Window

_OPEN = (0, 0xFFFFFFFF)
_MOST = 0xFFFFFF00


def streams(file: BinaryIO, size: int) -> Streams:
    """The one stream of a WAV, with sizes that are true. As it is where it has no chunk of sound."""
    window = Window(file, size)
    whole = View(file, [(0, size)])
    at = 12
    aligned, length = 1, 0
    while at + 8 <= size:
        name, length = struct.unpack("<4sI", window.at(at, 8))
        if name == b"ds64":
            return Streams([whole])  # it has its sizes elsewhere
        if name == b"fmt " and length >= 16:
            aligned = max(1, struct.unpack("<H", window.at(at + 20, 2).ljust(2, b"\0"))[0])
        if name == b"data":
            break
        at += 8 + length + (length & 1)
    else:
        return Streams([whole])
    begin = at + 8
    there = size - begin
    end = begin + length + (length & 1)
    if length not in _OPEN and (length >= there or _chunks(window, end)):
        return Streams([whole], unclosed=length > there)
    length = min(there - there % aligned, _MOST)
    head = window.at(0, begin)
    patched = (
        b"RIFF" + struct.pack("<I", begin - 8 + length) + head[8:at] + b"data" + struct.pack("<I", length)
    )
    return Streams(
        [View(file, [patched, (begin, begin + length)])], there - length - there % aligned, unclosed=there > 0
    )


def _chunks(window: Window, at: int) -> bool:
    """Whether chunks and nothing else stand from here to the end, but for zeros that fill up."""
    while at + 8 <= window.size:
        name, length = struct.unpack("<4sI", window.at(at, 8))
        if not all(32 <= octet < 127 for octet in name) or at + 8 + length > window.size:
            return window.is_empty(at, window.size)
        at += 8 + length + (length & 1)
    return window.is_empty(at, window.size)
