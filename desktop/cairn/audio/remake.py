"""Another sound made from a master: an excerpt, a cut, a copy for listening.

What is left out is never encoded. Where two stretches meet, and where one begins or ends inside the sound,
5 ms are faded, so that no click tells more than that something is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import soxr

from cairn.audio.encode import OPUS_RATES, Encoder
from cairn.errors import InputError
from cairn.model.ports import Progress, no_progress
from cairn.model.values import Span

FADE_MS = 5
_PIECE = 48_000
_OPUS_RATE = 48_000


def remake(
    read: Callable[[int, int], bytes],
    rate: int,
    channels: int,
    spans: Sequence[Span],
    out: Callable[[bytes], None],
    encoding: str = "opus",
    progress: Progress = no_progress,
) -> int:
    """Encode the stretches `spans` of a sound, in order, into `out`; returns the frames (samples) written.

    `read(first frame, frames)` gives little-endian 16-bit samples, fewer only at the sound's end. A rate
    that Opus doesn't know becomes 48,000 Hz. `progress` counts the master's frames. Raises InputError
    `audio.nothing-left`, MachineError `audio.encoder-failed`, and whatever `read`, `out` and `progress` raise.
    """
    # Inwards to whole samples: not one of what is left out is heard.
    parts = [(-(-span.start * rate // 1000), span.end * rate // 1000) for span in spans]
    parts = [(start, _end(read, start, end)) for start, end in parts]
    parts = [(start, end) for start, end in parts if end > start]
    if not parts:
        raise InputError("audio.nothing-left")
    to = rate if encoding != "opus" or rate in OPUS_RATES else _OPUS_RATE
    change = soxr.ResampleStream(rate, to, channels, dtype="int16") if to != rate else None
    total = sum(end - start for start, end in parts)
    encoder, done, written = Encoder(out, encoding, to, channels, total=total), 0, 0
    progress(0, total)
    for samples in _samples(read, rate, channels, parts):
        done += len(samples)
        if change is not None:
            samples = change.resample_chunk(samples)
        encoder.write(samples.astype("<i2").tobytes())
        written += len(samples)
        progress(done, total)
    if change is not None:
        last = change.resample_chunk(np.empty((0, channels), np.int16), last=True)
        encoder.write(last.astype("<i2").tobytes())
        written += len(last)
    encoder.close()
    return written


def _end(read: Callable[[int, int], bytes], start: int, end: int) -> int:
    """Where a stretch really ends: at the sound's own end when that comes before."""
    if end <= start or read(end - 1, 1):
        return end
    while end > start:
        middle = (start + end) // 2
        if read(middle, 1):
            start = middle + 1
        else:
            end = middle
    return end


def _samples(
    read: Callable[[int, int], bytes], rate: int, channels: int, parts: Sequence[tuple[int, int]]
) -> Iterator[np.ndarray]:
    fade = max(1, rate * FADE_MS // 1000)
    for number, (start, end) in enumerate(parts):
        # One piece is held back: only when the next one comes, or none, is it known which is the last.
        held: np.ndarray | None = None
        at = start
        while at < end:
            block = read(at, min(_PIECE, end - at))
            samples = np.frombuffer(block, "<i2").reshape(-1, channels)
            if not len(samples):
                break
            if at == start and start > 0:
                samples = _faded(samples, fade, rising=True)
            at += len(samples)
            if held is not None:
                yield held
            held = samples
        if held is not None:
            ends_inside = at >= end and (number + 1 < len(parts) or bool(read(end, 1)))
            yield _faded(held, fade, rising=False) if ends_inside else held


def _faded(samples: np.ndarray, fade: int, *, rising: bool) -> np.ndarray:
    count = min(fade, len(samples))
    ramp = np.linspace(0.0, 1.0, count, endpoint=False, dtype=np.float32)[:, None]
    faded = samples.copy()
    if rising:
        faded[:count] = np.rint(faded[:count] * ramp)
    else:
        faded[-count:] = np.rint(faded[-count:] * ramp[::-1])
    return faded
