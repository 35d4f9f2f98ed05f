"""Stretches of a sound."""

from __future__ import annotations

from collections.abc import Iterable

from cairn.model.values import Span


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stretches in order, with none empty and none touching another."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if span.end <= span.start:
            continue
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)
