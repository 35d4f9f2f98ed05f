"""The frames of an MP3, counted: whatever its head says, all of it is heard. Runs in the child only.

An MP3 has no length of its own. A frame in front may count the others (Xing, Info), and tools that join files leave
such a frame where a file began, with the count of that file alone. So every frame is looked at, each stream gets a
frame in front that counts right, and what is neither frame nor tag is told. ISO/IEC 11172-3, 2.4.1; 13818-3.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from cairn.decode.parts import Streams, Stretch, View, Window, joined

_KBIT_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBIT_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LONG_ENOUGH = 5
"""Of MPEG 1: 64 kbit/s, in which a frame has room for a count; of MPEG 2 it is the eighth."""
_COUNTS = (b"Xing", b"Info")


class _Stream:
    """Frames of one kind that follow each other, tags between them left out."""

    def __init__(self, head: bytes) -> None:
        self.head = head
        self.stretches: list[Stretch] = []
        self.frames = 0
        self.octets = 0
        self.counted: tuple[int, int, int] | None = None
        """Begin and end of the frame that counts the others, and what it says."""

    def add(self, start: int, end: int) -> None:
        joined(self.stretches, start, end)
        self.frames += 1
        self.octets += end - start

    def view(self, file: BinaryIO) -> View:
        if self.counted is not None and self.counted[2] == self.frames:
            # It says as well what its encoder put before and behind the sound.
            return View(file, [self.counted[:2], *self.stretches])
        return View(file, [_count(self.head, self.frames, self.octets), *self.stretches])


def streams(file: BinaryIO, size: int) -> Streams:
    """The streams of an MP3; none where there is no frame."""
    window = Window(file, size)
    found: list[_Stream] = []
    at = left = 0
    fresh = True
    while at < size:
        head = window.at(at, 10)
        length = _length(head)
        if length and at + length <= size:
            kind, counts = _kind(head), _counted(window.at(at, min(length, 64)))
            if fresh or not found or counts is not None or kind != _kind(found[-1].head):
                found.append(_Stream(head[:4]))
                fresh = False
            if counts is not None:
                found[-1].counted = (at, at + length, counts)
                fresh = False
            else:
                found[-1].add(at, at + length)
            at += length
            continue
        tag = _tag(window, at, head)
        if tag:
            at += tag
            continue
        go_on = _next(window, at + 1)
        if not window.is_empty(at, go_on):
            left += go_on - at
        at = go_on
    return Streams([each.view(file) for each in found if each.frames], left)


def _length(head: bytes) -> int:
    """Bytes of the frame of layer III that begins with `head`; 0 where it is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _RATES or bits in (0, 15) or rate == 3:
        return 0
    kbit = (_KBIT_1 if version == 3 else _KBIT_2)[bits]
    return (144 if version == 3 else 72) * kbit * 1000 // _RATES[version][rate] + (head[2] >> 1 & 1)


def _kind(head: bytes) -> tuple[int, int, bool]:
    """What frames of one stream have in common: version, rate, one channel or two."""
    return head[1] & 0x18, head[2] & 0x0C, head[3] >> 6 == 3


def _side(head: bytes) -> int:
    """Where the content of a frame begins, behind its side information."""
    mono = head[3] >> 6 == 3
    return 4 + ((17 if mono else 32) if head[1] >> 3 & 3 == 3 else (9 if mono else 17))


def _counted(frame: bytes) -> int | None:
    """What a frame that counts the others says; 0 where it says nothing, None where it is a frame of sound."""
    at = _side(frame)
    if frame[at : at + 4] in _COUNTS and len(frame) >= at + 12:
        flags, count = struct.unpack_from(">II", frame, at + 4)
        return int(count) if flags & 1 else 0
    return 0 if frame[36:40] == b"VBRI" else None


def _count(head: bytes, frames: int, octets: int) -> bytes:
    """A frame that counts the others: no checksum, no padding, a rate of bits with room enough."""
    bits = _LONG_ENOUGH if head[1] >> 3 & 3 == 3 else _LONG_ENOUGH + 3
    made = bytes((head[0], head[1] | 1, bits << 4 | head[2] & 0x0C, head[3]))
    length = _length(made)
    body = b"Info" + struct.pack(">III", 3, frames, octets + length)
    return (made.ljust(_side(made), b"\0") + body).ljust(length, b"\0")


def _tag(window: Window, at: int, head: bytes) -> int:
    """Bytes of the tag that stands here: what says something about the sound and is none; 0 where there is none."""
    if head[:3] == b"ID3" and len(head) == 10 and max(head[6:10]) < 128:
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        return min(10 + size + (10 if head[5] & 0x10 else 0), window.size - at)
    if head[:3] == b"TAG" and at + 128 <= window.size:
        return 128
    if head[:8] == b"APETAGEX":
        _, size, _, flags = struct.unpack("<IIII", window.at(at, 32).ljust(32, b"\0")[8:24])
        # Its size counts the items and the foot; before them may stand a head.
        return min(32 + size if flags & 0x20000000 else 32, window.size - at)
    return 0


def _next(window: Window, at: int) -> int:
    """Where the sound goes on: a frame that another of its kind follows, or the end; or a tag. Else the end."""
    while at < window.size:
        piece = window.at(at, min(1 << 16, window.size - at))
        for place, octet in enumerate(piece[:-3]):
            if octet == 0xFF and _goes_on(window, at + place, piece[place : place + 4]):
                return at + place
            if octet in b"IAT" and _tag(window, at + place, window.at(at + place, 10)):
                return at + place
        at += max(1, len(piece) - 3)
    return window.size


def _goes_on(window: Window, at: int, head: bytes) -> bool:
    length = _length(head)
    if not length or at + length > window.size:
        return False
    after = window.at(at + length, 4)
    return (
        len(after) < 4
        or (_length(after) > 0 and _kind(after) == _kind(head))
        or after[:3] in (b"TAG", b"ID3")
    )
