"""Real files, made in memory by the libraries that make such files."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import codecpod
import numpy as np
import soundfile
from PIL import Image


class Watched:
    """A ReadableAt over bytes at places in an otherwise empty file of any size; counts what is read."""

    def __init__(self, size: int, *parts: tuple[int, bytes], filler: bytes = b"\0") -> None:
        self.size = size
        self._parts = parts
        self._filler = filler
        self.read = 0
        self.largest = 0

    def read_at(self, offset: int, length: int, /) -> bytes:
        length = min(length, self.size - offset)
        data = bytearray(self._filler * length)
        for start, part in self._parts:
            begin, end = max(start, offset), min(start + len(part), offset + length)
            if begin < end:
                data[begin - offset : end - offset] = part[begin - start : end - start]
        self.read += length
        self.largest = max(self.largest, length)
        return bytes(data)


def picture(kind: str, size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: Any) -> bytes:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, (255, 0, 0))
    image.paste((0, 0, 255), (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **options)
    return out.getvalue()


def turned(orientation: int, kind: str = "JPEG") -> bytes:
    """A picture of `picture` with an EXIF orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return picture(kind, exif=exif.tobytes())


def animated() -> bytes:
    """A GIF: first frame green, second black."""
    frames = [Image.new("RGB", (20, 10), colour) for colour in ((0, 255, 0), (0, 0, 0))]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes) -> bytes:
    """A grey PNG whose header says what it likes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects; the first is the catalog."""
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def content(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def pages(count: int, size: tuple[int, int] = (200, 100)) -> bytes:
    """A PDF whose page n has a black bar that is n tenths of the page wide."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (3 + 2 * n) for n in range(count)), count),
    ]
    for n in range(count):
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R >>"
                       % (*size, 4 + 2 * n))  # fmt: skip
        objects.append(content(b"0 g 0 0 %d %d re f" % (size[0] * (n + 1) // 10, size[1])))
    return pdf(*objects)


def laughing_pdf(depth: int = 14, width: int = 12) -> bytes:
    """A page that draws a form that draws `width` forms that each draw … : width ** depth drawings."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R "
        + b"/Resources << /XObject << /X 5 0 R >> >> >>",
        content(b"/X Do"),
    ]
    for level in range(depth):
        objects.append(content(
            b"/X Do 0 0 50 50 re f " * width,
            b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X %d 0 R >> >>"
            % (6 + level),
        ))  # fmt: skip
    objects.append(content(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 99 99]"))
    return pdf(*objects)


def tone(frames: int = 48000, channels: int = 1, rate: int = 48000) -> np.ndarray[Any, Any]:
    """A quiet tone, differing between channels."""
    time = np.arange(frames)[:, None] / rate
    return (0.5 * np.sin(2 * np.pi * 440 * time * np.arange(1, channels + 1))).astype("float32")


def sound(kind: str, subtype: str, frames: int = 48000, channels: int = 1, rate: int = 48000) -> bytes:
    out = io.BytesIO()
    soundfile.write(out, tone(frames, channels, rate), rate, format=kind, subtype=subtype)
    return out.getvalue()


def rf64(frames: int) -> tuple[bytes, int]:
    """The head of an RF64 file (EBU Tech 3306) of 16-bit mono at 48 kHz, and the whole file's size."""
    octets = frames * 2
    fmt = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 48000, 96000, 2, 16)
    head_size = 12 + 36 + len(fmt) + 8
    total = head_size + octets
    ds64 = b"ds64" + struct.pack("<IQQQI", 28, total - 8, octets, frames, 0)
    head = b"RF64\xff\xff\xff\xffWAVE" + ds64 + fmt + b"data\xff\xff\xff\xff"
    return head, total


VECTORS = Path(__file__).parents[1] / "vectors"


def heic(name: str) -> bytes:
    """A HEIC picture of the vectors: `upright` or `turned`. Left half red, right half blue, 300×200."""
    return (VECTORS / "heic" / f"{name}.heic").read_bytes()


def packed(kind: str, frames: int = 48000, channels: int = 1, rate: int = 48000) -> bytes:
    """An M4A of `tone`: `aac` or `alac`."""
    codec = codecpod.Aac(96_000) if kind == "aac" else codecpod.Alac()
    return codecpod.save_bytes(tone(frames, channels, rate), rate, codec, channels_first=False)


def boxes(data: bytes, *path: bytes) -> tuple[int, int]:
    """Beginning and end of the body of the box at `path` in an ISO media file."""
    at, end = 0, len(data)
    for kind in path:
        while data[at + 4 : at + 8] != kind:
            at += int.from_bytes(data[at : at + 4])
            assert at < end, kind
        at, end = at + 8, at + int.from_bytes(data[at : at + 4])
    return at, end


TABLES = (b"moov", b"trak", b"mdia", b"minf", b"stbl")


def adts(m4a: bytes) -> bytes:
    """The packets of a mono AAC file of 48 kHz, each with a head of its own (ISO/IEC 13818-7, 6.2)."""
    at, end = boxes(m4a, *TABLES, b"stsz")
    sizes = struct.unpack(f">{(end - at - 12) // 4}I", m4a[at + 12 : end])
    (place,) = struct.unpack(">I", m4a[boxes(m4a, *TABLES, b"stco")[0] + 8 :][:4])
    out = bytearray()
    for size in sizes:
        whole = size + 7
        out += bytes((0xFF, 0xF1, 0x4C, 0x40 | whole >> 11, whole >> 3 & 255, (whole & 7) << 5 | 31, 0xFC))
        out += m4a[place : place + size]
        place += size
    return bytes(out)


def box(kind: bytes, body: bytes) -> bytes:
    """A box of an ISO media file (ISO/IEC 14496-12, 4.2)."""
    return struct.pack(">I4s", len(body) + 8, kind) + body


def iso(description: bytes, rate: int, step: int, sizes: list[int], place: int = 48) -> bytes:
    """The `moov` of a file whose packets lie one after the other from `place`."""
    count = len(sizes)
    tables = (
        box(b"stsd", description)
        + box(b"stts", struct.pack(">4I", 0, 1, count, step))
        + box(b"stsc", struct.pack(">5I", 0, 1, 1, count, 1))
        + box(b"stsz", struct.pack(f">3I{count}I", 0, 0, count, *sizes))
        + box(b"co64", struct.pack(">2IQ", 0, 1, place))
    )
    times = struct.pack(">5I", 0, 0, 0, rate, min(count * step, 0xFFFFFFFF))
    media = (
        box(b"mdhd", times + bytes(4))
        + box(b"hdlr", bytes(8) + b"soun" + bytes(13))
        + box(b"minf", box(b"stbl", tables))
    )
    return box(b"moov", box(b"mvhd", times + bytes(80)) + box(b"trak", box(b"mdia", media)))


def tables_first(m4a: bytes) -> bytes:
    """The same sound with its tables before its packets."""
    at, end = boxes(m4a, *TABLES, b"stsz")
    sizes = list(struct.unpack(f">{(end - at - 12) // 4}I", m4a[at + 12 : end]))
    (place,) = struct.unpack(">I", m4a[boxes(m4a, *TABLES, b"stco")[0] + 8 :][:4])
    at, end = boxes(m4a, *TABLES, b"stsd")
    _, step = struct.unpack(">II", m4a[boxes(m4a, *TABLES, b"stts")[0] + 8 :][:8])
    head = box(b"ftyp", b"M4A \0\0\0\0")
    for _ in range(2):
        movie = iso(m4a[at:end], 48_000, step, sizes, place=0)
        first = len(head) + len(movie) + 8
        movie = iso(m4a[at:end], 48_000, step, sizes, place=first)
    return head + movie + box(b"mdat", m4a[place : place + sum(sizes)])
