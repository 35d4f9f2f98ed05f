"""How a decoder in the child says no."""

from __future__ import annotations


class Refused(Exception):
    """The file can't be decoded; the argument is one of `wire.REASONS`."""
