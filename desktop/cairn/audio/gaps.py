"""Types that everything which repairs a sound shares."""

from __future__ import annotations

Gap = tuple[int, int]
"""Bytes of a file that are not there: the first, and the first after them."""
Lost = tuple[int, int]
"""Samples that are not there: the first, and the first after them."""
Piece = bytes | tuple[int, int]
"""Of a file that is put together: bytes as they are, or a range of the source (first, first after it)."""


def size_of(piece: Piece) -> int:
    """How many bytes a piece has."""
    return len(piece) if isinstance(piece, bytes) else piece[1] - piece[0]
