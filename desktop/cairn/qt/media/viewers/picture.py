"""The viewer of pictures."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cairn.decode.host import DecodeHost, Pixels
from cairn.model.ports import ReadableAt
from cairn.qt.media.viewers.bar import Bar
from cairn.qt.media.viewers.canvas import Canvas, Fit, levels
from cairn.qt.media.viewers.decode_tasks import button
from cairn.qt.media.viewers.leaf import Leaf
from cairn.qt.media.viewers.pane import Pane

_EDGE = 4096


class PicturePane(Pane):
    """A picture with fit, zoom and turn. The turn is the view's: the file is never changed."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.canvas = Canvas(Fit.WHOLE)
        self._scale = QLabel()
        self._name = ""
        self.leaf = Leaf()
        self.leaf.wanted.connect(self._go)
        self.cut_off = QLabel(
            self.tr("The file ends before its picture does. What is there is shown; the rest is missing.")
        )
        self.cut_off.setWordWrap(True)
        self.cut_off.setProperty("role", "caption")
        self.cut_off.hide()
        bar = Bar()
        bar.addWidget(self.leaf)
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
        layout.addWidget(self.cut_off)
        layout.addLayout(bar)
        self.setFocusProxy(self.canvas)
        self.canvas.scale_changed.connect(self._say_scale)

    def begin(self, name: str, source: ReadableAt) -> None:
        self._name = name
        self.leaf.show_pages(0, 1)
        self.cut_off.hide()
        self._ask(source, 0)

    def _ask(self, source: ReadableAt, page: int) -> None:
        self.canvas.clear()
        host = self.host

        def work() -> tuple[int, Pixels, list[QImage]]:
            pixels = host.picture(source, max_px=_EDGE, page=page)
            return page, pixels, levels(pixels)

        self.later(work, self._arrived)

    def _go(self, page: int) -> None:
        if self.source is not None:
            self._ask(self.source, page)

    def _arrived(self, result: tuple[int, Pixels, list[QImage]]) -> None:
        page, pixels, images = result
        self.leaf.show_pages(page, pixels.pages)
        self.cut_off.setVisible(pixels.cut_off)
        said = self.tr("Picture {name}").format(name=self._name)
        if pixels.pages > 1:
            said = self.tr("Picture {number} of {pages} in {name}").format(
                number=page + 1, pages=pixels.pages, name=self._name
            )
        self.canvas.setAccessibleName(said)
        self.canvas.show_image(images, QSizeF(pixels.full_width, pixels.full_height))
        self.shown.emit()

    def _say_scale(self, scale: float) -> None:
        self._scale.setText(self.tr("{percent} %").format(percent=round(scale * 100)))

    def stop(self) -> None:
        super().stop()
        self.canvas.clear()
