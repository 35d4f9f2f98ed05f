"""The first two steps of sealing: which interviews, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cairn.app.interviews import interviews, listing
from cairn.app.interviews.listing import Filter
from cairn.app.kernel import contacts, sentences
from cairn.app.kernel.views import ContactRow, InterviewRow
from cairn.app.leaving.choosing import Other
from cairn.app.leaving.choosing import others as other_roots
from cairn.model.contacts import Trust
from cairn.model.ids import RootId, as_root
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.screens.exchange import words
from cairn.qt.screens.exchange.page import fit, list_card
from cairn.qt.widgets import (
    EmptyState,
    Field,
    Row,
    RowList,
    button,
    card,
    column,
    hline,
    label,
    row,
)
from cairn.qt.widgets.basic import reveal, show_if
from cairn.qt.widgets.facts import Line, Notice
from cairn.qt.widgets.reflow import Ends, Flow
from cairn.qt.widgets.search_line import SearchLine
from cairn.qt.widgets.trust import role_word, trust_tone, trust_word

PAGE = 200
SEARCH_AFTER_MS = 150
MOST_ROWS = 8
CHOOSABLE = (Trust.VERIFIED, Trust.UNVERIFIED)


class InterviewStep(QWidget):
    """A list of interviews to tick, with a search. Only ids are kept."""

    changed = Signal()

    def __init__(self, desk: Desk, chosen: Sequence[str] = ()) -> None:
        super().__init__()
        self._desk = desk
        self._chosen: dict[str, None] = dict.fromkeys(chosen)
        self._offset = 0
        self.search = SearchLine(self.tr("Search interviews"))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SEARCH_AFTER_MS)
        self._wait.timeout.connect(self.load)
        self.search.textChanged.connect(lambda _text: self._wait.start())
        self.all = button("", self._choose_all, kind="quiet")
        self.none = button(self.tr("Choose none"), self._choose_none, kind="quiet")
        self._asked = 0
        self.list = RowList(self.tr("Interviews for the bundle"), checkable=True)
        self.list.setMinimumHeight(theme().px(170))
        self.list.ticked.connect(lambda: self._tick(self.list))
        self.list.more_wanted.connect(self._more)
        self._none = label("", "soft", wrap=True)
        self._none.setContentsMargins(theme().px(16), theme().px(16), theme().px(16), theme().px(16))
        self._none.hide()
        head = QWidget()
        line = column(Ends(self.search, Flow(self.all, self.none), least=200, gap=12))
        edge = theme().px(16)
        line.setContentsMargins(edge, theme().px(8), edge, theme().px(12))
        head.setLayout(line)
        box = list_card(head, hline(), self.list, self._none)
        self.others = RowList(self.tr("Things of the library and judgements of the office"), checkable=True)
        self.others.ticked.connect(lambda: self._tick(self.others))
        self._beside = list_card(label(self.others.accessibleName(), "strong", wrap=True), self.others)
        show_if(self._beside, False)
        self.setLayout(column(box, self._beside))

    @property
    def chosen(self) -> list[RootId]:
        """Ids of the ticked interviews, also of those that the search does not show now."""
        return [as_root(each) for each in self._chosen]

    def load(self) -> None:
        """Show the first page for what stands in the search."""
        session, typed = self._desk.session, self.search.text().strip()
        self._offset = 0
        self._asked += 1
        asked = self._asked

        def work(_progress: object) -> tuple[list[InterviewRow], int]:
            wanted = Filter(words=typed)
            return interviews.rows(session, wanted, limit=PAGE), interviews.count(session, wanted)

        def show(found: tuple[list[InterviewRow], int]) -> None:
            # An answer to an older question must not replace the newer one.
            if asked == self._asked:
                self._show(*found)

        tasks.run(self, work, then=show)
        tasks.run(self, lambda _progress: other_roots(session), then=self._show_others)

    def _show_others(self, found: list[Other]) -> None:
        """What can be chosen beside interviews; hidden while there is nothing of that kind."""
        self.others.rows.checked = {str(each.id) for each in found} & set(self._chosen)
        self.others.set_rows(
            [
                Row(each.id, words.title(each.title), sentences.kind(each.kind, messages.language()))
                for each in found
            ]
        )
        fit(self.others, MOST_ROWS)
        show_if(self._beside, bool(found))

    def _show(self, found: list[InterviewRow], total: int) -> None:
        self._offset = len(found)
        self.list.rows.checked = set(self._chosen)
        self.list.set_rows([self._row(each) for each in found], total)
        self._none.setText(
            self.tr("No interview has these words.")
            if self.search.text().strip()
            else self.tr("There is no interview yet. Write one down first.")
        )
        self._none.setVisible(not found)
        self.list.setVisible(bool(found))
        # All that there are, or that were found, whatever the list has loaded of them.
        searching = bool(self.search.text().strip())
        said = self.tr("Choose all %n found", "", total) if searching else self.tr("Choose all %n", "", total)
        self.all.setText(said)
        self.all.setAccessibleName(said)
        self.all.setEnabled(bool(found))
        self.none.setEnabled(bool(self._chosen))
        self.changed.emit()

    def _more(self) -> None:
        session, typed, offset = self._desk.session, self.search.text().strip(), self._offset
        asked = self._asked

        def append(found: list[InterviewRow]) -> None:
            # The list was loaded anew meanwhile: this page belongs to the one before.
            if asked == self._asked and offset == self._offset:
                self._offset += len(found)
                self.list.rows.add_rows([self._row(each) for each in found])

        tasks.run(
            self,
            lambda _progress: [
                row
                for _, row in listing.page(
                    session, listing.order(session, Filter(words=typed))[offset : offset + PAGE]
                )
            ],
            then=append,
        )

    def _row(self, each: InterviewRow) -> Row:
        chips: list[tuple[str, str]] = []
        if each.conflict:
            chips.append((self.tr("conflict"), "warn"))
        if each.state == "draft":
            chips.append((self.tr("draft"), "neutral"))
        elif each.unsaved:
            chips.append((self.tr("changed, not saved"), "warn"))
        elif each.state == "final":
            chips.append((self.tr("finalised"), "good"))
        if each.sent:
            chips.append((self.tr("in a bundle"), "neutral"))
        return Row(each.id, words.title(each.title), each.line, tuple(chips))

    def _tick(self, ticked: RowList) -> None:
        for each in ticked.rows.rows:
            if each.id in ticked.rows.checked:
                self._chosen.setdefault(each.id)
            else:
                self._chosen.pop(each.id, None)
        self.none.setEnabled(bool(self._chosen))
        self.changed.emit()

    def _choose_all(self) -> None:
        """Choose all that match what stands in the search, also those that the list has not loaded."""
        session, typed = self._desk.session, self.search.text().strip()

        def choose(found: list[RootId]) -> None:
            self._chosen.update(dict.fromkeys(found))
            self.list.tick(list(self._chosen))

        tasks.run(self, lambda _progress: interviews.ids(session, Filter(words=typed)), then=choose)

    def _choose_none(self) -> None:
        self._chosen.clear()
        self.list.tick([])
        self.others.tick([])

    def keyboard(self) -> None:
        """Set the focus where typing begins."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)


class RecipientStep(QWidget):
    """Contacts to tick. Unverified ones need a sentence why; revoked and expired ones can't be chosen."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: dict[str, ContactRow] = {}
        self.list = RowList(self.tr("Recipients"), checkable=True)
        self.list.ticked.connect(self._ticked)
        self._closed = column(space=12, margin=16)
        self._closed_holder = QWidget()
        self._closed_holder.setLayout(self._closed)
        self._closed_holder.hide()
        self._box = list_card(self.list, self._closed_holder)
        self.empty = EmptyState(
            self.tr("The offices and colleagues you can seal bundles for will be here."),
            glyph="contacts",
            action=self.tr("Go to Contacts"),
            clicked=lambda: desk.open("contacts"),
            help_text=self.tr("Add the card of the one who shall open the bundle, and compare its words."),
        )
        self.empty.hide()
        self.why = QLineEdit()
        self.field = Field(
            self.tr("Why do you send it all the same?"),
            self.why,
            self.tr("One sentence. It is kept in the custody log."),
            sentence=True,
        )
        self.why.textChanged.connect(lambda _text: self.field.set_error(""))
        self._warning = column(space=12)
        self.compare = button(self.tr("Compare the words first"), self._compare)
        self._override = card(self._warning, self.field, row(self.compare, None), space=16)
        self._override.hide()
        self.setLayout(column(self.empty, self._box, self._override, None, space=16))

    @property
    def chosen(self) -> list[ContactRow]:
        """The ticked contacts."""
        return [self._rows[each] for each in self.list.ticked_ids]

    @property
    def override(self) -> str:
        """The sentence, where one is needed."""
        return self.why.text().strip() if self._unverified() else ""

    def load(self, then: Callable[[], None] | None = None) -> None:
        """Show the contacts as they are now; `then` is called when they stand there."""
        session = self._desk.session

        def shown(rows: list[ContactRow]) -> None:
            self._show(rows)
            if then is not None:
                then()

        tasks.run(self, lambda _progress: contacts.rows(session), then=shown)

    def check(self) -> bool:
        """Whether one can go on; says what is missing otherwise."""
        if self._unverified() and not self.why.text().strip():
            self.field.set_error(
                self.tr("Write down why, or compare the words first. Without either, no bundle is sealed.")
            )
            self.why.setFocus()
            reveal(self.field)
            return False
        return True

    def _show(self, rows: Sequence[ContactRow]) -> None:
        self._rows = {each.fingerprint: each for each in rows}
        self.list.set_rows(
            [
                Row(
                    each.fingerprint,
                    each.label,
                    role_word(each.role),
                    ((trust_word(each.trust), trust_tone(each.trust)),),
                )
                for each in rows
                if each.trust in CHOOSABLE
            ]
        )
        closed = [each for each in rows if each.trust not in CHOOSABLE]
        while (item := self._closed.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for each in closed:
            why = (
                self.tr("Revoked. No bundle is sealed to this contact.")
                if each.trust == Trust.REVOKED
                else self.tr("The card has expired. Ask for a new one.")
            )
            self._closed.addWidget(Line(each.label, why, tone="danger", chip=trust_word(each.trust)))
        self._closed_holder.setVisible(bool(closed))
        choosable = len(closed) < len(rows)
        fit(self.list, MOST_ROWS)
        self.list.setVisible(choosable)
        self.empty.setVisible(not choosable)
        self._box.setVisible(bool(rows))
        self._ticked()

    def _unverified(self) -> list[ContactRow]:
        return [each for each in self.chosen if each.trust == Trust.UNVERIFIED]

    def _ticked(self) -> None:
        unverified = self._unverified()
        while (item := self._warning.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if unverified:
            sentence = self.tr(
                "The words of {names} have not been compared. If this card is not theirs, somebody else can "
                "read everything in the bundle."
            )
            names = words.together([each.label for each in unverified])
            self._warning.addWidget(Notice(sentence.format(names=names), "warn"))
        self._override.setVisible(bool(unverified))
        self.changed.emit()

    def _compare(self) -> None:
        self._desk.open("contacts", self._unverified()[0].fingerprint)

    def keyboard(self) -> None:
        """Set the focus into the list."""
        target: QWidget = self.list if self._rows else self.empty.action or self.list
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.list.rows.rows and not self.list.currentIndex().isValid():
            self.list.choose(self.list.rows.rows[0].id)
