"""The list of interviews with all that stands around it: total, search, filter, sort, and in an office a table to choose many.

In two lines beside an open interview; in columns over the whole width where an office looks at all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from cairn.app.files import inside
from cairn.app.interviews import listing, search
from cairn.app.interviews.listing import ALL, Filter, Look, Sort
from cairn.app.kernel.views import HitView, InterviewRow
from cairn.errors import CairnError
from cairn.model.ids import RootId
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.screens.interviews.listed import filtering
from cairn.qt.screens.interviews.listed.asked import Asked, Sorting, sorted_by
from cairn.qt.screens.interviews.listed.choice import ChoiceBand
from cairn.qt.screens.interviews.listed.loaded import Loaded, read
from cairn.qt.screens.interviews.listed.rows import columns, listed
from cairn.qt.screens.interviews.results import Results
from cairn.qt.widgets import EmptyState, Row, RowList, button, column, hline, label, row, scroll
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.columns import ColumnHeads, Columns
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.long_rows import PAGE
from cairn.qt.widgets.reflow import Ends, Flow
from cairn.qt.widgets.search_line import SearchLine

SEARCH_AFTER_MS = 150
SEARCH_WIDTH = 300
SEARCH_LEAST = 240


class ListPane(QWidget):
    """The list. Whoever shows it says which interview is open (`open_id`)."""

    chosen = Signal(str)
    """Id of the interview that the person went to."""
    pointed = Signal(str)
    """It was clicked, or Enter pressed on it: be it chosen already or not."""
    loaded = Signal()
    """What is shown is new."""
    table_wanted = Signal()
    room_wanted = Signal()
    """What is shown is a search's places now, or the list again."""

    def __init__(self, desk: Desk, create: Callable[[], Any]) -> None:
        super().__init__()
        self._desk = desk
        self._office = desk.session.info.role == "office"
        self.open_id = ""
        self.hits: dict[str, HitView] = {}
        self.words = ""
        """What the list shows was searched by these words."""
        self.look: Look | None = None
        """How the person looks at the list; None until it was read from the vault."""
        self.in_columns = False
        self._chosen: dict[str, int] = {}
        """What is chosen, with the numbers by which an order names it."""
        self._total = 0
        self._asked = 0
        self.searching = False
        """Whether a search's places are shown in place of the list; the table is filtered by the words instead."""
        self._enter_soon = False
        """Whether the keys are wanted in what is found as soon as it is there."""
        self._narrow = False
        self._looking_inside = False
        self._next_step = False
        self._shown: Filter = ALL
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._columns = Columns(columns())
        self.list = RowList(self.tr("Interviews"), long=True)
        self.list.chosen.connect(self.chosen)
        self.list.clicked.connect(lambda _index: self.pointed.emit(self.list.chosen_id))
        self.list.rows.page_wanted.connect(self._fetch)
        self.list.ticked.connect(self._ticked)
        self.new = button(
            QCoreApplication.translate("InterviewsScreen", "New"),
            create,
            kind="" if self._office else "primary",
            glyph="plus",
        )
        only_where_kept(self.new)
        self._build_head()
        self.heads = ColumnHeads(
            self.list,
            self._columns,
            lambda word: self.tr("Sort by: {column}").format(column=word),
            self.tr("Choose all that are shown, or none"),
        )
        self.heads.sort_wanted.connect(lambda name: self._sort_by(Sort(name)))
        self.heads.all_wanted.connect(self._all_or_none)
        every = QShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll), self.list)
        every.setContext(Qt.ShortcutContext.WidgetShortcut)
        every.activated.connect(self._every)
        self.band = ChoiceBand(self._choose_all, self._choose_none, self._seal)
        self._build_body()

    def _build_head(self) -> None:
        self.search = SearchLine(QCoreApplication.translate("InterviewsScreen", "Search everything"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SEARCH_AFTER_MS)
        self._later.timeout.connect(self.load)
        self.search.textChanged.connect(lambda _text: self._later.start())
        self.search.installEventFilter(self)
        self.count = label("", "caption")
        self.results = Results(self._desk)
        self.results.answered.connect(self._answered)
        self.results.narrowing.hide()
        title = QWidget()
        title.setLayout(row(label(self.tr("Interviews"), "heading"), self.count, None, space=10))
        self._table = button(
            self.tr("Back to the table"), self.table_wanted.emit, kind="quiet", glyph="arrow-left"
        )
        self._table_line = Flow(self._table)
        self._table_line.hide()
        self._top = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._top.setSpacing(theme().px(12))
        self._title = Ends(title, self.new)
        self._top.addWidget(self._title, 1)
        self._top.addWidget(self.search)
        self._sorting = Sorting()
        self._sorting.wanted.connect(lambda sort: self._sort_by(sort, again=False))
        self._sorting.turned.connect(lambda upwards: self._turn(upwards=upwards))
        self.sort = self._sorting.button
        self.filter = button(self.tr("Filter…"), self.ask_filter, kind="quiet", glyph="filter")
        self._tools = Flow(self.filter, self.sort, gap=4)
        self._asks = Asked(self.use_filter)
        self.found = label("", "caption", wrap=True)
        self.found.hide()
        head = column(
            self._table_line, self._top, self._asks, self.found, self.results.narrowing, self._tools, space=10
        )
        edge = theme().px(16)
        head.setContentsMargins(edge, edge, edge, theme().px(8))
        self._head = head

    def _build_body(self) -> None:
        self._none = EmptyState(
            self.tr("Interviews will be listed here."),
            glyph="interviews",
            help_text=self.tr("Begin with “New”. What you type is kept at once."),
            action=self.tr("Open a bundle…") if self._office else self.tr("Add your office's card"),
            clicked=lambda: self._desk.open("exchange" if self._office else "contacts"),
        )
        self._nothing = EmptyState(
            self.tr("No interview here is like that."),
            glyph="filter",
            help_text=self.tr("Your filter lets none of them through. They are all still here."),
            action=self.tr("Show all interviews"),
            clicked=self.clear_filter,
        )
        self._body = QStackedWidget()
        filled = QWidget()
        inside_ = column(self.heads, hline(), self.list, self.band, space=0)
        inside_.setStretchFactor(self.list, 1)
        filled.setLayout(inside_)
        self._body.addWidget(filled)
        self._body.addWidget(scroll(self._none))
        self._body.addWidget(scroll(self._nothing))
        self._body.addWidget(self.results)
        self.heads.hide()
        self.band.hide()
        whole = column(self._head, hline(), self._body, space=0)
        whole.setStretchFactor(self._body, 1)
        self.setLayout(whole)

    # How it is shown

    def show_columns(self, in_columns: bool) -> None:
        """In columns over the whole width, or in two lines beside an interview."""
        if in_columns == self.in_columns:
            return
        self.in_columns = in_columns
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.LeftToRight if in_columns else direction.TopToBottom)
        self.search.setMaximumWidth(theme().px(SEARCH_WIDTH) if in_columns else 16777215)
        self.search.setMinimumWidth(theme().px(SEARCH_LEAST) if in_columns else 0)
        self.list.show_in_columns(self._columns if in_columns else None)
        show_if(self.heads, in_columns)
        show_if(self._table_line, self._office and not in_columns)
        self._ticked()
        if self.search.text().strip():
            # In the table words filter; beside an interview their places are shown.
            self.load()

    def set_narrow(self, narrow: bool) -> None:
        """Where there is room for one thing alone, what was found needs it."""
        self._narrow = narrow
        self._title.setVisible(not (narrow and self.searching))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search: Down and Enter go to what was found, Esc empties it."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return self._go_down()
        return super().eventFilter(watched, event)

    def _go_down(self) -> bool:
        """From the search to what was found, or to the list."""
        if self._later.isActive():
            self._later.stop()
            self.load()
        if self.searching:
            if self.results.words == self.words:
                return self.results.enter()
            # What was typed is still being looked for: its first place is gone to when it is there.
            self._enter_soon = True
            return True
        first = self.list.rows.row_at(0)
        if first is None:
            return False
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.choose(first.id, tell=True)
        return True

    # What it shows

    @property
    def wanted(self) -> Filter:
        """What of the interviews is wanted now, the words included."""
        look = self.look or Look()
        return msgspec.structs.replace(look.wanted, words=self.search.text().strip())

    def load(self) -> None:
        """Read what is wanted anew; rows that are seen stay seen."""
        self._asked += 1
        asked, session, before = self._asked, self._desk.session, self.look
        words, open_id = self.search.text().strip(), self.open_id
        if self._show_places(words):
            return
        seen = self.list.places_seen() if words == self.words else range(PAGE)

        def fetch(_progress: object) -> Loaded:
            return read(session, before, words, open_id, seen)

        def show(found: Loaded) -> None:
            # An answer to an older question must not replace the newer one.
            if asked == self._asked:
                self._show(found)

        tasks.run(self, fetch, then=show)
        if words and not self._looking_inside:
            self._look_inside()

    def _show_places(self, words: str) -> bool:
        """Whether the places of these words are shown in place of the list; then they are looked for."""
        before, self.searching = self.searching, bool(words) and not self.in_columns
        if before != self.searching:
            self.results.narrowing.setVisible(self.searching)
            # A filter stays in force, and is seen; places stand in an order of their own.
            show_if(self._tools, not self.searching and self._total > 0)
            self._title.setVisible(not (self._narrow and self.searching))
            self.room_wanted.emit()
        if not self.searching:
            self.results.forget()
            self._enter_soon = False
            return False
        self.words = words
        self.results.ask(words, self.wanted)
        if not self._looking_inside:
            self._look_inside()
        return True

    def _answered(self, total: int) -> None:
        """What was searched for is found, or not."""
        self.found.show()
        self.found.setText(QCoreApplication.translate("InterviewsScreen", "%n interview(s) found", "", total))
        if not total:
            self._say_nothing_found(self.words)
            if self._none.action is not None:
                show_if(self._none.action, False)
        # Where nothing of one kind is found, the other kinds must stay in reach.
        filtered = msgspec.structs.replace(self.wanted, words="") != ALL
        self._body.setCurrentIndex(3 if total or self.results.narrowed else 2 if filtered else 1)
        self.loaded.emit()
        if self._enter_soon:
            self._enter_soon = False
            self.results.enter()

    def _say_nothing_found(self, words: str) -> None:
        stem = search.stem(words)
        nothing = self.tr("Nothing contains these words.")
        tried = self.tr("Nothing contains these words. Try “{words}”.").format(words=stem)
        self._none.set(tried if stem else nothing, self.tr("Fewer or shorter words find more."))

    def _look_inside(self) -> None:
        """Read the words of files that nobody has looked into yet, and search again if there were any."""
        self._looking_inside = True
        session, decoder = self._desk.session, self._desk.decoder

        def done(found: int) -> None:
            self._looking_inside = False
            if found and self.search.text().strip():
                self.load()

        def failed(_error: CairnError) -> None:
            self._looking_inside = False

        tasks.run(
            self,
            lambda progress: inside.read_all(session, decoder, progress),
            then=done,
            failed=failed,
            lane="long",
        )

    def _show(self, found: Loaded) -> None:
        self.look = found.look
        self.words = found.look.wanted.words
        self._shown, self._total = found.look.wanted, found.total
        self._next_step = found.alone or self._office
        self.hits = {hit.interview_id: hit for hit in reversed(found.hits)}
        self.list.set_order(found.order, self._rows(found.page))
        self._say(len(found.order))
        self._asks.show_parts(self._shown, found.senders, self._desk.session.info.label)
        self._show_sort()
        self.list.choose(self.open_id)
        self._ticked()
        self.loaded.emit()

    def _say(self, shown: int) -> None:
        """The total, what was found of it, and what to say where nothing was."""
        self.count.setText(messages.locale().toString(self._total) if self._total else "")
        self.count.setAccessibleName(self.tr("%n interview(s) in this vault", "", self._total))
        narrowed = self._shown != ALL
        show_if(self.found, narrowed)
        self.found.setText(QCoreApplication.translate("InterviewsScreen", "%n interview(s) found", "", shown))
        searching = bool(self._shown.words)
        if searching:
            self._say_nothing_found(self._shown.words)
        else:
            self._none.set(
                self.tr("Interviews will be listed here."),
                self.tr("Bundles from laptops in the field are taken in under Exchange.")
                if self._office
                else self.tr("Begin with “New”. What you type is kept at once."),
            )
        if self._none.action is not None:
            show_if(self._none.action, self._next_step and not searching)
        filtered = msgspec.structs.replace(self._shown, words="") != ALL
        self._body.setCurrentIndex(0 if shown else 2 if filtered else 1)
        show_if(self._tools, self._total > 0)

    def _rows(self, page: Sequence[tuple[int, InterviewRow]]) -> list[tuple[int, Row]]:
        own = self._desk.session.info.label
        return [(number, listed(one, self.hits.get(one.id), own)) for number, one in page]

    def _fetch(self, page: int) -> None:
        """A stretch of the list is looked at that is not there yet."""
        session, order = self._desk.session, self.list.rows.order
        numbers = order[page * PAGE : (page + 1) * PAGE]

        def fill(found: list[tuple[int, InterviewRow]]) -> None:
            self.list.rows.fill(page, order, self._rows(found))

        tasks.run(self, lambda _progress: listing.page(session, numbers), then=fill)

    # Filter and sort

    def ask_filter(self) -> None:
        """Ask what of the interviews is wanted."""
        filtering.FilterSheet(self._desk, self, self.wanted, self.use_filter).sheet.open()

    def use_filter(self, wanted: Filter) -> None:
        """Show these alone, and keep that."""
        self._use(msgspec.structs.replace(self.look or Look(), wanted=wanted))

    def clear_filter(self) -> None:
        """Show all of them again; the words of the search stay."""
        self.use_filter(Filter(words=self.search.text().strip()))

    def _use(self, look: Look) -> None:
        self.look = look
        session = self._desk.session
        # On the same lane as the reading that follows: that one finds it kept.
        tasks.run(self, lambda _progress: listing.keep_look(session, look))
        self.list.scrollToTop()
        if self.searching:
            self._asks.show_again(look.wanted)
        self.load()

    def _show_sort(self) -> None:
        look = self.look or Look()
        way = self._sorting.show_look(look)
        self.heads.show_sorted(look.sort.value, upwards=look.upwards, said=way)

    def _sort_by(self, sort: Sort, *, again: bool = True) -> None:
        """Sort by this; asked `again`, the other way round."""
        look = self.look or Look()
        if sort is not look.sort:
            self._use(sorted_by(look, sort))
        elif again:
            self._turn(upwards=not look.upwards)

    def _turn(self, *, upwards: bool) -> None:
        self._use(msgspec.structs.replace(self.look or Look(), upwards=upwards))

    # Choosing many

    def _ticked(self) -> None:
        rows = self.list.rows
        chosen, shown = rows.checked, len(rows.order)
        # Rows are forgotten while others are looked at; what is chosen is not.
        self._chosen = {
            each: number
            for each in chosen
            if (number := self._chosen.get(each, rows.number_of(each))) is not None
        }
        hidden = 0
        if chosen:
            here = set(rows.order)
            hidden = sum(number not in here for number in self._chosen.values())
        show_if(self.band, self.in_columns and bool(chosen))
        self.band.show_counts(len(chosen), shown, hidden)
        self.heads.show_ticked(False if not chosen else True if len(chosen) - hidden >= shown else None)

    def _all_or_none(self) -> None:
        if self.list.rows.checked:
            self._choose_none()
        else:
            self._choose_all()

    def _every(self) -> None:
        """Ctrl+A in the table."""
        if self.in_columns:
            self._choose_all()

    def _choose_all(self) -> None:
        """All that are shown, also those of which no row was read."""
        session, wanted, look = self._desk.session, self._shown, self.look or Look()

        def choose(found: dict[RootId, int]) -> None:
            self._chosen.update({str(each): number for each, number in found.items()})
            self.list.tick([*self.list.rows.checked, *found])

        tasks.run(
            self,
            lambda _progress: listing.numbered(session, wanted, sort=look.sort, upwards=look.upwards),
            then=choose,
        )

    def _choose_none(self) -> None:
        self.list.tick([])

    def _seal(self) -> None:
        self._desk.open("exchange", ",".join(sorted(self.list.rows.checked)))
