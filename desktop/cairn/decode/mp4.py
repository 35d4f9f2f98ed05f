"""Where the packets of sound lie in an ISO media file (M4A, MP4, 3GP). Runs in the child only.

Reads the tables of ISO/IEC 14496-12, clause 8, and nothing of the sound itself: a decoder that needs the
whole file at once would hold four hours of it. Files in fragments (8.8) have such tables in each.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from cairn.decode.refusal import Refused

MAX_TABLE = 64 << 20
"""Longest table that is read, in bytes; four hours of AAC have one of 2.7 MiB."""
MAX_PACKET = 1 << 20
MAX_PACKETS = 1 << 23
_MAX_BOXES = 100_000
_MAX_EDITS = 1000

_Numbers = npt.NDArray[np.int64]


class Edit(NamedTuple):
    """A stretch that is played: where in the track it begins and how long it is, in the track's units.

    `length` -1 is: to the end.
    """

    start: int
    length: int


class Track(NamedTuple):
    """The sound of a file, packet by packet."""

    description: bytes
    """The whole `stsd` box: what a decoder must know."""
    timescale: int
    """Units in a second."""
    duration: int
    """Of all packets, in units."""
    step: int
    """Units in a packet, the last one aside."""
    offsets: _Numbers
    sizes: _Numbers
    edits: tuple[Edit, ...]
    left: int
    """Bytes of media that are no packet of this track, and what stands behind the last box."""


class _Box(NamedTuple):
    kind: bytes
    start: int
    body: int
    end: int


def read(file: BinaryIO, size: int) -> Track:
    """The first track of sound. Raises Refused `unsupported` (none, or in fragments) and `damaged`."""
    try:
        return _read(file, size)
    except (struct.error, ValueError, IndexError, OverflowError) as error:
        raise Refused("damaged") from error


def _read(file: BinaryIO, size: int) -> Track:
    top = _top(file, size)
    movie = next((box for box in top if box.kind == b"moov"), None)
    if movie is None:
        raise Refused("damaged")
    movie_scale = _timescale(_need(file, movie, b"mvhd"))
    for box in _boxes(file, movie):
        if box.kind != b"trak":
            continue
        media = _child(file, box, b"mdia")
        if media is None or _need(file, media, b"hdlr")[8:12] != b"soun":
            continue
        return _track(file, top, movie, box, media, movie_scale, size)
    raise Refused("unsupported")


def _top(file: BinaryIO, size: int) -> list[_Box]:
    """The boxes of the file itself, as far as there are any."""
    found: list[_Box] = []
    # What stands where a box should be and is none is counted as left.
    with suppress(Refused, struct.error):
        found.extend(_boxes(file, _Box(b"", 0, 0, size)))
    return found


def _track(
    file: BinaryIO, top: list[_Box], movie: _Box, track: _Box, media: _Box, movie_scale: int, size: int
) -> Track:
    scale = _timescale(_need(file, media, b"mdhd"))
    table = _child(file, _child(file, media, b"minf"), b"stbl")
    described = _child(file, table, b"stsd")
    if table is None or described is None:
        raise Refused("damaged")
    sizes = _sizes(_need(file, table, b"stsz"), size)
    if len(sizes):
        offsets = _offsets(file, table, sizes)
        step, duration = _times(_need(file, table, b"stts"), len(sizes))
    else:
        offsets, sizes, step, duration = _fragments(file, top, movie, _need(file, track, b"tkhd"))
    if sizes.min() < 0 or sizes.max() > MAX_PACKET or (offsets < 0).any():
        raise Refused("damaged")
    held = int(sizes[offsets + sizes <= size].sum())
    media_bytes = sum(box.end - box.body for box in top if box.kind == b"mdat")
    return Track(
        _bytes(file, described.start, described.end),
        scale,
        duration,
        step,
        offsets,
        sizes,
        _edits(file, track, scale, movie_scale),
        max(0, media_bytes - held) + size - (top[-1].end if top else 0),
    )


def _fragments(
    file: BinaryIO, top: list[_Box], movie: _Box, head: bytes
) -> tuple[_Numbers, _Numbers, int, int]:
    """The packets of a track that lie in fragments: places, sizes, units in a packet, units of all."""
    (track,) = struct.unpack_from(">I", head, 20 if head[0] == 1 else 12)
    usual = (0, 0)
    extends = _child(file, movie, b"mvex")
    for box in _boxes(file, extends) if extends is not None else ():
        table = _bytes(file, box.body, box.end)
        if box.kind == b"trex" and struct.unpack_from(">I", table, 4)[0] == track:
            usual = struct.unpack_from(">II", table, 12)
    offsets: list[int] = []
    sizes: list[int] = []
    lengths: list[int] = []
    for moof in top:
        for part in _boxes(file, moof) if moof.kind == b"moof" else ():
            if part.kind == b"traf":
                _fragment(file, moof, part, track, usual, (offsets, sizes, lengths))
    if not sizes or lengths[0] == 0:
        raise Refused("unsupported")
    return np.array(offsets, np.int64), np.array(sizes, np.int64), lengths[0], sum(lengths)


def _fragment(
    file: BinaryIO,
    moof: _Box,
    part: _Box,
    track: int,
    usual: tuple[int, int],
    found: tuple[list[int], list[int], list[int]],
) -> None:
    """Add the packets of one fragment of a track (8.8.7, 8.8.8)."""
    head = _need(file, part, b"tfhd")
    flags, number = struct.unpack_from(">II", head)
    if number != track:
        return
    at, base, (length, size) = 8, moof.start, usual
    if flags & 0x1:
        (base,) = struct.unpack_from(">Q", head, at)
    at += (8 if flags & 0x1 else 0) + (4 if flags & 0x2 else 0)
    if flags & 0x8:
        (length,) = struct.unpack_from(">I", head, at)
        at += 4
    if flags & 0x10:
        (size,) = struct.unpack_from(">I", head, at)
    here = base
    for run in _boxes(file, part):
        if run.kind != b"trun":
            continue
        table = _bytes(file, run.body, run.end)
        flags, count = struct.unpack_from(">II", table)
        at = 8
        if flags & 0x1:
            here = base + struct.unpack_from(">i", table, at)[0]
            at += 4
        at += 4 if flags & 0x4 else 0
        if count > MAX_PACKETS - len(found[0]):
            raise Refused("too-big")
        for _ in range(count):
            own_length, own_size = length, size
            if flags & 0x100:
                (own_length,) = struct.unpack_from(">I", table, at)
                at += 4
            if flags & 0x200:
                (own_size,) = struct.unpack_from(">I", table, at)
                at += 4
            at += (4 if flags & 0x400 else 0) + (4 if flags & 0x800 else 0)
            found[0].append(here)
            found[1].append(own_size)
            found[2].append(own_length)
            here += own_size


def _boxes(file: BinaryIO, within: _Box) -> Iterator[_Box]:
    at = within.body
    for _ in range(_MAX_BOXES):
        if at + 8 > within.end:
            return
        head = _bytes(file, at, min(at + 16, within.end))
        length, kind = struct.unpack_from(">I4s", head)
        body = at + 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", head, 8)
            body = at + 16
        elif length == 0:
            length = within.end - at
        if length < body - at:
            raise Refused("damaged")
        # What is cut off at its end may still be played to there.
        yield _Box(kind, at, body, min(at + length, within.end))
        at += length


def _child(file: BinaryIO, within: _Box | None, kind: bytes) -> _Box | None:
    if within is None:
        return None
    return next((box for box in _boxes(file, within) if box.kind == kind), None)


def _need(file: BinaryIO, within: _Box, kind: bytes) -> bytes:
    """The body of a table, that must be there."""
    box = _child(file, within, kind)
    if box is None:
        raise Refused("damaged")
    return _bytes(file, box.body, box.end)


def _bytes(file: BinaryIO, start: int, end: int) -> bytes:
    if end - start > MAX_TABLE:
        raise Refused("too-big")
    file.seek(start)
    return file.read(end - start)


def _timescale(head: bytes) -> int:
    (scale,) = struct.unpack_from(">I", head, 20 if head[0] == 1 else 12)
    if scale == 0:
        raise Refused("damaged")
    return int(scale)


def _entries(table: bytes, at: int, width: int, letter: str) -> _Numbers:
    (count,) = struct.unpack_from(">I", table, at - 4)
    if count * width > len(table) - at:
        raise Refused("damaged")
    return np.frombuffer(table, f">{letter}", count * width // int(letter[1:]), at).astype(np.int64)


def _sizes(table: bytes, size: int) -> _Numbers:
    same, count = struct.unpack_from(">II", table, 4)
    if not same:
        return _entries(table, 12, 4, "u4")
    if count * same > size:
        raise Refused("damaged")
    return np.full(count, same, np.int64)


def _offsets(file: BinaryIO, table: _Box, sizes: _Numbers) -> _Numbers:
    """Where each packet begins: packets lie in chunks (8.7.4), each packet after the one before."""
    wide = _child(file, table, b"co64")
    chunks = _entries(_bytes(file, wide.body, wide.end), 8, 8, "u8") if wide else None
    if chunks is None:
        chunks = _entries(_need(file, table, b"stco"), 8, 4, "u4")
    runs = _entries(_need(file, table, b"stsc"), 8, 12, "u4").reshape(-1, 3)
    firsts, lengths = runs[:, 0], runs[:, 1]
    if not len(runs) or firsts[0] != 1 or (np.diff(firsts) <= 0).any() or lengths.max() > len(sizes):
        raise Refused("damaged")
    repeats = np.diff(np.append(firsts, len(chunks) + 1))
    if (repeats < 0).any() or int((repeats * lengths).sum()) > len(sizes) + int(lengths.max()):
        raise Refused("damaged")
    in_chunk = np.repeat(lengths, repeats)
    of_chunk = np.repeat(np.arange(len(chunks)), in_chunk)[: len(sizes)]
    if len(of_chunk) < len(sizes):
        raise Refused("damaged")
    before = np.cumsum(sizes) - sizes
    first_of_chunk = np.searchsorted(of_chunk, np.arange(len(chunks)))
    first_of_chunk = np.minimum(first_of_chunk, len(sizes) - 1)
    found: _Numbers = chunks[of_chunk] + before - before[first_of_chunk[of_chunk]]
    return found


def _times(table: bytes, packets: int) -> tuple[int, int]:
    runs = _entries(table, 8, 8, "u4").reshape(-1, 2)
    if not len(runs) or runs[0, 1] == 0 or runs[:, 0].max() > packets:
        raise Refused("damaged")
    return int(runs[0, 1]), int((runs[:, 0] * runs[:, 1]).sum())


def _edits(file: BinaryIO, track: _Box, scale: int, movie_scale: int) -> tuple[Edit, ...]:
    """The stretches that are played (8.6.6): an encoder's run-up lies before the first, trimmed parts outside."""
    box = _child(file, _child(file, track, b"edts"), b"elst")
    if box is None:
        return ()
    table = _bytes(file, box.body, box.end)
    (count,) = struct.unpack_from(">I", table, 4)
    if count > _MAX_EDITS:
        raise Refused("damaged")
    entry = struct.Struct(">Qqi" if table[0] == 1 else ">Iii")
    found = []
    for index in range(count):
        length, start, _ = entry.unpack_from(table, 8 + index * entry.size)
        if start >= 0:
            found.append(Edit(start, length * scale // movie_scale if length else -1))
    return tuple(found)
