"""Slower or faster without a change of pitch: Sonic, made for speech (libsonic, a port of it to Rust)."""

from __future__ import annotations

import libsonic
import numpy as np

SLOWEST, FASTEST = 0.5, 2.0


class Stretcher:
    """One run of sound at one speed. A jump begins a new run."""

    def __init__(self, rate: int, channels: int, speed: float) -> None:
        """Raises ValueError for a speed outside 0.5-2."""
        if not SLOWEST <= speed <= FASTEST:
            raise ValueError("speed")
        self._channels = channels
        self._stream = libsonic.SonicStream(rate, channels)
        self._stream.set_speed(speed)

    def feed(self, pcm: bytes) -> bytes:
        """Take in little-endian 16-bit samples; returns what is ready, about `1/speed` as much."""
        if pcm:
            self._stream.write((np.frombuffer(pcm, "<i2").astype(np.float32) / 32768.0).tolist())
        return self._ready()

    def flush(self) -> bytes:
        """What is still inside, at the end of a run."""
        self._stream.flush()
        return self._ready()

    def _ready(self) -> bytes:
        frames = self._stream.available_frames()
        heard = np.asarray(self._stream.read(frames), np.float32) if frames else np.empty(0, np.float32)
        return bytes(np.clip(np.rint(heard * 32768.0), -32768, 32767).astype("<i2").tobytes())
