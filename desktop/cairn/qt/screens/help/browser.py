"""The pages and one of them: list and search beside the page, in a narrow window one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from cairn.qt.base.help_pages import pages
from cairn.qt.base.theme import theme
from cairn.qt.screens.help.page_view import PageView
from cairn.qt.screens.help.searching import search, words_of
from cairn.qt.widgets import Row, RowList, VLine, button, column, hline, label, row
from cairn.qt.widgets.basic import edge, icon_button
from cairn.qt.widgets.rows import when_activated
from cairn.qt.widgets.search_line import SearchLine

LIST_WIDTH = 280
TOGETHER = 700
"""From this width on, in design pixels, list and page stand beside each other."""


class HelpBrowser(QWidget):
    """Reads the pages once: they are part of the program. `leave` is the way back out, when there is one."""

    def __init__(self, leave: Callable[[], Any] | None = None, leave_word: str = "") -> None:
        super().__init__()
        self._pages = {page.name: page for page in pages()}
        self._leave = leave
        self._trail: list[str] = []
        self._shown = ""
        self._opened = False
        self.search = SearchLine(self.tr("Search the help"))
        self.search.textChanged.connect(lambda _text: self._list())
        self.search.returnPressed.connect(self._take_first)
        self.list = RowList(self.tr("Pages of the help"))
        self.list.chosen.connect(self._chosen)
        self.list.clicked.connect(lambda _index: self._open_page())
        when_activated(self.list, lambda _page: self._open_page())
        self._none = label(self.tr("No page has these words."), "soft", wrap=True)
        side = theme().px(16)
        self._none.setContentsMargins(side, side, side, side)
        self._side = QWidget()
        self._side.setProperty("surface", "pane")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.leave = button(
            leave_word or self.tr("Close the help"), self._go_out, kind="quiet", glyph="cross"
        )
        self._out = icon_button("cross", self.tr("Close the help"), self._go_out)
        head = column(row(label(self.tr("Help"), "heading"), None, self._out), self.search, space=12)
        head.setContentsMargins(side, side, side, theme().px(12))
        inner = column(head, hline(), self.list, self._none, space=0)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self.list, self._none):
            inner.setStretchFactor(part, 1)
        self._side.setLayout(inner)
        self._line = VLine()
        self.view = PageView(self.tr("Page"), self._pages)
        self.view.wanted.connect(self.go)
        self.all = button(self.tr("All pages"), self._close_page, kind="quiet", glyph="arrow-left")
        self.back = button(self.tr("Back"), self.go_back, kind="quiet", glyph="undo")
        self._right = QWidget()
        shown = row(self.view, None, space=0)
        shown.setStretch(0, 1000)
        self._bar = QWidget()
        self._bar.setLayout(row(self.all, self.back, None, self.leave))
        body = column(self._bar, shown, space=8)
        inset = theme().px(edge() - 12)
        body.setContentsMargins(inset, theme().px(12), theme().px(8), theme().px(12))
        self._right.setLayout(body)
        layout = row(self._side, self._line, self._right, space=0)
        layout.setStretchFactor(self._right, 1)
        self.setLayout(layout)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._find),
            (QKeySequence("Alt+Left"), self.go_back),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._list()
        self._fold()

    @property
    def shown(self) -> str:
        """The name of the page that is shown."""
        return self._shown

    def has(self, name: str) -> bool:
        """Whether there is such a page."""
        return name in self._pages

    def start(self) -> None:
        """Show the first page, unless one is shown."""
        if not self._shown and self._pages:
            self._show(next(iter(self._pages)))

    def go(self, name: str, *, fresh: bool = False) -> None:
        """Open a page; the one before can be gone back to, unless this is the `fresh` first one."""
        if name not in self._pages:
            return
        if fresh:
            self._trail.clear()
        elif self._shown and self._shown != name:
            self._trail.append(self._shown)
        self._show(name)
        self._opened = True
        self._fold()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """The page before."""
        if self._trail:
            self._show(self._trail.pop())
            self._fold()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_leave(self, leave: Callable[[], Any] | None, word: str = "") -> None:
        """Another way back out; its word stands on the button."""
        self._leave = leave
        if word:
            self.leave.setText(word)
            self.leave.setAccessibleName(word)
        self._fold()

    # List and search

    def _list(self) -> None:
        typed = self.search.text().strip()
        if typed:
            rows = [Row(page.name, page.title, line) for page, line in search([*self._pages.values()], typed)]
        else:
            rows = [Row(page.name, page.title) for page in self._pages.values()]
        self.list.set_rows(rows)
        self.list.choose(self._shown)
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.view.mark(words_of(typed) if typed else ())

    def _take_first(self) -> None:
        if self.list.rows.rows:
            self._chosen(self.list.rows.rows[0].id)
            self._open_page()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        self._opened = False
        self._fold()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _chosen(self, name: str) -> None:
        if self._shown and self._shown != name:
            self._trail.append(self._shown)
        self._show(name)
        self._fold()

    def _show(self, name: str) -> None:
        self.list.choose(name)
        if name == self._shown:
            return
        self._shown = name
        page = self._pages[name]
        self.view.show_page(page.text)
        self.view.setAccessibleName(page.title)
        if typed := words_of(self.search.text()):
            self.view.mark(typed)

    # List and page in a narrow window

    def _fold(self) -> None:
        narrow = self.width() < theme().px(TOGETHER)
        self._side.setVisible(not narrow or not self._opened)
        self._right.setVisible(not narrow or self._opened)
        self._line.setVisible(not narrow)
        self.all.setVisible(narrow)
        self.back.setVisible(bool(self._trail))
        self.leave.setVisible(self._leave is not None)
        self._out.setVisible(narrow and self._leave is not None)
        self._bar.setVisible(narrow or bool(self._trail) or self._leave is not None)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
        else:
            self._side.setFixedWidth(theme().px(LIST_WIDTH))

    def _open_page(self) -> None:
        self._opened = True
        self._fold()
        if self.all.isVisible():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_page(self) -> None:
        self._opened = False
        self._fold()
        self.list.setFocus()

    def _go_out(self) -> None:
        if self._leave is not None:
            self._leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.search.hasFocus() and self.search.text():
            self.search.clear()
        elif self.all.isVisible() and self._opened:
            self._close_page()
        elif self._leave is not None:
            self._leave()
