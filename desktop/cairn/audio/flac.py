"""Blocks and frames of FLAC (RFC 9639), as much as a recorder and its repair need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cairn.errors import IntegrityError

STREAMINFO = slice(8, 42)
"""Where the STREAMINFO lies: straight after the magic and its own header."""
_SIZES = {1: 192, **{n: 144 << n for n in (2, 3, 4, 5)}, **{n: 1 << n for n in range(8, 16)}}


class Frame(NamedTuple):
    """What a frame's header says."""

    number: int
    samples: int
    header: int
    """Bytes of the header."""


def preamble_size(data: bytes | bytearray) -> int:
    """Bytes up to the first frame; 0 while they are not whole."""
    if data[:4] != b"fLaC":
        return 0
    at = 4
    while at + 4 <= len(data):
        last = data[at] & 0x80
        at += 4 + int.from_bytes(data[at + 1 : at + 4], "big")
        if last:
            return at if at <= len(data) else 0
    return 0


def frame(data: bytes) -> Frame:
    """The header of the frame that `data` begins with. Raises IntegrityError `audio.damaged`."""
    try:
        return _frame(data)
    except (IndexError, KeyError, ValueError) as error:
        raise IntegrityError("audio.damaged") from error


def _frame(data: bytes) -> Frame:
    if data[0] != 0xFF or data[1] != 0xF8:
        raise ValueError
    size_code, rate_code = data[2] >> 4, data[2] & 15
    # The number is coded as UTF-8 codes a character, up to seven bytes.
    more = 0
    while data[4] & (0x80 >> more):
        more += 1
    octets = max(1, more)
    number = data[4] & (0xFF >> (more + 1))
    for octet in data[5 : 4 + octets]:
        number = number << 6 | octet & 0x3F
    at = 4 + octets
    if size_code in (6, 7):
        width = size_code - 5
        samples = int.from_bytes(data[at : at + width], "big") + 1
        at += width
    else:
        samples = _SIZES[size_code]
    at += {12: 1, 13: 2, 14: 2}.get(rate_code, 0)
    if _crc8(data[:at]) != data[at]:
        raise ValueError
    return Frame(number, samples, at + 1)


def block_size(preamble: bytes) -> int:
    """Samples of every frame but the last."""
    return int.from_bytes(preamble[8:10], "big")


def patched(preamble: bytes, patches: Sequence[tuple[int, bytes]]) -> bytes:
    """The preamble with what its writer went back to fill in."""
    whole = bytearray(preamble)
    for at, octets in patches:
        whole[at : at + len(octets)] = octets
    return bytes(whole[: len(preamble)])


def with_total(preamble: bytes, total: int) -> bytes:
    """The preamble saying how many samples follow."""
    whole = bytearray(preamble)
    whole[21] = whole[21] & 0xF0 | (total >> 32) & 0x0F
    whole[22:26] = (total & 0xFFFFFFFF).to_bytes(4, "big")
    return bytes(whole)


def silence(like: bytes, first: int, count: int) -> Iterator[bytes]:
    """`count` frames of silence from number `first`, with rate and channels as the frame `like` has them."""
    channels = (like[3] >> 4) + 1 if like[3] >> 4 < 8 else 2
    head = bytes((0xFF, 0xF8, like[2], (channels - 1) << 4 | like[3] & 0x0F))
    for number in range(first, first + count):
        whole = head + _coded(number) + _rest(like)
        whole += bytes([_crc8(whole)])
        # A constant subframe of zero for each channel: one byte of header, two of value.
        whole += b"\0\0\0" * channels
        yield whole + _crc16(whole).to_bytes(2, "big")


def _rest(like: bytes) -> bytes:
    found = frame(like)
    return like[4 + len(_coded(found.number)) : found.header - 1]


def _coded(number: int) -> bytes:
    if number < 0x80:
        return bytes([number])
    more = b""
    limit = 0x20
    while True:
        more = bytes([0x80 | number & 0x3F]) + more
        number >>= 6
        if number < limit:
            break
        limit >>= 1
    lead = (0xFF << (7 - len(more))) & 0xFF
    return bytes([lead | number]) + more


def _crc8(data: bytes) -> int:
    crc = 0
    for octet in data:
        crc ^= octet
        for _ in range(8):
            crc = (crc << 1 ^ 0x07) & 0xFF if crc & 0x80 else crc << 1
    return crc


def _crc16(data: bytes) -> int:
    crc = 0
    for octet in data:
        crc ^= octet << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x8005) & 0xFFFF if crc & 0x8000 else crc << 1
    return crc
