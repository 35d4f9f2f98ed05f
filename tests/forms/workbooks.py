"""Workbooks for tests: `.xlsx` and old `.xls` of plain texts, made here."""

from __future__ import annotations

import io
import struct

import openpyxl

Sheets = dict[str, list[list[str]]]


def xlsx(sheets: Sheets) -> bytes:
    """A workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in rows:
            made.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _string(text: str, length: str) -> bytes:
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def xls(sheets: Sheets) -> bytes:
    """The same as BIFF8 in a compound file (MS-XLS, MS-CFB), with nothing that a reader can do without."""
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    names = [_string(name, "<B") for name in sheets]
    heads = len(_record(0x0809, begin)) + sum(10 + len(name) for name in names) + 4
    parts, offsets = [], []
    for rows in sheets.values():
        offsets.append(heads + sum(map(len, parts)))
        part = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    part += _record(0x0204, struct.pack("<HHH", at, column, 0) + _string(text, "<H"))
        parts.append(part + _record(0x000A, b""))
    stream = _record(0x0809, begin)
    for name, offset in zip(names, offsets, strict=True):
        stream += _record(0x0085, struct.pack("<IBB", offset, 0, 0) + name)
    stream += _record(0x000A, b"") + b"".join(parts)
    return compound("Workbook", stream)


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    assert len(table) <= 128
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    head = struct.pack("<8s16sHHHHHHIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    head = (head + struct.pack("<I", 0)).ljust(512, b"\xff")
    return head + fat + (_entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 2, len(stream))).ljust(512, b"\0") + stream  # fmt: skip


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII16sIQQIQ", text, len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, b"", 0, 0, 0, start, size)  # fmt: skip
