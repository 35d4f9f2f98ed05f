"""What a list is made of: rows, and the model that hands them to a view, with a way to ask for more of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Row:
    """What a row shows. `id` is handed back when it is chosen."""

    id: str
    title: str
    line: str = ""
    chips: tuple[tuple[str, str], ...] = ()
    """(word, tone), from the right."""
    glyph: str = ""
    soft: bool = False
    """Drawn softly: removed, erased."""
    data: Any = field(default=None, compare=False)
    cells: tuple[str, ...] = ()
    """What stands in its columns, where the list is shown in columns."""


class RowModel(QAbstractListModel):
    """Rows, with a way to ask for more when the end is near."""

    more_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.total = 0
        self.checkable = False
        self.checked: set[str] = set()
        self._asked = False

    def set_rows(self, rows: Sequence[Row], total: int | None = None) -> None:
        """Show these, out of `total`."""
        self.beginResetModel()
        self.rows = list(rows)
        self.total = len(self.rows) if total is None else total
        self.checked &= {row.id for row in self.rows} if total is None else self.checked
        self._asked = False
        self.endResetModel()

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Append the next page."""
        self._asked = False
        if not rows:
            self.total = len(self.rows)
            return
        self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
        self.rows.extend(rows)
        self.endInsertRows()

    def row_at(self, place: int) -> Row | None:
        """The row at a place, where there is one."""
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def place_of(self, row_id: str) -> int:
        """Where a row stands; -1 where it is not in the list."""
        return next((place for place, row in enumerate(self.rows) if row.id == row_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not self._asked and len(self.rows) < self.total

    def fetchMore(self, parent: Index) -> None:
        self._asked = True
        self.more_wanted.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        return base | Qt.ItemFlag.ItemIsUserCheckable if self.checkable else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.CheckStateRole and self.checkable:
            return Qt.CheckState.Checked if row.id in self.checked else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            chips = ", ".join(word for word, _ in row.chips)
            return " · ".join(part for part in (row.title, row.line, chips) if part)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        row = self.row_at(index.row())
        if row is None:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.checked.add(row.id)
        else:
            self.checked.discard(row.id)
        self.dataChanged.emit(index, index, [role])
        return True
