"""The table of paragraphs: one cell is open for typing, Enter begins the next paragraph at what is heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from cairn.app.sound import paragraphs
from cairn.model.values import MomentMs
from cairn.qt.base.theme import theme
from cairn.qt.screens.interviews.transcript.cells import Cell, ParagraphDelegate
from cairn.qt.screens.interviews.transcript.paragraph_model import (
    SPEAKER,
    TEXT,
    TIME,
    TRANSLATION,
    ParagraphModel,
)

NARROW = 520
"""Below this many design pixels the speakers' column folds away."""


_IN_SIGHT = 30
_AT_ONCE = 60
"""Rows that are measured in one go: about ten milliseconds."""


class ParagraphTable(QTableView):
    """Paragraphs, one a row. `position` is asked where the sound is."""

    touched = Signal()
    """Something was typed or changed, or is being composed."""
    refused_off = Signal()
    """A paragraph was to begin where it is off the record."""
    place_wanted = Signal(int)
    """The sound shall go there, in milliseconds."""

    def __init__(self, model: ParagraphModel, position: Callable[[], MomentMs], parent: QWidget) -> None:
        super().__init__(parent)
        self._paragraphs = model
        self._position = position
        self._stepped = False
        self._show_translation = True
        self.cells = ParagraphDelegate(self)
        self.cells.opened.connect(self._cell_opened)
        self._cell: Cell | None = None
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setAccessibleName(self.tr("Paragraphs"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.clicked.connect(self._clicked)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fit_all)
        self._left: list[int] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._fit_some)
        model.modelReset.connect(self._soon.start)
        model.rowsInserted.connect(lambda _parent, first, last: self._fit(range(first, last + 1)))
        model.dataChanged.connect(self._data_changed)

    # Sizes

    @property
    def shows_translation(self) -> bool:
        """Whether the column of the translation is shown."""
        return self._show_translation

    def show_translation(self, shown: bool) -> None:
        """Show or hide the column of the translation."""
        self._show_translation = shown
        self._columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._columns()

    def _columns(self) -> None:
        px, whole = theme().px, self.viewport().width()
        self.setColumnHidden(TRANSLATION, not self._show_translation)
        self.setColumnHidden(SPEAKER, whole < px(NARROW) and self._show_translation)
        time = self.fontMetrics().horizontalAdvance("00:00:00") + 2 * px(12)
        speaker = 0 if self.isColumnHidden(SPEAKER) else min(px(132), whole // 5)
        rest = max(2, whole - time - speaker)
        text = rest // 2 if self._show_translation else rest
        for column, width in (
            (TIME, time),
            (SPEAKER, speaker),
            (TEXT, text),
            (TRANSLATION, rest - text),
        ):
            if not self.isColumnHidden(column):
                self.setColumnWidth(column, width)
        self._soon.start()

    def _fit_all(self) -> None:
        """Give all rows their height: those in sight at once, the others a few at a time."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height())
        count = self._paragraphs.rowCount()
        self._fit(range(first, min(count, (last if last >= 0 else first + _IN_SIGHT) + 1)))
        self._left = list(range(count))
        self._rest.start()

    def _fit_some(self) -> None:
        now, self._left = self._left[:_AT_ONCE], self._left[_AT_ONCE:]
        bar, top = self.verticalScrollBar(), self.rowAt(0)
        before = self.rowViewportPosition(top) if top >= 0 else 0
        self._fit([number for number in now if number < self._paragraphs.rowCount()])
        if top >= 0 and (moved := self.rowViewportPosition(top) - before):
            # Rows above grew: what is read stays where it is.
            bar.setValue(bar.value() + moved)
        if self._left:
            self._rest.start()

    def _fit(self, rows: Sequence[int]) -> None:
        for number in rows:
            each = self._paragraphs.row(number)
            high = self.cells.height(each.text, self.columnWidth(TEXT))
            if each.speaker and self.isColumnHidden(SPEAKER):
                high = max(high, self.cells.height("\n", self.columnWidth(TEXT)))
            if self._show_translation and each.translation:
                high = max(high, self.cells.height(each.translation, self.columnWidth(TRANSLATION)))
            if self._cell is not None and number == self.currentIndex().row():
                high = max(high, self._cell_height(self._cell))
            if self.rowHeight(number) != high:
                self.setRowHeight(number, high)

    def _data_changed(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int] = ()) -> None:
        if not roles:
            self._fit(range(first.row(), last.row() + 1))

    def _cell_height(self, cell: Cell) -> int:
        return int(cell.document().size().height() + 0.5) + 2 * theme().px(10)

    # Typing

    @property
    def cell(self) -> Cell | None:
        """The editor that is open in the text or the translation."""
        return self._cell if self._cell is not None and shiboken6.isValid(self._cell) else None

    def open_cell(self, row: int, column: int = TEXT, at: int | None = None) -> None:
        """Type in a cell; the cursor stands at `at`, or at the end."""
        column = TEXT if self.isColumnHidden(column) else column
        index = self._paragraphs.index(max(0, min(row, self._paragraphs.rowCount() - 1)), column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)
        cell = self.cell
        if cell is not None:
            cursor = cell.textCursor()
            last = cell.document().characterCount() - 1
            cursor.setPosition(last if at is None else max(0, min(at, last)))
            cell.setTextCursor(cursor)

    def insert(self, text: str, *, inside: int = 0) -> None:
        """Put `text` where the cursor is, or around what is chosen; `inside` is where the cursor stands then,
        counted from the end of `text`."""
        cell = self.cell
        if cell is None:
            self.open_cell(self.currentIndex().row())
            cell = self.cell
        if cell is None:
            return
        cursor = cell.textCursor()
        before = cell.text()[: cursor.selectionStart()]
        if before and not before[-1].isspace():
            text = " " + text
        cursor.insertText(text)
        if inside:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, inside)
        cell.setTextCursor(cursor)
        cell.setFocus()

    def mark_unclear(self) -> None:
        """What is chosen becomes `[unclear: …]`; without a choice the cursor stands where the guess goes."""
        cell = self.cell
        words = cell.textCursor().selectedText().replace("\u2029", " ").strip() if cell is not None else ""
        text = paragraphs.UNCLEAR.format(words=words)
        self.insert(text, inside=0 if words else 1)

    def new_paragraph(self, *, other_speaker: bool = False) -> None:
        """Begin the next paragraph at what is heard now."""
        row, cell = self.currentIndex().row(), self.cell
        if row < 0:
            row = self._paragraphs.rowCount() - 1
        each = self._paragraphs.row(row)
        in_text = cell is not None and self.currentIndex().column() == TEXT
        place = cell.textCursor().position() if cell is not None and in_text else len(each.text)
        self.finish()
        speaker = self._other(each.speaker) if other_speaker else None
        made = self._paragraphs.split(row, place, self._position(), speaker)
        if made is None:
            self.refused_off.emit()
            self.open_cell(row, TEXT, place)
        else:
            self.open_cell(made, TEXT, 0)

    def _other(self, speaker: str) -> str:
        """Who spoke last before this one: in a conversation of two, the other."""
        known = paragraphs.speakers(self._paragraphs.paragraphs) + self.cells.speakers
        return next((one for one in reversed(known) if one != speaker), speaker)

    def finish(self) -> None:
        """Close the cell that is open; what stands in it is kept."""
        cell = self.cell
        if cell is not None:
            self.commitData(cell)
            self.closeEditor(cell, QAbstractItemDelegate.EndEditHint.NoHint)
        self._cell = None

    def _cell_opened(self, cell: Cell) -> None:
        self._cell = cell
        self._stepped = False
        cell.edited.connect(lambda: self._typed(cell))
        cell.asked.connect(lambda act: self._do(act, cell))
        cell.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grown(cell))

    def _typed(self, cell: Cell) -> None:
        index = self.currentIndex()
        if cell is not self.cell or not index.isValid():
            return
        if not self._stepped:
            self._stepped = True
            self._paragraphs.begin_step()
        self._paragraphs.heard_until(index.row(), self._position())
        self._paragraphs.setData(index, cell.text())
        self.touched.emit()

    def _grown(self, cell: Cell) -> None:
        if cell is self.cell and self.currentIndex().isValid():
            self._fit([self.currentIndex().row()])

    def _do(self, act: str, cell: Cell) -> None:
        index = self.currentIndex()
        if cell is not self.cell or not index.isValid():
            return
        row, column = index.row(), index.column()
        if act in ("split", "split-other"):
            self.new_paragraph(other_speaker=act == "split-other")
        elif act == "leave":
            self.finish()
            self.setFocus()
        elif act in ("next", "before"):
            self._go_on(row, column, forward=act == "next")
        elif act == "up" and row > 0:
            self.finish()
            self.open_cell(row - 1, column)
        elif act == "down" and row + 1 < self._paragraphs.rowCount():
            self.finish()
            self.open_cell(row + 1, column, 0)
        elif act == "join" and row > 0 and column == TEXT:
            self.finish()
            place = self._paragraphs.join(row)
            self.open_cell(row - 1, TEXT, place)
        elif act in ("undo", "redo"):
            self.step(back=act == "undo")

    def _go_on(self, row: int, column: int, *, forward: bool) -> None:
        """To the next cell that is written in: words, translation, next paragraph; from the last one out of the table."""
        columns = [one for one in (TEXT, TRANSLATION) if not self.isColumnHidden(one)]
        place = row * len(columns) + columns.index(column) + (1 if forward else -1)
        self.finish()
        if 0 <= place < self._paragraphs.rowCount() * len(columns):
            self.open_cell(place // len(columns), columns[place % len(columns)])
        else:
            self.setFocus()
            self.focusNextPrevChild(forward)

    def step(self, *, back: bool) -> None:
        """Undo or redo, and stay where the person was."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        typing = self.cell is not None
        self.finish()
        (self._paragraphs.undo if back else self._paragraphs.redo)()
        if typing:
            self.open_cell(row, column)

    def remove_paragraph(self) -> None:
        """Take out the paragraph where the person is."""
        row = self.currentIndex().row()
        if row < 0:
            return
        self.finish()
        self._paragraphs.remove(row)
        self.open_cell(max(0, row - 1))

    def stamp(self) -> None:
        """Let the paragraph where the person is begin at what is heard now."""
        row, at = self.currentIndex().row(), self._position()
        if row < 0:
            return
        typing = self.cell is not None
        self.finish()
        if not self._paragraphs.stamp(row, at):
            self.refused_off.emit()
        elif typing:
            self.open_cell(self._paragraphs.find(at))

    def start_of_current(self) -> MomentMs | None:
        """When the paragraph begins where the person is."""
        row = self.currentIndex().row()
        return self._paragraphs.row(row).start if row >= 0 else None

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == TIME:
            self.place_wanted.emit(self._paragraphs.row(index.row()).start)
        elif not self._paragraphs.read_only and self.state() != QAbstractItemView.State.EditingState:
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            if not self._paragraphs.read_only:
                self.edit(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Escape and self.cells.words:
            # What was searched for is no longer marked.
            self.cells.words = ""
            self.viewport().update()
            return
        for keys, back in ((QKeySequence.StandardKey.Undo, True), (QKeySequence.StandardKey.Redo, False)):
            if event.matches(keys):
                self.step(back=back)
                return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if editor is self._cell:
            self._cell = None
        super().closeEditor(editor, hint)

    def follow(self, row: int) -> None:
        """Scroll to what is heard, unless somebody is typing elsewhere."""
        if self.cell is None or not self.cell.hasFocus():
            self.scrollTo(self._paragraphs.index(row, TEXT))
