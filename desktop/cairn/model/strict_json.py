"""JSON texts from outside, before anything is made of them: bounded, UTF-8, no key twice. Pure.

A text costs memory and time before a signature says whose it is: five million `[]` in a field that nobody reads
would be five million lists. So its size is looked at in the bytes themselves, where nothing is built, and what is
built afterwards keeps no value longer than its own object lasts. The bounds stand in `cairn.model.limits`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from cairn.model import limits

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
"""Matches from every quote, to the text's end where none closes it, and never goes back: else each quote of a text
that closes none would be a new search to its end."""
_SHAPE = b"[]{},"
_REST = bytes(byte for byte in range(256) if byte not in _SHAPE)


class TooMuch(ValueError):
    """More values, or deeper, than is allowed."""


def require(data: bytes, most: int = limits.JSON_VALUES.most) -> None:
    """Raise ValueError unless `data` is one JSON text (RFC 8259) in UTF-8, without a key that an object names twice,
    within `most` values and `limits.JSON_DEPTH` (beyond them `TooMuch`).

    Two readers could pick different ones of two keys, and a signature would then hold for two meanings.
    """
    text = data.decode("utf-8")
    _require_bounded(data, most)
    json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)


def _require_bounded(data: bytes, most: int) -> None:
    """Whatever is no string has its shape in five characters; a text that breaks their rules is refused later."""
    shape = _without_strings(data, most).translate(None, _REST)
    # A value follows each comma and each bracket that opens, at most.
    values = shape.count(b",") + shape.count(b"[") + shape.count(b"{") + 1
    if values > most:
        raise TooMuch("values")
    depth = 0
    for byte in shape.translate(None, b","):
        depth += 1 if byte in b"[{" else -1
        if not limits.JSON_DEPTH.allows(depth):
            raise TooMuch("depth")


def _without_strings(data: bytes, most: int) -> bytes:
    if data.count(b'"') > 4 * most:
        # Names and values are at most so many; a long text may quote much, so they are counted one by one.
        for number, _ in enumerate(_STRING.finditer(data)):
            if number > 2 * most:
                raise TooMuch("values")
    return _STRING.sub(b"", data)


def _unique(pairs: list[tuple[str, Any]]) -> None:
    """Nothing is kept of an object: what it says is for others to read."""
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("duplicate key")


def _refuse(name: str) -> None:
    raise ValueError(name)
