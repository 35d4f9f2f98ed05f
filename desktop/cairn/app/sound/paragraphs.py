"""Paragraphs of a transcript on the clock of their recording: pure functions.

A paragraph lasts from its `start` to its `end`. An unknown end (0) is taken as the next paragraph's start,
for the last one as the end of the sound: where it is asked whether words belong to an excluded span, the
longest reading counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from cairn.model import spans
from cairn.model.kinds.transcript import Paragraph
from cairn.model.values import BEGINNING, MAX_MS, NO_LENGTH, LengthMs, MomentMs, Span

INAUDIBLE = "[inaudible]"
WITHHELD = "[name withheld]"
UNCLEAR = "[unclear: {words}]"
"""What stands in a text for what can't be written: the same in every language, so that it can be counted."""

_TIME = re.compile(r"(?:(?:([0-9]{1,4}):)?([0-9]{1,4}):)?([0-9]{1,6})(?:[.,]([0-9]{1,6}))?")
_MARK = re.compile(r"\[(?:inaudible|name withheld|unclear(?:: [^\[\]\n]*)?)\]")


def stretches(paragraphs: Sequence[Paragraph], duration: LengthMs = NO_LENGTH) -> list[Span]:
    """From when to when each paragraph lasts, unknown ends filled in; `duration` 0 is an unknown one."""
    starts = sorted(each.start for each in paragraphs)
    found = []
    for each in paragraphs:
        end = each.end
        if end <= each.start:
            after = bisect_right(starts, each.start)
            end = starts[after] if after < len(starts) else MomentMs(duration or MAX_MS)
        found.append(Span(each.start, max(end, each.start)))
    return found


def touching(
    paragraphs: Sequence[Paragraph], excluded: Sequence[Span], duration: LengthMs = NO_LENGTH
) -> list[int]:
    """Which paragraphs begin in, or reach into, a span that is off the record."""
    off = spans.joined(excluded)
    return [number for number, span in enumerate(stretches(paragraphs, duration)) if reaches_into(span, off)]


def reaches_into(span: Span, off: Sequence[Span]) -> bool:
    """Whether a stretch begins in, or reaches into, one of the `joined` spans."""
    # The first that ends after it began decides: whatever comes later begins later.
    at = bisect_right(off, span.start, key=lambda each: each.end)
    return at < len(off) and (span.end > off[at].start or span.start >= off[at].start)


def ended(paragraphs: Sequence[Paragraph], excluded: Sequence[Span], duration: LengthMs) -> list[Paragraph]:
    """The same paragraphs with every end written down.

    An unknown end becomes what comes first: the next start, an excluded span, the end of the sound.
    """
    found = []
    for each, span in zip(paragraphs, stretches(paragraphs, duration), strict=True):
        end = each.end
        if end <= each.start:
            end = min([span.end, *(off.start for off in excluded if off.start > each.start)])
        found.append(msgspec.structs.replace(each, end=end if end < MAX_MS else BEGINNING))
    return found


def tidy(paragraphs: Sequence[Paragraph], excluded: Sequence[Span], duration: LengthMs) -> list[Paragraph]:
    """Paragraphs as they are kept: in order of time, without empty ones, every end written down."""
    kept = sorted((each for each in paragraphs if each.text.strip() or each.translation.strip()), key=_start)
    return [
        msgspec.structs.replace(
            each,
            speaker=each.speaker.strip(),
            text=each.text.strip(),
            translation=each.translation.strip(),
        )
        for each in ended(kept, excluded, duration)
    ]


def playing(stretches: Sequence[Span], at: MomentMs) -> int | None:
    """Which of the `stretches` is heard at a moment: of those that have begun and not ended the last, or None."""
    best: int | None = None
    for number, span in enumerate(stretches):
        if span.start <= at < span.end and (best is None or span.start >= stretches[best].start):
            best = number
    return best


def speakers(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Who speaks, in order of first appearance."""
    return list(dict.fromkeys(each.speaker for each in paragraphs if each.speaker))


def marks(text: str) -> list[tuple[int, int]]:
    """Where `[inaudible]`, `[unclear: …]` and `[name withheld]` stand in a text: (from, to)."""
    return [match.span() for match in _MARK.finditer(text)]


def clock(at: MomentMs | LengthMs, *, thousandths: bool = False) -> str:
    """A moment of the sound as `0:07:31`, or as `00:07:31.250`."""
    seconds, rest = divmod(at, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if thousandths:
        return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"
    return f"{hours}:{minutes:02}:{seconds:02}"


def moment(text: str) -> MomentMs | None:
    """The moment that somebody wrote as `1:02:03`, `2:03` or `2:03.5`; None for what is none."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, part = match.groups()
    at = (int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)) * 1000
    at += int((part or "").ljust(3, "0")[:3])
    return MomentMs(at) if at <= MAX_MS else None


def into_copy(
    paragraphs: Sequence[Paragraph], kept: Sequence[Span], duration: LengthMs = NO_LENGTH
) -> list[Paragraph]:
    """The paragraphs of a master on the clock of an excerpt or a cut; without those that reach outside it."""
    found = []
    for each, span in zip(paragraphs, stretches(paragraphs, duration), strict=True):
        holder = next((one for one in kept if one.start <= span.start and span.end <= one.end), None)
        start = spans.moment_from_master(kept, span.start) if holder is not None else None
        if start is not None:
            end = MomentMs(start + span.end - span.start)
            found.append(msgspec.structs.replace(each, start=start, end=end if each.end else BEGINNING))
    return found


def _start(paragraph: Paragraph) -> int:
    return paragraph.start
