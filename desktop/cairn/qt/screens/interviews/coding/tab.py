"""The tab itself: text left, acts right; everything by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from cairn.app.coding import acts, coders, passages
from cairn.app.coding.acts import ActWork, Board, Cited, Done
from cairn.app.coding.passages import PassageView
from cairn.app.coding.texts import CodedText
from cairn.app.kernel import places, terms
from cairn.app.kernel.views import InterviewView
from cairn.app.people.coded import Coding
from cairn.errors import CairnError
from cairn.model.ids import NO_RECORD, RecordId
from cairn.model.kinds.described import TermId
from cairn.model.passages.anchors import InText
from cairn.model.places.gazetteer import Gazetteer
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.choices import QuietCombo
from cairn.qt.forms.draft_keeper import DraftKeeper
from cairn.qt.screens.interviews.coding.act_card import ActCard
from cairn.qt.screens.interviews.coding.acts_list import ActsList
from cairn.qt.screens.interviews.coding.drawing import context, drawn, text_name
from cairn.qt.screens.interviews.coding.fields import Setting
from cairn.qt.screens.interviews.coding.settling import Settling
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.widgets import Banner, EmptyState, button, column, label, row, scroll
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.editor import commit_composition
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.passage_text import PassageText
from cairn.qt.widgets.reflow import Flow
from cairn.vocab.terms import Terms

SIDE = 400
WIDE = 760
"""Design pixels: of the side, and of the tab from which both stand beside each other."""


class CodingTab(InterviewTab):
    """Choose words, press Enter, say what was done to whom. What is coded is a layer: the account is never touched."""

    KEY, HELP = "acts", "coding"
    ROOM = True
    DRAFTS = frozenset((acts.NAME,))

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(desk, view, parent)
        self._desk, self._view = desk, view
        self._board: Board | None = None
        self._known = Terms()
        self._places = Gazetteer(())
        self._last: tuple[TermId, Done | None] = (TermId(""), None)
        self._wanted = ""
        self._shown: CodedText | None = None
        setting = Setting(
            lambda: self._known,
            lambda: self._places,
            lambda: self._coding,
            lambda: context(self._view, self._board),
        )
        self.which = QuietCombo()
        self.which.setAccessibleName(self.tr("Text to code"))
        self.which.activated.connect(lambda _index: self._show_text())
        self.text = PassageText(self.tr("Words to code"))
        self.text.wanted.connect(self._begin)
        self.text.chosen.connect(self._look)
        self.text.picked.connect(self._picked)
        self.blind = button(self.tr("Code blind"), self._set_blind, kind="filter")
        self.blind.setCheckable(True)
        self.blind.setToolTip(self.tr("What others mark is hidden until all have said that they are done."))
        self.done = button(self.tr("I am done"), self._set_done, kind="filter")
        self.done.setCheckable(True)
        self._others = label("", "caption", wrap=True)
        self._nothing = EmptyState(
            self.tr("There are no words yet. What is told under Account can be coded here.")
        )
        self.new = button(self.tr("New act"), self._begin, glyph="plus")
        self.again = button(self.tr("The last term again"), self._again, kind="quiet")
        self.attach = button(self.tr("Cite for this act"), self._attach, kind="quiet")
        self._keys = label(
            self.tr(
                "Alt+W word · Alt+S sentence · Alt+P paragraph · Enter new act · Ctrl+R the last term again"
            ),
            "caption",
            wrap=True,
        )
        self.undo = Banner()
        self.card = ActCard(desk.session, view.id, setting)
        self.card.save_wanted.connect(self._save)
        self.card.put_away.connect(self._put_away)
        self.card.remove_wanted.connect(self._remove)
        self.card.form.edited.connect(self.edited)
        self.card.form.keeper.failed.connect(desk.fail)
        show_if(self.card, False)
        self.settling = Settling()
        self.settling.accept.connect(lambda: self._settle(passages.settle))
        self.settling.keep.connect(lambda: self._settle(passages.keep))
        self.settling.remove.connect(lambda: self._settle(passages.remove))
        self.settling.place.connect(self._place_anew)
        show_if(self.settling, False)
        self.list = ActsList(lambda: self._known)
        self.list.opened.connect(self._open)
        self.list.settle_wanted.connect(self._settle_one)
        only_where_kept(self.new, self.again, self.attach, self.blind, self.done)
        left = QWidget()
        tools = Flow(self.which, self.blind, self.done, gap=8)
        left.setLayout(
            column(
                tools,
                self._others,
                self._nothing,
                self.text,
                Flow(self.new, self.again, self.attach, gap=8),
                self._keys,
                space=8,
            )
        )
        side = QWidget()
        side.setLayout(column(self.undo, self.settling, self.card, self.list, None, space=12))
        self._side = scroll(side)
        self._body = row(left, self._side, space=16)
        self._body.setStretch(0, 1)
        edge = theme().px(16)
        self._body.setContentsMargins(theme().px(24), theme().px(12), edge, edge)
        self.setLayout(self._body)
        for keys, run in (("Ctrl+R", self._again), ("Ctrl+Z", self._take_back)):
            made = QShortcut(QKeySequence(keys), self.text, context=Qt.ShortcutContext.WidgetShortcut)
            made.activated.connect(run)
        put = QShortcut(
            QKeySequence("Escape"), self.card, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        put.activated.connect(self._put_away)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Text and acts stand beside each other where there is room for both."""
        super().resizeEvent(event)
        wide = self.width() >= theme().px(WIDE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        side = min(theme().px(SIDE), self.width() * 45 // 100)
        self._side.setMinimumWidth(side if wide else 0)
        self._side.setMaximumWidth(side if wide else self.width())
        self.text.setMinimumHeight(theme().px(160))

    # What the workspace calls

    def show_view(self, view: InterviewView) -> None:
        """Show what is coded now."""
        self._view = view
        if view.base is None:
            show_if(self.text, False)
            return
        session = self._desk.session

        def look(_progress: object) -> tuple[Board, Terms, Gazetteer]:
            return acts.board(session, view.id), terms.of(session), places.of(session)

        tasks.run(self, look, then=self._show)

    def opened(self) -> None:
        self.text.setFocus()
        if self._board is not None and self.card.isHidden():
            # What was put away comes back with the tab.
            self.show_view(self._view)

    def reader(self) -> QWidget:
        return self.text

    def go(self, place: str) -> None:
        """Open an act, or a passage, by its id."""
        self._wanted = place
        self._go_there()

    @property
    def typed(self) -> bool:
        form = self.card.form
        return (
            not self.card.isHidden()
            and form.filled
            and form.differs
            and form.body() != ActWork(cited=form.body().cited)
        )

    def keepers(self) -> tuple[DraftKeeper, ...]:
        return (self.card.form.keeper,)

    def commit_composition(self) -> None:
        commit_composition(self.card)

    # What is shown

    @property
    def _coding(self) -> Coding:
        return self._board.coding if self._board is not None else Coding(self._view.id, {})

    def _show(self, found: tuple[Board, Terms, Gazetteer]) -> None:
        self._board, self._known, self._places = found
        board = self._board
        at = self._shown
        self.which.clear()
        for text in board.texts:
            self.which.addItem(text_name(text), text)
        now = next(
            (
                n
                for n, each in enumerate(board.texts)
                if at is not None and (each.source, each.field) == (at.source, at.field)
            ),
            0,
        )
        self.which.setCurrentIndex(now)
        for part in (self.which, self.text):
            show_if(part, bool(board.texts))
        show_if(self._nothing, not board.texts)
        self._show_text()
        self.list.show_board(board)
        self._show_coders(board)
        if board.draft is not None and self.card.isHidden():
            self.card.resume(board.draft.record, board.draft.draft, self._coding.called(board.draft.record))
            show_if(self.card, True)
        self._look()
        self._go_there()

    def _show_text(self) -> None:
        text = self.which.currentData()
        if not isinstance(text, CodedText) or self._board is None:
            return
        if self._shown is None or (text.source, text.field, text.text) != (
            self._shown.source,
            self._shown.field,
            self._shown.text,
        ):
            self.text.set_text(text.text)
        self._shown = text
        self.text.set_passages(drawn(self._board, self._known, text))

    def _show_coders(self, board: Board) -> None:
        passes = board.marked.passes
        self.blind.setChecked(passes.blind)
        self.done.setChecked(passes.is_closed(coders.me(self._desk.session)))
        hidden = [f"{coder.name} ({count})" for coder, count in board.marked.hidden]
        text = (
            self.tr("Hidden while the coding is blind: {names}").format(names=", ".join(hidden))
            if hidden
            else ""
        )
        self._others.setText(text)
        show_if(self._others, bool(text))

    def _look(self) -> None:
        chosen = self.text.selection() is not None
        open_act = self._opened_act
        self.new.setEnabled(bool(self._board and self._board.texts))
        self.again.setEnabled(chosen and bool(self._last[0]))
        self.attach.setEnabled(chosen and bool(open_act))
        show_if(self.attach, bool(open_act))
        if not self.settling.isHidden():
            self.settling.set_chosen(chosen)

    @property
    def _opened_act(self) -> RecordId:
        """The saved act in the card."""
        here = not self.card.isHidden() and self.card.form.base is not None
        return self.card.record if here else NO_RECORD

    def _cited(self) -> Cited | None:
        found, text = self.text.selection(), self._shown
        if found is None or text is None:
            return None
        return Cited(text.source, text.revision, text.field, *found, text.text[found[0] : found[1]])

    def _picked(self, key: str) -> None:
        """A passage in the text: its act is opened beside it."""
        view = self._view_of(key.partition("+")[0])
        if view is None:
            return
        if view.waits and view.own:
            self._settle_one(view)
        about = next((each for each in view.body.supports if each in self._coding.records), None)
        if about is not None:
            self.list.list.choose(about, tell=False)

    def _view_of(self, key: str) -> PassageView | None:
        marked = self._board.marked.passages if self._board is not None else ()
        return next((each for each in marked if each.id == key), None)

    def _go_there(self) -> None:
        if not self._wanted or self._board is None:
            return
        wanted, self._wanted = self._wanted, ""
        if not self.text.go_to(wanted) and wanted in self._coding.records:
            self._open(wanted)

    # An act

    def _begin(self) -> None:
        """A new act, out of the words that are chosen. One that is being written goes on, with these words."""
        cited = self._cited()
        if self.typed and self.card.form.base is None:
            self.card.cited.choose(cited or self.card.cited.value())
            self.card.type.setFocus()
            return
        session, interview = self._desk.session, self._view.id
        tasks.run(
            self,
            lambda _progress: acts.begin(session, interview),
            then=lambda record: self._begun(record, ActWork(cited=cited)),
        )

    def _begun(self, record: RecordId, work: ActWork) -> None:
        self.card.begin(record, work, None, "")
        show_if(self.card, True)
        self._side.ensureWidgetVisible(self.card)
        self.card.type.setFocus()
        self._look()

    def _again(self) -> None:
        """The same term once more, for the words that are chosen."""
        cited, term = self._cited(), self._last[0]
        if cited is None or not term:
            return
        session, interview = self._desk.session, self._view.id
        tasks.run(
            self,
            lambda _progress: acts.begin(session, interview),
            then=lambda record: self._begun(record, ActWork(type=term, cited=cited)),
        )

    def _open(self, record: str) -> None:
        if self._board is None:
            return
        act = self._coding.records.get(RecordId(record))
        if act is None or act.kind != acts.NAME or act.body is None:
            return
        self.card.form.keeper.flush()
        work, base = acts.work_of(self._board, act.record)
        draft = self._board.draft
        if draft is not None and draft.record == act.record:
            self.card.resume(act.record, draft.draft, act.code)
        else:
            self.card.begin(act.record, work, base, act.code)
        self.card.form.set_read_only(not act.own)
        show_if(self.card, True)
        cited = self._board.cited_for(act.record)
        if cited:
            self.text.go_to(cited[0].id)
        self._look()

    def _save(self) -> None:
        commit_composition(self.card)
        form = self.card.form
        work, edits = form.asked()
        record, base = form.record, form.base
        session, interview = self._desk.session, self._view.id
        if not record:
            return
        form.keeper.forget()

        def refused(error: CairnError) -> None:
            form.touched()
            self.card.banner.show_message(messages.sentence(error), "warn")
            self.card.type.setFocus()

        def saved(done: Done) -> None:
            self._last = (work.type, done)
            form.follow(None, edits)
            self._closed()
            self._desk.show_saved(self.tr("Act saved"))
            self._offer_undo(self.tr("The act is saved."), done)
            self.changed.emit()

        tasks.run(
            self, lambda _p: acts.save(session, interview, record, work, base), then=saved, failed=refused
        )

    def _put_away(self) -> None:
        """What was typed stays as a draft; an empty card goes."""
        self.card.form.keeper.flush()
        if self.typed:
            self._desk.show_saved(self.tr("Kept as a draft"), waiting=True)
            self.undo.show_message(
                self.tr("What you typed is kept as a draft."),
                action=self.tr("Go on with it"),
                clicked=self._go_on,
            )
        self._closed()

    def _go_on(self) -> None:
        """With what was put away."""
        self.undo.clear()
        self.show_view(self._view)

    def _closed(self) -> None:
        show_if(self.card, False)
        self.card.form.forget_loaded()
        # So that the same act can be chosen again.
        self.list.forget_choice()
        self.text.setFocus()
        self._look()

    def _remove(self) -> None:
        board, record, session = self._board, self._opened_act, self._desk.session
        if board is None or not record:
            return

        def removed(done: Done) -> None:
            self._closed()
            self._offer_undo(self.tr("The act is removed. Its passages stay."), done)
            self.changed.emit()

        tasks.run(self, lambda _p: acts.remove(session, record, board), then=removed)

    def _attach(self) -> None:
        cited, record = self._cited(), self._opened_act
        if cited is None or not record:
            return
        session, interview = self._desk.session, self._view.id

        def done(made: Done) -> None:
            self._offer_undo(self.tr("These words speak of it now."), made)
            self.changed.emit()

        tasks.run(self, lambda _p: acts.cite(session, interview, cited, [record]), then=done)

    def _offer_undo(self, sentence: str, done: Done) -> None:
        self._last = (self._last[0], done)
        self.undo.show_message(sentence, "good", action=self.tr("Undo"), clicked=self._take_back)

    def _take_back(self) -> None:
        done = self._last[1]
        if done is None:
            return
        self._last = (self._last[0], None)
        session = self._desk.session

        def back(_none: object) -> None:
            self.undo.clear()
            self._desk.show_saved(self.tr("Taken back"))
            self.text.setFocus()
            self.changed.emit()

        tasks.run(self, lambda _p: acts.undo(session, done), then=back)

    # Passages that changed or lost their place

    def _settle_one(self, view: PassageView) -> None:
        self.settling.show_passage(view)
        show_if(self.settling, True)
        self.text.go_to(view.id)
        self._look()

    def _settle(self, how: Callable[..., object]) -> None:
        view, session = self.settling.view, self._desk.session
        if view is not None:
            tasks.run(self, lambda _p: how(session, view.id), then=lambda _done: self._settled())

    def _place_anew(self) -> None:
        view, cited, session = self.settling.view, self._cited(), self._desk.session
        if view is None or cited is None:
            return
        at = InText(cited.start, cited.end)
        tasks.run(
            self,
            lambda _p: passages.place_anew(session, view.id, at, source=cited.source, field=cited.field),
            then=lambda _done: self._settled(),
        )

    def _settled(self) -> None:
        show_if(self.settling, False)
        self.text.setFocus()
        self.changed.emit()

    # Coders

    def _set_blind(self) -> None:
        self._pass(blind=self.blind.isChecked())

    def _set_done(self) -> None:
        self._pass(closed=self.done.isChecked())

    def _pass(self, **said: bool) -> None:
        session, interview = self._desk.session, self._view.id
        work = partial(coders.set_pass, session, interview, **said)
        tasks.run(self, lambda _p: work(), then=lambda _done: self.changed.emit())
