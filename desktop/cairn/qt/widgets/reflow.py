"""Layouts that fold instead of cutting off: at large text and in small windows things go below each other."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from cairn.qt.theme import theme


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return max(item.sizeHint().height(), item.minimumSize().height())


class _Folding(QLayout):
    """What both layouts need: a list of items and a height that follows the width."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        raise NotImplementedError


class Cells(_Folding):
    """Equal cells in rows of `columns`, or of fewer where they would not fit. Order is kept."""

    def __init__(self, columns: int, *, across: int = 8, down: int = 8, stretch: bool = False) -> None:
        """Gaps in design pixels; with `stretch` the cells fill the width."""
        super().__init__()
        self._columns = columns
        self._across = theme().px(across)
        self._down = theme().px(down)
        self._stretch = stretch

    def _cell(self) -> QSize:
        size = QSize(1, 1)
        for item in self._items:
            size = size.expandedTo(item.minimumSize() if self._stretch else item.sizeHint())
            size.setHeight(max(size.height(), item.sizeHint().height()))
        return size

    def columns_in(self, width: int) -> int:
        """How many columns fit into a width."""
        cell = self._cell().width()
        fitting = (width + self._across) // (cell + self._across)
        # Rows that come out even are easier to read out: four, three, two or one.
        return max(1, min(self._columns, fitting))

    def sizeHint(self) -> QSize:
        width = self._columns * (self._cell().width() + self._across) - self._across
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        return self._cell()

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        columns = self.columns_in(rect.width())
        cell = self._cell()
        width = cell.width()
        if self._stretch:
            width = (rect.width() - (columns - 1) * self._across) // columns
        for number, item in enumerate(self._items):
            if move:
                x = rect.x() + number % columns * (width + self._across)
                y = rect.y() + number // columns * (cell.height() + self._down)
                item.setGeometry(QRect(x, y, width, cell.height()))
        lines = -(-len(self._items) // columns)
        return max(0, lines * (cell.height() + self._down) - self._down)


class Beside(_Folding):
    """Two widgets beside each other, the second below the first where the width does not reach."""

    def __init__(
        self, first: QWidget, second: QWidget, *, second_width: int = 0, least: int = 420, gap: int = 20
    ) -> None:
        """`second_width` (0: what it wants) and `least`, the narrowest first part, in design pixels."""
        super().__init__()
        self._gap = theme().px(gap)
        self._least = theme().px(least)
        self._second_width = theme().px(second_width)
        self.addWidget(first)
        self.addWidget(second)

    def _second(self) -> int:
        return self._second_width or self._items[1].sizeHint().width()

    def folded(self, width: int) -> bool:
        """Whether the second goes below the first at this width."""
        least = min(self._least, self._items[0].sizeHint().width()) if not self._second_width else self._least
        return width < least + self._gap + self._second()

    def sizeHint(self) -> QSize:
        width = self._items[0].sizeHint().width() + self._gap + self._second()
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        return QSize(max(item.minimumSize().width() for item in self._items), 1)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        first, second = self._items
        if second.isEmpty():
            height = _height(first, rect.width())
            if move:
                first.setGeometry(QRect(rect.x(), rect.y(), rect.width(), max(height, rect.height())))
            return height
        if self.folded(rect.width()):
            upper = _height(first, rect.width())
            lower_width = rect.width() if self._second_width else min(rect.width(), self._second())
            lower = _height(second, lower_width)
            if move:
                # What is left over goes to the first: it may be a list.
                upper = max(upper, rect.height() - lower - self._gap)
                first.setGeometry(QRect(rect.x(), rect.y(), rect.width(), upper))
                second.setGeometry(QRect(rect.x(), rect.y() + upper + self._gap, lower_width, lower))
            return upper + self._gap + lower
        right = self._second()
        left = rect.width() - right - self._gap
        if not self._second_width:
            left = min(left, first.sizeHint().width())
        high, low = _height(first, left), _height(second, right)
        if move:
            if self._second_width:
                first.setGeometry(QRect(rect.x(), rect.y(), left, max(high, rect.height())))
            else:
                first.setGeometry(QRect(rect.x(), rect.y() + max(0, low - high) // 2, left, high))
            second.setGeometry(QRect(rect.x() + left + self._gap, rect.y(), right, low))
        return max(high, low)


def beside(
    first: QWidget, second: QWidget, *, second_width: int = 0, least: int = 420, gap: int = 20
) -> QWidget:
    """A widget that holds two others in a `Beside` layout."""
    made = QWidget()
    made.setLayout(Beside(first, second, second_width=second_width, least=least, gap=gap))
    return made
