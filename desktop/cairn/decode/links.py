"""Sound that was put together: the links of an Ogg file, and FLAC files behind each other. Runs in the child only.

RFC 3533 allows one stream after another (`cat a.opus b.opus`), and players stop after the first. Here each is a file
of its own. Streams that run beside each other (a film) are told, and the first that is sound is heard.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from cairn.decode.parts import Streams, Stretch, View, Window, joined

_PAGE = struct.Struct("<4sBBqIIIB")
_FIRST = 2
_SOUNDS = (b"OpusHead", b"\x01vorbis", b"\x7fFLAC", b"Speex   ")
_FLAC = (b"fLaC\x00\x00\x00\x22", b"fLaC\x80\x00\x00\x22")


class _Link:
    """Streams that begin together."""

    def __init__(self) -> None:
        self.stretches: dict[int, list[Stretch]] = {}
        self.octets: dict[int, int] = {}
        self.sounds: list[int] = []
        self.begun = False
        """A page has come that begins nothing: another beginning is another link."""


def ogg(file: BinaryIO, size: int) -> Streams:
    """The links of an Ogg file, each with its first stream of sound."""
    window = Window(file, size)
    links: list[_Link] = []
    at = left = 0
    while at < size:
        head = window.at(at, _PAGE.size + 255)
        end = _end(head, at)
        if not end:
            go_on = window.find(b"OggS", at + 1)
            go_on = size if go_on < 0 else go_on
            left += 0 if window.is_empty(at, go_on) else go_on - at
            at = go_on
            continue
        _, _, flags, _, serial, *_ = _PAGE.unpack_from(head)
        if not links or (flags & _FIRST and links[-1].begun):
            links.append(_Link())
        link = links[-1]
        if flags & _FIRST:
            body = window.at(at + _PAGE.size + head[26], 8)
            if body[:7] in [each[:7] for each in _SOUNDS] or body[:5] == b"\x7fFLAC":
                link.sounds.append(serial)
        else:
            link.begun = True
        end = min(end, size)
        joined(link.stretches.setdefault(serial, []), at, end)
        link.octets[serial] = link.octets.get(serial, 0) + end - at
        at = end
    views = []
    for link in links:
        chosen = next(iter(link.sounds), None)
        if chosen is not None:
            views.append(View(file, link.stretches[chosen]))
        left += sum(octets for serial, octets in link.octets.items() if serial != chosen)
    return Streams(views, left)


def _end(head: bytes, at: int) -> int:
    """Where the page that begins here ends; 0 where none begins."""
    if len(head) < _PAGE.size or head[:5] != b"OggS\0":
        return 0
    lacing = head[_PAGE.size : _PAGE.size + head[26]]
    return at + _PAGE.size + len(lacing) + sum(lacing)


def flac(file: BinaryIO, size: int) -> Streams:
    """FLAC files behind each other."""
    window = Window(file, size)
    starts, at = [0], 4
    while (at := _flac(window, at)) >= 0:
        starts.append(at)
        at += 4
    ends = [*starts[1:], size]
    return Streams([View(file, [(start, end)]) for start, end in zip(starts, ends, strict=True)])


def _flac(window: Window, at: int) -> int:
    """Where the next head with its description of the stream begins; -1 where there is none."""
    while (at := window.find(b"fLaC", at)) >= 0:
        if window.at(at, 8) in _FLAC:
            return at
        at += 4
    return -1
