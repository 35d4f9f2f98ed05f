"""The self-test of the decoding child: a tiny file of each kind, and what its pixels and samples must be.

A packaged build that left out one decoder's library shows it only when a person comes with such a file.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable

from cairn import resources
from cairn.decode.host import DecodeHost, Pixels
from cairn.errors import CairnError

PICTURES = ("jpeg", "png", "heic")
SOUNDS = ("opus", "flac", "m4a")
ALL = (*PICTURES, "pdf", *SOUNDS)
_RATE = 48_000


def check() -> tuple[str, str]:
    """(problem, detail): the first kind that is not decoded rightly; the guards that stand around the child."""
    with DecodeHost() as host:
        for kind in ALL:
            if problem := one(host, kind):
                return f"{kind} {problem}", ""
        guards = host.guards()
    if sys.platform == "linux" and not guards:
        return "unguarded", ""
    return "", ", ".join((*ALL, "guards: " + " ".join(sorted(guards))))


def one(host: DecodeHost, kind: str) -> str:
    """What is wrong with one kind, or nothing."""
    source = resources.read_bytes(f"selftest/sample.{kind}")
    look: Callable[[DecodeHost, bytes], bool] = (
        _sounds if kind in SOUNDS else _page if kind == "pdf" else _picture
    )
    try:
        return "" if look(host, source) else "wrong"
    except CairnError as error:
        return error.code
    finally:
        host.release(source)


def can(kind: str) -> bool:
    """Whether this build decodes files of a kind (`heic`, `m4a`). Starts a child: not in the window's thread."""
    with DecodeHost() as host:
        return not one(host, kind)


def _picture(host: DecodeHost, source: bytes) -> bool:
    """Red in the left half, blue in the right."""
    found = host.picture(source, max_px=60)

    left, right = _pixel(found, 0.2), _pixel(found, 0.8)
    return left[0] > 200 and left[2] < 60 and right[2] > 200 and right[0] < 60


def _page(host: DecodeHost, source: bytes) -> bool:
    """Black in the left half, white in the right."""
    found = host.pdf_page(source, 0, width_px=60)
    return max(_pixel(found, 0.2)) < 60 and min(_pixel(found, 0.8)) > 200


def _pixel(found: Pixels, part: float) -> bytes:
    """Red, green and blue in the middle row, at a part of the width."""
    at = 4 * (found.height // 2 * found.width + int(found.width * part))
    return found.rgba[at : at + 3]


def _sounds(host: DecodeHost, source: bytes) -> bool:
    """A tone at half the loudness, a quarter of a second long."""
    found = host.sound(source)
    samples = array("h")
    samples.frombytes(host.sound_block(source, 0, _RATE))
    loudest = max(map(abs, samples), default=0)
    return (found.rate, found.channels) == (_RATE, 1) and len(samples) >= _RATE // 5 and loudest > 10_000
