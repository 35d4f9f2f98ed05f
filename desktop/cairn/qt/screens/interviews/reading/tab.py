"""The tab Read: an interview as a page to read, search in, save as a PDF and print."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from cairn.app.interviews import search
from cairn.app.kernel.views import InterviewView, RecordingView
from cairn.app.sound import recordings
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.screens.interviews.reading.page import NUMBER, RULE, SPOT, PageMaker
from cairn.qt.screens.interviews.reading.way_out import WayOut
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.widgets import button, column, label, row
from cairn.qt.widgets.find import FindStrip

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

    def stretch(self, text: str, paragraph: int) -> tuple[int, int] | None:
        """Where a paragraph of one of the interview's texts stands; all of the text where it has no such paragraph."""
        number = 0
        whole: tuple[int, int] | None = None
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().property(SPOT) == text:
                start = block.position()
                whole = (whole[0] if whole else start, start + block.length())
                for line in block.text().split("\u2028"):
                    end = start + len(line.encode("utf-16-le", "surrogatepass")) // 2
                    number += bool(line.strip())
                    if number == paragraph and line.strip():
                        return start, end
                    start = end + 1
            block = block.next()
        return whole

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


class ReadingTab(InterviewTab):
    """The page, the strip to find words in it, and the way out of it."""

    KEY, HELP = "read", "reading"

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(desk, view, parent)
        self._desk = desk
        self._view = view
        self._sounds: list[RecordingView] = []
        self._wanted = ""
        """A place to go to once the page stands."""
        self.page = PageText()
        self.page.opened.connect(self._open)
        self.strip = FindStrip(self.page, search.places)
        self._way = WayOut(self, desk)
        self._save = button(self.tr("Save as PDF…"), self._to_file, kind="quiet", glyph="pdf")
        self._print = button(self.tr("Print…"), self._to_printer, kind="quiet", glyph="print")
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        keys.activated.connect(self._to_printer)
        shown = QKeySequence(QKeySequence.StandardKey.Print).toString(QKeySequence.SequenceFormat.NativeText)
        self._print.setToolTip(self.tr("Print ({keys})").format(keys=shown))
        self._search = button(self.tr("Find…"), self.strip.begin, kind="quiet", glyph="search")
        self._draft = label(
            self.tr("What was typed since the last version is not on this page."), "caption", wrap=True
        )
        bar = row(self._draft, None, self._search, self._print, self._save, space=8)
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
                    place, self._wanted = self._wanted, ""
                    self._find(place)
                else:
                    self.strip.again()

        tasks.run(self, lambda _progress: recordings.rows(session, view.id), then=shown)

    def go(self, place: str) -> None:
        """Find words, now or when the page stands: `TEXT.PARAGRAPH.NTH~WORDS`, or `~WORDS` anywhere.

        TEXT is a field of the interview or the id of a note; the paragraphs that are not empty are counted from 1, the
        places in each from 0.
        """
        if self.page.document().isEmpty():
            self._wanted = place
        else:
            self._find(place)

    def _find(self, place: str) -> None:
        where, _, words = place.partition("~")
        text, _, rest = where.partition(".")
        paragraph, _, nth = rest.partition(".")
        stretch = self.page.stretch(text, int(paragraph or 0)) if text else None
        self.strip.look_for(words, stretch, int(nth or 0))

    def _open(self, link: str) -> None:
        kind, _, record = link.partition(":")
        self.tab_wanted.emit(f"files:{record}" if kind == "file" else "conversation")

    def _to_file(self) -> None:
        self._way.to_file(self._view)

    def _to_printer(self) -> None:
        self._way.to_printer(self._view)
