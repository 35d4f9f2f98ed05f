"""The tar inside a bundle: one exact form, written and read header by header (POSIX.1-2001 pax/ustar).

General tar readers have been bypassed again and again by names, links and sizes that two readers take
differently. Here a header is read by taking the name and the size out of it, building the one header
that the writer would have made of them, and comparing all 512 bytes: what is not byte for byte ours
is refused, so there is no field left in which to hide something.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

from cairn.errors import InputError, IntegrityError

BLOCK = 512
END = bytes(2 * BLOCK)
"""The end mark: two blocks of zeros."""

MAX_USTAR_SIZE = (1 << 33) - 1
"""Largest size that eleven octal digits hold: 8 GiB less one. Above it a pax header carries the size."""

_NAME = re.compile(rb"^bundle/[A-Za-z0-9_/.-]{1,92}$")
_PAX_NAME = b"bundle/pax-size"
_PAX_BODY = re.compile(rb"^([0-9]{2}) size=([1-9][0-9]{9,18})\n$")


class Source(Protocol):
    """Where the reader takes bytes from."""

    def read(self, size: int, /) -> bytes:
        """Exactly `size` bytes; fewer only where the stream ends."""
        ...


class Entry(NamedTuple):
    """A file in the tar: its name (with `bundle/`) and its size in bytes."""

    name: str
    size: int


def is_name(name: str) -> bool:
    """Whether `name` may stand in a bundle's tar: plain ASCII below `bundle/`, no empty or dotted part.

    At most 99 bytes, so that the name field always ends in a zero byte and needs no prefix field.
    """
    raw = name.encode("utf-8", "surrogatepass")
    return bool(_NAME.fullmatch(raw)) and not any(part in ("", ".", "..") for part in name.split("/"))


def header(name: str, size: int) -> bytes:
    """The header blocks for a file: 512 bytes, or 1,536 where the size needs a pax header."""
    if not is_name(name) or size < 0:
        raise InputError("bundle.malformed")
    raw = name.encode("ascii")
    if size <= MAX_USTAR_SIZE:
        return _block(raw, size, b"0")
    body = _pax_body(size)
    # The size field of the second header is void (the pax record holds); zero there is what other
    # writers put, and what every tested reader overrides.
    return _block(_PAX_NAME, len(body), b"x") + body.ljust(BLOCK, b"\0") + _block(raw, 0, b"0")


def filler(size: int) -> bytes:
    """The zeros after a file of `size` bytes, up to the next whole block."""
    return bytes(-size % BLOCK)


def span(name: str, size: int) -> int:
    """Bytes that a file takes in the tar: headers, content, filler."""
    return len(header(name, size)) + size + (-size % BLOCK)


def read_header(source: Source) -> Entry | None:
    """The next file's header, or None at the end mark (which is consumed).

    Raises IntegrityError `bundle.truncated` where the stream ends, InputError `bundle.malformed` for
    anything but a header in the one form.
    """
    first = _exactly(source, BLOCK)
    if first == bytes(BLOCK):
        if _exactly(source, BLOCK) != bytes(BLOCK):
            raise InputError("bundle.malformed")
        return None
    if first[156:157] != b"x":
        name, size = _fields(first)
        if _block(name, size, b"0") != first:
            raise InputError("bundle.malformed")
        return Entry(_checked(name), size)
    _, length = _fields(first)
    body = _exactly(source, BLOCK)
    match = _PAX_BODY.fullmatch(body[:length])
    if not match:
        raise InputError("bundle.malformed")
    size = int(match[2])
    second = _exactly(source, BLOCK)
    entry = Entry(_checked(_fields(second)[0]), size)
    # Where the size needs no pax header, ours has none.
    if header(*entry) != first + body + second:
        raise InputError("bundle.malformed")
    return entry


def _block(name: bytes, size: int, kind: bytes) -> bytes:
    fields = (
        name.ljust(100, b"\0")
        + b"0000600\0"  # mode
        + b"0000000\0" * 2  # uid, gid
        + b"%011o\0" % size
        + b"00000000000\0"  # mtime
        + b"        "  # checksum, counted as spaces
        + kind
        + bytes(100)  # link name
        + b"ustar\x0000"
        + bytes(64)  # user and group name
        + b"0000000\0" * 2  # device numbers
        + bytes(155 + 12)  # prefix, and the rest of the block
    )
    return fields[:148] + b"%06o\0 " % sum(fields) + fields[156:]


def _fields(block: bytes) -> tuple[bytes, int]:
    digits = block[124:135]
    if not re.fullmatch(rb"[0-7]{11}", digits):
        raise InputError("bundle.malformed")
    return block[:100].split(b"\0", 1)[0], int(digits, 8)


def _checked(name: bytes) -> str:
    text = name.decode("ascii", "replace")
    if not is_name(text):
        raise InputError("bundle.malformed")
    return text


def _pax_body(size: int) -> bytes:
    # "NN size=…\n", where NN counts the whole record; ten digits and more always give a length of two.
    record = b" size=%d\n" % size
    return b"%d" % (len(record) + 2) + record


def _exactly(source: Source, size: int) -> bytes:
    data = source.read(size)
    if len(data) != size:
        raise IntegrityError("bundle.truncated")
    return data
