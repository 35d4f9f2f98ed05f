"""The screen of contacts: a list beside the own card or one contact; in a narrow window one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from cairn.app.kernel import contacts
from cairn.app.kernel.views import ContactRow
from cairn.errors import CairnError
from cairn.qt.base import tasks
from cairn.qt.base.files import read_card_file
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk, Screen
from cairn.qt.screens.contacts.panes import ENDING, ContactPane, OwnPane
from cairn.qt.widgets import EmptyState, Row, RowList, VLine, button, column, label, row, scroll
from cairn.qt.widgets.choose import choose_file
from cairn.qt.widgets.drop import FileDrop
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Ends, page_margin
from cairn.qt.widgets.rows import when_activated
from cairn.qt.widgets.trust import role_word, trust_tone, trust_word

OWN = "own"
LIST_WIDTH = 300
TOGETHER = 700
"""From this width on, in design pixels, list and pane stand beside each other."""


class ContactsScreen(Screen):
    """The own card first, then everybody else by name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: list[ContactRow] = []
        self._shown = OWN
        self._wanted = ""
        self._opened = False
        self._pane: QWidget | None = None
        self.add_button = button(self.tr("Add a card…"), self.choose_card, glyph="plus")
        only_where_kept(self.add_button)
        self.list = RowList(self.tr("Contacts"))
        self.list.chosen.connect(self._show)
        self.list.clicked.connect(lambda _index: self._open_pane())
        when_activated(self.list, lambda _row: self._open_pane())
        self.empty = EmptyState(
            self.tr("The cards of offices and colleagues will be here."),
            glyph="contacts",
            action=self.tr("Add a card…"),
            clicked=self.choose_card,
            help_text=self.tr("Drop a .contact file here, or choose one."),
        )
        only_where_kept(*[each for each in (self.empty.action,) if each is not None])
        self._side = QWidget()
        self._side.setProperty("surface", "pane")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = column(Ends(label(self.tr("Contacts"), "heading"), self.add_button))
        head.setContentsMargins(theme().px(16), theme().px(16), theme().px(16), theme().px(12))
        self._empty_area = scroll(self.empty)
        inner = column(head, self.list, self._empty_area, space=0)
        inner.setStretchFactor(self.list, 1)
        self._side.setLayout(inner)
        self._line = VLine()
        self.back = button(self.tr("All contacts"), self._close_pane, kind="quiet", glyph="arrow-left")
        self._holder = column(space=0)
        self._right = QWidget()
        way_back = row(self.back, None)
        side = theme().px(8)
        way_back.setContentsMargins(side, side, side, 0)
        self._right.setLayout(column(way_back, self._holder, space=0))
        layout = row(self._side, self._line, self._right, space=0)
        layout.setStretchFactor(self._right, 1)
        self.setLayout(layout)
        drop = FileDrop(self)
        drop.dropped.connect(self._dropped)
        self._fold()

    # What is shown

    def enter(self) -> None:
        session = self.desk.session
        tasks.run(self, lambda _progress: contacts.rows(session), then=self._fill)

    def show_item(self, what: str) -> None:
        self._wanted = what
        self._opened = True
        self._fold()
        self.enter()

    def where(self) -> str:
        return self._shown

    def _fill(self, rows: Sequence[ContactRow]) -> None:
        fresh = list(rows) != self._rows or self._pane is None or self._wanted
        self._rows = list(rows)
        info = self.desk.session.info
        lines = [Row(OWN, info.label, self.tr("Your own card"), glyph="key")]
        lines += [
            Row(
                each.fingerprint,
                each.label,
                role_word(each.role),
                _chips(each, self.tr("newer card")),
                glyph="contacts",
                soft=each.trust == "revoked",
            )
            for each in rows
        ]
        self.list.set_rows(lines)
        self._empty_area.setVisible(not rows)
        self.add_button.setVisible(bool(rows))
        self.list.setMaximumHeight(16777215 if rows else theme().px(57))
        wanted, self._wanted = self._wanted, ""
        known = {OWN, *(each.fingerprint for each in rows)}
        self._shown = wanted if wanted in known else self._shown if self._shown in known else OWN
        self.list.choose(self._shown)
        if fresh:
            self._show(self._shown)
        if wanted and isinstance(self._pane, QScrollArea):
            self._keyboard()
        elif (now := QApplication.focusWidget()) is None or not self.isAncestorOf(now):
            self.list.setFocus()

    def _show(self, which: str) -> None:
        self._shown = which
        contact = next((each for each in self._rows if each.fingerprint == which), None)
        content: QWidget
        if contact is None:
            content = OwnPane(self.desk)
        else:
            content = ContactPane(
                self.desk, contact, self._rows, self._changed, self._settled, self._unsettled
            )
        inset = QWidget()
        layout = column(content, None, margin=page_margin())
        inset.setLayout(layout)
        pane = scroll(inset)
        if self._pane is not None:
            self._holder.removeWidget(self._pane)
            self._pane.hide()
            self._pane.deleteLater()
        self._pane = pane
        self._content = content
        self._holder.addWidget(pane)
        pane.show()

    def _keyboard(self) -> None:
        if isinstance(self._content, ContactPane):
            self._content.keyboard()

    def _changed(self, contact: ContactRow) -> None:
        """A contact was verified or revoked: show it as it is now."""
        self.list.setFocus()
        self._wanted = contact.fingerprint
        self.enter()
        if contact.trust == "verified":
            said = self.tr("The words fit: {name} is verified.").format(name=contact.label)
            self.desk.say(said, "good")

    def _settled(self, contact: ContactRow, said: str) -> None:
        """A newer card was accepted or declined: show what holds now."""
        self.list.setFocus()
        self._wanted = contact.fingerprint
        self.enter()
        self.desk.say(said, "good")

    def _unsettled(self, error: CairnError) -> None:
        """Nothing was decided: what waits by now is shown, for another decision."""
        self._wanted = self._shown
        self.enter()
        self.desk.fail(error)

    # Adding a card

    def choose_card(self) -> None:
        """Ask for the file of a card."""
        filters = (self.tr("Contact cards (*.{ending})").format(ending=ENDING), self.tr("All files (*)"))
        choose_file(
            self, self.tr("Add a contact's card"), self.add_card, filters=filters, verb=self.tr("Add card")
        )

    def add_card(self, path: Path) -> None:
        """Add the card in a file; it stays unverified until its words are compared."""
        session = self.desk.session

        def work(_progress: Any) -> ContactRow:
            return contacts.add(session, read_card_file(path))

        tasks.run(self, work, then=self._added, failed=self._refused)

    def open_file(self, path: Path) -> bool:
        self.add_card(path)
        return True

    def _added(self, contact: ContactRow) -> None:
        if contact.offered is not None:
            said = self.tr(
                "This card of {name} says otherwise than the one that is here. Nothing is changed yet."
            )
            self.desk.say(said.format(name=contact.label))
        elif contact.trust == "unverified":
            said = self.tr("The card of {name} is added. Compare its words now, or later.")
            self.desk.say(said.format(name=contact.label))
        self.show_item(contact.fingerprint)

    def _refused(self, error: CairnError) -> None:
        self.desk.fail(error)

    def _dropped(self, files: list[Path]) -> None:
        for path in files:
            self.add_card(path)

    # List and pane in a narrow window

    def _narrow(self) -> bool:
        return self.width() < theme().px(TOGETHER)

    def _fold(self) -> None:
        narrow = self._narrow()
        self._side.setVisible(not narrow or not self._opened)
        self._right.setVisible(not narrow or self._opened)
        self._line.setVisible(not narrow)
        self.back.setVisible(narrow)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
        else:
            self._side.setFixedWidth(theme().px(LIST_WIDTH))

    def _open_pane(self) -> None:
        self._opened = True
        self._fold()
        if self._narrow():
            self.back.setFocus()

    def _close_pane(self) -> None:
        self._opened = False
        self._fold()
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close_pane()
            return
        super().keyPressEvent(event)


def _chips(contact: ContactRow, newer: str) -> tuple[tuple[str, str], ...]:
    """How far a contact is trusted, and whether a newer card waits for an answer."""
    trust = ((trust_word(contact.trust), trust_tone(contact.trust)),)
    return trust if contact.offered is None else (*trust, (newer, "warn"))
