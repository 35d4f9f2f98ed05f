"""Protected names that still stand in what would leave: each with its place, to be looked at, held back, or let go."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from cairn.app.leaving import names
from cairn.app.leaving.names import NameFound, NamesLook
from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.screens.exchange import words
from cairn.qt.screens.exchange.page import emptied
from cairn.qt.widgets import button, column, label, row
from cairn.qt.widgets.chip import Chip
from cairn.qt.widgets.facts import mark
from cairn.qt.widgets.reflow import Ends, Flow
from cairn.qt.widgets.snippet import Snippet

AT_ONCE = 6
"""So many are shown; the next follow as these are settled."""
MOST_NAMED = 6


class NamesPanel(QWidget):
    """What was found, until each is settled; and what could not be looked through. Hidden where there is nothing to say."""

    held = Signal(str)
    """Id of a record that shall be held back."""
    wanted = Signal(str)
    """Where a name stands, as an item of the screen of interviews: look at it."""
    settled = Signal()
    """A person has said of a name that it may leave."""

    def __init__(self) -> None:
        super().__init__()
        self._look = names.NOTHING
        self._let: set[str] = set()
        """Keys of those of which a person said that they may leave; kept while going back and forth."""
        self._whom: frozenset[str] = frozenset()
        self._first: QPushButton | None = None
        self._box = column(space=12, margin=16)
        self.setLayout(self._box)
        self.hide()

    @property
    def open(self) -> list[NameFound]:
        """Those that nobody has settled yet."""
        return [each for each in self._look.found if each.key not in self._let]

    def for_whom(self, recipients: Collection[str]) -> None:
        """Who gets what leaves, by fingerprint: a name that may leave to one may not to another, and is asked again."""
        if not self._whom.issuperset(recipients):
            self._let.clear()
        self._whom = frozenset(recipients)

    def show_look(self, look: NamesLook, *, stopped: bool = False) -> None:
        """Show what a look has found, in place of what was shown; `stopped`: it was not finished."""
        had_focus = self.isAncestorOf(self.window().focusWidget()) if self.isVisible() else False
        self._look = look
        self._fill(stopped=stopped)
        if had_focus and self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, *, stopped: bool = False) -> None:
        emptied(self._box)
        self._first = None
        found = self.open
        if found:
            self._box.addWidget(self._head(len(found)))
            for each in found[:AT_ONCE]:
                self._box.addWidget(self._line(each))
            if len(found) > AT_ONCE:
                more = self.tr("%n more follow as these are settled.", "", len(found) - AT_ONCE)
                self._box.addWidget(label(more, "soft", wrap=True))
            said = self.tr("What leaves is signed as it is, so a name can't be taken out of it here. Change the text in the interview and save it, hold it back, or let it leave. Other spellings and nicknames are not found.")  # fmt: skip
            self._box.addWidget(label(said, "soft", wrap=True))
        elif self._look.found:
            self._box.addWidget(label(self.tr("You let every name that was found leave."), "soft", wrap=True))
        for sentence in self._unseen(stopped=stopped):
            self._box.addWidget(label(sentence, "soft", wrap=True))
        self.setVisible(self._box.count() > 0)

    def _head(self, count: int) -> QWidget:
        heading = label(self.tr("%n name(s) still stand in what leaves", "", count), "strong", wrap=True)
        heading.setStyleSheet(f"color: {theme().tokens.warn};")
        sign = mark("warn", "warn")
        line = row(sign, heading, space=12)
        line.setStretch(1, 1)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        head = QWidget()
        head.setLayout(line)
        return head

    def _line(self, each: NameFound) -> QWidget:
        kind = messages.kind(each.kind)
        place = names.where(each, messages.language())
        item = self.tr("{kind} “{name}”").format(kind=kind, name=each.item) if each.item else kind
        if each.field in ("title", "name") or each.kind == "interview":
            item = each.item or kind
        about = " · ".join(part for part in (item, place) if part)
        if each.count > 1:
            about = self.tr("{place}, %n place(s)", "", each.count).format(place=about)
        person = self.tr("{code} of another interview").format(code=each.person) if each.elsewhere else each.person  # fmt: skip
        top = Ends(label(about, "caption", wrap=True), Chip(person, "neutral"), least=160, gap=12)
        seen = Snippet(each.before, each.word, each.after)
        look = button(self.tr("Look at it"), lambda: self._jump(each), kind="quiet")
        hold = button(self.tr("Hold it back"), lambda: self.held.emit(each.record))
        let = button(self.tr("It may leave"), lambda: self._leave(each), kind="quiet")
        offered = [hold, let, look] if each.can_be_held else [let, look]
        for one in offered:
            one.setAccessibleName(one.text())
            one.setAccessibleDescription(f"{about}: {seen.text}")
        if self._first is None:
            self._first = offered[0]
        made = QWidget()
        made.setLayout(column(top, seen, Flow(*offered), space=6))
        return made

    def _unseen(self, *, stopped: bool) -> list[str]:
        if self._look.closed:
            return [self.tr("The protected names are closed: no text was looked through for them.")]
        said = []
        if self._look.may:
            said.append(self.tr("%n name(s) stand in texts that leave, and may: the consent lets the names leave as well.", "", self._look.may))  # fmt: skip
        if stopped:
            said.append(self.tr("Looking for names was stopped: not every text was looked through."))
        elif not self._look.found and not self._look.may and self._look.known:
            said.append(self.tr("No protected name stands in the texts that leave. Other spellings and nicknames would not be found."))  # fmt: skip
        if self._look.unread and (self._look.known or self._look.found):
            listed = words.together([each.name for each in self._look.unread], MOST_NAMED)
            said.append(self.tr("Not looked through, because there is no text of it here: {names}. Listen and look before it leaves.").format(names=listed))  # fmt: skip
        return said

    def _leave(self, each: NameFound) -> None:
        self._let.add(each.key)
        self._fill()
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.settled.emit()

    def _jump(self, each: NameFound) -> None:
        if each.at is not None:
            place = f"transcript:{each.record}@{each.at}"
        elif each.kind == "attachment":
            place = f"files:{each.record}~{each.word}"
        else:
            place = f"read:{each.word}"
        self.wanted.emit(f"{each.interview}#{place}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        t = theme().tokens
        painter.setBrush(QColor(t.warn_soft if self.open else t.sunken))
        painter.drawRoundedRect(self.rect(), theme().px(8), theme().px(8))
