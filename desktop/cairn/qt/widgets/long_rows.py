"""The model of a list that is as long as it says from the beginning, whatever of it was read.

It holds an order, numbers of rows, and those rows that were looked at. A row that is looked at and is not here is asked
for with its whole page, so that the end of fifty thousand is as near as the beginning. Rows far from where the person is
are forgotten again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from cairn.qt.widgets.row_model import Row, RowModel

PAGE = 200
"""Rows that are asked for together."""
MOST = 25 * PAGE
"""Rows that are kept."""
_NEAR = 8
"""Pages on both sides of where the person is that are kept when others go."""
_WAITS = "…"


class LongModel(RowModel):
    """Rows by their place in an order."""

    page_wanted = Signal(int)
    """Number of a page of which a row is looked at; answered with `fill`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.order: Sequence[int] = ()
        self._known: dict[int, Row] = {}
        self._numbers: dict[str, int] = {}
        self._wanted: set[int] = set()

    @property
    def rows(self) -> list[Row]:
        """What was read of the list, in its order."""
        known = self._known
        return [known[number] for number in self.order if number in known] if known else []

    @rows.setter
    def rows(self, _rows: list[Row]) -> None:
        """Rows come with `set_order` and `fill`."""

    def set_order(self, order: Sequence[int], rows: Iterable[tuple[int, Row]]) -> None:
        """Show this order; `rows` are those of it that were read now, by their numbers."""
        same = order == self.order
        if not same:
            self.beginResetModel()
        self.order = order
        self.total = len(order)
        self._known, self._wanted = dict(rows), set()
        self._numbers = {row.id: number for number, row in self._known.items()}
        if not same:
            self.endResetModel()
        elif order:
            self.dataChanged.emit(self.index(0), self.index(len(order) - 1))

    def fill(self, page: int, order: Sequence[int], rows: Iterable[tuple[int, Row]]) -> None:
        """A page that was asked for; `order` is that of which it is. One of an older order is no use any more."""
        if order is not self.order:
            return
        for number, row in rows:
            self._known[number] = row
            self._numbers[row.id] = number
        self._forget_far(page)
        last = min(len(order), (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(page * PAGE), self.index(last))

    def _forget_far(self, page: int) -> None:
        if len(self._known) <= MOST:
            return
        near = self.order[max(0, page - _NEAR) * PAGE : (page + _NEAR + 1) * PAGE]
        self._known = {number: self._known[number] for number in near if number in self._known}
        self._numbers = {row.id: number for number, row in self._known.items()}
        self._wanted &= set(range(page - _NEAR, page + _NEAR + 1))

    def row_at(self, place: int) -> Row | None:
        """The row at a place, where it was read."""
        return self._known.get(self.order[place]) if 0 <= place < len(self.order) else None

    def number_of(self, row_id: str) -> int | None:
        """By which number the order names a row; None where it was not read."""
        return self._numbers.get(row_id)

    def place_of(self, row_id: str) -> int:
        """Where a row stands; -1 where it is not in the list, or was not read."""
        number = self._numbers.get(row_id)
        try:
            return self.order.index(number) if number is not None else -1
        except ValueError:
            return -1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.order)

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        return False

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if index.isValid() and self.row_at(index.row()) is None:
            page = index.row() // PAGE
            if page not in self._wanted:
                self._wanted.add(page)
                self.page_wanted.emit(page)
            return _WAITS if role == Qt.ItemDataRole.DisplayRole else None
        return super().data(index, role)
