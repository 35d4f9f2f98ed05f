"""How a page leaves: a question with the words of the consent and all that is on the page; then a file or a printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cairn.app.kernel.views import InterviewView
from cairn.app.leaving import pages
from cairn.app.leaving.views import SealInterview
from cairn.errors import CairnError, Cancelled
from cairn.model.ids import RecordId
from cairn.paths import safe_name
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.media.leaving import LeavingWords
from cairn.qt.media.printing import printers
from cairn.qt.media.printing.printer import Printer
from cairn.qt.screens.interviews.reading.paper import Paper
from cairn.qt.screens.interviews.reading.print_choices import PrintChoices
from cairn.qt.screens.interviews.reading.question import Found, PageQuestion, look
from cairn.qt.widgets import Banner, Sheet, column, label
from cairn.qt.widgets.choose import choose_new_file

T = TypeVar("T")


class WayOut(QObject):
    """Asks, and carries out what was answered. What the person holds back stays held back while the tab is open."""

    def __init__(self, tab: QWidget, desk: Desk) -> None:
        super().__init__(tab)
        self._tab = tab
        self._desk = desk
        self._held: set[str] = set()
        self._unlogged = False
        """Whether the person is told that the custody log will not tell of it."""
        self._busy = False
        """A question is being made: a second key press asks nothing."""

    def to_file(self, view: InterviewView) -> None:
        """Ask whether the page becomes a PDF, and where."""
        self._begin(view, partial(self._offer_file, view))

    def to_printer(self, view: InterviewView) -> None:
        """Ask whether the page is handed to a printer, and to which."""

        def ask(found: Found) -> None:
            self._run(
                printers.found,
                lambda rows: self._offer_printer(view, found, rows),
                failed=lambda error: self._offer_no_printer(view, found, messages.sentence(error)),
            )

        self._begin(view, ask)

    # The question

    def _run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[CairnError], None] | None = None,
        job: str = "",
    ) -> None:
        self._busy = True

        def done(found: T) -> None:
            self._busy = False
            then(found)

        def not_done(error: CairnError) -> None:
            self._busy = False
            if failed is not None:
                failed(error)
            elif not isinstance(error, Cancelled):
                self._desk.fail(error)

        tasks.run(self._tab, lambda _progress: work(), then=done, failed=not_done, lane="long", job=job)

    def _begin(self, view: InterviewView, offer: Callable[[Found], None]) -> None:
        # The key reaches here from everywhere in the window, a question over it included.
        asking = any(each.isVisible() for each in self._tab.window().findChildren(Sheet))
        if self._busy or asking:
            return
        session, held = self._desk.session, frozenset(self._held)

        def asked(looked: Found) -> None:
            found, _ = looked
            if not any(each.kind == "interview" for each in found.leaves) and not found.held:
                why = next((each.code for each in found.stays if each.kind == "interview"), "gate.not-asked")
                self._desk.say(messages.sentence(why), "warn")
            else:
                offer(looked)

        self._run(lambda: look(session, view.id, held), asked)

    def _offer_file(self, view: InterviewView, found: Found) -> None:
        question = PageQuestion(
            self._tab, self._desk, view, found, self._held, self.tr("Save this interview as a PDF?")
        )
        question.add(
            self._told(
                self.tr(
                    "The PDF is readable by anyone who finds it, and so is what a printer makes of it. "
                    "The custody log keeps that it was made."
                )
            )
        )
        question.open(self.tr("Choose where…"), lambda chosen: self._where(view, chosen))

    def _offer_printer(self, view: InterviewView, found: Found, rows: Sequence[Printer]) -> None:
        if not rows:
            self._offer_no_printer(view, found, self.tr("No printer is set up on this computer."))
            return
        choices = PrintChoices(rows)
        question = PageQuestion(
            self._tab, self._desk, view, found, self._held, self.tr("Print this interview?")
        )
        question.begin_with(choices)
        question.add(
            self._told(
                self.tr(
                    "The custody log keeps that the pages were handed to this printer; the printer's name stays in the vault."
                )
            )
        )
        question.open(self.tr("Hand to the printer"), lambda chosen: self._hand_over(view, chosen, choices))

    def _told(self, logged: str) -> QWidget:
        """What becomes of it, and what the custody log keeps of that: nothing, where nothing can be written."""
        self._unlogged = bool(self._desk.session.unwritable)
        return LeavingWords(self).unlogged() if self._unlogged else label(logged, "soft", wrap=True)

    def _offer_no_printer(self, view: InterviewView, found: Found, why: str) -> None:
        said = Banner()
        said.show_message(why, "warn", closable=False)
        instead = self.tr(
            "The page can be saved as a PDF, and printed from another computer. Remove the file afterwards."
        )
        content = QWidget()
        content.setLayout(column(said, label(instead, wrap=True), space=12))
        sheet = Sheet(self._tab, self.tr("Nothing can be printed here"), content)
        sheet.add(self.tr("Cancel"))

        def go() -> None:
            sheet.dismiss()
            self._offer_file(view, found)

        sheet.add(self.tr("Save as PDF…"), go, kind="primary")
        sheet.open()

    # A file

    def _where(self, view: InterviewView, found: SealInterview) -> None:
        untitled = self.tr("Interview")
        choose_new_file(
            self._tab,
            self.tr("Save the page to"),
            safe_name(f"{view.body.title or untitled}.pdf"),
            partial(self._write, view, found),
            ending="pdf",
            verb=self.tr("Save it here"),
        )

    def _write(self, view: InterviewView, found: SealInterview, target: Path) -> None:
        session, leaves, held = self._desk.session, _leaves(found), frozenset(self._held)
        unlogged = self._unlogged

        def work() -> None:
            page = Paper(*pages.content(session, view.id, leaves))
            pages.write(session, view.id, leaves, held, target, page.pdf(), unlogged=unlogged)

        saved = self.tr("A page is being saved as a PDF.")
        self._run(work, lambda _done: self._desk.show_saved(self.tr("Page saved as a PDF")), job=saved)

    # A printer

    def _hand_over(self, view: InterviewView, found: SealInterview, choices: PrintChoices) -> None:
        session, leaves, held = self._desk.session, _leaves(found), frozenset(self._held)
        unlogged = self._unlogged
        printer, copies, paper = (
            choices.chosen,
            int(choices.copies.currentText()),
            choices.paper.currentText(),
        )

        def work() -> None:
            page = Paper(*pages.content(session, view.id, leaves), paper)
            pages.hand_over(
                session,
                view.id,
                leaves,
                held,
                printer.name,
                lambda: printers.hand_over(printer, page, copies=copies, paper=paper),
                unlogged=unlogged,
            )

        said = self.tr("Handed to the printer {printer}").format(printer=printer.title)
        self._run(work, lambda _done: self._desk.show_saved(said))


def _leaves(found: SealInterview) -> list[RecordId]:
    return [RecordId(each.record) for each in found.leaves]
