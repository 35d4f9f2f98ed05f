"""The viewer of pictures."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cairn.decode.host import DecodeHost
from cairn.model.ports import ReadableAt
from cairn.qt.media.viewers.bar import Bar
from cairn.qt.media.viewers.canvas import Canvas, Fit, levels
from cairn.qt.media.viewers.decode_tasks import button
from cairn.qt.media.viewers.pane import Pane

_EDGE = 4096


class PicturePane(Pane):
    """A picture with fit, zoom and turn. The turn is the view's: the file is never changed."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.canvas = Canvas(Fit.WHOLE)
        self._scale = QLabel()
        bar = Bar()
        bar.addWidget(
            button(self.tr("Fit"), self.tr("Fit the picture to the window (0)"), self.canvas.zoom_fit)
        )
        bar.addWidget(button(self.tr("100 %"), self.tr("Show the picture in actual size (1)"),
                             self.canvas.zoom_actual))  # fmt: skip
        bar.addWidget(button(self.tr("Smaller"), self.tr("Zoom out (−)"), self.canvas.zoom_out))
        bar.addWidget(button(self.tr("Larger"), self.tr("Zoom in (+)"), self.canvas.zoom_in))
        bar.addWidget(button(self.tr("Turn"), self.tr("Turn the view to the right (R)"), self.canvas.turn))
        bar.addWidget(self._scale)
        self._scale.setProperty("role", "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(bar)
        self.setFocusProxy(self.canvas)
        self.canvas.scale_changed.connect(self._say_scale)

    def begin(self, name: str, source: ReadableAt) -> None:
        self.canvas.clear()
        self.canvas.setAccessibleName(self.tr("Picture {name}").format(name=name))
        host = self.host

        def work() -> tuple[list[QImage], QSizeF]:
            pixels = host.picture(source, max_px=_EDGE)
            return levels(pixels), QSizeF(pixels.full_width, pixels.full_height)

        self.later(work, self._arrived)

    def _arrived(self, result: tuple[list[QImage], QSizeF]) -> None:
        self.canvas.show_image(*result)
        self.shown.emit()

    def _say_scale(self, scale: float) -> None:
        self._scale.setText(self.tr("{percent} %").format(percent=round(scale * 100)))

    def stop(self) -> None:
        super().stop()
        self.canvas.clear()
