"""Fields that hold small structs: a list of them, an entry each, or one that is there or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.forms.inputs import Input, Spot
from cairn.qt.widgets import Field, button, column, hline, icon_button, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Cells


class Made(NamedTuple):
    """One input with the widget that shows it."""

    widget: QWidget
    input: Input


class Column(NamedTuple):
    """One field of the struct."""

    field: str
    word: str
    make: Callable[[], Made]


class _Taken(NamedTuple):
    place: int
    value: msgspec.Struct


class _Entry(QWidget):
    """One struct. Fields that no column shows stay as they are."""

    def __init__(self, empty: msgspec.Struct, columns: Sequence[Column], remove: str) -> None:
        super().__init__()
        self.inputs: dict[str, Input] = {}
        self.known = empty
        cells = Cells(2, across=16, down=12, stretch=True)
        for each in columns:
            made = each.make()
            self.inputs[each.field] = made.input
            cells.add(Field(each.word, made.widget))
        self.remove = icon_button("cross", remove)
        beside = row(cells, self.remove, space=8)
        beside.setStretch(0, 1)
        beside.setAlignment(self.remove, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(beside, hline(), space=12))

    def value(self) -> msgspec.Struct:
        return msgspec.structs.replace(
            self.known, **{name: each.value() for name, each in self.inputs.items()}
        )

    def load(self, value: msgspec.Struct) -> None:
        self.known = value
        for name, each in self.inputs.items():
            each.load(getattr(value, name))


class StructPart(QWidget):
    """A field that holds one struct or none: a box to tick, and below it what belongs to it.

    Unticking takes it out of the record; its words stay here, and come back with the tick. Its fields are made when they
    are first shown: a form may have many parts, most of which nobody opens.
    """

    edited = Signal()

    def __init__(self, word: str, empty: Callable[[], msgspec.Struct], columns: Sequence[Column]) -> None:
        super().__init__()
        self._empty, self._columns = empty, columns
        self._fixed = False
        self._entry: _Entry | None = None
        self.tick = QCheckBox(word)
        self.tick.setAccessibleName(word)
        self.tick.toggled.connect(self._ticked)
        self.tick.clicked.connect(lambda _on: self.edited.emit())
        self._column = column(self.tick, space=8)
        self.setLayout(self._column)
        self.setFocusProxy(self.tick)

    def value(self) -> Any:
        """The struct, or None where it is not ticked."""
        return self._made.value() if self.tick.isChecked() else None

    def load(self, value: Any) -> None:
        """Show it, or none."""
        if value is not None or self._entry is not None:
            self._made.load(self._empty() if value is None else value)
        self.tick.setChecked(value is not None)

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        self._fixed = fixed
        self.tick.setEnabled(not fixed)
        if self._entry is not None:
            self._fix(self._entry)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in one of its fields."""
        return self._entry is not None and any(each.holds(widget) for each in self._entry.inputs.values())

    def spot(self, last: QObject | None) -> Spot | None:
        """Where the cursor is, with its field."""
        return None if self._entry is None else _spot_in([self._entry], last, lambda _at: "")

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Put the cursor back into the field where it was."""
        return _take_up_in(self._made, spot, spot.part, fixed=fixed)

    @property
    def _made(self) -> _Entry:
        if self._entry is None:
            self._entry = _Entry(self._empty(), self._columns, "")
            self._entry.remove.hide()
            for each in self._entry.inputs.values():
                each.edited.connect(self.edited)
            self._fix(self._entry)
            self._column.addWidget(self._entry)
            show_if(self._entry, self.tick.isChecked())
        return self._entry

    def _fix(self, entry: _Entry) -> None:
        for each in entry.inputs.values():
            each.set_read_only(self._fixed)

    def _ticked(self, on: bool) -> None:
        if on or self._entry is not None:
            show_if(self._made, on)


def _spot_in(entries: Sequence[_Entry], last: QObject | None, number: Callable[[int], str]) -> Spot | None:
    """Where the cursor is; what is being composed goes first, because it can't be typed again."""
    found: Spot | None = None
    for at, entry in enumerate(entries):
        for name, each in entry.inputs.items():
            spot = each.spot(last)
            if spot is not None and (found is None or (spot.composing and not found.composing)):
                part = number(at) + (f"{name}.{spot.part}" if spot.part else name)
                found = Spot(part, spot.cursor, spot.composing, spot.undo)
    return found


def _take_up_in(entry: _Entry, spot: Spot, part: str, *, fixed: bool) -> QWidget | None:
    name, _, inner = part.partition(".")
    found = entry.inputs.get(name)
    if found is None:
        return None
    return found.take_up(Spot(inner, spot.cursor, spot.composing, spot.undo), fixed=fixed)


class StructRows(QWidget):
    """The entries and the buttons that add one and bring the last one back."""

    edited = Signal()

    def __init__(
        self, empty: Callable[[], msgspec.Struct], columns: Sequence[Column], add: str, remove: str
    ) -> None:
        super().__init__()
        self._empty, self._columns, self._remove = empty, columns, remove
        self._fixed = False
        self._entries: list[_Entry] = []
        self._taken: list[_Taken] = []
        self._layout = QVBoxLayout()
        self._layout.setSpacing(theme().px(8))
        self.add = button(add, self._add, glyph="plus")
        self.back = button(self.tr("Bring it back"), self._bring_back, kind="quiet", glyph="undo")
        for each in (self.add, self.back):
            only_where_kept(each)
        show_if(self.back, False)
        self.setLayout(column(self._layout, row(self.add, self.back, None), space=8))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.add.setAccessibleDescription(name)

    # As a field of a form

    def value(self) -> list[Any]:
        """The entries; those with nothing in them are none."""
        nothing = self._empty()
        return [value for each in self._entries if (value := each.value()) != nothing]

    def load(self, value: Sequence[Any]) -> None:
        """Show these and no other."""
        for each in list(self._entries):
            self._drop(each)
        self._taken = []
        show_if(self.back, False)
        for one in value:
            self._put(len(self._entries), one)

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read."""
        self._fixed = fixed
        show_if(self.add, not fixed)
        show_if(self.back, bool(self._taken) and not fixed)
        for each in self._entries:
            self._fix(each)

    def holds(self, widget: QObject | None) -> bool:
        """Whether the cursor is in one of the entries."""
        return any(each.holds(widget) for entry in self._entries for each in entry.inputs.values())

    def spot(self, last: QObject | None) -> Spot | None:
        """Where the cursor is, with the entry and its field."""
        return _spot_in(self._entries, last, lambda at: f"{at}.")

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Put the cursor back into the entry and field where it was."""
        number, _, rest = spot.part.partition(".")
        if not number.isdecimal() or int(number) >= len(self._entries):
            return None
        return _take_up_in(self._entries[int(number)], spot, rest, fixed=fixed)

    # Entries

    def _add(self) -> None:
        made = self._put(len(self._entries), self._empty())
        first = next(iter(made.inputs), "")
        self.edited.emit()
        if first:
            made.findChildren(Field)[0].control.setFocus()

    def _put(self, place: int, value: msgspec.Struct) -> _Entry:
        made = _Entry(self._empty(), self._columns, self._remove)
        made.load(value)
        for each in made.inputs.values():
            each.edited.connect(self.edited)
        made.remove.clicked.connect(lambda: self._take(made))
        self._entries.insert(place, made)
        self._layout.insertWidget(place, made)
        self._fix(made)
        return made

    def _take(self, entry: _Entry) -> None:
        at = self._entries.index(entry)
        self._taken.append(_Taken(at, entry.value()))
        self._drop(entry)
        show_if(self.back, True)
        self.back.setFocus()
        self.edited.emit()

    def _bring_back(self) -> None:
        at, value = self._taken.pop()
        made = self._put(min(at, len(self._entries)), value)
        show_if(self.back, bool(self._taken))
        made.findChildren(Field)[0].control.setFocus()
        self.edited.emit()

    def _drop(self, entry: _Entry) -> None:
        self._entries.remove(entry)
        self._layout.removeWidget(entry)
        entry.hide()
        entry.deleteLater()

    def _fix(self, entry: _Entry) -> None:
        show_if(entry.remove, not self._fixed)
        for each in entry.inputs.values():
            each.set_read_only(self._fixed)
