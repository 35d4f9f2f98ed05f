"""Notes and marks of one recording on its clock, with a line for the next note that is always open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cairn.app.interviews import interviews
from cairn.app.kernel.views import InterviewView, NoteView, PartDraft
from cairn.errors import CairnError
from cairn.model.ids import RecordId, new_draft_id
from cairn.model.kinds.note import Note
from cairn.model.kinds.recording import Mark
from cairn.model.values import MomentMs
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.form import Form, RecordDrafts
from cairn.qt.forms.inputs import TextInput
from cairn.qt.media.sound.columns import stamp
from cairn.qt.media.sound.drawing import mark_name
from cairn.qt.widgets import Chip, Editor, button, card, column, hline, label, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.shrinking import Shrinking

WORD_AFTER_MARK_MS = 8_000
"""So long after a mark a note that is begun belongs to the mark."""


class Place(NamedTuple):
    """Where a note belongs."""

    recording: RecordId
    at: MomentMs
    off: bool = False
    """Whether something of it was written off the record."""


@dataclass(frozen=True)
class Entry:
    """One line of the list."""

    at: MomentMs
    text: str
    kind: str
    """Code of the mark, or empty for a note that stands alone."""


def entries(notes: Sequence[NoteView], marks: Sequence[Mark], words: Callable[[Mark], str]) -> list[Entry]:
    """Notes and marks in the order of the sound. A note begun at a mark stands in the mark's line."""
    at_marks = {mark.at: mark for mark in marks if mark.kind in ("mark", "break", "distress")}
    found = []
    taken = set()
    for note in notes:
        mark = at_marks.get(note.at)
        if mark is not None:
            taken.add(id(mark))
        found.append(Entry(note.at, note.text, mark.kind if mark is not None else ""))
    found += [Entry(mark.at, words(mark), mark.kind) for mark in marks if id(mark) not in taken]
    return sorted(found, key=lambda one: one.at)


def _apart(mark: Place, now: Place) -> bool:
    return now.recording != mark.recording or abs(now.at - mark.at) > WORD_AFTER_MARK_MS


class NoteLine(Editor):
    """Enter adds the note, Shift+Enter begins a new line in it."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
            return
        super().keyPressEvent(event)


class StampedNotes(QWidget):
    """`place` tells where in which recording we are now, or None: then no note can be begun here."""

    changed = Signal()
    """A note was added."""
    wanted = Signal(int)
    """The person wants to hear what was said at this moment (ms)."""

    def __init__(self, desk: Desk, view: InterviewView, place: Callable[[], Place | None]) -> None:
        super().__init__()
        self._desk = desk
        self._view = view
        self._place = place
        self._shown: list[Entry] = []
        self._can_play = False
        self._follow = True
        self._at: Place | None = None
        """Where the note in the line was begun."""
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._list.setContentsMargins(0, 0, 0, 0)
        lines = QWidget()
        lines.setLayout(self._list)
        self._pane = Shrinking(lines)
        bar = self._pane.verticalScrollBar()
        # Notes grow at the end, and the end is where one looks.
        bar.rangeChanged.connect(lambda _least, most: bar.setValue(most) if self._follow else None)
        self._stamp = label("00:00:00", "stamp")
        self._stamp.setAccessibleName(self.tr("Time of the note"))
        self.line = NoteLine(
            self.tr("Note at this moment"), placeholder=self.tr("What you notice. Enter keeps it."), least=36
        )
        self.line.setMaximumWidth(16_777_215)
        self.line.entered.connect(self.save)
        self._add = button(self.tr("Add note"), self.save)
        only_where_kept(self._add)
        session = desk.session
        self.form = Form(
            self,
            Note(),
            {"text": TextInput(self.line)},
            lambda: RecordDrafts(session, view.id, "stamped"),
            tidy=self._placed,
            nothing=lambda note: not note.text or not note.recording,
        )
        self.form.edited.connect(self._typed)
        self.keeper = self.form.keeper
        self.keeper.failed.connect(desk.fail)
        self._open = QWidget()
        beside = row(self._stamp, self.line, self._add, space=12)
        beside.setStretch(1, 1)
        for part in (self._stamp, self._add):
            beside.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self._stamp.setContentsMargins(0, theme().px(9), 0, 0)
        inner = column(beside)
        inner.setContentsMargins(0, theme().px(12), 0, 0)
        self._open.setLayout(inner)
        self._card = card(self._pane, self._open, space=0, margin=16)
        self.setLayout(column(self._card))
        for each in (self, self._card):
            each.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.look()

    def hasHeightForWidth(self) -> bool:
        """No: a layout never gives less than that height, and the list inside scrolls."""
        return False

    def limit(self, most: int) -> None:
        """The highest that the list gets, in design pixels; 0 for as high as it likes."""
        self._pane.setMaximumHeight(theme().px(most) if most else 16_777_215)

    def show_view(self, view: InterviewView) -> None:
        """Another state of the interview: take up what was being typed when the vault was locked."""
        self._view = view
        if not self.form.filled:
            self.form.begin(new_draft_id(), Note())
            if view.stamped_draft is not None and not view.fixed:
                self._take_up(view.stamped_draft)
        self.look()

    def show_entries(self, found: list[Entry], *, can_play: bool = False) -> None:
        """Show these; only what is new is built."""
        if can_play != self._can_play or self._shown != found[: len(self._shown)]:
            self._shown = []
            while (item := self._list.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        self._can_play = can_play
        self._follow = not can_play
        for entry in found[len(self._shown) :]:
            self._list.addWidget(self._line_of(entry))
        self._shown = list(found)
        self.look()

    def _line_of(self, entry: Entry) -> QWidget:
        made = QWidget()
        if self._can_play:
            when: QWidget = button(stamp(entry.at), lambda: self.wanted.emit(entry.at), kind="link")
            when.setAccessibleName(self.tr("Play from {time}").format(time=stamp(entry.at)))
        else:
            when = label(stamp(entry.at), "stamp")
        when.setMinimumWidth(self._stamp.sizeHint().width())
        text = label(entry.text, wrap=True, selectable=True)
        parts_ = row(when, text, space=16)
        parts_.setStretch(1, 1)
        parts_.setAlignment(when, Qt.AlignmentFlag.AlignTop)
        if entry.kind:
            kind = Chip(mark_name(entry.kind).lower())
            parts_.addWidget(kind, 0, Qt.AlignmentFlag.AlignTop)
        parts_.setContentsMargins(0, theme().px(9), 0, theme().px(9))
        made.setLayout(column(parts_, hline(), space=0))
        return made

    # The open line

    def look(self) -> None:
        """What can be done now."""
        typed = bool(self.line.text().strip()) or bool(self.line.composing)
        can = not self._view.fixed and (self._at is not None or self._place() is not None)
        show_if(self._open, can or typed)
        self._add.setEnabled(bool(self.line.text().strip()))
        show_if(self._card, can or typed or bool(self._shown))
        self.tick()

    def tick(self) -> None:
        """The stamp runs until the note is begun; then it stands."""
        now = self._place()
        begun = bool(self.line.text()) or bool(self.line.composing)
        if self._at is not None and now is not None and not begun and _apart(self._at, now):
            # A mark was made and no word followed: what is written later belongs to later.
            self._at = None
        place = self._at or now
        text = stamp(place.at) if place is not None else ""
        if text != self._stamp.text():
            self._stamp.setText(text)

    def begin_at(self, place: Place) -> None:
        """The next note belongs to this moment, where none is begun yet: a mark was made."""
        if self._at is None and not self.line.text():
            self._at = place
            self.look()
            if self._open.isVisible():
                self.line.setFocus()

    def _typed(self) -> None:
        now = self._place()
        if self._at is None:
            self._at = now
        elif now is not None and now.off:
            # It was begun before: but what is written now may have been said off the record.
            self._at = self._at._replace(off=True)
        if not self.line.text() and not self.line.composing:
            self._at = None
        self.look()

    def _placed(self, note: Note) -> Note:
        """The note with the place where it was begun."""
        at = self._at
        if at is None:
            return note
        return Note(text=note.text, recording=at.recording, at=at.at, off=at.off)

    def _take_up(self, found: PartDraft) -> None:
        note = self.form.read(found.draft)
        self._at = Place(note.recording, note.at, note.off)
        self.form.resume(found.record, found.draft)

    def save(self) -> None:
        """Keep the note in the line. The line is free at once: the next note need not wait for the disk."""
        text, place, record = self.line.text().strip(), self._at, self.form.record
        if not text or place is None:
            return
        session, interview = self._desk.session, self._view.id
        self.keeper.forget()
        self._at = None
        self.form.begin(new_draft_id(), Note())
        self.look()
        tasks.run(
            self,
            lambda _p: interviews.save_note(
                session, interview, None, text, recording=place.recording, at=place.at, off=place.off
            ),
            then=lambda _id: self.changed.emit(),
            failed=lambda error: self._refused(error, text, place, record),
            orphaned=tasks.lost,
        )

    def _refused(self, error: CairnError, text: str, place: Place, record: RecordId) -> None:
        """It was not kept: it stands in the line again, before what was typed since."""
        later = self.line.text()
        self._at = place
        self.form.begin(record, Note(text=f"{text}\n{later}" if later else text))
        self.form.touched()
        self.look()
        self._desk.fail(error)
