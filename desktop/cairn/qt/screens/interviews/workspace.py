"""The workspace of one interview: its header, its tabs, and what can be done with it as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cairn.app.interviews import interviews
from cairn.app.kernel import record_drafts
from cairn.app.kernel.views import InterviewView
from cairn.app.sound import transcripts
from cairn.errors import CairnError, Cancelled
from cairn.model.drafts import Draft
from cairn.model.ids import NO_REVISION, RevisionHash, RootId
from cairn.model.kinds.interview import Interview
from cairn.qt.base import tasks
from cairn.qt.desk import Desk
from cairn.qt.forms.draft_keeper import DraftKeeper
from cairn.qt.forms.form import Asked
from cairn.qt.screens.interviews import questions
from cairn.qt.screens.interviews.account import AccountTab
from cairn.qt.screens.interviews.consent import ConsentTab
from cairn.qt.screens.interviews.conversation.tab import ConversationTab
from cairn.qt.screens.interviews.files import FilesTab
from cairn.qt.screens.interviews.heading import Heading
from cairn.qt.screens.interviews.history import HistoryTab
from cairn.qt.screens.interviews.pages import HELP, TABS, P, Pages, interview_tabs
from cairn.qt.screens.interviews.persons.tab import PeopleTab
from cairn.qt.screens.interviews.reading.tab import ReadingTab
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.screens.interviews.transcript.tab import TranscriptTab
from cairn.qt.widgets import column, hline, scroll
from cairn.qt.widgets.basic import reveal
from cairn.qt.widgets.editor import commit_composition

REST_MS = 600
"""How long a person has looked at an interview before its largest page is built."""


class Workspace(QWidget):
    """One interview, open. Made anew for each one that is chosen.

    The form stands from the beginning; each of the other tabs is built when it is first opened or asked for,
    because all of them at once would hold up the window; the largest as soon as the person rests.
    """

    changed = Signal()
    """Something that the list shows is different now."""
    erased = Signal()
    back_wanted = Signal()
    room_changed = Signal()
    """Another tab is open, which takes the room of the list, or gives it back."""

    def __init__(self, desk: Desk, view: InterviewView, tab: str) -> None:
        super().__init__()
        self.desk = desk
        self.view = view
        self.interview = view.id
        self._correcting = False
        """Whether a person has begun to correct what is finalised."""
        self._erased = False
        self._focus: QWidget | None = None
        self._let_go = False
        self._stack = Pages(desk)
        self.account = AccountTab(desk, view)
        self.form = self.account.form
        self.keeper = self.form.keeper
        self.keeper.saved.connect(self._draft_saved)
        self.keeper.failed.connect(self._draft_failed)
        self.form.edited.connect(self._edited)
        self.account.notes_changed.connect(self._something_changed)
        self.account.notes.form.edited.connect(self._show_head)
        self.account.notes.keeper.saved.connect(self._told_list)
        desk.recorder.warm_up()
        desk.recorder.kept.connect(self._recording_kept)
        self.tabs = interview_tabs()
        self.tabs.opened.connect(self._show_tab)
        self._stack.addWidget(self.account)
        self._head = Heading(self.tabs)
        self._head.save_wanted.connect(self.save_version)
        self._head.finalise_wanted.connect(self._ask_finalise)
        self._head.correct_wanted.connect(lambda: questions.ask_correct(self, self._correct))
        self._head.give_up_wanted.connect(self._give_up)
        self._head.discard_wanted.connect(self._ask_discard)
        self._head.erase_wanted.connect(self._ask_erase)
        self._head.back_wanted.connect(self.back_wanted)
        self._head.versions_wanted.connect(lambda: self.tabs.open("history"))
        layout = column(self._head, hline(), self._stack, space=0)
        layout.setStretchFactor(self._stack, 1)
        inner = QWidget()
        inner.setLayout(layout)
        self.setLayout(column(scroll(inner), space=0))
        save_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save_key.activated.connect(self.save_version)
        self._show(view)
        self._listed = self._list_line()
        self.tabs.open("account")
        self.open_tab(tab)
        # The largest page is there before it is asked for; where this interview is being recorded, at once:
        # its notes and its guide are reached by keys from every tab.
        here = desk.recorder.active and desk.recorder.interview == self.interview
        QTimer.singleShot(0 if here else REST_MS, self, self._build_conversation)

    # The tabs

    def _part(self, kind: type[P]) -> P:
        made = self._stack.page(kind)
        if made is None:
            made = self._stack.build(kind, self.view)
            made.changed.connect(self._something_changed)
            made.tab_wanted.connect(self.open_tab)
            made.edited.connect(self._show_head)
            if made.DRAFTS:
                for keeper in made.keepers():
                    keeper.saved.connect(self._told_list)
        return made

    @property
    def read(self) -> ReadingTab:
        return self._part(ReadingTab)

    @property
    def consent(self) -> ConsentTab:
        return self._part(ConsentTab)

    @property
    def conversation(self) -> ConversationTab:
        return self._part(ConversationTab)

    @property
    def people(self) -> PeopleTab:
        return self._part(PeopleTab)

    @property
    def files(self) -> FilesTab:
        return self._part(FilesTab)

    @property
    def transcript(self) -> TranscriptTab:
        return self._part(TranscriptTab)

    @property
    def history(self) -> HistoryTab:
        return self._part(HistoryTab)

    def _build_conversation(self) -> None:
        if not self._let_go:
            self._part(ConversationTab)

    def _tab(self, key: str) -> InterviewTab | None:
        """The tab of this key, built if it wasn't; None for the form."""
        kind = next((each for each in TABS if key == each.KEY), None)
        return None if kind is None else self._part(kind)

    def _recording_kept(self, interview: RootId, _recording: str) -> None:
        # The tab itself tells once it stands.
        if interview == self.interview and self._stack.page(ConversationTab) is None:
            self._something_changed()

    @property
    def takes_room(self) -> bool:
        """Whether the tab that is open takes the room of the list."""
        return any(tab.ROOM for tab in TABS if self.tabs.key == tab.KEY)

    def set_narrow(self, narrow: bool, *, folded: bool) -> None:
        """Whether the window is narrow, and whether the list is folded away."""
        self._head.set_narrow(narrow, folded=folded)

    def open_tab(self, tab: str) -> None:
        """Go to one of the tabs, if there is one of that name; the Transcript also to a place in a recording."""
        name, _, spot = tab.partition(":")
        if name in HELP:
            self.tabs.open(name)
            shown = self._tab(name)
            if shown is not None and (spot or isinstance(shown, TranscriptTab)):
                shown.go(spot)

    def focus_text(self) -> None:
        """Give the keys to what the tab shows."""
        page = self._tab(self.tabs.key)
        (self.account if page is None else page.reader()).setFocus()

    def place(self) -> str:
        """Where the person is, for coming back after a lock."""
        page = self._tab(self.tabs.key)
        return f"{self.interview}#{self.tabs.key if page is None else page.place()}"

    def help_page(self) -> str:
        """The page of the help for the tab that is open."""
        return HELP[self.tabs.key]

    def record_or_stop(self) -> None:
        """F9: begin a recording where that can be seen, or ask whether to end the one under way."""
        if self.tabs.key == "conversation":
            self.conversation.record_or_stop()

    def focus_title(self) -> None:
        """A new interview: its code name comes first."""
        self.account.focus_title()

    def flush(self) -> None:
        """Hand what was typed to the vault, composed Hangul included."""
        commit_composition(self.account)
        for part in self._stack.built:
            part.commit_composition()
        for keeper in self._keepers():
            keeper.flush()

    def _keepers(self) -> tuple[DraftKeeper, ...]:
        later = (keeper for part in self._stack.built for keeper in part.keepers())
        return self.keeper, self.account.notes.keeper, *later

    def reload(self) -> None:
        """Load what may have changed elsewhere. What is being typed stays."""
        session, interview = self.desk.session, self.interview
        self.keeper.flush()
        asked = self.form.asked()

        def show(view: InterviewView) -> None:
            self._show(view, asked)
            if self.form.edits != asked.edits:
                # The draft that was written meanwhile may still name the older version: write it anew.
                self.keeper.touched()

        tasks.run(self, lambda _progress: interviews.load(session, interview), then=show)

    def give_up(self) -> None:
        """Nothing of it is left in the vault: there is nothing to save."""
        self._erased = True

    def let_go(self) -> None:
        """This workspace is being closed: hand over what was typed, let go of the file that is shown."""
        self.flush()
        self._let_go = True
        for part in self._stack.built:
            part.let_go()

    def _show_tab(self, key: str) -> None:
        for part in self._stack.built:
            if key != part.KEY:
                part.leave()
        page = self._tab(key)
        self.room_changed.emit()
        self._stack.setCurrentWidget(self.account if page is None else page)
        QTimer.singleShot(0, self, self._make_room)
        if page is not None:
            self.flush()
            page.opened()

    def _make_room(self) -> None:
        """In a window too low for the head and a page, the page that was asked for comes first."""
        if self.tabs.key != "account":
            reveal(self.tabs, first=True)

    def _show(self, view: InterviewView, asked: Asked[Interview] | None = None) -> None:
        # Once begun it goes on until it is saved or given up, also while nothing is typed at the moment.
        self._correcting = view.final and (self._correcting or not view.frozen)
        if self._correcting:
            view = replace(view, frozen=False)
        self.view = view
        self.account.show_view(view, asked)
        for part in self._stack.built:
            part.show_view(view)
        self._show_head()
        present = sum(1 for one in view.files if not one.removed)
        self.tabs.set_word(
            "files", self.tr("Files ({count})").format(count=present) if present else self.tr("Files")
        )
        consent = self.tr("Consent") if view.consent.set else self.tr("Consent (not asked)")
        self.tabs.set_word("consent", consent)
        self._head.show_notice(view)

    def _show_head(self) -> None:
        self._head.show_body(self.form.body(), self.view, unsaved=self.unsaved)

    @property
    def unsaved(self) -> bool:
        """Whether something stands here that no version holds: in the account, a note, any other tab."""
        if self._erased:
            return False
        notes = bool(self.account.notes.form.body().text) or self.view.stamped_draft is not None
        return self.account.differs or notes or self._stack.typed(self.view.unsaved)

    @property
    def _needs_reason(self) -> bool:
        return self.view.final or not self.view.own

    # Drafts

    def _edited(self) -> None:
        self.keeper.touched()
        self.desk.show_saved(self.tr("Saving…"), waiting=True)
        self._show_head()

    def _draft_saved(self) -> None:
        if self.view.final and self.unsaved:
            self.desk.show_saved(self.tr("Kept as a draft. The correction is not saved."), waiting=True)
        else:
            self.desk.show_saved(self.tr("Everything is saved"))
        self._told_list()

    def _told_list(self) -> None:
        """Let the list follow where its line reads otherwise now."""
        listed = self._list_line()
        if listed != self._listed:
            self._listed = listed
            self.changed.emit()

    def _list_line(self) -> tuple[str, str, str, bool]:
        body = self.form.body()
        return body.title, body.date.shown, body.place, self.unsaved

    def _draft_failed(self, error: CairnError) -> None:
        self.desk.show_saved(self.tr("Not saved"), waiting=True)
        self.desk.fail(error)

    def _something_changed(self) -> None:
        self.reload()
        self.changed.emit()

    # Versions

    def save_version(self) -> None:
        """Make a version of what is written; a correction asks for its reason first."""
        if self.view.fixed:
            return
        if self._needs_reason:
            questions.ask_correction(self, self._save_now)
        else:
            self._save_now("")

    def _save_now(self, reason: str) -> None:
        session, interview = self.desk.session, self.interview
        self._make_version(lambda: interviews.save_version(session, interview, reason=reason), reason)

    def _make_version(
        self,
        make: Callable[[], RevisionHash],
        reason: str = "",
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Make a version of the words on the screen: through the draft, which knows what they were begun on."""
        commit_composition(self.account)
        session, interview, edits = self.desk.session, self.interview, self.form.edits
        draft: Draft | None = self.form.snapshot() if self.form.dirty else None
        names = self.account.people.protected_names()
        self.keeper.forget()
        transcript = self._stack.page(TranscriptTab)
        typed = transcript.edits if transcript is not None else 0
        words = transcript.version() if transcript is not None else None

        def work(_progress: object) -> tuple[RevisionHash, RevisionHash]:
            if draft is not None:
                interviews.save_draft(session, interview, draft, names=names)
            # Before the interview: once it is finalised, they would need a reason.
            spoken = NO_REVISION
            if words is not None:
                spoken = words(reason)
            else:
                transcripts.save_drafts(session, interview, reason)
            return make(), spoken

        def made(shas: tuple[RevisionHash, RevisionHash]) -> None:
            self.form.follow(shas[0], edits)
            if transcript is not None:
                transcript.follow(shas[1], typed)
            if self.form.dirty:
                self.keeper.touched()
            self._correcting = False
            if self._head.isAncestorOf(self.window().focusWidget()):
                # The button that was pressed goes with what it was for; the keys would land in the rail.
                self.focus_text()
            self.desk.show_saved(self.tr("Version saved"))
            self._something_changed()
            then()

        def refused(error: CairnError) -> None:
            # Whether the draft got through is not known: it is written again.
            self.keeper.touched()
            if transcript is not None:
                transcript.follow(NO_REVISION, typed)
            self.desk.fail(error)

        tasks.run(self, work, then=made, failed=refused)

    def _ask_finalise(self) -> None:
        questions.ask_finalise(self, self._finalise_now)

    def _finalise_now(self) -> None:
        session, interview = self.desk.session, self.interview
        self._make_version(lambda: interviews.finalise(session, interview), then=self._point_on)

    def _point_on(self) -> None:
        questions.point_on(self.desk, self.view)

    def _correct(self) -> None:
        self._correcting = True
        self._show(self.view)
        if self.tabs.key == "account":
            self.form.go_on()

    def _give_up(self) -> None:
        if self.unsaved:
            self._ask_discard()
        else:
            self._left_as_it_was()

    def _left_as_it_was(self) -> None:
        self._correcting = False
        self.reload()

    def _ask_discard(self) -> None:
        questions.ask_discard(self, self._discard_now)

    def _discard_now(self) -> None:
        session, interview, had = self.desk.session, self.interview, self.view.base
        # A note in its box is a part of the correction that is given up; otherwise it has a button of its own.
        notes = [self.account.notes.form.record] if self.view.final else []
        notes += [self.view.stamped_draft.record] if self.view.final and self.view.stamped_draft else []

        def discard() -> None:
            for record in transcripts.open_drafts(session, interview):
                transcripts.discard_draft(session, record)
            for draft in notes:
                record_drafts.discard(session, draft)
            interviews.discard_draft(session, interview)

        self._take_away(
            discard,
            self._discarded if had else self.erased.emit,
        )

    def _discarded(self) -> None:
        self._stay()
        self._correcting = False
        self.form.forget_loaded()
        if self.view.final:
            self.account.notes.form.forget_loaded()
        transcript = self._stack.page(TranscriptTab)
        if transcript is not None:
            transcript.forget_loaded()
        self._something_changed()

    def _take_away(self, remove: Callable[[], None], then: Callable[[], None], job: str = "") -> None:
        """Remove words for good. Nothing can be typed meanwhile: it would bring them back as a draft.

        `job` says in words what closing the window over it is asked about.
        """
        for keeper in self._keepers():
            keeper.close()
        self._focus = self.window().focusWidget()
        self.setEnabled(False)

        def refused(error: CairnError) -> None:
            self._stay()
            if self.form.dirty:
                self.keeper.touched()
            if not isinstance(error, Cancelled):
                self.desk.fail(error)

        tasks.run(self, lambda _progress: remove(), then=lambda _done: then(), failed=refused, job=job)

    def _stay(self) -> None:
        for keeper in self._keepers():
            keeper.reopen()
        self.setEnabled(True)
        # A widget that is disabled loses the focus; without one no key would reach anything.
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus()

    @property
    def untouched(self) -> bool:
        """Whether nothing was written into this interview yet: it is an empty draft."""
        view = self.view
        empty = self.form.body() == Interview() and not self.account.people.protected_names()
        return view.base is None and empty and not self.account.notes.form.body().text

    def _ask_erase(self) -> None:
        if self.untouched:
            # There is nothing to erase: it goes as it came.
            self._discard_now()
            return
        questions.ask_erase(self, self.form.body().title, self._erase_now)

    def _erase_now(self, reason: str) -> None:
        session, interview = self.desk.session, self.interview
        self._take_away(
            lambda: interviews.erase(session, interview, reason),
            self.erased.emit,
            self.tr("An interview is being erased."),
        )
