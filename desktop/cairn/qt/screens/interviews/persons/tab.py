"""The tab People: the list, the picture of the family, the panel; and the forms that open over them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from cairn.app.kernel import revising
from cairn.app.kernel.views import InterviewView
from cairn.app.people import coded, family, names
from cairn.app.people.coded import Saved
from cairn.app.people.family import Member
from cairn.app.people.names import Names
from cairn.errors import CairnError
from cairn.model.drafts import Draft
from cairn.model.ids import NO_RECORD, RecordId, RevisionHash
from cairn.model.kinds.person import Person
from cairn.model.kinds.relation import Relation
from cairn.qt.base import tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.forms.draft_keeper import DraftKeeper
from cairn.qt.screens.interviews.persons.drawing import FamilyView, LegendKey
from cairn.qt.screens.interviews.persons.editing import EditPage
from cairn.qt.screens.interviews.persons.gathering import Shown, gathered
from cairn.qt.screens.interviews.persons.names_page import NamesPage
from cairn.qt.screens.interviews.persons.panel import Panel
from cairn.qt.screens.interviews.persons.panes import Panes
from cairn.qt.screens.interviews.persons.person_page import PersonPage
from cairn.qt.screens.interviews.persons.relation_page import RelationPage
from cairn.qt.screens.interviews.persons.sheet import TracingSheet
from cairn.qt.screens.interviews.persons.words import PersonWords
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.widgets import (
    Chip,
    EmptyState,
    Row,
    RowList,
    button,
    column,
    icon_button,
    label,
    row,
    scroll,
)
from cairn.qt.widgets.basic import show_if
from cairn.qt.widgets.editor import commit_composition
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Ends, Flow
from cairn.qt.widgets.rows import when_activated

E = TypeVar("E", bound=EditPage)


class PeopleTab(InterviewTab):
    """Who is in the interview, how they belong together, and what is known of each."""

    KEY, HELP = "people", "people"
    ROOM = True
    DRAFTS = frozenset(("person", "relation"))

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(desk, view, parent)
        self._desk = desk
        self._view = view
        self._shown: Shown | None = None
        self._names_shown = False
        self._wanted = ""
        self._then: Callable[[], None] | None = None
        self.list = RowList(self.tr("People of this interview"))
        self.list.chosen.connect(self._chosen)
        when_activated(self.list, self._to_details)
        self.family = FamilyView()
        self.family.canvas.chosen.connect(self._chosen)
        self.family.canvas.activated.connect(self._to_details)
        self.panel = Panel()
        self.panel.edit_wanted.connect(self._edit)
        self.panel.person_wanted.connect(self._write_down)
        self.panel.names_wanted.connect(self._edit_names)
        self.panel.relate_wanted.connect(self._relate)
        self.panel.relation_wanted.connect(self._edit_relation)
        self.panel.remove_wanted.connect(self._remove)
        self._sheet = TracingSheet(self, desk)
        self.panel.sheet_wanted.connect(self._trace)
        self._title = label("", "heading", wrap=True)
        self._parted = Chip()
        self._count = label("", "caption", wrap=True)
        self._told = label("", "caption", wrap=True)
        self._names_button = button(self.tr("Open the names…"), self._toggle_names, glyph="key")
        self._add = button(self.tr("Add a person"), self.add_person, kind="primary", glyph="plus")
        only_where_kept(self._add)
        self._none = EmptyState(
            self.tr("Nobody is written down yet. Add the one who tells, then those who are spoken of."),
            glyph="people",
        )
        self._stack = QStackedWidget()
        self.panes = Panes(
            {
                "list": (self._list_side(), self.tr("List")),
                "picture": (self._picture_side(), self.tr("Family")),
                "panel": (scroll(self.panel, self.tr("What is known of the person")), self.tr("Details")),
            }
        )
        top = QWidget()
        head = QWidget()
        head.setLayout(row(self._title, self._parted, None, space=12))
        top_row = column(Ends(head, Flow(self._names_button, self._add), least=180), space=0)
        top_row.setContentsMargins(theme().px(16), theme().px(10), theme().px(16), theme().px(10))
        top.setLayout(top_row)
        page = QWidget()
        layout = column(top, self._none, self.panes, space=0)
        layout.setStretch(2, 1)
        page.setLayout(layout)
        self._page = page
        self._stack.addWidget(page)
        self.person_page: PersonPage | None = None
        self.relation_page: RelationPage | None = None
        self.names_page: NamesPage | None = None
        self.setLayout(column(self._stack, space=0))

    def _list_side(self) -> QWidget:
        made = QWidget()
        made.setProperty("surface", "pane")
        below = column(self._told, space=0)
        below.setContentsMargins(theme().px(16), theme().px(10), theme().px(16), theme().px(12))
        layout = column(self.list, below, space=0)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        return made

    def _picture_side(self) -> QWidget:
        made = QWidget()
        legend = Flow(
            *(
                LegendKey(kind, word)
                for kind, word in (
                    ("family", self.tr("family")),
                    ("parted", self.tr("parted")),
                    ("holds", self.tr("holds the child")),
                )
            ),
            gap=16,
        )
        ways = row(
            icon_button("zoom-out", self.tr("Smaller"), self.family.smaller),
            icon_button("zoom-in", self.tr("Larger"), self.family.larger),
            icon_button("fit", self.tr("Fit the picture into the window"), self.family.fit),
            space=2,
        )
        buttons = QWidget()
        buttons.setLayout(ways)
        bottom = column(self._count, Ends(legend, buttons), space=4)
        bottom.setContentsMargins(theme().px(16), theme().px(6), theme().px(16), theme().px(10))
        layout = column(self.family, space=0)
        layout.addLayout(bottom)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        return made

    # What every tab does

    def show_view(self, view: InterviewView) -> None:
        self._view = view
        self._load()

    def opened(self) -> None:
        self._load()

    def go(self, place: str) -> None:
        """`RECORD` of a person, or `edit` for the form that was open."""
        if place == "edit":
            self._then = self._resume
        else:
            self._wanted = place
        self._load()

    def place(self) -> str:
        """Ids alone."""
        if self._stack.currentWidget() in (self.person_page, self.relation_page):
            return f"{self.KEY}:edit"
        chosen = self.list.chosen_id
        return f"{self.KEY}:{chosen}" if "-" in chosen else self.KEY

    def reader(self) -> QWidget:
        return self.list

    @property
    def typed(self) -> bool:
        return bool(self._view.unsaved & self.DRAFTS) or any(
            page.form.dirty for page in (self.person_page, self.relation_page) if page is not None
        )

    def keepers(self) -> tuple[DraftKeeper, ...]:
        pages: list[EditPage | None] = [self.person_page, self.relation_page, self.names_page]
        return tuple(page.form.keeper for page in pages if page is not None)

    def commit_composition(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, EditPage):
            commit_composition(page)

    def let_go(self) -> None:
        """Nothing of a name stays on the screen."""
        self._shut_names()

    # Showing

    def _load(self) -> None:
        session, view, named = self._desk.session, self._view, self._names_shown
        tasks.run(self, lambda _progress: gathered(session, view, named=named), then=self._show)

    def _show(self, shown: Shown) -> None:
        if shown.names.held and not self._names_shown:
            # They were shut while this was read.
            return self._load()
        self._shown = shown
        words = PersonWords(shown.coding, shown.terms)
        by_code = self._by_code()
        self.list.set_rows([self._row(each, words, by_code) for each in shown.members])
        teller = next((each for each in shown.members if each.teller), None)
        whose = self.tr("Family of {code}").format(code=teller.code) if teller else self.tr("Family")
        self._title.setText(whose)
        count = family.children_parted(shown.members, shown.terms)
        if count == 1:
            self._parted.set(self.tr("1 child parted"), "warn")
        else:
            self._parted.set(self.tr("{count} children parted").format(count=count) if count else "", "warn")
        self.family.show_picture(shown.picture, words, whose, by_code)
        alone = shown.picture.alone
        self._count.setText(
            self.tr("{count} people are related to nobody here; they stand in the list.").format(count=alone)
            if alone and shown.picture.boxes
            else ""
        )
        show_if(self._count, bool(self._count.text()))
        protected = sum(1 for each in shown.members if each.protected)
        if self._names_shown:
            self._told.setText(self.tr("The names are open on this screen."))
        else:
            self._told.setText(
                self.tr(
                    "%n name(s) are shut. Codes stand for them everywhere, also in search.", "", protected
                )
                if protected
                else ""
            )
        self._names_button.setText(
            self.tr("Shut the names") if self._names_shown else self.tr("Open the names…")
        )
        self._names_button.setAccessibleName(self._names_button.text())
        show_if(self._names_button, protected > 0)
        show_if(self._none, not shown.members)
        show_if(self.panes, bool(shown.members))
        wanted, self._wanted = self._wanted or self.list.chosen_id, ""
        if not (wanted and self.list.choose(wanted)) and shown.members:
            self.list.choose(shown.members[0].key)
        self._show_member(self.list.chosen_id)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _by_code(self) -> dict[str, str]:
        if self._shown is None or not self._names_shown:
            return {}
        return {code: held.opening.name for code, held in self._shown.names.held.items() if held.opening.name}

    def _row(self, each: Member, words: PersonWords, named: dict[str, str]) -> Row:
        name = named.get(each.code, "")
        title = f"{each.code}  {name or words.title(each)}" if each.code else words.title(each)
        chips: list[tuple[str, str]] = []
        if each.conflict:
            chips.append((self.tr("differs"), "warn"))
        elif each.typed:
            chips.append((self.tr("draft"), "warn"))
        elif each.label:
            chips.append((each.label, "neutral"))
        glyph = "lock" if each.protected and not name else ""
        return Row(each.key, title, words.line(each), tuple(chips), glyph)

    def member(self, key: str) -> Member | None:
        """Somebody who is shown, by key."""
        shown = self._shown
        return next((each for each in shown.members if each.key == key), None) if shown is not None else None

    def _chosen(self, key: str) -> None:
        self.list.choose(key)
        self.family.canvas.choose(key)
        self.family.follow()
        self._show_member(key)

    def _to_details(self, _key: str) -> None:
        self.panes.go("panel")

    def _show_member(self, key: str) -> None:
        shown = self._shown
        if shown is None:
            return
        self.family.canvas.choose(key)
        self.panel.show_member(
            self.member(key),
            shown.coding,
            shown.terms,
            shown.names,
            shown.faults,
            names_shown=self._names_shown,
        )

    # Names

    def _toggle_names(self) -> None:
        if self._names_shown:
            self._shut_names()
            self._load()
            return
        session, interview = self._desk.session, self._view.id

        def opened(found: Names) -> None:
            self._names_shown = found.open
            self._load()

        tasks.run(self, lambda _progress: names.open_compartment(session, interview), then=opened)

    def _shut_names(self) -> None:
        self._names_shown = False
        if self.names_page is not None:
            self.names_page.forget()
            if self._stack.currentWidget() is self.names_page:
                self._stack.setCurrentWidget(self._page)

    def _edit_names(self, code: str) -> None:
        if self._shown is None or not self._names_shown:
            return
        if self.names_page is None:
            self.names_page = self._page_of(NamesPage(self._desk, self._view.id))
        self._stack.setCurrentWidget(self.names_page)
        self.names_page.show_names(code, self._shown.names)

    # Forms

    def _page_of(self, page: E) -> E:
        page.saved.connect(self._saved)
        page.closed.connect(self._closed)
        page.form.edited.connect(self.edited)
        self._stack.addWidget(page)
        return page

    def _saved(self, saved: list[Saved]) -> None:
        if saved:
            self._wanted = (
                saved[0].record if self._stack.currentWidget() is self.person_page else self._wanted
            )
            self._offer_undo(self.tr("Saved."), saved)
        self._closed()
        self.changed.emit()

    def _closed(self) -> None:
        self._stack.setCurrentWidget(self._page)
        self.list.setFocus()
        self._load()
        self.edited.emit()

    def _offer_undo(self, sentence: str, saved: list[Saved]) -> None:
        session = self._desk.session

        def undo() -> None:
            tasks.run(
                self,
                lambda _progress: coded.undo(session, saved),
                then=lambda _done: self.changed.emit(),
                failed=self._desk.fail,
            )

        self._desk.say(sentence, "good", action=self.tr("Undo"), clicked=undo)

    def add_person(self) -> None:
        """Begin to write somebody down; a draft that was begun is gone on with."""
        shown = self._shown
        if shown is None:
            return
        draft = shown.drafts.get("person")
        if draft is not None:
            self._resume()
            return
        record = revising.begin(self._desk.session, "person", self._view.id)
        self._open_person(record, Person(code=shown.coding.next_code("person")), None, None)

    def _write_down(self, code: str) -> None:
        each = self.member(code)
        if each is None:
            return
        record = revising.begin(self._desk.session, "person", self._view.id)
        self._open_person(record, Person(code=code, protected=each.protected), None, None)

    def _edit(self, key: str) -> None:
        found = self._shown.coding.records.get(RecordId(key)) if self._shown is not None else None
        if self._shown is None or found is None or not isinstance(found.body, Person):
            return
        draft = self._shown.drafts.get("person")
        mine = draft.draft if draft is not None and draft.record == found.record else None
        self._open_person(found.record, found.body, found.sha, mine)

    def _open_person(
        self, record: RecordId, body: Person, base: RevisionHash | None, draft: Draft | None
    ) -> None:
        shown = self._shown
        if shown is None:
            return
        if self.person_page is None:
            self.person_page = self._page_of(PersonPage(self._desk, self._view.id, shown.terms))
        self._stack.setCurrentWidget(self.person_page)
        self.person_page.show_person(shown.coding, record, body, base, draft)

    def _relate(self, key: str) -> None:
        shown = self._shown
        if shown is None:
            return
        if "relation" in shown.drafts:
            self._resume()
            return
        teller = next((each for each in shown.members if each.teller and each.record), None)
        one, other = (
            (teller.record, RecordId(key))
            if teller is not None and teller.record != key
            else (RecordId(key), NO_RECORD)
        )
        record = revising.begin(self._desk.session, "relation", self._view.id)
        self._open_relation(record, Relation(person=one, other=other), None, None)

    def _edit_relation(self, key: str) -> None:
        found = self._shown.coding.records.get(RecordId(key)) if self._shown is not None else None
        if self._shown is None or found is None or not isinstance(found.body, Relation):
            return
        draft = self._shown.drafts.get("relation")
        mine = draft.draft if draft is not None and draft.record == found.record else None
        self._open_relation(found.record, found.body, found.sha, mine)

    def _open_relation(
        self, record: RecordId, body: Relation, base: RevisionHash | None, draft: Draft | None
    ) -> None:
        shown = self._shown
        if shown is None:
            return
        if self.relation_page is None:
            self.relation_page = self._page_of(RelationPage(self._desk, self._view.id, shown.terms))
        words = PersonWords(shown.coding, shown.terms)
        people = [(each.record, f"{each.code} {words.title(each)}") for each in shown.members if each.record]
        self._stack.setCurrentWidget(self.relation_page)
        self.relation_page.show_relation(shown.coding, record, body, base, draft, people)

    def _resume(self) -> None:
        """Go on with the form that was open, after a lock or where one was begun."""
        shown = self._shown
        if shown is None:
            return
        for kind, draft in shown.drafts.items():
            found = shown.coding.records.get(draft.record)
            base = draft.draft.base
            if kind == "person":
                body = found.body if found is not None and isinstance(found.body, Person) else Person()
                self._open_person(draft.record, body, base, draft.draft)
                return
            stands = found.body if found is not None and isinstance(found.body, Relation) else Relation()
            self._open_relation(draft.record, stands, base, draft.draft)
            return

    def _remove(self, key: str) -> None:
        session, shown = self._desk.session, self._shown
        if shown is None:
            return
        record = RecordId(key)
        # What says how she is related to others goes with her; acts that name her stay, and say that she was removed.
        gone = [record] + [
            each.record for each, _ in shown.coding.naming(record) if each.kind == "relation" and each.own
        ]

        def removed(saved: list[Saved]) -> None:
            self._offer_undo(self.tr("The person was removed."), saved)
            self.changed.emit()

        tasks.run(
            self,
            lambda _progress: coded.remove(session, list(dict.fromkeys(gone))),
            then=removed,
            failed=self._refused,
        )

    def _trace(self, relation: str) -> None:
        self._sheet.make(self._view.id, RecordId(relation))

    def _refused(self, error: CairnError) -> None:
        self._desk.fail(error)
        self._load()
