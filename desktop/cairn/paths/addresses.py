"""Files named by an address, as desktops and their programs hand them over."""

from __future__ import annotations

import os
import re

_SCHEME = "file:"
_PLAIN = frozenset("/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HERE = ("", "localhost")
_ESCAPED = re.compile(rb"%([0-9a-fA-F]{2})")


def local_address(path: str) -> str:
    """The `file:` address of a path: ASCII, whatever its bytes are. `local_path` gives the path back."""
    raw = os.fsencode(path)
    return "file://" + "".join(chr(each) if chr(each) in _PLAIN else f"%{each:02X}" for each in raw)


def local_path(address: str) -> str:
    """The path of a `file:` address of this computer (RFC 8089); empty for another one's, and for what is no address.

    Names need not be UTF-8: they come back as `os.fsdecode` gives them.
    """
    if not address.startswith(_SCHEME):
        return ""
    rest = address.removeprefix(_SCHEME)
    if rest.startswith("//"):
        host, slash, rest = rest[2:].partition("/")
        if host.lower() not in _HERE:
            return ""
        rest = slash + rest
    name = os.fsdecode(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), os.fsencode(rest)))
    return "" if "\0" in name else name.lstrip("/") if os.name == "nt" else name
