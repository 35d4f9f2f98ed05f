"""A consent in words, for one that is none of the plain choices."""

from __future__ import annotations

from collections.abc import Mapping

from cairn import resources
from cairn.model.agreement import in_words
from cairn.model.consent import Grid
from cairn.model.ids import Fingerprint

ENGLISH = "en"


def lines(grid: Grid, names: Mapping[Fingerprint, str], language: str = ENGLISH) -> list[str]:
    """The rows of a grid, one a line; `names` are the labels of contacts by fingerprint."""
    return in_words(grid, lambda code: word(code, language), names)


def word(code: str, language: str = ENGLISH) -> str:
    """The word for a code of the grid, such as `use-courts`; one that only a newer version knows as it is."""
    return resources.table("consent", language).get(code, code)
