"""Above the list: what it is filtered by, each to be taken away, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from cairn.app.interviews.listing import FALLING, Filter, Look, Sender, Sort
from cairn.qt.screens.interviews.listed import filtering
from cairn.qt.widgets import button
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.reflow import Flow


class Asked(Flow):
    """A chip for each thing that a filter asks for; pressed, it goes."""

    def __init__(self, use: Callable[[Filter], Any]) -> None:
        super().__init__(gap=6)
        self._use = use
        self._senders: Sequence[Sender] = ()
        self._own = ""
        self.hide()

    def show_parts(self, wanted: Filter, senders: Sequence[Sender], own: str) -> None:
        """Show what is asked for now."""
        self._senders, self._own = senders, own
        self.show_again(wanted)

    def show_again(self, wanted: Filter) -> None:
        """The same of a filter whose senders were known before."""
        for old in self.findChildren(QPushButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self.take(old)
        asked = filtering.parts(wanted, self._senders, self._own)
        for words, without in asked:
            made = button(words, lambda rest=without: self._use(rest), kind="chip", glyph="cross")  # type: ignore[misc]
            # The cross stands at the end of the words.
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            made.setLayoutDirection(
                Qt.LayoutDirection.LeftToRight if mirrored else Qt.LayoutDirection.RightToLeft
            )
            made.setAccessibleName(self.tr("Take the filter away: {words}").format(words=words))
            made.setToolTip(made.accessibleName())
            self.add(made)
            made.show()
        show_if(self, bool(asked))


class Sorting(QObject):
    """A button that says what the list is sorted by, with all ways to sort behind it."""

    wanted = Signal(object)
    """(Sort): asked for by its name in the menu."""
    turned = Signal(bool)
    """Upwards, or not."""

    def __init__(self) -> None:
        super().__init__()
        self.button = button("", kind="quiet", glyph="sort")
        self._menu = QMenu(self.button)
        self.button.setMenu(self._menu)

    def show_look(self, look: Look) -> str:
        """Show how it is sorted; returns which way, in words."""
        words = filtering.sort_words()
        self.button.setText(words[look.sort])
        way = filtering.direction_word(look.sort, upwards=look.upwards)
        self.button.setAccessibleName(
            self.tr("Sorted by: {column}. {way}").format(column=words[look.sort], way=way)
        )
        self._menu.clear()
        by, ways = QActionGroup(self._menu), QActionGroup(self._menu)
        for sort, word in words.items():
            act = self._action(by, word, ticked=sort is look.sort)
            act.triggered.connect(lambda _on=False, sort=sort: self.wanted.emit(sort))
        self._menu.addSeparator()
        for upwards in (False, True) if look.sort in FALLING else (True, False):
            word = filtering.direction_word(look.sort, upwards=upwards)
            act = self._action(ways, word, ticked=upwards == look.upwards)
            act.triggered.connect(lambda _on=False, up=upwards: self.turned.emit(up))
        return way

    def _action(self, group: QActionGroup, word: str, *, ticked: bool) -> QAction:
        act = self._menu.addAction(word)
        act.setCheckable(True)
        act.setChecked(ticked)
        group.addAction(act)
        return act


def sorted_by(look: Look, sort: Sort) -> Look:
    """The same list sorted by this: what is told by time newest first, all else from A."""
    return Look(sort, sort not in FALLING, look.wanted)
