"""The overview of a sound that a waveform is drawn from: one byte for each 50 ms.

numpy is imported when there is sound: it would take a fifth of the start of the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

A_SECOND = 20
"""Peaks in a second of sound."""


class PeakBuilder:
    """Gathers peaks from samples as they come. A peak is the greatest |sample| of its 50 ms, over 128."""

    def __init__(self, rate: int = 48000, channels: int = 1) -> None:
        import numpy as np

        self._rate, self._channels = rate, channels
        self._rest = np.empty(0, np.int16)
        self.whole = bytearray()
        """The peaks of all 50 ms that are complete."""

    def _begins(self, peak: int) -> int:
        """The sample with which a peak begins. Counted from the beginning: at 11,025 a second, 50 ms are no
        whole number of samples, and the odd ones would add up to seconds."""
        return peak * self._rate // A_SECOND * self._channels

    def feed(self, pcm: bytes | memoryview) -> None:
        """Take in little-endian 16-bit samples."""
        import numpy as np

        samples = np.frombuffer(pcm, "<i2")
        if len(self._rest):
            samples = np.concatenate((self._rest, samples))
        first = len(self.whole)
        base = self._begins(first)
        last = (base + len(samples)) // self._channels * A_SECOND // self._rate
        while self._begins(last + 1) <= base + len(samples):
            last += 1
        if last > first:
            end = self._begins(last) - base
            starts = np.array([self._begins(peak) - base for peak in range(first, last)])
            self.whole += _peaks(
                np.maximum.reduceat(samples[:end], starts), np.minimum.reduceat(samples[:end], starts)
            )
            samples = samples[end:]
        self._rest = samples.copy()

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
    import numpy as np

    # In 32 bits: the magnitude of the lowest sample does not fit into 16.
    greatest = np.maximum(highest.astype(np.int32), -lowest.astype(np.int32))
    return bytes(np.minimum(greatest >> 7, 255).astype(np.uint8).tobytes())
