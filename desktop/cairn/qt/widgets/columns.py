"""A list in columns: cells beside each other, a heading above each that sorts, a box before each row to choose many.

The same `RowList` shows its rows so or in two lines: `ColumnsDelegate` paints a row's `cells` where `Columns` puts them,
and `ColumnHeads` stands above with a button for each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cairn.qt.base.icons import paint
from cairn.qt.base.theme import theme
from cairn.qt.widgets.chip import chip_colours, chip_font
from cairn.qt.widgets.row_model import Index, Row

HEIGHT = 40
_EDGE, _BOX, _GAP = 24, 42, 12


@dataclass(frozen=True)
class Column:
    """One column: its heading, how wide it is, and from which width of the list on it is shown, in design pixels."""

    name: str
    word: str
    width: int = 0
    """0: it takes what the others leave."""
    least: int = 0
    chips: bool = False
    """It shows the row's chips; its cell as one, where there are none."""


class Columns:
    """Where columns stand in a list of some width."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)

    def spots(self, width: int) -> list[tuple[int, Column, int, int]]:
        """(number, column, left, width) of those that have room, from where reading begins."""
        px = theme().px
        shown = [(n, each) for n, each in enumerate(self.columns) if width >= px(each.least)]
        fixed = sum(px(each.width) for _, each in shown) + px(_GAP) * (len(shown) - 1)
        rest = max(px(80), width - px(_EDGE + _BOX + _EDGE) - fixed)
        found, left = [], px(_EDGE + _BOX)
        for number, each in shown:
            wide = px(each.width) or rest
            found.append((number, each, left, wide))
            left += wide + px(_GAP)
        return found


def box_spot(height: int, top: int = 0) -> QRect:
    """The box at the beginning of a row."""
    px = theme().px
    return QRect(px(_EDGE), top + (height - px(18)) // 2, px(18), px(18))


def draw_box(painter: QPainter, box: QRect, ticked: bool | None) -> None:
    """A box: ticked, empty, or (None) for some of all."""
    t, px = theme().tokens, theme().px
    filled = ticked is not False
    painter.setPen(QColor(t.accent if filled else t.control_line))
    painter.setBrush(QColor(t.accent if filled else t.surface))
    painter.drawRoundedRect(QRectF(box), px(4), px(4))
    if ticked:
        paint(painter, "check", QRectF(box).adjusted(2, 2, -2, -2), t.on_accent)
    elif ticked is None:
        middle = QRectF(box.left() + px(4), box.center().y() - px(1) + 0.5, box.width() - px(8), px(2))
        painter.fillRect(middle, QColor(t.on_accent))
    painter.setBrush(Qt.BrushStyle.NoBrush)


class ColumnsDelegate(QStyledItemDelegate):
    """Paints a row in columns. A click on the box, or the space bar, ticks; a click elsewhere only goes there."""

    def __init__(self, parent: QObject, columns: Columns) -> None:
        super().__init__(parent)
        self._columns = columns

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(120), theme().px(HEIGHT))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() != Qt.Key.Key_Space:
                return False
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            box = self._seen(option, box_spot(option.rect.height(), option.rect.top()))
            reach = theme().px(10)
            if not box.adjusted(-reach, -reach, reach, reach).contains(event.position().toPoint()):
                return False
        else:
            return False
        if index.data(Qt.ItemDataRole.UserRole) is None:
            return False
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        value = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        return model.setData(index, value, Qt.ItemDataRole.CheckStateRole)

    @staticmethod
    def _seen(option: QStyleOptionViewItem, spot: QRect) -> QRect:
        return QStyle.visualRect(option.direction, option.rect, spot.translated(option.rect.left(), 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, px = theme().tokens, theme().px
        row: Row | None = index.data(Qt.ItemDataRole.UserRole)
        rect, state = option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        ticked = checked is not None and Qt.CheckState(checked) == Qt.CheckState.Checked
        if ticked:
            painter.fillRect(rect, QColor(t.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(t.paper))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), QColor(t.line))
        draw_box(painter, self._seen(option, box_spot(rect.height(), rect.top())), ticked)
        for number, column, left, width in self._columns.spots(rect.width()):
            spot = self._seen(option, QRect(left, rect.top(), width, rect.height()))
            if row is None:
                if number == 0:
                    self._cell(painter, option, spot, "…", t.ink_soft)
            elif column.chips:
                shown = row.chips or tuple((word, "neutral") for word in row.cells[number : number + 1])
                self._chips(painter, option, spot, shown, ticked)
            elif number < len(row.cells):
                self._cell(painter, option, spot, row.cells[number], t.ink)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(self._seen(option, QRect(0, rect.top(), px(3), rect.height())), QColor(t.accent))
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))
        painter.restore()

    @staticmethod
    def _cell(painter: QPainter, option: QStyleOptionViewItem, spot: QRect, text: str, ink: str) -> None:
        font = QFont(option.font)
        font.setPixelSize(theme().px(14))
        painter.setFont(font)
        painter.setPen(QColor(ink))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, spot.width())
        begin = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | begin, shown)

    @staticmethod
    def _chips(
        painter: QPainter,
        option: QStyleOptionViewItem,
        spot: QRect,
        chips: Sequence[tuple[str, str]],
        ticked: bool,
    ) -> None:
        t, px = theme().tokens, theme().px
        font = chip_font(option.font)
        metrics = QFontMetrics(font)
        left = 0
        for number, (full, tone) in enumerate(chips):
            room = spot.width() - left - px(16)
            if number and room < metrics.horizontalAdvance(full):
                break
            word = metrics.elidedText(full, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(word) + px(16)
            place = QRect(spot.left() + left, spot.center().y() - px(10), width, px(20))
            place = QStyle.visualRect(option.direction, spot, place)
            back, ink = chip_colours(tone, t)
            if ticked and back == t.accent_soft:
                back = t.surface
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(back))
            painter.drawRoundedRect(QRectF(place), px(10), px(10))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(ink))
            painter.setFont(font)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)
            left += width + px(6)


class _Head(QAbstractButton):
    """A heading: its word, and an arrow where the list is sorted by it."""

    def __init__(self, parent: QWidget, word: str) -> None:
        super().__init__(parent)
        self.setText(word)
        self.sorted = 0
        """1 upwards, -1 downwards, 0 not by this."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, px = theme().tokens, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(px(12))
        font.setWeight(QFont.Weight.DemiBold if self.sorted else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(t.ink if self.sorted or self.underMouse() else t.ink_soft))
        arrow = px(16) if self.sorted else 0
        metrics = QFontMetrics(font)
        word = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - arrow)
        begin = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | begin, word)
        if self.sorted:
            after = QRect(
                metrics.horizontalAdvance(word) + px(4), (self.height() - px(12)) // 2, px(12), px(12)
            )
            spot = QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), after))
            paint(painter, "chevron-up" if self.sorted > 0 else "chevron-down", spot, t.ink)
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 5, -1, -5), px(4), px(4))


class _AllBox(QAbstractButton):
    """The box above the boxes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ticked: bool | None = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect((self.width() - px(18)) // 2, (self.height() - px(18)) // 2, px(18), px(18))
        draw_box(painter, box, self.ticked)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme().tokens.accent), 2))
            painter.drawRoundedRect(QRectF(box).adjusted(-3, -3, 3, 3), px(6), px(6))


class ColumnHeads(QWidget):
    """The headings above a list in columns."""

    sort_wanted = Signal(str)
    """Name of a column."""
    all_wanted = Signal()
    """The box above the boxes was pressed."""

    def __init__(
        self, view: QAbstractScrollArea, columns: Columns, name: Callable[[str], str], all_name: str
    ) -> None:
        """`name` makes of a heading's word what a screen reader says."""
        super().__init__()
        self._view = view
        self._columns = columns
        self._name = name
        self.all = _AllBox(self)
        self.all.setAccessibleName(all_name)
        self.all.clicked.connect(lambda _checked=False: self.all_wanted.emit())
        self.heads = {each.name: _Head(self, each.word) for each in columns.columns}
        for key, head in self.heads.items():
            head.clicked.connect(lambda _checked=False, key=key: self.sort_wanted.emit(key))
        self.setFixedHeight(theme().px(34))
        view.viewport().installEventFilter(self)
        self.show_sorted("", upwards=True)

    def show_sorted(self, by: str, *, upwards: bool, said: str = "") -> None:
        """Mark the column that the list is sorted by; `said` tells it to a screen reader."""
        for key, head in self.heads.items():
            head.sorted = (1 if upwards else -1) if key == by else 0
            head.setAccessibleName(self._name(head.text()))
            head.setAccessibleDescription(said if key == by else "")
            head.update()

    def show_ticked(self, ticked: bool | None) -> None:
        """All, none, or (None) some are ticked."""
        self.all.ticked = ticked
        self.all.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        width, whole = self._view.viewport().width(), self.rect()
        whole.setWidth(width)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            whole.moveRight(self.width() - 1)
        reach = theme().px(6)
        box = box_spot(self.height()).adjusted(-reach, -reach, reach, reach)
        self.all.setGeometry(
            QStyle.visualRect(self.layoutDirection(), whole, box.translated(whole.left(), 0))
        )
        shown = {each.name: (left, wide) for _, each, left, wide in self._columns.spots(width)}
        for key, head in self.heads.items():
            head.setVisible(key in shown)
            if key in shown:
                left, wide = shown[key]
                spot = QRect(whole.left() + left, 0, wide, self.height())
                head.setGeometry(QStyle.visualRect(self.layoutDirection(), whole, spot))
