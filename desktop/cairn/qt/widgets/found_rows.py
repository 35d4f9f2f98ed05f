"""What a search found, as a list: a line for each thing, and below it each place with the found words marked.

The keys stop at places alone. The list only paints; more is asked for while it is scrolled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cairn.qt.base.theme import theme

Index = QModelIndex | QPersistentModelIndex
LINES = 2
"""Lines that the words around a place have at most."""


@dataclass(frozen=True)
class FoundRow:
    """A line of the list: what was found in something (`pieces` empty), or one place in it."""

    id: str
    title: str
    """Of what the places are in; for a place it is only heard."""
    note: str = ""
    """At the right of a title: how many places. For a place: where it is, in words."""
    pieces: tuple[tuple[str, bool], ...] = ()
    """(text, is a hit) of a place, in order."""
    more: bool = False
    """No place, but the way to more of them; `note` says how many."""
    data: Any = field(default=None, compare=False)

    @property
    def head(self) -> bool:
        """Whether it only stands above its places."""
        return not self.pieces and not self.more


class FoundModel(QAbstractListModel):
    """The lines."""

    more_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[FoundRow] = []
        self.unfinished = False
        """Whether there is more than what is here."""
        self._asked = False

    def set_rows(self, rows: Sequence[FoundRow], *, unfinished: bool) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = list(rows)
        self.unfinished = unfinished
        self._asked = False
        self.endResetModel()

    def add_rows(self, rows: Sequence[FoundRow], *, unfinished: bool) -> None:
        """Show these below."""
        self._asked = False
        self.unfinished = unfinished
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def replace(self, line: int, rows: Sequence[FoundRow]) -> None:
        """Put these in the place of one line."""
        self.beginRemoveRows(QModelIndex(), line, line)
        del self.rows[line]
        self.endRemoveRows()
        self.beginInsertRows(QModelIndex(), line, line + len(rows) - 1)
        self.rows[line:line] = rows
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not self._asked and self.unfinished

    def fetchMore(self, parent: Index) -> None:
        self._asked = True
        self.more_wanted.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].head:
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = "".join(text for text, _ in row.pieces)
            return " · ".join(part for part in (row.title, row.note, words) if part)
        return None


class FoundDelegate(QStyledItemDelegate):
    """Paints the lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: dict[tuple[str, int], int] = {}
        """How many lines the words of a place take, by its id and the width."""

    def forget(self) -> None:
        """Other places are shown from now on."""
        self._lines.clear()

    def _room(self, view: object) -> int:
        width = view.viewport().width() if isinstance(view, QListView) else theme().px(360)
        return max(theme().px(80), width - theme().px(32))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: FoundRow | None = index.data(Qt.ItemDataRole.UserRole)
        px = theme().px
        if row is None or not row.pieces:
            return QSize(px(120), px(36))
        room = self._room(option.widget)
        lines = self._lines.get((row.id, room))
        if lines is None:
            lines = len(_laid(row.pieces, _font(option.font, 14), room))
            self._lines[row.id, room] = lines
        return QSize(px(120), px(8 + 20 * lines + 2 + 17 + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: FoundRow | None = index.data(Qt.ItemDataRole.UserRole)
        if row is None:
            return
        t, px = theme().tokens, theme().px
        rect = QRectF(option.rect)
        painter.save()
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        if row.head:
            painter.fillRect(rect, QColor(t.paper))
        elif here:
            painter.fillRect(rect, QColor(t.accent_soft))
            painter.fillRect(QRectF(rect.left(), rect.top(), px(3), rect.height()), QColor(t.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(t.paper))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(t.line))
        inner = rect.adjusted(px(16), 0, -px(16), 0)
        if row.head:
            self._head(painter, row, inner, option.font)
        elif row.more:
            painter.setPen(QColor(t.accent))
            painter.setFont(_font(option.font, 13))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, row.note)
        else:
            self._place(painter, row, inner, option)
        if (
            option.state & QStyle.StateFlag.State_HasFocus
            and option.state & QStyle.StateFlag.State_KeyboardFocusChange
        ):
            painter.setPen(QColor(t.accent))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), px(6), px(6))
        painter.restore()

    def _head(self, painter: QPainter, row: FoundRow, rect: QRectF, base: QFont) -> None:
        t, px = theme().tokens, theme().px
        title, small = _font(base, 14), _font(base, 12)
        title.setWeight(QFont.Weight.DemiBold)
        count = QFontMetrics(small).horizontalAdvance(row.note)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(t.ink_soft))
        painter.setFont(small)
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignTrailing, row.note)
        painter.setPen(QColor(t.ink))
        painter.setFont(title)
        room = int(rect.width()) - count - px(8)
        text = QFontMetrics(title).elidedText(row.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeading, text)

    def _place(self, painter: QPainter, row: FoundRow, rect: QRectF, option: QStyleOptionViewItem) -> None:
        t, px = theme().tokens, theme().px
        top = rect.top() + px(8)
        painter.setPen(QColor(t.ink))
        for layout in _laid(row.pieces, _font(option.font, 14), self._room(option.widget)):
            layout.draw(painter, QPointF(rect.left(), top))
            top += px(20)
        small = _font(option.font, 12)
        painter.setPen(QColor(t.ink_soft))
        painter.setFont(small)
        where = QFontMetrics(small).elidedText(row.note, Qt.TextElideMode.ElideMiddle, int(rect.width()))
        spot = QRectF(rect.left(), top + px(2), rect.width(), px(17))
        painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, where)


def _font(base: QFont, size: int) -> QFont:
    font = QFont(base)
    font.setPixelSize(theme().px(size))
    return font


def _laid(pieces: Sequence[tuple[str, bool]], font: QFont, room: int) -> list[QTextLayout]:
    """The words in at most `LINES` lines, each laid out by itself; the last ends in … where it goes on."""
    text = "".join(piece for piece, _ in pieces)
    marks, at = [], 0
    for piece, hit in pieces:
        length = len(piece.encode("utf-16-le", "surrogatepass")) // 2
        if hit:
            marks.append((at, length))
        at += length
    whole = _layout(text, font, ())
    starts: list[tuple[int, int]] = []
    whole.beginLayout()
    while len(starts) <= LINES and (line := whole.createLine()).isValid():
        line.setLineWidth(room)
        starts.append((line.textStart(), line.textLength()))
    whole.endLayout()
    units = text.encode("utf-16-le", "surrogatepass")
    made = []
    for number, (start, length) in enumerate(starts[:LINES]):
        last = number == LINES - 1 and len(starts) > LINES
        octets = units[2 * start :] if last else units[2 * start : 2 * (start + length)]
        words = octets.decode("utf-16-le", "surrogatepass")
        if last:
            words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
        here = [(place - start, count) for place, count in marks]
        layout = _layout(words, font, here)
        layout.beginLayout()
        layout.createLine().setLineWidth(room)
        layout.endLayout()
        made.append(layout)
    return made


def _layout(text: str, font: QFont, marks: Sequence[tuple[int, int]]) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    t = theme().tokens
    form = QTextCharFormat()
    form.setBackground(QColor(t.mark))
    form.setForeground(QColor(t.ink))
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    formats = []
    for place, count in marks:
        start, end = max(0, place), min(length, place + count)
        if start < end:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = start, end - start, form
            formats.append(one)
    layout.setFormats(formats)
    return layout


class FoundList(QListView):
    """The list. Moving to a place tells `chosen`; Enter or a double click `entered`; Esc `left`."""

    chosen = Signal(object)
    """The `data` of the place that the person moved to."""
    entered = Signal()
    """The person wants to go on where the place is."""
    left = Signal()
    more_wanted = Signal()
    unfolded = Signal(int)
    """The line at this place, which stands for more places, was pressed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows = FoundModel(self)
        self.rows.more_wanted.connect(self.more_wanted)
        self.setModel(self.rows)
        self._paints = FoundDelegate(self)
        self.setItemDelegate(self._paints)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(self._clicked)
        self.activated.connect(self._activated)

    def set_rows(self, rows: Sequence[FoundRow], *, unfinished: bool) -> None:
        """Show these; the place that was chosen stays chosen where it still is. Tells nobody."""
        kept = self.chosen_row
        self._quiet = True
        self._paints.forget()
        self.rows.set_rows(rows, unfinished=unfinished)
        if kept is not None:
            at = next((at for at, row in enumerate(self.rows.rows) if row.id == kept.id), None)
            if at is not None:
                self.setCurrentIndex(self.rows.index(at))
        self._quiet = False

    @property
    def chosen_row(self) -> FoundRow | None:
        """The place that is chosen."""
        row: FoundRow | None = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row if row is not None and row.pieces else None

    def step(self, by: int) -> None:
        """Go to the next place, or the one before; the first where none is chosen."""
        at, rows = self.currentIndex().row(), self.rows.rows
        at = at + by if at >= 0 else 0
        while 0 <= at < len(rows) and not rows[at].pieces:
            at += by
        if 0 <= at < len(rows):
            self.setCurrentIndex(self.rows.index(at))

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        row: FoundRow | None = now.data(Qt.ItemDataRole.UserRole)
        if row is None or self._quiet or row.head:
            return
        if not self.selectionModel().isSelected(now):
            self.selectionModel().select(now, self.selectionModel().SelectionFlag.ClearAndSelect)
        if row.pieces:
            self.chosen.emit(row.data)

    def _clicked(self, index: QModelIndex) -> None:
        row: FoundRow = index.data(Qt.ItemDataRole.UserRole)
        if row.more:
            self.unfolded.emit(index.row())
        elif row.pieces:
            # Also where it was chosen already: the text may show another place by now.
            self.chosen.emit(row.data)

    def _activated(self, index: QModelIndex) -> None:
        row: FoundRow = index.data(Qt.ItemDataRole.UserRole)
        if row.more:
            self.unfolded.emit(index.row())
        elif row.pieces:
            self.entered.emit()

    def keyPressEvent(self, event: Any) -> None:
        first = next((at for at, row in enumerate(self.rows.rows) if row.pieces), -1)
        if event.key() == Qt.Key.Key_Escape or (
            event.key() == Qt.Key.Key_Up and self.currentIndex().row() == first
        ):
            self.left.emit()
        else:
            super().keyPressEvent(event)
