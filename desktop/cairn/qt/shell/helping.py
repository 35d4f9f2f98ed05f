"""F1, wherever one is: the page of the help for what is shown.

With the vault open and nothing asked, that is the screen of help. Before the vault, over a question or a dialog,
the help lies over what is there: nothing that was typed is lost, and Esc goes back to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cairn.qt.widgets import Sheet, column, reading_order


class Helped(Protocol):
    """Whatever fills the window now, with the vault open or before it."""

    def help_page(self) -> str:
        """The page of the help for what is shown."""
        ...

    def show_help(self) -> bool:
        """Show that page as a screen of its own; False where it must lie over what is there."""
        ...


class HelpOverlay(QWidget):
    """The help over `over`, a part of a window or a dialog; it goes with it."""

    def __init__(self, over: QWidget, page: str) -> None:
        from cairn.qt.screens.help.browser import HelpBrowser

        super().__init__(over.window())
        self._over = over
        self._before: QWidget | None = over.window().focusWidget()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        self.setAccessibleName(self.tr("Help"))
        self.browser = HelpBrowser(self.dismiss)
        self.setLayout(column(self.browser, space=0))
        over.installEventFilter(self)
        self._cover()
        self.browser.start()
        self.show()
        self.raise_()
        self.browser.go(page, fresh=True)

    def dismiss(self) -> None:
        """Close it and give the focus back."""
        self.close()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cover(self) -> None:
        over = self._over
        self.setGeometry(QRect(over.mapTo(over.window(), QPoint(0, 0)), over.size()))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside."""
        return reading_order.step(self, forward=forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._cover()
        return False


class Helper(QObject):
    """Answers F1 for a window and its dialogs."""

    def __init__(self, window: QWidget, over: QWidget, shown: Callable[[], Helped | None]) -> None:
        """`over` is the part of the window that the help may cover: not the line that says what is recorded."""
        super().__init__(window)
        self._window = window
        self._over = over
        self._shown = shown
        self._overlay: HelpOverlay | None = None
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), window)
        key.activated.connect(self.help)

    @property
    def overlay(self) -> HelpOverlay | None:
        """The help that lies over something now."""
        made = self._overlay
        return made if made is not None and shiboken6.isValid(made) and made.isVisible() else None

    def page(self) -> str:
        """The page for what is shown now."""
        shown = self._shown()
        return shown.help_page() if shown is not None else ""

    def help(self) -> None:
        """Open the help where the person is."""
        if self.overlay is not None:
            return
        asked = any(sheet.isVisible() for sheet in self._window.findChildren(Sheet))
        shown = self._shown()
        if asked or shown is None or not shown.show_help():
            self.over(self._over)

    def over(self, what: QWidget) -> None:
        """Lay the help over a part of the window, or over a dialog of it."""
        self.close()
        self._overlay = HelpOverlay(what, self.page())

    def close(self) -> None:
        """Take away what lies over something: another screen is shown, or the vault is locked."""
        if (made := self.overlay) is not None:
            made.close()
        self._overlay = None
