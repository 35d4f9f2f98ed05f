"""Pages of Ogg (RFC 3533) with Opus in them (RFC 7845), as much as a recorder and its repair need."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from cairn.errors import IntegrityError

_HEAD = struct.Struct("<4sBBqIIIB")
FIRST, LAST = 2, 4
"""Flags of a stream's first and last page."""
_MAGIC = b"OggS"
_REVERSED = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))
_PACKETS_A_PAGE = 50
SILENT_MS = 20
PRE_SKIP = 312
"""Samples that libopus looks ahead at 48,000 Hz: what its encoders say."""


class Page(NamedTuple):
    """Where a page lies in its buffer, and what its header says."""

    start: int
    end: int
    flags: int
    granule: int
    """Samples at 48,000 Hz up to its end, with those to skip at the beginning; -1 where no packet ends."""
    serial: int
    sequence: int
    body: int
    """Where its packets begin."""
    lacing: bytes


def pages(data: bytes | bytearray) -> Iterator[Page]:
    """The whole pages at the beginning of `data`; stops at what is no page or not whole."""
    at = 0
    while at + _HEAD.size <= len(data):
        magic, version, flags, granule, serial, sequence, _, count = _HEAD.unpack_from(data, at)
        body = at + _HEAD.size + count
        if magic != _MAGIC or version != 0 or body > len(data):
            return
        lacing = bytes(data[at + _HEAD.size : body])
        end = body + sum(lacing)
        if end > len(data):
            return
        yield Page(at, end, flags, granule, serial, sequence, body, lacing)
        at = end


def preamble_size(data: bytes | bytearray) -> int:
    """Bytes of the two header pages at the beginning of `data`; 0 while they are not whole."""
    found = [page.end for page, _ in zip(pages(data), range(2), strict=False)]
    return found[1] if len(found) == 2 else 0


def pre_skip(preamble: bytes) -> int:
    """Samples at 48,000 Hz that a decoder drops at the beginning. Raises IntegrityError `audio.damaged`."""
    for page in pages(preamble):
        head = preamble[page.body : page.end]
        if head[:8] == b"OpusHead" and len(head) >= 19:
            return int.from_bytes(head[10:12], "little")
    raise IntegrityError("audio.damaged")


def checksum(data: bytes) -> int:
    """The CRC of RFC 3533 §6. It is zlib's, with the bits of everything in the other order."""
    turned = zlib.crc32(data.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{turned:032b}"[::-1], 2)


def rebuilt(data: bytes, page: Page, *, sequence: int, last: bool = False) -> bytes:
    """The page with another number, marked as the stream's last or not."""
    flags = page.flags | LAST if last else page.flags & ~LAST
    if sequence == page.sequence and flags == page.flags:
        return data[page.start : page.end]
    return _page(flags, page.granule, page.serial, sequence, page.lacing, data[page.body : page.end])


def _page(flags: int, granule: int, serial: int, sequence: int, lacing: bytes, body: bytes) -> bytes:
    empty = _HEAD.pack(_MAGIC, 0, flags, granule, serial, sequence, 0, len(lacing)) + lacing + body
    crc = checksum(empty)
    return empty[:22] + crc.to_bytes(4, "little") + empty[26:]


def samples(data: bytes, page: Page) -> int:
    """Samples at 48,000 Hz in the packets that end in this page."""
    total, at, new = 0, page.body, not page.flags & 1
    for length in page.lacing:
        if new and length:
            total += _packet_samples(data[at : at + 2])
        new = length < 255
        at += length
    return total


def _packet_samples(head: bytes) -> int:
    """Of a packet that begins with `head`: RFC 6716 §3.1, table 2."""
    config, code = head[0] >> 3, head[0] & 3
    if config < 12:
        frame = (480, 960, 1920, 2880)[config & 3]
    elif config < 16:
        frame = (480, 960)[config & 1]
    else:
        frame = (120, 240, 480, 960)[config & 3]
    count = (1, 2, 2, head[1] & 63 if len(head) > 1 else 0)[code]
    return frame * count


def silence(serial: int, sequence: int, granule: int, until: int, channels: int) -> Iterator[bytes]:
    """Pages of silence from the position `granule` to `until`, both counted as in `Page.granule`.

    Where the stretch is no multiple of 20 ms, the last page says that it ends earlier than its packets.
    """
    # A packet of CELT, 20 ms, whole bandwidth, whose one flag says: silence (RFC 6716 §4.3).
    packet = bytes((0xFC if channels == 2 else 0xF8, 0xFF, 0xFE))
    step = 48 * SILENT_MS
    left = -(-(until - granule) // step)
    while left > 0:
        count = min(left, _PACKETS_A_PAGE)
        granule += count * step
        left -= count
        yield _page(0, min(granule, until), serial, sequence, bytes([len(packet)]) * count, packet * count)
        sequence += 1


def silence_over(
    serial: int, sequence: int, granule: int, until: int, channels: int, pages_: int
) -> Iterator[bytes]:
    """As `silence`, on just `pages_` pages where that can be, so that the numbers of what follows go on.

    Shorter packets stand at the end, so that it is exact to 2.5 ms, the shortest that there is.
    """
    left = until - granule
    packets: list[tuple[int, bytes]] = []
    for place, samples_ in enumerate((960, 480, 240, 120)):
        config = 31 - place
        packet = bytes((config << 3 | (4 if channels == 2 else 0), 0xFF, 0xFE))
        count, left = divmod(left, samples_)
        packets += [(samples_, packet)] * count
    if not packets:
        return
    share = min(255, max(1, -(-len(packets) // max(1, pages_))))
    for start in range(0, len(packets), share):
        some = packets[start : start + share]
        granule += sum(samples_ for samples_, _ in some)
        body = b"".join(packet for _, packet in some)
        yield _page(0, granule, serial, sequence, b"\3" * len(some), body)
        sequence += 1


def is_whole(data: bytes, page: Page) -> bool:
    """Whether a page's checksum fits."""
    empty = data[page.start : page.start + 22] + bytes(4) + data[page.start + 26 : page.end]
    return checksum(empty) == int.from_bytes(data[page.start + 22 : page.start + 26], "little")


def preamble(serial: int, channels: int) -> bytes:
    """The two header pages of an Opus stream at 48,000 Hz, as the encoder of a recording writes them."""
    return _page(FIRST, 0, serial, 0, b"\x13", _opus_head(channels)) + tags(serial)


def tags(serial: int) -> bytes:
    """The second header page, with nothing to tell."""
    body = b"OpusTags" + bytes(8)
    return _page(0, 0, serial, 1, bytes([len(body)]), body)


def _opus_head(channels: int) -> bytes:
    return struct.pack("<8sBBHIhB", b"OpusHead", 1, channels, PRE_SKIP, 48000, 0, 0)
