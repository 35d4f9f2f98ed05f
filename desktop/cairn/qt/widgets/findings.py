"""A list of what was found wrong, each finding as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cairn.app.kernel.views import Problem
from cairn.qt.base import messages
from cairn.qt.widgets.basic import card, column, label, row
from cairn.qt.widgets.facts import mark

MOST = 50
"""Findings shown one by one; where there are more, the whole is damaged."""


class Findings(QWidget):
    """Shows findings below one another; hidden where there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._place = column()
        self.setLayout(self._place)
        self._shown: QWidget | None = None
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these, in place of those before."""
        self.show_told(problems, problems)

    def show_told(self, told: Sequence[Problem], losses: Sequence[Problem]) -> None:
        """Show what was found, in place of what was before: the losses among it marked so, the rest as good."""
        if self._shown is not None:
            self._place.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        if told:
            self._shown = card(*self.lines(told, losses), space=16, margin=16)
            self._place.addWidget(self._shown)
        self.setVisible(bool(told))

    def lines(self, told: Sequence[Problem], losses: Sequence[Problem]) -> list[QWidget]:
        """One widget for each, and one for how many more there are."""
        parts: list[QWidget] = []
        for problem in told[:MOST]:
            sentence = label(messages.problem(problem), wrap=True)
            sign = mark(*(("cross", "danger") if problem in losses else ("check", "accent")))
            line = row(sign, sentence, space=12)
            line.setStretch(1, 1)
            line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
            holder = QWidget()
            holder.setLayout(line)
            parts.append(holder)
        if len(told) > MOST:
            rest = self.tr("And %n more.", "", len(told) - MOST)
            parts.append(label(rest, "soft", wrap=True))
        return parts
