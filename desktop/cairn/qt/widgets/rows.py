"""Lists of rows: a title, one soft line, a chip at the right; 56 pixels high, as many as there are.

Rows are fetched a page at a time while the list is scrolled, so ten thousand of them open as fast
as ten. The list only paints; it keeps no widget per row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
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
)

from cairn.qt.base.icons import paint
from cairn.qt.base.theme import theme
from cairn.qt.widgets.chip import chip_colours, chip_font
from cairn.qt.widgets.columns import Columns, ColumnsDelegate
from cairn.qt.widgets.long_rows import LongModel
from cairn.qt.widgets.row_model import Index, Row, RowModel


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
    """A list of `Row`s. Enter or a click chooses; with `checkable` the space bar and a click tick.

    A `long` one has rows by their place in an order, read as they are looked at (`long_rows.py`).
    """

    chosen = Signal(str)
    """Id of the row that the person opened or moved to."""
    ticked = Signal()
    more_wanted = Signal()

    def __init__(self, name: str, *, checkable: bool = False, long: bool = False) -> None:
        super().__init__()
        # Whoever makes a long one gets a model with more to ask.
        self.rows: Any = LongModel(self) if long else RowModel(self)
        self.rows.checkable = checkable
        self.rows.more_wanted.connect(self.more_wanted)
        self.rows.dataChanged.connect(self._changed)
        self.setModel(self.rows)
        self._lines = RowDelegate(self)
        self._in_columns = False
        self._waits = False
        """The person went to a row that is being read."""
        self.setItemDelegate(self._lines)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(long)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(self._clicked)

    def show_in_columns(self, columns: Columns | None) -> None:
        """In columns, with a box before each row; or in lines again, without. What is ticked stays ticked."""
        self._in_columns = columns is not None
        self.rows.checkable = self._in_columns
        self.setItemDelegate(ColumnsDelegate(self, columns) if columns is not None else self._lines)
        # All rows are of another height now.
        self.doItemsLayout()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def set_order(self, order: Sequence[int], rows: Sequence[tuple[int, Row]]) -> None:
        """Of a long list: show these; what was chosen stays chosen where it is still there. Tells nobody."""
        chosen = self.chosen_id
        self._quiet, self._waits = True, False
        self.rows.set_order(order, rows)
        if chosen:
            self.choose(chosen)
        self._quiet = False

    def places_seen(self) -> range:
        """The places that can be seen now."""
        first = self.indexAt(QPoint(1, 1))
        last = self.indexAt(QPoint(1, self.viewport().height() - 2))
        if not first.isValid():
            return range(0)
        return range(first.row(), (last.row() if last.isValid() else self.rows.rowCount() - 1) + 1)

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
        place = self.rows.place_of(row_id)
        if place < 0:
            return False
        before, self._quiet = self._quiet, not tell
        index = self.rows.index(place)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self._quiet = before
        return True

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
        self._waits = row is None and now.isValid()
        if row is not None and not self._quiet:
            if not self.selectionModel().isSelected(now):
                # The focus came in, and the list took its first row: then it also looks chosen.
                self.selectionModel().select(now, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.chosen.emit(row.id)

    def _changed(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int]) -> None:
        now = self.currentIndex()
        if self._waits and first.row() <= now.row() <= last.row():
            self._moved(now, now)
        if not roles or Qt.ItemDataRole.CheckStateRole in roles:
            self.ticked.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if self.rows.checkable and not self._in_columns:
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            value = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            self.rows.setData(index, value, Qt.ItemDataRole.CheckStateRole)


def when_activated(view: RowList, act: Callable[[str], Any]) -> None:
    """Call `act` with the row's id on a double click or Enter."""
    view.activated.connect(lambda index: act(index.data(Qt.ItemDataRole.UserRole).id))
