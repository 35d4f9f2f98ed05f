"""The Account tab: code name, date, place, languages, people present, summary, account and notes."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from cairn.app.interviews import interviews
from cairn.app.kernel.views import InterviewView
from cairn.model.drafts import Draft
from cairn.model.records import Interview
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.screens.interviews.notes import NotesPanel
from cairn.qt.screens.interviews.people import PeopleEditor
from cairn.qt.widgets import Editor, Field, Line, column, row, scroll
from cairn.qt.widgets.editor import commit_composition

WIDE = 760
UNDO_TAIL = 40
UNDO_STEP = 12
UNDO_CHARACTERS = 200_000


class AccountTab(QWidget):
    """The form. `edited` after each change by hand; `snapshot` is the draft as it stands."""

    edited = Signal()
    notes_changed = Signal()

    def __init__(self, desk: Desk, view: InterviewView) -> None:
        super().__init__()
        self._view = view
        self._filled = False
        self._stopped_in: QWidget | None = None
        """The field that has the cursor, or had it last."""
        QGuiApplication.instance().focusObjectChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._base = view.base
        self._undo: dict[str, list[str]] = {}
        self._edits = 0
        self._kept_at = 0
        self.edited.connect(self._count)
        self.title, self.date, self.place, self.languages = Line(), Line(), Line(), Line()
        self.title.setPlaceholderText(self.tr("W-017"))
        self.date.setPlaceholderText(self.tr("winter 2009?"))
        self.languages.setPlaceholderText("ko, zh")
        self.people = PeopleEditor()
        self.summary = Editor(self.tr("Summary"), least=72)
        self.account = Editor(
            self.tr("Account"), placeholder=self.tr("In the person's own words."), least=260
        )
        self._lines: dict[str, Line] = {
            "title": self.title,
            "date": self.date,
            "place": self.place,
            "languages": self.languages,
        }
        self._texts: dict[str, Editor] = {"summary": self.summary, "account": self.account}
        for line in self._lines.values():
            line.edited.connect(self.edited)
        for name, text in self._texts.items():
            text.edited.connect(partial(self._text_edited, name))
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
            Field(self.tr("Languages"), self.languages, self.tr("Separated by commas.")),
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
        # In its place before it is filled: what moves makes the style sheet look at all it holds again.
        self.setLayout(column(scroll(inner), space=0))
        inner.setLayout(self._body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Notes stand beside the form where there is room for both, else below it."""
        super().resizeEvent(event)
        wide = self.width() >= theme().px(WIDE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        self.notes.setMinimumWidth(theme().px(280) if wide else 0)
        self.notes.setMaximumWidth(theme().px(280) if wide else self.width())

    def _count(self) -> None:
        self._edits += 1

    @property
    def edits(self) -> int:
        """How often something was changed by hand: tells whether an answer is older than the words shown."""
        return self._edits

    @property
    def dirty(self) -> bool:
        """Whether the words on the screen were changed by hand since they were loaded or became a version."""
        return self._edits != self._kept_at

    def focus_title(self) -> None:
        """Put the cursor where a new interview begins."""
        self.title.setFocus()

    def forget_loaded(self) -> None:
        """The next `show_view` shows what it is given, whatever stands here now."""
        self._filled = False

    def follow(self, sha: str, edits: int) -> None:
        """What stood here when `edits` was read is the version `sha` now; what is typed next follows it."""
        self._base, self._kept_at = sha, edits

    def show_view(self, view: InterviewView, asked: tuple[Interview, int] | None = None) -> None:
        """Show a draft or a head, but never over words that were typed: those stay.

        `asked` is what stood here, and `edits`, when `view` was asked for. Where a version holds just that,
        the words here follow it; else typed words keep the version that they were begun on, so that one
        which came from elsewhere stands beside them and is not overwritten.
        """
        self._view = view
        self.notes.show_view(view)
        locked = bool(view.read_only)
        for line in self._lines.values():
            line.setReadOnly(locked)
        for text in self._texts.values():
            text.setReadOnly(locked)
        self.people.set_read_only(locked)
        body = interviews.read_draft(view.draft) if view.draft is not None else view.body
        base = view.draft.base if view.draft is not None else view.base
        if not self._filled:
            self._fill(body)
            self._base, self._kept_at, self._filled = base, self._edits, True
            if view.draft is not None:
                self._take_up(view.draft)
        elif self.dirty:
            if asked is not None and view.draft is None and _same(asked[0], body):
                self._base, self._kept_at = base, asked[1]
        else:
            self._base = base
            if not _same(self.body(), body):
                self._fill(body)

    def _fill(self, body: Interview) -> None:
        self.title.setText(body.title)
        self.date.setText(body.date)
        self.place.setText(body.place)
        self.languages.setText(", ".join(body.languages))
        for line in self._lines.values():
            line.setCursorPosition(0)
        self.people.load(body.people)
        self.summary.load(body.summary)
        self.account.load(body.account)
        self._undo = {name: [text.text()] for name, text in self._texts.items()}

    def _take_up(self, draft: Draft) -> None:
        """Go on where the person stopped: undo steps, the syllable being composed, the cursor."""
        text = self._texts.get(draft.field)
        if text is not None:
            if not self._view.read_only:
                self._undo[draft.field] = list(draft.undo) or self._undo[draft.field]
                text.take_up(draft.undo, draft.cursor, draft.composing)
            self._stopped_in = text
            return
        part, _, number = draft.field.partition(".")
        line = self._lines.get(part)
        if part == "people" and number.isdecimal() and not self._view.read_only:
            line = self.people.box(int(number))
        if line is not None:
            line.setCursorPosition(min(draft.cursor, len(line.text())))
            if draft.composing and not self._view.read_only:
                line.insert(draft.composing)
                line.edited.emit()
            self._stopped_in = line

    def _focus_moved(self, now: QObject | None) -> None:
        # Not `hasFocus` when it is asked for: the button that locks may have taken the focus just now.
        if isinstance(now, Editor | Line) and (now in self._texts.values() or self._is_line(now)):
            self._stopped_in = now

    def _is_line(self, widget: QWidget) -> bool:
        return widget in self._lines.values() or widget in self.people.names

    def go_on(self) -> None:
        """Put the cursor back where the person stopped, if that was in this form."""
        if self._stopped_in is not None:
            self._stopped_in.setFocus()

    def _text_edited(self, name: str) -> None:
        # Steps of a word or so, newest last: enough to undo after unlocking, small enough for each write.
        now, steps = self._texts[name].text(), self._undo.setdefault(name, [])
        if not steps or abs(len(now) - len(steps[-1])) >= UNDO_STEP or now.endswith(("\n", ". ")):
            steps.append(now)
            while steps and (len(steps) > UNDO_TAIL or sum(map(len, steps)) > UNDO_CHARACTERS):
                steps.pop(0)
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
        undo: list[str] = []
        for name, text in self._texts.items():
            if text is self._stopped_in or text.composing:
                field, cursor, composing = name, text.textCursor().position(), text.composing
                undo = list(self._undo.get(name, []))
        named = 0
        lines = list(self._lines.items())
        for line in self.people.names:
            lines.append((f"people.{named}", line))
            named += bool(line.text().strip())
        for name, line in lines:
            if line is self._stopped_in or line.composing:
                field, cursor, composing, undo = name, line.cursorPosition(), line.composing, []
        body = msgspec.Raw(msgspec.json.encode(self.body()))
        return Draft(self._base, body, composing=composing, field=field, cursor=cursor, undo=undo)

    def commit_composition(self) -> None:
        """Let the input method commit its syllable."""
        commit_composition(self)


def _same(one: Interview, other: Interview) -> bool:
    """Whether two bodies have the same words. Sealing changes none of them."""
    return msgspec.structs.replace(one, sealed=False) == msgspec.structs.replace(other, sealed=False)
