"""Media types of attachments: by how a file begins, made finer by its name's ending. A hint for viewers, no more."""

from __future__ import annotations

from cairn.decode import types

UNKNOWN = types.UNKNOWN
HEAD = types.HEAD
"""Bytes of a file's beginning that are looked at."""


def guess(name: str, beginning: bytes) -> str:
    """The media type of a file called `name` that begins with these bytes."""
    return types.media_type(beginning, name)
