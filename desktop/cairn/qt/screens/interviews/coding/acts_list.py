"""The acts of an interview, one line each, and what waits for a person: passages that lost their place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cairn.app.coding.acts import Board
from cairn.app.coding.passages import PassageView
from cairn.app.people import faults
from cairn.app.people.coded import Coded
from cairn.errors import InputError
from cairn.model.kinds.act import Act
from cairn.model.kinds.information import Information
from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.widgets import Banner, EmptyState, column, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.explained import shown_label
from cairn.qt.widgets.row_model import Row
from cairn.qt.widgets.rows import RowList
from cairn.vocab.terms import Terms

MOST_ROWS = 12
"""Rows that are seen at once; more of them scroll."""


class ActsList(QWidget):
    """The list below the card. An act that is chosen is opened in the card."""

    opened = Signal(str)
    """Id of the act."""
    settle_wanted = Signal(object)
    """A passage that lost its place (`PassageView`)."""

    def __init__(self, terms: Callable[[], Terms]) -> None:
        super().__init__()
        self._terms = terms
        self._waiting: tuple[PassageView, ...] = ()
        self.lost = Banner()
        self.faults = Banner()
        self.list = RowList(self.tr("Acts"))
        self.list.chosen.connect(self.opened)
        self._empty = EmptyState(
            self.tr("What was done to whom will stand here. Choose the words that say so, then press Enter.")
        )
        self._count = label("", "caption", wrap=True)
        self.setLayout(column(self.lost, self.faults, self._empty, self.list, self._count, space=8))

    def show_board(self, board: Board) -> None:
        """Show what is coded."""
        acts = board.acts()
        self.list.set_rows([self._row(board, *each) for each in acts])
        self.list.setFixedHeight(min(len(acts), MOST_ROWS) * theme().px(56) + 2)
        show_if(self.list, bool(acts))
        show_if(self._empty, not acts)
        passages = len(board.marked.passages)
        counted = [
            self.tr("Acts: {count}").format(count=len(acts)),
            self.tr("Passages: {count}").format(count=passages),
        ]
        hidden = sum(number for _, number in board.marked.hidden)
        if hidden:
            counted.append(self.tr("hidden until all are done: {count}").format(count=hidden))
        self._count.setText(", ".join(counted))
        self._waiting = board.marked.waiting
        self._show_lost()
        self._show_faults(board)

    def forget_choice(self) -> None:
        """No act is open: the one that was can be chosen again."""
        self.list.selectionModel().clear()

    def _show_lost(self) -> None:
        if not self._waiting:
            self.lost.clear()
            return
        first = self._waiting[0]
        quote = first.body.quote if len(first.body.quote) <= 48 else first.body.quote[:47] + "…"
        text = (
            self.tr("The words “{quote}” stand no longer where they stood.")
            if first.span is None
            else self.tr("The words “{quote}” were changed.")
        ).format(quote=quote)
        if len(self._waiting) > 1:
            text += " " + self.tr("Passages that wait: {count}.").format(count=len(self._waiting))
        self.lost.show_message(
            text,
            "warn",
            action=self.tr("Look at it"),
            clicked=lambda: self.settle_wanted.emit(first),
            closable=False,
        )

    def _show_faults(self, board: Board) -> None:
        found = faults.faults(board.coding, self._terms())
        if not found:
            self.faults.clear()
            return
        text = messages.sentence(InputError(found[0].code, **found[0].values))
        if len(found) > 1:
            text += " " + self.tr("More to look at: {count}.").format(count=len(found) - 1)
        self.faults.show_message(text, "warn", closable=False)

    def _row(self, board: Board, each: Coded, act: Act) -> Row:
        kind = shown_label(self._terms().get(act.type)) if act.type else self.tr("Nobody said what was done")
        whom = board.coding.called(act.victim) if act.victim else self.tr("to nobody yet")
        basis = [
            shown_label(self._terms().get(body.basis))
            for _, body in board.coding.bodies(Information)
            if body.about == each.record and body.basis
        ]
        parts = [whom, act.time.words, act.place.words, *basis[:1]]
        chips = ((each.label, "neutral"),) if each.label else ()
        return Row(
            each.record,
            f"{act.code}  {kind}",
            " · ".join(part for part in parts if part),
            chips,
        )
