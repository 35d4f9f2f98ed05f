"""Dropping files: on a marked zone, or anywhere on a widget."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cairn.qt.base.files import local_paths
from cairn.qt.base.icons import icon
from cairn.qt.base.theme import theme
from cairn.qt.widgets.basic import column, label, row


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files that are being dragged."""
    return local_paths(data.urls())


class FileDrop(QObject):
    """Lets a widget take files that are dropped on it."""

    hovered = Signal(bool)
    dropped = Signal(list)

    def __init__(self, widget: QWidget, can_take: Callable[[], bool] = lambda: True) -> None:
        """Nothing is accepted while `can_take` says no."""
        super().__init__(widget)
        self._can_take = can_take
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if dropped_files(event.mimeData()) and self._can_take():
                event.acceptProposedAction()
                self.hovered.emit(True)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.hovered.emit(False)
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.hovered.emit(False)
            files = dropped_files(event.mimeData())
            if files and self._can_take():
                event.acceptProposedAction()
                self.dropped.emit(files)
            return True
        return False


class DropZone(QWidget):
    """A dashed frame: an icon, a sentence, and whatever button does the same without a mouse."""

    dropped = Signal(list)

    def __init__(self, sentence: str, *parts: QWidget, glyph: str = "take-in") -> None:
        super().__init__()
        self._over = False
        mark = QLabel()
        mark.setPixmap(icon(glyph, "ink_soft").pixmap(QSize(theme().px(28), theme().px(28))))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = label(sentence, "soft", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines = [row(None, part, None) for part in parts]
        self.setLayout(column(None, mark, words, *lines, None, space=12, margin=16))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        drop = FileDrop(self)
        drop.hovered.connect(self._hover)
        drop.dropped.connect(self.dropped)

    def _hover(self, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(t.accent if self._over else t.control_line), 2 if self._over else 1)
        pen.setStyle(Qt.PenStyle.SolidLine if self._over else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(t.accent_soft if self._over else t.paper))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), theme().px(10), theme().px(10))
