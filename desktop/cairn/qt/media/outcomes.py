"""What became of the files that were added, one line a file, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from cairn.app.files.outcomes import FILE, NOTHING, SOUND, Outcome
from cairn.model.ids import NO_RECORD, RecordId
from cairn.qt.base import messages
from cairn.qt.widgets import Banner

MOST = 12
"""Lines that are shown at once; those that tell of something come first."""


class Told:
    """The outcomes of all that is being added at once, in one banner until the next begins."""

    def __init__(self, banner: Banner) -> None:
        self._banner = banner
        self._found: list[Outcome] = []

    def begin(self, *, alone: bool) -> None:
        """Something is added; `alone` where nothing else is being added."""
        if alone:
            self._found = []
            self._banner.clear()

    def add(self, found: Sequence[Outcome]) -> None:
        """Show these beside those of what was begun together with them."""
        self._found += found
        if worth_telling(self._found):
            self._banner.show_message("\n".join(lines(self._found)), tone(self._found))


def lines(found: Sequence[Outcome]) -> list[str]:
    """One line a file, those with something to say first; of many, the last line counts the rest."""
    ordered = sorted(found, key=lambda one: (one.became != NOTHING, not one.told))
    made = [_line(one) for one in ordered[:MOST]]
    rest = len(ordered) - MOST
    if rest > 0:
        made.append(QCoreApplication.translate("Outcomes", "And %n more, taken in as they are.", "", rest))
    return made


def tone(found: Sequence[Outcome]) -> str:
    """How it is shown: danger where something was not taken in."""
    if any(one.became == NOTHING for one in found):
        return "danger"
    return "warn" if any(one.told for one in found) else "good"


def worth_telling(found: Sequence[Outcome]) -> bool:
    """Whether the list alone does not say it: something to know, or several sounds at once."""
    return any(one.told for one in found) or (len(found) > 1 and any(one.became == SOUND for one in found))


def last(found: Sequence[Outcome], became: str) -> RecordId:
    """Id of what was added last as this; empty where nothing was."""
    return next((one.record for one in reversed(found) if one.became == became), NO_RECORD)


def _line(one: Outcome) -> str:
    if one.told:
        return " ".join(messages.problem(each) for each in one.problems())
    if one.became == FILE:
        return QCoreApplication.translate("Outcomes", "“{name}” is under Files.").format(name=one.name)
    return QCoreApplication.translate("Outcomes", "“{name}” was added as sound.").format(name=one.name)
