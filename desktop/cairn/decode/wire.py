"""The words that the program and the child exchange over two pipes.

A frame is one byte of kind, four bytes of length (big-endian) and that many bytes. The parent sends
ASK and DATA; the child sends WANT, DONE and FAILED. After a DONE frame exactly `octets` raw bytes
follow. Pure: no pipes here, so both sides and the tests read the same rules. The parent trusts
nothing that the child sends: every number is bounded before it is used.
"""

from __future__ import annotations

import struct

import msgspec

ASK = b"Q"
"""Parent: a Request, JSON."""
DATA = b"D"
"""Parent: the bytes of the range that was wanted; fewer only at the end of the file."""
WANT = b"R"
"""Child: offset u64, length u32 of the file."""
DONE = b"A"
"""Child: an Answer, JSON; then `octets` raw bytes."""
FAILED = b"E"
"""Child: one of REASONS, ASCII."""

FRAME = struct.Struct(">cI")
RANGE = struct.Struct(">QI")

MAX_HEADER = 4096
"""Longest frame that the child may send, in bytes."""
MAX_RANGE = 1 << 20
"""Longest range that the child may want at once, in bytes."""
MAX_EDGE = 4096
"""Longest edge of the pixels that come back; so at most 64 MiB."""
MAX_BLOCK = 1 << 18
"""Most frames of sound that come back at once."""
MAX_TEXT = 16 << 20
"""Most bytes of a text file that are read at once."""
MAX_COPY = 64 << 20
"""Longest re-encoded picture that comes back, in bytes."""
MAX_BOXES = 1000
"""Most rectangles that are blacked out at once."""
MAX_PAGES = 1_000_000
MAX_SIDE = 1 << 24

REASONS = frozenset({"damaged", "too-big", "unsupported", "locked", "holds-more"})
"""What a child may say went wrong: `decode.<reason>`. Anything else is `decode.failed`."""


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the child shall do with the one file it serves. `size` is the file's, in bytes."""

    op: str
    size: int
    first: int = 0
    count: int = 0
    turns: int = 0
    """Of a copy of a picture: quarter turns to the right."""
    encoding: str = ""
    """Of a text: what a person chose; empty to find out."""
    boxes: list[tuple[int, int, int, int]] = []
    """Of a copy of a picture: left, top, right and bottom of what is blacked out, before it is turned."""


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the child found; which fields mean something depends on the request."""

    octets: int = 0
    width: int = 0
    height: int = 0
    full_width: int = 0
    full_height: int = 0
    pages: int = 0
    rate: int = 0
    channels: int = 0
    frames: int = 0
    encoding: str = ""
    shortened: bool = False
    left: int = 0
    """Of a sound: bytes that no stream of it holds."""
    unclosed: bool = False
    """Of a sound: its recorder never wrote how long it is."""
    guards: list[str] = []
    tells: list[str] = []


def frame(kind: bytes, payload: bytes) -> bytes:
    """One frame, ready to send."""
    return FRAME.pack(kind, len(payload)) + payload


def parse_answer(payload: bytes) -> Answer:
    """An Answer with every number inside its bounds. Raises ValueError when it is not one."""
    try:
        answer = msgspec.json.decode(payload, type=Answer)
    except msgspec.DecodeError as error:
        raise ValueError("not an answer") from error
    bounds = (
        (answer.octets, 4 * MAX_EDGE * MAX_EDGE),
        (answer.width, MAX_EDGE),
        (answer.height, MAX_EDGE),
        (answer.full_width, MAX_SIDE),
        (answer.full_height, MAX_SIDE),
        (answer.pages, MAX_PAGES),
        (answer.rate, 1_000_000),
        (answer.channels, 2),
        (answer.frames, 1 << 62),
        (answer.left, 1 << 62),
        (len(answer.encoding), 32),
        (len(answer.tells), 16),
    )
    if any(not 0 <= value <= limit for value, limit in bounds):
        raise ValueError("answer out of bounds")
    return answer
