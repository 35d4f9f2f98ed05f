"""The line of the log: parse and serialise. Pure; see FORMAT.md, section 2."""

from __future__ import annotations

import re

import msgspec

from cairn.crypto.hashes import sha256_hex
from cairn.errors import InputError

VERSION = 1
FIRST_PREV = "0" * 64
"""What the first line names as the hash of the line before it."""
MAX_SEQ = 10**12 - 1
MAX_LINE_BYTES = 256

# One way to write a line, so that parsing and writing again always gives the same bytes.
_LINE = re.compile(
    rb'\{"v":1,"seq":([1-9][0-9]{0,11}),"prev":"([0-9a-f]{64})","commit":"([0-9a-f]{64})"\}', re.DOTALL
)


class Line(msgspec.Struct, frozen=True):
    """One entry of the chain."""

    seq: int
    """Counts from 1 without gaps."""
    prev: str
    """SHA-256 (hex) of the exact bytes of the line before; `FIRST_PREV` for the first."""
    commit: str
    """SHA-256 (hex) of salt and payload."""


def serialise(line: Line) -> bytes:
    """The exact bytes of a line, without a newline."""
    return f'{{"v":1,"seq":{line.seq},"prev":"{line.prev}","commit":"{line.commit}"}}'.encode("ascii")


def parse(data: bytes) -> Line:
    """Read a line. Raises InputError `custody.line-malformed` for anything but its one exact form."""
    match = _LINE.fullmatch(data)
    if match is None:
        raise InputError("custody.line-malformed")
    return Line(int(match[1]), match[2].decode("ascii"), match[3].decode("ascii"))


def line_hash(data: bytes) -> str:
    """The name of a line: SHA-256 (hex) of its exact bytes without the newline."""
    return sha256_hex(data)


def split(data: bytes) -> list[bytes]:
    """The lines of a `log.jsonl`. Raises InputError when the text doesn't end in a newline."""
    if not data:
        return []
    if not data.endswith(b"\n"):
        raise InputError("custody.line-malformed")
    return data[:-1].split(b"\n")
