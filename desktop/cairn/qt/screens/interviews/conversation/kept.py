"""The recordings of an interview, one of them open to be heard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cairn.app.kernel.views import InterviewView, RecordingView
from cairn.app.sound import recordings
from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.values import MomentMs
from cairn.qt.base import messages, tasks
from cairn.qt.desk import Desk
from cairn.qt.media.sound.actions import RecordingActions
from cairn.qt.media.sound.columns import clock
from cairn.qt.media.sound.listening import Listening
from cairn.qt.widgets import Chip, card, column, label, row
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.reflow import Flow
from cairn.qt.widgets.settings import Choice


class KeptRecordings(QWidget):
    """Choose a recording, hear it, work with it."""

    changed = Signal()
    """Something about the recordings is different in the vault."""
    chosen = Signal()
    """Another recording is shown, or none."""

    def __init__(self, desk: Desk, view: InterviewView, again: QWidget) -> None:
        """`again` is the button that begins another recording."""
        super().__init__()
        self._desk = desk
        self._view = view
        self._rows: list[RecordingView] = []
        self._asked = 0
        self._wanted = NO_RECORD
        self._notes: Callable[[RecordId], list[tuple[MomentMs, str]]] = lambda _recording: []
        self.listening = Listening(desk)
        self.doings = RecordingActions(desk, self.listening)
        self.doings.changed.connect(self._made)
        self.listening.lengthened.connect(self._made)
        self.choice = Choice(self.tr("Recording"), [], None)
        self.choice.picked.connect(lambda recording: self.open(RecordId(str(recording))))
        self._facts = label("", "caption", wrap=True)
        self._state = Chip()
        head = row(label(self.tr("Recordings"), "heading"), None, self._state)
        self.setLayout(
            column(
                card(
                    head,
                    Flow(self.choice, again, gap=12),
                    self._facts,
                    self.listening,
                    self.doings,
                    space=12,
                    margin=20,
                )
            )
        )

    @property
    def shown(self) -> RecordingView | None:
        """The recording that is open."""
        return self.listening.view

    @property
    def rows(self) -> list[RecordingView]:
        """All recordings, removed ones last."""
        return self._rows

    def set_notes(self, notes: Callable[[RecordId], list[tuple[MomentMs, str]]]) -> None:
        """Where the notes of a recording come from: (ms, words)."""
        self._notes = notes

    def load(self, view: InterviewView, then: Callable[[], None], want: RecordId = NO_RECORD) -> None:
        """Read the recordings anew; `want` is the one to show then."""
        self._view = view
        self._wanted = want or self._wanted
        self._asked += 1
        asked, session = self._asked, self._desk.session

        def show(found: list[RecordingView]) -> None:
            if asked == self._asked:
                self._show(found)
                then()

        tasks.run(self, lambda _p: recordings.rows(session, view.id), then=show)

    def _show(self, found: list[RecordingView]) -> None:
        # Removed ones last: they can be brought back from here.
        self._rows = sorted(found, key=lambda one: one.removed)
        self.choice.set_options([(one.id, self._line(one, brief=True)) for one in self._rows])
        show_if(self.choice, len(self._rows) > 1)
        ids = [one.id for one in self._rows]
        standing = [one.id for one in self._rows if not one.removed]
        last = standing[-1] if standing else next(iter(ids), NO_RECORD)
        wanted = next((one for one in (self._wanted, self.listening.recording) if one in ids), last)
        self._wanted = NO_RECORD
        self.doings.show_interview(self._view)
        self.open(wanted)

    def open(self, recording: RecordId) -> None:
        """Show one of them."""
        view = next((one for one in self._rows if one.id == recording), None)
        if view is None:
            self.listening.let_go()
        else:
            self.choice.show_value(recording)
            self.listening.show_recording(view, self._notes(recording))
            self._facts.setText(self._line(view))
            # Of several, the list to choose from says what tells one from the other.
            show_if(self._facts, len(self._rows) == 1)
            self._state.set(
                self._state_words(view), "warn" if view.interrupted or view.excluded else "neutral"
            )
        self.doings.show_interview(self._view)
        self.chosen.emit()

    def _made(self, recording: RecordId) -> None:
        self._wanted = recording
        self.changed.emit()

    def _state_words(self, view: RecordingView) -> str:
        if view.removed:
            return self.tr("removed")
        if view.excluded:
            return self.tr("partly off the record")
        if view.interrupted:
            return self.tr("interrupted")
        sources = {
            "import": self.tr("from a file"),
            "excerpt": self.tr("excerpt"),
            "copy": self.tr("listening copy"),
            "cut": self.tr("may leave"),
        }
        return sources.get(view.source, "")

    def _line(self, view: RecordingView, *, brief: bool = False) -> str:
        when = messages.moment(view.started) if view.started else ""
        gone = self.tr("removed") if view.removed else ""
        size = "" if brief else messages.size(view.size)
        parts = (view.name, when, clock(view.duration), size, gone)
        return " · ".join(part for part in parts if part)
