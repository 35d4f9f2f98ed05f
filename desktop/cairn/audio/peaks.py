"""The overview of a sound that a waveform is drawn from: one byte for each 50 ms."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

A_SECOND = 20
"""Peaks in a second of sound."""


class PeakBuilder:
    """Gathers peaks from samples as they come. A peak is the greatest |sample| of its 50 ms, over 128."""

    def __init__(self, rate: int = 48000, channels: int = 1) -> None:
        self._step = max(1, rate * channels // A_SECOND // channels * channels)
        self._rest = np.empty(0, np.int16)
        self.whole = bytearray()
        """The peaks of all 50 ms that are complete."""

    def feed(self, pcm: bytes | memoryview) -> None:
        """Take in little-endian 16-bit samples."""
        samples = np.frombuffer(pcm, "<i2")
        if len(self._rest):
            samples = np.concatenate((self._rest, samples))
        count = len(samples) // self._step
        if count:
            blocks = samples[: count * self._step].reshape(count, self._step)
            self.whole += _peaks(blocks.max(axis=1), blocks.min(axis=1))
        self._rest = samples[count * self._step :].copy()

    def all(self) -> bytes:
        """All peaks, with that of the last stretch, shorter than 50 ms."""
        if not len(self._rest):
            return bytes(self.whole)
        return bytes(self.whole) + _peaks(self._rest.max(keepdims=True), self._rest.min(keepdims=True))


def peaks_of(pcm: Iterable[bytes], rate: int = 48000, channels: int = 1) -> bytes:
    """The peaks of a whole sound, given in pieces of whole samples."""
    builder = PeakBuilder(rate, channels)
    for piece in pcm:
        builder.feed(piece)
    return builder.all()


def _peaks(highest: np.ndarray, lowest: np.ndarray) -> bytes:
    # In 32 bits: the magnitude of the lowest sample does not fit into 16.
    greatest = np.maximum(highest.astype(np.int32), -lowest.astype(np.int32))
    return bytes(np.minimum(greatest >> 7, 255).astype(np.uint8).tobytes())
