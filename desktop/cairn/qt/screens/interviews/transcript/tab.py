"""The Transcript tab: choose a recording, hear it, write down its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from cairn.app.kernel.views import InterviewView, RecordingView
from cairn.app.sound import paragraphs, recordings, transcripts
from cairn.app.sound.transcripts import TranscriptView
from cairn.errors import CairnError
from cairn.model.drafts import Draft
from cairn.model.records import Transcript
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.draft_keeper import DraftKeeper
from cairn.qt.media.sound.listening import Listening
from cairn.qt.screens.interviews.transcript.export import Export
from cairn.qt.screens.interviews.transcript.languages import ask_languages
from cairn.qt.screens.interviews.transcript.paragraph_model import TEXT, ParagraphModel, with_composing
from cairn.qt.screens.interviews.transcript.several import Several
from cairn.qt.screens.interviews.transcript.table import ParagraphTable
from cairn.qt.screens.interviews.transcript.tools import Tools, offer_all
from cairn.qt.widgets import Banner, EmptyState, ask, button, column, scroll
from cairn.qt.widgets.editor import commit_composition
from cairn.qt.widgets.reflow import Flow


class TranscriptTab(QWidget):
    """Words beside sound. Text follows what is played, and playing follows the text."""

    edited = Signal()
    """Something was typed."""
    changed = Signal()
    """A version was made here."""

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._shown: TranscriptView | None = None
        self._rows: list[RecordingView] = []
        self._asked = 0
        self._go_to: tuple[str, int] | None = None
        self._filling = False
        self._dirty = False
        self.edits = 0
        """Counts what was typed: an answer of the vault that is older must not replace it."""
        self.keeper = DraftKeeper(self._take, self)
        self.keeper.failed.connect(desk.fail)
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
        self.table.touched.connect(self._typed)
        self.table.refused_off.connect(self._refuse_off)
        self.table.place_wanted.connect(self.listening.seek)
        self.model.edited.connect(self._typed)
        self._languages = ("", "")
        self.tools = Tools(self)
        offer_all(self.tools, self.table, self._play)
        export = button(self.tr("Export…"), self._export, glyph="copy-out")
        self._languages_button = button("", self._ask_languages)
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
        return self._dirty

    @property
    def recording(self) -> str:
        """Id of the recording whose words are shown, or empty."""
        return self._shown.recording if self._shown is not None else ""

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
        """Go to a place such as `place` gives; the id may be of a recording or of a transcript."""
        _, _, what = place.partition(":")
        record, _, at = what.partition("@")
        if record:
            self._go_to = (record, int(at) if at.isdecimal() else 0)
            if self.isVisible():
                self._load()

    def _load(self, wanted: str = "", transcript: str = "") -> None:
        session, interview = self._desk.session, self._view.id
        kept, dirty = (self._shown.id if self._shown is not None else ""), self._dirty
        of_it = self.recording
        self._asked += 1
        asked, edits, going = self._asked, self.edits, self._go_to
        wanted = wanted or self.recording
        self.keeper.flush()

        def fetch(_progress: object) -> tuple[list[RecordingView], TranscriptView | None, list[str]]:
            rows = [one for one in recordings.rows(session, interview) if not one.removed]
            ids = [one.id for one in rows]
            chosen, exactly = wanted, transcript
            if going is not None:
                of = transcripts.of_interview(session, interview)
                chosen = of.get(going[0], going[0])
                exactly = going[0] if going[0] in of else ""
            if chosen not in ids:
                chosen = ids[-1] if ids else ""
            if not chosen:
                return rows, None, []
            found = transcripts.load(session, chosen, exactly)
            there = dirty or kept in [each.id for each in found.choices]
            if not exactly and kept and chosen == of_it and kept != found.id and there:
                found = transcripts.load(session, chosen, kept)
            return rows, found, transcripts.removed(session, chosen)

        def show(found: tuple[list[RecordingView], TranscriptView | None, list[str]]) -> None:
            # An answer to an older question must not replace the newer one.
            if asked == self._asked:
                self._fill(*found, edits)

        tasks.run(self, fetch, then=show)

    def _fill(
        self, rows: list[RecordingView], shown: TranscriptView | None, removed: list[str], edits: int
    ) -> None:
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
        same = self._shown is not None and self._shown.id == shown.id
        if not (same and (self._dirty or edits != self.edits)):
            self._fill_words(shown, keep_place=same)
        elif self._shown is not None:
            # What is being typed stays, on what it was begun on; only what surrounds it is new.
            self._shown = replace(shown, base=self._shown.base, body=self._shown.body)
            self.model.surround(shown.excluded, shown.duration)
        sound = next(one for one in rows if one.id == shown.recording)
        notes = [
            (note.at, note.text)
            for note in self._view.notes
            if note.recording == shown.recording and not note.removed
        ]
        self.listening.show_recording(sound, notes)
        self.listening.player.leave_out(shown.excluded)
        fixed = self._view.read_only or shown.read_only or shown.from_master
        self.several.show_view(shown, removed, writing=not fixed)
        self._look()
        if self._go_to is not None:
            at = self._go_to[1]
            self._go_to = None
            self.listening.seek(at)
            index = self.model.index(self.model.find(at), TEXT)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index, self.table.ScrollHint.PositionAtCenter)

    def _fill_words(self, shown: TranscriptView, *, keep_place: bool) -> None:
        self._filling = True
        at = self.table.currentIndex()
        typing = keep_place and self.table.cell is not None and self.table.cell.hasFocus()
        cursor = self.table.cell.textCursor().position() if self.table.cell is not None else 0
        self.table.finish()
        body, draft = shown.body, shown.draft
        words = transcripts.read_draft(draft) if draft is not None else body
        rows = list(words.paragraphs)
        if draft is not None and draft.composing:
            rows = with_composing(rows, draft)
        self._shown = shown
        self._dirty = draft is not None
        self.model.load(rows, shown.excluded, shown.duration)
        self.model.read_only = bool(self._view.read_only or shown.read_only or shown.from_master)
        language = next(iter(self._view.body.languages), "")
        self._languages = (words.language or ("" if shown.base else language), words.translation)
        self.table.cells.speakers = list(
            dict.fromkeys(
                [
                    *paragraphs.speakers(rows),
                    *(person.name for person in self._view.body.people if person.name),
                ]
            )
        )
        if typing:
            self.table.open_cell(at.row(), at.column(), cursor)
        elif draft is not None and draft.field.isdecimal():
            self.table.setCurrentIndex(self.model.index(int(draft.field), TEXT))
        else:
            self.table.setCurrentIndex(self.model.index(0, TEXT))
        self._filling = False
        if draft is not None and draft.composing:
            self._typed()

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
            self.banner.show_message(
                text, "warn", action=self.tr("Take them out…"), clicked=self._clean, closable=False
            )
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

    def _another(self, transcript: str) -> None:
        self.flush()
        self._load(self.recording, transcript)

    def _replaced(self, transcript: str) -> None:
        """The one that was shown is removed, or another one is back."""
        recording = self.recording
        self.keeper.forget()
        self._dirty, self._shown = False, None
        self._load(recording, transcript)
        self.changed.emit()

    # Hearing

    def _moved(self, at: int) -> None:
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
        if self._filling or self.model.read_only:
            return
        before = bool(self.banner.isVisible())
        self._dirty = True
        self.edits += 1
        self.keeper.touched()
        if bool(self.model.off) != before:
            self._look()
        self.edited.emit()

    def commit_composition(self) -> None:
        """Let the input method commit what it composes."""
        if self.table.cell is not None:
            commit_composition(self.table.cell)

    def flush(self) -> None:
        """Hand what was typed to the vault."""
        self.commit_composition()
        self.keeper.flush()

    def body(self) -> Transcript:
        """What stands on the screen."""
        known = self._shown.body if self._shown is not None else Transcript()
        return msgspec.structs.replace(
            known,
            language=self._languages[0],
            translation=self._languages[1],
            paragraphs=self.model.rows,
        )

    def _draft(self) -> Draft | None:
        if self._shown is None or not self._dirty:
            return None
        cell = self.table.cell
        return Draft(
            base=self._shown.base,
            body=msgspec.Raw(msgspec.json.encode(self.body())),
            composing=cell.composing if cell is not None else "",
            field=str(max(0, self.table.currentIndex().row())),
            cursor=cell.textCursor().position() if cell is not None else 0,
        )

    def _take(self) -> Callable[[], None]:
        session, interview, draft = self._desk.session, self._view.id, self._draft()
        if draft is None or self._shown is None:
            return lambda: None
        return partial(transcripts.save_draft, session, interview, self._shown.id, draft)

    # Versions

    def version(self) -> Callable[[str], str]:
        """Take what stands here; the work makes versions of all transcripts that have words in a draft.

        It takes the reason, and returns the SHA-256 of the version that is shown here, or nothing.
        """
        self.commit_composition()
        session, interview, draft = self._desk.session, self._view.id, self._draft()
        record = self._shown.id if self._shown is not None else ""
        self.keeper.forget()

        def work(reason: str) -> str:
            if draft is not None:
                transcripts.save_draft(session, interview, record, draft)
            sha = transcripts.save_version(session, record, reason=reason) if draft is not None else ""
            transcripts.save_drafts(session, interview, reason)
            return sha

        return work

    def follow(self, sha: str, edits: int) -> None:
        """A version was made of what stood here when there were this many edits."""
        if sha and self._shown is not None:
            self._shown = replace(self._shown, base=sha, source=self._shown.id)
            if edits == self.edits:
                self._dirty = False
        if self._dirty:
            self.keeper.touched()

    def forget_loaded(self) -> None:
        """What was typed is given up: the saved words are shown again."""
        self._dirty = False
        self.edits += 1

    def let_go(self) -> None:
        """Be silent; forget the sound and its key."""
        self.listening.let_go()

    def _ask_languages(self) -> None:
        def use(spoken: str, translated: str, beside: bool) -> None:
            self.table.show_translation(beside)
            if (spoken, translated) != self._languages:
                self._languages = (spoken, translated)
                self._typed()
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
            self._dirty = False
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
            Export(self, self._desk, shown, name, unsaved=self._dirty, translated=translated).begin()
