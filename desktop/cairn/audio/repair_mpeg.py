"""MP3 around gaps: frames without sound for about as many as are missing.

An MP3 has no numbers in its frames. With a constant bit rate their count is exact, else it is as exact as the
neighbours' length tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from cairn.audio.gaps import Gap, Lost, Piece
from cairn.model.ports import ReadableAt
from cairn.model.values import LengthMs

_WINDOW = 1 << 16
_KBIT_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBIT_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def repair(
    source: ReadableAt, gaps: Sequence[Gap], duration: LengthMs
) -> tuple[list[Piece], list[Lost], int] | None:
    """Pieces of the whole stream, milliseconds that are lost, and 1000; None where it is no MP3."""
    head = source.read_at(0, 4)
    if gaps[0][0] and head[:3] != b"ID3" and not _length(head):
        return None
    pieces: list[Piece] = []
    lost: list[Lost] = []
    at = 0
    for place, (start, end) in enumerate(gaps):
        begin = max(at, start - _WINDOW)
        before = _frames(source.read_at(begin, start - begin))
        # Where the last whole frame before the gap ends.
        cut = begin + before[-1][0] + before[-1][1] if before else start
        limit = gaps[place + 1][0] if place + 1 < len(gaps) else source.size
        after = _frames(source.read_at(end, min(_WINDOW, limit - end)))
        go_on = end + after[0][0] if after else limit
        if cut > at:
            pieces.append((at, cut))
        known = before or after
        if known and go_on > cut:
            usual = sum(length for _, length, _ in known) / len(known)
            pieces.append(_silent(known[-1][2]) * round((go_on - cut) / usual))
        at = go_on
        size = max(1, source.size)
        lost.append((cut * duration // size, -(-go_on * duration // size)))
    pieces.append((at, source.size))
    return pieces, lost, 1000


def _frames(data: bytes) -> list[tuple[int, int, bytes]]:
    """The whole frames in `data` that follow each other: place, length, header."""
    at = data.find(b"\xff")
    while 0 <= at < len(data) - 4:
        found = []
        here = at
        while (length := _length(data[here : here + 4])) and here + length <= len(data):
            found.append((here, length, data[here : here + 4]))
            here += length
        # One alone may be chance.
        if len(found) > 1 or (found and here == len(data)):
            return found
        at = data.find(b"\xff", at + 1)
    return []


def _length(head: bytes) -> int:
    """Bytes of the frame of layer III that begins with `head`; 0 where it is none (ISO/IEC 11172-3, 2.4.1.3)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _RATES or bits in (0, 15) or rate == 3:
        return 0
    kbit = (_KBIT_1 if version == 3 else _KBIT_2)[bits]
    return (144 if version == 3 else 72) * kbit * 1000 // _RATES[version][rate] + (head[2] >> 1 & 1)


def _silent(head: bytes) -> bytes:
    """A frame like another, without sound: no checksum, no padding, all of its content zero."""
    silent = bytes((head[0], head[1] | 1, head[2] & 0xFD, head[3]))
    return silent.ljust(_length(silent), b"\0")
