"""A consent in words."""

from __future__ import annotations

from collections.abc import Mapping

from cairn import resources
from cairn.app.kernel.views import ConsentView
from cairn.model.agreement import in_words
from cairn.model.consent import Grid
from cairn.model.ids import Fingerprint

ENGLISH = "en"
_PLAIN = ("nothing", "keep", "share")


def lines(grid: Grid, names: Mapping[Fingerprint, str], language: str = ENGLISH) -> list[str]:
    """The rows of a grid, one a line; `names` are the labels of contacts by fingerprint."""
    return in_words(grid, lambda code: word(code, language), names)


def sentences(view: ConsentView, language: str = ENGLISH) -> list[str]:
    """What somebody agreed to, one sentence or line each: a plain choice as one, a grid as its rows."""
    if not view.set:
        return [word("said-not-asked", language)]
    if view.choice not in _PLAIN:
        return lines(view.grid, dict(view.contacts), language)
    if view.choice == "share" and view.share_with == "named":
        names = ", ".join(label or fingerprint for fingerprint, label in view.contacts)
        return [word("said-share-named", language).format(names=names)]
    return [word(f"said-{view.choice}", language)]


def word(code: str, language: str = ENGLISH) -> str:
    """The word for a code of the grid, such as `use-courts`; one that only a newer version knows as it is."""
    return resources.table("consent", language).get(code, code)
