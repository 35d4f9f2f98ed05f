"""What changed in a session, value by value: for the audit, and so that nothing goes unseen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A value that changed: where (with numbers), what stood there, what stands there, and who wrote it."""

    ref: str
    before: str
    after: str
    writer: str
