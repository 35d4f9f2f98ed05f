"""The line of the log: parse and serialise. Pure; see FORMAT.md, section 2."""

from __future__ import annotations

import re

import msgspec

from cairn.errors import InputError

VERSION = 2
MAX_SEQ = 10**12 - 1
MAX_LINE_BYTES = 128

# One way to write a line, so that parsing and writing again always gives the same bytes.
_LINE = re.compile(rb'\{"v":2,"seq":([1-9][0-9]{0,11}),"commit":"([0-9a-f]{64})"\}', re.DOTALL)


class Line(msgspec.Struct, frozen=True):
    """One entry of the log."""

    seq: int
    """Counts from 1 without gaps. The line is leaf number seq - 1 of the tree."""
    commit: str
    """SHA-256 (hex) of salt and payload."""


def serialise(line: Line) -> bytes:
    """The exact bytes of a line, without a newline."""
    return f'{{"v":2,"seq":{line.seq},"commit":"{line.commit}"}}'.encode("ascii")


def parse(data: bytes) -> Line:
    """Read a line. Raises InputError `custody.line-malformed` for anything but its one exact form."""
    match = _LINE.fullmatch(data)
    if match is None:
        raise InputError("custody.line-malformed")
    return Line(int(match[1]), match[2].decode("ascii"))


def split(data: bytes) -> list[bytes]:
    """The lines of a file. Raises InputError when the text doesn't end in a newline."""
    if not data:
        return []
    if not data.endswith(b"\n"):
        raise InputError("custody.line-malformed")
    return data[:-1].split(b"\n")
