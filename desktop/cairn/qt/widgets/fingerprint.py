"""A fingerprint as people compare it: twelve words in three rows of four, and its QR code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import column, label, show_if
from cairn.qt.widgets.reflow import Beside, Cells


class QrCode(QWidget):
    """A QR code, dark on white in every theme, because cameras expect that."""

    def __init__(self, text: str, name: str) -> None:
        import segno  # imports much, and the start of the program shows no fingerprint

        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        modules = [[bool(cell) for cell in line] for line in segno.make(text, error="m", micro=False).matrix]
        self._image = QImage(len(modules), len(modules), QImage.Format.Format_RGB32)
        self._image.fill(QColor("#FFFFFF"))
        for y, line in enumerate(modules):
            for x, dark in enumerate(line):
                if dark:
                    self._image.setPixelColor(x, y, QColor("#000000"))

    def sizeHint(self) -> QSize:
        edge = theme().px(124)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        quiet = theme().px(8)
        painter.drawImage(self.rect().adjusted(quiet, quiet, -quiet, -quiet), self._image)


class Fingerprint(QWidget):
    """Words to read out, in the order of reading, and the same fingerprint as a QR code.

    Where there is no room for four words in a line, there are fewer, and the code goes below them.
    """

    def __init__(self, words: Sequence[str], fingerprint: str = "") -> None:
        super().__init__()
        cells = Cells(4, across=20)
        font = QFont(self.font())
        font.setPixelSize(theme().px(16))
        font.setWeight(QFont.Weight.DemiBold)
        for word in words:
            cell = label(word)
            cell.setFont(font)
            cells.add(cell)
        self.setAccessibleName(" ".join(words))
        code = QrCode(fingerprint, self.tr("QR code of the fingerprint")) if fingerprint else QWidget()
        show_if(code, bool(fingerprint))
        self.setLayout(column(Beside(cells, code, gap=32)))
