"""Lists of rows: a title, one soft line, a chip at the right; 56 pixels high, as many as there are.

Rows are fetched a page at a time while the list is scrolled, so ten thousand of them open as fast
as ten. The list only paints; it keeps no widget per row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cairn.qt.base.icons import paint
from cairn.qt.base.theme import theme
from cairn.qt.widgets.chip import chip_colours, chip_font

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
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
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
        row = self.rows[index.row()]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.checked.add(row.id)
        else:
            self.checked.discard(row.id)
        self.dataChanged.emit(index, index, [role])
        return True


class RowDelegate(QStyledItemDelegate):
    """Paints a row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row | None = index.data(Qt.ItemDataRole.UserRole)
        return QSize(theme().px(120), theme().px(56 if row is None or row.line else 44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(Qt.ItemDataRole.UserRole)
        if row is None:
            return
        t, px = theme().tokens, theme().px
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        here = bool(state & QStyle.StateFlag.State_Selected)
        # Among rows with boxes the ticked ones are the chosen ones; where the keys are is only lifted a little.
        chosen = here if checked is None else Qt.CheckState(checked) == Qt.CheckState.Checked
        if chosen:
            painter.fillRect(rect, QColor(t.accent_soft))
            painter.fillRect(QRectF(rect.left(), rect.top(), px(3), rect.height()), QColor(t.accent))
        elif here or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(t.paper))
        view = option.widget
        end = view.viewport().height() - px(12) if isinstance(view, QListView) else rect.bottom() + 1
        if index.row() < index.model().rowCount() - 1 or rect.bottom() < end:
            # At the end of a card its own border is the line.
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(t.line))
        left = rect.left() + px(16)
        if checked is not None:
            left = self._box(painter, left, rect, chosen)
        if row.glyph:
            size = px(20)
            spot = QRectF(left, rect.center().y() - size / 2, size, size)
            paint(painter, row.glyph, spot, t.ink_soft)
            left += size + px(12)
        right = self._chips(painter, row, rect, option, chosen)
        self._words(painter, row, QRectF(left, rect.top(), right - px(8) - left, rect.height()), option)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(QColor(t.accent))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), px(6), px(6))
        painter.restore()

    def _box(self, painter: QPainter, left: float, rect: QRectF, checked: bool) -> float:
        t, px = theme().tokens, theme().px
        box = QRectF(left, rect.center().y() - px(9), px(18), px(18))
        painter.setPen(QColor(t.accent if checked else t.control_line))
        painter.setBrush(QColor(t.accent if checked else t.surface))
        painter.drawRoundedRect(box, px(4), px(4))
        if checked:
            paint(painter, "check", box.adjusted(2, 2, -2, -2), t.on_accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return left + px(30)

    def _chips(
        self, painter: QPainter, row: Row, rect: QRectF, option: QStyleOptionViewItem, chosen: bool
    ) -> float:
        px = theme().px
        font = chip_font(option.font)
        metrics = QFontMetrics(font)
        right = rect.right() - px(16)
        widest = int(rect.width() * 0.42)
        title_end = rect.left() + rect.width() * 0.45
        for number, (full, tone) in enumerate(row.chips):
            # The title keeps its half: a second chip gets what is left, or is only heard (see RowModel.data).
            room = min(widest, int(right - title_end) - px(20))
            if number and room < px(24):
                break
            word = metrics.elidedText(full, Qt.TextElideMode.ElideRight, room if number else widest)
            width = metrics.horizontalAdvance(word) + px(20)
            spot = QRectF(right - width, rect.center().y() - px(11), width, px(22))
            back, ink = chip_colours(tone, theme().tokens)
            if chosen and back == theme().tokens.accent_soft:
                # On a chosen row it would be a word without its chip.
                back = theme().tokens.surface
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(back))
            painter.drawRoundedRect(spot, px(11), px(11))
            painter.setPen(QColor(ink))
            painter.setFont(font)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, word)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            right -= width + px(6)
        return right

    def _words(self, painter: QPainter, row: Row, rect: QRectF, option: QStyleOptionViewItem) -> None:
        t, px = theme().tokens, theme().px
        title = QFont(option.font)
        title.setPixelSize(px(14))
        title.setWeight(QFont.Weight.DemiBold)
        title.setStrikeOut(row.soft)
        lower = QFont(option.font)
        lower.setPixelSize(px(13))
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(QColor(t.ink_soft if row.soft else t.ink))
        painter.setFont(title)
        text = QFontMetrics(title).elidedText(row.title, elide, int(rect.width()))
        if not row.line:
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            return
        upper_half = QRectF(rect.left(), rect.top() + px(9), rect.width(), px(20))
        lower_half = QRectF(rect.left(), rect.top() + px(29), rect.width(), px(19))
        painter.drawText(upper_half, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.setPen(QColor(t.ink_soft))
        painter.setFont(lower)
        text = QFontMetrics(lower).elidedText(row.line, elide, int(rect.width()))
        painter.drawText(lower_half, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class RowList(QListView):
    """A list of `Row`s. Enter or a click chooses; with `checkable` the space bar and a click tick."""

    chosen = Signal(str)
    """Id of the row that the person opened or moved to."""
    ticked = Signal()
    more_wanted = Signal()

    def __init__(self, name: str, *, checkable: bool = False) -> None:
        super().__init__()
        self.rows = RowModel(self)
        self.rows.checkable = checkable
        self.rows.more_wanted.connect(self.more_wanted)
        self.rows.dataChanged.connect(lambda *_: self.ticked.emit())
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(self._clicked)

    def set_rows(self, rows: Sequence[Row], total: int | None = None) -> None:
        """Show `rows`; what was chosen stays chosen where it still exists. Tells nobody."""
        chosen = self.chosen_id
        self._quiet = True
        self.rows.set_rows(rows, total)
        if chosen:
            self.choose(chosen)
        self._quiet = False

    @property
    def chosen_id(self) -> str:
        """Id of the row that is selected, or nothing."""
        row: Row | None = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row.id if row is not None else ""

    def choose(self, row_id: str, *, tell: bool = False) -> bool:
        """Select a row by its id; False when it is not in the list."""
        for number, row in enumerate(self.rows.rows):
            if row.id == row_id:
                before, self._quiet = self._quiet, not tell
                index = self.rows.index(number)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.scrollTo(index)
                self._quiet = before
                return True
        return False

    @property
    def ticked_ids(self) -> list[str]:
        """Ids of the ticked rows, in the order of the list."""
        return [row.id for row in self.rows.rows if row.id in self.rows.checked]

    def tick(self, ids: Sequence[str]) -> None:
        """Tick exactly these."""
        self.rows.checked = set(ids)
        self.viewport().update()
        self.ticked.emit()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        row: Row | None = now.data(Qt.ItemDataRole.UserRole)
        if row is not None and not self._quiet:
            if not self.selectionModel().isSelected(now):
                # The focus came in, and the list took its first row: then it also looks chosen.
                self.selectionModel().select(now, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.chosen.emit(row.id)

    def _clicked(self, index: QModelIndex) -> None:
        if self.rows.checkable:
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            value = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            self.rows.setData(index, value, Qt.ItemDataRole.CheckStateRole)


def when_activated(view: RowList, act: Callable[[str], Any]) -> None:
    """Call `act` with the row's id on a double click or Enter."""
    view.activated.connect(lambda index: act(index.data(Qt.ItemDataRole.UserRole).id))
