"""The print system of Windows, by Qt.

Not for other systems: there Qt writes the pages to a file in the temporary folder before it hands them over.
"""

from __future__ import annotations

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from cairn.errors import MachineError
from cairn.qt.media.printing.printer import Pages, Printer, Reach

_FILES = ("microsoft print to pdf", "microsoft xps document writer")


def found() -> list[Printer]:
    """The printers that are set up."""
    return [_printer(each) for each in QPrinterInfo.availablePrinters()]


def hand_over(name: str, pages: Pages, *, copies: int, paper: str) -> None:
    """Give pages to a printer's queue. Raises MachineError `printing.failed`."""
    info = QPrinterInfo.printerInfo(name)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    if info.isNull() or not printer.isValid():
        raise MachineError("printing.failed", printer=name)
    # The name of the job is shown to everybody who sees the queue.
    printer.setDocName("Cairn")
    printer.setCopyCount(copies)
    printer.setPageSize(QPageSize(getattr(QPageSize.PageSizeId, paper)))
    pages.draw(printer)
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise MachineError("printing.failed", printer=name)


def _printer(info: QPrinterInfo) -> Printer:
    reach = Reach.NETWORK if info.isRemote() else Reach.UNKNOWN
    if info.makeAndModel().casefold().startswith(_FILES):
        reach = Reach.FILE
    return Printer(
        name=info.printerName(),
        title=info.description() or info.printerName(),
        where=info.location(),
        reach=reach,
        default=info.isDefault(),
        stopped=info.state() == QPrinter.PrinterState.Error,
    )
