"""Checking the vault, and what the last check found: kept in the vault, shown in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLayout, QWidget

from cairn.app.kernel import preferences
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.app.vault import custody, upkeep
from cairn.model import clock
from cairn.model.ports import Progress
from cairn.qt.desk import Desk
from cairn.qt.media.putting_back import PuttingBack
from cairn.qt.widgets import card, column
from cairn.qt.widgets.facts import Line
from cairn.qt.widgets.findings import Findings

LOG, ALL = "log", "all"
_KEPT = "custody.last-check"
FILES = ("upkeep.media-missing", "upkeep.media-altered", "upkeep.recording-damaged")
"""What a check finds of single files: it can be put back from a backup."""
_MOST = 50
"""Findings shown one by one; a vault with more is damaged as a whole."""


@dataclass(frozen=True)
class Checked:
    """A check that was made: when, of what, and how many problems it found."""

    at: str
    what: str
    """`log` or `all`."""
    entries: int
    problems: int


@dataclass(frozen=True)
class Result:
    """A check and its findings."""

    checked: Checked
    problems: tuple[Problem, ...]


def check(s: Session, what: str, progress: Progress) -> Result:
    """Walk the log, or with `all` read the whole vault; remembers in the vault what came of it.

    Raises MachineError, Cancelled; then nothing is remembered.
    """
    if what == ALL:
        problems = tuple(upkeep.check(s, progress))
        entries = custody.count(s)
    else:
        report = custody.verify(s, progress)
        problems, entries = report.problems, report.entries
    checked = Checked(clock.now(), what, entries, len(problems))
    kept = {"at": checked.at, "what": what, "entries": entries, "problems": len(problems)}
    preferences.change_inside(s, _KEPT, kept)
    return Result(checked, problems)


def last(s: Session) -> Checked | None:
    """The last check of this vault, or None."""
    kept = preferences.inside(s, _KEPT)
    if not isinstance(kept, dict):
        return None
    try:
        return Checked(str(kept["at"]), str(kept["what"]), int(kept["entries"]), int(kept["problems"]))
    except (KeyError, TypeError, ValueError):
        return None


def holder(layout: QLayout) -> QWidget:
    """A layout as a widget."""
    made = QWidget()
    made.setLayout(layout)
    return made


class ResultPanel(QWidget):
    """What a check found, each finding as a sentence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._place = column()
        self.putting_back = PuttingBack(desk)
        self._place.addWidget(self.putting_back)
        self.setLayout(self._place)
        self._shown: QWidget | None = None

    def clear(self) -> None:
        """Show nothing."""
        if self._shown is not None:
            self._place.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        self.hide()

    def show_result(self, result: Result) -> None:
        """Show a check's result."""
        self.clear()
        parts = self._bad(result.problems) if result.problems else [self._good(result.checked)]
        self._shown = card(*parts, space=16, margin=16)
        self._place.insertWidget(0, self._shown)
        self.putting_back.offer(result.problems)
        self.show()

    def _good(self, checked: Checked) -> QWidget:
        if checked.what == ALL:
            title = self.tr("Everything is in order.")
            text = self.tr(
                "The database, every file and the whole custody log were read and compared. %n entries.",
                "",
                checked.entries,
            )
        else:
            title = self.tr("The log is whole.")
            text = self.tr(
                "%n entries fit one another, and every version they tell of is here and signed.",
                "",
                checked.entries,
            )
        return Line(title, text, tone="good")

    def _bad(self, problems: Sequence[Problem]) -> list[QWidget]:
        found = len(problems)
        if all(each.code in FILES for each in problems):
            what_now = self.tr("Only content of files is damaged or missing: the log and all that was written are whole.")  # fmt: skip
        else:
            what_now = self.tr(
                "Keep the vault as it is: don't erase or restore anything yet. Copy its folder, compare it with "
                "a backup, and tell your office."
            )
        parts: list[QWidget] = [
            Line(self.tr("%n problems were found.", "", found), what_now, tone="danger", glyph="warn")
        ]
        parts += Findings().lines(problems, problems)
        return parts
