"""Arguments that are files to open, as a desktop hands them over at a double click."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

ENDINGS = (".age", ".contact")
"""Bundles and contact cards."""
_HERE = ("", "localhost")
_ESCAPED = re.compile(rb"%([0-9a-fA-F]{2})")


def files(arguments: Sequence[str]) -> list[Path]:
    """The files, when every argument is one (a path or a `file:` address); none otherwise: then it is a command."""
    found = [_file(argument) for argument in arguments]
    return [path for path in found if path is not None] if None not in found else []


def _file(argument: str) -> Path | None:
    name = _path(argument) if argument.startswith("file:") else argument
    if not name or name.startswith("-") or "\0" in name:
        return None
    path = Path(name)
    return path.absolute() if path.suffix.lower() in ENDINGS else None


def _path(address: str) -> str:
    """The path of a `file:` address of this computer (RFC 8089); empty for one of another computer."""
    rest = address.removeprefix("file:")
    if rest.startswith("//"):
        host, slash, rest = rest[2:].partition("/")
        if host.lower() not in _HERE:
            return ""
        rest = slash + rest
    name = os.fsdecode(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), os.fsencode(rest)))
    return name.lstrip("/") if os.name == "nt" else name
