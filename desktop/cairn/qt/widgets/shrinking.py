"""A pane as high as what is in it, and lower, with a scroll bar, where there is no room for that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from cairn.qt.theme import theme


class Shrinking(QScrollArea):
    """Scrolls up and down, never sideways. `least` is its lowest height in design pixels."""

    def __init__(self, content: QWidget, *, least: int = 96) -> None:
        super().__init__()
        self._least = least
        self._content = content
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        content.setProperty("surface", "clear")
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.installEventFilter(self)

    def _whole(self) -> int:
        content = self._content
        width = self.viewport().width()
        return content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), max(self._whole(), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), min(theme().px(self._least), max(self._whole(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        if self._content.width() != width:
            # The scroll bar has come or gone, and the area has not told what is in it.
            self._content.resize(width, max(self.viewport().height(), self._whole()))
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
