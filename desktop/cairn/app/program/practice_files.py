"""Small files for the practice vault, drawn and sounded by a few lines of code: PNG, WAV, PDF, text.

Pure: bytes out. They show that a picture, a sound and a page can be viewed inside Cairn.
"""

from __future__ import annotations

import math
import struct
import zlib

SIDE = 240
"""Width and height of a picture, pixels."""
RATE = 8000
"""Samples a second of a sound."""


def picture(seed: int) -> bytes:
    """A PNG of a few soft hills under a sky, different for each seed."""
    rows = []
    for y in range(SIDE):
        row = bytearray([0])
        for x in range(SIDE):
            row += _colour(x, y, seed)
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def sound(hertz: int, seconds: float = 2.0) -> bytes:
    """A WAV (16 bit, one channel) of a soft hum that swells and fades."""
    count = int(RATE * seconds)
    samples = b"".join(
        struct.pack(
            "<h", int(6000 * math.sin(math.pi * i / count) * math.sin(2 * math.pi * hertz * 8 * i / RATE))
        )
        for i in range(count)
    )
    head = struct.pack(
        "<4sI4s4sIHHIIHH", b"RIFF", 36 + len(samples), b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16
    )
    return head + struct.pack("<4sI", b"data", len(samples)) + samples


def page(text: str) -> bytes:
    """A PDF of one page with one line of plain ASCII text."""
    shown = "".join(c if 32 <= ord(c) < 127 and c not in "()\\" else " " for c in text)
    stream = f"BT /F1 16 Tf 60 740 Td ({shown}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _colour(x: int, y: int, seed: int) -> bytes:
    for hill, shade in ((0.82, 70), (0.66, 110), (0.5, 150)):
        height = SIDE * hill - 26 * math.sin((x + seed * 37) * (0.011 + 0.004 * (seed % 5)) + hill * 9)
        if y > height:
            return bytes([shade // 2 + 20, shade, shade // 2 + 30])
    sun = (x - SIDE * 0.7) ** 2 + (y - SIDE * (0.18 + 0.01 * (seed % 7))) ** 2
    if sun < 400:
        return bytes([250, 214, 120])
    return bytes([205 - y // 4, 222 - y // 5, 240 - y // 8])


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
