"""The viewer of PDF files, page by page."""

from __future__ import annotations

from PySide6.QtCore import QSizeF, Qt, QTimer
from PySide6.QtGui import QImage, QIntValidator
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from cairn.model.ports import ReadableAt
from cairn.qt.media.viewers.bar import Bar
from cairn.qt.media.viewers.canvas import Canvas, Fit, levels
from cairn.qt.media.viewers.decode_tasks import button
from cairn.qt.media.viewers.pane import Pane, Sought

_POINT = 96 / 72
_SHARPER_AFTER_MS = 200


class PdfPane(Pane):
    """One page at a time; it is drawn again, sharper, when it is made larger."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.canvas = Canvas(Fit.WIDTH)
        self._name = ""
        self._pages = 0
        self._index = 0
        self._width = 0
        self._natural = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SHARPER_AFTER_MS)
        self._pause.timeout.connect(self._sharpen)
        self.page = QLineEdit()
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.page.setAccessibleName(self.tr("Page number"))
        self._of = QLabel()
        self._back = button(self.tr("Previous page"), self.tr("Previous page (Page Up)"), self.previous)
        self._on = button(self.tr("Next page"), self.tr("Next page (Page Down)"), self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(self._bar())
        self.setFocusProxy(self.canvas)
        self.page.editingFinished.connect(self._typed)
        self.canvas.leafed.connect(self._leaf)
        self.canvas.scale_changed.connect(self._scaled)

    def _bar(self) -> Bar:
        bar = Bar()
        for widget in (self._back, self.page, self._of, self._on):
            bar.addWidget(widget)
        bar.addWidget(button(self.tr("Fit"), self.tr("Fit the page to the width (0)"), self.canvas.zoom_fit))
        bar.addWidget(button(self.tr("Smaller"), self.tr("Zoom out (−)"), self.canvas.zoom_out))
        bar.addWidget(button(self.tr("Larger"), self.tr("Zoom in (+)"), self.canvas.zoom_in))
        bar.addWidget(button(self.tr("Turn"), self.tr("Turn the view to the right (R)"), self.canvas.turn))
        return bar

    def begin(self, name: str, source: ReadableAt) -> None:
        self._name = name
        self._pages = 0
        self.canvas.clear()
        host = self.host
        self.later(lambda: host.pdf_pages(source), self._counted)

    def stop(self) -> None:
        super().stop()
        self._pages = 0
        self._pause.stop()
        self.canvas.clear()

    def _counted(self, pages: int) -> None:
        self._pages = pages
        digits = self.page.fontMetrics().horizontalAdvance("0" * max(2, len(str(pages))))
        self.page.setFixedWidth(digits + 3 * self.page.fontMetrics().height())
        self.page.setValidator(QIntValidator(1, max(1, pages), self.page))
        self._of.setText(self.tr("of {pages}").format(pages=pages))
        if pages:
            sought, self.sought = self.sought, Sought()
            self.go(min(sought.page, pages))
        else:
            self.failed.emit(InputError("decode.damaged"))

    def seek(self, sought: Sought) -> None:
        if self._pages:
            self.go(sought.page)
        else:
            self.sought = sought

    @property
    def number(self) -> int:
        """The page that is shown, from 1."""
        return self._index + 1

    def previous(self) -> None:
        """One page back."""
        self.go(self.number - 1)

    def next(self) -> None:
        """One page on."""
        self.go(self.number + 1)

    def _leaf(self, step: int) -> None:
        self.go(self.number + step)

    def _typed(self) -> None:
        number = int(self.page.text() or 0)
        if number == self.number or not self.go(number):
            self.page.setText(str(self.number))

    def go(self, number: int) -> bool:
        """Show page `number`, from 1. False when there is no such page."""
        if not 1 <= number <= self._pages:
            return False
        self.page.setText(str(number))
        self._index = number - 1
        self._natural = 0.0
        self._back.setEnabled(number > 1)
        self._on.setEnabled(number < self._pages)
        self.canvas.setAccessibleName(
            self.tr("{name}, page {page} of {pages}").format(name=self._name, page=number, pages=self._pages)
        )
        self._draw(self._wanted())
        return True

    def _wanted(self) -> int:
        """How many pixels of width are worth having now."""
        room = self.canvas.viewport().width() * self.devicePixelRatioF()
        shown = self._natural * self.canvas.scale * self.devicePixelRatioF()
        return max(200, round(max(room, shown)))

    def _scaled(self, _: float) -> None:
        if self._natural:
            self._pause.start()

    def _sharpen(self) -> None:
        wanted = self._wanted()
        if self._natural and wanted > self._width * 1.2:
            self._draw(wanted)

    def _draw(self, width: int) -> None:
        host, source, index = self.host, self.source, self._index
        if source is None:
            return

        def work() -> tuple[int, list[QImage], QSizeF]:
            pixels = host.pdf_page(source, index, width_px=width)
            return index, levels(pixels), QSizeF(pixels.full_width, pixels.full_height) * _POINT

        self._width = width
        self.later(work, self._arrived)

    def _arrived(self, result: tuple[int, list[QImage], QSizeF]) -> None:
        index, images, size = result
        if index != self._index:
            return
        again = self._natural > 0
        self._natural = size.width()
        self.canvas.show_image(images, size, keep_place=again)
        self.shown.emit()
