"""Small parts of the viewers: a bar that breaks into lines, a title that may be shortened."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

_GAP = 8


class Bar(QLayout):
    """Controls one after another; what finds no room begins a new line. So nothing is cut off at any text size."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem, /) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect, /) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        width = sum(item.sizeHint().width() + _GAP for item in self._items) - _GAP
        return QSize(max(0, width), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the items out line by line; the height that they take."""
        at, line, placed = QPoint(rect.topLeft()), 0, list[tuple[QLayoutItem, QPoint, QSize]]()
        for item in self._items:
            size = item.sizeHint().expandedTo(item.minimumSize())
            if at.x() > rect.left() and at.x() + size.width() > rect.right() + 1:
                at = QPoint(rect.left(), at.y() + line + _GAP)
                line = 0
            placed.append((item, QPoint(at), size))
            at.setX(at.x() + size.width() + _GAP)
            line = max(line, size.height())
        if move:
            for item, where, size in placed:
                row = max(other.height() for _, place, other in placed if place.y() == where.y())
                box = QRect(where.x(), where.y() + (row - size.height()) // 2, size.width(), size.height())
                item.setGeometry(_mirrored(box, rect, self.parentWidget()))
        return at.y() + line - rect.top()


def _mirrored(box: QRect, inside: QRect, widget: QWidget | None) -> QRect:
    if widget is not None and widget.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        box.moveLeft(inside.left() + inside.right() + 1 - box.right() - 1)
    return box


class Title(QLabel):
    """One line of plain text that is shortened in its middle where room is short; the whole is its tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show `text`; line ends in a name must not make a second line."""
        line = " ".join(text.splitlines())
        self.setText(line)
        # Qt reads a tool tip that looks like markup as markup: so it is markup, with the name escaped.
        self.setToolTip(f"<qt>{escape(line)}</qt>" if line else "")

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 8, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 4, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        self.style().drawItemText(
            painter, self.rect(), int(flags), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
        painter.end()
