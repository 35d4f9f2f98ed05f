"""The Conversation tab: before, during and after a recording, with notes and questions on its clock."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from cairn.app.kernel.views import InterviewView
from cairn.app.sound import recording_choices as choices
from cairn.audio.recorder import Snapshot
from cairn.model.ids import NO_RECORD, RecordId, RootId
from cairn.model.kinds.recording import Mark
from cairn.model.values import LengthMs, MomentMs
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.draft_keeper import DraftKeeper
from cairn.qt.media.sound.columns import clock
from cairn.qt.media.sound.drawing import mark_name
from cairn.qt.media.sound.import_sound import ImportSound
from cairn.qt.screens.interviews.conversation.alerts import Alerts
from cairn.qt.screens.interviews.conversation.before import Before
from cairn.qt.screens.interviews.conversation.console import Console
from cairn.qt.screens.interviews.conversation.guide import QuestionGuide
from cairn.qt.screens.interviews.conversation.kept import KeptRecordings
from cairn.qt.screens.interviews.conversation.ready import ReadyCard
from cairn.qt.screens.interviews.conversation.stamped import Place, StampedNotes, entries
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.widgets import ask, button, card, column, label, row, scroll
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.drop import FileDrop
from cairn.qt.widgets.editor import commit_composition
from cairn.qt.widgets.kept_only import only_where_kept

GUIDE = 220
WIDE = 700
FOLDED_NOTES = 240


class _Low(QWidget):
    """As low as its parts can be: the lists inside scroll, so that the console stays in sight."""

    folded = False
    """Whether the guide stands below: then everything has its own height, and the page scrolls."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        if layout is None:
            return -1
        return layout.totalHeightForWidth(width) if self.folded else layout.totalMinimumHeightForWidth(width)


class ConversationTab(InterviewTab):
    """Follows the window's recorder, which goes on when this tab is closed."""

    KEY, HELP = "conversation", "recording"

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(desk, view, parent)
        self.desk = desk
        self.host = desk.recorder
        self.host.warm_up()
        self._view = view
        self._unfolded = False
        """Whether the card before a recording is open although there is a recording already."""
        self.alerts = Alerts()
        self.alerts.unasked = not view.consent.set
        self.alerts.consent_wanted.connect(lambda: desk.open("interviews", f"{self._view.id}#consent"))
        self.before = Before(lambda: self.tab_wanted.emit("prepare"))
        self.ready = ReadyCard(desk, self.host)
        self.ready.prefer(self.host.choices.microphone)
        self.console = Console(self.host)
        self._elsewhere = self._other_card()
        self._closed = label("", "soft", wrap=True)
        self._again = button(self.tr("Record again…"), self._unfold, glyph="mic")
        only_where_kept(self._again)
        self._back = button(self.tr("Back to the recordings"), self._fold, kind="link")
        self.kept = KeptRecordings(desk, view, self._again)
        self.kept.set_notes(self._notes_of)
        self.import_sound = ImportSound(desk, self)
        self._bring = QWidget()
        self._bring.setLayout(
            column(self.import_sound.banner, self.import_sound.progress, row(self.import_sound.button, None))
        )
        self.notes = StampedNotes(desk, view, self._place)
        self.keeper = self.notes.keeper
        self.guide = QuestionGuide()
        # From the outside in: whatever moves into another widget makes the style sheet look at all it holds again.
        inner = self._low = _Low()
        self.setLayout(column(scroll(inner), space=0))
        left = QWidget()
        self._body = row(left, self.guide, space=16)
        self._body.setStretch(0, 1)
        edge = theme().px(24 if theme().scale <= 125 else 14)
        self._body.setContentsMargins(edge, theme().px(16), edge, theme().px(16))
        inner.setLayout(self._body)
        left.setLayout(
            column(
                self.alerts,
                self.before,
                self._elsewhere,
                self._closed,
                self.console,
                self._back,
                self.ready,
                self.kept,
                self._bring,
                self.notes,
                None,
                space=12,
            )
        )
        for part in (self.console, self._back, self.ready, self.kept, self._elsewhere, self._closed):
            show_if(part, False)
        self.ready.record_wanted.connect(self.record)
        self.ready.microphone_chosen.connect(lambda key: self._choose(microphone=key))
        self.console.stop_wanted.connect(self.ask_stop)
        self.kept.changed.connect(self.changed)
        self.import_sound.added.connect(self._added)
        FileDrop(self, lambda: not self._view.fixed).dropped.connect(self.import_sound.add)
        self.kept.chosen.connect(self._show_notes)
        self.kept.listening.moved.connect(lambda _ms: self.notes.tick())
        self.notes.changed.connect(self.changed)
        self.notes.wanted.connect(self.kept.listening.play_from)
        self.guide.asked.connect(self._asked)
        self.guide.guide_chosen.connect(lambda name: self._choose(guide=name))
        self.guide.open(self.host.choices.guide)
        self.host.changed.connect(self._now)
        self.host.marked.connect(self._marked)
        self.host.state_changed.connect(self._state)
        self.host.kept.connect(self._kept)
        self._load()
        self._state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The guide stands beside the notes where there is room for both, else below them."""
        super().resizeEvent(event)
        wide = self.width() >= theme().px(WIDE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        self._low.folded = not wide
        self.notes.limit(0 if wide else FOLDED_NOTES)
        self.guide.setMinimumWidth(theme().px(GUIDE) if wide else 0)
        self.guide.setMaximumWidth(theme().px(GUIDE) if wide else self.width())

    # What the workspace calls

    def show_view(self, view: InterviewView) -> None:
        """Another state of the interview."""
        self._view = view
        self.alerts.unasked = not view.consent.set
        self.before.show_view(view)
        self.import_sound.show_interview(view)
        self.notes.show_view(view)
        self._load()
        self._state()

    def leave(self) -> None:
        """Another tab is shown: be silent."""
        self.kept.listening.pause()

    def keepers(self) -> tuple[DraftKeeper, ...]:
        return (self.keeper,)

    def commit_composition(self) -> None:
        """Let the input method commit its syllable."""
        commit_composition(self.notes.line)

    def let_go(self) -> None:
        """The interview is closed, or the vault is being locked: forget what holds a key."""
        if self.host.next_question is not None and self._here:
            self.host.next_question = None
        self.kept.listening.let_go()
        if not self.host.active:
            self.host.capture.stop()

    # The recorder

    @property
    def _here(self) -> bool:
        return self.host.active and self.host.interview == self._view.id

    @property
    def _can_record(self) -> bool:
        view = self._view
        return not view.read_only and not view.final and view.own

    def record(self) -> None:
        """Begin a recording of this interview."""
        if self._can_record and not self.host.active and self.host.capture.running:
            self.kept.listening.pause()
            self.host.begin(self.desk.session, self._view.id, key=self.ready.key)

    def record_or_stop(self) -> None:
        """F9."""
        if self._here:
            self.ask_stop()
        else:
            self.record()

    def ask_stop(self) -> None:
        """Stopping can't be undone, and a key is pressed in error: ask, while the recording goes on."""
        if self.host.state != "recording":
            return
        ask(
            self,
            self.tr("Stop the recording?"),
            self.tr(
                "It is closed as it is. You can record again afterwards; that is a recording of its own."
            ),
            yes=self.tr("Stop recording"),
            no=self.tr("Go on recording"),
            then=lambda _reason: self.host.stop(self.desk.session),
        )

    def _state(self) -> None:
        """Show the card that fits what is going on."""
        focused = self._has_focus()
        here, active = self._here, self.host.active
        has = bool(self.kept.rows)
        ready = not active and self._can_record and (self._unfolded or not has)
        if here:
            self._unfolded = False
            self.host.next_question = self.guide.ask_next
        show_if(self.console, here)
        show_if(self._elsewhere, active and not here)
        show_if(self.kept, has and not here and not ready)
        show_if(self._again, has and not active and self._can_record)
        show_if(self._back, ready and has)
        show_if(self.ready, ready)
        show_if(self._bring, not here and not self._view.fixed)
        self._closed.setText(self._closed_words())
        show_if(self._closed, not active and not self._can_record and not has)
        self.guide.set_running(here and self.host.state == "recording")
        self.guide.setHidden(not self._can_record and not here)
        if not here:
            self.alerts.forget()
        self._show_notes()
        if focused:
            self._catch_focus()

    def _has_focus(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and (now is self or self.isAncestorOf(now))

    def _catch_focus(self) -> None:
        """What had the focus may be gone from the screen: then it goes on here, and not to the rail."""
        if self._has_focus() and QApplication.focusWidget() is not self:
            return
        if self._here:
            self.notes.line.setFocus()
        elif self.kept.isVisible():
            self.kept.listening.play_button.setFocus()
        elif self.ready.isVisible() and self.ready.record.isEnabled():
            self.ready.record.setFocus()
        else:
            self.setFocus()

    def _closed_words(self) -> str:
        if self._view.final:
            return self.tr("This interview is finalised. What is recorded now belongs to a new interview.")
        if not self._view.own:
            return self.tr("This interview comes from another device. Record in an interview of your own.")
        return ""

    def _other_card(self) -> QWidget:
        go = button(self.tr("Go to the recording"), self._go_there)
        words = label(self.tr("Another conversation is being recorded."), "strong", wrap=True)
        inside = row(words, go)
        inside.setStretch(0, 1)
        return card(inside, margin=16)

    def _go_there(self) -> None:
        if self.host.belongs_to(self.desk.session):
            self.desk.open("interviews", f"{self.host.interview}#conversation")
        else:
            self.desk.say(self.tr("It belongs to another vault. Open that one to stop it."), "warn")

    def _now(self, now: Snapshot) -> None:
        if not self._here:
            return
        self.alerts.show_now(now)
        self.notes.tick()
        self.guide.show_marks(now.marks)
        self._show_notes()

    def _marked(self, mark: Mark) -> None:
        if self._here and self.isVisible() and mark.kind in ("mark", "break", "distress"):
            self.notes.begin_at(Place(self.host.recording, mark.at, self.host.off_record))

    def _asked(self, words: str) -> None:
        """A question of the guide is asked now."""
        mark = self.host.mark("question", words)
        if mark is not None and not mark.text:
            self.guide.asked_off_record(words)

    def _kept(self, interview: RootId, recording: RecordId) -> None:
        if interview == self._view.id:
            self._load(recording)
            self.changed.emit()

    def _added(self, recording: RecordId) -> None:
        self._load(recording)
        self.changed.emit()

    def _unfold(self) -> None:
        self._unfolded = True
        self.kept.listening.pause()
        self._state()

    def _fold(self) -> None:
        self._unfolded = False
        self._state()

    def _choose(self, **changed: str) -> None:
        session = self.desk.session
        self.host.choices = now = choices.with_changes(self.host.choices, **changed)
        tasks.run(self, lambda _p: choices.keep(session, now))

    # Notes

    def _load(self, want: RecordId = NO_RECORD) -> None:
        self.kept.load(self._view, self._state, want)

    def _place(self) -> Place | None:
        """Where a note that is begun now belongs."""
        at = self.host.at(self._view.id)
        if at is not None:
            return Place(self.host.recording, at, self.host.off_record)
        view = self.kept.shown
        if view is None or self.host.active or self._unfolded:
            return None
        return Place(view.id, self.kept.listening.position)

    def _notes_of(self, recording: RecordId) -> list[tuple[MomentMs, str]]:
        return [
            (note.at, note.text)
            for note in self._view.notes
            if note.recording == recording and not note.removed
        ]

    def _show_notes(self) -> None:
        """The notes and marks of what is recorded, else of what is heard."""
        marks: tuple[Mark, ...] = ()
        recording = ""
        if self._here:
            recording = self.host.recording
            now = self.host.snapshot
            marks = now.marks if now is not None else ()
        elif (shown := self.kept.shown) is not None and not self._unfolded:
            recording, marks = shown.id, shown.marks
        notes = [
            note
            for note in self._view.notes
            if recording and note.recording == recording and not note.removed
        ]
        found = entries(notes, marks, self._mark_words)
        self.notes.show_entries(found, can_play=not self._here)
        if not self._here:
            self.guide.show_marks(marks)

    def _mark_words(self, mark: Mark) -> str:
        parts = [mark.text or mark_name(mark.kind)]
        if mark.away >= 1000:
            parts.append(self.tr("{time} not recorded").format(time=clock(mark.away)))
        elif mark.until > mark.at:
            long = clock(LengthMs(mark.until - mark.at))
            parts.append(self.tr("{time}, left out of everything that leaves").format(time=long))
        return ", ".join(parts)
