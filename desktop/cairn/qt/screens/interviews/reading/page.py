"""Fills a document with an interview as a page: title, who, when, where, the consent in words, what was told, files, marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextTableFormat,
)

from cairn.app.kernel import times
from cairn.app.kernel.views import InterviewView, NoteView, RecordingView
from cairn.model.kinds.interview import Person
from cairn.model.kinds.recording import Mark
from cairn.model.values import clock_text
from cairn.qt.base import messages
from cairn.qt.base.tokens import Tokens
from cairn.qt.media.leaving import LeavingWords
from cairn.qt.media.sound.drawing import mark_name

NUMBER = int(QTextFormat.Property.UserProperty) + 1
"""Of a block: the number of the paragraph, drawn beside it."""
RULE = NUMBER + 1
"""Of a block: it belongs to the words of the consent, which have a rule at their left."""
SPOT = NUMBER + 2
"""Of a block: which text it is of, by the name of the interview's field or the id of the note."""
TOLD = ("told", "guardian", "companion")
HEARD = ("interviewer", "interpreter", "observer")
WEIGHTS = (QFont.Weight.Normal, QFont.Weight.DemiBold)
"""Of the letters: others, and strong ones."""
_NOT_ON_PAPER = ("locl", "liga", "clig", "calt")
"""Features of a font that draw letters with other glyphs than their own."""


class PageMaker(QObject):
    """Makes pages. `numbers` stand in the text where nothing can be drawn beside it: on paper."""

    def __init__(self, tokens: Tokens, size: float, *, numbers: bool = False, links: bool = True) -> None:
        """`size` of the letters in pixels (on paper: in points)."""
        super().__init__()
        self._tokens = tokens
        self._size = size
        self._numbers = numbers
        self._links = links

    def fill(self, document: QTextDocument, view: InterviewView, sounds: Sequence[RecordingView]) -> None:
        """Put the interview into an empty document."""
        document.setUndoRedoEnabled(False)
        font = QFont(document.defaultFont())
        self._set_size(font, 1)
        if self._numbers:
            # What is drawn with other glyphs than those of its letters can't be copied out of a PDF: in Korean
            # fonts `locl` draws full stops, colons and brackets so, in others `liga` draws fi as one.
            for name in _NOT_ON_PAPER:
                font.setFeature(QFont.Tag(name), 0)
        document.setDefaultFont(font)
        cursor = QTextCursor(document)
        body = view.body
        cursor.beginEditBlock()
        self._block(
            cursor, body.title or self.tr("Without a name"), 1.7, strong=True, first=True, spot="title"
        )
        self._facts(cursor, view, sounds)
        words, about = LeavingWords().saying(view.consent)
        self._block(cursor, words, 1.08, above=18, rule=True)
        if about:
            self._block(cursor, about, 0.86, soft=True, rule=True)
        if body.summary.strip():
            self._block(cursor, self.tr("Summary"), 1.15, strong=True, above=22)
            self._paragraphs(cursor, body.summary, "summary", numbered=False)
        self._block(cursor, self.tr("Account"), 1.15, strong=True, above=22)
        if body.account.strip():
            self._paragraphs(cursor, body.account, "account", numbered=True)
        else:
            self._block(cursor, self.tr("Nothing is written here yet."), 1, soft=True, above=6)
        self._marks(cursor, sounds)
        self._notes(cursor, [each for each in view.notes if not each.removed])
        cursor.endEditBlock()

    def _set_size(self, font: QFont, factor: float) -> None:
        if self._numbers:
            font.setPointSizeF(self._size * factor)
        else:
            font.setPixelSize(round(self._size * factor))

    def _letters(self, factor: float, *, strong: bool = False, soft: bool = False) -> QTextCharFormat:
        made = QTextCharFormat()
        if self._numbers:
            made.setFontPointSize(self._size * factor)
        else:
            made.setProperty(int(QTextFormat.Property.FontPixelSize), round(self._size * factor))
        made.setFontWeight(WEIGHTS[strong])
        made.setForeground(QColor(self._tokens.ink_soft if soft else self._tokens.ink))
        return made

    def _block(
        self,
        cursor: QTextCursor,
        text: str,
        factor: float,
        *,
        strong: bool = False,
        soft: bool = False,
        above: float = 4,
        rule: bool = False,
        number: int = 0,
        first: bool = False,
        spot: str = "",
    ) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above * self._size / 14)
        form.setLineHeight(135, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        if rule:
            form.setLeftMargin(16 * self._size / 14)
            form.setProperty(RULE, True)
        if number:
            form.setProperty(NUMBER, number)
        if spot:
            form.setProperty(SPOT, spot)
        letters = self._letters(factor, strong=strong, soft=soft)
        if first:
            cursor.setBlockFormat(form)
            cursor.setBlockCharFormat(letters)
        else:
            cursor.insertBlock(form, letters)
        if number and self._numbers:
            cursor.insertText(f"{number}  ", self._letters(0.8, soft=True))
        # A line end inside is one of the same paragraph.
        cursor.insertText(text.replace("\n", "\u2028"), letters)

    def _paragraphs(self, cursor: QTextCursor, text: str, spot: str, *, numbered: bool) -> None:
        number = 0
        for paragraph in text.split("\n"):
            if not paragraph.strip():
                continue
            number += 1
            self._block(cursor, paragraph, 1.14, above=10, number=number if numbered else 0, spot=spot)

    def _facts(self, cursor: QTextCursor, view: InterviewView, sounds: Sequence[RecordingView]) -> None:
        body = view.body
        told, heard, when, where = (
            self.tr("Told by"), self.tr("Heard by"), self.tr("When"), self.tr("Where")
        )  # fmt: skip
        spots = {told: "people", heard: "people", when: "date", where: "place"}
        rows: list[tuple[str, list[tuple[str, str]]]] = [
            (told, self._people(view, TOLD)),
            (heard, self._people(view, HEARD)),
            (when, [(body.date.words, ""), (times.beside(body.date, messages.language()), "")]),
            (where, [(body.place, "")]),
            (self.tr("Languages"), [(", ".join(body.languages), "")]),
            (self.tr("From"), [("" if view.own else view.device_label, "")]),
            (self.tr("Recordings"), [self._sound(each) for each in sounds if not each.removed]),
            (self.tr("Files"), [self._file(view, each.id) for each in view.files if not each.removed]),
        ]
        rows = [(word, [one for one in values if one[0]]) for word, values in rows]
        rows = [(word, values) for word, values in rows if values]
        if not rows:
            return
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellPadding(3 * self._size / 14)
        form.setCellSpacing(0)
        form.setTopMargin(10 * self._size / 14)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints(
            [
                QTextLength(QTextLength.Type.PercentageLength, 22),
                QTextLength(QTextLength.Type.PercentageLength, 78),
            ]
        )
        table = cursor.insertTable(len(rows), 2, form)
        for number, (word, values) in enumerate(rows):
            table.cellAt(number, 0).firstCursorPosition().insertText(word, self._letters(1, soft=True))
            at = table.cellAt(number, 1).firstCursorPosition()
            if word in spots:
                form_of = at.blockFormat()
                form_of.setProperty(SPOT, spots[word])
                at.setBlockFormat(form_of)
            for count, (text, link) in enumerate(values):
                if count:
                    at.insertBlock()
                letters = self._letters(1)
                if link and self._links:
                    letters.setAnchor(True)
                    letters.setAnchorHref(link)
                    letters.setForeground(QColor(self._tokens.accent))
                at.insertText(text, letters)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _people(self, view: InterviewView, roles: Sequence[str]) -> list[tuple[str, str]]:
        people = [
            each
            for each in view.body.people
            if (each.role in roles) or (roles is TOLD and each.role not in HEARD)
        ]
        return [(", ".join(self._person(view, each) for each in people), "")]

    def _person(self, view: InterviewView, person: Person) -> str:
        name = view.names.get(person.code, "") if person.protected else ""
        return f"{person.shown} ({name})" if name else person.shown

    def _sound(self, each: RecordingView) -> tuple[str, str]:
        about = [messages.length(each.duration), messages.size(each.size)]
        if each.excluded:
            about.append(self.tr("parts are off the record"))
        return f"{each.name} · {', '.join(about)}", f"recording:{each.id}"

    def _file(self, view: InterviewView, record: str) -> tuple[str, str]:
        each = next(one for one in view.files if one.id == record)
        about = f"{messages.file_sort(each.type, each.name)}, {messages.size(each.size)}"
        return f"{each.name} · {about}", f"file:{each.id}"

    def _marks(self, cursor: QTextCursor, sounds: Sequence[RecordingView]) -> None:
        marked = [each for each in sounds if each.marks and not each.removed]
        if not marked:
            return
        self._block(cursor, self.tr("Marks"), 1.15, strong=True, above=22)
        for sound in marked:
            if len(marked) > 1:
                self._block(cursor, sound.name, 1, soft=True, above=8)
            for mark in sound.marks:
                self._block(cursor, f"{clock_text(mark.at)}  {self._mark(mark)}", 1, above=3)

    def _mark(self, mark: Mark) -> str:
        return " · ".join(part for part in (mark_name(mark.kind), mark.text) if part)

    def _notes(self, cursor: QTextCursor, notes: Sequence[NoteView]) -> None:
        if not notes:
            return
        self._block(cursor, self.tr("Notes of the interviewer"), 1.15, strong=True, above=22)
        for note in notes:
            self._block(cursor, note.text, 1, above=8, spot=note.id)
            who = " · ".join(
                part for part in (note.author, note.device_label, messages.moment(note.created)) if part
            )
            self._block(cursor, who, 0.86, soft=True, above=0)
