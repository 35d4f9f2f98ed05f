"""The question before a page leaves: the words of the consent, totals, every item by name, any of them held back."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from cairn.app.kernel.session import Session
from cairn.app.kernel.views import InterviewView
from cairn.app.leaving import names, pages
from cairn.app.leaving.names import NamesLook
from cairn.app.leaving.views import SealInterview
from cairn.model.ids import RootId
from cairn.qt.base import tasks
from cairn.qt.desk import Desk
from cairn.qt.media.leaving import LeavingWords
from cairn.qt.widgets import Sheet, column, label
from cairn.qt.widgets.items import ItemList
from cairn.qt.widgets.saying import Saying

Found = tuple[SealInterview, NamesLook]
"""What would be on the page, and the protected names in it."""


def look(s: Session, interview: RootId, held: Collection[str]) -> Found:
    """Ask what may be on the page, and look for names in that. Raises InputError `interview.unknown`."""
    found = pages.preview(s, interview, held)
    return found, names.of_page(s, found)


class PageQuestion(QObject):
    """Asked over `tab`. `held` is the caller's: what the person holds back here goes into it."""

    def __init__(
        self, tab: QWidget, desk: Desk, view: InterviewView, found: Found, held: set[str], title: str
    ) -> None:
        content = QWidget()
        self.sheet = Sheet(tab, title, content, width=640)
        super().__init__(self.sheet)
        self._desk, self._view, self._held, self._now = desk, view, held, found
        consent = found[0].consent
        self._words = LeavingWords(self)
        self._said = label("", "strong", wrap=True)
        self._listed = ItemList(self.tr("What is on the page, and what stays"))
        self._listed.acted.connect(self._hold)
        self._names = column(space=8)
        said = Saying(*self._words.saying(consent))
        self._box = column(said, self._names, self._said, self._listed, space=12)
        content.setLayout(self._box)
        self._go: QPushButton | None = None

    def begin_with(self, part: QWidget) -> None:
        """Something between the words of the consent and what is on the page, before `open`."""
        self._box.insertWidget(1, part)

    def add(self, part: QWidget) -> None:
        """Something below the list, before `open`."""
        self._box.addWidget(part)

    def open(self, verb: str, answered: Callable[[SealInterview], None]) -> None:
        """Show it. `answered` gets what leaves, when the person has pressed `verb`."""

        def go() -> None:
            self.sheet.dismiss()
            answered(self._now[0])

        self.sheet.add(self.tr("Cancel"))
        self._go = self.sheet.add(verb, go, kind="primary")
        self._show(self._now)
        self.sheet.open(from_top=True)

    def _show(self, found: Found) -> None:
        self._now = found
        preview, named = found
        while (item := self._names.takeAt(0)) is not None:
            if (before := item.widget()) is not None:
                before.hide()
                before.deleteLater()
        for each in self._words.names(named):
            self._names.addWidget(each)
        self._said.setText(self._words.totals(*self._words.counts(preview)))
        self._listed.set_entries(self._words.entries(preview, heading="", with_words=False))
        if self._go is not None:
            self._go.setEnabled(any(each.kind == "interview" for each in preview.leaves))

    def _hold(self, record: str) -> None:
        self._held ^= {record}
        self._listed.say(record, **self._words.held_words(held=record in self._held))
        if self._go is not None:
            self._go.setEnabled(False)
        session, interview, held = self._desk.session, self._view.id, frozenset(self._held)
        tasks.run(
            self._listed, lambda _progress: look(session, interview, held), then=self._show, lane="long"
        )
