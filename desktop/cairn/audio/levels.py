"""How loud it is, and whether the microphone can be relied on: before it is too late to ask again.

All times are of sound, counted in samples, so that nothing depends on when the pieces come. numpy is
imported when there is sound: it would take a fifth of the start of the program.
"""

from __future__ import annotations

import math
from collections import deque

FLOOR = -120.0
"""dBFS shown for digital silence."""
SILENCE = -60.0
"""dBFS below which nobody is speaking near the microphone, whatever it hears."""
SILENT_SECONDS = 20
"""How long nothing is heard before it is said."""
QUIET = -42.0
"""dBFS that speech should reach within ten seconds: below it, noise is heard as loud as words."""

_BLOCKS_A_SECOND = 50
_FULL = 32767
_RECENT = 3 * _BLOCKS_A_SECOND
_LONG = 10 * _BLOCKS_A_SECOND


class Gauge:
    """Level, peak and warnings of one stream of samples."""

    def __init__(self, rate: int = 48000, channels: int = 1) -> None:
        self._size = max(1, rate * channels // _BLOCKS_A_SECOND)
        self.reset()

    def reset(self) -> None:
        """Forget what was heard: another microphone, or a new beginning."""
        import numpy as np

        self._rest = np.empty(0, np.int16)
        self._loud: deque[tuple[float, int, int]] = deque(maxlen=_LONG)
        self._silent_blocks = 0
        self._power = 0.0
        self._heard = 0
        self.clipped = 0
        """Samples at full scale that stood beside another one, since the beginning."""

    def feed(self, pcm: bytes | memoryview) -> None:
        """Take in little-endian 16-bit samples."""
        import numpy as np

        samples = np.frombuffer(pcm, "<i2")
        if len(self._rest):
            samples = np.concatenate((self._rest, samples))
        count = len(samples) // self._size
        blocks = samples[: count * self._size].reshape(count, self._size)
        self._rest = samples[count * self._size :].copy()
        if not count:
            return
        powers = np.mean(blocks.astype(np.float32) ** 2, axis=1) / (32768.0 * 32768.0)
        peaks = np.maximum(blocks.max(axis=1).astype(np.int32), -blocks.min(axis=1).astype(np.int32))
        full = (blocks >= _FULL) | (blocks <= -_FULL)
        clipped = (full[:, 1:] & full[:, :-1]).sum(axis=1)
        for power, peak, runs in zip(powers.tolist(), peaks.tolist(), clipped.tolist(), strict=True):
            self._power += (power - self._power) * 0.12
            self._silent_blocks = self._silent_blocks + 1 if _decibel(power) < SILENCE else 0
            self._loud.append((power, peak, runs))
            self._heard += 1
            self.clipped += runs

    @property
    def level_dbfs(self) -> float:
        """RMS over about the last 150 ms."""
        return _decibel(self._power)

    @property
    def peak_dbfs(self) -> float:
        """Highest sample of the last second and a half."""
        recent = list(self._loud)[-_BLOCKS_A_SECOND * 3 // 2 :]
        peak = max((peak for _, peak, _ in recent), default=0)
        return _decibel((peak / 32768.0) ** 2)

    @property
    def silent_for(self) -> float:
        """Seconds of sound since anything was heard."""
        return self._silent_blocks / _BLOCKS_A_SECOND

    @property
    def hint(self) -> str:
        """`clipping` (in the last three seconds), `silent` (for 20 s), `too-quiet` (for 10 s), `waiting`
        (nobody has spoken for 10 s, or yet), or empty: in the last 10 s it was as loud as speech should be.
        """
        heard = list(self._loud)
        if sum(runs for _, _, runs in heard[-_RECENT:]) >= 3:
            return "clipping"
        if self.silent_for >= SILENT_SECONDS:
            return "silent"
        loudest = _decibel(max((power for power, _, _ in heard), default=0.0))
        if loudest >= QUIET:
            return ""
        return "too-quiet" if self._heard >= _LONG and loudest >= SILENCE else "waiting"


def _decibel(power: float) -> float:
    return max(FLOOR, 10.0 * math.log10(power)) if power > 0 else FLOOR
