"""Which printer, how many copies, which paper, and what printing means: a part of the question before it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from cairn.qt.media.printing.printer import Printer, Reach
from cairn.qt.screens.interviews.reading.paper import PAPERS, usual
from cairn.qt.widgets import Banner, Field, column, row

MOST_COPIES = 20


class PrintChoices(QWidget):
    """What a person chooses before pages go to a printer. There is at least one printer."""

    def __init__(self, printers: Sequence[Printer]) -> None:
        super().__init__()
        self._printers = tuple(printers)
        self.printer = QComboBox()
        for each in printers:
            self.printer.addItem(self._named(each))
        self._field = Field(self.tr("Printer"), self.printer)
        self.copies = QComboBox()
        self.copies.addItems([str(number) for number in range(1, MOST_COPIES + 1)])
        self.paper = QComboBox()
        self.paper.addItems(PAPERS)
        self.paper.setCurrentText(usual())
        self._keeps = Banner()
        beside = row(Field(self.tr("Copies"), self.copies), Field(self.tr("Paper"), self.paper), space=12)
        self.setLayout(column(self._keeps, self._field, beside, space=12))
        self.printer.currentIndexChanged.connect(self._show)
        self._show()

    @property
    def chosen(self) -> Printer:
        """The printer that is chosen."""
        return self._printers[max(0, self.printer.currentIndex())]

    def _show(self) -> None:
        self._field.set_help(" ".join(self._about(self.chosen)))
        self._keeps.show_message(
            self.tr(
                "This computer's print system and the printer may keep these pages, not encrypted, outside of Cairn: in a "
                "queue, often for a day or longer after printing, and in the printer's own memory. Locking does not "
                "reach them, and Cairn can't remove them or see whether anything was printed."
            ),
            "warn",
            closable=False,
        )

    def _named(self, each: Printer) -> str:
        named = each.title if each.title == each.name else f"{each.title} ({each.name})"
        return f"{named} · {each.where}" if each.where else named

    def _about(self, each: Printer) -> list[str]:
        said = {
            Reach.NETWORK: self.tr(
                "A network printer: the pages go over the network to it, and others there may be able to read them."
            ),
            Reach.HERE: self.tr("Connected to this computer by a cable."),
            Reach.FILE: self.tr("No paper: this one writes a file, not encrypted, where its settings say."),
            Reach.UNKNOWN: self.tr("Whether it is reached over a network is not known."),
        }[each.reach]
        if each.stopped:
            stopped = self.tr("It is stopped: the pages wait in its queue until somebody starts it.")
            return [said, stopped]
        return [said]
