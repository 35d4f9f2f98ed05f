"""The recordings of an interview: which there are, the one that is heard, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from cairn.app import recordings
from cairn.app.views import InterviewView, RecordingView
from cairn.qt import messages
from cairn.qt.shell.screen import Desk
from cairn.qt.sound.actions import RecordingActions
from cairn.qt.sound.adding import AddSound
from cairn.qt.sound.columns import clock
from cairn.qt.sound.listening import Listening
from cairn.qt.theme import theme
from cairn.qt.widgets import Row, RowList, card, column, label
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.drop import FileDrop
from cairn.qt.widgets.reflow import Flow

_MOST_ROWS = 4


class Shelf(QWidget):
    """List, player and actions. `show_interview` loads the recordings; `let_go` closes the one that is open.

    The sound stops when the shelf is hidden.
    """

    changed = Signal()
    """A recording was added or changed."""
    shown = Signal(int)
    """So many recordings are listed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._interview: InterviewView | None = None
        self._rows: tuple[RecordingView, ...] = ()
        self._choose_next = ""
        self.listening = Listening(desk)
        self.acts = RecordingActions(desk, self.listening)
        self.acts.changed.connect(self._changed)
        self.adding = AddSound(desk, self)
        self.adding.added.connect(self._changed)
        self.list = RowList(self.tr("Recordings"))
        self.list.chosen.connect(self._chosen)
        self._title = label(self.tr("Recordings"), "heading")
        self._none = label(
            self.tr(
                "Recordings will be listed here. Sound from a phone or a recorder can be added; it is kept as it is."
            ),
            "soft",
            wrap=True,
        )
        self._name = label("", "strong", wrap=True)
        self._about = label("", "caption", wrap=True)
        self._card = card(
            column(self._name, self._about, space=2), self.listening, self.acts, space=12, margin=20
        )
        head = Flow(self._title, self.adding.button, gap=16)
        self.setLayout(column(head, self.adding.progress, self._none, self.list, self._card, None, space=12))
        drop = FileDrop(self)
        drop.dropped.connect(self.adding.add)
        self._show_rows()

    @property
    def rows(self) -> tuple[RecordingView, ...]:
        """The recordings that are listed."""
        return self._rows

    def show_interview(self, view: InterviewView, choose: str = "") -> None:
        """Load the recordings of an interview, and show the one with the id `choose`."""
        if self._interview is not None and self._interview.id != view.id:
            self.let_go()
        self._interview = view
        self._choose_next = choose or self._choose_next
        self.adding.show_interview(view)
        session = self._desk.session

        def arrived(rows: list[RecordingView]) -> None:
            if self._interview is not None and self._interview.id == view.id:
                self._show(rows)

        self._desk.run(self, lambda _progress: recordings.rows(session, view.id), then=arrived)

    def choose(self, recording: str) -> None:
        """Show one recording, now or as soon as it is listed."""
        self._choose_next = recording
        if any(one.id == recording for one in self._rows):
            self._show(self._rows)

    def play_from(self, recording: str, ms: int) -> None:
        """Play a recording that is listed from a place."""
        self.choose(recording)
        if self.listening.recording == recording:
            self.listening.play_from(ms)

    def let_go(self) -> None:
        """Close what is open: at the lock, and for another interview."""
        self.listening.let_go()
        self._rows = ()
        self._show_rows()

    def _changed(self, recording: str) -> None:
        self._choose_next = recording or self._choose_next
        if self._interview is not None:
            self.show_interview(self._interview)
        self.changed.emit()

    def _show(self, rows: Sequence[RecordingView]) -> None:
        before = self.listening.recording
        self._rows = tuple(rows)
        self.list.set_rows([self._row(one) for one in self._rows])
        known = {one.id for one in self._rows}
        wanted = next((one for one in (self._choose_next, before) if one in known), "")
        if not wanted:
            wanted = next((one.id for one in reversed(self._rows) if not one.removed), "")
        if self._choose_next == wanted:
            self._choose_next = ""
        if wanted:
            self.list.choose(wanted)
            self._chosen(wanted)
        else:
            self.listening.let_go()
        self._show_rows()
        self.shown.emit(len(self._rows))

    def _show_rows(self) -> None:
        count = len(self._rows)
        show_if(self._none, not count)
        show_if(self.list, count > 1)
        show_if(self._card, bool(self.listening.recording))
        height = theme().px(56) * min(count, _MOST_ROWS) + theme().px(4)
        self.list.setFixedHeight(max(height, theme().px(60)))

    def _row(self, view: RecordingView) -> Row:
        chips: list[tuple[str, str]] = []
        if view.removed:
            chips.append((self.tr("removed"), "neutral"))
        elif not view.present:
            chips.append((self.tr("not here"), "warn"))
        elif view.interrupted:
            chips.append((self.tr("interrupted"), "warn"))
        if view.excluded:
            chips.append((self.tr("stays here"), "warn"))
        return Row(
            view.id,
            view.name,
            self._line(view),
            tuple(chips),
            "mic" if view.source == "microphone" else "sound",
            soft=view.removed,
        )

    def _line(self, view: RecordingView) -> str:
        sources = {
            "import": self.tr("added"),
            "excerpt": self.tr("excerpt"),
            "copy": self.tr("listening copy"),
            "cut": self.tr("copy that may leave"),
        }
        when = messages.moment(view.started) if view.started else ""
        parts = (clock(view.duration), when, sources.get(view.source, ""), view.device)
        return " · ".join(part for part in parts if part)

    def _chosen(self, recording: str) -> None:
        view = next((one for one in self._rows if one.id == recording), None)
        if view is None or self._interview is None:
            return
        self._name.setText(view.name)
        self._about.setText(f"{self._line(view)} · {messages.size(view.size)}")
        notes = [
            (note.at, note.text)
            for note in self._interview.notes
            if note.recording == view.id and not note.removed
        ]
        self.listening.show_recording(view, notes)
        self.acts.show_interview(self._interview)
        self._show_rows()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.listening.pause()
