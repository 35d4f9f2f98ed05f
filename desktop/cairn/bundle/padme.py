"""Padmé: round a length up so that it tells little. Nikitin et al., PoPETs 2019(4), section 4."""

from __future__ import annotations

MINIMUM = 1 << 20
"""Shortest padded length, 1 MiB: a bundle of text alone doesn't tell how much text."""


def padded_size(length: int) -> int:
    """The length in bytes that `length` bytes are padded to: at most 12 % more, never under MINIMUM.

    Keeps about log2(log2(length)) leading bits and rounds the rest up, so that all lengths of one
    magnitude share a few sizes.
    """
    length = max(length, MINIMUM)
    exponent = length.bit_length() - 1
    kept = exponent.bit_length()
    mask = (1 << (exponent - kept)) - 1
    return (length + mask) & ~mask


def is_padded_size(length: int) -> bool:
    """Whether some length pads to exactly `length`."""
    return padded_size(length) == length
