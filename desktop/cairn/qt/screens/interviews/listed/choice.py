"""What is chosen of the list, counted, and what can be done with all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.widgets import button, column, hline, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Ends, Flow


class ChoiceBand(QWidget):
    """Below the table while something is chosen."""

    def __init__(self, all_: Callable[[], Any], none: Callable[[], Any], seal: Callable[[], Any]) -> None:
        super().__init__()
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.said = label("", "strong")
        # As high as the buttons beside it.
        self.said.setMinimumHeight(theme().px(36))
        self.all = button("", all_, kind="quiet")
        self.none = button(self.tr("Choose none"), none, kind="quiet")
        self.seal = button("", seal, kind="primary", glyph="seal")
        only_where_kept(self.seal)
        inner = QWidget()
        line = column(Ends(Flow(self.said, self.all, self.none), self.seal, least=240))
        edge = theme().px(24)
        line.setContentsMargins(edge, theme().px(10), edge, theme().px(10))
        inner.setLayout(line)
        self.setLayout(column(hline(), inner, space=0))

    def show_counts(self, chosen: int, shown: int, hidden: int) -> None:
        """How many are chosen, how many the list shows, and how many of the chosen a filter or a search hides."""
        number = messages.locale().toString
        said = self.tr("%n chosen", "", chosen)
        if hidden:
            said = self.tr("{chosen}, {count} of them not shown").format(chosen=said, count=number(hidden))
        self.said.setText(said)
        self.all.setText(self.tr("Choose all {count}").format(count=number(shown)))
        self.all.setAccessibleName(self.all.text())
        show_if(self.all, chosen - hidden < shown)
        self.seal.setText(self.tr("Seal bundle of %n…", "", chosen))
        self.seal.setAccessibleName(self.seal.text())
