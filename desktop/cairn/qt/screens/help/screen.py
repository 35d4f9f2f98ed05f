"""The screen of help: the list of pages beside the page; in a narrow window one at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from cairn.qt.screens.help.page_view import PageView
from cairn.qt.screens.help.pages import OF_SCREEN, pages
from cairn.qt.shell.screen import Desk, Screen
from cairn.qt.theme import theme
from cairn.qt.widgets import Row, RowList, VLine, button, column, hline, label, row
from cairn.qt.widgets.basic import edge
from cairn.qt.widgets.rows import when_activated

LIST_WIDTH = 280
TOGETHER = 700
"""From this width on, in design pixels, list and page stand beside each other."""


class HelpScreen(Screen):
    """Reads the pages once: they are part of the program."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._pages = {page.name: page for page in pages()}
        self._shown = ""
        self._opened = False
        self.list = RowList(self.tr("Pages of the help"))
        self.list.set_rows([Row(page.name, page.title) for page in self._pages.values()])
        self.list.chosen.connect(self._show)
        self.list.clicked.connect(lambda _index: self._open_page())
        when_activated(self.list, lambda _page: self._open_page())
        self._side = QWidget()
        self._side.setProperty("surface", "pane")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = row(label(self.tr("Help"), "heading"), None)
        head.setContentsMargins(theme().px(16), theme().px(16), theme().px(16), theme().px(12))
        inner = column(head, hline(), self.list, space=0)
        inner.setStretchFactor(self.list, 1)
        self._side.setLayout(inner)
        self._line = VLine()
        self.view = PageView(self.tr("Page"))
        self.back = button(self.tr("All pages"), self._close_page, kind="quiet", glyph="arrow-left")
        self._right = QWidget()
        shown = row(self.view, None, space=0)
        shown.setStretch(0, 1000)
        body = column(row(self.back, None), shown, space=8)
        side = theme().px(edge() - 12)
        body.setContentsMargins(side, theme().px(12), theme().px(8), theme().px(12))
        self._right.setLayout(body)
        layout = row(self._side, self._line, self._right, space=0)
        layout.setStretchFactor(self._right, 1)
        self.setLayout(layout)
        self._fold()

    def enter(self) -> None:
        if not self._shown and self._pages:
            self._choose(next(iter(self._pages)))

    def show_item(self, what: str) -> None:
        """Open a page by its name, or the one that belongs to a screen."""
        name = what if what in self._pages else OF_SCREEN.get(what, "")
        if name in self._pages:
            self._choose(name)
            self._opened = True
            self._fold()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> str:
        return self._shown

    def _choose(self, name: str) -> None:
        self.list.choose(name)
        self._show(name)

    def _show(self, name: str) -> None:
        if name == self._shown:
            return
        self._shown = name
        page = self._pages[name]
        self.view.show_page(page.text)
        self.view.setAccessibleName(page.title)

    # List and page in a narrow window

    def _fold(self) -> None:
        narrow = self.width() < theme().px(TOGETHER)
        self._side.setVisible(not narrow or not self._opened)
        self._right.setVisible(not narrow or self._opened)
        self._line.setVisible(not narrow)
        self.back.setVisible(narrow)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
        else:
            self._side.setFixedWidth(theme().px(LIST_WIDTH))

    def _open_page(self) -> None:
        self._opened = True
        self._fold()
        if self.back.isVisible():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_page(self) -> None:
        self._opened = False
        self._fold()
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close_page()
            return
        super().keyPressEvent(event)
