"""The tab Read and its ways out: the page, the question before a PDF and before a printer, and where nothing prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cairn.qt.media.printing import printers
from cairn.qt.media.printing.printer import Printer, Reach
from cairn.qt.widgets import Sheet
from drive.person import wait_for

if TYPE_CHECKING:
    from drive.scenes import Scenes

NETWORK = Printer(
    "Office_2", "Office printer, second floor", "beside the kitchen", Reach.NETWORK, default=True
)
STOPPED = Printer("Small", "Small", "", Reach.UNKNOWN, stopped=True)


def play(scenes: Scenes, screen: Any) -> None:
    """Of an interview whose consent lets a page leave."""
    scenes.row(screen.list, "Practice: The baker")
    screen.workspace.tabs.open("read")
    scenes.take("read")
    tab = screen.workspace.read
    ask(scenes, tab._save, "sheet-pdf")
    found = printers.found
    try:
        printers.found = lambda: [NETWORK, STOPPED]
        ask(scenes, tab._print, "sheet-print")
        printers.found = list
        ask(scenes, tab._print, "sheet-no-printer")
    finally:
        printers.found = found


def ask(scenes: Scenes, button: Any, picture: str) -> None:
    """The question that a button asks."""
    scenes.click(button)
    window = scenes.window
    wait_for(lambda: any(each.isVisible() for each in window.findChildren(Sheet)), 10)
    scenes.take(picture)
    scenes.close_sheets()
