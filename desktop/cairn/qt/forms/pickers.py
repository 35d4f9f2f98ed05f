"""Fields of a form over what is found by typing: a term, several terms, a place, somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cairn.model.places.told import PlaceTold
from cairn.qt.forms.inputs import Spot, line_spot, line_take_up
from cairn.qt.widgets.basic import button, column, show_if
from cairn.qt.widgets.explained import shown_label
from cairn.qt.widgets.picker import Picker
from cairn.qt.widgets.place_picker import PlacePicker
from cairn.qt.widgets.reflow import Flow
from cairn.qt.widgets.term_picker import TermPicker
from cairn.vocab.terms import Terms


class PickedInput(QObject):
    """What a form asks of a picker, whatever it picks."""

    edited = Signal()

    def __init__(self, picker: Picker) -> None:
        super().__init__(picker)
        self.picker = picker
        picker.edited.connect(self.edited)

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        self.picker.set_read_only(fixed)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in its line."""
        return widget is self.picker.line

    def spot(self, last: QObject | None) -> Spot | None:
        """Cursor and composition."""
        return line_spot(self.picker.line, "", last)

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget:
        """Go on where the person stopped."""
        return line_take_up(self.picker.line, spot, fixed=fixed)


class TermInput(PickedInput):
    """One term, by its id."""

    def __init__(self, picker: TermPicker) -> None:
        super().__init__(picker)
        self._picker = picker

    def value(self) -> Any:
        """The id; empty for none."""
        return self._picker.term

    def load(self, value: Any) -> None:
        """Show a term."""
        self._picker.load(value)


class PlaceInput(PickedInput):
    """A place as it was told."""

    def __init__(self, picker: PlacePicker) -> None:
        super().__init__(picker)
        self._picker = picker

    def value(self) -> PlaceTold:
        """The words and what they were taken to mean."""
        return self._picker.told

    def load(self, value: PlaceTold) -> None:
        """Show a place."""
        self._picker.load(value)


class Several(QWidget):
    """Any number of things that are picked one after another: each stands as a button that takes it away again."""

    edited = Signal()

    def __init__(
        self,
        picker: Picker,
        picked: Callable[[], Any],
        empty: Callable[[], None],
        shown: Callable[[Any], str],
    ) -> None:
        """`picked` is what stands in the picker, `empty` empties it, `shown` how one of the values reads."""
        super().__init__()
        self.picker = picker
        self._picked, self._empty, self._shown = picked, empty, shown
        self._values: list[Any] = []
        self._fixed = False
        self._chips = Flow()
        self._column = column(self._chips, picker, space=4)
        self.setLayout(self._column)
        self.setFocusProxy(picker)
        show_if(self._chips, False)
        picker.edited.connect(self._take)

    def setAccessibleName(self, name: str) -> None:
        self.picker.setAccessibleName(name)

    def value(self) -> list[Any]:
        """What was picked, in that order."""
        return list(self._values)

    def load(self, value: Sequence[Any]) -> None:
        """Show these and no other."""
        self._values = list(value)
        self._draw()

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        self._fixed = fixed
        show_if(self.picker, not fixed)
        self._draw()

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in its line."""
        return widget is self.picker.line

    def spot(self, last: QObject | None) -> Spot | None:
        """Cursor and composition."""
        return line_spot(self.picker.line, "", last)

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget:
        """Go on where the person stopped."""
        return line_take_up(self.picker.line, spot, fixed=fixed)

    def _take(self) -> None:
        found = self._picked()
        if not found:
            return
        if found not in self._values:
            self._values.append(found)
        self._empty()
        self._draw()
        self.edited.emit()

    def _drop(self, value: Any) -> None:
        self._values.remove(value)
        self._draw()
        self.picker.setFocus()
        self.edited.emit()

    def _draw(self) -> None:
        made = []
        for value in self._values:
            word = self._shown(value)
            one = button(word, partial(self._drop, value), kind="filter", glyph="cross")
            one.setAccessibleName(self.tr("Remove {name}").format(name=word))
            one.setEnabled(not self._fixed)
            made.append(one)
        before, self._chips = self._chips, Flow(*made)
        self._column.replaceWidget(before, self._chips)
        before.hide()
        before.deleteLater()
        show_if(self._chips, bool(made))


def several_terms(terms: Callable[[], Terms], vocabularies: Sequence[str]) -> Several:
    """Terms of these vocabularies."""
    picker = TermPicker(terms, vocabularies)
    return Several(
        picker,
        lambda: picker.term,
        lambda: picker.load(""),
        lambda term: shown_label(terms().get(term)),
    )
