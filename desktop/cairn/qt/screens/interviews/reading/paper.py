"""An interview as a PDF, made in memory: whoever calls this has asked what may be on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from cairn.app.kernel.views import InterviewView, RecordingView
from cairn.errors import MachineError
from cairn.qt.base.tokens import LIGHT
from cairn.qt.screens.interviews.reading.page import PageMaker

POINTS = 10.5
DOTS = 150
"""To the inch: letters are lines, so that more would only be more bytes."""


def pdf(view: InterviewView, sounds: Sequence[RecordingView]) -> bytes:
    """The page on A4, in dark ink on white whatever the screen looks like. Raises MachineError `machine.unexpected`."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Cairn")
    writer.setResolution(DOTS)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(22, 20, 22, 20), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    PageMaker(LIGHT, POINTS, numbers=True, links=False).fill(document, view, sounds)
    room = writer.pageLayout().paintRectPixels(DOTS).size()
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(QSizeF(room.width(), room.height()))
    document.print_(writer)
    buffer.close()
    made = bytes(data.data())
    if not made.startswith(b"%PDF-") or b"%%EOF" not in made[-64:]:
        raise MachineError("machine.unexpected", kind="pdf")
    return made
