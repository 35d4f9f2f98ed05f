"""What is to be said about a form: codes with values and the row, never sentences.

The words are chosen in `resources/words/` like those of errors; a finding's code is looked up there as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

MAX_FINDINGS = 400
"""Most findings that are told of one form."""
MAX_WORDS = 300
"""Longest value of a finding, in characters."""


class Grade(StrEnum):
    """How much a finding weighs."""

    NOTE = "note"
    """Worth knowing; nothing need be done."""
    WARNING = "warning"
    """The form runs, perhaps not as its maker meant."""
    REFUSED = "refused"
    """It holds something that Cairn doesn't offer: it is not imported. The rest of it would run."""
    BROKEN = "broken"
    """It can't be run as it is."""


class Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing about a form, at a row of a sheet where there is one (the head of a sheet is row 1)."""

    code: str
    grade: Grade
    sheet: str = ""
    row: int = 0
    name: str = ""
    """The question that it is about."""
    values: dict[str, str | int] = {}

    @property
    def stops(self) -> bool:
        """Whether the form is not imported because of it."""
        return self.grade in (Grade.REFUSED, Grade.BROKEN)


def finding(
    code: str, grade: Grade, *, sheet: str = "", row: int = 0, name: str = "", **values: str | int
) -> Finding:
    """A finding whose values are cut to what can be shown."""
    return of_values(code, grade, values, sheet=sheet, row=row, name=name)


def of_values(
    code: str, grade: Grade, values: Mapping[str, str | int], *, sheet: str = "", row: int = 0, name: str = ""
) -> Finding:
    """The same of values in a mapping."""
    held = {key: value[:MAX_WORDS] if isinstance(value, str) else value for key, value in values.items()}
    return Finding(code, grade, sheet, row, name[:MAX_WORDS], held)
