"""Beside the table of an office: what the interview is where the keys are, before it is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from cairn.app.consent import wording
from cairn.app.interviews import interviews
from cairn.app.kernel.views import InterviewRow, InterviewView
from cairn.app.sound import recordings
from cairn.errors import CairnError
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.screens.interviews.listed.rows import chips
from cairn.qt.widgets import Chip, EmptyState, button, column, hline, label, row, scroll
from cairn.qt.widgets.facts import Facts, Notice
from cairn.qt.widgets.reflow import Flow
from cairn.qt.widgets.saying import Saying

WIDTH = 304


class Details(QWidget):
    """One interview in facts, and a way into it."""

    def __init__(self, desk: Desk, open_: Callable[[str, str], Any]) -> None:
        """`open_` gets an interview's id and the tab to be shown."""
        super().__init__()
        self._desk = desk
        self._open = open_
        self._asked = 0
        self._row: InterviewRow | None = None
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._parts = column(space=14)
        inner = QWidget()
        holder = column(self._parts, None, margin=24)
        inner.setLayout(holder)
        self._area = scroll(inner, self.tr("The interview in short"))
        self.read = button(self.tr("Open to read"), lambda: self._go("read"))
        self.write = button(self.tr("Open to write"), lambda: self._go("account"), kind="quiet")
        foot = QWidget()
        ways = column(Flow(self.read, self.write))
        edge = theme().px(24)
        ways.setContentsMargins(edge, theme().px(10), edge, theme().px(10))
        foot.setLayout(ways)
        self._foot = foot
        self._none = EmptyState(self.tr("Choose an interview to see what it is."), glyph="interviews")
        whole = column(self._none, self._area, hline(), foot, space=0)
        whole.setStretchFactor(self._area, 1)
        self.setLayout(whole)
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._asked += 1
        self._row = None
        self._area.hide()
        self._foot.hide()
        self._none.show()

    def show_row(self, one: InterviewRow) -> None:
        """Tell of this interview."""
        self._asked += 1
        asked, session = self._asked, self._desk.session

        def load(_progress: object) -> tuple[InterviewView, int]:
            sounds = [each for each in recordings.rows(session, one.id) if not each.removed]
            return interviews.load(session, one.id), len(sounds)

        def show(found: tuple[InterviewView, int]) -> None:
            if asked == self._asked:
                self._row = one
                self._fill(one, *found)

        def failed(error: CairnError) -> None:
            if asked == self._asked:
                self.clear()
                self._none.set(messages.sentence(error))

        tasks.run(self, load, then=show, failed=failed)

    def _fill(self, one: InterviewRow, view: InterviewView, sounds: int) -> None:
        while (item := self._parts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._parts.addWidget(label(one.title or self.tr("Without a name"), "heading", wrap=True))
        marks = [Chip(word, tone) for word, tone in chips(one)]
        if marks:
            self._parts.addWidget(Flow(*marks, gap=6))
        told = [one.date, one.place, one.foreign, ", ".join(view.body.languages)]
        line = " · ".join(each for each in told if each)
        if line:
            self._parts.addWidget(label(line, "soft", wrap=True))
        if view.conflicts:
            said = self.tr("%n thing(s) here wait for you to settle them.", "", len(view.conflicts))
            self._parts.addWidget(Notice(said, "warn", glyph="merge"))
            look = button(self.tr("Look at both"), lambda: self._go("history"), kind="quiet")
            holder = QWidget()
            holder.setLayout(row(look, None))
            self._parts.addWidget(holder)
        self._parts.addWidget(hline())
        self._parts.addWidget(self._consent(view))
        self._parts.addWidget(hline())
        self._parts.addWidget(Facts(self._facts(one, view, sounds)))
        self._none.hide()
        self._area.show()
        self._foot.show()
        self._area.verticalScrollBar().setValue(0)

    def _consent(self, view: InterviewView) -> QWidget:
        if not view.consent.set:
            return label(self.tr("Nobody has written down what was agreed to."), wrap=True)
        said = wording.sentences(view.consent, messages.language())
        return Saying(view.consent.given or "\n".join(said), self.tr("Consent, as it was written down"))

    def _facts(self, one: InterviewRow, view: InterviewView, sounds: int) -> list[tuple[str, str | QWidget]]:
        people = messages.locale().toString(len(view.body.people))
        if one.protected:
            people = self.tr("{count}, names protected").format(count=people)
        files = sum(not each.removed for each in view.files)
        notes = sum(not each.removed for each in view.notes)
        facts: list[tuple[str, str | QWidget]] = [
            (self.tr("People"), people),
            (self.tr("Recordings"), messages.locale().toString(sounds)),
            (self.tr("Files"), messages.locale().toString(files)),
            (self.tr("Notes"), messages.locale().toString(notes)),
            (self.tr("Begun"), messages.moment(one.created)),
            (self.tr("Changed"), messages.moment(one.changed)),
        ]
        if one.sent:
            facts.append((self.tr("Bundle"), QCoreApplication.translate("Filter", "In a bundle")))
        return facts

    def _go(self, tab: str) -> None:
        if self._row is not None:
            self._open(self._row.id, tab)
