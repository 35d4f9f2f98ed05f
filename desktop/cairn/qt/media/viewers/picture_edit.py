"""A picture on which rectangles are drawn that will be black in its copy, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QTransform
from PySide6.QtWidgets import QWidget

from cairn.app.files.photos import Box
from cairn.qt.base.theme import theme
from cairn.qt.media.viewers.canvas import Canvas, Fit

_SMALLEST = 4
"""Shortest edge of a rectangle, in pixels of the picture: less is a slip of the hand."""
_STEP = 20
"""An arrow key moves a rectangle by this part of the picture's shorter edge."""
_REACH = 10
"""A corner can be taken hold of from this far, in points of the screen."""
_HANDLE = 8
"""Edge of the little square on a corner, in points of the screen."""


def _area(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)


def _corners(area: QRectF) -> tuple[QPointF, ...]:
    """Of a rectangle, each opposite of the one after the next."""
    return area.topLeft(), area.topRight(), area.bottomRight(), area.bottomLeft()


class EditCanvas(Canvas):
    """Dragging draws a rectangle, moves one by its inside and changes the size of the chosen one by a corner.
    B adds one in the middle, N chooses the next, arrows move the chosen one, with Shift they change its size,
    Delete removes it, R turns, Ctrl+Z and Ctrl+Y undo and redo."""

    edited = Signal()
    """Rectangles or turn have changed, or another rectangle is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Fit.WHOLE, parent)
        self._boxes: list[Box] = []
        self._chosen_box = -1
        self._done: list[tuple[tuple[Box, ...], int]] = []
        self._undone: list[tuple[tuple[Box, ...], int]] = []
        self._from: QPointF | None = None
        self._to = QPointF()
        self._gripped: QRectF | None = None
        self._corner = -1
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The rectangles, in pixels of the upright picture."""
        return tuple(self._boxes)

    @property
    def turns(self) -> int:
        """Quarter turns to the right."""
        return self.turned // 90

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._undone)

    @property
    def chosen_box(self) -> int:
        """Index of the rectangle that keys act on, or -1."""
        return self._chosen_box

    def clear(self) -> None:
        self._boxes, self._chosen_box, self._from, self._gripped = [], -1, None, None
        self._done, self._undone = [], []
        super().clear()
        self.edited.emit()

    def restore(self, boxes: Sequence[Box], turns: int) -> None:
        """Take up what was drawn on this picture earlier; steps before it can't be taken back."""
        self._boxes, self._chosen_box = list(boxes), len(boxes) - 1
        self._done, self._undone = [], []
        while self.turns != turns % 4:
            super().turn()
        self._changed()

    def turn(self) -> None:
        """A quarter turn to the right, of the copy."""
        self._keep()
        super().turn()
        self.edited.emit()

    def undo(self) -> None:
        """Take back the last step."""
        self._go(self._done, self._undone)

    def redo(self) -> None:
        """Do the step again that was taken back."""
        self._go(self._undone, self._done)

    def add_in_middle(self) -> None:
        """A rectangle in the middle of the picture, a quarter of it wide and high."""
        width, height = self.full.width(), self.full.height()
        self._add(QRectF(width * 3 / 8, height * 3 / 8, width / 4, height / 4))

    def choose_next(self) -> None:
        """Choose the next rectangle."""
        if self._boxes:
            self._chosen_box = (self._chosen_box + 1) % len(self._boxes)
            self._changed()

    def remove_box(self) -> None:
        """Remove the chosen rectangle, or the last one."""
        if self._boxes:
            self._keep()
            del self._boxes[self._chosen_box]
            self._chosen_box = len(self._boxes) - 1
            self._changed()

    def _keep(self) -> None:
        """Remember how it is, before a step."""
        self._done.append((self.boxes, self.turned))
        self._undone.clear()

    def _go(
        self, source: list[tuple[tuple[Box, ...], int]], target: list[tuple[tuple[Box, ...], int]]
    ) -> None:
        if not source:
            return
        target.append((self.boxes, self.turned))
        boxes, turned = source.pop()
        self._boxes = list(boxes)
        self._chosen_box = len(boxes) - 1
        self.turn_to(turned)
        self._changed()

    def _changed(self) -> None:
        self.viewport().update()
        self.edited.emit()

    def _add(self, area: QRectF) -> None:
        box = self._box(area)
        if box is not None:
            self._keep()
            self._boxes.append(box)
            self._chosen_box = len(self._boxes) - 1
            self._changed()

    def _box(self, area: QRectF) -> Box | None:
        """`area` in whole pixels that lie in the picture; what is touched is covered."""
        whole = QRect(0, 0, round(self.full.width()), round(self.full.height()))
        inside = area.toAlignedRect().intersected(whole)
        if inside.width() < _SMALLEST or inside.height() < _SMALLEST:
            return None
        return Box(inside.left(), inside.top(), inside.right() + 1, inside.bottom() + 1)

    def _move(self, across: int, down: int, *, size: bool) -> None:
        """Move the chosen rectangle by steps as they are seen on the screen, or change its size."""
        if not 0 <= self._chosen_box < len(self._boxes):
            return
        step = max(1, min(self.full.width(), self.full.height()) / _STEP)
        for _ in range(self.turns):
            across, down = down, -across
        area = _area(self._boxes[self._chosen_box])
        moved = (
            area.adjusted(0, 0, across * step, down * step)
            if size
            else area.translated(across * step, down * step)
        )
        self._replace(moved.normalized())

    def _replace(self, area: QRectF) -> None:
        """The chosen rectangle gets another place or size."""
        found = self._box(area)
        if found is not None and found != self._boxes[self._chosen_box]:
            self._keep()
            self._boxes[self._chosen_box] = found
        self._changed()

    def _in_picture(self, at: QPointF) -> QPointF:
        place, target = self.placement()
        back, _ = place.inverted()
        found = back.map(at) - target.topLeft()
        return QPointF(found.x() / self.scale, found.y() / self.scale)

    def _hold_at(self, point: QPointF) -> tuple[int, int]:
        """Index of the rectangle at a point of the picture, or -1, and the number of its corner, or -1."""
        reach = _REACH / self.scale
        if 0 <= self._chosen_box < len(self._boxes):
            for corner, at in enumerate(_corners(_area(self._boxes[self._chosen_box]))):
                if max(abs(at.x() - point.x()), abs(at.y() - point.y())) <= reach:
                    return self._chosen_box, corner
        for index in reversed(range(len(self._boxes))):
            if _area(self._boxes[index]).contains(point):
                return index, -1
        return -1, -1

    def _dragged(self) -> QRectF:
        """What the hand draws now: a new rectangle, or the gripped one in another place or size."""
        start = self._from or self._to
        if self._gripped is None:
            return QRectF(start, self._to).normalized()
        by = self._to - start
        if self._corner >= 0:
            corners = _corners(self._gripped)
            return QRectF(corners[(self._corner + 2) % 4], corners[self._corner] + by).normalized()
        # It stays in the picture with its whole size.
        across = min(max(by.x(), -self._gripped.left()), self.full.width() - self._gripped.right())
        down = min(max(by.y(), -self._gripped.top()), self.full.height() - self._gripped.bottom())
        return self._gripped.translated(across, down)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self.full.isEmpty():
            return
        self._from = self._to = self._in_picture(event.position())
        index, self._corner = self._hold_at(self._from)
        self._gripped = _area(self._boxes[index]) if index >= 0 else None
        if index >= 0:
            self._chosen_box = index
            self._changed()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._in_picture(event.position()) if not self.full.isEmpty() else QPointF()
        if self._from is None:
            self._show_hold(*self._hold_at(at))
            return
        self._to = at
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        self._to = self._in_picture(event.position())
        area, gripped = self._dragged(), self._gripped
        self._from = self._gripped = None
        if gripped is None:
            self._add(area)
        elif area != gripped:
            self._replace(area)
        self.viewport().update()

    def _show_hold(self, index: int, corner: int) -> None:
        """The pointer tells what dragging would do here."""
        shape = Qt.CursorShape.CrossCursor
        if corner >= 0:
            falling = (corner % 2 == 0) == (self.turns % 2 == 0)
            shape = Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor
        elif index >= 0:
            shape = Qt.CursorShape.SizeAllCursor
        self.viewport().setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        arrows = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if control and key == Qt.Key.Key_Z:
            (self.redo if shift else self.undo)()
        elif control and key == Qt.Key.Key_Y:
            self.redo()
        elif not control and key == Qt.Key.Key_B:
            self.add_in_middle()
        elif not control and key == Qt.Key.Key_N:
            self.choose_next()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_box()
        elif key in arrows and self._chosen_box >= 0:
            self._move(*arrows[key], size=shift)
        else:
            super().keyPressEvent(event)

    def paint_over(self, painter: QPainter) -> None:
        place, target = self.placement()
        moved = QTransform(place).translate(target.left(), target.top())
        painter.setTransform(moved.scale(self.scale, self.scale))
        chosen: QRectF | None = None
        for index, box in enumerate(self._boxes):
            gripped = index == self._chosen_box
            area = self._dragged() if gripped and self._gripped is not None else _area(box)
            painter.fillRect(area, Qt.GlobalColor.black)
            chosen = area if gripped else chosen
        if chosen is not None:
            self._frame(painter, chosen)
        if self._from is not None and self._gripped is None:
            painter.fillRect(self._dragged(), QColor(0, 0, 0, 150))
            self._frame(painter, self._dragged(), corners=False)
        painter.resetTransform()

    def _frame(self, painter: QPainter, area: QRectF, *, corners: bool = True) -> None:
        """Light and dark: it shows on black and on every picture."""
        for colour, width in (("#ffffff", 4), (theme().tokens.accent, 2)):
            pen = QPen(QColor(colour), width)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRect(area)
        edge = _HANDLE / self.scale
        for at in _corners(area) if corners else ():
            handle = QRectF(at.x() - edge / 2, at.y() - edge / 2, edge, edge)
            painter.fillRect(handle, QColor("#ffffff"))
            painter.drawRect(handle)
