"""Which printers this computer has, and handing pages over to one: by CUPS, or by Windows itself."""

from __future__ import annotations

import sys

from cairn.qt.media.printing.printer import Pages, Printer


def found() -> list[Printer]:
    """The printers that are set up on this computer, the default one first; none where there is no print system.

    Blocks. Raises MachineError `printing.unreachable`, `printing.elsewhere`.
    """
    # Each asks for libraries that the other system has not got.
    if sys.platform == "win32":
        from cairn.qt.media.printing import windows

        rows = windows.found()
    else:
        from cairn.qt.media.printing import cups

        rows = cups.found()
    return sorted(rows, key=lambda each: (not each.default, each.title.casefold()))


def hand_over(printer: Printer, pages: Pages, *, copies: int, paper: str) -> None:
    """Give `pages` to the queue of `printer`; `paper` is a name that CUPS and Qt know: `A4`, `Letter`.

    When it returns, the print system has taken them, which is not the same as printed. Blocks. Raises MachineError
    `printing.unreachable`, `printing.elsewhere`, `printing.refused`, `printing.failed`.
    """
    if sys.platform == "win32":
        from cairn.qt.media.printing import windows

        windows.hand_over(printer.name, pages, copies=copies, paper=paper)
    else:
        from cairn.qt.media.printing import cups

        cups.hand_over(printer.name, pages.pdf(), copies=copies, paper=paper)
