"""The first page of the exchange: what leaves, what comes in, and what was sealed so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from cairn.app.leaving.views import SentRow
from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.screens.exchange import words
from cairn.qt.screens.exchange.page import Page, fit, list_card
from cairn.qt.widgets import EmptyState, Row, RowList, button, card, column, label, row
from cairn.qt.widgets.drop import DropZone, FileDrop
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Beside, Ends
from cairn.qt.widgets.rows import when_activated

INBOX = 400
MOST_ROWS = 8


class HomePage(Page):
    """Two ways, what came, and a list of what was sealed."""

    def __init__(
        self,
        seal: Callable[[], Any],
        choose: Callable[[], Any],
        dropped: Callable[[Path], Any],
        show_sent: Callable[[SentRow], Any],
        show_received: Callable[[], Any],
        *,
        office: bool = False,
    ) -> None:
        """In an `office` what comes in stands first; in the field, what leaves."""
        super().__init__("", "")
        self._office = office
        self.set_title(self.tr("Exchange"))
        self._show_sent = show_sent
        self._sent: dict[str, SentRow] = {}
        self.seal = button(self.tr("Seal a bundle"), seal, kind="" if office else "primary", glyph="seal")
        self.open = button(
            self.tr("Open a bundle…"), choose, kind="primary" if office else "", glyph="take-in"
        )
        only_where_kept(self.seal, self.open)
        self.list = RowList(self.tr("Bundles sealed so far"))
        self.list.clicked.connect(self._open_index)
        when_activated(self.list, self._open_sent)
        self.empty = EmptyState(
            self.tr("The bundles that you seal will be listed here."),
            help_text=self.tr("With each its words, so that you can tell later which file it was."),
        )
        out = card(
            label(self.tr("Seal a bundle"), "heading"),
            label(
                self.tr(
                    "Interviews for an office or a colleague, in one encrypted file. You see what leaves, and "
                    "what stays, before the bundle is sealed."
                ),
                "soft",
                wrap=True,
            ),
            None,
            row(self.seal, None),
        )
        self.zone = DropZone(
            self.tr(
                "Drop a bundle here. It is checked, and you see what is in it, before anything is taken in."
            ),
            self.open,
        )
        for part in (out, self.zone):
            part.setMinimumHeight(theme().px(176))
        self._box = list_card(self.list, self.empty)
        ways = (self.zone, out) if office else (out, self.zone)
        self.body.addWidget(Beside(*ways, second_width=INBOX, least=340, even=True))
        self.body.addWidget(self._came(show_received))
        self.body.addWidget(label(self.tr("Sealed so far"), "heading"))
        self.body.addWidget(self._box)
        self.body.addStretch(1)
        self.zone.dropped.connect(lambda files: dropped(files[0]))
        drop = FileDrop(self)
        drop.dropped.connect(lambda files: dropped(files[0]))

    def _came(self, show_received: Callable[[], Any]) -> QWidget:
        """The way to what came."""
        self.came = label(self.tr("No bundle was opened here yet."), "soft", wrap=True)
        self.received = button(self.tr("Received bundles"), show_received, glyph="take-in")
        words_ = QWidget()
        words_.setLayout(column(label(self.tr("Received so far"), "heading"), self.came, space=2))
        return Ends(words_, self.received, least=240)

    def show_received(self, total: int, undecided: int) -> None:
        """How many came, and about how many nobody has decided."""
        said = (
            self.tr("%n bundle(s) came.", "", total) if total else self.tr("No bundle was opened here yet.")
        )
        if undecided:
            said += " " + self.tr("%n of them nobody has decided about yet.", "", undecided)
        self.came.setText(said)

    def show_sent(self, sent: Sequence[SentRow]) -> None:
        """Show the ledger."""
        self._sent = {each.bundle_id: each for each in sent}
        self.list.set_rows(
            [
                Row(
                    each.bundle_id,
                    self.tr("{interviews} sealed for {names}, not yet confirmed").format(
                        interviews=words.interviews(len(each.interviews)),
                        names=words.together([name or fp for fp, name in each.recipients]),
                    ),
                    " · ".join(
                        [
                            messages.moment(each.created),
                            messages.size(each.size),
                            words.together([words.title(name) for _, name in each.interviews]),
                        ]
                    ),
                    glyph="seal",
                )
                for each in sent
            ]
        )
        fit(self.list, MOST_ROWS)
        self.list.setVisible(bool(sent))
        self.empty.setVisible(not sent)

    def _open_index(self, index: QModelIndex) -> None:
        self._open_sent(index.data(Qt.ItemDataRole.UserRole).id)

    def _open_sent(self, bundle: str) -> None:
        self._show_sent(self._sent[bundle])

    def keyboard(self) -> None:
        """Set the focus on the first way."""
        (self.open if self._office else self.seal).setFocus(Qt.FocusReason.OtherFocusReason)
