"""An interview as pages of paper, drawn or as a PDF in memory: whoever calls this has asked what may be on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from cairn.app.kernel.views import InterviewView, RecordingView
from cairn.errors import MachineError
from cairn.qt.base.tokens import LIGHT
from cairn.qt.screens.interviews.reading.copied import as_written
from cairn.qt.screens.interviews.reading.page import WEIGHTS, PageMaker

POINTS = 10.5
DOTS = 150
"""To the inch: letters are lines, so that more would only be more bytes."""
PAPERS = ("A4", "Letter")
"""As Qt's `PageSizeId` and CUPS's `media` call them."""


def usual() -> str:
    """The paper of the country that this computer is set to."""
    us = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    return "Letter" if us else "A4"


class Paper:
    """An interview on paper, in dark ink on white whatever the screen looks like."""

    def __init__(self, view: InterviewView, sounds: Sequence[RecordingView], paper: str = "A4") -> None:
        self._view = view
        self._sounds = sounds
        self._paper = paper

    def pdf(self) -> bytes:
        """All pages as one PDF. Raises MachineError `machine.unexpected`."""
        return as_pdf(self._fill, self._paper)

    def draw(self, device: QPagedPaintDevice) -> QTextDocument:
        """Draw all pages on a device whose paper is chosen. Gives what was drawn."""
        return _drawn(self._fill, device)

    def _fill(self, document: QTextDocument) -> None:
        PageMaker(LIGHT, POINTS, numbers=True, links=False).fill(document, self._view, self._sounds)


def as_pdf(fill: Callable[[QTextDocument], None], paper: str = "") -> bytes:
    """What `fill` writes into a document, as one PDF in memory. Raises MachineError `machine.unexpected`."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Cairn")
    writer.setResolution(DOTS)
    writer.setPageSize(QPageSize(getattr(QPageSize.PageSizeId, paper or usual())))
    document = _drawn(fill, writer)
    buffer.close()
    made = bytes(data.data())
    if not made.startswith(b"%PDF-") or b"%%EOF" not in made[-64:]:
        raise MachineError("machine.unexpected", kind="pdf")
    fonts = [QFont(document.defaultFont()) for _ in WEIGHTS]
    for font, weight in zip(fonts, WEIGHTS, strict=True):
        font.setWeight(weight)
    return as_written(made, document.toPlainText(), fonts)


def _drawn(fill: Callable[[QTextDocument], None], device: QPagedPaintDevice) -> QTextDocument:
    device.setPageMargins(QMarginsF(22, 20, 22, 20), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    fill(document)
    room = device.pageLayout().paintRectPixels(device.logicalDpiX()).size()
    document.documentLayout().setPaintDevice(device)
    document.setPageSize(QSizeF(room.width(), room.height()))
    document.print_(device)
    return document
