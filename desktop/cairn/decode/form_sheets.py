"""The rows of a questionnaire that is a workbook, a Markdown or a CSV file; or its XML. Runs in the child only.

What a file is, its first bytes say, never its name: a good part of the `.xlsx` that go around are old `.xls`, and the
other way round.
"""

from __future__ import annotations

import io
import re
import zipfile  # noqa: TID251 - only the name of its error
from typing import Any, BinaryIO

import olefile

from cairn.decode.archives import BAD_FILE, MAX_MEMBER, Archive
from cairn.decode.refusal import Refused
from cairn.decode.texts import decode
from cairn.forms.findings import Finding, Grade, finding

MAX_FILE = 32 << 20
"""Longest questionnaire, in bytes."""
MAX_ROWS = 60_000
"""Most rows of one sheet."""
MAX_COLUMNS = 600
MAX_CELL = 40_000
"""Longest cell, in characters."""
MAX_UNPACKED = 128 << 20
"""Most bytes that a workbook's parts claim to have, together."""

Row = dict[str, str]
Book = dict[str, Any]
"""As pyxform has it: `survey`, `choices` … as lists of rows, `survey_header` … , `sheet_names`."""

_POINTER = b"version https://git-lfs"
_TABLE = re.compile(r"^\s*\|.*\|\s*$", re.MULTILINE)
_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")


class Unreadable(Exception):
    """The file is no questionnaire: the argument is the finding that says why."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.code)
        self.found = found


def sniff(file: BinaryIO) -> str:
    """`xlsx`, `xls`, `xml` or `text`; raises Unreadable for a pointer to a file, Refused `unsupported`."""
    file.seek(0)
    head = file.read(512)
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(olefile.MAGIC):
        return "xls"
    if head.startswith(_POINTER):
        raise Unreadable(finding("form.pointer", Grade.BROKEN))
    bare = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if bare.startswith(b"<"):
        return "xml"
    if not head.strip():
        raise Unreadable(finding("form.empty", Grade.BROKEN))
    if any(byte < 9 for byte in head) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("unsupported")
    return "text"


def whole(file: BinaryIO) -> bytes:
    """All bytes. Raises Refused `too-big`."""
    file.seek(0)
    data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise Refused("too-big")
    return data


def book(file: BinaryIO, kind: str) -> tuple[str, Book, list[Finding]]:
    """The kind in full (`xlsx`, `xls`, `md`, `csv`), its rows, and what was noticed. Raises Unreadable, Refused."""
    from pyxform import xls2json_backends as backends
    from pyxform.errors import PyXFormError

    notes: list[Finding] = []
    data = whole(file)
    try:
        if kind == "xlsx":
            _unpackable(io.BytesIO(data))
            found = backends.xlsx_to_dict(io.BytesIO(data))
        elif kind == "xls":
            _unlocked(data)
            found = backends.xls_to_dict(io.BytesIO(data))
        else:
            text, encoding = decode(data)
            if "\ufffd" in text:
                raise Unreadable(finding("form.not-text", Grade.BROKEN, encoding=encoding))
            if not encoding.startswith("utf-"):
                notes.append(finding("form.read-as", Grade.WARNING, encoding=encoding))
            kind = "md" if len(_TABLE.findall(text)) > 1 else "csv"
            read = backends.md_to_dict if kind == "md" else backends.csv_to_dict
            found = read(io.BytesIO(text.encode("utf-8")))
    except PyXFormError as error:
        raise Unreadable(finding("form.no-sheets", Grade.BROKEN, kind=kind)) from error
    except (*BAD_FILE, zipfile.LargeZipFile, AssertionError, AttributeError, TypeError) as error:
        if isinstance(error, MemoryError):
            raise
        raise Unreadable(finding("form.unreadable", Grade.BROKEN, kind=kind)) from error
    return kind, _measured(found), notes


def _unpackable(file: BinaryIO) -> None:
    """Nothing is unpacked before its sizes are known: Refused `too-big`, `locked`; Unreadable."""
    archive = Archive(file)
    if archive.locked:
        raise Refused("locked")
    if "xl/workbook.xml" not in archive.names:
        raise Refused("unsupported")
    sizes = [archive.size(name) for name in archive.names]
    if sum(sizes) > MAX_UNPACKED or max(sizes) > MAX_MEMBER:
        raise Refused("too-big")


def _unlocked(data: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        if ole.exists("EncryptedPackage"):
            raise Refused("locked")


def _measured(found: Book) -> Book:
    """The rows, if they are not too many. A sheet that is there and empty has no rows."""
    for sheet in _SHEETS:
        rows = found.get(sheet) or []
        header = found.get(f"{sheet}_header") or [{}]
        if len(rows) > MAX_ROWS or len(header[0]) > MAX_COLUMNS:
            raise Refused("too-big")
        for row in rows:
            if any(len(str(value)) > MAX_CELL for value in row.values()):
                raise Refused("too-big")
    return found
