"""Make a tracing sheet: what stands on it is shown first, word for word; then it becomes a PDF where consent allows."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget

from cairn.app.leaving import tracing
from cairn.app.leaving.tracing import Sheet as Traced
from cairn.errors import CairnError, Cancelled
from cairn.model.ids import RecordId, RootId
from cairn.paths import safe_name
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.media.leaving import LeavingWords
from cairn.qt.screens.interviews.reading.paper import POINTS, as_pdf
from cairn.qt.widgets import Sheet, column, label
from cairn.qt.widgets.choose import choose_new_file
from cairn.qt.widgets.facts import Facts, Notice


class TracingSheet(QObject):
    """Asks what may stand on the sheet, shows it, and writes it."""

    def __init__(self, tab: QWidget, desk: Desk) -> None:
        super().__init__(tab)
        self._tab = tab
        self._desk = desk
        self._unlogged = False

    def make(self, interview: RootId, relation: RecordId) -> None:
        """Begin with the one who is sought in this relation."""
        session, language = self._desk.session, messages.language()
        tasks.run(
            self._tab,
            lambda _progress: tracing.preview(session, interview, relation, language),
            then=self._offer,
            failed=self._refused,
        )

    def _offer(self, found: Traced) -> None:
        parts: list[QWidget] = []
        self._unlogged = bool(self._desk.session.unwritable)
        if found.lines:
            said = self.tr(
                "This is all that stands on it. Test questions, marks and the photograph are never on it."
            )
            parts += [label(said, wrap=True), Facts([(caption, text) for caption, text in found.lines])]
        if found.stays:
            head = (
                self.tr("What consent keeps back is not on it:")
                if found.lines
                else self.tr("Consent does not allow anything to leave for tracing:")
            )
            parts.append(label(head, "strong", wrap=True))
            parts += [
                Notice(f"{messages.kind(kind)}: {messages.sentence(code)}") for kind, code in found.stays
            ]
        if found.lines:
            logged = self.tr(
                "The PDF is readable by anyone who finds it. The custody log keeps that it was made."
            )
            parts.append(
                LeavingWords(self).unlogged() if self._unlogged else label(logged, "soft", wrap=True)
            )
        content = QWidget()
        content.setLayout(column(*parts, space=12))
        sheet = Sheet(self._tab, self.tr("Tracing sheet"), content, width=560)
        sheet.add(self.tr("Cancel"))
        if found.lines:

            def go() -> None:
                sheet.dismiss()
                self._where(found)

            sheet.add(self.tr("Save as PDF…"), go, kind="primary")
        sheet.open(from_top=True)

    def _where(self, found: Traced) -> None:
        choose_new_file(
            self._tab,
            self.tr("Save the sheet to"),
            safe_name(f"{found.code}.pdf"),
            partial(self._write, found),
            ending="pdf",
            verb=self.tr("Save it here"),
        )

    def _write(self, found: Traced, target: Path) -> None:
        session, title, unlogged = self._desk.session, self.tr("Tracing sheet"), self._unlogged

        def work(_progress: object) -> None:
            tracing.write(session, found, target, as_pdf(partial(fill, title, found)), unlogged=unlogged)

        tasks.run(
            self._tab,
            work,
            then=lambda _done: self._desk.show_saved(self.tr("Tracing sheet saved as a PDF")),
            failed=self._refused,
            lane="long",
            job=self.tr("A tracing sheet is being saved as a PDF."),
        )

    def _refused(self, error: CairnError) -> None:
        if not isinstance(error, Cancelled):
            self._desk.fail(error)


def fill(title: str, found: Traced, document: QTextDocument) -> None:
    """Write the sheet into a document: a heading, then each caption with its text."""
    cursor = QTextCursor(document)
    heading, caption, text = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
    heading.setFontPointSize(POINTS * 1.7)
    heading.setFontWeight(600)
    caption.setFontPointSize(POINTS * 0.85)
    text.setFontPointSize(POINTS * 1.1)
    gap = QTextBlockFormat()
    gap.setTopMargin(10)
    cursor.insertText(f"{title} · {found.code}", heading)
    for name, value in found.lines:
        cursor.insertBlock(gap, caption)
        cursor.insertText(name, caption)
        cursor.insertBlock(QTextBlockFormat(), text)
        cursor.insertText(value.replace("\n", "\u2028"), text)
