"""What a search of all interviews found: plain, frozen values for the window."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.app.kernel.views import InterviewRow
from cairn.model.ids import RecordId
from cairn.model.values import MomentMs


@dataclass(frozen=True)
class PlaceView:
    """One place where the searched words stand."""

    record: RecordId
    kind: str
    """Of the record: `interview`, `note`, `transcript`, `attachment`, …; `identity` for a protected name."""
    field: str
    snippet: tuple[tuple[str, bool], ...]
    """(text, is a hit) in order."""
    name: str = ""
    """Of a file or recording: what it is called. Of a protected name: the person's code."""
    paragraph: int = 0
    """In a longer text, from 1; in a PDF the page. 0 where there is none."""
    nth: int = 0
    """Which of the hits in its paragraph it begins with, from 0; in a file, of all in the file."""
    at: MomentMs | None = None
    """In a transcript: where in the recording's sound it was said, in milliseconds."""


@dataclass(frozen=True)
class FoundView:
    """An interview in which words were found."""

    row: InterviewRow
    places: tuple[PlaceView, ...]
    """In the order of a page; not more than were asked for."""
    count: int
    """How many places there are in all."""


@dataclass(frozen=True)
class FoundPage:
    """A stretch of what a search finds."""

    found: tuple[FoundView, ...]
    total: int
    """How many interviews were found in all."""
    next: int | None
    """Where the next stretch begins; None at the end."""
