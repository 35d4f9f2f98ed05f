"""The list of interviews at the left, the workspace of the chosen one at the right; in an office a table of all first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from cairn.app.interviews import interviews
from cairn.app.interviews.listing import ALL
from cairn.app.kernel.views import InterviewRow, InterviewView
from cairn.errors import CairnError
from cairn.model.ids import RootId, as_root
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk, Screen
from cairn.qt.screens.interviews.listed import details
from cairn.qt.screens.interviews.listed.pane import ListPane
from cairn.qt.screens.interviews.results import Spot
from cairn.qt.screens.interviews.workspace import Workspace
from cairn.qt.widgets import EmptyState, column
from cairn.qt.widgets.rows import when_activated

ON_THE_PAGE = ("interview", "note")
"""Kinds whose words are found on the page Read."""
NARROW = 700
LIST_WIDTH = 272
RESULTS = 400
"""How wide what a search found is, where the window has room for it and an interview."""
WITH_DETAILS = 960
"""From this width on, in design pixels, an office's table has what is chosen beside it."""


class InterviewsScreen(Screen):
    """Choosing, finding and beginning interviews."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._office = desk.session.info.role == "office"
        self._creating = False
        """Whether a new interview was asked for and is not on the screen yet."""
        self._tab = ""
        """Where in the interview the person wants to be; while it is read, the next place may be asked for."""
        self.pane = ListPane(desk, self._create)
        self.pane.setMinimumWidth(theme().px(LIST_WIDTH))
        self.list = self.pane.list
        self.pane.chosen.connect(self._chosen)
        self.pane.pointed.connect(self._pointed)
        self.pane.loaded.connect(self._loaded)
        self.pane.table_wanted.connect(self._back_to_list)
        self.pane.room_wanted.connect(self._give_room)
        self.results = self.pane.results
        self.results.chosen.connect(self._go_to)
        self.results.entered.connect(self._go_in)
        self.results.left.connect(self._to_search)
        when_activated(self.list, self._activated)
        self._right = QStackedWidget()
        self._blank = EmptyState(self.tr("Choose an interview, or begin a new one."), glyph="interviews")
        self._right.addWidget(self._blank)
        # While there is no interview at all, the list's own empty state says all there is to say.
        self._nothing = QWidget()
        self._right.addWidget(self._nothing)
        self._right.setCurrentWidget(self._nothing)
        self.details = details.Details(desk, self._open_at) if self._office else None
        if self.details is not None:
            self._right.addWidget(self.details)
        self.workspace: Workspace | None = None
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.pane)
        self._split.addWidget(self._right)
        self._beside = [theme().px(LIST_WIDTH), theme().px(832)]
        """How wide list and workspace are beside each other."""
        self._split.setSizes(self._beside)
        self._split.setStretchFactor(0, 0)
        self._split.setStretchFactor(1, 1)
        self._narrow = False
        self.setLayout(column(self._split, space=0))
        for keys, act in (
            ("Ctrl+N", self._create),
            ("Ctrl+F", self.pane.search.setFocus),
            ("Ctrl+G", partial(self._step, 1)),
            ("Ctrl+Shift+G", partial(self._step, -1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)

    def help_page(self) -> str:
        if self.workspace is not None:
            return self.workspace.help_page()
        return "finding-interviews" if self.list.rows.order or self.at_the_table else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and workspace side by side, or one at a time where the window is narrow for its text size."""
        super().resizeEvent(event)
        self._narrow = self.width() < theme().px(NARROW)
        self._arrange()

    @property
    def at_the_table(self) -> bool:
        """Whether an office looks at all interviews, and none is open."""
        return self._office and self.workspace is None and not self._narrow

    def _arrange(self) -> None:
        open_, table = self.workspace is not None, self.at_the_table
        self.pane.set_narrow(self._narrow)
        if table and not self.pane.in_columns and self._right.isVisible():
            self._beside = self._split.sizes()
        with_details = table and self.width() >= theme().px(WITH_DETAILS)
        was = (self.pane.in_columns, self._right.isVisible())
        folded = self._narrow or (self.workspace is not None and self.workspace.takes_room)
        self.pane.setVisible(not (folded and open_))
        self._right.setVisible(with_details or (not table and (not self._narrow or open_)))
        self._split.setStretchFactor(0, int(table))
        self._split.setStretchFactor(1, int(not table))
        if self.pane.in_columns != table:
            self.pane.show_columns(table)
        if with_details and self.details is not None:
            self._right.setCurrentWidget(self.details)
        if was != (table, self._right.isVisible()):
            side = theme().px(details.WIDTH)
            self._split.setSizes([self.width() - side, side] if table else self._beside)
        if self.workspace is not None:
            self.workspace.set_narrow(self._narrow, folded=folded)

    def _back(self) -> None:
        """The list comes back: beside the page of the interview where there is room for both."""
        if self.workspace is not None and self.workspace.takes_room and not self._narrow:
            self.workspace.open_tab("read")
            self.list.setFocus()
        else:
            self._back_to_list()

    def _back_to_list(self) -> None:
        before = self.pane.open_id
        self._close_workspace()
        self.list.choose(before, tell=self.at_the_table)
        self.pane.load()
        (self.results if self.pane.searching else self.list).setFocus()

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
        if self.workspace is not None and self.workspace.interview == self.pane.open_id:
            return self.workspace.place()
        return self.pane.open_id

    def show_item(self, what: str) -> None:
        interview, _, tab = what.partition("#")
        self._open(as_root(interview), tab, go_on=True)

    # The list

    def _load(self) -> None:
        self.pane.load()

    def _give_room(self) -> None:
        """What was found needs more room than the list: it has whole sentences."""
        if self.at_the_table:
            return
        wanted = theme().px(RESULTS if self.pane.searching else LIST_WIDTH)
        if self._split.width() >= theme().px(RESULTS + NARROW) or not self.pane.searching:
            self._split.setSizes([wanted, max(1, self._split.width() - wanted)])

    def _loaded(self) -> None:
        self._show_blank()
        if self.details is not None and not self.list.chosen_id:
            self.details.clear()

    def _show_blank(self) -> None:
        """What stands at the right while no interview is open."""
        if self.workspace is None and not self.at_the_table:
            narrowed = self.pane.searching or bool(self.list.rows.order)
            self._right.setCurrentWidget(self._blank if narrowed else self._nothing)

    # The workspace

    def record_or_stop(self) -> None:
        if self.workspace is not None:
            self.workspace.record_or_stop()

    def _chosen(self, interview: RootId) -> None:
        if self.at_the_table:
            row = self.list.rows.row_at(self.list.currentIndex().row())
            if self.details is not None and row is not None and isinstance(row.data, InterviewRow):
                self.details.show_row(row.data)
        elif self.pane.open_id != interview:
            self._open(interview, self._found_at(interview))

    # What was found

    def _go_to(self, spot: Spot) -> None:
        """Open a place; the keys stay among the places, so that the next key goes on to the next."""
        self._open(spot.interview, spot.place)
        if not self._narrow and self.isVisible():
            self.results.setFocus()

    def _to_search(self) -> None:
        self.pane.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_in(self) -> None:
        """To the text where the place is."""
        if self.workspace is not None:
            self.workspace.focus_text()

    def _step(self, by: int) -> None:
        if self.pane.searching:
            self.results.list.step(by)

    # The table

    def _activated(self, interview: str) -> None:
        """A double click, or Enter."""
        if self.at_the_table:
            self._open_at(interview, self._found_at(interview))
        else:
            self._pointed(interview)

    def _open_at(self, interview: str, tab: str) -> None:
        self._open(as_root(interview), tab)

    def _pointed(self, interview: str) -> None:
        """A row that was chosen already: what was found in it may be elsewhere than what is shown."""
        at = self._found_at(interview)
        if at and self.workspace is not None and self.workspace.interview == interview:
            self.workspace.open_tab(at)

    def _found_at(self, interview: str) -> str:
        """Where the searched words stand, as a place of the workspace: said in a recording, in a file, on the page."""
        hit = self.pane.hits.get(interview)
        if hit is None:
            return ""
        if hit.at is not None:
            return f"transcript:{hit.record_id}@{hit.at}"
        if hit.kind == "attachment":
            return f"files:{hit.record_id}~{self.pane.words}"
        return f"read:~{self.pane.words}" if hit.kind in ON_THE_PAGE else ""

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
        self.pane.search.clear()
        if self.pane.look is not None and self.pane.wanted != ALL:
            # What was just begun is to be seen.
            self.pane.clear_filter()
        self._open(interview, focus_title=True)
        self._load()

    def _open(
        self, interview: RootId, tab: str = "", *, focus_title: bool = False, go_on: bool = False
    ) -> None:
        self.pane.open_id, self._tab = interview, tab
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
            if self.pane.open_id == interview and (
                self.workspace is None or self.workspace.interview != interview
            ):
                # What came from elsewhere is there to be read; what is one's own, to be written.
                place = self._tab or ("account" if view.own else "read")
                self._show_workspace(Workspace(self.desk, view, place))
                if focus_title and self.workspace is not None:
                    self.workspace.focus_title()
                elif go_on and self.workspace is not None:
                    self.workspace.form.go_on()

        def refused(error: CairnError) -> None:
            self._creating = False
            if self.pane.open_id == interview:
                self.pane.open_id = self.workspace.interview if self.workspace is not None else ""
                self.list.choose(self.pane.open_id)
            self.desk.fail(error)

        tasks.run(self, lambda _progress: interviews.load(session, interview), then=show, failed=refused)

    def _show_workspace(self, made: Workspace) -> None:
        self._drop_workspace()
        self._creating = False
        made.changed.connect(self._load)
        made.erased.connect(partial(self._erased, made))
        made.back_wanted.connect(self._back)
        made.room_changed.connect(self._arrange)
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
        self.pane.open_id = ""
        self._arrange()
        self._show_blank()

    def _erased(self, which: Workspace) -> None:
        if which is self.workspace:
            which.give_up()
            self._close_workspace()
        self._load()
