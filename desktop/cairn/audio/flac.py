"""Blocks and frames of FLAC (RFC 9639), as much as a recorder and its repair need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cairn.errors import IntegrityError

STREAMINFO = slice(8, 42)
"""Where the STREAMINFO lies: straight after the magic and its own header."""
_SIZES = {1: 192, **{n: 144 << n for n in (2, 3, 4, 5)}, **{n: 1 << n for n in range(8, 16)}}
_BITS = {1: 8, 2: 12, 4: 16, 5: 20, 6: 24, 7: 32}
_RATES = {1: 88200, 2: 176400, 3: 192000, 4: 8000, 5: 16000, 6: 22050, 7: 24000, 8: 32000, 9: 44100, 10: 48000,
          11: 96000}  # fmt: skip


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
    channels, bits = channels_of(like), bits_of(like)
    head = bytes((0xFF, 0xF8, like[2], (channels - 1) << 4 | like[3] & 0x0F))
    for number in range(first, first + count):
        whole = head + _coded(number) + _rest(like)
        whole += bytes([_crc8(whole)])
        # A constant subframe of zero for each channel: one byte of header and the value; all its bits are zero.
        whole += bytes(-(-channels * (8 + bits) // 8))
        yield whole + _crc16(whole).to_bytes(2, "big")


def channels_of(header: bytes) -> int:
    """How many channels a frame with this header has."""
    return (header[3] >> 4) + 1 if header[3] >> 4 < 8 else 2


def bits_of(header: bytes) -> int:
    """Bits of a sample; 16 where the frame leaves it to the STREAMINFO."""
    return _BITS.get(header[3] >> 1 & 7, 16)


def rate_of(header: bytes) -> int:
    """Samples a second of a frame with this header. Raises IntegrityError `audio.damaged` where it doesn't tell."""
    rate = _RATES.get(header[2] & 15)
    if rate is None:
        raise IntegrityError("audio.damaged")
    return rate


def told(preamble: bytes) -> tuple[int, int]:
    """Samples a second and samples in all (0: unknown), as the STREAMINFO has them."""
    facts = int.from_bytes(preamble[18:26], "big")
    return facts >> 44, facts & 0xFFFFFFFFF


def preamble(like: bytes, total: int) -> bytes:
    """A preamble that fits a frame's header, for a stream of `total` samples (0: unknown).

    Raises IntegrityError `audio.damaged` where the header doesn't tell the rate.
    """
    rate = rate_of(like)
    block = frame(like).samples
    facts = rate << 44 | (channels_of(like) - 1) << 41 | (bits_of(like) - 1) << 36 | total & 0xFFFFFFFFF
    return (
        b"fLaC\x80\0\0\x22" + block.to_bytes(2, "big") * 2 + bytes(6) + facts.to_bytes(8, "big") + bytes(16)
    )


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
