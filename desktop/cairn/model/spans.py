"""Arithmetic of stretches of sound: joined, left over, and carried from a copy to its master and back.

Pure. Times are milliseconds; a span's end is not part of it. Lists are in order and do not touch unless
said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cairn.model.records import Span


def joined(spans: Iterable[Span], within: int | None = None) -> list[Span]:
    """Any spans, in order and not touching; empty ones go, and what lies beyond `within`."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        end = span.end if within is None else min(span.end, within)
        if end <= span.start:
            continue
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(span.start, end))
    return found


def left_over(spans: Iterable[Span], duration: int) -> list[Span]:
    """What of a sound of `duration` is in none of `spans`."""
    found: list[Span] = []
    at = 0
    for span in joined(spans, duration):
        if span.start > at:
            found.append(Span(at, span.start))
        at = span.end
    if at < duration:
        found.append(Span(at, duration))
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


def holds(spans: Iterable[Span], at: int) -> bool:
    """Whether a moment lies in one of the spans."""
    return any(span.start <= at < span.end for span in spans)


def to_master(kept: Sequence[Span], spans: Iterable[Span]) -> list[Span]:
    """Stretches of a copy as stretches of its master; `kept` says what of the master the copy holds.

    Without `kept` the copy is the master.
    """
    if not kept:
        return joined(spans)
    found: list[Span] = []
    for span in joined(spans):
        begins = 0
        for part in kept:
            length = part.end - part.start
            start, end = max(span.start - begins, 0), min(span.end - begins, length)
            if start < end:
                found.append(Span(part.start + start, part.start + end))
            begins += length
    return joined(found)


def from_master(kept: Sequence[Span], spans: Iterable[Span]) -> list[Span]:
    """Stretches of a master as stretches of a copy that holds `kept` of it; what it doesn't hold is left out."""
    if not kept:
        return joined(spans)
    found: list[Span] = []
    wanted = joined(spans)
    begins = 0
    for part in kept:
        for span in overlap([part], wanted):
            found.append(Span(begins + span.start - part.start, begins + span.end - part.start))
        begins += part.end - part.start
    return joined(found)


def moment_from_master(kept: Sequence[Span], at: int) -> int | None:
    """A moment of a master in a copy that holds `kept` of it; None where the copy doesn't hold it."""
    if not kept:
        return at
    begins = 0
    for place, part in enumerate(kept):
        last = place == len(kept) - 1
        if part.start <= at < part.end or (last and at == part.end):
            return begins + at - part.start
        begins += part.end - part.start
    return None
