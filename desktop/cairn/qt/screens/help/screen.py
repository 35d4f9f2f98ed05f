"""The screen of help: the pages, and the way back to where F1 was pressed."""

from __future__ import annotations

from cairn.qt.base.help_pages import OF_SCREEN
from cairn.qt.desk import Desk, Screen
from cairn.qt.screens.help.browser import HelpBrowser
from cairn.qt.widgets import column


class HelpScreen(Screen):
    """Opened from the rail, or with F1 at the page of the screen that was shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.browser = HelpBrowser()
        self.setLayout(column(self.browser, space=0))
        self.setFocusProxy(self.browser)

    def enter(self) -> None:
        self.browser.start()

    def show_item(self, what: str) -> None:
        """Open a page by its name, or the one that belongs to a screen."""
        self.browser.go(what if self.browser.has(what) else OF_SCREEN.get(what, ""), fresh=True)

    def came_from(self, screen: str) -> None:
        """Esc and a button lead back there."""
        self.browser.set_leave(lambda: self.desk.open(screen), self.tr("Back to where you were"))

    def where(self) -> str:
        return self.browser.shown
