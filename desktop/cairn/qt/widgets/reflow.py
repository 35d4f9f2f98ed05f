"""Widgets that fold instead of cutting off: at large text and in small windows parts go below each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget, QWidgetItem

from cairn.qt.base.theme import theme


def page_margin() -> int:
    """The edge of a page in design pixels: large text keeps the room for itself."""
    return 32 if theme().scale <= 125 else 14


def _height(item: QWidgetItem, width: int) -> int:
    if item.hasHeightForWidth():
        return max(item.heightForWidth(width), item.minimumSize().height())
    return max(item.sizeHint().height(), item.minimumSize().height())


class _Folding(QWidget):
    """What both have in common: a list of parts, and a height that follows the width."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QWidgetItem] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget) -> None:
        """One more part, at the end."""
        part.setParent(self)
        self._items.append(QWidgetItem(part))

    def take(self, part: QWidget) -> None:
        """Without this part; it is gone."""
        self._items = [item for item in self._items if item.widget() is not part]
        part.hide()
        part.deleteLater()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.rect(), move=True)

    def showEvent(self, event: QShowEvent) -> None:
        """The parts have their style only now, and with it their size: hidden, nobody told this widget."""
        super().showEvent(event)
        self.updateGeometry()
        self._arrange(self.rect(), move=True)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange(self.rect(), move=True)
            return True
        return super().event(event)

    def _put(self, item: QWidgetItem, place: QRect) -> None:
        """Move a part to its place, counted from where reading begins."""
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            place.moveRight(self.width() - 1 - place.left())
        item.setGeometry(place)

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
        fitting = (width + self._across) // (self._cell().width() + self._across)
        return max(1, min(self._columns, fitting))

    def sizeHint(self) -> QSize:
        width = self._columns * (self._cell().width() + self._across) - self._across
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return self._cell()

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        columns = self.columns_in(rect.width())
        cell = self._cell()
        width = cell.width()
        if self._stretch:
            width = (rect.width() - (columns - 1) * self._across) // columns
        for number, item in enumerate(self._items):
            if move:
                x = number % columns * (width + self._across)
                y = number // columns * (cell.height() + self._down)
                self._put(item, QRect(x, y, width, cell.height()))
        lines = -(-len(self._items) // columns)
        return max(0, lines * (cell.height() + self._down) - self._down)


class Beside(_Folding):
    """Two parts beside each other, the second below the first where the width does not reach.

    With a `second_width` the first takes the rest of the width and all of the height; without, both are
    as wide as they like and stand in the middle of the line.
    """

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        *,
        second_width: int = 0,
        least: int = 420,
        gap: int = 20,
        even: bool = False,
    ) -> None:
        """`second_width` and `least`, the narrowest first part beside it, in design pixels.

        With `even` both are of the same height while they stand beside each other.
        """
        super().__init__()
        self._even = even
        self._gap = theme().px(gap)
        self._least = theme().px(least)
        self._fixed = theme().px(second_width)
        self.add(first)
        self.add(second)

    def _second(self) -> int:
        return self._fixed or self._items[1].sizeHint().width()

    def folded(self, width: int) -> bool:
        """Whether the second goes below the first at this width."""
        first = self._items[0].sizeHint().width()
        return width < (self._least if self._fixed else first) + self._gap + self._second()

    def sizeHint(self) -> QSize:
        width = self._items[0].sizeHint().width() + self._gap + self._second()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(max(item.minimumSize().width() for item in self._items), 1)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        first, second = self._items
        width, height = rect.width(), rect.height()
        if second.isEmpty():
            upper = _height(first, width)
            if move:
                self._put(first, QRect(0, 0, width, max(upper, height)))
            return upper
        if self.folded(width):
            lower_width = width if self._fixed else min(width, self._second())
            upper, lower = _height(first, width), _height(second, lower_width)
            if move:
                if self._fixed:
                    # What is left over goes to the first: it may be a list.
                    upper = max(upper, height - lower - self._gap)
                self._put(first, QRect(0, 0, width, upper))
                self._put(second, QRect(0, upper + self._gap, lower_width, lower))
            return upper + self._gap + lower
        right = self._second()
        left = width - right - self._gap
        if not self._fixed:
            left = min(left, first.sizeHint().width())
        high, low = _height(first, left), _height(second, right)
        if move:
            if self._fixed:
                self._put(first, QRect(0, 0, left, max(high, height)))
            else:
                self._put(first, QRect(0, max(0, low - high) // 2, left, high))
            self._put(
                second, QRect(left + self._gap, 0, right, max(low, high, height) if self._even else low)
            )
        return max(high, low)


class Ends(_Folding):
    """Two parts at the two ends of a line, as a heading and its button; the second goes below without room."""

    def __init__(self, first: QWidget, second: QWidget, *, gap: int = 8, least: int = 0) -> None:
        """`gap` in design pixels, and `least` where the first may be narrower than it likes, down to that."""
        super().__init__()
        self._gap = theme().px(gap)
        self._least = theme().px(least)
        self._below = False
        self.add(first)
        self.add(second)

    def set_below(self, below: bool) -> None:
        """The second goes below the first, also where there is room."""
        self._below = below
        self.updateGeometry()
        self._arrange(self.rect(), move=True)

    def sizeHint(self) -> QSize:
        first, second = (item.sizeHint().width() for item in self._items)
        width = first + (self._gap + second if not self._items[1].isEmpty() else 0)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(max(item.minimumSize().width() for item in self._items), 1)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        first, second = self._items
        width = rect.width()
        if second.isEmpty():
            height = _height(first, width)
            if move:
                self._put(first, QRect(0, 0, width, max(height, rect.height())))
            return height
        last = min(second.sizeHint().width(), width)
        low = second.sizeHint().height()
        room = width - last - self._gap
        if self._below or (self._least or first.sizeHint().width()) > room:
            high = _height(first, width)
            if move:
                self._put(first, QRect(0, 0, width, high))
                self._put(second, QRect(0, high + self._gap, last, low))
            return high + self._gap + low
        high = _height(first, room)
        height = max(high, low)
        if move:
            self._put(first, QRect(0, (height - high) // 2, room, high))
            self._put(second, QRect(width - last, (height - low) // 2, last, low))
        return height


class Flow(_Folding):
    """Parts of their own size in a line, going on in the next one where the width ends: a row of buttons."""

    def __init__(self, *parts: QWidget, gap: int = 8, centred: bool = False) -> None:
        """`gap` in design pixels; lines begin where reading does, or are `centred`."""
        super().__init__()
        self._gap = theme().px(gap)
        self._centred = centred
        for part in parts:
            self.add(part)

    def _parts(self) -> list[tuple[QWidgetItem, QSize]]:
        """What is shown, each with the size that it wants: asked once, for a layout asks for all of this often."""
        return [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[tuple[int, list[tuple[QWidgetItem, QSize]]]]:
        """The lines, each with its width."""
        lines: list[tuple[int, list[tuple[QWidgetItem, QSize]]]] = []
        for item, wanted in self._parts():
            longer = lines[-1][0] + self._gap + wanted.width() if lines else 0
            if lines and longer <= width:
                lines[-1] = (longer, [*lines[-1][1], (item, wanted)])
            else:
                lines.append((wanted.width(), [(item, wanted)]))
        return lines

    def sizeHint(self) -> QSize:
        parts = self._parts()
        across = sum(wanted.width() for _, wanted in parts) + max(0, len(parts) - 1) * self._gap
        width = max(1, across)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(max((item.minimumSize().width() for item in self._items), default=1), 1)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = height = 0
        for across, line in self._lines(rect.width()):
            y += height + (self._gap if height else 0)
            height = max(wanted.height() for _, wanted in line)
            x = max(0, rect.width() - across) // 2 if self._centred else 0
            for item, wanted in line:
                width = min(wanted.width(), rect.width())
                if move:
                    self._put(item, QRect(x, y, width, wanted.height()))
                x += width + self._gap
        return y + height
