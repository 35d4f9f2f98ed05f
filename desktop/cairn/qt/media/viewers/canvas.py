"""One image that can be fitted, zoomed, moved and turned, by mouse and by keyboard."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from cairn.decode.host import Pixels
from cairn.qt.base.theme import theme

_STEP = 1.25
_SMALLEST, _LARGEST = 0.02, 8.0
_MARGIN = 16


class Fit(Enum):
    """How large the image stands when the person has not chosen a size."""

    WHOLE = "whole"
    WIDTH = "width"


def levels(pixels: Pixels) -> list[QImage]:
    """The pixels as images, each half as large as the one before, so that drawing is always quick.

    For a worker: this copies and scales.
    """
    raw = QImage(pixels.rgba, pixels.width, pixels.height, pixels.width * 4, QImage.Format.Format_RGBA8888)
    made = [raw.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)]
    while min(made[-1].width(), made[-1].height()) > 512:
        last = made[-1]
        made.append(
            last.scaled(
                last.width() // 2,
                last.height() // 2,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
    return made


class Canvas(QAbstractScrollArea):
    """Shows one image. Plus and minus zoom, 0 fits, 1 is actual size, R turns, arrows and dragging move."""

    scale_changed = Signal(float)
    """The scale in which the image now stands: 1.0 is one pixel of the file on one of the screen."""

    leafed = Signal(int)
    """Page Down at the lower end (+1) or Page Up at the upper end (-1)."""

    def __init__(self, fit: Fit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fit = fit
        self._levels: list[QImage] = []
        self._full = QSizeF()
        self._chosen: float | None = None
        self._turned = 0
        self._held: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        theme().changed.connect(self.viewport().update)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setSingleStep(40)
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_image(self, images: list[QImage], full: QSizeF, *, keep_place: bool = False) -> None:
        """Show `images` (from `levels`), which stand for `full` units at scale 1."""
        self._levels, self._full = images, full
        if not keep_place:
            self.verticalScrollBar().setValue(0)
        self._settle()

    def clear(self) -> None:
        """Forget the image and how it was looked at."""
        self._levels, self._full = [], QSizeF()
        self._chosen, self._turned = None, 0
        self._settle()

    @property
    def scale(self) -> float:
        """The scale in which the image stands."""
        if self._chosen is not None:
            return self._chosen
        size = self._turned_size()
        if size.isEmpty():
            return 1.0
        room = self.maximumViewportSize()
        wide = (room.width() - 2 * _MARGIN) / size.width()
        tall = (room.height() - 2 * _MARGIN) / size.height()
        if self._fit is Fit.WIDTH:
            # The bar at the side takes room as soon as the page is taller than the view.
            if size.height() * wide > room.height():
                wide = (
                    room.width() - 2 * _MARGIN - self.verticalScrollBar().sizeHint().width()
                ) / size.width()
            return max(_SMALLEST, min(wide, 2.0))
        return max(_SMALLEST, min(wide, tall, 1.0))

    @property
    def turned(self) -> int:
        """Degrees by which the view is turned; the file is not."""
        return self._turned

    @property
    def full(self) -> QSizeF:
        """The image's own size, before it is turned."""
        return self._full

    def turn_to(self, degrees: int) -> None:
        """Turn the view to a multiple of 90 degrees."""
        self._turned = degrees % 360
        self._settle()

    def zoom_in(self) -> None:
        """One step larger."""
        self._zoom(self.scale * _STEP)

    def zoom_out(self) -> None:
        """One step smaller."""
        self._zoom(self.scale / _STEP)

    def zoom_fit(self) -> None:
        """As large as the view allows, also when the window changes."""
        self._chosen = None
        self._settle()

    def zoom_actual(self) -> None:
        """One pixel of the file on one of the screen."""
        self._zoom(1.0)

    def turn(self) -> None:
        """A quarter turn to the right, of the view alone."""
        self._turned = (self._turned + 90) % 360
        self._settle()

    def _zoom(self, scale: float) -> None:
        middle = self._place()
        self._chosen = max(_SMALLEST, min(scale, _LARGEST))
        self._settle()
        for bar, part, page in (
            (self.horizontalScrollBar(), middle.x(), self.viewport().width()),
            (self.verticalScrollBar(), middle.y(), self.viewport().height()),
        ):
            bar.setValue(round(part * (bar.maximum() + page) - page / 2))

    def _place(self) -> QPointF:
        """Which part of the image is in the middle of the view, each way from 0 to 1."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        width, height = self.viewport().width(), self.viewport().height()
        return QPointF(
            (across.value() + width / 2) / (across.maximum() + width),
            (down.value() + height / 2) / (down.maximum() + height),
        )

    def _turned_size(self) -> QSizeF:
        return self._full.transposed() if self._turned % 180 else self._full

    def _shown_size(self) -> QSizeF:
        return self._turned_size() * self.scale

    def _settle(self) -> None:
        size, room = self._shown_size(), self.viewport().size()
        for bar, whole, page in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setPageStep(page)
            bar.setRange(0, max(0, round(whole + 2 * _MARGIN - page)) if self._chosen or self._tall() else 0)
        self.viewport().update()
        self.scale_changed.emit(self.scale)

    def _tall(self) -> bool:
        return self._fit is Fit.WIDTH

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme().tokens.sunken))
        if self._levels:
            self._paint_image(painter)
            self.paint_over(painter)
        if self.hasFocus():
            self._paint_ring(painter)
        painter.end()

    def _paint_ring(self, painter: QPainter) -> None:
        painter.resetTransform()
        painter.setPen(QPen(QColor(theme().tokens.accent), 2))
        painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def paint_over(self, painter: QPainter) -> None:
        """Draw on the image that was just painted. `placement` is the painter's transform."""

    def placement(self) -> tuple[QTransform, QRectF]:
        """From coordinates around the image's middle to the view, and the image's rectangle in them."""
        size, room = self._shown_size(), self.viewport().size()
        left = max((room.width() - size.width()) / 2, _MARGIN - self.horizontalScrollBar().value())
        top = max((room.height() - size.height()) / 2, _MARGIN - self.verticalScrollBar().value())
        if size.width() + 2 * _MARGIN > room.width():
            left = _MARGIN - self.horizontalScrollBar().value()
        if size.height() + 2 * _MARGIN > room.height():
            top = _MARGIN - self.verticalScrollBar().value()
        drawn = self._full * self.scale
        place = QTransform().translate(left + size.width() / 2, top + size.height() / 2).rotate(self._turned)
        return place, QRectF(-drawn.width() / 2, -drawn.height() / 2, drawn.width(), drawn.height())

    def _paint_image(self, painter: QPainter) -> None:
        place, target = self.placement()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(place)
        # Transparent parts lie on white paper in both themes, as the file's maker saw them.
        painter.fillRect(target, Qt.GlobalColor.white)
        painter.drawImage(target, self._best(target.width() * self.devicePixelRatioF()))

    def _best(self, width: float) -> QImage:
        """The smallest level that still has a pixel for each of the screen."""
        return next((level for level in reversed(self._levels) if level.width() >= width), self._levels[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.zoom_fit,
            Qt.Key.Key_1: self.zoom_actual,
            Qt.Key.Key_R: self.turn,
        }
        act = acts.get(Qt.Key(event.key()))
        others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        bar = self.verticalScrollBar()
        if act is not None and not event.modifiers() & others:
            act()
        elif event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.leafed.emit(1)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.leafed.emit(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            moved = event.position().toPoint() - self._held
            self._held = event.position().toPoint()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
