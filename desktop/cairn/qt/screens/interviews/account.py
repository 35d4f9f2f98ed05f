"""The Account tab: code name, date, place, languages, people present, summary, account and notes."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QTextEdit, QWidget

from cairn.app import interviews
from cairn.app.views import InterviewView
from cairn.model.drafts import Draft
from cairn.model.records import Interview
from cairn.qt.screens.interviews.notes import NotesPanel
from cairn.qt.screens.interviews.people import PeopleEditor
from cairn.qt.shell.screen import Desk
from cairn.qt.theme import theme
from cairn.qt.widgets import Editor, Field, column, row, scroll
from cairn.qt.widgets.editor import commit_composition

WIDE = 760
UNDO_TAIL = 40
UNDO_BYTES = 200_000


class AccountTab(QWidget):
    """The form. `edited` after each change by hand; `snapshot` is the draft as it stands."""

    edited = Signal()
    notes_changed = Signal()

    def __init__(self, desk: Desk, view: InterviewView) -> None:
        super().__init__()
        self._view = view
        self._shown: str | None = None
        self._base = view.base
        self._undo: list[str] = []
        self.edits = 0
        """How often something was changed by hand: tells whether an answer is older than the words shown."""
        self.edited.connect(self._count)
        self.title, self.date, self.place, self.languages = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.title.setPlaceholderText(self.tr("W-017"))
        self.date.setPlaceholderText(self.tr("14 March 2026, or winter 2009?"))
        self.languages.setPlaceholderText("ko, zh")
        self.people = PeopleEditor()
        self.summary = Editor(self.tr("Summary"), least=72)
        self.account = Editor(
            self.tr("Account"), placeholder=self.tr("In the person's own words."), least=260
        )
        self._lines: dict[str, QLineEdit] = {
            "title": self.title,
            "date": self.date,
            "place": self.place,
            "languages": self.languages,
        }
        self._texts: dict[str, Editor] = {"summary": self.summary, "account": self.account}
        for line in self._lines.values():
            line.textEdited.connect(lambda _text: self.edited.emit())
        for text in self._texts.values():
            text.edited.connect(self._text_edited)
        self.people.edited.connect(self.edited)
        self.notes = NotesPanel(desk, view)
        self.notes.changed.connect(self.notes_changed)
        title_help = self.tr("A code name protects the person better than a name.")
        names = row(
            Field(self.tr("Code name"), self.title, title_help),
            Field(self.tr("Date"), self.date, self.tr("As it was told. Uncertain is fine.")),
            space=16,
        )
        where = row(
            Field(self.tr("Place"), self.place),
            Field(self.tr("Languages"), self.languages, self.tr("Parted by commas.")),
            space=16,
        )
        for pair in (names, where):
            pair.setStretch(0, 1)
            pair.setStretch(1, 1)
        form = column(
            names,
            where,
            Field(self.tr("People present"), self.people),
            Field(self.tr("Summary"), self.summary),
            Field(self.tr("Account"), self.account),
            None,
            space=20,
        )
        inner = QWidget()
        self._body = row(form, self.notes, space=32)
        self._body.setStretch(0, 1)
        edge = theme().px(24)
        self._body.setContentsMargins(edge, theme().px(20), edge, edge)
        inner.setLayout(self._body)
        self.setLayout(column(scroll(inner), space=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Notes stand beside the form where there is room for both, else below it."""
        super().resizeEvent(event)
        wide = self.width() >= theme().px(WIDE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        self.notes.setMinimumWidth(theme().px(280) if wide else 0)
        self.notes.setMaximumWidth(theme().px(280) if wide else self.width())

    def _count(self) -> None:
        self.edits += 1

    def focus_title(self) -> None:
        """Put the cursor where a new interview begins."""
        self.title.setFocus()

    def forget_loaded(self) -> None:
        """The next `show_view` shows what it is given, whatever stands here now."""
        self._shown = None

    def show_view(self, view: InterviewView, *, keep: bool = False) -> None:
        """Show a draft or a head. What is being typed is not touched when nothing else happened.

        With `keep` the words on the screen stay whatever `view` says: they are newer than it. They then
        follow the version that `view` brings.
        """
        self._view = view
        stamp = f"{view.base}/{view.draft is not None}"
        self.notes.show_view(view)
        locked = bool(view.read_only)
        for line in self._lines.values():
            line.setReadOnly(locked)
        for text in self._texts.values():
            text.setReadOnly(locked)
        self.people.set_read_only(locked)
        if self._shown is not None and (keep or self._shown == stamp or self._same(view)):
            self._shown = stamp
            self._base = view.base if keep or view.draft is None else view.draft.base
            return
        self._shown = stamp
        body = interviews.read_draft(view.draft) if view.draft is not None else view.body
        self._base = view.draft.base if view.draft is not None else view.base
        self._fill(body)
        if view.draft is not None:
            self._take_up(view.draft)

    def _same(self, view: InterviewView) -> bool:
        """Whether a reload brings what stands here already (a version was just saved)."""
        body = interviews.read_draft(view.draft) if view.draft is not None else view.body
        return self.body() == body

    def _fill(self, body: Interview) -> None:
        self.title.setText(body.title)
        self.date.setText(body.date)
        self.place.setText(body.place)
        self.languages.setText(", ".join(body.languages))
        self.people.load(body.people)
        self.summary.load(body.summary)
        self.account.load(body.account)

    def _take_up(self, draft: Draft) -> None:
        """Go on where the person stopped: undo steps, the syllable being composed, the cursor."""
        self._undo = list(draft.undo)
        text = self._texts.get(draft.field)
        if text is not None:
            now = text.text()
            if self._undo and not self._view.read_only:
                text.load(self._undo[0])
                for step in [*self._undo[1:], now]:
                    text.replace(step)
            cursor = text.textCursor()
            cursor.setPosition(min(draft.cursor, len(text.text())))
            if draft.composing:
                cursor.insertText(draft.composing)
            text.setTextCursor(cursor)
            text.setFocus()
        line = self._lines.get(draft.field)
        if line is not None:
            line.setFocus()
            line.setCursorPosition(min(draft.cursor, len(line.text())))
            if draft.composing:
                line.insert(draft.composing)

    def _text_edited(self) -> None:
        sender = self.sender()
        if isinstance(sender, QTextEdit) and isinstance(sender, Editor):
            now = sender.text()
            # Steps of a word or so, newest last: enough to undo after unlocking, small enough for each write.
            if (
                not self._undo
                or abs(len(now) - len(self._undo[-1])) >= 12
                or now.endswith(("\n", ". ", ".\n"))
            ):
                self._undo.append(now)
                while len(self._undo) > UNDO_TAIL or sum(map(len, self._undo)) > UNDO_BYTES:
                    if not self._undo:
                        break
                    self._undo.pop(0)
        self.edited.emit()

    def body(self) -> Interview:
        """What stands in the form, as the record's body; fields that are not shown are kept."""
        shown = self._view.body
        return msgspec.structs.replace(
            shown,
            title=self.title.text().strip(),
            date=self.date.text().strip(),
            place=self.place.text().strip(),
            languages=[part.strip() for part in self.languages.text().split(",") if part.strip()],
            people=self.people.people(),
            summary=self.summary.text(),
            account=self.account.text(),
        )

    def snapshot(self) -> Draft:
        """The draft as it stands, with cursor, undo tail and the text that is still being composed."""
        field, cursor, composing = "", 0, ""
        for name, text in self._texts.items():
            if text.hasFocus() or text.composing:
                field, cursor, composing = name, text.textCursor().position(), text.composing
        for name, line in self._lines.items():
            if line.hasFocus():
                field, cursor = name, line.cursorPosition()
        undo = self._undo if field in self._texts else []
        body = msgspec.Raw(msgspec.json.encode(self.body()))
        return Draft(self._base, body, composing=composing, field=field, cursor=cursor, undo=list(undo))

    def commit_composition(self) -> None:
        """Let the input method commit its syllable."""
        commit_composition(self)
