"""The list of interviews at the left, the workspace of the chosen one at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from cairn.app.files import inside
from cairn.app.interviews import interviews, listing, search
from cairn.app.interviews.listing import Filter
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import HitView, InterviewRow, InterviewView
from cairn.errors import CairnError
from cairn.model.ids import RootId, as_root
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk, Screen
from cairn.qt.screens.interviews.workspace import Workspace
from cairn.qt.widgets import EmptyState, Row, RowList, button, column, hline, label, scroll
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Ends
from cairn.qt.widgets.rows import when_activated
from cairn.qt.widgets.search_line import SearchLine

PAGE = 200
ON_THE_PAGE = ("interview", "note")
"""Kinds whose words are found on the page Read."""
NARROW = 700
SEARCH_AFTER_MS = 150


class InterviewsScreen(Screen):
    """Choosing, finding and beginning interviews."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._office = desk.session.info.role == "office"
        self.list = RowList(self.tr("Interviews"))
        self.list.chosen.connect(self._chosen)
        self.list.more_wanted.connect(self._more)
        self.list.clicked.connect(lambda _index: self._pointed(self.list.chosen_id))
        when_activated(self.list, self._pointed)
        self._new = button(self.tr("New"), self._create, kind="primary", glyph="plus")
        only_where_kept(self._new)
        self._search = SearchLine(self.tr("Search everything"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SEARCH_AFTER_MS)
        self._later.timeout.connect(self._load)
        self._search.textChanged.connect(lambda _text: self._later.start())
        self._search.installEventFilter(self)
        self._hits: dict[str, HitView] = {}
        self._words = ""
        self._looking_inside = False
        self._asked = 0
        self._next_step = False
        """Whether an empty vault offers more than the first interview."""
        self._creating = False
        """Whether a new interview was asked for and is not on the screen yet."""
        self._wanted = ""
        """Id of the interview that is open or being opened."""
        self._found = label("", "caption")
        self._found.hide()
        head = column(
            Ends(label(self.tr("Interviews"), "heading"), self._new), self._search, self._found, space=12
        )
        head.setContentsMargins(theme().px(16), theme().px(16), theme().px(16), theme().px(16))
        self._left = QStackedWidget()
        self._none = EmptyState(
            self.tr("Interviews will be listed here."),
            glyph="interviews",
            help_text=self.tr("Begin with “New”. What you type is kept at once."),
            action=self.tr("Open a bundle…") if self._office else self.tr("Add your office's card"),
            clicked=lambda: desk.open("exchange" if self._office else "contacts"),
        )
        self._left.addWidget(self.list)
        self._left.addWidget(scroll(self._none))
        pane = QWidget()
        pane.setProperty("surface", "pane")
        pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        pane.setMinimumWidth(theme().px(272))
        pane.setLayout(column(head, hline(), self._left, space=0))
        self._right = QStackedWidget()
        self._blank = EmptyState(self.tr("Choose an interview, or begin a new one."), glyph="interviews")
        self._right.addWidget(self._blank)
        # While there is no interview at all, the list's own empty state says all there is to say.
        self._nothing = QWidget()
        self._right.addWidget(self._nothing)
        self._right.setCurrentWidget(self._nothing)
        self.workspace: Workspace | None = None
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(pane)
        split.addWidget(self._right)
        split.setSizes([theme().px(272), theme().px(832)])
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        self._pane = pane
        self._narrow = False
        self.setLayout(column(split, space=0))
        for keys, act in (("Ctrl+N", self._create), ("Ctrl+F", self._search.setFocus)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

    def help_page(self) -> str:
        return self.workspace.help_page() if self.workspace is not None else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search: Down and Enter go to what was found, Esc empties it."""
        if watched is self._search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Escape and self._search.text():
                self._search.clear()
                return True
            rows = self.list.rows.rows
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and rows:
                if self._later.isActive():
                    self._later.stop()
                    self._load()
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                self.list.choose(rows[0].id, tell=True)
                self._pointed(rows[0].id)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and workspace side by side, or one at a time where the window is narrow for its text size."""
        super().resizeEvent(event)
        self._narrow = self.width() < theme().px(NARROW)
        self._arrange()

    def _arrange(self) -> None:
        open_ = self.workspace is not None
        self._pane.setVisible(not (self._narrow and open_))
        self._right.setVisible(not self._narrow or open_)
        if self.workspace is not None:
            self.workspace.set_narrow(self._narrow)

    def _back_to_list(self) -> None:
        self._close_workspace()
        self._load()
        self.list.setFocus()

    def enter(self) -> None:
        self._load()
        if self.workspace is not None:
            self.workspace.reload()

    def leave(self) -> None:
        if self.workspace is not None:
            self.workspace.flush()

    def let_go(self) -> None:
        if self.workspace is not None:
            self.workspace.let_go()

    def where(self) -> str:
        if self.workspace is not None and self.workspace.interview == self._wanted:
            return self.workspace.place()
        return self._wanted

    def show_item(self, what: str) -> None:
        interview, _, tab = what.partition("#")
        self._open(as_root(interview), tab, go_on=True)

    # The list

    def _load(self) -> None:
        session, words = self.desk.session, self._search.text().strip()
        self._asked += 1
        asked = self._asked
        limit = max(PAGE, len(self.list.rows.rows)) if words == self._words else PAGE
        self._words = words

        def fetch(_progress: object) -> tuple[list[InterviewRow], int, list[HitView], bool]:
            rows = interviews.rows(session, Filter(words=words), limit=limit)
            hits = search.search(session, words, limit=PAGE) if words else []
            # Where nothing is yet, what comes next after making a vault is offered.
            alone = not rows and not words and not contacts.rows(session)
            return rows, interviews.count(session, Filter(words=words)), hits, alone

        def show(found: tuple[list[InterviewRow], int, list[HitView], bool]) -> None:
            # An answer to an older question must not replace the newer one.
            if asked == self._asked:
                rows, total, hits, alone = found
                self._next_step = alone or self._office
                self._show(rows, total, hits)

        tasks.run(self, fetch, then=show)
        if words and not self._looking_inside:
            self._look_inside()

    def _look_inside(self) -> None:
        """Read the words of files that nobody has looked into yet, and search again if there were any."""
        self._looking_inside = True
        session, decoder = self.desk.session, self.desk.decoder

        def done(found: int) -> None:
            self._looking_inside = False
            if found and self._search.text().strip():
                self._load()

        def failed(_error: CairnError) -> None:
            self._looking_inside = False

        tasks.run(
            self,
            lambda progress: inside.read_all(session, decoder, progress),
            then=done,
            failed=failed,
            lane="long",
        )

    def _show(self, rows: list[InterviewRow], total: int, hits: list[HitView]) -> None:
        self._hits = {}
        for hit in hits:
            self._hits.setdefault(hit.interview_id, hit)
        self.list.set_rows([self._row(one) for one in rows], total)
        searching = bool(self._search.text().strip())
        self._found.setVisible(searching)
        self._found.setText(self.tr("%n interview(s) found", "", total))
        if searching:
            stem = search.stem(self._search.text())
            nothing = self.tr("Nothing contains these words.")
            tried = self.tr("Nothing contains these words. Try “{words}”.").format(words=stem)
            self._none.set(tried if stem else nothing, self.tr("Fewer or shorter words find more."))
        else:
            self._none.set(
                self.tr("Interviews will be listed here."),
                self.tr("Bundles from laptops in the field are taken in under Exchange.")
                if self._office
                else self.tr("Begin with “New”. What you type is kept at once."),
            )
        if self._none.action is not None:
            show_if(self._none.action, self._next_step and not searching)
        self._left.setCurrentIndex(0 if rows else 1)
        if self.workspace is None:
            self._right.setCurrentWidget(self._blank if rows or searching else self._nothing)
        self.list.choose(self._wanted)

    def _more(self) -> None:
        session, words, at = self.desk.session, self._search.text().strip(), len(self.list.rows.rows)
        asked = self._asked

        def add(rows: list[InterviewRow]) -> None:
            # The list was loaded anew meanwhile: this page belongs to the one before.
            if asked == self._asked and at == len(self.list.rows.rows):
                self.list.rows.add_rows([self._row(one) for one in rows])

        tasks.run(
            self,
            lambda _progress: _rest(session, words, at),
            then=add,
        )

    def _row(self, one: InterviewRow) -> Row:
        chips: list[tuple[str, str]] = []
        if one.conflict:
            chips.append((self.tr("conflict"), "warn"))
        if one.state == "draft":
            chips.append((self.tr("draft"), "neutral"))
        elif one.unsaved:
            chips.append((self.tr("changed, not saved"), "warn"))
        elif one.sent:
            chips.append((self.tr("in a bundle"), "neutral"))
        elif one.state == "final":
            chips.append((self.tr("finalised"), "good"))
        hit = self._hits.get(one.id)
        found = "".join(text for text, _ in hit.snippet).replace("\n", " ") if hit is not None else ""
        # What was found in the title stands in the title.
        line = found if found and found != one.title else one.line
        line = " · ".join(part for part in (one.foreign, line) if part)
        return Row(one.id, one.title or self.tr("Without a name"), line or "—", tuple(chips[:2]))

    # The workspace

    def record_or_stop(self) -> None:
        if self.workspace is not None:
            self.workspace.record_or_stop()

    def _chosen(self, interview: RootId) -> None:
        if self._wanted != interview:
            self._open(interview, self._found_at(interview))

    def _pointed(self, interview: str) -> None:
        """A row that was chosen already: what was found in it may be elsewhere than what is shown."""
        at = self._found_at(interview)
        if at and self.workspace is not None and self.workspace.interview == interview:
            self.workspace.open_tab(at)

    def _found_at(self, interview: str) -> str:
        """Where the searched words stand, as a place of the workspace: said in a recording, in a file, on the page."""
        hit = self._hits.get(interview)
        if hit is None:
            return ""
        if hit.at is not None:
            return f"transcript:{hit.record_id}@{hit.at}"
        if hit.kind == "attachment":
            return f"files:{hit.record_id}~{self._words}"
        return f"read:{self._words}" if hit.kind in ON_THE_PAGE else ""

    def _create(self) -> None:
        """Begin an interview; asked for twice in a row, it is still one."""
        if self._creating:
            return
        if self.workspace is not None and self.workspace.untouched:
            self.workspace.tabs.open("account")
            self.workspace.focus_title()
            return
        self._creating = True
        session = self.desk.session

        def refused(error: CairnError) -> None:
            self._creating = False
            self.desk.fail(error)

        tasks.run(self, lambda _progress: interviews.create(session), then=self._created, failed=refused)

    def _created(self, interview: RootId) -> None:
        self._search.clear()
        self._open(interview, focus_title=True)
        self._load()

    def _open(
        self, interview: RootId, tab: str = "", *, focus_title: bool = False, go_on: bool = False
    ) -> None:
        self._wanted = interview
        if self.workspace is not None:
            if self.workspace.interview == interview:
                # Made anew from the vault it could lack the words of this very moment.
                self.workspace.open_tab(tab)
                self.list.choose(interview)
                return
            self.workspace.flush()
        session = self.desk.session

        def show(view: InterviewView) -> None:
            # Another one may have been chosen while this one was read.
            if self._wanted == interview and (
                self.workspace is None or self.workspace.interview != interview
            ):
                # What came from elsewhere is there to be read; what is one's own, to be written.
                self._show_workspace(Workspace(self.desk, view, tab or ("account" if view.own else "read")))
                if focus_title and self.workspace is not None:
                    self.workspace.focus_title()
                elif go_on and self.workspace is not None:
                    self.workspace.form.go_on()

        def refused(error: CairnError) -> None:
            self._creating = False
            if self._wanted == interview:
                self._wanted = self.workspace.interview if self.workspace is not None else ""
                self.list.choose(self._wanted)
            self.desk.fail(error)

        tasks.run(self, lambda _progress: interviews.load(session, interview), then=show, failed=refused)

    def _show_workspace(self, made: Workspace) -> None:
        self._drop_workspace()
        self._creating = False
        made.changed.connect(self._load)
        made.erased.connect(partial(self._erased, made))
        made.back_wanted.connect(self._back_to_list)
        self.workspace = made
        self._right.addWidget(made)
        self._right.setCurrentWidget(made)
        self.list.choose(made.interview)
        self._arrange()

    def _drop_workspace(self) -> None:
        """Close the workspace. What was typed in it up to now goes into the vault first."""
        if self.workspace is not None:
            self._tell_correction(self.workspace)
            self.workspace.let_go()
            self._right.removeWidget(self.workspace)
            self.workspace.hide()
            self.workspace.deleteLater()
            self.workspace = None

    def _tell_correction(self, left: Workspace) -> None:
        """A correction that was begun and is not saved is left behind: it must not pass for one."""
        if left.view.final and left.unsaved:
            title = left.form.body().title or self.tr("Without a name")
            self.desk.say(
                self.tr("The correction of “{title}” is not saved. It is kept as a draft.").format(
                    title=title
                ),
                "warn",
                action=self.tr("Go back to it"),
                clicked=partial(self.desk.open, "interviews", left.interview),
            )

    def _close_workspace(self) -> None:
        self._drop_workspace()
        self._wanted = ""
        self._right.setCurrentWidget(self._blank if self.list.rows.rows else self._nothing)
        self._arrange()

    def _erased(self, which: Workspace) -> None:
        if which is self.workspace:
            which.give_up()
            self._close_workspace()
        self._load()


def _rest(session: Session, words: str, first: int) -> list[InterviewRow]:
    numbers = listing.order(session, Filter(words=words))[first : first + PAGE]
    return [row for _, row in listing.page(session, numbers)]
