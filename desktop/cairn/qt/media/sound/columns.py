"""The arithmetic behind a waveform: which time stands at which pixel, and how high each bar is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cairn.model.values import LengthMs, MomentMs

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PEAK_MS = 50
"""Each byte of peaks stands for this much sound."""


@dataclass(frozen=True)
class View:
    """The stretch of sound that is shown, in milliseconds, and how many logical pixels it has."""

    start: float
    end: float
    width: int

    @property
    def per_pixel(self) -> float:
        """Milliseconds a pixel."""
        return max(1e-6, (self.end - self.start) / max(1, self.width))

    def x(self, ms: float) -> float:
        """Where a moment stands."""
        return (ms - self.start) / self.per_pixel

    def ms(self, x: float) -> MomentMs:
        """Which moment stands at `x`."""
        return MomentMs(round(self.start + x * self.per_pixel))

    def zoomed(self, factor: float, about: float, duration: LengthMs, least: float = 2_000) -> View:
        """Shown `factor` times as large, with the moment `about` where it was; never beyond the sound."""
        span = min(max((self.end - self.start) / factor, min(least, duration)), duration)
        share = (about - self.start) / max(1e-6, self.end - self.start)
        return self.placed(about - share * span, span, duration)

    def placed(self, start: float, span: float, duration: LengthMs) -> View:
        """A stretch of length `span` from `start`, moved so that it lies inside the sound."""
        start = max(0.0, min(start, duration - span))
        return View(start, start + span, self.width)

    def showing(self, ms: float, duration: LengthMs) -> View:
        """This view, or the one beside it that shows `ms`: a page turned while playing."""
        span = self.end - self.start
        if self.start <= ms < self.end or span >= duration:
            return self
        return self.placed(ms - span * 0.1, span, duration)


def heights(peaks: bytes, view: View, bars: int) -> npt.NDArray[np.uint8]:
    """The greatest peak under each of `bars` equal parts of the view; 0 where there is no sound."""
    import numpy as np  # when there is sound: it would take a fifth of the start of the program

    found = np.zeros(bars, dtype=np.uint8)
    if not peaks or bars <= 0:
        return found
    data = np.frombuffer(peaks, dtype=np.uint8)
    edges = np.linspace(view.start, view.end, bars + 1) / PEAK_MS
    first = np.floor(edges[:-1]).astype(np.int64)
    last = np.maximum(np.ceil(edges[1:]).astype(np.int64), first + 1)
    inside = (first >= 0) & (first < len(data))
    if not inside.any():
        return found
    low, high = first[inside], np.minimum(last[inside], len(data))
    # reduceat wants one list of edges; the even ones begin a bar, the odd ones end it.
    pairs = np.empty(2 * len(low), dtype=np.int64)
    pairs[0::2], pairs[1::2] = low, high
    whole = np.append(data, np.uint8(0))
    found[inside] = np.maximum.reduceat(whole, pairs)[0::2]
    return found


def steps(span: float, pixels: int, least: int) -> int:
    """Milliseconds between two marks of the time scale, at least `least` pixels apart."""
    for step in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200):
        if step * 1000 / max(span, 1) * pixels >= least:
            return step * 1000
    return 14_400_000


def clock(ms: MomentMs | LengthMs, *, hours: bool | None = None) -> str:
    """`0:07`, `12:03`, `1:02:03`; with `hours` always or never with them."""
    whole = max(0, ms) // 1000
    hour, minute, second = whole // 3600, whole // 60 % 60, whole % 60
    if hours is None:
        hours = hour > 0
    return f"{hour}:{minute:02}:{second:02}" if hours else f"{hour * 60 + minute}:{second:02}"


def stamp(ms: MomentMs) -> str:
    """`00:34:26`: the time beside a note, always of one width."""
    whole = max(0, ms) // 1000
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def exact(ms: MomentMs) -> str:
    """A moment to type and read: `12:03`, and tenths of a second where there are any: `12:03.4`."""
    tenths = round(max(0, ms) / 100)
    words = clock(MomentMs(tenths // 10 * 1000))
    return f"{words}.{tenths % 10}" if tenths % 10 else words


_MOMENT = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,5})(?:[.,](\d{1,3}))?")


def read_moment(text: str) -> MomentMs | None:
    """The moment of `90`, `1:30`, `1:01:30`, with tenths if wanted; None where it is no moment."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds, part = found.groups()
    if (minutes and int(seconds) > 59) or (hours and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return MomentMs(whole * 1000 + int((part or "").ljust(3, "0")))
