"""Arguments that are files to open, as a desktop hands them over at a double click."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cairn import paths

ENDINGS = (".age", ".contact")
"""Bundles and contact cards."""


def files(arguments: Sequence[str]) -> list[Path]:
    """The files, when every argument is one (a path or a `file:` address); none otherwise: then it is a command."""
    found = [_file(argument) for argument in arguments]
    return [path for path in found if path is not None] if None not in found else []


def _file(argument: str) -> Path | None:
    name = paths.local_path(argument) if argument.startswith("file:") else argument
    if not name or name.startswith("-") or "\0" in name:
        return None
    path = Path(name)
    return path.absolute() if path.suffix.lower() in ENDINGS else None
