"""A piece of a text with the word in it that it is shown for: marked by ground and weight, and whole in what is heard."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from cairn.qt.base.theme import theme


class Snippet(QWidget):
    """Plain text in as many lines as it needs; `word` stands between `before` and `after`."""

    def __init__(self, before: str, word: str, after: str) -> None:
        super().__init__()
        self._begins, self._length = len(before.encode("utf-16-le")) // 2, len(word.encode("utf-16-le")) // 2
        self.text = f"{before}{word}{after}"
        self.setAccessibleName(self.text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        font = QFont(self.font())
        made = QTextLayout(self.text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        made.setTextOption(option)
        marked = QTextLayout.FormatRange()
        marked.start, marked.length = self._begins, self._length
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontUnderline(True)
        marked.format = look
        made.setFormats([marked])
        made.beginLayout()
        height = 0.0
        while (line := made.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        made.endLayout()
        return made, math.ceil(height) + 1

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(width)[1]

    def sizeHint(self) -> QSize:
        width = theme().px(320)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(theme().tokens.ink))
        made, _ = self._laid_out(self.width())
        made.draw(painter, QPointF(0, 0))
        painter.setPen(Qt.PenStyle.NoPen)
