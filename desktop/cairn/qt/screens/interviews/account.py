"""The Account tab: code name, date, place, languages, people present, summary, account and notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import InterviewView
from cairn.model import clock
from cairn.model.drafts import Draft
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds.interview import Interview
from cairn.model.time.words.context import Context
from cairn.qt.base import messages
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.form import Asked, Form, RecordDrafts
from cairn.qt.forms.inputs import LineInput, ListInput, TextInput, WhenInput
from cairn.qt.screens.interviews.notes import NotesPanel
from cairn.qt.screens.interviews.people import PeopleEditor
from cairn.qt.widgets import Editor, Field, Line, column, row, scroll
from cairn.qt.widgets.when import When

WIDE = 760


class _AccountDrafts(RecordDrafts):
    """The draft of the interview, and apart from it the protected names that were typed with it."""

    def __init__(self, session: Session, interview: RootId, names: Mapping[str, str]) -> None:
        super().__init__(session, interview, "interview")
        self._session = session
        self._names = names

    def save(self, record: RecordId, draft: Draft) -> None:
        """Keep both. Raises InputError `identity.closed`, MachineError."""
        interviews.save_draft(self._session, RootId(record), draft, names=self._names)

    def discard(self, record: RecordId) -> None:
        """Forget both: what stands in the form is the version that was there before."""
        interviews.discard_draft(self._session, RootId(record))


def _today(view: InterviewView) -> Context:
    """Yesterday counts from the day of writing: what was saved before may have been written on any day."""
    return Context(interview=date.fromisoformat(clock.today()), counts=view.base is None)


class AccountTab(QWidget):
    """The form, and the notes beside it."""

    notes_changed = Signal()

    def __init__(self, desk: Desk, view: InterviewView) -> None:
        super().__init__()
        self.title, self.place, self.languages = Line(), Line(), Line()
        self.when = When(lambda: _today(view))
        self.date = self.when.line
        self.title.setPlaceholderText(self.tr("W-017"))
        self.date.setPlaceholderText(self.tr("winter 2009?"))
        self.languages.setPlaceholderText("ko, zh")
        self.people = PeopleEditor()
        self.summary = Editor(self.tr("Summary"), least=72)
        self.account = Editor(
            self.tr("Account"), placeholder=self.tr("In the person's own words."), least=260
        )
        session = desk.session
        self.form = Form(
            self,
            Interview(),
            {
                "title": LineInput(self.title),
                "date": WhenInput(self.when),
                "place": LineInput(self.place),
                "languages": ListInput(self.languages),
                "people": self.people,
                "summary": TextInput(self.summary),
                "account": TextInput(self.account),
            },
            lambda: _AccountDrafts(session, view.id, self.people.protected_names()),
            nothing=lambda _body: not self.differs,
        )
        self._names: dict[str, str] | None = None
        """The protected names of the version; None where it isn't known which of them are typed only."""
        self.notes = NotesPanel(desk, view)
        self.notes.changed.connect(self.notes_changed)
        title_help = self.tr("A code name protects the person better than a name.")
        names = row(
            Field(self.tr("Code name"), self.title, title_help),
            Field(self.tr("Date"), self.when, self.tr("As it was told. Uncertain is fine.")),
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

    def focus_title(self) -> None:
        """Put the cursor where a new interview begins."""
        self.title.setFocus()

    @property
    def differs(self) -> bool:
        """Whether anything stands here that no version holds."""
        typed = self.people.protected_names()
        if self.form.differs or (typed and self._names is None):
            return True
        return any(name != (self._names or {}).get(code, "") for code, name in typed.items())

    def show_view(self, view: InterviewView, asked: Asked[Interview] | None = None) -> None:
        """Show a draft or a head, but never over words that were typed. `asked`: see `Form.show`."""
        self.notes.show_view(view)
        typed = self.form.filled and self.form.record == view.id and self.form.dirty
        self.people.set_names(view.names, open_=view.names_open, refresh=not typed)
        self.people.tell([messages.sentence(code) for code in dict.fromkeys(view.unreadable)])
        if "identity" not in view.unsaved:
            self._names = dict(view.names)
        self.form.set_read_only(view.fixed)
        self.form.show(view.id, view.body, view.base, view.draft, asked)
