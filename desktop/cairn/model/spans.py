"""Arithmetic of stretches of sound: joined, left over, and carried from a copy to its master and back.

Pure. Times are milliseconds; a span's end is not part of it. Lists are in order and do not touch unless
said otherwise. What comes from another device may hold hundreds of thousands of them: one pass over each.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from cairn.model.values import BEGINNING, LengthMs, MomentMs, Span


def joined(spans: Iterable[Span], within: LengthMs | MomentMs | None = None) -> list[Span]:
    """Any spans, in order and not touching; empty ones go, and what lies beyond `within`."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        end = span.end if within is None else min(span.end, MomentMs(within))
        if end <= span.start:
            continue
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(span.start, end))
    return found


def left_over(spans: Iterable[Span], duration: LengthMs | MomentMs) -> list[Span]:
    """What of a sound of `duration` is in none of `spans`."""
    found: list[Span] = []
    at, last = BEGINNING, MomentMs(duration)
    for span in joined(spans, duration):
        if span.start > at:
            found.append(Span(at, span.start))
        at = span.end
    if at < last:
        found.append(Span(at, last))
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What of `spans` is in none of `taken`."""
    whole = joined(spans)
    return overlap(whole, left_over(taken, whole[-1].end)) if whole else []


def overlap(a: Sequence[Span], b: Sequence[Span]) -> list[Span]:
    """What lies in both; both are `joined`."""
    found: list[Span] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, end = max(a[i].start, b[j].start), min(a[i].end, b[j].end)
        if start < end:
            found.append(Span(start, end))
        if a[i].end <= b[j].end:
            i += 1
        else:
            j += 1
    return found


def holds(spans: Iterable[Span], at: MomentMs) -> bool:
    """Whether a moment lies in one of the spans."""
    return any(span.start <= at < span.end for span in spans)


def to_master(kept: Sequence[Span], spans: Iterable[Span]) -> list[Span]:
    """Stretches of a copy as stretches of its master; `kept` says what of the master the copy holds.

    Without `kept` the copy is the master.
    """
    if not kept:
        return joined(spans)
    clock = _clock(kept)
    return joined(
        _carried(start, end, kept[n].start - clock[n].start) for n, start, end in _met(clock, joined(spans))
    )


def from_master(kept: Sequence[Span], spans: Iterable[Span]) -> list[Span]:
    """Stretches of a master as stretches of a copy that holds `kept` of it; what it doesn't hold is left out.

    A copy that says of itself what can't be, because it is out of order, is all of it one such stretch.
    """
    return from_joined(kept, joined(spans))


def from_joined(kept: Sequence[Span], wanted: list[Span]) -> list[Span]:
    """The same for stretches that are `joined` already: no work for those that the copy doesn't hold."""
    if not kept:
        return wanted
    clock = _clock(kept)
    if any(part.end < part.start for part in kept) or any(a.end > b.start for a, b in pairwise(kept)):
        return joined([Span(BEGINNING, clock[-1].end)] if wanted else [])
    return joined(
        _carried(start, end, clock[n].start - kept[n].start) for n, start, end in _met(kept, wanted)
    )


def moment_from_master(kept: Sequence[Span], at: MomentMs) -> MomentMs | None:
    """A moment of a master in a copy that holds `kept` of it; None where the copy doesn't hold it."""
    if not kept:
        return at
    begins = 0
    for place, part in enumerate(kept):
        last = place == len(kept) - 1
        if part.start <= at < part.end or (last and at == part.end):
            return MomentMs(begins + at - part.start)
        begins += part.end - part.start
    return None


def meeting(kept: Sequence[Span], wanted: Sequence[Span]) -> int:
    """How many pairs of one of `kept` and one of the `joined` stretches there may be, without making them."""
    return sum(
        max(0, bisect_left(wanted, part.end, key=_begin) - bisect_right(wanted, part.start, key=_end))
        for part in kept
    )


def _begin(span: Span) -> MomentMs:
    return span.start


def _end(span: Span) -> MomentMs:
    return span.end


def _clock(kept: Sequence[Span]) -> list[Span]:
    """Where each part lies in the copy's own time."""
    found: list[Span] = []
    at = BEGINNING
    for part in kept:
        found.append(Span(at, MomentMs(at + max(0, part.end - part.start))))
        at = found[-1].end
    return found


def _carried(start: MomentMs, end: MomentMs, by: int) -> Span:
    return Span(MomentMs(start + by), MomentMs(end + by))


def _met(parts: Sequence[Span], wanted: Sequence[Span]) -> Iterator[tuple[int, MomentMs, MomentMs]]:
    """(number of the part, start, end) wherever one of `parts` and one of `wanted` overlap."""
    first = 0
    for number, part in enumerate(parts):
        at = first = bisect_right(wanted, part.start, lo=first, key=_end)
        while at < len(wanted) and wanted[at].start < part.end:
            start, end = max(part.start, wanted[at].start), min(part.end, wanted[at].end)
            if start < end:
                yield number, start, end
            at += 1
