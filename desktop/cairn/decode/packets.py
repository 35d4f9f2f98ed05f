"""Sound that comes in packets (AAC, Apple Lossless; M4A, ADTS) to samples. Runs in the child only.

The decoder library takes whole files only. So it is given small ones: the packets that are needed with a
few before them, wrapped with the description of the file they are from. Memory stays flat, a jump is
exact, and the library never sees the untrusted tables of a file.
"""

from __future__ import annotations

import io
import struct
from typing import BinaryIO, NamedTuple, Protocol, cast

import numpy as np
import numpy.typing as npt

from cairn.decode import mp4
from cairn.decode.parts import Window
from cairn.decode.refusal import Refused

try:
    import codecpod
except ImportError:
    # There is no wheel of it for every machine: then AAC is refused, and all other sound plays.
    codecpod = None  # type: ignore[assignment]

Samples = npt.NDArray[np.float32]

_RUN_UP = 6
"""Packets that are decoded and thrown away before a jump's goal: AAC overlaps by one, SBR looks further back."""
_AT_ONCE = 16 << 20
"""Most bytes of packets in one small file; 256 packets of the largest AAC are half a mebibyte."""
_MAX_ADTS = 1 << 23


class _Stretch(NamedTuple):
    """`frames` of sound from `first` of the decoded packets, standing at `at` of what is heard."""

    at: int
    first: int
    frames: int


class _Source(Protocol):
    """Packets, and how to make a file of some of them."""

    offsets: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]
    left: int

    def wrap(self, packets: list[bytes]) -> bytes: ...

    def stretches(self, rate: int, step: int, total: int) -> list[_Stretch]: ...


class _Iso:
    """Packets of an ISO media file."""

    def __init__(self, track: mp4.Track) -> None:
        self._track = track
        self.offsets, self.sizes = track.offsets, track.sizes
        self.left = track.left

    def wrap(self, packets: list[bytes]) -> bytes:
        track = self._track
        sizes = struct.pack(f">{len(packets)}I", *map(len, packets))
        data = b"".join(packets)
        beginning = _box(b"ftyp", b"M4A \0\0\0\0M4A mp42isom")
        # The packets come first: so the table of their place needs no second pass.
        place = len(beginning) + 8
        length = track.step * len(packets)
        table = _box(
            b"stbl",
            track.description
            + _box(b"stts", struct.pack(">IIII", 0, 1, len(packets), track.step))
            + _box(b"stsc", struct.pack(">IIIII", 0, 1, 1, len(packets), 1))
            + _box(b"stsz", struct.pack(">III", 0, 0, len(packets)) + sizes)
            + _box(b"stco", struct.pack(">III", 0, 1, place)),
        )
        reference = _box(b"dref", struct.pack(">II", 0, 1) + _box(b"url ", b"\0\0\0\1"))
        minimal = _box(b"smhd", bytes(8)) + _box(b"dinf", reference) + table
        times = struct.pack(">IIIII", 0, 0, 0, track.timescale, min(length, 0xFFFFFFFF))
        media = (
            _box(b"mdhd", times + b"\x55\xc4\0\0")
            + _box(b"hdlr", bytes(8) + b"soun" + bytes(13))
            + _box(b"minf", minimal)
        )
        unity = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
        head = _box(b"tkhd", b"\0\0\0\7" + struct.pack(">IIII", 0, 0, 1, 0) + struct.pack(">I", times_of(length))
                    + bytes(16) + unity + bytes(8))  # fmt: skip
        movie = _box(b"mvhd", times + struct.pack(">IHH", 0x10000, 0x100, 0) + bytes(8) + unity + bytes(24)
                     + b"\0\0\0\2")  # fmt: skip
        return (
            beginning
            + _box(b"mdat", data)
            + _box(b"moov", movie + _box(b"trak", head + _box(b"mdia", media)))
        )

    def stretches(self, rate: int, step: int, total: int) -> list[_Stretch]:
        track = self._track
        # The last packet may be filled up; a table that says much less is not believed.
        said = _scaled(track.duration, rate, track.timescale)
        end = min(total, said) if total - said < step else total
        whole = [_Stretch(0, 0, end)]
        found: list[_Stretch] = []
        at = 0
        for edit in track.edits or (mp4.Edit(0, -1),):
            first = min(_scaled(edit.start, rate, track.timescale), end)
            frames = end - first
            if edit.length >= 0:
                frames = min(frames, _scaled(edit.length, rate, track.timescale))
            found.append(_Stretch(at, first, frames))
            at += frames
        # An encoder's run-up is left out. What was cut away later is still in the file and travels: it is heard.
        return found if end - at <= rate else whole


class _Adts:
    """Packets that follow each other, each with a head of its own (ISO/IEC 13818-7, 6.2)."""

    def __init__(self, offsets: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64], left: int) -> None:
        self.offsets, self.sizes, self.left = offsets, sizes, left

    def wrap(self, packets: list[bytes]) -> bytes:
        return b"".join(packets)

    def stretches(self, rate: int, step: int, total: int) -> list[_Stretch]:
        return [_Stretch(0, 0, total)]


class Packets:
    """One sound file in packets, kept open between blocks.

    Raises Refused `unsupported` and `damaged`, also from `read`.
    """

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        file.seek(0)
        head = file.read(12)
        self._source: _Source = _Iso(mp4.read(file, size)) if head[4:8] == b"ftyp" else _adts(file, size)
        self.left = self._source.left
        """Bytes of the file that are no part of this sound: pictures of a film, another sound."""
        self._step = 0
        first = self._decode(0, 1)
        self._step = len(first)
        self.channels = first.shape[1]
        total = self._step * len(self._source.sizes)
        if self._step == 0 or not 0 < self.rate <= 768_000:
            raise Refused("damaged")
        self._stretches = self._source.stretches(self.rate, self._step, total)
        self.frames = sum(stretch.frames for stretch in self._stretches)

    rate = 0

    def read(self, first: int, count: int) -> Samples:
        """Up to `count` frames from `first`, a row a frame; fewer where the file is cut off."""
        pieces = [np.zeros((0, self.channels), np.float32)]
        for stretch in self._stretches:
            begin = max(first, stretch.at)
            end = min(first + count, stretch.at + stretch.frames)
            if begin < end:
                pieces.append(self._frames(stretch.first + begin - stretch.at, end - begin))
        return np.concatenate(pieces)

    def _frames(self, first: int, count: int) -> Samples:
        packet = first // self._step
        before = min(packet, _RUN_UP)
        last = min((first + count - 1) // self._step + 1, len(self._source.sizes))
        decoded = self._decode(packet - before, last)
        skip = first - (packet - before) * self._step
        return decoded[skip : skip + count]

    def _decode(self, begin: int, end: int) -> Samples:
        sizes = self._source.sizes[begin:end]
        if int(sizes.sum()) > _AT_ONCE:
            raise Refused("damaged")
        packets = []
        for offset, size in zip(self._source.offsets[begin:end].tolist(), sizes.tolist(), strict=True):
            self._file.seek(offset)
            packet = self._file.read(size)
            if len(packet) < size:
                break  # the file is cut off here: what is whole is played
            packets.append(packet)
        if not packets:
            raise Refused("damaged")
        if not self._step:
            return self._loaded(packets)
        return self._samples(packets, last=begin + len(packets) == len(self._source.sizes))

    def _samples(self, packets: list[bytes], *, last: bool) -> Samples:
        """The packets' samples, each in its place: a packet that can't be decoded is silence of its length."""
        try:
            samples = self._loaded(packets)
        except Refused:
            samples = np.zeros((0, self.channels), np.float32)
        if self._is_whole(samples, len(packets), last):
            return samples
        bad = [index for index, packet in enumerate(packets) if not self._is_good(packet)]
        stand_in = next((packet for index, packet in enumerate(packets) if index not in bad), None)
        if stand_in is None:
            return np.zeros((len(packets) * self._step, self.channels), np.float32)
        # The decoder goes on over what it can't read, so that its neighbours sound as they should.
        filled = [stand_in if index in bad else packet for index, packet in enumerate(packets)]
        samples = self._loaded(filled)
        if not self._is_whole(samples, len(packets), last):
            raise Refused("damaged")
        for index in bad:
            samples[index * self._step : (index + 1) * self._step] = 0
        return samples

    def _is_whole(self, samples: Samples, packets: int, last: bool) -> bool:
        full = packets * self._step
        # The last packet of a file may be shorter.
        return len(samples) == full or (last and full - self._step < len(samples) < full)

    def _is_good(self, packet: bytes) -> bool:
        try:
            return 0 < len(self._loaded([packet])) <= self._step
        except Refused:
            return False

    def _loaded(self, packets: list[bytes]) -> Samples:
        if codecpod is None:
            raise Refused("unsupported")
        try:
            loaded = codecpod.load(self._source.wrap(packets), channels_first=False)
        except (codecpod.CodecpodError, ValueError) as error:
            raise Refused("damaged" if self._step else "unsupported") from error
        samples, rate = cast("tuple[Samples, int]", loaded)
        if samples.ndim == 1:
            samples = samples[:, None]
        if self._step and (rate != self.rate or samples.shape[1] != self.channels):
            raise Refused("damaged")
        self.rate = int(rate)
        return np.asarray(samples, np.float32)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def times_of(length: int) -> int:
    """A duration as a field of 32 bits."""
    return min(length, 0xFFFFFFFF)


def _scaled(units: int, rate: int, timescale: int) -> int:
    return (units * rate + timescale // 2) // timescale


def is_adts(head: bytes) -> bool:
    """Whether `head` begins with the head of an AAC packet that stands alone."""
    return len(head) >= 7 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0 and head[2] >> 2 & 15 < 13


def _adts(file: BinaryIO, size: int) -> _Adts:
    """The packets of the first one's kind, wherever they stand; what is none of them is counted."""
    offsets: list[int] = []
    sizes: list[int] = []
    at = left = 0
    window = Window(file, size)
    kind = window.at(0, 4)
    while at + 7 <= size and len(offsets) < _MAX_ADTS:
        length = _adts_length(window.at(at, 7), kind)
        if length and at + length <= size:
            offsets.append(at)
            sizes.append(length)
            at += length
            continue
        go_on = at + 1
        while (go_on := window.find(kind[:2], go_on)) >= 0:
            # One alone may be chance.
            after = _adts_length(window.at(go_on, 7), kind)
            if after and (go_on + after == size or _adts_length(window.at(go_on + after, 7), kind)):
                break
            go_on += 1
        go_on = size if go_on < 0 else go_on
        left += 0 if window.is_empty(at, go_on) else go_on - at
        at = go_on
    if not offsets:
        raise Refused("unsupported")
    return _Adts(np.array(offsets, np.int64), np.array(sizes, np.int64), left)


def _adts_length(head: bytes, kind: bytes) -> int:
    """Bytes of the packet that begins here, where it is one of this kind; else 0."""
    if not is_adts(head) or head[1] & 0xFE != kind[1] & 0xFE or head[2] & 0xFC != kind[2] & 0xFC:
        return 0
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return length if length >= 7 else 0


def warm() -> None:
    """Let the decoders load their tables while they still can."""
    if codecpod is None:
        return
    for codec in (codecpod.Aac(), codecpod.Alac()):
        sample = codecpod.save_bytes(np.zeros(4800, np.float32), 48000, codec)
        Packets(io.BytesIO(sample), len(sample)).read(0, 100)
