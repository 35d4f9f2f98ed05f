"""A line to search with: the glass before the words, a cross after them; both grow with the text."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from cairn.qt.base.icons import paint
from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import icon_button


class SearchLine(QLineEdit):
    """Qt's own icons in a line stay as small as they are at the smallest text."""

    def __init__(self, name: str) -> None:
        """`name` is also what stands in the empty line."""
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setTextMargins(theme().px(24), 0, theme().px(24), 0)
        self._empty = icon_button("cross", self.tr("Empty the search"), self.clear)
        self._empty.setParent(self)
        self._empty.hide()
        self.textChanged.connect(lambda text: self._empty.setVisible(bool(text)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = min(self.height(), self._empty.sizeHint().width())
        self._empty.setGeometry(self.width() - side, (self.height() - side) // 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme().px(16)
        spot = QRectF(theme().px(11), (self.height() - size) / 2, size, size)
        paint(painter, "search", spot, theme().tokens.ink_soft)
