"""Panes as high as what is in them: one that scrolls where there is no room for that, and one of several pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from cairn.qt.base.theme import theme


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


class OneOf(QStackedWidget):
    """One of several pages, as high as that one needs: the highest does not make the others scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _index: self.updateGeometry())

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        if page is None:
            return QSize()
        need = page.minimumSizeHint().expandedTo(page.minimumSize())
        layout = page.layout()
        if layout is not None and layout.hasHeightForWidth():
            need.setHeight(max(page.minimumHeight(), layout.totalMinimumHeightForWidth(self.width())))
        return need

    def hasHeightForWidth(self) -> bool:
        """Never: who lays this out would ask its layout then, which answers for the highest page."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
