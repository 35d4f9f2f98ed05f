"""The licences of everything that Cairn is made of: a list, a search, and the text of each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cairn.app.program import notices
from cairn.app.program.notices import Notice
from cairn.model.ports import Progress
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.widgets import Row, RowList, Sheet, column, label
from cairn.qt.widgets.reflow import Beside
from cairn.qt.widgets.search_line import SearchLine

WIDTH = 900


class Licences(QWidget):
    """The content of the sheet."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__()
        self.desk = desk
        self.parts: list[Notice] = []
        self.search = SearchLine(self.tr("Search by name or licence"))
        self.search.textChanged.connect(lambda _text: self._filter())
        self.list = RowList(self.tr("Parts"))
        self.list.setMinimumHeight(theme().px(300))
        self.list.chosen.connect(self._show)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Text of the licence"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme().px(240))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        intro = label(
            self.tr("Cairn is of the Apache licence, version 2.0. It is made with the work of these people."),
            wrap=True,
        )
        left = QWidget()
        left.setLayout(column(self.search, self.list, space=8))
        self.setLayout(
            column(intro, Beside(left, self.text, second_width=480, least=300, even=True), space=12)
        )
        self.sheet = Sheet(over, self.tr("Licences"), self, width=WIDTH)
        self.sheet.add(self.tr("Close"), kind="primary")

    def open(self) -> None:
        """Show it, and load what it shows."""
        self.sheet.open()
        tasks.run(self, lambda _progress: notices.all_parts(), then=self._loaded)

    def _loaded(self, parts: list[Notice]) -> None:
        self.parts = parts
        self._filter()

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        rows = [
            Row(str(at), f"{one.name} {one.version}".rstrip(), self._line(one))
            for at, one in enumerate(self.parts)
            if wanted in f"{one.name} {one.licence} {one.of}".casefold()
        ]
        self.list.set_rows(rows)
        if rows:
            self.list.choose(rows[0].id)
            self._show(rows[0].id)
        else:
            self.text.setPlainText("")

    def _line(self, one: Notice) -> str:
        inside = self.tr("in {name}").format(name=one.of) if one.of else ""
        return " · ".join(part for part in (one.licence, inside) if part)

    def _show(self, at: str) -> None:
        one = self.parts[int(at)]

        def work(_progress: Progress) -> str:
            return notices.text_of(one)

        def show(text: str) -> None:
            if self.list.chosen_id == at:
                self.text.setPlainText(text or self.tr("This package carries no text of its licence."))

        tasks.run(self, work, then=show)
