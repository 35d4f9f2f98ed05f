"""Notes of the interviewer, apart from the account."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cairn.app.interviews import interviews
from cairn.app.kernel import record_drafts
from cairn.app.kernel.views import InterviewView, NoteView, PartDraft
from cairn.model.ids import RecordId, new_draft_id
from cairn.model.kinds.note import Note
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.form import Form, RecordDrafts
from cairn.qt.forms.inputs import TextInput
from cairn.qt.media.sound.columns import stamp
from cairn.qt.widgets import Editor, Elided, ask, button, card, column, icon_button, label, row
from cairn.qt.widgets.kept_only import only_where_kept


class NotesPanel(QWidget):
    """The notes so far and a box for the next one. Ctrl+Enter adds it."""

    changed = Signal()

    def __init__(self, desk: Desk, view: InterviewView) -> None:
        super().__init__()
        self._desk = desk
        self._view = view
        self._editing: RecordId | None = None
        self._box = Editor(self.tr("A note"), placeholder=self.tr("A note of your own"), least=72)
        session = desk.session
        self.form = Form(
            self,
            Note(),
            {"text": TextInput(self._box)},
            lambda: RecordDrafts(session, view.id, "note"),
            nothing=lambda note: not note.text,
        )
        self.form.edited.connect(self._look)
        self.keeper = self.form.keeper
        self._add = button(self.tr("Add note"), self._save)
        only_where_kept(self._add)
        self._cancel = button(self.tr("Cancel"), self._stop_editing, kind="quiet")
        self.keeper.failed.connect(desk.fail)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme().px(12))
        self._none = label(
            self.tr("What you notice, and what is to be done. Notes stay apart from the account."),
            "caption",
            wrap=True,
        )
        panel = card(
            label(self.tr("Notes"), "strong"),
            self._none,
            self._list,
            self._box,
            row(self._cancel, None, self._add),
            space=12,
            margin=16,
        )
        self.setLayout(column(panel, None))
        self._look()

    def show_view(self, view: InterviewView) -> None:
        """Show the notes of an interview."""
        self._view = view
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        notes = [note for note in view.notes if not note.removed]
        for note in notes:
            self._list.addWidget(self._note(note))
        self._none.setVisible(not notes)
        locked = view.fixed
        if not self.form.filled:
            self.form.begin(new_draft_id(), Note())
            if view.note_draft is not None and not locked:
                self._take_up(view.note_draft, {note.id for note in notes})
        self._box.setVisible(not locked)
        self._add.setVisible(not locked)
        self._cancel.setVisible(not locked)
        self._look()

    def _note(self, note: NoteView) -> QWidget:
        made = QWidget()
        text = label(note.text, wrap=True, selectable=True)
        when = stamp(note.at) if note.recording else ""
        who = " · ".join(part for part in (when, messages.moment(note.created), note.author) if part)
        below = row(Elided(who, "caption"), space=2)
        below.setStretch(0, 1)
        if not self._view.fixed:
            change = icon_button("edit", self.tr("Change this note"), lambda: self._edit(note))
            remove = icon_button("trash", self.tr("Remove this note"), lambda: self._ask_remove(note))
            only_where_kept(change, remove)
            below.addWidget(change)
            below.addWidget(remove)
        layout = column(text, below, space=2)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        made.setLayout(layout)
        return made

    # The note in the box is kept like the account

    def _take_up(self, found: PartDraft, notes: set[str]) -> None:
        self._editing = found.record if found.record in notes else None
        self.form.resume(found.record, found.draft)

    def _look(self) -> None:
        self._add.setEnabled(bool(self._box.text().strip()))
        self._add.setText(self.tr("Save note") if self._editing else self.tr("Add note"))
        self._cancel.setVisible(self._editing is not None and not self._view.fixed)

    def _edit(self, note: NoteView) -> None:
        self.keeper.flush()
        self._editing = note.id
        self.form.begin(note.id, Note(text=note.text), note.sha)
        self._box.setFocus()
        self._look()

    def _stop_editing(self) -> None:
        """The person gives up what is in the box."""
        session, record = self._desk.session, self.form.record
        self._empty()
        tasks.run(self, lambda _progress: record_drafts.discard(session, record))

    def _empty(self) -> None:
        self.keeper.forget()
        self._editing = None
        self.form.begin(new_draft_id(), Note())
        self._look()

    @property
    def _needs_reason(self) -> bool:
        return self._view.final or not self._view.own

    def _save(self) -> None:
        if self._needs_reason:
            title = self.tr("Add to a finalised interview")
            text = self.tr("The finalised version stays as it is. Say why the note is needed.")
            ask(self, title, text, yes=self.tr("Save note"), reason=self.tr("Reason"), then=self._save_now)
        else:
            self._save_now("")

    def _save_now(self, reason: str) -> None:
        session, interview, note, text = (
            self._desk.session,
            self._view.id,
            self._editing,
            self._box.text().strip(),
        )
        tasks.run(
            self,
            lambda _progress: interviews.save_note(session, interview, note, text, reason),
            then=lambda _id: self._saved(text),
        )

    def _saved(self, text: str) -> None:
        if self._box.text().strip() == text:
            self._empty()
        else:
            # Typed on meanwhile: that is the beginning of the next note, nothing of it may go.
            self._editing = None
            self.form.go_on_as(new_draft_id())
            self._look()
        self.changed.emit()

    def _ask_remove(self, note: NoteView) -> None:
        if self._needs_reason:
            title = self.tr("Remove this note?")
            text = self.tr("Its versions stay in the history. Say why.")
            ask(
                self,
                title,
                text,
                yes=self.tr("Remove note"),
                reason=self.tr("Reason"),
                then=lambda why: self._remove(note, why),
            )
        else:
            self._remove(note, "")

    def _remove(self, note: NoteView, reason: str) -> None:
        session = self._desk.session
        tasks.run(
            self,
            lambda _progress: interviews.remove_note(session, note.id, reason),
            then=lambda _done: self._removed(note),
        )

    def _removed(self, note: NoteView) -> None:
        self.changed.emit()
        if not self._needs_reason:
            session, interview = self._desk.session, self._view.id
            self._desk.say(
                self.tr("The note was removed."),
                action=self.tr("Undo"),
                clicked=lambda: tasks.run(
                    self,
                    lambda _progress: interviews.save_note(session, interview, note.id, note.text),
                    then=lambda _id: self.changed.emit(),
                ),
            )
