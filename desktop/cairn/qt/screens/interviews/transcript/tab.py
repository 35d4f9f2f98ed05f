"""The Transcript tab: choose a recording, hear it, write down its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from cairn.app.interviews import search
from cairn.app.kernel.views import InterviewView, RecordingView
from cairn.app.sound import paragraphs, recordings, transcripts
from cairn.app.sound.transcripts import TranscriptView
from cairn.errors import CairnError
from cairn.model.ids import NO_RECORD, NO_REVISION, RecordId, RevisionHash
from cairn.model.kinds.transcript import Transcript
from cairn.model.values import BEGINNING, MomentMs
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.draft_keeper import DraftKeeper
from cairn.qt.forms.form import Form, RecordDrafts
from cairn.qt.media.sound.listening import Listening
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.screens.interviews.transcript.export import Export
from cairn.qt.screens.interviews.transcript.languages import ask_languages
from cairn.qt.screens.interviews.transcript.paragraph_model import TEXT, TRANSLATION, ParagraphModel
from cairn.qt.screens.interviews.transcript.several import Several
from cairn.qt.screens.interviews.transcript.table import ParagraphTable
from cairn.qt.screens.interviews.transcript.tools import Tools, offer_all
from cairn.qt.screens.interviews.transcript.words_input import WordsInput
from cairn.qt.widgets import Banner, EmptyState, ask, button, column, scroll
from cairn.qt.widgets.editor import commit_composition
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Flow


class TranscriptTab(InterviewTab):
    """Words beside sound. Text follows what is played, and playing follows the text."""

    KEY, HELP = "transcript", "listening"
    DRAFTS = frozenset(("transcript",))

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(desk, view, parent)
        self._desk = desk
        self._view = view
        self._shown: TranscriptView | None = None
        self._rows: list[RecordingView] = []
        self._asked = 0
        self._go_to: tuple[RecordId, MomentMs] | None = None
        self.banner = Banner()
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Recording"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(28)
        self.choice.activated.connect(lambda _index: self._chosen())
        self.listening = Listening(desk)
        self.listening.moved.connect(self._moved)
        self.model = ParagraphModel(self)
        self.table = ParagraphTable(self.model, lambda: self.listening.position, self)
        self.table.setMinimumHeight(theme().px(200))
        self.table.refused_off.connect(self._refuse_off)
        self.table.place_wanted.connect(self.listening.seek)
        self._languages = ("", "")
        self._words = WordsInput(self.model, self.table)
        session = desk.session
        self.form = Form(
            self,
            Transcript(),
            {"paragraphs": self._words},
            lambda: RecordDrafts(session, view.id, transcripts.KIND),
            tidy=self._in_languages,
        )
        self.form.edited.connect(self._typed)
        self.keeper = self.form.keeper
        self.keeper.failed.connect(desk.fail)
        self.tools = Tools(self)
        offer_all(self.tools, self.table, self._play)
        export = button(self.tr("Export…"), self._export, glyph="copy-out")
        self._languages_button = button(self.tr("Languages…"), self._ask_languages)
        only_where_kept(self._languages_button)
        self._languages_button.setAccessibleName(self.tr("Languages and translation"))
        inner = QWidget()
        self.several = Several(desk, self)
        self.several.chosen.connect(self._another)
        self.several.changed.connect(self._replaced)
        top = Flow(self.choice, self.several.choice, self._languages_button, export, self.several.more, gap=8)
        layout = column(top, self.banner, self.listening, self.tools, self.table, space=8)
        layout.setStretchFactor(self.table, 1)
        edge = theme().px(24)
        layout.setContentsMargins(edge, theme().px(12), edge, theme().px(12))
        self._none = EmptyState(
            self.tr("The words of a recording are written down here."),
            glyph="sound",
            help_text=self.tr("Record a conversation, or bring in a recording, under Conversation."),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(scroll(self._none))
        self._pages.addWidget(scroll(inner))
        self.setLayout(column(self._pages, space=0))
        # Filled in its place: what moves makes the style sheet look at all it holds again.
        inner.setLayout(layout)

    # What is shown

    @property
    def dirty(self) -> bool:
        """Whether there are words that are no version yet."""
        return self._unsaved(self._shown)

    def _unsaved(self, shown: TranscriptView | None) -> bool:
        return self.form.dirty or (shown is not None and shown.draft is not None)

    @property
    def recording(self) -> RecordId:
        """Id of the recording whose words are shown, or empty."""
        return self._shown.recording if self._shown is not None else NO_RECORD

    def show_view(self, view: InterviewView) -> None:
        """The interview may have changed."""
        self._view = view
        if self.isVisible():
            self._load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._load()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.listening.pause()

    def place(self) -> str:
        """What is shown, for coming back to it: no content."""
        return f"transcript:{self.recording}@{self.listening.position}" if self.recording else "transcript"

    def go(self, place: str) -> None:
        """Go to a place such as `place` gives behind its colon; the id may be of a recording or of a transcript.

        `~WORDS` behind it are marked, and the column is that in which they stand.
        """
        spot, _, self.table.cells.words = place.partition("~")
        self.table.viewport().update()
        record, _, at = spot.partition("@")
        if record:
            self._go_to = (RecordId(record), MomentMs(int(at)) if at.isdecimal() else BEGINNING)
            if self.isVisible():
                self._load()

    def _load(self, wanted: RecordId = NO_RECORD, transcript: RecordId = NO_RECORD) -> None:
        session, interview = self._desk.session, self._view.id
        kept, dirty = (self._shown.id if self._shown is not None else NO_RECORD), self.dirty
        of_it = self.recording
        self._asked += 1
        asked, going = self._asked, self._go_to
        wanted = wanted or self.recording
        self.keeper.flush()

        def fetch(_progress: object) -> tuple[list[RecordingView], TranscriptView | None, list[RecordId]]:
            rows = [one for one in recordings.rows(session, interview) if not one.removed]
            ids = [one.id for one in rows]
            chosen, exactly = wanted, transcript
            if going is not None:
                of = transcripts.of_interview(session, interview)
                chosen = of.get(going[0], going[0])
                exactly = going[0] if going[0] in of else NO_RECORD
            if chosen not in ids:
                chosen = ids[-1] if ids else NO_RECORD
            if not chosen:
                return rows, None, []
            found = transcripts.load(session, chosen, exactly)
            there = dirty or kept in [each.id for each in found.choices]
            if not exactly and kept and chosen == of_it and kept != found.id and there:
                found = transcripts.load(session, chosen, kept)
            return rows, found, transcripts.removed(session, chosen)

        def show(found: tuple[list[RecordingView], TranscriptView | None, list[RecordId]]) -> None:
            # An answer to an older question must not replace the newer one.
            if asked == self._asked:
                self._fill(*found)

        tasks.run(self, fetch, then=show)

    def _fill(self, rows: list[RecordingView], shown: TranscriptView | None, removed: list[RecordId]) -> None:
        self._rows = rows
        self.choice.clear()
        for one in rows:
            length = paragraphs.clock(one.duration)
            self.choice.addItem(f"{one.name} · {length}", one.id)
        self._pages.setCurrentIndex(0 if shown is None else 1)
        if shown is None:
            self._shown = None
            self.listening.let_go()
            return
        self.choice.setCurrentIndex(self.choice.findData(shown.recording))
        self._show_words(shown, same=self._shown is not None and self._shown.id == shown.id)
        sound = next(one for one in rows if one.id == shown.recording)
        notes = [
            (note.at, note.text)
            for note in self._view.notes
            if note.recording == shown.recording and not note.removed
        ]
        self.listening.show_recording(sound, notes)
        self.listening.player.leave_out(shown.excluded)
        fixed = self._view.fixed or shown.read_only or shown.from_master
        self.several.show_view(shown, removed, writing=not fixed)
        self._look()
        if self._go_to is not None:
            at = self._go_to[1]
            self._go_to = None
            self.listening.seek(at)
            row, words = self.model.find(at), self.table.cells.words
            index, other = self.model.index(row, TEXT), self.model.index(row, TRANSLATION)
            if words and not search.places(str(index.data() or ""), words):
                index = other if search.places(str(other.data() or ""), words) else index
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index, self.table.ScrollHint.PositionAtCenter)

    def _show_words(self, shown: TranscriptView, *, same: bool) -> None:
        """Show them, but never over words that were typed: those stay, on what they were begun on."""
        draft = shown.draft
        self._words.excluded, self._words.duration = shown.excluded, shown.duration
        self._words.keep_place = same
        self._shown = shown
        if not (same and self.form.filled and self.form.dirty):
            words = self.form.read(draft) if draft is not None else shown.body
            language = next(iter(self._view.body.languages), "")
            self._languages = (words.language or ("" if shown.base else language), words.translation)
            self.table.cells.speakers = list(
                dict.fromkeys(
                    [
                        *(person.shown for person in self._view.body.people if person.shown),
                        *paragraphs.speakers(words.paragraphs),
                    ]
                )
            )
        self.form.set_read_only(bool(self._view.fixed or shown.read_only or shown.from_master))
        self.form.show(shown.id, shown.body, shown.base, draft)
        self.model.surround(shown.excluded, shown.duration)

    def _look(self) -> None:
        shown = self._shown
        if shown is None:
            return
        writing = not self.model.read_only
        self.tools.set_writing(writing)
        spoken, translated = self._languages
        self._languages_button.setText(
            " → ".join(one for one in (spoken, translated) if one) or self.tr("Languages…")
        )
        self._languages_button.setAccessibleName(self.tr("Languages and translation"))
        if shown.read_only:
            self.banner.show_message(messages.sentence(shown.read_only), "warn", closable=False)
        elif shown.from_master:
            text = self.tr(
                "These are the words of the recording that this one was made from, as far as it holds them."
            )
            self.banner.show_message(text, closable=False)
        elif self.model.off or shown.touching:
            text = self.tr(
                "%n paragraph(s) lie in what is off the record. Until they are taken out, this transcript stays "
                "in the vault.",
                "",
                self.model.off or len(shown.touching),
            )
            action = "" if self._view.fixed else self.tr("Take them out…")
            self.banner.show_message(text, "warn", action=action, clicked=self._clean, closable=False)
        elif shown.conflict:
            text = self.tr("Another device has written something different. Settle it under History.")
            self.banner.show_message(text, "warn", closable=False)
        else:
            self.banner.clear()

    def _chosen(self) -> None:
        wanted = self.choice.currentData()
        if wanted and wanted != self.recording:
            self.flush()
            self._load(wanted)

    def _another(self, transcript: RecordId) -> None:
        self.flush()
        self._load(self.recording, transcript)

    def _replaced(self, transcript: RecordId) -> None:
        """The one that was shown is removed, or another one is back."""
        recording = self.recording
        self.keeper.forget()
        self.form.forget_loaded()
        self._shown = None
        self._load(recording, transcript)
        self.changed.emit()

    # Hearing

    def _moved(self, at: MomentMs) -> None:
        if self.model.set_position(at) and self.model.playing is not None and self.listening.playing:
            self.table.follow(self.model.playing)

    def _play(self) -> None:
        at = self.table.start_of_current()
        if at is not None:
            self.listening.play_from(at)

    def _refuse_off(self) -> None:
        said = self.tr("This moment is off the record. What is said in it is not written down.")
        self._desk.say(said, "warn")

    # What is typed is kept like the account

    def _typed(self) -> None:
        if bool(self.model.off) != bool(self.banner.isVisible()):
            self._look()
        self.edited.emit()

    def reader(self) -> QWidget:
        return self.table

    @property
    def typed(self) -> bool:
        return self.dirty

    def keepers(self) -> tuple[DraftKeeper, ...]:
        return (self.keeper,)

    def commit_composition(self) -> None:
        """Let the input method commit what it composes."""
        if self.table.cell is not None:
            commit_composition(self.table.cell)

    def flush(self) -> None:
        """Hand what was typed to the vault."""
        self.commit_composition()
        self.keeper.flush()

    @property
    def edits(self) -> int:
        """Counts what was typed: tells whether a version holds all that stands here."""
        return self.form.edits

    def _in_languages(self, words: Transcript) -> Transcript:
        spoken, translated = self._languages
        return msgspec.structs.replace(words, language=spoken, translation=translated)

    # Versions

    def version(self) -> Callable[[str], RevisionHash]:
        """Take what stands here; the work makes versions of all transcripts that have words in a draft.

        It takes the reason, and returns the SHA-256 of the version that is shown here, or nothing.
        """
        self.commit_composition()
        session, interview = self._desk.session, self._view.id
        draft = self.form.snapshot() if self._shown is not None and self.dirty else None
        record = self._shown.id if self._shown is not None else NO_RECORD
        self.keeper.forget()

        def work(reason: str) -> RevisionHash:
            if draft is not None:
                transcripts.save_draft(session, interview, record, draft)
            sha = (
                transcripts.save_version(session, record, reason=reason) if draft is not None else NO_REVISION
            )
            transcripts.save_drafts(session, interview, reason)
            return sha

        return work

    def follow(self, sha: RevisionHash, edits: int) -> None:
        """A version was made of what stood here when there were this many edits."""
        if sha and self._shown is not None:
            self._shown = replace(self._shown, base=sha, source=self._shown.id, draft=None)
            self.form.follow(sha, edits)
        if self.dirty:
            self.keeper.touched()

    def forget_loaded(self) -> None:
        """What was typed is given up: the saved words are shown again."""
        self.form.forget_loaded()

    def let_go(self) -> None:
        """Be silent; forget the sound and its key."""
        self.listening.let_go()

    def _ask_languages(self) -> None:
        def use(spoken: str, translated: str, beside: bool) -> None:
            self.table.show_translation(beside)
            if (spoken, translated) != self._languages:
                self._languages = (spoken, translated)
                self.form.touched()
                self._look()

        ask_languages(
            self,
            self._languages,
            beside=self.table.shows_translation,
            read_only=self.model.read_only,
            then=use,
        )

    def _clean(self) -> None:
        shown = self._shown
        if shown is None:
            return
        if shown.base is None:
            self.table.finish()
            self.model.take_off_out()
            self._look()
            return
        ask(
            self,
            self.tr("Take out what is off the record?"),
            self.tr(
                "A version without these paragraphs is made. The versions before it stay in this vault and never "
                "leave it."
            ),
            yes=self.tr("Take them out"),
            reason=self.tr("Reason"),
            then=self._clean_now,
        )

    def _clean_now(self, reason: str) -> None:
        session, shown = self._desk.session, self._shown
        if shown is None:
            return
        self.flush()
        self.setEnabled(False)

        def done(_sha: str) -> None:
            self.setEnabled(True)
            self.form.forget_loaded()
            self.changed.emit()

        def refused(error: CairnError) -> None:
            self.setEnabled(True)
            self._desk.fail(error)

        tasks.run(
            self, lambda _progress: transcripts.clean(session, shown.id, reason), then=done, failed=refused
        )

    def _export(self) -> None:
        shown = self._shown
        if shown is not None:
            translated = any(each.translation for each in shown.body.paragraphs)
            name = f"{self._view.body.title} {shown.name}".strip()
            Export(self, self._desk, shown, name, unsaved=self.dirty, translated=translated).begin()
