"""What came: every bundle that was opened here, from whom and when, and what became of it; and one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cairn.app.arriving import received
from cairn.app.arriving.received import ReceivedRoot, ReceivedRow
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.screens.exchange import words
from cairn.qt.screens.exchange.page import Page, fit, list_card
from cairn.qt.widgets import EmptyState, Row, RowList, button, card, label
from cairn.qt.widgets.basic import narrow, show_if
from cairn.qt.widgets.facts import Facts, Line
from cairn.qt.widgets.reflow import Flow
from cairn.qt.widgets.rows import when_activated
from cairn.qt.widgets.trust import trust_tone, trust_word

PAGE = 200
MOST_ROWS = 9
MOST_INTERVIEWS = 8
WIDEST = 800


def named(one: ReceivedRow) -> str:
    """Who sent it: the name that this vault knows for the keys, or what a stranger calls itself."""
    if one.trust != received.UNKNOWN:
        return one.label
    return QCoreApplication.translate("Received", "one who calls itself {name}").format(name=one.label)


def titled(one: ReceivedRow) -> str:
    """Which bundle it is."""
    if one.seq:
        said = QCoreApplication.translate("Received", "Bundle {number} from {name}")
        return said.format(number=messages.locale().toString(one.seq), name=named(one))
    return QCoreApplication.translate("Received", "Bundle for others from {name}").format(name=named(one))


def outcome(one: ReceivedRow) -> tuple[str, str]:
    """What became of it: (word, tone)."""
    if one.outcome == "refused":
        return QCoreApplication.translate("Received", "refused"), "danger"
    if one.outcome == "undecided":
        return QCoreApplication.translate("Received", "not taken in"), "warn"
    if one.waits:
        return QCoreApplication.translate("Received", "%n to settle", "", one.waits), "warn"
    return QCoreApplication.translate("Received", "taken in"), "good"


def trusted(one: ReceivedRow) -> tuple[str, str]:
    """How far its sender is trusted: (word, tone)."""
    if one.trust == received.UNKNOWN:
        return QCoreApplication.translate("Received", "unknown"), "warn"
    return trust_word(one.trust), trust_tone(one.trust)


class ReceivedPage(Page):
    """All of them, the last first."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[ReceivedRow], Any],
        open_: Callable[[], Any],
        back: Callable[[], Any],
    ) -> None:
        super().__init__(self.tr("Exchange › Received"), "")
        self._desk = desk
        self._show = show
        self._back = back
        self._rows: dict[str, ReceivedRow] = {}
        self.set_title(self.tr("Received bundles"))
        self.said = label("", "soft", wrap=True)
        self.list = RowList(self.tr("Received bundles"))
        self.list.more_wanted.connect(self._more)
        self.list.clicked.connect(self._open_index)
        when_activated(self.list, self._open)
        self.empty = EmptyState(
            self.tr("Bundles that are opened here will be listed here."),
            glyph="take-in",
            action=self.tr("Open a bundle…"),
            clicked=open_,
            help_text=self.tr("With each bundle who sealed it, when it came, and what became of it."),
        )
        self._box = list_card(self.list, self.empty)
        for part in (self.list, self.empty):
            part.hide()
        self.another = button(self.tr("Open a bundle…"), open_, glyph="take-in")
        self.back = button(self.tr("Back to Exchange"), back, glyph="arrow-left", kind="quiet")
        self.body.addWidget(self.said)
        self.body.addLayout(narrow(self._box, WIDEST))
        self.body.addWidget(Flow(self.another, self.back))
        self.body.addStretch(1)
        self.load()

    def load(self) -> None:
        """Read them anew."""
        session = self._desk.session

        def read(_progress: object) -> tuple[list[ReceivedRow], int, int]:
            limit = max(PAGE, len(self._rows))
            return received.rows(session, limit), received.count(session), received.undecided(session)

        tasks.run(self, read, then=lambda found: self._fill(*found))

    def _fill(self, found: Sequence[ReceivedRow], total: int, undecided: int) -> None:
        self._rows = {_key(each): each for each in found}
        self.list.set_rows([self._row(each) for each in found], total)
        fit(self.list, MOST_ROWS)
        show_if(self.list, bool(found))
        show_if(self.empty, not found)
        show_if(self.another, bool(found))
        said = self.tr("%n bundle(s) came.", "", total)
        if undecided:
            said += " " + self.tr("%n of them nobody has decided about yet.", "", undecided)
        self.said.setText(said)
        show_if(self.said, bool(found))
        if found and not self.list.currentIndex().isValid():
            self.list.choose(_key(found[0]))
            if self.back.hasFocus():
                # Until now there was nothing else to go to.
                self.keyboard()

    def _more(self) -> None:
        session, have = self._desk.session, len(self._rows)

        def add(found: list[ReceivedRow]) -> None:
            fresh = [each for each in found if _key(each) not in self._rows]
            self._rows.update({_key(each): each for each in fresh})
            self.list.rows.add_rows([self._row(each) for each in fresh])

        tasks.run(self, lambda _progress: received.rows(session, PAGE, have), then=add)

    def _row(self, one: ReceivedRow) -> Row:
        line = [messages.moment(one.at)]
        if one.interviews:
            line.append(words.interviews(one.interviews))
        glyph = "warn" if one.outcome == "refused" else "take-in"
        return Row(_key(one), titled(one), " · ".join(line), (outcome(one), trusted(one)), glyph=glyph)

    def _open_index(self, index: QModelIndex) -> None:
        self._open(index.data(Qt.ItemDataRole.UserRole).id)

    def _open(self, key: str) -> None:
        self._show(self._rows[key])

    def keyboard(self) -> None:
        """Set the focus into the list, or on the way on."""
        target: QWidget = self.back if self.list.isHidden() else self.list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
            return
        super().keyPressEvent(event)


class ReceivedBundlePage(Page):
    """One bundle that came, and what it brought as it is here now."""

    def __init__(
        self, desk: Desk, one: ReceivedRow, open_: Callable[[], Any], back: Callable[[], Any]
    ) -> None:
        super().__init__(self.tr("Exchange › Received"), "")
        self._desk = desk
        self._one = one
        self._back = back
        self.set_title(titled(one))
        word, _ = trusted(one)
        facts: list[tuple[str, str | QWidget]] = [
            (self.tr("From"), f"{named(one)} ({word})"),
            (self.tr("Bundle sealed"), messages.moment(one.created)),
            (
                self.tr("Taken in") if one.outcome == "taken-in" else self.tr("Opened last"),
                messages.moment(one.at),
            ),
            (self.tr("Interviews"), messages.locale().toString(one.interviews)),
        ]
        top = card(self._became(), Facts(facts), space=16)
        self.body.addLayout(narrow(top, WIDEST))
        self.list = RowList(self.tr("Interviews that came with it"))
        self.list.clicked.connect(self._open_index)
        when_activated(self.list, self._open)
        self._box = list_card(self.list)
        self._box.hide()
        self.body.addLayout(narrow(self._box, WIDEST))
        self.back = button(self.tr("Back to the list"), back, glyph="arrow-left")
        self.again = button(self.tr("Open it again…"), open_, kind="primary", glyph="take-in")
        self.off = button(self.tr("Take it off the list"), self._take_off, kind="quiet")
        show_if(self.again, one.outcome == "undecided")
        show_if(self.off, one.outcome != "taken-in")
        self.body.addWidget(Flow(self.again, self.back, self.off))
        self.body.addStretch(1)
        if one.roots:
            session = desk.session
            tasks.run(self, lambda _progress: received.roots(session, one), then=self._fill)

    def _became(self) -> QWidget:
        one = self._one
        if one.refusal is not None:
            return Line(self.tr("It can't be taken in"), messages.problem(one.refusal), tone="danger")
        if one.outcome == "undecided":
            said = self.tr("Nothing of it is in this vault. Open its file again to take it in.")
            return Line(self.tr("Not taken in"), said, tone="warn")
        if one.waits:
            said = self.tr(
                "Nothing was overwritten: what it brought stands beside what is here until you settle it."
            )
            return Line(self.tr("%n interview(s) wait for you", "", one.waits), said, tone="warn")
        return Line(self.tr("Taken in"), self.tr("All of it is in this vault."), tone="good")

    def _fill(self, found: Sequence[ReceivedRoot]) -> None:
        rows = []
        for each in sorted(found, key=lambda one: not one.waits):
            if each.here:
                line = self.tr("Settle the versions") if each.waits else self.tr("Open the interview")
                chips = ((self.tr("conflict"), "warn"),) if each.waits else ()
                rows.append(Row(each.id, words.title(each.title), line, chips, glyph="interviews", data=each))
            elif each.erased:
                rows.append(
                    Row(each.id, self.tr("Erased since"), each.id, glyph="trash", soft=True, data=each)
                )
        self.list.set_rows(rows)
        fit(self.list, MOST_INTERVIEWS)
        self._box.setVisible(bool(rows))

    def _open_index(self, index: QModelIndex) -> None:
        self._open(index.data(Qt.ItemDataRole.UserRole).id)

    def _open(self, interview: str) -> None:
        row_ = next((each for each in self.list.rows.rows if each.id == interview), None)
        if row_ is not None and row_.data.here:
            self._desk.open("interviews", interview)

    def _take_off(self) -> None:
        session, one = self._desk.session, self._one

        def done(_nothing: None) -> None:
            self._desk.refresh_bands()
            self._back()

        tasks.run(self, lambda _progress: received.forget(session, one), then=done)

    def keyboard(self) -> None:
        """The way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
            return
        super().keyPressEvent(event)


def _key(one: ReceivedRow) -> str:
    return f"{one.bundle_id}/{one.sender}"
