"""The tab Read: an interview as a page to read, search in, and save as a PDF."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from cairn.app.interviews import search
from cairn.app.kernel.views import InterviewView, RecordingView
from cairn.app.leaving import pages
from cairn.app.leaving.views import SealInterview
from cairn.app.sound import recordings
from cairn.model.ids import RecordId
from cairn.paths import safe_name
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.media.leaving import LeavingWords
from cairn.qt.screens.interviews.reading.page import NUMBER, RULE, PageMaker
from cairn.qt.screens.interviews.reading.paper import pdf
from cairn.qt.widgets import Sheet, button, column, label, row
from cairn.qt.widgets.choose import choose_new_file
from cairn.qt.widgets.find import FindStrip
from cairn.qt.widgets.items import ItemList
from cairn.qt.widgets.saying import Saying

GUTTER = 44
WIDEST = 600
"""Design pixels: of the numbers beside the paragraphs, and of a line."""


class PageText(QTextBrowser):
    """The page. Numbers and the rule beside the consent are drawn, not written: what is copied is the text alone."""

    opened = Signal(str)
    """What a link leads to: `file:ID`, `recording:ID`."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("The interview as a page"))
        self.setProperty("reading", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(theme().px(8))
        self.anchorClicked.connect(lambda url: self.opened.emit(url.toString()))

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Nothing is ever loaded."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        left = theme().px(GUTTER)
        room = self.width() - left - theme().px(12)
        self.setViewportMargins(0, theme().px(8), max(0, room - theme().px(WIDEST)), 0)
        super().resizeEvent(event)

    def set_page(self, view: InterviewView, sounds: list[RecordingView]) -> None:
        """Show an interview; where one has scrolled to stays."""
        where = self.verticalScrollBar().value()
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(theme().px(8))
        PageMaker(theme().tokens, theme().px(14)).fill(document, view, sounds)
        frame = document.rootFrame().frameFormat()
        frame.setLeftMargin(theme().px(GUTTER))
        document.rootFrame().setFrameFormat(frame)
        self.setDocument(document)
        self.verticalScrollBar().setValue(where)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        font = QFont(self.font())
        font.setPixelSize(theme().px(12))
        painter.setFont(font)
        t, shift = theme().tokens, self.verticalScrollBar().value()
        layout = self.document().documentLayout()
        block = self.cursorForPosition(QPoint(theme().px(GUTTER) + 4, 0)).block()
        if (before := block.previous()).isValid():
            block = before
        while block.isValid():
            place = layout.blockBoundingRect(block)
            top = round(place.top()) - shift
            if top > self.viewport().height():
                break
            form = block.blockFormat()
            if (number := form.property(NUMBER)) is not None:
                first = round(block.layout().lineAt(0).height()) if block.layout().lineCount() else 0
                spot = QRect(
                    0, top + round(block.layout().position().y() - place.top()), theme().px(GUTTER - 8), first
                )
                painter.setPen(QColor(t.ink_soft))
                painter.drawText(
                    spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number)
                )
            if form.property(RULE):
                bar = QRect(theme().px(GUTTER), top, theme().px(3), round(place.height()))
                painter.fillRect(bar, QColor(t.accent))
            block = block.next()


class ReadingTab(QWidget):
    """The page, the strip to find words in it, and the way out of it."""

    changed = Signal()
    """Never: a page changes nothing."""
    tab_wanted = Signal(str)

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._sounds: list[RecordingView] = []
        self._held: set[str] = set()
        self._wanted = ""
        """Words to find once the page stands."""
        self.page = PageText()
        self.page.opened.connect(self._open)
        self.strip = FindStrip(self.page, search.places)
        self._save = button(self.tr("Save as PDF…"), self._ask, kind="quiet", glyph="print")
        self._search = button(self.tr("Find…"), self.strip.begin, kind="quiet", glyph="search")
        self._draft = label(
            self.tr("What was typed since the last version is not on this page."), "caption", wrap=True
        )
        bar = row(self._draft, None, self._search, self._save, space=8)
        bar.setStretch(0, 1)
        edge = theme().px(16)
        bar.setContentsMargins(theme().px(GUTTER), theme().px(6), edge, theme().px(2))
        head = QWidget()
        head.setLayout(bar)
        layout = column(head, self.strip, self.page, space=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.page)

    def show_view(self, view: InterviewView) -> None:
        """Show an interview as it is saved."""
        self._view = view
        self._draft.setVisible(view.draft is not None)
        session = self._desk.session

        def shown(sounds: list[RecordingView]) -> None:
            if self._view is view:
                self._sounds = sounds
                self.page.set_page(view, sounds)
                if self._wanted:
                    words, self._wanted = self._wanted, ""
                    self.strip.look_for(words)
                else:
                    self.strip.again()

        tasks.run(self, lambda _progress: recordings.rows(session, view.id), then=shown)

    def go(self, words: str) -> None:
        """Find these words, now or when the page stands."""
        if self.page.document().isEmpty():
            self._wanted = words
        else:
            self.strip.look_for(words)

    def _open(self, link: str) -> None:
        kind, _, record = link.partition(":")
        self.tab_wanted.emit(f"files:{record}" if kind == "file" else "conversation")

    # The way out

    def _ask(self) -> None:
        session, interview, held = self._desk.session, self._view.id, frozenset(self._held)
        tasks.run(self, lambda _progress: pages.preview(session, interview, held), then=self._offer)

    def _offer(self, found: SealInterview) -> None:
        if not any(each.kind == "interview" for each in found.leaves) and not found.held:
            why = next((each.code for each in found.stays if each.kind == "interview"), "gate.not-asked")
            self._desk.say(messages.sentence(why), "warn")
            return
        words = LeavingWords(self)
        listed = ItemList(self.tr("What is on the page, and what stays"))
        listed.setMinimumWidth(theme().px(520))
        said = label("", "strong", wrap=True)
        content = QWidget()
        content.setLayout(
            column(
                Saying(*words.saying(found.consent)),
                said,
                listed,
                label(
                    self.tr(
                        "The PDF is readable by anyone who finds it, and so is what a printer makes of it. "
                        "The custody log keeps that it was made."
                    ),
                    "soft",
                    wrap=True,
                ),
                space=12,
            )
        )
        sheet = Sheet(self, self.tr("Save this interview as a PDF?"), content)
        sheet.add(self.tr("Cancel"))
        go = sheet.add(self.tr("Choose where…"), lambda: self._where(sheet, now[0]), kind="primary")
        now = [found]

        def show(preview: SealInterview) -> None:
            now[0] = preview
            said.setText(words.totals(*words.counts(preview)))
            listed.set_entries(words.entries(preview, heading="", with_words=False))
            go.setEnabled(any(each.kind == "interview" for each in preview.leaves))

        def hold(record: str) -> None:
            self._held ^= {record}
            listed.say(record, **words.held_words(held=record in self._held))
            go.setEnabled(False)
            session, interview, held = self._desk.session, self._view.id, frozenset(self._held)
            tasks.run(listed, lambda _progress: pages.preview(session, interview, held), then=show)

        listed.acted.connect(hold)
        show(found)
        sheet.open()

    def _where(self, sheet: Sheet, found: SealInterview) -> None:
        sheet.dismiss()
        untitled = self.tr("Interview")
        choose_new_file(
            self,
            self.tr("Save the page to"),
            safe_name(f"{self._view.body.title or untitled}.pdf"),
            partial(self._write, found),
            ending="pdf",
            verb=self.tr("Save it here"),
        )

    def _write(self, found: SealInterview, target: Path) -> None:
        session, interview = self._desk.session, self._view.id
        leaves = [RecordId(each.record) for each in found.leaves]
        held = frozenset(self._held)

        def work(_progress: object) -> None:
            view, sounds = pages.content(session, interview, leaves)
            pages.write(session, interview, leaves, held, target, pdf(view, sounds))

        tasks.run(
            self,
            work,
            then=lambda _done: self._desk.show_saved(self.tr("Page saved as a PDF")),
            lane="long",
        )
