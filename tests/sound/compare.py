"""How alike two sounds are: where one lies in the other, and what is missing between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sound.rig import RATE, Samples

_STEP = RATE // 100  # envelopes have a value every 10 ms


@dataclass(frozen=True)
class Likeness:
    """Where `said` lies in `heard`, and how alike both are there."""

    lag: int
    """Samples of `heard` before what was said begins."""
    whole: float
    """Correlation of both over the whole length, -1 to 1."""
    worst: float
    """Correlation of the worst second that holds sound."""
    drift: int
    """Largest shift in samples, against `lag`, of any second that holds sound: what is lost or doubled."""


def envelope(sound: Samples, step: int = _STEP) -> np.ndarray:
    """Root mean square every 10 ms."""
    whole = sound[: len(sound) // step * step].astype(np.float64).reshape(-1, step)
    return np.sqrt((whole * whole).mean(axis=1))


def likeness(said: Samples, heard: Samples) -> Likeness:
    """Compare sample by sample. `heard` may begin earlier and end later; the codec may colour it."""
    lag = _lag(said.astype(np.float64), heard.astype(np.float64))
    there = _cut(heard, lag, len(said))
    worst, drift = 1.0, 0
    loud = np.abs(said).max() / 50
    for start in range(0, len(said) - RATE + 1, RATE):
        part = said[start : start + RATE].astype(np.float64)
        if envelope(said[start : start + RATE]).mean() < loud:
            continue
        around = _cut(heard, lag + start - RATE // 5, RATE + 2 * RATE // 5).astype(np.float64)
        shift = _lag(part, around) - RATE // 5
        drift = max(drift, abs(shift))
        worst = min(worst, _alike(part, _cut(heard, lag + start + shift, RATE)))
    return Likeness(lag, _alike(said, there), worst, drift)


def longest_gap(said: Samples, heard: Samples, lag: int) -> float:
    """The longest stretch in seconds where something was said and nothing was heard."""
    spoken = envelope(said) > np.abs(said).max() / 50
    there = envelope(_cut(heard, lag, len(said)))
    missing = spoken & (there[: len(spoken)] < np.abs(said).max() / 500)
    longest = run = 0
    for one in missing:
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest * _STEP / RATE


def _lag(part: np.ndarray, whole: np.ndarray) -> int:
    """Where `part` lies in `whole`: the highest cross-correlation."""
    size = 1 << (len(part) + len(whole) - 1).bit_length()
    product = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size))
    found = np.fft.irfft(product, size)
    at = int(np.argmax(found))
    return at if at < len(whole) else at - size


def _cut(sound: Samples, start: int, count: int) -> Samples:
    """A stretch of exactly this length; beyond the ends there is silence."""
    out = np.zeros(count, sound.dtype)
    first, last = max(0, start), min(len(sound), start + count)
    if last > first:
        out[first - start : last - start] = sound[first:last]
    return out


def _alike(one: Samples, other: Samples) -> float:
    a, b = one.astype(np.float64), other.astype(np.float64)
    size = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / size) if size else float(not a.any() and not b.any())
