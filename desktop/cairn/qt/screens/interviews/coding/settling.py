"""A passage whose words were changed or are lost: what it said, what stands there now, and what a person can decide."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cairn.app.coding.passages import PassageView
from cairn.qt.widgets import button, card, column, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Flow


class Settling(QWidget):
    """One passage at a time. Until it is settled it stays in this vault."""

    accept = Signal()
    place = Signal()
    keep = Signal()
    remove = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.view: PassageView | None = None
        self._title = label("", "strong", wrap=True)
        self._said = label("", "soft", wrap=True)
        self._help = label("", "caption", wrap=True)
        self._accept = button(self.tr("It means the words that stand now"), self.accept.emit)
        self._place = button(self.tr("Put it at the chosen words"), self.place.emit)
        self._keep = button(self.tr("Leave it with the earlier version"), self.keep.emit)
        self._remove = button(self.tr("Remove the passage"), self.remove.emit, kind="danger")
        only_where_kept(self._accept, self._place, self._keep, self._remove)
        self.setLayout(
            column(
                card(
                    self._title,
                    self._said,
                    self._help,
                    Flow(self._accept, self._place, self._keep, self._remove),
                    space=8,
                ),
                space=0,
            )
        )

    def show_passage(self, view: PassageView) -> None:
        """Ask about this one."""
        self.view = view
        lost = view.span is None
        self._title.setText(
            self.tr("A passage lost its place") if lost else self.tr("The words of a passage were changed")
        )
        self._said.setText(f"“{view.body.quote}”")
        self._help.setText(
            self.tr(
                "Choose words in the text to put it there. Until this is settled the passage stays in this vault."
            )
        )
        show_if(self._accept, not lost)
        self.set_chosen(False)

    def set_chosen(self, chosen: bool) -> None:
        """Whether words are chosen that it could be put at."""
        self._place.setEnabled(chosen)
