"""The paragraphs as a field of a form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cairn.model.kinds.transcript import Paragraph
from cairn.model.values import NO_LENGTH, Span
from cairn.qt.forms.inputs import Spot
from cairn.qt.screens.interviews.transcript.paragraph_model import TEXT, ParagraphModel, with_composing
from cairn.qt.screens.interviews.transcript.table import ParagraphTable


class WordsInput(QObject):
    """Table and model together. The cursor's part is the number of its row."""

    edited = Signal()

    def __init__(self, model: ParagraphModel, table: ParagraphTable) -> None:
        super().__init__(table)
        self._model = model
        self._table = table
        self.excluded: Sequence[Span] = ()
        """What of the recording is off the record: set before `load`."""
        self.duration = NO_LENGTH
        self._typing = False
        self.keep_place = False
        """Whether what is loaded next is another state of what is shown: the cell that is open stays open."""
        table.touched.connect(self._changed)
        model.edited.connect(self._changed)

    def _changed(self) -> None:
        if not self._model.read_only:
            self.edited.emit()

    def value(self) -> list[Paragraph]:
        """All that stands there, empty paragraphs too."""
        return self._model.rows

    def load(self, value: Sequence[Paragraph]) -> None:
        """Show these paragraphs."""
        table, cell = self._table, self._table.cell
        at = table.currentIndex()
        self._typing = self.keep_place and cell is not None and cell.hasFocus()
        cursor = cell.textCursor().position() if cell is not None else 0
        table.finish()
        self._model.load(value, self.excluded, self.duration)
        if self._typing:
            table.open_cell(at.row(), at.column(), cursor)
        else:
            table.setCurrentIndex(self._model.index(0, TEXT))

    def set_read_only(self, fixed: bool) -> None:
        """Whether it can only be read. What stands in an open cell is taken before."""
        if fixed and not self._model.read_only:
            self._table.finish()
        self._model.read_only = fixed

    def holds(self, widget: QObject | None) -> bool:
        """The row that is chosen tells where one is, whatever has the focus."""
        return False

    def spot(self, last: QObject | None) -> Spot:
        """Row, cursor and composition."""
        cell = self._table.cell
        return Spot(
            str(max(0, self._table.currentIndex().row())),
            cell.textCursor().position() if cell is not None else 0,
            cell.composing if cell is not None else "",
        )

    def take_up(self, spot: Spot, *, fixed: bool) -> QWidget | None:
        """Go to the row, with what was being composed in it."""
        if not spot.part.isdecimal() or self._typing:
            return None
        row = int(spot.part)
        if spot.composing and not fixed:
            self._model.load(
                with_composing(self._model.rows, row, spot.cursor, spot.composing),
                self.excluded,
                self.duration,
            )
            self.edited.emit()
        self._table.setCurrentIndex(self._model.index(row, TEXT))
        return None
