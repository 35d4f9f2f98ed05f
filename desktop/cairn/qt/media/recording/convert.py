"""From what a device delivers to what is recorded: 16-bit mono at 48,000 samples a second.

numpy is imported when there is sound: it would take a fifth of the start of the program.
"""

from __future__ import annotations

from typing import Any

RATE = 48_000
"""Samples a second of everything that is recorded."""

_TYPES = {"u8": "u1", "i16": "<i2", "i32": "<i4", "f32": "<f4"}


class Converter:
    """Converts a stream piece by piece; pieces may end anywhere, also within a sample."""

    def __init__(self, kind: str, rate: int, channels: int) -> None:
        """`kind` is `u8`, `i16`, `i32` or `f32`, as the device delivers it."""
        import numpy as np

        self._type = np.dtype(_TYPES[kind])
        self._channels = channels
        self._rest = b""
        self._plain = kind == "i16" and channels == 1 and rate == RATE
        self._frame = self._type.itemsize * channels
        self._stream: Any = None
        if rate != RATE:
            import soxr

            self._stream = soxr.ResampleStream(rate, RATE, 1, dtype="float32", quality="HQ")

    def feed(self, data: bytes) -> bytes:
        """What `data` gives; may be nothing yet."""
        data = self._rest + data
        whole = len(data) // self._frame * self._frame
        self._rest = data[whole:]
        if self._plain or not whole:
            return data[:whole]
        return self._convert(data[:whole], last=False)

    def finish(self) -> bytes:
        """What the filter still held back: the stream ends."""
        self._rest = b""
        return self._convert(b"", last=True) if self._stream is not None else b""

    def _convert(self, data: bytes, *, last: bool) -> bytes:
        import numpy as np

        samples: Any = np.frombuffer(data, self._type).astype(np.float32)
        if self._type.kind == "u":
            samples = (samples - 128.0) / 128.0
        elif self._type.kind == "i":
            samples /= float(1 << (8 * self._type.itemsize - 1))
        if self._channels > 1:
            samples = samples.reshape(-1, self._channels).mean(axis=1)
        if self._stream is not None:
            samples = self._stream.resample_chunk(samples, last=last)
        return bytes(np.clip(np.rint(samples * 32768.0), -32768, 32767).astype("<i2").tobytes())
